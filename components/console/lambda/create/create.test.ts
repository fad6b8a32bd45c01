import { describe, expect, test } from "vitest";
import { blueprints } from "@/content/functions/blueprints";
import { A, adminOf, functionLab } from "@/lib/engine/lambda/lambda.test-helper";
import type { JsonObject } from "@/lib/engine/types";
import type { Ask } from "../../frame/use-load";
import { loadRolePolicies, servicesIn, statementsOf } from "../configuration/role-policies";
import { jsonProblem } from "../../frame/json-check";
import { basicPolicy, basicRoleName, createBasicRole, randomNames } from "./basic-role";
import { beginningOf, createInput, emptyFunction, environmentOf, problemOfName, problemOfVariable, problemsOf, type CreateDraft } from "./create-draft";
import { rotationBlueprints } from "./rotation-blueprints";

const all = [...blueprints, ...rotationBlueprints];
const draftOf = (part: Partial<CreateDraft>): CreateDraft => ({ ...emptyFunction, name: "f1", ...part });

async function world() {
  const w = await functionLab();
  const ask: Ask = async (service, operation, input: JsonObject = {}) => {
    const reply = await w.lab.call({ service, operation, input, caller: adminOf(A) });
    if (!reply.ok) throw new Error(`${service}:${operation} ${reply.error.code}: ${reply.error.message}`);
    return reply.output as never;
  };
  return { ...w, ask };
}

describe("what the form makes, the engine takes", () => {
  const rows = all.flatMap(({ id, programs }) => Object.keys(programs).map((family) => [id, family] as const));
  test.each(rows)("blueprint %s, %s", async (id, family) => {
    const { ask, lab, invoke, runs } = await world();
    const draft = draftOf({ start: "blueprint", blueprint: id, runtime: family === "python" ? "python3.13" : "nodejs22.x" });
    const beginning = beginningOf(draft, all);
    expect(beginning.runtime).toBe(draft.runtime);
    expect(problemsOf(draft, beginning)).toEqual({});
    const role = await createBasicRole(ask, { account: A, region: "us-east-1", functionName: "f1", ...randomNames("f1", (bytes) => new Uint8Array(bytes)) });
    await ask("lambda", "CreateFunction", createInput(draft, beginning, role));
    await lab.advance(2_000);
    await invoke();
    // The handler's file is in the package.
    const [file] = runs[0].handler.split(".");
    expect(Object.keys(runs[0].files).map((path) => path.replace(/\.\w+$/, ""))).toContain(file);
    expect(jsonProblem(beginning.blueprint!.event)).toBeUndefined();
  });

  test("the new role may write the function's log, and that is all", async () => {
    const { ask, lab, invoke, messages } = await world();
    const role = { account: A, region: "us-east-1", functionName: "f1", ...randomNames("f1", (bytes) => new Uint8Array(bytes).fill(7)) };
    const arn = await createBasicRole(ask, role);
    expect(arn).toBe(`arn:aws:iam::${A}:role/service-role/${role.roleName}`);
    expect(role.roleName).toMatch(/^f1-role-[a-z0-9]{8}$/);
    const beginning = beginningOf(draftOf({}));
    await ask("lambda", "CreateFunction", createInput(draftOf({}), beginning, arn));
    await lab.advance(2_000);
    await invoke();
    expect((await messages()).at(-1)).toMatch(/^REPORT/);
    const [policy] = await loadRolePolicies(ask, role.roleName);
    expect(policy).toMatchObject({ name: role.policyName, type: "Customer managed" });
    const statements = statementsOf(policy.name, policy.document!);
    expect(statements.flatMap(({ actions }) => actions)).toEqual(["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]);
    expect(servicesIn(statements)).toEqual(["logs"]);
  });

  test("tags, variables and architecture", async () => {
    const { ask } = await world();
    const draft = draftOf({ start: "blueprint", blueprint: "parameters-dev-or-prod", architecture: "arm64", tags: [{ key: "team", value: "pay" }], environment: [{ key: "DEV_OR_PROD", value: "prod" }] });
    await ask("lambda", "CreateFunction", createInput(draft, beginningOf(draft), `arn:aws:iam::${A}:role/app`));
    const { Configuration, Tags } = await ask("lambda", "GetFunction", { FunctionName: "f1" });
    expect(Configuration).toMatchObject({ Architectures: ["arm64"], Environment: { Variables: { DEV_OR_PROD: "prod" } } });
    expect(Tags).toEqual({ team: "pay" });
  });
});

test("each blueprint is one, and the notes' program is the first", () => {
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  const draft = draftOf({ start: "blueprint" });
  const beginning = beginningOf(draft);
  expect(beginning.program.files["lambda_function.py"]).toContain(`os.environ['DEV_OR_PROD']`);
  expect(environmentOf(draft, beginning)).toEqual([{ key: "DEV_OR_PROD", value: "dev" }]);
});

test("a runtime of another language than the blueprint's is not offered", () => {
  const { runtime, runtimes } = beginningOf(draftOf({ start: "blueprint", blueprint: "parameters-dev-or-prod", runtime: "nodejs22.x" }));
  expect(runtimes.every((each) => each.startsWith("python"))).toBe(true);
  expect(runtime).toBe(runtimes[0]);
});

test.each([
  ["", false],
  ["my function", false],
  ["ä", false],
  ["x".repeat(65), false],
  ["x".repeat(64), true],
  ["my-Function_1", true],
])("the name %j, and what Lambda says of it", async (name, fine) => {
  expect(problemOfName(name) === undefined).toBe(fine);
  const { ask } = await world();
  const made = ask("lambda", "CreateFunction", createInput(draftOf({ name }), beginningOf(draftOf({})), `arn:aws:iam::${A}:role/app`));
  if (fine) await made;
  else await expect(made).rejects.toThrow(/Exception/);
});

test.each([
  ["DEV_OR_PROD", true],
  ["a1", true],
  ["a", false],
  ["1a", false],
  ["_a", false],
  ["A-B", false],
  ["", false],
])("the variable %j, and what Lambda says of it", async (key, fine) => {
  expect(problemOfVariable(key, [key]) === undefined).toBe(fine);
  const { ask } = await world();
  const draft = draftOf({ environment: [{ key, value: "v" }] });
  const made = ask("lambda", "CreateFunction", createInput(draft, beginningOf(draft), `arn:aws:iam::${A}:role/app`));
  if (fine) await made;
  else await expect(made).rejects.toThrow(/Exception/);
});

test("a role's name holds 64 characters", () => {
  expect(basicRoleName("f".repeat(64), "abcdefgh")).toHaveLength(64);
  expect(basicPolicy({ account: A, region: "us-east-1", functionName: "f" })).toContain(`arn:aws:logs:us-east-1:${A}:log-group:/aws/lambda/f:*`);
});
