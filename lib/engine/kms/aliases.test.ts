import { describe, expect, test } from "vitest";
import { account, bench, minutes } from "./lifecycle.test-helper";

describe("aliases", () => {
  test.each<[name: string, outcome: string]>([
    [
      "payroll",
      'ValidationException: Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
    ],
    ["alias/payroll", "ok"],
    ["alias/a/b-c_d", "ok"],
    ["alias/a:b", "ValidationException: alias/a:b contains invalid characters for an alias"],
    ["alias/aws/mine", "NotAuthorizedException"],
    ["alias/", "InvalidAliasNameException: The request was rejected because the specified alias name is not valid."],
    [
      "alias/ä",
      "ValidationException: 1 validation error detected: Value 'alias/ä' at 'aliasName' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9:/_-]+$",
    ],
    [`alias/${"x".repeat(250)}`, "ok"],
    [
      `alias/${"x".repeat(251)}`,
      `ValidationException: 1 validation error detected: Value 'alias/${"x".repeat(251)}' at 'aliasName' failed to satisfy constraint: Member must have length less than or equal to 256`,
    ],
    ["alias/__proto__", "ok"],
  ])("CreateAlias %s", async (AliasName, expected) => {
    const { key, outcome } = bench();
    const { KeyId } = await key();
    expect(await outcome("CreateAlias", { AliasName, TargetKeyId: KeyId })).toBe(expected);
  });

  test("an alias of an alias", async () => {
    const { key, outcome, done } = bench();
    const { KeyId } = await key();
    await done("CreateAlias", { AliasName: "alias/a", TargetKeyId: KeyId });
    for (const TargetKeyId of ["alias/a", `arn:aws:kms:us-east-1:${account}:alias/a`])
      expect(await outcome("CreateAlias", { AliasName: "alias/b", TargetKeyId })).toBe(
        "ValidationException: Aliases must refer to keys. Not aliases",
      );
  });

  test.each<[from: any, to: any, outcome: string]>([
    [{}, {}, "ok"],
    [{ KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" }, { KeySpec: "ECC_NIST_P384", KeyUsage: "SIGN_VERIFY" }, "ok"],
    [{ KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" }, { KeySpec: "HMAC_512", KeyUsage: "GENERATE_VERIFY_MAC" }, "ok"],
    [{}, { KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" }, "ValidationException"],
    [{ KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" }, { KeySpec: "ECC_NIST_P256", KeyUsage: "KEY_AGREEMENT" }, "ValidationException"],
  ])("UpdateAlias from %j to %j: %s", async (from, to, expected) => {
    const { key, kms, done, lab } = bench();
    const old = await key(from);
    const next = await key(to);
    await done("CreateAlias", { AliasName: "alias/a", TargetKeyId: old.KeyId });
    await lab.advance(5 * minutes);
    const reply = await kms("UpdateAlias", { AliasName: "alias/a", TargetKeyId: next.KeyId });
    expect(reply.ok ? "ok" : reply.error.code).toBe(expected);
    const { Aliases } = await done("ListAliases", { KeyId: expected === "ok" ? next.KeyId : old.KeyId });
    expect(Aliases).toHaveLength(1);
    expect(Aliases[0].LastUpdatedDate - Aliases[0].CreationDate).toBe(expected === "ok" ? 300 : 0);
  });

  test("what is not there", async () => {
    const { key, outcome } = bench();
    const { KeyId } = await key();
    const missing = `NotFoundException: Alias arn:aws:kms:us-east-1:${account}:alias/a is not found.`;
    expect(await outcome("UpdateAlias", { AliasName: "alias/a", TargetKeyId: KeyId })).toBe(missing);
    expect(await outcome("DeleteAlias", { AliasName: "alias/a" })).toBe(missing);
    expect(await outcome("DeleteAlias", { AliasName: "alias/aws/ssm" })).toBe("NotAuthorizedException");
  });

  test("50 of one key, and no more", async () => {
    const { key, outcome, done } = bench();
    const { KeyId } = await key();
    const { KeyId: other } = await key();
    for (let i = 0; i < 50; i++) await done("CreateAlias", { AliasName: `alias/a${i}`, TargetKeyId: KeyId });
    await done("CreateAlias", { AliasName: "alias/b", TargetKeyId: other });
    const full = "LimitExceededException: You have reached the maximum number of aliases for this KMS key (50).";
    expect(await outcome("CreateAlias", { AliasName: "alias/c", TargetKeyId: KeyId })).toBe(full);
    expect(await outcome("UpdateAlias", { AliasName: "alias/b", TargetKeyId: KeyId })).toBe(full);
    expect(await outcome("UpdateAlias", { AliasName: "alias/a7", TargetKeyId: KeyId })).toBe("ok");
  });

  test("IAM must allow the alias, the key policy the key", async () => {
    const { key, done, outcome, user } = bench();
    const { KeyId, Arn } = await key();
    const mine = `arn:aws:kms:us-east-1:${account}:alias/mine-*`;
    const aliasActions = ["kms:CreateAlias", "kms:UpdateAlias", "kms:DeleteAlias"];
    const { caller: aliasOnly } = await user("alias-only", [{ Effect: "Allow", Action: aliasActions, Resource: mine }]);
    expect(await outcome("CreateAlias", { AliasName: "alias/mine-a", TargetKeyId: KeyId }, aliasOnly)).toMatch(
      new RegExp(`^AccessDeniedException: .*kms:CreateAlias on resource: ${Arn} `),
    );
    const { caller } = await user("both", [{ Effect: "Allow", Action: aliasActions, Resource: [mine, Arn] }]);
    expect(await outcome("CreateAlias", { AliasName: "alias/other", TargetKeyId: KeyId }, caller)).toMatch(
      /^AccessDeniedException: .*kms:CreateAlias on resource: .*alias\/other /,
    );
    expect(await outcome("CreateAlias", { AliasName: "alias/mine-a", TargetKeyId: KeyId }, caller)).toBe("ok");
    // UpdateAlias is asked of the alias and of both keys.
    const { KeyId: third, Arn: thirdArn } = await key();
    for (const [resources, goes] of [
      [[Arn], false],
      [[thirdArn], false],
      [[Arn, thirdArn], true],
    ] as const) {
      const { caller: mover } = await user(`mover-${resources.length}-${resources[0] === Arn}`, [
        { Effect: "Allow", Action: aliasActions, Resource: [mine, ...resources] },
      ]);
      expect(await outcome("UpdateAlias", { AliasName: "alias/mine-a", TargetKeyId: third }, mover)).toMatch(
        goes ? /^ok$/ : /^AccessDeniedException: .*kms:UpdateAlias on resource: .*:key\//,
      );
    }
    await done("UpdateAlias", { AliasName: "alias/mine-a", TargetKeyId: KeyId });
    expect(await outcome("DeleteAlias", { AliasName: "alias/mine-a" }, caller)).toBe("ok");
  });

  test("AWS's own are listed before their keys are made, without a target", async () => {
    const { done } = bench();
    const { Aliases } = await done("ListAliases", { Limit: 100 });
    expect(Aliases).toContainEqual({ AliasName: "alias/aws/ssm", AliasArn: `arn:aws:kms:us-east-1:${account}:alias/aws/ssm` });
    expect((await done("ListKeys")).Keys).toEqual([]);
  });
});
