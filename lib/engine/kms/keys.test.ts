import { describe, expect, test } from "vitest";
import { account, admin, bench, days, otherAdmin, text } from "./lifecycle.test-helper";
import { keySpecs } from "./specs";
import { keys, materials } from "./state";

const arnOf = (keyId: string) => `arn:aws:kms:us-east-1:${account}:key/${keyId}`;

describe("CreateKey", () => {
  const everySpecAndUsage = Object.entries(keySpecs).flatMap(([spec, { usages }]) =>
    ["ENCRYPT_DECRYPT", "SIGN_VERIFY", "GENERATE_VERIFY_MAC", "KEY_AGREEMENT"].map(
      (usage) => [spec, usage, (usages as string[]).includes(usage)] as const,
    ),
  );

  test.each(everySpecAndUsage.filter(([spec]) => spec !== "RSA_3072" && spec !== "RSA_4096"))(
    "%s for %s: %s",
    async (KeySpec, KeyUsage, goes) => {
      const { outcome, done } = bench();
      if (!goes)
        return expect(await outcome("CreateKey", { KeySpec, KeyUsage })).toBe(
          `ValidationException: KeyUsage ${KeyUsage} is not compatible with KeySpec ${KeySpec}`,
        );
      const { KeyMetadata: made } = await done("CreateKey", { KeySpec, KeyUsage });
      expect(made).toMatchObject({
        KeySpec,
        CustomerMasterKeySpec: KeySpec,
        KeyUsage,
        Enabled: true,
        KeyState: "Enabled",
        KeyManager: "CUSTOMER",
        Origin: "AWS_KMS",
        MultiRegion: false,
        Description: "",
      });
      expect(made.Arn).toBe(arnOf(made.KeyId));
      const lists = ["EncryptionAlgorithms", "SigningAlgorithms", "MacAlgorithms", "KeyAgreementAlgorithms"].filter((name) => name in made);
      expect(lists).toHaveLength(1);
      expect(made[lists[0]].length).toBeGreaterThan(0);
      expect("CurrentKeyMaterialId" in made).toBe(KeySpec === "SYMMETRIC_DEFAULT");
      expect((await done("DescribeKey", { KeyId: made.KeyId })).KeyMetadata).toEqual(made);
    },
  );

  test("RSA pairs are made outside the handler, and are the same from the same seed", async () => {
    const make = async () => {
      const { key, done } = bench(9);
      const { KeyId } = await key({ KeySpec: "RSA_3072", KeyUsage: "SIGN_VERIFY" });
      return (await done("GetPublicKey", { KeyId })).PublicKey;
    };
    expect(await make()).toBe(await make());
  });

  test.each<[name: string, input: any, outcome: string]>([
    [
      "HMAC without usage",
      { KeySpec: "HMAC_256" },
      "ValidationException: You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.",
    ],
    [
      "both names of the spec",
      { KeySpec: "RSA_2048", CustomerMasterKeySpec: "RSA_2048", KeyUsage: "SIGN_VERIFY" },
      "ValidationException: You cannot specify KeySpec and CustomerMasterKeySpec in the same request. CustomerMasterKeySpec is deprecated.",
    ],
    ["the old name of the spec", { CustomerMasterKeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" }, "ok"],
    [
      "a custom key store",
      { Origin: "AWS_CLOUDHSM", CustomKeyStoreId: "cks-1" },
      "UnsupportedOperationException: Keyhole does not simulate custom key stores (AWS CloudHSM key stores and external key stores).",
    ],
    [
      "SM2 outside China",
      { KeySpec: "SM2", KeyUsage: "SIGN_VERIFY" },
      "UnsupportedOperationException: Keyhole does not simulate the key spec SM2: AWS offers SM2 in its China Regions only.",
    ],
    [
      "a spec that is not",
      { KeySpec: "AES_256" },
      expect.stringMatching(
        /^ValidationException: 1 validation error detected: Value 'AES_256' at 'keySpec' failed to satisfy constraint: Member must satisfy enum value set: \[/,
      ) as any,
    ],
    [
      "one tag key twice",
      {
        Tags: [
          { TagKey: "a", TagValue: "1" },
          { TagKey: "a", TagValue: "2" },
        ],
      },
      "TagException: Duplicate tag keys",
    ],
    ["a reserved tag", { Tags: [{ TagKey: "AWS:a", TagValue: "1" }] }, "TagException: Tags beginning with aws: are reserved"],
    ["51 tags", { Tags: Array.from({ length: 51 }, (_, i) => ({ TagKey: `t${i}`, TagValue: "" })) }, "TagException: Too many tags"],
    ["50 tags", { Tags: Array.from({ length: 50 }, (_, i) => ({ TagKey: `t${i}`, TagValue: "" })) }, "ok"],
  ])("%s", async (_, input, expected) => {
    const { outcome, lab } = bench();
    expect(await outcome("CreateKey", input)).toEqual(expected);
    if (expected !== "ok") expect(lab.journal.at(-1)!.changes).toEqual([]);
  });

  test("Origin EXTERNAL waits for its material", async () => {
    const { key, outcome, done } = bench();
    const made = await key({ Origin: "EXTERNAL" });
    expect(made).toMatchObject({ Origin: "EXTERNAL", KeyState: "PendingImport", Enabled: false });
    expect(made).not.toHaveProperty("CurrentKeyMaterialId");
    expect(await outcome("Encrypt", { KeyId: made.KeyId, Plaintext: text("x") })).toBe(
      `KMSInvalidStateException: ${made.Arn} is pending import.`,
    );
    expect(await outcome("EnableKeyRotation", { KeyId: made.KeyId })).toBe(
      `UnsupportedOperationException: ${made.Arn} origin is EXTERNAL which is not valid for this operation.`,
    );
    await done("ScheduleKeyDeletion", { KeyId: made.KeyId });
    await done("CancelKeyDeletion", { KeyId: made.KeyId });
    expect((await done("DescribeKey", { KeyId: made.KeyId })).KeyMetadata.KeyState).toBe("PendingImport");
  });

  test("a multi-Region key says so", async () => {
    const { key } = bench();
    const made = await key({ MultiRegion: true });
    expect(made.KeyId).toMatch(/^mrk-[0-9a-f]{32}$/);
    expect(made.MultiRegion).toBe(true);
    expect(made.MultiRegionConfiguration).toEqual({
      MultiRegionKeyType: "PRIMARY",
      PrimaryKey: { Arn: made.Arn, Region: "us-east-1" },
      ReplicaKeys: [],
    });
  });

  test("needs kms:TagResource for tags, and conditions see them", async () => {
    const { outcome, user } = bench();
    const { caller: plain } = await user("plain", [{ Effect: "Allow", Action: "kms:CreateKey", Resource: "*" }]);
    expect(await outcome("CreateKey", {}, plain)).toBe("ok");
    expect(await outcome("CreateKey", { Tags: [{ TagKey: "a", TagValue: "b" }] }, plain)).toMatch(
      /^AccessDeniedException: .*kms:TagResource/,
    );
    const { caller: tagger } = await user("tagger", [
      { Effect: "Allow", Action: "kms:CreateKey", Resource: "*" },
      { Effect: "Allow", Action: "kms:TagResource", Resource: `arn:aws:kms:*:${account}:key/*` },
    ]);
    expect(await outcome("CreateKey", { Tags: [{ TagKey: "a", TagValue: "b" }] }, tagger)).toBe("ok");
    const { caller: small } = await user("small", [
      {
        Effect: "Allow",
        Action: "kms:*",
        Resource: "*",
        Condition: { StringEquals: { "kms:KeySpec": "SYMMETRIC_DEFAULT", "aws:RequestTag/team": "red" } },
      },
    ]);
    expect(await outcome("CreateKey", { Tags: [{ TagKey: "team", TagValue: "red" }] }, small)).toBe("ok");
    expect(await outcome("CreateKey", { Tags: [{ TagKey: "team", TagValue: "blue" }] }, small)).toMatch(/^AccessDeniedException/);
    expect(
      await outcome(
        "CreateKey",
        { KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC", Tags: [{ TagKey: "team", TagValue: "red" }] },
        small,
      ),
    ).toMatch(/^AccessDeniedException/);
  });
});

describe("names of keys", () => {
  test("management takes key id and ARN, DescribeKey all four", async () => {
    const { key, outcome, done } = bench();
    const { KeyId, Arn } = await key();
    await done("CreateAlias", { AliasName: "alias/a", TargetKeyId: Arn });
    for (const name of [KeyId, Arn, "alias/a", `arn:aws:kms:us-east-1:${account}:alias/a`])
      expect((await done("DescribeKey", { KeyId: name })).KeyMetadata.KeyId).toBe(KeyId);
    for (const name of [KeyId, Arn]) expect(await outcome("EnableKey", { KeyId: name })).toBe("ok");
    expect(await outcome("EnableKey", { KeyId: "alias/a" })).toBe("NotFoundException: Invalid keyId 'alias/a'");
    expect(await outcome("EnableKey", { KeyId: Arn.replace("us-east-1", "us-west-2") })).toBe("NotFoundException: Invalid arn us-west-2");
    expect(await outcome("DescribeKey", { KeyId }, admin, "us-west-2")).toBe(
      `NotFoundException: Key 'arn:aws:kms:us-west-2:${account}:key/${KeyId}' does not exist`,
    );
  });

  test.each(["__proto__", "constructor", "../", "x".repeat(2000), "🔑", " "])("DescribeKey of %j", async (KeyId) => {
    const { outcome } = bench();
    expect(await outcome("DescribeKey", { KeyId })).toBe(`NotFoundException: Invalid keyId '${KeyId}'`);
  });

  test("another account learns nothing about a key that does not let it in", async () => {
    const { key, outcome } = bench();
    const { Arn } = await key();
    const ghost = arnOf("00000000-0000-4000-8000-000000000000");
    const refusal = (action: string) =>
      `AccessDeniedException: User: arn:aws:iam::444455556666:user/admin is not authorized to perform: kms:${action} on this resource because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`;
    for (const KeyId of [Arn, ghost]) {
      expect(await outcome("DescribeKey", { KeyId }, otherAdmin)).toBe(refusal("DescribeKey"));
      expect(await outcome("ScheduleKeyDeletion", { KeyId }, otherAdmin)).toBe(refusal("ScheduleKeyDeletion"));
    }
  });
});

describe("deletion", () => {
  test("the clock deletes the key, with its aliases and grants, at the end of the window", async () => {
    const { lab, key, done, outcome } = bench();
    const { KeyId, Arn } = await key();
    const { KeyId: other } = await key();
    const { CiphertextBlob } = await done("Encrypt", { KeyId, Plaintext: text("lost") });
    await done("CreateAlias", { AliasName: "alias/gone", TargetKeyId: KeyId });
    await done("CreateAlias", { AliasName: "alias/stays", TargetKeyId: other });
    await done("CreateGrant", { KeyId, GranteePrincipal: `arn:aws:iam::${account}:root`, Operations: ["Decrypt"] });
    await done("CreateGrant", { KeyId: other, GranteePrincipal: `arn:aws:iam::${account}:root`, Operations: ["Decrypt"] });
    await done("EnableKeyRotation", { KeyId });
    const before = lab.now();
    expect(await done("ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 7 })).toEqual({
      KeyId: Arn,
      DeletionDate: (before + 7 * days) / 1000,
      KeyState: "PendingDeletion",
      PendingWindowInDays: 7,
    });
    expect((await done("GetKeyRotationStatus", { KeyId })).KeyRotationEnabled).toBe(false);

    await lab.advance(7 * days - 1);
    expect((await done("DescribeKey", { KeyId })).KeyMetadata).toMatchObject({
      KeyState: "PendingDeletion",
      Enabled: false,
      DeletionDate: (before + 7 * days) / 1000,
    });
    expect((await done("DescribeKey", { KeyId: "alias/gone" })).KeyMetadata.KeyId).toBe(KeyId);
    await lab.advance(1);
    expect(await outcome("DescribeKey", { KeyId })).toBe(`NotFoundException: Key '${Arn}' does not exist`);
    expect(await outcome("DescribeKey", { KeyId: "alias/gone" })).toBe(
      `NotFoundException: Alias arn:aws:kms:us-east-1:${account}:alias/gone is not found.`,
    );
    expect(await outcome("Decrypt", { CiphertextBlob })).toBe(
      "AccessDeniedException: User: arn:aws:iam::111122223333:user/admin is not authorized to perform: kms:Decrypt on the resource associated with this ciphertext because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access",
    );
    expect((await done("ListKeys")).Keys.map((entry: any) => entry.KeyId)).toEqual([other]);
    const records = lab.snapshot().records[account]["us-east-1"];
    expect(Object.values(records.kms).map((rows) => rows.length)).toEqual(Object.keys(records.kms).map(() => 1));
    expect(JSON.stringify(lab.snapshot().records)).not.toContain(KeyId + "/");
    expect(materials(lab.read({ account, region: "us-east-1", service: "kms" })).all()).toEqual([{ account, KeyId: other }]);
    expect(lab.upcoming()).toEqual([]);
    const events = lab.read({ account, region: "us-east-1", service: "events" }).table<any>("log").all();
    expect(events.map(({ source, "detail-type": type, resources, detail }) => ({ source, type, resources, detail }))).toEqual([
      { source: "aws.kms", type: "KMS CMK Deletion", resources: [Arn], detail: { "key-id": KeyId } },
    ]);
  });

  test("cancelled: disabled, and never deleted", async () => {
    const { lab, key, done } = bench();
    const { KeyId, Arn } = await key();
    await done("ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 7 });
    expect(await done("CancelKeyDeletion", { KeyId })).toEqual({ KeyId: Arn });
    await lab.advance(60 * days);
    const { KeyMetadata } = await done("DescribeKey", { KeyId });
    expect(KeyMetadata).toMatchObject({ KeyState: "Disabled", Enabled: false });
    expect(KeyMetadata).not.toHaveProperty("DeletionDate");
    expect(keys(lab.read({ account, region: "us-east-1", service: "kms" })).get(KeyId)).not.toHaveProperty("deletion");
  });

  test("scheduled anew after a cancellation: the new date counts", async () => {
    const { lab, key, done, outcome } = bench();
    const { KeyId } = await key();
    await done("ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 7 });
    await done("CancelKeyDeletion", { KeyId });
    await lab.advance(5 * days);
    await done("ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 30 });
    await lab.advance(30 * days - 1);
    expect(await outcome("DescribeKey", { KeyId })).toBe("ok");
    await lab.advance(1);
    expect(await outcome("DescribeKey", { KeyId })).toMatch(/^NotFoundException/);
  });

  test.each([
    [6, "ValidationException: PendingWindowInDays must be between 7 and 30"],
    [7, "ok"],
    [30, "ok"],
    [31, "ValidationException: PendingWindowInDays must be between 7 and 30"],
    [
      0,
      "ValidationException: 1 validation error detected: Value '0' at 'pendingWindowInDays' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
    [
      366,
      "ValidationException: 1 validation error detected: Value '366' at 'pendingWindowInDays' failed to satisfy constraint: Member must have value less than or equal to 365",
    ],
  ])("a window of %i days: %s", async (PendingWindowInDays, expected) => {
    const { key, outcome } = bench();
    const { KeyId } = await key();
    expect(await outcome("ScheduleKeyDeletion", { KeyId, PendingWindowInDays })).toBe(expected);
  });

  test("a window that a condition wants longer", async () => {
    const { key, outcome, user } = bench();
    const { KeyId } = await key();
    const { caller } = await user("slow", [
      {
        Effect: "Allow",
        Action: "kms:ScheduleKeyDeletion",
        Resource: "*",
        Condition: { NumericEquals: { "kms:ScheduleKeyDeletionPendingWindowInDays": "30" } },
      },
    ]);
    expect(await outcome("ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 7 }, caller)).toMatch(/^AccessDeniedException/);
    expect(await outcome("ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 30 }, caller)).toBe("ok");
  });
});
