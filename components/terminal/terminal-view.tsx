"use client";

import { type ClipboardEvent, type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState, useSyncExternalStore } from "react";
import type { TerminalHost, TranscriptEntry } from "@/lib/cli/session";
import { useDraft } from "@/lib/store/drafts";
import { CopyButton } from "../ui/copy-button";
import { type RunRequests, useRunner } from "./use-runner";

interface Props {
  session: TerminalHost;
  /** Opens Why? for a call by its position in the journal. */
  onWhy?(seq: number): void;
  /** Told how many characters fit on a line. */
  onColumns?(columns: number): void;
  requests?: RunRequests;
}

/**
 * A terminal of plain page elements: a log and one labelled input, so that text can be selected, searched, enlarged and
 * read aloud. Keys: Enter, Up and Down (history), Tab (completes; after Escape, or on an empty line, it leaves), Ctrl-C
 * (copies a selection, else stops), Ctrl-L, Ctrl-U. A paste of several lines runs line by line.
 */
export function TerminalView({ session, onWhy, onColumns, requests }: Props) {
  const transcript = useSyncExternalStore(
    session.subscribe,
    () => session.transcript,
    () => session.transcript,
  );
  const prompt = useSyncExternalStore(
    session.subscribe,
    () => session.prompt,
    () => session.prompt,
  );
  const { running, pending, question, feed, stop } = useRunner(session, requests);
  const [line, setLine, clearLine] = useDraft("terminal/line");
  const [choices, setChoices] = useState<string[]>([]);
  const log = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  /** After Escape the next Tab leaves. */
  const leaving = useRef(false);
  /** How far back in the history, and what stood in the line before. */
  const back = useRef({ steps: 0, typed: "" });
  const hint = useId();

  useColumns(log, onColumns);
  useLayoutEffect(() => {
    const element = log.current;
    if (element) element.scrollTop = element.scrollHeight;
  }, [transcript, pending, running]);
  useLayoutEffect(() => {
    const element = input.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight}px`;
  }, [line]);

  const put = (text: string): void => {
    setLine(text);
    setChoices([]);
    // The caret belongs at the end of what was put there.
    requestAnimationFrame(() => input.current?.setSelectionRange(text.length, text.length));
  };

  const submit = (): void => {
    back.current = { steps: 0, typed: "" };
    setChoices([]);
    clearLine();
    feed(line);
  };

  const walk = (direction: 1 | -1): void => {
    const { steps, typed } = back.current;
    const next = steps + direction;
    if (next < 0 || next > session.history.length) return;
    back.current = { steps: next, typed: steps === 0 ? line : typed };
    put(next === 0 ? back.current.typed : session.history[session.history.length - next]);
  };

  const complete = async (): Promise<void> => {
    const { from, candidates } = await session.complete(line);
    if (!candidates.length) return setChoices([]);
    const common = commonStart(candidates);
    if (common.length > line.length - from) put(line.slice(0, from) + common);
    setChoices(candidates.length > 1 ? candidates.map((candidate) => candidate.trimEnd()) : []);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    const element = event.currentTarget;
    const held = event.ctrlKey && !event.altKey && !event.metaKey;
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") {
      leaving.current = true;
      setChoices([]);
      return;
    }
    if (event.key === "Tab") {
      // Never a trap: an empty line, Escape before, or Shift let Tab do what it does everywhere.
      if (event.shiftKey || leaving.current || !line.trim() || element.selectionEnd !== line.length) return;
      event.preventDefault();
      void complete();
      return;
    }
    leaving.current = false;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      submit();
    } else if (event.key === "ArrowUp" && !event.shiftKey && !line.slice(0, element.selectionStart).includes("\n")) {
      event.preventDefault();
      walk(1);
    } else if (event.key === "ArrowDown" && !event.shiftKey && !line.slice(element.selectionEnd).includes("\n")) {
      event.preventDefault();
      walk(-1);
    } else if (held && event.key.toLowerCase() === "c") {
      if (element.selectionStart !== element.selectionEnd || String(getSelection() ?? "")) return;
      event.preventDefault();
      interrupt();
    } else if (held && event.key.toLowerCase() === "l") {
      event.preventDefault();
      session.clear();
    } else if (held && event.key.toLowerCase() === "u") {
      event.preventDefault();
      put(line.slice(element.selectionEnd));
    }
  };

  const interrupt = (): void => {
    if (!running && (line || pending)) session.note(`${pending ? "> " : `${prompt} `}${line}^C\n`);
    stop();
    clearLine();
    setChoices([]);
    back.current = { steps: 0, typed: "" };
    input.current?.focus();
  };

  const onPaste = (event: ClipboardEvent<HTMLTextAreaElement>): void => {
    const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n");
    if (!text.includes("\n")) return;
    event.preventDefault();
    const { selectionStart, selectionEnd } = event.currentTarget;
    const lines = (line.slice(0, selectionStart) + text + line.slice(selectionEnd)).split("\n");
    // Without a line break at its end the last line waits for Enter, as in any terminal.
    put(lines.pop()!);
    feed(lines.join("\n"));
  };

  return (
    <section
      aria-label="Terminal"
      className="flex h-full min-h-0 flex-col bg-sunk font-mono text-[0.8125rem] leading-[1.5] text-ink"
      onClick={(event) => {
        // A click beside the text goes to the line, unless something was selected.
        if (event.target === log.current && !String(getSelection() ?? "")) input.current?.focus();
      }}
    >
      <div
        ref={log}
        role="log"
        aria-label="Terminal output"
        aria-busy={running}
        tabIndex={0}
        data-testid="terminal-log"
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-3"
      >
        {transcript.length ? null : (
          <p className="font-sans text-soft">Commands run against this page’s lab. Try: aws sts get-caller-identity</p>
        )}
        {transcript.map((entry) => (
          <Entry key={entry.id} entry={entry} onWhy={onWhy} />
        ))}
        {pending ? <pre className="m-0 whitespace-pre-wrap break-words font-mono text-soft">{pending}</pre> : null}
      </div>
      {choices.length ? (
        <p role="status" className="m-0 max-h-32 overflow-y-auto border-t border-rule px-3 py-1 text-soft">
          <span className="sr-only">{choices.length} possible: </span>
          {choices.slice(0, 200).join("  ")}
        </p>
      ) : null}
      <form
        className="flex items-start gap-2 border-t border-rule-strong bg-raised px-3 py-2"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <label className="flex min-w-0 flex-1 items-start gap-2">
          <span className="max-w-[60%] shrink-0 truncate pt-[1px] text-soft">
            {question === undefined ? <span className="sr-only">Command, in folder </span> : null}
            {question ?? (pending ? ">" : prompt)}
          </span>
          <textarea
            ref={input}
            rows={1}
            value={line}
            data-testid="terminal-input"
            aria-describedby={hint}
            autoCapitalize="off"
            autoComplete="off"
            autoCorrect="off"
            spellCheck={false}
            enterKeyHint="go"
            className="max-h-48 min-w-0 flex-1 resize-none border-0 bg-transparent p-0 font-mono text-[1em] leading-[inherit] text-ink [overflow-wrap:anywhere]"
            onChange={(event) => {
              back.current.steps = 0;
              setChoices([]);
              setLine(event.target.value);
            }}
            onKeyDown={onKeyDown}
            onPaste={onPaste}
          />
        </label>
        <span id={hint} className="sr-only">
          Tab completes. To leave with Tab press Escape first. Up and Down bring back earlier commands. Control C stops, Control L clears.
        </span>
        {running && question === undefined ? (
          <button
            type="button"
            className="shrink-0 rounded-md border border-rule-strong px-2 font-sans text-soft hover:text-brass"
            onClick={interrupt}
          >
            Stop
          </button>
        ) : (
          <button
            type="submit"
            className="shrink-0 rounded-md border border-rule-strong px-2 font-sans text-soft hover:text-brass"
            disabled={!line.trim() && !pending && question === undefined}
          >
            Run
          </button>
        )}
      </form>
    </section>
  );
}

function Entry({ entry, onWhy }: { entry: TranscriptEntry; onWhy?(seq: number): void }) {
  const text = "m-0 whitespace-pre-wrap font-mono [overflow-wrap:anywhere]";
  if (entry.kind === "command") {
    const last = entry.calls?.at(-1);
    return (
      <div className="group flex items-start gap-2 pt-1" data-kind="command">
        <pre className={`${text} min-w-0 flex-1`}>
          <span className="text-soft">{entry.prompt} </span>
          {entry.text}
        </pre>
        {last !== undefined && onWhy ? (
          <button
            type="button"
            className="shrink-0 rounded-md px-1 font-sans text-faint underline hover:text-brass"
            onClick={() => onWhy(last)}
          >
            Why?<span className="sr-only"> What this command did</span>
          </button>
        ) : null}
        {entry.text.trim() ? (
          <CopyButton text={entry.text} what="command" className="-my-1 shrink-0 opacity-0 focus:opacity-100 group-hover:opacity-100" />
        ) : null}
      </div>
    );
  }
  return (
    <pre className={`${text} ${entry.kind === "stderr" ? "text-deny" : entry.kind === "note" ? "text-soft" : ""}`} data-kind={entry.kind}>
      {entry.kind === "stderr" ? <span className="sr-only">Error: </span> : null}
      {entry.text.replace(/\n$/, "")}
    </pre>
  );
}

function commonStart(words: string[]): string {
  let length = words[0].length;
  for (const word of words) while (!word.startsWith(words[0].slice(0, length))) length--;
  return words[0].slice(0, length);
}

/** Measures how many characters of the log's font fit on its line, now and whenever its size changes. */
function useColumns(log: React.RefObject<HTMLDivElement | null>, onColumns: ((columns: number) => void) | undefined): void {
  useEffect(() => {
    const element = log.current;
    if (!element || !onColumns) return;
    const measure = (): void => {
      const probe = document.createElement("span");
      probe.textContent = "0".repeat(100);
      probe.style.cssText = "position:absolute;visibility:hidden;white-space:pre";
      element.append(probe);
      const width = probe.getBoundingClientRect().width / 100;
      probe.remove();
      if (width > 0 && element.clientWidth > 0) onColumns(Math.floor((element.clientWidth - 24) / width));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [log, onColumns]);
}
