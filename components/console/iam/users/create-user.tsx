"use client";
import { useRef, useState } from "react";
import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tiles from "@cloudscape-design/components/tiles";
import { usePlace } from "../../frame/place";
import { NewTags } from "../../frame/tags";
import { BoundaryChoice } from "../shared/boundary-choice";
import { GroupPicker, UserPicker } from "../shared/group-picker";
import { StepWizard } from "../../frame/step-wizard";
import { holderPath } from "../shared/holder-path";
import { PolicyPicker } from "../shared/policy-picker";
import { useCreation } from "../shared/use-creation";
import { createUser, emptyUser, nameProblem, type Progress, type UserDraft } from "./create-user-draft";

/** Create user, in the IAM console's steps. Source: IAM User Guide, "Create an IAM user in your AWS account". */
export function CreateUser() {
  const { draft, change, run, flash, leave, wizard } = useCreation("iam/create-user", emptyUser, "users");
  /** Never kept: a password does not belong in the browser's storage. */
  const [password, setPassword] = useState("");
  const progress = useRef<Progress>({});
  const name = draft.name.trim();
  const submit = async () => {
    if (!(await run((ask) => createUser(ask, draft, draft.console ? password : undefined, progress.current)))) return;
    flash.success(`User created successfully: ${name}.`);
    leave(holderPath({ kind: "user", name }));
  };
  return (
    <StepWizard
      testId="create-user"
      submitLabel="Create user"
      {...wizard}
      onSubmit={() => void submit()}
      steps={[
        {
          title: "Specify user details",
          problem: nameProblem(name, 64) ?? (draft.console && !password ? "Enter a console password, or leave out console access." : undefined),
          content: <Details draft={draft} change={change} password={password} setPassword={setPassword} />,
        },
        { title: "Set permissions", content: <Permissions draft={draft} change={change} /> },
        { title: "Review and create", content: <Review draft={draft} change={change} /> },
      ]}
    />
  );
}

interface PartProps {
  draft: UserDraft;
  change(part: Partial<UserDraft>): void;
}

function Details({ draft, change, password, setPassword }: PartProps & { password: string; setPassword(text: string): void }) {
  return (
    <Container header={<Header variant="h2">User details</Header>}>
      <SpaceBetween size="m">
        <FormField
          label="User name"
          errorText={draft.name ? nameProblem(draft.name.trim(), 64) : undefined}
          constraintText="The user name can have up to 64 characters. Valid characters: A-Z, a-z, 0-9, and + = , . @ _ - (hyphen)"
        >
          <Input value={draft.name} onChange={({ detail }) => change({ name: detail.value })} data-testid="user-name" autoComplete={false} />
        </FormField>
        <Checkbox checked={draft.console} onChange={({ detail }) => change({ console: detail.checked })} data-testid="console-access">
          Provide user access to the AWS Management Console - optional
        </Checkbox>
        {draft.console && (
          <FormField
            label="Custom password"
            description="It is not kept over a reload. Signing in with it is not simulated."
            constraintText="At least 8 characters, with three of: capitals, small letters, digits, others."
          >
            <Input type="password" value={password} onChange={({ detail }) => setPassword(detail.value)} autoComplete={false} data-testid="user-password" />
          </FormField>
        )}
      </SpaceBetween>
    </Container>
  );
}

function Permissions({ draft, change }: PartProps) {
  const { narrow } = usePlace();
  return (
    <SpaceBetween size="m">
      <Container header={<Header variant="h2">Permissions options</Header>}>
        <Tiles
          ariaLabel="Permissions options"
          columns={narrow ? 1 : 3}
          value={draft.way}
          onChange={({ detail }) => change({ way: detail.value as UserDraft["way"] })}
          data-testid="permissions-options"
          items={[
            { value: "group", label: "Add user to group", description: "Add the user to groups, and manage permissions by job function. Recommended by AWS." },
            { value: "copy", label: "Copy permissions", description: "Copy all group memberships and attached managed policies of an existing user." },
            { value: "attach", label: "Attach policies directly", description: "Attach managed policies to the user itself." },
          ]}
        />
      </Container>
      {draft.way === "group" && <GroupPicker chosen={draft.groups} onChange={(groups) => change({ groups })} />}
      {draft.way === "copy" && <UserPicker single chosen={draft.copyFrom} onChange={(copyFrom) => change({ copyFrom })} />}
      {draft.way === "attach" && <PolicyPicker chosen={draft.policies} onChange={(policies) => change({ policies })} />}
      <BoundaryChoice chosen={draft.boundary} onChange={(boundary) => change({ boundary })} />
    </SpaceBetween>
  );
}

const lastPart = (arn: string) => arn.split("/").at(-1)!;

function Review({ draft, change }: PartProps) {
  const { narrow } = usePlace();
  const permissions = { group: draft.groups, copy: draft.copyFrom.map((name) => `those of ${name}`), attach: draft.policies.map(lastPart) }[draft.way];
  return (
    <SpaceBetween size="m">
      <Container header={<Header variant="h2">User details</Header>}>
        <KeyValuePairs
          columns={narrow ? 2 : 3}
          minColumnWidth={150}
          items={[
            { label: "User name", value: draft.name.trim() || "-" },
            { label: "Console password", value: draft.console ? "Custom password" : "None" },
            { label: draft.way === "group" ? "Groups" : "Permissions", value: permissions.join(", ") || "None" },
            { label: "Permissions boundary", value: draft.boundary.map(lastPart).join() || "Not set" },
          ]}
        />
      </Container>
      <Container header={<Header variant="h2">Tags - optional</Header>}>
        <NewTags tags={draft.tags.map(({ key, value }) => ({ key, value: value ?? "" }))} onChange={(tags) => change({ tags })} />
      </Container>
    </SpaceBetween>
  );
}
