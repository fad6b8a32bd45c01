import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { catalog } from "../catalog";
import { createLab, type Lab, type Snapshot } from "../lab";
import { seededPorts } from "../ports";
import type { JsonObject, Ports } from "../types";
import { wrap } from "./import.test-helper";
import { account, admin, allow, bench, policy, text } from "./lifecycle.test-helper";
import { cellOf, gridRows, gridStates } from "./state-grid";
import type { KeyRow, KeyState } from "./state";

/**
 * The whole grid of key states and operations, written down a second time, to be read against the KMS Developer Guide,
 * "Key states of AWS KMS keys", and walked through by `lab.call` for each cell.
 * Y: works. D: DisabledException. S: KMSInvalidStateException. U: UnsupportedOperationException.
 */
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
  importing: JsonObject;
}

/** Cells for keys with AWS's own material; `imported` where imported material makes a difference. `-`: no key can be so. */
// prettier-ignore
const rows: [operation: string, cells: string, input: (made: Made) => JsonObject, imported?: string][] = [
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
  ["EnableKeyRotation", /*              */ "Y D S S - Y S Y", ({ symmetric }) => ({ KeyId: symmetric }), "U U U U U U S U"],
  ["DisableKeyRotation", /*             */ "Y D S S - Y S Y", ({ symmetric }) => ({ KeyId: symmetric }), "U U U U U U S U"],
  ["GetKeyRotationStatus", /*           */ "Y Y Y Y - Y Y Y", ({ symmetric }) => ({ KeyId: symmetric }), "U U U U U U U U"],
  ["RotateKeyOnDemand", /*              */ "Y D S S S S S S", ({ symmetric }) => ({ KeyId: symmetric })],
  ["ListKeyRotations", /*               */ "Y Y Y Y Y Y Y Y", ({ symmetric }) => ({ KeyId: symmetric })],
  ["ScheduleKeyDeletion", /*            */ "Y Y S S Y Y Y S", ({ symmetric }) => ({ KeyId: symmetric })],
  ["CancelKeyDeletion", /*              */ "S S Y Y S S S S", ({ symmetric }) => ({ KeyId: symmetric })],
  ["ReplicateKey", /*                   */ "Y D S S S S S S", ({ related }) => ({ KeyId: related, ReplicaRegion: "eu-west-1" })],
  ["UpdatePrimaryRegion", /*            */ "Y D S S S S S Y", ({ related }) => ({ KeyId: related, PrimaryRegion: "us-west-2" })],
  ["GetKeyLastUsage", /*                */ "Y Y Y Y Y Y Y Y", ({ symmetric }) => ({ KeyId: symmetric })],
  ["GetParametersForImport", /*         */ "U U U U - U S S", ({ symmetric }) => ({ KeyId: symmetric, WrappingAlgorithm: "RSAES_OAEP_SHA_256", WrappingKeySpec: "RSA_2048" }), "Y Y S S Y Y S S"],
  ["ImportKeyMaterial", /*              */ "U U U U - U S U", ({ symmetric, importing }) => ({ KeyId: symmetric, ExpirationModel: "KEY_MATERIAL_DOES_NOT_EXPIRE", ...importing }), "Y Y S S Y Y S Y"],
  ["DeleteImportedKeyMaterial", /*      */ "U U U U - U S S", ({ symmetric }) => ({ KeyId: symmetric }), "Y Y Y Y Y Y S S"],
];

/** Operations that are about no key's state, and one input each. */
const noKey: [operation: string, input: JsonObject][] = [
  ["CreateKey", {}],
  ["ListKeys", {}],
  ["ListRetirableGrants", { RetiringPrincipal: `arn:aws:iam::${account}:root` }],
  ["GenerateRandom", { NumberOfBytes: 1 }],
];

/** Custom key stores. */
const notSimulated = ["ConnectCustomKeyStore", "CreateCustomKeyStore", "DeleteCustomKeyStore", "DescribeCustomKeyStores", "DisconnectCustomKeyStore", "UpdateCustomKeyStore"];

const wrappingKey = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs8", format: "der" }).toString("base64");
const ports = (seed: number): Ports => {
  const seeded = seededPorts(seed);
  return { ...seeded, outside: async (request) => (request.kind === "rsa-key-pair" ? { pkcs8: wrappingKey } : seeded.outside(request)) };
};
const prepared = prepare();

