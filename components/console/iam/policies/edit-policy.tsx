"use client";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import { PolicyEditor } from "../../../editor/policy-editor";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { useFlash } from "../../frame/flash";
import { useFormDraft } from "../../frame/lab";
import { pathTo, usePlace } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import { listing, loadDocument } from "../load-iam";
import type { PolicyVersion } from "../types";
import { POLICY_LIMIT } from "./create-policy";

interface Draft {
  text?: string;
  asDefault: boolean;
  drop?: string;
}
const empty: Draft = { asDefault: true };
/** Versions that a policy can have. Source: IAM User Guide, "IAM and AWS STS quotas". */
const MOST_VERSIONS = 5;

/** Modify permissions: saving makes a new version; where there are five, one that is not the default makes room. */
export function EditPolicy({ arn }: { arn: string }) {
  const { navigate } = usePlace();
  const name = arn.split("/").at(-1)!;
  const [draft, change, clear] = useFormDraft<Draft>(`iam/edit-policy/${arn}`, empty);
  const { busy, refused, run, clear: forget } = useMutation();
  const flash = useFlash();
  const stored = useLoad(`document|${arn}`, (ask) => loadDocument(ask, { name, arn }));
  const versions = useLoad(`versions|${arn}`, (ask) => listing<PolicyVersion>(ask, "ListPolicyVersions", "Versions", { PolicyArn: arn }));
  if (stored.refused) return <AwsErrorNote refused={stored.refused} />;
  if (stored.data === undefined) return <Spinner />;
  const text = draft.text ?? stored.data;
  const full = (versions.data?.length ?? 0) >= MOST_VERSIONS;
  const spare = (versions.data ?? []).filter(({ IsDefaultVersion }) => !IsDefaultVersion).map(({ VersionId }) => ({ value: VersionId, label: VersionId }));
  const leave = () => {
    clear();
    navigate(pathTo("policies", "details", arn));
  };
  const submit = async () => {
    const done = await run(async (ask) => {
      if (full) await ask("iam", "DeletePolicyVersion", { PolicyArn: arn, VersionId: draft.drop! });
      await ask("iam", "CreatePolicyVersion", { PolicyArn: arn, PolicyDocument: text, SetAsDefault: draft.asDefault });
    });
    if (!done) return;
    flash.success(`Policy ${name} updated.`);
    leave();
  };
  return (
    <SpaceBetween size="m">
      <Header variant="h1">Modify permissions in {name}</Header>
      {refused && <AwsErrorNote refused={refused} onDismiss={forget} />}
      <Container header={<Header variant="h2">Policy editor</Header>}>
        <SpaceBetween size="m">
          <PolicyEditor
            kind="IdentityPolicy"
            label="Policy"
            resource={arn}
            limit={POLICY_LIMIT}
            minLines={16}
            value={text}
            onChange={(next) => change({ text: next })}
            data-testid="policy-editor"
          />
          <Checkbox checked={draft.asDefault} onChange={({ detail }) => change({ asDefault: detail.checked })} data-testid="as-default">
            Set this new version as the default.
          </Checkbox>
          {full && (
            <FormField label="Delete a version" description="A policy can have five versions. One that is not the default has to go first.">
              <Select
                selectedOption={spare.find(({ value }) => value === draft.drop) ?? null}
                options={spare}
                placeholder="Choose a version"
                ariaLabel="Version to delete"
                onChange={({ detail }) => change({ drop: detail.selectedOption.value })}
                data-testid="drop-version"
              />
            </FormField>
          )}
        </SpaceBetween>
      </Container>
      <SpaceBetween direction="horizontal" size="xs">
        <Button variant="link" onClick={leave}>
          Cancel
        </Button>
        <Button variant="primary" loading={busy} disabled={full && !draft.drop} onClick={() => void submit()} data-testid="save-policy">
          Save changes
        </Button>
      </SpaceBetween>
    </SpaceBetween>
  );
}
