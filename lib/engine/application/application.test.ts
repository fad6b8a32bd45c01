import { beforeEach, describe, expect, test } from "vitest";
import { createLab } from "../lab";
import { seededPorts } from "../ports";
import { A, DAY, HOUR, MINUTE, type RotationLab, SECOND, database, policy, rotationLab, start, trust } from "../secretsmanager/rotation/rotation.test-helper";
import type { JournalEntry, JsonObject } from "../types";

let w: RotationLab;
let login: any;
let host: string;

const app = (operation: string, input: JsonObject = {}): Promise<any> => w.must(operation, { Name: "shop", ...input }, { service: "application" });
const begin = (more: JsonObject = {}): Promise<any> => app("StartApplication", { Role: "app", SecretId: "app/db", ...more });
const seen = (MaxConnections = 200): Promise<any> => app("DescribeApplication", { MaxConnections });
/** The clock as a page lets it go: a little at a time. */
async function live(ms: number, step = SECOND): Promise<JournalEntry[]> {
  const out: JournalEntry[] = [];
  for (let gone = 0; gone < ms; gone += step) out.push(...(await w.lab.advance(step)));
  return out;
}
const rotation = async (strategy: "single-user" | "alternating-users"): Promise<void> => {
  const RotationLambdaARN = await w.template("rotate", "mysql", strategy);
  await w.rotate("app/db", { RotationLambdaARN, RotateImmediately: false });
  await live(10 * SECOND);
};

beforeEach(async () => {
  w = await rotationLab();
  ({ login, host } = await database(w, "mysql"));
  await w.must("CreateRole", { RoleName: "app", AssumeRolePolicyDocument: trust("ec2.amazonaws.com") }, { service: "iam" });
  await w.must("PutRolePolicy", { RoleName: "app", PolicyName: "p", PolicyDocument: policy(["secretsmanager:GetSecretValue"]) }, { service: "iam" });
});

