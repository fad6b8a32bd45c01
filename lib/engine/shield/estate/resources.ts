import { arn as arnOf, parseArn } from "../../arn";
import { toHex } from "../../crypto/bytes";
import { type Failure, fail, ok } from "../../errors";
import type { Context, JsonObject, Operation } from "../../types";
import { type EstateRow, type EstateType, type GroupRule, type TagsRow, recorder, isRecording, resources, tags, tagsOf } from "./state";

/** How a resource's own service names it. `global` ones are kept in us-east-1. Sources: each service's page in the Service Authorization Reference. */
const shapes: Record<EstateType, { service: string; prefix: string; global?: true; accountless?: true }> = {
  ELASTIC_IP: { service: "ec2", prefix: "eip-allocation/eipalloc-" },
  CLASSIC_LOAD_BALANCER: { service: "elasticloadbalancing", prefix: "loadbalancer/" },
  GLOBAL_ACCELERATOR: { service: "globalaccelerator", prefix: "accelerator/", global: true },
  HOSTED_ZONE: { service: "route53", prefix: "hostedzone/", global: true, accountless: true },
  INSTANCE: { service: "ec2", prefix: "instance/i-" },
  NETWORK_INTERFACE: { service: "ec2", prefix: "network-interface/eni-" },
  NETWORK_LOAD_BALANCER: { service: "elasticloadbalancing", prefix: "loadbalancer/net/" },
  SECURITY_GROUP: { service: "ec2", prefix: "security-group/sg-" },
};

const free = (operation: Omit<Operation, "authorise" | "cost">): Operation => ({ ...operation, authorise: () => undefined, cost: () => [] });

const view = (ctx: Context, row: Readonly<EstateRow>): JsonObject => ({ ...structuredClone(row), Tags: structuredClone(tagsOf(ctx.db, row.Arn)) }) as unknown as JsonObject;

const notFound = (Arn: string): Failure => fail("ResourceNotFound", `There is no resource ${Arn} here.`);

const newArn = (ctx: Context, type: EstateType, name: string): string => {
  const { service, prefix, global, accountless } = shapes[type];
  const id = toHex(ctx.random(9)).slice(0, 17);
  if (type === "NETWORK_LOAD_BALANCER") return arnOf(service, ctx.region, ctx.account, `${prefix}${name}/${id.slice(0, 16)}`);
  const last = type === "CLASSIC_LOAD_BALANCER" ? name : type === "HOSTED_ZONE" ? `Z${id.toUpperCase()}` : id;
  return arnOf(service, global ? "" : ctx.region, accountless ? "" : ctx.account, `${prefix}${last}`);
};

interface Added extends Pick<EstateRow, "VpcId" | "SecurityGroups" | "AttachedTo" | "Rules"> {
  ResourceType: EstateType;
  Name: string;
  Arn?: string;
  Tags?: TagsRow["tags"];
}

/** With the ARN that it would have, or one that is given. Errors: InvalidResource (of another kind, account or Region; a global one belongs in us-east-1), ResourceExists. */
export const AddResource = free({
  name: "AddResource",
  handle({ ResourceType, Name, Arn, Tags = [], ...more }: Added, ctx) {
    const { service, prefix, global, accountless } = shapes[ResourceType];
    const arn = Arn ?? newArn(ctx, ResourceType, Name);
    const parsed = parseArn(arn);
    const rest = parsed?.resource.slice(prefix.length) ?? "";
    if (parsed?.service !== service || !parsed.resource.startsWith(prefix) || !/^[\w-]+(\/\w+)?$/.test(rest) || rest.includes("/") !== (ResourceType === "NETWORK_LOAD_BALANCER") || parsed.account !== (accountless ? "" : ctx.account) || parsed.region !== (global ? "" : ctx.region) || (global && ctx.region !== "us-east-1"))
      return fail("InvalidResource", `${arn} is no ${ResourceType} of this account and Region.`);
    if (resources(ctx.db).get(arn)) return fail("ResourceExists", `The resource ${arn} is there already.`);
    const row: EstateRow = { Arn: arn, ResourceType, Name, Id: parsed.resource.slice(parsed.resource.lastIndexOf("/") + 1), ...structuredClone(more) };
    resources(ctx.db).put(arn, row);
    if (Tags.length) tags(ctx.db).put(arn, { tags: structuredClone(Tags) });
    return ok({ Resource: view(ctx, row) });
  },
});

/** Which security groups are on it, which rules a group has, or what an Elastic IP address is on (an empty text: nothing). Errors: ResourceNotFound. */
export const UpdateResource = free({
  name: "UpdateResource",
  handle({ Arn, SecurityGroups, AttachedTo, Rules }: { Arn: string; SecurityGroups?: string[]; AttachedTo?: string; Rules?: GroupRule[] }, ctx) {
    if (!resources(ctx.db).get(Arn)) return notFound(Arn);
    const row = resources(ctx.db).edit(Arn);
    if (SecurityGroups) row.SecurityGroups = [...SecurityGroups];
    if (AttachedTo) row.AttachedTo = AttachedTo;
    else if (AttachedTo === "") delete row.AttachedTo;
    if (Rules) row.Rules = structuredClone(Rules);
    return ok({ Resource: view(ctx, row) });
  },
});

/** Errors: ResourceNotFound. */
export const RemoveResource = free({
  name: "RemoveResource",
  handle({ Arn }: { Arn: string }, ctx) {
    if (!resources(ctx.db).get(Arn)) return notFound(Arn);
    resources(ctx.db).delete(Arn);
    tags(ctx.db).delete(Arn);
    return ok({});
  },
});

export const ListResources = free({ name: "ListResources", handle: (_input: unknown, ctx) => ok({ Resources: resources(ctx.db).all().map((row) => view(ctx, row)) }) });

/** All tags of a resource, in place of those that it has: one of the estate, or a load balancer, distribution or stage. */
export const TagResource = free({
  name: "TagResource",
  handle({ Arn, Tags }: { Arn: string; Tags: TagsRow["tags"] }, ctx) {
    if (Tags.length) tags(ctx.db).put(Arn, { tags: structuredClone(Tags) });
    else tags(ctx.db).delete(Arn);
    return ok({});
  },
});

/** Turns AWS Config's recorder on or off in this account and Region. */
export const SetConfigRecorder = free({
  name: "SetConfigRecorder",
  handle({ Recording }: { Recording: boolean }, ctx) {
    recorder(ctx.db).put("only", { Recording });
    return ok({});
  },
});

export const GetConfigRecorder = free({ name: "GetConfigRecorder", handle: (_input: unknown, ctx) => ok({ Recording: isRecording(ctx.db) }) });
