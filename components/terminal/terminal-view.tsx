"use client";

import { type ClipboardEvent, type KeyboardEvent, useCallback, useId, useLayoutEffect, useRef, useSyncExternalStore } from "react";
import type { TerminalHost } from "@/lib/cli/session";
import { useDraft } from "@/lib/store/drafts";
import { ChoiceList, optionId } from "./choice-list";
import { Entry } from "./entry";
import { editLine } from "./line-editing";
import { useCompletion } from "./use-completion";
import { useColumns, useFollow } from "./use-log";
import { type RunRequests, useRunner } from "./use-runner";
import { searchWords, useSearch } from "./use-search";

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
 * read aloud. Keys are bash's: Enter, Up and Down (history), Ctrl-R (searches it), Tab (completes; after Escape, or on an
 * empty line, it leaves), Ctrl-C (copies a selection, else stops), Ctrl-L, and those of `line-editing`. Page Up and Page
 * Down scroll the log. A paste of several lines runs line by line.
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
  const log = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  /** After Escape the next Tab leaves. */
  const leaving = useRef(false);
  /** How far back in the history, and what stood in the line before. */
  const back = useRef({ steps: 0, typed: "" });
  const killed = useRef("");
  /** Where the caret goes once the line stands there. */
  const caret = useRef<number | undefined>(undefined);
  const hint = useId();
  const listId = useId();

  useColumns(log, onColumns);
  useFollow(log, transcript, pending, running);

  const place = useCallback(
    (text: string, at: number): void => {
      setLine(text);
      // The same text again draws nothing; the caret moves all the same.
      if (input.current?.value === text) input.current.setSelectionRange(at, at);
      else caret.current = at;
    },
    [setLine],
  );
  const completion = useCompletion(session, place);
  const { list } = completion;

  const put = (text: string): void => {
    completion.close();
    place(text, text.length);
  };

  const submit = (text: string): void => {
    back.current = { steps: 0, typed: "" };
    completion.close();
    clearLine();
    feed(text);
  };

  const searching = useSearch({
    history: () => session.history,
    put(text) {
      put(text ?? line);
      input.current?.focus();
    },
    run: submit,
  });
  const { search } = searching;
  const startSearch = (): void => {
    completion.close();
    searching.start();
    input.current?.focus();
  };

  const shown = search ? search.query : line;
  useLayoutEffect(() => {
    const element = input.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight}px`;
  }, [shown]);
  useLayoutEffect(() => {
    if (caret.current !== undefined && !search) input.current?.setSelectionRange(caret.current, caret.current);
    caret.current = undefined;
  });

  const walk = (direction: 1 | -1): void => {
    const { steps, typed } = back.current;
    const next = steps + direction;
    if (next < 0 || next > session.history.length) return;
    back.current = { steps: next, typed: steps === 0 ? line : typed };
    put(next === 0 ? back.current.typed : session.history[session.history.length - next]);
  };

  const complete = (): void => {
    const at = input.current?.selectionEnd ?? line.length;
    void completion.ask(line.slice(0, at), line.slice(at));
  };

  const scrollLog = (pages: 1 | -1): void => {
    const element = log.current;
    if (element) element.scrollTop += pages * Math.max(40, element.clientHeight - 40);
  };

  // ---------------------------------------------------------------- keys

  /** True if the key was the list's. */
  const onListKey = (event: KeyboardEvent): boolean => {
    if (!list) return false;
    if (event.key === "ArrowDown" || (event.key === "Tab" && !event.shiftKey)) completion.move(1);
    else if (event.key === "ArrowUp" || event.key === "Tab") completion.move(-1);
    else if (event.key === "Enter" && list.active >= 0) completion.choose(list.active);
    else return false;
    return true;
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    const element = event.currentTarget;
    const held = event.ctrlKey && !event.altKey && !event.metaKey;
    if (event.nativeEvent.isComposing) return;
    const handled = (): void => {
      event.preventDefault();
      event.stopPropagation();
    };
    if (searching.onKey(event, held) || onListKey(event)) return handled();
    if (event.key === "Escape") {
      leaving.current = true;
      completion.close();
      return;
    }
    if (event.key === "Tab") {
      // Never a trap: an empty line, Escape before, or Shift let Tab do what it does everywhere.
      if (event.shiftKey || leaving.current || !line.trim() || question !== undefined) return completion.close();
      handled();
      return complete();
    }
    leaving.current = false;
    const key = event.key.toLowerCase();
    if (event.key === "Enter" && !event.shiftKey) {
      handled();
      submit(line);
    } else if ((event.key === "ArrowUp" && !event.shiftKey && !line.slice(0, element.selectionStart).includes("\n")) || (held && key === "p")) {
      handled();
      walk(1);
    } else if ((event.key === "ArrowDown" && !event.shiftKey && !line.slice(element.selectionEnd).includes("\n")) || (held && key === "n")) {
      handled();
      walk(-1);
    } else if (event.key === "PageUp" || event.key === "PageDown") {
      handled();
      scrollLog(event.key === "PageUp" ? -1 : 1);
    } else if (held && key === "c") {
      if (element.selectionStart !== element.selectionEnd || String(getSelection() ?? "")) return;
      handled();
      interrupt();
    } else if (held && key === "l") {
      handled();
      session.clear();
    } else if (held && key === "r" && !event.shiftKey) {
      handled();
      if (question === undefined) startSearch();
    } else {
      const edit = editLine(
        { text: line, start: element.selectionStart, end: element.selectionEnd },
        { key: event.key, code: event.code, ctrl: event.ctrlKey && !event.metaKey, alt: event.altKey && !event.metaKey },
        killed.current,
      );
      if (!edit || (event.shiftKey && event.ctrlKey)) return;
      handled();
      if (edit.killed !== undefined) killed.current = edit.killed;
      if (edit.text !== line) completion.close();
      place(edit.text, edit.caret);
    }
  };

  const interrupt = (): void => {
    if (!running && (line || pending)) session.note(`${pending ? "> " : `${prompt} `}${line}^C\n`);
    stop();
    clearLine();
    completion.close();
    back.current = { steps: 0, typed: "" };
    input.current?.focus();
  };

  const onChange = (text: string, at: number): void => {
    if (search) return searching.type(text);
    leaving.current = false;
    back.current.steps = 0;
    setLine(text);
    if (list && text.slice(0, at).trim()) void completion.refine(text.slice(0, at), text.slice(at));
    else completion.close();
  };

  const onPaste = (event: ClipboardEvent<HTMLTextAreaElement>): void => {
    const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n");
    if (!text.includes("\n") || search) return;
    event.preventDefault();
    const { selectionStart, selectionEnd } = event.currentTarget;
    const lines = (line.slice(0, selectionStart) + text + line.slice(selectionEnd)).split("\n");
    // Without a line break at its end the last line waits for Enter, as in any terminal.
    put(lines.pop()!);
    feed(lines.join("\n"));
  };

  const active = search ? (search.matches.length ? search.index : -1) : (list?.active ?? -1);
  const touchButton = "rounded-md border border-rule-strong px-3 py-1 font-sans text-soft";

  return (
    <section
      aria-label="Terminal"
      className="flex h-full min-h-0 flex-col bg-sunk font-mono text-[0.8125rem] leading-[1.5] text-ink [font-variant-ligatures:none]"
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
      {search ? (
        <ChoiceList id={listId} label="Earlier commands" choices={search.matches.map((text) => ({ text }))} active={active} mark={search.query} onChoose={searching.take} />
      ) : list ? (
        <ChoiceList
          id={listId}
          label="Completions"
          choices={list.candidates.map((text) => ({ text: text.trimEnd(), about: list.about?.[text] }))}
          active={active}
          more={list.more}
          onChoose={completion.choose}
        />
      ) : null}
      <p role="status" className={search ? "m-0 shrink-0 border-t border-rule px-3 py-1 font-sans text-soft" : "sr-only"} data-testid="terminal-status">
        {search ? searchWords(search) : completion.said}
      </p>
      <form
        className="flex items-start gap-2 border-t border-rule-strong bg-raised px-3 py-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (search) searching.take();
          else submit(line);
        }}
      >
        <label className="flex min-w-0 flex-1 items-start gap-2">
          <span className="max-w-[60%] shrink-0 truncate pt-[1px] text-soft">
            {question === undefined && !search ? <span className="sr-only">Command, in folder </span> : null}
            {search ? "(reverse-i-search):" : (question ?? (pending ? ">" : prompt))}
          </span>
          <textarea
            ref={input}
            rows={1}
            value={shown}
            data-testid="terminal-input"
            aria-describedby={hint}
            aria-autocomplete="list"
            aria-controls={search || list ? listId : undefined}
            aria-activedescendant={active >= 0 ? optionId(listId, active) : undefined}
            autoCapitalize="off"
            autoComplete="off"
            autoCorrect="off"
            spellCheck={false}
            enterKeyHint="go"
            className={`max-h-48 min-w-0 flex-1 resize-none border-0 bg-transparent p-0 font-mono text-[1em] leading-[inherit] text-ink [overflow-wrap:anywhere] ${question && /MFA code|password|^Enter it again/i.test(question) ? "[-webkit-text-security:disc]" : ""}`}
            onChange={(event) => onChange(event.target.value, event.target.selectionEnd)}
            onKeyDown={onKeyDown}
            onPaste={onPaste}
            onBlur={() => completion.close()}
          />
        </label>
        <span id={hint} className="sr-only">
          Tab completes. To leave with Tab press Escape first. Up and Down bring back earlier commands, Control R searches them. Page Up and
          Page Down scroll the output. Control C stops, Control L clears.
        </span>
        {running && question === undefined ? (
          <button type="button" className="shrink-0 rounded-md border border-rule-strong px-2 font-sans text-soft hover:text-brass" onClick={interrupt}>
            Stop
          </button>
        ) : (
          <button
            type="submit"
            className="shrink-0 rounded-md border border-rule-strong px-2 font-sans text-soft hover:text-brass"
            disabled={!line.trim() && !pending && question === undefined && !search}
          >
            {search ? "Take" : "Run"}
          </button>
        )}
      </form>
      {/* A touch screen has neither Tab nor Control. */}
      <div className="hidden shrink-0 gap-2 border-t border-rule bg-raised px-3 py-2 pointer-coarse:flex" onPointerDown={(event) => event.preventDefault()}>
        <button type="button" className={touchButton} disabled={!line.trim() || Boolean(search)} onClick={complete}>
          Complete
        </button>
        <button type="button" className={touchButton} onClick={() => (search ? searching.cancel() : startSearch())}>
          {search ? "Close history" : "History"}
        </button>
      </div>
    </section>
  );
}
