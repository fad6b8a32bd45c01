import { expect, test } from "vitest";
import { createLab } from "../engine/lab";
import { seededPorts } from "../engine/ports";
import { createShell } from "./shell";

/** `keyhole architecture`: the reference architecture by typed lines. */
const account = "111122223333";
const lab = createLab({ ports: seededPorts(6) });
const shell = await createShell({
  call: (request) => lab.call({ service: request.service, operation: request.operation, input: request.input, region: request.region, caller: request.caller ?? { account, user: "admin" } }),
  identity: () => ({ region: "us-east-1", account }),
  now: () => lab.now(),
});
async function run(line: string): Promise<{ out: string; err: string; code: number }> {
  let out = "";
  let err = "";
  const code = await shell.run(line, { onOutput: ({ stream, text }) => (stream === "stdout" ? (out += text) : (err += text)) });
  return { out, err, code };
}

test("an attack with and without what stops it", async () => {
  const stopped = await run("keyhole architecture sql-injection --seconds 60");
  expect(stopped).toMatchObject({ code: 0, err: "" });
  expect(stopped.out).toContain("No harmful request reached the application.");
  expect(stopped.out).toMatch(/ {2}AWS WAF {8}blocked by the rule AWSManagedRulesSQLiRuleSet: SQLi_QUERYARGUMENTS\n/);
  expect(stopped.out).toContain("included in Shield Advanced");
  const through = await run("keyhole architecture sql-injection --seconds 60 --without managed-rules,caching");
  expect(through.out).toMatch(/^All of \d+ harmful requests reached the application\.$/m);
  expect(through.out).not.toContain("AWSManagedRules");
});

test("only some, a lost zone, a seed", async () => {
  const { out } = await run("keyhole architecture none --only caching --lose-zone yes --seconds 120 --seed 3");
  expect(out).toContain("caching does nothing here: without CloudFront nothing keeps answers.");
  expect(out).toMatch(/ {4}1:00 {2}A zone fails, and with it 2 instances: there is no other zone\.\n/);
  expect(out).toMatch(/lost: the load balancer has no node left\n/);
  expect((await run("keyhole architecture none --only none --seconds 60")).out).toContain("Every request of users was answered");
});

test("lists what there is", async () => {
  const { out } = await run("keyhole architecture list");
  expect(out).toMatch(/Attacks:\n {2}none +No attack\./);
  expect(out).toMatch(/ {2}closed-origin +Closed origin\. The load balancer's security group lets in CloudFront's prefix list only\.\n/);
});

test.each([
  ["", "keyhole architecture wants an attack: keyhole architecture list shows them"],
  ["rain", "there is no attack rain: keyhole architecture list shows them"],
  ["none --without umbrella", "--without: there is no protection umbrella; there are cloudfront, caching"],
  ["none --only none --without caching", "--only and --without exclude each other"],
  ["none --seconds 10", "--seconds wants a whole number from 60 to 1800"],
  ["none --seed x", "--seed wants a whole number from 0 to 2147483647"],
  ["none --lose-zone maybe", "--lose-zone is yes or no"],
])("keyhole architecture %s", async (line, problem) => {
  expect(await run(`keyhole architecture ${line}`)).toMatchObject({ code: 1, out: "", err: expect.stringContaining(problem) });
});
