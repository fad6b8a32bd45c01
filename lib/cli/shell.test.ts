import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Reply } from "../engine/types";
import { keepWindowsPaths } from "./commands/certutil";
import { freshFiles } from "./files";
import { type Shell, createShell } from "./shell";
import { readSnapshot } from "./state";

const reply = (output: object): Promise<Reply> => Promise.resolve({ ok: true, output, seq: 7 } as unknown as Reply);

async function terminal(snapshot?: unknown) {
  const calls: { operation: string; region: string }[] = [];
  const shell = await createShell({
    call: (call) => {
      calls.push({ operation: call.operation, region: call.region });
      return reply({ UserId: "u", Account: "111122223333", Arn: "é" });
    },
    identity: () => ({ region: "eu-west-2" }),
    now: () => 0,
    snapshot,
  });
  const run = async (input: string, signal?: AbortSignal) => {
    let out = "";
    let err = "";
    const code = await shell.run(input, { signal, onOutput: ({ stream, text }) => (stream === "stdout" ? (out += text) : (err += text)) });
    return { out, err, code };
  };
  return { shell, run, calls };
}

const script = (run: (input: string) => Promise<{ out: string }>, ...lines: string[]): Promise<string> =>
  lines.reduce(async (before, line) => (await before) + (await run(line)).out, Promise.resolve(""));

describe("a shell", () => {
  test.each<[string, string[], string]>([
    ["variables", ["A=1; export B='x y'", 'echo $A "$B"', "unset A", "echo [$A]"], "1 x y\n[]\n"],
    ["arrays", ["a=(1 'b c'); declare -A m; m['x y']='1 2'", 'echo "${a[1]}"', 'echo "${a[1]} ${m[x y]}"'], "b c\nb c 1 2\n"],
    ["functions", ["f() { for i in 1 2; do echo $1 $i; done; }", "f z"], "z 1\nz 2\n"],
    ["aliases", ["alias ll='echo LL'", "ll x"], "LL x\n"],
    ["the folder", ["cd /tmp", "pwd", "cd -", "pwd"], "/tmp\n/home/user\n/home/user\n"],
    ["the last code", ["false", "echo $?", "echo $?"], "1\n0\n"],
    ["options", ["set -o pipefail", "false | true; echo $?", "set +o pipefail", "false | true; echo $?"], "1\n0\n"],
    ["read-only variables", ["readonly Q=1", "echo $Q", "echo $Q"], "1\n1\n"],
    ["history", ["echo a", "history"], "a\n    1  echo a\n    2  history\n"],
    ["here-documents", ["cat <<EOF > h\n  one\n\ttwo\nEOF", "cat h"], "  one\n\ttwo\n"],
    ["non-ASCII", ["echo 'é🙂' > u; cat u | base64; cat u"], "w6nwn5mCCg==\né🙂\n"],
    ["aws in a pipe", ["aws sts get-caller-identity --query Arn --output text | base64"], "w6kK\n"],
    ["aws in a substitution", ["echo $(aws sts get-caller-identity --query Account --output text)"], "111122223333\n"],
    ["aws reads what comes through the pipe", ["printf aGk= | aws kms create-key --description file:///dev/stdin --generate-cli-skeleton output --query KeyMetadata.KeyId"], '"KeyId"\n'],
  ])("keeps %s", async (_, lines, out) => {
    const { run } = await terminal();
    expect(await script(run, ...lines)).toBe(out);
  });

  test("Region and keys of the environment", async () => {
    const { run, calls } = await terminal();
    for (const line of ["aws sts get-caller-identity", "AWS_REGION=us-west-1 aws sts get-caller-identity", "export AWS_DEFAULT_REGION=us-west-2", "aws sts get-caller-identity", "unset AWS_DEFAULT_REGION; aws configure set region ap-south-1; aws sts get-caller-identity"]) await run(line);
    expect(calls.map((call) => call.region)).toEqual(["eu-west-2", "us-west-1", "us-west-2", "ap-south-1"]);
  });

  test("clear empties the log, colours are left out", async () => {
    const { shell, run } = await terminal();
    await run("printf '\\033[31mred\\033[0m\\n'");
    expect(shell.transcript.map((entry) => entry.text)).toEqual(["printf '\\033[31mred\\033[0m\\n'", "red\n"]);
    await run("echo a; clear");
    expect(shell.transcript).toEqual([]);
    expect(shell.history).toHaveLength(2);
  });
  test("!! and its like are filled in before the line runs, shown, and kept in the history as they ran", async () => {
    const { shell, run } = await terminal();
    await run("echo one");
    expect((await run("!! two")).out).toBe("one two\n");
    expect(shell.transcript.slice(-3).map(({ kind, text }) => [kind, text])).toEqual([["command", "!! two"], ["note", "echo one two\n"], ["stdout", "one two\n"]]);
    expect(shell.history).toEqual(["echo one", "echo one two"]);
    expect(await run("!nosuch")).toEqual({ out: "", err: "bash: !nosuch: event not found\n", code: 1 });
    expect(shell.history).toHaveLength(2);
    expect((await run("echo 'a!!b' \"wow!\" [ 1 != 2 ]")).out).toBe("a!!b wow! [ 1 != 2 ]\n");
  });
  test("a manual page is one where it is the whole output; in a pipe it is text", async () => {
    const { shell, run } = await terminal();
    const { out } = await run("aws kms encrypt help");
    expect(shell.transcript.at(-1)).toMatchObject({ kind: "page", text: out });
    expect((await run("aws kms encrypt help | head -1")).out).toMatch(/^ENCRYPT\(\) +ENCRYPT\(\)\n$/);
    expect(shell.transcript.at(-1)!.kind).toBe("stdout");
  });
  test("its own words for what is not there", async () => {
    const { run } = await terminal();
    expect(await run("nosuch")).toEqual({ out: "", err: "bash: nosuch: command not found\n", code: 127 });
  });
});

