import { describe, expect, test } from "vitest";
import { B, type Kind, all, kinds, masterPassword, server } from "./database.test-helper";

/** Numbers and texts: MySQL 8.4 Reference Manual, "Server Error Message Reference"; PostgreSQL, auth.c and postinit.c; DocumentDB Developer Guide, "Connection issues". */
const wrong: Record<Kind, string> = {
  mysql: "1045 28000 Access denied for user 'boss'@'10.0.1.20' (using password: YES)",
  "mysql8.0": "1045 28000 Access denied for user 'boss'@'10.0.1.20' (using password: YES)",
  mariadb: "1045 28000 Access denied for user 'boss'@'10.0.1.20' (using password: YES)",
  "aurora-mysql": "1045 28000 Access denied for user 'boss'@'10.0.1.20' (using password: YES)",
  postgres15: '28P01 password authentication failed for user "boss"',
  postgres: '28P01 password authentication failed for user "boss"',
  "aurora-postgresql": '28P01 password authentication failed for user "boss"',
  redshift: '28000 password authentication failed for user "boss"',
  docdb: "18 Authentication failed.",
};
const none = (kind: Kind): string => (/mysql|mariadb/.test(kind) ? "1045 28000 Access denied for user 'boss'@'10.0.1.20' (using password: NO)" : kind === "docdb" ? wrong.docdb : "ServerError: fe_sendauth: no password supplied");

describe.each(kinds)("%s: who gets in", (kind) => {
  test.each<[string, string | undefined, string | null | undefined, string]>([
    ["the right password", "boss", masterPassword, "ok"],
    ["a wrong one", "boss", "wrong", wrong[kind]],
    ["another case", "boss", masterPassword.toLowerCase(), wrong[kind]],
    ["a space behind it", "boss", `${masterPassword} `, wrong[kind]],
    ["none", "boss", null, none(kind)],
    ["an empty one", "boss", "", none(kind)],
    ["nobody whom it knows", "eve", masterPassword, wrong[kind].replace("boss", "eve")],
    ["the server's own administrator", kind === "redshift" ? "rdsdb" : "rdsadmin", "x", wrong[kind].replace("boss", kind === "redshift" ? "rdsdb" : "rdsadmin")],
    ["a name in another case", "Boss", masterPassword, wrong[kind].replace("boss", "Boss")],
  ])("%s", async (_, user, password, outcome) => {
    const { enter } = await server(kind);
    expect(await enter(user, password)).toBe(outcome);
  });

  test("from anywhere that knows its name: another account, another Region, capitals in the name, its port", async () => {
    const { lab, host, port } = await server(kind);
    const input = { Host: host.toUpperCase(), User: "boss", Password: masterPassword, Database: "shop", Port: port };
    expect((await lab.call({ service: "database", operation: "Connect", input, caller: { account: B, user: "admin" }, region: "eu-central-1" })).ok).toBe(true);
  });

  test("no such host, another port, a server that is being made, was stopped, or is gone", async () => {
    const { enter, host, port, must, lab } = await server(kind);
    expect(await enter("boss", masterPassword, { Host: "nowhere.example" })).toBe("UnknownHost: No such host is known: nowhere.example");
    expect(await enter("boss", masterPassword, { Port: port + 1 })).toBe(`ConnectionRefused: Connection to ${host}:${port + 1} was refused`);
    const refused = `ConnectionRefused: Connection to ${host}:${port} was refused`;
    if (kind === "redshift") {
      await must("redshift", "DeleteCluster", { ClusterIdentifier: "shop", SkipFinalClusterSnapshot: true });
    } else {
      const [what, id] = /aurora|docdb/.test(kind) ? ["DBCluster", { DBClusterIdentifier: "shop" }] : ["DBInstance", { DBInstanceIdentifier: "shop" }];
      await must("rds", `Stop${what}`, id);
      await lab.advance(300_000);
      expect(await enter()).toBe(refused);
      await must("rds", `Start${what}`, id);
      expect(await enter()).toBe(refused);
      await lab.advance(300_000);
      expect(await enter()).toBe("ok");
      if (what === "DBCluster") await must("rds", "DeleteDBInstance", { DBInstanceIdentifier: "shop-1" });
      await must("rds", `Delete${what}`, { ...id, SkipFinalSnapshot: true });
    }
    expect(await enter()).toBe(refused);
    await lab.advance(600_000);
    expect(await enter()).toBe(`UnknownHost: No such host is known: ${host}`);
  });

  test("what the trace says of it: why, and never the password", async () => {
    const { call, login, host } = await server(kind);
    const right = await call("database", "Connect", login());
    const failed = await call("database", "Connect", login("boss", "Hunter2-is-wrong"));
    const unknown = await call("database", "Connect", login("eve", "Hunter2-is-wrong"));
    const told = [right, failed, unknown].map(({ trace }) => trace.steps.findLast((step) => step.kind === "check"));
    expect(told).toMatchObject([
      { what: "database login", ok: true, detail: `boss at ${host}: accepted` },
      { what: "database login", ok: false, detail: `boss at ${host}: wrong password` },
      { what: "database login", ok: false, detail: `eve at ${host}: no such user` },
    ]);
    const traces = JSON.stringify([right, failed, unknown].map(({ trace }) => trace));
    expect(traces).not.toContain(masterPassword);
    expect(traces).not.toContain("Hunter2");
  });
});

