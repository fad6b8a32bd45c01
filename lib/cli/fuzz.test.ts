import { describe, expect, test } from "vitest";
import { createLab } from "../engine/lab";
import { seededPorts } from "../engine/ports";
import { models } from "./fuzz.test-helper";
import type { AwsEnv } from "./aws/env";
import { Failure } from "./aws/failure";
import { IniError, parseIni, setIni } from "./aws/ini";
import { cliName } from "./aws/names";
import { operationOptions } from "./aws/options";
import { JsonError, parseJson } from "./aws/python";
import { compileQuery } from "./aws/query";
import { runAws } from "./aws/run";
import { ShorthandError, parseShorthand } from "./aws/shorthand";
import { expandHistory } from "./bang";
import { labNames } from "./complete/lab-names";
import { asTyped, readLine } from "./complete/line";
import { createShell } from "./shell";

// Anything may be typed. With fixed seeds: never a crash, never a hang, always an exit code, and where it is not 0 a line
// that says why, in the real command's form.

/** A generator of its own for each seed: the same words every time. */
function dice(seed: number) {
  let state = seed * 2_654_435_769 + 1;
  const below = (n: number): number => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 3_266_489_917) >>> 0;
    return ((state ^ (state >>> 13)) >>> 0) % n;
  };
  const one = <T>(list: readonly T[]): T => list[below(list.length)];
  const many = <T>(most: number, make: () => T): T[] => Array.from({ length: below(most + 1) }, make);
  return { below, one, many };
}
type Dice = ReturnType<typeof dice>;

const seeds = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

const pieces = ["a", "Key", "Value", "=", ",", "[", "]", "{", "}", "'", '"', "\\", "@", "@=", "file://", "fileb://x", " ", "\n", "\t", "`", "|", "&", "*", "?", ":", "$", "(", ")", "-", "--", "0", "-1", "1e999", "é", "🙂", "\0", "\ud800", "__proto__", "constructor", "null", "true", "#", ";", "!", "<", ">", "\r", "%s", "~"];
const scrap = (random: Dice, most: number): string => random.many(most, () => random.one(pieces)).join("");

/** Longest that one try may take, ms. The machine may be busy; a hang is far more. */
const patience = 3_000;
function timed<T>(what: string, work: () => T): T {
  const start = performance.now();
  const result = work();
  expect(performance.now() - start, what).toBeLessThan(patience);
  return result;
}

/** An error of the kinds that are told to the learner; anything else is a crash. */
function told(what: string, work: () => unknown, ...kinds: (new (...args: never[]) => Error)[]): void {
  try {
    timed(what, work);
  } catch (error) {
    if (!kinds.some((kind) => error instanceof kind)) throw new Error(`${JSON.stringify(what)}: ${error instanceof Error ? error.stack : String(error)}`);
  }
}

