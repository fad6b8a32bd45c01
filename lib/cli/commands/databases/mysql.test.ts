import { describe, expect, test } from "vitest";
import { terminal } from "./databases.test-helper";

/** Words and exit codes as in the MySQL 8.4 Reference Manual; there was no server at hand to record from. */
const warning = "mysql: [Warning] Using a password on the command line interface can be insecure.\n";

describe("logging in", () => {
  test("takes host, user and password from wherever they are said", async () => {
    const { run, host, password } = await terminal("mysql");
    const asks = "-N -e 'SELECT USER()'";
    const ok = { out: expect.stringMatching(/^\+-+\+\n\| boss@[\d.]+ \|\n\+-+\+\n$/), code: 0, err: "" };
    for (const [line, err] of [
      [`mysql -h ${host} -u boss -p${password} shop ${asks}`, warning],
      [`mysql -h${host} -P3306 -uboss --password=${password} -Dshop ${asks}`, warning],
      [`mysql --host=${host} --port 3306 --user boss --passw=${password} ${asks}`, warning],
      [`MYSQL_PWD=${password} mysql -h ${host} -u boss ${asks}`, ""],
      [`MYSQL_PWD=wrong mysql -h ${host} -u boss -p${password} ${asks}`, warning],
      [`printf '[client]\\nuser=boss\\npassword="${password}"\\n[other]\\npassword=no\\n[mysql]\\nhost = ${host}\\n' > ~/.my.cnf; mysql ${asks}`, ""],
      [`mysql --no-defaults -u boss ${asks}; mysql ${asks}`, "mysql: [ERROR] unknown option '--no-defaults'.\n"],
    ] as const) expect(await run(line), line).toMatchObject({ ...ok, err });
  });

  test("is refused as by the server", async () => {
    const { run, host, say, must, lab, password } = await terminal("mysql");
    const refused = async (line: string): Promise<string> => {
      const { err, code, out } = await run(line);
      expect([code, out], line).toEqual([1, ""]);
      return err.replace(warning, "").replaceAll(host, "HOST").replace(/@'[\d.]+'/, "@'CLIENT'");
    };
    const ask = `mysql -h ${host} -e 'SELECT 1'`;
    expect(await refused(`${ask} -u boss -pno`)).toBe("ERROR 1045 (28000): Access denied for user 'boss'@'CLIENT' (using password: YES)\n");
    expect(await refused(`${ask} -u nobody`)).toBe("ERROR 1045 (28000): Access denied for user 'nobody'@'CLIENT' (using password: NO)\n");
    expect(await refused("mysql -h nowhere -u boss -e 'SELECT 1'")).toBe("ERROR 2005 (HY000): Unknown MySQL server host 'nowhere' (-2)\n");
    expect(await refused(`${ask} -u boss -P 3307`)).toBe("ERROR 2003 (HY000): Can't connect to MySQL server on 'HOST:3307' (111)\n");
    expect(await refused("mysql -u boss -e 'SELECT 1'")).toBe("ERROR 2002 (HY000): Can't connect to local MySQL server through socket '/var/run/mysqld/mysqld.sock' (2)\n");
    expect(await refused("mysql -h 127.0.0.1 -u boss -e 'SELECT 1'")).toBe("ERROR 2003 (HY000): Can't connect to MySQL server on '127.0.0.1:3306' (111)\n");
    expect(await refused(`${ask} -u boss -p${password} nothing`)).toBe("ERROR 1049 (42000): Unknown database 'nothing'\n");
    await say("CREATE USER old IDENTIFIED BY 'x' PASSWORD EXPIRE");
    expect(await refused(`${ask} -u old -px`)).toBe("ERROR 1862 (HY000): Your password has expired. To log in you must change it using a client that supports expired passwords.\n");
    await must("rds", "StopDBInstance", { DBInstanceIdentifier: "shop" });
    await lab.advance(600_000);
    expect(await refused(`${ask} -u boss -p${password}`)).toBe("ERROR 2003 (HY000): Can't connect to MySQL server on 'HOST:3306' (111)\n");
  });

  test("asks for a password where -p has none", async () => {
    const { run, host, password, shell } = await terminal("mysql");
    const ask = `mysql -h ${host} -u boss -p -Ne 'SELECT 1'`;
    expect(await run(ask, [password])).toMatchObject({ out: "+---+\n| 1 |\n+---+\n", err: "", code: 0, questions: ["Enter password: "] });
    expect(await run(ask, ["no"])).toMatchObject({ code: 1, err: expect.stringContaining("ERROR 1045 (28000)") });
    expect(await run(ask, [undefined])).toMatchObject({ code: 1, out: "", err: "" });
    expect(await run(`echo ${password} | mysql -h ${host} -u boss -p -Ne 'SELECT 1'`)).toMatchObject({ code: 1, err: expect.stringContaining("(using password: NO)") });
    expect(shell.transcript.slice(0, 6).map(({ text }) => text).join("")).not.toContain(`Enter password: ${password}`);
  });

  test("wants MySQL's client of MySQL", async () => {
    const { run, host } = await terminal("postgres");
    expect(await run(`mysql -h ${host} -P 5432 -u boss -px -e 'SELECT 1'`)).toMatchObject({ code: 1, err: `${warning}ERROR 2013 (HY000): Lost connection to MySQL server at 'reading initial communication packet', system error: 0\n` });
  });
});

