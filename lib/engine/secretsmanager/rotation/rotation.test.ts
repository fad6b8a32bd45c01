import { beforeEach, describe, expect, test } from "vitest";
import { cloudTrailEvents } from "../../cloudtrail/records";
import { createLab } from "../../lab";
import { seededPorts } from "../../ports";
import type { Caller, JournalEntry } from "../../types";
import { A, B, DAY, HOUR, MINUTE, type Program, type RotationLab, SECOND, jobsOf, policy, rotationLab, start } from "./rotation.test-helper";

const steps = ["createSecret", "setSecret", "testSecret", "finishSecret"];

/** A function that rotates a value without a database, and fails where it is told to. */
function rotating(broken: { at?: string; how?: () => unknown } = {}): Program {
  return async ({ Step, SecretId, ClientRequestToken }, inside) => {
    const ask = (operation: string, input: object): Promise<any> => inside.call({ service: "secretsmanager", operation, input: input as never });
    if (Step === broken.at) {
      if (broken.how) return broken.how();
      throw new Error(`broken at ${Step}`);
    }
    if (Step === "createSecret") await ask("PutSecretValue", { SecretId, ClientRequestToken, SecretString: `value of ${ClientRequestToken}`, VersionStages: ["AWSPENDING"] });
    if (Step !== "finishSecret") return;
    const { output } = await ask("DescribeSecret", { SecretId });
    const current = Object.keys(output.VersionIdsToStages).find((id) => output.VersionIdsToStages[id].includes("AWSCURRENT"));
    if (current !== ClientRequestToken) await ask("UpdateSecretVersionStage", { SecretId, VersionStage: "AWSCURRENT", MoveToVersionId: ClientRequestToken, RemoveFromVersionId: current });
  };
}

let w: RotationLab;
let broken: { at?: string; how?: () => unknown };
let arn: string;
let RotationLambdaARN: string;
beforeEach(async () => {
  broken = {};
  w = await rotationLab({ rotate: rotating(broken) });
  RotationLambdaARN = await w.makeFunction("rotate");
  arn = (await w.create("app", "first")).ARN;
});

/** What Secrets Manager has still to do. */
const upcoming = (): string[] => w.lab.upcoming().filter(({ service }) => service === "secretsmanager").map(({ account, kind }) => `${account} ${kind}`);
const describeSecret = (SecretId = "app"): Promise<any> => w.must("DescribeSecret", { SecretId });

