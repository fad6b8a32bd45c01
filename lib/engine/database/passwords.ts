import { hmac } from "@noble/hashes/hmac.js";
import { sha1 } from "@noble/hashes/legacy.js";
import { pbkdf2 } from "@noble/hashes/pbkdf2.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { boundedCache, concat, fromBase64, toBase64, toHex, utf8 } from "../crypto/bytes";
import type { Context } from "../types";
import type { Engine } from "./state";

/**
 * Passwords as the servers keep them: MySQL's `caching_sha2_password` (`$A$005$…`: SHA-256 crypt, 5,000 rounds), MariaDB's
 * `mysql_native_password` (`*…`: SHA-1 twice, without a salt), and SCRAM-SHA-256 (`SCRAM-SHA-256$4096:…`, RFC 5802 and
 * 7677). Redshift and DocumentDB keep theirs in forms that AWS does not show: here they are SCRAM-SHA-256 too.
 * Sources: MySQL 8.4 Reference Manual, "Caching SHA-2 Pluggable Authentication"; Ulrich Drepper, "Unix crypt using SHA-256
 * and SHA-512"; PostgreSQL documentation, "pg_authid" (rolpassword).
 */
export function hashPassword(ctx: Pick<Context, "random">, engine: Engine, password: string): string {
  switch (engine) {
    case "mysql":
    case "aurora-mysql":
      return caching(password, saltText(ctx.random(20)));
    case "mariadb":
      return native(password);
    default:
      return scram(password, ctx.random(16), 4096);
  }
}

/** Whether a password is the one that was kept. */
export function isPassword(kept: string, password: string): boolean {
  if (kept.startsWith("*")) return native(password) === kept;
  if (kept.startsWith("$A$")) return caching(password, kept.slice(7, 27)) === kept;
  const [, iterations, salt] = /^SCRAM-SHA-256\$(\d+):([^$]+)\$/.exec(kept) ?? [];
  return salt !== undefined && scram(password, fromBase64(salt), Number(iterations)) === kept;
}

/** How MySQL's tables name the way of keeping. */
export const pluginOf = (kept: string | null): string => (kept?.startsWith("*") ? "mysql_native_password" : "caching_sha2_password");

/** A program logs in again and again with the same password: what was computed of late is kept. The same inputs give the same outputs. */
const lately = boundedCache<string>(100);

const native = (password: string): string => `*${toHex(sha1(sha1(utf8(password)))).toUpperCase()}`;

const caching = (password: string, salt: string): string => lately.get(`caching\0${salt}\0${password}`, () => `$A$005$${salt}${sha256Crypt(utf8(password), utf8(salt), 5_000)}`);

function scram(password: string, salt: Uint8Array, iterations: number): string {
  return lately.get(`scram\0${toBase64(salt)}\0${iterations}\0${password}`, () => {
    const salted = pbkdf2(sha256, utf8(password.normalize("NFKC")), salt, { c: iterations, dkLen: 32 });
    const stored = sha256(hmac(sha256, salted, utf8("Client Key")));
    const server = hmac(sha256, salted, utf8("Server Key"));
    return `SCRAM-SHA-256$${iterations}:${toBase64(salt)}$${toBase64(stored)}:${toBase64(server)}`;
  });
}

const alphabet = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const saltText = (bytes: Uint8Array): string => Array.from(bytes, (byte) => alphabet[byte & 63]).join("");

/** The digest of SHA-256 crypt, without its `$5$…$`. Source: Drepper, steps 1 to 22. */
export function sha256Crypt(password: Uint8Array, salt: Uint8Array, rounds: number): string {
  const repeated = (bytes: Uint8Array, length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => bytes[i % bytes.length]);
  const other = sha256(concat(password, salt, password));
  const parts = [password, salt, repeated(other, password.length)];
  for (let length = password.length; length > 0; length >>= 1) parts.push(length & 1 ? other : password);
  let digest = sha256(concat(...parts));
  const p = repeated(sha256(concat(...Array.from({ length: password.length }, () => password))), password.length);
  const s = repeated(sha256(concat(...Array.from({ length: 16 + digest[0] }, () => salt))), salt.length);
  for (let round = 0; round < rounds; round++) digest = sha256(concat(round & 1 ? p : digest, round % 3 ? s : none, round % 7 ? p : none, round & 1 ? digest : p));
  let out = "";
  const add = (value: number, characters: number): void => {
    for (let i = 0; i < characters; i++, value >>>= 6) out += alphabet[value & 63];
  };
  for (let i = 0, [a, b, c] = [0, 10, 20]; i < 10; i++, [a, b, c] = [c + 1, a + 1, b + 1]) add((digest[a] << 16) | (digest[b] << 8) | digest[c], 4);
  add((digest[31] << 8) | digest[30], 3);
  return out;
}

const none = new Uint8Array();
