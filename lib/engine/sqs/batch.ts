import { type Failure, ok } from "../errors";
import type { JsonObject } from "../types";
import { isFailure, sqsErrors } from "./errors";
import { type Message, sizeOf } from "./send";

export interface Entry {
  Id: string;
}

const most = { entries: 10, bytes: 1_048_576 };

/** Each entry by itself: one may fail, and the others not. Errors of the whole: those of its size and its Ids. Source: SQS API, SendMessageBatch. */
export function inBatch<E extends Entry>(entries: readonly E[], element: string, one: (entry: E) => JsonObject | Failure): Failure | { ok: true; output: JsonObject } {
  if (!entries.length) return sqsErrors.emptyBatch(element);
  if (entries.length > most.entries) return sqsErrors.largeBatch(entries.length);
  const bad = entries.some(({ Id }) => !/^[\w-]{1,80}$/.test(Id));
  if (bad) return sqsErrors.badBatchId();
  const twice = entries.find(({ Id }, at) => entries.findIndex((other) => other.Id === Id) < at);
  if (twice) return sqsErrors.sameIds(twice.Id);
  const bytes = entries.reduce((sum, entry) => sum + sizeOf(entry as Message), 0);
  if (bytes > most.bytes) return sqsErrors.longBatch(most.bytes, bytes);
  const Successful: JsonObject[] = [];
  const Failed: JsonObject[] = [];
  for (const entry of entries) {
    const done = one(entry);
    if (isFailure(done)) Failed.push({ Id: entry.Id, SenderFault: true, Code: done.error.code, ...(done.error.message === undefined ? {} : { Message: done.error.message }) });
    else Successful.push({ Id: entry.Id, ...done });
  }
  return ok({ Successful, ...(Failed.length ? { Failed } : {}) });
}
