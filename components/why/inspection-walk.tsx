"use client";

import { lazy, Suspense, useState } from "react";
import type { InspectionResult } from "@/lib/engine/wafv2/inspect/result";

/** Its words and looks are the WAF console's: fetched when it is opened. */
const WalkView = lazy(() => import("../console/waf/walk/walk-view").then((module) => ({ default: module.WalkView })));

/** The way of a request through a web ACL's rules, where the trace has it. */
export function InspectionWalk({ result }: { result: InspectionResult }) {
  const [open, setOpen] = useState(false);
  if (!result.walk) return null;
  return (
    <details className="mt-1" open={open} onToggle={(event) => setOpen(event.currentTarget.open)} data-testid="why-walk">
      <summary className="w-fit rounded-sm text-brass underline underline-offset-2">Its way through the rules</summary>
      {open ? (
        <div className="mt-2">
          <Suspense fallback={<p className="text-faint">Loading</p>}>
            <WalkView result={result} />
          </Suspense>
        </div>
      ) : null}
    </details>
  );
}
