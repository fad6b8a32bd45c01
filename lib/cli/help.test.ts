import { describe, expect, test } from "vitest";
import { createLab } from "../engine/lab";
import { seededPorts } from "../engine/ports";
import { examples, memberWords, operationWords, optionWords } from "./aws/help/words";
import { configureCommands } from "./aws/configure";
import { simulatedServices } from "./aws/models";
import { globalOptions, operationOptions } from "./aws/options";
import { models } from "./fuzz.test-helper";
import { createShell } from "./shell";

const caller = { account: "111122223333", user: "admin" };

async function terminal() {
  const lab = createLab({ ports: seededPorts(6) });
  const shell = await createShell({
    call: (request) => lab.call({ service: request.service, operation: request.operation, input: request.input, region: request.region, caller: request.caller ?? caller }),
    identity: () => ({ region: "eu-west-2", account: caller.account }),
    now: () => lab.now(),
    columns: () => 80,
  });
  const run = async (line: string): Promise<{ out: string; err: string; code: number }> => {
    let out = "";
    let err = "";
    const code = await shell.run(line, { onOutput: ({ stream, text }) => (stream === "stdout" ? (out += text) : (err += text)) });
    return { out, err, code };
  };
  return { run };
}

test("every sentence is about something that is there", async () => {
  const all = await models();
  const operations = new Set(all.flatMap(([service, model]) => Object.keys(model.operations).map((name) => `${service}.${name}`)));
  const members = new Set<string>();
  const flags = new Set(globalOptions.map(({ flag }) => flag));
  for (const [service, model] of all)
    for (const [name, operation] of Object.entries(model.operations)) {
      const options = operationOptions(service, name, operation, model);
      for (const { member } of options.members) members.add(`${service}.${member}`).add(member);
      for (const { flag } of options.general) flags.add(flag);
    }
  expect(Object.keys(operationWords).filter((name) => !operations.has(name))).toEqual([]);
  expect(Object.keys(examples).filter((name) => !operations.has(name))).toEqual([]);
  expect(Object.keys(memberWords).filter((name) => !members.has(name))).toEqual([]);
  expect(Object.keys(optionWords).toSorted()).toEqual([...flags].toSorted());
});

test("the examples run as they stand", async () => {
  const { run } = await terminal();
  await run("aws kms create-alias --alias-name alias/my-app --target-key-id $(aws kms create-key --query KeyMetadata.KeyId --output text)");
  for (const [name, list] of Object.entries(examples))
    for (const [, line] of list) {
      const { code, err } = await run(line);
      // Those that name a key or a role of nobody's are refused by the service, not by the command.
      const named = name === "kms.ScheduleKeyDeletion" || name === "sts.AssumeRole";
      expect({ line, code, err: named ? "" : err }).toEqual({ line, code: named ? 254 : 0, err: "" });
    }
});

describe("pages", () => {
  test("aws help: the simulated services, and how many are not", async () => {
    const { run } = await terminal();
    const { out } = await run("aws help");
    for (const service of [...simulatedServices, "configure"]) expect(out).toContain(`\n       o ${service}\n`);
    expect(out).toMatch(/AWS has \d{3} more commands\. Each says by name that Keyhole does not\n {7}simulate it\./);
    expect((await run("aws help topics")).err).toBe("\naws: [ERROR]: Keyhole has no help topic topics. aws help lists the commands.\n");
  });
  test("an operation's: what is required, limits, values, shorthand and JSON", async () => {
    const { run } = await terminal();
    const { out } = await run("aws kms create-grant help");
    for (const part of [
      "\n          --key-id <value>\n",
      "\n          [--dry-run | --no-dry-run]\n          [--cli-input-json | --cli-input-yaml]\n",
      "\n       --key-id (string) [required]\n",
      "\n          Constraints:\n          o min: 1\n          o max: 2048\n",
      '\n       Syntax:\n\n          "string" "string" ...\n\n          Where valid values are:\n            Decrypt\n',
      "\n       Shorthand Syntax:\n\n          EncryptionContextSubset={KeyName1=string,KeyName2=string},EncryptionContextEquals={KeyName1=string,KeyName2=string}\n",
      '\n       JSON Syntax:\n\n          {\n            "EncryptionContextSubset": {"string": "string"\n              ...},\n',
      "\nOUTPUT\n       GrantToken -> (string)\n",
    ])
      expect(out).toContain(part);
    expect(Math.max(...out.split("\n").filter((line) => !line.includes("KeyName1")).map((line) => line.length))).toBeLessThanOrEqual(80);
  });
  test.each(Object.keys(configureCommands))("aws configure %s help", async (command) => {
    const { run } = await terminal();
    const { out, err } = await run(`aws configure ${command} help`);
    if (configureCommands[command]) expect(out).toContain(`\nSYNOPSIS\n          aws configure ${command}`);
    else expect(err).toBe(`\naws: [ERROR]: Keyhole does not simulate aws configure ${command}.\n`);
  });
});
