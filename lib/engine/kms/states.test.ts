import { describe, expect, test } from "vitest";
import { catalog } from "../catalog";
import { createLab, type Lab, type Snapshot } from "../lab";
import { seededPorts } from "../ports";
import type { JsonObject } from "../types";
import { account, admin, allow, bench, policy, text } from "./lifecycle.test-helper";
import type { KeyRow, KeyState } from "./state";

/**
 * The whole grid of key states and operations, to be read against the KMS Developer Guide, "Key states of AWS KMS keys".
 * Y: works. D: DisabledException. S: KMSInvalidStateException. U: UnsupportedOperationException.
 * In the column PendingImport the key's origin is EXTERNAL; in all others it is AWS_KMS.
 */
const states: KeyState[] = [
  "Enabled",
  "Disabled",
  "PendingDeletion",
  "PendingReplicaDeletion",
  "PendingImport",
  "Unavailable",
  "Creating",
  "Updating",
];
const codes: Record<string, string> = { D: "DisabledException", S: "KMSInvalidStateException", U: "UnsupportedOperationException" };

/** What the inputs are made of: made once, with all keys enabled. */
interface Made {
  symmetric: string;
  other: string;
  signing: string;
  hmac: string;
  agreement: string;
  related: string;
  publicKey: string;
  ciphertext: string;
  otherCiphertext: string;
  signature: string;
  mac: string;
  grant: string;
  token: string;
}

