import { ok } from "../../errors";
import { findRole } from "../../iam/state";
import type { Context, Operation } from "../../types";
import { askAll, passRole } from "../authorise";
import { isFailure, shieldErrors } from "../errors";
import { quotas } from "../quotas";
import { ONLY, type ResponseTeamRow, responseTeam } from "../state";
import { subscribed } from "./subscription";

/**
 * What the Shield Response Team (in the API still DRT) may do and read. AWS asks for Business or Enterprise Support besides, which the lab
 * does not have to buy. Source: AWS Shield Advanced API Reference, AssociateDRTRole, AssociateDRTLogBucket and their kin.
 */

const PRINCIPAL = "drt.shield.amazonaws.com";
const POLICY = "arn:aws:iam::aws:policy/service-role/AWSShieldDRTAccessPolicy";

export const teamOf = (ctx: Pick<Context, "db">): Readonly<ResponseTeamRow> => responseTeam(ctx.db).get(ONLY) ?? { LogBucketList: [], EmergencyContactList: [] };
export const putTeam = (ctx: Pick<Context, "db">, row: ResponseTeamRow): void => responseTeam(ctx.db).put(ONLY, row);

/** Whether a role's trust policy lets the team in. */
function trustsTeam(document: string): boolean {
  const { Statement } = JSON.parse(document) as { Statement?: unknown };
  return [Statement].flat().some((statement) => {
    const { Effect, Principal } = (statement ?? {}) as { Effect?: string; Principal?: { Service?: string | string[] } };
    return Effect === "Allow" && [Principal?.Service].flat().includes(PRINCIPAL);
  });
}

/**
 * In place of the role that is there. Errors: ResourceNotFoundException (no subscription), InvalidParameterException (no such role),
 * AccessDeniedForDependencyException (the caller may not pass it, it does not trust the team, it lacks the team's policy), InvalidOperationException (the same role).
 */
export const AssociateDRTRole: Operation = {
  name: "AssociateDRTRole",
  authorise: ({ RoleArn }: { RoleArn: string }) => [askAll("AssociateDRTRole"), passRole(RoleArn)],
  handle({ RoleArn }: { RoleArn: string }, ctx) {
    const subscription = subscribed(ctx);
    if (isFailure(subscription)) return subscription;
    const role = findRole(ctx.db, ctx.account, RoleArn.slice(RoleArn.lastIndexOf("/") + 1));
    if (role?.Arn !== RoleArn) return shieldErrors.parameter("The role does not exist in this account.", "roleArn");
    if (!trustsTeam(role.AssumeRolePolicyDocument)) return shieldErrors.dependency(`The role must trust the service principal ${PRINCIPAL}.`);
    if (!role.attached.includes(POLICY)) return shieldErrors.dependency("The managed policy AWSShieldDRTAccessPolicy must be attached to the role.");
    if (teamOf(ctx).RoleArn === RoleArn) return shieldErrors.operation("The role is already associated.");
    putTeam(ctx, { ...structuredClone(teamOf(ctx)), RoleArn });
    return ok({});
  },
};

/** Errors: ResourceNotFoundException (no subscription), InvalidOperationException (no role). */
export const DisassociateDRTRole: Operation = {
  name: "DisassociateDRTRole",
  authorise: () => askAll("DisassociateDRTRole"),
  handle(_input: unknown, ctx) {
    const subscription = subscribed(ctx);
    if (isFailure(subscription)) return subscription;
    const { RoleArn, ...kept } = structuredClone(teamOf(ctx));
    if (RoleArn === undefined) return shieldErrors.operation("No role is associated.");
    putTeam(ctx, kept);
    return ok({});
  },
};

/** The lab has no S3: a bucket is its name. Errors: NoAssociatedRoleException, LimitsExceededException (ten buckets), ResourceNotFoundException, InvalidOperationException (it is there). */
export const AssociateDRTLogBucket: Operation = {
  name: "AssociateDRTLogBucket",
  authorise: ({ LogBucket }: { LogBucket: string }) => [askAll("AssociateDRTLogBucket"), ...["s3:GetBucketPolicy", "s3:PutBucketPolicy"].map((action) => ({ action, resource: `arn:aws:s3:::${LogBucket}` }))],
  handle({ LogBucket }: { LogBucket: string }, ctx) {
    const subscription = subscribed(ctx);
    if (isFailure(subscription)) return subscription;
    const team = structuredClone(teamOf(ctx));
    if (team.RoleArn === undefined) return shieldErrors.noRole();
    if (team.LogBucketList.includes(LogBucket)) return shieldErrors.operation("The bucket is already associated.");
    const buckets = [...team.LogBucketList, LogBucket];
    if (buckets.length > quotas.logBuckets) return shieldErrors.limit("LOG_BUCKETS", quotas.logBuckets);
    putTeam(ctx, { ...team, LogBucketList: buckets });
    return ok({});
  },
};

/** Errors: NoAssociatedRoleException, ResourceNotFoundException. */
export const DisassociateDRTLogBucket: Operation = {
  name: "DisassociateDRTLogBucket",
  authorise: ({ LogBucket }: { LogBucket: string }) => [askAll("DisassociateDRTLogBucket"), ...["s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy"].map((action) => ({ action, resource: `arn:aws:s3:::${LogBucket}` }))],
  handle({ LogBucket }: { LogBucket: string }, ctx) {
    const subscription = subscribed(ctx);
    if (isFailure(subscription)) return subscription;
    const team = structuredClone(teamOf(ctx));
    if (team.RoleArn === undefined) return shieldErrors.noRole();
    if (!team.LogBucketList.includes(LogBucket)) return shieldErrors.noResource(LogBucket);
    putTeam(ctx, { ...team, LogBucketList: team.LogBucketList.filter((bucket) => bucket !== LogBucket) });
    return ok({});
  },
};

/** Errors: ResourceNotFoundException (no subscription). */
export const DescribeDRTAccess: Operation = {
  name: "DescribeDRTAccess",
  authorise: () => askAll("DescribeDRTAccess"),
  handle(_input: unknown, ctx) {
    const subscription = subscribed(ctx);
    if (isFailure(subscription)) return subscription;
    const { RoleArn, LogBucketList } = teamOf(ctx);
    return ok({ ...(RoleArn === undefined ? {} : { RoleArn }), LogBucketList: [...LogBucketList] });
  },
};
