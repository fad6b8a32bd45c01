import { catalog, isToLoad } from "./catalog";
import type { PlainRecords } from "./store";

/** The state as plain data, without the journal. `version` counts changes of the records' schema. */
export interface Snapshot {
  version: number;
  /** Lab time of the last entry, ms. */
  at: number;
  seq: number;
  records: PlainRecords;
}

export const snapshotVersion = 1;

/**
 * The forms of rows that the engine's own code relies on: `s` text, `n` number, `b` boolean, `o` any object; `?` may be
 * missing. A list has one form for all its members. Members that are not named may be anything.
 */
type Form = "s" | "n" | "b" | "o" | "s?" | "n?" | "b?" | "o?" | readonly [Form] | readonly [Form, Form] | { readonly [member: string]: Form } | { readonly values: Form; readonly "?"?: true };

const tags = [{ Key: "s", Value: "s" }] as const;
const policyRows = [{ type: "s", text: "s", status: "s", createdAt: "n", due: "n?" }] as const;
const entity = { Path: "s", Arn: "s", CreateDate: "n", inline: { values: "s" }, attached: ["s"] } as const;

const material = { KeyMaterialId: "s", secret: "s", publicKey: "s?", createdAt: "n", validTo: "n?" } as const;

const wafEntity = { Name: "s", Id: "s", ARN: "s", Scope: "s", Description: "s", LockToken: "s", tags } as const;
const wafRules = { ...wafEntity, Rules: ["o"], VisibilityConfig: "o", CustomResponseBodies: "o?", Capacity: "n", LabelNamespace: "s", references: ["s"], charges: { values: "n" } } as const;