describe("a rotation by function", () => {
  test("is answered before it begins; its steps follow each other, each a job with its invocation", async () => {
    const before = w.lab.journal.length;
    const at = w.lab.now();
    const reply = await w.rotate("app", { RotationLambdaARN });
    const VersionId = reply.ok && String(reply.output.VersionId);
    expect(reply).toMatchObject({ ok: true, output: { ARN: arn, Name: "app", VersionId } });
    expect(w.runs).toEqual([]);
    // The pending version is announced before it is there.
    expect(await w.stages("app")).toMatchObject({ [String(VersionId)]: ["AWSPENDING"] });
    expect(await w.fails("GetSecretValue", { SecretId: "app", VersionStage: "AWSPENDING" })).toBe("ResourceNotFoundException: Secrets Manager can't find the specified secret value for staging label: AWSPENDING");

    const entries = (await w.lab.advance(MINUTE)).filter(({ kind }) => kind === "job");
    expect(jobsOf(entries)).toEqual(["RotationStep", "RotationStep", "RotationStep", "RotationStep"]);
    expect(entries.map((entry) => entry.at - at)).toEqual([1_000, 3_000, 5_000, 7_000]);
    expect(entries.map(({ trace }) => trace.steps.flatMap((step) => (step.kind === "check" && step.what.startsWith("rotation step") ? [`${step.what} ${step.ok}`] : [])).join())).toEqual(steps.map((step) => `rotation step ${step} true`));
    for (const { trace } of entries) {
      const invoked = trace.steps.find((step) => step.kind === "call");
      expect(invoked).toMatchObject({ trace: { service: "lambda", operation: "Invoke", principal: `arn:aws:iam::${A}:root`, outcome: { ok: true } } });
    }
    expect(w.runs.map(({ event }) => JSON.parse(event))).toEqual(steps.map((Step) => ({ Step, SecretId: arn, ClientRequestToken: VersionId, RotationToken: expect.stringMatching(/^[0-9a-f-]{36}$/) })));
    expect(w.lab.journal.length).toBe(before + 1 + 2 + 5);

    const described = await describeSecret();
    expect(described).toMatchObject({ RotationEnabled: true, RotationLambdaARN, LastRotatedDate: (at + 7_000) / 1000 });
    expect(described.VersionIdsToStages[String(VersionId)].sort()).toEqual(["AWSCURRENT", "AWSPENDING"]);
    expect(w.events()).toEqual(["RotationStarted", "Secret Label Updated AWSCURRENT", "RotationSucceeded"]);
  });

  test("the same token again is the same rotation, under way and done; another version's is refused", async () => {
    const ClientRequestToken = w.token();
    const first = await w.must("RotateSecret", { SecretId: "app", RotationLambdaARN, ClientRequestToken });
    expect(await w.must("RotateSecret", { SecretId: "app", ClientRequestToken })).toEqual(first);
    await w.lab.advance(MINUTE);
    expect(await w.must("RotateSecret", { SecretId: "app", ClientRequestToken })).toEqual(first);
    expect(w.runs).toHaveLength(4);
    const previous = Object.entries(await w.stages("app")).find(([, labels]) => labels.includes("AWSPREVIOUS"))![0];
    expect(await w.fails("RotateSecret", { SecretId: "app", ClientRequestToken: previous })).toBe(`ResourceExistsException: You can't use ClientRequestToken ${previous} because that value is already in use for a version of secret ${arn}.`);
    expect(await w.fails("RotateSecret", { SecretId: "app" })).toBe("InvalidRequestException: You must provide a ClientRequestToken value. We recommend a UUID-type value.");
  });

  test.each<[string, (lab: RotationLab) => Promise<string>, string]>([
    ["no function", (lab) => lab.fails("RotateSecret", { SecretId: "app", ClientRequestToken: lab.token(), RotationRules: { AutomaticallyAfterDays: 1 } }), "InvalidRequestException: No Lambda rotation function ARN is associated with this secret."],
    [
      "a function that does not let Secrets Manager in",
      async (lab) => lab.fails("RotateSecret", { SecretId: "app", ClientRequestToken: lab.token(), RotationLambdaARN: await lab.makeFunction("closed", undefined, false) }),
      "AccessDeniedException: Secrets Manager cannot invoke the specified Lambda function. Ensure that the function policy grants access to the principal secretsmanager.amazonaws.com.",
    ],
    [
      "a function that is not there",
      (lab) => lab.fails("RotateSecret", { SecretId: "app", ClientRequestToken: lab.token(), RotationLambdaARN: lab.functionArn("none") }),
      "AccessDeniedException: Secrets Manager cannot invoke the specified Lambda function. Ensure that the function policy grants access to the principal secretsmanager.amazonaws.com.",
    ],
    ["a bad schedule", (lab) => lab.fails("RotateSecret", { SecretId: "app", ClientRequestToken: lab.token(), RotationLambdaARN, RotationRules: { ScheduleExpression: "rate(1 hour)" } }), "InvalidParameterException: Rate in hour should be least 4 and less than 24."],
    ["no secret", (lab) => lab.fails("RotateSecret", { SecretId: "none", ClientRequestToken: lab.token(), RotationLambdaARN }), "ResourceNotFoundException: Secrets Manager can't find the specified secret."],
    [
      "a secret that is to be deleted",
      async (lab) => {
        await lab.must("DeleteSecret", { SecretId: "app" });
        return lab.fails("RotateSecret", { SecretId: "app", ClientRequestToken: lab.token(), RotationLambdaARN });
      },
      "InvalidRequestException: You can't perform this operation on the secret because it was marked for deletion.",
    ],
    ["what is for external secrets", (lab) => lab.fails("RotateSecret", { SecretId: "app", ClientRequestToken: lab.token(), RotationLambdaARN, ExternalSecretRotationRoleArn: `arn:aws:iam::${A}:role/rotation` }), "InvalidParameterException: ExternalSecretRotationMetadata and ExternalSecretRotationRoleArn are for managed external secrets only."],
  ])("%s is refused, and nothing is configured", async (_what, ask, expected) => {
    expect(await ask(w)).toBe(expected);
    expect(w.row("app").RotationEnabled).toBeUndefined();
    expect(await w.lab.advance(DAY)).toHaveLength(1);
  });

  test("the caller must be allowed to invoke the function as well", async () => {
    const alice: Caller = { account: A, user: "alice" };
    await w.must("CreateUser", { UserName: "alice" }, { service: "iam" });
    const allow = (actions: string[]): Promise<unknown> => w.must("PutUserPolicy", { UserName: "alice", PolicyName: "p", PolicyDocument: policy(actions) }, { service: "iam" });
    await allow(["secretsmanager:RotateSecret"]);
    const reply = await w.rotate("app", { RotationLambdaARN }, { caller: alice });
    expect(reply).toMatchObject({ ok: false, error: { code: "AccessDeniedException", message: expect.stringContaining(`is not authorized to perform: lambda:InvokeFunction on resource: ${RotationLambdaARN}`) } });
    await allow(["secretsmanager:RotateSecret", "lambda:InvokeFunction"]);
    expect(await w.rotate("app", { RotationLambdaARN }, { caller: alice })).toMatchObject({ ok: true });
  });

  test.each<[Record<string, Record<string, string>>, object, boolean]>([
    [{ Bool: { "secretsmanager:RotateImmediately": "false" } }, {}, false],
    [{ Bool: { "secretsmanager:RotateImmediately": "false" } }, { RotateImmediately: false }, true],
    [{ Bool: { "secretsmanager:ModifyRotationRules": "false" } }, { RotationRules: { AutomaticallyAfterDays: 9 } }, false],
    [{ Bool: { "secretsmanager:ModifyRotationRules": "false" } }, {}, true],
    [{ ArnLike: { "secretsmanager:RotationLambdaARN": "arn:aws:lambda:*:*:function:rotate" } }, {}, true],
    [{ ArnLike: { "secretsmanager:RotationLambdaARN": "arn:aws:lambda:*:*:function:other" } }, {}, false],
  ])("condition %j with %j: %s", async (condition, more, allowed) => {
    await w.must("CreateUser", { UserName: "alice" }, { service: "iam" });
    await w.must("PutUserPolicy", { UserName: "alice", PolicyName: "p", PolicyDocument: policy(["secretsmanager:RotateSecret"], "*", condition) }, { service: "iam" });
    await w.must("PutUserPolicy", { UserName: "alice", PolicyName: "q", PolicyDocument: policy(["lambda:InvokeFunction", "kms:*"]) }, { service: "iam" });
    const reply = await w.rotate("app", { RotationLambdaARN, ...more }, { caller: { account: A, user: "alice" } });
    expect(reply.ok || reply.error.code).toBe(allowed || "AccessDeniedException");
  });

  test("the function's policy may ask for the account that owns the secret", async () => {
    const guarded = await w.makeFunction("guarded", undefined, false);
    w.programs.guarded = rotating();
    const allow = (SourceAccount: string): Promise<unknown> => w.must("AddPermission", { FunctionName: "guarded", StatementId: SourceAccount, Action: "lambda:InvokeFunction", Principal: "secretsmanager.amazonaws.com", SourceAccount }, { service: "lambda" });
    await allow(B);
    expect(await w.rotate("app", { RotationLambdaARN: guarded })).toMatchObject({ ok: false, error: { code: "AccessDeniedException" } });
    await allow(A);
    expect(await w.rotate("app", { RotationLambdaARN: guarded })).toMatchObject({ ok: true });
    await w.lab.advance(MINUTE);
    expect(w.row("app").LastRotatedDate).toBeDefined();
  });
});

