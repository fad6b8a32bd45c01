import { expect, test } from "vitest";
import { addressOf } from "../../traffic/addresses";
import { type Lab, createLab } from "../../lab";
import { seededPorts } from "../../ports";
import type { JournalEntry, JsonObject } from "../../types";
import { A, admin, contains, labOf, rule, start } from "../wafv2.test-helper";
import { Draft, Records, dbOf } from "../../store";
import { countRequest, newRateChanges, newRateState } from "../inspect/rate-state";
import { openRates, readRates, saveRates } from "./rates";
import { rateCounts } from "./state";

const wafOf = (lab: Lab) => lab.read({ account: A, region: "us-east-1", service: "wafv2" });
const tables = ["rateRules", "rateCounts", "rateLimits"];
const rateRule = (name: string, more: JsonObject = {}) => rule(name, { RateBasedStatement: { Limit: 20, EvaluationWindowSec: 60, AggregateKeyType: "IP", ...more } });
const saved = (entry: JournalEntry): number => JSON.stringify(entry).length;
const changed = ({ changes }: JournalEntry): number => JSON.stringify(changes.filter(({ table }) => table.startsWith("rate"))).length;

/** Requests from addresses of a list, one call each. */
async function calls(lab: Lab, ResourceArn: string, addresses: readonly string[], size: number): Promise<JournalEntry[]> {
  const entries: JournalEntry[] = [];
  for (let at = 0; at < addresses.length; at += size) {
    const reply = await lab.call({ service: "traffic", operation: "Inspect", input: { ResourceArn, Requests: addresses.slice(at, at + size).map((ClientIp) => ({ Uri: "/", ClientIp })) }, caller: admin });
    expect(reply.ok).toBe(true);
    entries.push(lab.journal.at(-1)!);
  }
  return entries;
}

test("with 20,000 addresses counted, a call costs what its own requests do", async () => {
  const { lab, acl, balancer } = labOf();
  const { Id, ARN } = await acl("w", [rateRule("limit", { EvaluationWindowSec: 600 })]);
  const arn = await balancer(ARN);
  const addresses = Array.from({ length: 20_000 }, (_, n) => addressOf(n % 16, n >> 4, "others"));
  expect(new Set(addresses).size).toBe(20_000);
  const filling = await calls(lab, arn, addresses, 1_000);
  // About two lines of 40 bytes for each request, and nothing of the others'.
  expect(Math.max(...filling.map(changed))).toBeLessThan(60_000);
  expect(changed(filling.at(-1)!)).toBeLessThan(1.1 * changed(filling[1]));
  expect(readRates(wafOf(lab), Id, "limit")!.size).toBe(20_000);
  const few = await calls(lab, arn, addresses.slice(0, 50), 1);
  expect(Math.max(...few.map(changed))).toBeLessThan(8_000);
  // All of the entry: request, answer, trace, samples (a hundred of a rule are kept: fewer and fewer are new), metrics.
  expect(Math.max(...few.map(saved))).toBeLessThan(20_000);
  await lab.advance(10_000);
  const [looked] = await calls(lab, arn, addresses.slice(0, 1), 1);
  expect(changed(looked)).toBeLessThan(8_000);
  // When all is past, it goes little by little, and nothing stays behind.
  await lab.advance(700_000);
  const after = await calls(lab, arn, Array.from({ length: 100 }, () => "192.0.2.1"), 1);
  expect(Math.max(...after.map(changed))).toBeLessThan(20_000);
  const db = wafOf(lab);
  expect([db.table("rateCounts").size, readRates(db, Id, "limit")!.size]).toEqual([1, 1]);
}, 30_000);

test("a great many are limited at once and one by one released: their groups alone are written", async () => {
  const { lab, acl, balancer } = labOf();
  const { Id, ARN } = await acl("w", [rateRule("limit", { Limit: 10 })]);
  const arn = await balancer(ARN);
  const addresses = Array.from({ length: 600 }, (_, n) => addressOf(n % 16, n >> 4, "others"));
  await calls(lab, arn, addresses.flatMap((address) => Array.from({ length: 12 }, () => address)), 1_000);
  await lab.advance(10_000);
  const [limited] = await calls(lab, arn, ["192.0.2.1"], 1);
  expect(Object.keys(readRates(wafOf(lab), Id, "limit")!.limited)).toHaveLength(600);
  expect(wafOf(lab).table("rateLimits").size).toBe(3);
  expect(changed(limited)).toBeLessThan(60_000);
  const [none] = await calls(lab, arn, ["192.0.2.1"], 1);
  expect(none.changes.filter(({ table }) => table === "rateLimits")).toEqual([]);
  await lab.advance(120_000);
  await calls(lab, arn, ["192.0.2.1"], 1);
  expect(wafOf(lab).table("rateLimits").size).toBe(0);
});

