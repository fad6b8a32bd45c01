import { describe, expect, test } from "vitest";
import { all, server } from "./database.test-helper";

/** Source: Redshift Developer Guide, CREATE USER, ALTER USER, CREATE GROUP, ALTER GROUP, GRANT. */

test("users and groups, as rotation needs them", async () => {
  const { say, enter } = await server("redshift");
  expect((await say("CREATE USER app PASSWORD 'Passw0rd1'")).status).toBe("CREATE USER");
  expect((await say("CREATE GROUP readers")).status).toBe("CREATE GROUP");
  expect((await say("ALTER GROUP readers ADD USER app")).status).toBe("ALTER GROUP");
  await all(say, "CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1), (1)", "GRANT SELECT ON t TO GROUP readers");
  // Keys are not held to. Source: Redshift Developer Guide, "Defining table constraints".
  expect((await say("SELECT * FROM t", { as: "app", password: "Passw0rd1" })).rows).toEqual([["1"], ["1"]]);
  expect((await say("SELECT usename FROM pg_user WHERE usename = 'app'")).rows).toEqual([["app"]]);
  expect((await say("SELECT groname, grolist FROM pg_group")).rows).toEqual([["readers", "{app}"]]);
  await all(say, "ALTER GROUP readers DROP USER app");
  expect((await say("SELECT * FROM t", { as: "app", password: "Passw0rd1" })).refused).toBe("42501 permission denied for table t");
  await all(say, "ALTER USER app PASSWORD 'Passw0rd2'");
  expect([await enter("app", "Passw0rd1"), await enter("app", "Passw0rd2")]).toEqual(['28000 password authentication failed for user "app"', "ok"]);
  await all(say, "ALTER USER app PASSWORD DISABLE");
  expect(await enter("app", "Passw0rd2")).toMatch(/^28000/);
  expect((await say("SELECT VERSION()")).rows[0][0]).toMatch(/^PostgreSQL 8\.0\.2 .*Redshift 1\.0\./);
});

describe("refuses", () => {
  test.each([
    ["boss", "CREATE USER app PASSWORD 'short1A'", "22023 Invalid password"],
    ["boss", "CREATE USER app PASSWORD 'nouppercase1'", "22023 Password must contain an uppercase letter."],
    ["boss", "CREATE USER app PASSWORD 'NOLOWERCASE1'", "22023 Password must contain a lowercase letter."],
    ["boss", "CREATE USER app PASSWORD 'NoNumbersHere'", "22023 Password must contain a number."],
    ["boss", "CREATE USER app", "22023 PASSWORD is required"],
    ["boss", "CREATE USER known PASSWORD 'Passw0rd1'", '42710 user "known" already exists'],
    ["boss", "ALTER USER nobody PASSWORD 'Passw0rd1'", '42704 user "nobody" does not exist'],
    ["boss", "ALTER GROUP nothing ADD USER known", '42704 group "nothing" does not exist'],
    ["boss", "DROP USER boss", "55006 current user cannot be dropped"],
    ["known", "CREATE USER x PASSWORD 'Passw0rd1'", "42501 must be superuser to create users"],
    ["known", "ALTER USER boss PASSWORD 'Passw0rd1'", "42501 must be superuser to alter users"],
    ["known", "DROP USER boss", "42501 must be superuser to drop users"],
    ["known", "ALTER USER known PASSWORD 'Passw0rd2'", undefined],
    ["boss", "CREATE TABLE t (id INT IDENTITY(1,1))", "NotSimulated: Keyhole does not simulate IDENTITY of columns. A real server has it; this lab does not."],
    ["boss", "CREATE TABLE t (id SERIAL)", "NotSimulated: Keyhole does not simulate columns of the type serial. A real server has it; this lab does not."],
  ] as const)("%s: %s", async (as, statement, refused) => {
    const { say } = await server("redshift");
    await all(say, "CREATE USER known PASSWORD 'Passw0rd1'");
    expect((await say(statement, as === "boss" ? {} : { as, password: "Passw0rd1" })).refused).toBe(refused);
  });
});
