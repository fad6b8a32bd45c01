import { describe, expect, test } from "vitest";
import { type Kind, all, kinds, masterPassword, server } from "./database.test-helper";

/** How a password is changed from inside, by each kind of server. */
const change: Record<Kind, (user: string, password: string) => string> = {
  mysql: (user, password) => `ALTER USER '${user}'@'%' IDENTIFIED BY '${password}'`,
  "mysql8.0": (user, password) => `ALTER USER '${user}'@'%' IDENTIFIED BY '${password}'`,
  mariadb: (user, password) => `SET PASSWORD FOR '${user}'@'%' = PASSWORD('${password}')`,
  "aurora-mysql": (user, password) => `SET PASSWORD FOR '${user}'@'%' = '${password}'`,
  postgres: (user, password) => `ALTER USER ${user} WITH PASSWORD '${password}'`,
  postgres15: (user, password) => `ALTER ROLE ${user} PASSWORD '${password}'`,
  "aurora-postgresql": (user, password) => `ALTER USER ${user} WITH ENCRYPTED PASSWORD '${password}'`,
  redshift: (user, password) => `ALTER USER ${user} PASSWORD '${password}'`,
  docdb: (user, password) => JSON.stringify({ updateUser: user, pwd: password }),
};
const look = (kind: Kind): string => (kind === "docdb" ? '{"ping":1}' : "SELECT 1");

describe.each(kinds)("%s: a connection that is open", (kind) => {
  test("stays open when the password changes, from inside and from outside; new ones need the new password", async () => {
    const { open, enter, must, lab } = await server(kind);
    const app = await open();
    expect((await app.say(change[kind]("boss", "Changed-Inside-2"))).refused).toBeUndefined();
    expect((await app.say(look(kind))).refused).toBeUndefined();
    expect([await enter("boss", masterPassword) === "ok", await enter("boss", "Changed-Inside-2")]).toEqual([false, "ok"]);
    const input = { MasterUserPassword: "Changed-Outside-3", ApplyImmediately: true };
    if (kind === "redshift") await must("redshift", "ModifyCluster", { ClusterIdentifier: "shop", MasterUserPassword: "Changed-Outside-3" });
    else if (/aurora|docdb/.test(kind)) await must("rds", "ModifyDBCluster", { DBClusterIdentifier: "shop", ...input });
    else await must("rds", "ModifyDBInstance", { DBInstanceIdentifier: "shop", ...input });
    expect(await enter("boss", "Changed-Inside-2")).toBe("ok");
    await lab.advance(60_000);
    expect([await enter("boss", "Changed-Inside-2") === "ok", await enter("boss", "Changed-Outside-3")]).toEqual([false, "ok"]);
    expect((await app.say(look(kind))).refused).toBeUndefined();
  });

  test("ends with its server, and when it is closed", async () => {
    const { open, must, lab } = await server(kind);
    const [one, two] = [await open(), await open()];
    await one.close();
    await one.close();
    expect((await one.say(look(kind))).refused).toBe("ConnectionLost: The connection is closed");
    expect((await two.say(look(kind))).refused).toBeUndefined();
    if (kind === "redshift") await must("redshift", "DeleteCluster", { ClusterIdentifier: "shop", SkipFinalClusterSnapshot: true });
    else if (/aurora|docdb/.test(kind)) await must("rds", "StopDBCluster", { DBClusterIdentifier: "shop" });
    else await must("rds", "StopDBInstance", { DBInstanceIdentifier: "shop" });
    await lab.advance(600_000);
    expect((await two.say(look(kind))).refused).toBe("ConnectionLost: The connection is closed");
  });
});

test("whose user was dropped may do nothing that asks for rights", async () => {
  const { open, say } = await server("mysql");
  await all(say, "CREATE TABLE t (id INT)", "CREATE USER app IDENTIFIED BY 'pw'", "GRANT SELECT ON shop.* TO app");
  const app = await open("app", "pw");
  expect((await app.say("SELECT * FROM t")).refused).toBeUndefined();
  await say("DROP USER app");
  expect((await app.say("SELECT * FROM t")).refused).toBe("1142 42000 SELECT command denied to user 'app'@'10.0.1.20' for table 't'");
  expect((await app.say("SELECT 1")).rows).toEqual([["1"]]);
});

test("each connection has a number of its own", async () => {
  const { open } = await server("mysql");
  const numbers = [];
  for (let i = 0; i < 3; i++) numbers.push((await (await open()).say("SELECT CONNECTION_ID()")).rows[0][0]);
  expect(new Set(numbers).size).toBe(3);
});

describe("a server keeps so many connections, by its class", () => {
  test.each([
    ["mysql", 85, "1040 08004 Too many connections"],
    ["postgres", 112, "53300 sorry, too many clients already"],
  ] as const)("%s: %i", async (kind, most, refused) => {
    const { open, enter, lab } = await server(kind);
    const first = await open();
    for (let i = 1; i < most; i++) await open();
    expect(await enter()).toBe(refused);
    await first.close();
    expect(await enter()).toBe("ok");
    expect(await enter()).toBe(refused);
    // Those that nobody used for eight hours make room.
    await lab.advance(8 * 3_600_000);
    expect(await enter()).toBe("ok");
  }, 30_000);
});

test("replay gives the same bytes", async () => {
  const { lab, open, say } = await server("postgres");
  const copy = lab.fork();
  const app = await open();
  await all(app.say, "CREATE TABLE t (id SERIAL PRIMARY KEY, at TIMESTAMP DEFAULT CURRENT_TIMESTAMP)", "BEGIN", "INSERT INTO t (at) VALUES (DEFAULT)", "CREATE USER app PASSWORD 'pw'", "COMMIT", "BEGIN");
  await app.say("SELECT nonsense");
  await say("SELECT 1");
  copy.replay(lab.journal);
  expect(JSON.stringify(copy.snapshot())).toBe(JSON.stringify(lab.snapshot()));
  const before = JSON.stringify(lab.snapshot().records);
  await say("CREATE USER another PASSWORD 'pw'");
  lab.undo();
  expect(JSON.stringify(lab.snapshot().records)).toBe(before);
});

test("in no record of CloudTrail, in no trace: statements and passwords", async () => {
  const { lab, say, must } = await server("mysql");
  await all(say, "CREATE USER app IDENTIFIED BY 'Hidden-Password-9'");
  await must("database", "Execute", { Host: (await must("rds", "DescribeDBInstances")).DBInstances[0].Endpoint.Address, User: "boss", Password: masterPassword, Statement: "SELECT ?", Parameters: ["Hidden-Password-9"] });
  const traces = JSON.stringify(lab.journal.map(({ trace }) => trace));
  expect(traces).not.toContain("Hidden-Password-9");
  expect(traces).not.toContain(masterPassword);
  expect(lab.journal.find(({ call }) => call?.operation === "Execute")!.trace.steps).toContainEqual(expect.objectContaining({ what: "database statement", ok: true, detail: expect.stringMatching(/^CREATE USER as boss at /) }));
  const { Events } = await must("cloudtrail", "LookupEvents", { MaxResults: 50 });
  expect(JSON.stringify(Events)).not.toContain("Hidden-Password-9");
  expect(Events.filter((event: any) => /database/.test(event.EventSource))).toEqual([]);
});
