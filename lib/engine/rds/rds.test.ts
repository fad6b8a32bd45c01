import { describe, expect, test } from "vitest";
import { A, B, admin, freshLab, masterPassword } from "../database/database.test-helper";
import type { JsonObject } from "../types";

/** Codes and texts: RDS API, errors of each operation; the texts as users quote them in public (see `errors.ts`). */

const arnOf = (kind: "db" | "cluster", id: string): string => `arn:aws:rds:us-east-1:${A}:${kind}:${id}`;
const small = (more: JsonObject = {}): JsonObject => ({ DBInstanceIdentifier: "shop", Engine: "mysql", DBInstanceClass: "db.t4g.micro", AllocatedStorage: 20, MasterUsername: "boss", MasterUserPassword: masterPassword, ...more });
const cluster = (more: JsonObject = {}): JsonObject => ({ DBClusterIdentifier: "heart", Engine: "aurora-postgresql", MasterUsername: "boss", MasterUserPassword: masterPassword, ...more });

async function rdsLab() {
  const words = await freshLab();
  const { lab, must, fails, call } = words;
  return {
    ...words,
    rds: (operation: string, input: JsonObject = {}, caller = admin): Promise<any> => must("rds", operation, input, caller),
    refuses: (operation: string, input: JsonObject = {}, caller = admin): Promise<string> => fails("rds", operation, input, caller),
    instance: async (id = "shop"): Promise<any> => (await must("rds", "DescribeDBInstances", { DBInstanceIdentifier: id })).DBInstances[0],
    cluster: async (id = "heart"): Promise<any> => (await must("rds", "DescribeDBClusters", { DBClusterIdentifier: id })).DBClusters[0],
    enter: async (Host: string, User = "boss", Password = masterPassword): Promise<boolean> => (await call("database", "Connect", { Host, User, Password, Database: "" })).ok,
    minutes: (n: number) => lab.advance(n * 60_000),
  };
}

describe("an instance from its making to its end", () => {
  test("creating, available, modified, deleted: by the clock", async () => {
    const { rds, instance, minutes, refuses, enter } = await rdsLab();
    const made = (await rds("CreateDBInstance", small({ DBName: "shop", Tags: [{ Key: "team", Value: "a" }] }))).DBInstance;
    expect(made).toMatchObject({
      DBInstanceIdentifier: "shop", DBInstanceStatus: "creating", Engine: "mysql", EngineVersion: "8.4.7", DBInstanceClass: "db.t4g.micro", MasterUsername: "boss", DBName: "shop", AllocatedStorage: 20, StorageType: "gp3", Iops: 3000, StorageThroughput: 125,
      BackupRetentionPeriod: 1, MultiAZ: false, PubliclyAccessible: false, StorageEncrypted: false, DeletionProtection: false, LicenseModel: "general-public-license", DBInstanceArn: arnOf("db", "shop"), TagList: [{ Key: "team", Value: "a" }],
      DBParameterGroups: [{ DBParameterGroupName: "default.mysql8.4" }], DbiResourceId: expect.stringMatching(/^db-[A-Z2-7]{26}$/),
    });
    expect([made.Endpoint, made.InstanceCreateTime, made.KmsKeyId, made.MasterUserSecret]).toEqual([undefined, undefined, undefined, undefined]);
    expect(JSON.stringify(made)).not.toContain(masterPassword);
    await minutes(3);
    expect((await instance()).DBInstanceStatus).toBe("creating");
    await minutes(2);
    const there = await instance();
    expect(there).toMatchObject({ DBInstanceStatus: "available", Endpoint: { Address: expect.stringMatching(/^shop\.c[a-z0-9]{11}\.us-east-1\.rds\.amazonaws\.com$/), Port: 3306 } });
    expect(await enter(there.Endpoint.Address)).toBe(true);
    expect((await rds("DeleteDBInstance", { DBInstanceIdentifier: "SHOP", SkipFinalSnapshot: true })).DBInstance.DBInstanceStatus).toBe("deleting");
    expect(await refuses("DeleteDBInstance", { DBInstanceIdentifier: "shop", SkipFinalSnapshot: true })).toBe("InvalidDBInstanceState: Instance shop is already being deleted.");
    await minutes(3);
    expect(await refuses("DescribeDBInstances", { DBInstanceIdentifier: "shop" })).toBe("DBInstanceNotFound: DBInstance shop not found.");
    expect(await enter(there.Endpoint.Address)).toBe(false);
    // The name is free.
    expect((await rds("CreateDBInstance", small())).DBInstance.DBInstanceStatus).toBe("creating");
  });

  test("what waits for the maintenance window, and what is asked for at once", async () => {
    const { rds, instance, minutes, refuses, lab } = await rdsLab();
    await rds("CreateDBInstance", small({ PreferredMaintenanceWindow: "Tue:05:00-Tue:05:30" }));
    await minutes(5);
    const waiting = (await rds("ModifyDBInstance", { DBInstanceIdentifier: "shop", DBInstanceClass: "db.t4g.small", BackupRetentionPeriod: 7 })).DBInstance;
    expect(waiting).toMatchObject({ DBInstanceStatus: "available", DBInstanceClass: "db.t4g.micro", BackupRetentionPeriod: 7, PendingModifiedValues: { DBInstanceClass: "db.t4g.small" } });
    const [{ due }] = lab.upcoming().filter(({ kind }) => kind === "DBInstanceMaintained");
    expect([new Date(due).getUTCDay(), new Date(due).toISOString().slice(11, 16)]).toEqual([2, "05:00"]);
    await lab.advance(due - lab.now());
    expect(await instance()).toMatchObject({ DBInstanceStatus: "modifying", DBInstanceClass: "db.t4g.micro" });
    expect(await refuses("ModifyDBInstance", { DBInstanceIdentifier: "shop", MultiAZ: true })).toBe("InvalidDBInstanceState: Database instance is not in available state.");
    await minutes(4);
    expect(await instance()).toMatchObject({ DBInstanceStatus: "available", DBInstanceClass: "db.t4g.small", PendingModifiedValues: {} });
    expect((await rds("ModifyDBInstance", { DBInstanceIdentifier: "shop", AllocatedStorage: 30, MultiAZ: true, ApplyImmediately: true })).DBInstance.DBInstanceStatus).toBe("modifying");
    await minutes(4);
    expect(await instance()).toMatchObject({ DBInstanceStatus: "available", AllocatedStorage: 30, MultiAZ: true });
  });

  test("another port, deletion protection, and the other settings that change at once", async () => {
    const { rds, instance, minutes, refuses, call } = await rdsLab();
    await rds("CreateDBInstance", small({ DeletionProtection: true }));
    await minutes(5);
    await rds("ModifyDBInstance", { DBInstanceIdentifier: "shop", DBPortNumber: 3307, PubliclyAccessible: true, CopyTagsToSnapshot: true });
    const there = await instance();
    expect(there).toMatchObject({ Endpoint: { Port: 3307 }, PubliclyAccessible: true, CopyTagsToSnapshot: true });
    expect((await call("database", "Connect", { Host: there.Endpoint.Address, Port: 3306, User: "boss", Password: masterPassword })).ok).toBe(false);
    expect((await call("database", "Connect", { Host: there.Endpoint.Address, Port: 3307, User: "boss", Password: masterPassword })).ok).toBe(true);
    expect(await refuses("DeleteDBInstance", { DBInstanceIdentifier: "shop", SkipFinalSnapshot: true })).toBe("InvalidParameterCombination: Cannot delete protected DB Instance, please disable deletion protection and try again.");
    await rds("ModifyDBInstance", { DBInstanceIdentifier: "shop", DeletionProtection: false });
    await rds("DeleteDBInstance", { DBInstanceIdentifier: "shop", FinalDBSnapshotIdentifier: "last" });
    await minutes(3);
    await rds("CreateDBInstance", small());
    await minutes(5);
    expect(await refuses("DeleteDBInstance", { DBInstanceIdentifier: "shop", FinalDBSnapshotIdentifier: "last" })).toBe("DBSnapshotAlreadyExists: Cannot create the snapshot because a snapshot with the identifier last already exists.");
  });

  test("a new master password is in force a moment later", async () => {
    const { rds, instance, minutes, enter } = await rdsLab();
    await rds("CreateDBInstance", small());
    await minutes(5);
    const { Endpoint } = await instance();
    const reply = (await rds("ModifyDBInstance", { DBInstanceIdentifier: "shop", MasterUserPassword: "Another-One-2" })).DBInstance;
    expect(reply).toMatchObject({ DBInstanceStatus: "resetting-master-credentials", PendingModifiedValues: { MasterUserPassword: "****" } });
    expect([await enter(Endpoint.Address), await enter(Endpoint.Address, "boss", "Another-One-2")]).toEqual([true, false]);
    await minutes(1);
    expect(await instance()).toMatchObject({ DBInstanceStatus: "available", PendingModifiedValues: {} });
    expect([await enter(Endpoint.Address), await enter(Endpoint.Address, "boss", "Another-One-2")]).toEqual([false, true]);
  });

  test("stopped, nobody reaches it; after seven days it starts by itself", async () => {
    const { rds, instance, minutes, refuses, enter, lab } = await rdsLab();
    await rds("CreateDBInstance", small());
    await minutes(5);
    const { Endpoint } = await instance();
    await rds("StopDBInstance", { DBInstanceIdentifier: "shop" });
    await minutes(3);
    expect([(await instance()).DBInstanceStatus, await enter(Endpoint.Address)]).toEqual(["stopped", false]);
    expect(await refuses("StopDBInstance", { DBInstanceIdentifier: "shop" })).toBe("InvalidDBInstanceState: Instance shop is not in available state.");
    await lab.advance(7 * 86_400_000 + 300_000);
    expect([(await instance()).DBInstanceStatus, await enter(Endpoint.Address)]).toEqual(["available", true]);
  });
});

