import { fromBase64, strictUtf8Text, toBase64, utf8 } from "../crypto/bytes";
import { type Failure, fail } from "../errors";
import type { AwsError, Context, JsonObject } from "../types";
import { reusePeriod } from "./attributes";
import { type Found, queueArn } from "./find";
import { type MessageRow, dataKeys } from "./state";

/**
 * Queues under a KMS key: a message's body is under a data key, and that under the queue's key. KMS is asked for whoever sends or
 * receives, and not again while the data key may be used: senders need kms:GenerateDataKey and kms:Decrypt, receivers
 * kms:Decrypt. A service that sends (EventBridge) needs them in the key policy.
 * Source: SQS Developer Guide, Encryption at rest in Amazon SQS; Key management.
 */
const contextOf = (found: Found): JsonObject => ({ "aws:sqs:arn": queueArn(found.reference) });

/** KMS's refusals have names of their own in SQS. */
const kmsFailure = ({ code, message }: AwsError): Failure => fail(`KMS.${code}`, message);

const rowId = (ctx: Context, found: Found): string => `${found.reference.name}\0${ctx.principal.arn}`;

/** A data key for this sender: the one in use, or a new one. The failure is KMS's. */
function dataKey(ctx: Context, found: Found): { key: string; blob: string } | Failure {
  const table = dataKeys(found.db);
  const id = rowId(ctx, found);
  const known = table.get(id);
  if (known && known.until > ctx.now) return known;
  const made = ctx.call("kms", "GenerateDataKey", { KeyId: found.row.attributes.KmsMasterKeyId, KeySpec: "AES_256", EncryptionContext: contextOf(found) });
  if (!made.ok) return kmsFailure(made.error);
  const row = { queue: found.reference.name, blob: String(made.output.CiphertextBlob), key: String(made.output.Plaintext), until: ctx.now + reusePeriod(found.row.attributes) * 1000 };
  table.put(id, row);
  return row;
}

/** A body as it is kept: under the queue's key, or in the clear where it has none of KMS's. The failure is KMS's. */
export function sealBody(ctx: Context, found: Found, body: string): Pick<MessageRow, "body" | "sealed"> | Failure {
  if (found.row.attributes.KmsMasterKeyId === undefined) return { body };
  const key = dataKey(ctx, found);
  if ("ok" in key) return key;
  const nonce = ctx.random(12);
  return { sealed: { data: toBase64(ctx.ciphers.seal(fromBase64(key.key), nonce, utf8(body), utf8(queueArn(found.reference)))), nonce: toBase64(nonce), key: key.blob } };
}

/** The failure is KMS's. `of`: the ARN of the queue that it was sent to. */
export function openBody(ctx: Context, found: Found, { body = "", sealed, system }: Readonly<MessageRow>): string | Failure {
  if (!sealed) return body;
  const table = dataKeys(found.db);
  const id = rowId(ctx, found);
  const known = table.get(id);
  const from = system.DeadLetterQueueSourceArn ?? queueArn(found.reference);
  let key = known && known.blob === sealed.key && known.until > ctx.now ? known.key : undefined;
  if (key === undefined) {
    const opened = ctx.call("kms", "Decrypt", { CiphertextBlob: sealed.key, EncryptionContext: { "aws:sqs:arn": from } });
    if (!opened.ok) return kmsFailure(opened.error);
    key = String(opened.output.Plaintext);
    table.put(id, { queue: found.reference.name, blob: sealed.key, key, until: ctx.now + reusePeriod(found.row.attributes) * 1000 });
  }
  return strictUtf8Text(ctx.ciphers.open(fromBase64(key), fromBase64(sealed.nonce), fromBase64(sealed.data), utf8(from))!)!;
}
