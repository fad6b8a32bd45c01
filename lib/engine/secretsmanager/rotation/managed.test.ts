import { beforeEach, describe, expect, test } from "vitest";
import { DAY, HOUR, MINUTE, type RotationLab, SECOND, policy, rotationLab, trust } from "./rotation.test-helper";
import type { JsonObject } from "../../types";

/** Master passwords that RDS and Redshift keep in Secrets Manager: rotated without a function. */
let w: RotationLab;
beforeEach(async () => {
  w = await rotationLab();
});

const rds = (operation: string, input: JsonObject): Promise<any> => w.must(operation, input, { service: "rds" });

async function instance(more: JsonObject = {}): Promise<{ arn: string; host: string; name: string }> {
  await rds("CreateDBInstance", { DBInstanceIdentifier: "shop", Engine: "mysql", DBInstanceClass: "db.t4g.micro", AllocatedStorage: 20, MasterUsername: "admin", ManageMasterUserPassword: true, DBName: "shop", ...more });
  await w.lab.advance(HOUR);
  const [{ MasterUserSecret, Endpoint }] = (await rds("DescribeDBInstances", { DBInstanceIdentifier: "shop" })).DBInstances;
  const { Name } = await w.must("DescribeSecret", { SecretId: MasterUserSecret.SecretArn });
  return { arn: MasterUserSecret.SecretArn, host: Endpoint.Address, name: Name };
}

describe("the secret of a database instance", () => {
  test("is rotated every seven days, in four steps, and the database has the new password", async () => {
    const { arn, host, name } = await instance();
    const before = await w.value(arn);
    expect(await w.must("DescribeSecret", { SecretId: arn })).toMatchObject({ OwningService: "rds", RotationEnabled: true, RotationRules: { AutomaticallyAfterDays: 7 } });
    expect(await w.logsIn(host, before.username, before.password)).toBe(true);
    const entries = await w.lab.advance(8 * DAY);
    expect(entries.filter(({ trace }) => trace.operation === "RotationStep")).toHaveLength(4);
    const after = await w.value(arn);
    expect(after).toEqual({ username: "admin", password: expect.stringMatching(/^.{28}$/) });
    expect(after.password).not.toBe(before.password);
    expect([await w.logsIn(host, "admin", after.password), await w.logsIn(host, "admin", before.password)]).toEqual([true, false]);
    expect(w.row(name).rotation).toBeUndefined();
    expect(w.events()).toEqual(expect.arrayContaining(["RotationStarted", "RotationSucceeded"]));
  });

  test("is rotated at once by RDS or by Secrets Manager, and its schedule can be changed", async () => {
    const { arn, host } = await instance();
    const first = await w.value(arn);
    await rds("ModifyDBInstance", { DBInstanceIdentifier: "shop", RotateMasterUserPassword: true, ApplyImmediately: true });
    await w.lab.advance(MINUTE);
    const second = await w.value(arn);
    expect(second.password).not.toBe(first.password);
    expect(await w.rotate(arn, { RotationRules: { ScheduleExpression: "rate(30 days)" } })).toMatchObject({ ok: true });
    await w.lab.advance(MINUTE);
    const third = await w.value(arn);
    expect(third.password).not.toBe(second.password);
    expect(await w.logsIn(host, "admin", third.password)).toBe(true);
    expect(await w.must("DescribeSecret", { SecretId: arn })).toMatchObject({ RotationRules: { AutomaticallyAfterDays: 30, ScheduleExpression: "rate(30 days)" } });
  });

  test("has no function, and its rotation is not turned off", async () => {
    const { arn } = await instance();
    const refusal = "InvalidRequestException: You can't perform this operation on the secret because it is managed by another service: rds.";
    expect(await w.fails("RotateSecret", { SecretId: arn, ClientRequestToken: w.token(), RotationLambdaARN: await w.makeFunction("f") })).toBe(refusal);
    expect(await w.fails("CancelRotateSecret", { SecretId: arn })).toBe(refusal);
  });

  test("that cannot be reached fails its rotation at testSecret, and succeeds once it is there again", async () => {
    const { arn, name, host } = await instance();
    await rds("StopDBInstance", { DBInstanceIdentifier: "shop" });
    await w.lab.advance(HOUR);
    await w.rotate(arn);
    await w.lab.advance(MINUTE);
    expect(w.row(name).rotation).toMatchObject({ failedStep: "testSecret", failure: expect.stringContaining("ConnectionRefused") });
    expect(w.records().at(-1)).toMatchObject({ eventName: "RotationFailed", errorMessage: "Error when rds rotated the secret during testSecret step" });
    await rds("StartDBInstance", { DBInstanceIdentifier: "shop" });
    await w.lab.advance(2 * HOUR);
    expect(w.row(name).rotation).toBeUndefined();
    const { password } = await w.value(arn);
    expect(await w.logsIn(host, "admin", password)).toBe(true);
  });

  test("under a customer managed key rotates as well", async () => {
    const { KeyMetadata } = await w.must("CreateKey", {}, { service: "kms" });
    const { arn, host } = await instance({ MasterUserSecretKmsKeyId: KeyMetadata.Arn });
    await w.rotate(arn);
    await w.lab.advance(MINUTE);
    const { password } = await w.value(arn);
    expect(w.events()).toContain("RotationSucceeded");
    expect(await w.logsIn(host, "admin", password)).toBe(true);
  });

  test("an application with its login goes on after it, when it is told the host", async () => {
    const { arn, host } = await instance();
    await w.must("CreateRole", { RoleName: "app", AssumeRolePolicyDocument: trust("ec2.amazonaws.com") }, { service: "iam" });
    await w.must("PutRolePolicy", { RoleName: "app", PolicyName: "p", PolicyDocument: policy(["secretsmanager:GetSecretValue"]) }, { service: "iam" });
    await w.must("StartApplication", { Name: "shop", Role: "app", SecretId: arn, Host: host, CacheSeconds: 3600 }, { service: "application" });
    await w.lab.advance(5 * SECOND);
    await w.rotate(arn);
    for (let i = 0; i < 20; i++) await w.lab.advance(SECOND);
    const { Outages, Connections } = await w.must("DescribeApplication", { Name: "shop" }, { service: "application" });
    expect(Outages).toMatchObject([{ Failed: 4 }]);
    expect(Connections.at(-1)).toMatchObject({ Succeeded: true, User: "admin" });
  });
});

