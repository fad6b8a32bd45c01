"use client";
import Alert from "@cloudscape-design/components/alert";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useWhere } from "../../frame/lab";
import { useLoad } from "../../frame/use-load";
import { Line } from "../../waf/shared/choose";
import { nameProblem, type Automatic, type PolicyDraft } from "./policy-draft";
import { CommonRules, ContentRules, UsageRules } from "./group-rules-step";
import type { StepProps } from "./type-step";
import { WafRules } from "./waf-rules";

const automatic: { value: Automatic; label: string; description?: string }[] = [
  { value: "IGNORED", label: "Ignore", description: "Each account’s own setting stays." },
  { value: "BLOCK", label: "Enable, and block", description: "Shield Advanced adds rules against an attack to the resource’s web ACL." },
  { value: "COUNT", label: "Enable, and count", description: "Its rules only count." },
  { value: "DISABLED", label: "Disable" },
];

/** Rules of a Shield Advanced policy. */
function ShieldRules({ draft, change }: StepProps) {
  const { account } = useWhere();
  const state = useLoad("subscription", (ask) => ask<{ SubscriptionState: string }>("shield", "GetSubscriptionState", {}, "us-east-1"));
  return (
    <Container header={<Header variant="h2">Policy rules</Header>}>
      <SpaceBetween size="l">
        {state.data && state.data.SubscriptionState !== "ACTIVE" && (
          <Alert type="info" data-testid="shield-subscription">
            Account {account} is not subscribed to Shield Advanced. The policy protects resources only in accounts with a subscription, and subscribes accounts only where the administrator’s own account is: <code>aws shield create-subscription --region us-east-1</code>, $3,000 a month for the organization.
          </Alert>
        )}
        <FormField label="Automatic application layer DDoS mitigation" description="For load balancers and distributions.">
          <RadioGroup ariaLabel="Automatic application layer DDoS mitigation" value={draft.automatic} items={automatic} onChange={({ detail }) => change({ automatic: detail.value as Automatic })} />
        </FormField>
      </SpaceBetween>
    </Container>
  );
}

const rules = { WAFV2: WafRules, SHIELD_ADVANCED: ShieldRules, SECURITY_GROUPS_COMMON: CommonRules, SECURITY_GROUPS_CONTENT_AUDIT: ContentRules, SECURITY_GROUPS_USAGE_AUDIT: UsageRules } as const;

/** What remediation does, by the policy's type. */
export const remedies: Record<PolicyDraft["type"], string> = {
  WAFV2: "Puts its web ACL on resources that have none.",
  SHIELD_ADVANCED: "Adds Shield Advanced protections, and web ACLs for automatic mitigation.",
  SECURITY_GROUPS_COMMON: "Copies the security groups into the VPCs and puts them on the resources.",
  SECURITY_GROUPS_CONTENT_AUDIT: "Takes the offending rules out of security groups.",
  SECURITY_GROUPS_USAGE_AUDIT: "Deletes unused security groups, and puts one in the place of equal ones.",
};

/** Name, rules, and whether the policy acts or only tells. */
export function RulesStep({ draft, change }: StepProps) {
  const Rules = rules[draft.type];
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2">Policy details</Header>}>
        <SpaceBetween size="l">
          <Line label="Policy name" value={draft.name} onChange={(name) => change({ name })} errorText={draft.name === "" ? undefined : nameProblem(draft.name)} testId="policy-name" />
          <Line label="Description - optional" value={draft.description} onChange={(description) => change({ description })} errorText={draft.description.length > 256 ? "At most 256 characters." : undefined} testId="policy-description" />
        </SpaceBetween>
      </Container>
      <Rules draft={draft} change={change} />
      <Container header={<Header variant="h2">Policy action</Header>}>
        <RadioGroup
          ariaLabel="Policy action"
          data-testid="policy-action"
          value={String(draft.remediation)}
          items={[
            { value: "false", label: "Identify resources that are out of compliance, but do not remediate", description: "Nothing changes in the accounts: begin with this." },
            { value: "true", label: "Automatically remediate resources that are out of compliance", description: remedies[draft.type] },
          ]}
          onChange={({ detail }) => change({ remediation: detail.value === "true" })}
        />
      </Container>
    </SpaceBetween>
  );
}
