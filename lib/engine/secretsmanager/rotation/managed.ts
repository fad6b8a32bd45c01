import { newPassword } from "../../database/managed-secret";
import { type Failure, fail } from "../../errors";
import type { Context, Principal } from "../../types";
import { isFailure } from "../errors";
import { CURRENT, versionOf } from "../labels";
import { touchReplicas } from "../replicate";
import { open, seal } from "../secure";
import { type RotationStep, type SecretRow, secrets, versionKey, versions } from "../state";
import { moveLabel } from "../write";
import type { StepFailure } from "./run";

/**
 * Managed rotation: the service that made the secret changes the password, without a function.
 * Source: Secrets Manager User Guide, "Managed rotation for AWS Secrets Manager secrets".
 */
export function performManaged(given: Context, secret: Readonly<SecretRow>, step: RotationStep): StepFailure | undefined {
  const { token } = secret.rotation!;
  const ctx = asOwner(given, secret);
  const problem = step === "createSecret" ? create(ctx, secret, token) : step === "setSecret" ? set(ctx, secret, token) : step === "testSecret" ? test(ctx, secret, token) : finish(ctx, secret, token);
  if (!problem) return undefined;
  const { code, message } = problem.error;
  return { errorMessage: `Error when ${secret.OwningService} rotated the secret during ${step} step`, reason: `${code}${message ? `: ${message}` : ""}` };
}

interface Login {
  username: string;
  password: string;
}

/** The service acts for itself on its own servers. */
const owner = (ctx: Context, { OwningService }: Readonly<SecretRow>): Principal => ({ type: "Service", account: ctx.account, arn: `arn:aws:iam::${ctx.account}:root`, userId: String(OwningService), service: `${OwningService}.amazonaws.com` });

/** KMS is asked for the service too: a customer managed key has a grant for it. */
const asOwner = (ctx: Context, secret: Readonly<SecretRow>): Context => {
  const as = owner(ctx, secret);
  const call: Context["call"] = (service, operation, input, options) => ctx.call(service, operation, input, { as, ...options });
  return Object.assign(Object.create(ctx) as Context, { principal: as, call });
};

/** Whose password it is: the service says so in tags of its own. */
function resourceOf(secret: Readonly<SecretRow>): string | undefined {
  return secret.tags?.find(({ Key, Value }) => /^aws:(rds|redshift|docdb)/i.test(Key) && Value.startsWith("arn:"))?.Value;
}

function valueOf(ctx: Context, secret: Readonly<SecretRow>, versionId: string | undefined): Login | Failure {
  const version = versionId === undefined ? undefined : versions(ctx.db).get(versionKey(secret.Name, versionId));
  if (!version) return fail("ResourceNotFoundException", "There is no such version.");
  const value = open(ctx, secret, version);
  if (isFailure(value)) return value;
  try {
    const login = JSON.parse(value.value) as Login;
    if (typeof login.username === "string" && typeof login.password === "string") return login;
  } catch {
    // Said below.
  }
  return fail("InvalidRequestException", "The secret's value has no username and password.");
}

function create(ctx: Context, secret: Readonly<SecretRow>, token: string): Failure | undefined {
  if (versions(ctx.db).get(versionKey(secret.Name, token))) return undefined;
  const current = valueOf(ctx, secret, versionOf(secret, CURRENT));
  if (isFailure(current)) return current;
  const sealed = seal(ctx, secret, token, { form: "SecretString", value: JSON.stringify({ ...current, password: newPassword(ctx) }) });
  if (isFailure(sealed)) return sealed;
  versions(ctx.db).put(versionKey(secret.Name, token), { VersionId: token, CreatedDate: ctx.now, ...sealed });
  const row = secrets(ctx.db).edit(secret.Name);
  if (!row.versionIds.includes(token)) row.versionIds.push(token);
  return undefined;
}

function set(ctx: Context, secret: Readonly<SecretRow>, token: string): Failure | undefined {
  const pending = valueOf(ctx, secret, token);
  if (isFailure(pending)) return pending;
  const resource = resourceOf(secret);
  if (resource === undefined) return fail("InvalidRequestException", "No tag of the secret says whose password it is.");
  const answer = ctx.call("database", "SetPassword", { ResourceArn: resource, User: pending.username, Password: pending.password });
  return answer.ok ? undefined : answer;
}

function test(ctx: Context, secret: Readonly<SecretRow>, token: string): Failure | undefined {
  const pending = valueOf(ctx, secret, token);
  if (isFailure(pending)) return pending;
  const host = ctx.db.at({ service: "database" }).table<{ host: string; arn: string; state: string }>("servers").having("arn", resourceOf(secret))[0]?.host;
  if (host === undefined) return fail("UnknownHost", "The database has no server.");
  const answer = ctx.call("database", "Connect", { Host: host, User: pending.username, Password: pending.password });
  if (!answer.ok) return answer;
  ctx.call("database", "Close", { ConnectionId: answer.output.ConnectionId });
  return undefined;
}

function finish(ctx: Context, { Name }: Readonly<SecretRow>, token: string): undefined {
  const row = secrets(ctx.db).edit(Name);
  moveLabel(ctx, row, CURRENT, token);
  row.LastChangedDate = ctx.now;
  touchReplicas(ctx, row, ctx.account);
}
