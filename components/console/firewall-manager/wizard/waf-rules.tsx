"use client";
import { useMemo } from "react";
import Button from "@cloudscape-design/components/button";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Checkbox from "@cloudscape-design/components/checkbox";
import Table from "@cloudscape-design/components/table";
import { useWhere } from "../../frame/lab";
import { useLoad } from "../../frame/use-load";
import { loadReferences } from "../../waf/load-waf";
import { askAt } from "../shared/as-account";
import { type Existing, type GroupEntry, isCounted, keyOf, managedEntry, nameOf, ownEntry, regionOf, unitsOf, withCount } from "./policy-draft";
import type { StepProps } from "./type-step";

const existing: { value: Existing; label: string; description: string }[] = [
  { value: "keep", label: "Leave them", description: "The resource stays out of compliance, and you are told." },
  { value: "replace", label: "Replace web ACLs that are associated with in-scope resources", description: "The policy's web ACL takes the place of the account's." },
  { value: "retrofit", label: "Retrofit existing web ACLs", description: "The account's web ACL stays, and is given the policy's rule groups." },
];

/** First and last rule groups, what happens where none decides, and what becomes of web ACLs that are there. */
export function WafRules({ draft, change }: StepProps) {
  const { region } = useWhere();
  const home = regionOf(draft, region);
  const scope = draft.global ? "CLOUDFRONT" : "REGIONAL";
  const loaded = useLoad(`references|${home}|${scope}`, (ask) => loadReferences(askAt(ask, home), scope));
  const own = useMemo(() => new Map((loaded.data?.ruleGroups ?? []).map(({ ARN, Capacity }) => [ARN, Capacity ?? 0])), [loaded.data]);
  const options = useMemo(() => {
    const taken = new Set([...draft.first, ...draft.last].map(keyOf));
    const left = (entry: GroupEntry): boolean => !taken.has(keyOf(entry));
    const asOption = (entry: GroupEntry) => ({ value: JSON.stringify(entry), label: nameOf(entry), description: `${unitsOf(entry, own) ?? "?"} WCU` });
    return [
      { label: "AWS managed rule groups", options: (loaded.data?.managed ?? []).map(({ Name, VendorName }) => managedEntry(Name, VendorName)).filter(left).map(asOption) },
      { label: "Your rule groups", options: (loaded.data?.ruleGroups ?? []).map(({ ARN }) => ownEntry(ARN)).filter(left).map(asOption) },
    ].filter(({ options: each }) => each.length);
  }, [loaded.data, draft.first, draft.last, own]);
  const units = [...draft.first, ...draft.last].reduce((sum, entry) => sum + (unitsOf(entry, own) ?? 0), 0);
  const list = (which: "first" | "last") => <Groups which={which} entries={draft[which]} own={own} options={options} onChange={(entries) => change({ [which]: entries })} />;
  return (
    <SpaceBetween size="l">
      <Container
        header={
          <Header variant="h2" description="The first rule groups run before the rules that an account adds by itself, the last ones after them. Accounts cannot change either.">
            Policy rules
          </Header>
        }
      >
        <SpaceBetween size="l">
          {list("first")}
          <FormField label="Between them" stretch>
            <Box color="text-body-secondary">Rules that the account adds to the web ACL itself.</Box>
          </FormField>
          {list("last")}
          <Box data-testid="policy-units">
            {units.toLocaleString("en")} of 5,000 WCU of each web ACL, before the accounts’ own rules
          </Box>
        </SpaceBetween>
      </Container>
      <Container header={<Header variant="h2">Web ACLs</Header>}>
        <SpaceBetween size="l">
          <FormField label="Default action, for requests that no rule allows or blocks">
            <RadioGroup
              ariaLabel="Default action"
              value={draft.defaultAction}
              items={[
                { value: "ALLOW", label: "Allow" },
                { value: "BLOCK", label: "Block" },
              ]}
              onChange={({ detail }) => change({ defaultAction: detail.value as "ALLOW" })}
            />
          </FormField>
          <FormField label="Resources that have a web ACL of their account already">
            <RadioGroup ariaLabel="Existing web ACLs" data-testid="existing-acls" value={draft.existing} items={existing} onChange={({ detail }) => change({ existing: detail.value as Existing })} />
          </FormField>
          <Checkbox checked={draft.optimise} onChange={({ detail }) => change({ optimise: detail.checked })} description="Accounts without resources in scope then get none, and pay for none.">
            Make web ACLs only where one will be used
          </Checkbox>
        </SpaceBetween>
      </Container>
    </SpaceBetween>
  );
}

