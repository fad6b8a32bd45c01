import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startEndpoint } from "../wire/endpoint";
import type { AwsEnv } from "./aws/env";
import { shorthandSyntax } from "./aws/help/syntax";
import { type NewValues, parseIni, setIni } from "./aws/ini";
import { loadModel, operationNames, simulatedServices } from "./aws/models";
import { operationOptions } from "./aws/options";
import { QueryError, checkQuery } from "./aws/query-syntax";
import { runAws } from "./aws/run";

// Where the real command is installed as a Python package (`apt-get install awscli`, pip; what is compared is the same in
// versions 1 and 2), it and ours read the same lab, it through the endpoint, ours through the door, and must print the same.

/** Runs many commands in one process: starting it takes longer than all of them. */
const driver = `
import contextlib, io, json, sys
from awscli.clidriver import create_clidriver
results = []
for argv in json.load(sys.stdin):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = create_clidriver().main(argv)
        except SystemExit as stop:
            code = stop.code
    results.append({"out": out.getvalue(), "code": code or 0, "err": err.getvalue()})
json.dump(results, sys.stdout)
`;

/** What the real command's parser knows of every operation: options in their order, which it requires (never one that is a switch: that is found missing later), and a sample of the input. Without aliases that the manual does not have, and without what is for copies between Regions of databases. */
const surface = `
import json, sys
import botocore.session
from botocore.utils import ArgumentGenerator
from awscli.argprocess import ParamShorthandDocGen
from awscli.clidriver import create_clidriver
docs = ParamShorthandDocGen()
def shorthand(argument, service, operation):
    shape = getattr(argument, "argument_model", None)
    return docs.generate_shorthand_example(argument, service, operation) if docs.supports_shorthand(shape) else None
# Public in version 2, private in version 1.
table = lambda command: command.subcommand_table if hasattr(command, "subcommand_table") else command._get_command_table()
driver = create_clidriver()
session = botocore.session.get_session()
aliases = set(__import__("awscli.customizations.argrename", fromlist=["x"]).HIDDEN_ALIASES.values()) | {"source-region"}
out = {}
for service in json.load(sys.stdin):
    commands = table(table(driver)[service])
    model = session.get_service_model(service)
    names = {command._operation_model.name: (name, command) for name, command in commands.items() if hasattr(command, "_operation_model")}
    out[service] = {}
    for operation, (name, command) in names.items():
        shape = model.operation_model(operation).input_shape
        sample = json.loads(json.dumps(ArgumentGenerator().generate_skeleton(shape) if shape else {}, default=lambda time: time.isoformat()))
        sample.pop("SourceRegion", None)
        out[service][operation] = {"name": name, "sample": sample, "options": [{"flag": a.cli_name, "required": bool(a.required) and a.cli_type_name != "boolean"} for a in command.arg_table.values() if a.name not in aliases], "shorthand": {a.cli_name: shorthand(a, service, name) for a in command.arg_table.values()}}
json.dump(out, sys.stdout)
`;

/** Writes with the real command's writer, reads with its reader. */
const files = `
import json, os, sys
from awscli.customizations.configure.writer import ConfigFileWriter
from botocore.configloader import raw_config_parse
out = []
for text, section, values in json.load(sys.stdin):
    path = "written"
    if os.path.exists(path):
        os.remove(path)
    if text:
        open(path, "w", newline="").write(text)
    else:
        open(path, "w").close()
    try:
        parsed = raw_config_parse(path)
    except Exception as problem:
        parsed = None
    written = None
    try:
        ConfigFileWriter().update_config(dict(values, __section__=section), path)
        written = open(path, newline="").read()
    except Exception:
        pass
    out.append({"parsed": parsed, "written": written})
json.dump(out, sys.stdout)
`;

