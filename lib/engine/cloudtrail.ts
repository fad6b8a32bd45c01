import { catalog } from "./catalog";
import type { JournalEntry, Json, JsonObject, Principal, Trace } from "./types";

/**
 * The CloudTrail record of a call, made from its journal entry and trace, so that nothing is kept twice.
 * A nested call has a record of its own, `invokedBy` the service that asked. Sensitive members are hidden.
 * Source: CloudTrail User Guide, "CloudTrail record contents", "CloudTrail userIdentity element".
 */
export interface CloudTrailRecord {
  eventVersion: "1.11";
  userIdentity: JsonObject;
  eventTime: string;
  eventSource: string;
  eventName: string;
  awsRegion: string;
  sourceIPAddress: string;
  userAgent: string;
  errorCode?: string;
  errorMessage?: string;
  requestParameters: JsonObject | null;
  responseElements: JsonObject | null;
  additionalEventData?: JsonObject;
  requestID: string;
  eventID: string;
  readOnly: boolean;
  resources?: { accountId: string; type: string; ARN: string }[];
  eventType: "AwsApiCall" | "AwsServiceEvent";
  managementEvent: true;
  recipientAccountId: string;
  eventCategory: "Management";
}

/** The record of an entry's own call; undefined for entries that are no API call (the clock) and calls that AWS never saw. */
export function cloudTrailEvent(entry: JournalEntry): CloudTrailRecord | undefined {
  if (entry.kind !== "call" || !entry.call) return undefined;
  const { trace, call } = entry;
  return recordOf(trace, (call.input ?? {}) as JsonObject, entry.reply.ok ? entry.reply.output : undefined, {
    sourceIp: call.sourceIp ?? "127.0.0.1",
    userAgent: call.userAgent ?? "keyhole",
  });
}

/** The records of an entry, its nested calls' first to last after its own. */
export function cloudTrailEvents(entry: JournalEntry): CloudTrailRecord[] {
  const own = cloudTrailEvent(entry);
  const out = own ? [own] : [];
  const visit = (trace: Trace, principal: Principal | undefined): void => {
    for (const step of trace.steps) {
      if (step.kind === "caller" && step.principal) principal = step.principal;
      if (step.kind !== "call") continue;
      const by = `${step.trace.via.at(-1)}.amazonaws.com`;
      const record = recordOf(step.trace, nestedParameters(step.trace), undefined, { sourceIp: by, userAgent: by }, principal);
      if (record) out.push({ ...record, userIdentity: { ...record.userIdentity, invokedBy: by } });
      visit(step.trace, principal);
    }
  };
  visit(entry.trace, undefined);
  return out;
}

function recordOf(trace: Trace, input: JsonObject, output: JsonObject | undefined, from: { sourceIp: string; userAgent: string }, known?: Principal): CloudTrailRecord | undefined {
  const entry = catalog.get(trace.service);
  if (!entry || (!trace.outcome.ok && trace.outcome.stage === "operation")) return undefined;
  const { model } = entry;
  const caller = trace.steps.find((step) => step.kind === "caller");
  const principal = (caller?.kind === "caller" ? caller.principal : undefined) ?? known;
  const readOnly = readOnlyName.test(trace.operation);
  const operation = model.operations[trace.operation];
  const record: CloudTrailRecord = {
    eventVersion: "1.11",
    userIdentity: principal ? identity(principal) : { type: "Unknown" },
    eventTime: new Date(trace.at).toISOString().replace(/\.\d+Z$/, "Z"),
    eventSource: `${trace.service}.amazonaws.com`,
    eventName: trace.operation,
    awsRegion: entry.service.global ? "us-east-1" : trace.region,
    sourceIPAddress: from.sourceIp,
    userAgent: from.userAgent,
    requestParameters: parameters(model, operation?.input?.shape, input),
    responseElements: readOnly || !output || cryptographic.test(trace.operation) ? null : parameters(model, operation?.output?.shape, output),
    requestID: trace.requestId,
    // CloudTrail makes its own id; ours follows from the request's, so that a replay has the same.
    eventID: trace.requestId.replace(/^(.{8})-(.{4})-4/, (_, a: string, b: string) => `${[...a].reverse().join("")}-${[...b].reverse().join("")}-4`),
    readOnly,
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: trace.account,
    eventCategory: "Management",
  };
  if (!trace.outcome.ok) {
    record.errorCode = trace.outcome.code === "AccessDeniedException" ? "AccessDenied" : trace.outcome.code;
    if (trace.outcome.message) record.errorMessage = trace.outcome.message;
  }
  const resources = keysOf(trace);
  if (resources.length) record.resources = resources;
  return record;
}

