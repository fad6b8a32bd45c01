import type { Failure } from "../errors";
import { deniedError } from "../iam/denied";
import type { AuthRequest, ConditionContext, Context, Principal } from "../types";
import { keyOfCiphertext, kmsErrors } from "./errors";
import type { Found } from "./find";
import { grantIdOfToken } from "./grant-tokens";
import { isPrimary } from "./multi-region";
import { aliases, grants, type GrantRow, type KeyRow } from "./state";

/**
 * Questions to the policies about a key. The key policy is the sole authority: IAM counts only where it lets the
 * account in; a grant is a third way in; from another account both sides must allow.
 * Source: KMS Developer Guide, Determining access to AWS KMS keys; Condition keys for AWS KMS.
 */

/** A new grant works everywhere at the latest after this; until then only with its token. */
export const GRANT_PROPAGATION_MS = 5 * 60 * 1000;

/** What another account can be allowed to do; anything else has no effect from there. */
export const crossAccountActions: ReadonlySet<string> = new Set(
  [
    "Encrypt",
    "Decrypt",
    "ReEncryptFrom",
    "ReEncryptTo",
    "GenerateDataKey",
    "GenerateDataKeyWithoutPlaintext",
    "GenerateDataKeyPair",
    "GenerateDataKeyPairWithoutPlaintext",
    "Sign",
    "Verify",
    "GenerateMac",
    "VerifyMac",
    "DeriveSharedSecret",
    "GetPublicKey",
    "DescribeKey",
    "CreateGrant",
    "ListGrants",
    "RetireGrant",
    "RevokeGrant",
    "GetKeyRotationStatus",
  ].map((name) => `kms:${name}`),
);

/** Operations that carry an encryption context; only these are held against a grant's constraints. */
const encryptionContextOperations = new Set([
  "Encrypt",
  "Decrypt",
  "ReEncryptFrom",
  "ReEncryptTo",
  "GenerateDataKey",
  "GenerateDataKeyWithoutPlaintext",
  "GenerateDataKeyPair",
  "GenerateDataKeyPairWithoutPlaintext",
]);

export interface KeyQuestion {
  /** `kms:Decrypt`. */
  action: string;
  found: Found;
  /** As in the request; each must be a token's form (`checkGrantTokens`). */
  grantTokens?: string[];
  /** Of the request; adds `kms:EncryptionContext:*` and `kms:EncryptionContextKeys`, and is held against grant constraints. */
  encryptionContext?: Record<string, string>;
  /** Condition keys of this operation alone (`kms:EncryptionAlgorithm`). */
  context?: ConditionContext;
  /** The key was found by the ciphertext: a refusal does not name it. */
  byCiphertext?: boolean;
}

/** The question whether the caller may do this with this key. Everything about the key that conditions can ask is in it. */
export function keyAuth(ctx: Context, question: KeyQuestion): AuthRequest {
  const { action, found, encryptionContext, byCiphertext } = question;
  const { key } = found;
  const other = key.AWSAccountId !== ctx.principal.account;
  const request: AuthRequest = {
    action,
    resource: key.Arn,
    resourcePolicy: policyOf(key),
    grants: grantsFor(ctx, question),
    context: Object.assign(callContext(ctx), keyContext(found), encryptionContextKeys(encryptionContext), question.context),
  };
  if (other) request.resourceAccount = key.AWSAccountId;
  if (other && !crossAccountActions.has(action)) request.sameAccountOnly = true;
  if (key.KeyManager === "AWS") request.awsManagedResource = true;
  if (byCiphertext) request.denied = (decision) => deniedError(decision, "kms", keyOfCiphertext);
  return request;
}

type KeyPolicy = NonNullable<AuthRequest["resourcePolicy"]>;
const keyPolicies = new WeakMap<Readonly<KeyRow>, KeyPolicy>();

/** A key's policy as the policies see it: the same object while its text stays. */
function policyOf(key: Readonly<KeyRow>): KeyPolicy {
  let policy = keyPolicies.get(key);
  if (policy?.document !== key.policy) {
    policy = { kind: "KeyPolicy", authority: "sole", name: "default", document: key.policy, from: `key ${key.KeyId}` };
    keyPolicies.set(key, policy);
  }
  return policy;
}

/** `kms:CallerAccount` and `kms:ViaService`: known for every call, also for those that name no key. */
export function callContext(ctx: Context): ConditionContext {
  const context: ConditionContext = { "kms:CallerAccount": ctx.principal.account };
  const via = ctx.via.at(-1);
  if (via) context["kms:ViaService"] = `${via}.${ctx.region}.amazonaws.com`;
  return context;
}