// prettier-ignore
const rows: [operation: string, cells: string, input: (made: Made) => JsonObject][] = [
  // operation                             E D PD PR PI Un Cr Up
  ["Encrypt", /*                        */ "Y D S S S S S Y", ({ symmetric }) => ({ KeyId: symmetric, Plaintext: text("x") })],
  ["Decrypt", /*                        */ "Y D S S S S S Y", ({ ciphertext }) => ({ CiphertextBlob: ciphertext })],
  ["ReEncrypt", /*  destination         */ "Y D S S S S S Y", ({ symmetric, otherCiphertext }) => ({ CiphertextBlob: otherCiphertext, DestinationKeyId: symmetric })],
  ["ReEncrypt", /*  source              */ "Y D S S S S S Y", ({ other, ciphertext }) => ({ CiphertextBlob: ciphertext, DestinationKeyId: other })],
  ["GenerateDataKey", /*                */ "Y D S S S S S Y", ({ symmetric }) => ({ KeyId: symmetric, KeySpec: "AES_256" })],
  ["GenerateDataKeyWithoutPlaintext", /**/ "Y D S S S S S Y", ({ symmetric }) => ({ KeyId: symmetric, KeySpec: "AES_256" })],
  ["GenerateDataKeyPair", /*            */ "Y D S S S S S Y", ({ symmetric }) => ({ KeyId: symmetric, KeyPairSpec: "ECC_NIST_P256" })],
  ["GenerateDataKeyPairWithoutPlaintext", "Y D S S S S S Y", ({ symmetric }) => ({ KeyId: symmetric, KeyPairSpec: "ECC_NIST_P256" })],
  ["Sign", /*                           */ "Y D S S S S S Y", ({ signing }) => ({ KeyId: signing, Message: text("m"), SigningAlgorithm: "ECDSA_SHA_256" })],
  ["Verify", /*                         */ "Y D S S S S S Y", ({ signing, signature }) => ({ KeyId: signing, Message: text("m"), Signature: signature, SigningAlgorithm: "ECDSA_SHA_256" })],
  ["GenerateMac", /*                    */ "Y D S S S S S Y", ({ hmac }) => ({ KeyId: hmac, Message: text("m"), MacAlgorithm: "HMAC_SHA_256" })],
  ["VerifyMac", /*                      */ "Y D S S S S S Y", ({ hmac, mac }) => ({ KeyId: hmac, Message: text("m"), Mac: mac, MacAlgorithm: "HMAC_SHA_256" })],
  ["DeriveSharedSecret", /*             */ "Y D S S S S S Y", ({ agreement, publicKey }) => ({ KeyId: agreement, KeyAgreementAlgorithm: "ECDH", PublicKey: publicKey })],
  ["GetPublicKey", /*                   */ "Y D S S S S S Y", ({ signing }) => ({ KeyId: signing })],
  ["CreateGrant", /*                    */ "Y D S S S Y S Y", ({ symmetric }) => ({ KeyId: symmetric, GranteePrincipal: `arn:aws:iam::${account}:root`, Operations: ["Decrypt"] })],
  ["ListGrants", /*                     */ "Y Y Y Y Y Y Y Y", ({ symmetric }) => ({ KeyId: symmetric })],
  ["RetireGrant", /*                    */ "Y Y Y Y Y Y Y Y", ({ token }) => ({ GrantToken: token })],
  ["RevokeGrant", /*                    */ "Y Y Y Y Y Y Y Y", ({ symmetric, grant }) => ({ KeyId: symmetric, GrantId: grant })],
  ["DescribeKey", /*                    */ "Y Y Y Y Y Y Y Y", ({ symmetric }) => ({ KeyId: symmetric })],
  ["GetKeyPolicy", /*                   */ "Y Y Y Y Y Y Y Y", ({ symmetric }) => ({ KeyId: symmetric })],
  ["PutKeyPolicy", /*                   */ "Y Y Y Y Y Y Y Y", ({ symmetric }) => ({ KeyId: symmetric, Policy: policy(allow(`arn:aws:iam::${account}:root`, "kms:*")) })],
  ["ListKeyPolicies", /*                */ "Y Y Y Y Y Y Y Y", ({ symmetric }) => ({ KeyId: symmetric })],
  ["ListResourceTags", /*               */ "Y Y Y Y Y Y Y Y", ({ symmetric }) => ({ KeyId: symmetric })],
  ["TagResource", /*                    */ "Y Y S S Y Y Y Y", ({ symmetric }) => ({ KeyId: symmetric, Tags: [{ TagKey: "a", TagValue: "b" }] })],
  ["UntagResource", /*                  */ "Y Y S S Y Y Y Y", ({ symmetric }) => ({ KeyId: symmetric, TagKeys: ["a"] })],
  ["UpdateKeyDescription", /*           */ "Y Y S S Y Y Y Y", ({ symmetric }) => ({ KeyId: symmetric, Description: "new" })],
  ["ListAliases", /*                    */ "Y Y Y Y Y Y Y Y", ({ symmetric }) => ({ KeyId: symmetric })],
  ["CreateAlias", /*                    */ "Y Y S S Y Y Y Y", ({ symmetric }) => ({ AliasName: "alias/new", TargetKeyId: symmetric })],
  ["UpdateAlias", /*  new target        */ "Y Y S S Y Y Y Y", ({ symmetric }) => ({ AliasName: "alias/other", TargetKeyId: symmetric })],
  ["UpdateAlias", /*  old target        */ "Y Y Y Y Y Y Y Y", ({ other }) => ({ AliasName: "alias/symmetric", TargetKeyId: other })],
  ["DeleteAlias", /*                    */ "Y Y Y Y Y Y Y Y", () => ({ AliasName: "alias/symmetric" })],
  ["EnableKey", /*                      */ "Y Y S S S Y S S", ({ symmetric }) => ({ KeyId: symmetric })],
  ["DisableKey", /*                     */ "Y Y S S S Y S S", ({ symmetric }) => ({ KeyId: symmetric })],
  ["EnableKeyRotation", /*              */ "Y D S S U Y S Y", ({ symmetric }) => ({ KeyId: symmetric })],
  ["DisableKeyRotation", /*             */ "Y D S S U Y S Y", ({ symmetric }) => ({ KeyId: symmetric })],
  ["GetKeyRotationStatus", /*           */ "Y Y Y Y U Y Y Y", ({ symmetric }) => ({ KeyId: symmetric })],
  ["RotateKeyOnDemand", /*              */ "Y D S S S S S S", ({ symmetric }) => ({ KeyId: symmetric })],
  ["ListKeyRotations", /*               */ "Y Y Y Y Y Y Y Y", ({ symmetric }) => ({ KeyId: symmetric })],
  ["ScheduleKeyDeletion", /*            */ "Y Y S S Y Y Y S", ({ symmetric }) => ({ KeyId: symmetric })],
  ["CancelKeyDeletion", /*              */ "S S Y Y S S S S", ({ symmetric }) => ({ KeyId: symmetric })],
  ["ReplicateKey", /*                   */ "Y D S S S S S S", ({ related }) => ({ KeyId: related, ReplicaRegion: "eu-west-1" })],
  ["UpdatePrimaryRegion", /*            */ "Y D S S S S S Y", ({ related }) => ({ KeyId: related, PrimaryRegion: "us-west-2" })],
];

/** Operations of KMS that are about no key's state. */
const noKey = ["CreateKey", "ListKeys", "ListRetirableGrants", "GenerateRandom"];

