"use client";

import type { TranscriptEntry } from "@/lib/cli/session";
import { CopyButton } from "../ui/copy-button";

const text = "m-0 whitespace-pre-wrap font-mono [overflow-wrap:anywhere]";

/** One thing that stands in the log. */
export function Entry({ entry, onWhy }: { entry: TranscriptEntry; onWhy?(seq: number): void }) {
  if (entry.kind === "command") return <Command entry={entry} onWhy={onWhy} />;
  if (entry.kind === "page") return <ManualPage page={entry.text} />;
  return (
    <pre className={`${text} ${entry.kind === "stderr" ? "text-deny" : entry.kind === "note" ? "text-soft" : ""}`} data-kind={entry.kind}>
      {entry.kind === "stderr" ? <span className="sr-only">Error: </span> : null}
      {entry.text.replace(/\n$/, "")}
    </pre>
  );
}

function Command({ entry, onWhy }: { entry: TranscriptEntry; onWhy?(seq: number): void }) {
  const last = entry.calls?.at(-1);
  return (
    <div className="group flex items-start gap-2 pt-1" data-kind="command">
      <pre className={`${text} min-w-0 flex-1`}>
        <span className="text-soft">{entry.prompt} </span>
        {entry.text}
      </pre>
      {last !== undefined && onWhy ? (
        <button type="button" className="shrink-0 rounded-md px-1 font-sans text-faint underline hover:text-brass" onClick={() => onWhy(last)}>
          Why?<span className="sr-only"> What this command did</span>
        </button>
      ) : null}
      {entry.text.trim() ? (
        <CopyButton text={entry.text} what="command" className="-my-1 shrink-0 opacity-0 focus:opacity-100 group-hover:opacity-100" />
      ) : null}
    </div>
  );
}

/** A manual page: its headings can be jumped to, options stand out, and it is not read aloud from end to end unasked. */
function ManualPage({ page }: { page: string }) {
  const sections = page.split(/\n(?=[A-Z][A-Z ]+\n)/);
  const [head, ...rest] = sections;
  return (
    <div role="group" aria-label={`Manual page ${head.trim().split(/\s+/)[0]}`} aria-live="off" data-kind="page" className="my-1 border-l-2 border-rule-strong pl-3">
      <p className="m-0 font-sans text-soft">Manual page. Page Down and Page Up read on.</p>
      <pre className={text}>{head.trimEnd()}</pre>
      {rest.map((section, index) => {
        const end = section.indexOf("\n");
        return (
          <div key={`${index} ${section.slice(0, end)}`} className="mt-2">
            <h3 className="m-0 font-mono text-[1em] font-semibold text-ink">{section.slice(0, end)}</h3>
            <pre className={`${text} max-[640px]:-ml-[4ch]`}>{section.slice(end + 1).trimEnd().split(/^( {7}--?[a-z][^\n]*)$/m).map(emphasised)}</pre>
          </div>
        );
      })}
    </div>
  );
}

const emphasised = (part: string, index: number) =>
  index % 2 ? (
    <strong key={index} className="font-semibold text-brass">
      {part}
    </strong>
  ) : (
    part
  );
