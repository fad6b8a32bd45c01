"use client";
import { useMemo } from "react";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Multiselect from "@cloudscape-design/components/multiselect";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import { regions } from "@/lib/engine/regions";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { useFlash } from "../../frame/flash";
import { useFormDraft } from "../../frame/lab";
import { pathTo } from "../../frame/place";
import { StepWizard } from "../../frame/step-wizard";
import { leaveOut, useLoad } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import { aliasName, policyOf } from "../create/draft";
import { ReviewStep } from "../create/review-step";
import { AdministratorsStep, LabelsStep, PolicyStep, UsersStep } from "../create/steps";
import { regionName } from "../detail/regionality-tab";
import { shortAlias, type KeyMetadata } from "../key-rows";
import { loadAliases, loadTags } from "../load-keys";
import { replicaDraft, replicaProblem, replicateInput, type KeptReplica, type PrimaryPart, type ReplicaDraft } from "./replica-draft";

/** Replicas of a multi-Region primary key, in one or more Regions at once. `id` is the primary's. */
export function ReplicateKey({ id, navigate }: { id: string; navigate(path: string): void }) {
  const primary = useLoad<PrimaryPart>(`replicate|${id}`, async (ask) => {
    const { KeyMetadata: metadata } = await ask<{ KeyMetadata: KeyMetadata }>("kms", "DescribeKey", { KeyId: id });
    const { KeyId } = metadata;
    const aliases = (await loadAliases(ask, KeyId).catch(leaveOut)) ?? [];
    return {
      metadata,
      alias: aliases[0] && shortAlias(aliases[0].AliasName),
      tags: (await loadTags(ask, KeyId).catch(leaveOut)) ?? [],
      policy: (await ask<{ Policy: string }>("kms", "GetKeyPolicy", { KeyId, PolicyName: "default" }).catch(leaveOut))?.Policy,
    };
  });
  if (primary.refused) {
    return (
      <SpaceBetween size="m">
        <Header variant="h1">Create new replica keys</Header>
        <AwsErrorNote refused={primary.refused} />
      </SpaceBetween>
    );
  }
  if (!primary.data) return <Spinner size="large" />;
  return <Steps key={primary.data.metadata.Arn} primary={primary.data} navigate={navigate} />;
}

/** Source: KMS Developer Guide, Create multi-Region replica keys (console). */
function Steps({ primary, navigate }: { primary: PrimaryPart; navigate(path: string): void }) {
  const { metadata } = primary;
  const { KeyId, AWSAccountId: account } = metadata;
  // As the primary was when the form was opened: it is read again after each Region, and the form must not change then.
  const initial = useMemo(() => replicaDraft(primary), [metadata.Arn]);
  const [kept, keep, clear, begun] = useFormDraft<KeptReplica>(`kms/replicate/${metadata.Arn}`, initial);
  const draft: ReplicaDraft = { ...kept, policy: kept.policy ?? undefined };
  const change = (part: Partial<ReplicaDraft>) => keep("policy" in part ? { ...part, policy: part.policy ?? null } : part);
  const { busy, refused, run, clear: forget } = useMutation();
  const flash = useFlash();
  const leave = () => {
    clear();
    navigate(pathTo("keys", KeyId, "regionality"));
  };

  const submit = async () => {
    const replicated = [...draft.replicated];
    const done = [...draft.done];
    const worked = await run(async (ask) => {
      for (const region of draft.regions.filter((one) => !done.includes(one))) {
        if (!replicated.includes(region)) {
          await ask("kms", "ReplicateKey", replicateInput(draft, metadata, region));
          replicated.push(region);
        }
        await ask("kms", "CreateAlias", { AliasName: aliasName(draft.alias.trim()), TargetKeyId: KeyId }, region);
        done.push(region);
      }
    });
    if (!worked) return change({ replicated, done });
    flash.success(
      draft.regions.length === 1
        ? `The replica key in ${regionName(draft.regions[0])} is being created.`
        : `${draft.regions.length} replica keys are being created.`,
    );
    leave();
  };

  const form = { draft, change, account, goTo: (step: number) => change({ step }) };
  const problem = (step: number) => replicaProblem(draft, step, account);
  const unnamed = draft.replicated.filter((region) => !draft.done.includes(region));
  return (
    <StepWizard
      testId="replicate"
      step={draft.step}
      onStep={(step) => {
        forget();
        change({ step });
      }}
      submitLabel="Create replica keys"
      onSubmit={() => void submit()}
      busy={busy}
      refused={refused}
      onDismissRefusal={forget}
      begun={begun}
      onLeave={leave}
      steps={[
        { title: "Choose Regions", content: <RegionsStep {...form} metadata={metadata} />, problem: problem(0) },
        { title: "Add labels", content: <LabelsStep {...form} />, problem: problem(1) },
        { title: "Define key administrative permissions", optional: true, content: <AdministratorsStep {...form} /> },
        { title: "Define key usage permissions", optional: true, content: <UsersStep {...form} />, problem: problem(3) },
        { title: "Edit key policy", optional: true, content: <PolicyStep {...form} policy={policyOf(draft, account)} />, problem: problem(4) },
        {
          title: "Review",
          content: (
            <SpaceBetween size="m">
              {unnamed.length > 0 && (
                <Box>
                  The replica key in {unnamed.map(regionName).join(", ")} was created, its alias was not: change the alias in step 2 and try
                  again, or leave the key without one.
                </Box>
              )}
              <ReviewStep {...form} regions={draft.regions.map(regionName)} policy={policyOf(draft, account)} />
            </SpaceBetween>
          ),
        },
      ]}
    />
  );
}

interface RegionsStepProps {
  draft: ReplicaDraft;
  change(part: Partial<ReplicaDraft>): void;
  metadata: KeyMetadata;
}

function RegionsStep({ draft, change, metadata }: RegionsStepProps) {
  const { PrimaryKey, ReplicaKeys } = metadata.MultiRegionConfiguration ?? { PrimaryKey: { Region: "" }, ReplicaKeys: [] };
  const taken = new Set([PrimaryKey, ...ReplicaKeys].map(({ Region }) => Region).filter((region) => !draft.replicated.includes(region)));
  const options = Object.entries(regions).map(([value, label]) => ({
    value,
    label,
    description: value,
    disabled: taken.has(value),
    disabledReason: "A related key is in this Region.",
  }));
  return (
    <Container header={<Header variant="h2">Replica Regions</Header>}>
      <SpaceBetween size="m">
        <Box variant="p">
          A replica key has the key ID and the key material of {metadata.KeyId}. What you enter in the next steps begins as it is on the
          primary key, and stays each key&apos;s own.
        </Box>
        <FormField label="Choose Regions" description="One replica key is created in each." stretch>
          <Multiselect
            options={options}
            selectedOptions={options.filter(({ value }) => draft.regions.includes(value))}
            onChange={({ detail }) => change({ regions: detail.selectedOptions.map(({ value }) => value!) })}
            placeholder="Choose Regions"
            filteringType="auto"
            filteringAriaLabel="Find Regions"
            filteringPlaceholder="Find Regions"
            deselectAriaLabel={({ label }) => `Remove ${label}`}
            data-testid="replica-regions"
          />
        </FormField>
      </SpaceBetween>
    </Container>
  );
}