async function prepare(): Promise<{ made: Made; snapshot: Snapshot }> {
  const { lab, done, key } = bench(3, ports(3));
  const importing = async (KeyId: string, byte: number): Promise<JsonObject> => {
    const { ImportToken, PublicKey } = await done("GetParametersForImport", { KeyId, WrappingAlgorithm: "RSAES_OAEP_SHA_256", WrappingKeySpec: "RSA_2048" });
    return { ImportToken, EncryptedKeyMaterial: wrap("RSAES_OAEP_SHA_256", PublicKey, new Uint8Array(32).fill(byte)) };
  };
  const never = { ExpirationModel: "KEY_MATERIAL_DOES_NOT_EXPIRE" };
  /** With material, and more that waits for RotateKeyOnDemand. */
  const imported = async (input: JsonObject = {}): Promise<string> => {
    const { KeyId } = await key({ Origin: "EXTERNAL", ...input });
    await done("ImportKeyMaterial", { KeyId, ...never, ...(await importing(KeyId, 1)) });
    if (!input.MultiRegion) await done("ImportKeyMaterial", { KeyId, ...never, ImportType: "NEW_KEY_MATERIAL", ...(await importing(KeyId, 2)) });
    return KeyId;
  };
  const symmetric = await imported();
  const related = await imported({ MultiRegion: true });
  const { KeyId: other } = await key();
  const { KeyId: signing } = await key({ KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" });
  const { KeyId: hmac } = await key({ KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" });
  const { KeyId: agreement } = await key({ KeySpec: "ECC_NIST_P256", KeyUsage: "KEY_AGREEMENT" });
  await done("ReplicateKey", { KeyId: related, ReplicaRegion: "us-west-2" });
  await lab.advance(5_000);
  await done("ImportKeyMaterial", { KeyId: related, ...never, ...(await importing(related, 1)) });
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
  const made = { symmetric, other, signing, hmac, agreement, related, publicKey, ciphertext, otherCiphertext, signature, mac, grant, token };
  return { made: { ...made, importing: await importing(symmetric, 1) }, snapshot: lab.snapshot() };
}

/** The lab with every key of us-east-1 but `other` in this state and of this origin. */
async function labIn(state: KeyState, origin: KeyRow["Origin"]): Promise<{ made: Made; lab: Lab }> {
  const { made, snapshot } = await prepared;
  const changed = structuredClone(snapshot);
  for (const [id, row] of changed.records[account]["us-east-1"].kms.keys as [string, KeyRow][]) {
    if (id === made.other) continue;
    row.KeyState = state;
    row.Origin = origin;
    if (origin === "AWS_KMS") delete row.pending;
  }
  for (const [, row] of changed.records[account]["us-west-2"].kms.keys as [string, KeyRow][]) row.KeyState = "Enabled";
  return { made, lab: createLab({ ports: ports(4), snapshot: changed }) };
}

const walk = rows.flatMap(([operation, own, input, imported = own]) =>
  (["AWS_KMS", "EXTERNAL"] as const).flatMap((origin) =>
    (origin === "AWS_KMS" ? own : imported).split(" ").map((cell, column) => ({ operation, origin, state: gridStates[column], cell, input })),
  ),
).filter(({ state, origin, cell }) => cell !== "-" && !(state === "PendingImport" && origin === "AWS_KMS"));

describe("each cell, through lab.call", () => {
  test("there are as many as there should be", () => expect(walk.length).toBe(rows.length * 15));

  test.each(walk)("$operation on a key that is $state ($origin): $cell", async ({ operation, origin, state, cell, input }) => {
    const { made, lab } = await labIn(state, origin);
    const before = JSON.stringify(lab.snapshot().records);
    const reply = await lab.call({ service: "kms", operation, input: input(made), caller: admin });
    expect(reply.ok ? "ok" : reply.error.code).toBe(cell === "Y" ? "ok" : codes[cell]);
    if (operation !== "UpdateAlias" || input(made).TargetKeyId !== made.other) expect(cellOf(operation, { KeyState: state, Origin: origin }) === "allowed").toBe(cell === "Y");
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

describe("nothing is left out", () => {
  const { model, operations } = catalog.get("kms")!;
  const ofTheModel = Object.keys(model.operations).sort();

  test("the grid has every operation of the model, once", () => {
    expect(gridRows.flatMap(([, names]) => names.split(" ")).sort()).toEqual(ofTheModel);
    for (const [cells] of gridRows) expect(cells.split(" ")).toHaveLength(gridStates.length);
    expect(gridStates).toHaveLength(8);
  });

  test("every operation of the model is in a row here, or is about no key, or is not simulated", () => {
    expect([...new Set([...rows, ...noKey].map(([operation]) => operation)), ...notSimulated].sort()).toEqual(ofTheModel);
    expect([...operations.keys()].sort()).toEqual(ofTheModel.filter((name) => !notSimulated.includes(name)));
  });

  test.each(noKey)("%s is about no key", async (operation, input) => {
    const { outcome } = bench();
    expect(cellOf(operation, { KeyState: "Disabled", Origin: "AWS_KMS" })).toBe("about no key");
    expect(await outcome(operation, input)).toBe("ok");
  });

  test.each(notSimulated)("%s says by name that it is not simulated", async (operation) => {
    const { outcome } = bench();
    expect(cellOf(operation, { KeyState: "Enabled", Origin: "AWS_KMS" })).toBe("not simulated");
    expect(await outcome(operation, {})).toBe(
      `NotSimulated: Keyhole does not simulate ${operation} of AWS Key Management Service. AWS has this operation; this lab does not.`,
    );
  });
});
