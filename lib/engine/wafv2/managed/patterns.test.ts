import { describe, expect, test } from "vitest";
import { compile } from "../inspect/compile";
import { request, rule, webAcl } from "../inspect/inspect.test-helper";
import type { ManagedStatement } from "../inspect/statement";
import { ruleGroups } from "./corpus.test-helper";
import { managedRuleGroup, managedRuleGroups } from "./index";

const patternsOf = (statement: ManagedStatement): RegExp[] =>
  "Pattern" in statement ? [statement.Pattern.pattern] : "AllOf" in statement ? statement.AllOf.flatMap(patternsOf) : "AnyOf" in statement ? statement.AnyOf.flatMap(patternsOf) : [];
const patterns = managedRuleGroups.flatMap(({ rules }) => rules.flatMap(({ name, statement }) => patternsOf(statement).map((pattern) => [name, pattern] as const)));

/** What stands outside of classes and escapes. */
const bare = ({ source }: RegExp): string => source.replace(/\\./g, "e").replace(/\[[^\]]*\]/g, "c");

describe("every pattern is linear by its form", () => {
  test("there are patterns", () => expect(patterns.length).toBeGreaterThan(35));
  test.each(patterns)("%s: no repetition without an end, none inside another, no look around", (_, pattern) => {
    expect(bare(pattern)).not.toMatch(/[*+]|\{\d+,\}|\(\?[=!<]/);
    // A group that is repeated is so a few times only.
    for (const [, most] of bare(pattern).matchAll(/\)\{\d+,?(\d*)\}/g)) expect(Number(most)).toBeLessThanOrEqual(8);
    expect(pattern.flags).toBe("");
  });
});

test("every rule looks through as much as AWS WAF receives in time", () => {
  // Each rule counts, so that all of them are run.
  const statement = (name: string) => ({ ManagedRuleGroupStatement: { VendorName: "AWS", Name: name, RuleActionOverrides: managedRuleGroup("AWS", name)!.rules.map((each) => ({ Name: each.name, ActionToUse: { Count: {} } })) } });
  const acl = compile(webAcl(ruleGroups.map((name) => rule(name, statement(name))), { AssociationConfig: { RequestBody: { CLOUDFRONT: { DefaultSizeInspectionLimit: "KB_64" } } } }));
  for (const unit of ["a", "../", "${", "' or ", "\\", "&#", "$_", "; ", "<a ", "if if ", "select ", "%2527", "${jndi", "aaaa.", "1.1.1.", "cat ", "for   ", "a:1:{i:1", "0", "(#a", "http://1.1.1.", "union("]) {
    const text = unit.repeat(Math.ceil(65_536 / unit.length));
    const start = performance.now();
    const { groups } = acl.inspect(request({ uri: `/${text}?q=${text}`, headers: [["Host", "a"], ["User-Agent", text], ["Cookie", `a=${text}`]], body: text, source: "CLOUDFRONT" }));
    expect(groups).toHaveLength(ruleGroups.length);
    expect(performance.now() - start, unit).toBeLessThan(4_000);
  }
}, 120_000);
