"use client";
import { useEffect, useImperativeHandle, useRef, type Ref } from "react";
import type { editor as MonacoEditor } from "monaco-editor/editor/editor.api";
import type { Monaco } from "./load-monaco";
import type { EditorCompletion, EditorHandle, EditorLanguage, EditorMarker } from "./types";
import { completeModel } from "./completion";
import styles from "./editor.module.css";

/** What the plain field knew when Monaco took its place. */
export interface HandOver {
  focused: boolean;
  start: number;
  end: number;
}

export interface MonacoViewProps {
  monaco: Monaco;
  value: string;
  onChange?(text: string): void;
  language: EditorLanguage;
  label: string;
  path?: string;
  markers?: readonly EditorMarker[];
  complete?(text: string, offset: number): readonly EditorCompletion[];
  onProblems?(problems: EditorMarker[]): void;
  onRun?(): void;
  /** Esc, where it closes nothing of the editor's own. */
  onLeave(): void;
  onTabMoves(moves: boolean): void;
  minLines: number;
  maxLines: number;
  handOver?: HandOver;
  ref?: Ref<EditorHandle>;
}

const LINE = 20;
const OWNER = "keyhole";
let number = 0;

/** Esc closes these first. */
const OPEN_PARTS = [
  "suggestWidgetVisible",
  "findWidgetVisible",
  "parameterHintsVisible",
  "renameInputVisible",
  "inSnippetMode",
  "markersNavigationVisible",
  "accessibilityHelpIsShown",
  "editorHasMultipleSelections",
  "inlineSuggestionVisible",
  "editorHoverFocused",
];

/** Monaco itself, on one text. */
export function MonacoView(props: MonacoViewProps) {
  const { monaco, value, language, label, path, markers, onChange, minLines, maxLines, ref } = props;
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<MonacoEditor.IStandaloneCodeEditor>(undefined);
  const latest = useRef(props);
  latest.current = props;
  /** Texts that were told to the page and have not come back from it yet. */
  const told = useRef<string[]>([]);
  /** A text that comes from the page is not typed: told back, it would be kept as a draft that nobody wrote. */
  const fromOutside = useRef(false);

  useEffect(() => {
    const { handOver } = latest.current;
    const model = monaco.editor.createModel(latest.current.value, language, freeUri(monaco, path, language));
    model.setEOL(monaco.editor.EndOfLineSequence.LF);
    const made = monaco.editor.create(host.current!, { ...options(latest.current), model });
    editor.current = made;
    told.current = [];
    completeModel(monaco, model, () => latest.current.complete);
    const stops = [
      made.onDidContentSizeChange(({ contentHeight }) => fit(host.current, contentHeight, latest.current)),
      model.onDidChangeContent(() => {
        if (fromOutside.current) return;
        const text = model.getValue();
        told.current.push(text);
        latest.current.onChange?.(text);
      }),
      monaco.editor.onDidChangeMarkers((changed) => {
        if (!changed.some((uri) => uri.toString() === model.uri.toString())) return;
        latest.current.onProblems?.(problemsOf(monaco, model));
      }),
      made.onDidChangeConfiguration((change) => {
        const { tabFocusMode } = monaco.editor.EditorOption;
        if (change.hasChanged(tabFocusMode)) latest.current.onTabMoves(made.getOption(tabFocusMode));
      }),
      // Monaco's own command changes what Tab does and tells nobody; here it is an option of the editor, and the hint below it knows.
      made.addAction({
        id: "keyhole.tab",
        label: "Tab moves the focus, or indents",
        keybindings: [monaco.KeyMod.CtrlCmd | monaco.KeyCode.KeyM, monaco.KeyMod.WinCtrl | monaco.KeyCode.KeyM],
        run: () => made.updateOptions({ tabFocusMode: !made.getOption(monaco.editor.EditorOption.tabFocusMode) }),
      }),
      made.addAction({
        id: "keyhole.leave",
        label: "Leave the editor",
        keybindings: [monaco.KeyCode.Escape],
        precondition: OPEN_PARTS.map((part) => `!${part}`).join(" && "),
        run: () => latest.current.onLeave(),
      }),
    ];
    // Without it the keys keep what they do in every Monaco: a new line below.
    if (latest.current.onRun)
      stops.push(
        made.addAction({
          id: "keyhole.run",
          label: "Run",
          keybindings: [monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter],
          run: () => latest.current.onRun?.(),
        }),
      );
    fit(host.current, made.getContentHeight(), latest.current);
    latest.current.onTabMoves(made.getOption(monaco.editor.EditorOption.tabFocusMode));
    if (handOver) {
      made.setSelection(monaco.Range.fromPositions(model.getPositionAt(handOver.start), model.getPositionAt(handOver.end)));
      if (handOver.focused) made.focus();
    }
    return () => {
      stops.forEach((stop) => stop.dispose());
      editor.current = undefined;
      made.dispose();
      model.dispose();
    };
  }, [monaco, language, path]);

  useEffect(() => {
    editor.current?.updateOptions(options(latest.current));
  }, [label, onChange === undefined]);

  useEffect(() => {
    if (editor.current) fit(host.current, editor.current.getContentHeight(), latest.current);
  }, [minLines, maxLines]);

  useEffect(() => {
    const model = editor.current?.getModel();
    if (!model) return;
    const known = told.current.indexOf(value);
    if (known >= 0) told.current.splice(0, known + 1);
    else if (value !== model.getValue()) {
      // From outside (discarded, another tab): as an edit, so that undo in the editor brings back what was there.
      told.current = [];
      fromOutside.current = true;
      model.pushEditOperations([], [{ range: model.getFullModelRange(), text: value }], () => null);
      fromOutside.current = false;
    }
  }, [value]);

  useEffect(() => {
    const model = editor.current?.getModel();
    if (model) monaco.editor.setModelMarkers(model, OWNER, (markers ?? []).map((marker) => markerData(monaco, model, marker)));
  }, [monaco, language, path, markers]);

  useImperativeHandle(ref, () => ({
    focus: () => editor.current?.focus(),
    select(offset, length = 0) {
      const made = editor.current;
      const model = made?.getModel();
      if (!made || !model) return;
      const range = monaco.Range.fromPositions(model.getPositionAt(offset), model.getPositionAt(offset + length));
      made.focus();
      made.setSelection(range);
      made.revealRangeInCenterIfOutsideViewport(range);
    },
  }));

  return <div ref={host} className={styles.monaco} data-testid="monaco" />;
}

