"use client";
import { useEffect, useId, useImperativeHandle, useRef, useState, type ReactNode, type Ref } from "react";
import { loadMonaco, type Monaco } from "./load-monaco";
import { MonacoView, type HandOver, type MonacoViewProps } from "./monaco-view";
import { PlainEditor } from "./plain-editor";
import { usePlainText } from "./plain-text";
import type { EditorHandle, ExtraLib } from "./types";
import styles from "./editor.module.css";

export interface CodeEditorProps
  extends Pick<MonacoViewProps, "value" | "onChange" | "language" | "label" | "path" | "markers" | "complete" | "onProblems" | "onRun"> {
  /** Declarations for TypeScript and JavaScript. The list itself must not change from one drawing to the next. */
  extraLibs?: readonly ExtraLib[];
  /** Height in lines: at least, and at most before it scrolls. */
  minLines?: number;
  maxLines?: number;
  /** At the left of the line below the text: a count, a state. */
  foot?: ReactNode;
  ref?: Ref<EditorHandle>;
  "data-testid"?: string;
}

const noLibs: readonly ExtraLib[] = [];

/**
 * A text with Monaco around it. `value` and `onChange` as with any field; without `onChange` it is to read only.
 * Monaco is fetched when the editor comes into view; until then, and where it is switched off, a plain field holds the
 * same text, and what is typed, selected and focused goes over. Esc leaves the editor; Ctrl+M makes Tab move the focus.
 */
export function CodeEditor(props: CodeEditorProps) {
  const { value, onChange, language, label, extraLibs = noLibs, minLines = 8, maxLines = 30, foot, onRun, ref } = props;
  const root = useRef<HTMLDivElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const inner = useRef<EditorHandle>(null);
  const hint = useRef<HTMLParagraphElement>(null);
  const handOver = useRef<HandOver>(undefined);
  const [monaco, setMonaco] = useState<Monaco>();
  const [failed, setFailed] = useState(false);
  const [tabMoves, setTabMoves] = useState(false);
  const [plain, setPlain] = usePlainText();
  const hintId = useId();

  useMonaco({ root, area, language, wanted: !plain && !monaco && !failed }, (loaded) => {
    handOver.current = stateOf(area.current);
    if (loaded) setMonaco(() => loaded);
    else setFailed(true);
  });
  useLibs(extraLibs, monaco);
  useImperativeHandle(ref, () => ({
    focus: () => inner.current?.focus(),
    select: (offset, length) => inner.current?.select(offset, length),
  }));

  const shared = { value, onChange, label, minLines, maxLines, onRun, ref: inner };
  const rich = monaco && !plain;
  return (
    <div ref={root} className={styles.frame} data-testid={props["data-testid"]} data-editor={rich ? "monaco" : "plain"}>
      {rich ? (
        <MonacoView
          {...shared}
          monaco={monaco}
          language={language}
          path={props.path}
          markers={props.markers}
          complete={props.complete}
          onProblems={props.onProblems}
          handOver={handOver.current}
          onLeave={() => hint.current?.focus()}
          onTabMoves={setTabMoves}
        />
      ) : (
        <PlainEditor {...shared} describedBy={hintId} element={area} />
      )}
      <div className={styles.foot}>
        {foot}
        <p ref={hint} id={hintId} tabIndex={-1} className={styles.hint}>
          {rich ? (
            <>
              <kbd>Esc</kbd> leaves the editor. <kbd>Tab</kbd> {tabMoves ? "moves on" : "indents"}; <kbd>Ctrl+M</kbd> changes that.
            </>
          ) : failed ? (
            "The code editor could not be fetched. This is the same text in a plain field."
          ) : (
            "Plain text field."
          )}
        </p>
        <button
          type="button"
          className={styles.switch}
          aria-pressed={plain}
          onClick={() => {
            handOver.current = undefined;
            setFailed(false);
            setPlain(!plain);
          }}
        >
          Plain text
        </button>
      </div>
    </div>
  );
}

const stateOf = (area: HTMLTextAreaElement | null): HandOver | undefined =>
  area ? { focused: document.activeElement === area, start: area.selectionStart, end: area.selectionEnd } : undefined;

/** Fetches Monaco when the editor is in view, and hands it over when nothing is half typed. `done` without it: it could not be fetched. */
function useMonaco(
  of: { root: { current: HTMLElement | null }; area: { current: HTMLElement | null }; language: CodeEditorProps["language"]; wanted: boolean },
  done: (monaco?: Monaco) => void,
): void {
  const { root, area, language, wanted } = of;
  const latest = useRef(done);
  latest.current = done;
  useEffect(() => {
    const element = root.current;
    if (!wanted || !element) return;
    let current = true;
    let composing = false;
    const compose = (event: CompositionEvent) => (composing = event.type !== "compositionend");
    const events = ["compositionstart", "compositionend"] as const;
    for (const name of events) element.addEventListener(name, compose);
    const finish = (monaco?: Monaco) => {
      if (!current) return;
      // A character that is being composed would be lost with its field.
      if (composing) area.current?.addEventListener("compositionend", () => setTimeout(() => finish(monaco)), { once: true });
      else latest.current(monaco);
    };
    const observer = new IntersectionObserver(([entry]) => {
      if (!entry.isIntersecting) return;
      observer.disconnect();
      loadMonaco(language).then(finish, () => finish());
    });
    observer.observe(element);
    return () => {
      current = false;
      observer.disconnect();
      for (const name of events) element.removeEventListener(name, compose);
    };
  }, [root, area, language, wanted]);
}

function useLibs(libs: readonly ExtraLib[], monaco: Monaco | undefined): void {
  useEffect(() => {
    if (!monaco || !libs.length) return;
    let remove: (() => void) | undefined;
    let current = true;
    void import("./typescript").then(({ addExtraLibs }) => {
      if (current) remove = addExtraLibs(libs);
    });
    return () => {
      current = false;
      remove?.();
    };
  }, [libs, monaco]);
}
