import { toHex } from "../crypto/bytes";
import type { Context, Principal } from "../types";
import { assume, forget, principalOf } from "./role";
import { type EnvironmentRow, type VersionRow, environments, versionId } from "./state";

/**
 * Execution environments. A version runs in one that is kept warm for some minutes after its last use; a new one has a new
 * log stream and new credentials of the role. AWS may have many of them side by side: here invocations come one after
 * another, and one is enough.
 * Source: Lambda Developer Guide, Understanding the Lambda execution environment lifecycle.
 */
export interface Sandbox {
  row: EnvironmentRow;
  role: Principal;
  cold: boolean;
}

/** How long an environment stays after its last use, ms. AWS does not say; minutes is what users see. */
const keptMs = 10 * 60_000;

/** undefined where Lambda cannot take on the role. */
export function sandbox(ctx: Context, version: Readonly<VersionRow>, functionArn: string): Sandbox | undefined {
  const table = environments(ctx.db);
  const id = versionId(version.FunctionName, version.Version);
  const known = table.get(id);
  if (known) {
    const role = principalOf(ctx, known.AccessKeyId);
    const fresh = known.revision === version.RevisionId && ctx.now - known.usedAt < keptMs && known.expiresAt - ctx.now > version.Timeout * 1000;
    if (role.ok && fresh) {
      const row = table.edit(id);
      row.usedAt = ctx.now;
      return { row, role: role.output, cold: false };
    }
    forget(ctx, known.AccessKeyId);
  }
  const credentials = assume(ctx, version.Role, functionArn);
  const role = credentials && principalOf(ctx, credentials.AccessKeyId);
  if (!credentials || !role?.ok) {
    table.delete(id);
    return undefined;
  }
  const row: EnvironmentRow = {
    FunctionName: version.FunctionName,
    Version: version.Version,
    revision: version.RevisionId,
    role: version.Role,
    logStream: `${new Date(ctx.now).toISOString().slice(0, 10).replaceAll("-", "/")}/[${version.Version}]${toHex(ctx.random(16))}`,
    usedAt: ctx.now,
    ...credentials,
  };
  table.put(id, row);
  return { row, role: role.output, cold: true };
}

/** What a version leaves behind when it goes. */
export function dropSandbox(ctx: Context, name: string, version: string): void {
  const id = versionId(name, version);
  const known = environments(ctx.db).get(id);
  if (!known) return;
  forget(ctx, known.AccessKeyId);
  environments(ctx.db).delete(id);
}

/** The variables that Lambda itself sets. Source: Lambda Developer Guide, Defined runtime environment variables. */
export function ownVariables(version: Readonly<VersionRow>, { row }: Sandbox, region: string, traceId: string): Record<string, string> {
  return {
    _HANDLER: version.Handler,
    _X_AMZN_TRACE_ID: traceId,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${version.Runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: version.FunctionName,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(version.MemorySize),
    AWS_LAMBDA_FUNCTION_VERSION: version.Version,
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: version.LogGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: row.logStream,
    AWS_ACCESS_KEY_ID: row.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: row.SecretAccessKey,
    AWS_SESSION_TOKEN: row.SessionToken,
    LAMBDA_TASK_ROOT: "/var/task",
    LAMBDA_RUNTIME_DIR: "/var/runtime",
    LANG: "en_US.UTF-8",
    TZ: ":UTC",
    PATH: "/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin",
  };
}
