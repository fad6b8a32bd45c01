"use client";

import { useId, useRef, useState } from "react";
import { useStore } from "zustand";
import { type CodeRun, clearOutput, codeRun, keepRunning, startRun, stopCode } from "@/lib/store/code/run";
import type { Place } from "@/lib/store/code/protocol";
import { useDraft } from "@/lib/store/drafts";
import { CodeEditor } from "../editor/code-editor";
import type { EditorHandle } from "../editor/types";
import { compile, offsetOf } from "./compile";
import { CodeOutput } from "./output";
import { beforeKey, chosenKey, codePrograms, programOf, replaceText, textKey, undoReplace } from "./programs";
import { useSdkTypes } from "./use-sdk-types";

/**
 * Programs in TypeScript with the AWS SDK for JavaScript v3, run in a sandbox against this page's lab. Fetched when it is
 * opened; the sandbox and the SDK's clients are fetched at the first run.
 */
export function CodeTab() {
  const [chosen, setChosen] = useDraft(chosenKey);
  const program = programOf(chosen);
  const [text, setText] = useDraft(textKey(program.id), program.start);
  const [before] = useDraft(beforeKey(program.id));
  const run = useStore(codeRun);
  const { libs } = useSdkTypes(text);
  const editor = useRef<EditorHandle>(null);
  const select = useId();
  // What is printed should be seen beside what prints it.
  const [maxLines] = useState(() => Math.min(22, Math.max(8, Math.floor((innerHeight - 420) / 20))));
  const busy = run.state === "running" || run.state === "preparing";

  const start = (): void => void startRun(() => compile(text));
  const show = (place: Place): void => editor.current?.select(offsetOf(text, place));

  return (
    <section aria-label="Code" className="flex min-h-full flex-col" data-testid="code-tab" data-state={run.state}>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5 border-b border-rule px-3 py-2">
        <label htmlFor={select} className="sr-only">
          Program
        </label>
        <select
          id={select}
          value={program.id}
          onChange={(event) => setChosen(event.target.value)}
          className="field min-h-8 w-auto min-w-0 max-w-full flex-1 py-0.5 text-[0.8125rem] phone:max-w-60"
        >
          {codePrograms.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </select>
        <div className="ml-auto flex items-center gap-2">
          {before ? (
            <button type="button" className="button button-quiet min-h-8 text-[0.8125rem]" onClick={() => undoReplace(program.id)}>
              Undo reset
            </button>
          ) : null}
          {text !== program.start ? (
            <button
              type="button"
              className="button button-quiet min-h-8 text-[0.8125rem]"
              onClick={() => replaceText(program.id, undefined)}
            >
              Reset
              <span className="sr-only"> to the example</span>
            </button>
          ) : null}
          {busy ? (
            <button type="button" className="button min-h-8 min-w-18" onClick={stopCode}>
              Stop
            </button>
          ) : (
            <button
              type="button"
              className="button button-next min-h-8 min-w-18"
              onClick={start}
              title="Ctrl+Enter or ⌘ Enter in the editor"
            >
              Run
            </button>
          )}
        </div>
      </div>
      <div className="p-2">
        <CodeEditor
          key={program.id}
          ref={editor}
          value={text}
          onChange={setText}
          language="typescript"
          path={`file:///code/${program.id}.ts`}
          label={`Program: ${program.title}`}
          extraLibs={libs}
          minLines={8}
          maxLines={maxLines}
          onRun={start}
          data-testid="code-editor"
        />
      </div>
      <div className="flex min-h-8 items-center gap-3 border-t border-rule px-3 py-1">
        <h2 className="overline">Output</h2>
        <p role="status" className="min-w-0 text-xs text-soft" data-testid="code-status">
          {stateWords(run)}
        </p>
        {run.output.length && !busy ? (
          <button type="button" className="button button-quiet ml-auto min-h-7 py-0 text-xs" onClick={clearOutput}>
            Clear
          </button>
        ) : null}
      </div>
      {run.long && busy ? (
        <div role="alert" className="flex flex-wrap items-center gap-2 border-t border-rule bg-implicit-tint px-3 py-2 text-[0.8125rem]">
          <p className="min-w-0 flex-1">The program has been running for ten seconds.</p>
          <button type="button" className="button min-h-8" onClick={stopCode}>
            Stop it
          </button>
          <button type="button" className="button button-quiet min-h-8" onClick={keepRunning}>
            Keep waiting
          </button>
        </div>
      ) : null}
      {run.output.length || busy ? <CodeOutput output={run.output} busy={busy} onPlace={show} /> : <Nothing />}
    </section>
  );
}

const seconds = (ms = 0): string => (ms < 1_000 ? `${Math.max(1, Math.round(ms))} ms` : `${(ms / 1_000).toFixed(1)} s`);

function stateWords({ state, took }: CodeRun): string {
  return {
    none: "",
    preparing: "Preparing…",
    running: "Running…",
    finished: `Finished in ${seconds(took)}.`,
    failed: "Ended with an error.",
    stopped: `Stopped after ${seconds(took)}.`,
  }[state];
}

function Nothing() {
  return (
    <div className="min-h-40 flex-1 bg-sunk px-3 py-2 text-[0.8125rem] text-soft">
      <p>
        The program runs in a sandbox of this page: the lab answers its calls, as you, and nothing else can be reached from it. Region and
        credentials are set, as on a machine where <code className="text-xs">aws configure</code> was run.
      </p>
    </div>
  );
}
