import { describe, expect, it } from "vitest";
import { createLab } from "../lab";
import { seededPorts } from "../ports";
import type { JsonObject } from "../types";
import { account, admin, testLab } from "./ssm.test-helper";
import { versionId } from "./state";

const setting = "/ssm/parameter-store/default-parameter-tier";
const downgrade = /^This parameter uses the advanced-parameter tier\. You can't downgrade/;

describe("tiers", () => {
  it.each([
    ["Standard", 4_096, "Standard"],
    ["Advanced", 10, "Advanced"],
    ["Advanced", 8_192, "Advanced"],
    ["Intelligent-Tiering", 4_096, "Standard"],
    ["Intelligent-Tiering", 4_097, "Advanced"],
    [undefined, 10, "Standard"],
  ])("%s with %i bytes makes it %s", async (Tier, length, expected) => {
    expect((await testLab().put("p", "x".repeat(length), { ...(Tier && { Tier }) })).Tier).toBe(expected);
  });

  it.each([
    ["Standard", 4_097, /^Standard tier parameters support a maximum parameter value of 4096 characters\. .*advanced-parameters\.html$/],
    [undefined, 4_097, /^Standard tier parameters/],
    ["Advanced", 8_193, /8192/],
    ["Intelligent-Tiering", 8_193, /8192/],
    ["Gold", 1, /Member must satisfy enum value set/],
  ])("%s with %i bytes is refused", async (Tier, length, text) => {
    const refusal = await testLab().bad("PutParameter", { Name: "p", Value: "x".repeat(length), Type: "String", ...(Tier && { Tier }) });
    expect(refusal.code).toBe("ValidationException");
    expect(refusal.message).toMatch(text);
  });

  it("counts bytes, not letters", async () => {
    const t = testLab();
    await t.put("p", "ä".repeat(2_048));
    expect((await t.bad("PutParameter", { Name: "q", Value: "ä".repeat(2_049), Type: "String" })).message).toMatch(/^Standard tier/);
  });

  it("goes up and never down", async () => {
    const t = testLab();
    await t.put("p", "x");
    expect((await t.put("p", "x", { Overwrite: true, Tier: "Advanced" })).Tier).toBe("Advanced");
    expect((await t.put("p", "y", { Overwrite: true })).Tier).toBe("Advanced");
    expect((await t.put("p", "z", { Overwrite: true, Tier: "Intelligent-Tiering" })).Tier).toBe("Advanced");
    expect((await t.bad("PutParameter", { Name: "p", Value: "x", Overwrite: true, Tier: "Standard" })).message).toMatch(downgrade);
    await t.good("DeleteParameter", { Name: "p" });
    expect((await t.put("p", "x")).Tier).toBe("Standard");
  });

  it("obeys the Region's default tier where the request has none", async () => {
    const t = testLab();
    await t.good("UpdateServiceSetting", { SettingId: setting, SettingValue: "Advanced" });
    expect((await t.put("a", "x")).Tier).toBe("Advanced");
    expect((await t.put("b", "x", { Tier: "Standard" })).Tier).toBe("Standard");
    await t.good("UpdateServiceSetting", { SettingId: setting, SettingValue: "Intelligent-Tiering" });
    expect((await t.put("c", "x".repeat(5_000))).Tier).toBe("Advanced");
    expect((await t.put("d", "x")).Tier).toBe("Standard");
    await t.good("ResetServiceSetting", { SettingId: setting });
    expect((await t.bad("PutParameter", { Name: "e", Value: "x".repeat(5_000), Type: "String" })).message).toMatch(/^Standard tier/);
  });
});

