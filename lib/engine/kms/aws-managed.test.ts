import { describe, expect, test } from "vitest";
import { account, admin, allow, bench, days, otherAdmin, policy, root, text } from "./lifecycle.test-helper";

/** `aws/ssm`, made by a first SecureString. */
async function withSsmKey() {
  const made = bench();
  const put = await made.lab.call({
    service: "ssm",
    operation: "PutParameter",
    input: { Name: "/a", Value: "b", Type: "SecureString" },
    caller: admin,
  });
  if (!put.ok) throw new Error(`${put.error.code}: ${put.error.message}`);
  const { KeyMetadata } = await made.done("DescribeKey", { KeyId: "alias/aws/ssm" });
  return { ...made, KeyId: KeyMetadata.KeyId as string, Arn: KeyMetadata.Arn as string, KeyMetadata };
}

describe("an AWS managed key", () => {
  test("comes into being with its first use, and looks like one", async () => {
    const { done, KeyMetadata, KeyId, Arn } = await withSsmKey();
    expect(KeyMetadata).toMatchObject({
      KeyManager: "AWS",
      KeyState: "Enabled",
      Origin: "AWS_KMS",
      KeySpec: "SYMMETRIC_DEFAULT",
      MultiRegion: false,
    });
    expect((await done("ListAliases", { KeyId })).Aliases).toMatchObject([
      { AliasName: "alias/aws/ssm", AliasArn: `arn:aws:kms:us-east-1:${account}:alias/aws/ssm`, TargetKeyId: KeyId },
    ]);
    expect((await done("ListAliases", { Limit: 100 })).Aliases.filter(({ AliasName }: any) => AliasName === "alias/aws/ssm")).toHaveLength(
      1,
    );
    expect((await done("ListKeys")).Keys).toEqual([{ KeyId, KeyArn: Arn }]);
  });

  test.each(["alias/aws/ebs", `arn:aws:kms:us-east-1:${account}:alias/aws/ebs`])("DescribeKey of %s makes it", async (KeyId) => {
    const { done, outcome } = bench();
    expect(await outcome("Encrypt", { KeyId, Plaintext: text("x") })).toMatch(
      /^NotFoundException: Alias .*alias\/aws\/ebs is not found\.$/,
    );
    const { KeyMetadata } = await done("DescribeKey", { KeyId });
    expect(KeyMetadata).toMatchObject({ KeyManager: "AWS", Enabled: true });
    expect((await done("DescribeKey", { KeyId })).KeyMetadata).toEqual(KeyMetadata);
    expect((await done("ListKeys")).Keys).toHaveLength(1);
  });

  test("no key comes of an alias that AWS has not, of another account's, or for a caller who may not look", async () => {
    const { lab, outcome, user } = bench();
    expect(await outcome("DescribeKey", { KeyId: "alias/aws/mine" })).toMatch(/^NotFoundException/);
    expect(await outcome("DescribeKey", { KeyId: "alias/aws/__proto__" })).toMatch(/^NotFoundException/);
    expect(await outcome("DescribeKey", { KeyId: `arn:aws:kms:us-east-1:${account}:alias/aws/ebs` }, otherAdmin)).toMatch(
      /^AccessDeniedException/,
    );
    const { caller } = await user("nobody");
    expect(await outcome("DescribeKey", { KeyId: "alias/aws/ebs" }, caller)).toMatch(/^AccessDeniedException/);
    expect(lab.read({ account, region: "us-east-1", service: "kms" }).table("keys").size).toBe(0);
  });

  test("its owner may look", async () => {
    const { outcome, done, KeyId } = await withSsmKey();
    for (const operation of [
      "DescribeKey",
      "GetKeyPolicy",
      "GetKeyRotationStatus",
      "ListKeyPolicies",
      "ListGrants",
      "ListResourceTags",
      "ListKeyRotations",
    ])
      expect(await outcome(operation, { KeyId }), operation).toBe("ok");
    expect(await done("GetKeyRotationStatus", { KeyId })).toMatchObject({ KeyRotationEnabled: true, RotationPeriodInDays: 365 });
  });

  test.each<[operation: string, input: (KeyId: string) => any]>([
    ["PutKeyPolicy", (KeyId) => ({ KeyId, Policy: policy(allow(account, "kms:*")) })],
    ["ScheduleKeyDeletion", (KeyId) => ({ KeyId })],
    ["CancelKeyDeletion", (KeyId) => ({ KeyId })],
    ["DisableKey", (KeyId) => ({ KeyId })],
    ["EnableKey", (KeyId) => ({ KeyId })],
    ["DisableKeyRotation", (KeyId) => ({ KeyId })],
    ["EnableKeyRotation", (KeyId) => ({ KeyId, RotationPeriodInDays: 90 })],
    ["RotateKeyOnDemand", (KeyId) => ({ KeyId })],
    ["TagResource", (KeyId) => ({ KeyId, Tags: [{ TagKey: "a", TagValue: "b" }] })],
    ["UntagResource", (KeyId) => ({ KeyId, TagKeys: ["a"] })],
    ["UpdateKeyDescription", (KeyId) => ({ KeyId, Description: "mine" })],
    ["CreateAlias", (TargetKeyId) => ({ AliasName: "alias/mine", TargetKeyId })],
    ["CreateGrant", (KeyId) => ({ KeyId, GranteePrincipal: `arn:aws:iam::${account}:user/admin`, Operations: ["Decrypt"] })],
    ["Encrypt", (KeyId) => ({ KeyId, Plaintext: text("x") })],
    ["GenerateDataKey", (KeyId) => ({ KeyId, KeySpec: "AES_256" })],
  ])("its policy names nobody for %s, not even root", async (operation, input) => {
    const { outcome, KeyId, Arn, lab } = await withSsmKey();
    const before = JSON.stringify(lab.read({ account, region: "us-east-1", service: "kms" }).table("keys").all());
    for (const [caller, arn] of [
      [admin, `arn:aws:iam::${account}:user/admin`],
      [root, `arn:aws:iam::${account}:root`],
    ] as const)
      expect(await outcome(operation, input(KeyId), caller)).toBe(
        `AccessDeniedException: User: ${arn} is not authorized to perform: kms:${operation} on resource: ${Arn} because no resource-based policy allows the kms:${operation} action`,
      );
    expect(JSON.stringify(lab.read({ account, region: "us-east-1", service: "kms" }).table("keys").all())).toBe(before);
  });

  test("its alias cannot be moved or deleted", async () => {
    const { outcome, key } = await withSsmKey();
    const { KeyId } = await key();
    expect(await outcome("UpdateAlias", { AliasName: "alias/aws/ssm", TargetKeyId: KeyId })).toBe("NotAuthorizedException");
    expect(await outcome("DeleteAlias", { AliasName: "alias/aws/ssm" })).toBe("NotAuthorizedException");
  });

  test("nothing for another account", async () => {
    const { outcome, Arn } = await withSsmKey();
    expect(await outcome("DescribeKey", { KeyId: Arn }, otherAdmin)).toMatch(
      /^AccessDeniedException: .* because the resource does not exist in this Region, no resource-based policies allow access/,
    );
  });

  test("AWS rotates it every year, and the parameter stays readable", async () => {
    const { lab, done, KeyId } = await withSsmKey();
    await lab.advance(3 * 365 * days);
    expect((await done("ListKeyRotations", { KeyId })).Rotations.map(({ RotationType }: any) => RotationType)).toEqual([
      "AUTOMATIC",
      "AUTOMATIC",
      "AUTOMATIC",
    ]);
    const read = await lab.call({ service: "ssm", operation: "GetParameter", input: { Name: "/a", WithDecryption: true }, caller: admin });
    expect(read.ok && (read.output as any).Parameter.Value).toBe("b");
  });
});
