import { describe, expect, test } from "vitest";
import { type Kind, all, server } from "./database.test-helper";

/** Numbers, SQLSTATEs and texts: MySQL 8.4 Reference Manual, "Server Error Message Reference"; statements, "Account Management Statements". */

const mysqls = ["mysql", "mysql8.0", "mariadb", "aurora-mysql"] as const satisfies readonly Kind[];

describe.each(mysqls)("%s: users as rotation needs them", (kind) => {
  test("single user: its own password, by ALTER USER and by SET PASSWORD", async () => {
    const { say, enter } = await server(kind);
    await all(say, "CREATE USER 'app'@'%' IDENTIFIED BY 'one'");
    const own = (Statement: string, password: string) => say(Statement, { as: "app", password, database: "" });
    expect((await own("ALTER USER USER() IDENTIFIED BY 'two'", "one")).refused).toBeUndefined();
    expect([await enter("app", "one", { Database: "" }), await enter("app", "two", { Database: "" })]).toEqual(["1045 28000 Access denied for user 'app'@'10.0.1.20' (using password: YES)", "ok"]);
    expect((await own("SET PASSWORD = 'three'", "two")).refused).toBeUndefined();
    expect((await own("ALTER USER 'app'@'%' IDENTIFIED BY 'four'", "three")).refused).toBeUndefined();
    expect(await enter("app", "four", { Database: "" })).toBe("ok");
    expect((await own("ALTER USER 'boss'@'%' IDENTIFIED BY 'mine now'", "four")).refused).toBe("1227 42000 Access denied; you need (at least one of) the CREATE USER privilege(s) for this operation");
  });

  test("alternating users: grants are read from one and given to the other", async () => {
    const { say, enter } = await server(kind);
    await all(say, "CREATE TABLE t (id INT)", "CREATE USER app IDENTIFIED BY 'one'", "GRANT SELECT, INSERT ON shop.* TO app", "GRANT ALL PRIVILEGES ON shop.t TO app WITH GRANT OPTION");
    const { rows, columns } = await say("SHOW GRANTS FOR 'app'@'%'");
    expect(columns).toEqual(["Grants for app@%"]);
    expect(rows).toEqual([["GRANT USAGE ON *.* TO `app`@`%`"], ["GRANT SELECT, INSERT ON `shop`.* TO `app`@`%`"], ["GRANT ALL PRIVILEGES ON `shop`.`t` TO `app`@`%` WITH GRANT OPTION"]]);
    await all(say, "CREATE USER 'app_clone'@'%' IDENTIFIED BY 'two'", ...rows.map(([grant]) => grant!.replace("`app`", "`app_clone`")));
    expect((await say("SHOW GRANTS FOR app_clone")).rows.map(([grant]) => grant!.replace("app_clone", "app"))).toEqual(rows.map(([grant]) => grant));
    expect(await enter("app_clone", "two")).toBe("ok");
    expect((await say("SELECT User FROM mysql.user WHERE User = 'app_clone'")).rows).toEqual([["app_clone"]]);
  });

  test("parameters stand where texts may stand", async () => {
    const { say, enter } = await server(kind);
    await say("CREATE USER ?@? IDENTIFIED BY ?", { parameters: ["it's", "%", "p\\w'\""] });
    expect(await enter("it's", "p\\w'\"", { Database: "" })).toBe("ok");
    expect((await say("SELECT User FROM mysql.user WHERE User = ?", { parameters: ["it's"] })).rows).toEqual([["it's"]]);
    expect((await say("SELECT ?", { parameters: [] })).refused).toMatch(/^1064 42000 /);
  });
});

