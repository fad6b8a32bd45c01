"use client";
import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Toggle from "@cloudscape-design/components/toggle";
import { rotationTemplates } from "@/lib/engine/lambda/templates/list";
import { useLoad } from "../../frame/use-load";
import { FunctionSelect } from "../function-select";
import { ScheduleField } from "../schedule-field";
import { loadSecrets } from "../secret-list";
import { engineIn, templateOf } from "./draft";
import type { StepProps } from "./kind-step";

export function RotationStep({ draft, change }: StepProps) {
  const { rotation, schedule, now, functionFrom, functionName, functionArn, strategy, adminSecret } = draft;
  const engine = engineIn(draft);
  const template = templateOf(draft, rotationTemplates);
  return (
    <SpaceBetween size="m">
      <Container header={<Header variant="h2">Configure automatic rotation - optional</Header>}>
        <Toggle checked={rotation} onChange={({ detail }) => change({ rotation: detail.checked, functionName: functionName || `rotate-${draft.name.trim().replace(/[^A-Za-z0-9_-]+/g, "-").slice(0, 50)}` })} data-testid="store-rotation">
          Automatic rotation
        </Toggle>
      </Container>
      {rotation && (
        <SpaceBetween size="m">
          <Container header={<Header variant="h2">Rotation schedule</Header>}>
            <SpaceBetween size="m">
              <ScheduleField form={schedule} change={(part) => change({ schedule: { ...schedule, ...part } })} />
              <Checkbox checked={now} onChange={({ detail }) => change({ now: detail.checked })} data-testid="store-rotate-now">
                Rotate immediately when the secret is stored
              </Checkbox>
            </SpaceBetween>
          </Container>
          <Container header={<Header variant="h2">Rotation function</Header>}>
            <SpaceBetween size="m">
              <RadioGroup
                ariaLabel="Rotation function"
                value={functionFrom}
                onChange={({ detail }) => change({ functionFrom: detail.value as "new" })}
                items={[
                  { value: "new", label: "Create a rotation function", description: `From the template “${template.title}”. Its role may rotate this secret and write a log.` },
                  { value: "existing", label: "Use a rotation function from your account" },
                ]}
                data-testid="function-from"
              />
              {functionFrom === "existing" ? (
                <FormField label="Lambda rotation function" description="It must admit secretsmanager.amazonaws.com in its resource policy.">
                  <FunctionSelect value={functionArn} onChange={(arn) => change({ functionArn: arn })} />
                </FormField>
              ) : (
                <FormField label="Name of the function">
                  <Input value={functionName} spellcheck={false} onChange={({ detail }) => change({ functionName: detail.value })} data-testid="function-name" />
                </FormField>
              )}
              {functionFrom === "new" && engine !== undefined && (
                <FormField label="Rotation strategy">
                  <RadioGroup
                    ariaLabel="Rotation strategy"
                    value={strategy}
                    onChange={({ detail }) => change({ strategy: detail.value as "single-user" })}
                    items={[
                      { value: "single-user", label: "Single user", description: "The user's own password is changed. There is a moment in which the old one no longer works and the secret does not say the new one yet." },
                      { value: "alternating-users", label: "Alternating users", description: "A second user is made, and the two take turns. It needs the secret of a user who may change them." },
                    ]}
                    data-testid="rotation-strategy"
                  />
                </FormField>
              )}
              {functionFrom === "new" && engine !== undefined && strategy === "alternating-users" && <AdminSecret value={adminSecret} onChange={(arn) => change({ adminSecret: arn })} />}
            </SpaceBetween>
          </Container>
        </SpaceBetween>
      )}
    </SpaceBetween>
  );
}

function AdminSecret({ value, onChange }: { value: string; onChange(arn: string): void }) {
  const loaded = useLoad("admin-secrets", (ask) => loadSecrets(ask, { words: "", deleted: false }));
  const options = (loaded.data?.items ?? []).map(({ ARN, Name }) => ({ value: ARN, label: Name }));
  return (
    <FormField label="Secret of a superuser" description="Of the same database: its user makes the second user and changes both.">
      <Select selectedOption={options.find((option) => option.value === value) ?? null} options={options} filteringType="auto" placeholder="Choose a secret" empty="There is no secret yet. Store the superuser's first." onChange={({ detail }) => onChange(detail.selectedOption.value ?? "")} data-testid="admin-secret" />
    </FormField>
  );
}