describe("the parsers", () => {
  test.each(seeds(8))("shorthand, seed %i", (seed) => {
    const random = dice(seed);
    for (let i = 0; i < 1_500; i++) {
      const text = scrap(random, 16);
      told(text, () => parseShorthand(text), ShorthandError, Failure);
    }
    for (const mark of ["[", "{a=", "a=[", "a={b="]) told(mark, () => parseShorthand(`x=${mark.repeat(5_000)}`), ShorthandError, Failure);
    told("commas", () => parseShorthand(`a=${"b,".repeat(20_000)}c`), ShorthandError, Failure);
  });

  test.each(seeds(8))("JSON, seed %i: what it reads, JSON.parse reads alike", (seed) => {
    const random = dice(seed);
    for (let i = 0; i < 1_500; i++) {
      const text = random.many(12, () => random.one(["{", "}", "[", "]", ",", ":", '"a"', '"', "1", "-", ".5", "1e5", "true", "nul", "\\u12", '"\\ud83d"', " ", "\n", "é"])).join("");
      told(text, () => expect(JSON.stringify(parseJson(text))).toBe(JSON.stringify(JSON.parse(text))), JsonError);
    }
    told("deep", () => parseJson("[".repeat(100_000)), JsonError);
  });

  test.each(seeds(8))("configuration files, seed %i", (seed) => {
    const random = dice(seed);
    const lines = ["[default]", "[profile x]", "[x", "[]", "a = b", "A: c", " nested = 1", "s3 =", "# note", "; note", "", "=", "novalue", "a = [b]", "\tx=y", "role_arn = r", "source_profile = x"];
    for (let i = 0; i < 800; i++) {
      const text = random.many(8, () => (random.below(5) ? random.one(lines) : scrap(random, 5))).join(random.one(["\n", "\r\n"]));
      told(text, () => parseIni(text), IniError);
      // What is set is there afterwards, and nothing else has changed.
      let before: ReturnType<typeof parseIni>;
      try {
        before = parseIni(text);
      } catch {
        continue;
      }
      if (/\r/.test(text) || [...before.keys()].some((name) => /[[\]]/.test(name))) continue;
      const written = timed(text, () => setIni(text, "profile x", { fuzzed: "v" }));
      let after: ReturnType<typeof parseIni>;
      try {
        after = parseIni(written);
      } catch (error) {
        throw new Error(`${JSON.stringify(text)} became ${JSON.stringify(written)}: ${String(error)}`);
      }
      const found = after.get("profile x")?.get("fuzzed") ?? [...(after.get("profile x") ?? [])].find(([name]) => name.endsWith(".fuzzed"))?.[1] ?? [...(after.get("profile x") ?? [])].find(([, value]) => value.includes("fuzzed = v"))?.[1];
      expect({ text, written, found: found !== undefined }).toEqual({ text, written, found: true });
      for (const [name, section] of before) if (name !== "profile x") expect({ text, section: after.get(name) }).toEqual({ text, section });
    }
  });

  test.each(seeds(8))("JMESPath, seed %i", async (seed) => {
    const random = dice(seed);
    const words = ["Keys", "KeyId", "[", "]", "[]", "[*]", "[?", "[0]", "[::-1]", ".", "*", "|", "||", "&&", "!", "==", "<", "`1`", "`x`", "`", "'a'", "'", '"b"', "length(", "sort_by(", "join(", "to_number(", "@", "&", ",", "{a:", "}", "(", ")", "-1", " ", "max_by(", "contains("];
    const data = { Keys: [{ KeyId: "a", n: 1 }, { KeyId: "b", n: null }], Truncated: false };
    for (let i = 0; i < 600; i++) {
      const text = random.many(9, () => random.one(words)).join("");
      const start = performance.now();
      try {
        (await compileQuery(text))(data);
      } catch (error) {
        if (!(error instanceof Failure)) throw new Error(`${JSON.stringify(text)}: ${error instanceof Error ? error.stack : String(error)}`);
      }
      expect(performance.now() - start, text).toBeLessThan(patience);
    }
  });

  test.each(seeds(8))("lines that are being typed, seed %i", (seed) => {
    const random = dice(seed);
    for (let i = 0; i < 2_000; i++) {
      const text = scrap(random, 14);
      const read = timed(text, () => readLine(text));
      expect(read.from).toBeLessThanOrEqual(text.length);
      timed(text, () => expandHistory(text, ["aws kms list-keys", text]));
      const word = text.replace(/[\n\0]/g, "");
      for (const quote of ["", "'", '"'] as const) expect(readLine(`x ${asTyped(word, quote, false)}`).words).toEqual(word || quote ? ["x", word] : ["x"]);
    }
  });
});

// ---------------------------------------------------------------- the command

const errorLine = /^(?:\nusage: [\s\S]+\n)?\naws: \[ERROR\]: [\s\S]+\n$/;

function world(random: Dice, config = "[default]\nregion = eu-west-2\n[profile dev]\noutput = text\n"): AwsEnv {
  const lab = createLab({ ports: seededPorts(9) });
  const files = new Map<string, Uint8Array>([
    ["x", new TextEncoder().encode('{"KeyId": "k"}')],
    ["/home/user/.aws/config", new TextEncoder().encode(config)],
  ]);
  return {
    call: ({ service, operation, input, region, caller }) => lab.call({ service, operation, input, region, caller: caller ?? { account: "111122223333", user: "admin" } }),
    readFile: (path) => (files.has(path) ? Promise.resolve(files.get(path)!) : Promise.reject(Object.assign(new Error("no"), { code: "ENOENT" }))),
    writeFile: (path, bytes) => Promise.resolve(void files.set(path, bytes)),
    variables: { HOME: "/home/user" },
    ambient: { accessKeyId: "ASIAKEYHOLE0000ABCD", type: "console", region: "eu-west-2" },
    now: () => lab.now(),
    ask: () => Promise.resolve(random.below(3) ? scrap(random, 3) : undefined),
  };
}

