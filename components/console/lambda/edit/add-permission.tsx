"use client";
import { useState } from "react";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useWhere } from "../../frame/lab";
import type { Subject } from "../lambda-types";
import { emptyPermission, permissionInput, permissionProblems, serviceOptions, type PermissionDraft } from "./permission-draft";
import { EditPage } from "./edit-page";
import { useEdit } from "./use-edit";

export function AddPermission({ subject }: { subject: Subject }) {
  const { account } = useWhere();
  const { values, change, mutation, leave, save } = useEdit<PermissionDraft>({ subject, what: "permission", of: "new", initial: emptyPermission, back: ["configuration", "permissions"] });
  const [tried, setTried] = useState(false);
  const problems = permissionProblems(values);
  const shown: typeof problems = tried ? problems : {};
  const submit = () => {
    setTried(true);
    if (Object.keys(problems).length) return;
    void save((ask) => ask("lambda", "AddPermission", permissionInput(subject, values)), `The statement ${values.sid.trim()} was added.`);
  };
  return (
    <EditPage title="Add permissions" description="One statement in the function’s own policy." mutation={mutation} onSubmit={submit} onCancel={leave}>
      <Container header={<Header variant="h2">Policy statement</Header>}>
        <SpaceBetween size="l">
          <FormField label="Who is let in" stretch>
            <RadioGroup
              ariaLabel="Who is let in"
              value={values.kind}
              onChange={({ detail }) => change({ kind: detail.value as PermissionDraft["kind"] })}
              items={[
                { value: "service", label: "AWS service", description: "A service that invokes the function: EventBridge for a rule, Secrets Manager for a rotation." },
                { value: "account", label: "AWS account", description: "Another account, or a user or role of it or of your own." },
              ]}
              data-testid="permission-kind"
            />
          </FormField>
          {values.kind === "service" ? (
            <SpaceBetween size="l">
              <FormField label="Service">
                <Select
                  ariaLabel="Service"
                  selectedOption={serviceOptions.find(({ value }) => value === values.service) ?? null}
                  options={serviceOptions}
                  onChange={({ detail }) => change({ service: detail.selectedOption.value! })}
                  data-testid="permission-service"
                />
              </FormField>
              {values.service === "other" && (
                <FormField label="Principal" constraintText="The service’s principal, such as s3.amazonaws.com" errorText={shown.principal}>
                  <Input value={values.principal} onChange={({ detail }) => change({ principal: detail.value })} data-testid="permission-principal" />
                </FormField>
              )}
              <FormField label="Source ARN - optional" description="Only for this resource of the service: the rule, the secret. Without it the service may invoke the function for anybody." stretch>
                <Input value={values.sourceArn} placeholder="arn:aws:events:us-east-1:111122223333:rule/my-rule" onChange={({ detail }) => change({ sourceArn: detail.value })} spellcheck={false} data-testid="permission-source-arn" />
              </FormField>
              <FormField label="Source account - optional" description="Only for resources of this account: it keeps the service from being somebody else’s tool.">
                <Input value={values.sourceAccount} placeholder={account} onChange={({ detail }) => change({ sourceAccount: detail.value })} inputMode="numeric" data-testid="permission-source-account" />
              </FormField>
            </SpaceBetween>
          ) : (
            <FormField label="Principal" constraintText="An account’s ID, or the ARN of an account, user or role" errorText={shown.principal} stretch>
              <Input value={values.principal} placeholder="444455556666" onChange={({ detail }) => change({ principal: detail.value })} spellcheck={false} data-testid="permission-principal" />
            </FormField>
          )}
          <FormField label="Statement ID" constraintText="Letters, digits, hyphens and underscores; not one that is there already." errorText={shown.sid}>
            <Input value={values.sid} onChange={({ detail }) => change({ sid: detail.value })} spellcheck={false} data-testid="permission-sid" />
          </FormField>
          <FormField label="Action">
            <Select
              ariaLabel="Action"
              selectedOption={{ value: values.action, label: values.action }}
              options={["lambda:InvokeFunction", "lambda:GetFunction", "lambda:GetFunctionConfiguration", "lambda:*"].map((value) => ({ value, label: value }))}
              onChange={({ detail }) => change({ action: detail.selectedOption.value! })}
              data-testid="permission-action"
            />
          </FormField>
        </SpaceBetween>
      </Container>
    </EditPage>
  );
}