describe("of other kinds of database", () => {
  test.each<[string, string, JsonObject, (w: RotationLab) => Promise<{ arn: string; host: string; database?: string }>]>([
    ["Aurora MySQL", "rds", { DBClusterIdentifier: "c", Engine: "aurora-mysql" }, cluster],
    ["Aurora PostgreSQL", "rds", { DBClusterIdentifier: "c", Engine: "aurora-postgresql" }, async (lab) => ({ ...(await cluster(lab)), database: "postgres" })],
    ["DocumentDB", "rds", { DBClusterIdentifier: "c", Engine: "docdb" }, cluster],
    ["Redshift", "redshift", { ClusterIdentifier: "c", NodeType: "ra3.large", ClusterType: "single-node" }, async (lab) => {
      const [{ MasterPasswordSecretArn, Endpoint }] = (await lab.must("DescribeClusters", {}, { service: "redshift" })).Clusters;
      return { arn: MasterPasswordSecretArn, host: Endpoint.Address, database: "dev" };
    }],
  ])("%s", async (_name, service, input, find) => {
    const manage = service === "rds" ? { ManageMasterUserPassword: true } : { ManageMasterPassword: true };
    const operation = service === "rds" ? "CreateDBCluster" : "CreateCluster";
    await w.must(operation, { ...input, MasterUsername: "boss", ...manage }, { service });
    // A cluster answers by its instances.
    if (service === "rds") await rds("CreateDBInstance", { DBInstanceIdentifier: "i", DBClusterIdentifier: "c", Engine: input.Engine, DBInstanceClass: "db.t4g.medium" });
    await w.lab.advance(HOUR);
    const { arn, host, database } = await find(w);
    const before = await w.value(arn);
    await w.rotate(arn);
    await w.lab.advance(MINUTE);
    const after = await w.value(arn);
    expect([await w.logsIn(host, "boss", after.password, database), await w.logsIn(host, "boss", before.password, database)]).toEqual([true, false]);
    expect(w.events()).toContain("RotationSucceeded");
  });
});

async function cluster(lab: RotationLab): Promise<{ arn: string; host: string }> {
  const [{ MasterUserSecret, Endpoint }] = (await lab.must("DescribeDBClusters", {}, { service: "rds" })).DBClusters;
  return { arn: MasterUserSecret.SecretArn, host: Endpoint };
}

test("a secret that a service owns without saying whose password it is cannot be rotated", async () => {
  await w.create("orphan", { username: "admin", password: "p" });
  await w.asService((ctx) => {
    ctx.db.at({ service: "secretsmanager" }).table<any>("secrets").edit("orphan").OwningService = "rds";
  });
  await w.rotate("orphan");
  await w.lab.advance(MINUTE);
  expect(w.row("orphan").rotation).toMatchObject({ failedStep: "setSecret", failure: "InvalidRequestException: No tag of the secret says whose password it is." });
});
