import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { strToU8, zipSync } from "fflate";
import type { Page } from "@playwright/test";
import { expect, openLesson, terminalOf, test } from "./journey";

// Functions in Python, run in the page: the program of the notes as it stands, warm and cold, and what must be stopped.

test.describe.configure({ timeout: 240_000 });

const trust = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }] });
const allow = (...actions: string[]): string => JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }] });

/** The notes' program as it stands. */
const notes = readFileSync("lib/wire/functions/notes-program.py", "utf8");
const handler = (body: string): string => `def lambda_handler(event, context):\n${body.split("\n").map((line) => `    ${line}`).join("\n")}\n`;

async function open(page: Page) {
  await openLesson(page, "kms-hands-on?lab=terminal");
  await expect(page.getByTestId("terminal-input")).toBeVisible({ timeout: 60_000 });
  const { commands, input, log, printed } = terminalOf(page);
  /** The first invocation loads Python: that may take longer than a command may otherwise. */
  async function run(line: string): Promise<{ out: string; err: string }> {
    await input.waitFor();
    const before = await commands.count();
    await input.fill(line);
    await input.press("Enter");
    await expect(commands).toHaveCount(before + 1, { timeout: 60_000 });
    await expect(log).toHaveAttribute("aria-busy", "false", { timeout: 90_000 });
    return printed();
  }
  const terminal = { run };
  await terminal.run("export AWS_DEFAULT_REGION=us-east-1");
  await terminal.run(`aws iam create-role --role-name app --assume-role-policy-document '${trust}'`);
  const role = "arn:aws:iam::111122223333:role/app";

  async function create(name: string, code: string, more = ""): Promise<void> {
    const zip = Buffer.from(zipSync({ "lambda_function.py": strToU8(code) })).toString("base64");
    await terminal.run(`echo ${zip} | base64 -d > ${name}.zip`);
    const { err } = await terminal.run(`aws lambda create-function --function-name ${name} --runtime python3.13 --role ${role} --handler lambda_function.lambda_handler --zip-file fileb://${name}.zip ${more}`);
    expect(err).toBe("");
    await terminal.run(`aws lambda wait function-active --function-name ${name}`);
  }
  /** What the function answered, its log, and how long it took by the reader's clock, ms. */
  async function invoke(name: string, payload = "{}"): Promise<{ answer: string; log: string; took: number }> {
    const began = Date.now();
    const { out, err } = await terminal.run(`aws lambda invoke --function-name ${name} --cli-binary-format raw-in-base64-out --payload '${payload}' --log-type Tail --query LogResult --output text out.json | base64 -d`);
    expect(err).toBe("");
    const took = Date.now() - began;
    return { answer: (await terminal.run("cat out.json")).out, log: out, took };
  }
  return { terminal, create, invoke };
}

