import { deniedError } from "../iam/denied";
import { models } from "../models";
import type { Call, JournalEntry, JsonObject, Principal, Trace } from "../types";
import { claimedIdentity, strangerIdentity, userIdentity } from "./identity";
import { asLogged, asUnderstood } from "./parameters";
import { type CloudTrailRecord, eventIdOf, recordTime, stoppedByPermission } from "./record";
import { resourcesOf } from "./resources";
import { serviceEvents } from "./service-events";

export type { CloudTrailRecord } from "./record";

/**
 * CloudTrail's records of a journal entry, made from the entry and its trace when somebody asks: nothing is kept twice,
 * and no call is slower for being recorded. Why?, LookupEvents and the console all show these.
 *
 * A nested call has a record of its own, `invokedBy` the service that asked. What never passed authentication is not
 * recorded, as with AWS.
 * Source: CloudTrail User Guide, "CloudTrail record contents", "CloudTrail userIdentity element".
 */
export function cloudTrailEvents(entry: JournalEntry): CloudTrailRecord[] {
  let records = made.get(entry);
  if (!records) made.set(entry, (records = recordsOf(entry)));
  return records;
}

function recordsOf(entry: JournalEntry): CloudTrailRecord[] {
  const calls = callRecords(entry);
  return [...calls.flatMap(forBothAccounts), ...serviceEvents(entry, calls[0]?.userIdentity)];
}

/** An entry never changes, and so its records are made once. */
const made = new WeakMap<JournalEntry, CloudTrailRecord[]>();

/**
 * The record of an entry's own call, or of what AWS did by itself when the clock got there; undefined for entries of
 * which AWS keeps no record (the clock's move) and calls that AWS never saw.
 */
export function cloudTrailEvent(entry: JournalEntry): CloudTrailRecord | undefined {
  const [first] = cloudTrailEvents(entry);
  return entry.kind === "job" || first?.requestID === entry.requestId ? first : undefined;
}

/** The entry's own record, then those of its nested calls, first to last; a function's calls are its own, by nobody's hand. */
function callRecords(entry: JournalEntry): CloudTrailRecord[] {
  const { call, trace, reply } = entry;
  if (entry.kind !== "call" && entry.kind !== "job") return [];
  const out: CloudTrailRecord[] = [];
  const keep = (record: CloudTrailRecord | undefined): void => void (record && out.push(record));
  const caller = trace.steps.find((step) => step.kind === "caller");
  const principal = caller?.kind === "caller" ? caller.principal : undefined;
  if (call) keep(recordOf(trace, { call, principal, input: call.input ?? {}, ...(reply.ok ? { output: reply.output } : {}) }));
  const visit = (parent: Trace, by: Principal | undefined): void => {
    for (const each of batchRecords(out.at(-1), parent)) keep(each);
    for (const step of parent.steps) {
      if (step.kind !== "call") continue;
      const nested = step.trace.steps.find(({ kind }) => kind === "caller");
      const who = (nested?.kind === "caller" ? nested.principal : undefined) ?? by;
      keep(recordOf(step.trace, step.made ? { call: step.made, principal: who, input: step.made.input ?? {} } : { principal: who, input: nestedInput(step.trace) }));
      visit(step.trace, who);
    }
  };
  visit(trace, principal);
  return out;
}

/**
 * BatchGetSecretValue is recorded as a GetSecretValue for each secret too, with an id of its own.
 * Source: Secrets Manager API, BatchGetSecretValue ("generates CloudTrail GetSecretValue log entries for each secret").
 */
function batchRecords(batch: CloudTrailRecord | undefined, { service, operation, requestId, steps }: Trace): CloudTrailRecord[] {
  if (service !== "secretsmanager" || operation !== "BatchGetSecretValue" || batch?.requestID !== requestId) return [];
  const asked = steps.flatMap((step) => (step.kind === "decision" && step.decision.action === "secretsmanager:GetSecretValue" ? [step.decision] : []));
  return asked.map((decision, nth) => {
    const allowed = decision.effect === "Allow";
    // `eventIdOf` tells sixteen apart; there may be twenty.
    const eventID = eventIdOf(requestId, nth & 15).replace(/^./, (digit) => ((parseInt(digit, 16) + 1 + (nth >> 4)) & 15).toString(16));
    return { ...batch, eventName: "GetSecretValue", ...(allowed ? {} : { errorCode: "AccessDenied", errorMessage: deniedError(decision, service).message }), requestParameters: allowed ? { secretId: decision.resource } : null, eventID };
  });
}

/**
 * Who uses another account's key or role is recorded in both: the owner sees the caller as an account and an id.
 * Refused calls are in the caller's account only.
 * Source: CloudTrail User Guide, "CloudTrail record contents" (sharedEventID); "CloudTrail userIdentity element" (AWSAccount).
 */
