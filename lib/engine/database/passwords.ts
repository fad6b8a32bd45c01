import { hmac } from "@noble/hashes/hmac.js";
import { md5, sha1 } from "@noble/hashes/legacy.js";
import { pbkdf2 } from "@noble/hashes/pbkdf2.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { boundedCache, concat, fromBase64, toBase64, toHex, utf8 } from "../crypto/bytes";
import type { Context } from "../types";
import type { Engine } from "./state";

/** The ways in which servers keep passwords, as they name them. */
export type Keeping = "caching_sha2_password" | "mysql_native_password" | "scram-sha-256" | "md5";

/**
 * How a server of this kind keeps a password that it is given in the clear. MySQL did so by `mysql_native_password` on RDS
 * and Aurora until 8.4. What DocumentDB does is not shown; here it is SCRAM-SHA-256, by which its clients log in.
 * Sources: Amazon RDS User Guide, "MySQL default authentication plugin"; Amazon Aurora User Guide, "Security considerations for
 * upgrading from Aurora MySQL version 3 to version 8.4"; PostgreSQL documentation, `password_encryption`; Redshift Developer
 * Guide, CREATE USER (PASSWORD).
 */
export function keepingOf(engine: Engine, version: string): Keeping {
  if (engine === "mariadb") return "mysql_native_password";
  if (engine === "mysql" || engine === "aurora-mysql") return /^(5|8\.0)\b/.test(version) ? "mysql_native_password" : "caching_sha2_password";
  return engine === "redshift" ? "md5" : "scram-sha-256";
}

/**
 * A password as a server keeps it: `caching_sha2_password` (`$A$005$…`: SHA-256 crypt, 5,000 rounds), `mysql_native_password`
 * (`*…`: SHA-1 twice, without a salt), SCRAM-SHA-256 (`SCRAM-SHA-256$4096:…`, RFC 5802 and 7677), or `md5…` over the password
 * and the user's name.
 * Sources: MySQL 8.4 Reference Manual, "Caching SHA-2 Pluggable Authentication"; Ulrich Drepper, "Unix crypt using SHA-256
 * and SHA-512"; PostgreSQL documentation, "pg_authid" (rolpassword).
 */
export function hashPassword(ctx: Pick<Context, "random">, keeping: Keeping, user: string, password: string): string {
  switch (keeping) {
    case "caching_sha2_password": return caching(password, saltText(ctx.random(20)));
    case "mysql_native_password": return native(password);
    case "md5": return md5Of(user, password);
    case "scram-sha-256": return scram(password, ctx.random(16), 4096);
  }
}

/** Whether a password is the one that was kept. */
export function isPassword(kept: string, user: string, password: string): boolean {
  if (isHash.mysql_native_password.test(kept)) return native(password) === kept;
  if (isHash.caching_sha2_password.test(kept)) return caching(password, kept.slice(7, 27)) === kept;
  if (isHash.md5.test(kept)) return md5Of(user, password) === kept;
  if (isHash.redshiftSha256.test(kept)) {
    const [, digest, salt] = kept.split("|");
    return toHex(sha256(concat(utf8(password), utf8(salt)))) === digest;
  }
  const [, iterations, salt] = isHash["scram-sha-256"].exec(kept) ?? [];
  return salt !== undefined && scram(password, fromBase64(salt), Number(iterations)) === kept;
}

/**
 * What a server takes for a password that was hashed already. A SCRAM verifier's iterations are bounded, so that a login ends.
 * `sha256|digest|salt` is Redshift's.
 */
export const isHash = {
  caching_sha2_password: /^\$A\$005\$[^]{20}[./0-9A-Za-z]{43}$/,
  mysql_native_password: /^\*[0-9A-F]{40}$/,
  "scram-sha-256": /^SCRAM-SHA-256\$(\d{1,5}):((?:[A-Za-z0-9+/]{4}){1,20}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)\$[A-Za-z0-9+/]{43}=:[A-Za-z0-9+/]{43}=$/,
  md5: /^md5[0-9a-f]{32}$/,
  redshiftSha256: /^sha256\|[0-9a-f]{64}\|[^|]{0,64}$/,
} as const;

/** How MySQL's tables name the way of keeping; `usual` for an account without a password. */
export const pluginOf = (kept: string | null, usual: Keeping): Keeping => (kept === null ? usual : kept.startsWith("*") ? "mysql_native_password" : "caching_sha2_password");

/** A program logs in again and again with the same password: what was computed of late is kept. The same inputs give the same outputs. */
const lately = boundedCache<string>(100);

const native = (password: string): string => `*${toHex(sha1(sha1(utf8(password)))).toUpperCase()}`;

const md5Of = (user: string, password: string): string => `md5${toHex(md5(utf8(password + user)))}`;

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
