import { cbc, ctr, gcm } from "@noble/ciphers/aes.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { hmac } from "@noble/hashes/hmac.js";
import { md5, sha1 } from "@noble/hashes/legacy.js";
import { pbkdf2 } from "@noble/hashes/pbkdf2.js";
import { scrypt } from "@noble/hashes/scrypt.js";
import { sha224, sha256, sha384, sha512 } from "@noble/hashes/sha2.js";
import { Buffer } from "buffer";

/**
 * Node's `crypto`: digests, HMAC, key derivation, AES, and random bytes. Keys of other kinds are not here, and say so: what they
 * would do in AWS belongs into KMS. Source: Node.js API, Crypto.
 */
type Data = string | Uint8Array | ArrayBuffer | DataView;
type Encoding = "hex" | "base64" | "base64url" | "latin1" | "binary" | "buffer" | undefined;

const hashes = { md5, sha1, sha224, sha256, sha384, sha512 };

const coded = (error: Error, code: string): Error => Object.assign(error, { code });

function bytesOf(data: unknown, encoding?: string): Uint8Array {
  if (typeof data === "string") return Buffer.from(data, (encoding ?? "utf8") as "utf8");
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  throw coded(new TypeError(`The "data" argument must be of type string or an instance of Buffer, TypedArray, or DataView. Received ${data === null ? "null" : typeof data}`), "ERR_INVALID_ARG_TYPE");
}
const out = (bytes: Uint8Array, encoding: Encoding): Buffer | string => {
  const buffer = Buffer.from(bytes);
  return !encoding || encoding === "buffer" ? buffer : encoding === "base64url" ? buffer.toString("base64").replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "") : buffer.toString(encoding);
};
function hashOf(name: string): (typeof hashes)["sha256"] {
  const found = hashes[name.toLowerCase().replace(/^rsa-/, "").replace(/^sha-/, "sha") as "sha256"];
  if (!found) throw coded(new Error("Digest method not supported"), "ERR_CRYPTO_INVALID_DIGEST");
  return found;
}

interface Running {
  update(data: Uint8Array): unknown;
  digest(): Uint8Array;
  clone(): Running;
}

