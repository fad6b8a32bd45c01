import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { boundedCache, toHex, utf8 } from "../engine/crypto/bytes";

/**
 * Signature Version 4, each stage a function of its own, so that a difference shows where it began.
 * Source: IAM User Guide, "Create a signed AWS API request".
 */

export interface SignedParts {
  method: string;
  /** Path and query as they stand in the request line. */
  url: string;
  /** Names in small letters. */
  headers: Record<string, string>;
  body: Uint8Array;
}

export interface Authorization {
  accessKeyId: string;
  /** `20261123` */
  date: string;
  region: string;
  service: string;
  signedHeaders: string[];
  signature: string;
}

/** Reads `Authorization: AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`; undefined if it is not one. */
export function parseAuthorization(header: string): Authorization | undefined {
  const at = header.lastIndexOf("Signature=");
  const signature = /^([0-9a-f]{64})\s*$/.exec(header.slice(at + "Signature=".length))?.[1];
  const { claim } = claims.get(header.slice(0, at), readClaim);
  if (at < 0 || signature === undefined || !claim) return undefined;
  const { accessKeyId, date, region, service, signedHeaders } = claim;
  return { accessKeyId, date, region, service, signedHeaders, signature };
}

/** What stands before the signature: the same in all requests of one kind that a client makes in a day. */
const claims = boundedCache<{ claim?: Omit<Authorization, "signature"> }>(256);

function readClaim(text: string): { claim?: Omit<Authorization, "signature"> } {
  const match = /^AWS4-HMAC-SHA256\s+Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*$/.exec(text);
  const scope = match?.[1].split("/") ?? [];
  if (!match || scope.length < 5 || scope.at(-1) !== "aws4_request") return {};
  const [date, region, service] = scope.slice(-4);
  return { claim: { accessKeyId: scope.slice(0, -4).join("/"), date, region, service, signedHeaders: match[2].split(";") } };
}

const hexHash = (data: Uint8Array, hash: (data: Uint8Array) => Uint8Array): string => toHex(hash(data));

/** RFC 3986, as SigV4 wants it: everything but A–Z a–z 0–9 - . _ ~ is escaped. */
const escapeUri = (text: string): string => encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
const unescapeUri = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

export function canonicalRequest(parts: SignedParts, signedHeaders: string[], hash: (data: Uint8Array) => Uint8Array = sha256): string {
  const [path, query = ""] = splitOnce(parts.url, "?");
  const canonicalPath = path.split("/").map((segment) => escapeUri(unescapeUri(segment))).join("/") || "/";
  const canonicalQuery = query
    .split("&")
    .filter(Boolean)
    .map((pair) => splitOnce(pair, "=").map((part) => escapeUri(unescapeUri(part ?? ""))))
    .sort(([a, x = ""], [b, y = ""]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0))
    .map(([name, value = ""]) => `${name}=${value}`)
    .join("&");
  const headers = signedHeaders.map((name) => `${name}:${(parts.headers[name] ?? "").trim().replace(/ +/g, " ")}\n`).join("");
  const payload = parts.headers["x-amz-content-sha256"] ?? hexHash(parts.body, hash);
  return `${parts.method}\n${canonicalPath}\n${canonicalQuery}\n${headers}\n${signedHeaders.join(";")}\n${payload}`;
}

export const stringToSign = (canonical: string, amzDate: string, scope: string): string =>
  `AWS4-HMAC-SHA256\n${amzDate}\n${scope}\n${hexHash(utf8(canonical), sha256)}`;

/** A day's key is the same for every request of that day. */
const signingKeys = boundedCache<Uint8Array>(256);

export function signingKey(secret: string, date: string, region: string, service: string): Uint8Array {
  return signingKeys.get(`${secret}\n${date}\n${region}\n${service}`, () =>
    [region, service, "aws4_request"].reduce((key, part) => hmac(sha256, key, utf8(part)), hmac(sha256, utf8(`AWS4${secret}`), utf8(date))),
  );
}

export function signatureOf(parts: SignedParts, auth: Omit<Authorization, "signature" | "accessKeyId">, secret: string, amzDate: string, hash?: (data: Uint8Array) => Uint8Array): string {
  const scope = `${auth.date}/${auth.region}/${auth.service}/aws4_request`;
  const text = stringToSign(canonicalRequest(parts, auth.signedHeaders, hash), amzDate, scope);
  return toHex(hmac(sha256, signingKey(secret, auth.date, auth.region, auth.service), utf8(text)));
}

/** Headers that sign a request: for tests, and for doors of our own that speak HTTP. `at` is ms since the epoch. */
export function sign(parts: SignedParts, who: { accessKeyId: string; secret: string; sessionToken?: string; region: string; service: string; at: number }): Record<string, string> {
  const amzDate = new Date(who.at).toISOString().replace(/[-:]|\.\d+/g, "");
  const headers: Record<string, string> = { ...parts.headers, "x-amz-date": amzDate };
  if (who.sessionToken) headers["x-amz-security-token"] = who.sessionToken;
  const signedHeaders = Object.keys(headers).filter((name) => name === "host" || name === "content-type" || name.startsWith("x-amz-")).sort();
  const auth = { date: amzDate.slice(0, 8), region: who.region, service: who.service, signedHeaders };
  const signature = signatureOf({ ...parts, headers }, auth, who.secret, amzDate);
  headers.authorization = `AWS4-HMAC-SHA256 Credential=${who.accessKeyId}/${auth.date}/${who.region}/${who.service}/aws4_request, SignedHeaders=${signedHeaders.join(";")}, Signature=${signature}`;
  return headers;
}

function splitOnce(text: string, by: string): [string, string?] {
  const at = text.indexOf(by);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
