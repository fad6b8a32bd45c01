import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startEndpoint } from "../wire/endpoint";
import type { AwsEnv } from "./aws/env";
import { runAws } from "./aws/run";

// Where the real command is installed as a Python package (`apt-get install awscli`, pip; what is compared is the same in
// versions 1 and 2), it and ours read the same lab, it through the endpoint, ours through the door, and must print the same.

/** Runs many commands in one process: starting it takes longer than all of them. */
const driver = `
import contextlib, io, json, sys
from awscli.clidriver import create_clidriver
results = []
for argv in json.load(sys.stdin):
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        try:
            code = create_clidriver().main(argv)
        except SystemExit as stop:
            code = stop.code
    results.append({"out": out.getvalue(), "code": code or 0})
json.dump(results, sys.stdout)
`;

const installed = ((): boolean => {
  try {
    execFileSync("python3", ["-c", "import awscli.clidriver"], { stdio: "pipe" });
    return true;
  } catch {
    return false;
  }
})();

describe.skipIf(!installed)("beside the real aws command (skipped where it is not installed)", () => {
  let endpoint: Awaited<ReturnType<typeof startEndpoint>>;
  let folder: string;
  let env: AwsEnv;
  const variables = (): Record<string, string> => ({ HOME: folder, AWS_CONFIG_FILE: join(folder, "config"), AWS_DEFAULT_REGION: "eu-west-2", AWS_ACCESS_KEY_ID: "111122223333", AWS_SECRET_ACCESS_KEY: "x", TZ: "Asia/Kolkata", LC_ALL: "C.UTF-8" });

  /** Not synchronous: the endpoint answers in this very process. */
  const real = (commands: string[][]): Promise<{ out: string; code: number }[]> =>
    new Promise((resolve, reject) => {
      const child = execFile("python3", ["-c", driver], { cwd: folder, env: { ...process.env, ...variables() }, maxBuffer: 1 << 26 }, (error, stdout) =>
        error ? reject(error) : resolve(JSON.parse(stdout) as { out: string; code: number }[]),
      );
      child.stdin!.end(JSON.stringify(commands.map((argv) => ["--endpoint-url", endpoint.url, ...argv])));
    });
  const ours = async (argv: string[]): Promise<{ out: string; code: number; err: string }> => {
    const { stdout, exitCode, stderr } = await runAws(argv, env);
    return { out: new TextDecoder().decode(stdout), code: exitCode, err: stderr };
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "keyhole-cli-"));
    writeFileSync(join(folder, "config"), "[default]\ncli_timestamp_format = iso8601\n");
    writeFileSync(join(folder, "secret.bin"), Uint8Array.from({ length: 256 }, (_, i) => i));
    endpoint = await startEndpoint({ port: 0 });
    env = {
      call: ({ service, operation, input, region }) => endpoint.lab().call({ service, operation, input, region, caller: { account: "111122223333", user: "admin" }, door: "test" }),
      readFile: (path) => Promise.resolve(new Uint8Array(readFileSync(join(folder, path.replace(folder, ""))))),
      writeFile: () => Promise.resolve(),
      variables: variables(),
      now: Date.now,
    };
    for (const argv of [
      ["kms", "create-key", "--description", "pay roll é", "--tags", "TagKey=Team,TagValue=a b", "TagKey=Env,TagValue=dev"],
      ["kms", "create-alias", "--alias-name", "alias/payroll", "--target-key-id", "$KEY"],
      ["kms", "create-key", "--key-spec", "ECC_NIST_P256", "--key-usage", "SIGN_VERIFY"],
      ["ssm", "put-parameter", "--name", "/app/url", "--type", "String", "--value", "https://x?y=z", "--tags", "Key=a,Value=b"],
      ["ssm", "put-parameter", "--name", "/app/list", "--type", "StringList", "--value", "a,b,é"],
      ["ssm", "put-parameter", "--name", "/app/secret", "--type", "SecureString", "--value", "s3cr3t"],
      ["ssm", "put-parameter", "--name", "/app/url", "--value", "https://new", "--overwrite"],
      ["iam", "create-user", "--user-name", "dev"],
      ["iam", "put-user-policy", "--user-name", "dev", "--policy-name", "p", "--policy-document", '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ssm:GetParameter","Resource":"*"}]}'],
    ]) {
      const { Keys } = JSON.parse((await ours(["kms", "list-keys"])).out) as { Keys: { KeyId: string }[] };
      const { err, code } = await ours(argv.map((word) => (word === "$KEY" ? Keys.at(-1)!.KeyId : word)));
      expect({ argv, err, code }).toEqual({ argv, err: "", code: 0 });
    }
  }, 60_000);
  afterAll(async () => {
    await endpoint.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const rows: string[][] = [
    ["kms", "describe-key", "--key-id", "alias/payroll"],
    ["kms", "describe-key", "--key-id", "alias/payroll", "--output", "table"],
    ...["kms list-keys", "kms list-aliases", "ssm describe-parameters", "iam list-users", "iam list-user-policies --user-name dev", "iam get-user --user-name dev", "kms list-resource-tags --key-id $KEY", "kms get-key-policy --key-id $KEY"].flatMap((line) =>
      ["json", "text", "table"].map((how) => [...line.split(" "), "--output", how]),
    ),
    ["kms", "list-aliases", "--output", "table"],
    ["kms", "list-aliases", "--max-items", "2"],
    ["kms", "list-keys", "--page-size", "1", "--max-items", "1"],
    ["ssm", "get-parameters", "--names", "/app/url", "/app/secret", "nope", "--with-decryption"],
    ["ssm", "get-parameters", "--names", "/app/url", "/app/list", "nope", "--output", "table"],
    ["ssm", "get-parameters-by-path", "--path", "/app", "--recursive", "--output", "text"],
    ["ssm", "describe-parameters", "--parameter-filters", "Key=Name,Option=BeginsWith,Values=/app/"],
    ["ssm", "describe-parameters", "--query", "Parameters[?Type==`SecureString`] | [0].[Name,`a b`]", "--output", "text"],
    ["ssm", "describe-parameters", "--query", "sort_by(Parameters,&Name)[].Name", "--no-paginate"],
    ["ssm", "get-parameter-history", "--name", "/app/url", "--query", "Parameters[].{v:Version,x:Value}", "--output", "table"],
    ["iam", "list-users"],
    ["iam", "get-user-policy", "--user-name", "dev", "--policy-name", "p"],
    ["iam", "get-user-policy", "--user-name", "dev", "--policy-name", "p", "--output", "text"],
    ["sts", "get-caller-identity", "--query", "Account", "--output", "table"],
    ["ssm", "get-parameter", "--generate-cli-skeleton"],
  ];
  test("the same command prints the same", async () => {
    const { KeyMetadata } = JSON.parse((await ours(["kms", "describe-key", "--key-id", "alias/payroll"])).out) as { KeyMetadata: { KeyId: string } };
    const commands = rows.map((argv) => argv.map((word) => (word === "$KEY" ? KeyMetadata.KeyId : word)));
    const theirs = await real(commands);
    for (const [index, argv] of commands.entries()) {
      const { out, code } = await ours(argv);
      expect({ argv, out, code }).toEqual({ argv, ...theirs[index] });
    }
  }, 120_000);

  test("what one seals the other opens, bytes and all", async () => {
    const [sealed] = await real([["kms", "encrypt", "--key-id", "alias/payroll", "--plaintext", "fileb://secret.bin", "--query", "CiphertextBlob", "--output", "text"]]);
    writeFileSync(join(folder, "sealed.bin"), Buffer.from(sealed.out, "base64"));
    const opened = await ours(["kms", "decrypt", "--ciphertext-blob", "fileb://sealed.bin", "--query", "Plaintext", "--output", "text"]);
    expect(Buffer.from(opened.out, "base64")).toEqual(readFileSync(join(folder, "secret.bin")));
  }, 60_000);
});
