import { fail, type Failure } from "../errors";
import type { Context, JsonObject, Principal } from "../types";
import { isGrantee } from "./auth";
import { validPrincipal } from "./principals";
import { isAsymmetric } from "./specs";
import { grants, type GrantRow, type KeyRow } from "./state";

/**
 * Grants: what may stand in one, how it is named, and who may retire it.
 * Source: KMS API, CreateGrant; KMS Developer Guide, Grants in AWS KMS, Retiring and revoking grants.
 */

/** "Each constraint value can include up to 8 encryption context pairs." Source: KMS API, CreateGrant (Constraints). */
const mostPairs = 8;
const longestValue = 384;
/** Grants for each KMS key. Source: KMS Developer Guide, Resource quotas. */
export const mostGrants = 50_000;

const anyKey = ["CreateGrant", "RetireGrant", "DescribeKey"];
const dataKeys = ["GenerateDataKey", "GenerateDataKeyWithoutPlaintext", "GenerateDataKeyPair", "GenerateDataKeyPairWithoutPlaintext"];
const encryption = ["Encrypt", "Decrypt", "ReEncryptFrom", "ReEncryptTo"];

/** Operations that a grant on this key may allow. Source: KMS Developer Guide, Grant operations. */
export function grantOperations({ KeySpec, KeyUsage }: Pick<KeyRow, "KeySpec" | "KeyUsage">): string[] {
  const publicKey = isAsymmetric(KeySpec) ? ["GetPublicKey"] : [];
  switch (KeyUsage) {
    case "ENCRYPT_DECRYPT":
      return [...encryption, ...(KeySpec === "SYMMETRIC_DEFAULT" ? dataKeys : publicKey), ...anyKey];
    case "SIGN_VERIFY":
      return ["Sign", "Verify", ...publicKey, ...anyKey];
    case "GENERATE_VERIFY_MAC":
      return ["GenerateMac", "VerifyMac", ...anyKey];
    case "KEY_AGREEMENT":
      return ["DeriveSharedSecret", ...publicKey, ...anyKey];
  }
}

export interface GrantInput {
  KeyId: string;
  GranteePrincipal: string;
  RetiringPrincipal?: string;
  Operations: string[];
  Constraints?: GrantRow["Constraints"];
  GrantTokens?: string[];
  Name?: string;
  DryRun?: boolean;
}

/** Rules that need no key. The text for a grant of CreateGrant alone: ansible/ansible#31960, quoting AWS. */
export function checkGrantInput({ Operations, Constraints }: GrantInput): Failure | undefined {
  if (Operations.every((operation) => operation === "CreateGrant"))
    return fail(
      "ValidationException",
      Operations.length ? "Grants must not contain only the CreateGrant operation." : "Grants must contain at least one operation.",
    );
  for (const [name, pairs] of Object.entries(Constraints ?? {})) {
    if (Object.keys(pairs).length > mostPairs)
      return fail("ValidationException", `The ${name} constraint cannot have more than ${mostPairs} pairs.`);
    const long = Object.values(pairs).find((value) => value.length > longestValue);
    if (long !== undefined)
      return fail(
        "ValidationException",
        `An encryption context value in the ${name} constraint cannot be longer than ${longestValue} characters.`,
      );
  }
  return undefined;
}

/** Rules that depend on the key and on who exists. "ARN does not refer to a valid principal" is AWS's text. */
export function checkGrant(input: GrantInput, key: KeyRow, ctx: Context): Failure | undefined {
  const allowed = grantOperations(key);
  const wrong = input.Operations.filter((operation) => !allowed.includes(operation));
  if (wrong.length)
    return fail(
      "ValidationException",
      `Operations [${wrong.join(", ")}] are not supported for the key spec ${key.KeySpec} with key usage ${key.KeyUsage}.`,
    );
  if (hasConstraint(input.Constraints) && key.KeySpec !== "SYMMETRIC_DEFAULT")
    return fail("ValidationException", `Encryption context constraints are not supported for the key spec ${key.KeySpec}.`);
  for (const principal of [input.GranteePrincipal, input.RetiringPrincipal])
    if (principal !== undefined && !validGrantPrincipal(principal, ctx))
      return fail("InvalidArnException", `ARN does not refer to a valid principal: ${principal}`);
  return undefined;
}

const hasConstraint = (constraints: GrantRow["Constraints"]): boolean =>
  Object.values(constraints ?? {}).some((pairs) => Object.keys(pairs ?? {}).length > 0);

/** An account (ARN or number), user, role, session, or a service: the last is how AWS services hold grants. */
const validGrantPrincipal = (principal: string, ctx: Context): boolean =>
  principal !== "*" && (validPrincipal("AWS", principal, ctx) || validPrincipal("Service", principal, ctx));

/** The grant that this request made before, if it says a name and everything else is the same. */
export function sameGrant(input: GrantInput, key: KeyRow, issuer: string, ctx: Context): GrantRow | undefined {
  if (input.Name === undefined) return undefined;
  const wanted = JSON.stringify(comparable({ ...input, IssuingAccount: issuer }));
  return grantsOf(key, ctx).find((grant) => grant.Name === input.Name && JSON.stringify(comparable(grant)) === wanted);
}

