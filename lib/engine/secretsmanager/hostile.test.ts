import { describe, expect, it } from "vitest";
import { createLab } from "../lab";
import secretsManagerModel from "../models/secretsmanager.json";
import { seededPorts } from "../ports";
import { checkSnapshot } from "../snapshot";
import type { Json, JsonObject } from "../types";
import { secretsManager } from "./index";
import { account, admin, adminOfOther, dice, other } from "./secretsmanager.test-helper";
import type { SecretRow } from "./state";
import { maxLabels } from "./write";

const operations = secretsManager.operations.map(({ name }) => name);

describe("hostile input", () => {
  it("has every operation that its model says it has", () => expect(operations.toSorted()).toEqual(Object.keys(secretsManagerModel.operations).sort()));

  /** Members of the right names with contents by chance: mostly plausible, often not. */
  function inputs(seed: number, arns: string[], ids: string[]): () => { operation: string; input: JsonObject } {
    const next = dice(seed);
    const pick = <T>(list: readonly T[]): T => list[next(list.length)];
    const good = ["a", "a/b", "c-abcdef", "__proto__", "constructor", "x".repeat(512)];
    const names = [...good, "", " ", "a b", "🔑", "\u0000", "a\u0000b", "arn:aws:secretsmanager:us-east-1:111122223333:secret:a", "arn:::::", `arn:aws:secretsmanager:eu-west-1:${account}:secret:a-aaaaaa`, "n".repeat(3_000)];
    const junk: Json[] = [null, true, -1, 1e300, "", "x", [], {}, ["__proto__"], { __proto__: null, a: [] } as JsonObject];
    const tokens = Array.from({ length: 6 }, (_, i) => `${i}`.repeat(32));
    const policy = (): string =>
      JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: pick(["Allow", "Allow", "Deny", "x"]), Principal: pick(["*", { AWS: account }, { AWS: other }, { AWS: `arn:aws:iam::${account}:user/none` }, { Service: "rds.amazonaws.com" }]), Action: pick(["secretsmanager:*", "secretsmanager:GetSecretValue", "x"]), Resource: "*" }] });
    const valueOf = (member: string): Json => {
      if (next(30) === 0) return pick(junk);
      switch (member) {
        case "Name": return pick(next(4) ? good : names);
        case "SecretId": return next(3) && arns.length ? pick(arns) : pick(next(5) ? good : names);
        case "SecretIdList": return Array.from({ length: 1 + next(3) }, () => pick(next(5) ? good : names));
        case "ClientRequestToken": return next(3) ? pick(tokens) : `${next(1e6)}`.padStart(36, "-");
        case "SecretString": return pick(["x", "y", "z".repeat(5_000), "{\"a\":1}", "\ud800", "🔑"]);
        case "SecretBinary": return pick(["eA==", "AAAA", "not base64"]);
        case "KmsKeyId": return pick(["", "alias/aws/secretsmanager", "alias/k", "alias/none", "__proto__"]);
        case "VersionId": case "RemoveFromVersionId": case "MoveToVersionId": return next(4) && ids.length ? pick(ids) : pick(tokens);
        case "VersionStage": return pick(["AWSCURRENT", "AWSPREVIOUS", "AWSPENDING", "blue", "__proto__"]);
        case "VersionStages": return Array.from({ length: 1 + next(3) }, () => pick(["AWSCURRENT", "AWSPENDING", "blue", "__proto__", `l${next(30)}`]));
        case "ResourcePolicy": return pick(["{}", "nonsense", policy(), policy(), policy()]);
        case "Tags": return Array.from({ length: 1 + next(2) }, () => ({ Key: pick(["a", "b", "__proto__", "aws:x"]), Value: "v" }));
        case "TagKeys": return [pick(["a", "b", "__proto__"])];
        case "AddReplicaRegions": return [{ Region: pick(["eu-west-1", "us-east-1", "xx-west-1"]) }];
        case "RemoveReplicaRegions": return [pick(["eu-west-1", "us-west-2"])];
        case "Filters": return [{ Key: pick(["name", "description", "tag-key", "tag-value", "all", "owning-service", "primary-region"]), Values: [pick(["a", "!a", "x", "!", "a b"])] }];
        case "SortBy": return pick(["name", "created-date", "last-changed-date", "last-accessed-date"]);
        case "SortOrder": return pick(["asc", "desc"]);
        case "MaxResults": return 1 + next(10);
        case "NextToken": return pick(["x", "W10=", btoa('["",""]')]);
        case "RecoveryWindowInDays": return pick([7, 8, 30, 31, 0]);
        case "PasswordLength": return pick([1, 4, 32, 4096, 4097]);
        case "RotationLambdaARN": return pick(["arn:aws:lambda:us-east-1:111122223333:function:none", "x"]);
        case "RotationRules": return pick<JsonObject>([{ AutomaticallyAfterDays: 7 }, { ScheduleExpression: "rate(4 hours)" }, { ScheduleExpression: "cron(0 0 * * ? *)", Duration: "2h" }, { AutomaticallyAfterDays: 7, ScheduleExpression: "rate(1 hour)" }]);
        case "Description": return pick(["", "d", "__proto__"]);
        case "ForceDeleteWithoutRecovery": case "ForceOverwriteReplicaSecret": case "IncludeDeprecated": case "IncludePlannedDeletion": case "BlockPublicPolicy": case "RotateImmediately": return !next(2);
        default: return pick(["x", ...junk]);
      }
    };
    const shapes = secretsManagerModel.shapes as Record<string, { members?: object; required?: string[] }>;
    const usual = ["CreateSecret", "PutSecretValue", "PutSecretValue", "GetSecretValue", "UpdateSecret", "UpdateSecretVersionStage"];
    return () => {
      const operation = next(3) ? pick(usual) : pick(operations);
      const shape = shapes[(secretsManagerModel.operations as Record<string, { input: { shape: string } }>)[operation].input.shape];
      const input: JsonObject = {};
      for (const member of Object.keys(shape.members ?? {})) {
        const likely = member === "ClientRequestToken" ? next(20) > 0 : member === "SecretString" ? next(3) > 0 : (shape.required ?? []).includes(member) || next(6) === 0;
        if (likely && !(member === "SecretBinary" && input.SecretString !== undefined && next(4))) input[member] = valueOf(member);
      }
      return { operation, input };
    };
  }

  it.each([1, 2, 3, 4])("gets an answer or AWS's own refusal, and its journal gives the same state again (seed %i)", async (seed) => {
    const lab = createLab({ ports: seededPorts(seed), journalLimit: 10_000 });
    const begin = createLab({ ports: seededPorts(seed) });
    const [arns, ids]: [string[], string[]] = [[], []];
    const next = inputs(seed, arns, ids);
    await lab.call({ service: "kms", operation: "CreateKey", input: {}, caller: admin }).then(async (made) => made.ok && lab.call({ service: "kms", operation: "CreateAlias", input: { AliasName: "alias/k", TargetKeyId: (made.output.KeyMetadata as JsonObject).KeyId }, caller: admin }));
    const codes = new Map<string, number>();
    for (let round = 0; round < 1_200; round++) {
      if (round % 50 === 49) await lab.advance(86_400_000);
      const { operation, input } = next();
      const before = round % 20 === 0 ? lab.snapshot().records : undefined;
      const reply = await lab.call({ service: "secretsmanager", operation, input, caller: round % 17 === 0 ? adminOfOther : admin });
      const code = reply.ok ? "ok" : reply.error.code;
      codes.set(code, (codes.get(code) ?? 0) + 1);
      if (reply.ok) {
        if (typeof reply.output.ARN === "string" && !arns.includes(reply.output.ARN)) arns.push(reply.output.ARN);
        if (typeof reply.output.VersionId === "string" && !ids.includes(reply.output.VersionId)) ids.push(reply.output.VersionId);
      } else {
        expect(reply.error.status ?? 400, `${operation} ${JSON.stringify(input)}: ${code}`).toBeLessThan(500);
        if (before) expect(lab.snapshot().records).toEqual(before);
      }
    }
    expect(codes.get("ok")).toBeGreaterThan(250);
    expect(codes.size).toBeGreaterThan(8);
    expect(checkSnapshot(JSON.parse(JSON.stringify(lab.snapshot())))).toBeUndefined();
    begin.replay(lab.journal);
    expect(JSON.stringify(begin.snapshot().records)).toBe(JSON.stringify(lab.snapshot().records));
    const count = lab.journal.length;
    const state = JSON.stringify(lab.snapshot().records);
    while (lab.undo());
    while (lab.redo());
    expect([lab.journal.length, JSON.stringify(lab.snapshot().records)]).toEqual([count, state]);
    for (const regions of Object.values(lab.snapshot().records)) for (const [region, services] of Object.entries(regions)) if (services.secretsmanager) holds(region, services.secretsmanager as never);
  }, 60_000);

  /** What is true of every state, whatever was called. */
  function holds(region: string, tables: Record<string, [id: string, row: any][] | undefined>): void {
    const rows = (tables.secrets ?? []) as [string, SecretRow][];
    const versions = new Set((tables.versions ?? []).map(([id]) => id));
    expect((tables.created ?? []).map(([, { Name }]) => Name).sort()).toEqual(rows.map(([name]) => name).sort());
    expect(versions.size).toBe(rows.reduce((sum, [, { versionIds }]) => sum + versionIds.length, 0));
    for (const [name, row] of rows) {
      expect(row.Name).toBe(name);
      expect(row.ARN.startsWith(`arn:aws:secretsmanager:${region}:`)).toBe(true);
      for (const id of row.versionIds) expect(versions.has(`${name}\0${id}`)).toBe(true);
      expect(new Set(row.versionIds).size).toBe(row.versionIds.length);
      const stages = row.labels.map(([stage]) => stage);
      expect(new Set(stages).size, "a label is on one version").toBe(stages.length);
      expect(stages.length).toBeLessThanOrEqual(maxLabels);
      if (row.versionIds.length) expect(stages, "there is always a current version").toContain("AWSCURRENT");
      const [current, previous] = ["AWSCURRENT", "AWSPREVIOUS"].map((wanted) => row.labels.find(([stage]) => stage === wanted)?.[1]);
      if (previous !== undefined) expect(previous).not.toBe(current);
      expect((row.DeletedDate === undefined) === (row.markedAt === undefined)).toBe(true);
    }
    for (const [id] of tables.lastUsed ?? []) expect(rows.some(([name]) => name === id) || versions.has(id), id).toBe(true);
  }
});
