import { ok } from "../../errors";
import type { JsonObject, Operation } from "../../types";
import { ask } from "../authorise";
import { isFailure, logsErrors } from "../errors";
import { type PolicyRow, policies } from "../state";
import { makeToken, readToken } from "../tokens";

/**
 * Policies of the account by which services may write to its log groups, as EventBridge's rules do. Policies of one log group
 * (`resourceArn`) are not simulated.
 * Source: CloudWatch Logs User Guide, Overview of managing access permissions to your CloudWatch Logs resources.
 */

/** In an account and Region. Source: CloudWatch Logs API, PutResourcePolicy. */
const mostPolicies = 10;
const mostBytes = 5_120;

interface Named {
  policyName?: string;
  resourceArn?: string;
}

const shown = ({ policyName, policyDocument, lastUpdatedTime }: Readonly<PolicyRow>): JsonObject => ({ policyName, policyDocument, lastUpdatedTime, policyScope: "ACCOUNT" });

const noPolicy = (name: string) => ({ ok: false as const, error: { code: "ResourceNotFoundException", message: `Policy with name [${name}] does not exist.` } });

function isPolicy(text: string): boolean {
  try {
    const { Statement } = JSON.parse(text) as { Statement?: unknown };
    const statements = Array.isArray(Statement) ? (Statement as unknown[]) : [Statement];
    return statements.length > 0 && statements.every((each) => typeof each === "object" && each !== null && "Effect" in each && ("Principal" in each || "NotPrincipal" in each));
  } catch {
    return false;
  }
}

/** Errors: InvalidParameterException, LimitExceededException, NotSimulated. Source: CloudWatch Logs API, PutResourcePolicy. */
export const PutResourcePolicy: Operation = {
  name: "PutResourcePolicy",
  authorise: (_input, ctx) => ask(ctx, "PutResourcePolicy"),
  handle({ policyName, policyDocument, resourceArn }: Named & { policyDocument?: string }, ctx) {
    if (resourceArn !== undefined) return logsErrors.notSimulated("policies of one log group (resourceArn)");
    if (policyName === undefined || policyDocument === undefined) return logsErrors.invalid("policyName and policyDocument are required.");
    if (!isPolicy(policyDocument) || policyDocument.length > mostBytes) return logsErrors.invalid("Invalid resource policy document.");
    if (!policies(ctx.db).get(policyName) && policies(ctx.db).size >= mostPolicies) return { ok: false, error: { code: "LimitExceededException", message: "Resource limit exceeded." } };
    const row: PolicyRow = { policyName, policyDocument, lastUpdatedTime: ctx.now };
    policies(ctx.db).put(policyName, row);
    return ok({ resourcePolicy: shown(row) });
  },
};

/** Errors: ResourceNotFoundException, InvalidParameterException. Source: CloudWatch Logs API, DeleteResourcePolicy. */
export const DeleteResourcePolicy: Operation = {
  name: "DeleteResourcePolicy",
  authorise: (_input, ctx) => ask(ctx, "DeleteResourcePolicy"),
  handle({ policyName, resourceArn }: Named, ctx) {
    if (resourceArn !== undefined) return logsErrors.notSimulated("policies of one log group (resourceArn)");
    if (policyName === undefined) return logsErrors.invalid("policyName is required.");
    if (!policies(ctx.db).get(policyName)) return noPolicy(policyName);
    policies(ctx.db).delete(policyName);
    return ok({});
  },
};

/** Errors: InvalidParameterException. Source: CloudWatch Logs API, DescribeResourcePolicies. */
export const DescribeResourcePolicies: Operation = {
  name: "DescribeResourcePolicies",
  authorise: (_input, ctx) => ask(ctx, "DescribeResourcePolicies"),
  handle({ nextToken, limit = 50, policyScope = "ACCOUNT" }: { nextToken?: string; limit?: number; policyScope?: string }, ctx) {
    const after = readToken(nextToken, "policies");
    if (isFailure(after)) return after;
    const names = policyScope === "ACCOUNT" ? policies(ctx.db).ids({ after }) : [];
    const page = names.slice(0, limit);
    return ok({ resourcePolicies: page.map((name) => shown(policies(ctx.db).get(name)!)), ...(names.length > page.length ? { nextToken: makeToken("policies", page.at(-1)!) } : {}) });
  },
};
