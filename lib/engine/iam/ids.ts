/**
 * Unique ids and credentials in the form in which AWS makes them.
 * Source: IAM User Guide, "IAM identifiers", "Unique identifiers" (prefixes).
 */
const base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

export type IdPrefix = "AIDA" | "AROA" | "AGPA" | "ANPA" | "AKIA" | "ASIA";

/** Prefix and body; 16 bytes give the 17 further characters of entity ids, access key ids are 20 long in all. */
export function uniqueId(prefix: IdPrefix, random: (bytes: number) => Uint8Array): string {
  const length = prefix === "AKIA" || prefix === "ASIA" ? 16 : 17;
  return prefix + Array.from(random(length), (byte) => base32[byte & 31]).join("");
}

/** 40 characters, as a secret access key is. */
export const secretKey = (random: (bytes: number) => Uint8Array): string => Array.from(random(40), (byte) => base64[byte & 63]).join("");

/** Opaque; begins as the tokens of the commercial partition do. */
export const sessionToken = (random: (bytes: number) => Uint8Array): string =>
  `IQoJb3JpZ2luX2Vj${Array.from(random(304), (byte) => base64[byte & 63]).join("")}==`;

/** Always the same bytes for the same text: ids of what is in an account before anybody called. Not a cryptographic hash. */
export function bytesOf(text: string): (bytes: number) => Uint8Array {
  let state = 2166136261;
  for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), 16777619);
  return (bytes) =>
    Uint8Array.from({ length: bytes }, () => {
      state = (state + 0x6d2b79f5) | 0;
      let t = Math.imul(state ^ (state >>> 15), 1 | state);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return (t ^ (t >>> 14)) & 255;
    });
}
