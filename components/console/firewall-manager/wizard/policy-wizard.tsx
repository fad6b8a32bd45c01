"use client";
import { useMemo } from "react";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Spinner from "@cloudscape-design/components/spinner";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { useFlash } from "../../frame/flash";
import { useFormDraft, useWhere } from "../../frame/lab";
import { usePlace } from "../../frame/place";
import { StepWizard } from "../../frame/step-wizard";
import { NewTags } from "../../frame/tags";
import { useLoad } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import type { Policy } from "../fm-types";
import { loadPolicy, putPolicy } from "../load-fm";
import { policiesPath, policyPath } from "../place-of";
import { NeedsAdmin } from "../shared/needs-admin";
import { useWorld } from "../shared/use-world";
import { draftOf, emptyDraft, policyOf, regionOf, rulesProblem, scopeProblem, type PolicyDraft } from "./policy-draft";
import { ReviewStep } from "./review-step";
import { RulesStep } from "./rules-step";
import { ScopeStep } from "./scope-step";
import { TypeStep } from "./type-step";

/** A policy in AWS's steps. */
export const CreatePolicy = () => (
  <NeedsAdmin title="Create policy">
    <PolicyWizard draftKey="firewall-manager/create" initial={emptyDraft} />
  </NeedsAdmin>
);

/** The same steps for a policy that is there; its type and Region stay. */
export function EditPolicy({ region, id }: { region: string; id: string }) {
  const loaded = useLoad(`policy|${region}|${id}`, (ask) => loadPolicy(ask, region, id));
  const initial = useMemo(() => loaded.data && draftOf(loaded.data), [loaded.data]);
  if (loaded.refused) return <AwsErrorNote refused={loaded.refused} />;
  if (!loaded.data || !initial) return <Spinner size="large" />;
  // A newer version of the policy begins another draft: what was typed over an older one would be refused.
  return <PolicyWizard key={loaded.data.PolicyUpdateToken} draftKey={`firewall-manager/edit/${id}/${loaded.data.PolicyUpdateToken}`} initial={initial} before={loaded.data} region={region} />;
}

function PolicyWizard({ draftKey, initial, before, region }: { draftKey: string; initial: PolicyDraft; before?: Policy; region?: string }) {
  const { navigate } = usePlace();
  const here = useWhere().region;
  const [draft, change, clear, begun] = useFormDraft<PolicyDraft>(draftKey, initial);
  const { busy, refused, run, clear: forget } = useMutation();
  const flash = useFlash();
  const home = region ?? regionOf(draft, here);
  const world = useWorld(home);
  const problems = [rulesProblem(draft), scopeProblem(draft)];
  const submit = async () => {
    let id = "";
    const tags = draft.policyTags.filter(({ key }) => key.trim()).map(({ key, value }) => ({ Key: key, Value: value }));
    if (!(await run(async (ask) => void (id = (await putPolicy(ask, home, policyOf(draft, before), tags)).PolicyId)))) return;
    flash.success(before ? `The policy ${draft.name} was saved.` : `The policy ${draft.name} was created.`);
    clear();
    navigate(policyPath(home, id));
  };
  const step = { draft, change };
  const steps = [
    { title: "Choose policy type and Region", content: <TypeStep {...step} /> },
    { title: "Describe policy", content: <RulesStep {...step} />, problem: problems[0] },
    { title: "Define policy scope", content: <ScopeStep {...step} world={world} />, problem: problems[1] },
    {
      title: "Configure policy tags",
      optional: true,
      content: (
        <Container header={<Header variant="h2">Tags of the policy</Header>}>
          <NewTags tags={draft.policyTags} onChange={(policyTags) => change({ policyTags })} />
        </Container>
      ),
    },
    { title: before ? "Review and save" : "Review and create policy", content: <ReviewStep {...step} world={world} editing={!!before} />, problem: problems.find(Boolean) },
  ];
  return (
    <StepWizard
      testId="policy"
      step={draft.step}
      onStep={(to) => {
        forget();
        change({ step: to });
      }}
      submitLabel={before ? "Save policy" : "Create policy"}
      onSubmit={() => void submit()}
      busy={busy}
      refused={refused}
      onDismissRefusal={forget}
      begun={begun}
      onLeave={() => {
        clear();
        navigate(before ? policyPath(home, before.PolicyId!) : policiesPath());
      }}
      // Type, Region and tags of a policy are not changed here.
      steps={before ? steps.filter((_, at) => at !== 0 && at !== 3) : steps}
    />
  );
}
