import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateAliasCommand, CreateKeyCommand, DecryptCommand, DescribeKeyCommand, EncryptCommand, KMSClient, paginateListKeys } from "@aws-sdk/client-kms";
import { AttachUserPolicyCommand, CreateAccessKeyCommand, CreateUserCommand, IAMClient } from "@aws-sdk/client-iam";
import { DeleteParameterCommand, GetParameterCommand, GetParametersByPathCommand, PutParameterCommand, SSMClient, paginateDescribeParameters } from "@aws-sdk/client-ssm";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startEndpoint } from "./endpoint";

/** Unmodified clients against the endpoint: the AWS SDK for JavaScript, and the AWS CLI where it is installed. */
let endpoint: Awaited<ReturnType<typeof startEndpoint>>;
beforeAll(async () => void (endpoint = await startEndpoint({ port: 0 })));
afterAll(() => endpoint.close());
beforeEach(async () => void (await fetch(`${endpoint.url}/_keyhole/reset`, { method: "POST" })));

const options = (region = "us-east-1", credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string } = { accessKeyId: "test", secretAccessKey: "test" }) => ({ endpoint: endpoint.url, region, credentials });

describe("AWS SDK for JavaScript v3", () => {
  test("KMS: a key, its alias, encrypt with context, decrypt, the modelled error", async () => {
    const kms = new KMSClient(options("eu-west-2"));
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Description: "tutorial" }));
    expect(KeyMetadata?.CreationDate).toBeInstanceOf(Date);
    await kms.send(new CreateAliasCommand({ AliasName: "alias/tutorial", TargetKeyId: KeyMetadata!.KeyId }));
    const plaintext = new Uint8Array([0, 255, 1, 254]);
    const sealed = await kms.send(new EncryptCommand({ KeyId: "alias/tutorial", Plaintext: plaintext, EncryptionContext: { app: "x" } }));
    expect(sealed.KeyId).toBe(KeyMetadata!.Arn);
    const opened = await kms.send(new DecryptCommand({ CiphertextBlob: sealed.CiphertextBlob, EncryptionContext: { app: "x" } }));
    expect([...opened.Plaintext!]).toEqual([...plaintext]);
    await expect(kms.send(new DecryptCommand({ CiphertextBlob: sealed.CiphertextBlob, EncryptionContext: { app: "y" } }))).rejects.toMatchObject({ name: "InvalidCiphertextException", $metadata: { httpStatusCode: 400 } });
    await expect(kms.send(new DescribeKeyCommand({ KeyId: "alias/none" }))).rejects.toMatchObject({ name: "NotFoundException" });
    await expect(new KMSClient(options("us-east-1")).send(new DecryptCommand({ CiphertextBlob: sealed.CiphertextBlob }))).rejects.toMatchObject({ name: "AccessDeniedException" });
  });

  test("paginators reach the end", async () => {
    const kms = new KMSClient(options());
    for (let i = 0; i < 7; i++) await kms.send(new CreateKeyCommand({}));
    const keys: unknown[] = [];
    for await (const page of paginateListKeys({ client: kms, pageSize: 3 }, {})) keys.push(...page.Keys!);
    expect(keys).toHaveLength(7);
    const ssm = new SSMClient(options());
    for (let i = 0; i < 12; i++) await ssm.send(new PutParameterCommand({ Name: `/p/${i}`, Value: "v", Type: "String" }));
    let names = 0;
    for await (const page of paginateDescribeParameters({ client: ssm, pageSize: 5 }, {})) names += page.Parameters!.length;
    expect(names).toBe(12);
  });

  test("Parameter Store: sealed and opened, by path, gone", async () => {
    const ssm = new SSMClient(options());
    await ssm.send(new PutParameterCommand({ Name: "/my-app/dev/db-password", Value: "devdbpassword", Type: "SecureString" }));
    await ssm.send(new PutParameterCommand({ Name: "/my-app/dev/db-url", Value: "devurl:3306", Type: "String" }));
    const sealed = await ssm.send(new GetParameterCommand({ Name: "/my-app/dev/db-password" }));
    expect(sealed.Parameter?.Value).toMatch(/^AQICA/);
    const opened = await ssm.send(new GetParametersByPathCommand({ Path: "/my-app/", Recursive: true, WithDecryption: true }));
    expect(opened.Parameters?.map(({ Name, Value }) => [Name, Value])).toEqual([["/my-app/dev/db-password", "devdbpassword"], ["/my-app/dev/db-url", "devurl:3306"]]);
    await ssm.send(new DeleteParameterCommand({ Name: "/my-app/dev/db-url" }));
    await expect(ssm.send(new GetParameterCommand({ Name: "/my-app/dev/db-url" }))).rejects.toMatchObject({ name: "ParameterNotFound" });
  });

  test("IAM and STS: a user with a key of its own, denied, then allowed; a role assumed", async () => {
    const iam = new IAMClient(options());
    await iam.send(new CreateUserCommand({ UserName: "alice" }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "alice" }));
    const alice = options("us-east-1", { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! });
    expect((await new STSClient(alice).send(new GetCallerIdentityCommand({}))).Arn).toBe("arn:aws:iam::111122223333:user/alice");
    const read = (): Promise<unknown> => new SSMClient(alice).send(new GetParameterCommand({ Name: "/x" }));
    await expect(read()).rejects.toMatchObject({ name: "AccessDeniedException", message: "User: arn:aws:iam::111122223333:user/alice is not authorized to perform: ssm:GetParameter on resource: arn:aws:ssm:us-east-1:111122223333:parameter/x because no identity-based policy allows the ssm:GetParameter action" });
    await iam.send(new AttachUserPolicyCommand({ UserName: "alice", PolicyArn: "arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess" }));
    await expect(read()).rejects.toMatchObject({ name: "ParameterNotFound" });
    await expect(new STSClient(alice).send(new AssumeRoleCommand({ RoleArn: "arn:aws:iam::111122223333:role/none", RoleSessionName: "s1" }))).rejects.toMatchObject({ name: "AccessDenied", $metadata: { httpStatusCode: 403 } });
    const wrong = options("us-east-1", { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: "wrong" });
    await expect(new STSClient(wrong).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: "SignatureDoesNotMatch" });
  });
});

