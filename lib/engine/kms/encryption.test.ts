import { constants, createPrivateKey, createPublicKey, privateDecrypt, publicEncrypt } from "node:crypto";
import { describe, expect, test } from "vitest";
import { fromBase64, toBase64, utf8 } from "../crypto/bytes";
import { createLab } from "../lab";
import { seededPorts } from "../ports";
import type { Step } from "../types";
import { account, admin, bench, days, quickRsa, text } from "./lifecycle.test-helper";

const { random } = seededPorts(21);
const bytes = (length: number): string => toBase64(random(length));

// ---------------------------------------------------------------- symmetric keys

describe("Encrypt and Decrypt with a symmetric key", () => {
  test("round trip by every name of the key, and without one", async () => {
    const { key, done } = bench();
    const { KeyId, Arn, CurrentKeyMaterialId } = await key();
    await done("CreateAlias", { AliasName: "alias/app", TargetKeyId: KeyId });
    const names = [KeyId, Arn, "alias/app", `arn:aws:kms:us-east-1:${account}:alias/app`];
    for (const name of names) {
      const Plaintext = bytes(50);
      const sealed = await done("Encrypt", { KeyId: name, Plaintext });
      expect(sealed).toEqual({ CiphertextBlob: expect.stringMatching(/^AQICAH/), KeyId: Arn, EncryptionAlgorithm: "SYMMETRIC_DEFAULT" });
      for (const other of [...names, undefined]) {
        const input = other ? { KeyId: other } : {};
        expect(await done("Decrypt", { CiphertextBlob: sealed.CiphertextBlob, ...input })).toEqual({
          KeyId: Arn,
          Plaintext,
          EncryptionAlgorithm: "SYMMETRIC_DEFAULT",
          KeyMaterialId: CurrentKeyMaterialId,
        });
      }
    }
  });

  test("lengths of AWS's ciphertexts, and the limit", async () => {
    const { key, done, outcome } = bench();
    const { KeyId } = await key();
    const length = async (plaintext: number) =>
      fromBase64((await done("Encrypt", { KeyId, Plaintext: bytes(plaintext) })).CiphertextBlob).length;
    expect([await length(11), await length(13), await length(32)]).toEqual([163, 165, 184]);
    expect(await length(4096)).toBeLessThan(6144);
    expect(await outcome("Encrypt", { KeyId, Plaintext: bytes(4097) })).toBe(
      "ValidationException: 1 validation error detected: Value at 'plaintext' failed to satisfy constraint: Member must have length less than or equal to 4096",
    );
    expect(await outcome("Encrypt", { KeyId, Plaintext: "" })).toBe(
      "ValidationException: 1 validation error detected: Value at 'plaintext' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
  });

  test("one plaintext, two ciphertexts", async () => {
    const { key, done } = bench();
    const { KeyId } = await key();
    const seal = async () => (await done("Encrypt", { KeyId, Plaintext: text("x") })).CiphertextBlob;
    expect(await seal()).not.toBe(await seal());
  });

  test("the encryption context must come back as it was, in any order", async () => {
    const { key, done, outcome } = bench();
    const { KeyId } = await key();
    const { CiphertextBlob } = await done("Encrypt", { KeyId, Plaintext: text("x"), EncryptionContext: { a: "1", b: "2" } });
    expect(await outcome("Decrypt", { CiphertextBlob, EncryptionContext: { b: "2", a: "1" } })).toBe("ok");
    for (const EncryptionContext of [undefined, {}, { a: "1" }, { a: "1", b: "3" }, { A: "1", b: "2" }, { a: "1", b: "2", c: "" }])
      expect(await outcome("Decrypt", { CiphertextBlob, EncryptionContext })).toBe("InvalidCiphertextException");
  });

  test.each([
    ["cut short", (blob: Uint8Array) => blob.slice(0, -1)],
    ["longer", (blob: Uint8Array) => Uint8Array.of(...blob, 0)],
    ["a changed tag", (blob: Uint8Array) => blob.map((byte, i) => (i === blob.length - 1 ? byte ^ 1 : byte))],
    ["a changed nonce", (blob: Uint8Array) => blob.map((byte, i) => (i === 110 ? byte ^ 1 : byte))],
    ["another version", (blob: Uint8Array) => blob.map((byte, i) => (i === 1 ? 1 : byte))],
    ["no ciphertext at all", () => utf8("hello")],
  ])("%s: InvalidCiphertextException without a word", async (_, change) => {
    const { key, done, kms } = bench();
    const { KeyId } = await key();
    const { CiphertextBlob } = await done("Encrypt", { KeyId, Plaintext: text("secret") });
    const blob = toBase64(change(fromBase64(CiphertextBlob)));
    for (const input of [{ CiphertextBlob: blob }, { CiphertextBlob: blob, KeyId }])
      expect((await kms("Decrypt", input)) as unknown).toMatchObject({
        ok: false,
        error: { code: "InvalidCiphertextException", message: "" },
      });
  });

  test("the wrong key, whatever it is", async () => {
    const { key, done, outcome } = bench();
    const { KeyId } = await key();
    const { CiphertextBlob } = await done("Encrypt", { KeyId, Plaintext: text("x") });
    const others = [
      await key(),
      await key({ KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" }),
      await key({ KeySpec: "RSA_2048", KeyUsage: "ENCRYPT_DECRYPT" }),
    ];
    for (const other of others)
      expect(await outcome("Decrypt", { CiphertextBlob, KeyId: other.KeyId })).toBe(
        "IncorrectKeyException: The key ID in the request does not identify a CMK that can perform this operation.",
      );
    expect(await outcome("ReEncrypt", { CiphertextBlob, SourceKeyId: others[0].KeyId, DestinationKeyId: KeyId })).toMatch(
      /^IncorrectKeyException/,
    );
  });

  const gone =
    "AccessDeniedException: User: arn:aws:iam::111122223333:user/admin is not authorized to perform: kms:Decrypt on the resource associated with this ciphertext because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access";

  test("another Region knows nothing of the key", async () => {
    const { key, done, outcome } = bench();
    const { KeyId, Arn } = await key();
    const { CiphertextBlob } = await done("Encrypt", { KeyId, Plaintext: text("x") });
    expect(await outcome("Decrypt", { CiphertextBlob }, admin, "eu-west-2")).toBe(gone);
    expect(await outcome("Decrypt", { CiphertextBlob, KeyId: Arn }, admin, "eu-west-2")).toBe("NotFoundException: Invalid arn us-east-1");
  });

  test("a deleted key takes its ciphertexts with it", async () => {
    const { lab, key, done, outcome } = bench();
    const { KeyId } = await key();
    const { CiphertextBlob } = await done("Encrypt", { KeyId, Plaintext: text("x") });
    await done("ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 7 });
    await lab.advance(6 * days);
    expect(await outcome("Decrypt", { CiphertextBlob })).toMatch(/^KMSInvalidStateException: .* is pending deletion\.$/);
    await lab.advance(2 * days);
    expect(await outcome("Decrypt", { CiphertextBlob })).toBe(gone);
  });

  test("after a rotation old ciphertexts open, and new ones name the new material", async () => {
    const { lab, key, done } = bench();
    const { KeyId, CurrentKeyMaterialId } = await key();
    const old = await done("Encrypt", { KeyId, Plaintext: text("old") });
    await done("RotateKeyOnDemand", { KeyId });
    await lab.advance(60_000);
    const fresh = await done("Encrypt", { KeyId, Plaintext: text("new") });
    const [first, second] = [
      await done("Decrypt", { CiphertextBlob: old.CiphertextBlob }),
      await done("Decrypt", { CiphertextBlob: fresh.CiphertextBlob }),
    ];
    expect([first.Plaintext, second.Plaintext]).toEqual([text("old"), text("new")]);
    expect(first.KeyMaterialId).toBe(CurrentKeyMaterialId);
    expect(second.KeyMaterialId).not.toBe(first.KeyMaterialId);
    expect((await done("DescribeKey", { KeyId })).KeyMetadata.CurrentKeyMaterialId).toBe(second.KeyMaterialId);
  });

  test("no ciphertext, no key for an asymmetric one", async () => {
    const { outcome } = bench();
    expect(await outcome("Decrypt", {})).toBe(
      "ValidationException: 1 validation error detected: Value null at 'ciphertextBlob' failed to satisfy constraint: Member must not be null",
    );
    expect(await outcome("Decrypt", { CiphertextBlob: bytes(256), EncryptionAlgorithm: "RSAES_OAEP_SHA_256" })).toMatch(
      /^ValidationException: KeyId is required/,
    );
  });

  test("what is not simulated says so by name", async () => {
    const { key, outcome } = bench();
    const { KeyId } = await key();
    const Recipient = { KeyEncryptionAlgorithm: "RSAES_OAEP_SHA_256", AttestationDocument: text("document") };
    expect(await outcome("GenerateDataKey", { KeyId, KeySpec: "AES_256", Recipient })).toMatch(
      /^UnsupportedOperationException: Keyhole does not simulate Recipient/,
    );
  });
});

describe("ReEncrypt", () => {
  test("from one key to another, to another context, and from symmetric to RSA and back", async () => {
    const { key, done, outcome } = bench();
    const [a, b, rsa] = [await key(), await key(), await key({ KeySpec: "RSA_2048", KeyUsage: "ENCRYPT_DECRYPT" })];
    const Plaintext = text("move me");
    const { CiphertextBlob } = await done("Encrypt", { KeyId: a.KeyId, Plaintext, EncryptionContext: { stage: "1" } });
    const moved = await done("ReEncrypt", {
      CiphertextBlob,
      SourceEncryptionContext: { stage: "1" },
      DestinationKeyId: b.KeyId,
      DestinationEncryptionContext: { stage: "2" },
    });
    expect(moved).toEqual({
      CiphertextBlob: expect.any(String),
      SourceKeyId: a.Arn,
      KeyId: b.Arn,
      SourceEncryptionAlgorithm: "SYMMETRIC_DEFAULT",
      DestinationEncryptionAlgorithm: "SYMMETRIC_DEFAULT",
      SourceKeyMaterialId: a.CurrentKeyMaterialId,
      DestinationKeyMaterialId: b.CurrentKeyMaterialId,
    });
    expect((await done("Decrypt", { CiphertextBlob: moved.CiphertextBlob, EncryptionContext: { stage: "2" } })).Plaintext).toBe(Plaintext);
    expect(await outcome("ReEncrypt", { CiphertextBlob, DestinationKeyId: b.KeyId })).toBe("InvalidCiphertextException");

    const toRsa = { DestinationKeyId: rsa.KeyId, DestinationEncryptionAlgorithm: "RSAES_OAEP_SHA_256" };
    const outside = await done("ReEncrypt", { CiphertextBlob, SourceEncryptionContext: { stage: "1" }, ...toRsa });
    expect(outside.DestinationKeyMaterialId).toBeUndefined();
    const back = await done("ReEncrypt", {
      CiphertextBlob: outside.CiphertextBlob,
      SourceKeyId: rsa.KeyId,
      SourceEncryptionAlgorithm: "RSAES_OAEP_SHA_256",
      DestinationKeyId: a.KeyId,
    });
    expect((await done("Decrypt", { CiphertextBlob: back.CiphertextBlob })).Plaintext).toBe(Plaintext);
  });

  test("asks for both sides, and never shows the plaintext", async () => {
    const { key, kms, done } = bench();
    const { KeyId } = await key();
    const { CiphertextBlob } = await done("Encrypt", { KeyId, Plaintext: text("secret") });
    const reply = await kms("ReEncrypt", { CiphertextBlob, DestinationKeyId: KeyId });
    const decisions = reply.trace.steps
      .filter((step) => step.kind === "decision")
      .map(({ decision }) => [decision.action, decision.context["kms:ReEncryptOnSameKey"]]);
    expect(decisions).toEqual([
      ["kms:ReEncryptFrom", "true"],
      ["kms:ReEncryptTo", "true"],
    ]);
    expect(JSON.stringify(reply)).not.toContain(text("secret"));
  });
});

// ---------------------------------------------------------------- RSA

describe.each([
  ["RSA_2048", 214, 190],
  ["RSA_3072", 342, 318],
  ["RSA_4096", 470, 446],
])("Encrypt with %s", (KeySpec, sha1, sha256) => {
  test("limits, and Node encrypts for KMS and KMS for nobody but the key", async () => {
    const { key, done, outcome } = bench(5, quickRsa(5));
    const { KeyId, Arn } = await key({ KeySpec, KeyUsage: "ENCRYPT_DECRYPT" });
    const { PublicKey } = await done("GetPublicKey", { KeyId });
    const publicKey = createPublicKey({ key: Buffer.from(PublicKey, "base64"), format: "der", type: "spki" });
    for (const [EncryptionAlgorithm, most, oaepHash] of [
      ["RSAES_OAEP_SHA_1", sha1, "sha1"],
      ["RSAES_OAEP_SHA_256", sha256, "sha256"],
    ] as const) {
      const Plaintext = bytes(most);
      const sealed = await done("Encrypt", { KeyId, Plaintext, EncryptionAlgorithm });
      expect(sealed).toEqual({ CiphertextBlob: expect.any(String), KeyId: Arn, EncryptionAlgorithm });
      expect(fromBase64(sealed.CiphertextBlob).length).toBe(publicKey.asymmetricKeyDetails!.modulusLength! / 8);
      const theirs = toBase64(
        publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, fromBase64(Plaintext)),
      );
      for (const CiphertextBlob of [sealed.CiphertextBlob, theirs])
        expect(await done("Decrypt", { KeyId, CiphertextBlob, EncryptionAlgorithm })).toEqual({
          KeyId: Arn,
          Plaintext,
          EncryptionAlgorithm,
        });
      expect(await outcome("Encrypt", { KeyId, Plaintext: bytes(most + 1), EncryptionAlgorithm })).toBe(
        `ValidationException: Algorithm ${EncryptionAlgorithm} and key spec ${KeySpec} cannot encrypt data larger than ${most} bytes.`,
      );
      expect(await outcome("Decrypt", { KeyId, CiphertextBlob: bytes(256), EncryptionAlgorithm })).toBe("InvalidCiphertextException");
    }
    expect(await outcome("Encrypt", { KeyId, Plaintext: text("x") })).toBe(
      `InvalidKeyUsageException: Algorithm SYMMETRIC_DEFAULT is incompatible with key spec ${KeySpec}.`,
    );
  }, 60_000);
});

test("an RSA algorithm with a symmetric key", async () => {
  const { key, outcome } = bench();
  const { KeyId } = await key();
  expect(await outcome("Encrypt", { KeyId, Plaintext: text("x"), EncryptionAlgorithm: "RSAES_OAEP_SHA_256" })).toBe(
    "InvalidKeyUsageException: Algorithm RSAES_OAEP_SHA_256 is incompatible with key spec SYMMETRIC_DEFAULT.",
  );
});

// ---------------------------------------------------------------- data keys

describe("data keys", () => {
  test.each([
    [{ KeySpec: "AES_256" }, 32],
    [{ KeySpec: "AES_128" }, 16],
    [{ NumberOfBytes: 1 }, 1],
    [{ NumberOfBytes: 1024 }, 1024],
  ])("%j", async (size, length) => {
    const { key, done } = bench();
    const { KeyId, Arn, CurrentKeyMaterialId } = await key();
    const EncryptionContext = { for: "test" };
    const made = await done("GenerateDataKey", { KeyId, ...size, EncryptionContext });
    expect(made).toEqual({
      CiphertextBlob: expect.stringMatching(/^AQICAH/),
      Plaintext: expect.any(String),
      KeyId: Arn,
      KeyMaterialId: CurrentKeyMaterialId,
    });
    expect(fromBase64(made.Plaintext).length).toBe(length);
    expect((await done("Decrypt", { CiphertextBlob: made.CiphertextBlob, EncryptionContext })).Plaintext).toBe(made.Plaintext);
    const hidden = await done("GenerateDataKeyWithoutPlaintext", { KeyId, ...size });
    expect(hidden).toEqual({ CiphertextBlob: expect.any(String), KeyId: Arn, KeyMaterialId: CurrentKeyMaterialId });
    expect(fromBase64((await done("Decrypt", { CiphertextBlob: hidden.CiphertextBlob })).Plaintext).length).toBe(length);
  });

  test("one of the two sizes, and a symmetric key", async () => {
    const { key, outcome } = bench();
    const { KeyId } = await key();
    for (const size of [{}, { KeySpec: "AES_256", NumberOfBytes: 32 }])
      for (const operation of ["GenerateDataKey", "GenerateDataKeyWithoutPlaintext"])
        expect(await outcome(operation, { KeyId, ...size })).toBe(
          "ValidationException: Please specify either number of bytes or key spec.",
        );
    const mac = await key({ KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" });
    expect(await outcome("GenerateDataKey", { KeyId: mac.KeyId, KeySpec: "AES_256" })).toBe(
      `InvalidKeyUsageException: ${mac.Arn} key usage is GENERATE_VERIFY_MAC which is not valid for GenerateDataKey.`,
    );
  });

  test.each(["RSA_2048", "ECC_NIST_P256", "ECC_NIST_P384", "ECC_NIST_P521", "ECC_SECG_P256K1", "ECC_NIST_EDWARDS25519"])(
    "a key pair of %s",
    async (KeyPairSpec) => {
      const { key, done } = bench(6, quickRsa(6));
      const { KeyId, Arn, CurrentKeyMaterialId } = await key();
      const made = await done("GenerateDataKeyPair", { KeyId, KeyPairSpec });
      expect(made).toEqual({
        PrivateKeyCiphertextBlob: expect.stringMatching(/^AQICAH/),
        PrivateKeyPlaintext: expect.any(String),
        PublicKey: expect.any(String),
        KeyId: Arn,
        KeyPairSpec,
        KeyMaterialId: CurrentKeyMaterialId,
      });
      const derived = createPublicKey(
        createPrivateKey({ key: Buffer.from(made.PrivateKeyPlaintext, "base64"), format: "der", type: "pkcs8" }),
      );
      expect(derived.export({ format: "der", type: "spki" }).toString("base64")).toBe(made.PublicKey);
      expect((await done("Decrypt", { CiphertextBlob: made.PrivateKeyCiphertextBlob })).Plaintext).toBe(made.PrivateKeyPlaintext);
      const hidden = await done("GenerateDataKeyPairWithoutPlaintext", { KeyId, KeyPairSpec });
      expect(Object.keys(hidden).sort()).toEqual(["KeyId", "KeyMaterialId", "KeyPairSpec", "PrivateKeyCiphertextBlob", "PublicKey"]);
      expect(hidden.PublicKey).not.toBe(made.PublicKey);
    },
    60_000,
  );

  test("Node can use an RSA pair", async () => {
    const { key, done } = bench(8, quickRsa(8));
    const { KeyId } = await key();
    const { PrivateKeyPlaintext, PublicKey } = await done("GenerateDataKeyPair", { KeyId, KeyPairSpec: "RSA_2048" });
    const sealed = publicEncrypt(createPublicKey({ key: Buffer.from(PublicKey, "base64"), format: "der", type: "spki" }), Buffer.from("x"));
    expect(
      privateDecrypt(
        createPrivateKey({ key: Buffer.from(PrivateKeyPlaintext, "base64"), format: "der", type: "pkcs8" }),
        sealed,
      ).toString(),
    ).toBe("x");
  }, 60_000);
});

describe("GenerateRandom", () => {
  test("as many bytes as asked for", async () => {
    const { done, outcome } = bench();
    for (const NumberOfBytes of [1, 12, 1024])
      expect(fromBase64((await done("GenerateRandom", { NumberOfBytes })).Plaintext).length).toBe(NumberOfBytes);
    expect(await outcome("GenerateRandom", {})).toBe("ValidationException: NumberOfBytes is required.");
    expect(await outcome("GenerateRandom", { NumberOfBytes: 1025 })).toMatch(
      /^ValidationException: 1 validation error detected: Value '1025' at 'numberOfBytes'/,
    );
    expect(await outcome("GenerateRandom", { NumberOfBytes: 0 })).toMatch(
      /^ValidationException: 1 validation error detected: Value '0' at 'numberOfBytes'/,
    );
  });
});

// ---------------------------------------------------------------- DryRun, states, traces, replay

/** Each operation with an input that would succeed. */
async function uses({ key, done }: ReturnType<typeof bench>) {
  const symmetric = await key();
  const signer = await key({ KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" });
  const mac = await key({ KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" });
  const agree = await key({ KeySpec: "ECC_NIST_P256", KeyUsage: "KEY_AGREEMENT" });
  const Message = text("message");
  const { CiphertextBlob } = await done("Encrypt", { KeyId: symmetric.KeyId, Plaintext: Message });
  const { Signature } = await done("Sign", { KeyId: signer.KeyId, Message, SigningAlgorithm: "ECDSA_SHA_256" });
  const { Mac } = await done("GenerateMac", { KeyId: mac.KeyId, Message, MacAlgorithm: "HMAC_SHA_256" });
  const { PublicKey } = await done("GetPublicKey", { KeyId: agree.KeyId });
  const calls: [string, any, any][] = [
    ["Encrypt", symmetric, { Plaintext: Message }],
    ["Decrypt", symmetric, { CiphertextBlob }],
    ["ReEncrypt", symmetric, { CiphertextBlob, DestinationKeyId: symmetric.KeyId }],
    ["GenerateDataKey", symmetric, { KeySpec: "AES_256" }],
    ["GenerateDataKeyWithoutPlaintext", symmetric, { KeySpec: "AES_256" }],
    ["GenerateDataKeyPair", symmetric, { KeyPairSpec: "ECC_NIST_P256" }],
    ["GenerateDataKeyPairWithoutPlaintext", symmetric, { KeyPairSpec: "RSA_4096" }],
    ["Sign", signer, { Message, SigningAlgorithm: "ECDSA_SHA_256" }],
    ["Verify", signer, { Message, SigningAlgorithm: "ECDSA_SHA_256", Signature }],
    ["GenerateMac", mac, { Message, MacAlgorithm: "HMAC_SHA_256" }],
    ["VerifyMac", mac, { Message, MacAlgorithm: "HMAC_SHA_256", Mac }],
    ["DeriveSharedSecret", agree, { KeyAgreementAlgorithm: "ECDH", PublicKey }],
    ["GetPublicKey", signer, {}],
  ];
  return calls.map(([operation, used, input]) => ({
    operation,
    key: used,
    input: operation === "ReEncrypt" ? { SourceKeyId: used.KeyId, ...input } : { KeyId: used.KeyId, ...input },
  }));
}

test("DryRun says that it would have worked, and does nothing", async () => {
  const here = bench();
  for (const { operation, input } of await uses(here)) {
    if (operation === "GetPublicKey") continue;
    const before = JSON.stringify(here.lab.snapshot().records);
    expect([operation, await here.outcome(operation, { ...input, DryRun: true })]).toEqual([
      operation,
      "DryRunOperationException: The request would have succeeded, but the DryRun option is set.",
    ]);
    expect(JSON.stringify(here.lab.snapshot().records)).toBe(before);
  }
});

test("a key that is disabled or pending deletion is of no use; enabled again it is", async () => {
  const here = bench();
  const calls = await uses(here);
  for (const { operation, key, input } of calls) {
    await here.done("DisableKey", { KeyId: key.KeyId });
    expect([operation, await here.outcome(operation, input)]).toEqual([operation, `DisabledException: ${key.Arn} is disabled.`]);
    await here.done("ScheduleKeyDeletion", { KeyId: key.KeyId });
    expect([operation, await here.outcome(operation, input)]).toEqual([
      operation,
      `KMSInvalidStateException: ${key.Arn} is pending deletion.`,
    ]);
    await here.done("CancelKeyDeletion", { KeyId: key.KeyId });
    await here.done("EnableKey", { KeyId: key.KeyId });
    if (operation !== "GenerateDataKeyPairWithoutPlaintext")
      expect([operation, await here.outcome(operation, input)]).toEqual([operation, "ok"]);
  }
});

test("every use of a key is a crypto step with its key, and shows no secret", async () => {
  const here = bench();
  const what: Record<string, string[]> = {
    Encrypt: ["encrypt"],
    Decrypt: ["decrypt"],
    ReEncrypt: ["decrypt", "encrypt"],
    GenerateDataKey: ["generate-data-key", "wrap"],
    GenerateDataKeyWithoutPlaintext: ["generate-data-key", "wrap"],
    GenerateDataKeyPair: ["generate-key", "wrap"],
    Sign: ["sign"],
    Verify: ["verify"],
    GenerateMac: ["mac"],
    VerifyMac: ["verify-mac"],
    DeriveSharedSecret: ["derive"],
  };
  for (const { operation, key, input } of await uses(here)) {
    if (!what[operation]) continue;
    const reply = await here.kms(operation, input);
    const steps = reply.trace.steps.filter((step): step is Extract<Step, { kind: "crypto" }> => step.kind === "crypto");
    expect([operation, steps.map((step) => step.what)]).toEqual([operation, what[operation]]);
    for (const step of steps) expect(step.keyArn).toBe(key.Arn);
    expect(reply.trace.steps.some((step) => step.kind === "lookup" && step.found)).toBe(true);
    if (!reply.ok) throw new Error(operation);
    const { Plaintext, PrivateKeyPlaintext, SharedSecret } = reply.output as Record<string, string | undefined>;
    for (const secret of [Plaintext, PrivateKeyPlaintext, SharedSecret])
      if (secret) expect(JSON.stringify(reply.trace)).not.toContain(secret.slice(0, 20));
  }
});

test("what was recorded gives the same bytes again, RSA keys and random signatures included", async () => {
  const here = bench(31);
  await uses(here);
  const rsa = await here.key({ KeySpec: "RSA_2048", KeyUsage: "SIGN_VERIFY" });
  await here.done("Sign", { KeyId: rsa.KeyId, Message: text("m"), SigningAlgorithm: "RSASSA_PSS_SHA_512" });
  const again = createLab({ ports: seededPorts(31) });
  again.replay(here.lab.journal);
  expect(again.snapshot()).toEqual(here.lab.snapshot());
  expect(again.journal.map(({ reply }) => reply)).toEqual(here.lab.journal.map(({ reply }) => reply));
}, 60_000);