const readOnlyName = /^(Get(?!RandomPassword)|List|Describe|Simulate|Encrypt$|Decrypt$|ReEncrypt|GenerateDataKey|GenerateRandom|GenerateMac|Sign$|Verify)/;
/** Calls whose answers are secrets: CloudTrail writes no response elements. */
const cryptographic = /^(Encrypt|Decrypt|ReEncrypt|Generate|Sign|Verify)/;

function identity(principal: Principal): JsonObject {
  if (principal.type === "Service") return { type: "AWSService", invokedBy: principal.service };
  const base: JsonObject = { type: principal.type === "User" ? "IAMUser" : principal.type, principalId: principal.userId, arn: principal.arn, accountId: principal.account };
  if (principal.accessKeyId) base.accessKeyId = principal.accessKeyId;
  if (principal.type === "User") base.userName = principal.name;
  if (principal.type === "AssumedRole")
    base.sessionContext = {
      sessionIssuer: { type: "Role", principalId: principal.userId.split(":")[0], arn: principal.roleArn, accountId: principal.account, userName: principal.name },
      attributes: { creationDate: principal.session ? new Date(principal.session.issuedAt).toISOString() : null, mfaAuthenticated: String(principal.session?.mfa ?? false) },
    };
  return base;
}

/** Member names begin small in CloudTrail; sensitive values and secrets are hidden. */
function parameters(model: { shapes: Record<string, { members?: Record<string, { shape: string; sensitive?: boolean }>; sensitive?: boolean; type: string }> }, shapeName: string | undefined, input: JsonObject): JsonObject | null {
  if (!shapeName) return null;
  const shape = model.shapes[shapeName];
  const out: JsonObject = {};
  for (const [name, value] of Object.entries(input)) {
    const ref = shape.members && Object.hasOwn(shape.members, name) ? shape.members[name] : undefined;
    if (!ref) continue;
    const target = model.shapes[ref.shape];
    if (target.type === "blob") continue;
    const small = name[0].toLowerCase() + name.slice(1);
    out[small] = ref.sensitive || target.sensitive ? "HIDDEN_DUE_TO_SECURITY_REASONS" : isObject(value) && target.type === "structure" ? parameters(model, ref.shape, value) : (value as Json);
  }
  return Object.keys(out).length ? out : null;
}

const isObject = (value: Json | undefined): value is JsonObject => typeof value === "object" && value !== null && !Array.isArray(value);

/** What the trace knows of a nested call's request: the key and the encryption context. */
function nestedParameters(trace: Trace): JsonObject {
  const crypto = trace.steps.find((step) => step.kind === "crypto");
  if (crypto?.kind !== "crypto") return {};
  const out: JsonObject = {};
  if (crypto.keyArn) out.KeyId = crypto.keyArn;
  if (crypto.context) out.EncryptionContext = { ...crypto.context };
  return out;
}

function keysOf(trace: Trace): { accountId: string; type: string; ARN: string }[] {
  if (trace.service !== "kms") return [];
  const arns = new Set<string>();
  for (const step of trace.steps) {
    if (step.kind === "crypto" && step.keyArn) arns.add(step.keyArn);
    if (step.kind === "decision" && step.decision.resource.includes(":key/")) arns.add(step.decision.resource);
  }
  return [...arns].map((ARN) => ({ accountId: ARN.split(":")[4], type: "AWS::KMS::Key", ARN }));
}
