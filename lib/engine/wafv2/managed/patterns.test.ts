import { describe, expect, test } from "vitest";
import { compile } from "../inspect/compile";
import { request } from "../inspect/inspect.test-helper";
import type { ManagedStatement } from "../inspect/statement";
import { aclOf, ruleGroups } from "./corpus.test-helper";
import { managedRuleGroups } from "./index";

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

test("a megabyte of anything is looked through in time", () => {
  const acl = compile(aclOf(...ruleGroups));
  for (const unit of ["a", "../", "${", "' or ", "\\", "&#", "$_", "; ", "<a ", "if if ", "select ", "%2527", "${jndi", "aaaa.", "1.1.1.", "cat "]) {
    const text = unit.repeat(Math.ceil(1_000_000 / unit.length));
    const start = performance.now();
    acl.inspect(request({ uri: `/${text.slice(0, 200_000)}?q=${text.slice(0, 200_000)}`, headers: [["Host", "a"], ["User-Agent", text.slice(0, 200_000)]], body: text, source: "CLOUDFRONT" }));
    expect(performance.now() - start, unit).toBeLessThan(4_000);
  }
}, 60_000);
