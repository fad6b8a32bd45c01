"use client";

import { memo, useEffect, useLayoutEffect, useRef } from "react";
import type { Output } from "@/lib/store/code/run";
import type { Place } from "@/lib/store/code/protocol";
import { openWhy } from "@/lib/store/why";
import { TickGlyph, CrossGlyph } from "../ui/glyphs";

interface Props {
  output: readonly Output[];
  busy: boolean;
  /** Shows a place in the program. */
  onPlace(place: Place): void;
}

/** What a program printed, the calls that it made, and the error that ended it, in the order in which they came. */
export function CodeOutput({ output, busy, onPlace }: Props) {
  const log = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  useLayoutEffect(() => {
    const element = log.current;
    if (element && follows.current) element.scrollTop = element.scrollHeight;
  }, [output]);
  useEffect(() => {
    // On a small screen it lies below the program.
    if (busy) log.current?.scrollIntoView({ block: "nearest" });
  }, [busy]);

  return (
    <div
      ref={log}
      role="log"
      aria-label="Output"
      aria-busy={busy}
      tabIndex={0}
      data-testid="code-output"
      className="min-h-40 flex-1 overflow-y-auto overscroll-contain bg-sunk px-3 py-2 font-mono text-[0.8125rem] leading-[1.5] outline-offset-[-2px]"
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        // Whoever scrolled up reads there.
        follows.current = scrollHeight - scrollTop - clientHeight < 24;
      }}
    >
      {output.map((entry) => (
        <Line key={entry.id} entry={entry} onPlace={onPlace} />
      ))}
    </div>
  );
}

const levelLook: Record<string, string> = { error: "text-deny", warn: "text-implicit", debug: "text-soft" };
const levelWord: Record<string, string> = { error: "Error: ", warn: "Warning: " };

const Line = memo(function Line({ entry, onPlace }: { entry: Output; onPlace(place: Place): void }) {
  const text = "m-0 whitespace-pre-wrap font-mono [overflow-wrap:anywhere]";
  if (entry.kind === "call") {
    const { seq, service, operation, code } = entry.call;
    return (
      <div className="my-0.5 flex flex-wrap items-center gap-x-2 font-sans text-xs text-soft" data-kind="call">
        {code ? <CrossGlyph size={14} className="shrink-0 text-deny" /> : <TickGlyph size={14} className="shrink-0 text-allow" />}
        <span className="min-w-0 [overflow-wrap:anywhere]">
          {service}:{operation}
          {code ? <span className="text-deny"> {code}</span> : null}
        </span>
        <button type="button" className="rounded-md px-1 underline hover:text-brass" onClick={() => openWhy(seq)}>
          Why?<span className="sr-only"> {`${service}:${operation}`}</span>
        </button>
      </div>
    );
  }
  if (entry.kind === "note") return <p className="my-1 font-sans text-xs text-soft">{entry.text}</p>;
  if (entry.kind === "error")
    return (
      <div data-kind="error" className="my-1 border-l-2 border-deny pl-2">
        <pre className={`${text} text-deny`}>{entry.text}</pre>
        {entry.place ? (
          <button type="button" className="link font-sans text-xs" onClick={() => onPlace(entry.place!)}>
            Go to line {entry.place.line}
          </button>
        ) : null}
      </div>
    );
  return (
    <pre className={`${text} ${levelLook[entry.level] ?? ""}`} data-kind={entry.level}>
      {levelWord[entry.level] ? <span className="sr-only">{levelWord[entry.level]}</span> : null}
      {entry.text}
    </pre>
  );
},
// What was printed does not change; where its error stands neither.
(before, after) => before.entry === after.entry);
