import { describe, expect, test } from "vitest";
import { rotationTemplates, type DatabaseEngine, type Strategy } from "../../lambda/templates/list";
import { SECOND, database, rotationLab } from "./rotation.test-helper";

/** Every template's JavaScript, as it is, against a server of its kind. */
const rows = rotationTemplates.flatMap(({ engine, strategy }) => (engine && strategy ? [[engine, strategy] as [DatabaseEngine, Strategy]] : []));

describe("each template rotates a login at a server of its kind", () => {
  test.each(rows)("%s, %s", async (engine, strategy) => {
    const w = await rotationLab();
    const { login, accepts } = await database(w, engine);
    const RotationLambdaARN = await w.template("rotate", engine, strategy);
    const alternating = strategy === "alternating-users";

    expect(await w.rotate("app/db", { RotationLambdaARN, RotationRules: { AutomaticallyAfterDays: 30 } })).toMatchObject({ ok: true });
    await w.lab.advance(10 * SECOND);
    expect(w.row("app/db").rotation?.failure).toBeUndefined();
    const first = await w.value("app/db");
    expect(first).toEqual({ ...login, username: alternating ? "app_clone" : "app", password: expect.stringMatching(/^.{32}$/) });
    expect(await w.value("app/db", "AWSPREVIOUS")).toEqual(login);
    expect([await accepts(first), await accepts(login)]).toEqual([true, alternating]);

    // The second rotation of alternating users gives the first user a new password; the clone's stays.
    expect(await w.rotate("app/db")).toMatchObject({ ok: true });
    await w.lab.advance(10 * SECOND);
    const second = await w.value("app/db");
    expect(second.username).toBe("app");
    expect(new Set([login.password, first.password, second.password]).size).toBe(3);
    expect([await accepts(second), await accepts(first), await accepts(login)]).toEqual([true, alternating, false]);
    expect(w.runs.map(({ event }) => JSON.parse(event).Step)).toEqual(["createSecret", "setSecret", "testSecret", "finishSecret", "createSecret", "setSecret", "testSecret", "finishSecret"]);
  });

  test.each<[DatabaseEngine, string, (row: (string | null)[][]) => unknown, unknown]>([
    ["mysql", "SHOW GRANTS FOR 'app_clone'@'%'", (found) => found.map(([grant]) => grant), ["GRANT USAGE ON *.* TO `app_clone`@`%`", "GRANT SELECT, INSERT ON `shop`.* TO `app_clone`@`%`"]],
    ["postgres", "SELECT roleid FROM pg_auth_members WHERE member = 'app_clone'", (found) => found, [["app"]]],
    ["redshift", "SELECT grolist FROM pg_group WHERE groname = 'readers'", (found) => found, [["{app,app_clone}"]]],
    ["mongo", '{"usersInfo": "app_clone"}', (found) => JSON.parse(String(found[0][0])).users[0].roles, [{ role: "read", db: "shop" }]],
  ])("the other user of %s is allowed what the first is", async (engine, statement, read, expected) => {
    const w = await rotationLab();
    const { host } = await database(w, engine);
    const RotationLambdaARN = await w.template("rotate", engine, "alternating-users");
    await w.rotate("app/db", { RotationLambdaARN });
    await w.lab.advance(10 * SECOND);
    const { Rows } = await w.sql(host, "admin", "Master-Pass-1", statement, engine === "mongo" ? undefined : "shop");
    expect(read(Rows)).toEqual(expected);
  });
});

test.each<[Strategy, object, string]>([
  ["single-user", { password: "not this" }, "Error: Unable to log into database with previous, current, or pending secret of secret arn"],
  ["alternating-users", { password: "not this" }, "Error: Unable to log into database using current credentials for secret"],
  ["single-user", { host: "elsewhere.lab" }, "Error: Unable to log into database with previous, current, or pending secret of secret arn"],
])("%s with %j in the secret: setSecret says what is wrong", async (strategy, wrong, failure) => {
  const w = await rotationLab();
  const { login, secretArn } = await database(w, "mysql");
  const RotationLambdaARN = await w.template("rotate", "mysql", strategy);
  // Twice, so that AWSPREVIOUS is wrong as well.
  for (const put of [1, 2]) await w.must("PutSecretValue", { SecretId: "app/db", SecretString: JSON.stringify({ ...login, ...wrong, put }), ClientRequestToken: w.token() });
  await w.rotate("app/db", { RotationLambdaARN });
  await w.lab.advance(10 * SECOND);
  expect(w.row("app/db").rotation).toMatchObject({ failedStep: "setSecret", failure: `${failure} ${secretArn}` });
});

test("the template to be filled in stops where nothing is filled in", async () => {
  const w = await rotationLab();
  await w.create("api", { key: "one", password: "p" });
  const { codeOf } = await import("../../lambda/templates/code");
  const RotationLambdaARN = await w.makeFunction("rotate", codeOf(rotationTemplates.at(-1)!, "javascript").text);
  await w.rotate("api", { RotationLambdaARN });
  await w.lab.advance(10 * SECOND);
  expect(w.row("api").rotation).toMatchObject({ failedStep: "setSecret", failure: "Error: setSecret: tell the service the new value of key, password" });
});
