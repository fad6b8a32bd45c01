import { type Failure, ok } from "../../errors";
import type { Context, JsonObject, Operation } from "../../types";
import { ask, askAll, askGroup, shieldArn } from "../authorise";
import { isFailure, shieldErrors } from "../errors";
import { takePage } from "../page";
import { quotas } from "../quotas";
import { type GroupRow, type Tag, groups, protections } from "../state";
import { readTags, requestTags } from "../tags";
import { findProtection } from "./protections";
import { subscribed } from "./subscription";

/** Protected resources that Shield looks at together. Source: AWS Shield Advanced API Reference, CreateProtectionGroup and its kin. */

type Given = Pick<GroupRow, "ProtectionGroupId" | "Aggregation" | "Pattern" | "ResourceType"> & { Members?: string[] };

/** Errors: InvalidParameterException (members or type with another pattern), ResourceNotFoundException (a member without protection), LimitsExceededException. */
function checkGroup(ctx: Context, { Pattern, ResourceType, Members = [] }: Given): Failure | undefined {
  if ((Pattern === "BY_RESOURCE_TYPE") !== (ResourceType !== undefined)) return shieldErrors.parameter("You must give a resource type for the pattern BY_RESOURCE_TYPE, and for no other.", "resourceType");
  if ((Pattern === "ARBITRARY") !== Members.length > 0) return shieldErrors.parameter("You must give members for the pattern ARBITRARY, and for no other.", "members");
  if (new Set(Members).size > quotas.members) return shieldErrors.limit("MEMBERS", quotas.members);
  return Members.every((ResourceArn) => findProtection(ctx, { ResourceArn })) ? undefined : shieldErrors.noProtection();
}

const fields = ({ Aggregation, Pattern, ResourceType, Members = [] }: Given) => ({ Aggregation, Pattern, Members: [...new Set(Members)], ...(ResourceType ? { ResourceType } : {}) });

/** Errors: ResourceAlreadyExistsException, and those of the checks. */
export const CreateProtectionGroup: Operation = {
  name: "CreateProtectionGroup",
  authorise: ({ ProtectionGroupId, Tags }: Given & { Tags?: Tag[] }, ctx) =>
    ["CreateProtectionGroup", ...(Tags?.length ? ["TagResource"] : [])].map((action) => ask(ctx, action, "protection-group", ProtectionGroupId, requestTags(Tags))),
  handle({ Tags, ...input }: Given & { Tags?: Tag[] }, ctx) {
    const subscription = subscribed(ctx);
    if (isFailure(subscription)) return subscription;
    const table = groups(ctx.db);
    if (table.get(input.ProtectionGroupId)) return shieldErrors.groupExists();
    const wrong = checkGroup(ctx, input);
    if (wrong) return wrong;
    const tags = readTags(Tags);
    if (isFailure(tags)) return tags;
    if (table.size >= quotas.groups) return shieldErrors.limit("PROTECTION_GROUPS", quotas.groups);
    table.put(input.ProtectionGroupId, { ProtectionGroupId: input.ProtectionGroupId, ProtectionGroupArn: shieldArn(ctx.account, "protection-group", input.ProtectionGroupId), ...fields(input), tags });
    return ok({});
  },
};

function groupHere(ctx: Context, id: string): Readonly<GroupRow> | Failure {
  const subscription = subscribed(ctx);
  return isFailure(subscription) ? subscription : (groups(ctx.db).get(id) ?? shieldErrors.noGroup());
}

/** Everything anew but id and tags. Errors: ResourceNotFoundException, and those of the checks. */
export const UpdateProtectionGroup: Operation = {
  name: "UpdateProtectionGroup",
  authorise: ({ ProtectionGroupId }: Given, ctx) => askGroup(ctx, "UpdateProtectionGroup", ProtectionGroupId),
  handle(input: Given, ctx) {
    const row = groupHere(ctx, input.ProtectionGroupId);
    if (isFailure(row)) return row;
    const wrong = checkGroup(ctx, input);
    if (wrong) return wrong;
    groups(ctx.db).put(row.ProtectionGroupId, { ProtectionGroupId: row.ProtectionGroupId, ProtectionGroupArn: row.ProtectionGroupArn, tags: row.tags, ...fields(input) });
    return ok({});
  },
};