function keyContext({ key, alias, db }: Found): ConditionContext {
  const context: ConditionContext = {
    "kms:KeySpec": key.KeySpec,
    "kms:KeyUsage": key.KeyUsage,
    "kms:KeyOrigin": key.Origin,
    "kms:MultiRegion": String(key.MultiRegion),
  };
  if (key.MultiRegion) context["kms:MultiRegionKeyType"] = isPrimary(db, key) ? "PRIMARY" : "REPLICA";
  const names = aliases(db).having("TargetKeyId", key.KeyId).map(({ AliasName }) => AliasName);
  if (names.length) context["kms:ResourceAliases"] = names;
  if (alias) context["kms:RequestAlias"] = alias;
  for (const { TagKey, TagValue } of key.tags) context[`aws:ResourceTag/${TagKey}`] = TagValue;
  return context;
}

/** `kms:EncryptionContext:<key>` for each pair, and all keys in `kms:EncryptionContextKeys`. */
export function encryptionContextKeys(encryptionContext: Record<string, string> | undefined): ConditionContext {
  const context: ConditionContext = {};
  if (!encryptionContext) return context;
  const names = Object.keys(encryptionContext);
  if (!names.length) return context;
  for (const name of names) context[`kms:EncryptionContext:${name}`] = encryptionContext[name];
  context["kms:EncryptionContextKeys"] = names;
  return context;
}

/** InvalidGrantTokenException for a text that is no grant token. A token of a grant that is gone is simply of no use. */
export function checkGrantTokens(tokens: string[] | undefined): Failure | undefined {
  return tokens?.some((token) => grantIdOfToken(token) === undefined) ? kmsErrors.invalidGrantToken() : undefined;
}

// ---------------------------------------------------------------- grants

type GrantAnswer = NonNullable<AuthRequest["grants"]>[number];

function grantsFor(ctx: Context, question: KeyQuestion): GrantAnswer[] | undefined {
  const { found, action } = question;
  const table = grants(found.db);
  if (!table.size) return undefined;
  const ids = table.ids({ prefix: `${found.key.KeyId}/` });
  if (!ids.length) return undefined;
  const operation = action.slice("kms:".length);
  return ids.map((id) => {
    const grant = table.get(id)!;
    const obstacle = grantObstacle(ctx, grant, operation, question);
    const answer = { id: grant.GrantId, grantee: grant.GranteePrincipal };
    return obstacle === undefined ? { ...answer, matched: true, why: `allows ${operation}` } : { ...answer, matched: false, why: obstacle };
  });
}

/** Why a grant does not allow this, or undefined. */
function grantObstacle(ctx: Context, grant: Readonly<GrantRow>, operation: string, question: KeyQuestion): string | undefined {
  if (!isGrantee(grant.GranteePrincipal, ctx.principal)) return `is for ${grant.GranteePrincipal}`;
  if (!grant.Operations.includes(operation)) return `allows ${grant.Operations.join(", ")}, not ${operation}`;
  if (encryptionContextOperations.has(operation)) {
    const constraint = constraintObstacle(grant.Constraints, question.encryptionContext ?? {});
    if (constraint) return constraint;
  }
  const age = ctx.now - grant.CreationDate;
  if (age < GRANT_PROPAGATION_MS && !question.grantTokens?.some((token) => grant.tokens.includes(token)))
    return `was made ${Math.floor(age / 1000)} s ago, and for up to ${GRANT_PROPAGATION_MS / 60_000} minutes works only with its grant token`;
  return undefined;
}

/**
 * A grantee is a user, a role (all its sessions), one role session, an AWS service, or an account's root.
 * AWS does not document what a grant to an account means for that account's users and roles; here it means root alone.
 */
export function isGrantee(grantee: string, principal: Principal): boolean {
  return grantee === principal.arn || grantee === principal.roleArn || (principal.service !== undefined && grantee === principal.service);
}

/** Context keys compare without regard to case in a constraint, values with it. Source: KMS API, GrantConstraints. */
function constraintObstacle(constraints: GrantRow["Constraints"], context: Record<string, string>): string | undefined {
  const { EncryptionContextEquals: equals, EncryptionContextSubset: subset } = constraints ?? {};
  const wanted = equals ?? subset;
  if (!wanted) return undefined;
  const has = new Map(Object.entries(context).map(([name, value]) => [name.toLowerCase(), value]));
  for (const [name, value] of Object.entries(wanted))
    if (has.get(name.toLowerCase()) !== value) return `wants ${name}=${value} in the encryption context`;
  if (equals && has.size !== Object.keys(equals).length) return "wants exactly its own encryption context, and the request has more in it";
  return undefined;
}
