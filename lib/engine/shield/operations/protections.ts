import { type Failure, ok } from "../../errors";
import type { Context, JsonObject, Operation } from "../../types";
import { ask, askAll, askProtection, shieldArn } from "../authorise";
import { settleResource } from "../covered";
import { isFailure, shieldErrors } from "../errors";
import { takePage } from "../page";
import { quotas } from "../quotas";
import { resourceToProtect } from "../resources";
import { type ProtectedType, type ProtectionRow, type Tag, groups, protections } from "../state";
import { readTags, requestTags } from "../tags";
import { turnOff } from "../automatic-response";
import { subscribed } from "./subscription";

/** Protections: which resources Shield Advanced looks after. Source: AWS Shield Advanced API Reference, CreateProtection and its kin. */

/** A protection by its id or its resource. Errors: ResourceNotFoundException, InvalidParameterException. */
export const findProtection = (ctx: Context, { ProtectionId, ResourceArn }: { ProtectionId?: string; ResourceArn?: string }): Readonly<ProtectionRow> | undefined =>
  ProtectionId !== undefined ? protections(ctx.db).get(ProtectionId) : ResourceArn !== undefined ? protections(ctx.db).having("ResourceArn", ResourceArn)[0] : undefined;

export function protectionView({ Id, Name, ResourceArn, ProtectionArn, HealthCheckIds, automatic }: Readonly<ProtectionRow>): JsonObject {
  return { Id, Name, ResourceArn, ProtectionArn, HealthCheckIds: [...HealthCheckIds], ...(automatic ? { ApplicationLayerAutomaticResponseConfiguration: structuredClone(automatic) } : {}) } as JsonObject;
}

interface Made {
  Name: string;
  ResourceArn: string;
  Tags?: Tag[];
}

/** Errors: ResourceNotFoundException (no subscription), InvalidResourceException, ResourceAlreadyExistsException, LimitsExceededException, InvalidParameterException. */
export const CreateProtection: Operation = {
  name: "CreateProtection",
  authorise: ({ Tags }: Made, ctx) => [ask(ctx, "CreateProtection", "protection", "*", requestTags(Tags)), ...(Tags?.length ? [ask(ctx, "TagResource", "protection", "*", requestTags(Tags))] : [])],
  handle({ Name, ResourceArn, Tags }: Made, ctx) {
    const subscription = subscribed(ctx);
    if (isFailure(subscription)) return subscription;
    const found = resourceToProtect(ctx.db, ctx.account, ResourceArn);
    if (isFailure(found)) return found;
    const tags = readTags(Tags);
    if (isFailure(tags)) return tags;
    if (findProtection(ctx, { ResourceArn })) return shieldErrors.protectedAlready();
    if (protections(ctx.db).having("ResourceType", found.type).length >= quotas.protectionsOfType) return shieldErrors.limit(found.type, quotas.protectionsOfType);
    const Id = ctx.newId();
    protections(ctx.db).put(Id, { Id, Name, ResourceArn, ResourceType: found.type, ProtectionArn: shieldArn(ctx.account, "protection", Id), HealthCheckIds: [], tags, CreatedAt: ctx.now });
    settleResource(ctx, ResourceArn);
    return ok({ ProtectionId: Id });
  },
};

/** The protection that a request names, of an account with a subscription. */
export function protectionHere(ctx: Context, by: { ProtectionId?: string; ResourceArn?: string }): Readonly<ProtectionRow> | Failure {
  const subscription = subscribed(ctx);
  if (isFailure(subscription)) return subscription;
  return findProtection(ctx, by) ?? shieldErrors.noProtection();
}

interface ById {
  ProtectionId: string;
}

/** Also out of the groups that name its resource. Errors: ResourceNotFoundException. */
export const DeleteProtection: Operation = {
  name: "DeleteProtection",
  authorise: ({ ProtectionId }: ById, ctx) => askProtection(ctx, "DeleteProtection", findProtection(ctx, { ProtectionId }), ProtectionId),
  handle({ ProtectionId }: ById, ctx) {
    const row = protectionHere(ctx, { ProtectionId });
    if (isFailure(row)) return row;
    turnOff(ctx, row);
    protections(ctx.db).delete(row.Id);
    settleResource(ctx, row.ResourceArn);
    for (const group of groups(ctx.db).all())
      if (group.Members.includes(row.ResourceArn)) {
        const edited = groups(ctx.db).edit(group.ProtectionGroupId);
        edited.Members = edited.Members.filter((member) => member !== row.ResourceArn);
      }
    return ok({});
  },
};

/** By id or by resource. Errors: InvalidParameterException (both, or neither), ResourceNotFoundException. */
export const DescribeProtection: Operation = {
  name: "DescribeProtection",
  authorise: (input: { ProtectionId?: string; ResourceArn?: string }, ctx) => askProtection(ctx, "DescribeProtection", findProtection(ctx, input), input.ProtectionId),
  handle(input: { ProtectionId?: string; ResourceArn?: string }, ctx) {
    if ((input.ProtectionId === undefined) === (input.ResourceArn === undefined)) return shieldErrors.eitherOne();
    const row = protectionHere(ctx, input);
    return isFailure(row) ? row : ok({ Protection: protectionView(row) });
  },
};

interface Filters {
  ResourceArns?: string[];
  ProtectionNames?: string[];
  ResourceTypes?: ProtectedType[];
}

/** Those that every filter lets through. Errors: ResourceNotFoundException, InvalidPaginationTokenException. */
export const ListProtections: Operation = {
  name: "ListProtections",
  authorise: () => askAll("ListProtections"),
  handle({ InclusionFilters: { ResourceArns, ProtectionNames, ResourceTypes } = {}, ...paging }: { InclusionFilters?: Filters; NextToken?: string; MaxResults?: number }, ctx) {
    const subscription = subscribed(ctx);
    if (isFailure(subscription)) return subscription;
    const table = protections(ctx.db);
    const wanted = table.all().filter((row) => (ResourceArns?.includes(row.ResourceArn) ?? true) && (ProtectionNames?.includes(row.Name) ?? true) && (ResourceTypes?.includes(row.ResourceType) ?? true));
    const page = takePage("ListProtections", paging, wanted.map(({ Id }) => Id), shieldErrors.token);
    return isFailure(page) ? page : ok({ Protections: page.shown.map((id) => protectionView(table.get(id)!)), ...page.more });
  },
};
