"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Dialog } from "../ui/dialog";
import { barButton } from "./bar-button";

const keys: [keys: string[], what: string][] = [
  [["?"], "This help"],
  [["Ctrl Z"], "Takes back the last call, from whatever door; with Shift it brings it back (⌘ on a Mac; in a text field it is the text’s own)"],
  [["F6"], "From the notes of a lesson to the lab beside them, and back"],
  [["g", "h"], "Go home"],
  [["g", "c"], "Go to the course"],
  [["g", "k"], "Go to the KMS console"],
  [["g", "p"], "Go to the Parameter Store console"],
  [["g", "l"], "Go to the Lambda console"],
  [["g", "r"], "Go to EventBridge’s rules"],
  [["g", "w"], "Go to CloudWatch Logs"],
  [["g", "t"], "Go to the stacks of CloudFormation"],
  [["g", "i"], "Go to the IAM console"],
  [["g", "e"], "Go to CloudTrail’s event history"],
  [["g", "b"], "Go to the bills"],
  [["g", "f"], "Go to the figures"],
  [["←", "→"], "From bead to bead, from tab to tab, from step to step of a figure; moves the divider between notes and lab"],
  [["Tab"], "In the terminal: completes commands, options and the lab’s own names"],
  [["Ctrl R"], "In the terminal: searches what was typed before"],
  [["Esc"], "Closes a dialog or a menu; in the terminal it lets the next Tab leave the line"],
];

const places: Record<string, string> = { h: "/", c: "/#course", k: "/console/kms/keys", p: "/console/systems-manager/parameters", l: "/console/lambda/functions", r: "/console/events/rules", w: "/console/cloudwatch/log-groups", t: "/console/cloudformation/stacks", i: "/console/iam/home", e: "/console/cloudtrail/events", b: "/console/billing/bills", f: "/figures" };

/** In a field every key is text. */
const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

export function Help() {
  const [open, setOpen] = useState(false);
  const router = useRouter();

  useEffect(() => {
    let went = 0;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
      if (event.key === "?") setOpen(true);
      else if (event.key === "g") went = event.timeStamp;
      else if (places[event.key] && event.timeStamp - went < 1_500) {
        went = 0;
        router.push(places[event.key]);
      }
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [router]);

  return (
    <>
      <button type="button" aria-label="Help" title="Help (?)" className={`${barButton} w-9 justify-center max-[375px]:w-7`} onClick={() => setOpen(true)}>
        <span className="font-serif text-[1.125rem] font-semibold">?</span>
      </button>
      <Dialog open={open} onClose={() => setOpen(false)} title="How Keyhole works">
        <div className="space-y-5 px-5 py-4 text-[0.875rem]">
          <p>
            The lab is a simulated cloud that lives in this page. Whatever you do in a console or in the terminal is a call to the same lab,
            and each call becomes a bead in the strip at the bottom of the page. Open a bead to see why the call was allowed or denied, or
            why it failed. Figures and proofs play in labs of their own and leave yours as it is.
          </p>
          <p>Each key has a colour, and keeps it: on its sign, on what it encrypted, on the parameters that it guards. Who calls, and in which
            Region, you choose at the right of the top bar.</p>
          <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-4 gap-y-2">
            {keys.map(([names, what]) => (
              <div key={what} className="contents">
                <dt className="flex gap-1">
                  {names.map((name) => (
                    <kbd key={name} className="min-w-6 rounded-sm border border-rule-strong px-1.5 text-center text-xs leading-5">
                      {name}
                    </kbd>
                  ))}
                </dt>
                <dd className="text-soft">{what}</dd>
              </div>
            ))}
          </dl>
        </div>
      </Dialog>
    </>
  );
}
