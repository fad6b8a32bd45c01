"use client";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Toggle from "@cloudscape-design/components/toggle";
import type { Rule, RuleActionOverride } from "@/lib/engine/wafv2/inspect/types";
import { loadManagedDetail, loadManagedVersions, type References } from "../load-waf";
import { leaveOut, useLoad } from "../../frame/use-load";
import { Choose } from "../shared/choose";
import type { Scope } from "../waf-types";
import { MatchEditor } from "./match-editor";
import { firstConfigs } from "./managed-configs";
import { emptyLeaf, withName } from "./shape";
import { actionNames, actionOf, actionWords } from "./words";

export interface GroupEditorProps {
  rule: Rule;
  onChange(rule: Rule): void;
  references?: References;
  scope: Scope;
}

/** A rule that runs a group: which one, in which version, for which requests, with which actions. */
export function GroupEditor({ rule, onChange, references, scope }: GroupEditorProps) {
  const { ManagedRuleGroupStatement: managed, RuleGroupReferenceStatement: own } = rule.Statement;
  const overrides = (managed ?? own)!.RuleActionOverrides ?? [];
  const set = (part: object, dropped: readonly string[] = []) => {
    const [name, inner] = managed ? (["ManagedRuleGroupStatement", managed] as const) : (["RuleGroupReferenceStatement", own!] as const);
    const kept = Object.fromEntries(Object.entries({ ...inner, ...part }).filter(([member]) => !dropped.includes(member)));
    return { ...rule, Statement: { [name]: kept } } as Rule;
  };
  const detail = useLoad(managed?.Name ? `managed|${scope}|${managed.VendorName}|${managed.Name}|${managed.Version ?? ""}` : undefined, async (ask) => ({
    detail: await loadManagedDetail(ask, scope, managed!.VendorName, managed!.Name, managed!.Version).catch(leaveOut),
    versions: await loadManagedVersions(ask, scope, managed!.VendorName, managed!.Name).catch(leaveOut),
  }));
  const names = own ? (references?.ruleGroups.find(({ ARN }) => ARN === own.ARN)?.rules ?? []) : (detail.data?.detail?.Rules ?? []).map(({ Name }) => Name);
  return (
    <SpaceBetween size="m">
      {managed && (
        <div className="waf-fields">
          <Choose
            label="Managed rule group"
            value={managed.Name || undefined}
            options={(references?.managed ?? []).map(({ Name, VendorName, Description }) => ({ value: Name, label: Name, hint: Description || VendorName }))}
            onChange={(Name) => {
              const VendorName = references?.managed.find((each) => each.Name === Name)?.VendorName ?? "AWS";
              const configs = firstConfigs(Name);
              const next = set({ Name, VendorName, ManagedRuleGroupConfigs: configs }, ["Version", "RuleActionOverrides", "ExcludedRules", ...(configs ? [] : ["ManagedRuleGroupConfigs"])]);
              // AWS's console names the rule as vendor and group are called.
              onChange(rule.Name === "" || rule.Name === `${managed.VendorName}-${managed.Name}` ? withName(next, `${VendorName}-${Name}`) : next);
            }}
            filtering
            placeholder="Choose a managed rule group"
            testId="managed-group"
          />
          {(detail.data?.versions?.versions.length ?? 0) > 0 && (
            <Choose
              label="Version"
              value={managed.Version ?? ""}
              placeholder={`Default (using ${detail.data!.versions!.current ?? "the newest"})`}
              options={[{ value: "", label: `Default (using ${detail.data!.versions!.current ?? "the newest"})` }, ...detail.data!.versions!.versions.map(({ Name }) => ({ value: Name, label: Name }))]}
              onChange={(Version) => onChange(Version ? set({ Version }) : set({}, ["Version"]))}
              testId="managed-version"
            />
          )}
        </div>
      )}
      {managed?.ManagedRuleGroupConfigs && <Box color="text-body-secondary">This group has settings of its own: ManagedRuleGroupConfigs, in the JSON.</Box>}
      {own && (
        <Choose
          label="Rule group"
          value={own.ARN || undefined}
          options={(references?.ruleGroups ?? []).map(({ ARN, Name, Capacity }) => ({ value: ARN, label: Name, hint: Capacity === undefined ? undefined : `${Capacity} WCU` }))}
          onChange={(ARN) => onChange(set({ ARN }, ["RuleActionOverrides", "ExcludedRules"]))}
          placeholder="Choose a rule group"
          empty="There is no rule group of this scope yet."
          testId="own-group"
        />
      )}
      <FormField label="Override rule group action" description="What happens with the group’s result. The rules inside run either way.">
        <RadioGroup
          ariaLabel="Override rule group action"
          value={rule.OverrideAction?.Count ? "Count" : "None"}
          items={[
            { value: "None", label: "Do not override", description: "What the group decides is done." },
            { value: "Count", label: "Override to count", description: "Whatever the group decides, the request goes on and is counted." },
          ]}
          onChange={({ detail: { value } }) => onChange({ ...rule, OverrideAction: value === "Count" ? { Count: {} } : { None: {} } })}
          data-testid="override-action"
        />
      </FormField>
      <Overrides
        list={overrides}
        names={names}
        onChange={(next) => onChange(next.length ? set({ RuleActionOverrides: next }) : set({}, ["RuleActionOverrides"]))}
      />
      {managed && (
        <Toggle
          checked={managed.ScopeDownStatement !== undefined}
          onChange={({ detail: { checked } }) => onChange(checked ? set({ ScopeDownStatement: emptyLeaf("GeoMatchStatement") }) : set({}, ["ScopeDownStatement"]))}
          description="Else the group looks at every request."
          data-testid="managed-scope-down"
        >
          Only inspect requests that match a scope-down statement
        </Toggle>
      )}
      {managed?.ScopeDownStatement && <MatchEditor statement={managed.ScopeDownStatement} onChange={(ScopeDownStatement) => onChange(set({ ScopeDownStatement }))} references={references} id="scope-down" />}
    </SpaceBetween>
  );
}