describe("CreateDBInstance refuses", () => {
  const identifier = "InvalidParameterValue: The parameter DBInstanceIdentifier is not a valid identifier. Identifiers must begin with a letter; must contain only ASCII letters, digits, and hyphens; and must not end with a hyphen or contain two consecutive hyphens.";
  const characters = `InvalidParameterValue: The parameter MasterUserPassword is not a valid password. Only printable ASCII characters besides '/', '@', '"', ' ' may be used.`;
  test.each<[string, JsonObject, string | RegExp]>([
    ["an identifier that begins with a digit", { DBInstanceIdentifier: "1shop" }, identifier],
    ["one that ends with a hyphen", { DBInstanceIdentifier: "shop-" }, identifier],
    ["two hyphens", { DBInstanceIdentifier: "my--shop" }, identifier],
    ["an underscore", { DBInstanceIdentifier: "my_shop" }, identifier],
    ["none", { DBInstanceIdentifier: " " }, "InvalidParameterValue: The parameter DBInstanceIdentifier must be provided and must not be blank."],
    ["one of 64 characters", { DBInstanceIdentifier: "s".repeat(64) }, /longer than 63 characters/],
    ["an engine that there is not", { Engine: "cobol" }, "InvalidParameterValue: Invalid DB engine"],
    ["an engine that is elsewhere", { Engine: "oracle-se2" }, "NotSimulated: Keyhole does not simulate the engine oracle-se2. RDS has it; this lab does not."],
    ["a version that there is not", { EngineVersion: "99" }, "InvalidParameterCombination: Cannot find version 99 for mysql"],
    ["a class that is none", { DBInstanceClass: "tiny" }, "InvalidParameterValue: Invalid DB Instance class: tiny"],
    ["an old class", { DBInstanceClass: "db.t2.micro" }, "InvalidParameterCombination: RDS does not support creating a DB instance with the following combination: DBInstanceClass=db.t2.micro, Engine=mysql, EngineVersion=8.4.7, LicenseModel=general-public-license. For supported combinations of instance class and database engine version, see the documentation."],
    ["a class that is left out", { DBInstanceClass: "db.r7i.24xlarge" }, /^NotSimulated: .*db\.r7i\.24xlarge/],
    ["no storage", { AllocatedStorage: undefined }, "InvalidParameterValue: The parameter AllocatedStorage must be provided and must not be blank."],
    ["little storage", { AllocatedStorage: 5 }, "InvalidParameterValue: Invalid storage size for engine name mysql and storage type gp3: 5"],
    ["storage that is none", { StorageType: "tape" }, "InvalidParameterValue: Invalid storage type: tape"],
    ["no master user", { MasterUsername: undefined }, "InvalidParameterValue: The parameter MasterUsername must be provided and must not be blank."],
    ["a master user with a reserved name", { MasterUsername: "rdsadmin" }, "InvalidParameterValue: MasterUsername rdsadmin cannot be used as it is a reserved word used by the engine"],
    ["PostgreSQL's admin", { Engine: "postgres", MasterUsername: "admin" }, "InvalidParameterValue: MasterUsername admin cannot be used as it is a reserved word used by the engine"],
    ["a master user of 17 characters", { MasterUsername: "m".repeat(17) }, /longer than 16 characters/],
    ["no password", { MasterUserPassword: undefined }, "InvalidParameterValue: The parameter MasterUserPassword must be provided and must not be blank."],
    ["a short password", { MasterUserPassword: "Sh0rt!" }, "InvalidParameterValue: The parameter MasterUserPassword is not a valid password because it is shorter than 8 characters."],
    ["a long password", { MasterUserPassword: "x".repeat(42) }, "InvalidParameterValue: The parameter MasterUserPassword is not a valid password because it is longer than 41 characters."],
    ["a slash in it", { MasterUserPassword: "pass/word1" }, characters],
    ["an at sign", { MasterUserPassword: "p@ssword1" }, characters],
    ["a quote", { MasterUserPassword: 'pass"word1' }, characters],
    ["a space", { MasterUserPassword: "pass word1" }, characters],
    ["an umlaut", { MasterUserPassword: "pässword1" }, characters],
    ["a managed password and one of one's own", { ManageMasterUserPassword: true }, "InvalidParameterCombination: You can't specify MasterUserPassword when ManageMasterUserPassword is enabled."],
    ["a key for a secret that is not wanted", { MasterUserSecretKmsKeyId: "alias/x" }, "InvalidParameterCombination: A ManageMasterUserPassword value is required when MasterUserSecretKmsKeyId is specified."],
    ["a database with a hyphen", { DBName: "my-shop" }, "InvalidParameterValue: DBName must begin with a letter and contain only alphanumeric characters."],
    ["a key without encryption", { KmsKeyId: "alias/aws/rds" }, "InvalidParameterCombination: You must enable StorageEncrypted when you specify KmsKeyId for DB engine mysql"],
    ["a key that there is not", { StorageEncrypted: true, KmsKeyId: "alias/none" }, "KMSKeyNotAccessibleFault: The specified KMS key [alias/none] does not exist, is not enabled or you do not have permissions to access it."],
    ["a parameter group", { DBParameterGroupName: "mine" }, "DBParameterGroupNotFound: DBParameterGroup not found: mine"],
    ["a subnet group", { DBSubnetGroupName: "mine" }, "DBSubnetGroupNotFoundFault: DB subnet group 'mine' does not exist."],
    ["a backup window", { PreferredBackupWindow: "5-6" }, /^InvalidParameterValue: Invalid backup window format/],
    ["a maintenance window", { PreferredMaintenanceWindow: "xyz:05:00-xyz:06:00" }, /^InvalidParameterValue: Invalid maintenance window format/],
    ["a port", { Port: 80 }, /^InvalidParameterValue: Invalid port: 80/],
    ["backups for 36 days", { BackupRetentionPeriod: 36 }, /^InvalidParameterValue: Invalid backup retention period/],
    ["a zone with Multi-AZ", { MultiAZ: true, AvailabilityZone: "us-east-1a" }, "InvalidParameterCombination: Requesting a specific availability zone is not valid for Multi-AZ instances."],
    ["another licence", { LicenseModel: "bring-your-own-license" }, /^InvalidParameterCombination: Invalid license model/],
    ["IAM database authentication", { EnableIAMDatabaseAuthentication: true }, "NotSimulated: Keyhole does not simulate the parameter EnableIAMDatabaseAuthentication of CreateDBInstance. RDS has it; this lab does not."],
    ["logs in CloudWatch", { EnableCloudwatchLogsExports: ["error"] }, /^NotSimulated: .*EnableCloudwatchLogsExports/],
    ["monitoring", { MonitoringInterval: 60 }, /^NotSimulated: .*MonitoringInterval/],
    ["tags of AWS's own", { Tags: [{ Key: "aws:x", Value: "1" }] }, /^InvalidParameterValue: Tag keys must not begin with aws:/],
    ["a cluster", { DBClusterIdentifier: "heart" }, /^InvalidParameterCombination/],
    ["an Aurora engine without a cluster", { Engine: "aurora-mysql", DBInstanceClass: "db.t4g.medium" }, "InvalidParameterCombination: The engine aurora-mysql requires a DB cluster: DBClusterIdentifier must be provided."],
    ["no engine at all", { Engine: undefined }, /^ValidationError: .*'engine'/],
  ])("%s", async (_, more, text) => {
    const { refuses, lab } = await rdsLab();
    const before = JSON.stringify(lab.snapshot().records);
    const got = await refuses("CreateDBInstance", small(more));
    if (typeof text === "string") expect(got).toBe(text);
    else expect(got).toMatch(text);
    expect(JSON.stringify(lab.snapshot().records)).toBe(before);
    // No refusal says the password back.
    expect(got).not.toContain(String(more.MasterUserPassword ?? masterPassword));
  });

  test("a name that is taken, and the forty-first", async () => {
    const { rds, refuses } = await rdsLab();
    await rds("CreateDBInstance", small());
    expect(await refuses("CreateDBInstance", small({ DBInstanceIdentifier: "SHOP" }))).toBe("DBInstanceAlreadyExists: DB instance already exists");
    for (let i = 1; i < 40; i++) await rds("CreateDBInstance", small({ DBInstanceIdentifier: `shop-${i}` }));
    expect(await refuses("CreateDBInstance", small({ DBInstanceIdentifier: "more" }))).toMatch(/^InstanceQuotaExceeded/);
  });
});

