import { utf8 } from "../crypto/bytes";
import { fail, type Failure } from "../errors";
import type { Context } from "../types";
import { keyAuth } from "./auth";
import type { Found } from "./find";
import { validPrincipal } from "./principals";

/** "The key policy size limit is 32 kilobytes (32768 bytes)." Source: KMS API, PutKeyPolicy. */
const mostBytes = 32_768;

const malformed = (message: string): Failure => fail("MalformedPolicyDocumentException", message);

/** The API's own description of the error: no recorded text for a policy that is not well formed was found. */
const notWellFormed = (): Failure =>
  malformed("The request was rejected because the specified policy is not syntactically or semantically correct.");

const statementMembers = new Set([
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
]);
const policyMembers = new Set(["Version", "Id", "Statement"]);
const versions = new Set(["2008-10-17", "2012-10-17"]);

/**
 * What KMS asks of a key policy before it stores it: its size, its form, and that every principal in it exists.
 * A statement without Action or Resource is let through, as AWS does; it has no effect.
 * Errors: LimitExceededException (its text is Keyhole's: none is recorded), MalformedPolicyDocumentException.
 * Source: KMS API, PutKeyPolicy (Policy); AWS re:Post, "kms-policy-error-invalid-principals".
 */
export function checkPolicy(document: string, ctx: Context): Failure | undefined {
  if (utf8(document).length > mostBytes)
    return fail("LimitExceededException", `The key policy exceeds the maximum size of ${mostBytes} bytes.`);
  let policy: unknown;
  try {
    policy = JSON.parse(document);
  } catch {
    return notWellFormed();
  }
  if (!isObject(policy) || Object.keys(policy).some((name) => !policyMembers.has(name))) return notWellFormed();
  if (policy.Version !== undefined && !versions.has(policy.Version as string)) return notWellFormed();
  if (policy.Id !== undefined && typeof policy.Id !== "string") return notWellFormed();
  const statements = Array.isArray(policy.Statement) ? policy.Statement : [policy.Statement];
  const sids = new Set<string>();
  for (const statement of statements) {
    const problem = checkStatement(statement, sids);
    if (problem) return problem;
  }
  for (const statement of statements as Record<string, unknown>[])
    if (!principalsOf(statement.Principal ?? statement.NotPrincipal).every(([kind, name]) => validPrincipal(kind, name, ctx)))
      return malformed("Policy contains a statement with one or more invalid principals.");
  return undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);
const isTexts = (value: unknown): boolean =>
  typeof value === "string" || (Array.isArray(value) && value.length > 0 && value.every((entry) => typeof entry === "string"));

function checkStatement(statement: unknown, sids: Set<string>): Failure | undefined {
  if (!isObject(statement) || Object.keys(statement).some((name) => !statementMembers.has(name))) return notWellFormed();
  const { Sid, Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition } = statement;
  if (Effect !== "Allow" && Effect !== "Deny") return notWellFormed();
  if (Sid !== undefined) {
    if (typeof Sid !== "string" || (Sid !== "" && sids.has(Sid))) return notWellFormed();
    sids.add(Sid);
  }
  for (const [one, other] of [
    [Principal, NotPrincipal],
    [Action, NotAction],
    [Resource, NotResource],
  ])
    if (one !== undefined && other !== undefined) return notWellFormed();
  const actions = Action ?? NotAction;
  if (
    actions !== undefined &&
    (!isTexts(actions) || [actions].flat().some((action) => !/^(\*|[A-Za-z0-9-]+:[A-Za-z*?]+)$/.test(action as string)))
  )
    return notWellFormed();
  const resources = Resource ?? NotResource;
  if (resources !== undefined && !isTexts(resources)) return notWellFormed();
  if (Condition !== undefined && !validCondition(Condition)) return notWellFormed();
  const principal = Principal ?? NotPrincipal;
  if (principal === undefined || (isObject(principal) && Object.keys(principal).length === 0))
    return malformed("Policy contains a statement with no principal.");
  if (principal !== "*" && !(isObject(principal) && Object.values(principal).every(isTexts)))
    return malformed("Policy contains a statement with one or more invalid principals.");
  return undefined;
}

const isScalar = (value: unknown): boolean => typeof value === "string" || typeof value === "boolean" || typeof value === "number";

const validCondition = (condition: unknown): boolean =>
  isObject(condition) &&
  Object.values(condition).every(
    (keys) => isObject(keys) && Object.values(keys).every((value) => isScalar(value) || (Array.isArray(value) && value.every(isScalar))),
  );

const principalsOf = (principal: unknown): [kind: string, name: string][] =>
  principal === "*"
    ? [["AWS", "*"]]
    : Object.entries(principal as Record<string, string | string[]>).flatMap(([kind, names]) =>
        [names].flat().map((name): [string, string] => [kind, name]),
      );

/**
 * The lockout check: under the new policy the caller must still be allowed to change it. The question is the one that a
 * next PutKeyPolicy would put, so a caller with an IAM policy passes where the key policy lets its account in, and
 * conditions see the key. `found` is the key as it would be, or as it is (its own policy is not read).
 * Error: MalformedPolicyDocumentException.
 * Source: KMS API, PutKeyPolicy (BypassPolicyLockoutSafetyCheck); text: terraform-aws-modules/terraform-aws-eks#2843.
 */
export function checkLockout(document: string, found: Found, ctx: Context): Failure | undefined {
  const question = keyAuth(ctx, { action: "kms:PutKeyPolicy", found, context: { "kms:BypassPolicyLockoutSafetyCheck": "false" } });
  const decision = ctx.may({ ...question, resourcePolicy: { ...question.resourcePolicy!, document, from: "the new key policy" } });
  return decision.effect === "Allow"
    ? undefined
    : malformed("The new key policy will not allow you to update the key policy in the future.");
}
