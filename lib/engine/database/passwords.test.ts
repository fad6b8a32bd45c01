import { describe, expect, test } from "vitest";
import { utf8 } from "../crypto/bytes";
import { type Kind, all, server } from "./database.test-helper";
import { hashPassword, isPassword, keepingOf, sha256Crypt } from "./passwords";
import { type UserRow, users } from "./state";

const random = { random: (bytes: number) => Uint8Array.from({ length: bytes }, (_, i) => (i * 37 + 11) & 255) };

describe("ways of keeping, against published vectors", () => {
  test.each([
    // Inputs of Drepper, "Unix crypt using SHA-256 and SHA-512"; digests as glibc 2.36 and OpenSSL 3 compute them.
    ["saltstring", 5_000, "Hello world!", "5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5"],
    ["saltstringsaltst", 10_000, "Hello world!", "3xv.VbSHBb41AL9AvLeujZkZRBAwqFMz2.opqey6IcA"],
    ["toolongsaltstrin", 5_000, "This is just a test", "Un/5jzAHMgOGZ5.mWJpuVolil07guHPvOW8mGRcvxa5"],
    ["anotherlongsalts", 1_400, "a very much longer text to encrypt.  This one even stretches over morethan one line.", "Rx.j8H.h8HjEDGomFU8bDkXm3XIUnzyxf12oP84Bnq1"],
  ] as const)("SHA-256 crypt, %s %i", (salt, rounds, password, digest) => expect(sha256Crypt(utf8(password), utf8(salt), rounds)).toBe(digest));

  test.each([
    // MySQL 5.7 Reference Manual, PASSWORD(); PostgreSQL documentation, pg_authid ("md5" over password and name).
    ["mysql_native_password", "any", "password", "*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19"],
    ["mysql_native_password", "any", "mypass", "*6C8989366EAF75BB670AD8EA7A7FC1176A95CEF4"],
    ["md5", "boss", "Rotate-Me-1", "md53997c458eb9499ce2204f5d06840abee"],
  ] as const)("%s of %s's %s", (keeping, user, password, kept) => expect(hashPassword(random, keeping, user, password)).toBe(kept));

  test("SCRAM-SHA-256 that PostgreSQL 15 made opens to its password, and to no other", () => {
    // CREATE ROLE boss … PASSWORD 'Rotate-Me-1'; SELECT rolpassword FROM pg_authid.
    const kept = "SCRAM-SHA-256$4096:ZPYrOOjLlSsOHbDJfO8w6w==$t9FK95POMk38zWAyNVIHaMIzqTxhsUu/h8YnBYBibmM=:g/p0xs1yg0gyiu3TA7zZoCJNCDffQs2GZeFz1A3+uUw=";
    expect(isPassword(kept, "boss", "Rotate-Me-1")).toBe(true);
    expect(isPassword(kept, "boss", "rotate-me-1")).toBe(false);
  });

  test.each(["caching_sha2_password", "mysql_native_password", "scram-sha-256", "md5"] as const)("%s: the password opens it, another does not", (keeping) => {
    for (const password of ["Rotate-Me-1", "pässwörd", "x".repeat(300), " "]) {
      const kept = hashPassword(random, keeping, "app", password);
      expect(kept).not.toContain(password.trim() || "\u0000");
      expect([isPassword(kept, "app", password), isPassword(kept, "app", `${password}x`), isPassword(kept, "app", "")]).toEqual([true, false, false]);
    }
  });

  test.each(["", "$A$005$", "SCRAM-SHA-256$4096:", "SCRAM-SHA-256$99999999:AAAA$AAAA:AAAA", "md5", "*", "*xyz", "sha256|x|y", "plain"])("what is no hash opens to nothing: %j", (kept) => {
    for (const password of ["", "plain", kept]) expect(isPassword(kept, "app", password)).toBe(false);
  });
});

