"use client";
import { useId, useMemo, type Ref } from "react";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { CodeEditor } from "../../../editor/code-editor";
import type { EditorHandle, EditorMarker } from "../../../editor/types";
import { mostPatternBytes, patternProblem } from "./pattern-problem";

/** An event pattern while it is written: the engine's own reader looks at it as it is typed. */
export function PatternEditor({ value, onChange, ref }: { value: string; onChange?(text: string): void; ref?: Ref<EditorHandle> }) {
  const id = useId();
  const problem = useMemo(() => patternProblem(value), [value]);
  const markers = useMemo<EditorMarker[]>(() => (problem ? [{ offset: Math.max(0, problem.offset - 1), length: 1, severity: "error", message: problem.message }] : []), [problem]);
  const bytes = new TextEncoder().encode(value).length;
  return (
    <div data-testid="pattern-editor">
      <CodeEditor
        ref={ref}
        value={value}
        onChange={onChange}
        language="json"
        label="Event pattern, JSON"
        path={`inmemory://keyhole/event-patterns/${encodeURIComponent(id)}.json`}
        markers={markers}
        minLines={8}
        maxLines={24}
        foot={
          <span>
            {bytes.toLocaleString("en")} of {mostPatternBytes.toLocaleString("en")} bytes
          </span>
        }
      />
      <div role="status" className="pattern-state" data-testid="pattern-problem">
        {problem ? <StatusIndicator type="error">{problem.message}</StatusIndicator> : bytes > mostPatternBytes ? <StatusIndicator type="error">The pattern is longer than EventBridge takes.</StatusIndicator> : <StatusIndicator type="success">JSON is a valid event pattern</StatusIndicator>}
      </div>
    </div>
  );
}