describe("MySQL refuses", () => {
  const prepared = ["CREATE USER app IDENTIFIED BY 'pw'", "CREATE USER other", "CREATE TABLE t (id INT PRIMARY KEY AUTO_INCREMENT, who VARCHAR(5) NOT NULL, n INT DEFAULT 7)", "GRANT SELECT ON shop.t TO app"];
  test.each([
    ["boss", "CREATE USER app IDENTIFIED BY 'x'", "1396 HY000 Operation CREATE USER failed for 'app'@'%'"],
    ["boss", "CREATE USER IF NOT EXISTS app IDENTIFIED BY 'x'", undefined],
    ["boss", "ALTER USER nobody IDENTIFIED BY 'x'", "1396 HY000 Operation ALTER USER failed for 'nobody'@'%'"],
    ["boss", "ALTER USER app@localhost IDENTIFIED BY 'x'", "1396 HY000 Operation ALTER USER failed for 'app'@'localhost'"],
    ["boss", "DROP USER nobody", "1396 HY000 Operation DROP USER failed for 'nobody'@'%'"],
    ["boss", "DROP USER IF EXISTS nobody", undefined],
    ["boss", "DROP USER rdsadmin@localhost", "1227 42000 Access denied; you need (at least one of) the SYSTEM_USER privilege(s) for this operation"],
    ["boss", "ALTER USER rdsadmin@localhost IDENTIFIED BY 'x'", "1227 42000 Access denied; you need (at least one of) the SYSTEM_USER privilege(s) for this operation"],
    ["boss", "SET PASSWORD FOR nobody = 'x'", "1396 HY000 Operation SET PASSWORD failed for 'nobody'@'%'"],
    ["boss", "SET PASSWORD FOR app = PASSWORD('x')", /^1064 42000 You have an error in your SQL syntax; .* near 'PASSWORD\('x'\)' at line 1$/],
    ["boss", "RENAME USER app TO other", "1396 HY000 Operation RENAME USER failed for 'app'@'%'"],
    ["boss", `CREATE USER '${"x".repeat(33)}'`, `1470 HY000 String '${"x".repeat(33)}' is too long for user name (should be no longer than 32)`],
    ["boss", "SHOW GRANTS FOR nobody", "1141 42000 There is no such grant defined for user 'nobody' on host '%'"],
    ["boss", "GRANT SELECT ON shop.* TO nobody", "1410 42000 You are not allowed to create a user with GRANT"],
    ["boss", "GRANT ALL ON *.* TO app", "1045 28000 Access denied for user 'boss'@'%' (using password: YES)"],
    ["boss", "GRANT SUPER ON *.* TO app", "1045 28000 Access denied for user 'boss'@'%' (using password: YES)"],
    ["boss", "REVOKE INSERT ON shop.* FROM app", "1141 42000 There is no such grant defined for user 'app' on host '%'"],
    ["boss", "GRANT app TO other", "NotSimulated: Keyhole does not simulate roles of MySQL. A real server has it; this lab does not."],
    ["app", "CREATE USER x", "1227 42000 Access denied; you need (at least one of) the CREATE USER privilege(s) for this operation"],
    ["app", "DROP USER boss", "1227 42000 Access denied; you need (at least one of) the CREATE USER privilege(s) for this operation"],
    ["app", "SHOW GRANTS FOR boss", "1044 42000 Access denied for user 'app'@'%' to database 'mysql'"],
    ["app", "SHOW GRANTS", undefined],
    ["app", "SELECT User FROM mysql.user", "1142 42000 SELECT command denied to user 'app'@'10.0.1.20' for table 'user'"],
    ["app", "GRANT SELECT ON shop.t TO other", "1142 42000 GRANT command denied to user 'app'@'10.0.1.20' for table 't'"],
    ["app", "GRANT SELECT ON shop.* TO other", "1044 42000 Access denied for user 'app'@'%' to database 'shop'"],
    ["app", "INSERT INTO t (who) VALUES ('x')", "1142 42000 INSERT command denied to user 'app'@'10.0.1.20' for table 't'"],
    ["app", "SELECT * FROM u", "1142 42000 SELECT command denied to user 'app'@'10.0.1.20' for table 'u'"],
    ["app", "CREATE TABLE u (id INT)", "1142 42000 CREATE command denied to user 'app'@'10.0.1.20' for table 'u'"],
    ["app", "DROP TABLE t", "1142 42000 DROP command denied to user 'app'@'10.0.1.20' for table 't'"],
    ["app", "CREATE DATABASE d", "1044 42000 Access denied for user 'app'@'%' to database 'd'"],
    ["app", "USE mysql", "1044 42000 Access denied for user 'app'@'%' to database 'mysql'"],
    ["boss", "USE nowhere", "1049 42000 Unknown database 'nowhere'"],
    ["boss", "CREATE DATABASE shop", "1007 HY000 Can't create database 'shop'; database exists"],
    ["boss", "SELECT * FROM nothing", "1146 42S02 Table 'shop.nothing' doesn't exist"],
    ["boss", "SELECT nothing FROM t", "1054 42S22 Unknown column 'nothing' in 'field list'"],
    ["boss", "SELECT id FROM t WHERE nothing = 1", "1054 42S22 Unknown column 'nothing' in 'where clause'"],
    ["boss", "SELECT id FROM t ORDER BY nothing", "1054 42S22 Unknown column 'nothing' in 'order clause'"],
    ["boss", "CREATE TABLE t (id INT)", "1050 42S01 Table 't' already exists"],
    ["boss", "CREATE TABLE u (id INT, ID INT)", "1060 42S21 Duplicate column name 'ID'"],
    ["boss", "CREATE TABLE u (id INT AUTO_INCREMENT)", "1075 42000 Incorrect table definition; there can be only one auto column and it must be defined as a key"],
    ["boss", "CREATE TABLE u (a INT PRIMARY KEY, b INT PRIMARY KEY)", "1068 42000 Multiple primary key defined"],
    ["boss", "DROP TABLE nothing", "1051 42S02 Unknown table 'shop.nothing'"],
    ["boss", "INSERT INTO t (who) VALUES ('a', 'b')", "1136 21S01 Column count doesn't match value count at row 1"],
    ["boss", "INSERT INTO t (n) VALUES (1)", "1364 HY000 Field 'who' doesn't have a default value"],
    ["boss", "INSERT INTO t (who) VALUES (NULL)", "1048 23000 Column 'who' cannot be null"],
    ["boss", "INSERT INTO t (who) VALUES ('toolong')", "1406 22001 Data too long for column 'who' at row 1"],
    ["boss", "INSERT INTO t (who, n) VALUES ('ok', 'seven')", "1366 HY000 Incorrect integer value: 'seven' for column 'n' at row 1"],
    ["boss", "INSERT INTO t VALUES (1, 'a', 1), (1, 'b', 2)", "1062 23000 Duplicate entry '1' for key 't.PRIMARY'"],
    ["boss", "SELECT NOFUNCTION()", "1305 42000 FUNCTION NOFUNCTION does not exist"],
    ["boss", "SELEKT 1", "1064 42000 You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near 'SELEKT 1' at line 1"],
    ["boss", "SELECT 1\nFROM", "1064 42000 You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near '' at line 2"],
    ["boss", "SELECT 'it", "1064 42000 You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near ''it' at line 1"],
  ] as const)("%s: %s", async (as, statement, refused) => {
    const { say } = await server("mysql");
    await all(say, ...prepared);
    const got = (await say(statement, as === "boss" ? {} : { as, password: "pw" })).refused;
    if (refused instanceof RegExp) expect(got).toMatch(refused);
    else expect(got).toBe(refused);
  });

  test.each([["mariadb", "MariaDB"], ["mysql", "MySQL"]] as const)("%s calls itself %s in its complaints", async (kind, name) => {
    expect((await (await server(kind)).say("SELEKT 1")).refused).toContain(`your ${name} server version`);
  });

  test("MariaDB has PASSWORD() still", async () => {
    const { say, enter } = await server("mariadb");
    await all(say, "CREATE USER app IDENTIFIED BY 'pw'", "SET PASSWORD FOR app = PASSWORD('new')");
    expect(await enter("app", "new", { Database: "" })).toBe("ok");
  });

  test.each([
    "SELECT DISTINCT id FROM t", "SELECT id FROM t WHERE id = 1 OR id = 2", "SELECT id FROM t WHERE (id = 1 OR id = 2)", "SELECT id FROM t WHERE 1 = 1", "SELECT id FROM t WHERE NOT id = 1", "SELECT id FROM t WHERE id BETWEEN 1 AND 2",
    "SELECT id FROM t, t", "SELECT id FROM t JOIN t", "SELECT 1 + 1", "SELECT id FROM t WHERE id = (SELECT 1)", "SELECT id FROM t WHERE id IN (SELECT 1)", "SELECT id FROM t GROUP BY id", "SELECT id FROM t FOR UPDATE", "INSERT INTO t (who) SELECT 'a'",
    "INSERT INTO t (who) VALUES ('a') ON DUPLICATE KEY UPDATE n = 1", "ALTER TABLE t ADD x INT", "CREATE VIEW v AS SELECT 1", "DROP DATABASE shop", "TRUNCATE t", "EXPLAIN SELECT 1", "CREATE TABLE u (id INT UNIQUE)", "CREATE TABLE u (id INT) ENGINE=InnoDB",
    "CREATE TABLE u (p POINT)", "/*! SELECT 1 */ SELECT 1", "SHOW PROCESSLIST", "CREATE USER x REQUIRE SSL", "CREATE ROLE r", "ALTER USER app IDENTIFIED BY 'x' RETAIN CURRENT PASSWORD", "GRANT SELECT (id) ON t TO app", "SET GLOBAL max_connections = 1", "KILL 1",
  ])("says that it is not simulated: %s", async (statement) => {
    const { say } = await server("mysql");
    await all(say, ...prepared);
    expect((await say(statement)).refused).toMatch(/^NotSimulated: Keyhole does not simulate /);
  });
});