const forms: Record<string, Form> = {
  "kms/keys": {
    KeyId: "s", Arn: "s", AWSAccountId: "s", CreationDate: "n", Description: "s", KeySpec: "s", KeyUsage: "s", KeyState: "s", KeyManager: "s", Origin: "s",
    MultiRegion: "b", policy: "s", tags: [{ TagKey: "s", TagValue: "s" }], materials: [material], onDemandRotations: "n",
    rotation: "o?", deletion: "o?", pending: "o?", nextState: "s?", importSecret: "s?",
  },
  "kms/multi-region": { KeyId: "s", primaryRegion: "s", replicaRegions: ["s"], synchronizations: "n" },
  "kms/lastUsed": { Operation: "s", Timestamp: "n", requestId: "s", shared: "b?" },
  "kms/aliases": { AliasName: "s", AliasArn: "s", TargetKeyId: "s?", CreationDate: "n", LastUpdatedDate: "n" },
  "kms/grants": { KeyId: "s", GrantId: "s", tokens: ["s"], CreationDate: "n", GranteePrincipal: "s", RetiringPrincipal: "s?", IssuingAccount: "s", Operations: ["s"], Constraints: "o?" },
  "kms/materials": { account: "s", KeyId: "s" },
  "ssm/parameters": { Name: "s", Version: "n", oldest: "n", Type: "s", Tier: "s", tags, labels: [["s", "n"]], policies: policyRows },
  "ssm/versions": { Version: "n", Type: "s", Tier: "s", DataType: "s", Value: "s", form: "s?", keyArn: "s?", KeyId: "s?", Description: "s?", AllowedPattern: "s?", LastModifiedDate: "n", LastModifiedUser: "s", policies: policyRows },
  "ssm/counts": { Standard: "n", Advanced: "n" },
  "ssm/settings": { SettingValue: "s", LastModifiedDate: "n", LastModifiedUser: "s" },
  "ssm/resource-policies": { PolicyId: "s", PolicyHash: "s", Policy: "s" },
  "secretsmanager/secrets": {
    Name: "s", ARN: "s", Type: "s?", Description: "s?", KmsKeyId: "s?", CreatedDate: "n", LastChangedDate: "n", markedAt: "n?", DeletedDate: "n?", labels: [["s", "s"]], versionIds: ["s"], policy: "s?",
    OwningService: "s?", PrimaryRegion: "s?", replicas: [{ Region: "s", KmsKeyId: "s?", Status: "s", StatusMessage: "s?", overwrite: "b?" }], RotationEnabled: "b?", RotationLambdaARN: "s?", RotationRules: "o?",
    LastRotatedDate: "n?", NextRotationDate: "n?", ExternalSecretRotationRoleArn: "s?", rotation: "o?",
  },
  "secretsmanager/versions": { VersionId: "s", CreatedDate: "n", form: "s", sealed: "s", keys: [{ keyArn: "s", managed: "b", CiphertextBlob: "s" }] },
  "secretsmanager/created": { Name: "s" },
  "secretsmanager/lastUsed": { day: "n" },
  "iam/users": { ...entity, UserName: "s", UserId: "s", Tags: tags, PermissionsBoundary: "s?", groups: ["s"], loginProfile: "o?", PasswordLastUsed: "n?" },
  "iam/groups": { ...entity, GroupName: "s", GroupId: "s" },
  "iam/roles": { ...entity, RoleName: "s", RoleId: "s", AssumeRolePolicyDocument: "s", Description: "s?", MaxSessionDuration: "n", Tags: tags, PermissionsBoundary: "s?" },
  "iam/policies": { PolicyName: "s", PolicyId: "s", Arn: "s", Path: "s", CreateDate: "n", UpdateDate: "n", DefaultVersionId: "s", nextVersion: "n", versions: [{ VersionId: "s", Document: "s", CreateDate: "n" }], Tags: tags },
  "iam/accounts": { account: "s", CreateDate: "n", alias: "s?" },
  "iam/accessKeys": { AccessKeyId: "s", SecretAccessKey: "s", Status: "s", CreateDate: "n", account: "s", UserName: "s?" },
  "iam/lastUsed": { LastUsedDate: "n", Region: "s", ServiceName: "s" },
  "sts/sessions": { AccessKeyId: "s", SecretAccessKey: "s", SessionToken: "s", account: "s", issuedAt: "n", expiresAt: "n", user: "s?", federated: "s?", name: "s", policies: ["s"], tags: { values: "s" }, sourceIdentity: "s?", mfa: "b?" },
  "organizations/organizations": { Id: "s", Arn: "s", FeatureSet: "s", MasterAccountId: "s", rootId: "s", policyTypes: ["s"] },
  "organizations/members": { Id: "s", Arn: "s", Email: "s", Name: "s", JoinedMethod: "s", JoinedTimestamp: "n", organization: "s", parent: "s" },
  "organizations/units": { Id: "s", Arn: "s", Name: "s", organization: "s", parent: "s" },
  "organizations/policies": { Id: "s", Arn: "s", Name: "s", Description: "s", Type: "s", AwsManaged: "b", Content: "s", organization: "s" },
  "organizations/attachments": { organization: "s", policies: ["s"] },
  "cloudformation/stacks": {
    id: "s", StackId: "s", StackName: "s", status: "s", reason: "s?", created: "n", updated: "n?", deleted: "n?", template: "s", parameters: [{ key: "s", value: "s", resolved: "s?" }], tags,
    capabilities: ["s"], notificationArns: ["s"], roleArn: "s?", disableRollback: "b", terminationProtection: "b", policy: "s?", outputs: [{ OutputKey: "s", OutputValue: "s" }], principal: "o", drift: "o",
    operations: [{ type: "s", id: "s" }], events: "n", leftovers: [{ id: "s", leftover: "o" }], op: "o?", before: "o?",
  },
  "cloudformation/stack-names": { id: "s" },
  "cloudformation/resources": { stack: "s", logicalId: "s", type: "s", physicalId: "s?", status: "s", at: "n", properties: "o", attributes: "o", needs: ["s"], drift: "o" },
  "cloudformation/events": { EventId: "s", stack: "s", LogicalResourceId: "s", PhysicalResourceId: "s", ResourceType: "s", at: "n", ResourceStatus: "s" },
  "cloudformation/change-sets": { id: "s", ChangeSetId: "s", ChangeSetName: "s", stack: "s", created: "n", status: "s", execution: "s", template: "s", parameters: [{ key: "s", value: "s" }], tags, capabilities: ["s"], changes: ["o"], principal: "o" },
  "cloudformation/exports": { Name: "s", Value: "s", stack: "s" },
  "cloudformation/imports": { Name: "s", stack: "s" },
  "cloudformation/drift-detections": { id: "s", stack: "s", status: "s", at: "n", principal: "o" },
  "cloudformation/resource-drifts": { stack: "s", logicalId: "s", drift: "o" },
  "events/log": { id: "s", source: "s", "detail-type": "s", account: "s", region: "s", time: "n", resources: ["s"], detail: "o", bus: "s?", scheduled: "s?", forwarded: "s?" },
  "events/buses": { Name: "s", Description: "s?", Policy: "s?", CreationTime: "n", LastModifiedTime: "n", tags: { values: "s" } },
  "events/rules": { bus: "s", Name: "s", EventPattern: "s?", ScheduleExpression: "s?", State: "s", Description: "s?", RoleArn: "s?", CreatedBy: "s", anchor: "n", changed: "n", tags: { values: "s" } },
  "events/targets": { rule: "s", Id: "s", Arn: "s", target: "o", logStream: "s?" },
  "events/deliveries": { event: "s", rule: "s", target: "s", arn: "s", state: "s", attempts: "n", first: "n", last: "n", code: "s?", message: "s?", runs: "n?", pending: "o?" },
  "events/wants": { all: "b" },
  "lambda/functions": { FunctionName: "s", nextVersion: "n", tags: { values: "s" }, reserved: "n?", recursiveLoop: "s" },
  "lambda/versions": {
    FunctionName: "s", Version: "s", Runtime: "s", Handler: "s", Role: "s", Description: "s", Timeout: "n", MemorySize: "n", CodeSha256: "s", CodeSize: "n",
    Architectures: ["s"], EphemeralStorage: "n", LogGroup: "s", environment: "o?", KMSKeyArn: "s?", LastModified: "n", RevisionId: "s", State: "s", LastUpdateStatus: "s?",
  },
  "lambda/aliases": { FunctionName: "s", Name: "s", FunctionVersion: "s", Description: "s", weights: "o?", RevisionId: "s" },
  "lambda/code": { FunctionName: "s", CodeSha256: "s", zip: "s" },
  "lambda/policies": { FunctionName: "s", Qualifier: "s?", statements: ["s"], RevisionId: "s" },
  "lambda/invoke-configs": { FunctionName: "s", Qualifier: "s", LastModified: "n", MaximumRetryAttempts: "n?", MaximumEventAgeInSeconds: "n?" },
  "lambda/environments": { FunctionName: "s", Version: "s", revision: "s", role: "s", logStream: "s", usedAt: "n", AccessKeyId: "s", SecretAccessKey: "s", SessionToken: "s", expiresAt: "n" },
  "lambda/queue": { id: "s", FunctionName: "s", Qualifier: "s?", event: "s", attempt: "n", queuedAt: "n", chain: "n" },
  "lambda/former": { nextVersion: "n" },
  "logs/groups": { logGroupName: "s", creationTime: "n", retentionInDays: "n?", tags: { values: "s" }, deletionProtectionEnabled: "b?", next: "n", storedBytes: "n" },
  "logs/policies": { policyName: "s", policyDocument: "s", lastUpdatedTime: "n" },
  "logs/streams": { logGroupName: "s", logStreamName: "s", creationTime: "n", firstEventTimestamp: "n?", lastEventTimestamp: "n?", lastIngestionTime: "n?" },
  "logs/batches": { stream: "s", number: "n", ingestionTime: "n", bytes: "n", events: [["n", "s"]] },
  "sqs/queues": { QueueName: "s", attributes: { values: "s" }, tags: { values: "s" }, created: "n", modified: "n", next: "n", bytes: "n", purged: "n?" },
  "sqs/messages": { queue: "s", number: "n", MessageId: "s", body: "s?", sealed: "o?", md5: "s", attributes: "o", system: { values: "s" }, sent: "n", visible: "n", received: "n", bytes: "n", receipt: "s?" },
  "sqs/deleted": { at: "n" },
  "sqs/data-keys": { queue: "s", blob: "s", key: "s", until: "n" },
  "application/applications": {
    Name: "s", RoleName: "s", SecretId: "s", Strategy: "s", IntervalSeconds: "n", CacheSeconds: "n", Host: "s?", Port: "n?", Database: "s?", Query: "s?", State: "s", StoppedBecause: "s?",
    startedAt: "n", stopsAt: "n", session: "s", memory: "o?", succeeded: "n", failed: "n", entries: "n", lastAt: "n?", calm: "n", pause: "n",
  },
  "application/connections": { Name: "s", at: "n", ok: "b", User: "s?", VersionId: "s?", From: "s?", again: "b?", error: "o?", alike: "n", lastAt: "n" },
  "application/watches": { account: "s", region: "s", Name: "s", secret: "s", host: "s" },
  "wafv2/webAcls": { ...wafRules, DefaultAction: "o", settings: "o", firewallManager: "o?" },
  "wafv2/foreignUses": { group: "s", user: "s" },
  "wafv2/ruleGroups": { ...wafRules, AvailableLabels: ["s"], ConsumedLabels: ["s"], policy: "s?" },
  "wafv2/ipSets": { ...wafEntity, IPAddressVersion: "s", Addresses: ["s"] },
  "wafv2/regexPatternSets": { ...wafEntity, RegularExpressionList: [{ RegexString: "s" }] },
  "wafv2/associations": { ResourceArn: "s", WebACLArn: "s" },
  "wafv2/logging": { ResourceArn: "s", LogDestinationConfigs: ["s"], LoggingFilter: "o?", LogType: "s", LogScope: "s" },
  "wafv2/apiKeys": { APIKey: "s", TokenDomains: ["s"], CreationTimestamp: "n", Version: "n" },
  "wafv2/rates": { rules: { values: "o" } },
  "wafv2/rateRules": { limit: "n", windowSec: "n", settings: "s" },
  "wafv2/rateCounts": { bucket: "n", count: "n", lines: "s" },
  "wafv2/rateLimits": { detectedAt: "n", keys: "s" },
  "wafv2/samples": { start: "n", count: "n" },
  "wafv2/sampled": { sample: "o" },
  "traffic/streams": { StreamId: "s", ResourceArn: "s", scenario: { id: "s", title: "s", host: "s", sources: ["o"] }, seed: "n", startedAt: "n", stoppedAt: "n?" },
  "traffic/positions": { traffic: { startMs: "n", nowMs: "n", sources: [{ chance: ["n"], sent: "n" }] }, sent: "n", over: "b", walked: { values: "n" }, limited: { values: "n" } },
  "traffic/totals": { rules: ["s"], sources: { values: "o" }, late: "n", marks: [{ at: "n", rule: "s", what: "s", limited: "n" }], gaps: [{ from: "n", to: "n", paused: "b" }] },
  "traffic/buckets": { at: "n", all: { values: "n" }, byRule: { values: "o" }, bySource: { values: "o" }, network: { values: "o" }, limited: { values: "n" } },
  "wafv2/metrics": { time: "n", counts: [{ MetricName: "s", Dimensions: { values: "s" }, Value: "n" }] },
  "wafv2/resources": { Arn: "s", ResourceType: "s", Name: "s" },
  "shield/subscription": { StartTime: "n", EndTime: "n", AutoRenew: "s", ProactiveEngagementStatus: "s", payer: "s" },
  "shield/fees": { charges: { values: "n" }, accounts: ["s"] },
  "shield/response-team": { RoleArn: "s?", LogBucketList: ["s"], EmergencyContactList: ["o"] },
  "shield/protections": { Id: "s", Name: "s", ResourceArn: "s", ResourceType: "s", ProtectionArn: "s", HealthCheckIds: ["s"], tags, CreatedAt: "n?", automatic: "o?" },
  "shield/groups": { ProtectionGroupId: "s", ProtectionGroupArn: "s", Aggregation: "s", Pattern: "s", ResourceType: "s?", Members: ["s"], tags },
  "shield/attacks": { AttackId: "s", ResourceArn: "s", StartTime: "n", EndTime: "n?", SubResources: ["o"], AttackCounters: ["o"], AttackProperties: ["o"], Mitigations: ["o"] },
  "estate/resources": { Arn: "s", ResourceType: "s", Name: "s", Id: "s", VpcId: "s?", AttachedTo: "s?" },
  "estate/tags": { tags },
  "estate/recorder": { Recording: "b" },
  "fms/admins": { AdminAccount: "s", DefaultAdmin: "b", AdminScope: "o" },
  "fms/channel": { SnsTopicArn: "s", SnsRoleName: "s" },
  "fms/policies": {
    PolicyId: "s", PolicyName: "s", PolicyUpdateToken: "s", SecurityServicePolicyData: { Type: "s", ManagedServiceData: "s" }, ResourceType: "s", ResourceTags: [{ Key: "s", Value: "s?" }], ResourceTagLogicalOperator: "s",
    ExcludeResourceTags: "b", RemediationEnabled: "b", DeleteUnusedFMManagedResources: "b", IncludeMap: "o?", ExcludeMap: "o?", tags, charges: { values: "n" },
  },
  "fms/compliance": { PolicyId: "s", MemberAccount: "s", violators: [{ ResourceId: "s", ResourceType: "s", ViolationReason: "s", Metadata: "o?" }], resources: "n", issues: { values: "s" }, at: "n" },
  "fms/webAcls": { PolicyId: "s", account: "s", arn: "s" },
  "fms/replicas": { PolicyId: "s", account: "s", arn: "s" },
  "fms/unused": { since: "n" },
  "fms/lists": { ListId: "s", ListArn: "s", ListName: "s", kind: "s", ListUpdateToken: "s", CreateTime: "n", LastUpdateTime: "n", previous: "o", tags },
  "lab/jobs": { id: "s", due: "n", account: "s", region: "s", service: "s", kind: "s", args: "o", chain: "n?" },
  "lab/job-names": { key: "s" },
  "lab/clock": { offset: "n" },
};

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

