import { aeskwp } from "@noble/ciphers/aes.js";
import type { OutsideAnswer, OutsideRequest } from "../types";
import { fromBase64, toBase64 } from "./bytes";
import { mlDsa } from "./ml-dsa";

/**
 * Algorithms that few calls want and that are too large for what every page loads: ports load this file when `ctx.outside`
 * first asks for one of them. Source of the key wrapping: RFC 5649.
 */
export const seldom = (request: Exclude<OutsideRequest, { kind: "rsa-key-pair" }>): OutsideAnswer[Exclude<OutsideRequest["kind"], "rsa-key-pair">] =>
  request.kind === "aes-key-unwrap" ? { material: aesKeyUnwrap(fromBase64(request.key), fromBase64(request.wrapped)) } : mlDsa(request);

function aesKeyUnwrap(key: Uint8Array, wrapped: Uint8Array): string | null {
  try {
    return toBase64(aeskwp(key).decrypt(wrapped));
  } catch {
    return null;
  }
}
