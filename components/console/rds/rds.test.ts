/** What the RDS console sends is what the engine takes, and what it shows is what the engine says. */
import { beforeEach, describe, expect, test } from "vitest";
import { type Lab, createLab } from "@/lib/engine/lab";
import { seededPorts } from "@/lib/engine/ports";
import type { JsonObject } from "@/lib/engine/types";
import type { Ask } from "../frame/use-load";
import { createCalls, type CreateDraft, emptyDraft, engines, isClustered, problemsOf, usualUser } from "./create/create-draft";
import { formOf, modifyCall } from "./database/modify-calls";
import { loadDatabase, loadDatabases } from "./load-databases";
import { databasePath, queryPath, secretAddress } from "./place-of";
import { credentialsOf, execute, logIn, type LoginForm, serverWords } from "./query/login";

const password = "Rotate-Me-1";
let lab: Lab;

/** As `useAsk` does, without the page. */
const ask: Ask = async (service, operation, input: JsonObject = {}) => {
  const reply = await lab.call({ service, operation, input, caller: { account: "111122223333", user: "admin" }, region: "us-east-1" });
  if (!reply.ok) throw new Error(`${operation} ${reply.error.code}: ${reply.error.message}`);
  return reply.output as never;
};
const form: LoginForm = { by: "password", secret: "", user: "", password: "", database: "" };

async function make(part: Partial<CreateDraft>): Promise<void> {
  const draft = { ...emptyDraft, class: isClustered(part.engine ?? "mysql") ? "db.t4g.medium" : "db.t4g.micro", username: usualUser(part.engine ?? "mysql"), ...part };
  for (const [operation, input] of createCalls(draft, password)) await ask("rds", operation, input);
  await lab.advance(900_000);
}

beforeEach(() => {
  lab = createLab({ ports: seededPorts(4) });
});

describe.each(engines.flatMap(({ value: engine }) => (["managed", "self"] as const).map((credentials) => ({ engine, credentials }))))("$engine, $credentials", ({ engine, credentials }) => {
  test("is made by the form, shown, queried, changed", async () => {
    await make({ engine, credentials, database: engine === "docdb" ? "" : "shop", tags: [{ key: "team", value: "a" }] });
    const all = await loadDatabases(ask);
    const kind = isClustered(engine) ? "cluster" : "instance";
    expect(all.map(({ id, role, status }) => `${id} ${role} ${status}`)).toEqual(kind === "cluster" ? ["database-1 Regional cluster available", "database-1-instance-1 Writer instance available"] : ["database-1 Instance available"]);
    const database = await loadDatabase(ask, kind, "database-1");
    expect(database).toEqual(all[0]);
    const { shared, host = "", port = 0 } = database;
    expect(shared.TagList).toEqual([{ Key: "team", Value: "a" }]);
    expect(shared.MasterUserSecret !== undefined).toBe(credentials === "managed");
    const login: LoginForm = shared.MasterUserSecret ? { ...form, by: "secret", secret: shared.MasterUserSecret.SecretArn } : { ...form, user: shared.MasterUsername, password };
    const connection = await logIn(ask, { host, port, engine }, { ...login, database: engine.includes("postgres") ? "shop" : "" });
    if ("problem" in connection) throw new Error(connection.problem);
    const [question, answer] = engine === "docdb" ? ['{ "hello": 1 }', "document"] : ["SELECT 1 AS one", "one"];
    const outcome = await execute(ask, connection, question);
    expect(outcome.error).toBeUndefined();
    expect(outcome.columns).toEqual([answer]);
    // The other way of keeping the password, and protection.
    const call = modifyCall(database, { ...formOf(database), credentials: credentials === "managed" ? "unmanage" : "manage", protection: true }, "Quite-New-2");
    await ask("rds", ...call!);
    await lab.advance(900_000);
    const changed = await loadDatabase(ask, kind, "database-1");
    expect(changed.shared.MasterUserSecret !== undefined).toBe(credentials === "self");
    expect(changed.shared.DeletionProtection).toBe(true);
    expect((await execute(ask, connection, question)).columns).toEqual([answer]);
  });
});