describe("what each server uses", () => {
  test.each<[Parameters<typeof keepingOf>[0], string, string]>([
    ["mysql", "8.4.7", "caching_sha2_password"],
    ["mysql", "8.0.43", "mysql_native_password"],
    ["aurora-mysql", "8.0.mysql_aurora.3.10.1", "mysql_native_password"],
    ["mariadb", "11.4.8", "mysql_native_password"],
    ["postgres", "17.6", "scram-sha-256"],
    ["aurora-postgresql", "17.5", "scram-sha-256"],
    ["redshift", "1.0.126847", "md5"],
    ["docdb", "5.0.0", "scram-sha-256"],
  ])("%s %s: %s", (engine, version, keeping) => expect(keepingOf(engine, version)).toBe(keeping));

  test.each<[Kind, RegExp]>([
    ["mysql", /^\$A\$005\$.{20}.{43}$/],
    ["mysql8.0", /^\*[0-9A-F]{40}$/],
    ["mariadb", /^\*[0-9A-F]{40}$/],
    ["postgres", /^SCRAM-SHA-256\$4096:/],
    ["redshift", /^md5[0-9a-f]{32}$/],
    ["docdb", /^SCRAM-SHA-256\$4096:/],
  ])("%s keeps the master's as %s, in the state too", async (kind, form) => {
    const { lab, host } = await server(kind);
    const kept = users(lab.read({ account: "111122223333", region: "us-east-1", service: "database" })).having("host", host).find(({ name }) => name === "boss")!.password;
    expect(kept).toMatch(form);
    expect(JSON.stringify(lab.snapshot())).not.toContain("Rotate-Me-1");
  });
});

describe("given as a hash", () => {
  test.each<[Kind, string, string, string]>([
    ["postgres", `CREATE USER app PASSWORD 'md5${"00".repeat(16)}'`, "x", "kept, opens to nothing"],
    ["postgres", "CREATE USER app PASSWORD 'md5cf3ec0d0e5ae25b2e2e5a7cb4b5ee4f8x'", "md5cf3ec0d0e5ae25b2e2e5a7cb4b5ee4f8x", "a password that looks like one"],
    ["mysql8.0", "CREATE USER app IDENTIFIED WITH mysql_native_password AS '*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19'", "password", "opens"],
    ["mariadb", "CREATE USER app IDENTIFIED BY 'pw'", "pw", "opens"],
  ])("%s: %s", async (kind, statement, password, outcome) => {
    const { say, enter } = await server(kind);
    await all(say, statement);
    const got = await enter("app", password, { Database: kind === "postgres" ? "shop" : "" });
    expect(got === "ok").toBe(outcome !== "kept, opens to nothing");
  });

  test.each([
    ["mysql", "CREATE USER app IDENTIFIED WITH mysql_native_password BY 'pw'", "1524 HY000 Plugin 'mysql_native_password' is not loaded"],
    ["mysql", "CREATE USER app IDENTIFIED WITH caching_sha2_password AS 'nonsense'", "1827 HY000 The password hash doesn't have the expected format."],
    ["mysql8.0", "CREATE USER app IDENTIFIED WITH mysql_native_password AS 'nonsense'", "1827 HY000 The password hash doesn't have the expected format."],
    ["mysql8.0", "CREATE USER app IDENTIFIED WITH caching_sha2_password BY 'pw'", undefined],
    ["mariadb", "CREATE USER app IDENTIFIED WITH caching_sha2_password BY 'pw'", "1524 HY000 Plugin 'caching_sha2_password' is not loaded"],
    ["mysql", "CREATE USER app IDENTIFIED WITH auth_socket", "NotSimulated: Keyhole does not simulate the authentication plugin auth_socket. A real server has it; this lab does not."],
  ] as [Kind, string, string | undefined][])("%s: %s", async (kind, statement, refused) => expect((await (await server(kind)).say(statement)).refused).toBe(refused));

  test("MySQL shows how each account is kept", async () => {
    const { say } = await server("mysql8.0");
    await all(say, "CREATE USER new IDENTIFIED WITH caching_sha2_password BY 'pw', old IDENTIFIED BY 'pw'");
    expect((await say("SELECT User, plugin FROM mysql.user WHERE User IN ('new', 'old')")).rows).toEqual([["new", "caching_sha2_password"], ["old", "mysql_native_password"]]);
  });

  test("PostgreSQL's SCRAM verifier of one user is another's password too", async () => {
    const { say, enter, lab, host } = await server("postgres");
    await all(say, "CREATE USER app PASSWORD 'pw'");
    const row = users(lab.read({ account: "111122223333", region: "us-east-1", service: "database" })).having("host", host).find(({ name }) => name === "app") as UserRow;
    await all(say, `CREATE USER other PASSWORD '${row.password}'`);
    expect(await enter("other", "pw")).toBe("ok");
  });

  test("Redshift takes sha256|digest|salt", async () => {
    const { say, enter } = await server("redshift");
    const digest = [...new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode("Passw0rdsalty")))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    await all(say, `CREATE USER app PASSWORD 'sha256|${digest}|salty'`);
    expect([await enter("app", "Passw0rd"), await enter("app", "passw0rd")]).toEqual(["ok", '28000 password authentication failed for user "app"']);
  });
});