describe("ModifyDBInstance and DeleteDBInstance refuse", () => {
  test.each<[string, string, JsonObject, string | RegExp]>([
    ["ModifyDBInstance", "what is not there", { DBInstanceIdentifier: "none" }, "DBInstanceNotFound: DBInstance none not found."],
    ["ModifyDBInstance", "a short password", { MasterUserPassword: "x" }, /shorter than 8 characters/],
    ["ModifyDBInstance", "an older version", { EngineVersion: "8.4.5" }, "InvalidParameterCombination: Cannot upgrade mysql from 8.4.6 to 8.4.5"],
    ["ModifyDBInstance", "less storage", { AllocatedStorage: 20 }, /^InvalidParameterCombination: .*cannot be reduced/],
    ["ModifyDBInstance", "an own password to be turned off", { ManageMasterUserPassword: false }, "InvalidParameterCombination: You cannot set ManageMasterUserPassword to false because the master user password is not currently managed by RDS."],
    ["ModifyDBInstance", "rotation of a password that is the caller's", { RotateMasterUserPassword: true, ApplyImmediately: true }, /^InvalidParameterCombination: You can't rotate/],
    ["ModifyDBInstance", "another name", { NewDBInstanceIdentifier: "other" }, /^NotSimulated: .*NewDBInstanceIdentifier/],
    ["ModifyDBInstance", "a class that is none", { DBInstanceClass: "x" }, "InvalidParameterValue: Invalid DB Instance class: x"],
    ["DeleteDBInstance", "what is not there", { DBInstanceIdentifier: "none", SkipFinalSnapshot: true }, "DBInstanceNotFound: DBInstance none not found."],
    ["DeleteDBInstance", "without a word about a snapshot", {}, "InvalidParameterCombination: FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified."],
    ["DeleteDBInstance", "with both", { SkipFinalSnapshot: true, FinalDBSnapshotIdentifier: "x" }, "InvalidParameterCombination: You cannot specify both FinalDBSnapshotIdentifier and SkipFinalSnapshot"],
    ["DeleteDBInstance", "a snapshot that is called badly", { FinalDBSnapshotIdentifier: "-" }, /not a valid identifier/],
  ])("%s: %s", async (operation, _, more, text) => {
    const { rds, refuses, minutes } = await rdsLab();
    await rds("CreateDBInstance", small({ EngineVersion: "8.4.6", AllocatedStorage: 30 }));
    await minutes(5);
    const got = await refuses(operation, { DBInstanceIdentifier: "shop", ...more });
    if (typeof text === "string") expect(got).toBe(text);
    else expect(got).toMatch(text);
  });

  test("a new major version without the flag; with it, it is there", async () => {
    const { rds, refuses, minutes, instance } = await rdsLab();
    await rds("CreateDBInstance", small({ EngineVersion: "8.0" }));
    await minutes(5);
    expect((await instance()).EngineVersion).toBe("8.0.43");
    expect(await refuses("ModifyDBInstance", { DBInstanceIdentifier: "shop", EngineVersion: "8.4.7" })).toBe("InvalidParameterCombination: The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version.");
    await rds("ModifyDBInstance", { DBInstanceIdentifier: "shop", EngineVersion: "8.4.7", AllowMajorVersionUpgrade: true, ApplyImmediately: true });
    await minutes(5);
    expect((await instance()).EngineVersion).toBe("8.4.7");
  });
});

describe("clusters", () => {
  test("nobody answers before there is a member; the reader's name reaches the same server; the writer is the first", async () => {
    const { rds, minutes, cluster: look, instance, enter, call } = await rdsLab();
    const made = (await rds("CreateDBCluster", cluster({ DatabaseName: "shop" }))).DBCluster;
    expect(made).toMatchObject({ DBClusterIdentifier: "heart", Status: "creating", Engine: "aurora-postgresql", EngineVersion: "17.5", DatabaseName: "shop", Port: 5432, DBClusterMembers: [], DBClusterArn: arnOf("cluster", "heart") });
    await minutes(2);
    const { Endpoint, ReaderEndpoint, Status } = await look();
    expect([Status, Endpoint, ReaderEndpoint]).toEqual(["available", expect.stringMatching(/^heart\.cluster-c[a-z0-9]{11}\.us-east-1\.rds\.amazonaws\.com$/), expect.stringMatching(/^heart\.cluster-ro-/)]);
    expect(await enter(Endpoint)).toBe(false);
    for (const id of ["one", "two"]) await rds("CreateDBInstance", { DBInstanceIdentifier: id, DBClusterIdentifier: "heart", DBInstanceClass: "db.t4g.medium", Engine: "aurora-postgresql" });
    await minutes(5);
    const reached = [];
    for (const host of [Endpoint, ReaderEndpoint, (await instance("one")).Endpoint.Address, (await instance("two")).Endpoint.Address]) reached.push(await enterAt(host));
    expect(reached).toEqual([true, true, true, true]);
    expect((await look()).DBClusterMembers).toMatchObject([{ DBInstanceIdentifier: "one", IsClusterWriter: true }, { DBInstanceIdentifier: "two", IsClusterWriter: false }]);
    await rds("DeleteDBInstance", { DBInstanceIdentifier: "one" });
    await minutes(3);
    expect((await look()).DBClusterMembers).toMatchObject([{ DBInstanceIdentifier: "two", IsClusterWriter: true }]);
    expect([await enterAt(Endpoint), await enterAt(Endpoint.replace("heart.cluster-", "one."))]).toEqual([true, false]);

    async function enterAt(host: string): Promise<boolean> {
      return (await call("database", "Connect", { Host: host, User: "boss", Password: masterPassword, Database: "shop" })).ok;
    }
  });

  test("DocumentDB is made by the same API, with hosts of its own", async () => {
    const { rds, minutes, cluster: look, enter } = await rdsLab();
    await rds("CreateDBCluster", cluster({ Engine: "docdb" }));
    await rds("CreateDBInstance", { DBInstanceIdentifier: "one", DBClusterIdentifier: "heart", DBInstanceClass: "db.t4g.medium", Engine: "docdb" });
    await minutes(5);
    const { Endpoint, Port, Engine } = await look();
    expect([Engine, Port, Endpoint]).toEqual(["docdb", 27017, expect.stringMatching(/\.docdb\.amazonaws\.com$/)]);
    expect(await enter(Endpoint)).toBe(true);
  });

  test.each<[string, string, JsonObject, string | RegExp]>([
    ["CreateDBInstance", "a member with a password", { MasterUserPassword: masterPassword }, "InvalidParameterCombination: The requested DB Instance will be a member of a DB Cluster. Set master user password for the DB Cluster."],
    ["CreateDBInstance", "a member with a database", { DBName: "x" }, "InvalidParameterCombination: The requested DB Instance will be a member of a DB Cluster. Set database name for the DB Cluster."],
    ["CreateDBInstance", "a member with a key", { KmsKeyId: "alias/aws/rds" }, "InvalidParameterCombination: The requested DB Instance will be a member of a DB Cluster and its storage encryption key should not be set directly."],
    ["CreateDBInstance", "a member that is protected", { DeletionProtection: true }, "InvalidParameterCombination: Deletion Protection can only be applied on the Cluster level, not for individual instances"],
    ["CreateDBInstance", "a member that is encrypted otherwise", { StorageEncrypted: true }, "InvalidParameterCombination: If you specify storageEncrypted for instance that will be part of cluster it should match cluster setting; requested: true, cluster: false"],
    ["CreateDBInstance", "a member of another engine", { Engine: "aurora-mysql" }, "InvalidParameterCombination: The engine name requested for your DB instance (aurora-mysql) doesn't match the engine name of your DB cluster (aurora-postgresql)."],
    ["CreateDBInstance", "a member of nothing", { DBClusterIdentifier: "none" }, "DBClusterNotFoundFault: DBCluster none not found."],
    ["CreateDBInstance", "a class that Aurora does not run on", { DBInstanceClass: "db.t4g.micro" }, /^InvalidParameterCombination: RDS does not support/],
  ])("%s refuses %s", async (operation, _, more, text) => {
    const { rds, refuses, minutes } = await rdsLab();
    await rds("CreateDBCluster", cluster());
    await minutes(2);
    const got = await refuses(operation, { DBInstanceIdentifier: "one", DBClusterIdentifier: "heart", DBInstanceClass: "db.t4g.medium", Engine: "aurora-postgresql", ...more });
    if (typeof text === "string") expect(got).toBe(text);
    else expect(got).toMatch(text);
  });

  test.each<[string, JsonObject, string | RegExp]>([
    ["a name that is taken", {}, "DBClusterAlreadyExistsFault: DB Cluster already exists"],
    ["MySQL", { DBClusterIdentifier: "x", Engine: "mysql" }, "NotSimulated: Keyhole does not simulate Multi-AZ DB clusters. RDS has it; this lab does not."],
    ["serverless", { DBClusterIdentifier: "x", EngineMode: "serverless" }, /^NotSimulated: .*serverless/],
    ["a password of 42 characters", { DBClusterIdentifier: "x", MasterUserPassword: "x".repeat(42) }, /longer than 41 characters/],
    ["DocumentDB with a database", { DBClusterIdentifier: "x", Engine: "docdb", DatabaseName: "x" }, "InvalidParameterCombination: DatabaseName is not supported for the engine docdb"],
    ["backups for no day", { DBClusterIdentifier: "x", BackupRetentionPeriod: 0 }, /^InvalidParameterValue: Invalid backup retention period/],
    ["a Data API", { DBClusterIdentifier: "x", EnableHttpEndpoint: true }, /^NotSimulated: .*EnableHttpEndpoint/],
  ])("CreateDBCluster refuses %s", async (_, more, text) => {
    const { rds, refuses } = await rdsLab();
    await rds("CreateDBCluster", cluster());
    const got = await refuses("CreateDBCluster", cluster(more));
    if (typeof text === "string") expect(got).toBe(text);
    else expect(got).toMatch(text);
  });

  test("goes after its members, and only when it may", async () => {
    const { rds, refuses, minutes, cluster: look, enter } = await rdsLab();
    await rds("CreateDBCluster", cluster({ DeletionProtection: true }));
    await rds("CreateDBInstance", { DBInstanceIdentifier: "one", DBClusterIdentifier: "heart", DBInstanceClass: "db.t4g.medium", Engine: "aurora-postgresql" });
    await minutes(5);
    const { Endpoint } = await look();
    expect(await refuses("DeleteDBCluster", { DBClusterIdentifier: "heart", SkipFinalSnapshot: true })).toBe("InvalidParameterCombination: Cannot delete protected Cluster, please disable deletion protection and try again.");
    await rds("ModifyDBCluster", { DBClusterIdentifier: "heart", DeletionProtection: false });
    expect(await refuses("DeleteDBCluster", { DBClusterIdentifier: "heart", SkipFinalSnapshot: true })).toBe("InvalidDBClusterStateFault: Cluster cannot be deleted, it still contains DB instances in non-deleting state.");
    expect(await refuses("StopDBInstance", { DBInstanceIdentifier: "one" })).toMatch(/^InvalidDBClusterStateFault/);
    expect(await refuses("ModifyDBInstance", { DBInstanceIdentifier: "one", MasterUserPassword: "Another-One-2" })).toBe("InvalidParameterCombination: The specified DB Instance is a member of a cluster. Modify master user password for the DB Cluster using the ModifyDbCluster API");
    expect(await refuses("DeleteDBInstance", { DBInstanceIdentifier: "one", FinalDBSnapshotIdentifier: "x" })).toBe("InvalidParameterCombination: FinalDBSnapshotIdentifier can not be specified when deleting a cluster instance");
    await rds("DeleteDBInstance", { DBInstanceIdentifier: "one", SkipFinalSnapshot: true });
    await rds("DeleteDBCluster", { DBClusterIdentifier: "heart", SkipFinalSnapshot: true });
    await minutes(5);
    expect(await refuses("DescribeDBClusters", { DBClusterIdentifier: "heart" })).toBe("DBClusterNotFoundFault: DBCluster heart not found.");
    expect(await enter(Endpoint)).toBe(false);
  });
});

describe("encryption at rest", () => {
  test("under aws/rds where no key was named; with a grant, and a data key for the volume", async () => {
    const { rds, minutes, must, lab } = await rdsLab();
    const { DBInstance } = await rds("CreateDBInstance", small({ StorageEncrypted: true }));
    const { KeyMetadata } = await must("kms", "DescribeKey", { KeyId: "alias/aws/rds" });
    expect(DBInstance).toMatchObject({ StorageEncrypted: true, KmsKeyId: KeyMetadata.Arn });
    expect((await must("kms", "ListGrants", { KeyId: KeyMetadata.KeyId })).Grants).toMatchObject([{ GranteePrincipal: "rds.amazonaws.com", Constraints: { EncryptionContextSubset: { "aws:rds:db-id": DBInstance.DbiResourceId } } }]);
    await minutes(5);
    const ready = lab.journal.findLast(({ trace }) => trace.operation === "DBInstanceReady")!;
    const asked = ready.trace.steps.flatMap((step) => (step.kind === "call" ? [step.trace] : []));
    expect(asked.find(({ service }) => service === "kms")).toMatchObject({ operation: "GenerateDataKeyWithoutPlaintext", outcome: { ok: true } });
    await rds("DeleteDBInstance", { DBInstanceIdentifier: "shop", SkipFinalSnapshot: true });
    await minutes(3);
    expect((await must("kms", "ListGrants", { KeyId: KeyMetadata.KeyId })).Grants).toEqual([]);
  });

  test("who may not make grants on the key makes no database with it; who may, does", async () => {
    const { rds, refuses, must } = await rdsLab();
    const { KeyMetadata } = await must("kms", "CreateKey");
    await must("iam", "CreateUser", { UserName: "dba" });
    const dba = { account: A, user: "dba" };
    const allow = (...Statement: object[]) => must("iam", "PutUserPolicy", { UserName: "dba", PolicyName: "p", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement }) });
    await allow({ Effect: "Allow", Action: "rds:*", Resource: "*" });
    const input = small({ StorageEncrypted: true, KmsKeyId: KeyMetadata.Arn });
    expect(await refuses("CreateDBInstance", input, dba)).toBe(`KMSKeyNotAccessibleFault: The specified KMS key [${KeyMetadata.Arn}] does not exist, is not enabled or you do not have permissions to access it.`);
    const viaRds = { StringEquals: { "kms:ViaService": "rds.us-east-1.amazonaws.com" } };
    await allow({ Effect: "Allow", Action: "rds:*", Resource: "*" }, { Effect: "Allow", Action: ["kms:DescribeKey", "kms:CreateGrant"], Resource: KeyMetadata.Arn, Condition: viaRds });
    expect((await rds("CreateDBInstance", input, dba)).DBInstance.KmsKeyId).toBe(KeyMetadata.Arn);
  });

  test("a key that is disabled before the database is ready", async () => {
    const { rds, minutes, must, instance, enter } = await rdsLab();
    const { KeyMetadata } = await must("kms", "CreateKey");
    await rds("CreateDBInstance", small({ StorageEncrypted: true, KmsKeyId: KeyMetadata.KeyId }));
    await must("kms", "DisableKey", { KeyId: KeyMetadata.KeyId });
    await minutes(5);
    const there = await instance();
    expect(there.DBInstanceStatus).toBe("inaccessible-encryption-credentials");
    expect(await enter(there.Endpoint.Address)).toBe(false);
    await rds("DeleteDBInstance", { DBInstanceIdentifier: "shop", SkipFinalSnapshot: true });
  });
});

