import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { CreateKeyCommand, DisableKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import {
  BatchGetSecretValueCommand, CreateSecretCommand, DeleteResourcePolicyCommand, DeleteSecretCommand, DescribeSecretCommand, GetRandomPasswordCommand, GetResourcePolicyCommand, GetSecretValueCommand,
  ListSecretVersionIdsCommand, PutResourcePolicyCommand, PutSecretValueCommand, RemoveRegionsFromReplicationCommand, ReplicateSecretToRegionsCommand, RestoreSecretCommand, SecretsManagerClient,
  StopReplicationToReplicaCommand, TagResourceCommand, UntagResourceCommand, UpdateSecretCommand, UpdateSecretVersionStageCommand, ValidateResourcePolicyCommand, paginateListSecrets,
} from "@aws-sdk/client-secrets-manager";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startEndpoint } from "./endpoint";

/** Unmodified clients and the whole life of a secret. */
let endpoint: Awaited<ReturnType<typeof startEndpoint>>;
beforeAll(async () => void (endpoint = await startEndpoint({ port: 0 })));
afterAll(() => endpoint.close());
beforeEach(async () => void (await fetch(`${endpoint.url}/_keyhole/reset`, { method: "POST" })));

const options = (region = "us-east-1", credentials = { accessKeyId: "test", secretAccessKey: "test" }) => ({ endpoint: endpoint.url, region, credentials });
const advance = (seconds: number): Promise<Response> => fetch(`${endpoint.url}/_keyhole/advance`, { method: "POST", body: JSON.stringify({ seconds }) });
const denyAll = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Deny", Principal: { AWS: "arn:aws:iam::444455556666:root" }, Action: "secretsmanager:*", Resource: "*" }] });

