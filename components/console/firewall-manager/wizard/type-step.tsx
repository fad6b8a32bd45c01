"use client";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useWhere } from "../../frame/lab";
import { notSimulated, policyTypes, type PolicyType } from "../fm-types";
import { GLOBAL_REGION } from "../place-of";
import { hasGlobal, offered, withType, type PolicyDraft } from "./policy-draft";

export interface StepProps {
  draft: PolicyDraft;
  change(part: Partial<PolicyDraft>): void;
}

/** What the policy puts everywhere, and where it is kept. */
export function TypeStep({ draft, change }: StepProps) {
  const { region } = useWhere();
  const place = (global: boolean) => change({ global, types: [offered({ type: draft.type, global })[0]], ...(global === draft.global ? {} : { first: draft.first.filter(isManaged), last: draft.last.filter(isManaged) }) });
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2">Policy type</Header>}>
        <SpaceBetween size="m">
          <RadioGroup
            ariaLabel="Policy type"
            data-testid="policy-type"
            value={draft.type}
            items={Object.entries(policyTypes).map(([value, { label, about }]) => ({ value, label, description: about }))}
            onChange={({ detail }) => change(withType(detail.value as PolicyType))}
          />
          <Box variant="small" color="text-body-secondary">
            AWS also has these types, which this lab does not simulate: {notSimulated.join(", ")}.
          </Box>
        </SpaceBetween>
      </Container>
      <Container header={<Header variant="h2">Region</Header>}>
        {hasGlobal(draft.type) ? (
          <FormField label="Where the resources are">
            <RadioGroup
              ariaLabel="Where the resources are"
              data-testid="policy-place"
              value={draft.global ? "global" : "regional"}
              items={[
                { value: "regional", label: region, description: "The Region of the top bar. A policy looks at resources of its own Region only." },
                { value: "global", label: "Global", description: `CloudFront distributions. Kept in ${GLOBAL_REGION}.` },
              ]}
              onChange={({ detail }) => place(detail.value === "global")}
            />
          </FormField>
        ) : (
          <Box>{region}: the Region of the top bar. A policy looks at resources of its own Region only.</Box>
        )}
      </Container>
    </SpaceBetween>
  );
}

/** The administrator's own rule groups are of one scope. */
const isManaged = ({ ruleGroupArn }: { ruleGroupArn?: unknown }): boolean => !ruleGroupArn;