/** Where a value is not as its form says, or undefined. */
function misfit(value: unknown, form: Form, path: string): string | undefined {
  if (typeof form === "string") {
    if (value === undefined) return form.endsWith("?") ? undefined : `${path} is missing`;
    const fits = form[0] === "s" ? typeof value === "string" : form[0] === "n" ? typeof value === "number" && Number.isFinite(value) : form[0] === "b" ? typeof value === "boolean" : isObject(value);
    return fits ? undefined : `${path} is not what it should be`;
  }
  if (Array.isArray(form)) {
    if (!Array.isArray(value)) return `${path} is not a list`;
    if (form.length === 2) return value.length === 2 ? (misfit(value[0], form[0], `${path}[0]`) ?? misfit(value[1], form[1], `${path}[1]`)) : `${path} is not a pair`;
    return first(value, (item, i) => misfit(item, form[0] as Form, `${path}[${i}]`));
  }
  if (!isObject(value)) return `${path} is not an object`;
  const members = form as Record<string, Form>;
  if (Object.hasOwn(members, "values")) return first(Object.values(value), (item) => misfit(item, members.values, `${path}.*`));
  return first(Object.keys(members), (name) => misfit(value[name], members[name], `${path}.${name}`));
}

function first<T>(list: readonly T[], check: (item: T, index: number) => string | undefined): string | undefined {
  for (let i = 0; i < list.length; i++) {
    const found = check(list[i], i);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * What is wrong with a value that should be a snapshot, in a few words; undefined if a lab can be opened from it. Every
 * row is held against its form, so that damage is told on opening and not by a call that breaks later.
 */
export function checkSnapshot(value: unknown): string | undefined {
  if (!isObject(value)) return "it is not an object";
  const { version, at, seq, records } = value;
  if (!Number.isInteger(version) || (version as number) < 1) return "its version is not a whole number";
  if ((version as number) > snapshotVersion) return `it has version ${String(version)}, and this Keyhole knows ${snapshotVersion}`;
  if (typeof at !== "number" || !(Math.abs(at) <= 8.64e15)) return "its time is not a time";
  if (!Number.isInteger(seq) || (seq as number) < 0) return "its position in the journal is not a whole number";
  if (!isObject(records)) return "its records are not an object";
  return first(Object.entries(records), ([account, regions]) =>
    first(entriesOf(regions), ([region, services]) =>
      first(entriesOf(services), ([service, tables]) => first(entriesOf(tables), ([table, rows]) => checkTable(`${service}/${table}`, rows) ?? (account.includes("\n") || region.includes("\n") || service.includes("\n") ? "a place has a line break in its name" : undefined)))))
    ?? (shallow(records) ? "its records are not accounts, Regions, services and tables" : undefined)
    ?? checkReferences(records as PlainRecords);
}

const entriesOf = (value: unknown): [string, unknown][] => (isObject(value) ? Object.entries(value) : []);

const shallow = (records: Record<string, unknown>): boolean =>
  Object.values(records).some((regions) => !isObject(regions) || Object.values(regions).some((services) => !isObject(services) || Object.values(services).some((tables) => !isObject(tables))));

function checkTable(name: string, rows: unknown): string | undefined {
  if (!Array.isArray(rows)) return `the table ${name} is not a list`;
  const form = Object.hasOwn(forms, name) ? forms[name] : "o";
  const seen = new Set<string>();
  return first(rows, (pair: unknown, i) => {
    if (!Array.isArray(pair) || pair.length !== 2 || typeof pair[0] !== "string") return `row ${i} of ${name} is not an id and a row`;
    if (seen.has(pair[0])) return `${name} has two rows ${pair[0]}`;
    seen.add(pair[0]);
    return misfit(pair[1], form, `${name} ${pair[0]}`) ?? (name === "lab/jobs" ? checkJob(pair[1] as { service: string; kind: string; due: number }) : undefined);
  });
}

const checkJob = ({ service, kind }: { service: string; kind: string }): string | undefined =>
  isToLoad(service) || Object.hasOwn(catalog.get(service)?.service.jobs ?? {}, kind) ? undefined : `a job ${kind} of ${service} is due that nobody can do`;

/** Rows that the engine takes for granted where another row names them. */
function checkReferences(records: PlainRecords): string | undefined {
  for (const regions of Object.values(records))
    for (const services of Object.values(regions)) {
      const { kms = {}, ssm = {}, secretsmanager = {} } = services;
      for (const [id, row] of (kms.keys ?? []) as [string, { KeyId: string; Origin: string; materials: { secret: string }[] }][])
        if (row.KeyId !== id || (row.Origin !== "EXTERNAL" && !row.materials.some(({ secret }) => secret))) return `the key ${id} has no key material, or another id`;
      const versions = new Set((ssm.versions ?? []).map(([id]) => id));
      for (const [name, row] of (ssm.parameters ?? []) as [string, { Name: string; oldest: number; Version: number }][]) {
        if (row.Name !== name || !(row.Version - row.oldest < 1000)) return `the parameter ${name} cannot be read`;
        for (let version = row.oldest; version <= row.Version; version++)
          if (!versions.has(`${name}\0${String(version).padStart(12, "0")}`)) return `the parameter ${name} lacks its version ${version}`;
      }
      const values = new Set((secretsmanager.versions ?? []).map(([id]) => id));
      for (const [name, row] of (secretsmanager.secrets ?? []) as [string, { Name: string; versionIds: string[] }][])
        if (row.Name !== name || row.versionIds.some((id) => !values.has(`${name}\0${id}`))) return `the secret ${name} lacks a version, or has another name`;
      const known = new Set((secretsmanager.secrets ?? []).map(([name]) => name));
      for (const [, { Name }] of (secretsmanager.created ?? []) as [string, { Name: string }][]) if (!known.has(Name)) return `the secret ${Name} is not there`;
    }
  return undefined;
}
