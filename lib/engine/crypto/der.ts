import { concat } from "./bytes";

/**
 * As much DER as keys, signatures and ciphertexts need. Writing is by functions that nest; reading is a cursor
 * that is strict (definite, shortest lengths; nothing left over) and answers undefined where the bytes are odd.
 * Source: ITU-T X.690.
 */

const length = (n: number): Uint8Array => {
  if (n < 0x80) return Uint8Array.of(n);
  if (n < 0x100) return Uint8Array.of(0x81, n);
  return Uint8Array.of(0x82, n >>> 8, n & 0xff);
};

/** Tag, length, content. Contents of 64 KiB and more do not occur here. */
export function tlv(tag: number, ...content: Uint8Array[]): Uint8Array {
  const body = content.length === 1 ? content[0] : concat(...content);
  if (body.length > 0xffff) throw new RangeError("DER content too long");
  return concat(Uint8Array.of(tag), length(body.length), body);
}

export const sequence = (...parts: Uint8Array[]): Uint8Array => tlv(0x30, ...parts);
export const octetString = (bytes: Uint8Array): Uint8Array => tlv(0x04, bytes);
/** Of whole octets. */
export const bitString = (bytes: Uint8Array): Uint8Array => tlv(0x03, Uint8Array.of(0), bytes);
export const NULL = Uint8Array.of(0x05, 0x00);

/** A positive integer from big-endian bytes. */
export function integer(bytes: Uint8Array): Uint8Array {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start++;
  const body = bytes.subarray(start);
  return body[0] & 0x80 ? tlv(0x02, Uint8Array.of(0), body) : tlv(0x02, body);
}

export const smallInteger = (n: number): Uint8Array => integer(Uint8Array.of(n));

/** An object identifier from its dotted text. */
export function oid(text: string): Uint8Array {
  const [first, second, ...rest] = text.split(".").map(Number);
  const out = [first * 40 + second];
  for (const arc of rest) {
    const digits = [arc & 0x7f];
    for (let n = Math.floor(arc / 128); n > 0; n = Math.floor(n / 128)) digits.unshift((n & 0x7f) | 0x80);
    out.push(...digits);
  }
  return tlv(0x06, Uint8Array.from(out));
}

export interface Der {
  tag: number;
  content: Uint8Array;
  /** Where the next element begins. */
  end: number;
}

/** One element at `at`; undefined unless it is whole and its length is written the shortest way. */
export function readDer(bytes: Uint8Array, at = 0): Der | undefined {
  if (at + 2 > bytes.length) return undefined;
  const tag = bytes[at];
  if ((tag & 0x1f) === 0x1f) return undefined;
  let size = bytes[at + 1];
  let start = at + 2;
  if (size & 0x80) {
    const octets = size & 0x7f;
    if (octets < 1 || octets > 3 || start + octets > bytes.length || bytes[start] === 0) return undefined;
    size = 0;
    for (let i = 0; i < octets; i++) size = size * 256 + bytes[start + i];
    if (size < 0x80) return undefined;
    start += octets;
  }
  const end = start + size;
  return end > bytes.length ? undefined : { tag, content: bytes.subarray(start, end), end };
}

/** All elements of a constructed content; undefined if one is odd. */
export function readAll(content: Uint8Array): Der[] | undefined {
  const out: Der[] = [];
  for (let at = 0; at < content.length;) {
    const element = readDer(content, at);
    if (!element) return undefined;
    out.push(element);
    at = element.end;
  }
  return out;
}

/** The elements of one SEQUENCE that is all of `bytes`. */
export function readSequence(bytes: Uint8Array): Der[] | undefined {
  const outer = readDer(bytes);
  return outer && outer.tag === 0x30 && outer.end === bytes.length ? readAll(outer.content) : undefined;
}
