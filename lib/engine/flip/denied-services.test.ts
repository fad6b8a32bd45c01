import { describe, test } from "vitest";
import type { Call } from "../types";
import { A, B, type Row, type World, admin, allow, by, call, check, doc, encrypt, get, region, session, userArn } from "./flip.test-helper";

/**
 * Refused calls of every kind: the first change offered is the one that somebody who knows AWS would make, and every
 * change offered is run again on a fresh copy (see `flipsOf`), where it must flip the answer.
 */

describe("Parameter Store", () => {
  const sealed = async (w: World): Promise<string> => {
    const k = await w.key();
    await w.parameter("/app/secret", { Type: "SecureString", KeyId: k });
    return k;
  };
  test.each<Row>([
    [
      "the parameter allowed, the key not",
      async (w) => {
        await sealed(w);
        return get("/app/secret", await w.user("al", allow("ssm:GetParameter")), { WithDecryption: true });
      },
      /that allows kms:Decrypt on the key …\w{4}, only through ssm\.us-east-1\.amazonaws\.com\.$/,
      [/Read it without decryption/],
    ],
    [
      "neither",
      async (w) => {
        await sealed(w);
        return get("/app/secret", await w.user("al"), { WithDecryption: true });
      },
      /ssm:GetParameter on the parameter \/app\/secret; and .*kms:Decrypt.*only through ssm/,
    ],
    [
      "the key not, for writing",
      async (w) => {
        const k = await w.key();
        return call("ssm", "PutParameter", { Name: "/s", Value: "v", Type: "SecureString", KeyId: k }, await w.user("al", allow("ssm:*")));
      },
      /kms:Encrypt on the key …\w{4}, only through ssm/,
    ],
    [
      "an advanced one needs a data key",
      async (w) => {
        const k = await w.key();
        return call(
          "ssm",
          "PutParameter",
          { Name: "/s", Value: "v", Type: "SecureString", KeyId: k, Tier: "Advanced" },
          await w.user("al", allow("ssm:*")),
        );
      },
      /kms:GenerateDataKey/,
    ],
    [
      "the key is disabled",
      async (w) => {
        const k = await sealed(w);
        await w.must("kms", "DisableKey", { KeyId: k });
        return get("/app/secret", admin(), { WithDecryption: true });
      },
      /^Enable the key …\w{4}\.$/,
    ],
    [
      "another account's parameter, not shared",
      async (w) => {
        await w.parameter("/app/shared", { Tier: "Advanced" });
        return get(`arn:aws:ssm:${region}:${A}:parameter/app/shared`, admin(B));
      },
      /resource policy|^Share /,
    ],
    [
      "another account's parameter, shared with somebody else",
      async (w) => {
        const ResourceArn = `arn:aws:ssm:${region}:${A}:parameter/app/shared`;
        await w.parameter("/app/shared", { Tier: "Advanced" });
        await w.userOf(B, "cy");
        await w.must("ssm", "PutResourcePolicy", {
          ResourceArn,
          Policy: JSON.stringify(JSON.parse(doc({ ...allow("ssm:GetParameter", by(userArn("cy", B))), Resource: ResourceArn }))),
        });
        return get(ResourceArn, admin(B));
      },
      /^Add user admin of 444455556666 to the principals of statement 1 of the resource policy of the parameter \/app\/shared/,
    ],
    [
      "a name with a slip",
      async (w) => {
        await w.parameter("/app/db-password");
        return get("/app/db-pasword", admin());
      },
      /^Name the parameter as it is written: \/app\/db-password/,
    ],
    [
      "a parameter of another Region",
      async (w) => {
        await w.must("ssm", "PutParameter", { Name: "/only/there", Value: "v", Type: "String" }, admin(), { region: "eu-west-2" });
        return get("/only/there", admin());
      },
      /^Ask in eu-west-2: the parameter \/only\/there is there/,
    ],
    [
      "a version that is not there",
      async (w) => {
        await w.parameter("/a");
        return get("/a:7", admin());
      },
      /^Ask for the newest version, 1/,
    ],
    [
      "a label that is not there",
      async (w) => {
        await w.parameter("/a");
        return get("/a:prod", admin());
      },
      /^Put the label prod on version 1 of \/a/,
      [/leave the label out/],
    ],
    [
      "a name that is taken",
      async (w) => {
        await w.parameter("/a");
        return call("ssm", "PutParameter", { Name: "/a", Value: "2", Type: "String" }, admin());
      },
      /Overwrite/,
    ],
    ["a parameter that nobody knows", async () => get("/nothing/like/it", admin()), /^Keyhole knows no change/],
  ])("%s", (_, prepare, first, others) => check(prepare, first, others));
});

