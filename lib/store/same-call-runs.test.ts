import { spawnSync } from "node:child_process";
import { beforeAll, describe, expect, test } from "vitest";
import { createShell, type Shell } from "../cli/shell";
import type { ServiceModel } from "../engine/model";
import iam from "../engine/models/iam.json";
import kms from "../engine/models/kms.json";
import secretsmanager from "../engine/models/secretsmanager.json";
import ssm from "../engine/models/ssm.json";
import type { JsonObject, Reply } from "../engine/types";
import { sameCall } from "./same-call";

// The same call in other words is run: what the program then asks of AWS must be the call it was made from.

const models = { kms, ssm, iam, secretsmanager } as unknown as Record<string, ServiceModel>;
const region = "eu-west-2";

const calls: [what: string, service: string, operation: string, input: JsonObject][] = [
  [
    "a blob and a map",
    "kms",
    "Encrypt",
    { KeyId: "alias/tutorial", Plaintext: "AP8QIA==", EncryptionContext: { "it's": 'a "b"', $HOME: "`id`" } },
  ],
  ["a blob that looks like an option", "kms", "Decrypt", { CiphertextBlob: "+/+/AA==" }],
  ["booleans", "ssm", "GetParameter", { Name: "/my-app/dev/db-password", WithDecryption: true }],
  ["a false one", "ssm", "GetParametersByPath", { Path: "/", Recursive: false, MaxResults: 10 }],
  ["a list of words", "ssm", "GetParameters", { Names: ["/a", "b c", "d:1"] }],
  [
    "structures in a list",
    "kms",
    "TagResource",
    {
      KeyId: "1234",
      Tags: [
        { TagKey: "a b", TagValue: "" },
        { TagKey: "é😀", TagValue: "x=y,z" },
      ],
    },
  ],
  ["a filter", "ssm", "DescribeParameters", { ParameterFilters: [{ Key: "Name", Option: "BeginsWith", Values: ["/my"] }] }],
  [
    "a policy document",
    "iam",
    "PutUserPolicy",
    { UserName: "app", PolicyName: "p", PolicyDocument: '{\n  "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]\n}' },
  ],
  ["a secret's value in JSON", "secretsmanager", "CreateSecret", { Name: "my-app/db", SecretString: '{"username":"app","password":"it\'s"}', ClientRequestToken: "0".repeat(32), AddReplicaRegions: [{ Region: "eu-west-1" }], Tags: [{ Key: "team", Value: "a b" }] }],
  ["a secret's bytes", "secretsmanager", "PutSecretValue", { SecretId: "my-app/db", SecretBinary: "AAH+/w==", ClientRequestToken: "0".repeat(32) }],
  ["filters of secrets", "secretsmanager", "BatchGetSecretValue", { Filters: [{ Key: "name", Values: ["!my-app/"] }], MaxResults: 5 }],
  ["a value with line ends", "ssm", "PutParameter", { Name: "x", Value: "one\ntwo\t'three'\\four", Type: "String", Overwrite: true }],
  ["a value like an option", "ssm", "PutParameter", { Name: "x", Value: "--type", Type: "String" }],
  ["a value like a file", "ssm", "PutParameter", { Name: "x", Value: "file:///etc/passwd", Type: "String" }],
  ["nothing", "iam", "ListUsers", {}],
];

describe("AWS CLI", () => {
  let shell: Shell;
  let asked = undefined as { service: string; operation: string; input?: JsonObject; region?: string } | undefined;
  beforeAll(async () => {
    shell = await createShell({
      call: async (call) => {
        asked = call;
        return { ok: true, output: {}, requestId: "", seq: 1, trace: {} } as unknown as Reply;
      },
      identity: () => ({ region: "us-east-1" }),
      now: () => 0,
    });
  });

  test.each(calls)("%s", async (_, service, operation, input) => {
    asked = undefined;
    let said = "";
    await shell.run(sameCall({ service, operation, input, region }, models[service]).cli, { onOutput: ({ text }) => (said += text) });
    expect(asked, said).toMatchObject({ service, operation, region });
    // The CLI asks for pages of its own accord, and sends no empty input.
    expect((asked as { input?: JsonObject } | undefined)?.input ?? {}).toEqual(input);
  });
});

describe("JavaScript", () => {
  test.each(calls)("%s", async (_, service, operation, input) => {
    const { javascript } = sameCall({ service, operation, input, region }, models[service]);
    const [, client, command, name] = /^import \{ (\w+), (\w+) \} from "@aws-sdk\/client-([\w-]+)";/.exec(javascript)!;
    const installed = (await import(`@aws-sdk/client-${name}`)) as Record<string, unknown>;
    expect([typeof installed[client], typeof installed[command]]).toEqual(["function", "function"]);
    let asked: unknown;
    class Client {
      constructor(readonly options: { region: string }) {}
      send(sent: { input: unknown }) {
        asked = { region: this.options.region, input: sent.input };
      }
    }
    const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
    await AsyncFunction(client, command, javascript.split("\n").slice(1).join("\n"))(Client, installed[command]);
    expect(asked).toEqual({ region, input: fromBytes(input, models[service], operation) });
  });
});

/** The blobs of an input as bytes: what the SDKs want. */
function fromBytes(input: JsonObject, model: ServiceModel, operation: string) {
  const members = model.shapes[model.operations[operation].input?.shape ?? ""]?.members ?? {};
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => [
      name,
      model.shapes[members[name].shape].type === "blob" ? Buffer.from(String(value), "base64") : value,
    ]),
  );
}

const hasPython = spawnSync("python3", ["--version"]).status === 0;

/** Stands in for boto3: prints what it was asked, bytes as base64. */
const fakeBoto3 = `
import sys, json, base64, types
class Client:
    def __init__(self, service, region_name): self.service, self.region = service, region_name
    def __getattr__(self, name):
        def ask(**input):
            print(json.dumps([self.service, self.region, name, input], default=lambda b: base64.b64encode(b).decode()))
        return ask
boto3 = types.ModuleType("boto3")
boto3.client = Client
sys.modules["boto3"] = boto3
`;

describe.skipIf(!hasPython)("boto3 (needs python3)", () => {
  test.each(calls)("%s", (_, service, operation, input) => {
    const { python } = sameCall({ service, operation, input, region }, models[service]);
    const { stdout, stderr } = spawnSync("python3", ["-"], { input: `${fakeBoto3}\n${python}\n`, encoding: "utf8" });
    expect(stderr).toBe("");
    const [askedService, askedRegion, , asked] = JSON.parse(stdout) as [string, string, string, JsonObject];
    expect([askedService, askedRegion, asked]).toEqual([service, region, input]);
  });
});
