"use client";
import FormField from "@cloudscape-design/components/form-field";
import Textarea from "@cloudscape-design/components/textarea";
import { jsonProblem } from "../frame/json-check";

/** A policy as JSON: to read, or with `onChange` to edit, checked while it is typed. KMS itself has the last word on saving. */
export function PolicyText({
  value,
  onChange,
  label = "Key policy",
}: {
  value: string;
  onChange?: (text: string) => void;
  label?: string;
}) {
  if (!onChange) {
    return (
      <pre className="json-view" tabIndex={0} aria-label={`${label}, JSON`} role="region" data-testid="policy-json">
        {value}
      </pre>
    );
  }
  const problem = jsonProblem(value);
  return (
    <div className="policy-text">
      <FormField
        label={`${label} (JSON)`}
        stretch
        errorText={problem && `Line ${problem.line}, column ${problem.column}: ${problem.message}`}
        constraintText={`${new TextEncoder().encode(value).length.toLocaleString("en")} of 32,768 bytes`}
      >
        <Textarea
          value={value}
          onChange={({ detail }) => onChange(detail.value)}
          rows={Math.min(30, Math.max(12, value.split("\n").length + 1))}
          spellcheck={false}
          disableBrowserAutocorrect
          data-testid="policy-editor"
        />
      </FormField>
    </div>
  );
}
