"use client";
import { useMemo } from "react";
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { useFlash } from "../../frame/flash";
import { useFormDraft } from "../../frame/lab";
import { usePlace } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import { loadReferences, loadRuleGroup, loadWebAcl } from "../load-waf";
import { thingPath } from "../place-of";
import { print, readRule, toShown } from "../rule/rule-json";
import { RuleForm } from "../rule/rule-form";
import { emptyRule, nextPriority, type RuleKind } from "../rule/shape";
import type { Rule, Scope } from "../waf-types";
import { rulesInput, saveHolder, type HolderKind } from "./holders";

export interface RulePageProps {
  kind: HolderKind;
  scope: Scope;
  name: string;
  id: string;
  /** The rule's name; a kind where it is a new one. */
  rule: string | { fresh: RuleKind };
}

const loadHolder = { WEB_ACL: loadWebAcl, RULE_GROUP: loadRuleGroup };

/** A rule of a web ACL or rule group, new or there already. What is typed is kept, with the lock token that it began with. */
export function RulePage({ kind, scope, name, id, rule: which }: RulePageProps) {
  const { navigate } = usePlace();
  const flash = useFlash();
  const { busy, refused, run, clear: forget } = useMutation();
  const loaded = useLoad(`rule-of|${kind}|${scope}|${name}|${id}`, async (ask) => ({
    holder: await loadHolder[kind](ask, scope, { Name: name, Id: id }),
    references: await loadReferences(ask, scope),
  }));
  const fresh = typeof which !== "string";
  const rules = useMemo(() => (loaded.data?.holder.Rules ?? []).map(toShown), [loaded.data]);
  const before = fresh ? undefined : rules.find(({ Name }) => Name === which);
  const token = loaded.data?.holder.LockToken ?? "";
  const begin = fresh ? print(emptyRule(which.fresh, nextPriority(rules))) : before ? print(before) : "";
  const initial = useMemo(() => ({ text: begin, token }), [begin, token]);
  const [draft, change, clear] = useFormDraft(`wafv2/rule/${id}/${fresh ? `new/${which.fresh}` : which}`, initial);
  const back = thingPath(kind === "WEB_ACL" ? "web-acls" : "rule-groups", scope, { Name: name, Id: id }, "rules");
  const title = fresh ? "Add rule" : which;

  if (loaded.refused)
    return (
      <SpaceBetween size="m">
        <Header variant="h1">{title}</Header>
        <AwsErrorNote refused={loaded.refused} />
      </SpaceBetween>
    );
  if (!loaded.data) return <Spinner size="large" />;
  const { holder, references } = loaded.data;
  if (!fresh && !before && draft.text === "")
    return (
      <SpaceBetween size="m">
        <Header variant="h1">{title}</Header>
        <Alert type="info" header="There is no such rule">
          {name} has no rule of this name, or has it no longer.
        </Alert>
      </SpaceBetween>
    );
  const leave = () => {
    clear();
    navigate(back);
  };
  const save = async (rule: Rule) => {
    const next = before ? rules.map((each) => (each === before ? rule : each)) : [...rules, rule];
    if (!(await run(async (ask) => void (await saveHolder(ask, kind, scope, { ...holder, LockToken: draft.token }, rulesInput(next)))))) return;
    flash.success(`The rule ${rule.Name} was ${fresh ? "added" : "saved"}.`);
    leave();
  };
  return (
    <SpaceBetween size="m">
      <Header variant="h1" description={`In ${name}.`}>
        <span className="copyable-text">{title}</span>
      </Header>
      <RuleForm
        text={draft.text}
        onChange={(text) => change({ text })}
        scope={scope}
        kind={kind}
        references={references}
        bodies={holder.CustomResponseBodies}
        taken={rules.filter((each) => each !== before).map(({ Name }) => Name)}
        fresh={fresh}
        submitLabel={fresh ? "Add rule" : "Save rule"}
        busy={busy}
        refused={refused}
        onDismiss={forget}
        onSave={(rule) => void save(rule)}
        onCancel={leave}
        remedy={
          refused?.reply.error.code === "WAFOptimisticLockException" && (
            <Button
              formAction="none"
              iconName="refresh"
              onClick={() => {
                forget();
                // Its place among the others is the one that it has by now.
                const read = readRule(draft.text);
                change({ token, ...("rule" in read ? { text: print({ ...read.rule, Priority: before?.Priority ?? nextPriority(rules) }) } : {}) });
              }}
              data-testid="take-token"
            >
              Keep this rule, and go on from what is there now
            </Button>
          )
        }
      />
    </SpaceBetween>
  );
}
