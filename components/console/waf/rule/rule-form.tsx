"use client";
import { useRef, useState, type ReactNode } from "react";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { AwsErrorNote } from "../../frame/aws-error-note";
import type { Refusal } from "../../frame/use-load";
import { nameProblem, type Rule } from "../waf-types";
import { RuleEditor, type RuleEditorProps } from "./rule-editor";
import { readRule } from "./rule-json";

export interface RuleFormProps extends Omit<RuleEditorProps, "ref"> {
  submitLabel: string;
  busy: boolean;
  refused?: Refusal;
  onDismiss(): void;
  /** The rule as it is shown. Whether AWS takes it is said by the engine. */
  onSave(rule: Rule): void;
  onCancel(): void;
  /** What can be done about a refusal, beside it. */
  remedy?: ReactNode;
}

/** A rule with its buttons. */
export function RuleForm({ submitLabel, busy, refused, onDismiss, onSave, onCancel, remedy, ...editor }: RuleFormProps) {
  const [problem, setProblem] = useState<string>();
  const top = useRef<HTMLDivElement>(null);
  const save = () => {
    const read = readRule(editor.text);
    const rule = "rule" in read ? read.rule : undefined;
    const name = typeof rule?.Name === "string" ? rule.Name : "";
    const wrong = "problem" in read ? read.problem : editor.taken.includes(name) ? "Another rule has this name." : nameProblem(name);
    setProblem(wrong);
    if (wrong !== undefined || !rule) return;
    onSave(rule);
    // What AWS answers stands above the rule.
    top.current?.scrollIntoView({ block: "nearest" });
  };
  return (
    <div ref={top} data-testid="rule-form">
      <SpaceBetween size="m">
        {refused && (
          <SpaceBetween size="xs">
            <AwsErrorNote refused={refused} onDismiss={onDismiss} />
            {remedy}
          </SpaceBetween>
        )}
        <RuleEditor {...editor} />
        <FormField errorText={problem} stretch>
          <div className="waf-actions">
            <SpaceBetween direction="horizontal" size="xs">
              <Button variant="link" formAction="none" onClick={onCancel} data-testid="rule-cancel">
                Cancel
              </Button>
              <Button variant="primary" formAction="none" loading={busy} onClick={save} data-testid="rule-save">
                {submitLabel}
              </Button>
            </SpaceBetween>
          </div>
        </FormField>
      </SpaceBetween>
    </div>
  );
}