const sortedPairs = (pairs: Record<string, string> | undefined): [string, string][] | null =>
  pairs ? Object.entries(pairs).sort(([a], [b]) => (a < b ? -1 : 1)) : null;

const comparable = (
  grant: Pick<GrantRow, "Name" | "GranteePrincipal" | "RetiringPrincipal" | "Operations" | "Constraints" | "IssuingAccount">,
): JsonObject => ({
  Name: grant.Name,
  GranteePrincipal: grant.GranteePrincipal,
  RetiringPrincipal: grant.RetiringPrincipal ?? null,
  IssuingAccount: grant.IssuingAccount,
  Operations: [...new Set(grant.Operations)].sort(),
  Subset: sortedPairs(grant.Constraints?.EncryptionContextSubset),
  Equals: sortedPairs(grant.Constraints?.EncryptionContextEquals),
});

/** A key's grants in the order of their ids. */
export function grantsOf(key: Pick<KeyRow, "KeyId" | "AWSAccountId">, ctx: Context): GrantRow[] {
  const table = grants(ctx.db.at({ account: key.AWSAccountId }));
  return table.ids({ prefix: `${key.KeyId}/` }).map((id) => table.get(id)!);
}

/** The root of an account, as ListGrants prints the account that made a grant. */
export const accountRoot = (account: string): string => `arn:aws:iam::${account}:root`;

/** An entry of ListGrants. `Name` is an empty text where the grant has none. Source: KMS Developer Guide, Viewing grants. */
export function grantEntry(grant: GrantRow, key: Pick<KeyRow, "Arn">): JsonObject {
  const entry: JsonObject = {
    KeyId: key.Arn,
    GrantId: grant.GrantId,
    Name: grant.Name ?? "",
    CreationDate: grant.CreationDate / 1000,
    GranteePrincipal: grant.GranteePrincipal,
    IssuingAccount: grant.IssuingAccount,
    Operations: grant.Operations,
  };
  if (grant.RetiringPrincipal !== undefined) entry.RetiringPrincipal = grant.RetiringPrincipal;
  if (grant.Constraints) entry.Constraints = grant.Constraints as JsonObject;
  return entry;
}

/**
 * A grant made by a permission that itself came from a grant may hold no more: operations of the parent only, and
 * constraints at least as strict. Returns what is too much, in words, or undefined.
 * Source: KMS Developer Guide, Granting CreateGrant permission.
 */
export function exceedsParent(child: GrantInput, parent: GrantRow): string | undefined {
  const extra = child.Operations.filter((operation) => !parent.Operations.includes(operation));
  if (extra.length) return `the new grant has operations that this grant has not: ${extra.join(", ")}`;
  const { EncryptionContextEquals: equals, EncryptionContextSubset: subset } = parent.Constraints ?? {};
  const childEquals = child.Constraints?.EncryptionContextEquals;
  const childSubset = child.Constraints?.EncryptionContextSubset;
  if (equals && JSON.stringify(sortedPairs(childEquals)) !== JSON.stringify(sortedPairs(equals)))
    return "the new grant is not held to the same EncryptionContextEquals";
  if (subset) {
    const pairs = { ...childSubset, ...childEquals };
    const lacking = Object.entries(subset).filter(([name, value]) => !Object.hasOwn(pairs, name) || pairs[name] !== value);
    if (lacking.length) return `the new grant does not ask for ${lacking.map(([name, value]) => `${name}=${value}`).join(", ")}`;
  }
  return undefined;
}

/** Does a principal of a grant mean this caller? A role means its sessions, an account (also by its number) its root. */
const meansCaller = (principal: string, caller: Principal): boolean =>
  isGrantee(principal, caller) || (caller.type === "Root" && principal === caller.account);

/**
 * Who may retire a grant without any policy saying so: its retiring principal, and its grantee if the grant allows
 * RetireGrant. Beside them the accounts that made the grant, own the key, or are its retiring principal may: their root
 * by itself, others in them by `kms:RetireGrant` in IAM. A key policy does not count.
 * Source: KMS Developer Guide, Retiring and revoking grants.
 */
export function retireRights(
  grant: GrantRow,
  keyAccount: string,
  caller: Principal,
): { byGrant: boolean; why: string; byAccount: boolean } {
  const accounts = [accountRoot(keyAccount), grant.IssuingAccount];
  if (grant.RetiringPrincipal !== undefined && /^(\d{12}|arn:aws:iam::\d{12}:root)$/.test(grant.RetiringPrincipal))
    accounts.push(grant.RetiringPrincipal);
  const byAccount = accounts.some((account) => account === accountRoot(caller.account) || account === caller.account);
  if (grant.RetiringPrincipal !== undefined && meansCaller(grant.RetiringPrincipal, caller))
    return { byGrant: true, why: "the caller is the retiring principal", byAccount };
  if (meansCaller(grant.GranteePrincipal, caller))
    return grant.Operations.includes("RetireGrant")
      ? { byGrant: true, why: "the caller is the grantee, and the grant allows RetireGrant", byAccount }
      : { byGrant: false, why: "the caller is the grantee, but the grant does not allow RetireGrant", byAccount };
  return { byGrant: false, why: "the caller is neither the retiring principal nor the grantee", byAccount };
}
