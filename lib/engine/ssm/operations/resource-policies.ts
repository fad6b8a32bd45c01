import { toHex, utf8 } from "../../crypto/bytes";
import { type Failure, fail, ok } from "../../errors";
import type { AuthRequest, Context, JsonObject, Operation } from "../../types";
import { askOwn, everything } from "../authorise";
import { isFailure, notSimulated } from "../errors";
import { type Reference, parseReference } from "../names";
import { defaultKey } from "../secure";
import { findRow } from "../selectors";
import { type ParameterRow, type ResourcePolicyRow, currentVersion, parameterArn, policyRowId, resourcePolicies } from "../state";
import { takePage } from "../tokens";

/**
 * Sharing an advanced parameter with other accounts by a policy on it.
 * Source: SSM API, PutResourcePolicy, GetResourcePolicies, DeleteResourcePolicy; Systems Manager User Guide, working
 * with shared parameters. The refusals' texts are unverified.
 */

interface Target {
  ResourceArn: string;
}

const maxBytes = 1_024;
const invalidParameter = (ParameterNames: string[], message: string): Failure => fail("ResourcePolicyInvalidParameterException", message, { ParameterNames });

/** Only parameters have policies here. */
function otherResources(input: Target): Failure | undefined {
  const kind = /^arn:[^:]*:ssm:[^:]*:[^:]*:(opsitemgroup|document)\b/.exec(input.ResourceArn)?.[1];
  return kind ? notSimulated(`resource policies of the SSM resource ${kind}`) : undefined;
}

function ask(ctx: Context, action: string, input: Target): AuthRequest {
  const reference = readArn(ctx, input);
  return "ok" in reference ? { action: `ssm:${action}`, resource: everything(ctx) } : askOwn(ctx, action, findRow(ctx, reference)?.Name ?? reference.names[0]);
}

/** Errors: ResourcePolicyInvalidParameterException. */
function readArn(ctx: Context, input: Target): Reference | Failure {
  const reference = input.ResourceArn.startsWith("arn:") ? parseReference(input.ResourceArn, ctx.region, ctx.account) : undefined;
  const own = reference && !isFailure(reference) && reference.selector === undefined && reference.account === ctx.account && reference.region === ctx.region;
  return own ? reference : invalidParameter(["ResourceArn"], "ResourceArn must be the ARN of a parameter of this account and Region.");
}

/** Errors: ResourcePolicyInvalidParameterException, ResourceNotFoundException. */
function target(ctx: Context, input: Target): Readonly<ParameterRow> | Failure {
  const reference = readArn(ctx, input);
  if ("ok" in reference) return reference;
  return findRow(ctx, reference) ?? fail("ResourceNotFoundException", `The parameter ${input.ResourceArn} was not found.`);
}

const hashOf = (ctx: Context, policy: string): string => toHex(ctx.ciphers.sha256(utf8(policy)));

/** Does the document read as a policy about this parameter? */
function problemOfPolicy(text: string, arn: string): Failure | undefined {
  const malformed = (message: string): Failure => fail("MalformedResourcePolicyDocumentException", message);
  if (utf8(text).length > maxBytes) return fail("ResourcePolicyLimitExceededException", `A resource policy can have at most ${maxBytes} bytes.`, { Limit: maxBytes, LimitType: "PolicySize" });
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return malformed("The policy is not valid JSON.");
  }
  if (typeof document !== "object" || document === null || !("Statement" in document)) return malformed("The policy has no Statement.");
  const statements: unknown[] = Array.isArray(document.Statement) ? document.Statement : [document.Statement];
  for (const statement of statements) {
    if (typeof statement !== "object" || statement === null) return malformed("A statement of the policy is not an object.");
    const { Effect, Principal, Action, Resource } = statement as Record<string, unknown>;
    if (Effect !== "Allow" && Effect !== "Deny") return malformed("A statement's Effect must be Allow or Deny.");
    if (!Principal) return malformed("A statement has no Principal.");
    if (!list(Action).length || list(Action).some((action) => !action.startsWith("ssm:"))) return malformed("A statement's Action must be of the service ssm.");
    if (list(Resource).some((resource) => resource !== arn) || !list(Resource).length) return malformed("A statement's Resource must be the parameter's ARN.");
  }
  return undefined;
}