async function checked(argv: string[], env: AwsEnv): Promise<number> {
  const start = performance.now();
  let result: Awaited<ReturnType<typeof runAws>>;
  try {
    result = await runAws(argv, env);
  } catch (error) {
    throw new Error(`${JSON.stringify(argv)}: ${error instanceof Error ? error.stack : String(error)}`);
  }
  expect(performance.now() - start, JSON.stringify(argv)).toBeLessThan(patience);
  const { exitCode, stderr } = result;
  expect([0, 1, 130, 252, 253, 254, 255], JSON.stringify(argv)).toContain(exitCode);
  const structured = argv.some((word) => word.startsWith("--cli-error-f"));
  if (exitCode >= 252 && !structured && !argv.includes("--debug")) expect(stderr.replace(/^Keyhole: [^\n]*\n/, ""), JSON.stringify(argv)).toMatch(errorLine);
  return exitCode;
}

describe("the aws command", () => {
  test.each(seeds(6))("words in any order, seed %i", async (seed) => {
    const random = dice(seed);
    const words = ["aws", "kms", "ssm", "sts", "iam", "organizations", "s3", "configure", "help", "encrypt", "list-keys", "get-parameters", "put-parameter", "create-grant", "get", "set", "import", "export-credentials", "--key-id", "--key-id=k", "--plaintext", "--tags", "--names", "--constraints", "--query", "--output", "--region", "--profile", "dev", "--cli-input-json", "--cli-input-yaml", "--generate-cli-skeleton", "--max-items", "--starting-token", "--no-paginate", "--endpoint-url", "--cli-error-format", "--no-sign-request", "--cli-auto-prompt", "--debug", "--csv", "--format", "--", "-", "--k", "--=", "file://x", "fileb://none", "text", "table", "json", "yaml", "{", "[{}]", "Key=a,Value=b"];
    const codes = new Set<number>();
    const env = world(random);
    const begins = [["kms", "list-keys"], ["ssm", "get-parameters", "--names", "x"], ["sts", "get-caller-identity"], ["configure", "set", "region"], ["configure", "list"], ["kms", "encrypt"], [], []];
    for (let i = 0; i < 150; i++) codes.add(await checked([...random.one(begins), ...random.many(random.below(8), () => (random.below(6) ? random.one(words) : scrap(random, 5)))], env));
    expect(codes.size).toBeGreaterThan(2);
  });

  test.each(seeds(6))("operations with options of their own and any values, seed %i", async (seed) => {
    const random = dice(seed);
    const values = ["", "x", "true", "-5", "99999999999999999999", "a=b", "[]", "{}", '["a"]', '{"a":{"b":[1,null]}}', "Key=a,Value=[b,{c=d}]", "alias/none", "file://x", "fileb://x", "aGk=", "é🙂", "2026-11-24", "null", "'", "arn:aws:iam::111122223333:role/x"];
    const env = world(random);
    const shapes = await models();
    for (let i = 0; i < 120; i++) {
      const [service, model] = random.one(shapes);
      const name = random.one(Object.keys(model.operations));
      const { members, general } = operationOptions(service, name, model.operations[name], model);
      const argv = [service, cliName(name)];
      for (const option of members) {
        if (!option.required && random.below(3)) continue;
        argv.push(option.flag);
        if (option.takes !== "yes" && option.takes !== "no") argv.push(...(option.takes === "many" ? [random.one(values), ...random.many(2, () => random.one(values))] : [random.below(5) ? random.one(values) : scrap(random, 6)]));
      }
      if (general.length && !random.below(4)) argv.push(random.one(general).flag, random.one(values));
      if (!random.below(5)) argv.push("--output", random.one(["text", "table", "yaml", "yaml-stream", "off"]));
      await checked(argv, env);
    }
  });

  test.each(seeds(30))("with a broken configuration, seed %i", async (seed) => {
    const random = dice(seed);
    await checked(["sts", "get-caller-identity"], world(random, scrap(random, 20)));
    await checked(["configure", "list", "--profile", "x"], world(random, `[profile x]\n${scrap(random, 20)}`));
  });

  test("every operation has a manual page and skeletons that it takes back", async () => {
    const env = world(dice(1));
    for (const [service, model] of await models())
      for (const name of Object.keys(model.operations)) {
        const argv = [service, cliName(name)];
        const page = await runAws([...argv, "help"], env);
        expect({ argv, code: page.exitCode, page: page.page }).toEqual({ argv, code: 0, page: true });
        const text = new TextDecoder().decode(page.stdout);
        for (const section of ["NAME", "DESCRIPTION", "SYNOPSIS", "OPTIONS", "GLOBAL OPTIONS", "OUTPUT"]) expect(text).toContain(`\n${section}\n`);
        const { members, outfile } = operationOptions(service, name, model.operations[name], model);
        for (const { flag } of members) expect({ argv, flag, there: text.includes(flag) }).toEqual({ argv, flag, there: true });
        // Where an answer goes to a file there are no samples.
        for (const how of outfile === undefined ? ["input", "yaml-input"] : []) {
          const sample = await runAws([...argv, "--generate-cli-skeleton", how], env);
          expect({ argv, how, code: sample.exitCode }).toEqual({ argv, how, code: 0 });
          const given = new TextDecoder().decode(sample.stdout);
          const back = await runAws([...argv, how === "input" ? "--cli-input-json" : "--cli-input-yaml", given, "--generate-cli-skeleton", "input"], env);
          expect({ argv, how, code: back.exitCode, err: back.stderr }).toEqual({ argv, how, code: 0, err: "" });
        }
      }
  }, 60_000);
});