describe("MySQL's tables", () => {
  test("rows go in, change, and come out as it writes them", async () => {
    const { say } = await server("mysql");
    await all(say, "CREATE TABLE IF NOT EXISTS visit (id INT PRIMARY KEY AUTO_INCREMENT, who VARCHAR(20) NOT NULL, paid BOOLEAN DEFAULT FALSE, sum DECIMAL(8,2), at DATETIME DEFAULT CURRENT_TIMESTAMP)");
    expect((await say("INSERT INTO visit (who, sum) VALUES ('Ann', 12.5), ('bob', NULL)")).affected).toBe(2);
    await all(say, "INSERT INTO visit (id, who) VALUES (9, 'Zed')", "INSERT INTO visit (who) VALUES ('next')");
    expect((await say("SELECT id, who, paid, sum FROM visit ORDER BY who DESC")).rows).toEqual([["9", "Zed", "0", null], ["10", "next", "0", null], ["2", "bob", "0", null], ["1", "Ann", "0", "12.50"]]);
    expect((await say("SELECT who FROM visit WHERE who = 'ANN'")).rows).toEqual([["Ann"]]);
    expect((await say("SELECT who FROM visit WHERE who LIKE '%N%' ORDER BY id LIMIT 1, 5")).rows).toEqual([["next"]]);
    expect((await say("UPDATE visit SET paid = TRUE WHERE id < 9")).affected).toBe(2);
    expect((await say("UPDATE visit SET paid = 1 WHERE id < 9")).affected).toBe(0);
    expect((await say("SELECT COUNT(*) AS many FROM visit WHERE paid = 1"))).toMatchObject({ columns: ["many"], rows: [["2"]] });
    expect((await say("SELECT id FROM visit ORDER BY sum, id")).rows.map(([id]) => id)).toEqual(["2", "9", "10", "1"]);
    expect((await say("DELETE FROM visit WHERE sum IS NULL")).affected).toBe(3);
    expect((await say("DESCRIBE visit")).rows[0]).toEqual(["id", "int", "NO", "PRI", null, "auto_increment"]);
    expect((await say("SHOW TABLES")).rows).toEqual([["visit"]]);
    expect((await say("SHOW DATABASES LIKE 's%'")).rows).toEqual([["shop"], ["sys"]]);
  });

  test("what a session knows of itself", async () => {
    const { open } = await server("mysql");
    const one = await open();
    expect((await one.say("SELECT CURRENT_USER(), USER(), DATABASE(), VERSION(), CONCAT('a', 1), TRUE")).rows).toEqual([["boss@%", "boss@10.0.1.20", "shop", "8.4.7", "a1", "1"]]);
    await one.say("USE information_schema");
    expect((await one.say("SELECT DATABASE()")).rows).toEqual([["information_schema"]]);
    expect((await one.say("SELECT SCHEMA_NAME FROM information_schema.schemata WHERE SCHEMA_NAME = 'shop'")).rows).toEqual([["shop"]]);
  });
});