describe("a rotation that fails", () => {
  test.each(steps)("at %s: AWSPENDING stays, the date does not move, and it is tried again from the first step", async (at) => {
    await w.rotate("app", { RotationLambdaARN, RotationRules: { AutomaticallyAfterDays: 30 } });
    await w.lab.advance(MINUTE);
    const { LastRotatedDate } = await describeSecret();
    const reply = await w.rotate("app");
    const token = reply.ok ? String(reply.output.VersionId) : "";
    broken.at = at;
    await w.lab.advance(MINUTE);

    expect((await describeSecret()).LastRotatedDate).toBe(LastRotatedDate);
    expect((await w.stages("app"))[token]).toEqual(["AWSPENDING"]);
    expect(w.row("app").rotation).toMatchObject({ token, attempts: 1, failedStep: at, failure: `Error: broken at ${at}` });
    expect(w.records().at(-1)).toEqual({
      eventVersion: "1.11",
      userIdentity: { accountId: A, invokedBy: "secretsmanager.amazonaws.com" },
      eventTime: expect.stringMatching(/^2026-01-05T/),
      eventSource: "secretsmanager.amazonaws.com",
      eventName: "RotationFailed",
      awsRegion: "us-east-1",
      sourceIPAddress: "secretsmanager.amazonaws.com",
      userAgent: "secretsmanager.amazonaws.com",
      errorMessage: `Error when executing lambda ${RotationLambdaARN} during ${at} step`,
      requestParameters: null,
      responseElements: null,
      additionalEventData: { SecretId: arn },
      requestID: `Rotation-${arn}-${token}`,
      eventID: expect.stringMatching(/^[0-9a-f-]{36}$/),
      readOnly: false,
      eventType: "AwsServiceEvent",
      managementEvent: true,
      recipientAccountId: A,
      eventCategory: "Management",
    });
    expect(await w.rotate("app")).toMatchObject({ ok: false, error: { code: "InvalidRequestException", message: "A previous rotation isn't complete. That rotation will be reattempted." } });

    const done = w.runs.length;
    broken.at = undefined;
    await w.lab.advance(5 * MINUTE);
    expect(w.runs.slice(done).map(({ event }) => JSON.parse(event))).toEqual(steps.map((Step) => expect.objectContaining({ Step, ClientRequestToken: token })));
    expect(w.row("app").rotation).toBeUndefined();
    expect((await describeSecret()).LastRotatedDate).toBeGreaterThan(LastRotatedDate);
    expect((await w.stages("app"))[token]).toContain("AWSCURRENT");
  });

  test("the event is found in CloudTrail's history, by name and by secret", async () => {
    broken.at = "setSecret";
    await w.rotate("app", { RotationLambdaARN });
    await w.lab.advance(MINUTE);
    const look = (AttributeKey: string, AttributeValue: string): Promise<any> => w.must("LookupEvents", { LookupAttributes: [{ AttributeKey, AttributeValue }] }, { service: "cloudtrail" });
    const { Events } = await look("EventName", "RotationFailed");
    expect(Events).toHaveLength(1);
    expect(JSON.parse(Events[0].CloudTrailEvent)).toEqual(w.records().at(-1));
    const byName = await look("ResourceName", arn);
    expect(byName.Events.map(({ EventName }: any) => EventName)).toEqual(expect.arrayContaining(["RotationFailed", "RotationStarted"]));
    const entry = w.lab.journal.findLast(({ trace }) => trace.operation === "RotationStep")!;
    expect(cloudTrailEvents(entry).map(({ eventName }) => eventName)).toContain("RotationFailed");
  });

  test.each<[string, string, () => unknown, string]>([
    ["nothing was put", "createSecret", () => undefined, "Pending secret version TOKEN for Secret ARN was not created during createSecret step"],
    ["AWSCURRENT was left where it was", "finishSecret", () => undefined, "AWSCURRENT was not moved to secret version TOKEN during finishSecret step"],
  ])("what a step must have done is looked at: %s", async (_what, at, how, expected) => {
    Object.assign(broken, { at, how });
    const reply = await w.rotate("app", { RotationLambdaARN });
    await w.lab.advance(MINUTE);
    const message = expected.replace("TOKEN", reply.ok ? String(reply.output.VersionId) : "").replace("ARN", arn);
    expect(w.row("app").rotation).toMatchObject({ failedStep: at, failure: message });
    expect(w.records().at(-1)).toMatchObject({ eventName: "RotationFailed", errorMessage: message });
  });

  test("is tried four times, and no more until somebody does something", async () => {
    broken.at = "createSecret";
    await w.rotate("app", { RotationLambdaARN });
    await w.lab.advance(30 * DAY);
    expect(w.row("app").rotation).toMatchObject({ attempts: 4 });
    expect(w.runs).toHaveLength(4);
    expect(w.events().filter((name) => name.startsWith("Rotation"))).toEqual(Array.from({ length: 4 }, () => ["RotationStarted", "RotationFailed"]).flat());

    // What the guide says to do: take AWSPENDING off, then rotate again.
    broken.at = undefined;
    const pending = Object.entries(await w.stages("app")).find(([, labels]) => labels.includes("AWSPENDING"))![0];
    await w.must("UpdateSecretVersionStage", { SecretId: "app", VersionStage: "AWSPENDING", RemoveFromVersionId: pending });
    expect(await w.rotate("app")).toMatchObject({ ok: true });
    await w.lab.advance(MINUTE);
    expect(w.row("app").LastRotatedDate).toBeDefined();
  });

  test("a function that is gone, and its policy with it, is a failure of the step", async () => {
    await w.rotate("app", { RotationLambdaARN });
    await w.must("DeleteFunction", { FunctionName: "rotate" }, { service: "lambda" });
    await w.lab.advance(MINUTE);
    expect(w.row("app").rotation).toMatchObject({ failedStep: "createSecret", failure: expect.stringContaining(`is not authorized to perform: lambda:InvokeFunction on resource: ${RotationLambdaARN}`) });
  });

  test("whose pending label is taken off in the middle goes no further", async () => {
    const reply = await w.rotate("app", { RotationLambdaARN });
    const token = reply.ok ? String(reply.output.VersionId) : "";
    await w.lab.advance(2 * SECOND);
    await w.must("UpdateSecretVersionStage", { SecretId: "app", VersionStage: "AWSPENDING", RemoveFromVersionId: token });
    await w.lab.advance(HOUR);
    expect(w.runs).toHaveLength(1);
    expect(w.row("app").rotation).toBeUndefined();
  });

  test("a new value by hand gives it up: RotationAbandoned", async () => {
    broken.at = "setSecret";
    const reply = await w.rotate("app", { RotationLambdaARN, RotationRules: { AutomaticallyAfterDays: 10 } });
    const token = reply.ok ? String(reply.output.VersionId) : "";
    await w.lab.advance(MINUTE);
    await w.lab.advance(2 * DAY);
    await w.must("PutSecretValue", { SecretId: "app", SecretString: "by hand", ClientRequestToken: w.token() });
    expect(Object.values(await w.stages("app")).flat()).not.toContain("AWSPENDING");
    expect(w.records().at(-1)).toMatchObject({ eventName: "RotationAbandoned", requestID: `Rotation-${arn}-${token}` });
    // It counts as a rotation for the schedule: ten days from now.
    expect((await describeSecret()).NextRotationDate).toBe(Date.UTC(2026, 0, 17, 23, 59, 59) / 1000);
    broken.at = undefined;
    expect(await w.rotate("app")).toMatchObject({ ok: true });
  });
});

