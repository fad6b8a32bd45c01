import { describe, expect, test } from "vitest";
import { account, allow, bench, minutes, otherAccount, otherAdmin, policy, root, text } from "./lifecycle.test-helper";

const arnOfUser = (name: string, inAccount = account) => `arn:aws:iam::${inAccount}:user/${name}`;
const ghost = "0".repeat(64);

describe("what may stand in a grant", () => {
  test.each<[name: string, keyInput: any, grant: any, outcome: string]>([
    [
      "a symmetric key's operations",
      {},
      {
        Operations: [
          "Encrypt",
          "Decrypt",
          "ReEncryptFrom",
          "ReEncryptTo",
          "GenerateDataKey",
          "GenerateDataKeyPair",
          "DescribeKey",
          "CreateGrant",
          "RetireGrant",
        ],
      },
      "ok",
    ],
    [
      "Sign of a symmetric key",
      {},
      { Operations: ["Sign", "Decrypt"] },
      "ValidationException: Operations [Sign] are not supported for the key spec SYMMETRIC_DEFAULT with key usage ENCRYPT_DECRYPT.",
    ],
    [
      "GenerateDataKey of an HMAC key",
      { KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" },
      { Operations: ["GenerateDataKey"] },
      "ValidationException: Operations [GenerateDataKey] are not supported for the key spec HMAC_256 with key usage GENERATE_VERIFY_MAC.",
    ],
    [
      "GenerateMac of an HMAC key",
      { KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" },
      { Operations: ["GenerateMac", "VerifyMac"] },
      "ok",
    ],
    [
      "GetPublicKey of a signing key",
      { KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" },
      { Operations: ["Sign", "Verify", "GetPublicKey"] },
      "ok",
    ],
    [
      "DeriveSharedSecret of a signing key",
      { KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" },
      { Operations: ["DeriveSharedSecret"] },
      "ValidationException: Operations [DeriveSharedSecret] are not supported for the key spec ECC_NIST_P256 with key usage SIGN_VERIFY.",
    ],
    [
      "CreateGrant alone",
      {},
      { Operations: ["CreateGrant"] },
      "ValidationException: Grants must not contain only the CreateGrant operation.",
    ],
    [
      "an operation that grants know not",
      {},
      { Operations: ["ScheduleKeyDeletion"] },
      expect.stringMatching(
        /^ValidationException: 1 validation error detected: Value .*ScheduleKeyDeletion.* at 'operations.*Member must satisfy enum value set: \[/,
      ) as any,
    ],
    [
      "a grantee that is not there",
      {},
      { GranteePrincipal: arnOfUser("nobody") },
      `InvalidArnException: ARN does not refer to a valid principal: ${arnOfUser("nobody")}`,
    ],
    [
      "everybody",
      {},
      { GranteePrincipal: "*" },
      expect.stringMatching(
        /^ValidationException: .*'granteePrincipal' failed to satisfy constraint: Member must satisfy regular expression pattern/,
      ) as any,
    ],
    [
      "a retiring principal that is not there",
      {},
      { RetiringPrincipal: arnOfUser("nobody") },
      `InvalidArnException: ARN does not refer to a valid principal: ${arnOfUser("nobody")}`,
    ],
    ["a service", {}, { GranteePrincipal: "dynamodb.us-east-1.amazonaws.com" }, "ok"],
    ["8 pairs", {}, { Constraints: { EncryptionContextSubset: pairs(8) } }, "ok"],
    [
      "9 pairs",
      {},
      { Constraints: { EncryptionContextSubset: pairs(9) } },
      "ValidationException: The EncryptionContextSubset constraint cannot have more than 8 pairs.",
    ],
    ["384 characters", {}, { Constraints: { EncryptionContextEquals: { a: "x".repeat(384) } } }, "ok"],
    [
      "385 characters",
      {},
      { Constraints: { EncryptionContextEquals: { a: "x".repeat(385) } } },
      "ValidationException: An encryption context value in the EncryptionContextEquals constraint cannot be longer than 384 characters.",
    ],
    [
      "a context for a key that has none",
      { KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" },
      { Operations: ["GenerateMac"], Constraints: { EncryptionContextEquals: { a: "b" } } },
      "ValidationException: Encryption context constraints are not supported for the key spec HMAC_256.",
    ],
    [
      "a name with a space",
      {},
      { Name: "a b" },
      "ValidationException: 1 validation error detected: Value 'a b' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9:/_-]+$",
    ],
    ["a token that is none", {}, { GrantTokens: ["nonsense"] }, expect.stringMatching(/^InvalidGrantTokenException/) as any],
    ["DryRun", {}, { DryRun: true }, "DryRunOperationException: The request would have succeeded, but the DryRun option is set."],
  ])("%s", async (_, keyInput, grant, expected) => {
    const { key, outcome, done } = bench();
    const { KeyId } = await key(keyInput);
    expect(await outcome("CreateGrant", { KeyId, GranteePrincipal: arnOfUser("admin"), Operations: ["Decrypt"], ...grant })).toEqual(
      expected,
    );
    expect((await done("ListGrants", { KeyId })).Grants).toHaveLength(expected === "ok" ? 1 : 0);
  });
});

function pairs(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, "v"]));
}

describe("listing", () => {
  test("an entry, whole", async () => {
    const { lab, key, done } = bench();
    const { KeyId, Arn } = await key();
    const { GrantId, GrantToken } = await done("CreateGrant", {
      KeyId,
      GranteePrincipal: arnOfUser("admin"),
      RetiringPrincipal: `arn:aws:iam::${account}:root`,
      Operations: ["Decrypt", "Encrypt", "Decrypt"],
      Constraints: { EncryptionContextSubset: { Department: "IT" } },
    });
    expect(GrantId).toMatch(/^[0-9a-f]{64}$/);
    expect(atob(GrantToken.replaceAll("-", "+").replaceAll("_", "/"))).toContain(GrantId);
    expect(await done("ListGrants", { KeyId })).toEqual({
      Grants: [
        {
          KeyId: Arn,
          GrantId,
          Name: "",
          CreationDate: lab.now() / 1000,
          GranteePrincipal: arnOfUser("admin"),
          RetiringPrincipal: `arn:aws:iam::${account}:root`,
          IssuingAccount: `arn:aws:iam::${account}:root`,
          Operations: ["Decrypt", "Encrypt"],
          Constraints: { EncryptionContextSubset: { Department: "IT" } },
        },
      ],
      Truncated: false,
    });
  });

  test("filters", async () => {
    const { key, done } = bench();
    const { KeyId } = await key();
    const a = await done("CreateGrant", { KeyId, GranteePrincipal: arnOfUser("admin"), Operations: ["Decrypt"] });
    await done("CreateGrant", { KeyId, GranteePrincipal: `arn:aws:iam::${account}:root`, Operations: ["Decrypt"] });
    expect((await done("ListGrants", { KeyId })).Grants).toHaveLength(2);
    expect((await done("ListGrants", { KeyId, GrantId: a.GrantId })).Grants.map((grant: any) => grant.GrantId)).toEqual([a.GrantId]);
    expect((await done("ListGrants", { KeyId, GranteePrincipal: arnOfUser("admin") })).Grants.map((grant: any) => grant.GrantId)).toEqual([
      a.GrantId,
    ]);
    expect((await done("ListGrants", { KeyId, GrantId: ghost })).Grants).toEqual([]);
  });

  test("retirable ones of what is no principal", async () => {
    const { outcome } = bench();
    expect(await outcome("ListRetirableGrants", { RetiringPrincipal: "alice" })).toBe(
      "InvalidArnException: ARN does not refer to a valid principal: alice",
    );
  });

  test("retirable ones, of keys in other accounts too", async () => {
    const { key, done, outcome } = bench();
    const { KeyId, Arn } = await key();
    const { GrantId } = await done("CreateGrant", {
      KeyId,
      GranteePrincipal: arnOfUser("admin"),
      RetiringPrincipal: arnOfUser("admin", otherAccount),
      Operations: ["Decrypt"],
    });
    const { Grants } = await done("ListRetirableGrants", { RetiringPrincipal: arnOfUser("admin", otherAccount) }, otherAdmin);
    expect(Grants).toMatchObject([{ GrantId, KeyId: Arn }]);
    expect((await done("ListRetirableGrants", { RetiringPrincipal: arnOfUser("admin") })).Grants).toEqual([]);
    expect(await outcome("ListRetirableGrants", { RetiringPrincipal: arnOfUser("admin", otherAccount) })).toMatch(
      /^AccessDeniedException: .*kms:ListRetirableGrants/,
    );
  });
});

describe("the same request again", () => {
  const input = {
    GranteePrincipal: arnOfUser("admin"),
    Operations: ["Decrypt", "Encrypt"],
    Constraints: { EncryptionContextEquals: { a: "1", b: "2" } },
  };
  test.each<[name: string, first: any, second: any, same: boolean]>([
    ["with a name", { Name: "n" }, { Name: "n" }, true],
    [
      "with a name, things in another order",
      { Name: "n" },
      { Name: "n", Operations: ["Encrypt", "Decrypt"], Constraints: { EncryptionContextEquals: { b: "2", a: "1" } } },
      true,
    ],
    ["without a name", {}, {}, false],
    ["with another name", { Name: "n" }, { Name: "m" }, false],
    ["with other operations", { Name: "n" }, { Name: "n", Operations: ["Decrypt"] }, false],
    ["with another context", { Name: "n" }, { Name: "n", Constraints: { EncryptionContextSubset: { a: "1", b: "2" } } }, false],
    ["with a retiring principal", { Name: "n" }, { Name: "n", RetiringPrincipal: arnOfUser("admin") }, false],
  ])("%s", async (_, first, second, same) => {
    const { key, done } = bench();
    const { KeyId } = await key();
    const a = await done("CreateGrant", { KeyId, ...input, ...first });
    const b = await done("CreateGrant", { KeyId, ...input, ...second });
    expect(b.GrantId === a.GrantId).toBe(same);
    expect(b.GrantToken).not.toBe(a.GrantToken);
    expect((await done("ListGrants", { KeyId })).Grants).toHaveLength(same ? 1 : 2);
    // Each token names its grant, the older too.
    await done("RetireGrant", { GrantToken: a.GrantToken });
    expect((await done("ListGrants", { KeyId })).Grants).toHaveLength(same ? 0 : 1);
  });
});

describe("using a grant", () => {
  test("with its token at once, without it after five minutes, and not after it is revoked", async () => {
    const { lab, key, done, outcome, user } = bench();
    const { KeyId } = await key();
    const { CiphertextBlob } = await done("Encrypt", { KeyId, Plaintext: text("x") });
    const { caller, arn } = await user("reader");
    const read = (GrantTokens?: string[]) => outcome("Decrypt", { CiphertextBlob, KeyId, ...(GrantTokens ? { GrantTokens } : {}) }, caller);
    expect(await read()).toMatch(/^AccessDeniedException/);
    const { GrantId, GrantToken } = await done("CreateGrant", { KeyId, GranteePrincipal: arn, Operations: ["Decrypt"] });
    expect(await read()).toMatch(/^AccessDeniedException/);
    expect(await read([GrantToken])).toBe("ok");
    await lab.advance(5 * minutes);
    expect(await read()).toBe("ok");
    expect(await outcome("Encrypt", { KeyId, Plaintext: text("x") }, caller)).toMatch(/^AccessDeniedException/);
    await done("RevokeGrant", { KeyId, GrantId });
    expect(await read([GrantToken])).toMatch(/^AccessDeniedException/);
  });

  test.each<[constraint: any, context: any, goes: boolean]>([
    [{ EncryptionContextEquals: { Department: "IT" } }, { Department: "IT" }, true],
    [{ EncryptionContextEquals: { Department: "IT" } }, { Department: "IT", Purpose: "Test" }, false],
    [{ EncryptionContextEquals: { Department: "IT" } }, { Department: "it" }, false],
    [{ EncryptionContextEquals: { Department: "IT" } }, undefined, false],
    [{ EncryptionContextSubset: { Department: "IT" } }, { Department: "IT" }, true],
    [{ EncryptionContextSubset: { Department: "IT" } }, { Department: "IT", Purpose: "Test" }, true],
    [{ EncryptionContextSubset: { Department: "IT" } }, { Purpose: "Test" }, false],
  ])("constraint %j, context %j: %s", async (Constraints, EncryptionContext, goes) => {
    const { key, done, outcome, user } = bench();
    const { KeyId } = await key();
    const { caller, arn } = await user("writer");
    const { GrantToken } = await done("CreateGrant", { KeyId, GranteePrincipal: arn, Operations: ["GenerateDataKey"], Constraints });
    expect(
      await outcome(
        "GenerateDataKey",
        { KeyId, KeySpec: "AES_256", GrantTokens: [GrantToken], ...(EncryptionContext ? { EncryptionContext } : {}) },
        caller,
      ),
    ).toMatch(goes ? /^ok$/ : /^AccessDeniedException/);
  });

  test("a Deny is stronger", async () => {
    const { key, done, outcome, user } = bench();
    const { KeyId } = await key();
    const { caller, arn } = await user("denied", [{ Effect: "Deny", Action: "kms:Encrypt", Resource: "*" }]);
    const { GrantToken } = await done("CreateGrant", { KeyId, GranteePrincipal: arn, Operations: ["Encrypt"] });
    expect(await outcome("Encrypt", { KeyId, Plaintext: text("x"), GrantTokens: [GrantToken] }, caller)).toMatch(
      /^AccessDeniedException: .*explicit deny/,
    );
  });
});

describe("a grant made by right of a grant", () => {
  const parent = {
    Operations: ["GenerateDataKey", "Decrypt", "CreateGrant"],
    Constraints: { EncryptionContextSubset: { Department: "IT" } },
  };
  test.each<[name: string, child: any, goes: boolean]>([
    ["the same", parent, true],
    [
      "fewer operations, exact context",
      { Operations: ["CreateGrant", "Decrypt"], Constraints: { EncryptionContextEquals: { Department: "IT" } } },
      true,
    ],
    ["more pairs", { Operations: ["Decrypt"], Constraints: { EncryptionContextSubset: { Department: "IT", Purpose: "Test" } } }, true],
    ["an operation too many", { Operations: ["Decrypt", "Encrypt"], Constraints: parent.Constraints }, false],
    ["no constraint", { Operations: ["Decrypt"] }, false],
    ["another value", { Operations: ["Decrypt"], Constraints: { EncryptionContextSubset: { Department: "HR" } } }, false],
  ])("%s", async (_, child, goes) => {
    const { key, done, kms, user } = bench();
    const { KeyId } = await key();
    const { caller, arn } = await user("parent");
    const { GrantToken } = await done("CreateGrant", { KeyId, GranteePrincipal: arn, ...parent });
    const reply = await kms("CreateGrant", { KeyId, GranteePrincipal: arnOfUser("admin"), GrantTokens: [GrantToken], ...child }, caller);
    expect(reply.ok ? "ok" : reply.error.code).toBe(goes ? "ok" : "AccessDeniedException");
    const decision = reply.trace.steps.find((step) => step.kind === "decision");
    const grants = decision?.kind === "decision" ? decision.decision.layers.find(({ kind }) => kind === "Grant")?.grants : undefined;
    expect(grants?.[0].matched).toBe(goes);
    if (!goes) expect(grants?.[0].why).toMatch(/^the new grant /);
  });

  test("an exact context must stay exact", async () => {
    const { key, done, outcome, user } = bench();
    const { KeyId } = await key();
    const { caller, arn } = await user("parent");
    const { GrantToken } = await done("CreateGrant", {
      KeyId,
      GranteePrincipal: arn,
      Operations: ["Decrypt", "CreateGrant"],
      Constraints: { EncryptionContextEquals: { a: "1" } },
    });
    const child = (Constraints: any) =>
      outcome(
        "CreateGrant",
        { KeyId, GranteePrincipal: arnOfUser("admin"), Operations: ["Decrypt"], GrantTokens: [GrantToken], Constraints },
        caller,
      );
    expect(await child({ EncryptionContextSubset: { a: "1" } })).toMatch(/^AccessDeniedException/);
    expect(await child({ EncryptionContextEquals: { a: "1", b: "2" } })).toMatch(/^AccessDeniedException/);
    expect(await child({ EncryptionContextEquals: { a: "1" } })).toBe("ok");
  });
});

describe("ending a grant", () => {
  test.each<[name: string, input: any, outcome: string]>([
    ["RetireGrant with nothing", {}, "ValidationException: Grant token OR (grant ID and key ID) must be specified"],
    [
      "RetireGrant with a key alone",
      { KeyId: "00000000-0000-4000-8000-000000000000" },
      "ValidationException: Grant token OR (grant ID and key ID) must be specified",
    ],
    ["RetireGrant with a token that is none", { GrantToken: "nonsense" }, "InvalidGrantTokenException: The grant token is not valid."],
    [
      "RetireGrant of a key that is not",
      { KeyId: "00000000-0000-4000-8000-000000000000", GrantId: ghost },
      `NotFoundException: Key 'arn:aws:kms:us-east-1:${account}:key/00000000-0000-4000-8000-000000000000' does not exist`,
    ],
  ])("%s", async (_, input, expected) => {
    const { outcome } = bench();
    expect(await outcome("RetireGrant", input)).toBe(expected);
  });

  test("a grant that is not there", async () => {
    const { key, done, outcome } = bench();
    const { KeyId } = await key();
    for (const operation of ["RetireGrant", "RevokeGrant"]) {
      expect(await outcome(operation, { KeyId, GrantId: ghost })).toBe(`NotFoundException: Grant ID ${ghost} not found`);
      expect(await outcome(operation, { KeyId, GrantId: "short" })).toBe(
        "InvalidGrantIdException: The request was rejected because the specified GrantId is not valid.",
      );
    }
    const { GrantId, GrantToken } = await done("CreateGrant", { KeyId, GranteePrincipal: arnOfUser("admin"), Operations: ["Decrypt"] });
    expect(await outcome("RevokeGrant", { KeyId, GrantId, DryRun: true })).toMatch(/^DryRunOperationException/);
    expect(await outcome("RetireGrant", { GrantToken, DryRun: true })).toMatch(/^DryRunOperationException/);
    await done("RetireGrant", { GrantToken });
    expect(await outcome("RetireGrant", { GrantToken })).toBe(`NotFoundException: Grant ID ${GrantId} not found`);
  });

  test("a token that nobody gave out, for a grant that is there", async () => {
    const { key, done, outcome } = bench();
    const { KeyId } = await key();
    const { GrantId, GrantToken } = await done("CreateGrant", { KeyId, GranteePrincipal: arnOfUser("admin"), Operations: ["Decrypt"] });
    const forged = GrantToken.slice(0, -8) + (GrantToken.endsWith("AAAAAAAA") ? "BBBBBBBB" : "AAAAAAAA");
    expect(await outcome("RetireGrant", { GrantToken: forged })).toBe(`NotFoundException: Grant ID ${GrantId} not found`);
  });

  test("a role's sessions use its grant, and retire it; another role's do not", async () => {
    const { lab, key, done, outcome } = bench();
    const { KeyId } = await key();
    const trust = policy({ Effect: "Allow", Principal: { AWS: account }, Action: "sts:AssumeRole" });
    for (const RoleName of ["app", "other"]) {
      const made = await lab.call({
        service: "iam",
        operation: "CreateRole",
        input: { RoleName, AssumeRolePolicyDocument: trust },
        caller: root,
      });
      if (!made.ok) throw new Error(made.error.message);
    }
    const app = { account, role: "app", session: "s1" };
    const { GrantToken } = await done("CreateGrant", {
      KeyId,
      GranteePrincipal: `arn:aws:iam::${account}:role/app`,
      Operations: ["Encrypt", "RetireGrant"],
    });
    const use = (caller: any) => outcome("Encrypt", { KeyId, Plaintext: text("x"), GrantTokens: [GrantToken] }, caller);
    expect(await use(app)).toBe("ok");
    expect(await use({ ...app, role: "other" })).toMatch(/^AccessDeniedException/);
    const { GrantToken: one } = await done("CreateGrant", {
      KeyId,
      GranteePrincipal: `arn:aws:sts::${account}:assumed-role/app/s2`,
      Operations: ["Encrypt"],
    });
    const useOne = (session: string) => outcome("Encrypt", { KeyId, Plaintext: text("x"), GrantTokens: [one] }, { ...app, session });
    expect(await useOne("s2")).toBe("ok");
    expect(await useOne("s1")).toMatch(/^AccessDeniedException/);
    expect(await outcome("RetireGrant", { GrantToken }, { ...app, role: "other" })).toMatch(/^AccessDeniedException/);
    expect(await outcome("RetireGrant", { GrantToken }, app)).toBe("ok");
  });

  test("who may retire: the retiring principal, the grantee if the grant says so, the account; a key policy has no say", async () => {
    const { key, done, outcome, user } = bench();
    const { KeyId } = await key({ Policy: policy(allow(`arn:aws:iam::${account}:root`, "kms:*")) });
    const grantee = await user("grantee");
    const retirer = await user("retirer");
    const named = await user("named");
    const allowed = await user("allowed", [{ Effect: "Allow", Action: "kms:RetireGrant", Resource: "*" }]);
    const denied = await user("denied", [{ Effect: "Deny", Action: "kms:RetireGrant", Resource: "*" }]);
    await done("PutKeyPolicy", {
      KeyId,
      Policy: policy(allow(`arn:aws:iam::${account}:root`, "kms:*"), allow(named.arn, "kms:RetireGrant")),
    });
    const grant = async (RetiringPrincipal: string, Operations: string[]) =>
      (await done("CreateGrant", { KeyId, GranteePrincipal: grantee.arn, RetiringPrincipal, Operations })).GrantToken as string;
    const rows: [who: typeof grantee.caller, operations: string[], retiring: string, goes: boolean][] = [
      [retirer.caller, ["Decrypt"], retirer.arn, true],
      [grantee.caller, ["Decrypt", "RetireGrant"], retirer.arn, true],
      [grantee.caller, ["Decrypt"], retirer.arn, false],
      [grantee.caller, ["Decrypt"], grantee.arn, true],
      [root, ["Decrypt"], retirer.arn, true],
      [allowed.caller, ["Decrypt"], retirer.arn, true],
      [named.caller, ["Decrypt"], retirer.arn, false],
      [denied.caller, ["Decrypt"], denied.arn, false],
      [otherAdmin, ["Decrypt"], retirer.arn, false],
      [otherAdmin, ["Decrypt"], arnOfUser("admin", otherAccount), true],
      [otherAdmin, ["Decrypt"], `arn:aws:iam::${otherAccount}:root`, true],
    ];
    for (const [caller, operations, retiring, goes] of rows)
      expect(
        await outcome("RetireGrant", { GrantToken: await grant(retiring, operations) }, caller),
        JSON.stringify([caller, operations, retiring]),
      ).toMatch(goes ? /^ok$/ : /^AccessDeniedException/);
  });
});

describe("condition keys of CreateGrant", () => {
  test.each<[condition: any, grant: any, goes: boolean]>([
    [{ "ForAllValues:StringEquals": { "kms:GrantOperations": ["Encrypt", "Decrypt"] } }, { Operations: ["Decrypt"] }, true],
    [{ "ForAllValues:StringEquals": { "kms:GrantOperations": ["Encrypt", "Decrypt"] } }, { Operations: ["Decrypt", "DescribeKey"] }, false],
    [
      { StringEquals: { "kms:GrantConstraintType": "EncryptionContextEquals" } },
      { Operations: ["Decrypt"], Constraints: { EncryptionContextEquals: { a: "b" } } },
      true,
    ],
    [{ StringEquals: { "kms:GrantConstraintType": "EncryptionContextEquals" } }, { Operations: ["Decrypt"] }, false],
    [{ StringEquals: { "kms:GranteePrincipal": arnOfUser("admin") } }, { Operations: ["Decrypt"] }, true],
    [{ StringEquals: { "kms:RetiringPrincipal": arnOfUser("admin") } }, { Operations: ["Decrypt"] }, false],
    [{ Bool: { "kms:GrantIsForAWSResource": "true" } }, { Operations: ["Decrypt"] }, false],
    [{ Bool: { "kms:GrantIsForAWSResource": "false" } }, { Operations: ["Decrypt"] }, true],
  ])("%j, %j: %s", async (Condition, grant, goes) => {
    const { key, outcome, user } = bench();
    const { KeyId } = await key();
    const { caller } = await user("granter", [{ Effect: "Allow", Action: "kms:CreateGrant", Resource: "*", Condition }]);
    expect(await outcome("CreateGrant", { KeyId, GranteePrincipal: arnOfUser("admin"), ...grant }, caller)).toMatch(
      goes ? /^ok$/ : /^AccessDeniedException/,
    );
  });
});
