import { describe, expect, test } from "vitest";
import type { Rule } from "../../waf-types";
import { acted, movedBy, openRule, textProblem, typed, withAction, type EditDraft } from "./edit-draft";

const rule = (Name: string, Priority: number, more: Partial<Rule> = {}): Rule => ({ Name, Priority, Statement: { GeoMatchStatement: { CountryCodes: ["DE"] } }, Action: { Block: {} }, VisibilityConfig: { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: Name }, ...more });
const rules = [rule("a", 0), rule("b", 5), rule("c", 9)];
const order = (list: readonly Rule[] = []) => list.map(({ Name, Priority }) => `${Name} ${Priority}`);

describe("an edit that is tried", () => {
  test("a rule moves by priorities, and the JSON that is open goes along", () => {
    const draft: EditDraft = { rules, ...openRule(rules, 1) };
    const up = movedBy(rules, 1, -1, draft);
    expect([order(up.rules), up.open, (JSON.parse(up.text!) as Rule).Priority]).toEqual([["b 0", "a 5", "c 9"], 0, 0]);
    const neighbour = movedBy(rules, 0, 1, draft);
    expect([order(neighbour.rules), neighbour.open, (JSON.parse(neighbour.text!) as Rule).Name]).toEqual([["b 0", "a 5", "c 9"], 0, "b"]);
    expect(movedBy(rules, 1, 1, { rules, ...openRule(rules, 0) })).toEqual({ rules: [rules[0], { ...rules[2], Priority: 5 }, { ...rules[1], Priority: 9 }] });
    // What is half typed is not written over.
    expect(movedBy(rules, 1, -1, { ...draft, text: "{" })).not.toHaveProperty("text");
  });
  test("JSON that can be read becomes the rule, wherever its priority puts it; other JSON only stays as typed", () => {
    const moved = typed(rules, 0, JSON.stringify(rule("a", 7)));
    expect([order(moved.rules), moved.open]).toEqual([["b 5", "a 7", "c 9"], 1]);
    expect(typed(rules, 0, "{ ")).toEqual({ text: "{ " });
  });
  test.each<[string, string | RegExp]>([
    ["", /./],
    ["[]", "A rule is a JSON object."],
    ["null", "A rule is a JSON object."],
    ["{}", "A rule needs a Priority"],
    ['{"Priority":1.5}', "A rule needs a Priority"],
    ['{"Priority":1}', "A rule needs a Statement."],
    ['{"Priority":1,"Statement":"x"}', "A rule needs a Statement."],
    [`{"Priority":1,"Statement":${'{"NotStatement":{"Statement":'.repeat(10_000)}{}${"}}".repeat(10_000)}}`, "nested deeper than 500 levels"],
    [`{"Priority":1,"Statement":${"[".repeat(10_000)}${"]".repeat(10_000)}}`, "nested deeper"],
  ])("%#: not a rule", (text, says) => expect(textProblem(text)).toMatch(says));
  test("an action that is chosen again keeps what belongs to it", () => {
    const custom = rule("a", 0, { Action: { Block: { CustomResponse: { ResponseCode: 404 } } } });
    expect(withAction(custom, "Block")).toBe(custom);
    expect(withAction(custom, "Count").Action).toEqual({ Count: {} });
    const group = rule("g", 1, { Action: undefined, OverrideAction: { None: {} } });
    expect(withAction(group, "Count").OverrideAction).toEqual({ Count: {} });
    expect(withAction(withAction(group, "Count"), "None").OverrideAction).toEqual({ None: {} });
    expect(JSON.parse(acted(rules, 1, "Allow", { rules, ...openRule(rules, 1) }).text!)).toMatchObject({ Name: "b", Action: { Allow: {} } });
  });
});
