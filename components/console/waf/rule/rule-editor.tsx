"use client";
import { useId, useMemo, type Ref } from "react";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { CodeEditor } from "../../../editor/code-editor";
import type { EditorHandle, EditorMarker } from "../../../editor/types";
import type { References } from "../load-waf";
import type { CustomResponseBody, Scope } from "../waf-types";
import { findProblem, print, readRule, unitsOf } from "./rule-json";
import { VisualGuard } from "./visual-guard";
import { VisualRule } from "./visual-rule";

export interface RuleEditorProps {
  /** The rule as the JSON editor shows it: the one truth of both editors. */
  text: string;
  onChange(text: string): void;
  scope: Scope;
  kind: "WEB_ACL" | "RULE_GROUP";
  references?: References;
  bodies?: Record<string, CustomResponseBody>;
  /** Names that other rules beside this one have. */
  taken: readonly string[];
  /** What may be the rule: a group stands in a web ACL only. Unset for a rule that is there. */
  fresh?: boolean;
  ref?: Ref<EditorHandle>;
}

export const knownOf = (references: References | undefined) => ({ ruleGroup: (arn: string) => references?.ruleGroups.find(({ ARN }) => ARN === arn)?.Capacity });

/** One rule, by fields and as JSON: whichever is changed, the other shows it. */
export function RuleEditor({ text, onChange, scope, kind, references, bodies, taken, fresh, ref }: RuleEditorProps) {
  const id = useId();
  const read = useMemo(() => readRule(text), [text]);
  const rule = "rule" in read ? read.rule : undefined;
  const units = useMemo(() => rule && unitsOf([rule], knownOf(references)), [rule, references]);
  const finding = useMemo(() => rule && findProblem([rule], { kind, bodies }), [rule, kind, bodies]);
  const markers = useMemo<EditorMarker[]>(() => ("problem" in read ? [{ offset: Math.min(read.offset, Math.max(0, text.length - 1)), length: 1, severity: "error", message: read.problem }] : []), [read, text]);
  return (
    <div className="waf-room" data-testid="rule-editor">
      <div className="waf-beside">
        <div>
          {rule ? (
            <VisualGuard of={text}>
              <VisualRule rule={rule} onChange={(next) => onChange(print(next))} scope={scope} kind={kind} references={references} bodies={bodies} taken={taken} fresh={fresh} finding={finding} />
            </VisualGuard>
          ) : (
            <Container header={<Header variant="h2">Rule</Header>}>
              <StatusIndicator type="warning">The visual editor waits until the JSON can be read.</StatusIndicator>
            </Container>
          )}
        </div>
        <div className="waf-json">
          <Container
            header={
              <Header variant="h2" description="As the API takes it, but SearchString is written as text: the API has it in Base64.">
                Rule JSON
              </Header>
            }
          >
            <CodeEditor
              ref={ref}
              value={text}
              onChange={onChange}
              language="json"
              label="Rule, JSON"
              path={`inmemory://keyhole/waf-rules/${encodeURIComponent(id)}.json`}
              markers={markers}
              minLines={12}
              maxLines={24}
              foot={<span data-testid="rule-units">{units === undefined ? "Capacity not known" : `${units.toLocaleString("en")} WCU`}</span>}
              data-testid="rule-json"
            />
            <div role="status" className="pattern-state" data-testid="rule-problem">
              {"problem" in read ? <StatusIndicator type="error">{read.problem}</StatusIndicator> : finding ? <StatusIndicator type="error">{finding.message}</StatusIndicator> : <StatusIndicator type="success">A rule that AWS WAF takes</StatusIndicator>}
            </div>
          </Container>
        </div>
      </div>
    </div>
  );
}