describe("a master password that RDS manages", () => {
  test("stands in a secret that RDS owns, opens the database, is rotated in seven days, and goes with the database", async () => {
    const { rds, minutes, must, fails, instance, enter, lab } = await rdsLab();
    const made = (await rds("CreateDBInstance", small({ MasterUserPassword: undefined, ManageMasterUserPassword: true }))).DBInstance;
    const { KeyMetadata } = await must("kms", "DescribeKey", { KeyId: "alias/aws/secretsmanager" });
    expect(made.MasterUserSecret).toEqual({ SecretArn: expect.stringMatching(/:secret:rds!db-[0-9a-f-]{36}-\w{6}$/), SecretStatus: "creating", KmsKeyId: KeyMetadata.Arn });
    await minutes(5);
    const { MasterUserSecret, Endpoint } = await instance();
    expect(MasterUserSecret.SecretStatus).toBe("active");
    const secret = await must("secretsmanager", "DescribeSecret", { SecretId: MasterUserSecret.SecretArn });
    expect(secret).toMatchObject({ OwningService: "rds", RotationEnabled: true, RotationRules: { AutomaticallyAfterDays: 7 }, Description: `The secret associated with the primary RDS DB instance: ${arnOf("db", "shop")}` });
    expect(secret.Tags).toContainEqual({ Key: "aws:rds:primaryDBInstanceArn", Value: arnOf("db", "shop") });
    const value = async (): Promise<{ username: string; password: string }> => JSON.parse((await must("secretsmanager", "GetSecretValue", { SecretId: MasterUserSecret.SecretArn })).SecretString);
    const first = await value();
    expect([first.username, await enter(Endpoint.Address, "boss", first.password)]).toEqual(["boss", true]);
    await lab.advance(8 * 86_400_000);
    const second = await value();
    expect([second.password === first.password, await enter(Endpoint.Address, "boss", first.password), await enter(Endpoint.Address, "boss", second.password)]).toEqual([false, false, true]);
    await rds("DeleteDBInstance", { DBInstanceIdentifier: "shop", SkipFinalSnapshot: true });
    await minutes(3);
    expect(await fails("secretsmanager", "DescribeSecret", { SecretId: MasterUserSecret.SecretArn })).toMatch(/^ResourceNotFoundException/);
  });

  test("under a key of one's own; turned on later, and off again", async () => {
    const { rds, refuses, minutes, must, fails, instance, enter } = await rdsLab();
    const { KeyMetadata } = await must("kms", "CreateKey");
    await rds("CreateDBInstance", small());
    await minutes(5);
    await rds("ModifyDBInstance", { DBInstanceIdentifier: "shop", ManageMasterUserPassword: true, MasterUserSecretKmsKeyId: KeyMetadata.KeyId });
    await minutes(1);
    const { MasterUserSecret, Endpoint } = await instance();
    expect(MasterUserSecret.KmsKeyId).toBe(KeyMetadata.Arn);
    expect((await must("secretsmanager", "DescribeSecret", { SecretId: MasterUserSecret.SecretArn })).KmsKeyId).toBe(KeyMetadata.Arn);
    const { password } = JSON.parse((await must("secretsmanager", "GetSecretValue", { SecretId: MasterUserSecret.SecretArn })).SecretString);
    expect([await enter(Endpoint.Address), await enter(Endpoint.Address, "boss", password)]).toEqual([false, true]);
    expect(await refuses("ModifyDBInstance", { DBInstanceIdentifier: "shop", RotateMasterUserPassword: true })).toBe("InvalidParameterCombination: You must apply the change immediately when rotating the master user password.");
    expect(await refuses("ModifyDBInstance", { DBInstanceIdentifier: "shop", MasterUserPassword: "Another-One-2" })).toMatch(/^InvalidParameterCombination: You can't specify MasterUserPassword while/);
    expect(await refuses("ModifyDBInstance", { DBInstanceIdentifier: "shop", ManageMasterUserPassword: false })).toBe("InvalidParameterCombination: MasterUserPassword must be provided when ManageMasterUserPassword is set to false.");
    await rds("ModifyDBInstance", { DBInstanceIdentifier: "shop", ManageMasterUserPassword: false, MasterUserPassword: "Another-One-2" });
    await minutes(1);
    expect((await instance()).MasterUserSecret).toBeUndefined();
    expect(await fails("secretsmanager", "DescribeSecret", { SecretId: MasterUserSecret.SecretArn })).toMatch(/^ResourceNotFoundException/);
    expect(await enter(Endpoint.Address, "boss", "Another-One-2")).toBe(true);
  });

  test("is made for the caller: who may not make secrets makes no such database", async () => {
    const { rds, refuses, must } = await rdsLab();
    await must("iam", "CreateUser", { UserName: "dba" });
    const dba = { account: A, user: "dba" };
    const allow = (...actions: string[]) => must("iam", "PutUserPolicy", { UserName: "dba", PolicyName: "p", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }] }) });
    const input = small({ MasterUserPassword: undefined, ManageMasterUserPassword: true });
    await allow("rds:*", "kms:DescribeKey");
    expect(await refuses("CreateDBInstance", input, dba)).toMatch(/^AccessDenied.*secretsmanager:CreateSecret/);
    await allow("rds:*", "kms:DescribeKey", "secretsmanager:CreateSecret", "secretsmanager:TagResource");
    expect((await rds("CreateDBInstance", input, dba)).DBInstance.MasterUserSecret.SecretStatus).toBe("creating");
  });

  test("of a cluster too", async () => {
    const { rds, minutes, must, cluster: look, enter, call } = await rdsLab();
    await rds("CreateDBCluster", cluster({ MasterUserPassword: undefined, ManageMasterUserPassword: true }));
    await rds("CreateDBInstance", { DBInstanceIdentifier: "one", DBClusterIdentifier: "heart", DBInstanceClass: "db.t4g.medium", Engine: "aurora-postgresql" });
    await minutes(5);
    const { MasterUserSecret, Endpoint } = await look();
    expect(MasterUserSecret.SecretArn).toContain(":secret:rds!cluster-");
    const { password } = JSON.parse((await must("secretsmanager", "GetSecretValue", { SecretId: MasterUserSecret.SecretArn })).SecretString);
    expect((await call("database", "Connect", { Host: Endpoint, User: "boss", Password: password, Database: "postgres" })).ok).toBe(true);
    expect(await enter(Endpoint)).toBe(false);
  });
});

