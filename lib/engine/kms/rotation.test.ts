import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { account, bench, days, minutes, text } from "./lifecycle.test-helper";
import type { KeyRow } from "./state";

const events = (lab: ReturnType<typeof bench>["lab"]): any[] =>
  lab.read({ account, region: "us-east-1", service: "events" }).table<any>("log").all();

describe("automatic rotation", () => {
  test("every 365 days unless said otherwise, each with an event", async () => {
    const { lab, key, done } = bench();
    const { KeyId, Arn, CurrentKeyMaterialId: first } = await key();
    const start = lab.now();
    expect(await done("GetKeyRotationStatus", { KeyId })).toEqual({ KeyId: Arn, KeyRotationEnabled: false });
    await done("EnableKeyRotation", { KeyId });
    expect(await done("GetKeyRotationStatus", { KeyId })).toEqual({
      KeyId: Arn,
      KeyRotationEnabled: true,
      RotationPeriodInDays: 365,
      NextRotationDate: (start + 365 * days) / 1000,
    });

    await lab.advance(365 * days - 1);
    expect((await done("ListKeyRotations", { KeyId })).Rotations).toEqual([]);
    await lab.advance(1);
    const { CurrentKeyMaterialId: second } = (await done("DescribeKey", { KeyId })).KeyMetadata;
    expect(second).not.toBe(first);
    expect((await done("ListKeyRotations", { KeyId })).Rotations).toEqual([
      { KeyId, KeyMaterialId: second, KeyMaterialState: "CURRENT", RotationDate: (start + 365 * days) / 1000, RotationType: "AUTOMATIC" },
    ]);
    expect((await done("ListKeyRotations", { KeyId, IncludeKeyMaterial: "ALL_KEY_MATERIAL" })).Rotations[0]).toEqual({
      KeyId,
      KeyMaterialId: first,
      KeyMaterialState: "NON_CURRENT",
    });
    expect(
      events(lab).map(({ source, "detail-type": type, resources, detail, time }) => ({ source, type, resources, detail, time })),
    ).toEqual([
      {
        source: "aws.kms",
        type: "KMS CMK Rotation",
        resources: [Arn],
        time: start + 365 * days,
        detail: {
          "key-id": KeyId,
          "key-origin": "AWS_KMS",
          "rotation-type": "AUTOMATIC",
          "previous-key-material-id": first,
          "current-key-material-id": second,
        },
      },
    ]);

    await lab.advance(4 * 365 * days);
    const { Rotations } = await done("ListKeyRotations", { KeyId });
    expect(Rotations.map((entry: any) => (entry.RotationDate * 1000 - start) / days)).toEqual([365, 730, 1095, 1460, 1825]);
  });

  test.each([
    [
      89,
      "ValidationException: 1 validation error detected: Value '89' at 'rotationPeriodInDays' failed to satisfy constraint: Member must have value greater than or equal to 90",
    ],
    [90, "ok"],
    [2560, "ok"],
    [
      2561,
      "ValidationException: 1 validation error detected: Value '2561' at 'rotationPeriodInDays' failed to satisfy constraint: Member must have value less than or equal to 2560",
    ],
  ])("a period of %i days: %s", async (RotationPeriodInDays, expected) => {
    const { lab, key, done, outcome } = bench();
    const { KeyId } = await key();
    expect(await outcome("EnableKeyRotation", { KeyId, RotationPeriodInDays })).toBe(expected);
    if (expected !== "ok") return;
    await lab.advance(RotationPeriodInDays * days - 1);
    expect((await done("ListKeyRotations", { KeyId })).Rotations).toHaveLength(0);
    await lab.advance(1);
    expect((await done("ListKeyRotations", { KeyId })).Rotations).toHaveLength(1);
  });

  test("a changed period counts from the change; the same period changes nothing", async () => {
    const { lab, key, done } = bench();
    const { KeyId } = await key();
    const start = lab.now();
    await done("EnableKeyRotation", { KeyId, RotationPeriodInDays: 200 });
    await lab.advance(100 * days);
    await done("EnableKeyRotation", { KeyId, RotationPeriodInDays: 200 });
    expect((await done("GetKeyRotationStatus", { KeyId })).NextRotationDate).toBe((start + 200 * days) / 1000);
    await done("EnableKeyRotation", { KeyId, RotationPeriodInDays: 90 });
    expect((await done("GetKeyRotationStatus", { KeyId })).NextRotationDate).toBe((start + 190 * days) / 1000);
    await lab.advance(100 * days);
    expect((await done("ListKeyRotations", { KeyId })).Rotations).toHaveLength(1);
  });

  test("turned off: no more", async () => {
    const { lab, key, done } = bench();
    const { KeyId } = await key();
    await done("EnableKeyRotation", { KeyId, RotationPeriodInDays: 90 });
    await done("DisableKeyRotation", { KeyId });
    expect((await done("GetKeyRotationStatus", { KeyId })).KeyRotationEnabled).toBe(false);
    expect(lab.upcoming()).toEqual([]);
    await lab.advance(1000 * days);
    expect((await done("ListKeyRotations", { KeyId })).Rotations).toEqual([]);
  });

  test("while the key is disabled nothing rotates; enabled again, what was due is done at once, and the period begins anew", async () => {
    const { lab, key, done } = bench();
    const { KeyId } = await key();
    const start = lab.now();
    await done("EnableKeyRotation", { KeyId, RotationPeriodInDays: 90 });
    await done("DisableKey", { KeyId });
    expect((await done("GetKeyRotationStatus", { KeyId })).KeyRotationEnabled).toBe(true);
    await lab.advance(400 * days);
    expect((await done("ListKeyRotations", { KeyId })).Rotations).toEqual([]);
    await done("EnableKey", { KeyId });
    expect((await done("ListKeyRotations", { KeyId })).Rotations.map((entry: any) => (entry.RotationDate * 1000 - start) / days)).toEqual([
      400,
    ]);
    await lab.advance(90 * days);
    expect((await done("ListKeyRotations", { KeyId })).Rotations).toHaveLength(2);
  });

  test("enabled on the very day: rotated", async () => {
    const { lab, key, done } = bench();
    const { KeyId } = await key();
    await done("EnableKeyRotation", { KeyId, RotationPeriodInDays: 90 });
    await done("DisableKey", { KeyId });
    await lab.advance(90 * days);
    await done("EnableKey", { KeyId });
    expect((await done("ListKeyRotations", { KeyId })).Rotations).toHaveLength(1);
  });

  test("disabled for a while, but enabled before the day: the schedule stays", async () => {
    const { lab, key, done } = bench();
    const { KeyId } = await key();
    const start = lab.now();
    await done("EnableKeyRotation", { KeyId, RotationPeriodInDays: 90 });
    await done("DisableKey", { KeyId });
    await lab.advance(50 * days);
    await done("EnableKey", { KeyId });
    await lab.advance(40 * days);
    expect((await done("ListKeyRotations", { KeyId })).Rotations.map((entry: any) => (entry.RotationDate * 1000 - start) / days)).toEqual([
      90,
    ]);
  });

  test("while deletion is pending the status is false and nothing rotates; cancelled, it is as before", async () => {
    const { lab, key, done } = bench();
    const { KeyId } = await key();
    await done("EnableKeyRotation", { KeyId, RotationPeriodInDays: 90 });
    await lab.advance(85 * days);
    await done("ScheduleKeyDeletion", { KeyId });
    expect(await done("GetKeyRotationStatus", { KeyId })).toMatchObject({ KeyRotationEnabled: false });
    await lab.advance(10 * days);
    expect((await done("ListKeyRotations", { KeyId })).Rotations).toEqual([]);
    await done("CancelKeyDeletion", { KeyId });
    expect(await done("GetKeyRotationStatus", { KeyId })).toMatchObject({ KeyRotationEnabled: true, RotationPeriodInDays: 90 });
    await done("EnableKey", { KeyId });
    expect((await done("ListKeyRotations", { KeyId })).Rotations).toHaveLength(1);
  });

  test.each([
    { KeySpec: "RSA_2048", KeyUsage: "ENCRYPT_DECRYPT" },
    { KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" },
    { KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" },
  ])("never of a key of $KeySpec", async (input) => {
    const { key, outcome, done } = bench();
    const { KeyId } = await key(input);
    for (const operation of ["EnableKeyRotation", "DisableKeyRotation", "RotateKeyOnDemand", "ListKeyRotations"])
      expect(await outcome(operation, { KeyId })).toBe("UnsupportedOperationException");
    expect((await done("GetKeyRotationStatus", { KeyId })).KeyRotationEnabled).toBe(false);
  });
});

describe("on-demand rotation", () => {
  test("now, beside the schedule, 25 times", async () => {
    const { lab, key, done, outcome } = bench();
    const { KeyId, Arn } = await key();
    await done("EnableKeyRotation", { KeyId, RotationPeriodInDays: 90 });
    const { NextRotationDate } = await done("GetKeyRotationStatus", { KeyId });
    for (let i = 0; i < 25; i++) expect(await done("RotateKeyOnDemand", { KeyId })).toEqual({ KeyId: Arn });
    expect(await outcome("RotateKeyOnDemand", { KeyId })).toBe(
      `LimitExceededException: The on-demand rotations limit has been reached for the given keyId. No more on-demand rotations can be performed for this key: ${Arn}`,
    );
    expect((await done("GetKeyRotationStatus", { KeyId })).NextRotationDate).toBe(NextRotationDate);
    await lab.advance(90 * days);
    const { Rotations } = await done("ListKeyRotations", { KeyId });
    expect(Rotations.map((entry: any) => entry.RotationType)).toEqual([...Array(25).fill("ON_DEMAND"), "AUTOMATIC"]);
    expect(Rotations.filter((entry: any) => entry.KeyMaterialState === "CURRENT")).toEqual([Rotations[25]]);
    expect(new Set(Rotations.map((entry: any) => entry.KeyMaterialId)).size).toBe(26);
  });

  test("not within 20 minutes of an automatic one", async () => {
    const { lab, key, outcome, done } = bench();
    const { KeyId } = await key();
    await done("EnableKeyRotation", { KeyId, RotationPeriodInDays: 90 });
    await lab.advance(90 * days - 20 * minutes - 1);
    expect(await outcome("RotateKeyOnDemand", { KeyId })).toBe("ok");
    await lab.advance(1);
    expect(await outcome("RotateKeyOnDemand", { KeyId })).toMatch(/^ConflictException: /);
    await lab.advance(20 * minutes);
    expect(await outcome("RotateKeyOnDemand", { KeyId })).toBe("ok");
  });
});

/** A day in the life of a key. */
const action = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant("encrypt" as const),
      plaintext: fc.string({ minLength: 1, maxLength: 40, unit: "grapheme-ascii" }),
    }),
  },
  { weight: 3, arbitrary: fc.constant({ what: "rotate" as const }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant("wait" as const), days: fc.integer({ min: 1, max: 200 }) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("period" as const), days: fc.integer({ min: 90, max: 400 }) }) },
  { weight: 1, arbitrary: fc.constant({ what: "stop" as const }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("pause" as const), days: fc.integer({ min: 1, max: 300 }) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("almost delete" as const), days: fc.integer({ min: 0, max: 6 }) }) },
);