interface GroupsProps {
  which: "first" | "last";
  entries: GroupEntry[];
  own: ReadonlyMap<string, number>;
  options: { label: string; options: { value: string; label: string; description: string }[] }[];
  onChange(entries: GroupEntry[]): void;
}

function Groups({ which, entries, own, options, onChange }: GroupsProps) {
  const title = which === "first" ? "First rule groups" : "Last rule groups";
  const move = (at: number, by: number) => {
    const next = entries.toSpliced(at, 1);
    onChange(next.toSpliced(at + by, 0, entries[at]));
  };
  const add = (
    <Select
      data-testid={`add-${which}`}
      selectedOption={null}
      placeholder={which === "first" ? "Add a first rule group" : "Add a last rule group"}
      ariaLabel={which === "first" ? "Add a first rule group" : "Add a last rule group"}
      options={options}
      filteringType="auto"
      filteringAriaLabel="Find a rule group"
      expandToViewport
      empty="No other rule groups"
      onChange={({ detail }) => onChange([...entries, JSON.parse(detail.selectedOption.value!) as GroupEntry])}
    />
  );
  if (!entries.length)
    return (
      <div data-testid={`${which}-groups`}>
        <SpaceBetween size="xs">
          <Header variant="h3">{title}</Header>
          <Box color="text-body-secondary">None yet</Box>
          {add}
        </SpaceBetween>
      </div>
    );
  return (
    <Table
      variant="embedded"
      data-testid={`${which}-groups`}
      wrapLines
      items={entries}
      trackBy={keyOf}
      header={<Header variant="h3">{title}</Header>}
      columnDefinitions={[
        {
          id: "order",
          header: "Order",
          minWidth: 90,
          cell: (entry) => {
            const at = entries.indexOf(entry);
            return (
              <span className="fm-order">
                <Button variant="icon" iconName="angle-up" formAction="none" disabled={at === 0} ariaLabel={`Move ${nameOf(entry)} up`} onClick={() => move(at, -1)} />
                <Button variant="icon" iconName="angle-down" formAction="none" disabled={at === entries.length - 1} ariaLabel={`Move ${nameOf(entry)} down`} onClick={() => move(at, 1)} />
              </span>
            );
          },
        },
        { id: "name", header: "Rule group", isRowHeader: true, minWidth: 160, cell: (entry) => <span className="copyable-text">{nameOf(entry)}</span> },
        { id: "units", header: "WCU", minWidth: 80, cell: (entry) => unitsOf(entry, own) ?? "-" },
        {
          id: "action",
          header: "Action",
          minWidth: 150,
          cell: (entry) => (
            <Checkbox checked={isCounted(entry)} onChange={({ detail }) => onChange(entries.map((each) => (each === entry ? withCount(entry, detail.checked) : each)))} ariaLabel={`Only count what ${nameOf(entry)} matches`}>
              Only count
            </Checkbox>
          ),
        },
        { id: "remove", header: "", minWidth: 100, cell: (entry) => <Button variant="inline-link" formAction="none" ariaLabel={`Remove ${nameOf(entry)}`} onClick={() => onChange(entries.filter((each) => each !== entry))}>Remove</Button> },
      ]}
      footer={add}
    />
  );
}
