"use client";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { PolicyEditor } from "../../../editor/policy-editor";
import { pathTo } from "../../frame/place";
import { jsonProblem } from "../../frame/json-check";
import { NewTags } from "../../frame/tags";
import { tagsOut } from "../load-iam";
import { StepWizard } from "../../frame/step-wizard";
import { newPolicy } from "../shared/policy-texts";
import { useCreation } from "../shared/use-creation";
import type { Policy } from "../types";

/** Characters of a managed policy, blanks not counted. Source: IAM User Guide, "IAM and AWS STS quotas". */
export const POLICY_LIMIT = 6144;

interface Draft {
  step: number;
  text: string;
  name: string;
  description: string;
  tags: { key: string; value: string }[];
}
const empty: Draft = { step: 0, text: newPolicy, name: "", description: "", tags: [] };

/** Create policy, by its JSON. Source: IAM User Guide, "Create IAM policies (console)". */
export function CreatePolicy() {
  const { draft, change, run, flash, leave, wizard } = useCreation<Draft>("iam/create-policy", empty, "policies");
  const PolicyName = draft.name.trim();
  const submit = async () => {
    let arn = "";
    const done = await run(async (ask) => {
      const { Policy: made } = await ask<{ Policy: Policy }>("iam", "CreatePolicy", {
        PolicyName,
        PolicyDocument: draft.text,
        ...(draft.description && { Description: draft.description }),
        ...(draft.tags.length && { Tags: tagsOut(draft.tags) }),
      });
      arn = made.Arn;
    });
    if (!done) return;
    flash.success(`Policy ${PolicyName} created.`);
    leave(pathTo("policies", "details", arn));
  };
  return (
    <StepWizard
      testId="create-policy"
      submitLabel="Create policy"
      {...wizard}
      onSubmit={() => void submit()}
      steps={[
        {
          title: "Specify permissions",
          problem: jsonProblem(draft.text) ? "Mend the JSON first: IAM would refuse it." : undefined,
          content: (
            <Container header={<Header variant="h2">Policy editor</Header>}>
              <PolicyEditor
                kind="IdentityPolicy"
                label="Policy"
                limit={POLICY_LIMIT}
                minLines={16}
                value={draft.text}
                onChange={(text) => change({ text })}
                data-testid="policy-editor"
              />
            </Container>
          ),
        },
        {
          title: "Review and create",
          content: (
            <SpaceBetween size="m">
              <Container header={<Header variant="h2">Policy details</Header>}>
                <SpaceBetween size="m">
                  <FormField label="Policy name" constraintText="Maximum 128 characters. Use alphanumeric and '+=,.@-_' characters.">
                    <Input value={draft.name} onChange={({ detail }) => change({ name: detail.value })} data-testid="policy-name" autoComplete={false} />
                  </FormField>
                  <FormField label="Description - optional" constraintText="Maximum 1,000 characters. It cannot be changed later.">
                    <Textarea rows={2} value={draft.description} onChange={({ detail }) => change({ description: detail.value })} />
                  </FormField>
                </SpaceBetween>
              </Container>
              <Container header={<Header variant="h2">Permissions defined in this policy</Header>}>
                <pre className="json-view" tabIndex={0} role="region" aria-label="Policy, JSON">
                  {draft.text}
                </pre>
              </Container>
              <Container header={<Header variant="h2">Add tags - optional</Header>}>
                <NewTags tags={draft.tags} onChange={(tags) => change({ tags: tags.map(({ key, value }) => ({ key, value: value ?? "" })) })} />
              </Container>
            </SpaceBetween>
          ),
        },
      ]}
    />
  );
}