test("whatever happens to a key, short of its end, all that was ever encrypted under it can be read", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 25 }), async (actions) => {
      const { lab, key, kms, done } = bench(5);
      const { KeyId } = await key();
      const written: { plaintext: string; CiphertextBlob: string; material: string }[] = [];
      for (const step of actions) {
        if (step.what === "encrypt") {
          const plaintext = text(step.plaintext);
          const { CiphertextBlob } = await done("Encrypt", { KeyId, Plaintext: plaintext });
          written.push({ plaintext, CiphertextBlob, material: (await done("DescribeKey", { KeyId })).KeyMetadata.CurrentKeyMaterialId });
        } else if (step.what === "rotate") await kms("RotateKeyOnDemand", { KeyId });
        else if (step.what === "wait") await lab.advance(step.days * days);
        else if (step.what === "period") await done("EnableKeyRotation", { KeyId, RotationPeriodInDays: step.days });
        else if (step.what === "stop") await done("DisableKeyRotation", { KeyId });
        else {
          if (step.what === "pause") await done("DisableKey", { KeyId });
          else await done("ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 7 });
          await lab.advance(step.days * days);
          if (step.what === "almost delete") await done("CancelKeyDeletion", { KeyId });
          await done("EnableKey", { KeyId });
        }
      }
      for (const { plaintext, CiphertextBlob, material } of written)
        expect(await done("Decrypt", { CiphertextBlob })).toMatchObject({ Plaintext: plaintext, KeyMaterialId: material });
      const row = lab.read({ account, region: "us-east-1", service: "kms" }).table<KeyRow>("keys").get(KeyId)!;
      expect(events(lab).filter((event) => event["detail-type"] === "KMS CMK Rotation")).toHaveLength(row.materials.length - 1);
      expect(lab.upcoming().length).toBeLessThanOrEqual(1);
      expect(row.onDemandRotations).toBe(row.materials.filter(({ RotationType }) => RotationType === "ON_DEMAND").length);
    }),
    { seed: 20261123, numRuns: 60 },
  );
});
