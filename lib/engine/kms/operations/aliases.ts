import { fail, ok, type Failure } from "../../errors";
import type { AuthRequest, Context, JsonObject, Operation, Table } from "../../types";
import { callContext, keyAuth } from "../auth";
import { awsManagedServices } from "../aws-managed";
import { kmsErrors } from "../errors";
import { aliasArnOf, findKey, foundKey } from "../find";
import { nothing, stateProblem } from "../manage";
import { isFailure, page, pageFrom, type PageInput } from "../pagination";
import { keySpecs } from "../specs";
import { aliases, type AliasRow, type KeyRow } from "../state";

/** Source: KMS Developer Guide, Resource quotas. */
const aliasesPerKey = 50;

/** Rules for an alias name that a caller may change. The prefix text is recorded from AWS; `alias/aws/` is refused as moto found it. */
function checkName(name: string): Failure | undefined {
  if (!name.startsWith("alias/"))
    return fail(
      "ValidationException",
      'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
    );
  if (name.startsWith("alias/aws/")) return fail("NotAuthorizedException", "");
  if (name.includes(":")) return fail("ValidationException", `${name} contains invalid characters for an alias`);
  if (name === "alias/")
    return fail("InvalidAliasNameException", "The request was rejected because the specified alias name is not valid.");
  return undefined;
}

const notAnAlias = (targetKeyId: string): Failure | undefined =>
  /^(alias\/|arn:[^:]*:kms:[^:]*:[^:]*:alias\/)/.test(targetKeyId)
    ? fail("ValidationException", "Aliases must refer to keys. Not aliases")
    : undefined;

/** Permission on the alias comes from IAM alone; an alias has no policy. */
const aliasQuestion = (ctx: Context, operation: string, aliasName: string): AuthRequest => ({
  action: `kms:${operation}`,
  resource: aliasArnOf(ctx.region, ctx.account, aliasName),
  context: { ...callContext(ctx), "kms:RequestAlias": aliasName },
});

function keyQuestion(ctx: Context, operation: string, keyId: string): AuthRequest | Failure {
  const action = `kms:${operation}`;
  const result = findKey(ctx, keyId, { action, aliases: false });
  return result.ok ? keyAuth(ctx, { action, found: result.found }) : result;
}

/** The questions, or the first failure. */
function both(...questions: (AuthRequest | Failure)[]): AuthRequest[] | Failure {
  const failure = questions.find((question): question is Failure => "ok" in question);
  return failure ?? (questions as AuthRequest[]);
}

const aliasNotThere = (ctx: Context, aliasName: string): Failure => kmsErrors.aliasNotFound(aliasArnOf(ctx.region, ctx.account, aliasName));

function checkCount(ctx: Context, key: Readonly<KeyRow>): Failure | undefined {
  const count = aliases(ctx.db).having("TargetKeyId", key.KeyId).length;
  return count >= aliasesPerKey
    ? kmsErrors.limit(`You have reached the maximum number of aliases for this KMS key (${aliasesPerKey}).`)
    : undefined;
}

/**
 * A name for a key, in its account and Region. Asked of IAM for the alias and of the key policy for the key.
 * Errors: AlreadyExistsException, ValidationException, InvalidAliasNameException, NotAuthorizedException, LimitExceededException.
 * Source: KMS API, CreateAlias; KMS Developer Guide, Controlling access to aliases.
 */
export const CreateAlias: Operation = {
  name: "CreateAlias",
  validate: ({ AliasName, TargetKeyId }: { AliasName: string; TargetKeyId: string }) => checkName(AliasName) ?? notAnAlias(TargetKeyId),
  authorise: ({ AliasName, TargetKeyId }, ctx) =>
    both(aliasQuestion(ctx, "CreateAlias", AliasName), keyQuestion(ctx, "CreateAlias", TargetKeyId)),
  handle({ AliasName, TargetKeyId }, ctx) {
    const { key } = foundKey(ctx, TargetKeyId);
    const AliasArn = aliasArnOf(ctx.region, ctx.account, AliasName);
    if (aliases(ctx.db).get(AliasName)) return fail("AlreadyExistsException", `An alias with the name ${AliasArn} already exists`);
    const problem = stateProblem("CreateAlias", key, ctx) ?? checkCount(ctx, key);
    if (problem) return problem;
    aliases(ctx.db).put(AliasName, { AliasName, AliasArn, TargetKeyId: key.KeyId, CreationDate: ctx.now, LastUpdatedDate: ctx.now });
    return nothing();
  },
};

/** What must be the same of the old key and the new: symmetric, HMAC or asymmetric, and the usage. */
function checkKind(alias: Readonly<AliasRow>, from: Readonly<KeyRow>, to: Readonly<KeyRow>): Failure | undefined {
  const typeOf = ({ KeySpec }: Readonly<KeyRow>): string => {
    const { family } = keySpecs[KeySpec];
    return family === "symmetric" || family === "hmac" ? family : "asymmetric";
  };
  if (typeOf(from) === typeOf(to) && from.KeyUsage === to.KeyUsage) return undefined;
  return fail(
    "ValidationException",
    `Alias ${alias.AliasArn} cannot be updated: the current key (${from.KeySpec}, ${from.KeyUsage}) and the new key (${to.KeySpec}, ${to.KeyUsage}) must be of the same type and have the same key usage.`,
  );
}

