"use client";
import { useMemo } from "react";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useFlash } from "../../frame/flash";
import { useFormDraft } from "../../frame/lab";
import { usePlace } from "../../frame/place";
import { StepWizard } from "../../frame/step-wizard";
import { refusalOf, useLoad } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import { askWaf, loadReferences } from "../load-waf";
import { listPath, thingPath } from "../place-of";
import { ActionEditor } from "../rule/action-editor";
import { knownOf } from "../rule/rule-editor";
import { unitsOf } from "../rule/rule-json";
import { actionOf } from "../rule/words";
import { fieldProblem } from "../shared/field-problem";
import { ResourcePicker } from "../shared/resource-picker";
import { associate } from "../shared/resources";
import { Units } from "../shared/units";
import type { Scope, Summary } from "../waf-types";
import { aclInput, describeProblem, emptyAcl, metricsProblem, rulesProblem, type AclDraft, type HolderDraft } from "./acl-draft";
import { DescribeStep } from "./describe-step";
import { MetricsStep } from "./metrics-step";
import { ReviewStep } from "./review-step";
import { PriorityStep, RulesStep } from "./rules-step";

const scopeHint = { REGIONAL: "For load balancers, APIs, user pools and other resources of this Region.", CLOUDFRONT: "For CloudFront distributions and Amplify apps. Kept in us-east-1." };

/** A web ACL in AWS's steps. */
export function CreateAcl({ scope }: { scope: Scope }) {
  const { navigate } = usePlace();
  const initial = useMemo(() => emptyAcl(scope), [scope]);
  const [draft, change, clear, begun] = useFormDraft<AclDraft>("wafv2/create/web-acl", initial);
  const { busy, refused, run, clear: forget } = useMutation();
  const flash = useFlash();
  const references = useLoad(`references|${draft.scope}`, (ask) => loadReferences(ask, draft.scope)).data;
  const known = knownOf(references);
  const set = (part: Partial<HolderDraft>) => change(part);
  const problems = [describeProblem(draft), rulesProblem(draft, { kind: "WEB_ACL", known }), undefined, metricsProblem(draft)];

  const submit = async () => {
    let made: Summary | undefined;
    const without: string[] = [];
    const done = await run(async (ask) => {
      made = (await askWaf<{ Summary: Summary }>(ask, draft.scope, "CreateWebACL", aclInput(draft))).Summary;
      // The web ACL is there by now: a resource that refuses it is told, and does not keep one in the wizard.
      for (const arn of draft.resources) await associate(ask, draft.scope, made.ARN, arn).catch((thrown: unknown) => void without.push(`${arn}: ${refusalOf(thrown).reply.error.message ?? ""}`));
    });
    if (!done || !made) return;
    if (without.length) flash.warning(`The web ACL ${draft.name} was created. Not associated: ${without.join("; ")}`);
    else flash.success(`The web ACL ${draft.name} was created.`);
    clear();
    navigate(thingPath("web-acls", draft.scope, made));
  };
  const step = { draft, change: set, kind: "WEB_ACL" as const, references };
  return (
    <StepWizard
      testId="acl"
      step={draft.step}
      onStep={(to) => {
        forget();
        change({ step: to });
      }}
      submitLabel="Create web ACL"
      onSubmit={() => void submit()}
      busy={busy}
      refused={refused}
      onDismissRefusal={forget}
      begun={begun}
      onLeave={() => {
        clear();
        navigate(listPath("web-acls", draft.scope));
      }}
      steps={[
        {
          title: "Describe web ACL and associate it to AWS resources",
          content: (
            <SpaceBetween size="l">
              <DescribeStep draft={draft} change={set} title="Web ACL details" scopeHint={scopeHint} />
              <Container header={<Header variant="h2">Associated AWS resources - optional</Header>}>
                <ResourcePicker key={draft.scope} scope={draft.scope} chosen={draft.resources} onChange={(resources) => change({ resources })} />
              </Container>
            </SpaceBetween>
          ),
          problem: problems[0],
        },
        {
          title: "Add rules and rule groups",
          content: (
            <RulesStep {...step}>
              <Container header={<Header variant="h2">Default action</Header>}>
                <ActionEditor label="For requests that no rule allows or blocks" names={["Allow", "Block"]} action={draft.action} onChange={(action) => change({ action })} id="default" errorText={fieldProblem(refused, "DEFAULT_ACTION")} />
              </Container>
            </RulesStep>
          ),
          problem: problems[1],
        },
        { title: "Set rule priority", content: <PriorityStep {...step} /> },
        { title: "Configure metrics", content: <MetricsStep draft={draft} change={set} refused={refused} of="Web ACL" />, problem: problems[3] },
        {
          title: "Review and create web ACL",
          content: (
            <ReviewStep
              draft={draft}
              change={set}
              first={[{ label: "Associated resources", value: draft.resources.length ? draft.resources.map((arn) => arn.split(/[:/]/).slice(-2).join("/")).join(", ") : "-" }]}
              facts={[
                { label: "Default action", value: actionOf(draft.action) ?? "-" },
                { label: "Capacity", value: <Units used={unitsOf(draft.rules, known)} testId="review-units" /> },
              ]}
            />
          ),
          problem: problems.find(Boolean),
        },
      ]}
    />
  );
}
