import { describe, expect, test } from "vitest";
import { terminal } from "./databases.test-helper";
import recorded from "./vectors/psql-15.json";

/** What psql 15 printed beside PostgreSQL 15, line after line in one database; the same lines in the lab's terminal. */
test("prints what psql prints", async () => {
  const { run, host, password } = await terminal("postgres15");
  await run(`export PGHOST=${host} PGPORT=5432 PGUSER=boss PGPASSWORD=${password} PGDATABASE=shop`);
  for (const [name, text] of Object.entries(recorded.files)) await run(`cat > ${name} <<'END'\n${text}\nEND`);
  const plain = (text: string): string => text.replaceAll(/"[\w.-]+\.amazonaws\.com" \(10\.[\d.]+\)/g, '"127.0.0.1"').replaceAll(host, "127.0.0.1").replaceAll(/port (")?5432/g, "port $155432");
  const differing: unknown[] = [];
  for (const { line, stdout, stderr, code } of recorded.lines) {
    const { out, err, code: ours } = await run(line.replaceAll("boss:x@", `boss:${password}@`).replaceAll("password=x", `password=${password}`));
    const got = { stdout: plain(out), stderr: plain(err), code: ours };
    if (JSON.stringify(got) !== JSON.stringify({ stdout, stderr, code })) differing.push({ line, theirs: { stdout, stderr, code }, ours: got });
  }
  expect(differing).toEqual([]);
}, 60_000);

describe("logging in", () => {
  test("takes host, user and password from wherever they are said", async () => {
    const { run, host, password, say } = await terminal("postgres");
    await say(`CREATE USER "Zoë" PASSWORD 'p:w\\1 x'`);
    const asks = "-Atc 'SELECT current_user, current_database()'";
    for (const [line, out] of [
      [`psql "host=${host} port=5432 user=boss password=${password} dbname=shop sslmode=require" ${asks}`, "boss|shop"],
      [`psql -h ${host} -U boss -d "password=${password} dbname=shop" ${asks}`, "boss|shop"],
      [`psql postgresql://boss:${password}@${host}:5432/shop ${asks}`, "boss|shop"],
      [`psql 'postgres://Zo%C3%AB:p%3Aw%5C1%20x@${host}/shop?sslmode=verify-full&sslrootcert=bundle.pem' ${asks}`, "Zoë|shop"],
      [`psql "host = ${host} user = 'Zoë' password = 'p:w\\\\\\\\1 x' dbname=shop" ${asks}`, "Zoë|shop"],
      [`PGPASSWORD=${password} PGHOST=${host} PGUSER=boss psql shop ${asks}`, "boss|shop"],
      [`PGPASSWORD=wrong psql "host=${host} user=boss password=${password}" shop ${asks}`, "boss|boss"],
      [`printf '# mine\\n*:5432:other:boss:no\\n${host}:*:*:boss:${password}\\n*:*:shop:Zoë:p\\\\:w\\\\\\\\1 x\\n' > ~/.pgpass; psql -h ${host} -U boss shop ${asks}`, "boss|shop"],
      [`psql -h ${host} -U Zoë -d shop ${asks}`, "Zoë|shop"],
      [`mv ~/.pgpass p; PGPASSFILE=p psql -h ${host} -U boss -d shop ${asks}`, "boss|shop"],
    ] as const) {
      const { out: got, err } = await run(line);
      expect(got || err, line).toBe(out === "boss|boss" ? `psql: error: connection to server at "${host}" (${/\((10[\d.]+)\)/.exec(err)?.[1]}), port 5432 failed: FATAL:  database "boss" does not exist\n` : `${out}\n`);
    }
  });

  test("is refused as by the server", async () => {
    const { run, host, password, must, lab } = await terminal("postgres");
    const refused = async (line: string): Promise<string> => {
      const { err, code, out } = await run(line);
      expect([code, out]).toEqual([2, ""]);
      return err.replace(/"[\w.-]+" \(10\.[\d.]+\)/, "HOST");
    };
    const ask = `psql -h ${host} -d shop -c 'SELECT 1'`;
    expect(await refused(`PGPASSWORD=no ${ask} -U boss`)).toBe('psql: error: connection to server at HOST, port 5432 failed: FATAL:  password authentication failed for user "boss"\n');
    expect(await refused(`PGPASSWORD=no ${ask} -U nobody`)).toBe('psql: error: connection to server at HOST, port 5432 failed: FATAL:  password authentication failed for user "nobody"\n');
    expect(await refused(`${ask} -U boss`)).toBe("psql: error: connection to server at HOST, port 5432 failed: fe_sendauth: no password supplied\n");
    expect(await refused(`${ask} -U boss -p 5433`)).toBe("psql: error: connection to server at HOST, port 5433 failed: Connection refused\n\tIs the server running on that host and accepting TCP/IP connections?\n");
    expect(await refused("psql -c 'SELECT 1'")).toContain('connection to server on socket "/var/run/postgresql/.s.PGSQL.5432" failed: No such file or directory');
    expect(await refused("psql -h localhost -c 'SELECT 1'")).toContain('connection to server at "localhost" (127.0.0.1), port 5432 failed: Connection refused');
    expect(await refused("psql postgresql://boss:%zz@h/shop")).toContain("invalid percent-encoded token");
    await must("rds", "StopDBInstance", { DBInstanceIdentifier: "shop" });
    await lab.advance(600_000);
    expect(await refused(`PGPASSWORD=${password} ${ask} -U boss`)).toContain("Connection refused");
  });

  test("asks for a password, and once only", async () => {
    const { run, host, password, shell } = await terminal("postgres");
    const ask = `psql -h ${host} -U boss -d shop -Atc 'SELECT 1'`;
    expect(await run(ask, [password])).toMatchObject({ out: "1\n", code: 0, questions: ["Password for user boss: "] });
    expect(await run(ask, ["wrong"])).toMatchObject({ code: 2, questions: ["Password for user boss: "], err: expect.stringContaining("password authentication failed") });
    expect(await run(ask, [undefined])).toMatchObject({ code: 130, out: "", err: "" });
    expect(await run(`PGPASSWORD=wrong ${ask} -W`, [password])).toMatchObject({ out: "1\n", code: 0 });
    expect(await run(`${ask} -w`, [password])).toMatchObject({ code: 2, questions: [], err: expect.stringContaining("no password supplied") });
    const log = shell.transcript.map(({ text }) => text).join("");
    expect(log).toContain("Password for user boss: ****");
    expect(log).not.toContain(password);
  });

  test("wants the other client of the other servers", async () => {
    const { run, host } = await terminal("mysql");
    expect(await run(`PGPASSWORD=x psql -h ${host} -p 3306 -U boss -c 'SELECT 1'`)).toMatchObject({ code: 2, err: expect.stringContaining("port 3306 failed: received invalid response to SSL negotiation: J") });
  });
});

describe("a session", () => {
  test("goes on until \\q, over one connection", async () => {
    const { run, host, password } = await terminal("postgres");
    await run(`export PGHOST=${host} PGUSER=boss PGPASSWORD=${password} PGDATABASE=shop`);
    const { out, err, code, questions } = await run("psql", ["CREATE TABLE t (id int);", "INSERT INTO t", "  VALUES (1),", "  (2);", "BEGIN;", "SELECT * FROM nothing;", "SELECT 1;", "ROLLBACK;", "SELECT 'it''s", "on';", "\\x", "SELECT * FROM t \\g", "\\c postgres", "\\conninfo", "\\bad", "\\?", "help", "\\q"]);
    expect(questions).toEqual(["shop=> ", "shop=> ", "shop-> ", "shop-> ", "shop=> ", "shop=*> ", "shop=!> ", "shop=!> ", "shop=> ", "shop'> ", "shop=> ", "shop=> ", "shop=> ", "postgres=> ", "postgres=> ", "postgres=> ", "postgres=> ", "postgres=> "]);
    expect(code).toBe(0);
    expect(out).toMatch(/^psql \(17\.6, server 1\d\.\d+\)\nSSL connection/);
    expect(out).toContain("INSERT 0 2\nBEGIN\nROLLBACK\n ?column? \n----------\n it's    +\n on\n(1 row)\n\nExpanded display is on.\n-[ RECORD 1 ]\nid | 1\n-[ RECORD 2 ]\nid | 2\n\n");
    expect(out).toContain('You are now connected to database "postgres" as user "boss".\n');
    expect(err).toContain("ERROR:  current transaction is aborted, commands ignored until end of transaction block\n");
    expect(err).toContain("invalid command \\bad\nTry \\? for help.\n");
  });

  test("stays open while its user's password changes, and its server is not", async () => {
    const { run, host, say, must, lab } = await terminal("postgres");
    await say("CREATE USER app PASSWORD 'one'");
    const { out, err, code } = await run(`PGPASSWORD=one psql -h ${host} -U app shop`, [
      "SELECT 1;",
      async () => {
        await say("ALTER USER app PASSWORD 'two'");
        return "SELECT current_user;";
      },
      async () => {
        await must("rds", "StopDBInstance", { DBInstanceIdentifier: "shop" });
        await lab.advance(600_000);
        return "SELECT 2;";
      },
    ]);
    expect(out).toContain(" current_user \n--------------\n app\n");
    expect([code, err]).toEqual([2, expect.stringContaining("server closed the connection unexpectedly")]);
  });

  test("\\password sends only what the server keeps", async () => {
    const { run, host, password, calls, enter, say } = await terminal("postgres");
    await run(`export PGHOST=${host} PGUSER=boss PGPASSWORD=${password} PGDATABASE=shop`);
    await say("CREATE USER app PASSWORD 'one'");
    expect(await run("psql", ["\\password app", "Quite-New-2", "Quite-Other", "\\q"])).toMatchObject({ err: "Passwords didn't match.\n", questions: ["shop=> ", 'Enter new password for user "app": ', "Enter it again: ", "shop=> "] });
    expect(await run("psql", ["\\password app", "Quite-New-2", "Quite-New-2", "\\password nobody", "a", "a", undefined])).toMatchObject({ err: 'ERROR:  role "nobody" does not exist\n', code: 0 });
    expect(await enter("app", "Quite-New-2")).toBe("ok");
    expect(JSON.stringify(calls)).not.toContain("Quite-New-2");
    expect(JSON.stringify(calls)).toContain("PASSWORD 'SCRAM-SHA-256$4096:");
  });

  test("lists tables, roles and databases", async () => {
    const { run, host, password } = await terminal("postgres");
    await run(`export PGHOST=${host} PGUSER=boss PGPASSWORD=${password} PGDATABASE=shop`);
    expect((await run("psql -c '\\dt'")).err).toBe("Did not find any relations.\n");
    expect((await run("psql -l")).out).toMatch(/List of databases[^]* shop\n/);
    expect((await run("psql -c '\\du'")).out).toMatch(/List of roles[^]* boss +\| Create role, Create DB/);
    await run(`psql -qc "CREATE TABLE t (id int)"`);
    expect((await run("psql -c '\\d'")).out).toContain(" public | t    | table | boss\n(1 row)");
  });

  test("Redshift, with psql", async () => {
    const { run, host, port, password } = await terminal("redshift");
    await run(`export PGHOST=${host} PGPORT=${port} PGUSER=boss PGPASSWORD=${password} PGDATABASE=shop`);
    expect(await run("psql -Atc 'SELECT current_user'")).toMatchObject({ out: "boss\n", code: 0 });
    const { out, questions } = await run("psql", ["CREATE USER app PASSWORD 'Rotate2me';", "\\du", "\\q"]);
    expect(questions[0]).toBe("shop=# ");
    expect(out).toContain("CREATE USER\n");
    expect(out).toMatch(/List of roles[^]* app +\|/);
  });
});

test.each(["psql --help", "psql -?", "psql --version", "psql -V"])("%s", async (line) => {
  const { run } = await terminal("postgres");
  const { out, code } = await run(line);
  expect([code, out.split("\n")[0]]).toEqual([0, line.includes("elp") || line.includes("?") ? "psql is the PostgreSQL interactive terminal, here of the lab." : "psql (PostgreSQL) 17.6 (Keyhole's own, of the lab)"]);
});