/**
 * Moves an alias to another key of the same type and usage. Asked of IAM for the alias and of both keys' policies.
 * Errors: NotFoundException, ValidationException (its text for unlike keys is Keyhole's: none is known), LimitExceededException.
 * Source: KMS API, UpdateAlias.
 */
export const UpdateAlias: Operation = {
  name: "UpdateAlias",
  validate: ({ AliasName, TargetKeyId }: { AliasName: string; TargetKeyId: string }) => checkName(AliasName) ?? notAnAlias(TargetKeyId),
  authorise({ AliasName, TargetKeyId }, ctx) {
    const alias = aliases(ctx.db).get(AliasName);
    if (!alias?.TargetKeyId) return aliasNotThere(ctx, AliasName);
    return both(
      aliasQuestion(ctx, "UpdateAlias", AliasName),
      keyQuestion(ctx, "UpdateAlias", alias.TargetKeyId),
      keyQuestion(ctx, "UpdateAlias", TargetKeyId),
    );
  },
  handle({ AliasName, TargetKeyId }, ctx) {
    const alias = aliases(ctx.db).edit(AliasName);
    const { key: from } = foundKey(ctx, alias.TargetKeyId!);
    const { key: to } = foundKey(ctx, TargetKeyId);
    const problem =
      stateProblem("UpdateAlias", to, ctx) ?? checkKind(alias, from, to) ?? (from.KeyId === to.KeyId ? undefined : checkCount(ctx, to));
    if (problem) return problem;
    alias.TargetKeyId = to.KeyId;
    alias.LastUpdatedDate = ctx.now;
    return nothing();
  },
};

/** The key stays as it is. Asked of IAM for the alias and of the key's policy. Source: KMS API, DeleteAlias. */
export const DeleteAlias: Operation = {
  name: "DeleteAlias",
  validate: ({ AliasName }: { AliasName: string }) => checkName(AliasName),
  authorise({ AliasName }, ctx) {
    const alias = aliases(ctx.db).get(AliasName);
    if (!alias?.TargetKeyId) return aliasNotThere(ctx, AliasName);
    return both(aliasQuestion(ctx, "DeleteAlias", AliasName), keyQuestion(ctx, "DeleteAlias", alias.TargetKeyId));
  },
  handle({ AliasName }, ctx) {
    aliases(ctx.db).delete(AliasName);
    return nothing();
  },
};

function aliasEntry({ AliasName, AliasArn, TargetKeyId, CreationDate, LastUpdatedDate }: Readonly<AliasRow>): JsonObject {
  return { AliasName, AliasArn, TargetKeyId, CreationDate: CreationDate / 1000, LastUpdatedDate: LastUpdatedDate / 1000 };
}

/**
 * Aliases of the account and Region, or of one key. AWS's own aliases are there from the beginning; those whose key was
 * not needed yet have no TargetKeyId. IAM alone allows it.
 * Source: KMS API, ListAliases.
 */
export const ListAliases: Operation = {
  name: "ListAliases",
  authorise({ KeyId }: { KeyId?: string } & PageInput, ctx) {
    if (KeyId !== undefined) {
      const result = findKey(ctx, KeyId, { action: "kms:ListAliases", aliases: false });
      if (!result.ok) return result;
    }
    return { action: "kms:ListAliases", resource: "*", context: callContext(ctx) };
  },
  handle(input: { KeyId?: string } & PageInput, ctx) {
    const key = input.KeyId === undefined ? undefined : foundKey(ctx, input.KeyId).key;
    const table = aliases(ctx.db);
    const rule = { usual: 50, most: 100, list: `ListAliases ${key?.KeyId ?? ""}`, place: ({ AliasName }: JsonObject) => AliasName as string };
    const listed = key
      ? page((key.AWSAccountId === ctx.account ? table.having("TargetKeyId", key.KeyId) : []).map(aliasEntry), input, rule)
      : pageFrom(
          (after, limit) =>
            [...table.ids({ after, limit }).map((id) => aliasEntry(table.get(id)!)), ...unusedAwsAliases(ctx, table, after)]
              .sort((a, b) => (rule.place(a) < rule.place(b) ? -1 : 1))
              .slice(0, limit),
          input,
          rule,
        );
    return isFailure(listed) ? listed : ok({ Aliases: listed.entries, ...listed.rest });
  },
};

/** Those after a place of which there is no row yet. */
const unusedAwsAliases = (ctx: Context, table: Table<AliasRow>, after: string | undefined): JsonObject[] =>
  Object.keys(awsManagedServices)
    .map((name) => `alias/aws/${name}`)
    .filter((AliasName) => !table.get(AliasName) && (after === undefined || AliasName > after))
    .map((AliasName) => ({ AliasName, AliasArn: aliasArnOf(ctx.region, ctx.account, AliasName) }));
