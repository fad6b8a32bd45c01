import { parseArn } from "../arn";
import type { Failure } from "../errors";
import { sessions } from "../iam/state";
import { recognise } from "../iam/who";
import type { Context, Principal, Result } from "../types";
import { lambdaErrors } from "./errors";

/** Lambda itself, acting for an account. */
export const lambdaPrincipal = (account: string): Principal => ({ type: "Service", account, arn: `arn:aws:iam::${account}:root`, userId: "lambda", service: "lambda.amazonaws.com" });

export interface RoleCredentials {
  AccessKeyId: string;
  SecretAccessKey: string;
  SessionToken: string;
  /** ms */
  expiresAt: number;
}

/**
 * Lambda takes on a function's execution role, by STS and so by the role's trust policy. The session has the function's
 * name, as in AWS.
 */
export function assume(ctx: Context, role: string, functionArn: string, seconds = 3600): RoleCredentials | undefined {
  const account = parseArn(role)?.account ?? ctx.account;
  const name = functionArn.split(":")[6];
  const answer = ctx.call("sts", "AssumeRole", { RoleArn: role, RoleSessionName: name.length < 2 ? `${name}_` : name, DurationSeconds: seconds }, {
    as: lambdaPrincipal(account),
    context: { "aws:SourceArn": functionArn, "aws:SourceAccount": account },
  });
  if (!answer.ok) return undefined;
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = answer.output.Credentials as unknown as Omit<RoleCredentials, "expiresAt"> & { Expiration: number };
  return { AccessKeyId, SecretAccessKey, SessionToken, expiresAt: Expiration * 1000 };
}

/**
 * Whether Lambda can take on the role: tried, and the session forgotten.
 * Errors: AccessDeniedException for another account's role, InvalidParameterValueException.
 */
export function problemOfRole(ctx: Context, role: string, functionArn: string): Failure | undefined {
  if (parseArn(role)?.account !== ctx.account) return lambdaErrors.accessDenied("Cross-account pass role is not allowed.");
  const credentials = assume(ctx, role, functionArn, 900);
  if (!credentials) return lambdaErrors.invalid("The role defined for the function cannot be assumed by Lambda.");
  forget(ctx, credentials.AccessKeyId);
  return undefined;
}

/** A session that nobody will use any more. */
export const forget = (ctx: Context, accessKeyId: string): void => sessions(ctx.db).delete(accessKeyId);

/** The execution role's session as a principal; a refusal where it has ended, or the role is gone. */
export const principalOf = (ctx: Context, accessKeyId: string): Result<Principal> => recognise(ctx.db, { accessKeyId }, ctx.now);
