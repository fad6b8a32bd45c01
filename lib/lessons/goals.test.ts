import { describe, expect, test } from "vitest";
import { goalMet } from "./goals";
import type { Evidence, Goal, Match } from "./types";

const entry = (more: object = {}): Evidence["journal"][number] =>
  ({
    kind: "call", door: "console",
    call: { service: "ssm", operation: "GetParameters", region: "eu-west-2", input: { Names: ["/a", "/b"], WithDecryption: true }, caller: { account: "111122223333", user: "app" } },
    reply: { ok: true, output: { Parameters: [{ Name: "/a", Value: "AQICx" }], InvalidParameters: ["/b"] } },
    trace: { principal: "arn:aws:iam::111122223333:user/app", steps: [] },
    ...more,
  }) as never;

const ask: Evidence["ask"] = async ({ operation }) => (operation === "Missing" ? { ok: false, error: { code: "NotFoundException" } } : { ok: true, output: { Enabled: true, List: [1, 2] } }) as never;
const met = (goal: Goal, journal = [entry()]) => goalMet(goal, { journal, ask });
const called = { service: "ssm", operation: "GetParameters" };

describe("a call that a function's code made", () => {
  const made = (code?: string) =>
    entry({
      call: { service: "lambda", operation: "Invoke" },
      trace: {
        principal: "arn:aws:iam::111122223333:user/app",
        steps: [{ kind: "call", made: { service: "ssm", operation: "GetParameters", input: { Names: ["/a"] } }, trace: { principal: "arn:aws:sts::111122223333:assumed-role/reader/f", steps: [], outcome: code ? { ok: false, stage: "permission", code } : { ok: true } } }],
      },
    });
  test.each<[object, string | undefined, boolean]>([
    [{}, undefined, true],
    [{ by: "reader" }, undefined, true],
    [{ by: "app" }, undefined, false],
    [{}, "AccessDeniedException", false],
    [{ outcome: { error: "AccessDeniedException" } }, "AccessDeniedException", true],
    [{ input: { "Names.0": "/a" } }, undefined, true],
    [{ output: { "Parameters.length": 1 } }, undefined, false],
  ])("%j, ended with %s: %s", async (pattern, code, expected) => {
    expect(await met({ called: { ...called, ...pattern } }, [made(code)])).toBe(expected);
  });
});

describe("a call in the journal", () => {
  test.each([
    // pattern beside service and operation                                  met
    [{}, true],
    [{ operation: ["GetParameter", "GetParameters"] }, true],
    [{ operation: "GetParameter" }, false],
    [{ service: "kms" }, false],
    [{ region: "eu-west-2" }, true],
    [{ region: "us-east-1" }, false],
    [{ by: "app" }, true],
    [{ by: "admin" }, false],
    [{ outcome: "error" }, false],
    [{ outcome: { error: "AccessDeniedException" } }, false],
    [{ input: { WithDecryption: true } }, true],
    [{ input: { WithDecryption: false } }, false],
    [{ input: { "Names.0": "/a" } }, true],
    [{ output: { "Parameters.length": { atLeast: 1 } } }, true],
    [{ output: { "Parameters.length": { atLeast: 2 } } }, false],
    [{ output: { "Parameters.0.Value": { matches: "^AQIC" } } }, true],
    [{ output: { InvalidParameters: { contains: "/b" } } }, true],
    [{ output: { InvalidParameters: { contains: "/c" } } }, false],
    [{ output: { Nothing: { present: false } } }, true],
    [{ output: { constructor: { present: true } } }, false],
  ] as [object, boolean][])("%o is met: %s", async (pattern, expected) => {
    expect(await met({ called: { ...called, ...pattern } })).toBe(expected);
  });

  test("what the learner did not do does not count", async () => {
    for (const door of ["lesson", "figure", "proof", "clock"]) expect(await met({ called }, [entry({ door })])).toBe(false);
    expect(await met({ called }, [entry({ kind: "job" })])).toBe(false);
  });

  test("a failed call counts only where failing is asked for", async () => {
    const failed = [entry({ reply: { ok: false, error: { code: "AccessDeniedException" } } })];
    expect(await met({ called }, failed)).toBe(false);
    expect(await met({ called: { ...called, outcome: "error" } }, failed)).toBe(true);
    expect(await met({ called: { ...called, outcome: { error: "AccessDeniedException" } } }, failed)).toBe(true);
  });
});

test.each([
  ["Describe", undefined, { Enabled: true }, true],
  ["Describe", undefined, { Enabled: false }, false],
  ["Describe", undefined, { List: { contains: 2 } }, true],
  ["Missing", { error: "NotFoundException" }, undefined, true],
  ["Missing", undefined, undefined, false],
] as [string, { error: string } | undefined, Record<string, Match> | undefined, boolean][])("asking %s of a copy, expecting %o %o: %s", async (operation, outcome, output, expected) => {
  expect(await met({ ask: { service: "kms", operation }, expect: { outcome, output } })).toBe(expected);
});

test("all and any", async () => {
  const yes: Goal = { called };
  const no: Goal = { called: { ...called, region: "us-east-1" } };
  expect([await met({ all: [yes, yes] }), await met({ all: [yes, no] }), await met({ any: [no, yes] }), await met({ any: [no, no] })]).toEqual([true, false, true, false]);
});
