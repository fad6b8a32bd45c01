"use client";

import { useEffect, useState } from "react";
import { copyText } from "./copy-text";
import { CopyGlyph, TickGlyph } from "./glyphs";

/** Copies `text`; `what` names it for those who cannot see what stands beside. */
export function CopyButton({ text, what, className = "" }: { text: string | (() => string); what: string; className?: string }) {
  const [state, setState] = useState<"ready" | "copied" | "refused">("ready");
  useEffect(() => {
    if (state === "ready") return;
    const timer = setTimeout(() => setState("ready"), 1_600);
    return () => clearTimeout(timer);
  }, [state]);
  const words = { ready: `Copy ${what}`, copied: "Copied", refused: "The browser refused: select and copy by hand" }[state];
  return (
    <button
      type="button"
      title={words}
      aria-label={words}
      className={`inline-grid size-7 place-items-center rounded-md text-faint hover:bg-sunk hover:text-brass ${className}`}
      onClick={() => void copyText(typeof text === "string" ? text : text()).then((done) => setState(done ? "copied" : "refused"))}
    >
      {state === "copied" ? <TickGlyph size={16} className="text-allow" /> : <CopyGlyph size={16} />}
      <span role="status" className="sr-only">
        {state === "ready" ? "" : words}
      </span>
    </button>
  );
}