class Hash {
  #running: Running;
  #done = false;
  constructor(running: Running) {
    this.#running = running;
  }
  update(data: Data, encoding?: string): this {
    if (this.#done) throw coded(new Error("Digest already called"), "ERR_CRYPTO_HASH_FINALIZED");
    this.#running.update(bytesOf(data, encoding));
    return this;
  }
  digest(encoding?: Encoding): Buffer | string {
    if (this.#done) throw coded(new Error("Digest already called"), "ERR_CRYPTO_HASH_FINALIZED");
    this.#done = true;
    return out(this.#running.digest(), encoding);
  }
  copy(): Hash {
    return new Hash(this.#running.clone());
  }
}

const ciphers = /^(?:id-)?aes-?(128|192|256)-(gcm|cbc|ctr)$/i;

/** All of it is given out by `final`: for who puts `update` and `final` together, which is everybody, it is the same. */
class Cipher {
  #parts: Uint8Array[] = [];
  #aad = new Uint8Array();
  #tag?: Uint8Array;
  #padding = true;
  readonly #mode: string;

  constructor(
    algorithm: string,
    readonly key: Uint8Array,
    readonly iv: Uint8Array,
    readonly seals: boolean,
  ) {
    const found = ciphers.exec(algorithm);
    if (!found) throw coded(new Error("Unknown cipher"), "ERR_CRYPTO_UNKNOWN_CIPHER");
    if (key.length * 8 !== Number(found[1])) throw coded(new RangeError("Invalid key length"), "ERR_CRYPTO_INVALID_KEYLEN");
    this.#mode = found[2].toLowerCase();
    if (this.#mode !== "gcm" && iv.length !== 16) throw coded(new TypeError("Invalid initialization vector"), "ERR_CRYPTO_INVALID_IV");
    for (const name of ["key", "iv", "seals"]) Object.defineProperty(this, name, { enumerable: false });
  }
  update(data: Data, from?: string, to?: Encoding): Buffer | string {
    this.#parts.push(bytesOf(data, from).slice());
    return out(new Uint8Array(), to);
  }
  final(to?: Encoding): Buffer | string {
    const text = Buffer.concat(this.#parts);
    this.#parts = [];
    return out(this.seals ? this.#seal(text) : this.#open(text), to);
  }
  setAAD(data: Data): this {
    this.#aad = bytesOf(data).slice();
    return this;
  }
  getAuthTag(): Buffer {
    if (!this.#tag) throw coded(new Error("Invalid state for operation getAuthTag"), "ERR_CRYPTO_INVALID_STATE");
    return Buffer.from(this.#tag);
  }
  setAuthTag(tag: Data): this {
    this.#tag = bytesOf(tag).slice();
    return this;
  }
  setAutoPadding(on = true): this {
    this.#padding = on;
    return this;
  }
  #seal(text: Uint8Array): Uint8Array {
    if (this.#mode === "cbc") return cbc(this.key, this.iv, { disablePadding: !this.#padding }).encrypt(text);
    if (this.#mode === "ctr") return ctr(this.key, this.iv).encrypt(text);
    const sealed = gcm(this.key, this.iv, this.#aad).encrypt(text);
    this.#tag = sealed.slice(-16);
    return sealed.subarray(0, -16);
  }
  #open(text: Uint8Array): Uint8Array {
    if (this.#mode === "ctr") return ctr(this.key, this.iv).decrypt(text);
    if (this.#mode === "gcm" && !this.#tag) throw new Error("Unsupported state or unable to authenticate data");
    try {
      return this.#mode === "cbc" ? cbc(this.key, this.iv, { disablePadding: !this.#padding }).decrypt(text) : gcm(this.key, this.iv, this.#aad).decrypt(Buffer.concat([text, this.#tag!]));
    } catch {
      throw this.#mode === "cbc" ? coded(new Error("error:1C800064:Provider routines::bad decrypt"), "ERR_OSSL_BAD_DECRYPT") : new Error("Unsupported state or unable to authenticate data");
    }
  }
}

type Done = (error: unknown, value?: unknown) => void;
/** `f(…, callback)` of what is there at once. */
const later = (done: Done, work: () => unknown): void => {
  queueMicrotask(() => {
    let value: unknown;
    try {
      value = work();
    } catch (error) {
      return done(error);
    }
    done(null, value);
  });
};

export function makeCrypto(random: (bytes: number) => Uint8Array): object {
  const randomBytes = (size: number, done?: Done): Buffer | void => (done ? later(done, () => Buffer.from(random(size))) : Buffer.from(random(size)));
  function randomInt(...args: unknown[]): number | void {
    const done = typeof args.at(-1) === "function" ? (args.pop() as Done) : undefined;
    const [low, high] = args.length > 1 ? (args as number[]) : [0, args[0] as number];
    if (!(Number.isSafeInteger(low) && Number.isSafeInteger(high) && high > low)) throw coded(new RangeError(`The value of "max" is out of range. It must be greater than the value of "min" (${low}). Received ${high}`), "ERR_OUT_OF_RANGE");
    const draw = (): number => {
      const range = high - low;
      const bound = 2 ** 48 - (2 ** 48 % range);
      for (;;) {
        const value = random(6).reduce((sum, byte) => sum * 256 + byte, 0);
        if (value < bound) return low + (value % range);
      }
    };
    return done ? later(done, draw) : draw();
  }
  const pbkdf2Sync = (password: Data, salt: Data, iterations: number, length: number, digest: string): Buffer => Buffer.from(pbkdf2(hashOf(digest), bytesOf(password), bytesOf(salt), { c: iterations, dkLen: length }));
  const scryptSync = (password: Data, salt: Data, length: number, { N = 16_384, cost = N, r = 8, blockSize = r, p = 1, parallelization = p }: Record<string, number> = {}): Buffer => Buffer.from(scrypt(bytesOf(password), bytesOf(salt), { N: cost, r: blockSize, p: parallelization, dkLen: length }));
  const hkdfSync = (digest: string, key: Data, salt: Data, info: Data, length: number): ArrayBuffer => new Uint8Array(hkdf(hashOf(digest), bytesOf(key), bytesOf(salt), bytesOf(info), length)).buffer as ArrayBuffer;
  const withCallback = (work: (...args: never[]) => unknown) => (...args: unknown[]): void => {
    const done = args.pop() as Done;
    later(done, () => work(...(args as never[])));
  };
  const uuid = (): string => {
    const bytes = random(16);
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    return Buffer.from(bytes).toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  };
  const absent = Object.fromEntries(
    "createSign createVerify sign verify generateKeyPair generateKeyPairSync generateKeySync createPrivateKey createPublicKey createSecretKey publicEncrypt publicDecrypt privateEncrypt privateDecrypt createECDH createDiffieHellman diffieHellman".split(" ").map((name) => [
      name,
      () => {
        throw new Error(`crypto.${name} is not in this lab. It has digests, HMAC, key derivation, AES and random bytes; other keys belong in KMS.`);
      },
    ]),
  );
  const { crypto: webcrypto } = globalThis as { crypto?: { subtle?: unknown } };
  return {
    ...absent,
    createHash: (algorithm: string) => new Hash(hashOf(algorithm).create() as unknown as Running),
    createHmac: (algorithm: string, key: Data) => new Hash(hmac.create(hashOf(algorithm), bytesOf(key)) as unknown as Running),
    hash: (algorithm: string, data: Data, encoding: Encoding = "hex") => out(hashOf(algorithm)(bytesOf(data)), encoding),
    getHashes: () => Object.keys(hashes),
    getCiphers: () => [128, 192, 256].flatMap((bits) => ["cbc", "ctr", "gcm"].map((mode) => `aes-${bits}-${mode}`)),
    createCipheriv: (algorithm: string, key: Data, iv: Data) => new Cipher(algorithm, bytesOf(key), bytesOf(iv), true),
    createDecipheriv: (algorithm: string, key: Data, iv: Data) => new Cipher(algorithm, bytesOf(key), bytesOf(iv), false),
    randomBytes,
    randomInt,
    randomFillSync: (target: Uint8Array) => {
      bytesOf(target).set(random(target.byteLength));
      return target;
    },
    randomUUID: uuid,
    timingSafeEqual(a: Data, b: Data) {
      const [x, y] = [bytesOf(a), bytesOf(b)];
      if (x.length !== y.length) throw coded(new RangeError("Input buffers must have the same byte length"), "ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH");
      return x.reduce((difference, byte, i) => difference | (byte ^ y[i]), 0) === 0;
    },
    pbkdf2Sync,
    scryptSync,
    hkdfSync,
    pbkdf2: withCallback(pbkdf2Sync as never),
    scrypt: withCallback(scryptSync as never),
    hkdf: withCallback(hkdfSync as never),
    webcrypto,
    subtle: webcrypto?.subtle,
    getRandomValues: <T extends Uint8Array>(target: T): T => {
      bytesOf(target).set(random(target.byteLength));
      return target;
    },
  };
}
