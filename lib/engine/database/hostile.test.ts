import { describe, expect, test } from "vitest";
import { all, server } from "./database.test-helper";
import { isLike } from "./sql/like";

/** What a learner, or a program of theirs, may send: refused or answered soon, and the lab as before. */

const deep = (open: string, close: string, inside = "1"): string => `SELECT ${open.repeat(5_000)}${inside}${close.repeat(5_000)}`;

describe.each(["mysql", "postgres", "redshift"] as const)("%s", (kind) => {
  test.each<[string, string]>([
    ["nothing", ""], ["a semicolon", ";"], ["semicolons", ";;;;"], ["two statements", "SELECT 1; DROP USER boss"], ["a control character", "SELECT \u0001"], ["zero bytes", "SELECT '\0', \0"], ["a lone surrogate", "SELECT '\ud800'"], ["emoji as names", "CREATE TABLE 😀 (🔑 INT)"],
    ["functions in functions", deep("f(", ")")], ["parentheses", deep("(", ")")], ["a long name", `SELECT ${"x".repeat(60_000)}`], ["a long text", `SELECT '${"x".repeat(60_000)}'`], ["many columns", `SELECT ${Array.from({ length: 20_000 }, () => "1").join()}`],
    ["half a comment, again and again", "/*".repeat(30_000)], ["half a text", `SELECT '${"''".repeat(20_000)}`], ["backslashes", `SELECT '${"\\".repeat(50_000)}`], ["quotes of all kinds", "SELECT '\"`'\"`'\"`"], ["words that objects have", "SELECT constructor FROM __proto__ WHERE hasOwnProperty = 1"],
    ["a function that objects have", "SELECT constructor()"], ["a variable that is none", "SET __proto__ = 1"], ["a user called as objects' members", "DROP USER __proto__"], ["placeholders without values", "SELECT ?, $1, $2"], ["a huge number", `SELECT ${"9".repeat(50_000)}`], ["a huge limit", "SELECT 1 LIMIT 99999999999999999999"],
    ["a table with a thousand columns", `CREATE TABLE big (${Array.from({ length: 1_000 }, (_, i) => `c${i} INT`).join()})`], ["a default that is a column", "CREATE TABLE t (a INT DEFAULT b)"],
  ])("%s", async (_, statement) => {
    const { say, lab } = await server(kind);
    const before = JSON.stringify(lab.snapshot().records);
    const begun = performance.now();
    const answer = await say(statement);
    expect(performance.now() - begun).toBeLessThan(2_000);
    if (answer.refused) expect(JSON.stringify(lab.snapshot().records)).toBe(before);
    expect((await say("SELECT 1")).rows).toEqual([["1"]]);
  });

  test.each<[string, unknown]>([
    ["a number", 7], ["an object", { a: 1 }], ["a list", ["SELECT 1"]], ["none", null], ["one that is too long", "x".repeat(65_537)],
  ])("a statement that is %s", async (_, Statement) => {
    const { call, login } = await server(kind);
    const reply = await call("database", "Execute", { ...login(), Statement: Statement as never });
    expect(reply.ok ? "ok" : reply.error.code).toMatch(/ValidationException|SerializationException/);
    // What is too long is not said back: it may hold a password.
    expect(JSON.stringify(reply)).not.toContain("xxxxxxxx");
  });

  test("names and passwords with anything in them stay names and passwords", async () => {
    const { say, enter } = await server(kind);
    const nasty = ["a'b", 'a"b', "a`b", "a\\b", "a;b", "a--b", "ünï", "a b"];
    for (const [i, name] of nasty.entries()) {
      const password = `Pa5${name}-${i}${kind === "redshift" ? "Xx" : ""}`;
      const quoted = kind === "mysql" ? `'${password.replace(/['\\]/g, "\\$&")}'` : `'${password.replaceAll("'", "''")}'`;
      await all(say, kind === "mysql" ? `CREATE USER \`${name.replaceAll("`", "``")}\` IDENTIFIED BY ${quoted}` : `CREATE USER "${name.replaceAll('"', '""')}" PASSWORD ${quoted}`);
      expect(await enter(name, password, { Database: kind === "mysql" ? "" : "shop" }), name).toBe("ok");
    }
  });
});

describe("limits", () => {
  test("rows of a table", async () => {
    const { say } = await server("mysql");
    await say("CREATE TABLE t (id INT)");
    await all(say, `INSERT INTO t VALUES ${Array.from({ length: 1_000 }, (_, i) => `(${i})`).join()}`);
    expect((await say("INSERT INTO t VALUES (1)")).refused).toBe("1114 HY000 The table 't' is full");
    expect((await say("SELECT COUNT(*) FROM t")).rows).toEqual([["1000"]]);
  });

  test("bytes of a table, and of a value", async () => {
    const { say } = await server("postgres");
    await say("CREATE TABLE t (word TEXT)");
    expect((await say(`INSERT INTO t VALUES ('${"x".repeat(4_097)}')`)).refused).toMatch(/^NotSimulated: .* values of more than 4096 characters/);
    for (let i = 0; i < 6; i++) await all(say, `INSERT INTO t VALUES ${Array.from({ length: 10 }, () => `('${"x".repeat(4_096)}')`).join()}`);
    expect((await say(`INSERT INTO t VALUES ${Array.from({ length: 10 }, () => `('${"x".repeat(4_096)}')`).join()}`)).refused).toBe("53100 could not extend file: No space left on device");
  });

  test("tables, databases, users of a server", async () => {
    const { say } = await server("mysql");
    for (let i = 0; i < 50; i++) await all(say, `CREATE TABLE t${i} (id INT)`);
    expect((await say("CREATE TABLE one_more (id INT)")).refused).toBe("1114 HY000 The table 'one_more' is full");
    for (let i = 0; i < 19; i++) await all(say, `CREATE DATABASE d${i}`);
    expect((await say("CREATE DATABASE one_more")).refused).toMatch(/^1114/);
    await all(say, `CREATE USER ${Array.from({ length: 198 }, (_, i) => `u${i}`).join()}`);
    expect((await say("CREATE USER one_more")).refused).toMatch(/^NotSimulated: .*more than 200 users/);
  });
});

describe("LIKE", () => {
  test.each([
    ["%", "", true], ["%", "anything", true], ["_", "", false], ["_", "a", true], ["a%", "abc", true], ["a%", "bac", false], ["%c", "abc", true], ["a%c%e", "abcde", true], ["a%c%f", "abcde", false], ["a\\%", "a%", true], ["a\\%", "ab", false],
    ["a\\_b", "a_b", true], ["a\\_b", "axb", false], ["A%", "abc", false], ["", "", true], ["", "a", false], ["%%%", "x", true], ["a%%b", "ab", true], ["a.c", "abc", false], ["[a]", "a", false],
  ])("%j, %j: %s", (pattern, text, fits) => expect(isLike(pattern, text)).toBe(fits));

  test("in any case where it is asked so", () => expect([isLike("A%", "abc", true), isLike("a%", "ABC", true)]).toEqual([true, true]));

  test("a pattern made to be slow is not", () => {
    const begun = performance.now();
    expect(isLike(`${"%a".repeat(200)}%b`, "a".repeat(4_000))).toBe(false);
    expect(performance.now() - begun).toBeLessThan(500);
  });
});
