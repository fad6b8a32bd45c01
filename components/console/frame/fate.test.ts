import { expect, test } from "vitest";
import { createLab } from "@/lib/engine/lab";
import { seededPorts } from "@/lib/engine/ports";
import type { JsonObject } from "@/lib/engine/types";
import { stepFrom } from "@/lib/store/steps";
import { fateOf } from "./fate";

async function lab() {
  const made = createLab({ ports: seededPorts(4) });
  const call = (service: string, operation: string, input: JsonObject) => made.call({ service, operation, input, caller: { account: "111122223333", user: "admin" }, region: "eu-west-2", door: "console" });
  return { lab: made, call };
}

test("a key whose making was taken back, a parameter that was deleted, a key that the clock deleted, and one that never was", async () => {
  const { lab: it, call } = await lab();
  const key = await call("kms", "CreateKey", {});
  const { KeyId } = (key.ok ? key.output.KeyMetadata : {}) as { KeyId: string };
  await call("ssm", "PutParameter", { Name: "/a/b", Value: "1", Type: "String" });
  await call("ssm", "PutParameter", { Name: "plain", Value: "1", Type: "String" });
  await call("ssm", "DeleteParameter", { Name: "/a/b" });
  await call("kms", "ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 7 });
  expect(fateOf({ service: "ssm", error: "", input: { Name: "/a/b" } }, it.journal, [])).toMatchObject({ is: "deleted", by: "ssm DeleteParameter by admin" });
  expect(fateOf({ service: "ssm", error: "", input: { Name: "plain" } }, it.journal, [])).toBeUndefined();
  expect(fateOf({ service: "ssm", error: "", input: { Name: "/a" } }, it.journal, [])).toBeUndefined();
  await it.advance(8 * 86_400_000);
  const gone = await call("kms", "DescribeKey", { KeyId });
  const error = gone.ok ? "" : (gone.error.message ?? "");
  expect(error).toContain(KeyId);
  expect(fateOf({ service: "kms", error }, it.journal, [])).toMatchObject({ is: "deleted", by: "the clock" });

  const undone = [];
  for (let entry = it.undo(); entry; entry = it.undo()) if (entry.kind !== "job") undone.push(stepFrom([entry]));
  expect(fateOf({ service: "kms", error }, it.journal, undone)).toEqual({ is: "taken back", by: "kms CreateKey by admin", steps: 1 });
  expect(fateOf({ service: "ssm", error: "", input: { Names: ["plain"] } }, it.journal, undone)).toMatchObject({ is: "taken back", steps: 3 });
});