function options({ label, language, onChange }: MonacoViewProps): MonacoEditor.IEditorOptions {
  const family = getComputedStyle(document.documentElement).getPropertyValue("--font-mono").trim();
  return {
    ariaLabel: label,
    readOnly: !onChange,
    domReadOnly: !onChange,
    automaticLayout: true,
    // A real text field behind the text: screen readers, spelling tools and phones know how to deal with it.
    editContext: false,
    fontFamily: family || "monospace",
    fontSize: 13,
    lineHeight: LINE,
    tabSize: language === "python" ? 4 : 2,
    minimap: { enabled: false },
    stickyScroll: { enabled: false },
    scrollBeyondLastLine: false,
    scrollbar: { alwaysConsumeMouseWheel: false },
    wordWrap: "on",
    wrappingIndent: "indent",
    lineNumbersMinChars: 3,
    lineDecorationsWidth: 4,
    glyphMargin: false,
    padding: { top: 8, bottom: 8 },
    fixedOverflowWidgets: true,
    bracketPairColorization: { enabled: false },
    occurrencesHighlight: "off",
    selectionHighlight: false,
    overviewRulerLanes: 0,
    links: false,
    wordBasedSuggestions: "off",
    quickSuggestions: { strings: true, other: true, comments: false },
  } as MonacoEditor.IEditorOptions;
}

/** As tall as the text, within bounds; beyond them it scrolls. */
function fit(host: HTMLDivElement | null, content: number, { minLines, maxLines }: MonacoViewProps): void {
  if (host) host.style.height = `${Math.min(maxLines * LINE + 16, Math.max(minLines * LINE + 16, content))}px`;
}

/** The wanted address of the text, or one of our own where it is taken: two editors may be open on one thing. */
function freeUri(monaco: Monaco, path: string | undefined, language: EditorLanguage) {
  const wanted = monaco.Uri.parse(path ?? `inmemory://keyhole/${++number}.${language}`);
  if (!monaco.editor.getModel(wanted)) return wanted;
  return wanted.with({ path: wanted.path.replace(/([^/]*)$/, `${++number}/$1`) });
}

function markerData(monaco: Monaco, model: MonacoEditor.ITextModel, { offset, length, severity, message, code }: EditorMarker): MonacoEditor.IMarkerData {
  const { MarkerSeverity } = monaco;
  const from = model.getPositionAt(offset);
  const to = model.getPositionAt(offset + Math.max(1, length));
  return {
    startLineNumber: from.lineNumber,
    startColumn: from.column,
    endLineNumber: to.lineNumber,
    endColumn: to.column,
    severity: severity === "error" ? MarkerSeverity.Error : severity === "warning" ? MarkerSeverity.Warning : MarkerSeverity.Info,
    message,
    code,
  };
}

/** What the language's own service found. */
function problemsOf(monaco: Monaco, model: MonacoEditor.ITextModel): EditorMarker[] {
  const { MarkerSeverity } = monaco;
  return monaco.editor
    .getModelMarkers({ resource: model.uri })
    .filter(({ owner, severity }) => owner !== OWNER && severity > MarkerSeverity.Hint)
    .map((marker) => {
      const offset = model.getOffsetAt({ lineNumber: marker.startLineNumber, column: marker.startColumn });
      return {
        offset,
        length: model.getOffsetAt({ lineNumber: marker.endLineNumber, column: marker.endColumn }) - offset,
        severity: marker.severity === MarkerSeverity.Error ? "error" : marker.severity === MarkerSeverity.Warning ? "warning" : "info",
        message: marker.message,
        ...(marker.code !== undefined && { code: typeof marker.code === "string" ? marker.code : marker.code.value }),
      };
    });
}