describe("who may", () => {
  test.each<[string, object, JsonObject, boolean]>([
    ["a class", { StringEquals: { "rds:DatabaseClass": "db.t4g.micro" } }, {}, true],
    ["another class", { StringEquals: { "rds:DatabaseClass": "db.t4g.small" } }, {}, false],
    ["an engine", { StringEquals: { "rds:DatabaseEngine": ["mysql", "postgres"] } }, {}, true],
    ["encryption", { Bool: { "rds:StorageEncrypted": "true" } }, {}, false],
    ["encryption, given", { Bool: { "rds:StorageEncrypted": "true" } }, { StorageEncrypted: true }, true],
    ["a managed password", { Bool: { "rds:ManageMasterUserPassword": "true" } }, {}, false],
    ["a managed password, given", { Bool: { "rds:ManageMasterUserPassword": "true" } }, { ManageMasterUserPassword: true, MasterUserPassword: undefined }, true],
    ["little storage", { NumericLessThanEquals: { "rds:StorageSize": "20" } }, {}, true],
    ["less storage", { NumericLessThanEquals: { "rds:StorageSize": "10" } }, {}, false],
    ["one zone", { Bool: { "rds:MultiAz": "false" } }, {}, true],
    ["a tag", { StringEquals: { "rds:req-tag/stage": "dev" } }, { Tags: [{ Key: "stage", Value: "dev" }] }, true],
    ["a tag that is not given", { StringEquals: { "aws:RequestTag/stage": "dev" } }, {}, false],
  ])("a condition on %s", async (_, Condition, more, allowed) => {
    const { must, call } = await rdsLab();
    await must("iam", "CreateUser", { UserName: "dba" });
    await must("iam", "PutUserPolicy", { UserName: "dba", PolicyName: "p", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "rds:CreateDBInstance", Resource: "*", Condition }, { Effect: "Allow", Action: ["rds:AddTagsToResource", "kms:*", "secretsmanager:*"], Resource: "*" }] }) });
    const reply = await call("rds", "CreateDBInstance", small(more), { account: A, user: "dba" });
    expect(reply.ok).toBe(allowed);
    if (!reply.ok) expect(reply.error).toMatchObject({ code: "AccessDenied", message: `User: arn:aws:iam::${A}:user/dba is not authorized to perform: rds:CreateDBInstance on resource: ${arnOf("db", "shop")} because no identity-based policy allows the rds:CreateDBInstance action` });
  });

  test("an instance's own tags decide about it", async () => {
    const { rds, refuses, must, minutes } = await rdsLab();
    await rds("CreateDBInstance", small({ Tags: [{ Key: "stage", Value: "prod" }] }));
    await minutes(5);
    await must("iam", "CreateUser", { UserName: "dba" });
    await must("iam", "PutUserPolicy", { UserName: "dba", PolicyName: "p", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "rds:*", Resource: "*" }, { Effect: "Deny", Action: "rds:DeleteDBInstance", Resource: "*", Condition: { StringEquals: { "rds:db-tag/stage": "prod" } } }] }) });
    expect(await refuses("DeleteDBInstance", { DBInstanceIdentifier: "shop", SkipFinalSnapshot: true }, { account: A, user: "dba" })).toMatch(/^AccessDenied: .*explicit deny/);
  });

  test("another account sees nothing of it", async () => {
    const { rds } = await rdsLab();
    await rds("CreateDBInstance", small());
    expect((await rds("DescribeDBInstances", {}, { account: B, user: "admin" })).DBInstances).toEqual([]);
  });
});

