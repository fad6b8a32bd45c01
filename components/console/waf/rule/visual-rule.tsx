"use client";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { Rule, Statement } from "@/lib/engine/wafv2/inspect/types";
import type { References } from "../load-waf";
import { Choose, Line, Lines } from "../shared/choose";
import { nameProblem, type CustomResponseBody, type Scope } from "../waf-types";
import { ActionEditor } from "./action-editor";
import { GroupEditor } from "./group-editor";
import { MatchEditor } from "./match-editor";
import { RateEditor } from "./rate-editor";
import type { Finding } from "./rule-json";
import { emptyRule, kindOf, withName, type RuleKind } from "./shape";

const kinds: { value: RuleKind; label: string; hint: string }[] = [
  { value: "regular", label: "Regular rule", hint: "Looks at each request by itself." },
  { value: "rate", label: "Rate-based rule", hint: "Counts requests, and acts on too many." },
  { value: "managed", label: "Managed rule group", hint: "Rules that AWS keeps." },
  { value: "group", label: "Own rule group", hint: "Rules that you keep in one place." },
];

export interface VisualRuleProps {
  rule: Rule;
  onChange(rule: Rule): void;
  scope: Scope;
  kind: "WEB_ACL" | "RULE_GROUP";
  references?: References;
  bodies?: Record<string, CustomResponseBody>;
  taken: readonly string[];
  fresh?: boolean;
  finding?: Finding;
}

/** What a rule finds wrong is shown where it is, by the API's own name for the field. */
const about = (finding: Finding | undefined, ...fields: string[]): string | undefined => (finding?.field && fields.includes(finding.field) ? finding.message : undefined);

/** A rule by fields. What a field does not know of it stays in the rule. */
export function VisualRule({ rule, onChange, scope, kind, references, bodies, taken, fresh, finding }: VisualRuleProps) {
  const type = kindOf(rule);
  const name = typeof rule.Name === "string" ? rule.Name : "";
  const group = type === "managed" || type === "group";
  const setStatement = (statement: Statement) => onChange({ ...rule, Statement: statement });
  const setLabels = (labels: string[]) => {
    const { RuleLabels: _, ...rest } = rule;
    onChange(labels.length ? { ...rest, RuleLabels: labels.map((Name) => ({ Name })) } : rest);
  };
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2">Rule</Header>}>
        <div className="waf-fields">
          {fresh && (
            <Choose
              label="Type"
              value={type}
              options={kind === "RULE_GROUP" ? kinds.slice(0, 2) : kinds}
              onChange={(next) => next !== type && onChange({ ...emptyRule(next, rule.Priority), Name: name, VisibilityConfig: rule.VisibilityConfig ?? emptyRule(next, 0).VisibilityConfig })}
              testId="rule-type"
            />
          )}
          <Line label="Name" value={name} onChange={(next) => onChange(withName(rule, next))} mono errorText={name === "" ? undefined : taken.includes(name) ? "Another rule has this name." : nameProblem(name)} testId="rule-name" />
        </div>
      </Container>
      <Container header={<Header variant="h2">{group ? "Rule group" : type === "rate" ? "Rate and aggregation" : "Statements"}</Header>}>
        {group ? (
          <GroupEditor rule={rule} onChange={onChange} references={references} scope={scope} />
        ) : type === "rate" ? (
          <RateEditor rate={rule.Statement.RateBasedStatement!} onChange={(RateBasedStatement) => setStatement({ RateBasedStatement })} references={references} />
        ) : (
          <MatchEditor statement={rule.Statement} onChange={setStatement} references={references} id="statement" />
        )}
      </Container>
      {!group && (
        <Container header={<Header variant="h2">Then</Header>}>
          <SpaceBetween size="m">
            <ActionEditor label="Action" action={rule.Action} onChange={(Action) => onChange({ ...rule, Action })} bodies={bodies} id="rule" errorText={about(finding, "RULE_ACTION", "CUSTOM_REQUEST_HANDLING", "CUSTOM_RESPONSE", "CUSTOM_RESPONSE_BODY")} />
            <Lines
              label="Add labels - optional"
              description="To requests that match: later rules can look for them."
              constraintText="One in a line. Five labels cost one unit."
              values={(rule.RuleLabels ?? []).map(({ Name }) => Name)}
              onChange={setLabels}
              rows={2}
              testId="rule-labels"
            />
          </SpaceBetween>
        </Container>
      )}
    </SpaceBetween>
  );
}
