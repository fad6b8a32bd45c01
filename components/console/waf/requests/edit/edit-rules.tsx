"use client";
import Button from "@cloudscape-design/components/button";
import Select from "@cloudscape-design/components/select";
import { actionNames, actionOf, actionWords, ruleText } from "../../rule/words";
import type { Rule } from "../../waf-types";
import { acted, movedBy, openRule } from "./edit-draft";
import type { AclEdit } from "./use-edit";

const own = actionNames.map((name) => ({ value: name as string, label: actionWords[name].label }));
const groups = [
  { value: "None", label: "Use the group’s actions" },
  { value: "Count", label: "Override to Count" },
];

const choiceOf = (rule: Rule): string => (rule.OverrideAction ? (rule.OverrideAction.Count ? "Count" : "None") : (actionOf(rule.Action) ?? ""));

/** A web ACL's rules as one tries them: their order and actions by hand, the rest as JSON. */
export function EditRules({ edit }: { edit: AclEdit }) {
  const { rules, action, draft, change } = edit;
  const last = actionOf(action);
  const names = rules.map(({ Name }) => String(Name));
  return (
    <ol className="bench-rules" data-testid="bench-rules" aria-label="Rules in the order in which they run">
      {rules.map((rule, at) => {
        const options = rule.OverrideAction ? groups : own;
        const chosen = options.find(({ value }) => value === choiceOf(rule));
        return (
          <li key={names.indexOf(names[at]) === at ? names[at] : `${names[at]} ${at}`} data-open={draft.open === at || undefined} data-testid={`bench-rule-${rule.Name}`}>
            <span className="waf-order">
              <Button variant="icon" iconName="angle-up" disabled={at === 0} ariaLabel={`Move ${rule.Name} up`} onClick={() => change(movedBy(rules, at, -1, draft))} />
              <Button variant="icon" iconName="angle-down" disabled={at === rules.length - 1} ariaLabel={`Move ${rule.Name} down`} onClick={() => change(movedBy(rules, at, 1, draft))} />
            </span>
            <span className="bench-rule-what">
              <span className="bench-faint">{rule.Priority}</span> <strong className="aws-words">{String(rule.Name)}</strong>
              <span className="bench-rule-text aws-words">{safely(() => ruleText(rule))}</span>
            </span>
            <span className="bench-rule-tools">
              <Select
                selectedOption={chosen ?? null}
                options={options}
                placeholder="-"
                ariaLabel={`Action of ${rule.Name}`}
                expandToViewport
                onChange={({ detail }) => change(acted(rules, at, detail.selectedOption.value!, draft))}
                data-testid={`bench-action-${rule.Name}`}
              />
              <Button
                ariaLabel={draft.open === at ? `Close ${rule.Name}` : `Edit ${rule.Name}`}
                ariaExpanded={draft.open === at}
                onClick={() => change(draft.open === at ? { open: undefined, text: undefined } : openRule(rules, at))}
                data-testid={`bench-edit-${rule.Name}`}
              >
                {draft.open === at ? "Close" : "Edit"}
              </Button>
            </span>
          </li>
        );
      })}
      <li>
        <span className="waf-order" />
        <span className="bench-rule-what">
          <strong>Default action</strong>
          <span className="bench-rule-text">Where no rule ends it</span>
        </span>
        <span className="bench-rule-tools">
          <Select
            selectedOption={last ? { value: last, label: actionWords[last].label } : null}
            options={own.slice(0, 2)}
            ariaLabel="Default action"
            expandToViewport
            onChange={({ detail }) => detail.selectedOption.value !== last && change({ action: { [detail.selectedOption.value!]: {} } })}
            data-testid="bench-default"
          />
        </span>
      </li>
    </ol>
  );
}

/** Of a rule whose JSON is half typed. */
function safely(work: () => string): string {
  try {
    return work();
  } catch {
    return "See the JSON";
  }
}