// ---------------------------------------------------------------- the shell

describe("the shell", () => {
  test.each(seeds(4))("lines, whole and broken, and Tab in the middle of them, seed %i", async (seed) => {
    const random = dice(seed);
    const lab = createLab({ ports: seededPorts(10) });
    const shell = await createShell({
      call: ({ service, operation, input, region, caller }) => lab.call({ service, operation, input, region, caller: caller ?? { account: "111122223333", user: "admin" } }),
      identity: () => ({ region: "eu-west-2", account: "111122223333" }),
      now: () => lab.now(),
      names: () => Promise.resolve(labNames(lab)),
    });
    const words = ["aws kms list-keys", "aws ssm get-parameter --name", "aws iam get-user --user-name", "echo", "cat", "ls", "cd", "$(", ")", "`", "'", '"', "|", "&&", "||", ";", ">", ">>", "<", "<<EOF", "f", "x=1", "export Y=", "$x", "${x", "if", "then", "fi", "for i in 1 2; do", "done", "{", "}", "*", "!!", "!x", "\\", "#", "history", "unset", "alias q=", "base64", "head -c 3", "2>&1", "🙂", "~", "--", "certutil -decode .\\a"];
    for (let i = 0; i < 40; i++) {
      const line = random.many(6, () => random.one(words)).join(random.one([" ", " ", "", "\n"]));
      const start = performance.now();
      shell.needsMore(line);
      const { from, candidates } = await shell.complete(line);
      expect(from).toBeLessThanOrEqual(line.length);
      expect(candidates.length).toBeLessThanOrEqual(200);
      const code = await shell.run(line, { ask: () => Promise.resolve(undefined) });
      expect(Number.isInteger(code) && code >= 0 && code <= 255, `${JSON.stringify(line)}: ${code}`).toBe(true);
      expect(performance.now() - start, JSON.stringify(line)).toBeLessThan(2 * patience);
    }
    // It still works.
    let out = "";
    await shell.run("cd ~; unset x; printf fine", { onOutput: ({ text }) => (out += text) });
    expect(out).toContain("fine");
  }, 60_000);
});
