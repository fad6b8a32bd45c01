import type { LeanModel, ShapeRef } from "../model";
import type { Json, JsonObject } from "../types";

/**
 * A request's or an answer's members as CloudTrail writes them: names begin small, bytes are left out, dates are words,
 * and secrets are hidden. null where nothing is left.
 * Source: KMS Developer Guide, "Logging AWS KMS API calls with AWS CloudTrail" (its log entries); IAM User Guide,
 * "Logging IAM and AWS STS API calls"; Organizations User Guide, "Logging AWS Organizations API calls" (`****`); Amazon RDS User Guide, "Monitoring Amazon RDS API calls in AWS CloudTrail" (`****`).
 */
export function asLogged(model: LeanModel, side: "input" | "output", operation: string, value: JsonObject): JsonObject | null {
  const ref = model.operations[operation]?.[side];
  if (!ref) return null;
  const { endpointPrefix } = model.metadata;
  // Of Secrets Manager's requests, values are left out altogether (Secrets Manager User Guide, "CloudTrail entries").
  const leftOut = side === "output" || endpointPrefix === "secretsmanager";
  const secret = ["organizations", "rds", "redshift"].includes(endpointPrefix) ? "****" : leftOut ? undefined : "HIDDEN_DUE_TO_SECURITY_REASONS";
  const out = logged(model, ref, value, secret) as JsonObject;
  return Object.keys(out).length ? out : null;
}

function logged(model: LeanModel, ref: ShapeRef, value: Json | undefined, secret: string | undefined): Json | undefined {
  const shape = model.shapes[ref.shape];
  if (value === null || value === undefined || shape.type === "blob") return undefined;
  if (ref.sensitive || shape.sensitive) return secret;
  if (shape.type === "timestamp") return typeof value === "number" ? dateWords(value * 1000) : value;
  if (shape.type === "list") return Array.isArray(value) ? value.map((item) => logged(model, shape.member!, item, secret) ?? null) : value;
  if (!isObject(value)) return value;
  const out: JsonObject = {};
  for (const [name, member] of Object.entries(value)) {
    if (name === "GrantToken") continue;
    const of = shape.type === "map" ? shape.value : shape.members && Object.hasOwn(shape.members, name) ? shape.members[name] : undefined;
    const seen = of && logged(model, of, member, secret);
    if (seen !== undefined) out[shape.type === "map" ? name : small(name)] = seen;
  }
  return out;
}

const isObject = (value: Json): value is JsonObject => typeof value === "object" && value !== null && !Array.isArray(value);

const small = (name: string): string => name[0].toLowerCase() + name.slice(1);

/** `May 21, 2025, 5:47:45 AM`, in UTC. */
export const dateWords = (ms: number): string => new Date(ms).toLocaleString("en-US", { dateStyle: "medium", timeStyle: "medium", timeZone: "UTC" }).replaceAll("\u202f", " ");

const symmetric = { EncryptionAlgorithm: "SYMMETRIC_DEFAULT" };
const signing = { MessageType: "RAW" };
const created = { Description: "", KeyUsage: "ENCRYPT_DECRYPT", KeySpec: "SYMMETRIC_DEFAULT", Origin: "AWS_KMS", MultiRegion: false, BypassPolicyLockoutSafetyCheck: false };

/** KMS records these members as it understood them, also where the request did not say them. */
const understood: Record<string, JsonObject> = {
  Encrypt: symmetric,
  Decrypt: symmetric,
  ReEncrypt: { SourceEncryptionAlgorithm: "SYMMETRIC_DEFAULT", DestinationEncryptionAlgorithm: "SYMMETRIC_DEFAULT" },
  Sign: signing,
  Verify: signing,
  CreateKey: created,
};

/** Source: KMS Developer Guide, log entries of CreateKey, Decrypt ("always includes the encryptionAlgorithm"), Sign. */
export function asUnderstood(service: string, operation: string, input: JsonObject): JsonObject {
  if (service !== "kms" || !Object.hasOwn(understood, operation)) return input;
  const whole = { ...understood[operation], ...input };
  if (operation !== "CreateKey") return whole;
  const spec = input.KeySpec ?? input.CustomerMasterKeySpec ?? created.KeySpec;
  return { ...whole, KeySpec: spec, CustomerMasterKeySpec: spec };
}