const choices = actionNames.map((value) => ({ value, label: actionWords[value].label }));

/** Another action for single rules of the group, by their names. */
function Overrides({ list, names, onChange }: { list: readonly RuleActionOverride[]; names: readonly string[]; onChange(list: RuleActionOverride[]): void }) {
  const change = (at: number, part: Partial<RuleActionOverride>) => onChange(list.map((each, index) => (index === at ? { ...each, ...part } : each)));
  const free = names.filter((name) => !list.some(({ Name }) => Name === name));
  return (
    <FormField label="Rule action overrides - optional" description="With Count in place of Block, a rule tells what it would have done." stretch>
      <SpaceBetween size="xs">
        {list.map(({ Name, ActionToUse }, at) => (
          <div key={at} className="waf-override-row" data-testid={`override-${at + 1}`}>
            {names.includes(Name) || (names.length > 0 && Name === "") ? (
              <Choose label={<span className="waf-hidden">Rule {at + 1}</span>} value={Name} options={[Name, ...free].filter(Boolean).map((value) => ({ value, label: value }))} onChange={(next) => change(at, { Name: next })} placeholder="Choose a rule" filtering testId={`override-${at + 1}-rule`} />
            ) : (
              <FormField label={<span className="waf-hidden">Rule {at + 1}</span>}>
                <Input value={Name} onChange={({ detail }) => change(at, { Name: detail.value })} placeholder="Name of a rule of the group" spellcheck={false} data-testid={`override-${at + 1}-rule`} />
              </FormField>
            )}
            <Choose label={<span className="waf-hidden">Action of rule {at + 1}</span>} value={actionOf(ActionToUse)} options={choices} onChange={(next) => change(at, { ActionToUse: { [next]: {} } })} testId={`override-${at + 1}-action`} />
            <Button variant="icon" iconName="remove" formAction="none" ariaLabel={`Remove override ${at + 1}`} onClick={() => onChange(list.filter((_, index) => index !== at))} />
          </div>
        ))}
        <SpaceBetween direction="horizontal" size="xs" alignItems="center">
          <Button formAction="none" iconName="add-plus" onClick={() => onChange([...list, { Name: free[0] ?? "", ActionToUse: { Count: {} } }])} data-testid="add-override">
            Add override
          </Button>
          {names.length > 0 && (
            <Button formAction="none" onClick={() => onChange(names.map((Name) => ({ Name, ActionToUse: { Count: {} } })))} data-testid="override-all">
              Override all to Count
            </Button>
          )}
          {names.length > 0 && <Box color="text-body-secondary">{names.length} rules</Box>}
        </SpaceBetween>
      </SpaceBetween>
    </FormField>
  );
}
