import { describe, expect, test } from "vitest";
import { loadServices } from "../catalog";
import { body, world } from "./stacks.test-helper";

/** Databases in stacks: made, changed, watched for drift, and gone with the stack. */

const resources = (Resources: object, Outputs: object = {}): object => ({ Resources, ...(Object.keys(Outputs).length ? { Outputs } : {}) });
const att = (name: string, attribute: string): object => ({ Value: { "Fn::GetAtt": [name, attribute] } });
const instance = (more: object = {}): object => ({ Type: "AWS::RDS::DBInstance", DeletionPolicy: "Delete", Properties: { Engine: "mysql", DBInstanceClass: "db.t4g.micro", AllocatedStorage: "20", MasterUsername: "boss", MasterUserPassword: "Rotate-Me-1", DBName: "shop", ...more } });

async function databases() {
  await loadServices();
  const w = await world();
  return {
    ...w,
    enters: async (Host: string | undefined, User: string, Password: string, Database = "shop"): Promise<boolean> => (await w.call("database", "Connect", { Host: String(Host), User, Password, Database })).ok,
    secret: async (SecretId: string): Promise<any> => JSON.parse((await w.must("secretsmanager", "GetSecretValue", { SecretId })).SecretString),
  };
}

describe("AWS::RDS::DBInstance", () => {
  test("is made and can be logged in to; is changed; goes with the stack", async () => {
    const w = await databases();
    const outputs = { Host: att("Db", "Endpoint.Address"), Port: att("Db", "Endpoint.Port"), Arn: att("Db", "DBInstanceArn") };
    expect((await w.create("s", resources({ Db: instance({ Tags: [{ Key: "team", Value: "a" }] }) }, outputs))).StackStatus).toBe("CREATE_COMPLETE");
    const host = await w.output("s", "Host");
    expect([await w.output("s", "Port"), await w.enters(host, "boss", "Rotate-Me-1")]).toEqual(["3306", true]);
    const name = (await w.cfn("DescribeStackResource", { StackName: "s", LogicalResourceId: "Db" })).StackResourceDetail.PhysicalResourceId;
    // A made-up name, in small letters.
    expect(name).toMatch(/^s-db-[a-z0-9]{12}$/);
    const changed = await w.update("s", resources({ Db: instance({ DBInstanceClass: "db.t4g.small", AllocatedStorage: 30, MasterUserPassword: "Another-One-2", Tags: [{ Key: "team", Value: "b" }] }) }, outputs));
    expect(changed.StackStatus).toBe("UPDATE_COMPLETE");
    const [found] = (await w.must("rds", "DescribeDBInstances", { DBInstanceIdentifier: name })).DBInstances;
    expect(found).toMatchObject({ DBInstanceStatus: "available", DBInstanceClass: "db.t4g.small", AllocatedStorage: 30, TagList: [{ Key: "team", Value: "b" }] });
    expect([await w.enters(host, "boss", "Rotate-Me-1"), await w.enters(host, "boss", "Another-One-2")]).toEqual([false, true]);
    expect((await w.remove("s")).StackStatus).toBe("DELETE_COMPLETE");
    expect((await w.must("rds", "DescribeDBInstances")).DBInstances).toEqual([]);
  });

  test("leaves a final snapshot unless the template says otherwise", async () => {
    const w = await databases();
    const { DeletionPolicy: _, ...kept } = instance() as { DeletionPolicy: string };
    await w.create("s", resources({ Db: kept }));
    await w.remove("s");
    const rows = w.lab.read({ account: "111122223333", region: "us-east-1", service: "rds" }).table<{ identifier: string }>("snapshots").all();
    expect(rows).toMatchObject([{ identifier: expect.stringMatching(/^s-db-.*-snapshot-/), of: "DBInstance" }]);
  });

  test("with a password that Secrets Manager made, and rotation finds the database", async () => {
    const w = await databases();
    const template = resources(
      {
        Login: { Type: "AWS::SecretsManager::Secret", Properties: { GenerateSecretString: { SecretStringTemplate: '{"username":"boss"}', GenerateStringKey: "password", PasswordLength: 30, ExcludeCharacters: "\"@/\\'" } } },
        Db: instance({ MasterUsername: { "Fn::Sub": "{{resolve:secretsmanager:${Login}:SecretString:username}}" }, MasterUserPassword: { "Fn::Sub": "{{resolve:secretsmanager:${Login}:SecretString:password}}" } }),
        Attached: { Type: "AWS::SecretsManager::SecretTargetAttachment", Properties: { SecretId: { Ref: "Login" }, TargetId: { Ref: "Db" }, TargetType: "AWS::RDS::DBInstance" } },
      },
      { Secret: { Value: { Ref: "Login" } }, Host: att("Db", "Endpoint.Address") },
    );
    expect((await w.create("s", template)).StackStatus).toBe("CREATE_COMPLETE");
    const secret = await w.secret((await w.output("s", "Secret"))!);
    expect(secret).toMatchObject({ username: "boss", engine: "mysql", host: await w.output("s", "Host"), port: 3306, dbname: "shop" });
    expect(await w.enters(secret.host, secret.username, secret.password)).toBe(true);
    // The template holds a reference, never the password.
    expect(JSON.stringify(await w.cfn("GetTemplate", { StackName: "s" }))).not.toContain(secret.password);
  });

  test("with a password that RDS manages", async () => {
    const w = await databases();
    const template = resources({ Db: instance({ MasterUserPassword: undefined, ManageMasterUserPassword: true }) }, { Secret: att("Db", "MasterUserSecret.SecretArn"), Host: att("Db", "Endpoint.Address") });
    expect((await w.create("s", template)).StackStatus).toBe("CREATE_COMPLETE");
    const { username, password } = await w.secret((await w.output("s", "Secret"))!);
    expect(await w.enters(await w.output("s", "Host"), username, password)).toBe(true);
  });

  test("a refusal of RDS is the stack's, in its words, and nothing is left", async () => {
    const w = await databases();
    expect((await w.create("s", resources({ Db: instance({ MasterUserPassword: "short" }) }))).StackStatus).toBe("ROLLBACK_COMPLETE");
    expect((await w.events("s")).find((event) => event.startsWith("Db CREATE_FAILED"))).toMatch(/The parameter MasterUserPassword is not a valid password because it is shorter than 8 characters\. \(Service: Rds, Status Code: 400, Request ID: .*HandlerErrorCode: InvalidRequest\)/);
    expect((await w.must("rds", "DescribeDBInstances")).DBInstances).toEqual([]);
  });

  test("a creation that is given up half way leaves no database, and no snapshot", async () => {
    const w = await databases();
    expect((await w.create("s", resources({ Db: instance(), Bad: { Type: "AWS::RDS::DBInstance", Properties: { ...(instance() as any).Properties, DBInstanceClass: "nonsense" } } }))).StackStatus).toBe("ROLLBACK_COMPLETE");
    await w.lab.advance(600_000);
    expect((await w.must("rds", "DescribeDBInstances")).DBInstances).toEqual([]);
    expect(w.lab.read({ account: "111122223333", region: "us-east-1", service: "rds" }).table("snapshots").size).toBe(0);
  });

  test("drift: what was changed behind the stack's back, and nothing else", async () => {
    const w = await databases();
    await w.create("s", resources({ Db: instance({ EngineVersion: "8.4", StorageEncrypted: true, KmsKeyId: "alias/aws/rds", DBInstanceIdentifier: "Shop", PreferredMaintenanceWindow: undefined }) }));
    const drift = async (): Promise<any[]> => {
      await w.cfn("DetectStackDrift", { StackName: "s" });
      await w.lab.advance(60_000);
      return (await w.cfn("DescribeStackResourceDrifts", { StackName: "s" })).StackResourceDrifts;
    };
    expect((await drift()).map(({ StackResourceDriftStatus, PropertyDifferences }) => [StackResourceDriftStatus, PropertyDifferences ?? []])).toEqual([["IN_SYNC", []]]);
    await w.must("rds", "ModifyDBInstance", { DBInstanceIdentifier: "shop", AllocatedStorage: 40, ApplyImmediately: true });
    await w.lab.advance(300_000);
    expect((await drift())[0]).toMatchObject({ StackResourceDriftStatus: "MODIFIED", PropertyDifferences: [{ PropertyPath: "/AllocatedStorage", ExpectedValue: "20", ActualValue: "40" }] });
  });

  test("a change that needs another instance makes it before the old one goes", async () => {
    const w = await databases();
    await w.create("s", resources({ Db: instance() }, { Host: att("Db", "Endpoint.Address") }));
    const before = await w.output("s", "Host");
    await w.update("s", resources({ Db: instance({ DBName: "other" }) }, { Host: att("Db", "Endpoint.Address") }));
    const after = await w.output("s", "Host");
    expect([after === before, await w.enters(after, "boss", "Rotate-Me-1", "other"), await w.enters(before, "boss", "Rotate-Me-1")]).toEqual([false, true, false]);
  });
});