describe("without rotating at once", () => {
  test("only testSecret is run, with a copy of the current value that goes again", async () => {
    let seen: unknown;
    w.programs.rotate = async ({ ClientRequestToken }, inside) => {
      const reply = await inside.call({ service: "secretsmanager", operation: "GetSecretValue", input: { SecretId: arn, VersionId: ClientRequestToken, VersionStage: "AWSPENDING" } });
      seen = reply.ok && reply.output.SecretString;
    };
    const before = await w.stages("app");
    const reply = await w.rotate("app", { RotationLambdaARN, RotateImmediately: false, RotationRules: { AutomaticallyAfterDays: 7 } });
    expect(reply).toMatchObject({ ok: true });
    await w.lab.advance(MINUTE);
    expect(w.runs.map(({ event }) => JSON.parse(event).Step)).toEqual(["testSecret"]);
    expect(seen).toBe("first");
    expect(await w.stages("app")).toEqual(before);
    expect((await w.must("ListSecretVersionIds", { SecretId: "app", IncludeDeprecated: true })).Versions).toHaveLength(1);
    const described = await describeSecret();
    expect(described).toMatchObject({ RotationEnabled: true, NextRotationDate: Date.UTC(2026, 0, 12, 23, 59, 59) / 1000 });
    expect(described.LastRotatedDate).toBeUndefined();
    expect(w.events()).toEqual(["TestRotationStarted", "TestRotationSucceeded"]);
  });

  test("a test that fails is told, and the configuration stays", async () => {
    broken.at = "testSecret";
    await w.rotate("app", { RotationLambdaARN, RotateImmediately: false, RotationRules: { AutomaticallyAfterDays: 7 } });
    await w.lab.advance(MINUTE);
    expect(w.records().at(-1)).toMatchObject({ eventName: "TestRotationFailed", errorMessage: `Error when executing lambda ${RotationLambdaARN} during testSecret step` });
    expect(w.row("app")).toMatchObject({ RotationEnabled: true, labels: [["AWSCURRENT", expect.any(String)]] });
    expect(w.row("app").rotation).toBeUndefined();
  });
});