describe("databases at the door", () => {
  test.each<[Kind, string, string]>([
    ["mysql", "nowhere", "1049 42000 Unknown database 'nowhere'"],
    ["mysql", "information_schema", "ok"],
    ["mysql", "mysql", "ok"],
    ["mariadb", "nowhere", "1049 42000 Unknown database 'nowhere'"],
    ["postgres", "postgres", "ok"],
    ["postgres", "nowhere", '3D000 database "nowhere" does not exist'],
    ["postgres", "rdsadmin", '28000 pg_hba.conf rejects connection for host "10.0.1.20", user "boss", database "rdsadmin", SSL encryption'],
    ["redshift", "nowhere", '3D000 database "nowhere" does not exist'],
    ["redshift", "dev", '3D000 database "dev" does not exist'],
    ["docdb", "anything", "ok"],
  ])("%s: %s", async (kind, Database, outcome) => expect(await (await server(kind)).enter("boss", masterPassword, { Database })).toBe(outcome));

  test("PostgreSQL takes the user's name for a database that was not named", async () => {
    const { call } = await server("postgres");
    const { host } = await server("postgres");
    const reply = await call("database", "Connect", { Host: host, User: "boss", Password: masterPassword });
    expect(reply).toMatchObject({ ok: false, error: { message: 'database "boss" does not exist' } });
  });

  test("MySQL: a user without rights in it is kept out of a database, and not told whether it exists", async () => {
    const { say, enter } = await server("mysql");
    await all(say, "CREATE USER app IDENTIFIED BY 'pw'");
    expect(await enter("app", "pw", { Database: "shop" })).toBe("1044 42000 Access denied for user 'app'@'%' to database 'shop'");
    expect(await enter("app", "pw", { Database: "nowhere" })).toBe("1044 42000 Access denied for user 'app'@'%' to database 'nowhere'");
    expect(await enter("app", "pw", { Database: "" })).toBe("ok");
  });
});

describe("passwords that are good for a time", () => {
  test("PostgreSQL: VALID UNTIL ends them, and the client hears no more than that it failed", async () => {
    const { say, enter, lab } = await server("postgres");
    const until = new Date(lab.now() + 3_600_000).toISOString().slice(0, 19).replace("T", " ");
    await all(say, `CREATE USER app PASSWORD 'pw' VALID UNTIL '${until}'`);
    expect(await enter("app", "pw")).toBe("ok");
    await lab.advance(3_600_000);
    expect(await enter("app", "pw")).toBe('28P01 password authentication failed for user "app"');
    await all(say, "ALTER USER app VALID UNTIL 'infinity'");
    expect(await enter("app", "pw")).toBe("ok");
    expect((await say("ALTER USER app VALID UNTIL 'tomorrow-ish'")).refused).toBe('22P02 invalid input syntax for type timestamp with time zone: "tomorrow-ish"');
  });

  test("MySQL: PASSWORD EXPIRE at once, and after days; a new password is good again", async () => {
    const { say, enter, lab } = await server("mysql");
    const expired = "1862 HY000 Your password has expired. To log in you must change it using a client that supports expired passwords.";
    await all(say, "CREATE USER app IDENTIFIED BY 'pw'", "GRANT SELECT ON shop.* TO app", "ALTER USER app PASSWORD EXPIRE");
    expect(await enter("app", "pw")).toBe(expired);
    expect(await enter("app", "wrong")).toMatch(/^1045 /);
    await all(say, "ALTER USER app IDENTIFIED BY 'new' PASSWORD EXPIRE INTERVAL 90 DAY");
    expect(await enter("app", "new")).toBe("ok");
    await lab.advance(90 * 86_400_000);
    expect(await enter("app", "new")).toBe(expired);
    await all(say, "ALTER USER app PASSWORD EXPIRE NEVER");
    expect(await enter("app", "new")).toBe("ok");
  });

  test.each<[Kind, string, string, string]>([
    ["mysql", "ALTER USER app ACCOUNT LOCK", "ALTER USER app ACCOUNT UNLOCK", "3118 HY000 Access denied for user 'app'@'10.0.1.20'. Account is locked."],
    ["postgres", "ALTER ROLE app NOLOGIN", "ALTER ROLE app LOGIN", '28000 role "app" is not permitted to log in'],
  ])("%s: a user who may not log in", async (kind, lock, unlock, outcome) => {
    const { say, enter } = await server(kind);
    await all(say, kind === "mysql" ? "CREATE USER app IDENTIFIED BY 'pw'" : "CREATE USER app PASSWORD 'pw'", lock);
    expect(await enter("app", "pw", { Database: kind === "mysql" ? "" : "shop" })).toBe(outcome);
    expect(await enter("app", "no", { Database: kind === "mysql" ? "" : "shop" })).not.toBe(outcome);
    await all(say, unlock);
    expect(await enter("app", "pw", { Database: kind === "mysql" ? "" : "shop" })).toBe("ok");
  });
});

