import { expect } from "vitest";
import { createLab, type Lab } from "../lab";
import { seededPorts } from "../ports";
import type { Caller, JsonObject, Reply } from "../types";

export const account = "111122223333";
export const other = "444455556666";
export const admin: Caller = { account, user: "admin" };
export const adminOfOther: Caller = { account: other, user: "admin" };

/** A lab with short ways to call it. `people` are users of the first account, each with one inline policy's statements. */
export function testLab(seed = 1, people: Record<string, object[]> = {}) {
  const snapshot = createLab({ ports: seededPorts(seed) }).snapshot();
  const { users } = snapshot.records[account].global.iam;
  for (const [UserName, Statement] of Object.entries(people)) {
    const row = { ...users[0][1], UserName, UserId: `AIDA${UserName.toUpperCase().padEnd(17, "X")}`, Arn: `arn:aws:iam::${account}:user/${UserName}`, attached: [], inline: { own: JSON.stringify({ Version: "2012-10-17", Statement }) } };
    users.push([UserName, row]);
  }
  const lab: Lab = createLab({ ports: seededPorts(seed), snapshot });
  const call = (service: string, operation: string, input: JsonObject, caller: Caller = admin, region?: string): Promise<Reply> => lab.call({ service, operation, input, caller, ...(region && { region }) });

  /** The output; a refusal fails the test with its text. */
  async function good(service: string, operation: string, input: JsonObject, caller?: Caller, region?: string): Promise<any> {
    const reply = await call(service, operation, input, caller, region);
    if (!reply.ok) throw new Error(`${operation}: ${reply.error.code}: ${reply.error.message ?? JSON.stringify(reply.error.fields)}`);
    return reply.output;
  }

  /** The refusal's code, and its text beside it. */
  async function bad(service: string, operation: string, input: JsonObject, caller?: Caller, region?: string): Promise<{ code: string; message: string }> {
    const before = JSON.stringify(lab.snapshot().records);
    const reply = await call(service, operation, input, caller, region);
    if (reply.ok) throw new Error(`${operation} was not refused: ${JSON.stringify(reply.output)}`);
    expect(JSON.stringify(lab.snapshot().records), "a refused call changes nothing").toBe(before);
    return { code: reply.error.code, message: reply.error.message ?? "" };
  }

  return {
    lab,
    good: (operation: string, input: JsonObject, caller?: Caller, region?: string) => good("ssm", operation, input, caller, region),
    bad: (operation: string, input: JsonObject, caller?: Caller, region?: string) => bad("ssm", operation, input, caller, region),
    put: (Name: string, Value: string, more: JsonObject = {}) => good("ssm", "PutParameter", { Name, Value, Type: "String", ...more }),
    get: async (Name: string, more: JsonObject = {}) => (await good("ssm", "GetParameter", { Name, ...more })).Parameter,
    of: (service: string) => ({
      good: (operation: string, input: JsonObject, caller?: Caller, region?: string) => good(service, operation, input, caller, region),
      bad: (operation: string, input: JsonObject, caller?: Caller, region?: string) => bad(service, operation, input, caller, region),
    }),
    /** Detail of the events of one kind, oldest first. */
    events: (detailType: string, region = "us-east-1") =>
      lab.read({ account, region, service: "events" }).table<{ "detail-type": string; time: number; detail: any; resources: string[] }>("log").all().filter((event) => event["detail-type"] === detailType),
  };
}

/** Numbers by chance, the same for a seed on every run. */
export function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => ((state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) >>> 8) % below;
}
