/** The drawing's facts against the engine: a rotation lived through by two programs, and the form's role. */
import { beforeEach, describe, expect, test } from "vitest";
import { type ApplicationRow, applications } from "@/lib/engine/application/state";
import { A, DAY, MINUTE, type RotationLab, SECOND, database, policy, rotationLab, trust } from "@/lib/engine/secretsmanager/rotation/rotation.test-helper";
import type { JournalEntry } from "@/lib/engine/types";
import type { Ask } from "../../frame/use-load";
import { rotationSteps } from "../detail/rotation-steps";
import { firstStart, startApplication, startProblems } from "./start-draft";
import { linesOf } from "./story-list";
import { ticksOf } from "./story-figure";
import { countsOf, labelSpans, labelsAt, lengthOf, loginSource, loginsOf, outagesAt, rotationsIn, secretOf, sentencesOf, windowsOf } from "./story";

const place = { account: A, region: "us-east-1" };
let w: RotationLab;
let secretArn: string;

async function live(ms: number): Promise<void> {
  for (let gone = 0; gone < ms; gone += SECOND) await w.lab.advance(SECOND);
}
const start = (Name: string, more = {}): Promise<any> => w.must("StartApplication", { Name, Role: "app", SecretId: "app/db", CacheSeconds: 3_600, ...more }, { service: "application" });

/** All that the page knows of an application. */
function storyOf(name: string) {
  const journal = w.lab.journal as readonly JournalEntry[];
  const db = w.lab.read({ ...place, service: "application" });
  const row = applications(db).get(name) as Readonly<ApplicationRow>;
  const now = w.lab.now();
  const secret = secretOf(w.lab.read, row, place)!;
  const steps = rotationSteps(journal, secret.row.ARN);
  const logins = loginsOf(db, row, now, journal, place);
  const spans = labelSpans(journal, secret, logins[0].at);
  const outages = outagesAt(db, row, now);
  const windows = windowsOf(steps, logins, row, now);
  return { journal, db, row, now, secret, steps, logins, spans, outages, windows };
}

beforeEach(async () => {
  w = await rotationLab();
  ({ secretArn } = await database(w, "mysql"));
  await w.must("CreateRole", { RoleName: "app", AssumeRolePolicyDocument: trust("ec2.amazonaws.com") }, { service: "iam" });
  await w.must("PutRolePolicy", { RoleName: "app", PolicyName: "p", PolicyDocument: policy(["secretsmanager:GetSecretValue"]) }, { service: "iam" });
  const RotationLambdaARN = await w.template("rotate", "mysql", "single-user");
  await w.rotate("app/db", { RotationLambdaARN, RotateImmediately: false });
  await live(10 * SECOND);
});

describe("a single user's rotation", () => {
  test("is one window with four steps, two versions, and the logins on the version that each used", async () => {
    await start("patient");
    await live(20 * SECOND);
    const old = Object.entries(await w.stages("app/db")).find(([, labels]) => labels.includes("AWSCURRENT"))![0];
    await w.rotate("app/db");
    await live(20 * SECOND);
    const story = storyOf("patient");
    const [window] = story.windows;
    expect(story.windows.map(({ id }) => id.replace(/\d+/, "n"))).toEqual([expect.stringMatching(/^rotation-/), "latest", "all"]);
    const run = rotationsIn(story.steps).at(-1)!;
    expect(run.map(({ step, ok }) => [step, ok])).toEqual([["createSecret", true], ["setSecret", true], ["testSecret", true], ["finishSecret", true]]);
    expect(window.from).toBeLessThan(run[0].at);
    expect(window.to).toBeGreaterThan(run[3].at);

    const fresh = story.logins.at(-1)!.versionId!;
    expect(fresh).not.toBe(old);
    // The label moves with finishSecret, and at no other time.
    expect(labelsAt(story.spans, old, run[3].at - 1)).toEqual(["AWSCURRENT"]);
    expect(labelsAt(story.spans, old, run[3].at)).toEqual(["AWSPREVIOUS"]);
    expect(labelsAt(story.spans, fresh, run[0].at)).toContain("AWSPENDING");
    expect(labelsAt(story.spans, fresh, run[3].at)).toContain("AWSCURRENT");

    const refused = story.logins.filter(({ ok }) => !ok);
    expect(refused.every(({ at, versionId }) => versionId === old && at >= run[1].at && at <= run[3].at)).toBe(true);
    expect(refused.reduce((sum, { count }) => sum + count, 0)).toBe(4);
    expect(loginSource(refused[0], story.spans)).toBe("Memory (AWSCURRENT by then)");
    expect(sentencesOf({ ...story, window })).toEqual([
      "Some logins were refused.",
      expect.stringMatching(/^From \d\d:\d\d:\d\d, after setSecret, to \d\d:\d\d:\d\d, after finishSecret, no login succeeded: 4 s, 4 logins refused\.$/),
      expect.stringContaining(`At the end it logs in with version ${fresh.slice(0, 8)}, which is AWSCURRENT`),
    ]);

    // Each line has its Why?, and each Why? is about what the line says.
    const lines = linesOf(story, window);
    expect(lines.filter(({ what }) => what.startsWith("Rotation: ")).map(({ what }) => what)).toEqual(["Rotation: finishSecret", "Rotation: testSecret", "Rotation: setSecret", "Rotation: createSecret"]);
    for (const { seq, at, what } of lines) {
      const entry = story.journal.find((one) => one.seq === seq)!;
      expect([entry.at, entry.trace.operation]).toEqual([at, what.startsWith("Rotation") ? "RotationStep" : "Connect"]);
    }
  });

  test("shuts out who never reads again, from then on", async () => {
    await start("hurried", { Strategy: "never-refreshes" });
    await live(5 * SECOND);
    await w.rotate("app/db");
    await live(MINUTE);
    const story = storyOf("hurried");
    expect(sentencesOf({ ...story, window: story.windows[0] })).toEqual([
      "Some logins were refused.",
      expect.stringMatching(/^From \d\d:\d\d:\d\d, after setSecret, no login has succeeded: \d+ logins refused so far\.$/),
      expect.stringMatching(/^At the end it is refused with version [0-9a-f]{8}, which is AWSPREVIOUS\.$/),
    ]);
    const { failed } = countsOf(story.db, story.row, story.now);
    expect(story.logins.filter(({ ok }) => !ok).reduce((sum, { count }) => sum + count, 0)).toBe(failed);
  });

  test("that fails is said to have failed, and where", async () => {
    await start("patient");
    await live(5 * SECOND);
    await w.must("PutRolePolicy", { RoleName: "rotation", PolicyName: "p", PolicyDocument: policy(["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue", "secretsmanager:GetRandomPassword"]) }, { service: "iam" });
    await w.rotate("app/db");
    await live(10 * SECOND);
    const story = storyOf("patient");
    expect(sentencesOf({ ...story, window: story.windows[0] }).slice(0, 2)).toEqual(["No login failed.", "The rotation failed at createSecret."]);
    expect(linesOf(story, story.windows[0]).find(({ what }) => what === "Rotation: createSecret")).toMatchObject({ ok: false, outcome: "Failed", words: expect.stringContaining("secretsmanager:PutSecretValue") });
  });
});