describe("MySQL: an account is a name and an address", () => {
  test.each([
    ["'app'@'10.0.1.%'", "10.0.1.20", "ok"],
    ["'app'@'10.0.2.%'", "10.0.1.20", "denied"],
    ["'app'@'10.0.1._0'", "10.0.1.20", "ok"],
    ["'app'@'localhost'", "10.0.1.20", "denied"],
    ["'app'@'198.51.100.7'", "198.51.100.7", "ok"],
    ["'app'@'%'", "198.51.100.7", "ok"],
  ])("%s from %s: %s", async (account, sourceIp, outcome) => {
    const { say, lab, host } = await server("mysql");
    await all(say, `CREATE USER ${account} IDENTIFIED BY 'pw'`);
    const reply = await lab.call({ service: "database", operation: "Connect", input: { Host: host, User: "app", Password: "pw" }, caller: { account: "111122223333", user: "admin" }, sourceIp });
    expect(reply.ok ? "ok" : "denied").toBe(outcome);
  });

  test("the narrowest account that fits is the one, with its own password", async () => {
    const { say, enter } = await server("mysql");
    await all(say, "CREATE USER app@'%' IDENTIFIED BY 'wide', app@'10.0.1.20' IDENTIFIED BY 'narrow'");
    expect(await enter("app", "wide", { Database: "" })).toMatch(/^1045/);
    expect(await enter("app", "narrow", { Database: "" })).toBe("ok");
    expect((await say("SELECT CURRENT_USER()", { as: "app", password: "narrow", database: "" })).rows).toEqual([["app@10.0.1.20"]]);
  });
});

test("a server whose storage key is disabled refuses, and comes back with the key", async () => {
  const { must, lab } = await server("mysql");
  const { KeyMetadata } = await must("kms", "CreateKey");
  await must("rds", "CreateDBInstance", { DBInstanceIdentifier: "sealed", Engine: "mysql", DBInstanceClass: "db.t4g.micro", AllocatedStorage: 20, MasterUsername: "boss", MasterUserPassword: masterPassword, StorageEncrypted: true, KmsKeyId: KeyMetadata.KeyId });
  await lab.advance(300_000);
  const [{ Endpoint }] = (await must("rds", "DescribeDBInstances", { DBInstanceIdentifier: "sealed" })).DBInstances;
  const enter = async (): Promise<boolean> => (await lab.call({ service: "database", operation: "Connect", input: { Host: Endpoint.Address, User: "boss", Password: masterPassword }, caller: { account: "111122223333", user: "admin" } })).ok;
  expect(await enter()).toBe(true);
  await must("kms", "DisableKey", { KeyId: KeyMetadata.KeyId });
  expect(await enter()).toBe(false);
  expect((await must("rds", "DescribeDBInstances", { DBInstanceIdentifier: "sealed" })).DBInstances[0].DBInstanceStatus).toBe("inaccessible-encryption-credentials-recoverable");
  await must("kms", "EnableKey", { KeyId: KeyMetadata.KeyId });
  expect(await enter()).toBe(true);
});
