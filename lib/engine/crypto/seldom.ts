import { aeskwp } from "@noble/ciphers/aes.js";
import type { OutsideAnswer, OutsideWork } from "../types";
import { fromBase64, toBase64 } from "./bytes";
import { curve, type CurveRequest } from "./curve";
import { mlDsa, type MlDsaRequest } from "./ml-dsa";

/**
 * Algorithms that few calls want and that are too large for what every page loads: ports load this file when `ctx.outside`
 * first asks for one of them. Source of the key wrapping: RFC 5649.
 */
export function seldom(request: Exclude<OutsideWork, { kind: "rsa-key-pair" }>): OutsideAnswer[Exclude<OutsideWork["kind"], "rsa-key-pair">] {
  if (request.kind === "aes-key-unwrap") return { material: aesKeyUnwrap(fromBase64(request.key), fromBase64(request.wrapped)) };
  return isCurve(request) ? curve(request) : mlDsa(request);
}

const isCurve = (request: CurveRequest | MlDsaRequest): request is CurveRequest => request.kind.startsWith("curve-");

function aesKeyUnwrap(key: Uint8Array, wrapped: Uint8Array): string | null {
  try {
    return toBase64(aeskwp(key).decrypt(wrapped));
  } catch {
    return null;
  }
}
