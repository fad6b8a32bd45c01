"use client";
import { useMemo, type ReactNode } from "react";
import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { EmptyState } from "../../frame/empty-state";
import { useMutation } from "../../frame/use-mutation";
import { askWaf, type References } from "../load-waf";
import { knownOf } from "../rule/rule-editor";
import { RuleForm } from "../rule/rule-form";
import { print, toSent, unitsOf } from "../rule/rule-json";
import { emptyRule, nextPriority } from "../rule/shape";
import { RulesTable } from "../shared/rules-table";
import { Units } from "../shared/units";
import type { HolderKind } from "../shared/holders";
import type { Rule } from "../waf-types";
import type { HolderDraft } from "./acl-draft";

export interface RulesStepProps {
  draft: HolderDraft;
  change(part: Partial<HolderDraft>): void;
  kind: HolderKind;
  references?: References;
  children?: ReactNode;
}

/** The rules while the web ACL or rule group is not there yet. A rule that is written is asked of AWS by CheckCapacity. */
export function RulesStep({ draft, change, kind, references, children }: RulesStepProps) {
  const { rules, writing, scope } = draft;
  const { busy, refused, run, clear } = useMutation();
  const used = useMemo(() => unitsOf(rules, knownOf(references)), [rules, references]);
  const save = async (rule: Rule) => {
    if (!(await run(async (ask) => void (await askWaf(ask, scope, "CheckCapacity", { Scope: scope, Rules: [toSent(rule)] as never }))))) return;
    const before = writing!.before;
    change({ writing: undefined, rules: before === undefined ? [...rules, rule] : rules.map((each) => (each.Name === before ? rule : each)) });
  };
  if (writing)
    return (
      <RuleForm
        text={writing.text}
        onChange={(text) => change({ writing: { ...writing, text } })}
        scope={scope}
        kind={kind}
        references={references}
        taken={rules.filter(({ Name }) => Name !== writing.before).map(({ Name }) => Name)}
        fresh={writing.fresh}
        submitLabel={writing.fresh ? "Add rule" : "Save rule"}
        busy={busy}
        refused={refused}
        onDismiss={clear}
        onSave={(rule) => void save(rule)}
        onCancel={() => {
          clear();
          change({ writing: undefined });
        }}
      />
    );
  return (
    <SpaceBetween size="l">
      <RulesTable
        rules={rules}
        kind={kind}
        references={references}
        onMove={(next) => change({ rules: next })}
        onAdd={(which) => change({ writing: { text: print(emptyRule(which, nextPriority(rules))), fresh: true } })}
        onEdit={(rule) => change({ writing: { text: print(rule), before: rule.Name, fresh: false } })}
        onDelete={(gone) => change({ rules: rules.filter((rule) => !gone.some(({ Name }) => Name === rule.Name)) })}
        description={
          <>
            Uses <Units used={used} testId="wizard-units" />
          </>
        }
        empty={<EmptyState title="No rules yet">{kind === "WEB_ACL" ? "Without rules every request gets the default action." : "A group without rules matches nothing; rules can be added later, within the capacity."}</EmptyState>}
      />
      {children}
      {rules.length > 0 && (
        <Box color="text-body-secondary" variant="small">
          A rule or rule group in a web ACL costs by the month, whether or not requests come.
        </Box>
      )}
    </SpaceBetween>
  );
}

/** The order alone. */
export function PriorityStep({ draft, change, kind, references }: RulesStepProps) {
  return (
    <RulesTable
      title="Rule priority"
      rules={draft.rules}
      kind={kind}
      references={references}
      onMove={(next) => change({ rules: next })}
      description="They run from the top: the first that allows or blocks ends it."
      empty={<EmptyState title="No rules">There is nothing to put in order.</EmptyState>}
    />
  );
}
