import { hkdf } from "@noble/hashes/hkdf.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { concat, equalBytes, utf8, utf8Text } from "../crypto/bytes";
import type { Ciphers } from "../types";

/**
 * AWS Encryption SDK messages, format version 2, framed, with the suite AES_256_GCM_HKDF_SHA512_COMMIT_KEY (0x0478):
 * what an advanced SecureString shows when it is read without decryption.
 *
 * Header: version, suite, message id (32), encryption context, encrypted data keys, content type, frame length,
 * commitment (32), tag (16). Body: frames of at most 4,096 bytes, each sealed with its own nonce.
 * Source: AWS Encryption SDK Developer Guide, message format reference, body AAD reference, algorithms reference.
 */

const version = 2;
export const algorithm = "AES_256_GCM_HKDF_SHA512_COMMIT_KEY";
const suite = new Uint8Array([0x04, 0x78]);
const framed = 2;
const frameLength = 4096;
const tagLength = 16;
const lastFrame = 0xffffffff;
const provider = "aws-kms";

export interface EnvelopeHeader {
  messageId: Uint8Array;
  context: Record<string, string>;
  /** ARN of the KMS key that wrapped the data key. */
  keyArn: string;
  encryptedDataKey: Uint8Array;
  frameLength: number;
  commitment: Uint8Array;
  /** Bytes from the version to the commitment. */
  body: Uint8Array;
  tag: Uint8Array;
  /** Where the frames begin. */
  end: number;
}

const uint = (value: number, bytes: number): Uint8Array => {
  const out = new Uint8Array(bytes);
  for (let i = bytes - 1; i >= 0 && value > 0; i--, value = Math.floor(value / 256)) out[i] = value % 256;
  return out;
};
const sized = (bytes: Uint8Array): Uint8Array => concat(uint(bytes.length, 2), bytes);
const derive = (dataKey: Uint8Array, messageId: Uint8Array, info: Uint8Array): Uint8Array => hkdf(sha512, dataKey, messageId, info, 32);
const contentKey = (dataKey: Uint8Array, messageId: Uint8Array): Uint8Array => derive(dataKey, messageId, concat(suite, utf8("DERIVEKEY")));
const commitKey = (dataKey: Uint8Array, messageId: Uint8Array): Uint8Array => derive(dataKey, messageId, utf8("COMMITKEY"));
const frameAad = (messageId: Uint8Array, last: boolean, sequence: number, length: number): Uint8Array =>
  concat(messageId, utf8(last ? "AWSKMSEncryptionClient Final Frame" : "AWSKMSEncryptionClient Frame"), uint(sequence, 4), uint(length, 8));

/** Seals bytes under a data key. `messageId` is 32 random bytes. */
export function sealEnvelope(ciphers: Ciphers, parts: { plaintext: Uint8Array; dataKey: Uint8Array; encryptedDataKey: Uint8Array; keyArn: string; context: Record<string, string>; messageId: Uint8Array }): Uint8Array {
  const { plaintext, dataKey, encryptedDataKey, keyArn, context, messageId } = parts;
  const pairs = Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1));
  const aad = pairs.length ? concat(uint(pairs.length, 2), ...pairs.flatMap(([key, value]) => [sized(utf8(key)), sized(utf8(value))])) : new Uint8Array();
  const body = concat(
    uint(version, 1), suite, messageId, sized(aad), uint(1, 2), sized(utf8(provider)), sized(utf8(keyArn)), sized(encryptedDataKey),
    uint(framed, 1), uint(frameLength, 4), commitKey(dataKey, messageId),
  );
  const key = contentKey(dataKey, messageId);
  const out = [body, ciphers.seal(key, new Uint8Array(12), new Uint8Array(), body)];
  let at = 0;
  for (let sequence = 1; ; sequence++) {
    const last = plaintext.length - at <= frameLength;
    const piece = plaintext.subarray(at, at + frameLength);
    const nonce = uint(sequence, 12);
    const sealed = ciphers.seal(key, nonce, piece, frameAad(messageId, last, sequence, piece.length));
    if (last) {
      out.push(uint(lastFrame, 4), uint(sequence, 4), nonce, uint(piece.length, 4), sealed);
      return concat(...out);
    }
    out.push(uint(sequence, 4), nonce, sealed);
    at += frameLength;
  }
}

/** Reads what stands in clear; undefined if the bytes are no such message. */
export function readEnvelope(message: Uint8Array): EnvelopeHeader | undefined {
  const reader = readerOf(message);
  if (reader.uint(1) !== version || !equalBytes(reader.take(2), suite)) return undefined;
  const messageId = reader.take(32);
  const aad = readerOf(reader.take(reader.uint(2)));
  const context: Record<string, string> = Object.create(null);
  for (let pairs = aad.left() ? aad.uint(2) : 0; pairs > 0; pairs--) {
    const key = utf8Text(aad.take(aad.uint(2)));
    context[key] = utf8Text(aad.take(aad.uint(2)));
  }
  if (reader.uint(2) !== 1 || utf8Text(reader.take(reader.uint(2))) !== provider) return undefined;
  const keyArn = utf8Text(reader.take(reader.uint(2)));
  const encryptedDataKey = reader.take(reader.uint(2));
  if (reader.uint(1) !== framed) return undefined;
  const length = reader.uint(4);
  const commitment = reader.take(32);
  const body = message.subarray(0, reader.at());
  const tag = reader.take(tagLength);
  return reader.short() || aad.short() ? undefined : { messageId, context, keyArn, encryptedDataKey, frameLength: length, commitment, body, tag, end: reader.at() };
}

/** The plaintext; undefined if the data key is another one or a byte of the message was changed. */
export function openEnvelope(ciphers: Ciphers, message: Uint8Array, header: EnvelopeHeader, dataKey: Uint8Array): Uint8Array | undefined {
  const { messageId } = header;
  if (!equalBytes(commitKey(dataKey, messageId), header.commitment)) return undefined;
  const key = contentKey(dataKey, messageId);
  if (!ciphers.open(key, new Uint8Array(12), header.tag, header.body)) return undefined;
  const reader = readerOf(message.subarray(header.end));
  const out: Uint8Array[] = [];
  for (let sequence = 1; ; sequence++) {
    const first = reader.uint(4);
    const last = first === lastFrame;
    if ((last ? reader.uint(4) : first) !== sequence) return undefined;
    const nonce = reader.take(12);
    const length = last ? reader.uint(4) : header.frameLength;
    const sealed = reader.take(length + tagLength);
    if (reader.short()) return undefined;
    const piece = ciphers.open(key, nonce, sealed, frameAad(messageId, last, sequence, length));
    if (!piece) return undefined;
    out.push(piece);
    if (last) return reader.left() ? undefined : concat(...out);
  }
}

/** Reads on, and says at the end whether the bytes were enough. */
function readerOf(bytes: Uint8Array) {
  let at = 0;
  let short = false;
  const take = (length: number): Uint8Array => {
    if (at + length > bytes.length) short = true;
    const piece = bytes.subarray(at, at + length);
    at = Math.min(at + length, bytes.length);
    return piece;
  };
  return {
    take,
    uint: (length: number): number => take(length).reduce((value, byte) => value * 256 + byte, 0),
    at: () => at,
    left: () => bytes.length - at,
    short: () => short,
  };
}
