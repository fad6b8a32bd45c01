import { describe, expect, test } from "vitest";
import type { Call, Caller, JsonObject } from "../types";
import { A, B, type Row, type World, admin, allow, by, call, check, deny, doc, flipsOf, get, region, sentences, userArn, when, world } from "./flip.test-helper";

/** Refused calls about secrets: by IAM, by the secret's own policy, by the key's, by none of them. */

let made = 0;
const token = (): string => `00000000-0000-4000-8000-${String(++made).padStart(12, "0")}`;
const secret = async (w: World, Name: string, more: JsonObject = {}, account = A, at = region): Promise<string> =>
  (await w.must("secretsmanager", "CreateSecret", { Name, SecretString: "v", ClientRequestToken: token(), ...more }, admin(account), { region: at })).ARN;
const read = (SecretId: string, caller: Caller, more: JsonObject = {}): Call => call("secretsmanager", "GetSecretValue", { SecretId, ...more }, caller);
const put = (w: World, SecretId: string, ...statements: object[]) => w.must("secretsmanager", "PutResourcePolicy", { SecretId, ResourcePolicy: doc(...statements) });
const mine = userArn("al");

describe("who may read a secret", () => {
  test.each<Row>([
    [
      "nothing allows it",
      async (w) => read(await secret(w, "app/db"), await w.user("al")),
      /^Add .* allows secretsmanager:GetSecretValue on the secret app\/db\.$|secretsmanager:GetSecretValue on the secret app\/db\.$/,
    ],
    [
      "another action is allowed",
      async (w) => read(await secret(w, "app/db"), await w.user("al", allow("secretsmanager:DescribeSecret"))),
      /allows secretsmanager:GetSecretValue on the secret app\/db\.$/,
      [/^Add secretsmanager:GetSecretValue to the actions of statement 1 of the policy own of user al/m],
    ],
    [
      "another secret is allowed",
      async (w) => read(await secret(w, "app/db"), await w.user("al", { ...allow("secretsmanager:GetSecretValue"), Resource: await secret(w, "other") })),
      /^Add the secret app\/db to the resources of statement 1 of the policy own of user al/,
    ],
    [
      "the secret's policy names somebody else",
      async (w) => {
        const arn = await secret(w, "app/db");
        await w.user("bo");
        await put(w, arn, allow("secretsmanager:GetSecretValue", by(userArn("bo"))));
        return read(arn, await w.user("al"));
      },
      /^Add user al to the principals of statement 1 of the resource policy of the secret app\/db/,
    ],
    [
      "the secret's policy denies it",
      async (w) => {
        const arn = await secret(w, "app/db");
        const al = await w.user("al", allow("secretsmanager:*"));
        await put(w, arn, deny("secretsmanager:GetSecretValue", by(mine)));
        return read(arn, al);
      },
      /resource policy of the secret app\/db/,
      [/^Delete the resource policy of the secret app\/db|Take statement 1 out of the resource policy of the secret app\/db/m],
    ],
    [
      "only a version with another label",
      async (w) => read(await secret(w, "app/db"), await w.user("al", allow("secretsmanager:GetSecretValue", when("ForAnyValue:StringEquals", "secretsmanager:VersionStage", "AWSPREVIOUS"))), { VersionStage: "AWSCURRENT" }),
      /allows secretsmanager:GetSecretValue on the secret app\/db\.$/,
      [/Add AWSCURRENT to the values of secretsmanager:VersionStage in statement 1/],
    ],
    [
      "only secrets with a tag",
      async (w) => read(await secret(w, "app/db"), await w.user("al", allow("secretsmanager:GetSecretValue", when("StringEquals", "secretsmanager:ResourceTag/team", "a")))),
      /^Put the tag team=a on the secret app\/db/,
    ],
    [
      "only secrets without another tag",
      async (w) => read(await secret(w, "app/db", { Tags: [{ Key: "team", Value: "b" }] }), await w.user("al", allow("secretsmanager:GetSecretValue", when("StringNotEquals", "aws:ResourceTag/team", "b")))),
      /tag team/,
    ],
    [
      "deleted only with a window of thirty days",
      async (w) => {
        await secret(w, "app/db");
        return call("secretsmanager", "DeleteSecret", { SecretId: "app/db", RecoveryWindowInDays: 7 }, await w.user("al", allow("secretsmanager:DeleteSecret", when("NumericEquals", "secretsmanager:RecoveryWindowInDays", "30"))));
      },
      /^Make the call with RecoveryWindowInDays 30/,
    ],
    [
      "no public policies",
      async (w) => {
        await secret(w, "app/db");
        const ResourcePolicy = doc(allow("secretsmanager:GetSecretValue", by(mine)));
        return call("secretsmanager", "PutResourcePolicy", { SecretId: "app/db", ResourcePolicy }, await w.user("al", allow("secretsmanager:PutResourcePolicy", when("Bool", "secretsmanager:BlockPublicPolicy", "true"))));
      },
      /^Make the call with BlockPublicPolicy true/,
    ],
    [
      "made only with a tag",
      async (w) =>
        call("secretsmanager", "CreateSecret", { Name: "new", SecretString: "v", ClientRequestToken: token() }, await w.user("al", allow(["secretsmanager:CreateSecret", "secretsmanager:TagResource"], when("StringEquals", "aws:RequestTag/team", "a")))),
      /^Send the tag team=a with the call/,
    ],
    [
      "a secret that is not there, by somebody who may not know",
      async (w) => {
        await secret(w, "app/db-password");
        return read("app/db-pasword", await w.user("al"));
      },
      /^Name the secret as it is written: app\/db-password; and give user al a policy of its own that allows secretsmanager:GetSecretValue on the secret app\/db-password\.$/,
    ],
  ])("%s", (_, prepare, first, others) => check(prepare, first, others));
});

