import { expect, test } from "vitest";
import { createLab, type Lab, type Snapshot } from "./lab";
import { seededPorts } from "./ports";
import type { Caller, JournalEntry, JsonObject, Ports } from "./types";

/**
 * Whatever is called in whatever order, by whom it may be, refused or not: undoing all gives the state from before,
 * redoing all the state from after, and a replay of the journal in a fresh lab the same bytes.
 */
const accounts = ["111122223333", "444455556666"];
const regions = ["us-east-1", "eu-west-2"];

/** A clock that goes on by itself, so that times differ. */
function running(seed: number): Ports {
  const ports = seededPorts(seed);
  let at = Date.UTC(2026, 0, 1);
  return { ...ports, now: () => (at += 137) };
}

function maker(seed: number) {
  let state = seed >>> 0;
  const below = (n: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % n;
  };
  return { below, one: <T>(list: readonly T[]): T => list[below(list.length)] };
}

const statement = (extra: JsonObject): string => JSON.stringify({ Version: "2012-10-17", Statement: [extra] });

async function wander(lab: Lab, seed: number, steps: number): Promise<void> {
  const { below, one } = maker(seed);
  const keys: string[] = ["alias/a"];
  const blobs: string[] = ["AAAA"];
  const sessions: string[] = [];
  const names = ["/a", "/a/b", "/c", "plain", "__proto__"];
  const secrets = ["s", "t"];
  const key = (): string => one(keys);
  const token = (): string => `${"0".repeat(31)}${below(4)}`;
  const policies = [
    statement({ Effect: "Allow", Principal: "*", Action: "kms:*", Resource: "*" }),
    statement({ Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:root" }, Action: "kms:*", Resource: "*" }),
    statement({ Effect: "Deny", Principal: "*", Action: "kms:Decrypt", Resource: "*" }),
    "{",
  ];
  const identity = [statement({ Effect: "Allow", Action: "*", Resource: "*" }), statement({ Effect: "Deny", Action: "ssm:*", Resource: "*" }), statement({ Effect: "Allow", Action: "kms:*", Resource: "*" })];
  const moves: (() => [string, string, JsonObject])[] = [
    () => ["kms", "CreateKey", one([{}, {}, { KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" }, { KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" }, { Policy: one(policies) }])],
    () => ["kms", "CreateAlias", { AliasName: one(["alias/a", "alias/b", "alias/aws/x"]), TargetKeyId: key() }],
    () => ["kms", "DeleteAlias", { AliasName: one(["alias/a", "alias/b"]) }],
    () => ["kms", "Encrypt", { KeyId: key(), Plaintext: "aGVsbG8=", EncryptionContext: one([{}, { a: "b" }]) }],
    () => ["kms", "Decrypt", { CiphertextBlob: one(blobs), EncryptionContext: one([{}, { a: "b" }]) }],
    () => ["kms", "ReEncrypt", { CiphertextBlob: one(blobs), DestinationKeyId: key() }],
    () => ["kms", "GenerateDataKey", { KeyId: key(), NumberOfBytes: one([16, 32]) }],
    () => ["kms", "Sign", { KeyId: key(), Message: "aGk=", SigningAlgorithm: "ECDSA_SHA_256" }],
    () => ["kms", "EnableKeyRotation", { KeyId: key(), RotationPeriodInDays: 90 + below(30) }],
    () => ["kms", "RotateKeyOnDemand", { KeyId: key() }],
    () => ["kms", one(["DisableKey", "EnableKey", "CancelKeyDeletion", "DescribeKey", "ListGrants", "GetKeyPolicy"]), { KeyId: key() }],
    () => ["kms", "ScheduleKeyDeletion", { KeyId: key(), PendingWindowInDays: 7 }],
    () => ["kms", "PutKeyPolicy", { KeyId: key(), Policy: one(policies), BypassPolicyLockoutSafetyCheck: below(2) === 0 }],
    () => ["kms", "CreateGrant", { KeyId: key(), GranteePrincipal: `arn:aws:iam::${one(accounts)}:user/admin`, Operations: ["Decrypt", "Encrypt"] }],
    () => ["kms", "TagResource", { KeyId: key(), Tags: [{ TagKey: one(["x", "y"]), TagValue: String(below(9)) }] }],
    () => ["ssm", "PutParameter", { Name: one(names), Value: `v${below(99)}`, Type: one(["String", "StringList", "SecureString"]), Overwrite: below(3) > 0, ...(below(4) ? {} : { Tier: "Advanced", Policies: '[{"Type":"Expiration","Version":"1.0","Attributes":{"Timestamp":"2026-02-01T00:00:00Z"}}]' }) }],
    () => ["ssm", "GetParameter", { Name: one(names), WithDecryption: below(2) === 0 }],
    () => ["ssm", "GetParametersByPath", { Path: "/", Recursive: true, WithDecryption: true }],
    () => ["ssm", "LabelParameterVersion", { Name: one(names), Labels: [one(["l", "m"])] }],
    () => ["ssm", "DeleteParameters", { Names: [one(names), one(names)] }],
    () => ["ssm", "AddTagsToResource", { ResourceType: "Parameter", ResourceId: one(names), Tags: [{ Key: "k", Value: "v" }] }],
    () => ["iam", "CreateUser", { UserName: one(["alice", "bob"]) }],
    () => ["iam", "DeleteUser", { UserName: one(["alice", "bob"]) }],
    () => ["iam", "PutUserPolicy", { UserName: one(["alice", "bob"]), PolicyName: "p", PolicyDocument: one(identity) }],
    () => ["iam", "DeleteUserPolicy", { UserName: one(["alice", "bob", "admin"]), PolicyName: "p" }],
    () => ["iam", "CreateAccessKey", { UserName: one(["alice", "bob"]) }],
    () => ["iam", "CreateRole", { RoleName: "r", AssumeRolePolicyDocument: statement({ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }) }],
    () => ["iam", "AttachRolePolicy", { RoleName: "r", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }],
    () => ["iam", "DeleteRole", { RoleName: "r" }],
    () => ["sts", "AssumeRole", { RoleArn: `arn:aws:iam::${one(accounts)}:role/r`, RoleSessionName: "s", DurationSeconds: 900 }],
    () => ["organizations", "CreateOrganization", {}],
    () => ["organizations", "CreatePolicy", { Name: `p${below(3)}`, Description: "", Type: "SERVICE_CONTROL_POLICY", Content: one(identity) }],
    () => ["kms", "CreateKey", one([{ MultiRegion: true }, { Origin: "EXTERNAL" }])],
    () => ["kms", "ReplicateKey", { KeyId: key(), ReplicaRegion: regions[1] }],
    () => ["kms", "UpdatePrimaryRegion", { KeyId: key(), PrimaryRegion: regions[1] }],
    () => ["kms", "GetParametersForImport", { KeyId: key(), WrappingAlgorithm: "RSAES_OAEP_SHA_256", WrappingKeySpec: "RSA_2048" }],
    () => ["kms", "DeleteImportedKeyMaterial", { KeyId: key() }],
    () => ["kms", one(["GetKeyLastUsage", "ListKeyRotations"]), { KeyId: key() }],
    () => ["iam", "CreateGroup", { GroupName: "g" }],
    () => ["iam", "AddUserToGroup", { GroupName: "g", UserName: one(["alice", "bob"]) }],
    () => ["iam", "PutGroupPolicy", { GroupName: "g", PolicyName: "p", PolicyDocument: one(identity) }],
    () => ["iam", "CreatePolicy", { PolicyName: "m", PolicyDocument: one(identity) }],
    () => ["iam", "CreatePolicyVersion", { PolicyArn: "arn:aws:iam::111122223333:policy/m", PolicyDocument: one(identity), SetAsDefault: below(2) === 0 }],
    () => ["iam", "AttachUserPolicy", { UserName: one(["alice", "bob"]), PolicyArn: one(["arn:aws:iam::111122223333:policy/m", "arn:aws:iam::aws:policy/AdministratorAccess"]) }],
    () => ["iam", "PutUserPermissionsBoundary", { UserName: one(["alice", "bob"]), PermissionsBoundary: "arn:aws:iam::111122223333:policy/m" }],
    () => ["secretsmanager", "CreateSecret", { Name: one(secrets), ClientRequestToken: token(), SecretString: "one", ...one([{}, { KmsKeyId: key() }, { AddReplicaRegions: [{ Region: regions[1] }] }, { Tags: [{ Key: "k", Value: "v" }] }]) }],
    () => ["secretsmanager", "PutSecretValue", { SecretId: one(secrets), ClientRequestToken: token(), SecretString: `v${below(3)}`, ...one([{}, { VersionStages: ["AWSPENDING"] }]) }],
    () => ["secretsmanager", "UpdateSecret", { SecretId: one(secrets), ClientRequestToken: token(), ...one([{ Description: "d" }, { SecretString: "z" }, { KmsKeyId: key() }]) }],
    () => ["secretsmanager", "UpdateSecretVersionStage", { SecretId: one(secrets), VersionStage: one(["AWSCURRENT", "AWSPENDING", "mine"]), MoveToVersionId: token(), RemoveFromVersionId: token() }],
    () => ["secretsmanager", one(["GetSecretValue", "DescribeSecret", "ListSecretVersionIds", "RestoreSecret", "GetResourcePolicy"]), { SecretId: one(secrets) }],
    () => ["secretsmanager", "DeleteSecret", { SecretId: one(secrets), ...one([{}, { ForceDeleteWithoutRecovery: true }, { RecoveryWindowInDays: 7 }]) }],
    () => ["secretsmanager", "PutResourcePolicy", { SecretId: one(secrets), ResourcePolicy: one([...policies, statement({ Effect: "Deny", Principal: "*", Action: "secretsmanager:GetSecretValue", Resource: "*" })]) }],
    () => ["secretsmanager", "ReplicateSecretToRegions", { SecretId: one(secrets), AddReplicaRegions: [{ Region: regions[1] }], ForceOverwriteReplicaSecret: below(2) === 0 }],
    () => ["secretsmanager", "RemoveRegionsFromReplication", { SecretId: one(secrets), RemoveReplicaRegions: [regions[1]] }],
    () => ["secretsmanager", "StopReplicationToReplica", { SecretId: one(secrets) }],
    () => ["secretsmanager", one(["ListSecrets", "BatchGetSecretValue"]), { Filters: [{ Key: "name", Values: [one(["s", "!s", "t"])] }] }],
    () => ["ssm", "GetParameter", { Name: `/aws/reference/secretsmanager/${one(secrets)}`, WithDecryption: true }],
    () => ["cloudtrail", "LookupEvents", { MaxResults: 1 + below(9) }],
    () => ["kms", one(["Fly", "ImportKeyMaterial"]), {}],
    () => ["kms", "Encrypt", one([{}, { KeyId: 7 }, { KeyId: "x", Plaintext: "???" }]) as JsonObject],
  ];
  const first: (() => [string, string, JsonObject])[] = [
    () => ["kms", "CreateKey", {}],
    () => ["kms", "CreateAlias", { AliasName: "alias/a", TargetKeyId: keys.at(-1)! }],
    () => ["ssm", "PutParameter", { Name: "/a", Value: "1", Type: "SecureString" }],
    () => ["secretsmanager", "CreateSecret", { Name: "s", ClientRequestToken: "0".repeat(32), SecretString: "one" }],
  ];
  for (let i = 0; i < steps; i++) {
    if (i >= first.length && below(12) === 0) {
      await lab.advance(below(2) ? below(3_600_000) : below(40) * 86_400_000);
      continue;
    }
    const [service, operation, input] = (first[i] ?? one(moves))();
    // Mostly one place and its administrator, so that things meet; now and then anybody, anywhere.
    const account = i < first.length || below(6) ? accounts[0] : one(accounts);
    const caller: Caller = i < first.length ? { account, user: "admin" } : one<Caller>([...Array<Caller>(6).fill({ account, user: "admin" }), { account, root: true }, { account, user: one(["alice", "bob"]) }, sessions.length ? { accessKeyId: one(sessions) } : { account, role: "r", session: "x" }]);
    const reply = await lab.call({ service, operation, input, caller, region: i < first.length || below(6) ? regions[0] : one(regions) });
    if (!reply.ok) continue;
    const output = reply.output as Record<string, any>;
    if (output.KeyMetadata) keys.push(output.KeyMetadata.KeyId, output.KeyMetadata.Arn);
    if (typeof output.CiphertextBlob === "string") blobs.push(output.CiphertextBlob);
    if (output.Credentials) sessions.push(output.Credentials.AccessKeyId);
    if (below(15) === 0) lab.undo();
    else if (below(15) === 0 && lab.undo()) lab.redo();
  }
}

/** States are long: where they part is what one wants to see. */
function parting(a: string, b: string): string {
  if (a === b) return "the same";
  let at = 0;
  while (a[at] === b[at]) at++;
  return `${a.slice(Math.max(0, at - 80), at + 80)} instead of ${b.slice(Math.max(0, at - 80), at + 80)}`;
}

const text = (lab: Lab): string => JSON.stringify(lab.snapshot());

const batch = 50;

/** 500 sequences of 40 steps. */
test.each(Array.from({ length: 10 }, (_, i) => [i * batch + 1, (i + 1) * batch]))("sequences %i to %i: undo all, redo all, replay, and a lab made of the text of another", { timeout: 120_000 }, async (from, to) => {
  for (let seed = from; seed <= to; seed++) await holds(seed);
});

async function holds(seed: number): Promise<void> {
  const lab = createLab({ ports: running(seed) });
  const before = text(lab);
  await wander(lab, seed * 7919, 40);
  const after = text(lab);
  const which = `sequence ${seed}: the same`;
  const same = (a: string, b: string): string => `sequence ${seed}: ${parting(a, b)}`;
  expect(lab.journal.length, which).toBeGreaterThan(15);
  expect(lab.journal.filter((entry) => entry.kind === "call" && entry.reply.ok).length, which).toBeGreaterThan(2);
  // Refused calls change nothing.
  for (const entry of lab.journal) if (!entry.reply.ok) expect(entry.changes, which).toEqual([]);

  const again = createLab({ ports: { ...running(seed), random: () => { throw new Error("a replay reads no fresh chance"); } } });
  const journal = JSON.parse(JSON.stringify(lab.journal)) as JournalEntry[];
  again.replay(journal);
  expect(same(text(again), after)).toBe(which);
  expect(same(JSON.stringify(again.journal), JSON.stringify(lab.journal))).toBe(which);

  const other = createLab({ ports: running(seed), snapshot: JSON.parse(after) as Snapshot, journal });
  expect(same(text(other), after)).toBe(which);

  for (const one of [lab, other]) {
    const entries = one.journal.length;
    while (one.undo());
    // A lab that was made of a text does not know the time before its oldest entry.
    expect(one === lab ? same(text(one), before) : same(JSON.stringify(one.snapshot().records), JSON.stringify((JSON.parse(before) as Snapshot).records))).toBe(which);
    for (let i = 0; i < entries; i++) one.redo();
    expect(same(text(one), after)).toBe(which);
  }
}