describe("the door of the endpoint", () => {
  /** `fetch` sets Host by itself, so plain HTTP. */
  const raw = (headers: Record<string, string>, path = "/", body = "{}"): Promise<{ status: number; text: string }> =>
    new Promise((resolve, reject) => {
      const outgoing = request(`${endpoint.url}${path}`, { method: "POST", headers }, (response) => {
        let text = "";
        response.on("data", (chunk: Buffer) => (text += chunk.toString()));
        response.on("end", () => resolve({ status: response.statusCode!, text }));
      });
      outgoing.on("error", reject);
      outgoing.end(body);
    });

  test.each([
    [{ host: "evil.example" }, 403],
    [{ host: "localhost.evil.example:4566" }, 403],
    [{ origin: "http://localhost:3000" }, 403],
    [{ host: "localhost:4566" }, 400],
    [{ host: "[::1]:4566" }, 400],
  ])("%j", async (headers, status) => {
    expect((await raw(headers)).status).toBe(status);
  });

  test("a page cannot reset the lab either", async () => {
    expect((await raw({ origin: "https://example.com" }, "/_keyhole/reset")).status).toBe(403);
  });

  test("advance moves the clock and says what happened; nonsense is refused in one sentence", async () => {
    const ssm = new SSMClient(options());
    await ssm.send(new PutParameterCommand({ Name: "/short", Value: "v", Type: "String", Tier: "Advanced", Policies: JSON.stringify([{ Type: "Expiration", Version: "1.0", Attributes: { Timestamp: new Date(Date.now() + 3_600_000).toISOString() } }]) }));
    const moved = await raw({}, "/_keyhole/advance", '{"seconds": 7200}');
    expect(JSON.parse(moved.text).happened).toHaveLength(1);
    await expect(ssm.send(new GetParameterCommand({ Name: "/short" }))).rejects.toMatchObject({ name: "ParameterNotFound" });
    for (const body of ["", "{}", '{"seconds": -1}', '{"seconds": "1"}', '{"seconds": 1e99}']) expect(await raw({}, "/_keyhole/advance", body)).toEqual({ status: 400, text: 'Send {"seconds": n} with n zero or more.\n' });
  });

  test("a body of 10 MB is refused and the connection lives", async () => {
    expect((await raw({ "x-amz-target": "TrentService.Encrypt" }, "/", "x".repeat(10 * 1024 * 1024))).status).toBe(413);
    expect((await new STSClient(options()).send(new GetCallerIdentityCommand({}))).Account).toBe("111122223333");
  });
});

const version = (() => {
  try {
    return execFileSync("aws", ["--version"], { encoding: "utf8" }).trim();
  } catch {
    return undefined;
  }
})();
if (!version) console.log("AWS CLI: not installed, so its checks are skipped (apt-get install awscli gives one).");

