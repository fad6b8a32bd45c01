import { hmac as nobleHmac } from "@noble/hashes/hmac.js";
import { hashes, type HashName } from "./hashes";

/** HMAC of a message. Source: FIPS 198-1. */
export const hmac = (hash: HashName, key: Uint8Array, message: Uint8Array): Uint8Array => nobleHmac(hashes[hash], key, message);