describe("the key behind it", () => {
  test.each<Row>([
    [
      "the secret allowed, the key not",
      async (w) => read(await secret(w, "app/db", { KmsKeyId: await w.key() }), await w.user("al", allow("secretsmanager:GetSecretValue"))),
      /that allows kms:Decrypt on the key …\w{4}, only through secretsmanager\.us-east-1\.amazonaws\.com\.$/,
    ],
    [
      "neither",
      async (w) => read(await secret(w, "app/db", { KmsKeyId: await w.key() }), await w.user("al")),
      /secretsmanager:GetSecretValue on the secret app\/db; and .*kms:Decrypt.*only through secretsmanager/,
    ],
    [
      "a new secret needs a data key",
      async (w) => call("secretsmanager", "CreateSecret", { Name: "new", SecretString: "v", KmsKeyId: await w.key(), ClientRequestToken: token() }, await w.user("al", allow("secretsmanager:*"))),
      /kms:GenerateDataKey on the key …\w{4}, only through secretsmanager\.us-east-1\.amazonaws\.com; and add kms:Decrypt to the actions of statement 2 of the policy own/,
    ],
    [
      "the key is disabled",
      async (w) => {
        const KmsKeyId = await w.key();
        const arn = await secret(w, "app/db", { KmsKeyId });
        await w.must("kms", "DisableKey", { KeyId: KmsKeyId });
        return read(arn, admin());
      },
      /^Enable the key …\w{4}\.$/,
    ],
    [
      "the key is to be deleted",
      async (w) => {
        const KmsKeyId = await w.key();
        const arn = await secret(w, "app/db", { KmsKeyId });
        await w.must("kms", "ScheduleKeyDeletion", { KeyId: KmsKeyId, PendingWindowInDays: 7 });
        return read(arn, admin());
      },
      /^Cancel the deletion of the key …\w{4}; and enable the key …\w{4}\.$/,
    ],
    [
      "through Parameter Store: the secret is not allowed",
      async (w) => {
        await secret(w, "app/db");
        return get("/aws/reference/secretsmanager/app/db", await w.user("al", allow("ssm:GetParameter")), { WithDecryption: true });
      },
      /secretsmanager:GetSecretValue on the secret app\/db/,
    ],
    [
      "through Parameter Store: neither of three",
      async (w) => {
        await secret(w, "app/db", { KmsKeyId: await w.key() });
        return get("/aws/reference/secretsmanager/app/db", await w.user("al"), { WithDecryption: true });
      },
      /ssm:GetParameter.*; and .*secretsmanager:GetSecretValue.*; and .*kms:Decrypt/,
    ],
  ])("%s", (_, prepare, first, others) => check(prepare, first, others));
});

