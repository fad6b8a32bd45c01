"use client";

import { run } from "@/lib/store/run";
import { CopyButton } from "../ui/copy-button";
import { TerminalGlyph } from "../ui/glyphs";

/** A command of the notes: it goes to the lab's terminal as it stands. */
export function Run({ children }: { children: string }) {
  const lines = children.trim();
  return (
    <div className="group relative block max-w-full rounded-md border border-rule bg-raised font-sans">
      <pre tabIndex={0} aria-label="Command" className="px-3 py-2.5 font-mono text-[0.8125rem] leading-relaxed text-ink outline-offset-[-2px]">
        {promptsOf(lines).map(({ line, prompt }, at) => (
          // A long line is folded, with its rest set in: copying gives it back in one piece.
          <span key={at} className="block whitespace-pre-wrap pl-8 -indent-8 [overflow-wrap:anywhere]">
            <span aria-hidden className="mr-2 select-none text-brass-mark">
              {prompt ? "$" : " "}
            </span>
            {line.split(/( +)/).map((word, part) => (
              // An option is not broken at its hyphens.
              <span key={part} className={/^-/.test(word) && word.length < 28 ? "whitespace-nowrap" : undefined}>
                {word}
              </span>
            ))}
          </span>
        ))}
      </pre>
      <div className="flex items-center gap-1 border-t border-rule px-1.5 py-1">
        <button type="button" className="button button-quiet min-h-8 text-brass" onClick={() => run(lines)}>
          <TerminalGlyph size={16} />
          Run
        </button>
        <CopyButton text={lines} what="the command" className="ml-auto" />
      </div>
    </div>
  );
}

/** Lines of a block; those of a here-document are no commands, and have no prompt. */
function promptsOf(text: string): { line: string; prompt: boolean }[] {
  let end: string | undefined;
  return text.split("\n").map((line) => {
    if (end !== undefined) {
      if (line === end) end = undefined;
      return { line, prompt: false };
    }
    end = /<<'(\w+)'/.exec(line)?.[1];
    return { line, prompt: true };
  });
}