function forBothAccounts(record: CloudTrailRecord): CloudTrailRecord[] {
  const owner = record.errorCode === undefined && record.resources?.find(({ accountId }) => accountId !== record.recipientAccountId)?.accountId;
  if (!owner) return [record];
  const sharedEventID = eventIdOf(record.eventID, 2);
  const both = ordered({ ...record, sharedEventID });
  return [both, { ...both, userIdentity: strangerIdentity(record.userIdentity), eventID: eventIdOf(record.eventID, 1), recipientAccountId: owner }];
}

/** `sharedEventID` stands before the category, as CloudTrail writes it. */
function ordered({ eventCategory, tlsDetails, sessionCredentialFromConsole, ...rest }: CloudTrailRecord): CloudTrailRecord {
  return { ...rest, eventCategory, ...(tlsDetails ? { tlsDetails } : {}), ...(sessionCredentialFromConsole ? { sessionCredentialFromConsole } : {}) };
}

interface Known {
  /** Absent for a nested call. */
  call?: Call;
  principal: Principal | undefined;
  input: JsonObject;
  output?: JsonObject;
}

function recordOf(trace: Trace, { call, principal, input, output }: Known): CloudTrailRecord | undefined {
  const { service, operation, outcome } = trace;
  const model = Object.hasOwn(models, service) ? models[service] : undefined;
  if (dataEvents.has(`${service}:${operation}`) || service === "database" || service === "application" || service === "architecture" || service === "estate" || service === "traffic") return undefined;
  if (!model || !trace.account || (!outcome.ok && (outcome.stage === "operation" || outcome.stage === "caller"))) return undefined;
  const by = call ? undefined : `${trace.via.at(-1)}.amazonaws.com`;
  const identity = principal ? userIdentity(principal) : call ? claimedIdentity(trace.account, call.caller) : { type: "Unknown" };
  const readOnly = readOnlyName.test(operation);
  const resources = resourcesOf(trace, output);
  const more = additional(trace);
  return {
    eventVersion: "1.11",
    userIdentity: by && identity.type !== "AWSService" ? { ...identity, invokedBy: by } : identity,
    eventTime: recordTime(trace.at),
    eventSource: `${service}.amazonaws.com`,
    eventName: eventNameOf(service, operation),
    awsRegion: regionOf(trace),
    sourceIPAddress: by ?? call?.sourceIp ?? "127.0.0.1",
    userAgent: by ?? call?.userAgent ?? "keyhole",
    ...(outcome.ok ? {} : { errorCode: outcome.code === "AccessDeniedException" ? "AccessDenied" : outcome.code, ...(outcome.message ? { errorMessage: outcome.message } : {}) }),
    requestParameters: stoppedByPermission(trace) ? null : asLogged(model, "input", operation, asUnderstood(service, operation, input)),
    responseElements: output ? responseOf(trace, readOnly, flat(service, asLogged(model, "output", operation, output))) : null,
    ...(more ? { additionalEventData: more } : {}),
    requestID: trace.requestId,
    eventID: eventIdOf(trace.requestId),
    readOnly,
    ...(resources.length ? { resources } : {}),
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: trace.account,
    eventCategory: "Management",
    ...(call?.secureTransport && call.door !== "console" ? { tlsDetails: { ...tls, clientProvidedHostHeader: hostOf(trace) } } : {}),
    ...(call?.door === "console" ? { sessionCredentialFromConsole: "true" as const } : {}),
  };
}

/**
 * RDS and Redshift record what an answer describes, without the member that holds it.
 * Source: Amazon RDS User Guide, "Understanding Amazon RDS log file entries"; Redshift Management Guide, "Logging with CloudTrail".
 */
function flat(service: string, answer: JsonObject | null): JsonObject | null {
  const only = (service === "rds" || service === "redshift") && answer && Object.keys(answer).length === 1 ? Object.values(answer)[0] : undefined;
  return typeof only === "object" && only !== null && !Array.isArray(only) ? only : answer;
}

/**
 * Lambda's older operations are recorded with the date of their API version.
 * Source: Lambda Developer Guide, Logging AWS Lambda API calls using AWS CloudTrail.
 */
const lambdaVersions: Readonly<Record<string, string>> = {
  AddPermission: "20150331v2", CreateAlias: "20150331", CreateFunction: "20150331", DeleteAlias: "20150331", DeleteFunction: "20150331", DeleteFunctionConcurrency: "20171031",
  GetAccountSettings: "20160819", GetAlias: "20150331", GetFunction: "20150331v2", GetFunctionConfiguration: "20150331v2", GetPolicy: "20150331v2", ListAliases: "20150331", ListFunctions: "20150331",
  ListTags: "20170331", ListVersionsByFunction: "20150331", PublishVersion: "20150331", PutFunctionConcurrency: "20171031", RemovePermission: "20150331v2", TagResource: "20170331v2",
  UntagResource: "20170331v2", UpdateAlias: "20150331", UpdateFunctionCode: "20150331v2", UpdateFunctionConfiguration: "20150331v2",
};