describe("another account's secret", () => {
  test.each<Row>([
    [
      "not shared, under a key of its own",
      async (w) => read(await secret(w, "app/db", { KmsKeyId: await w.key() }), admin(B)),
      /^Add a statement to the resource policy of the secret app\/db that allows secretsmanager:GetSecretValue to user admin of 444455556666; and .*kms:Decrypt.*only through secretsmanager/,
    ],
    [
      "shared, under aws/secretsmanager",
      async (w) => {
        const arn = await secret(w, "app/db");
        await w.key();
        await put(w, arn, allow("secretsmanager:GetSecretValue", by(B)));
        return read(arn, admin(B));
      },
      /^Encrypt the secret app\/db under the key …\w{4}, a customer managed key; and .*kms:Decrypt/,
    ],
    [
      "named by its name alone",
      async (w) => {
        const arn = await secret(w, "app/db", { KmsKeyId: await w.key({ ...allow("kms:*", by(A)) }, { ...allow("kms:Decrypt", by(B)) }) });
        await put(w, arn, allow("secretsmanager:GetSecretValue", by(B)));
        return read("app/db", admin(B));
      },
      /^Name the secret by its ARN: it is in account 111122223333/,
    ],
  ])("%s", (_, prepare, first, others) => check(prepare, first, others));
});

