import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startEndpoint } from "./endpoint";

/** The unmodified AWS CLI makes databases, reads them, and gets RDS's and Redshift's refusals, over the Query protocol. */
let endpoint: Awaited<ReturnType<typeof startEndpoint>>;
beforeAll(async () => {
  endpoint = await startEndpoint({ port: 0 });
});
afterAll(() => endpoint.close());
beforeEach(() => fetch(`${endpoint.url}/_keyhole/reset`, { method: "POST" }));
const advance = (seconds: number) => fetch(`${endpoint.url}/_keyhole/advance`, { method: "POST", body: JSON.stringify({ seconds }) });

const version = (() => {
  try {
    return execFileSync("aws", ["--version"], { encoding: "utf8" }).trim();
  } catch {
    return undefined;
  }
})();
if (!version) console.log("AWS CLI: not installed, so its checks are skipped (apt-get install awscli gives one).");

describe.skipIf(!version)(`AWS CLI (${version ?? "not installed"})`, { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), "keyhole-databases-"));
  const run = (line: string): Promise<{ stdout: string; stderr: string; code: number }> =>
    new Promise((resolve) =>
      execFile("bash", ["-c", `aws --endpoint-url ${endpoint.url} ${line}`], { cwd: folder, env: { ...process.env, AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_DEFAULT_REGION: "us-east-1", AWS_PAGER: "" } }, (error, stdout, stderr) =>
        resolve({ stdout, stderr, code: error ? Number(error.code ?? 1) : 0 }),
      ),
    );
  const json = async (line: string): Promise<any> => {
    const { stdout, stderr, code } = await run(`${line} --output json`);
    expect([code, stderr]).toEqual([0, ""]);
    return stdout ? JSON.parse(stdout) : undefined;
  };
  const error = async (line: string): Promise<string> => (await run(line)).stderr.trim();
  const create = "rds create-db-instance --db-instance-identifier shop --engine mysql --db-instance-class db.t4g.micro --allocated-storage 20 --master-username boss";

  test("an instance: made, waited for, described, tagged, changed, deleted", async () => {
    const made = await json(`${create} --master-user-password Rotate-Me-1 --db-name shop --tags Key=team,Value=a Key=stage,Value=dev --vpc-security-group-ids sg-1 sg-2 --storage-encrypted`);
    expect(made.DBInstance).toMatchObject({
      DBInstanceIdentifier: "shop", DBInstanceStatus: "creating", AllocatedStorage: 20, StorageEncrypted: true, MultiAZ: false, TagList: [{ Key: "team", Value: "a" }, { Key: "stage", Value: "dev" }],
      VpcSecurityGroups: [{ VpcSecurityGroupId: "sg-1", Status: "active" }, { VpcSecurityGroupId: "sg-2", Status: "active" }], DBParameterGroups: [{ DBParameterGroupName: "default.mysql8.4", ParameterApplyStatus: "in-sync" }], PendingModifiedValues: {},
    });
    await advance(300);
    expect(await run("rds wait db-instance-available --db-instance-identifier shop")).toMatchObject({ code: 0, stderr: "" });
    const { DBInstances } = await json("rds describe-db-instances");
    expect(DBInstances).toHaveLength(1);
    expect(DBInstances[0]).toMatchObject({ DBInstanceStatus: "available", Endpoint: { Port: 3306 } });
    expect(new Date(DBInstances[0].InstanceCreateTime).getTime()).toBeGreaterThan(0);
    expect(await run("rds describe-db-instances --query 'DBInstances[].[DBInstanceIdentifier,Endpoint.Port]' --output text")).toMatchObject({ stdout: "shop\t3306\n" });
    const arn = DBInstances[0].DBInstanceArn;
    await json(`rds add-tags-to-resource --resource-name ${arn} --tags Key=team,Value=b`);
    await json(`rds remove-tags-from-resource --resource-name ${arn} --tag-keys stage`);
    expect(await json(`rds list-tags-for-resource --resource-name ${arn}`)).toEqual({ TagList: [{ Key: "team", Value: "b" }] });
    const changed = await json("rds modify-db-instance --db-instance-identifier shop --master-user-password Another-One-2 --apply-immediately");
    expect(changed.DBInstance).toMatchObject({ DBInstanceStatus: "resetting-master-credentials", PendingModifiedValues: { MasterUserPassword: "****" } });
    await advance(60);
    expect((await json("rds delete-db-instance --db-instance-identifier shop --skip-final-snapshot")).DBInstance.DBInstanceStatus).toBe("deleting");
    await advance(180);
    expect(await run("rds wait db-instance-deleted --db-instance-identifier shop")).toMatchObject({ code: 0, stderr: "" });
  });

  test("a cluster with members, and a managed password", async () => {
    const made = await json("rds create-db-cluster --db-cluster-identifier heart --engine aurora-postgresql --master-username boss --manage-master-user-password --availability-zones us-east-1a us-east-1b");
    expect(made.DBCluster).toMatchObject({ DBClusterIdentifier: "heart", Status: "creating", AvailabilityZones: ["us-east-1a", "us-east-1b"], MasterUserSecret: { SecretStatus: "creating", SecretArn: expect.stringContaining("rds!cluster-") } });
    await json("rds create-db-instance --db-instance-identifier one --db-cluster-identifier heart --engine aurora-postgresql --db-instance-class db.t4g.medium");
    await advance(300);
    expect((await json("rds describe-db-clusters --db-cluster-identifier heart")).DBClusters[0]).toMatchObject({ Status: "available", DBClusterMembers: [{ DBInstanceIdentifier: "one", IsClusterWriter: true, PromotionTier: 1 }] });
    const { SecretString } = await json(`secretsmanager get-secret-value --secret-id '${made.DBCluster.MasterUserSecret.SecretArn}'`);
    expect(JSON.parse(SecretString)).toMatchObject({ username: "boss", password: expect.stringMatching(/^.{28}$/) });
    expect((await json("rds describe-db-instances --filters Name=db-cluster-id,Values=heart")).DBInstances).toHaveLength(1);
    expect(await run("docdb describe-db-clusters")).toMatchObject({ code: 0 });
  });

  test("engines, and what can be ordered", async () => {
    const { DBEngineVersions } = await json("rds describe-db-engine-versions --engine postgres --default-only");
    expect(DBEngineVersions).toMatchObject([{ Engine: "postgres", EngineVersion: "17.6", DBParameterGroupFamily: "postgres17" }]);
    expect((await run("rds describe-orderable-db-instance-options --engine mysql --engine-version 8.4.7 --query 'OrderableDBInstanceOptions[].DBInstanceClass' --output text")).stdout).toContain("db.t4g.micro");
  });

  test.each([
    ["rds describe-db-instances --db-instance-identifier none", "An error occurred (DBInstanceNotFound) when calling the DescribeDBInstances operation: DBInstance none not found."],
    ["rds describe-db-clusters --db-cluster-identifier none", "An error occurred (DBClusterNotFoundFault) when calling the DescribeDBClusters operation: DBCluster none not found."],
    [`${create} --master-user-password short`, "An error occurred (InvalidParameterValue) when calling the CreateDBInstance operation: The parameter MasterUserPassword is not a valid password because it is shorter than 8 characters."],
    ["rds create-db-snapshot --db-instance-identifier shop --db-snapshot-identifier s", "An error occurred (NotSimulated) when calling the CreateDBSnapshot operation: Keyhole does not simulate CreateDBSnapshot of Amazon Relational Database Service. AWS has this operation; this lab does not."],
    ["redshift describe-clusters --cluster-identifier none", "An error occurred (ClusterNotFound) when calling the DescribeClusters operation: Cluster none not found."],
    ["redshift create-cluster --cluster-identifier sales --node-type ra3.large --master-username boss --master-user-password lowercase1", "An error occurred (InvalidParameterValue) when calling the CreateCluster operation: The parameter MasterUserPassword must contain at least one upper case letter."],
  ])("%s", async (line, text) => expect((await error(line)).replace(/^aws: \[ERROR\]: /, "")).toBe(text));

  test("Redshift", async () => {
    const made = await json("redshift create-cluster --cluster-identifier sales --node-type ra3.large --master-username boss --master-user-password Rotate-Me-1 --tags Key=a,Value=1");
    expect(made.Cluster).toMatchObject({ ClusterIdentifier: "sales", ClusterStatus: "creating", NumberOfNodes: 1, Tags: [{ Key: "a", Value: "1" }] });
    await advance(240);
    expect(await run("redshift wait cluster-available --cluster-identifier sales")).toMatchObject({ code: 0, stderr: "" });
    const { Clusters } = await json("redshift describe-clusters");
    expect(Clusters[0]).toMatchObject({ ClusterStatus: "available", Endpoint: { Port: 5439 }, ClusterNodes: [{ NodeRole: "SHARED" }] });
    await json("redshift create-tags --resource-name arn:aws:redshift:us-east-1:111122223333:cluster:sales --tags Key=b,Value=2");
    expect((await json("redshift describe-tags")).TaggedResources).toHaveLength(2);
    expect((await json("redshift delete-cluster --cluster-identifier sales --skip-final-cluster-snapshot")).Cluster.ClusterStatus).toBe("deleting");
  });
});
