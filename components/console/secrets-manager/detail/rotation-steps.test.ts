/** A rotation that fails at each of its steps for a real cause: what the page reads from the journal, and that it recovers. */
import { strToU8, zipSync } from "fflate/browser";
import { beforeEach, expect, test } from "vitest";
import { toBase64 } from "@/lib/engine/crypto/bytes";
import { codeOf } from "@/lib/engine/lambda/templates/code";
import { templateFor } from "@/lib/engine/lambda/templates/list";
import { MINUTE, type RotationLab, SECOND, database, policy, rotationLab } from "@/lib/engine/secretsmanager/rotation/rotation.test-helper";
import type { JournalEntry } from "@/lib/engine/types";
import { rotationSteps } from "./rotation-steps";

let w: RotationLab;
let host: string;
let arn: string;
const needed = ["DescribeSecret", "GetSecretValue", "PutSecretValue", "UpdateSecretVersionStage", "GetRandomPassword"];
const code = codeOf(templateFor("mysql", "single-user")!, "javascript").text;

const permit = (actions: string[]) => w.must("PutRolePolicy", { RoleName: "rotation", PolicyName: "p", PolicyDocument: policy(actions.map((one) => `secretsmanager:${one}`)) }, { service: "iam" });
const password = (text: string) => w.sql(host, "admin", "Master-Pass-1", `ALTER USER 'app'@'%' IDENTIFIED BY '${text}'`);
async function deploy(text: string): Promise<void> {
  await w.must("UpdateFunctionCode", { FunctionName: "rotate", ZipFile: toBase64(zipSync({ "index.mjs": strToU8(text) })) }, { service: "lambda" });
  await w.lab.advance(2 * SECOND);
}
const steps = () => rotationSteps(w.lab.journal as readonly JournalEntry[], arn);
const current = async (): Promise<string> => Object.entries(await w.stages("app/db")).find(([, labels]) => labels.includes("AWSCURRENT"))![0];

beforeEach(async () => {
  w = await rotationLab();
  ({ host, secretArn: arn } = await database(w, "mysql"));
  const RotationLambdaARN = await w.template("rotate", "mysql", "single-user");
  await w.rotate("app/db", { RotationLambdaARN, RotateImmediately: false });
  await w.lab.advance(10 * SECOND);
  await permit(needed);
});

test.each<[step: string, cause: string, reason: RegExp, change: () => Promise<unknown>, mend: () => Promise<unknown>]>([
  ["createSecret", "the role may not write the secret", /is not authorized to perform: secretsmanager:PutSecretValue/, () => permit(needed.filter((one) => one !== "PutSecretValue")), () => permit(needed)],
  ["setSecret", "the password was changed in the database", /Unable to log into database with previous, current, or pending secret/, () => password("Somebody-Else-1"), () => password("First-Pass-1")],
  ["testSecret", "the code asks for a table that is not there", /orders/, () => deploy(code.replace(/(async function testSecret[\s\S]*?execute\()"[^"]*"/, '$1"SELECT * FROM orders"')), () => deploy(code)],
  ["finishSecret", "the role may not move labels", /is not authorized to perform: secretsmanager:UpdateSecretVersionStage/, () => permit(needed.filter((one) => one !== "UpdateSecretVersionStage")), () => permit(needed)],
])("fails at %s, since %s; AWSCURRENT stays; mended it recovers", async (step, _cause, reason, change, mend) => {
  const before = await current();
  await change();
  await w.rotate("app/db");
  await w.lab.advance(20 * SECOND);
  const last = steps().at(-1)!;
  expect(last).toMatchObject({ step, ok: false, problem: expect.stringMatching(reason) });
  expect(await current()).toBe(before);
  expect(Object.values(await w.stages("app/db")).flat()).toContain("AWSPENDING");
  await mend();
  await w.lab.advance(6 * MINUTE);
  expect(steps().slice(-4).map((one) => [one.step, one.ok])).toEqual([["createSecret", true], ["setSecret", true], ["testSecret", true], ["finishSecret", true]]);
  expect(await current()).not.toBe(before);
});
