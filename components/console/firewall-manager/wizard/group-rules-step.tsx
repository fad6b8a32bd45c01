"use client";
import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { EmptyState } from "../../frame/empty-state";
import { useWhere } from "../../frame/lab";
import { Whole } from "../../waf/shared/choose";
import { AddResource } from "../accounts/add-resource";
import { rulesText } from "../accounts/resource-words";
import type { Resource } from "../fm-types";
import { useResources } from "../shared/resources";
import { regionOf } from "./policy-draft";
import type { StepProps } from "./type-step";

const isGroup = ({ ResourceType }: Resource): boolean => ResourceType === "SECURITY_GROUP";

/** The administrator's security groups that a policy copies or audits with; one can be made on the spot. */
function GroupPicker({ draft, change }: StepProps) {
  const { region, account } = useWhere();
  const home = regionOf(draft, region);
  const groups = (useResources(account, home) ?? []).filter(isGroup);
  return (
    <SpaceBetween size="s">
      {groups.length ? (
        <Table
          variant="embedded"
          data-testid="primary-groups"
          wrapLines
          trackBy="Id"
          selectionType="multi"
          selectedItems={groups.filter(({ Id }) => draft.groups.includes(Id!))}
          onSelectionChange={({ detail }) => change({ groups: detail.selectedItems.map(({ Id }) => Id!) })}
          ariaLabels={{ selectionGroupLabel: "Security groups", itemSelectionLabel: (_, { Name }) => `Select ${Name}`, allItemsSelectionLabel: () => "Select all" }}
          items={groups}
          columnDefinitions={[
            { id: "name", header: "Name", isRowHeader: true, minWidth: 120, cell: ({ Name }) => Name },
            { id: "id", header: "ID", minWidth: 120, cell: ({ Id }) => <span className="copyable-text">{Id}</span> },
            { id: "rules", header: "Rules", minWidth: 160, cell: ({ Rules = [] }) => rulesText(Rules) },
          ]}
        />
      ) : (
        <EmptyState title="No security groups in your account">The policy uses security groups of the administrator’s account, in its Region. Make one below.</EmptyState>
      )}
      <AddResource account={account} region={home} only="SECURITY_GROUP" onAdded={({ Id }) => change({ groups: [...draft.groups, Id!] })} />
    </SpaceBetween>
  );
}

/** Rules of a common security group policy. */
export function CommonRules({ draft, change }: StepProps) {
  return (
    <Container header={<Header variant="h2" description="Each is copied into the VPCs of the accounts and put on the resources in scope.">Primary security groups</Header>}>
      <SpaceBetween size="l">
        <GroupPicker draft={draft} change={change} />
        <Checkbox checked={draft.revert} onChange={({ detail }) => change({ revert: detail.checked })} description="Where somebody changes a copy, the policy sees it, and with remediation puts it back.">
          Identify and revert changes to the copies
        </Checkbox>
        <Checkbox checked={draft.exclusive} onChange={({ detail }) => change({ exclusive: detail.checked })} description="Other security groups are taken off the resources.">
          Only these groups may be on a resource
        </Checkbox>
      </SpaceBetween>
    </Container>
  );
}

/** Rules of a content audit policy. */
export function ContentRules({ draft, change }: StepProps) {
  return (
    <Container header={<Header variant="h2" description="The rules of the audit security group say what security groups of the accounts may hold, or may not.">Policy rules</Header>}>
      <SpaceBetween size="l">
        <FormField label="What the audit security group’s rules are">
          <RadioGroup
            ariaLabel="What the audit security group’s rules are"
            data-testid="audit-action"
            value={draft.audit}
            items={[
              { value: "DENY", label: "Denied", description: "No rule may let through what one of them does." },
              { value: "ALLOW", label: "Allowed", description: "Every rule must be within one of them." },
            ]}
            onChange={({ detail }) => change({ audit: detail.value as "ALLOW" })}
          />
        </FormField>
        <GroupPicker draft={draft} change={change} />
      </SpaceBetween>
    </Container>
  );
}

/** Rules of a usage audit policy. */
export function UsageRules({ draft, change }: StepProps) {
  return (
    <Container header={<Header variant="h2">Policy rules</Header>}>
      <SpaceBetween size="l">
        <Checkbox checked={draft.unused} onChange={({ detail }) => change({ unused: detail.checked })} description="With remediation they are deleted.">
          Security groups must be used by at least one resource
        </Checkbox>
        {draft.unused && <Whole label="Minutes for which an unused group is left alone" value={draft.delay} onChange={(delay) => change({ delay })} testId="usage-delay" />}
        <Checkbox checked={draft.redundant} onChange={({ detail }) => change({ redundant: detail.checked })} description="With remediation one takes the place of the others.">
          Security groups of a VPC must have different rules
        </Checkbox>
      </SpaceBetween>
    </Container>
  );
}
