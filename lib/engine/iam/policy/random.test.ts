import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { explainPolicy, identityForm, prepare } from "./evaluate";
import { compileGlob, matchGlob, type GlobMode } from "./glob";
import type { PolicyStatement, Principal } from "../../types";

const run = { seed: 20260101, numRuns: 3000 };

/** As plain as can be, and slow: what the wildcards mean, from the right-hand side of each definition. */
function naive(pattern: string, text: string, mode: GlobMode, p = 0, t = 0): boolean {
  if (p === pattern.length) return t === text.length;
  const colons = pattern.slice(0, p).split(":").length - 1;
  const char = pattern[p];
  const last = p + 1 === pattern.length || pattern[p + 1] === ":";
  const crosses = mode === "plain" || colons >= 5 || (mode === "resource" && char === "*" && last);
  const fits = (at: number) => at < text.length && (crosses || text[at] !== ":");
  if (char === "*") return naive(pattern, text, mode, p + 1, t) || (fits(t) && naive(pattern, text, mode, p, t + 1));
  if (char === "?") return fits(t) && naive(pattern, text, mode, p + 1, t + 1);
  return text[t] === char && naive(pattern, text, mode, p + 1, t + 1);
}

describe("wildcards", () => {
  const pattern = fc.string({ unit: fc.constantFrom("a", "b", ":", "*", "?"), maxLength: 12 });
  const text = fc.string({ unit: fc.constantFrom("a", "b", ":"), maxLength: 14 });
  test.each<GlobMode>(["plain", "arn"])("%s patterns match what the definition matches", (mode) =>
    fc.assert(
      fc.property(pattern, text, (p, t) => {
        fc.pre(p !== "*");
        expect(matchGlob(compileGlob(p, mode, false), t)).toBe(naive(p, t, mode));
      }),
      run,
    ),
  );

  test("resource patterns match what the definition matches, incomplete ones as if completed", () =>
    fc.assert(
      fc.property(pattern, text, (p, t) => {
        const whole = p !== "*" && p.split(":").length < 6 && !p.endsWith("*") ? `${p}:*` : p;
        expect(matchGlob(compileGlob(p, "resource", false), t)).toBe(naive(whole, t, "resource"));
      }),
      run,
    ));

  test("a hostile pattern on a long text takes no long time", () => {
    const started = performance.now();
    expect(matchGlob(compileGlob(`${"*a".repeat(200)}b`, "plain", false), "a".repeat(5000))).toBe(false);
    expect(matchGlob(compileGlob(`arn:${"*a".repeat(200)}b:x:y:z:w`, "arn", false), `arn:${"a".repeat(5000)}`)).toBe(false);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe("explicit deny", () => {
  const principal: Principal = {
    type: "User",
    account: "111122223333",
    arn: "arn:aws:iam::111122223333:user/a",
    userId: "AIDAA",
    name: "a",
  };
  const statement = fc.record<PolicyStatement>({
    Effect: fc.constantFrom("Allow", "Deny"),
    Action: fc.constantFrom("*", "ssm:*", "ssm:Get*", "kms:*", "ssm:GetParameter"),
    Resource: fc.constantFrom("*", "arn:aws:ssm:*:*:parameter/*", "arn:aws:kms:*:*:key/*"),
  });
  test("wins over every allow, in any order, and adding a statement never turns a deny into an allow", () =>
    fc.assert(
      fc.property(fc.array(statement, { minLength: 1, maxLength: 6 }), statement, (statements, more) => {
        const ask = (list: PolicyStatement[]) =>
          explainPolicy(
            { name: "p", document: JSON.stringify({ Version: "2012-10-17", Statement: list }) },
            prepare({ principal, action: "ssm:GetParameter", resource: "arn:aws:ssm:us-east-1:111122223333:parameter/x", context: {} }),
            identityForm,
          );
        const one = ask(statements);
        const matched = one.trace.statements.filter((trace) => trace.matched);
        expect(one.deny !== undefined).toBe(matched.some(({ Effect }) => Effect === "Deny"));
        expect(ask([...statements].reverse()).deny !== undefined).toBe(one.deny !== undefined);
        if (one.deny !== undefined) expect(ask([more, ...statements]).deny).toBeDefined();
      }),
      { seed: 7, numRuns: 500 },
    ));
});
