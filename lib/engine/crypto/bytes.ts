/**
 * Bytes and their texts: base64, hex, UTF-8. Fast, because every blob of every call passes here.
 * A host's own base64 is used where there is one (Node's Buffer, or the newer Uint8Array methods);
 * the answers are the same without.
 */

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const CODE_OF_VALUE = new Uint8Array(64);
const VALUE_OF_CODE = new Uint8Array(256).fill(255);
for (let value = 0; value < 64; value++) {
  const code = ALPHABET.charCodeAt(value);
  CODE_OF_VALUE[value] = code;
  VALUE_OF_CODE[code] = value;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const strictDecoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** UTF-8 bytes of a text; a lone surrogate becomes U+FFFD. */
export const utf8 = (text: string): Uint8Array => encoder.encode(text);

/** Text of UTF-8 bytes; what is not UTF-8 becomes U+FFFD. */
export const utf8Text = (bytes: Uint8Array): string => decoder.decode(bytes);

/** Text of UTF-8 bytes; undefined if they are not UTF-8. */
export function strictUtf8Text(bytes: Uint8Array): string | undefined {
  try {
    return strictDecoder.decode(bytes);
  } catch {
    return undefined;
  }
}

interface Base64Codec {
  encode(bytes: Uint8Array): string;
  /** Takes text that is known to be well formed. */
  decode(text: string): Uint8Array;
}

/** Works everywhere. Exported for the test that compares it with the host's. */
export const plainBase64: Base64Codec = {
  encode(bytes) {
    const length = bytes.length;
    const out = new Uint8Array(Math.ceil(length / 3) * 4);
    let at = 0;
    let i = 0;
    for (; i + 2 < length; i += 3) {
      const word = (bytes[i] << 16) | (bytes[i + 1] << 8) | bytes[i + 2];
      out[at++] = CODE_OF_VALUE[word >>> 18];
      out[at++] = CODE_OF_VALUE[(word >>> 12) & 63];
      out[at++] = CODE_OF_VALUE[(word >>> 6) & 63];
      out[at++] = CODE_OF_VALUE[word & 63];
    }
    if (i < length) {
      const word = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8);
      out[at++] = CODE_OF_VALUE[word >>> 18];
      out[at++] = CODE_OF_VALUE[(word >>> 12) & 63];
      out[at++] = i + 1 < length ? CODE_OF_VALUE[(word >>> 6) & 63] : 61;
      out[at++] = 61;
    }
    return decoder.decode(out);
  },
  decode(text) {
    const out = new Uint8Array(base64Length(text));
    let word = 0;
    let bits = 0;
    let at = 0;
    for (let i = 0; at < out.length; i++) {
      word = ((word << 6) | VALUE_OF_CODE[text.charCodeAt(i)]) & 0xffffff;
      bits += 6;
      if (bits >= 8) {
        bits -= 8;
        out[at++] = word >>> bits;
      }
    }
    return out;
  },
};

type NodeBuffer = Uint8Array & { toString(form: string, start: number, end: number): string; write(text: string, form: string): number };
interface NodeBuffers {
  allocUnsafeSlow(length: number): NodeBuffer;
  from(source: ArrayBufferLike, offset: number, length: number): NodeBuffer;
}

/**
 * Small things are written on one buffer that is kept, and read from there: Node takes longer to make a buffer than to
 * encode what nearly every call has. Whoever writes there reads it before anybody else can.
 */
const DESK = 16_384;

function nodesDesk(): { whole: NodeBuffer; plain: Uint8Array; from: NodeBuffers["from"] } | undefined {
  // Asked for by name in a variable, so that no bundler puts its own Buffer here.
  const name = "Buffer";
  const buffer = (globalThis as Record<string, unknown>)[name] as NodeBuffers | undefined;
  if (!buffer?.allocUnsafeSlow) return undefined;
  const whole = buffer.allocUnsafeSlow(DESK);
  // Plain, so that its slice copies, and nothing that is handed out behaves like a Buffer.
  return { whole, plain: new Uint8Array(whole.buffer), from: buffer.from };
}

const desk = nodesDesk();

