"use client";
import { useImperativeHandle, useRef, type Ref } from "react";
import type { EditorHandle } from "./types";
import styles from "./editor.module.css";

export interface PlainEditorProps {
  value: string;
  onChange?(text: string): void;
  label: string;
  describedBy: string;
  minLines: number;
  maxLines: number;
  onRun?(): void;
  ref?: Ref<EditorHandle>;
  element: { current: HTMLTextAreaElement | null };
}

/** The same text in the browser's own field: until Monaco is here, where it is not wanted, and where it could not be fetched. */
export function PlainEditor({ value, onChange, label, describedBy, minLines, maxLines, onRun, ref, element }: PlainEditorProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  useImperativeHandle(ref, () => ({
    focus: () => field.current?.focus(),
    select(offset, length = 0) {
      const area = field.current;
      if (!area) return;
      area.focus();
      area.setSelectionRange(offset, offset + length);
      // Fields scroll to what is typed, not to what is selected: go to its line.
      const line = area.value.slice(0, offset).split("\n").length - 1;
      area.scrollTop = Math.max(0, line * 20 - area.clientHeight / 2);
    },
  }));
  const lines = Math.min(maxLines, Math.max(minLines, value.split("\n").length));
  return (
    <textarea
      ref={(area) => {
        field.current = element.current = area;
      }}
      className={styles.plain}
      style={{ height: lines * 20 + 16 }}
      aria-label={label}
      aria-describedby={describedBy}
      value={value}
      readOnly={!onChange}
      onChange={(event) => onChange?.(event.target.value)}
      onKeyDown={(event) => {
        if (!onRun || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        onRun();
      }}
      spellCheck={false}
      autoCapitalize="off"
      autoComplete="off"
      autoCorrect="off"
      data-testid="plain-editor"
    />
  );
}
