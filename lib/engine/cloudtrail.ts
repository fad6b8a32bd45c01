import { catalog } from "./catalog";
import type { KeyRow } from "./kms/state";
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
  /** Absent from what AWS did by itself. */
  requestID?: string;
  eventID: string;
  readOnly: boolean;
  resources?: { accountId: string; type: string; ARN: string }[];
  eventType: "AwsApiCall" | "AwsServiceEvent";
  managementEvent: true;
  recipientAccountId: string;
  /** The same in the records of one action that two accounts get. */
  sharedEventID?: string;
  serviceEventDetails?: JsonObject;
  eventCategory: "Management";
}

/**
 * The record of an entry's own call, or of what AWS did by itself when the clock got there; undefined for entries of
 * which AWS keeps no record (the clock's move) and calls that AWS never saw.
 */
export function cloudTrailEvent(entry: JournalEntry): CloudTrailRecord | undefined {
  if (entry.kind === "job") return serviceEvents(entry)[0];
  if (entry.kind !== "call" || !entry.call) return undefined;
  const { trace, call } = entry;
  return recordOf(trace, (call.input ?? {}) as JsonObject, entry.reply.ok ? entry.reply.output : undefined, {
    sourceIp: call.sourceIp ?? "127.0.0.1",
    userAgent: call.userAgent ?? "keyhole",
  });
}

/** The records of an entry: its own, those of its nested calls first to last, and what AWS did because of it. */
export function cloudTrailEvents(entry: JournalEntry): CloudTrailRecord[] {
  if (entry.kind === "job") return serviceEvents(entry);
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
  return [...out.flatMap(forBothAccounts), ...serviceEvents(entry)];
}

/**
 * Who uses another account's key is recorded in both: the owner sees the caller as an account and an id. Refused calls
 * are in the caller's account only.
 * Source: CloudTrail User Guide, "CloudTrail record contents" (sharedEventID); KMS Developer Guide, "Logging AWS KMS API calls".
 */
function forBothAccounts(record: CloudTrailRecord): CloudTrailRecord[] {
  const owner = record.errorCode === undefined && record.resources?.find(({ accountId }) => accountId !== record.recipientAccountId)?.accountId;
  if (!owner) return [record];
  const { principalId, accountId, invokedBy } = record.userIdentity;
  const seen: JsonObject = { type: "AWSAccount", principalId, accountId };
  if (invokedBy !== undefined) seen.invokedBy = invokedBy;
  const sharedEventID = eventIdOf(record.eventID, 2);
  return [
    { ...record, sharedEventID },
    { ...record, userIdentity: seen, eventID: eventIdOf(record.eventID, 1), recipientAccountId: owner, sharedEventID },
  ];
}

/**
 * What KMS does by itself and CloudTrail records: a rotation, asked for or by date, and the deletion of a key after its
 * waiting period. Seen from what became of the keys, so that every way to it is found.
 * Source: CloudTrail User Guide, "AWS service events"; KMS Developer Guide, "RotateKey", "DeleteKey" among its log examples.
 */
function serviceEvents(entry: JournalEntry): CloudTrailRecord[] {
  const out: CloudTrailRecord[] = [];
  for (const { service, table, region, account, before, after } of entry.changes) {
    if (service !== "kms" || table !== "keys" || !before) continue;
    const key = before as KeyRow;
    const record = (eventName: string, more: Pick<CloudTrailRecord, "responseElements" | "serviceEventDetails">): void =>
      void out.push({
        eventVersion: "1.11",
        userIdentity: { accountId: account, invokedBy: "AWS Internal" },
        eventTime: timeOf(entry.at),
        eventSource: "kms.amazonaws.com",
        eventName,
        awsRegion: region,
        sourceIPAddress: "AWS Internal",
        userAgent: "AWS Internal",
        requestParameters: null,
        eventID: eventIdOf(entry.requestId, out.length + 1),
        readOnly: false,
        resources: [{ accountId: account, type: "AWS::KMS::Key", ARN: key.Arn }],
        eventType: "AwsServiceEvent",
        managementEvent: true,
        recipientAccountId: account,
        eventCategory: "Management",
        ...more,
      });
    if (!after) record("DeleteKey", { responseElements: { keyId: key.Arn } });
    else
      for (const { RotationType } of (after as KeyRow).materials.slice(key.materials.length))
        if (RotationType) record("RotateKey", { responseElements: null, serviceEventDetails: { rotationType: RotationType, keyId: key.KeyId } });
  }
  return out;
}

const timeOf = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");

/** CloudTrail makes its own ids; ours follow from the request's, so that a replay has the same. */
const eventIdOf = (requestId: string, nth = 0): string =>
  requestId.replace(/^(.{8})-(.{4})-4(.*?)(.)$/, (_, a: string, b: string, c: string, d: string) => `${[...a].reverse().join("")}-${[...b].reverse().join("")}-4${c}${((parseInt(d, 16) + nth) & 15).toString(16)}`);

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
    eventTime: timeOf(trace.at),
    eventSource: `${trace.service}.amazonaws.com`,
    eventName: trace.operation,
    awsRegion: entry.service.global ? "us-east-1" : trace.region,
    sourceIPAddress: from.sourceIp,
    userAgent: from.userAgent,
    requestParameters: parameters(model, operation?.input?.shape, input),
    responseElements: readOnly || !output || cryptographic.test(trace.operation) ? null : parameters(model, operation?.output?.shape, output),
    requestID: trace.requestId,
    eventID: eventIdOf(trace.requestId),
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