describe("nothing freezes", () => {
  const endless = async (input: string): Promise<{ code: number; ms: number; beats: number }> => {
    const { run } = await terminal();
    const controller = new AbortController();
    const start = Date.now();
    let beats = 0;
    const beat = setInterval(() => beats++, 20);
    setTimeout(() => controller.abort(), 300);
    const { code } = await run(input, controller.signal);
    clearInterval(beat);
    return { code, ms: Date.now() - start, beats };
  };
  test.each(["while true; do :; done", "for ((;;)); do x=1; done", "until false; do true; done", "sleep 1000", "f() { while true; do echo x; done; }; f", "bash -c 'while true; do :; done'"])("Ctrl-C ends %s", async (input) => {
    const { code, ms, beats } = await endless(input);
    expect(code).toBe(130);
    expect(ms).toBeLessThan(1_800);
    // The page had its turn meanwhile, again and again (a frozen one has none); how often, a busy machine decides.
    expect(beats).toBeGreaterThan(1);
  });
  test.each(["eval 'while true; do :; done'", "r() { r; }; r", ":(){ :|:& };:", "seq 1 100000000", "printf '%1000000000s' x"])("%s ends by itself", async (input) => {
    const { run } = await terminal();
    const start = Date.now();
    expect((await run(input)).code).not.toBe(0);
    expect(Date.now() - start).toBeLessThan(6_000);
  });
});

