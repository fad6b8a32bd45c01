"use client";
import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { loadRoles } from "../../iam/load-iam";
import { NewTags } from "../../frame/tags";
import { leaveOut, useLoad } from "../../frame/use-load";
import type { StackDraft } from "./stack-draft";

/** Tags, the role that acts, and what happens on a failure. */
export function OptionsStep({ draft, change, creating }: { draft: StackDraft; change(part: Partial<StackDraft>): void; creating: boolean }) {
  const roles = useLoad("cloudformation-roles", async (ask) => ((await loadRoles(ask).catch(leaveOut)) ?? []).filter(({ trusted }) => trusted.includes("AWS Service: cloudformation")));
  const options = [
    { value: "", label: "None: as you", description: "Resources are made with your own permissions, those of this moment." },
    ...(roles.data ?? []).map(({ Arn, RoleName }) => ({ value: Arn, label: RoleName, description: Arn })),
  ];
  return (
    <SpaceBetween size="m">
      <Container header={<Header variant="h2" description="Passed on to all resources of the stack that can have tags.">Tags</Header>}>
        <NewTags tags={draft.tags} onChange={(tags) => change({ tags })} />
      </Container>
      <Container header={<Header variant="h2">Permissions</Header>}>
        <FormField label="IAM role - optional" description="As whom CloudFormation makes and changes the resources. You need iam:PassRole on it. Once given, a stack keeps it." stretch>
          <Select
            ariaLabel="IAM role"
            selectedOption={options.find(({ value }) => value === draft.roleArn) ?? { value: draft.roleArn, label: draft.roleArn }}
            options={options}
            statusType={roles.loading && !roles.data ? "loading" : "finished"}
            onChange={({ detail }) => change({ roleArn: detail.selectedOption.value ?? "" })}
            data-testid="stack-role"
          />
        </FormField>
      </Container>
      <Container header={<Header variant="h2">Stack failure options</Header>}>
        <SpaceBetween size="l">
          <FormField label="Behavior on provisioning failure" stretch>
            <RadioGroup
              ariaLabel="Behavior on provisioning failure"
              value={draft.onFailure}
              onChange={({ detail }) => change({ onFailure: detail.value as StackDraft["onFailure"] })}
              items={[
                { value: "rollback", label: "Roll back all stack resources", description: creating ? "What was made is deleted again." : "What was changed is put back." },
                { value: "keep", label: "Preserve successfully provisioned resources", description: "The stack stays as the failure left it, to be looked at, mended or rolled back later." },
              ]}
              data-testid="on-failure"
            />
          </FormField>
          {creating && (
            <Checkbox checked={draft.protect} onChange={({ detail }) => change({ protect: detail.checked })} description="The stack cannot be deleted until this is turned off.">
              Termination protection
            </Checkbox>
          )}
        </SpaceBetween>
      </Container>
    </SpaceBetween>
  );
}
