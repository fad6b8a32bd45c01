import { describe, expect, it } from "vitest";
import ssmModel from "../models/ssm.json";
import { createLab } from "../lab";
import { seededPorts } from "../ports";
import type { Json, JsonObject } from "../types";
import { ssm } from "./index";
import { account, admin, dice, testLab } from "./ssm.test-helper";

const operations = ssm.operations.map(({ name }) => name);

describe("hostile input", () => {
  it("has every operation that its model says it has", () => expect(operations.toSorted()).toEqual(Object.keys(ssmModel.operations).sort()));

  /** Members of the right names with contents by chance: mostly plausible, often not. */
  function inputs(seed: number): () => { operation: string; input: JsonObject } {
    const next = dice(seed);
    const pick = <T>(list: readonly T[]): T => list[next(list.length)];
    const good = ["/a", "/a/b", "a", "__proto__", "/__proto__/x"];
    const names = ["/a", "/a/b", "a", "__proto__", "/__proto__/x", "constructor", "../", "", " ", "/a:1", "/a:prod", "n".repeat(2_000), "🔑", `arn:aws:ssm:us-east-1:${account}:parameter/a`, "/aws/service/x", "/", "\u0000", "/a\u0000b", "{{ssm:a}}"];
    const policy = (): string => JSON.stringify([{ Type: pick(["Expiration", "NoChangeNotification", "__proto__"]), Version: "1.0", Attributes: { Timestamp: "2026-02-01T00:00:00Z", After: pick(["1", "x"]), Unit: "Days" } }].map((one) => (next(2) ? one : { ...one, Attributes: { After: "1", Unit: "Days" }, Type: "NoChangeNotification" })));
    const junk: Json[] = [null, true, -1, 1e300, "", "x", [], {}, ["__proto__"], { __proto__: null, a: [] } as JsonObject];
    const valueOf = (member: string): Json => {
      if (next(25) === 0) return pick(junk);
      switch (member) {
        case "Name": case "ResourceId": case "Path": return pick(next(3) ? good : names);
        case "ResourceArn": return `arn:aws:ssm:us-east-1:${account}:parameter${pick(["/a", "/a/b", "a", "/x y"])}`;
        case "Names": return Array.from({ length: 1 + next(3) }, () => pick(next(5) ? good : names));
        case "Labels": return Array.from({ length: 1 + next(3) }, () => pick(["prod", "__proto__", "1", "aws", "x"]));
        case "Type": return pick(["String", "StringList", "SecureString"]);
        case "Tier": return pick(["Standard", "Advanced", "Intelligent-Tiering"]);
        case "Value": return pick(["x", "y".repeat(5_000), "{{x}}", "\ud800", "🔑"]);
        case "Policies": return pick(["[{}]", "nonsense", policy(), policy()]);
        case "AllowedPattern": return pick([".*", "(", "^(a+)+$", "\\1"]);
        case "DataType": return pick(["text", "aws:ec2:image", "x"]);
        case "ResourceType": return "Parameter";
        case "Tags": return [{ Key: pick(["a", "__proto__", "aws:x"]), Value: "v" }];
        case "TagKeys": return ["a", "__proto__"];
        case "ParameterFilters": return [{ Key: pick(["Name", "Type", "Path", "tag:__proto__", "Label", "KeyId"]), Option: pick(["Equals", "BeginsWith", "Recursive", "x"]), Values: [pick(["/a", "String", "x", "/"])] }];
        case "Filters": return [{ Key: "Name", Values: ["/a"] }];
        case "MaxResults": return 1 + next(10);
        case "ParameterVersion": return pick([0, 1, 2, -1, 1.5, 1e15]);
        case "NextToken": return pick(["x", "W10=", btoa('["",""]')]);
        case "SettingId": return pick(["/ssm/parameter-store/default-parameter-tier", "__proto__", "constructor", "/ssm/opsinsights/opscenter"]);
        case "SettingValue": return pick(["Advanced", "Standard", "x"]);
        case "KeyId": return pick(["alias/aws/ssm", "alias/none", "__proto__"]);
        case "Overwrite": case "WithDecryption": case "Recursive": case "Shared": return !next(2);
        default: return pick(["x", ...junk]);
      }
    };
    const shapes = ssmModel.shapes as Record<string, { members?: object; required?: string[] }>;
    return () => {
      const operation = next(3) ? pick(["PutParameter", "PutParameter", "GetParameter", "GetParameters", "LabelParameterVersion"]) : pick(operations);
      const shape = shapes[(ssmModel.operations as Record<string, { input: { shape: string } }>)[operation].input.shape];
      const input: JsonObject = {};
      for (const member of Object.keys(shape.members ?? {})) if ((shape.required ?? []).includes(member) || next(member === "Type" || member === "Overwrite" ? 2 : 6) === 0) input[member] = valueOf(member);
      return { operation, input };
    };
  }

  it.each([1, 2, 3, 4])("gets an answer or AWS's own refusal, and its journal gives the same state again (seed %i)", async (seed) => {
    const lab = createLab({ ports: seededPorts(seed), journalLimit: 5_000 });
    const begin = createLab({ ports: seededPorts(seed) });
    const next = inputs(seed);
    const codes = new Map<string, number>();
    for (let round = 0; round < 1_200; round++) {
      if (round % 100 === 99) await lab.advance(86_400_000);
      const { operation, input } = next();
      const before = round % 20 === 0 ? lab.snapshot().records : undefined;
      const reply = await lab.call({ service: "ssm", operation, input, caller: admin });
      const code = reply.ok ? "ok" : reply.error.code;
      codes.set(code, (codes.get(code) ?? 0) + 1);
      if (!reply.ok) {
        expect(reply.error.status ?? 400, `${operation} ${JSON.stringify(input)}: ${code}`).toBeLessThan(500);
        if (before) expect(lab.snapshot().records).toEqual(before);
      }
    }
    expect(codes.get("ok")).toBeGreaterThan(200);
    expect(codes.size).toBeGreaterThan(8);
    begin.replay(lab.journal);
    expect(JSON.stringify(begin.snapshot().records)).toBe(JSON.stringify(lab.snapshot().records));
    // What is counted is what is there.
    const records = lab.snapshot().records[account]["us-east-1"].ssm as any;
    const tiers = (records.parameters ?? []).map(([, row]: any) => row.Tier);
    expect(records.counts[0][1]).toEqual({ Standard: tiers.filter((tier: string) => tier === "Standard").length, Advanced: tiers.filter((tier: string) => tier === "Advanced").length });
    expect((records.versions ?? []).length).toBe((records.parameters ?? []).reduce((sum: number, [, row]: any) => sum + row.Version - row.oldest + 1, 0));
  });
});

describe("cost", () => {
  it("is one interaction for each parameter; standard ones are free", async () => {
    const t = testLab();
    const cost = async (operation: string, input: JsonObject) => (await t.lab.call({ service: "ssm", operation, input, caller: admin })).trace.cost;
    await t.put("s", "x");
    await t.put("a", "x", { Tier: "Advanced" });
    expect(await cost("GetParameters", { Names: ["s", "a", "a:1"] })).toEqual([{ item: "ssm:request:standard", quantity: 1 }, { item: "ssm:request:advanced", quantity: 2 }]);
    expect(await cost("PutParameter", { Name: "n", Value: "x", Type: "String", Tier: "Advanced" })).toEqual([{ item: "ssm:request:advanced", quantity: 1 }]);
    await t.good("UpdateServiceSetting", { SettingId: "/ssm/parameter-store/high-throughput-enabled", SettingValue: "true" });
    expect(await cost("GetParameter", { Name: "s" })).toEqual([{ item: "ssm:request:higher-throughput", quantity: 1 }]);
  });
});