describe("commands", () => {
  const hex = "00000000: 5375 7065 7253 6563 7265 7450 6173 7377  SuperSecretPassw\n00000010: 6f72 64                                  ord\n";
  test.each<[string, string]>([
    ["xxd ExampleSecretFile.txt", hex],
    ["xxd -p ExampleSecretFile.txt", "537570657253656372657450617373776f7264\n"],
    ["xxd -p ExampleSecretFile.txt | xxd -r -p | cmp - ExampleSecretFile.txt; echo $?", "0\n"],
    ["xxd ExampleSecretFile.txt | xxd -r | cmp - ExampleSecretFile.txt; echo $?", "0\n"],
    ["xxd -l 3 -s 1 ExampleSecretFile.txt", "00000001: 7570 65                                  upe\n"],
    ["printf 'ab\\ncd' > a; printf 'ab\\nxd' > b; cmp a b; echo $?", "a b differ: byte 4, line 2\n1\n"],
    ["cmp ExampleSecretFile.txt ExampleSecretFile.txt && echo same", "same\n"],
    ["printf aGVsbG8= > a; certutil -decode .\\a .\\b; cat b", "Input Length = 8\nOutput Length = 5\nCertUtil: -decode command completed successfully.\nhello"],
    ["printf hello > a; certutil.exe -encode .\\a .\\b > /dev/null; cat b | tr -d '\\r'", "-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n"],
    ["printf hello > a; certutil -encode a b > n; certutil -decode b c > n; cmp a c && echo same", "same\n"],
    ["printf aGVsbG8= > a; echo other > b; certutil -decode a b; cat b", "DecodeToFile returned The file exists. 0x80070050 (WIN32: 80 ERROR_FILE_EXISTS)\nCertUtil: -decode command FAILED: 0x80070050 (WIN32: 80 ERROR_FILE_EXISTS)\nCertUtil: The file exists.\nother\n"],
    ["printf aGVsbG8= > a; echo other > b; certutil -f -decode a b > n; cat b", "hello"],
    ["printf '***' > a; certutil -decode a b | tail -1", "CertUtil: The data is invalid.\n"],
    ["certutil -decode nope b | tail -1", "CertUtil: The system cannot find the file specified.\n"],
  ])("%s", async (input, out) => {
    const { run } = await terminal();
    expect((await run(input)).out).toBe(out);
  });
  test("all bytes survive base64, files and certutil", async () => {
    const { run, shell } = await terminal();
    const all = Buffer.from(Uint8Array.from({ length: 256 }, (_, i) => i)).toString("base64");
    await run(`echo ${all} > all.b64; cat all.b64 | base64 --decode > one; certutil -decode .\\all.b64 .\\two`);
    expect((await run("cmp one two && base64 -w 0 one")).out).toBe(all);
    expect((await shell.snapshot()).files.find((file) => file.path === "/home/user/one")?.data).toBe(all);
  });
  test.each([
    ["certutil -decode .\\a .\\b", "certutil -decode .\\\\a .\\\\b"],
    ['certutil -decode ".\\a b" .\\c', 'certutil -decode ".\\a b" .\\\\c'],
    ["echo .\\a", "echo .\\a"],
    ["echo x; certutil -decode C:\\x\\a b", "echo x; certutil -decode C:\\\\x\\\\a b"],
    ["# certutil .\\a", "# certutil .\\a"],
  ])("%s is read as Windows means it", (input, kept) => {
    expect(keepWindowsPaths(input)).toBe(kept);
  });
});

describe("aws configure asks", () => {
  const set = "[default]\nregion = eu-west-1\n";
  test("whoever sits there; an empty answer changes nothing", async () => {
    const { shell, run } = await terminal();
    const asked: string[] = [];
    const answers = ["AKIAX", "secret", "eu-west-1", ""];
    expect(await shell.run("aws configure", { ask: (question) => (asked.push(question), Promise.resolve(answers.shift())) })).toBe(0);
    expect(asked).toEqual(["AWS Access Key ID [None]: ", "AWS Secret Access Key [None]: ", "Default region name [None]: ", "Default output format [None]: "]);
    expect(await script(run, "cat ~/.aws/config ~/.aws/credentials")).toBe(`${set}[default]\naws_access_key_id = AKIAX\naws_secret_access_key = secret\n`);
    // The secret is not written into the log.
    expect(shell.transcript.map((entry) => entry.text).filter((text) => text.startsWith("AWS Secret"))).toEqual(["AWS Secret Access Key [None]: ******\n"]);
  });
  test("or takes the answers from a pipe", async () => {
    const { run } = await terminal();
    expect(await script(run, "printf '\\n\\neu-west-1\\n\\n' | aws configure", "cat ~/.aws/config")).toBe(set);
  });
  test("and lets itself be broken off", async () => {
    const { shell, run } = await terminal();
    expect(await shell.run("aws configure", { ask: () => Promise.resolve(undefined) })).toBe(130);
    expect((await run("ls -a ~")).out).not.toContain(".aws");
    expect((await run("aws configure")).err).toBe("\naws: [ERROR]: EOF when reading a line\n");
  });
});

test.each([
  ["echo 'a", true],
  ['echo "a', true],
  ["for i in 1 2", true],
  ["for i in 1 2; do", true],
  ["if true; then", true],
  ["{", true],
  ["(echo", true],
  ["echo $(", true],
  ["cat <<EOF\nx", true],
  ["echo a \\", true],
  ["echo a |", true],
  ["a &&", true],
  ["echo a", false],
  ["echo 'a'", false],
  ["# it's", false],
  ["# C:\\", false],
  ["echo )", false],
  ["aws ssm get-parameters \\\n  --names x", false],
  ["cat <<EOF\nx\nEOF", false],
])("%j wants more lines: %s", async (input, more) => {
  const { shell } = await terminal();
  expect(shell.needsMore(input)).toBe(more);
});