/** What the real command's JMESPath library says of expressions; null where it takes them. */
const queries = `
import json, sys, warnings
import jmespath
warnings.simplefilter("ignore")
def said(expression):
    try:
        jmespath.compile(expression)
    except Exception as problem:
        return str(problem)
json.dump([said(expression) for expression in json.load(sys.stdin)], sys.stdout)
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
  const real = (commands: string[][]): Promise<{ out: string; code: number; err: string }[]> =>
    new Promise((resolve, reject) => {
      const child = execFile("python3", ["-c", driver], { cwd: folder, env: { ...process.env, ...variables() }, maxBuffer: 1 << 26 }, (error, stdout) =>
        error ? reject(error) : resolve(JSON.parse(stdout) as { out: string; code: number; err: string }[]),
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
      ["wafv2", "create-ip-set", "--name", "office", "--scope", "REGIONAL", "--ip-address-version", "IPV4", "--addresses", "192.0.2.0/24", "198.51.100.7/32"],
      ["wafv2", "create-web-acl", "--name", "shop", "--scope", "REGIONAL", "--default-action", "Allow={}", "--visibility-config", "SampledRequestsEnabled=true,CloudWatchMetricsEnabled=false,MetricName=m", "--rules", '[{"Name":"words","Priority":0,"Action":{"Block":{}},"Statement":{"NotStatement":{"Statement":{"ByteMatchStatement":{"SearchString":"w6l2aWw=","FieldToMatch":{"UriPath":{}},"PositionalConstraint":"CONTAINS","TextTransformations":[{"Priority":0,"Type":"NONE"}]}}}},"VisibilityConfig":{"SampledRequestsEnabled":true,"CloudWatchMetricsEnabled":true,"MetricName":"words"}}]'],
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
    ...["kms list-keys", "kms list-aliases", "ssm describe-parameters", "iam list-users", "iam list-user-policies --user-name dev", "iam get-user --user-name dev", "kms list-resource-tags --key-id $KEY", "kms get-key-policy --key-id $KEY", "wafv2 list-web-acls --scope REGIONAL", "wafv2 get-web-acl --name shop --scope REGIONAL --id $ACL", "wafv2 describe-managed-rule-group --vendor-name AWS --name AWSManagedRulesSQLiRuleSet --scope REGIONAL"].flatMap((line) =>
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
    const { WebACLs } = JSON.parse((await ours(["wafv2", "list-web-acls", "--scope", "REGIONAL"])).out) as { WebACLs: { Id: string }[] };
    const commands = rows.map((argv) => argv.map((word) => (word === "$KEY" ? KeyMetadata.KeyId : word === "$ACL" ? WebACLs[0].Id : word)));
    const theirs = await real(commands);
    for (const [index, argv] of commands.entries()) {
      const { out, code } = await ours(argv);
      expect({ argv, out, code }).toEqual({ argv, out: theirs[index].out, code: theirs[index].code });
    }
  }, 120_000);

  // Without those in which version 1 has words of its own (the place in shorthand, paging both ways, JSON that is none).
  const wrong: string[][] = [
    ["kms", "encrypt"],
    ["kms", "encrypt", "--key-id", "alias/payroll", "--plaintext", "fileb://none"],
    ["kms", "list-keys", "--foo", "bar"],
    ["kms", "list-keys", "extra"],
    ["kms", "create-key", "--tags", "a=b,a=c"],
    ["kms", "create-key", "--tags", "Key=a,Value=b"],
    ["kms", "create-key", "--tags", "[{]"],
    ["kms", "create-key", "--tags", '[{"TagKey": 1, "TagValue": null}]'],
    ["kms", "describe-key", "--key-id", "alias/none"],
    ["wafv2", "get-web-acl", "--name", "none", "--scope", "REGIONAL", "--id", "11111111-2222-3333-4444-555555555555"],
    ["wafv2", "create-ip-set", "--name", "x", "--scope", "REGIONAL", "--ip-address-version", "IPV4", "--addresses", "0.0.0.0/0"],
    ["wafv2", "create-web-acl", "--name", "x", "--scope", "REGIONAL"],
    ["kms", "list-keys", "--query", "Keys["],
    ["kms", "list-keys", "--query", "length(Nothing)"],
    ["kms", "list-keys", "--query", "length(Keys, Keys)"],
    ["kms", "list-keys", "--query", "nosuch(Keys)"],
    ["kms", "list-keys", "--max-items", "many"],
    ["kms", "list-keys", "--page-size"],
    ["ssm", "get-parameter", "--name", ""],
    ["ssm", "get-parameter", "--name", "/none"],
    ["ssm", "get-parameter", "--cli-input-json", '{"Nme": "x"}'],
    ["ssm", "get-parameter", "--cli-input-json", "file://none"],
    ["ssm", "get-parameters", "--names", '{"a": 1}'],
    ["ssm", "get-parameter", "--name", "x", "--with-decryption", "true"],
    ["ssm", "get-parameter", "--with", "--na", "x"],
    ["sts", "assume-role", "--role-arn", "x", "--role-session-name", "y", "--duration-seconds", "soon"],
    ["iam", "create-user", "--user-name", "dev"],
    ["kms", "list-keys", "--endpoint-url", "localhost"],
    ["kms", "list-keys", "--region", "not a region"],
    ["kms", "list-keys", "--profile", "nope"],
    ["cloudformation", "update-termination-protection", "--stack-name", "x"],
  ];
  test("what goes wrong is said in the same words", async () => {
    const theirs = await real(wrong);
    /** Version 1 has neither `aws: [ERROR]:` nor the kind of error, puts the usage first, and has other exit codes. */
    const core = (text: string): string =>
      text
        .replace(/^[\s\S]*\n[^\n]*: error: /, "")
        .replace(/^\s*usage: [\s\S]*(?=Unknown options: )/, "")
        .replace(/\n\nusage: [\s\S]*$/, "")
        .replace(/^[\s\S]*aws: \[ERROR\]: /, "")
        .replace(/^An error occurred \((?:ParamValidation|Configuration|NoRegion|NoCredentials)\): /, "")
        .replace(/\n\nAdditional error details:[\s\S]*$/, "")
        .trim();
    const said = await Promise.all(wrong.map(async (argv) => [argv.join(" "), core((await ours(argv)).err)]));
    expect(said).toEqual(wrong.map((argv, index) => [argv.join(" "), core(theirs[index].err)]));
  }, 120_000);

  const python = (program: string, input: unknown): unknown =>
    JSON.parse(execFileSync("python3", ["-c", program], { cwd: folder, env: { ...process.env, ...variables() }, input: JSON.stringify(input), maxBuffer: 1 << 26, stdio: ["pipe", "pipe", "ignore"] }).toString());

  test("every operation has the same options in the same order, and the same skeleton", async () => {
    const theirs = python(surface, simulatedServices) as Record<string, Record<string, { name: string; sample: unknown; options: { flag: string; required: boolean }[]; shorthand: Record<string, string | null> }>>;
    /** An enum's sample is a value of chance there. */
    const blank = (value: unknown): unknown =>
      typeof value === "string" ? "" : Array.isArray(value) ? value.map(blank) : typeof value === "object" && value ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, blank(one)])) : value;
    // SQS itself says which of its attributes there are: the shapes here leave that to it, and help does not list them.
    const shorthandOf = (service: string, text: string | null | undefined): string => (service === "sqs" ? (text ?? "").replace(/\n\nWhere valid key names are:[\s\S]*$/, "") : (text ?? "")).trimEnd();
    let compared = 0;
    for (const service of simulatedServices) {
      const model = (await loadModel(service))!;
      for (const [operation, name] of operationNames(model)) {
        const real = theirs[service][name];
        // What one of the two models has and the other has not yet is not a difference of the command.
        if (!real || !Object.hasOwn(model.operations, name)) continue;
        const { members, general, hidden, outfile } = operationOptions(service, name, model.operations[name], model);
        // A paging option of a member's name stands in that member's place there, and with the paging options here.
        const ordered = <T extends { flag: string }>(options: T[]): T[] => (hidden.length ? options.toSorted((a, b) => (a.flag < b.flag ? -1 : 1)) : options);
        // --cli-input-yaml is version 2's own.
        const own = [...members, ...(outfile === undefined ? [] : [{ flag: "outfile", required: true }]), ...general].filter(({ flag }) => flag !== "--cli-input-yaml").map(({ flag, required = false }) => ({ flag, required }));
        expect({ service, operation, options: ordered(own) }).toEqual({ service, operation: real.name, options: ordered(real.options) });
        compared++;
        if (outfile !== undefined) continue;
        const sample = JSON.parse((await ours([service, operation, "--generate-cli-skeleton"])).out) as unknown;
        expect({ operation, sample: blank(sample) }).toEqual({ operation, sample: blank(real.sample) });
        // Help says the same of shorthand. (Too deep a structure is an empty text there.)
        for (const { flag, shape } of members) expect({ operation, flag, shorthand: shorthandOf(service, shorthandSyntax(model, shape)) }).toEqual({ operation, flag, shorthand: shorthandOf(service, real.shorthand[flag]) });
      }
    }
    expect(compared).toBeGreaterThan(150);
  }, 120_000);

  test("configuration files are read and written alike", () => {
    const pieces = ["[default]\n", "[profile x]\n", "[profile 'a b']\n", "region = eu-west-1\n", "output: text\n", "Region=x\n", "s3 =\n", "    a = b\n", "  c=d\n", "# note = 1\n", "; note\n", "\n", "role_arn = a # b\n", "x = [y]\n", "nonsense\n", " = z\n", "long = 1\n  2\n"];
    let state = 17;
    const below = (n: number): number => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) % n;
    const cases = Array.from({ length: 400 }, () => Array.from({ length: below(9) }, () => pieces[below(pieces.length)]).join("")).flatMap((text) => [
      [text, "default", { region: "us-east-1" }],
      [text, "profile x", { output: "json", role_arn: "r" }],
      [text, "profile x", { s3: { a: "1", e: "2" } }],
    ]) as [string, string, NewValues][];
    const theirs = python(files, cases) as { parsed: Record<string, Record<string, string | Record<string, string>>> | null; written: string | null }[];
    for (const [index, [text, section, values]] of cases.entries()) {
      let parsed: Record<string, Record<string, string>> | null;
      try {
        parsed = Object.fromEntries([...parseIni(text)].map(([name, one]) => [name, Object.fromEntries(one)]));
      } catch {
        parsed = null;
      }
      const real = theirs[index].parsed;
      const flat = real && Object.fromEntries(Object.entries(real).map(([name, one]) => [name, Object.fromEntries(Object.entries(one).flatMap(([key, value]): [string, string][] => (typeof value === "string" ? [[key, value]] : Object.entries(value).map(([inner, text]) => [`${key}.${inner}`, text]))))]));
      expect({ text, parsed }).toEqual({ text, parsed: flat });
      // Where the real writer breaks down there is nothing to compare.
      if (theirs[index].written !== null) expect({ text, section, values, written: setIni(text, section, values) }).toEqual({ text, section, values, written: theirs[index].written });
    }
  }, 60_000);

  test("a wrong --query is told alike, and a right one is taken by both", () => {
    const words = ["Keys", "a", "[", "]", "[]", "[*]", "[?", "[0]", "[1:", ":2]", "::-1", ".", "*", "|", "||", "&&", "!", "==", "<", "`1`", "`x`", "`{}`", "`", "'a'", "'", '"b"', '"', "length(", "sort_by(", "@", "&", ",", "{", "a:", "}", "(", ")", "-1", "-", "=", " ", "#", "\\", "é"];
    let state = 23;
    const below = (n: number): number => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) % n;
    const cases = ["", "Keys[", "Keys[].{id:KeyId}", "Keys[?a==`b`]", "a.b(c)", ...Array.from({ length: 3_000 }, () => Array.from({ length: 1 + below(7) }, () => words[below(words.length)]).join(""))];
    const theirs = python(queries, cases) as (string | null)[];
    const said = (expression: string): string | null => {
      try {
        checkQuery(expression);
        return null;
      } catch (error) {
        if (error instanceof QueryError) return error.message;
        throw error;
      }
    };
    for (const [index, expression] of cases.entries()) expect({ expression, said: said(expression) }).toEqual({ expression, said: theirs[index] });
    expect(theirs.filter((one) => one === null).length).toBeGreaterThan(100);
  });

  test("what one seals the other opens, bytes and all", async () => {
    const [sealed] = await real([["kms", "encrypt", "--key-id", "alias/payroll", "--plaintext", "fileb://secret.bin", "--query", "CiphertextBlob", "--output", "text"]]);
    writeFileSync(join(folder, "sealed.bin"), Buffer.from(sealed.out, "base64"));
    const opened = await ours(["kms", "decrypt", "--ciphertext-blob", "fileb://sealed.bin", "--query", "Plaintext", "--output", "text"]);
    expect(Buffer.from(opened.out, "base64")).toEqual(readFileSync(join(folder, "secret.bin")));
  }, 60_000);
});
