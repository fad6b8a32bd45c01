import { parseArn } from "../../arn";
import { toHex } from "../../crypto/bytes";
import { fail, ok } from "../../errors";
import { recognise } from "../../iam/who";
import type { Operation } from "../../types";
import { type ApplicationRow, type Strategy, applications, connectJob } from "../state";
import { applicationView } from "../view";

interface Input {
  Name: string;
  Role?: string;
  SecretId?: string;
  Strategy?: Strategy;
  IntervalSeconds?: number;
  CacheSeconds?: number;
  StopAfterHours?: number;
  Host?: string;
  Port?: number;
  Database?: string;
  Query?: string;
}

const defaults = { Strategy: "refreshes-on-refusal" as const, IntervalSeconds: 1, CacheSeconds: 60, StopAfterHours: 1_000 };

/**
 * Starts an application, or one that was stopped again: with an empty memory and its counts at nothing, and with what it had
 * been told where nothing else is said. It connects at once.
 * Input: Name, Role (a role of this account), SecretId; Strategy, IntervalSeconds (1), CacheSeconds (60), StopAfterHours (1,000);
 * Host, Port and Database where the secret does not say them, and a Query (`SELECT 1`).
 * Errors: ApplicationRunning, RoleNotFound, ValidationException.
 */
export const StartApplication: Operation = {
  name: "StartApplication",
  authorise: () => undefined,
  cost: () => [],
  handle({ Name, Role, ...input }: Input, ctx) {
    const known = applications(ctx.db).get(Name);
    if (known?.State === "Running") return fail("ApplicationRunning", `The application ${Name} is running.`);
    const RoleName = Role === undefined ? known?.RoleName : roleName(Role, ctx.account);
    const SecretId = input.SecretId ?? known?.SecretId;
    if (!RoleName || !SecretId) return fail("ValidationException", "An application needs a Role of this account and a SecretId.");
    const session = `i-${toHex(ctx.random(8))}${toHex(ctx.random(1)).slice(0, 1)}`;
    if (!recognise(ctx.db, { account: ctx.account, role: RoleName, session }, ctx.now).ok) return fail("RoleNotFound", `There is no role ${RoleName} in this account.`);
    const pick = <Member extends keyof ApplicationRow & keyof typeof input>(member: Member): Partial<ApplicationRow> => {
      const value = input[member] ?? known?.[member];
      return value === undefined ? {} : { [member]: value };
    };
    const IntervalSeconds = input.IntervalSeconds ?? known?.IntervalSeconds ?? defaults.IntervalSeconds;
    const row: ApplicationRow = {
      Name, RoleName, SecretId, IntervalSeconds,
      Strategy: input.Strategy ?? known?.Strategy ?? defaults.Strategy,
      CacheSeconds: input.CacheSeconds ?? known?.CacheSeconds ?? defaults.CacheSeconds,
      ...pick("Host"), ...pick("Port"), ...pick("Database"), ...pick("Query"),
      State: "Running",
      startedAt: ctx.now,
      stopsAt: ctx.now + (input.StopAfterHours ?? defaults.StopAfterHours) * 3_600_000,
      session, succeeded: 0, failed: 0, entries: known?.entries ?? 0, calm: 0, pause: IntervalSeconds * 1000,
    };
    applications(ctx.db).put(Name, row);
    ctx.schedule({ id: connectJob(Name), due: ctx.now, kind: "Connect", args: { ApplicationName: Name } });
    return ok({ Application: applicationView(ctx.db, row, ctx.now) });
  },
};

/** A name, or an ARN of this account. */
function roleName(role: string, account: string): string | undefined {
  if (!role.startsWith("arn:")) return role;
  const arn = parseArn(role);
  return arn?.account === account && arn.resource.startsWith("role/") ? arn.resource.split("/").at(-1) : undefined;
}