test("what was counted and not made stands in the last entry; a day that nobody looked is told", async () => {
  await start("patient");
  await w.lab.advance(DAY);
  const story = storyOf("patient");
  expect(story.logins.reduce((sum, { count }) => sum + count, 0)).toBe(countsOf(story.db, story.row, story.now).succeeded);
  expect(story.windows.map(({ id }) => id)).toEqual(["latest", "all"]);
  expect(sentencesOf({ ...story, window: story.windows[0] })[0]).toBe("No login failed.");
});

describe("the form", () => {
  const ask: Ask = async (service, operation, input = {}) => w.must(operation, input, { service });

  test("makes a role that is just enough, also for a secret under a key of one's own", async () => {
    const { KeyMetadata } = await w.must("CreateKey", {}, { service: "kms" });
    await w.must("UpdateSecret", { SecretId: "app/db", KmsKeyId: KeyMetadata.KeyId, ClientRequestToken: w.token() });
    await startApplication(ask, { ...firstStart, name: "shop", secret: secretArn, cache: "0" }, {});
    await live(3 * SECOND);
    const story = storyOf("shop");
    expect(story.row).toMatchObject({ RoleName: "shop-role", Strategy: "refreshes-on-refusal", CacheSeconds: 0 });
    expect(story.logins.at(-1)).toMatchObject({ ok: true, from: "AWSCURRENT", user: "app" });
    const { PolicyDocument } = await w.must("GetRolePolicy", { RoleName: "shop-role", PolicyName: "ReadSecret" }, { service: "iam" });
    expect(JSON.parse(decodeURIComponent(PolicyDocument)).Statement.map(({ Action }: any) => Action)).toEqual(["secretsmanager:GetSecretValue", "kms:Decrypt"]);
  });

  test.each([
    [{}, ["name", "secret"]],
    [{ name: "a", secret: "s" }, []],
    [{ name: "a", secret: "s", roleFrom: "existing" as const }, ["role"]],
    [{ name: "a", secret: "s", interval: "1.5", cache: "" }, ["interval", "cache"]],
    [{ name: "a", secret: "s", strategy: "never-refreshes" as const, cache: "" }, []],
  ])("with %j asks for %j", (part, expected) => expect(Object.keys(startProblems({ ...firstStart, ...part }))).toEqual(expected));
});

test.each([
  [400, "1 s"],
  [4_000, "4 s"],
  [119_000, "119 s"],
  [180_000, "3 min"],
  [3 * 3_600_000, "3 h"],
  [29 * DAY, "29 days"],
])("%d ms is %s", (ms, words) => expect(lengthOf(ms)).toBe(words));

test.each([[20_000], [60_000], [3_600_000], [DAY], [40 * DAY]])("an axis of %d ms has a few ticks, all on it", (length) => {
  const from = 1_700_000_000_123;
  const ticks = ticksOf({ from, to: from + length });
  expect(ticks.length).toBeGreaterThanOrEqual(1);
  expect(ticks.length).toBeLessThanOrEqual(9);
  expect(ticks.every((at) => at >= from && at <= from + length)).toBe(true);
});