describe("by schedule", () => {
  test("rotates in its windows, year in, year out", async () => {
    await w.rotate("app", { RotationLambdaARN, RotationRules: { ScheduleExpression: "cron(0 16 1,15 * ? *)", Duration: "2h" } });
    await w.lab.advance(MINUTE);
    expect(await describeSecret()).toMatchObject({ RotationRules: { AutomaticallyAfterDays: 10, Duration: "2h", ScheduleExpression: "cron(0 16 1,15 * ? *)" }, NextRotationDate: Date.UTC(2026, 0, 15, 17, 59, 59) / 1000 });
    const entries = await w.lab.advance(365 * DAY);
    const rotated = entries.filter(({ trace }) => trace.operation === "ScheduledRotation").map(({ at }) => new Date(at).toISOString());
    expect(rotated).toHaveLength(24);
    for (const moment of rotated) expect(moment).toMatch(/^2026-\d\d-(01|15)T16:|^2027-01-01T16:/);
    expect(w.runs).toHaveLength(4 * 25);
    expect((await describeSecret()).NextRotationDate).toBe(Date.UTC(2027, 0, 15, 17, 59, 59) / 1000);
  });

  test("one that fails is tried again within its window; NextRotationDate stays, in the past, until one succeeds", async () => {
    await w.rotate("app", { RotationLambdaARN, RotationRules: { ScheduleExpression: "rate(10 days)", Duration: "1h" } });
    await w.lab.advance(MINUTE);
    const { NextRotationDate, LastRotatedDate } = await describeSecret();
    broken.at = "testSecret";
    const entries = await w.lab.advance(12 * DAY);
    const tries = entries.filter(({ trace }) => /ScheduledRotation|RotationRetry/.test(trace.operation));
    expect(tries.length).toBeGreaterThanOrEqual(2);
    expect(tries.length).toBeLessThanOrEqual(4);
    for (const { at } of tries) expect(new Date(at).toISOString()).toMatch(/^2026-01-15T00:/);
    expect(await describeSecret()).toMatchObject({ NextRotationDate, LastRotatedDate });
    expect(NextRotationDate * 1000).toBeLessThan(w.lab.now());
    broken.at = undefined;
    await w.lab.advance(10 * DAY);
    expect(await describeSecret()).toMatchObject({ NextRotationDate: Date.UTC(2026, 1, 4, 0, 59, 59) / 1000 });
    expect(Object.values(await w.stages("app")).map((labels) => labels.sort())).toEqual(expect.arrayContaining([["AWSCURRENT", "AWSPENDING"], ["AWSPREVIOUS"]]));
  });

  test("a broken function costs a year of moved clock few entries", async () => {
    broken.at = "createSecret";
    await w.rotate("app", { RotationLambdaARN, RotationRules: { ScheduleExpression: "rate(10 days)" } });
    const entries = await w.lab.advance(365 * DAY);
    expect(w.runs.length).toBeLessThanOrEqual(4 * 37);
    expect(entries.length).toBeLessThan(500);
  });

  test("is off after CancelRotateSecret, and on again after RotateSecret", async () => {
    broken.at = "setSecret";
    const reply = await w.rotate("app", { RotationLambdaARN, RotationRules: { AutomaticallyAfterDays: 1 } });
    const VersionId = reply.ok ? String(reply.output.VersionId) : "";
    await w.lab.advance(4 * SECOND);
    expect(await w.must("CancelRotateSecret", { SecretId: "app" })).toEqual({ ARN: arn, Name: "app", VersionId });
    const off = await describeSecret();
    expect(off).toMatchObject({ RotationEnabled: false, RotationLambdaARN, RotationRules: { AutomaticallyAfterDays: 1 }, VersionIdsToStages: { [VersionId]: ["AWSPENDING"] } });
    expect(off.NextRotationDate).toBeUndefined();
    const ran = w.runs.length;
    await w.lab.advance(10 * DAY);
    expect(w.runs.length).toBe(ran);
    expect(await w.fails("RotateSecret", { SecretId: "app", ClientRequestToken: w.token() })).toBe("InvalidRequestException: A previous rotation isn't complete. That rotation will be reattempted.");
    await w.must("UpdateSecretVersionStage", { SecretId: "app", VersionStage: "AWSPENDING", RemoveFromVersionId: VersionId });
    broken.at = undefined;
    await w.rotate("app");
    await w.lab.advance(2 * DAY);
    expect(w.runs.length).toBe(ran + 12);
    expect(await w.must("CancelRotateSecret", { SecretId: "app" })).toEqual({ ARN: arn, Name: "app" });
    expect((await describeSecret()).LastRotatedDate).toBeUndefined();
    expect(await w.fails("CancelRotateSecret", { SecretId: (await w.create("never", "v")).ARN })).toContain("InvalidRequestException: You tried to enable rotation on a secret that doesn't already have a Lambda function ARN");
  });

  test("waits while the secret is marked for deletion, and goes on once it is restored", async () => {
    await w.rotate("app", { RotationLambdaARN, RotationRules: { AutomaticallyAfterDays: 1 } });
    await w.lab.advance(MINUTE);
    await w.must("DeleteSecret", { SecretId: "app", RecoveryWindowInDays: 7 });
    await w.lab.advance(5 * DAY);
    expect(w.runs).toHaveLength(4);
    await w.must("RestoreSecret", { SecretId: "app" });
    await w.lab.advance(DAY);
    expect(w.runs).toHaveLength(8);
    await w.must("DeleteSecret", { SecretId: "app", ForceDeleteWithoutRecovery: true });
    await w.lab.advance(5 * DAY);
    expect(w.runs).toHaveLength(8);
    expect(upcoming()).toEqual([]);
  });

  test("a function that deletes the secret in the middle of its own rotation ends it", async () => {
    broken.at = "setSecret";
    w.programs.rotate = async (event, inside) => {
      if (event.Step === "setSecret") await inside.call({ service: "secretsmanager", operation: "DeleteSecret", input: { SecretId: arn, ForceDeleteWithoutRecovery: true } });
      else await rotating()(event, inside, undefined as never);
    };
    await w.rotate("app", { RotationLambdaARN, RotationRules: { AutomaticallyAfterDays: 1 } });
    await w.lab.advance(3 * DAY);
    expect(w.runs).toHaveLength(2);
    expect(upcoming()).toEqual([]);
  });
});