describe("no policy is behind it", () => {
  test.each<Row>([
    [
      "a disabled key",
      async (w) => {
        const k = await w.key();
        await w.must("kms", "DisableKey", { KeyId: k });
        return encrypt(k, admin());
      },
      /^Enable the key …\w{4}\.$/,
    ],
    [
      "a key that is to be deleted",
      async (w) => {
        const k = await w.key();
        await w.must("kms", "ScheduleKeyDeletion", { KeyId: k, PendingWindowInDays: 7 });
        return encrypt(k, admin());
      },
      /^Cancel the deletion of the key …\w{4}; and enable the key …\w{4}\.$/,
    ],
    [
      "a disabled key and no permission",
      async (w) => {
        const k = await w.key();
        await w.must("kms", "DisableKey", { KeyId: k });
        return encrypt(k, await w.user("al"));
      },
      /kms:Encrypt.*; and enable the key/,
    ],
    [
      "another encryption context than it was encrypted with",
      async (w) =>
        call(
          "kms",
          "Decrypt",
          {
            CiphertextBlob: await w.encrypt(await w.key(), { EncryptionContext: { App: "payroll" } }),
            EncryptionContext: { app: "payroll" },
          },
          admin(),
        ),
      /^Send the encryption context that it was encrypted with: App=payroll/,
    ],
    [
      "a context where there was none",
      async (w) => call("kms", "Decrypt", { CiphertextBlob: await w.encrypt(await w.key()), EncryptionContext: { a: "b" } }, admin()),
      /^Send no encryption context/,
    ],
    [
      "a parameter's ciphertext by KMS directly",
      async (w) => {
        await w.parameter("/s", { Type: "SecureString", KeyId: await w.key() });
        const { Parameter } = await w.must("ssm", "GetParameter", { Name: "/s" });
        return call("kms", "Decrypt", { CiphertextBlob: Parameter.Value }, admin());
      },
      /^Send the encryption context that Parameter Store encrypted it with: PARAMETER_ARN=arn:aws:ssm:us-east-1:111122223333:parameter\/s/,
    ],
    [
      "the wrong key named",
      async (w) => {
        const wrong = await w.key();
        return call("kms", "Decrypt", { CiphertextBlob: await w.encrypt(await w.key()), KeyId: wrong }, admin());
      },
      /^Name the key that it was encrypted under/,
      [/Leave KeyId out/],
    ],
    [
      "an alias with a slip",
      async (w) => {
        await w.must("kms", "CreateAlias", { AliasName: "alias/payroll", TargetKeyId: await w.key() });
        return encrypt("alias/payrol", admin());
      },
      /^Name the alias as it is written: alias\/payroll/,
    ],
    [
      "an alias that was deleted",
      async (w) => {
        await w.must("kms", "CreateAlias", { AliasName: "alias/payroll", TargetKeyId: await w.key() });
        await w.must("kms", "DeleteAlias", { AliasName: "alias/payroll" });
        return encrypt("alias/payroll", admin());
      },
      /^Make the alias alias\/payroll again, for the key …\w{4} that it named/,
    ],
    [
      "an alias of another Region",
      async (w) => {
        await w.must(
          "kms",
          "CreateAlias",
          {
            AliasName: "alias/eu",
            TargetKeyId: (await w.must("kms", "CreateKey", {}, admin(), { region: "eu-west-2" })).KeyMetadata.KeyId,
          },
          admin(),
          { region: "eu-west-2" },
        );
        return encrypt("alias/eu", admin());
      },
      /^Ask in eu-west-2: the alias alias\/eu is there/,
    ],
    [
      "an access key that is not active",
      async (w) => {
        await w.user("al", allow("kms:*"));
        const { AccessKey } = await w.must("iam", "CreateAccessKey", { UserName: "al" });
        await w.must("iam", "UpdateAccessKey", { UserName: "al", AccessKeyId: AccessKey.AccessKeyId, Status: "Inactive" });
        return encrypt(await w.key(), { accessKeyId: AccessKey.AccessKeyId });
      },
      /^Make the access key \w+ active again/,
    ],
    [
      "a session that has expired",
      async (w) => {
        await w.role("app", [allow("kms:*")]);
        const caller = await session(w, "app", { DurationSeconds: 900 });
        await w.lab.advance(1_000_000);
        return encrypt(await w.key(), caller);
      },
      /^Call AssumeRole again for a new session/,
    ],
    ["a key that nobody knows", async () => encrypt("00000000-0000-4000-8000-000000000000", admin()), /^Keyhole knows no change/],
  ])("%s", (_, prepare, first, others) => check(prepare, first, others));
});