test("prints as the client does", async () => {
  const { run, host, password } = await terminal("mysql");
  await run(`export MYSQL_PWD=${password}; printf '[client]\\nhost=${host}\\nuser=boss\\ndatabase=shop\\n' > ~/.my.cnf`);
  const shows = async (line: string): Promise<string> => {
    const { out, err, code } = await run(line);
    return `${out}${err}${code ? `[${code}]` : ""}`;
  };
  expect(await shows(`mysql -e "CREATE TABLE t (id INT, who VARCHAR(20)); INSERT INTO t VALUES (1, 'Ann'), (22, NULL), (3, 'a\\\\tb\\\\\\\\c')"`)).toBe("");
  expect(await shows("mysql -e 'SELECT * FROM t WHERE id < 3'")).toBe("+------+------+\n| id   | who  |\n+------+------+\n|    1 | Ann  |\n+------+------+\n");
  expect(await shows("mysql -e 'SELECT * FROM t WHERE id > 20; SELECT 2 AS two'")).toBe("+------+------+\n| id   | who  |\n+------+------+\n|   22 | NULL |\n+------+------+\n+-----+\n| two |\n+-----+\n|   2 |\n+-----+\n");
  expect(await shows("mysql -e 'SELECT * FROM t WHERE id > 99'")).toBe("");
  expect(await shows("mysql -B -e 'SELECT * FROM t'")).toBe("id\twho\n1\tAnn\n22\tNULL\n3\ta\\tb\\\\c\n");
  expect(await shows("mysql -sNr -e 'SELECT * FROM t'")).toBe("1\tAnn\n22\tNULL\n3\ta\tb\\c\n");
  expect(await shows("echo 'SELECT * FROM t WHERE id = 1;' | mysql")).toBe("id\twho\n1\tAnn\n");
  expect(await shows("echo 'SELECT * FROM t WHERE id = 1;' | mysql -t")).toContain("|    1 | Ann  |");
  expect(await shows("mysql -e 'SELECT * FROM t WHERE id < 30 AND id <> 3\\G'")).toBe("*************************** 1. row ***************************\n id: 1\nwho: Ann\n*************************** 2. row ***************************\n id: 22\nwho: NULL\n");
  expect(await shows("mysql -E -e 'SELECT 1 AS one'")).toBe("*************************** 1. row ***************************\none: 1\n");
  expect(await shows("printf 'SELECT 1;\\n\\nSELECT nothing FROM t;\\nSELECT 2;' | mysql -N")).toBe("1\nERROR 1054 (42S22) at line 3: Unknown column 'nothing' in 'field list'\n[1]");
  expect(await shows("printf 'SELECT 1;\\n\\nSELECT nothing FROM t;\\nSELECT 2;' | mysql -Nf")).toBe("1\n2\nERROR 1054 (42S22) at line 3: Unknown column 'nothing' in 'field list'\n[1]");
  expect(await shows("mysql < /dev/null")).toBe("");
  expect(await shows("mysql -e 'SELEKT 1'")).toBe("ERROR 1064 (42000) at line 1: You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near 'SELEKT 1' at line 1\n[1]");
  expect(await shows("mysql -h")).toBe("mysql: [ERROR] mysql: option '-h' requires an argument.\n[5]");
  expect(await shows("mysql --nonsense")).toBe("mysql: [ERROR] unknown option '--nonsense'.\n[2]");
  expect(await shows("mysql -P x")).toBe("mysql: [ERROR] Unknown suffix 'x' used for variable 'port' (value 'x').\n[1]");
  expect(await shows("mysql --version")).toMatch(/^mysql {2}Ver 8\.4/);
  expect(await shows("mysql --help")).toContain("-e, --execute=name");
});