describe("lists", () => {
  test("pages, filters, and what is wrong with them", async () => {
    const { rds, refuses } = await rdsLab();
    for (let i = 0; i < 25; i++) await rds("CreateDBInstance", small({ DBInstanceIdentifier: `shop-${String(i).padStart(2, "0")}`, Engine: i % 2 ? "mysql" : "postgres" }));
    const first = await rds("DescribeDBInstances", { MaxRecords: 20 });
    const second = await rds("DescribeDBInstances", { MaxRecords: 20, Marker: first.Marker });
    expect([...first.DBInstances, ...second.DBInstances].map(({ DBInstanceIdentifier }: any) => DBInstanceIdentifier)).toEqual(Array.from({ length: 25 }, (_, i) => `shop-${String(i).padStart(2, "0")}`));
    expect(second.Marker).toBeUndefined();
    expect((await rds("DescribeDBInstances", { Filters: [{ Name: "engine", Values: ["postgres"] }] })).DBInstances).toHaveLength(13);
    expect((await rds("DescribeDBInstances", { DBInstanceIdentifier: arnOf("db", "shop-03") })).DBInstances).toHaveLength(1);
    expect(await refuses("DescribeDBInstances", { MaxRecords: 5 })).toBe("InvalidParameterValue: Invalid value 5 for MaxRecords. Must be between 20 and 100");
    expect(await refuses("DescribeDBInstances", { Marker: "nonsense" })).toBe("InvalidParameterValue: The request contains an invalid value for Marker");
    expect(await refuses("DescribeDBInstances", { Filters: [{ Name: "colour", Values: ["red"] }] })).toBe("InvalidParameterValue: Unrecognized filter name: colour");
  });

  test("engines and what can be ordered", async () => {
    const { rds, refuses } = await rdsLab();
    const { DBEngineVersions } = await rds("DescribeDBEngineVersions", { Engine: "mysql" });
    expect(DBEngineVersions.map(({ EngineVersion }: any) => EngineVersion)).toEqual(["8.0.42", "8.0.43", "8.4.5", "8.4.6", "8.4.7"]);
    expect((await rds("DescribeDBEngineVersions", { DefaultOnly: true })).DBEngineVersions.map(({ Engine, EngineVersion }: any) => `${Engine} ${EngineVersion}`)).toEqual(["mysql 8.4.7", "mariadb 11.4.8", "postgres 17.6", "aurora-mysql 8.0.mysql_aurora.3.10.1", "aurora-postgresql 17.5", "docdb 5.0.0"]);
    const { OrderableDBInstanceOptions } = await rds("DescribeOrderableDBInstanceOptions", { Engine: "postgres", EngineVersion: "17.6" });
    expect(OrderableDBInstanceOptions.map(({ DBInstanceClass }: any) => DBInstanceClass)).toContain("db.t4g.micro");
    expect(await refuses("DescribeDBEngineVersions", { Engine: "cobol" })).toBe("InvalidParameterValue: Invalid DB engine");
  });

  test("tags", async () => {
    const { rds, refuses } = await rdsLab();
    await rds("CreateDBInstance", small({ Tags: [{ Key: "a", Value: "1" }] }));
    const ResourceName = arnOf("db", "shop");
    await rds("AddTagsToResource", { ResourceName, Tags: [{ Key: "b", Value: "2" }, { Key: "a", Value: "3" }] });
    expect((await rds("ListTagsForResource", { ResourceName })).TagList).toEqual([{ Key: "a", Value: "3" }, { Key: "b", Value: "2" }]);
    await rds("RemoveTagsFromResource", { ResourceName, TagKeys: ["a", "none"] });
    expect((await rds("ListTagsForResource", { ResourceName })).TagList).toEqual([{ Key: "b", Value: "2" }]);
    expect(await refuses("ListTagsForResource", { ResourceName: arnOf("db", "none") })).toBe("DBInstanceNotFound: DBInstance none not found.");
    expect(await refuses("ListTagsForResource", { ResourceName: "shop" })).toBe("InvalidParameterValue: Invalid resource name: shop");
    expect(await refuses("AddTagsToResource", { ResourceName, Tags: Array.from({ length: 51 }, (_, i) => ({ Key: `k${i}`, Value: "" })) })).toMatch(/at most 50 tags/);
  });
});

