"use client";
import { useMemo } from "react";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { useFlash } from "../../frame/flash";
import { useFormDraft } from "../../frame/lab";
import { usePlace } from "../../frame/place";
import { StepWizard } from "../../frame/step-wizard";
import { useLoad } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import { askWaf, loadReferences } from "../load-waf";
import { listPath, thingPath } from "../place-of";
import { unitsOf } from "../rule/rule-json";
import { Whole } from "../shared/choose";
import { fieldProblem } from "../shared/field-problem";
import { Units } from "../shared/units";
import { mostUnits, type Scope, type Summary } from "../waf-types";
import { describeProblem, emptyGroup, groupInput, metricsProblem, rulesProblem, type GroupDraft, type HolderDraft } from "./acl-draft";
import { DescribeStep } from "./describe-step";
import { MetricsStep } from "./metrics-step";
import { ReviewStep } from "./review-step";
import { PriorityStep, RulesStep } from "./rules-step";

const scopeHint = { REGIONAL: "For web ACLs of this Region.", CLOUDFRONT: "For web ACLs of CloudFront. Kept in us-east-1." };

/** A rule group: rules with a capacity that never changes. */
export function CreateGroup({ scope }: { scope: Scope }) {
  const { navigate } = usePlace();
  const initial = useMemo(() => emptyGroup(scope), [scope]);
  const [draft, change, clear, begun] = useFormDraft<GroupDraft>("wafv2/create/rule-group", initial);
  const { busy, refused, run, clear: forget } = useMutation();
  const flash = useFlash();
  const references = useLoad(`references|${draft.scope}`, (ask) => loadReferences(ask, draft.scope)).data;
  const set = (part: Partial<HolderDraft>) => change(part);
  const used = unitsOf(draft.rules) ?? 0;
  const capacity = draft.capacity ?? Math.max(1, used);
  const capacityProblem = capacity < Math.max(1, used) ? `The rules use ${used} WCU already.` : capacity > mostUnits ? `At most ${mostUnits.toLocaleString("en")}.` : undefined;
  const problems = [describeProblem(draft), rulesProblem(draft, { kind: "RULE_GROUP" }) ?? capacityProblem, undefined, metricsProblem(draft)];

  const submit = async () => {
    let made: Summary | undefined;
    const done = await run(async (ask) => {
      made = (await askWaf<{ Summary: Summary }>(ask, draft.scope, "CreateRuleGroup", groupInput({ ...draft, capacity }))).Summary;
    });
    if (!done || !made) return;
    flash.success(`The rule group ${draft.name} was created.`);
    clear();
    navigate(thingPath("rule-groups", draft.scope, made));
  };
  const step = { draft, change: set, kind: "RULE_GROUP" as const, references };
  return (
    <StepWizard
      testId="group"
      step={draft.step}
      onStep={(to) => {
        forget();
        change({ step: to });
      }}
      submitLabel="Create rule group"
      onSubmit={() => void submit()}
      busy={busy}
      refused={refused}
      onDismissRefusal={forget}
      begun={begun}
      onLeave={() => {
        clear();
        navigate(listPath("rule-groups", draft.scope));
      }}
      steps={[
        {
          title: "Describe rule group",
          content: (
            <DescribeStep draft={draft} change={set} title="Rule group details" scopeHint={scopeHint} />
          ),
          problem: problems[0],
        },
        {
          title: "Add rules and set capacity",
          content: (
            <RulesStep {...step}>
              <Container header={<Header variant="h2">Capacity</Header>}>
                <Whole
                  label="Capacity units (WCU)"
                  description="It counts in every web ACL that uses the group, and can never be changed: leave room for rules to come."
                  constraintText={`${Math.max(1, used)} to ${mostUnits.toLocaleString("en")}`}
                  value={capacity}
                  onChange={(next) => change({ capacity: next })}
                  errorText={capacityProblem ?? fieldProblem(refused, "RULE_GROUP")}
                  testId="group-capacity"
                />
              </Container>
            </RulesStep>
          ),
          problem: problems[1],
        },
        { title: "Set rule priority", content: <PriorityStep {...step} /> },
        { title: "Configure metrics", content: <MetricsStep draft={draft} change={set} refused={refused} of="Rule group" />, problem: problems[3] },
        { title: "Review and create rule group", content: <ReviewStep draft={draft} change={set} facts={[{ label: "Capacity", value: <Units used={used} most={capacity} /> }]} />, problem: problems.find(Boolean) },
      ]}
    />
  );
}