describe("AWS SDK for JavaScript v3", () => {
  test("a secret from its making to its end", async () => {
    const sm = new SecretsManagerClient(options());
    const { RandomPassword } = await sm.send(new GetRandomPasswordCommand({ PasswordLength: 20, ExcludePunctuation: true }));
    expect(RandomPassword).toMatch(/^[A-Za-z0-9]{20}$/);
    // No ClientRequestToken: the client fills it in.
    const made = await sm.send(new CreateSecretCommand({ Name: "app/db", Description: "d", SecretString: RandomPassword, Tags: [{ Key: "team", Value: "a" }], AddReplicaRegions: [{ Region: "eu-west-2" }] }));
    expect(made).toMatchObject({ ARN: expect.stringMatching(/^arn:aws:secretsmanager:us-east-1:111122223333:secret:app\/db-[A-Za-z0-9]{6}$/), Name: "app/db", VersionId: expect.stringMatching(/^[0-9a-f-]{36}$/), ReplicationStatus: [{ Region: "eu-west-2", Status: "InProgress" }] });
    const put = await sm.send(new PutSecretValueCommand({ SecretId: "app/db", SecretString: "two" }));
    expect(put.VersionStages).toEqual(["AWSCURRENT"]);
    const got = await sm.send(new GetSecretValueCommand({ SecretId: made.ARN, VersionStage: "AWSPREVIOUS" }));
    expect(got).toMatchObject({ SecretString: RandomPassword, VersionId: made.VersionId });
    expect(got.CreatedDate).toBeInstanceOf(Date);
    await sm.send(new UpdateSecretCommand({ SecretId: "app/db", SecretBinary: new Uint8Array([0, 255, 1]), Description: "bytes" }));
    expect([...(await sm.send(new GetSecretValueCommand({ SecretId: "app/db" }))).SecretBinary!]).toEqual([0, 255, 1]);
    const { Versions } = await sm.send(new ListSecretVersionIdsCommand({ SecretId: "app/db", IncludeDeprecated: true }));
    expect(Versions!.map(({ VersionStages = [] }) => VersionStages[0]).sort()).toEqual(["AWSCURRENT", "AWSPREVIOUS", undefined]);
    const current = Versions!.find(({ VersionStages }) => VersionStages?.includes("AWSCURRENT"))!.VersionId;
    await sm.send(new UpdateSecretVersionStageCommand({ SecretId: "app/db", VersionStage: "AWSCURRENT", RemoveFromVersionId: current, MoveToVersionId: put.VersionId }));
    expect((await sm.send(new BatchGetSecretValueCommand({ SecretIdList: ["app/db", "none"] })))).toMatchObject({ SecretValues: [{ SecretString: "two" }], Errors: [{ SecretId: "none", ErrorCode: "ResourceNotFoundException" }] });

    await advance(10);
    expect(await sm.send(new DescribeSecretCommand({ SecretId: "app/db" }))).toMatchObject({ Description: "bytes", PrimaryRegion: "us-east-1", ReplicationStatus: [{ Status: "InSync" }] });
    const london = new SecretsManagerClient(options("eu-west-2"));
    expect((await london.send(new GetSecretValueCommand({ SecretId: "app/db" }))).SecretString).toBe("two");
    await sm.send(new ReplicateSecretToRegionsCommand({ SecretId: "app/db", AddReplicaRegions: [{ Region: "eu-west-1" }] }));
    await advance(10);
    await sm.send(new RemoveRegionsFromReplicationCommand({ SecretId: "app/db", RemoveReplicaRegions: ["eu-west-1"] }));
    await london.send(new StopReplicationToReplicaCommand({ SecretId: "app/db" }));
    expect((await sm.send(new DescribeSecretCommand({ SecretId: "app/db" }))).ReplicationStatus ?? []).toEqual([]);

    await sm.send(new TagResourceCommand({ SecretId: "app/db", Tags: [{ Key: "cost", Value: "1" }] }));
    await sm.send(new UntagResourceCommand({ SecretId: "app/db", TagKeys: ["team"] }));
    expect((await sm.send(new DescribeSecretCommand({ SecretId: "app/db" }))).Tags).toEqual([{ Key: "cost", Value: "1" }]);
    expect((await sm.send(new ValidateResourcePolicyCommand({ ResourcePolicy: denyAll }))).PolicyValidationPassed).toBe(true);
    await sm.send(new PutResourcePolicyCommand({ SecretId: "app/db", ResourcePolicy: denyAll, BlockPublicPolicy: true }));
    expect((await sm.send(new GetResourcePolicyCommand({ SecretId: "app/db" }))).ResourcePolicy).toBe(denyAll);
    await sm.send(new DeleteResourcePolicyCommand({ SecretId: "app/db" }));

    await sm.send(new DeleteSecretCommand({ SecretId: "app/db", RecoveryWindowInDays: 7 }));
    await expect(sm.send(new GetSecretValueCommand({ SecretId: "app/db" }))).rejects.toMatchObject({ name: "InvalidRequestException", $metadata: { httpStatusCode: 400 } });
    await sm.send(new RestoreSecretCommand({ SecretId: "app/db" }));
    expect((await sm.send(new GetSecretValueCommand({ SecretId: "app/db" }))).SecretString).toBe("two");
    await sm.send(new DeleteSecretCommand({ SecretId: "app/db", RecoveryWindowInDays: 7 }));
    await advance(8 * 86_400);
    await expect(sm.send(new DescribeSecretCommand({ SecretId: "app/db" }))).rejects.toMatchObject({ name: "ResourceNotFoundException", message: "Secrets Manager can't find the specified secret." });
  }, 60_000);

  test("pages, permissions, keys, and the way through Parameter Store", async () => {
    const sm = new SecretsManagerClient(options());
    for (let i = 0; i < 5; i++) await sm.send(new CreateSecretCommand({ Name: `s${i}`, SecretString: `v${i}` }));
    const names: unknown[] = [];
    for await (const page of paginateListSecrets({ client: sm, pageSize: 2 }, { Filters: [{ Key: "name", Values: ["!s3"] }] })) names.push(...page.SecretList!.map(({ Name }) => Name));
    expect(names).toEqual(["s0", "s1", "s2", "s4"]);

    const iam = new IAMClient(options());
    await iam.send(new CreateUserCommand({ UserName: "alice" }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "alice" }));
    const alice = options("us-east-1", { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! });
    const read = (SecretId: string) => new SecretsManagerClient(alice).send(new GetSecretValueCommand({ SecretId }));
    await expect(read("s1")).rejects.toMatchObject({
      name: "AccessDeniedException",
      message: expect.stringMatching(/^User: arn:aws:iam::111122223333:user\/alice is not authorized to perform: secretsmanager:GetSecretValue on resource: \S+ because no identity-based policy allows the secretsmanager:GetSecretValue action$/),
    });
    await iam.send(new PutUserPolicyCommand({ UserName: "alice", PolicyName: "read", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: ["secretsmanager:GetSecretValue", "ssm:GetParameter"], Resource: "*" }] }) }));
    expect((await read("s1")).SecretString).toBe("v1");
    expect((await new SSMClient(alice).send(new GetParameterCommand({ Name: "/aws/reference/secretsmanager/s1", WithDecryption: true }))).Parameter?.Value).toBe("v1");

    const kms = new KMSClient(options());
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    await sm.send(new CreateSecretCommand({ Name: "keyed", SecretString: "k", KmsKeyId: KeyMetadata!.KeyId }));
    await expect(read("keyed")).rejects.toMatchObject({ name: "AccessDeniedException", message: "Access to KMS is not allowed" });
    await kms.send(new DisableKeyCommand({ KeyId: KeyMetadata!.KeyId }));
    await expect(sm.send(new GetSecretValueCommand({ SecretId: "keyed" }))).rejects.toMatchObject({ name: expect.stringMatching(/Exception$|Failure$/), $metadata: { httpStatusCode: 400 } });
  }, 60_000);
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
  const folder = mkdtempSync(join(tmpdir(), "keyhole-secrets-"));
  const aws = (line: string): Promise<{ stdout: string; stderr: string; code: number }> =>
    new Promise((resolve) =>
      execFile("bash", ["-c", line.replaceAll("aws ", `aws --endpoint-url ${endpoint.url} `)], { cwd: folder, env: { ...process.env, AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_DEFAULT_REGION: "us-east-1", AWS_PAGER: "" } }, (error, stdout, stderr) =>
        resolve({ stdout, stderr, code: error ? Number(error.code ?? 1) : 0 }),
      ),
    );
  const json = async (line: string): Promise<any> => {
    const { stdout, stderr, code } = await aws(`aws secretsmanager ${line}`);
    expect({ code, stderr }, line).toEqual({ code: 0, stderr: "" });
    return stdout ? JSON.parse(stdout) : undefined;
  };

  test("a secret from its making to its end", async () => {
    writeFileSync(join(folder, "creds.json"), '{"username":"app","password":"EXAMPLE-PASSWORD"}');
    writeFileSync(join(folder, "policy.json"), denyAll);
    writeFileSync(join(folder, "bytes"), new Uint8Array([0, 1, 254, 255]));
    const made = await json("create-secret --name test/db --description 'first' --secret-string file://creds.json --tags Key=team,Value=a");
    expect(JSON.parse((await json("get-secret-value --secret-id test/db")).SecretString)).toEqual({ username: "app", password: "EXAMPLE-PASSWORD" });
    expect(await json("put-secret-value --secret-id test/db --secret-string two --version-stages AWSPENDING")).toMatchObject({ ARN: made.ARN, VersionStages: ["AWSPENDING"] });
    const pending = (await json("get-secret-value --secret-id test/db --version-stage AWSPENDING")).VersionId as string;
    await json(`update-secret-version-stage --secret-id test/db --version-stage AWSCURRENT --move-to-version-id ${pending} --remove-from-version-id ${made.VersionId}`);
    expect(await json("describe-secret --secret-id test/db")).toMatchObject({ VersionIdsToStages: { [pending]: expect.arrayContaining(["AWSCURRENT"]), [made.VersionId]: ["AWSPREVIOUS"] }, CreatedDate: expect.anything() });
    await json("update-secret --secret-id test/db --secret-binary fileb://bytes");
    expect((await json("get-secret-value --secret-id test/db")).SecretBinary).toBe("AAH+/w==");
    expect((await json("list-secrets --filters Key=tag-key,Values=team Key=description,Values=first")).SecretList).toHaveLength(1);
    expect((await json("batch-get-secret-value --secret-id-list test/db")).SecretValues).toHaveLength(1);
    expect((await json("list-secret-version-ids --secret-id test/db --include-deprecated")).Versions).toHaveLength(3);
    await json("put-resource-policy --secret-id test/db --resource-policy file://policy.json --block-public-policy");
    expect(JSON.parse((await json("get-resource-policy --secret-id test/db")).ResourcePolicy)).toEqual(JSON.parse(denyAll));
    expect((await json("validate-resource-policy --resource-policy file://policy.json")).PolicyValidationPassed).toBe(true);
    await json("delete-resource-policy --secret-id test/db");
    await json("tag-resource --secret-id test/db --tags Key=x,Value=y");
    await json("untag-resource --secret-id test/db --tag-keys team");
    expect((await json("get-random-password --password-length 12 --require-each-included-type")).RandomPassword).toHaveLength(12);
    await json("replicate-secret-to-regions --secret-id test/db --add-replica-regions Region=eu-west-2");
    await advance(10);
    expect((await json("describe-secret --secret-id test/db --region eu-west-2")).PrimaryRegion).toBe("us-east-1");
    await json("stop-replication-to-replica --secret-id test/db --region eu-west-2");
    await json("delete-secret --secret-id test/db --recovery-window-in-days 7");
    expect(await aws("aws secretsmanager get-secret-value --secret-id test/db")).toMatchObject({ stderr: expect.stringContaining("An error occurred (InvalidRequestException) when calling the GetSecretValue operation: You can't perform this operation on the secret because it was marked for deletion.") });
    await json("restore-secret --secret-id test/db");
    await json("delete-secret --secret-id test/db --force-delete-without-recovery");
    expect(await aws("aws secretsmanager describe-secret --secret-id test/db")).toMatchObject({ stderr: expect.stringContaining("An error occurred (ResourceNotFoundException) when calling the DescribeSecret operation: Secrets Manager can't find the specified secret.") });
  }, 300_000);
});
