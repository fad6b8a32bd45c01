"use client";

import type { Flip, FlipDocument } from "@/lib/engine/flip";
import { DashGlyph, PolicyGlyph, RightGlyph } from "../ui/glyphs";

/** One change: what to do, the difference it makes to a document, what else it changes, and the way to do it. */
export function FlipCard({ flip, least, onApply, disabled }: { flip: Flip; least: boolean; onApply(): void; disabled: boolean }) {
  const changesLab = flip.edits.length > 0;
  return (
    <li className="relative py-3" data-testid="flip" data-broader={flip.broader}>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-[0.8125rem]">
        {least && !flip.asksOtherwise ? (
          <span className="rounded-sm bg-brass-tint px-1.5 py-0.5 font-medium leading-tight text-brass">the least</span>
        ) : null}
        {flip.broader ? (
          <span className="inline-flex items-center gap-1 rounded-sm bg-implicit-tint px-1.5 py-0.5 font-medium leading-tight text-implicit">
            <DashGlyph size={13} /> broader
          </span>
        ) : null}
        {flip.asksOtherwise ? (
          <span className="rounded-sm bg-unevaluated-tint px-1.5 py-0.5 font-medium leading-tight text-unevaluated">
            asks for something else
          </span>
        ) : null}
      </div>
      <p className="mt-1 [overflow-wrap:anywhere]" data-testid="flip-sentence">
        {flip.sentence}
      </p>
      <p className="mt-0.5 text-[0.8125rem] text-faint">
        {flip.by.length ? `To be done by ${flip.by.join(" and ")}.` : "Only the call is made otherwise; the lab stays as it is."}
      </p>
      {flip.documents.length ? (
        <details className="group mt-2" open={least}>
          <summary className="inline-flex items-center gap-1 rounded-sm text-[0.8125rem] text-soft hover:text-ink">
            <RightGlyph size={14} className="transition-transform group-open:rotate-90" />
            The change itself
          </summary>
          <div className="mt-2 space-y-3">
            {flip.documents.map((document) => (
              <Difference key={document.where} document={document} />
            ))}
          </div>
        </details>
      ) : null}
      <Beside flip={flip} />
      <button type="button" className={`button mt-3 ${least ? "button-next" : ""}`} onClick={onApply} disabled={disabled}>
        {changesLab ? "Apply" : "Make the call so"}
        <span className="sr-only">: {flip.sentence}</span>
      </button>
    </li>
  );
}

/** What else answers otherwise then, of what was asked. */
function Beside({ flip: { edits, also, alsoMore } }: { flip: Flip }) {
  if (!edits.length) return null;
  if (!also.length) return <p className="mt-2 text-[0.8125rem] text-soft">Nothing else that was asked on the copy changed its answer.</p>;
  return (
    <div className="mt-2 text-[0.8125rem]">
      <p className="text-soft">It also changes this:</p>
      <ul className="mt-0.5 list-disc space-y-0.5 pl-5" data-testid="flip-also">
        {also.map((line) => (
          <li key={line} className="[overflow-wrap:anywhere]">
            {line}
          </li>
        ))}
        {alsoMore ? <li>and {alsoMore.toLocaleString("en")} more of the kind</li> : null}
      </ul>
    </div>
  );
}

const looks = {
  same: { sign: " ", word: "", ink: "text-soft" },
  added: { sign: "+", word: "added: ", ink: "bg-allow-tint text-allow" },
  removed: { sign: "−", word: "removed: ", ink: "bg-deny-tint text-deny" },
  gap: { sign: "⋯", word: "lines left out", ink: "text-faint" },
} as const;

/** Line by line; a sign and a word stand with the colour. */
export function Difference({ document: { where, before, after, lines, unfolded } }: { document: FlipDocument }) {
  const title = before === "" ? "new: " : after === "" ? "taken away: " : "";
  return (
    <figure>
      <figcaption className="flex items-start gap-1.5 text-[0.8125rem] text-soft">
        <PolicyGlyph size={15} className="mt-0.5" />
        <span className="min-w-0 [overflow-wrap:anywhere]">
          {title}
          {where}
          {unfolded ? <span className="text-faint"> (kept on one line; shown on several)</span> : null}
        </span>
      </figcaption>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolls by keyboard */}
      <pre
        tabIndex={0}
        aria-label={`Change to ${where}`}
        className="relative mt-1 max-h-80 overflow-auto bg-sunk py-2 text-xs leading-relaxed"
        data-testid="flip-diff"
      >
        <code className="block w-max min-w-full">
          {lines.map(({ kind, text }, i) => (
            <span key={i} data-line={kind} className={`block px-3 ${looks[kind].ink}`}>
              <span aria-hidden className="mr-2 inline-block w-3 select-none text-center">
                {looks[kind].sign}
              </span>
              {looks[kind].word ? <span className="sr-only">{looks[kind].word}</span> : null}
              {text}
              {"\n"}
            </span>
          ))}
        </code>
      </pre>
    </figure>
  );
}