function hostBase64(): Base64Codec | undefined {
  if (desk) {
    const { whole, plain, from } = desk;
    return {
      encode(bytes) {
        const { length } = bytes;
        if (length > DESK) return from(bytes.buffer, bytes.byteOffset, length).toString("base64", 0, length);
        whole.set(bytes);
        return whole.toString("base64", 0, length);
      },
      decode(text) {
        const length = base64Length(text);
        if (length <= DESK) return plain.slice(0, whole.write(text, "base64"));
        const out = new Uint8Array(length);
        // All of `out` is its own buffer's.
        return out.subarray(0, from(out.buffer, 0, length).write(text, "base64"));
      },
    };
  }
  const modern = Uint8Array as unknown as { fromBase64?(text: string): Uint8Array };
  if (modern.fromBase64 && "toBase64" in Uint8Array.prototype)
    return {
      encode: (bytes) => (bytes as unknown as { toBase64(): string }).toBase64(),
      decode: (text) => modern.fromBase64!(text),
    };
  return undefined;
}

const codec = hostBase64() ?? plainBase64;

export const toBase64 = (bytes: Uint8Array): string => codec.encode(bytes);

/** What `isBase64` decoded last: whoever asked wants the bytes next, and has them to keep. */
let decoded: { text: string; bytes: Uint8Array } | undefined;

/** Bytes of base64 text that is known to be well formed (the lab's shape stage has seen it). */
export function fromBase64(text: string): Uint8Array {
  if (!decoded || text.length < LONG || text !== decoded.text) return codec.decode(text);
  const { bytes } = decoded;
  decoded = undefined;
  return bytes;
}

/** From here on the host's own codec, there and back, is several times as fast as the expression. */
const LONG = 256;
const WELL_FORMED = /^[A-Za-z0-9+/]*={0,2}$/;

/** True for base64 with its padding, and no line breaks: what AWS takes in a blob. */
export function isBase64(text: string): boolean {
  if (text.length % 4 !== 0) return false;
  if (text.length < LONG || codec === plainBase64) return WELL_FORMED.test(text);
  // Hosts forgive this and that, and what they forgive does not come back; but for the last group, whose unused bits may be anything.
  if (!WELL_FORMED.test(text.slice(-4))) return false;
  let bytes: Uint8Array;
  try {
    bytes = codec.decode(text);
  } catch {
    return false;
  }
  if (bytes.length !== base64Length(text) || codec.encode(bytes).slice(0, -4) !== text.slice(0, -4)) return false;
  decoded = { text, bytes };
  return true;
}

/** Bytes of base64 text from outside; undefined if it is not well formed. */
export const parseBase64 = (text: string): Uint8Array | undefined => (isBase64(text) ? fromBase64(text) : undefined);

/** How many bytes well-formed base64 text stands for. */
export function base64Length(text: string): number {
  const length = text.length;
  if (length === 0) return 0;
  const padding = text.charCodeAt(length - 1) !== 61 ? 0 : text.charCodeAt(length - 2) !== 61 ? 1 : 2;
  return (length / 4) * 3 - padding;
}

const HEX_OF_BYTE = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Lower-case hex. */
export function toHex(bytes: Uint8Array): string {
  if (desk && bytes.length > 8 && bytes.length <= DESK) {
    desk.whole.set(bytes);
    return desk.whole.toString("hex", 0, bytes.length);
  }
  let out = "";
  for (let i = 0; i < bytes.length; i++) out += HEX_OF_BYTE[bytes[i]];
  return out;
}

/** Bytes of hex text in either case; undefined if it is not hex. */
export function fromHex(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(text)) return undefined;
  const out = new Uint8Array(text.length / 2);
  for (let i = 0; i < out.length; i++) out[i] = parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return out;
}

/** All parts one after another. */
export function concat(...parts: Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const out = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Same bytes. Looks at all of them, wherever they first differ. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= a[i] ^ b[i];
  return difference === 0;
}

/** A map that forgets its oldest entry when it is full: for parsed keys and other things that can be made again. */
export function boundedCache<V, K = string>(limit: number): { get(key: K, make: (key: K) => V): V } {
  const entries = new Map<K, V>();
  return {
    get(key, make) {
      const known = entries.get(key);
      if (known !== undefined) return known;
      const made = make(key);
      if (entries.size >= limit) entries.delete(entries.keys().next().value!);
      entries.set(key, made);
      return made;
    },
  };
}
