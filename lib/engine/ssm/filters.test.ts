import { beforeAll, expect, test } from "vitest";
import { createLab, type Lab } from "../lab";
import { seededPorts } from "../ports";
import type { JsonObject } from "../types";
import { type Filter, type FilterSet, readFilters } from "./filters";

const caller = { account: "111122223333", user: "admin" };
const names = ["/app", "/app/db/url", "/app/dbs/url", "/application/url", "/x", "app-plain", "plain", "x2"];
let lab: Lab;

beforeAll(async () => {
  lab = createLab({ ports: seededPorts(31) });
  for (const Name of names) await lab.call({ service: "ssm", operation: "PutParameter", input: { Name, Value: "v", Type: "String" }, caller });
});

const listed = async (ParameterFilters: Filter[]): Promise<string[]> => {
  const reply = await lab.call({ service: "ssm", operation: "DescribeParameters", input: { ParameterFilters } as unknown as JsonObject, caller });
  return reply.ok ? (reply.output.Parameters as { Name: string }[]).map(({ Name }) => Name) : [reply.error.code];
};

// The part of the list that is walked never leaves out a name that a filter takes: a name may lack the first slash.
test.each<[Filter[], string | undefined, string[]]>([
  [[{ Key: "Path", Option: "Recursive", Values: ["/app"] }], "/app/", ["/app/db/url", "/app/dbs/url"]],
  [[{ Key: "Path", Option: "Recursive", Values: ["/"] }], undefined, names],
  [[{ Key: "Path", Option: "OneLevel", Values: ["/app/db"] }], "/app/db/", ["/app/db/url"]],
  [[{ Key: "Path", Option: "Recursive", Values: ["/app/db", "/application"] }], undefined, ["/app/db/url", "/application/url"]],
  [[{ Key: "Name", Option: "BeginsWith", Values: ["/app"] }], undefined, ["/app", "/app/db/url", "/app/dbs/url", "/application/url", "app-plain"]],
  [[{ Key: "Name", Option: "BeginsWith", Values: ["app/db"] }], "/app/db", ["/app/db/url", "/app/dbs/url"]],
  [[{ Key: "Name", Option: "BeginsWith", Values: ["x"] }], undefined, ["/x", "x2"]],
  [[{ Key: "Name", Option: "BeginsWith", Values: ["/app/dbs"] }, { Key: "Path", Option: "Recursive", Values: ["/app"] }], "/app/dbs", ["/app/dbs/url"]],
  [[{ Key: "Name", Option: "Contains", Values: ["db"] }], undefined, ["/app/db/url", "/app/dbs/url"]],
])("%j walks what begins with %s", async (filters, begins, found) => {
  expect((readFilters(filters, "describe") as FilterSet).begins).toBe(begins);
  expect(await listed(filters)).toEqual(found);
});