describe("no policy is behind it", () => {
  test.each<Row>([
    [
      "a name with a slip",
      async (w) => {
        await secret(w, "app/db-password");
        return read("app/db-pasword", admin());
      },
      /^Name the secret as it is written: app\/db-password/,
    ],
    [
      "a name with a slip, through Parameter Store",
      async (w) => {
        await secret(w, "app/db-password");
        return get("/aws/reference/secretsmanager/app/db-pasword", admin(), { WithDecryption: true });
      },
      /^Name the secret as it is written: app\/db-password/,
    ],
    [
      "in another Region",
      async (w) => {
        await secret(w, "app/db", {}, A, "eu-west-2");
        return read("app/db", admin());
      },
      /^Ask in eu-west-2: the secret app\/db is there/,
    ],
    ["by an ARN of another Region", async (w) => read(await secret(w, "app/db", {}, A, "eu-west-2"), admin()), /^Ask in eu-west-2: the ARN is of a secret there/],
    [
      "by a part of its ARN that looks whole",
      async (w) => read((await secret(w, "app-secret")).slice(0, -7), admin()),
      /^Name the secret app-secret by its whole ARN, which ends in -\w{6}/,
    ],
    [
      "by the ARN of one that was deleted",
      async (w) => {
        const old = await secret(w, "app/db");
        await w.must("secretsmanager", "DeleteSecret", { SecretId: old, ForceDeleteWithoutRecovery: true });
        await secret(w, "app/db");
        return read(old, admin());
      },
      /^Name the secret app\/db by its whole ARN/,
    ],
    [
      "marked for deletion",
      async (w) => {
        const arn = await secret(w, "app/db");
        await w.must("secretsmanager", "DeleteSecret", { SecretId: arn });
        return read(arn, admin());
      },
      /^Restore the secret app\/db, which is to be deleted/,
    ],
    [
      "marked for deletion, and not allowed",
      async (w) => {
        const arn = await secret(w, "app/db");
        await w.must("secretsmanager", "DeleteSecret", { SecretId: arn });
        return read(arn, await w.user("al"));
      },
      /secretsmanager:GetSecretValue on the secret app\/db; and restore the secret app\/db/,
    ],
    [
      "a name that one still has which is to be deleted",
      async (w) => {
        await w.must("secretsmanager", "DeleteSecret", { SecretId: await secret(w, "app/db") });
        return call("secretsmanager", "CreateSecret", { Name: "app/db", SecretString: "v", ClientRequestToken: token() }, admin());
      },
      /^Delete the secret app\/db at once, without a recovery window: its values are lost/,
    ],
    [
      "a label that none has",
      async (w) => read(await secret(w, "app/db"), admin(), { VersionStage: "blue" }),
      /^Put the label blue on the current version of the secret app\/db/,
      [/^Ask for the current value/m],
    ],
    ["a label with a slip", async (w) => read(await secret(w, "app/db"), admin(), { VersionStage: "AWSCURENT" }), /^Name the label as it is written: AWSCURRENT/],
    [
      "a label that none has, through Parameter Store",
      async (w) => {
        await secret(w, "app/db");
        return get("/aws/reference/secretsmanager/app/db:AWSPENDING", admin(), { WithDecryption: true });
      },
      /^Put the label AWSPENDING on the current version/,
      [/^Ask for the current value/m],
    ],
    ["a version that is not there", async (w) => read(await secret(w, "app/db"), admin(), { VersionId: token() }), /^Ask for the current value: name no version/],
    [
      "a version without the label",
      async (w) => {
        const { ARN, VersionId } = await w.must("secretsmanager", "CreateSecret", { Name: "app/db", SecretString: "1", ClientRequestToken: token() });
        await w.must("secretsmanager", "PutSecretValue", { SecretId: ARN, SecretString: "2", ClientRequestToken: token() });
        return read(ARN, admin(), { VersionId, VersionStage: "AWSCURRENT" });
      },
      /^Leave Version(Stage|Id) out of the call/,
    ],
    [
      "a secret without a value",
      async (w) => {
        await w.must("secretsmanager", "CreateSecret", { Name: "app/db", ClientRequestToken: token() });
        return read("app/db", admin());
      },
      /^Give the secret app\/db a value: it has none yet/,
    ],
    [
      "written to on a replica",
      async (w) => {
        await secret(w, "app/db", { AddReplicaRegions: [{ Region: "eu-west-2" }] });
        await w.lab.advance(10_000);
        return { ...call("secretsmanager", "PutSecretValue", { SecretId: "app/db", SecretString: "2", ClientRequestToken: token() }, admin()), region: "eu-west-2" };
      },
      /^Make the call in us-east-1, where the secret is that this one is a replica of/,
    ],
    [
      "through Parameter Store without decryption",
      async (w) => {
        await secret(w, "app/db");
        return get("/aws/reference/secretsmanager/app/db", admin());
      },
      /^Ask with decryption/,
    ],
    [
      "under a key that is not there",
      async (w) => {
        await w.must("kms", "CreateAlias", { AliasName: "alias/payroll", TargetKeyId: await w.key() });
        return call("secretsmanager", "CreateSecret", { Name: "new", SecretString: "v", KmsKeyId: "alias/payrol", ClientRequestToken: token() }, admin());
      },
      /^Name the alias as it is written: alias\/payroll/,
    ],
    ["a secret that nobody knows", async () => read("nothing/like/it", admin()), /^Keyhole knows no change/],
  ])("%s", (_, prepare, first, others) => check(prepare, first, others));
});

test("a read that is allowed is refused by a statement in the secret's own policy, or without what allowed it", async () => {
  const w = world();
  const arn = await secret(w, "app/db", { KmsKeyId: await w.key() });
  const found = await flipsOf(w, read(arn, await w.user("al", allow(["secretsmanager:GetSecretValue", "kms:Decrypt"]))));
  expect(found.wanted).toBe("deny");
  const all = sentences(found).join("\n");
  expect(all).toMatch(/Add a statement to the resource policy of the secret app\/db that denies secretsmanager:GetSecretValue to user al/);
  expect(all).toMatch(/Take secretsmanager:GetSecretValue out of the actions of statement 1 of the policy own of user al/);
  expect(all).toMatch(/that denies kms:Decrypt/);
});

test("what a change does beside is said of secrets too", async () => {
  const w = world();
  await secret(w, "other");
  const found = await flipsOf(w, read(await secret(w, "app/db"), await w.user("al", allow("secretsmanager:DescribeSecret"))));
  expect(found.flips.find(({ sentence }) => /^Add secretsmanager:GetSecretValue to the actions/.test(sentence))?.also).toEqual(["user al may call secretsmanager:GetSecretValue on the secret other", "user al may call secretsmanager:GetSecretValue on any other secret"]);
});