test("a form's own complaints", () => {
  expect(problemsOf({ ...emptyDraft, id: " ", username: "" }, "", "")).toEqual({ id: "Enter an identifier.", username: "Enter a name for the master user." });
  expect(problemsOf({ ...emptyDraft, credentials: "self" }, "", "")).toEqual({ password: "Enter a password." });
  expect(problemsOf({ ...emptyDraft, credentials: "self" }, "a", "b")).toEqual({ again: "The passwords are not the same." });
  expect(problemsOf({ ...emptyDraft, credentials: "self" }, "a", "a")).toEqual({});
});

test("a form that changes nothing makes no call; what rotates does so at once", async () => {
  await make({});
  const database = await loadDatabase(ask, "instance", "database-1");
  expect(modifyCall(database, { ...formOf(database), now: false }, "")).toBeUndefined();
  expect(modifyCall(database, { ...formOf(database), credentials: "rotate", now: false }, "")).toEqual(["ModifyDBInstance", { DBInstanceIdentifier: "database-1", RotateMasterUserPassword: true, ApplyImmediately: true }]);
  const before = await ask<{ SecretString: string }>("secretsmanager", "GetSecretValue", { SecretId: database.shared.MasterUserSecret!.SecretArn });
  await ask("rds", ...modifyCall(database, { ...formOf(database), credentials: "rotate" }, "")!);
  await lab.advance(900_000);
  const after = await ask<{ SecretString: string }>("secretsmanager", "GetSecretValue", { SecretId: database.shared.MasterUserSecret!.SecretArn });
  expect(after.SecretString).not.toBe(before.SecretString);
});

test("errors of the server, and what is no login", async () => {
  await make({ engine: "mysql", credentials: "self" });
  const { host = "", port = 0 } = await loadDatabase(ask, "instance", "database-1");
  await expect(logIn(ask, { host, port, engine: "mysql" }, { ...form, user: "admin", password: "no" })).rejects.toThrow("Access denied for user 'admin'");
  const connection = await logIn(ask, { host, port, engine: "mysql" }, { ...form, user: "admin", password });
  if ("problem" in connection) throw new Error(connection.problem);
  await ask("secretsmanager", "CreateSecret", { Name: "text", SecretString: "plain", ClientRequestToken: "x".repeat(32) });
  expect(await logIn(ask, { host, port, engine: "mysql" }, { ...form, by: "secret", secret: "text" })).toEqual({ problem: "The secret has no JSON with username and password in it." });
  expect([credentialsOf(undefined), credentialsOf("[]"), credentialsOf('{"username":1}'), credentialsOf("null")]).toEqual([undefined, undefined, undefined, undefined]);
});

test.each([
  [["ServerError", "m", { Number: 1045, SqlState: "28000" }], "1045 (28000)"],
  [["ServerError", "m", { SqlState: "28P01" }], "28P01"],
  [["ServerError", "m", { Number: 18 }], "18"],
  [["ConnectionLost", "m", {}], "ConnectionLost"],
] as const)("%j", ([code, message, fields], number) => expect(serverWords(code, message, { ...fields })).toEqual({ number, words: "m", lost: code === "ConnectionLost" }));

test("addresses", () => {
  expect(databasePath({ kind: "instance", id: "a" }, "tags")).toBe("databases/instance/a/tags");
  expect([queryPath(), queryPath({ kind: "cluster", id: "a" })]).toEqual(["query-editor", "query-editor/cluster/a"]);
  expect(secretAddress("arn:aws:secretsmanager:us-east-1:111122223333:secret:rds!db-1b2c-AbCdEf")).toBe("/console/secretsmanager/secrets/rds!db-1b2c");
});
