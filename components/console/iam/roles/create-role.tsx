"use client";
import Container from "@cloudscape-design/components/container";
import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import Tiles from "@cloudscape-design/components/tiles";
import { useState } from "react";
import { PolicyEditor } from "../../../editor/policy-editor";
import { useWhere } from "../../frame/lab";
import { usePlace } from "../../frame/place";
import { NewTags } from "../../frame/tags";
import { BoundaryChoice } from "../shared/boundary-choice";
import { StepWizard } from "../../frame/step-wizard";
import { holderPath } from "../shared/holder-path";
import { PolicyPicker } from "../shared/policy-picker";
import { useCreation } from "../shared/use-creation";
import { createRole, emptyRole, roleProblem, TRUST_LIMIT, SERVICES, trustOf, type RoleDraft } from "./create-role-draft";

/** Create role, in the IAM console's steps. Source: IAM User Guide, "Create a role to delegate permissions to an IAM user", "… to an AWS service". */
export function CreateRole() {
  const { account } = useWhere();
  const { draft, change, run, flash, leave, wizard } = useCreation("iam/create-role", emptyRole, "roles");
  const [made, setMade] = useState(false);
  const name = draft.name.trim();
  const submit = async () => {
    if (!(await run((ask) => createRole(ask, draft, account, () => setMade(true), made)))) return;
    flash.success(`Role ${name} created.`);
    leave(holderPath({ kind: "role", name }));
  };
  const part = { draft, change, account };
  return (
    <StepWizard
      testId="create-role"
      submitLabel="Create role"
      {...wizard}
      onSubmit={() => void submit()}
      steps={[
        { title: "Select trusted entity", content: <TrustedEntity {...part} />, problem: roleProblem(draft, account) },
        {
          title: "Add permissions",
          optional: true,
          content: (
            <SpaceBetween size="m">
              <PolicyPicker chosen={draft.policies} onChange={(policies) => change({ policies })} />
              <BoundaryChoice chosen={draft.boundary} onChange={(boundary) => change({ boundary })} />
            </SpaceBetween>
          ),
        },
        { title: "Name, review, and create", content: <Review {...part} /> },
      ]}
    />
  );
}

interface PartProps {
  draft: RoleDraft;
  change(part: Partial<RoleDraft>): void;
  account: string;
}

function TrustedEntity({ draft, change, account }: PartProps) {
  const { narrow } = usePlace();
  // What was written by hand belongs to the custom trust policy and stays there.
  return (
    <SpaceBetween size="m">
      <Container header={<Header variant="h2">Trusted entity type</Header>}>
        <Tiles
          ariaLabel="Trusted entity type"
          columns={narrow ? 1 : 3}
          value={draft.trusted}
          onChange={({ detail }) => change({ trusted: detail.value as RoleDraft["trusted"] })}
          data-testid="trusted-entity"
          items={[
            { value: "service", label: "AWS service", description: "Allow AWS services like EC2, Lambda, or others to perform actions in this account." },
            { value: "account", label: "AWS account", description: "Allow entities in other AWS accounts belonging to you or a 3rd party to perform actions in this account." },
            { value: "custom", label: "Custom trust policy", description: "Create a custom trust policy to enable others to perform actions in this account." },
            { value: "web", label: "Web identity", description: "Identity providers are not simulated.", disabled: true },
            { value: "saml", label: "SAML 2.0 federation", description: "Identity providers are not simulated.", disabled: true },
          ]}
        />
      </Container>
      {draft.trusted === "service" && (
        <Container header={<Header variant="h2">Use case</Header>}>
          <FormField label="Service or use case">
            <Select
              selectedOption={SERVICES.find(({ value }) => value === draft.service) ?? null}
              options={SERVICES}
              onChange={({ detail }) => change({ service: detail.selectedOption.value! })}
              placeholder="Choose a service or use case"
              filteringType="auto"
              ariaLabel="Service or use case"
              data-testid="service"
            />
          </FormField>
        </Container>
      )}
      {draft.trusted === "account" && <Account draft={draft} change={change} account={account} />}
      {draft.trusted === "custom" && (
        <Container header={<Header variant="h2">Custom trust policy</Header>}>
          <PolicyEditor
            kind="TrustPolicy"
            label="Trust policy"
            limit={TRUST_LIMIT}
            value={trustOf(draft, account)}
            onChange={(custom) => change({ custom })}
            data-testid="trust-editor"
          />
        </Container>
      )}
    </SpaceBetween>
  );
}

function Account({ draft, change, account }: PartProps) {
  return (
    <Container header={<Header variant="h2">An AWS account</Header>}>
      <SpaceBetween size="m">
        <RadioGroup
          ariaLabel="An AWS account"
          value={draft.other ? "other" : "this"}
          onChange={({ detail }) => change({ other: detail.value === "other" })}
          data-testid="which-account"
          items={[
            { value: "this", label: `This account (${account})` },
            { value: "other", label: "Another AWS account" },
          ]}
        />
        {draft.other && (
          <FormField label="Account ID" constraintText="The ID of the account that can use this role: 12 digits.">
            <Input value={draft.account} inputMode="numeric" onChange={({ detail }) => change({ account: detail.value })} data-testid="other-account" />
          </FormField>
        )}
        <Checkbox
          checked={draft.requireExternalId}
          onChange={({ detail }) => change({ requireExternalId: detail.checked })}
          description="Best practice when a third party will assume this role."
        >
          Require external ID
        </Checkbox>
        {draft.requireExternalId && (
          <FormField label="External ID">
            <Input value={draft.externalId} onChange={({ detail }) => change({ externalId: detail.value })} data-testid="external-id" />
          </FormField>
        )}
        <Checkbox checked={false} disabled description="MFA is not simulated.">
          Require MFA
        </Checkbox>
      </SpaceBetween>
    </Container>
  );
}

function Review({ draft, change, account }: PartProps) {
  return (
    <SpaceBetween size="m">
      <Container header={<Header variant="h2">Role details</Header>}>
        <SpaceBetween size="m">
          <FormField label="Role name" constraintText="Maximum 64 characters. Use alphanumeric and '+=,.@-_' characters.">
            <Input value={draft.name} onChange={({ detail }) => change({ name: detail.value })} data-testid="role-name" autoComplete={false} />
          </FormField>
          <FormField label="Description" constraintText="Maximum 1000 characters.">
            <Textarea value={draft.description} rows={2} onChange={({ detail }) => change({ description: detail.value })} />
          </FormField>
        </SpaceBetween>
      </Container>
      <Container header={<Header variant="h2">Step 1: Select trusted entities</Header>}>
        <pre className="json-view" tabIndex={0} role="region" aria-label="Trust policy, JSON">
          {trustOf(draft, account)}
        </pre>
      </Container>
      <Container header={<Header variant="h2">Step 2: Add permissions</Header>}>
        <KeyValuePairs
          columns={2}
          items={[
            { label: "Permissions policies", value: draft.policies.map((arn) => arn.split("/").at(-1)).join(", ") || "None" },
            { label: "Permissions boundary", value: draft.boundary.map((arn) => arn.split("/").at(-1)).join() || "Not set" },
          ]}
        />
      </Container>
      <Container header={<Header variant="h2">Step 3: Add tags - optional</Header>}>
        <NewTags tags={draft.tags.map(({ key, value }) => ({ key, value: value ?? "" }))} onChange={(tags) => change({ tags })} />
      </Container>
    </SpaceBetween>
  );
}
