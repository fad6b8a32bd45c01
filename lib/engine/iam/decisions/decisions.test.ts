import { describe, expect, test } from "vitest";
import { A, type DecisionRow } from "./row";
import { sheets, simulated } from "./sheets";
import { build, call, decisionsOf, document, notExpressible, simulate } from "./world.test-helper";

/** The table of decisions, each asked twice: by the call itself, and of SimulateCustomPolicy. */

const decisionNames = { Allow: "allowed", ExplicitDeny: "explicitDeny", ImplicitDeny: "implicitDeny" } as const;

for (const { name, rows } of sheets) {
  describe(name, () => {
    for (const row of rows) test(row.title, () => check(row));
  });
}

async function check(row: DecisionRow): Promise<void> {
  const world = await build(row);
  const reply = await call(world, row);
  const action = row.ask.action ?? `${row.ask.service}:${row.ask.operation}`;
  const decisions = decisionsOf(reply.trace);
  const decision = decisions.find((one) => one.action === action);
  expect(decision, `${action} was never asked: ${JSON.stringify(reply.ok || reply.error)}`).toBeDefined();
  const { effect, layers, because } = decision!;
  const [wanted, layer, statement] = row.is;
  expect([effect, layers[because.layer].kind, because.statement]).toEqual([wanted, layer, statement]);
  // The reply is what the decisions say, and nothing else stopped the call.
  expect(reply.ok, JSON.stringify(reply.ok || reply.error)).toBe(decisions.every((one) => one.effect === "Allow"));
  if (!reply.ok) expect(reply.error.code).toMatch(/^AccessDenied(Exception)?$/);

  if (notExpressible(row)) expect(row.notSimulated, "says why SimulateCustomPolicy is not asked").toBeDefined();
  if (row.notSimulated !== undefined) return;
  const answer = await simulate(world, row, decision!);
  expect(answer.EvalDecision).toBe(decisionNames[wanted]);
  expect(answer.MatchedStatements.length > 0).toBe(wanted !== "ImplicitDeny");
}

describe("requests of services that the lab does not simulate, by SimulateCustomPolicy alone", () => {
  test.each(simulated.map((row) => [row.title, row] as const))("%s", async (_title, { identity, resourcePolicy, ask, is }) => {
    const { lab } = await build({
      title: "",
      page: "",
      ask: { service: "sts", operation: "GetCallerIdentity" },
      is: ["Allow", "IdentityPolicy"],
    });
    const reply: any = await lab.call({
      service: "iam",
      operation: "SimulateCustomPolicy",
      caller: { account: A, user: "admin" },
      input: {
        PolicyInputList: [document(identity)],
        ...(resourcePolicy ? { ResourcePolicy: document(resourcePolicy), CallerArn: `arn:aws:iam::${A}:user/al` } : {}),
        ActionNames: [ask.action],
        ResourceArns: [ask.resource],
        ContextEntries: Object.entries(ask.context).map(([ContextKeyName, value]) => ({
          ContextKeyName,
          ContextKeyType: Array.isArray(value) ? "stringList" : "string",
          ContextKeyValues: [value].flat(),
        })),
      },
    });
    expect(reply.output?.EvaluationResults[0].EvalDecision, JSON.stringify(reply.error)).toBe(decisionNames[is]);
  });
});

describe("the table itself", () => {
  const rows = sheets.flatMap((sheet) => sheet.rows);
  const both = rows.filter(({ notSimulated }) => notSimulated === undefined);

  test(`has 300 decisions at least: ${both.length} asked both ways, ${rows.length - both.length} by call alone, ${simulated.length} by simulation alone`, () => {
    expect(rows.length).toBeGreaterThanOrEqual(300);
    expect(both.length).toBeGreaterThanOrEqual(300);
    expect(rows.every(({ notSimulated }) => notSimulated !== "") && simulated.every(({ notCalled }) => notCalled !== "")).toBe(true);
  });

  test("names a page of AWS's documentation for each, and no two rows alike", () => {
    for (const { page, title } of [...rows, ...simulated])
      expect(page, title).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/[\w/.-]+\.html(#[\w-]+)?$/);
    const bodies = rows.map((row) => JSON.stringify({ ...row, title: "", page: "" }));
    expect(bodies.filter((body, i) => bodies.indexOf(body) !== i)).toEqual([]);
    const titles = sheets.flatMap((sheet) => sheet.rows.map(({ title }) => `${sheet.name}: ${title}`));
    expect(titles.filter((title, i) => titles.indexOf(title) !== i)).toEqual([]);
  });

  test("says yes and no about as often", () => {
    const yes = rows.filter(({ is }) => is[0] === "Allow").length;
    expect(yes / rows.length).toBeGreaterThan(0.35);
    expect(yes / rows.length).toBeLessThan(0.65);
  });
});