describe("an application connects", () => {
  test("as its role, by the door: what it calls is in the trace, in CloudTrail, and as if from outside", async () => {
    expect(await begin()).toMatchObject({ Application: { Name: "shop", Role: "app", State: "Running", Strategy: "refreshes-on-refusal", IntervalSeconds: 1, CacheSeconds: 60, Succeeded: 0, Failed: 0 } });
    const [entry] = await live(SECOND);
    expect(entry).toMatchObject({ kind: "job", trace: { service: "application", operation: "Connect" } });
    const made = entry.trace.steps.flatMap((step) => (step.kind === "call" ? [[step.made?.operation, step.trace.principal, step.trace.via, step.made?.sourceIp]] : []));
    const me = expect.stringMatching(new RegExp(`^arn:aws:sts::${A}:assumed-role/app/i-[0-9a-f]{17}$`));
    expect(made).toEqual([["GetSecretValue", me, [], "10.0.1.30"], ["Execute", me, [], "10.0.1.30"]]);
    const { Events } = await w.must("LookupEvents", { LookupAttributes: [{ AttributeKey: "EventName", AttributeValue: "GetSecretValue" }] }, { service: "cloudtrail" });
    expect(JSON.parse(Events[0].CloudTrailEvent)).toMatchObject({ userIdentity: { type: "AssumedRole", arn: me }, sourceIPAddress: "10.0.1.30", requestParameters: { secretId: "app/db" } });
    expect(JSON.parse(Events[0].CloudTrailEvent).userIdentity.invokedBy).toBeUndefined();
    expect(await seen()).toMatchObject({ Connections: [{ Succeeded: true, User: "app", From: "AWSCURRENT" }, { From: "memory" }], Outages: [] });
  });

  test.each<[string, JsonObject | undefined, () => Promise<unknown>, string, RegExp]>([
    ["the role may not read the secret", undefined, () => w.must("DeleteRolePolicy", { RoleName: "app", PolicyName: "p" }, { service: "iam" }), "AccessDeniedException", /is not authorized to perform: secretsmanager:GetSecretValue/],
    ["the role is gone", undefined, async () => {
      await w.must("DeleteRolePolicy", { RoleName: "app", PolicyName: "p" }, { service: "iam" });
      await w.must("DeleteRole", { RoleName: "app" }, { service: "iam" });
    }, "UnrecognizedClientException", /security token/],
    ["the secret is to be deleted", undefined, () => w.must("DeleteSecret", { SecretId: "app/db" }), "InvalidRequestException", /marked for deletion/],
    ["the server is stopped", undefined, () => w.asService((ctx) => void ctx.call("database", "UpdateServer", { Host: host, State: "stopped" }, { as: { type: "Service", account: A, arn: "x", userId: "rds", service: "rds.amazonaws.com" } })), "ConnectionRefused", /refused/],
    ["another host is said", { Host: "nowhere.lab" }, async () => undefined, "UnknownHost", /nowhere\.lab/],
    ["the query is not allowed", { Query: "CREATE USER x" }, async () => undefined, "ServerError", /CREATE USER/],
    ["the value is no login", undefined, () => w.must("PutSecretValue", { SecretId: "app/db", SecretString: "plain", ClientRequestToken: w.token() }), "NotALogin", /username and password/],
  ])("and says why not: %s", async (_what, more, change, ErrorCode, message) => {
    await begin({ CacheSeconds: 0, ...more });
    await live(2 * SECOND);
    await change();
    await live(2 * SECOND);
    expect((await seen()).Connections.at(-1)).toMatchObject({ Succeeded: false, ErrorCode, ErrorMessage: expect.stringMatching(message) });
  });

  test.each<[JsonObject, string]>([
    [{ Role: "none" }, "RoleNotFound: There is no role none in this account."],
    [{ Role: `arn:aws:iam::444455556666:role/app` }, "ValidationException: An application needs a Role of this account and a SecretId."],
    [{ SecretId: undefined }, "ValidationException: An application needs a Role of this account and a SecretId."],
    [{ Strategy: "hopes" }, "ValidationException: 1 validation error detected: Value 'hopes' at 'strategy' failed to satisfy constraint: Member must satisfy enum value set: [never-refreshes, refreshes-on-refusal, falls-back-to-previous]"],
  ])("not with %j", async (wrong, expected) => expect(await w.fails("StartApplication", { Name: "shop", Role: "app", SecretId: "app/db", ...wrong }, { service: "application" })).toBe(expected));

  test("is stopped, started again with an empty memory, and deleted", async () => {
    await begin({ Strategy: "never-refreshes" });
    expect(await w.fails("StartApplication", { Name: "shop" }, { service: "application" })).toBe("ApplicationRunning: The application shop is running.");
    await live(3 * SECOND);
    expect((await app("StopApplication")).Application).toMatchObject({ State: "Stopped", StoppedBecause: "It was stopped.", Succeeded: 4 });
    await live(5 * SECOND);
    expect((await seen()).Connections).toHaveLength(4);
    expect((await app("ConnectNow")).Connection).toMatchObject({ Succeeded: true, From: "memory" });
    await app("StartApplication");
    await live(SECOND);
    expect(await seen()).toMatchObject({ Application: { Strategy: "never-refreshes", Succeeded: 2 } });
    expect((await seen()).Connections.at(-2)).toMatchObject({ From: "AWSCURRENT" });
    expect((await w.must("ListApplications", {}, { service: "application" })).Applications).toHaveLength(1);
    await app("DeleteApplication");
    expect(w.lab.read({ account: A, region: "us-east-1", service: "application" }).table("connections").size).toBe(0);
    expect(await w.fails("DescribeApplication", { Name: "shop" }, { service: "application" })).toBe("ApplicationNotFound: There is no application shop here.");
    expect(w.lab.upcoming().filter(({ service }) => service === "application")).toEqual([]);
  });
});