describe("rotations that start each other", () => {
  const starts = (after: string, SecretId: () => string): Program => async (event, inside, run) => {
    await rotating()(event, inside, run);
    if (event.Step !== after) return;
    const reply = await inside.call({ service: "secretsmanager", operation: "RotateSecret", input: { SecretId: SecretId(), ClientRequestToken: `${event.ClientRequestToken.slice(0, 24)}${String(Number(event.ClientRequestToken.slice(24)) + 1_000_000).padStart(12, "0")}` } });
    if (!reply.ok) throw new Error(reply.error.message);
  };

  test("a function that rotates its own secret, before the end: the rotation is not complete", async () => {
    w.programs.rotate = starts("createSecret", () => arn);
    await w.rotate("app", { RotationLambdaARN });
    await w.lab.advance(MINUTE);
    expect(w.row("app").rotation).toMatchObject({ failedStep: "createSecret", failure: "Error: A previous rotation isn't complete. That rotation will be reattempted." });
  });

  test.each<[string, () => Promise<unknown>]>([
    ["its own secret, at the end", async () => (w.programs.rotate = starts("finishSecret", () => arn))],
    [
      "another secret, whose function rotates the first",
      async () => {
        const other = await w.create("other", "v");
        w.programs.rotate = starts("finishSecret", () => other.ARN);
        w.programs.back = starts("finishSecret", () => arn);
        await w.rotate("other", { RotationLambdaARN: await w.makeFunction("back"), RotateImmediately: false });
        await w.lab.advance(MINUTE);
        w.runs.length = 0;
      },
    ],
  ])("a ring by %s ends after sixteen, and says why", async (_what, make) => {
    await make();
    await w.rotate("app", { RotationLambdaARN });
    const entries = await w.lab.advance(DAY);
    expect(w.runs.length).toBeLessThanOrEqual(4 * 17);
    const failures = ["app", "other"].flatMap((name) => w.row(name)?.rotation?.failure ?? []);
    expect(failures.join()).toContain("is being invoked in a recursive loop and stopped the invocation. Rotations that start each other went round until Lambda's limit; AWS would not stop a loop that goes through Secrets Manager.");
    expect(w.records().at(-1)).toMatchObject({ eventName: "RotationFailed" });
    expect(entries.length).toBeLessThan(200);
    // The lab is unharmed: another secret rotates as ever.
    w.programs.rotate = rotating();
    await w.create("third", "v");
    await w.rotate("third", { RotationLambdaARN });
    await w.lab.advance(MINUTE);
    expect(w.row("third").LastRotatedDate).toBeDefined();
  });
});

