import type { Context, Db, Operation, Table } from "../types";

/** What a key was last used for; by KeyId, in the key's account and Region. */
export interface UsageRow {
  Operation: string;
  /** ms */
  Timestamp: number;
  requestId: string;
  /** The caller was of another account: the owner's own record of the call has another event id. */
  shared?: boolean;
}

/** Named as IAM's own (`iam/last-used.ts`): changes of such a table are not part of what a call did. */
export const keyUsage = (db: Db): Table<UsageRow> => db.table<UsageRow>("lastUsed");

/**
 * A cryptographic operation whose successes are kept with the key, of ReEncrypt with both keys. A dry run is no use.
 * Source: KMS API, GetKeyLastUsage.
 */
export const tracked = (operation: Operation): Operation => ({
  ...operation,
  handle(input, ctx) {
    const result = operation.handle(input, ctx);
    if (result.ok) {
      noteUsage(ctx, operation.name, result.output.KeyId);
      if (result.output.SourceKeyId !== undefined) noteUsage(ctx, operation.name, result.output.SourceKeyId);
    }
    return result;
  },
});

function noteUsage(ctx: Context, name: string, keyArn: string): void {
  // Every use comes through here: `…:111122223333:key/<id>` is cut, not parsed.
  const end = keyArn.indexOf(":key/");
  const account = keyArn.slice(end - 12, end);
  const shared = account !== ctx.account;
  const row: UsageRow = { Operation: name, Timestamp: ctx.now, requestId: ctx.requestId };
  if (shared) row.shared = true;
  keyUsage(shared ? ctx.db.at({ account }) : ctx.db).put(keyArn.slice(end + ":key/".length), row);
}
