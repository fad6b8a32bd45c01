"use client";
import { useEffect, useId, useMemo, useRef, useState } from "react";
import type { PolicyWarning } from "@/lib/engine/iam/policy/warnings";
import { CrossGlyph, RingGlyph, DashGlyph } from "../ui/glyphs";
import { CodeEditor } from "./code-editor";
import { countWords, lineOf, markersOf, severityOf } from "./policy-findings";
import type { EditorHandle } from "./types";
import { usePolicyHelp, type PolicyPlace } from "./use-policy-help";
import styles from "./editor.module.css";

export interface PolicyEditorProps extends PolicyPlace {
  value: string;
  onChange(text: string): void;
  /** "Key policy". */
  label: string;
  /** Most bytes or characters that the service takes. */
  limit?: number;
  minLines?: number;
  maxLines?: number;
  "data-testid"?: string;
}

/**
 * A policy while it is written: Monaco with the engine's own checks as it is typed, underlined in the text and listed
 * below it, each with the place in the text where it belongs.
 */
export function PolicyEditor({ value, onChange, label, limit, minLines = 12, maxLines = 30, kind, ...rest }: PolicyEditorProps) {
  const editor = useRef<EditorHandle>(null);
  const { account, resource, inline } = rest;
  const { warnings, complete } = usePolicyHelp(value, { kind, account, resource, inline }, false);
  const markers = useMemo(() => markersOf(warnings ?? []), [warnings]);
  const id = useId();
  useEffect(() => {
    void import("./json").then(({ preparePolicies }) => preparePolicies());
  }, []);
  return (
    <div className={styles.policy} data-testid={rest["data-testid"]}>
      <CodeEditor
        ref={editor}
        value={value}
        onChange={onChange}
        language="json"
        label={`${label}, JSON`}
        path={`inmemory://keyhole/policies/${encodeURIComponent(id)}.json`}
        markers={markers}
        complete={complete}
        minLines={minLines}
        maxLines={maxLines}
        foot={limit && <Size text={value} limit={limit} />}
      />
      <Findings text={value} warnings={warnings} onChoose={({ offset, length }) => editor.current?.select(offset, length)} />
    </div>
  );
}

function Size({ text, limit }: { text: string; limit: number }) {
  const size = new TextEncoder().encode(text).length;
  return (
    <span className={size > limit ? styles.over : undefined}>
      {size.toLocaleString("en")} of {limit.toLocaleString("en")} bytes
    </span>
  );
}

const marks: Record<PolicyWarning["level"], { Glyph: typeof RingGlyph; word: string }> = {
  error: { Glyph: CrossGlyph, word: "Error" },
  warning: { Glyph: DashGlyph, word: "Warning" },
  hint: { Glyph: RingGlyph, word: "Hint" },
};

/** What was found, to be read and chosen. Choosing one goes to its place in the text. */
function Findings({ text, warnings, onChoose }: { text: string; warnings?: PolicyWarning[]; onChoose(warning: PolicyWarning): void }) {
  const told = useSettled(warnings ? countWords(warnings) : "");
  if (!warnings) return null;
  return (
    <section className={styles.findings} aria-label="Errors and warnings" data-testid="policy-findings">
      <p className={styles.count}>{countWords(warnings)}</p>
      <p role="status" className={styles.unseen}>
        {told}
      </p>
      {warnings.length > 0 && (
        <ul>
          {warnings.map((warning, index) => {
            const { Glyph, word } = marks[warning.level];
            return (
              <li key={index} data-code={warning.code} data-level={warning.level}>
                <button type="button" onClick={() => onChoose(warning)}>
                  <span className={styles[severityOf[warning.level]]}>
                    <Glyph size={14} /> {word}
                  </span>
                  <span className={styles.line}>line {lineOf(text, warning.offset)}</span>
                  <span className={styles.message}>{warning.message}</span>
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}

/** A text that stayed the same for a second: what is read aloud should not be out of date before it is said. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 1000);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
