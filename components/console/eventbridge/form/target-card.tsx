"use client";
import Autosuggest from "@cloudscape-design/components/autosuggest";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useWhere } from "../../frame/lab";
import { kindNames, nameOfArn, type TargetKind } from "../event-types";
import { InputFields } from "./input-fields";
import { permitWords } from "./permits";
import type { RuleDraft } from "./rule-draft";
import { type TargetDraft, targetName, targetProblems } from "./target-draft";
import type { Choices } from "./targets-step";

export interface TargetCardProps {
  number: number;
  target: TargetDraft;
  rule: RuleDraft;
  choices?: Choices;
  change(part: Partial<TargetDraft>): void;
  onRemove(): void;
}

const kinds: TargetKind[] = ["lambda", "logs", "sqs", "bus"];
const noQueue = { value: "", label: "None" };

/** One target: what it is, who lets the rule in, what it gets, and what happens where it does not take it. */
export function TargetCard({ number, target, rule, choices, change, onRemove }: TargetCardProps) {
  const where = useWhere();
  const problems = targetProblems(target);
  const { kind, dead } = target;
  const choose = (next: TargetKind) =>
    change({ kind: next, arn: "", choice: next === "logs" || next === "sqs" ? "new" : "there", made: next === "logs" ? `/aws/events/${rule.name.trim() || "my-rule"}` : "", ...(next === "bus" && { input: "matched" as const }) });
  const words = permitWords(target);
  return (
    <Container
      data-testid={`target-${number}`}
      header={
        <Header
          variant="h2"
          actions={
            <Button formAction="none" onClick={onRemove} ariaLabel={`Remove target ${number}`} data-testid={`remove-target-${number}`}>
              Remove
            </Button>
          }
        >
          Target {number}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <FormField label="Target type">
          <Select
            selectedOption={{ value: kind, label: kindNames[kind] }}
            options={kinds.map((value) => ({ value, label: kindNames[value] }))}
            onChange={({ detail }) => choose(detail.selectedOption.value as TargetKind)}
            data-testid={`target-kind-${number}`}
          />
        </FormField>
        <Which target={target} choices={choices} change={change} number={number} problem={target.arn || target.made ? problems.target : undefined} />
        {kind === "bus" && <Role target={target} choices={choices} change={change} problem={problems.role} />}
        {words.length > 0 || !target.permit ? (
          kind !== "bus" || dead ? (
            <Checkbox checked={target.permit} onChange={({ detail }) => change({ permit: detail.checked })} description={target.permit ? words.join(" ") : "What is there must let events.amazonaws.com in by a policy of its own; else the event is lost."} data-testid={`target-permit-${number}`}>
              Give the rule permission where it sends to
            </Checkbox>
          ) : null
        ) : null}
        {kind !== "bus" && <InputFields target={target} change={change} rule={rule} problem={problems.input} number={number} />}
        <ExpandableSection headerText="Retry policy and dead-letter queue" defaultExpanded={!!(dead || target.retries || target.maxAge)}>
          <SpaceBetween size="l">
            <FormField label="Maximum age of event - optional" constraintText="Seconds, 60 to 86400; 24 hours unless it is said. By the lab’s clock." errorText={problems.maxAge}>
              <Input value={target.maxAge} inputMode="numeric" placeholder="86400" onChange={({ detail }) => change({ maxAge: detail.value })} data-testid={`target-age-${number}`} />
            </FormField>
            <FormField label="Retry attempts - optional" constraintText="0 to 185; 185 unless it is said. What has no permission or is not there is not tried again." errorText={problems.retries}>
              <Input value={target.retries} inputMode="numeric" placeholder="185" onChange={({ detail }) => change({ retries: detail.value })} data-testid={`target-retries-${number}`} />
            </FormField>
            <FormField label="Dead-letter queue" description="An SQS queue for what could not be delivered. It must be there already.">
              <Select
                selectedOption={dead ? { value: dead, label: nameOfArn(dead) } : noQueue}
                options={[noQueue, ...(choices?.sqs ?? []).map((value) => ({ value, label: nameOfArn(value) }))]}
                onChange={({ detail }) => change({ dead: detail.selectedOption.value ?? "" })}
                data-testid={`target-dead-${number}`}
              />
            </FormField>
          </SpaceBetween>
        </ExpandableSection>
        <div className="quiet-line">
          {targetName(target, where)}, Id {target.id}
        </div>
      </SpaceBetween>
    </Container>
  );
}

/** Which function, group, queue or bus: one that is there, or a new one. */
function Which({ target, choices, change, number, problem }: Pick<TargetCardProps, "target" | "choices" | "change" | "number"> & { problem?: string }) {
  const { kind, arn, made, choice } = target;
  const known = choices?.[kind] ?? [];
  const label = { lambda: "Function", logs: "Log group", sqs: "Queue", bus: "Event bus" }[kind];
  const canMake = kind === "logs" || kind === "sqs";
  return (
    <SpaceBetween size="s">
      {canMake && (
        <RadioGroup
          ariaLabel={label}
          value={choice}
          onChange={({ detail }) => change({ choice: detail.value as TargetDraft["choice"] })}
          items={[
            { value: "new", label: `Create a new ${label.toLowerCase()}` },
            { value: "there", label: `Use one that is there` },
          ]}
        />
      )}
      {canMake && choice === "new" ? (
        <FormField label={label} constraintText={kind === "logs" ? "AWS’s console lets you choose groups under /aws/events/ only." : undefined} errorText={problem} stretch>
          <Input value={made} onChange={({ detail }) => change({ made: detail.value })} spellcheck={false} placeholder={kind === "logs" ? "/aws/events/my-rule" : "inbox"} data-testid={`target-new-${number}`} />
        </FormField>
      ) : (
        <FormField label={label} description={kind === "bus" ? "A bus of this account or of another, by its ARN. The other account’s bus must let this one in." : undefined} errorText={problem} stretch>
          <Autosuggest
            value={arn}
            onChange={({ detail }) => change({ arn: detail.value })}
            options={known.map((value) => ({ value, label: value, description: nameOfArn(value) }))}
            enteredTextLabel={(value) => `Use "${value}"`}
            placeholder={known.length ? "Choose one, or enter an ARN" : "Enter an ARN"}
            empty={`There is no ${label.toLowerCase()} in this account and Region.`}
            data-testid={`target-arn-${number}`}
          />
        </FormField>
      )}
    </SpaceBetween>
  );
}

function Role({ target, choices, change, problem }: Pick<TargetCardProps, "target" | "choices" | "change"> & { problem?: string }) {
  const { role, roleChoice } = target;
  return (
    <FormField label="Execution role" description="EventBridge takes it on to send to another bus." errorText={problem} stretch>
      <SpaceBetween size="s">
        <RadioGroup
          ariaLabel="Execution role"
          value={roleChoice}
          onChange={({ detail }) => change({ roleChoice: detail.value as TargetDraft["roleChoice"] })}
          items={[
            { value: "new", label: "Create a new role for this specific resource" },
            { value: "there", label: "Use existing role" },
          ]}
        />
        {roleChoice === "there" && (
          <Select
            ariaLabel="Existing role"
            selectedOption={role ? { value: role, label: role } : null}
            placeholder="Choose a role that trusts events.amazonaws.com"
            options={(choices?.roles ?? []).map((value) => ({ value, label: value }))}
            onChange={({ detail }) => change({ role: detail.selectedOption.value! })}
            empty="No role trusts events.amazonaws.com."
          />
        )}
      </SpaceBetween>
    </FormField>
  );
}
