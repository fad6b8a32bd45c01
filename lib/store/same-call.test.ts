import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import type { ServiceModel } from "../engine/model";
import iam from "../engine/models/iam.json";
import kms from "../engine/models/kms.json";
import ssm from "../engine/models/ssm.json";
import { sameCall, shellQuote, snake } from "./same-call";

const models = { kms, ssm, iam } as unknown as Record<string, ServiceModel>;
const say = (service: string, operation: string, input = {}) =>
  sameCall({ service, operation, input, region: "eu-west-2" }, models[service]);

test.each([
  // As botocore's xform_name prints them.
  ["KeyId", "key_id"],
  ["SSEKMSKeyId", "ssekms_key_id"],
  ["KeyARNs", "key_arns"],
  ["CreateDBInstance", "create_db_instance"],
  ["ReEncrypt", "re_encrypt"],
  ["GenerateDataKeyPairWithoutPlaintext", "generate_data_key_pair_without_plaintext"],
  ["PolicyARN", "policy_arn"],
  ["ListMFADevices", "list_mfa_devices"],
  ["OpenIDConnectProviderArn", "open_id_connect_provider_arn"],
  ["S3Key", "s3_key"],
  ["VpcIDs", "vpc_ids"],
  ["SAMLMetadataDocument", "saml_metadata_document"],
])("%s is %s in Python", (name, expected) => expect(snake(name)).toBe(expected));

describe("Encrypt, with a blob and a map", () => {
  const said = say("kms", "Encrypt", { KeyId: "alias/catrobot", Plaintext: "aGVsbG8=", EncryptionContext: { team: "o'hara" } });

  test("CLI", () =>
    expect(said.cli).toBe(
      "aws kms encrypt \\\n  --key-id alias/catrobot \\\n  --plaintext aGVsbG8= \\\n  --encryption-context '{\"team\":\"o'\\''hara\"}' \\\n  --region eu-west-2",
    ));

  test("JavaScript", () =>
    expect(said.javascript).toBe(`import { KMSClient, EncryptCommand } from "@aws-sdk/client-kms";

const client = new KMSClient({ region: "eu-west-2" });
const reply = await client.send(new EncryptCommand({
  KeyId: "alias/catrobot",
  Plaintext: Buffer.from("aGVsbG8=", "base64"),
  EncryptionContext: {
    team: "o'hara",
  },
}));`));

  test("Python", () =>
    expect(said.python).toBe(`import base64

import boto3

client = boto3.client("kms", region_name="eu-west-2")
reply = client.encrypt(
    KeyId="alias/catrobot",
    Plaintext=base64.b64decode("aGVsbG8="),
    EncryptionContext={
        "team": "o'hara",
    },
)`));
});

test.each([
  ["a flag", say("ssm", "GetParameter", { Name: "/app/db", WithDecryption: true }).cli, "--with-decryption"],
  ["its opposite", say("ssm", "GetParameter", { Name: "/app/db", WithDecryption: false }).cli, "--no-with-decryption"],
  ["a list of words", say("ssm", "GetParameters", { Names: ["/a", "/b c"] }).cli, "--names /a '/b c'"],
  [
    "a list of structures",
    say("kms", "TagResource", { KeyId: "k", Tags: [{ TagKey: "a", TagValue: "b" }] }).cli,
    `--tags '[{"TagKey":"a","TagValue":"b"}]'`,
  ],
  ["a value like an option", say("ssm", "PutParameter", { Name: "x", Value: "-v" }).cli, "--value=-v"],
  [
    "a value like a file",
    say("ssm", "PutParameter", { Name: "x", Value: "file://y" }).cli,
    `--cli-input-json '{"Name":"x","Value":"file://y"}'`,
  ],
  ["False in Python", say("ssm", "GetParameter", { Name: "x", WithDecryption: false }).python, "WithDecryption=False"],
  ["no input", say("iam", "ListUsers").python, "client.list_users()"],
  ["no input in JavaScript", say("iam", "ListUsers").javascript, "new ListUsersCommand({})"],
])("%s", (_, text, part) => expect(text).toContain(part));

test.each(["plain", "two words", "it's", "$HOME", "`id`", 'say "x"', "a\nb", "é😀", "*", "", "~", "#c"])(
  "the shell gives %j back as it was",
  (text) => {
    expect(execFileSync("/bin/sh", ["-c", `printf %s ${shellQuote(text)}`], { encoding: "utf8" })).toBe(text);
  },
);
