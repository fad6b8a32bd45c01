import { expect, test } from "vitest";
import { createLab } from "../lab";
import { seededPorts } from "../ports";
import { DAY, MINUTE, SECOND, database, policy, rotationLab, start, trust } from "../secretsmanager/rotation/rotation.test-helper";
import type { Call, JournalEntry } from "../types";

/**
 * Rotations that fail where they like, applications, hands that interfere, and a clock that goes in steps of any size: whatever
 * happens, replay gives the same bytes without running code, and undo goes all the way back.
 */
function maker(seed: number) {
  let state = seed >>> 0;
  const below = (n: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % n;
  };
  return { below, one: <T>(list: readonly T[]): T => list[below(list.length)] };
}

const text = (lab: { snapshot(): { records: unknown } }): string => JSON.stringify(lab.snapshot().records);

test.each(Array.from({ length: 8 }, (_, seed) => [seed + 1]))("sequence %i", { timeout: 180_000 }, async (seed) => {
  const { below, one } = maker(seed * 7919);
  const w = await rotationLab();
  const strategy = one(["single-user", "alternating-users"] as const);
  const { login, host } = await database(w, one(["mysql", "postgres"] as const));
  const RotationLambdaARN = await w.template("rotate", login.engine, strategy);
  // The template's own code, save where chance will have it fail.
  const steps = ["createSecret", "setSecret", "testSecret", "finishSecret"];
  let fails: string | undefined;
  const flaky = async ({ Step }: { Step: string }): Promise<void> => {
    if (Step === fails) throw new Error("by chance");
  };
  await w.must("CreateRole", { RoleName: "app", AssumeRolePolicyDocument: trust("ec2.amazonaws.com") }, { service: "iam" });
  await w.must("PutRolePolicy", { RoleName: "app", PolicyName: "p", PolicyDocument: policy(["secretsmanager:GetSecretValue"]) }, { service: "iam" });
  const before = text(w.lab);
  const begun = w.lab.journal.length;
  const secret = { service: "secretsmanager" };
  const application = { service: "application" };
  const moves: (() => [string, object, Partial<Call>])[] = [
    () => ["RotateSecret", { SecretId: "app/db", ClientRequestToken: w.token(), RotationLambdaARN, ...one([{}, { RotateImmediately: false }, { RotationRules: { AutomaticallyAfterDays: 1 + below(20) } }, { RotationRules: { ScheduleExpression: "cron(0 /6 * * ? *)" } }]) }, secret],
    () => ["RotateSecret", { SecretId: "app/db", ClientRequestToken: w.token() }, secret],
    () => ["CancelRotateSecret", { SecretId: "app/db" }, secret],
    () => ["PutSecretValue", { SecretId: "app/db", ClientRequestToken: w.token(), SecretString: JSON.stringify({ ...login, ...one([{}, { password: "wrong" }]) }) }, secret],
    () => ["UpdateSecretVersionStage", { SecretId: "app/db", VersionStage: "AWSPENDING", RemoveFromVersionId: w.row("app/db")?.labels.find(([label]) => label === "AWSPENDING")?.[1] ?? "0".repeat(32) }, secret],
    () => ["DeleteSecret", { SecretId: "app/db", RecoveryWindowInDays: 30 }, secret],
    () => ["RestoreSecret", { SecretId: "app/db" }, secret],
    () => ["StartApplication", { Name: one(["a", "b"]), Role: "app", SecretId: "app/db", Strategy: one(["never-refreshes", "refreshes-on-refusal", "falls-back-to-previous"]), CacheSeconds: one([0, 60, 3600]), IntervalSeconds: 1 + below(5), StopAfterHours: 1 + below(500) }, application],
    () => [one(["StopApplication", "ConnectNow", "DescribeApplication", "DeleteApplication"]), { Name: one(["a", "b"]) }, application],
    () => ["Execute", { Host: host, User: "admin", Password: "Master-Pass-1", Database: "shop", Statement: login.engine === "mysql" ? "ALTER USER 'app'@'%' IDENTIFIED BY 'First-Pass-1'" : "ALTER USER app WITH PASSWORD 'First-Pass-1'" }, { service: "database" }],
  ];
  // Of these, what sets things going more often than what stops them.
  const often = [0, 0, 0, 1, 1, 2, 3, 4, 4, 4, 5, 6, 6, 6, 7, 7, 7, 8, 9];
  await w.rotate("app/db", { RotationLambdaARN, RotationRules: { AutomaticallyAfterDays: 2 } });
  await w.lab.advance(MINUTE);
  for (let i = 0; i < 60; i++) {
    fails = one([undefined, undefined, ...steps]);
    if (fails) w.programs.rotate = flaky;
    else delete w.programs.rotate;
    if (below(2)) await w.lab.advance(one([SECOND, 3 * SECOND, MINUTE, below(2) * DAY + below(DAY)]));
    else {
      const [operation, input, more] = moves[one(often)]();
      await w.call(operation, input as never, more);
    }
    const hand = below(12);
    if (hand < 2 && w.lab.undo() && hand === 0) w.lab.redo();
    // Never more than one rotation's job and one window for a secret, and one connection for an application.
    const ids = w.lab.upcoming(100).filter(({ service }) => service === "secretsmanager" || service === "application").map(({ kind, args }) => `${kind === "RotationRetry" ? "RotationStep" : kind} ${args.SecretId ?? args.ApplicationName}`);
    expect(new Set(ids).size).toBe(ids.length);
  }
  const after = text(w.lab);
  expect(w.runs.length).toBeGreaterThan(3);
  const again = createLab({ journalLimit: 20_000, ports: { ...seededPorts(1, start), random: () => { throw new Error("a replay reads no fresh chance"); } } });
  again.replay(JSON.parse(JSON.stringify(w.lab.journal)) as JournalEntry[]);
  expect(text(again) === after).toBe(true);
  while (w.lab.journal.length > begun) w.lab.undo();
  expect(text(w.lab) === before).toBe(true);
});