test.each([
  // line                                              what it may become
  ["aw", ["awk ", "aws "]],
  ["aws k", ["kms "]],
  ["aws kms enc", ["encrypt "]],
  ["aws --region eu-west-2 kms enc", ["encrypt "]],
  ["aws kms encrypt --pl", ["--plaintext "]],
  ["aws kms encrypt --plaintext fileb://Ex", ["fileb://ExampleSecretFile.txt "]],
  ["aws kms encrypt --plaintext fileb://~/Ex", ["fileb://~/ExampleSecretFile.txt "]],
  ["cat Ex", ["ExampleSecretFile.txt "]],
  ["cat x > Ex", ["ExampleSecretFile.txt "]],
  ["aws --region eu-west-", ["eu-west-1 ", "eu-west-2 ", "eu-west-3 "]],
  ["aws kms create-key --key-spec RSA_", ["RSA_2048 ", "RSA_3072 ", "RSA_4096 "]],
  ["aws ssm get-parameters --names x --output t", ["text ", "table "]],
  ["ls /hom", ["/home/"]],
  ["aws configure li", ["list ", "list-profiles "]],
  ["echo a | base6", ["base64 "]],
  ["aws nosuch x", []],
])("completes %j", async (line, candidates) => {
  const { shell } = await terminal();
  expect((await shell.complete(line)).candidates).toEqual(candidates);
});

describe("keeping", () => {
  const mark = async (shell: Shell) => JSON.stringify(await shell.snapshot());
  test("everything comes back from plain data, again and again", async () => {
    const { shell, run } = await terminal();
    await script(run, "mkdir -p d/e; echo x > d/e/f; ln -s d/e/f l; chmod 600 d/e/f", "export A=1; g() { echo g; }; alias q='echo q'; cd d", "aws sts get-caller-identity");
    const first = await mark(shell);
    const again = await terminal(JSON.parse(first));
    expect(await mark(again.shell)).toBe(first);
    expect(await script(again.run, "cat ../l; echo $A; g; q; pwd")).toBe("x\n1\ng\nq\n/home/user/d\n");
    expect(again.shell.transcript.find((entry) => entry.text === "aws sts get-caller-identity")).toMatchObject({ kind: "command", calls: [7] });
  });
  test("a fresh one has the learner's file", async () => {
    const { run } = await terminal();
    expect((await run("cat ExampleSecretFile.txt")).out).toBe("SuperSecretPassword");
    expect(freshFiles).toHaveLength(1);
  });
  test.each([[null], [{}], [{ version: 2 }], ["x"], [{ version: 1, files: [{ path: 5 }] }], [[]]])("%j is no snapshot", (value) => {
    expect(readSnapshot(value)).toBeUndefined();
  });
  test("a broken file is named, the others are there", async () => {
    const { shell } = await terminal();
    const snapshot = await shell.snapshot();
    const { shell: again, run } = await terminal({ ...snapshot, files: [...snapshot.files, { path: "/proc/x", mode: 420, data: "" }, { path: "/home/user/ok", mode: 420, data: "b2s=" }] });
    expect(again.lost).toEqual(["/proc/x"]);
    expect((await run("cat ok")).out).toBe("ok");
  });
  test("the log is bounded", async () => {
    const { shell, run } = await terminal();
    for (let i = 0; i < 8; i++) await run("seq 1 40000");
    expect(JSON.stringify(shell.transcript).length).toBeLessThan(600_000);
    expect(shell.transcript.at(-1)!.text).toMatch(/more characters; send the output to a file/);
  });
});

test("the aws command stands without the shell", () => {
  for (const folder of ["aws", "aws/output"])
    for (const name of readdirSync(new URL(folder, import.meta.url)))
      if (name.endsWith(".ts")) expect(readFileSync(new URL(`${folder}/${name}`, import.meta.url), "utf8")).not.toMatch(/just-bash|from "\.\.\/(?:\.\.\/)?shell"/);
});