const prepared = prepare();

async function prepare(): Promise<{ made: Made; snapshot: Snapshot }> {
  const { lab, done, key } = bench(3);
  const { KeyId: symmetric } = await key();
  const { KeyId: other } = await key();
  const { KeyId: signing } = await key({ KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" });
  const { KeyId: hmac } = await key({ KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" });
  const { KeyId: agreement } = await key({ KeySpec: "ECC_NIST_P256", KeyUsage: "KEY_AGREEMENT" });
  const { KeyId: related } = await key({ MultiRegion: true });
  await done("ReplicateKey", { KeyId: related, ReplicaRegion: "us-west-2" });
  await lab.advance(5_000);
  const { PublicKey: publicKey } = await done("GetPublicKey", { KeyId: agreement });
  const { CiphertextBlob: ciphertext } = await done("Encrypt", { KeyId: symmetric, Plaintext: text("x") });
  const { CiphertextBlob: otherCiphertext } = await done("Encrypt", { KeyId: other, Plaintext: text("x") });
  const { Signature: signature } = await done("Sign", { KeyId: signing, Message: text("m"), SigningAlgorithm: "ECDSA_SHA_256" });
  const { Mac: mac } = await done("GenerateMac", { KeyId: hmac, Message: text("m"), MacAlgorithm: "HMAC_SHA_256" });
  await done("CreateAlias", { AliasName: "alias/symmetric", TargetKeyId: symmetric });
  await done("CreateAlias", { AliasName: "alias/other", TargetKeyId: other });
  const { GrantId: grant, GrantToken: token } = await done("CreateGrant", {
    KeyId: symmetric,
    GranteePrincipal: `arn:aws:iam::${account}:root`,
    Operations: ["Decrypt"],
  });
  return {
    made: { symmetric, other, signing, hmac, agreement, related, publicKey, ciphertext, otherCiphertext, signature, mac, grant, token },
    snapshot: lab.snapshot(),
  };
}

/** The lab with every key but `other` in this state. */
async function labIn(state: KeyState): Promise<{ made: Made; lab: Lab }> {
  const { made, snapshot } = await prepared;
  const changed = structuredClone(snapshot);
  for (const [id, row] of changed.records[account]["us-east-1"].kms.keys as [string, KeyRow][]) {
    if (id === made.other) continue;
    row.KeyState = state;
    if (state === "PendingImport") row.Origin = "EXTERNAL";
  }
  return { made, lab: createLab({ ports: seededPorts(4), snapshot: changed }) };
}

describe.each(rows)("%s (%s)", (operation, cells, input) => {
  test.each(states.map((state, column) => [state, cells.split(" ")[column]] as const))("%s: %s", async (state, cell) => {
    const { made, lab } = await labIn(state);
    const before = JSON.stringify(lab.snapshot().records);
    const reply = await lab.call({ service: "kms", operation, input: input(made), caller: admin });
    expect(reply.ok ? "ok" : reply.error.code).toBe(cell === "Y" ? "ok" : codes[cell]);
    if (reply.ok) return;
    expect(JSON.stringify(lab.snapshot().records), "a refused call changes nothing").toBe(before);
    const { signing, hmac, agreement, related, symmetric } = made;
    const named = ["Sign", "Verify", "GetPublicKey"].includes(operation)
      ? signing
      : operation.includes("Mac")
        ? hmac
        : operation === "DeriveSharedSecret"
          ? agreement
          : ["ReplicateKey", "UpdatePrimaryRegion"].includes(operation)
            ? related
            : symmetric;
    expect(reply.error.message).toContain(`arn:aws:kms:us-east-1:${account}:key/${named} `);
  });
});

test("every operation of the list is in the grid", () => {
  const listed = [...catalog.get("kms")!.operations.keys()];
  expect(listed.filter((name) => !noKey.includes(name)).sort()).toEqual([...new Set(rows.map(([operation]) => operation))].sort());
});

test("what belongs to keys that are not simulated says so by name", async () => {
  const { outcome } = bench();
  for (const operation of [
    "ImportKeyMaterial",
    "GetParametersForImport",
    "DeleteImportedKeyMaterial",
    "CreateCustomKeyStore",
    "GetKeyLastUsage",
  ])
    expect(await outcome(operation, {})).toBe(
      `NotSimulated: Keyhole does not simulate ${operation} of AWS Key Management Service. AWS has this operation; this lab does not.`,
    );
});
