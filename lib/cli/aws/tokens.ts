import type { ServiceModel } from "../../engine/model";
import { type Value, define } from "./python";

/** A UUID, version 4. Pages at plain HTTP have `getRandomValues` alone. */
function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  return Array.from(bytes, (byte, i) => (i === 4 || i === 6 || i === 8 || i === 10 ? "-" : "") + byte.toString(16).padStart(2, "0")).join("");
}

/** Fills in the idempotency tokens that were not given, as the real command does. */
export function fillTokens(model: ServiceModel, shape: string | undefined, input: { [key: string]: Value }): void {
  for (const [name, { idempotencyToken }] of Object.entries((shape && model.shapes[shape].members) || {})) if (idempotencyToken && !Object.hasOwn(input, name)) define(input, name, uuid());
}
