"use client";
import Button from "@cloudscape-design/components/button";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import Multiselect from "@cloudscape-design/components/multiselect";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { JsonObject } from "@/lib/engine/types";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { useFormDraft } from "../../frame/lab";
import { NewTags } from "../../frame/tags";
import type { Tag } from "../../frame/tag-changes";
import type { Ask } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import { Choose, Line } from "../../waf/shared/choose";
import type { GroupRule, Resource } from "../fm-types";
import { GLOBAL_REGION } from "../place-of";
import { useAskIn } from "../shared/as-account";
import { useResources } from "../shared/resources";
import { GroupRules, rulesProblem } from "./group-rules";
import { kinds } from "./resource-words";

interface Draft {
  kind: string;
  name: string;
  vpc: string;
  groups: string[];
  rules: GroupRule[];
  tags: Tag[];
}

const empty: Draft = { kind: "APPLICATION_LOAD_BALANCER", name: "", vpc: "vpc-1", groups: [], rules: [{ Direction: "INGRESS", Protocol: "tcp", FromPort: 22, ToPort: 22, Cidr: "0.0.0.0/0" }], tags: [] };

const hasVpc = (kind: string): boolean => ["INSTANCE", "NETWORK_INTERFACE", "SECURITY_GROUP"].includes(kind);

/** The call that makes it: the lab's plain facts about resources of services that it does not simulate. */
async function add(ask: Ask, region: string, { kind, name, vpc, groups, rules, tags }: Draft): Promise<Resource> {
  const { service } = kinds[kind];
  const Tags = tags.filter(({ key }) => key.trim()).map(({ key, value }) => ({ Key: key, Value: value }));
  const home = kind === "CLOUDFRONT" ? GLOBAL_REGION : region;
  const input: JsonObject = { ResourceType: kind, Name: name };
  if (hasVpc(kind) && vpc) input.VpcId = vpc;
  if (kind === "SECURITY_GROUP") input.Rules = rules as unknown as JsonObject[];
  else if (hasVpc(kind) && groups.length) input.SecurityGroups = groups;
  const { Resource: made } = await ask<{ Resource: Resource }>(service, "AddResource", service === "estate" && Tags.length ? { ...input, Tags } : input, home);
  if (service === "traffic" && Tags.length) await ask("estate", "TagResource", { Arn: made.Arn, Tags }, home);
  return made;
}

export interface AddResourceProps {
  account: string;
  region: string;
  /** One kind alone. */
  only?: string;
  onAdded?(made: Resource): void;
}

/** A form for a resource of an account: what policies are about is not simulated itself, but a name with facts about it. */
export function AddResource({ account, region, only, onAdded }: AddResourceProps) {
  const askIn = useAskIn();
  const [draft, change, forget] = useFormDraft<Draft>(`firewall-manager/resource/${account}/${only ?? ""}`, only ? { ...empty, kind: only } : empty);
  const { busy, refused, run, clear } = useMutation();
  const isAttached = draft.kind === "INSTANCE" || draft.kind === "NETWORK_INTERFACE";
  const groups = useResources(account, region)?.filter(({ ResourceType }) => ResourceType === "SECURITY_GROUP") ?? [];
  const named = draft.name === "" ? undefined : /^[\w-]{1,32}$/.test(draft.name) ? undefined : "Up to 32 letters, digits, - and _.";
  const ruled = draft.kind === "SECURITY_GROUP" ? rulesProblem(draft.rules) : undefined;
  const options = groups.map(({ Id, Name }) => ({ value: Id!, label: `${Name} (${Id})` }));
  const submit = () =>
    run(async () => {
      const made = await add(askIn(account), region, draft);
      forget();
      onAdded?.(made);
    });
  return (
    <ExpandableSection headerText={only ? "Add a security group to the lab" : "Add a resource to the lab"} data-testid="add-resource-section">
      <SpaceBetween size="m">
        {refused && <AwsErrorNote refused={refused} onDismiss={clear} />}
        <div className="fm-fields">
          {!only && <Choose label="Resource type" value={draft.kind} options={Object.entries(kinds).map(([value, { label }]) => ({ value, label }))} onChange={(kind) => change({ kind })} testId="resource-type" />}
          <Line label="Resource name" value={draft.name} onChange={(name) => change({ name })} errorText={named} placeholder="shop" mono testId="resource-name" />
          {hasVpc(draft.kind) && <Line label="VPC" value={draft.vpc} onChange={(vpc) => change({ vpc })} errorText={/^[\w-]{0,64}$/.test(draft.vpc) ? undefined : "Letters, digits, - and _."} mono testId="resource-vpc" />}
          {isAttached && (
            <FormField label="Security groups - optional">
              <Multiselect data-testid="resource-groups" options={options} selectedOptions={options.filter(({ value }) => draft.groups.includes(value))} placeholder="Choose groups" empty="No security groups here" expandToViewport onChange={({ detail }) => change({ groups: detail.selectedOptions.map(({ value }) => value!) })} />
            </FormField>
          )}
        </div>
        {draft.kind === "SECURITY_GROUP" && <GroupRules rules={draft.rules} onChange={(rules) => change({ rules })} />}
        {!only && (
          <FormField label="Tags - optional" stretch>
            <NewTags tags={draft.tags} onChange={(tags) => change({ tags })} />
          </FormField>
        )}
        <Button formAction="none" loading={busy} disabled={draft.name === "" || named !== undefined || ruled !== undefined} onClick={() => void submit()} data-testid="add-resource">
          {only ? "Add security group" : "Add resource"}
        </Button>
      </SpaceBetween>
    </ExpandableSection>
  );
}
