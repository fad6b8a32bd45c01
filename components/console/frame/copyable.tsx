"use client";
import { useEffect, useState, type ReactNode } from "react";
import Button from "@cloudscape-design/components/button";
import LiveRegion from "@cloudscape-design/components/live-region";

/** Copies text also where there is no clipboard API: a classroom's plain-http address. */
export async function copyText(text: string): Promise<boolean> {
  try {
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(text);
      return true;
    }
  } catch {
    // Refused: the old way may still work.
  }
  const area = document.createElement("textarea");
  area.value = text;
  area.style.cssText = "position:fixed;opacity:0";
  area.setAttribute("aria-hidden", "true");
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}

/** `what` names the text for the button's label: "Copy ARN". With `label` it is a button with words. */
export function CopyButton({ text, what, label }: { text: string; what: string; label?: boolean }) {
  const [done, setDone] = useState<boolean>();
  useEffect(() => {
    if (done === undefined) return;
    const timer = setTimeout(() => setDone(undefined), 2000);
    return () => clearTimeout(timer);
  }, [done]);
  const name = `Copy ${what}`;
  return (
    <>
      <Button
        variant={label ? "normal" : "inline-icon"}
        iconName={done === undefined ? "copy" : done ? "status-positive" : "status-negative"}
        formAction="none"
        ariaLabel={label ? undefined : name}
        onClick={() => void copyText(text).then(setDone)}
      >
        {label ? name : undefined}
      </Button>
      <LiveRegion hidden>{done === undefined ? "" : done ? `${what} copied` : `${what} could not be copied`}</LiveRegion>
    </>
  );
}

/** A value with its copy button in front, as the AWS console shows ARNs and ids. */
export function Copyable({ text, what, children }: { text: string; what: string; children?: ReactNode }) {
  return (
    <span className="copyable">
      <CopyButton text={text} what={what} /> <span className="copyable-text">{children ?? text}</span>
    </span>
  );
}
