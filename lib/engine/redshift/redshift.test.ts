import { describe, expect, test } from "vitest";
import { A, admin, freshLab, masterPassword } from "../database/database.test-helper";
import type { JsonObject } from "../types";

/** Codes and texts: Redshift API, errors of each operation; the texts as users quote them in public (see `errors.ts`). */

const small = (more: JsonObject = {}): JsonObject => ({ ClusterIdentifier: "sales", NodeType: "ra3.large", MasterUsername: "boss", MasterUserPassword: masterPassword, ...more });

async function redshiftLab() {
  const words = await freshLab();
  const { lab, must, fails, call } = words;
  return {
    ...words,
    redshift: (operation: string, input: JsonObject = {}, caller = admin): Promise<any> => must("redshift", operation, input, caller),
    refuses: (operation: string, input: JsonObject = {}, caller = admin): Promise<string> => fails("redshift", operation, input, caller),
    cluster: async (): Promise<any> => (await must("redshift", "DescribeClusters", { ClusterIdentifier: "sales" })).Clusters[0],
    enter: async (Host: string, Password = masterPassword): Promise<boolean> => (await call("database", "Connect", { Host, User: "boss", Password, Database: "dev" })).ok,
    minutes: (n: number) => lab.advance(n * 60_000),
  };
}

test("a cluster from its making to its end", async () => {
  const { redshift, cluster, minutes, refuses, enter, must } = await redshiftLab();
  const made = (await redshift("CreateCluster", small({ Tags: [{ Key: "team", Value: "a" }] }))).Cluster;
  const { KeyMetadata } = await must("kms", "DescribeKey", { KeyId: "alias/aws/redshift" });
  expect(made).toMatchObject({ ClusterIdentifier: "sales", ClusterStatus: "creating", ClusterAvailabilityStatus: "Modifying", NodeType: "ra3.large", NumberOfNodes: 1, DBName: "dev", MasterUsername: "boss", Encrypted: true, KmsKeyId: KeyMetadata.Arn, Tags: [{ Key: "team", Value: "a" }] });
  expect([made.Endpoint, JSON.stringify(made).includes(masterPassword)]).toEqual([undefined, false]);
  expect(await refuses("ModifyCluster", { ClusterIdentifier: "sales", AllowVersionUpgrade: false })).toBe("InvalidClusterState: There is an operation running on the Cluster. Please try to modify it at a later time.");
  await minutes(4);
  const there = await cluster();
  expect(there).toMatchObject({ ClusterStatus: "available", ClusterAvailabilityStatus: "Available", Endpoint: { Address: expect.stringMatching(/^sales\.c[a-z0-9]{11}\.us-east-1\.redshift\.amazonaws\.com$/), Port: 5439 } });
  expect(await enter(there.Endpoint.Address)).toBe(true);
  expect(await refuses("CreateCluster", small())).toBe("ClusterAlreadyExists: Cluster already exists");

  expect((await redshift("ModifyCluster", { ClusterIdentifier: "sales", MasterUserPassword: "Another-One-2" })).Cluster).toMatchObject({ ClusterStatus: "modifying", PendingModifiedValues: { MasterUserPassword: "****" } });
  expect(await enter(there.Endpoint.Address)).toBe(true);
  await minutes(1);
  expect([await enter(there.Endpoint.Address), await enter(there.Endpoint.Address, "Another-One-2")]).toEqual([false, true]);

  expect((await redshift("ModifyCluster", { ClusterIdentifier: "sales", NumberOfNodes: 2, ClusterType: "multi-node" })).Cluster.ClusterStatus).toBe("resizing");
  await minutes(6);
  expect(await cluster()).toMatchObject({ ClusterStatus: "available", NumberOfNodes: 2, ClusterNodes: [{ NodeRole: "LEADER" }, { NodeRole: "COMPUTE-0" }, { NodeRole: "COMPUTE-1" }] });

  expect(await refuses("DeleteCluster", { ClusterIdentifier: "sales" })).toBe("InvalidParameterCombination: FinalClusterSnapshotIdentifier is required unless SkipFinalClusterSnapshot is specified.");
  expect((await redshift("DeleteCluster", { ClusterIdentifier: "sales", FinalClusterSnapshotIdentifier: "last" })).Cluster.ClusterStatus).toBe("deleting");
  expect(await enter(there.Endpoint.Address, "Another-One-2")).toBe(false);
  await minutes(3);
  expect(await refuses("DescribeClusters", { ClusterIdentifier: "sales" })).toBe("ClusterNotFound: Cluster sales not found.");
  expect((await must("kms", "ListGrants", { KeyId: KeyMetadata.KeyId })).Grants).toEqual([]);
});