const eventNameOf = (service: string, operation: string): string => (service === "lambda" && Object.hasOwn(lambdaVersions, operation) ? `${operation}${lambdaVersions[operation]}` : operation);

/** Not kept in the event history. What a program says to a database (`database`), that a program is run (`application`), what comes to a web ACL (`traffic`), and facts about the world (`estate`), are no calls to AWS at all. Source: CloudTrail User Guide, "Logging data events". */
const dataEvents = new Set(["lambda:Invoke", "lambda:InvokeAsync", "lambda:InvokeWithResponseStream", "events:PutEvents", "logs:PutLogEvents", ...["ChangeMessageVisibility", "ChangeMessageVisibilityBatch", "DeleteMessage", "DeleteMessageBatch", "ReceiveMessage", "SendMessage", "SendMessageBatch"].map((name) => `sqs:${name}`)]);

const readOnlyName = /^(Get|BatchGet|ValidateResourcePolicy$|List|Describe|Simulate|Lookup|Filter|Encrypt$|Decrypt$|ReEncrypt$|Generate|Sign$|Verify|DeriveSharedSecret$|AssumeRole|DecodeAuthorizationMessage$)/;

/** IAM, Organizations and Shield work in one Region; STS answers in each. Source: CloudTrail User Guide, "Global service events". */
const regionOf = ({ service, region }: Trace): string => (service === "iam" || service === "organizations" || service === "shield" ? "us-east-1" : region);

const hostOf = (trace: Trace): string => (trace.service === "iam" ? "iam.amazonaws.com" : `${trace.service}.${regionOf(trace)}.amazonaws.com`);

/** What today's clients agree on with AWS; the lab itself has no wire between the page and the engine. */
const tls = { tlsVersion: "TLSv1.3", cipherSuite: "TLS_AES_128_GCM_SHA256" };

const valueWriters = new Set(["CreateSecret", "PutSecretValue", "UpdateSecret", "RotateSecret"]);

/**
 * Reading calls have no response elements, save those that give out credentials. KMS calls that answer nothing name the
 * key all the same.
 * Source: KMS Developer Guide, log entries since December 2022 (responseElements.keyId); IAM User Guide, STS log entries.
 */
function responseOf({ service, operation, steps }: Trace, readOnly: boolean, answer: JsonObject | null): JsonObject | null {
  if (readOnly) return answer?.credentials ? answer : null;
  // As in published records of PutSecretValue; the guide's DeleteSecret has all members, and "aRN".
  if (service === "secretsmanager" && valueWriters.has(operation)) return answer && { arn: answer.aRN };
  if (answer || service !== "kms") return answer;
  const decision = steps.find((step) => step.kind === "decision" && step.decision.resource.includes(":key/"));
  return decision?.kind === "decision" && operation !== "RetireGrant" ? { keyId: decision.decision.resource } : null;
}

/** Which key material did the work. Source: KMS Developer Guide, log entries of Encrypt, Decrypt, GenerateDataKey, ReEncrypt. */
function additional({ service, operation, steps }: Trace): JsonObject | undefined {
  if (service !== "kms") return undefined;
  const ids = steps.flatMap((step) => (step.kind === "crypto" && step.keyMaterialId && step.algorithm === "SYMMETRIC_DEFAULT" ? [step.keyMaterialId] : []));
  if (operation === "ReEncrypt") return ids.length === 2 ? { destinationKeyMaterialId: ids[1], sourceKeyMaterialId: ids[0] } : undefined;
  return ids.length ? { keyMaterialId: ids[0] } : undefined;
}

/** What the trace knows of a nested call's request: the secret, or the key and the encryption context. */
function nestedInput({ service, operation, via, steps }: Trace): JsonObject {
  if (service === "secretsmanager") {
    const named = steps.find((step) => step.kind === "lookup" && step.what === "secret");
    return named?.kind === "lookup" ? { SecretId: named.id } : {};
  }
  const crypto = steps.find((step) => step.kind === "crypto");
  if (crypto?.kind !== "crypto") return {};
  const context = crypto.context ?? contextAsked(steps);
  // Parameter Store and Secrets Manager ask for keys of this size.
  const sized = operation === "GenerateDataKey" && ["ssm", "secretsmanager"].includes(via.at(-1) ?? "");
  return { ...(crypto.keyArn ? { KeyId: crypto.keyArn } : {}), ...(sized ? { KeySpec: "AES_256" } : {}), ...(context ? { EncryptionContext: { ...context } } : {}) };
}

/** The encryption context as the policies saw it. */
function contextAsked(steps: Trace["steps"]): Record<string, string> | undefined {
  const asked = steps.find((step) => step.kind === "decision");
  if (asked?.kind !== "decision") return undefined;
  const prefix = "kms:EncryptionContext:";
  const pairs = Object.entries(asked.decision.context).flatMap(([key, value]): [string, string][] => (key.startsWith(prefix) && typeof value === "string" ? [[key.slice(prefix.length), value]] : []));
  return pairs.length ? Object.fromEntries(pairs) : undefined;
}
