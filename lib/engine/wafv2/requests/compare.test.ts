import { expect, test } from "vitest";
import { compile } from "../inspect/compile";
import { bytes, rule, webAcl } from "../inspect/inspect.test-helper";
import type { Rule } from "../inspect/types";
import { compare, compared, type Comparison } from "./compare";
import { readHttp, wafRequest } from "./index";
import type { SavedRequest } from "./saved";

const saved = (id: string, harmful: boolean, uri: string, ip?: string): SavedRequest => {
  const read = readHttp(`GET ${uri} HTTP/1.1\nHost: a\nUser-Agent: b\n`);
  if (!read.ok) throw new Error(read.problem.message);
  return { id, title: id, kind: "everyday", harmful, why: "For this test.", message: read.value.message, ...(ip && { client: { ip } }) };
};
const set = [saved("bad", true, "/?x=attack"), saved("both", true, "/?x=attack+sneaky"), saved("sneaky", true, "/?x=sneaky"), saved("fine", false, "/"), saved("alike", false, "/?x=attack-on-titan"), saved("puzzle", false, "/?x=puzzle")];
const arrival = { source: "ALB" as const, timestamp: 1_780_000_000_000 };
const sender = { ip: "192.0.2.1" };
const of = (...rules: Rule[]) => compile(webAcl(rules));

const attack = rule("attack", bytes("attack"));
const sneaky = rule("sneaky", bytes("sneaky"));
const counts = rule("attack", bytes("attack"), { Count: {} });
const puzzle = rule("puzzle", bytes("puzzle"), { Captcha: {} });

test.each<[string, Rule[], Rule[], Partial<Record<string, string>>, Comparison["before"], Comparison["after"]]>([
  ["nothing changed", [attack], [attack], {}, { harmful: { blocked: 2, counted: 0, challenged: 0, allowed: 1 }, harmless: { blocked: 1, counted: 0, challenged: 0, allowed: 2 } }, { harmful: { blocked: 2, counted: 0, challenged: 0, allowed: 1 }, harmless: { blocked: 1, counted: 0, challenged: 0, allowed: 2 } }],
  ["a rule more", [], [attack, puzzle], { bad: "outcome", both: "outcome", alike: "outcome", puzzle: "outcome" }, { harmful: { blocked: 0, counted: 0, challenged: 0, allowed: 3 }, harmless: { blocked: 0, counted: 0, challenged: 0, allowed: 3 } }, { harmful: { blocked: 2, counted: 0, challenged: 0, allowed: 1 }, harmless: { blocked: 1, counted: 0, challenged: 1, allowed: 1 } }],
  ["count before block", [counts], [attack], { bad: "outcome", both: "outcome", alike: "outcome" }, { harmful: { blocked: 0, counted: 2, challenged: 0, allowed: 1 }, harmless: { blocked: 0, counted: 1, challenged: 0, allowed: 2 } }, { harmful: { blocked: 2, counted: 0, challenged: 0, allowed: 1 }, harmless: { blocked: 1, counted: 0, challenged: 0, allowed: 2 } }],
  ["another rule decides", [attack, sneaky], [{ ...attack, Priority: 9_999 }, sneaky], { both: "rule" }, { harmful: { blocked: 3, counted: 0, challenged: 0, allowed: 0 }, harmless: { blocked: 1, counted: 0, challenged: 0, allowed: 2 } }, { harmful: { blocked: 3, counted: 0, challenged: 0, allowed: 0 }, harmless: { blocked: 1, counted: 0, challenged: 0, allowed: 2 } }],
])("%s", (_name, before, after, changed, was, is) => {
  const acls = { before: of(...before), after: of(...after) };
  const result = compared(set, acls, arrival, sender);
  expect(result.before).toEqual(was);
  expect(result.after).toEqual(is);
  expect(Object.fromEntries(result.rows.filter((row) => row.changed !== "no").map((row) => [row.id, row.changed]))).toEqual(changed);
  expect(result.changed).toBe(Object.keys(changed).length);
  for (const row of result.rows) {
    const one = acls.after.inspect(wafRequest(set.find(({ id }) => id === row.id)!.message, sender, arrival));
    expect([row.after.action, row.after.decided.rule]).toEqual([one.action, one.terminatingRuleId]);
  }
});

test("the rule inside a group is named, where it decided and where it counted", () => {
  const group = rule("core", { ManagedRuleGroupStatement: { VendorName: "AWS", Name: "AWSManagedRulesCommonRuleSet" } });
  const list = [saved("dots", true, "/?f=../../../../etc/passwd")];
  const { rows } = compared(list, { before: of({ ...group, OverrideAction: { Count: {} } }), after: of(group) }, arrival, sender);
  expect(rows).toEqual([{
    id: "dots", harmful: true, changed: "outcome",
    before: { outcome: "counted", action: "ALLOW", decided: { rule: "Default_Action" }, counted: [{ rule: "core", within: "GenericLFI_QUERYARGUMENTS" }] },
    after: { outcome: "blocked", action: "BLOCK", decided: { rule: "core", within: "GenericLFI_QUERYARGUMENTS" }, counted: [] },
  }]);
});

test("it stops after every step, and the steps change nothing of the result", () => {
  const acls = { before: of(), after: of(attack) };
  const steps = compare(set, acls, arrival, sender, 2);
  expect([steps.next().value, steps.next().value]).toEqual([{ done: 2, of: 6 }, { done: 4, of: 6 }]);
  const end = steps.next();
  expect(end.done).toBe(true);
  expect(end.value).toEqual(compared(set, acls, arrival, sender, 100));
});