describe("CreateCluster refuses", () => {
  test.each<[string, JsonObject, string | RegExp]>([
    ["capitals in the identifier", { ClusterIdentifier: "Sales" }, /^InvalidParameterValue: The parameter ClusterIdentifier is not a valid identifier/],
    ["a node type that there is not", { NodeType: "huge" }, "InvalidParameterValue: Invalid node type: huge"],
    ["a node type that is left out", { NodeType: "ra3.16xlarge" }, /^NotSimulated/],
    ["several nodes of one", { ClusterType: "single-node", NumberOfNodes: 2 }, "InvalidParameterCombination: Number of nodes for cluster type single-node must be equal to 1."],
    ["one node of several", { ClusterType: "multi-node", NumberOfNodes: 1 }, "InvalidParameterCombination: Number of nodes for cluster type multi-node must be greater than or equal to 2."],
    ["a user with capitals", { MasterUsername: "Boss" }, /^InvalidParameterValue: The parameter MasterUsername/],
    ["no password", { MasterUserPassword: undefined }, "InvalidParameterValue: The parameter MasterUserPassword must be provided and must not be blank."],
    ["a password without capitals", { MasterUserPassword: "passw0rd1" }, "InvalidParameterValue: The parameter MasterUserPassword must contain at least one upper case letter."],
    ["a password without small letters", { MasterUserPassword: "PASSW0RD1" }, "InvalidParameterValue: The parameter MasterUserPassword must contain at least one lower case letter."],
    ["a password without a number", { MasterUserPassword: "Password!" }, "InvalidParameterValue: The parameter MasterUserPassword must contain at least one number."],
    ["a password with a quote", { MasterUserPassword: "Passw0rd'" }, /Only printable ASCII characters except for/],
    ["a short password", { MasterUserPassword: "Sh0rt!" }, "InvalidParameterValue: The parameter MasterUserPassword is not a valid password because it is shorter than 8 characters."],
    ["a database with capitals", { DBName: "Sales" }, "InvalidParameterValue: Only lowercase Database names are supported."],
    ["a port out of RA3's ranges", { Port: 3306 }, /^InvalidParameterValue: Invalid port: 3306/],
    ["both ways of a password", { ManageMasterPassword: true }, "InvalidParameterCombination: You can't specify MasterUserPassword when ManageMasterPassword is true."],
    ["no encryption", { Encrypted: false }, /^InvalidParameterValue: Clusters must be encrypted/],
    ["a key that there is not", { KmsKeyId: "alias/none" }, /^InvalidParameterValue: The specified KMS key alias\/none/],
    ["roles", { IamRoles: ["arn:aws:iam::111122223333:role/x"] }, /^NotSimulated: .*IamRoles/],
    ["a subnet group", { ClusterSubnetGroupName: "mine" }, "ClusterSubnetGroupNotFoundFault: Subnet group mine not found."],
    ["tags of AWS's own", { Tags: [{ Key: "aws:x", Value: "1" }] }, /^InvalidTagFault/],
  ])("%s", async (_, more, text) => {
    const { refuses, lab } = await redshiftLab();
    const before = JSON.stringify(lab.snapshot().records);
    const got = await refuses("CreateCluster", small(more));
    if (typeof text === "string") expect(got).toBe(text);
    else expect(got).toMatch(text);
    expect(JSON.stringify(lab.snapshot().records)).toBe(before);
  });
});