interface ById {
  ProtectionGroupId: string;
}

/** Errors: ResourceNotFoundException. */
export const DeleteProtectionGroup: Operation = {
  name: "DeleteProtectionGroup",
  authorise: ({ ProtectionGroupId }: ById, ctx) => askGroup(ctx, "DeleteProtectionGroup", ProtectionGroupId),
  handle({ ProtectionGroupId }: ById, ctx) {
    const row = groupHere(ctx, ProtectionGroupId);
    if (isFailure(row)) return row;
    groups(ctx.db).delete(ProtectionGroupId);
    return ok({});
  },
};

const view = ({ tags: _tags, ...row }: Readonly<GroupRow>): JsonObject => structuredClone(row) as unknown as JsonObject;

/** Errors: ResourceNotFoundException. */
export const DescribeProtectionGroup: Operation = {
  name: "DescribeProtectionGroup",
  authorise: ({ ProtectionGroupId }: ById, ctx) => askGroup(ctx, "DescribeProtectionGroup", ProtectionGroupId),
  handle({ ProtectionGroupId }: ById, ctx) {
    const row = groupHere(ctx, ProtectionGroupId);
    return isFailure(row) ? row : ok({ ProtectionGroup: view(row) });
  },
};

interface Filters {
  ProtectionGroupIds?: string[];
  Patterns?: string[];
  ResourceTypes?: string[];
  Aggregations?: string[];
}

/** Errors: ResourceNotFoundException, InvalidPaginationTokenException. */
export const ListProtectionGroups: Operation = {
  name: "ListProtectionGroups",
  authorise: () => askAll("ListProtectionGroups"),
  handle({ InclusionFilters: { ProtectionGroupIds, Patterns, ResourceTypes, Aggregations } = {}, ...paging }: { InclusionFilters?: Filters; NextToken?: string; MaxResults?: number }, ctx) {
    const subscription = subscribed(ctx);
    if (isFailure(subscription)) return subscription;
    const table = groups(ctx.db);
    const wanted = table.all().filter((row) => (ProtectionGroupIds?.includes(row.ProtectionGroupId) ?? true) && (Patterns?.includes(row.Pattern) ?? true) && (ResourceTypes?.includes(row.ResourceType ?? "") ?? true) && (Aggregations?.includes(row.Aggregation) ?? true));
    const page = takePage("ListProtectionGroups", paging, wanted.map(({ ProtectionGroupId }) => ProtectionGroupId), shieldErrors.token);
    return isFailure(page) ? page : ok({ ProtectionGroups: page.shown.map((id) => view(table.get(id)!)), ...page.more });
  },
};

/** The protected resources that are in a group now. Errors: ResourceNotFoundException, InvalidPaginationTokenException. */
export const ListResourcesInProtectionGroup: Operation = {
  name: "ListResourcesInProtectionGroup",
  authorise: ({ ProtectionGroupId }: ById, ctx) => askGroup(ctx, "ListResourcesInProtectionGroup", ProtectionGroupId),
  handle({ ProtectionGroupId, ...paging }: ById & { NextToken?: string; MaxResults?: number }, ctx) {
    const row = groupHere(ctx, ProtectionGroupId);
    if (isFailure(row)) return row;
    const all = protections(ctx.db).all().filter(({ ResourceType }) => row.Pattern !== "BY_RESOURCE_TYPE" || ResourceType === row.ResourceType).map(({ ResourceArn }) => ResourceArn);
    const members = (row.Pattern === "ARBITRARY" ? [...row.Members] : all).sort();
    const page = takePage(`ListResourcesInProtectionGroup ${ProtectionGroupId}`, paging, members, shieldErrors.token);
    return isFailure(page) ? page : ok({ ResourceArns: page.shown, ...page.more });
  },
};