describe("while nothing changes", () => {
  test("it connects more and more seldom, and counts what lies between", async () => {
    await begin();
    const entries = await w.lab.advance(30 * DAY);
    const made = entries.filter(({ trace }) => trace.operation === "Connect").length;
    expect(made).toBeLessThan(150);
    const { Application, Outages } = await seen();
    expect(Application).toMatchObject({ Succeeded: 30 * 86_400 + 1, Failed: 0, State: "Running" });
    expect(Outages).toEqual([]);
  });

  test("a day of it as a page lets the clock go is no more", async () => {
    await begin();
    const entries = await live(HOUR, MINUTE);
    expect(entries.filter(({ kind }) => kind === "job").length).toBeLessThan(25);
  });

  test("a rotation that came to a stop does not keep it awake", async () => {
    await rotation("single-user");
    await begin();
    await live(5 * SECOND);
    await w.rotate("app/db");
    await live(2 * SECOND);
    await w.must("DeleteSecret", { SecretId: "app/db" });
    const entries = await w.lab.advance(20 * DAY);
    expect(w.row("app/db").rotation).toMatchObject({ next: "setSecret" });
    expect(entries.length).toBeLessThan(250);
  });

  test("it stops by itself", async () => {
    await begin({ StopAfterHours: 2 });
    await w.lab.advance(3 * HOUR);
    expect((await seen()).Application).toMatchObject({ State: "Stopped", StoppedBecause: "It has run for 2 hours.", Succeeded: 7_200 });
  });

  test("keeps its last two hundred entries", async () => {
    await begin({ CacheSeconds: 0 });
    for (let i = 0; i < 120; i++) {
      await w.sql(host, "admin", "Master-Pass-1", `ALTER USER 'app'@'%' IDENTIFIED BY '${i % 2 ? "First-Pass-1" : "Other-Pass-1"}'`);
      await live(2 * SECOND);
    }
    const { Connections, Application, Outages } = await seen();
    expect(Connections).toHaveLength(200);
    expect(Application.Succeeded + Application.Failed).toBe(241);
    expect(Outages.length).toBeGreaterThan(40);
    expect(w.lab.read({ account: A, region: "us-east-1", service: "application" }).table("connections").size).toBe(200);
  });

  test("a password that somebody changes is noticed at the next connection, wherever it was changed", async () => {
    await begin({ CacheSeconds: 3_600 });
    await live(HOUR, MINUTE);
    await w.sql(host, "admin", "Master-Pass-1", "ALTER USER 'app'@'%' IDENTIFIED BY 'Changed-Pass-1'");
    const at = w.lab.now();
    await live(3 * SECOND);
    const [outage] = (await seen()).Outages;
    expect(outage.From * 1000 - at).toBeLessThanOrEqual(SECOND);
    expect(outage).toMatchObject({ ErrorMessage: "Access denied for user 'app'@'10.0.1.30' (using password: YES)" });
  });
});