test("a password that Redshift manages: made, rotated in thirty days, turned off", async () => {
  const { redshift, cluster, minutes, must, fails, enter, lab } = await redshiftLab();
  await redshift("CreateCluster", small({ MasterUserPassword: undefined, ManageMasterPassword: true }));
  await minutes(4);
  const { MasterPasswordSecretArn, Endpoint } = await cluster();
  expect(MasterPasswordSecretArn).toMatch(/:secret:redshift!sales-boss-\w{6}$/);
  expect(await must("secretsmanager", "DescribeSecret", { SecretId: MasterPasswordSecretArn })).toMatchObject({ OwningService: "redshift", RotationEnabled: true, RotationRules: { AutomaticallyAfterDays: 30 } });
  const value = async (): Promise<string> => JSON.parse((await must("secretsmanager", "GetSecretValue", { SecretId: MasterPasswordSecretArn })).SecretString).password;
  const first = await value();
  expect(await enter(Endpoint.Address, first)).toBe(true);
  await lab.advance(31 * 86_400_000);
  const second = await value();
  expect([first === second, await enter(Endpoint.Address, first), await enter(Endpoint.Address, second)]).toEqual([false, false, true]);
  await redshift("ModifyCluster", { ClusterIdentifier: "sales", ManageMasterPassword: false, MasterUserPassword: "Another-One-2" });
  await minutes(1);
  expect((await cluster()).MasterPasswordSecretArn).toBeUndefined();
  expect(await fails("secretsmanager", "DescribeSecret", { SecretId: MasterPasswordSecretArn })).toMatch(/^ResourceNotFoundException/);
  expect(await enter(Endpoint.Address, "Another-One-2")).toBe(true);
});

test("tags", async () => {
  const { redshift, refuses } = await redshiftLab();
  await redshift("CreateCluster", small());
  const ResourceName = `arn:aws:redshift:us-east-1:${A}:cluster:sales`;
  await redshift("CreateTags", { ResourceName, Tags: [{ Key: "a", Value: "1" }, { Key: "b", Value: "2" }] });
  await redshift("DeleteTags", { ResourceName, TagKeys: ["a"] });
  expect((await redshift("DescribeTags", { ResourceName })).TaggedResources).toEqual([{ Tag: { Key: "b", Value: "2" }, ResourceName, ResourceType: "cluster" }]);
  expect((await redshift("DescribeTags", { TagKeys: ["none"] })).TaggedResources).toEqual([]);
  expect((await redshift("DescribeClusters", { TagKeys: ["b"] })).Clusters).toHaveLength(1);
  expect(await refuses("CreateTags", { ResourceName: `${ResourceName}x`, Tags: [] })).toMatch(/^ResourceNotFoundFault/);
});

test("who may, and what CloudTrail keeps of it", async () => {
  const { redshift, refuses, must } = await redshiftLab();
  await must("iam", "CreateUser", { UserName: "eve" });
  expect(await refuses("CreateCluster", small(), { account: A, user: "eve" })).toBe(`AccessDenied: User: arn:aws:iam::${A}:user/eve is not authorized to perform: redshift:CreateCluster on resource: arn:aws:redshift:us-east-1:${A}:cluster:sales because no identity-based policy allows the redshift:CreateCluster action`);
  await redshift("CreateCluster", small());
  const { Events } = await must("cloudtrail", "LookupEvents", { LookupAttributes: [{ AttributeKey: "EventName", AttributeValue: "CreateCluster" }] });
  const [made] = Events.map(({ CloudTrailEvent }: any) => JSON.parse(CloudTrailEvent)).filter(({ errorCode }: any) => !errorCode);
  expect(made).toMatchObject({ eventSource: "redshift.amazonaws.com", requestParameters: { masterUserPassword: "****" }, responseElements: { clusterIdentifier: "sales", clusterStatus: "creating" } });
  expect(JSON.stringify(Events)).not.toContain(masterPassword);
});

test("nodes by the hour, and replay", async () => {
  const { redshift, minutes, lab } = await redshiftLab();
  const copy = lab.fork();
  const { bills } = await import("../billing/bill");
  await redshift("CreateCluster", small({ NodeType: "dc2.large", NumberOfNodes: 2, ManageMasterPassword: true, MasterUserPassword: undefined }));
  await minutes(3);
  await minutes(120);
  const [line] = bills(lab.read, A, lab.now())[0].lines.filter(({ item }) => item.startsWith("redshift:"));
  expect([line.item, line.quantity, line.usd]).toEqual(["redshift:node:dc2.large", 4, 1]);
  await redshift("DeleteCluster", { ClusterIdentifier: "sales", SkipFinalClusterSnapshot: true });
  await minutes(3);
  copy.replay(lab.journal);
  expect(JSON.stringify(copy.snapshot())).toBe(JSON.stringify(lab.snapshot()));
});