/** Numbers that follow from a seed. */
const rolls = (seed: number) => (below: number): number => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((seed / 4_294_967_296) * below);
};

test.each([1, 2, 3])("a lab that reads its rows anew before each call does the same, seed %i", async (seed) => {
  const roll = rolls(seed);
  const { lab, acl, balancer, waf } = labOf();
  const rules = (Limit: number) => [rateRule("by-address", { Limit }), rateRule("by-path", { Limit: 30, EvaluationWindowSec: 120, AggregateKeyType: "CUSTOM_KEYS", CustomKeys: [{ UriPath: { TextTransformations: [{ Priority: 0, Type: "NONE" }] } }, { IP: {} }] }), rateRule("all", { Limit: 40, AggregateKeyType: "CONSTANT", ScopeDownStatement: contains("evil") })];
  const made = await acl("w", rules(20));
  const arn = await balancer(made.ARN);
  for (let turn = 0; turn < 60; turn++) {
    const other = createLab({ ports: seededPorts(5, start), snapshot: JSON.parse(JSON.stringify(lab.snapshot())) });
    const what = roll(12);
    const before = lab.journal.length;
    if (what === 0) {
      const { LockToken, WebACL } = await waf("GetWebACL", { Name: "w", Scope: "REGIONAL", Id: made.Id });
      await waf("UpdateWebACL", { Name: "w", Scope: "REGIONAL", Id: made.Id, LockToken, DefaultAction: { Allow: {} }, VisibilityConfig: WebACL.VisibilityConfig, Rules: rules(15 + roll(3)).slice(roll(2)) });
    } else if (what === 1) {
      lab.undo();
      expect(lab.redo()).toBeDefined();
    } else {
      const Requests = Array.from({ length: 1 + roll(60) }, () => ({ Uri: `/${roll(2)}${roll(3) ? "" : "?evil"}`, ClientIp: `192.0.2.${roll(4)}` }));
      await lab.call({ service: "traffic", operation: "Inspect", input: { ResourceArn: arn, Requests }, caller: admin });
    }
    if (roll(3) === 0) await lab.advance(roll(6) === 0 ? 200_000 : 4_000 + roll(20_000));
    other.replay(JSON.parse(JSON.stringify(lab.journal.slice(before))));
    expect(JSON.stringify(other.snapshot().records)).toBe(JSON.stringify(lab.snapshot().records));
  }
  const db = wafOf(lab);
  expect(tables.map((table) => db.table(table).size > 0)).toEqual([true, true, true]);
}, 20_000);

test("instances that make room for others are forgotten in the rows too", async () => {
  const { lab, acl, balancer } = labOf();
  const { Id, ARN } = await acl("w", [rateRule("limit", { EvaluationWindowSec: 600 })]);
  const arn = await balancer(ARN);
  const addresses = Array.from({ length: 23_000 }, (_, n) => addressOf(n % 16, n >> 4, "others"));
  await calls(lab, arn, addresses, 1_000);
  const other = createLab({ ports: seededPorts(5, start), snapshot: JSON.parse(JSON.stringify(lab.snapshot())) });
  const state = readRates(wafOf(lab), Id, "limit")!;
  expect(state.size).toBe(18_000);
  await calls(lab, arn, addresses.slice(0, 10), 10);
  other.replay([lab.journal.at(-1)!]);
  expect(JSON.stringify(other.snapshot().records)).toBe(JSON.stringify(lab.snapshot().records));
}, 30_000);

test("rows of much traffic are written anew before they are too many", () => {
  const db = dbOf(new Draft(new Records()), A, "us-east-1", "wafv2");
  let longest = 0;
  for (let call = 0; call < 300; call++) {
    const opened = openRates(db, "acl");
    const fresh = { ...newRateState("{}", 1_000_000, 600, false), changes: newRateChanges() };
    const state = (opened.states.limit ??= fresh);
    for (let n = 0; n < 1_000; n++) countRequest(state, `["${(call % 3) * 1_000 + n}"]`, start + call * 1_000);
    saveRates(db, "acl", opened, start + call * 1_000);
    longest = Math.max(longest, rateCounts(db).all().reduce((sum, { count }) => sum + count, 0));
  }
  const state = readRates(db, "acl", "limit")!;
  expect(state.size).toBe(3_000);
  expect(Object.values(state.instances).reduce((sum, counts) => sum + counts.filter((_, at) => at % 2).reduce((a, b) => a + b), 0)).toBe(300_000);
  expect(longest).toBeGreaterThan(100_000);
  expect(longest).toBeLessThan(250_000);
});