/** A lab that has so many parameters already: made in its snapshot, since putting each would take minutes. */
function labWith(standard: number, advanced: number) {
  const snapshot = createLab({ ports: seededPorts(3) }).snapshot();
  const row = (Name: string, Tier: string) => ({ Name, Version: 1, oldest: 1, Type: "String", Tier, tags: [], labels: [], policies: [] });
  const version = (Tier: string) => ({ Version: 1, Type: "String", Tier, DataType: "text", Value: "x", LastModifiedDate: 0, LastModifiedUser: "", policies: [] });
  const names = Array.from({ length: standard + advanced }, (_, i) => [`/many/${i % 100}/${String(i).padStart(6, "0")}`, i < standard ? "Standard" : "Advanced"]);
  ((snapshot.records[account] ??= {})["us-east-1"] ??= {}).ssm = {
    counts: [["parameters", { Standard: standard, Advanced: advanced }]],
    parameters: names.map(([name, tier]) => [name, row(name, tier)]),
    versions: names.map(([name, tier]) => [versionId(name, 1), version(tier)]),
  };
  const lab = createLab({ ports: seededPorts(3), snapshot });
  return (operation: string, input: JsonObject) => lab.call({ service: "ssm", operation, input, caller: admin });
}

describe("limits", () => {
  it("holds 10,000 standard parameters; Intelligent-Tiering goes on with advanced ones", async () => {
    const call = labWith(9_999, 0);
    expect(await call("PutParameter", { Name: "last", Value: "x", Type: "String" })).toMatchObject({ ok: true });
    expect(await call("PutParameter", { Name: "over", Value: "x", Type: "String" })).toMatchObject({
      ok: false,
      error: {
        code: "ParameterLimitExceeded",
        message:
          "You have reached the maximum number of standard parameters for this AWS account and Region (10000). To add more parameters, either delete existing parameters or upgrade to the advanced-parameter tier (charges apply).",
      },
    });
    expect(await call("PutParameter", { Name: "last", Value: "y", Overwrite: true })).toMatchObject({ ok: true });
    expect(await call("PutParameter", { Name: "smart", Value: "x", Type: "String", Tier: "Intelligent-Tiering" })).toMatchObject({ ok: true, output: { Tier: "Advanced" } });
    expect(await call("DeleteParameter", { Name: "last" })).toMatchObject({ ok: true });
    expect(await call("PutParameter", { Name: "over", Value: "x", Type: "String" })).toMatchObject({ ok: true });
  });

  it("holds 100,000 advanced parameters", async () => {
    const call = labWith(1, 100_000);
    expect(await call("PutParameter", { Name: "over", Value: "x", Type: "String", Tier: "Advanced" })).toMatchObject({ ok: false, error: { code: "ParameterLimitExceeded" } });
    expect(await call("PutParameter", { Name: "/many/0/000000", Value: "x", Tier: "Advanced", Overwrite: true })).toMatchObject({ ok: false, error: { code: "ParameterLimitExceeded" } });
    expect(await call("PutParameter", { Name: "under", Value: "x", Type: "String" })).toMatchObject({ ok: true });
  });

  it("is as quick with 100,000 parameters as with none", async () => {
    const calls: [string, JsonObject][] = [
      ["PutParameter", { Name: "/new/p", Value: "x", Type: "String", Overwrite: true }],
      ["GetParameter", { Name: "/new/p" }],
      ["GetParametersByPath", { Path: "/new" }],
      ["GetParametersByPath", { Path: "/" }],
      ["DescribeParameters", { ParameterFilters: [{ Key: "Name", Values: ["/new/p"] }] }],
      ["DescribeParameters", { MaxResults: 1 }],
      ["GetParameterHistory", { Name: "/new/p", MaxResults: 1 }],
    ];
    async function time(call: ReturnType<typeof labWith>): Promise<number[]> {
      const times: number[] = [];
      for (const [operation, input] of calls) {
        let best = Infinity;
        for (let round = 0; round < 60; round++) {
          const start = performance.now();
          const reply = await call(operation, input);
          best = Math.min(best, performance.now() - start);
          expect(reply.ok, operation).toBe(true);
        }
        times.push(best);
      }
      return times;
    }
    const empty = await time(labWith(0, 0));
    const full = await time(labWith(9_000, 91_000));
    // A factor of two, and a little for a busy machine: both are near a tenth of a millisecond.
    calls.forEach(([operation], i) => expect(full[i], `${operation}: ${full[i].toFixed(3)} ms, empty ${empty[i].toFixed(3)} ms`).toBeLessThan(2 * empty[i] + 0.2));
  });
});