describe("during a rotation", () => {
  test("single user: from setSecret to finishSecret the old password is refused, then reading again helps", async () => {
    await rotation("single-user");
    await begin({ CacheSeconds: 3_600 });
    await live(MINUTE);
    const before = w.lab.now();
    await w.rotate("app/db");
    await live(MINUTE);
    const { Outages, Connections, Application } = await seen();
    expect(Application.State).toBe("Running");
    expect(Outages).toHaveLength(1);
    // setSecret comes three seconds after the call, finishSecret seven.
    expect(Math.round(Outages[0].From - before / 1000)).toBeGreaterThanOrEqual(3);
    expect(Math.round(Outages[0].Until - Outages[0].From)).toBe(4);
    expect(Outages[0]).toMatchObject({ Failed: 4, ErrorMessage: "Access denied for user 'app'@'10.0.1.30' (using password: YES)" });
    expect(Connections.find((one: any) => one.TriedAgain)).toMatchObject({ Succeeded: true, From: "AWSCURRENT", User: "app" });
  });

  test("single user, and a program that never reads again: refused until it is started anew", async () => {
    await rotation("single-user");
    await begin({ Strategy: "never-refreshes" });
    await live(5 * SECOND);
    await w.rotate("app/db");
    await live(DAY, HOUR);
    const { Outages, Application } = await seen();
    expect(Outages).toHaveLength(1);
    expect(Outages[0].Until).toBeUndefined();
    expect(Application.Failed).toBeGreaterThan(86_000);
    await app("StopApplication");
    await app("StartApplication");
    await live(SECOND);
    expect((await seen()).Connections.at(-1)).toMatchObject({ Succeeded: true });
  });

  test("alternating users: no connection fails, whatever the program does; after the second rotation the old login is gone", async () => {
    await rotation("alternating-users");
    await begin({ CacheSeconds: 3_600 });
    await app("StartApplication", { Name: "stubborn", Role: "app", SecretId: "app/db", Strategy: "never-refreshes" });
    await live(5 * SECOND);
    await w.rotate("app/db");
    await live(MINUTE);
    expect(await seen()).toMatchObject({ Outages: [], Application: { Failed: 0 } });
    expect(await app("DescribeApplication", { Name: "stubborn" })).toMatchObject({ Outages: [], Application: { Failed: 0 } });
    await w.rotate("app/db");
    await live(MINUTE);
    // The first user's password is new now: who remembers the old one is refused, and who reads again gets in at the same moment.
    const { Outages, Connections } = await seen();
    expect(Outages).toEqual([]);
    expect(Connections.filter((one: any) => one.TriedAgain)).toMatchObject([{ Succeeded: true, User: "app_clone" }]);
    expect((await app("DescribeApplication", { Name: "stubborn" })).Outages).toHaveLength(1);
  });

  test("AWSPREVIOUS is the last that worked: with a wrong value as AWSCURRENT only who looks there goes on", async () => {
    await begin({ Strategy: "falls-back-to-previous", CacheSeconds: 0 });
    await app("StartApplication", { Name: "other", Role: "app", SecretId: "app/db", CacheSeconds: 0 });
    await live(3 * SECOND);
    await w.must("PutSecretValue", { SecretId: "app/db", SecretString: JSON.stringify({ ...login, password: "mistyped" }), ClientRequestToken: w.token() });
    await live(5 * SECOND);
    const previous = Object.entries(await w.stages("app/db")).find(([, labels]) => labels.includes("AWSPREVIOUS"))![0];
    expect(await seen()).toMatchObject({ Outages: [] });
    expect((await seen()).Connections.at(-1)).toMatchObject({ Succeeded: true, From: "AWSPREVIOUS", TriedAgain: true, VersionId: previous });
    expect((await app("DescribeApplication", { Name: "other" })).Outages).toHaveLength(1);
  });

  test("that comes by schedule while the clock is moved by weeks is lived through all the same", async () => {
    const RotationLambdaARN = await w.template("rotate", "mysql", "single-user");
    await w.rotate("app/db", { RotationLambdaARN, RotateImmediately: false, RotationRules: { AutomaticallyAfterDays: 10 } });
    await begin({ CacheSeconds: 3_600 });
    const entries = await w.lab.advance(35 * DAY);
    expect(entries.length).toBeLessThan(400);
    const { Outages } = await seen();
    expect(Outages.map(({ From, Until, Failed }: any) => [Math.round(Until - From), Failed])).toEqual([[4, 4], [4, 4], [4, 4]]);
  });
});

test("its life replays to the byte, and is undone", async () => {
  await rotation("single-user");
  const state = (lab: { snapshot(): { records: unknown } }): string => JSON.stringify(lab.snapshot().records);
  const before = state(w.lab);
  const count = w.lab.journal.length;
  await begin();
  await w.rotate("app/db");
  await live(20 * SECOND);
  await w.lab.advance(DAY);
  const after = state(w.lab);
  const again = createLab({ ports: seededPorts(5, start) });
  again.replay(w.lab.journal as JournalEntry[]);
  expect(state(again)).toBe(after);
  while (w.lab.journal.length > count) w.lab.undo();
  expect(state(w.lab)).toBe(before);
});