test.each([
  ["RDS", "aurora-postgresql", "rds", 5432],
  ["DocDB", undefined, "docdb", 27017],
] as const)("AWS::%s::DBCluster with an instance", async (service, Engine, domain, port) => {
  const w = await databases();
  const template = resources(
    {
      Heart: { Type: `AWS::${service}::DBCluster`, DeletionPolicy: "Delete", Properties: { ...(Engine ? { Engine, DatabaseName: "shop" } : {}), MasterUsername: "boss", MasterUserPassword: "Rotate-Me-1" } },
      One: { Type: `AWS::${service}::DBInstance`, Properties: { ...(Engine ? { Engine } : {}), DBClusterIdentifier: { Ref: "Heart" }, DBInstanceClass: "db.t4g.medium" } },
    },
    { Host: att("Heart", "Endpoint.Address"), Port: att("Heart", "Endpoint.Port"), Reader: att("Heart", service === "RDS" ? "ReadEndpoint.Address" : "ReadEndpoint.Address") },
  );
  expect((await w.create("s", template)).StackStatus).toBe("CREATE_COMPLETE");
  const host = await w.output("s", "Host");
  expect([await w.output("s", "Port"), host, await w.enters(host, "boss", "Rotate-Me-1"), await w.enters(await w.output("s", "Reader"), "boss", "Rotate-Me-1")]).toEqual([String(port), expect.stringContaining(`.${domain}.amazonaws.com`), true, true]);
  expect((await w.remove("s")).StackStatus).toBe("DELETE_COMPLETE");
  expect([(await w.must("rds", "DescribeDBClusters")).DBClusters, (await w.must("rds", "DescribeDBInstances")).DBInstances]).toEqual([[], []]);
});