describe("MySQL's transactions", () => {
  test("nobody sees what is not committed; a rollback takes it back", async () => {
    const { open } = await server("mysql");
    const [one, two] = [await open(), await open()];
    await one.say("CREATE TABLE t (id INT PRIMARY KEY)");
    await all(one.say, "START TRANSACTION", "INSERT INTO t VALUES (1)");
    expect([(await one.say("SELECT * FROM t")).rows, (await two.say("SELECT * FROM t")).rows]).toEqual([[["1"]], []]);
    expect((await one.say("ROLLBACK")).open).toBe(false);
    expect((await one.say("SELECT * FROM t")).rows).toEqual([]);
  });

  test("a refused statement leaves its transaction open; users are made outside it", async () => {
    const { open, say, enter } = await server("mysql");
    const one = await open();
    await all(one.say, "CREATE TABLE t (id INT PRIMARY KEY)", "BEGIN", "INSERT INTO t VALUES (1)");
    expect((await one.say("INSERT INTO t VALUES (1)")).refused).toMatch(/^1062/);
    await all(one.say, "INSERT INTO t VALUES (2)", "CREATE USER app IDENTIFIED BY 'pw'");
    expect(await enter("app", "pw", { Database: "" })).toBe("ok");
    await one.say("ROLLBACK");
    // CREATE USER committed what was before it.
    expect((await say("SELECT * FROM t")).rows).toEqual([["1"], ["2"]]);
  });

  test("a statement that commits first has committed, also where it is refused itself", async () => {
    const { open, say } = await server("mysql");
    const one = await open();
    await all(one.say, "CREATE TABLE t (id INT)", "BEGIN", "INSERT INTO t VALUES (1)");
    const refused = await one.say("CREATE USER boss");
    expect([refused.refused, refused.open]).toEqual(["1396 HY000 Operation CREATE USER failed for 'boss'@'%'", false]);
    expect((await say("SELECT * FROM t")).rows).toEqual([["1"]]);
  });

  test("of several users in one statement all are made, or none", async () => {
    const { say } = await server("mysql");
    expect((await say("CREATE USER a, boss, c")).refused).toMatch(/^1396/);
    expect((await say("SELECT User FROM mysql.user WHERE User IN ('a', 'c')")).rows).toEqual([]);
  });

  test("autocommit off: changes wait for COMMIT", async () => {
    const { open, say } = await server("mysql");
    const one = await open();
    await all(one.say, "CREATE TABLE t (id INT)", "SET autocommit = 0", "INSERT INTO t VALUES (1)");
    expect((await say("SELECT * FROM t")).rows).toEqual([]);
    await one.say("COMMIT");
    await one.say("INSERT INTO t VALUES (2)");
    expect((await say("SELECT * FROM t")).rows).toEqual([["1"]]);
    await one.say("SET autocommit = 1");
    expect((await say("SELECT * FROM t")).rows).toEqual([["1"], ["2"]]);
  });

  test("two that insert at once lose nothing; the same key twice is one too many", async () => {
    const { open, say } = await server("mysql");
    const [one, two] = [await open(), await open()];
    await one.say("CREATE TABLE t (id INT PRIMARY KEY AUTO_INCREMENT, who TEXT)");
    await all(one.say, "BEGIN", "INSERT INTO t (who) VALUES ('one')");
    await all(two.say, "BEGIN", "INSERT INTO t (who) VALUES ('two')", "COMMIT");
    await one.say("COMMIT");
    expect((await say("SELECT id, who FROM t ORDER BY id")).rows).toEqual([["1", "one"], ["2", "two"]]);
    await all(one.say, "BEGIN", "INSERT INTO t VALUES (7, 'one')");
    await all(two.say, "BEGIN", "INSERT INTO t VALUES (7, 'two')", "COMMIT");
    expect(await one.say("COMMIT")).toMatchObject({ refused: "1213 40001 Deadlock found when trying to get lock; try restarting transaction", open: false });
    expect((await say("SELECT who FROM t WHERE id = 7")).rows).toEqual([["two"]]);
  });
});
