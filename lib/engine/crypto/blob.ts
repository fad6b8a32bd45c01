import type { Ciphers } from "../types";
import { boundedCache, concat, utf8 } from "./bytes";
import { oid } from "./der";

/**
 * The ciphertext blob of a symmetric KMS key, byte for byte in AWS's layout (base64 of it starts `AQICAH`):
 *
 *   0   01 02 02 00 78            version and kind, the same in all
 *   5   32 bytes                  which backing key: its KeyMaterialId
 *   37  01
 *   38  16 bytes                  random, different in each message
 *   54  4 bytes                   big-endian length of what follows
 *   58  CMS ContentInfo, DER      EncryptedData, AES-256-GCM with a 12-byte nonce and 16-byte tag
 *
 * What AWS encrypts is 11 bytes longer than the plaintext. What those bytes are is not public; here they are a version
 * (01), two zeros and the plaintext's length in eight bytes.
 *
 * A message has a key of its own: SHA-256 over `00000001`, the backing key and the 16 random bytes. That is the one-step
 * derivation of NIST SP 800-56C (AWS derives by SP 800-108 with HMAC-SHA-256, in its HSMs; from outside the two cannot
 * be told apart). The encryption context is additional authenticated data: not in the blob, and without it nothing opens.
 *
 * Source: measured on AWS's ciphertexts (`facts.md`, A2); RFC 5652, 8; RFC 5084; KMS cryptographic details.
 */

const HEAD = Uint8Array.of(0x01, 0x02, 0x02, 0x00, 0x78);
const IDENTIFIER_AT = 5;
const IDENTIFIER_LENGTH = 32;
const KIND_AT = 37;
const RANDOM_AT = 38;
const RANDOM_LENGTH = 16;
const LENGTH_AT = 54;
const CMS_AT = 58;
const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;
const WRAPPER_LENGTH = 11;

/** Entropy that `sealBlob` takes. */
export const BLOB_ENTROPY = RANDOM_LENGTH + NONCE_LENGTH;

const ENCRYPTED_DATA = oid("1.2.840.113549.1.7.6");
/** version 0 */
const VERSION = Uint8Array.of(0x02, 0x01, 0x00);
const DATA = oid("1.2.840.113549.1.7.1");
/** SEQUENCE { aes256-GCM, SEQUENCE { OCTET STRING of 12 bytes, here missing */
const ALGORITHM = concat(Uint8Array.of(0x30, 0x1e), oid("2.16.840.1.101.3.4.1.46"), Uint8Array.of(0x30, 0x11, 0x04, NONCE_LENGTH));
/** INTEGER 16 } } */
const TAG_SIZE = Uint8Array.of(0x02, 0x01, TAG_LENGTH);

const lengthOfLength = (n: number): number => (n < 0x80 ? 1 : n < 0x100 ? 2 : 3);
const element = (n: number): number => 1 + lengthOfLength(n) + n;

/** Content lengths of the nested elements, outermost first, around `content` bytes of ciphertext and tag. */
function lengths(content: number): { contentInfo: number; explicit: number; encryptedData: number; contentInner: number } {
  const contentInner = DATA.length + ALGORITHM.length + NONCE_LENGTH + TAG_SIZE.length + element(content);
  const encryptedData = VERSION.length + element(contentInner);
  const explicit = element(encryptedData);
  return { contentInner, encryptedData, explicit, contentInfo: ENCRYPTED_DATA.length + element(explicit) };
}

/** Everything up to the encrypted content, with zeros where messages differ, and where the nonce belongs. */
interface Frame {
  bytes: Uint8Array;
  nonceAt: number;
}

function makeFrame(content: number): Frame {
  const { contentInfo, explicit, encryptedData, contentInner } = lengths(content);
  const cms = element(contentInfo);
  const bytes = new Uint8Array(CMS_AT + cms - content);
  bytes.set(HEAD);
  bytes[KIND_AT] = 1;
  bytes[LENGTH_AT + 2] = cms >>> 8;
  bytes[LENGTH_AT + 3] = cms;
  let at = CMS_AT;
  const put = (part: Uint8Array): void => {
    bytes.set(part, at);
    at += part.length;
  };
  const head = (tag: number, n: number): void => {
    bytes[at++] = tag;
    if (n >= 0x100) {
      bytes[at++] = 0x82;
      bytes[at++] = n >>> 8;
    } else if (n >= 0x80) bytes[at++] = 0x81;
    bytes[at++] = n;
  };
  head(0x30, contentInfo);
  put(ENCRYPTED_DATA);
  head(0xa0, explicit);
  head(0x30, encryptedData);
  put(VERSION);
  head(0x30, contentInner);
  put(DATA);
  put(ALGORITHM);
  const nonceAt = at;
  at += NONCE_LENGTH;
  put(TAG_SIZE);
  head(0x80, content);
  return { bytes, nonceAt };
}

const frames = boundedCache<Frame, number>(256);
const frameOf = (content: number): Frame => frames.get(content, () => makeFrame(content));

/** Length of the whole blob for a plaintext: 165 for 13 bytes, 184 for a 32-byte data key. */
export const blobLength = (plaintextLength: number): number =>
  CMS_AT + element(lengths(plaintextLength + WRAPPER_LENGTH + TAG_LENGTH).contentInfo);

/**
 * Additional authenticated data of an encryption context: its pairs sorted by key, each key and value with its length.
 * The order in which they were written does not matter; case does. No context and an empty one are the same.
 */