const list = (value: unknown): string[] => (typeof value === "string" ? [value] : Array.isArray(value) ? value.map(String) : []);

/** The stored policy that id and hash name. Errors: ResourcePolicyNotFoundException, ResourcePolicyConflictException. */
function stored(ctx: Context, name: string, id: string, hash: string | undefined): Readonly<ResourcePolicyRow> | Failure {
  const row = resourcePolicies(ctx.db).get(policyRowId(name, id));
  if (!row) return fail("ResourcePolicyNotFoundException", `The policy ${id} was not found.`);
  return row.PolicyHash === hash ? row : fail("ResourcePolicyConflictException", "The hash is not that of the stored policy.");
}

/**
 * Errors: ResourceNotFoundException, MalformedResourcePolicyDocumentException, ResourcePolicyInvalidParameterException,
 * ResourcePolicyConflictException, ResourcePolicyNotFoundException, ResourcePolicyLimitExceededException.
 */
export const putResourcePolicy: Operation = {
  name: "PutResourcePolicy",
  validate: otherResources,
  authorise: (input: Target, ctx) => ask(ctx, "PutResourcePolicy", input),
  handle(input: Target & { Policy: string; PolicyId?: string; PolicyHash?: string }, ctx) {
    const row = target(ctx, input);
    if ("ok" in row) return row;
    if (row.Tier !== "Advanced") return invalidParameter(["ResourceArn"], "Only a parameter in the advanced-parameter tier can be shared.");
    const keyId = currentVersion(ctx.db, row).KeyId;
    if (keyId === defaultKey || keyId?.endsWith(`:${defaultKey}`)) return invalidParameter(["ResourceArn"], "A SecureString that is encrypted with an AWS managed key can't be shared. Use a customer managed key.");
    const wrong = problemOfPolicy(input.Policy, parameterArn(ctx.region, ctx.account, row.Name));
    if (wrong) return wrong;
    if (input.PolicyId !== undefined) {
      const old = stored(ctx, row.Name, input.PolicyId, input.PolicyHash);
      if (isFailure(old)) return old;
    }
    const PolicyId = input.PolicyId ?? ctx.newId();
    const PolicyHash = hashOf(ctx, input.Policy);
    resourcePolicies(ctx.db).put(policyRowId(row.Name, PolicyId), { PolicyId, PolicyHash, Policy: input.Policy });
    return ok({ PolicyId, PolicyHash });
  },
  cost: () => [],
};

/** Errors: ResourceNotFoundException, ResourcePolicyInvalidParameterException. */
export const getResourcePolicies: Operation = {
  name: "GetResourcePolicies",
  validate: otherResources,
  authorise: (input: Target, ctx) => ask(ctx, "GetResourcePolicies", input),
  handle(input: Target & { NextToken?: string; MaxResults?: number }, ctx) {
    const row = target(ctx, input);
    if ("ok" in row) return row;
    const table = resourcePolicies(ctx.db);
    function* stream(after?: string): Generator<[string, JsonObject]> {
      for (const id of table.ids({ prefix: `${(row as ParameterRow).Name}\0`, after })) yield [id, { ...table.get(id)! }];
    }
    const page = takePage(input.NextToken, JSON.stringify(["GetResourcePolicies", row.Name]), input.MaxResults ?? 50, stream);
    if (isFailure(page)) return invalidParameter(["NextToken"], "The specified token isn't valid.");
    return ok({ ...(page.next && { NextToken: page.next }), Policies: page.items });
  },
  cost: () => [],
};

/** Errors: ResourceNotFoundException, ResourcePolicyConflictException, ResourcePolicyNotFoundException. */
export const deleteResourcePolicy: Operation = {
  name: "DeleteResourcePolicy",
  validate: otherResources,
  authorise: (input: Target, ctx) => ask(ctx, "DeleteResourcePolicy", input),
  handle(input: Target & { PolicyId: string; PolicyHash: string }, ctx) {
    const row = target(ctx, input);
    if ("ok" in row) return row;
    const old = stored(ctx, row.Name, input.PolicyId, input.PolicyHash);
    if (isFailure(old)) return old;
    resourcePolicies(ctx.db).delete(policyRowId(row.Name, input.PolicyId));
    return ok({});
  },
  cost: () => [],
};
