"use client";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { regions } from "@/lib/engine/regions";
import { PolicyEditor } from "../../../editor/policy-editor";
import { NewTags } from "../../frame/tags";
import { useWhere } from "../../frame/lab";
import { firstPolicy } from "../detail/policy-panel";
import { SecretKeySelect } from "../key-select";
import { DEFAULT_KEY } from "../secret-types";
import type { StepProps } from "./kind-step";

export function ConfigureStep({ draft, change }: StepProps) {
  const { account, region } = useWhere();
  const { name, description, tags, policy, replicas } = draft;
  const free = Object.entries(regions).filter(([value]) => value !== region && !replicas.some((one) => one.region === value));
  const set = (at: number, part: Partial<(typeof replicas)[number]>) => change({ replicas: replicas.map((one, index) => (index === at ? { ...one, ...part } : one)) });
  return (
    <SpaceBetween size="m">
      <Container header={<Header variant="h2">Secret name and description</Header>}>
        <SpaceBetween size="m">
          <FormField label="Secret name" description="A name that is easily found, with slashes where that helps." constraintText="Letters, digits and /_+=.@-, at most 512.">
            <Input value={name} placeholder="prod/my-app/mysql" spellcheck={false} onChange={({ detail }) => change({ name: detail.value })} data-testid="secret-name" />
          </FormField>
          <FormField label="Description - optional">
            <Input value={description} onChange={({ detail }) => change({ description: detail.value })} data-testid="secret-description" />
          </FormField>
        </SpaceBetween>
      </Container>
      <Container header={<Header variant="h2">Tags - optional</Header>}>
        <NewTags tags={tags} onChange={(next) => change({ tags: next })} />
      </Container>
      <Container
        header={
          <Header
            variant="h2"
            description="Who may use the secret beside what IAM allows."
            actions={
              policy === undefined ? (
                <Button formAction="none" onClick={() => change({ policy: firstPolicy(account) })} data-testid="add-policy">
                  Edit permissions
                </Button>
              ) : (
                <Button formAction="none" onClick={() => change({ policy: undefined })}>
                  Remove
                </Button>
              )
            }
          >
            Resource permissions - optional
          </Header>
        }
      >
        {policy === undefined ? "No policy: IAM and the key decide." : <PolicyEditor label="Resource policy" kind="ResourcePolicy" limit={20_480} value={policy} onChange={(text) => change({ policy: text })} data-testid="store-policy" />}
      </Container>
      <Container
        header={
          <Header
            variant="h2"
            description="Copies in other Regions that follow each change. Each is charged as a secret."
            actions={
              <Button formAction="none" disabled={!free.length} onClick={() => change({ replicas: [...replicas, { region: free[0][0], key: DEFAULT_KEY }] })} data-testid="add-replica">
                Add Region
              </Button>
            }
          >
            Replicate secret - optional
          </Header>
        }
      >
        <SpaceBetween size="s">
          {replicas.length === 0 && <span>No other Region.</span>}
          {replicas.map((replica, at) => {
            const options = Object.entries(regions)
              .filter(([value]) => value === replica.region || free.some(([one]) => one === value))
              .map(([value, label]) => ({ value, label, description: value }));
            return (
              <div className="pair-row" key={at}>
                <Select ariaLabel={`Region ${at + 1}`} selectedOption={options.find(({ value }) => value === replica.region)!} options={options} filteringType="auto" onChange={({ detail }) => set(at, { region: detail.selectedOption.value!, key: DEFAULT_KEY })} data-testid={`replica-region-${at}`} />
                <SecretKeySelect key={replica.region} value={replica.key} region={replica.region} onChange={(key) => set(at, { key })} testId={`replica-key-${at}`} />
                <Button formAction="none" variant="icon" iconName="remove" ariaLabel={`Remove Region ${at + 1}`} onClick={() => change({ replicas: replicas.filter((_, index) => index !== at) })} />
              </div>
            );
          })}
        </SpaceBetween>
      </Container>
    </SpaceBetween>
  );
}