describe("other kinds of rotation", () => {
  test("a managed external secret: configured and checked, the partner not simulated", async () => {
    const Type = "SalesforceClientSecret";
    await w.create("crm", { consumerKey: "k", consumerSecret: "s", baseUri: "https://example.my.salesforce.com", appId: "0x1", consumerId: "c" }, { Type });
    const more = { ExternalSecretRotationRoleArn: `arn:aws:iam::${A}:role/mes`, ExternalSecretRotationMetadata: [{ Key: "adminSecretArn", Value: arn }], RotationRules: { AutomaticallyAfterDays: 30 } };
    expect(await w.rotate("crm")).toMatchObject({ ok: false, error: { code: "InvalidRequestException" } });
    expect(await w.rotate("crm", more)).toMatchObject({ ok: false, error: { code: "AccessDeniedException" } });
    await w.must("CreateRole", { RoleName: "mes", AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "secretsmanager.amazonaws.com" }, Action: "sts:AssumeRole", Condition: { StringEquals: { "aws:SourceAccount": A } } }] }) }, { service: "iam" });
    expect(await w.rotate("crm", more)).toMatchObject({ ok: false, error: { code: "NotSimulated", message: expect.stringContaining(Type) } });
    expect(await w.rotate("crm", { ...more, RotateImmediately: false })).toMatchObject({ ok: true });
    const { ExternalSecretRotationMetadata, ExternalSecretRotationRoleArn } = more;
    expect(await describeSecret("crm")).toMatchObject({ Type, RotationEnabled: true, ExternalSecretRotationMetadata, ExternalSecretRotationRoleArn });
    await w.lab.advance(31 * DAY);
    expect(w.records().at(-1)).toMatchObject({ eventName: "RotationFailed", errorMessage: expect.stringContaining(`Keyhole does not simulate the partner that holds secrets of the type ${Type}`) });
  });

  test("in another account's secret, whose policy allows it: it is that account that rotates", async () => {
    await w.must("PutResourcePolicy", { SecretId: "app", ResourcePolicy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${B}:root` }, Action: "secretsmanager:*", Resource: "*" }] }) });
    const stranger = { caller: { account: B, user: "admin" } as Caller };
    expect(await w.rotate(arn, { RotationLambdaARN, RotationRules: { AutomaticallyAfterDays: 3 } }, stranger)).toMatchObject({ ok: true, output: { ARN: arn } });
    await w.lab.advance(MINUTE);
    expect(w.row("app").LastRotatedDate).toBeDefined();
    expect(w.events()).toContain("RotationSucceeded");
    expect(upcoming()).toEqual([`${A} ScheduledRotation`]);
    expect(await w.must("CancelRotateSecret", { SecretId: arn }, stranger)).toEqual({ ARN: arn, Name: "app" });
    expect(upcoming()).toEqual([]);
  });
});

describe("the journal", () => {
  const state = (lab: { snapshot(): { records: unknown } }): string => JSON.stringify(lab.snapshot().records);

  test("replays to the byte without running code, and undoes step by step", async () => {
    broken.at = "testSecret";
    await w.rotate("app", { RotationLambdaARN, RotationRules: { AutomaticallyAfterDays: 2 } });
    await w.lab.advance(MINUTE);
    broken.at = undefined;
    await w.lab.advance(3 * DAY);
    const after = state(w.lab);
    const again = createLab({ ports: seededPorts(99, start) });
    again.replay(w.lab.journal as JournalEntry[]);
    expect(state(again)).toBe(after);

    const states: string[] = [];
    const count = w.lab.journal.length;
    for (let i = 0; i < count; i++) {
      states.push(state(w.lab));
      w.lab.undo();
    }
    for (let i = count - 1; i >= 0; i--) {
      w.lab.redo();
      expect(state(w.lab)).toBe(states[i]);
    }
  });
});

test("a stranger's new value by hand gives the owner's rotation up, and its schedule goes on in the owner's account", async () => {
  const { KeyMetadata } = await w.must("CreateKey", { Policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: [`arn:aws:iam::${A}:root`, `arn:aws:iam::${B}:root`] }, Action: "kms:*", Resource: "*" }] }) }, { service: "kms" });
  const shared = await w.create("shared", "v", { KmsKeyId: KeyMetadata.Arn });
  await w.must("PutResourcePolicy", { SecretId: "shared", ResourcePolicy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${B}:root` }, Action: "secretsmanager:*", Resource: "*" }] }) });
  broken.at = "setSecret";
  await w.rotate("shared", { RotationLambdaARN, RotationRules: { AutomaticallyAfterDays: 5 } });
  await w.lab.advance(MINUTE);
  await w.must("PutSecretValue", { SecretId: shared.ARN, SecretString: "theirs", ClientRequestToken: w.token() }, { caller: { account: B, user: "admin" } });
  expect(w.row("shared").rotation).toBeUndefined();
  expect(upcoming()).toEqual([`${A} ScheduledRotation`]);
  expect(w.records().at(-1)).toMatchObject({ eventName: "RotationAbandoned", recipientAccountId: A });
});
