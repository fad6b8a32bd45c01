"use client";

import { useLab } from "@/lib/store/react";

/** What stands in the strip while there are no beads. */
export function Waiting() {
  const status = useLab((state) => state.status);
  const problem = useLab((state) => state.problem);
  if (status === "failed") return `The lab could not be opened: ${problem}`;
  if (status === "outdated") return "This page is older than the lab.";
  if (status !== "ready") return "Opening the lab…";
  return (
    <>
      Every call to the lab becomes a bead here.<span className="hidden lab:inline"> Open one to see why it went as it did.</span>
    </>
  );
}
