import { describe, expect, it } from "vitest";
import { matchPattern } from "./pattern";
import vectors from "./vectors/patterns.json";

describe("AllowedPattern", () => {
  it.each(vectors.cases as [string, string, boolean | "problem"][])("%j on %j: %s", (pattern, value, expected) => {
    const verdict = matchPattern(pattern, value);
    if (expected === "problem") expect(verdict).toHaveProperty("problem");
    else expect(verdict).toBe(expected ? "matches" : "differs");
  });

  it.each(vectors.problems)("cannot use %j", (pattern) => expect(matchPattern(pattern, "a")).toHaveProperty("problem"));

  it("agrees with RegExp on patterns made up by chance", () => {
    let state = 7;
    const next = (below: number): number => ((state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) >>> 8) % below;
    const piece = (depth: number): string => {
      const kind = next(depth > 3 ? 4 : 8);
      if (kind < 3) return "abc"[next(3)];
      if (kind === 3) return ["[ab]", "[^a]", ".", "\\w"][next(4)];
      if (kind === 4) return `(${piece(depth + 1)}|${piece(depth + 1)})`;
      if (kind === 5) return `(?:${piece(depth + 1)})${["*", "+", "?", "{1,2}", "{2}", "*?"][next(6)]}`;
      if (kind === 6) return `(?${"=!"[next(2)]}${piece(depth + 1)})`;
      return piece(depth + 1) + piece(depth + 1);
    };
    let matched = 0;
    for (let round = 0; round < 3_000; round++) {
      const pattern = `${next(2) ? "^" : ""}${piece(0)}${next(2) ? "$" : ""}`;
      const value = Array.from({ length: next(6) }, () => "abcd"[next(4)]).join("");
      const expected = new RegExp(pattern, "u").test(value);
      if (expected) matched++;
      expect([pattern, value, matchPattern(pattern, value)]).toEqual([pattern, value, expected ? "matches" : "differs"]);
    }
    expect(matched).toBeGreaterThan(500);
  });

  it.each([
    ["^(a+)+$", `${"a".repeat(8_000)}!`],
    ["^(a|aa)+$", `${"a".repeat(8_000)}!`],
    ["(x+x+)+y", "x".repeat(8_000)],
    ["^([a-z0-9]+\\.)*[a-z]{2,63}$", `${"a.".repeat(4_000)}!`],
    ["^(?=(a+)+b).*(?=.*c)$", "a".repeat(4_000)],
    ["(a?){200}a{200}", "a".repeat(150)],
    ["(.{0,999}){9}x", "y".repeat(8_000)],
  ])("is not hung by %s", (pattern, value) => {
    const start = performance.now();
    expect(matchPattern(pattern, value)).not.toBe("matches");
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