test("a session asks for statement after statement, over one connection", async () => {
  const { run, host, password, say, must, lab } = await terminal("mysql");
  await say("CREATE USER app IDENTIFIED BY 'One-Two-3'");
  await say("GRANT ALL ON shop.* TO app");
  const { out, err, code, questions } = await run(`mysql -h ${host} -u app -p`, [
    "One-Two-3", "USE shop", ";", "CREATE TABLE t (id INT);", "INSERT INTO t VALUES (1),", "(2);", "SELECT * FROM t;", "SELECT * FROM t WHERE id = 9;", "SELECT `", "x\\c", "nothing here \\c",
    async () => {
      await say("ALTER USER app IDENTIFIED BY 'Four-Five-6'");
      return "SELECT id FROM t LIMIT 1\\G";
    },
    "SELEKT;", "exit",
  ]);
  expect(questions.slice(0, 9)).toEqual(["Enter password: ", "mysql> ", "    -> ", "mysql> ", "mysql> ", "    -> ", "mysql> ", "mysql> ", "mysql> "]);
  expect(questions[9]).toBe("    `> ");
  expect(out).toContain("Database changed\nQuery OK, 0 rows affected (0.00 sec)\n\nQuery OK, 2 rows affected (0.00 sec)\n\n+------+\n| id   |\n+------+\n|    1 |\n|    2 |\n+------+\n2 rows in set (0.00 sec)\n\nEmpty set (0.00 sec)\n\n");
  expect(out).toContain("*************************** 1. row ***************************\nid: 1\n1 row in set (0.00 sec)\n\nBye\n");
  expect(err).toMatch(/^ERROR 1064 \(42000\): You have an error/);
  expect(code).toBe(0);
  const cut = await run(`MYSQL_PWD=${password} mysql -h ${host} -u boss`, [
    async () => {
      await must("rds", "DeleteDBInstance", { DBInstanceIdentifier: "shop", SkipFinalSnapshot: true });
      await lab.advance(900_000);
      return "SELECT 1;";
    },
  ]);
  expect(cut).toMatchObject({ code: 1, err: "ERROR 2013 (HY000): Lost connection to MySQL server during query\n" });
});

test("MariaDB and Aurora speak it too", async () => {
  for (const kind of ["mariadb", "aurora-mysql"] as const) {
    const { run, host, password } = await terminal(kind);
    expect(await run(`MYSQL_PWD=${password} mysql -h ${host} -u boss -sNe 'SELECT DATABASE(), 1' shop`), kind).toMatchObject({ out: "shop\t1\n", code: 0 });
  }
});

test.each([
  ["mysql -h sh", ["HOST "]],
  ["mysql -hsh", ["-hHOST "]],
  ["mysql --host=sh", ["--host=HOST "]],
  ["psql --host sh", ["HOST "]],
  ['psql "host=sh', ['"host=HOST" ']],
  ["mongosh --host sh", ["HOST "]],
  ["mysql -h nowhere", []],
  ["mysql --ex", ["--execute "]],
  ["psql --dbn", ["--dbname "]],
  ["mongosh --ev", ["--eval "]],
  ["mysql -e 'SELECT 1' not", ["notes.sql "]],
  ["psql -f not", ["notes.sql "]],
  ["aws rds describe-db-instances --db-instance-identifier sh", ["shop "]],
  ["aws rds create-db-instance --db-instance-identifier sh", []],
  ["mysq", ["mysql "]],
])("%s may become %s", async (line, candidates) => {
  const { shell, run, host } = await terminal("mysql");
  await run("touch notes.sql");
  expect((await shell.complete(line)).candidates).toEqual(candidates.map((one) => one.replace("HOST", host)));
});