test("the notes' program runs as it stands, for dev and for prod, and says what each policy is for", async ({ page }) => {
  const { terminal, create, invoke } = await open(page);
  const { out: key } = await terminal.run("aws kms create-key --query KeyMetadata.KeyId --output text");
  expect(key).toMatch(/^[0-9a-f-]{36}$/);
  for (const stage of ["dev", "prod"]) {
    for (const put of [`/my-app/${stage}/db-url --type String --value ${stage}.example:3306`, `/my-app/${stage}/db-password --type SecureString --key-id ${key.trim()} --value the-${stage}-password`])
      expect((await terminal.run(`aws ssm put-parameter --name ${put}`)).err).toBe("");
  }
  await create("app", notes, "--environment 'Variables={DEV_OR_PROD=dev}'");

  // Without a policy, without the second, with both.
  const refused = await invoke("app");
  expect(refused.answer).toMatch(/An error occurred \(AccessDeniedException\) when calling the GetParameters operation: User: arn:aws:sts::111122223333:assumed-role\/app\/app is not authorized to perform: ssm:GetParameters on resource: arn:aws:ssm:us-east-1:111122223333:parameter\/my-app\/dev\/db-url/);
  expect(refused.log).toContain("[ERROR] ClientError: An error occurred (AccessDeniedException)");
  await terminal.run(`aws iam put-role-policy --role-name app --policy-name parameters --policy-document '${allow("ssm:GetParameters")}'`);
  const half = await invoke("app");
  expect(half.log).toContain("'Value': 'dev.example:3306'");
  expect(half.answer).toMatch(/AccessDeniedException.*kms:Decrypt/);
  await terminal.run(`aws iam put-role-policy --role-name app --policy-name decrypt --policy-document '${allow("kms:Decrypt")}'`);
  const done = await invoke("app");
  expect(done.answer.trim()).toBe('"worked!"');
  expect(done.log).toMatch(/\{'Parameters': \[\{'Name': '\/my-app\/dev\/db-password', 'Type': 'SecureString', 'Value': 'the-dev-password', 'Version': 1, 'LastModifiedDate': datetime\.datetime\([\d, ]+, tzinfo=tzlocal\(\)\), 'ARN': '[^']+', 'DataType': 'text'\}\], 'InvalidParameters': \[\], 'ResponseMetadata': \{'RequestId': '[0-9a-f-]+', 'HTTPStatusCode': 200, 'HTTPHeaders': \{/);

  await terminal.run("aws lambda update-function-configuration --function-name app --environment 'Variables={DEV_OR_PROD=prod}'");
  await terminal.run("aws lambda wait function-updated --function-name app");
  expect((await invoke("app")).log).toContain("'Value': 'the-prod-password'");
  // The names are as they were written: DEV is not dev.
  await terminal.run("aws lambda update-function-configuration --function-name app --environment 'Variables={DEV_OR_PROD=DEV}'");
  await terminal.run("aws lambda wait function-updated --function-name app");
  const capital = await invoke("app");
  expect(capital.answer.trim()).toBe('"worked!"');
  expect(capital.log).toContain("'Parameters': [], 'InvalidParameters': ['/my-app/DEV/db-url']");
});

test("cold, then warm; a loop, a large allocation and a flood are stopped, the network is not there, and the lab goes on", async ({ page }) => {
  const { terminal, create, invoke } = await open(page);
  await create("count", `import os\nn = 0\n${handler("global n\nn += 1\nprint('call', n)\nreturn {'n': n, 'to': event.get('to')}")}`);
  const first = await invoke("count", '{"to":"Alice"}');
  expect(JSON.parse(first.answer)).toEqual({ n: 1, to: "Alice" });
  expect(first.log).toMatch(/START RequestId: .*\ncall 1\nEND RequestId: .*\nREPORT .*Init Duration/);
  const second = await invoke("count");
  expect(JSON.parse(second.answer)).toEqual({ n: 2, to: null });
  expect(second.log).not.toContain("Init Duration");

  // One function that does what it is told, each in its own way to its end.
  await create(
    "any",
    handler(`if event == 'loop':
    print('before')
    while True: pass
if event == 'large':
    return len(bytearray(10 ** 9))
if event == 'flood':
    while True: print('flood' * 100)
if event == 'out':
    import urllib.request
    urllib.request.urlopen('https://example.com')
if event == 'js':
    found = []
    for name in ('js', 'pyodide', 'pyodide_js', '_pyodide_core'):
        try:
            __import__(name)
            found.append(name)
        except ModuleNotFoundError: pass
    return found
if event == 'sleep':
    import time, asyncio
    time.sleep(0.2)
    asyncio.run(asyncio.sleep(0.2))
    return context.get_remaining_time_in_millis() <= 600`),
    "--timeout 1",
  );
  const loop = await invoke("any", '"loop"');
  expect(loop.answer).toMatch(/Sandbox\.Timedout.*Task timed out after 1\.00 seconds/);
  expect(loop.log).toContain("before\n");
  expect((await invoke("any", '"large"')).answer).toContain("Runtime.OutOfMemory");
  // What was stopped is gone; what stood beside it is as it was.
  expect(JSON.parse((await invoke("count")).answer)).toEqual({ n: 3, to: null });
  expect((await invoke("any", '"flood"')).log).toContain("[Keyhole keeps 256 KB of what an invocation prints. The rest is left out.]");
  expect((await invoke("any", '"out"')).answer).toContain("functions in Keyhole have no network");
  expect((await invoke("any", '"js"')).answer.trim()).toBe("[]");
  expect((await invoke("any", '"sleep"')).answer.trim()).toBe("true");

  expect((await terminal.run("aws sts get-caller-identity --query Account --output text")).out.trim()).toBe("111122223333");
});

test("where a browser cannot suspend Python, it does again what it did, and comes to the same", async ({ page }) => {
  const worker = gunzipSync(readFileSync("public/pyodide/worker.js.gz")).toString();
  await page.route("**/pyodide/worker.js.gz", (route) => route.fulfill({ body: `delete WebAssembly.Suspending;\n${worker}` }));
  const { terminal, create, invoke } = await open(page);
  await terminal.run(`aws iam put-role-policy --role-name app --policy-name parameters --policy-document '${allow("ssm:*")}'`);
  await create(
    "again",
    `import boto3, random, time\nssm = boto3.client('ssm')\nn = 0\n${handler(`global n
n += 1
began, chance = time.time(), random.random()
print('first', n)
ssm.put_parameter(Name='/again', Value=f'{n} {chance}', Type='String', Overwrite=True)
print('second', n)
found = ssm.get_parameter(Name='/again')['Parameter']
time.sleep(1)
return [n, found['Version'], found['Value'] == f'{n} {chance}', time.time() - began >= 1]`)}`,
  );
  const first = await invoke("again");
  expect(JSON.parse(first.answer)).toEqual([1, 1, true, true]);
  expect(first.log).toMatch(/START.*\nfirst 1\nsecond 1\nEND/);
  const second = await invoke("again");
  expect(JSON.parse(second.answer)).toEqual([2, 2, true, true]);
  expect(second.log).toMatch(/START.*\nfirst 2\nsecond 2\nEND/);
});