describe.skipIf(!version)(`AWS CLI (${version ?? "not installed"})`, () => {
  const folder = mkdtempSync(join(tmpdir(), "keyhole-cli-"));
  const aws = (line: string, env: Record<string, string> = {}): Promise<{ stdout: string; stderr: string; code: number }> =>
    new Promise((resolve) =>
      execFile("bash", ["-c", line.replaceAll("aws ", `aws --endpoint-url ${endpoint.url} `)], { cwd: folder, env: { ...process.env, AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_DEFAULT_REGION: "us-east-1", AWS_PAGER: "", ...env } }, (error, stdout, stderr) =>
        resolve({ stdout, stderr, code: error ? Number(error.code ?? 1) : 0 }),
      ),
    );

  test("the notes' commands for KMS, as written but for the endpoint", async () => {
    writeFileSync(join(folder, "ExampleSecretFile.txt"), "SuperSecretPassword");
    const key = JSON.parse((await aws("aws kms create-key --region eu-west-2")).stdout).KeyMetadata.KeyId as string;
    expect((await aws(`aws kms create-alias --alias-name alias/tutorial --target-key-id ${key} --region eu-west-2`)).code).toBe(0);
    const done = await aws(
      [
        "aws kms encrypt --key-id alias/tutorial --plaintext fileb://ExampleSecretFile.txt --output text --query CiphertextBlob  --region eu-west-2 > ExampleSecretFileEncrypted.base64",
        "cat ExampleSecretFileEncrypted.base64 | base64 --decode > ExampleSecretFileEncrypted",
        "aws kms decrypt --ciphertext-blob fileb://ExampleSecretFileEncrypted   --output text --query Plaintext > ExampleFileDecrypted.base64  --region eu-west-2",
        "cat ExampleFileDecrypted.base64 | base64 --decode > ExampleFileDecrypted.txt",
      ].join(" && "),
    );
    expect(done).toMatchObject({ code: 0, stderr: "" });
    expect(readFileSync(join(folder, "ExampleFileDecrypted.txt"), "utf8")).toBe("SuperSecretPassword");
    expect(readFileSync(join(folder, "ExampleSecretFileEncrypted"))).toHaveLength(152 + 19);
  }, 60_000);

  test("the notes' commands for Parameter Store", async () => {
    for (const [name, value, type] of [["dev/db-url", "devurl.example:3306", "String"], ["dev/db-password", "devdbpassword", "SecureString"], ["prod/db-url", "produrl:3306", "String"], ["prod/db-password", "prdpassword", "SecureString"]])
      expect(await aws(`aws ssm put-parameter --name /my-app/${name} --value ${value} --type ${type}`)).toMatchObject({ code: 0 });
    const names = async (line: string): Promise<unknown> => (JSON.parse((await aws(line)).stdout) as { Parameters: { Name: string; Value: string }[] }).Parameters.map(({ Name, Value }) => `${Name}=${Value.replace(/^AQICA.*/, "sealed")}`);
    expect(await names("aws ssm get-parameters --names /my-app/dev/db-url /my-app/dev/db-password")).toEqual(["/my-app/dev/db-password=sealed", "/my-app/dev/db-url=devurl.example:3306"]);
    expect(await names("aws ssm get-parameters --names /my-app/dev/db-url /my-app/dev/db-password --with-decryption")).toEqual(["/my-app/dev/db-password=devdbpassword", "/my-app/dev/db-url=devurl.example:3306"]);
    expect(await names("aws ssm get-parameters-by-path --path /my-app/dev/")).toHaveLength(2);
    expect(await names("aws ssm get-parameters-by-path --path /my-app/ --recursive")).toHaveLength(4);
    expect(await names("aws ssm get-parameters-by-path --path /my-app/ --recursive --with-decryption")).toEqual(["/my-app/dev/db-password=devdbpassword", "/my-app/dev/db-url=devurl.example:3306", "/my-app/prod/db-password=prdpassword", "/my-app/prod/db-url=produrl:3306"]);
  }, 60_000);

  test("errors reach the shell in AWS's words, Query services too", async () => {
    expect(await aws("aws kms describe-key --key-id alias/none")).toMatchObject({ stderr: expect.stringContaining("An error occurred (NotFoundException) when calling the DescribeKey operation: Alias arn:aws:kms:us-east-1:111122223333:alias/none is not found.") });
    expect(await aws("aws iam get-user --user-name none")).toMatchObject({ stderr: expect.stringContaining("An error occurred (NoSuchEntity) when calling the GetUser operation: The user with name none cannot be found.") });
    expect(JSON.parse((await aws("aws sts get-caller-identity", { AWS_ACCESS_KEY_ID: "444455556666" })).stdout)).toMatchObject({ Account: "444455556666", Arn: "arn:aws:iam::444455556666:user/admin" });
  }, 60_000);
});