test("AWS::Redshift::Cluster", async () => {
  const w = await databases();
  const sales = (more: object = {}): object => resources({ Sales: { Type: "AWS::Redshift::Cluster", DeletionPolicy: "Delete", Properties: { ClusterType: "single-node", NodeType: "ra3.large", DBName: "sales", MasterUsername: "boss", MasterUserPassword: "Rotate-Me-1", ...more } } }, { Host: att("Sales", "Endpoint.Address") });
  expect((await w.create("s", sales())).StackStatus).toBe("CREATE_COMPLETE");
  const host = await w.output("s", "Host");
  expect(await w.enters(host, "boss", "Rotate-Me-1", "sales")).toBe(true);
  expect((await w.update("s", sales({ MasterUserPassword: "Another-One-2", Tags: [{ Key: "a", Value: "1" }] }))).StackStatus).toBe("UPDATE_COMPLETE");
  expect([await w.enters(host, "boss", "Rotate-Me-1", "sales"), await w.enters(host, "boss", "Another-One-2", "sales")]).toEqual([false, true]);
  expect((await w.remove("s")).StackStatus).toBe("DELETE_COMPLETE");
  expect((await w.must("redshift", "DescribeClusters")).Clusters).toEqual([]);
});

test("what the lab leaves out says so by name", async () => {
  const w = await databases();
  expect(await w.fails("cloudformation", "CreateStack", { StackName: "s", TemplateBody: body(resources({ Group: { Type: "AWS::RDS::DBSubnetGroup", Properties: {} } })) })).toMatch(/AWS::RDS::DBSubnetGroup/);
});
