import { ok, type Failure } from "../errors";
import type { Context, JsonObject, Operation } from "../types";
import { askAll, askEntity, askNew } from "./authorise";
import { isFailure, wafErrors } from "./errors";
import { checkScope, entityArn, findEntity } from "./names";
import { takePage } from "./page";
import { type Entity, type Kind, type RowOf, type Scope, type Tag, entities, entityId } from "./state";
import { checkTags } from "./tags";
import { users } from "./users";

/** What the five operations of each kind of entity have in common: scope, lock tokens, names, quotas, pages. */

export interface Named {
  Name: string;
  Scope: Scope;
  Id: string;
}
export interface Locked extends Named {
  LockToken: string;
}
export interface Made {
  Name: string;
  Scope: Scope;
  Description?: string;
  Tags?: Tag[];
}

/** Per account, Region and scope. Source: AWS WAF Developer Guide, AWS WAF quotas. */
const quotas: Record<Kind, number> = { webacl: 100, rulegroup: 100, ipset: 100, regexpatternset: 10 };

const summary = ({ Name, Id, Description, LockToken, ARN }: Readonly<Entity>): JsonObject => ({ Name, Id, Description, LockToken, ARN });

/** The members that every entity has, or why there can be none. Errors: WAFDuplicateItemException, WAFLimitsExceededException, WAFInvalidParameterException (SCOPE_VALUE, TAGS). */
export function newEntity(ctx: Context, kind: Kind, { Name, Scope, Description = "", Tags = [] }: Made): Entity | Failure {
  const problem = checkScope(ctx, Scope) ?? checkTags(Tags);
  if (problem) return problem;
  const table = entities(ctx.db, kind);
  if (table.get(entityId(Scope, Name))) return wafErrors.duplicate();
  if (table.ids({ prefix: `${Scope}\0` }).length >= quotas[kind]) return wafErrors.limit();
  const Id = ctx.newId();
  return { Name, Id, ARN: entityArn(ctx, Scope, kind, Name, Id), Scope, Description, LockToken: ctx.newId(), tags: Tags.map(({ Key, Value }) => ({ Key, Value })) };
}

export function enter<K extends Kind>(ctx: Context, kind: K, row: RowOf[K]): ReturnType<Operation["handle"]> {
  entities(ctx.db, kind).put(entityId(row.Scope, row.Name), row);
  return ok({ Summary: summary(row) });
}

/** The row to change, with another lock token. Errors: WAFNonexistentItemException, WAFOptimisticLockException. */
export function editLocked<K extends Kind>(ctx: Context, kind: K, input: Locked): RowOf[K] | Failure {
  const known = locked(ctx, kind, input);
  if (isFailure(known)) return known;
  const row = entities(ctx.db, kind).edit(entityId(known.Scope, known.Name));
  row.LockToken = ctx.newId();
  return row;
}

function locked<K extends Kind>(ctx: Context, kind: K, input: Locked): Readonly<RowOf[K]> | Failure {
  const problem = checkScope(ctx, input.Scope);
  if (problem) return problem;
  const row = findEntity(ctx, kind, input);
  if (!row) return wafErrors.notFound();
  return row.LockToken === input.LockToken ? row : wafErrors.staleLock();
}

/** Errors: WAFNonexistentItemException, WAFOptimisticLockException, WAFAssociatedItemException where it is still used, those of `guard`. */
export const deleting = <K extends Kind>(kind: K, name: string, { guard, after }: { guard?: (row: Readonly<RowOf[K]>) => Failure | undefined; after?: (ctx: Context, row: Readonly<RowOf[K]>) => void } = {}): Operation => ({
  name,
  authorise: (input: Locked, ctx) => askEntity(ctx, name, kind, input),
  handle(input: Locked, ctx) {
    const row = locked(ctx, kind, input);
    if (isFailure(row)) return row;
    const guarded = guard?.(row);
    if (guarded) return guarded;
    if (users(ctx.db, row).length) return wafErrors.associated();
    entities(ctx.db, kind).delete(entityId(row.Scope, row.Name));
    after?.(ctx, row);
    return ok({});
  },
});

/** Errors: WAFNonexistentItemException, WAFInvalidParameterException. */
export const getting = <K extends Kind>(kind: K, name: string, view: (row: Readonly<RowOf[K]>) => JsonObject): Operation => ({
  name,
  authorise: (input: Named, ctx) => askEntity(ctx, name, kind, input),
  handle(input: Named, ctx) {
    const problem = checkScope(ctx, input.Scope);
    if (problem) return problem;
    const row = findEntity(ctx, kind, input);
    return row ? ok({ ...view(row), LockToken: row.LockToken }) : wafErrors.notFound();
  },
});

/** Summaries in the order of their names. Errors: WAFInvalidParameterException. */
export const listing = (kind: Kind, name: string, member: string): Operation => ({
  name,
  authorise: () => askAll(name),
  handle(input: { Scope: Scope; NextMarker?: string; Limit?: number }, ctx) {
    const problem = checkScope(ctx, input.Scope);
    if (problem) return problem;
    const table = entities(ctx.db, kind);
    const page = takePage(name, input, table.ids({ prefix: `${input.Scope}\0` }), (id) => summary(table.get(id)!));
    return isFailure(page) ? page : ok({ [member]: page.entries, ...page.more });
  },
});

/** One that is to be made: who may, and whether the request holds together. */
export const asking = (kind: Kind, name: string): Operation["authorise"] => (input: Made, ctx) => askNew(ctx, name, kind, input);