describe("what is left behind", () => {
  test("CloudTrail has no password", async () => {
    const { rds, must, minutes } = await rdsLab();
    await rds("CreateDBInstance", small());
    await minutes(5);
    await rds("ModifyDBInstance", { DBInstanceIdentifier: "shop", MasterUserPassword: "Another-One-2" });
    const { Events } = await must("cloudtrail", "LookupEvents", { MaxResults: 50 });
    const records = Events.map(({ CloudTrailEvent }: any) => JSON.parse(CloudTrailEvent)).filter(({ eventSource }: any) => eventSource === "rds.amazonaws.com");
    expect(records.map(({ eventName, requestParameters }: any) => [eventName, requestParameters.masterUserPassword])).toEqual([["ModifyDBInstance", "****"], ["CreateDBInstance", "****"]]);
    expect(records[1].responseElements).toMatchObject({ dBInstanceIdentifier: "shop", dBInstanceStatus: "creating" });
    expect(JSON.stringify(Events)).not.toMatch(/Rotate-Me-1|Another-One-2/);
  });

  test("events: made, password, gone", async () => {
    const { rds, minutes, lab } = await rdsLab();
    await rds("CreateDBInstance", small());
    await minutes(5);
    await rds("ModifyDBInstance", { DBInstanceIdentifier: "shop", MasterUserPassword: "Another-One-2" });
    await minutes(1);
    await rds("DeleteDBInstance", { DBInstanceIdentifier: "shop", SkipFinalSnapshot: true });
    await minutes(3);
    const events = lab.journal.flatMap(({ changes }) => changes).filter(({ service, after }) => service === "events" && after).map(({ after }) => after as any).filter((event) => event.source === "aws.rds" && event["detail-type"] === "RDS DB Instance Event");
    expect(events.map((event) => [event["detail-type"], event.detail.EventID, event.detail.SourceIdentifier, event.resources])).toEqual(["0005", "0016", "0003"].map((number) => ["RDS DB Instance Event", `RDS-EVENT-${number}`, "shop", [arnOf("db", "shop")]]));
  });

  test("the bill: from available to gone, the class by the hour and the storage by the month", async () => {
    const { rds, minutes, lab, instance } = await rdsLab();
    const { bills } = await import("../billing/bill");
    await rds("CreateDBInstance", small({ MultiAZ: true }));
    await minutes(4);
    expect((await instance()).DBInstanceStatus).toBe("available");
    await minutes(600);
    const lines = bills(lab.read, A, lab.now())[0].lines.filter(({ item }) => item.startsWith("rds:"));
    expect(lines.map(({ item, usd }) => [item, Math.round(usd * 1e6) / 1e6])).toEqual([["rds:instance:mysql:db.t4g.micro", 0.32], ["rds:storage:gp3", Math.round(((40 * 0.115 * 10) / 744) * 1e6) / 1e6]]);
    await rds("DeleteDBInstance", { DBInstanceIdentifier: "shop", SkipFinalSnapshot: true });
    await minutes(3);
    const before = bills(lab.read, A, lab.now())[0].usd;
    await minutes(6_000);
    expect(bills(lab.read, A, lab.now())[0].lines.filter(({ item }) => item.startsWith("rds:")).reduce((sum, { usd }) => sum + usd, 0)).toBeLessThanOrEqual(before);
  });

  test("replay gives the same bytes", async () => {
    const { rds, minutes, lab } = await rdsLab();
    const copy = lab.fork();
    await rds("CreateDBCluster", cluster({ MasterUserPassword: undefined, ManageMasterUserPassword: true, StorageEncrypted: true }));
    await rds("CreateDBInstance", { DBInstanceIdentifier: "one", DBClusterIdentifier: "heart", DBInstanceClass: "db.t4g.medium", Engine: "aurora-postgresql" });
    await minutes(20_000);
    await rds("DeleteDBInstance", { DBInstanceIdentifier: "one", SkipFinalSnapshot: true });
    await minutes(3);
    copy.replay(lab.journal);
    expect(JSON.stringify(copy.snapshot())).toBe(JSON.stringify(lab.snapshot()));
  });
});
