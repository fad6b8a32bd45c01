"use client";
import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Multiselect from "@cloudscape-design/components/multiselect";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { NewTags } from "../../frame/tags";
import { resourceLabel } from "../fm-types";
import { accountWords, pathOfParent, type World } from "../shared/world";
import { offered, type ScopeMode } from "./policy-draft";
import type { StepProps } from "./type-step";

/** Accounts and units, kinds of resource, and tags. */
export function ScopeStep({ draft, change, world }: StepProps & { world?: World }) {
  const accounts = (world?.members ?? []).map(({ Id, parent }) => ({ value: Id, label: accountWords(world!, Id), description: pathOfParent(world!, parent) }));
  const units = (world?.units ?? []).map(({ Id, path }) => ({ value: Id, label: path, description: Id }));
  const chosen = <T extends { value: string; label: string }>(options: T[], values: readonly string[]) => values.map((value) => options.find((option) => option.value === value) ?? { value, label: value });
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2" description="Accounts that join later, and resources that are made later, are in scope by themselves.">Accounts</Header>}>
        <SpaceBetween size="l">
          <RadioGroup
            ariaLabel="Accounts"
            data-testid="scope-accounts"
            value={draft.accountsMode}
            items={[
              { value: "all", label: "All accounts of the organization" },
              { value: "include", label: "Only these accounts and organizational units" },
              { value: "exclude", label: "All but these accounts and organizational units" },
            ]}
            onChange={({ detail }) => change({ accountsMode: detail.value as ScopeMode })}
          />
          {draft.accountsMode !== "all" && (
            <div className="fm-fields">
              <FormField label="Accounts">
                <Multiselect data-testid="scope-account-list" selectedOptions={chosen(accounts, draft.accounts)} options={accounts} placeholder="Choose accounts" expandToViewport onChange={({ detail }) => change({ accounts: detail.selectedOptions.map(({ value }) => value!) })} />
              </FormField>
              <FormField label="Organizational units" description="With the units inside them.">
                <Multiselect data-testid="scope-unit-list" selectedOptions={chosen(units, draft.units)} options={units} placeholder="Choose units" empty="The organization has no units" expandToViewport onChange={({ detail }) => change({ units: detail.selectedOptions.map(({ value }) => value!) })} />
              </FormField>
            </div>
          )}
        </SpaceBetween>
      </Container>
      <Container header={<Header variant="h2">Resources</Header>}>
        <SpaceBetween size="l">
          <FormField label="Resource type">
            <SpaceBetween size="xs">
              {offered(draft).map((type) => (
                <Checkbox key={type} checked={draft.types.includes(type)} disabled={draft.global} onChange={({ detail }) => change({ types: detail.checked ? [...draft.types, type] : draft.types.filter((each) => each !== type) })}>
                  {resourceLabel(type)}
                </Checkbox>
              ))}
            </SpaceBetween>
          </FormField>
          <FormField label="Tags">
            <RadioGroup
              ariaLabel="Tags"
              data-testid="scope-tags"
              value={draft.tagsMode}
              items={[
                { value: "all", label: "All resources of these types" },
                { value: "include", label: "Only resources with these tags" },
                { value: "exclude", label: "All but resources with these tags" },
              ]}
              onChange={({ detail }) => change({ tagsMode: detail.value as ScopeMode })}
            />
          </FormField>
          {draft.tagsMode !== "all" && (
            <>
              <NewTags tags={draft.tags} onChange={(tags) => change({ tags })} />
              {draft.tags.length > 1 && (
                <RadioGroup
                  ariaLabel="How many of the tags"
                  value={draft.operator}
                  items={[
                    { value: "AND", label: "A resource must have all of them" },
                    { value: "OR", label: "One of them is enough" },
                  ]}
                  onChange={({ detail }) => change({ operator: detail.value as "AND" })}
                />
              )}
            </>
          )}
        </SpaceBetween>
      </Container>
      {draft.type !== "SHIELD_ADVANCED" && (
        <Container header={<Header variant="h2">Resource cleanup</Header>}>
          <Checkbox checked={draft.cleanUp} onChange={({ detail }) => change({ cleanUp: detail.checked })} description="Without this, what the policy put on a resource stays there when the resource leaves the scope.">
            Remove protections from resources that leave the policy scope
          </Checkbox>
        </Container>
      )}
    </SpaceBetween>
  );
}