export function contextBytes(context: Record<string, string> | undefined): Uint8Array {
  const names = context ? Object.keys(context) : [];
  if (!names.length) return NO_BYTES;
  const parts: Uint8Array[] = [];
  for (const name of names.sort()) parts.push(withLength(name), withLength(context![name]));
  return concat(...parts);
}

/** Encryption contexts say the same things again and again (a parameter's ARN), and encoding a text takes long for what it is. */
const texts = boundedCache<Uint8Array>(256);
const SHORT = 256;
const withLength = (text: string): Uint8Array => (text.length > SHORT ? encodeWithLength(text) : texts.get(text, encodeWithLength));

function encodeWithLength(text: string): Uint8Array {
  const bytes = utf8(text);
  return concat(Uint8Array.of(bytes.length >>> 24, bytes.length >>> 16, bytes.length >>> 8, bytes.length), bytes);
}

const NO_BYTES = new Uint8Array(0);

/** SP 800-56C one-step derivation: one block of SHA-256, so it costs next to nothing. */
function messageKey(ciphers: Ciphers, backingKey: Uint8Array, random: Uint8Array): Uint8Array {
  const input = new Uint8Array(4 + 32 + RANDOM_LENGTH);
  input[3] = 1;
  input.set(backingKey, 4);
  input.set(random, 36);
  return ciphers.sha256(input);
}

/** Where what is encrypted is put together: of no use to anybody once it is encrypted, and long arrays are slow to make. */
const workbench = new Uint8Array(WRAPPER_LENGTH + 4_096);

/**
 * Encrypts. `identifier` is the KeyMaterialId's 32 bytes, `backingKey` 32 bytes, `entropy` BLOB_ENTROPY bytes,
 * `aad` of `contextBytes`.
 */
export function sealBlob(
  ciphers: Ciphers,
  {
    identifier,
    backingKey,
    plaintext,
    aad,
    entropy,
  }: { identifier: Uint8Array; backingKey: Uint8Array; plaintext: Uint8Array; aad: Uint8Array; entropy: Uint8Array },
): Uint8Array {
  const random = entropy.subarray(0, RANDOM_LENGTH);
  const nonce = entropy.subarray(RANDOM_LENGTH, BLOB_ENTROPY);
  const length = WRAPPER_LENGTH + plaintext.length;
  const wrapped = length > workbench.length ? new Uint8Array(length) : workbench.subarray(0, length);
  wrapped[0] = 1;
  wrapped[9] = plaintext.length >>> 8;
  wrapped[10] = plaintext.length;
  wrapped.set(plaintext, WRAPPER_LENGTH);
  const sealed = ciphers.seal(messageKey(ciphers, backingKey, random), nonce, wrapped, aad);

  const frame = frameOf(sealed.length);
  const out = new Uint8Array(frame.bytes.length + sealed.length);
  out.set(frame.bytes);
  out.set(identifier, IDENTIFIER_AT);
  out.set(random, RANDOM_AT);
  out.set(nonce, frame.nonceAt);
  out.set(sealed, frame.bytes.length);
  return out;
}

export interface Blob {
  /** 32 bytes. */
  identifier: Uint8Array;
  random: Uint8Array;
  nonce: Uint8Array;
  /** Ciphertext and tag. */
  sealed: Uint8Array;
}

/** Reads a blob; undefined if one byte of its frame is not as `sealBlob` writes it. The parts are views into `bytes`. */
export function parseBlob(bytes: Uint8Array): Blob | undefined {
  const shortest = blobLength(0);
  if (bytes.length < shortest) return undefined;
  // The frame is a few bytes longer for long contents: look for the plaintext length that gives this blob length.
  let plaintextLength = bytes.length - shortest;
  while (plaintextLength > 0 && blobLength(plaintextLength) > bytes.length) plaintextLength--;
  if (blobLength(plaintextLength) !== bytes.length) return undefined;
  const { bytes: frame, nonceAt } = frameOf(plaintextLength + WRAPPER_LENGTH + TAG_LENGTH);
  for (let i = 0; i < frame.length; i++)
    if (
      bytes[i] !== frame[i] &&
      !within(i, IDENTIFIER_AT, IDENTIFIER_LENGTH) &&
      !within(i, RANDOM_AT, RANDOM_LENGTH) &&
      !within(i, nonceAt, NONCE_LENGTH)
    )
      return undefined;
  return {
    identifier: bytes.subarray(IDENTIFIER_AT, IDENTIFIER_AT + IDENTIFIER_LENGTH),
    random: bytes.subarray(RANDOM_AT, RANDOM_AT + RANDOM_LENGTH),
    nonce: bytes.subarray(nonceAt, nonceAt + NONCE_LENGTH),
    sealed: bytes.subarray(frame.length),
  };
}

const within = (i: number, start: number, length: number): boolean => i >= start && i < start + length;

/** The plaintext; undefined with another key, another context or a changed byte. */
export function openBlob(ciphers: Ciphers, blob: Blob, backingKey: Uint8Array, aad: Uint8Array): Uint8Array | undefined {
  const wrapped = ciphers.open(messageKey(ciphers, backingKey, blob.random), blob.nonce, blob.sealed, aad);
  if (!wrapped || wrapped[0] !== 1 || ((wrapped[9] << 8) | wrapped[10]) !== wrapped.length - WRAPPER_LENGTH) return undefined;
  return wrapped.subarray(WRAPPER_LENGTH);
}
