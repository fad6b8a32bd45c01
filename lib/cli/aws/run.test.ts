import { describe, expect, test } from "vitest";
import type { JsonObject, Reply } from "../../engine/types";
import type { AwsCall, AwsEnv } from "./env";
import { simulatedServices } from "./models";
import { runAws } from "./run";

// A door that answers from a list; what comes through it is looked at. The real lab's turn is in notes.test.ts.
type Answer = JsonObject | { error: { code: string; message?: string; fields?: JsonObject } };

function world(options: { answers?: Answer[]; files?: Record<string, string | Uint8Array>; variables?: Record<string, string>; ambient?: AwsEnv["ambient"] | null } = {}) {
  const calls: AwsCall[] = [];
  const files = new Map<string, Uint8Array>(Object.entries(options.files ?? {}).map(([path, data]) => [path, typeof data === "string" ? new TextEncoder().encode(data) : data]));
  const answers = [...(options.answers ?? [])];
  const env: AwsEnv = {
    call(call) {
      calls.push(structuredClone(call));
      const answer = answers.shift() ?? {};
      const result = "error" in answer && typeof answer.error === "object" ? { ok: false, error: answer.error } : { ok: true, output: answer };
      return Promise.resolve(result as unknown as Reply);
    },
    readFile(path) {
      const data = files.get(path);
      return data ? Promise.resolve(data) : Promise.reject(Object.assign(new Error(`ENOENT: ${path}`), { code: "ENOENT" }));
    },
    writeFile(path, bytes) {
      files.set(path, bytes);
      return Promise.resolve();
    },
    variables: { HOME: "/home/user", AWS_REGION: "us-east-1", ...options.variables },
    ambient: options.ambient === null ? undefined : (options.ambient ?? { accessKeyId: "ASIAKEYHOLE0000ABCD", type: "container-role" }),
    now: () => 1_795_000_000_000,
  };
  return {
    calls,
    files,
    async aws(...argv: string[]) {
      const { stdout, stderr, exitCode } = await runAws(argv, env);
      return { out: new TextDecoder().decode(stdout), err: stderr, code: exitCode };
    },
  };
}

const usageText =
  "usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]\nTo see help text, you can run:\n\n  aws help\n  aws <command> help\n  aws <command> <subcommand> help\n";

describe("what is sent", () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
  const base64 = Buffer.from(bytes).toString("base64");
  test.each<[string, string[], JsonObject]>([
    ["text", ["ssm", "get-parameter", "--name", "/a"], { Name: "/a" }],
    ["a flag", ["ssm", "get-parameter", "--name", "/a", "--with-decryption"], { Name: "/a", WithDecryption: true }],
    ["its negation", ["ssm", "get-parameter", "--name", "/a", "--no-with-decryption"], { Name: "/a", WithDecryption: false }],
    ["a list of words", ["ssm", "get-parameters", "--names", "a", "b"], { Names: ["a", "b"] }],
    ["a list as JSON", ["ssm", "get-parameters", "--names", '["a","b"]'], { Names: ["a", "b"] }],
    ["shorthand", ["ssm", "describe-parameters", "--parameter-filters", "Key=Name,Option=BeginsWith,Values=/a,/b", "--no-paginate"], { ParameterFilters: [{ Key: "Name", Option: "BeginsWith", Values: ["/a", "/b"] }] }],
    ["shorthand, one value", ["ssm", "describe-parameters", "--parameter-filters", "Key=Type,Values=String", "Key=Tier,Values=Standard", "--no-paginate"], { ParameterFilters: [{ Key: "Type", Values: ["String"] }, { Key: "Tier", Values: ["Standard"] }] }],
    ["a map", ["kms", "encrypt", "--key-id", "k", "--plaintext", "aGk=", "--encryption-context", "Dept=IT,Purpose=a b"], { KeyId: "k", Plaintext: "aGk=", EncryptionContext: { Dept: "IT", Purpose: "a b" } }],
    ["a map as JSON", ["kms", "encrypt", "--key-id", "k", "--plaintext", "aGk=", "--encryption-context", '{"__proto__":"x"}'], { KeyId: "k", Plaintext: "aGk=", EncryptionContext: JSON.parse('{"__proto__":"x"}') as JsonObject }],
    ["a blob as base64", ["kms", "encrypt", "--key-id", "k", "--plaintext", "aGVs bG8=\n"], { KeyId: "k", Plaintext: "aGVsbG8=" }],
    ["a blob raw", ["kms", "encrypt", "--key-id", "k", "--plaintext", "hello", "--cli-binary-format", "raw-in-base64-out"], { KeyId: "k", Plaintext: "aGVsbG8=" }],
    ["a blob from fileb", ["kms", "encrypt", "--key-id", "k", "--plaintext", "fileb://bin"], { KeyId: "k", Plaintext: base64 }],
    ["a blob from file", ["kms", "encrypt", "--key-id", "k", "--plaintext", "file://b64"], { KeyId: "k", Plaintext: "aGVsbG8=" }],
    ["a file in home", ["kms", "create-key", "--policy", "file://~/p.json"], { Policy: '{"a": 1}' }],
    ["a file by a variable", ["kms", "create-key", "--policy", "file://$HOME/p.json"], { Policy: '{"a": 1}' }],
    ["tags", ["kms", "create-key", "--tags", "TagKey=a,TagValue=b", "TagKey=c,TagValue="], { Tags: [{ TagKey: "a", TagValue: "b" }, { TagKey: "c", TagValue: "" }] }],
    ["a number", ["kms", "schedule-key-deletion", "--key-id", "k", "--pending-window-in-days", "7"], { KeyId: "k", PendingWindowInDays: 7 }],
    ["a whole input", ["ssm", "get-parameter", "--cli-input-json", '{"Name":"/a","WithDecryption":true}'], { Name: "/a", WithDecryption: true }],
    ["a whole input, one member over it", ["ssm", "get-parameter", "--cli-input-json", "file://in.json", "--name", "/b"], { Name: "/b", WithDecryption: true }],
    ["a whole input in YAML", ["ssm", "get-parameter", "--cli-input-yaml", "Name: /a\nWithDecryption: true"], { Name: "/a", WithDecryption: true }],
    ["a nested structure", ["kms", "create-grant", "--key-id", "k", "--grantee-principal", "arn", "--operations", "Decrypt", "--constraints", "EncryptionContextSubset={Dept=IT}"], { KeyId: "k", GranteePrincipal: "arn", Operations: ["Decrypt"], Constraints: { EncryptionContextSubset: { Dept: "IT" } } }],
    ["an abbreviation", ["ssm", "get-parameter", "--name", "/a", "--with-dec"], { Name: "/a", WithDecryption: true }],
  ])("%s", async (_, argv, input) => {
    const { aws, calls } = world({ files: { bin: bytes, b64: "aGVsbG8=\n", "/home/user/p.json": '{"a": 1}', "in.json": '{"Name":"/a","WithDecryption":true}' } });
    expect(await aws(...argv)).toMatchObject({ err: "", code: 0 });
    expect(calls.map((call) => call.input)).toEqual([input]);
  });

  test("Region, options before and after, and identity", async () => {
    const { aws, calls } = world({ variables: { AWS_ACCESS_KEY_ID: "AKIAEXAMPLE", AWS_SECRET_ACCESS_KEY: "s" } });
    await aws("--region", "eu-west-2", "sts", "get-caller-identity");
    await aws("sts", "get-caller-identity", "--region=eu-west-1");
    await aws("sts", "get-caller-identity");
    expect(calls.map((call) => call.region)).toEqual(["eu-west-2", "eu-west-1", "us-east-1"]);
    expect(calls[0].caller).toEqual({ accessKeyId: "AKIAEXAMPLE" });
  });
});

describe("what is printed", () => {
  const parameter = { Parameter: { ARN: "arn:aws:ssm:us-east-1:111122223333:parameter/a", DataType: "text", LastModifiedDate: 1606534746.034, Name: "/a", Type: "String", Value: "é", Version: 1 } };
  const get = ["ssm", "get-parameter", "--name", "/a"];
  test("JSON in the order of the shape, with the zone of TZ", async () => {
    const { aws } = world({ answers: [parameter], variables: { TZ: "Asia/Kolkata" } });
    expect((await aws(...get)).out).toBe(`{
    "Parameter": {
        "Name": "/a",
        "Type": "String",
        "Value": "é",
        "Version": 1,
        "LastModifiedDate": "2020-11-28T09:09:06.034000+05:30",
        "ARN": "arn:aws:ssm:us-east-1:111122223333:parameter/a",
        "DataType": "text"
    }
}
`);
  });
  test.each<[string[], string]>([
    [["--query", "Parameter.Value", "--output", "text"], "é\n"],
    [["--query", "Parameter.Value"], '"é"\n'],
    [["--query", "Parameter.Nothing", "--output", "text"], "None\n"],
    [["--query", "Nothing"], "null\n"],
    [["--query", "Parameter[?Value==`x`]"], "null\n"],
    [["--query", "[Parameter][?Name==`/a`] | [0].Type"], '"String"\n'],
    [["--query", "Parameter.[Name,Version]", "--output", "text"], "/a\t1\n"],
    [["--query", "Parameter.{n:Name,v:Version}"], '{\n    "n": "/a",\n    "v": 1\n}\n'],
    [["--output", "text"], "PARAMETER\tarn:aws:ssm:us-east-1:111122223333:parameter/a\ttext\t2020-11-28T03:39:06.034000+00:00\t/a\tString\té\t1\n"],
    [["--output", "yaml", "--query", "Parameter.{D:LastModifiedDate,B:Name}"], "B: /a\nD: '2020-11-28T03:39:06.034000+00:00'\n"],
    [["--output", "yaml-stream", "--query", "Parameter.{B:Name}"], "- B: /a\n"],
    [["--output", "table", "--query", "Parameter.{A:Name,B:Version}"], "--------------\n|GetParameter|\n+------+-----+\n|   A  |  B  |\n+------+-----+\n|  /a  |  1  |\n+------+-----+\n"],
    [["--output", "off"], ""],
  ])("%j", async (argv, out) => {
    const { aws } = world({ answers: [parameter] });
    expect(await aws(...get, ...argv)).toEqual({ out, err: "", code: 0 });
  });
  test("nothing for an empty answer", async () => {
    expect(await world().aws("kms", "enable-key", "--key-id", "k")).toEqual({ out: "", err: "", code: 0 });
  });
});

describe("what goes wrong", () => {
  test.each<[string, string[], number, string]>([
    ["a service's error", ["kms", "enable-key", "--key-id", "k"], 254, "\naws: [ERROR]: An error occurred (AccessDeniedException) when calling the EnableKey operation: User: x is not authorized\n"],
    ["the old way", ["kms", "enable-key", "--key-id", "k", "--cli-error-format", "legacy"], 254, "\naws: [ERROR]: An error occurred (AccessDeniedException) when calling the EnableKey operation: User: x is not authorized\n"],
    ["as JSON", ["kms", "enable-key", "--key-id", "k", "--cli-error-format", "json"], 254, '{\n    "Message": "User: x is not authorized",\n    "Code": "AccessDeniedException"\n}\n'],
    ["no command", [], 252, `\naws: [ERROR]: An error occurred (ParamValidation): the following arguments are required: command\n\n${usageText}`],
    ["an unknown service", ["kmss", "x"], 252, `\naws: [ERROR]: An error occurred (ParamValidation): argument command: Found invalid choice 'kmss'\n\nMaybe you meant:\n\n  * kms\n\n${usageText}`],
    ["an unknown operation", ["kms", "list-key"], 252, `\naws: [ERROR]: An error occurred (ParamValidation): argument operation: Found invalid choice 'list-key'\n\nMaybe you meant:\n\n  * list-keys\n\n${usageText}`],
    ["no resemblance", ["kms", "xyz"], 252, `\naws: [ERROR]: An error occurred (ParamValidation): argument operation: Found invalid choice 'xyz'\n\n\n${usageText}`],
    ["missing options", ["kms", "encrypt"], 252, `\naws: [ERROR]: An error occurred (ParamValidation): the following arguments are required: --key-id, --plaintext\n\n${usageText}`],
    ["an unknown option", ["kms", "list-keys", "--foo", "bar"], 252, `\n${usageText}\n\naws: [ERROR]: Unknown options: --foo, bar\n`],
    ["a value for a flag", ["ssm", "get-parameter", "--name", "a", "--with-decryption", "true"], 252, `\n${usageText}\n\naws: [ERROR]: Unknown options: true\n`],
    ["text for a blob", ["kms", "encrypt", "--key-id", "k", "--plaintext", "hello"], 255, '\naws: [ERROR]: Invalid base64: "hello"\n'],
    ["no file", ["kms", "encrypt", "--key-id", "k", "--plaintext", "fileb://nope.txt"], 252, "\naws: [ERROR]: An error occurred (ParamValidation): Error parsing parameter '--plaintext': Unable to load paramfile fileb://nope.txt: [Errno 2] No such file or directory: 'nope.txt'\n"],
    ["bytes for text", ["ssm", "get-parameter", "--name", "fileb://bin"], 252, "\naws: [ERROR]: An error occurred (ParamValidation): Parameter validation failed:\nInvalid type for parameter Name, value: b'\\xff', type: <class 'bytes'>, valid types: <class 'str'>\n"],
    ["bytes as text", ["ssm", "get-parameter", "--name", "file://bin"], 252, "\naws: [ERROR]: An error occurred (ParamValidation): Error parsing parameter '--name': Unable to load paramfile (bin), text contents could not be decoded.  If this is a binary file, please use the fileb:// prefix instead of the file:// prefix.\n"],
    ["bad JSON", ["kms", "create-key", "--tags", "[{]"], 252, "\naws: [ERROR]: An error occurred (ParamValidation): Error parsing parameter '--tags': Invalid JSON: Expecting property name enclosed in double quotes: line 1 column 3 (char 2)\nJSON received: [{]\n"],
    ["bad shorthand", ["kms", "create-key", "--tags", "a"], 252, "\naws: [ERROR]: An error occurred (ParamValidation): Error parsing parameter '--tags': Expected: '=', received: 'EOF' for input:\na\n ^\n"],
    ["unknown and missing members", ["kms", "create-key", "--tags", "Key=a,Value=b"], 252, '\naws: [ERROR]: An error occurred (ParamValidation): Parameter validation failed:\nMissing required parameter in Tags[0]: "TagKey"\nMissing required parameter in Tags[0]: "TagValue"\nUnknown parameter in Tags[0]: "Key", must be one of: TagKey, TagValue\nUnknown parameter in Tags[0]: "Value", must be one of: TagKey, TagValue\n'],
    ["too short", ["ssm", "get-parameter", "--name", ""], 252, "\naws: [ERROR]: An error occurred (ParamValidation): Parameter validation failed:\nInvalid length for parameter Name, value: 0, valid min length: 1\n"],
    ["an output", ["kms", "list-keys", "--output", "jsn"], 252, `\naws: [ERROR]: An error occurred (ParamValidation): argument --output: Found invalid choice 'jsn'\n\nMaybe you meant:\n\n  * json\n\n${usageText}`],
    ["a profile", ["kms", "list-keys", "--profile", "nope"], 255, "\naws: [ERROR]: The config profile (nope) could not be found\n"],
    ["paging both ways", ["kms", "list-keys", "--no-paginate", "--max-items", "1"], 252, "\naws: [ERROR]: An error occurred (ParamValidation): Cannot specify --no-paginate along with pagination arguments: --max-items\n"],
    ["an endpoint", ["kms", "list-keys", "--endpoint-url", "localhost"], 252, '\naws: [ERROR]: An error occurred (ParamValidation): Bad value for --endpoint-url "localhost": scheme is missing.  Must be of the form http://<hostname>/ or https://<hostname>/\n'],
    ["a service of AWS that is not here", ["s3", "ls"], 255, "\naws: [ERROR]: Keyhole does not simulate the service s3. AWS has it; here are " + simulatedServices.join(", ") + ".\n"],
    ["an operation of AWS that is not here", ["ssm", "start-session", "--target", "i-1"], 255, "\naws: [ERROR]: Keyhole does not simulate StartSession of Amazon Simple Systems Manager (SSM). AWS has this operation; this lab does not.\n"],
  ])("%s", async (_, argv, code, err) => {
    const { aws } = world({ answers: [{ error: { code: "AccessDeniedException", message: "User: x is not authorized" } }], files: { bin: Uint8Array.of(255) } });
    expect(await aws(...argv)).toEqual({ out: "", err, code });
  });

  test("members of an error's document", async () => {
    const { aws } = world({ answers: [{ error: { code: "CloudHsmClusterNotFoundException", message: "m", fields: { message: "m", Other: 1 } } }] });
    expect((await aws("kms", "enable-key", "--key-id", "k")).err).toBe("\naws: [ERROR]: An error occurred (CloudHsmClusterNotFoundException) when calling the EnableKey operation: m\n");
  });
  test("an empty message", async () => {
    const { aws } = world({ answers: [{ error: { code: "ParameterNotFound", message: "" } }] });
    expect(await aws("ssm", "get-parameter", "--name", "x")).toEqual({ out: "", err: "\naws: [ERROR]: An error occurred (ParameterNotFound) when calling the GetParameter operation:\n", code: 254 });
  });
  test("a bad query", async () => {
    expect(await world().aws("kms", "list-keys", "--query", "Keys[")).toEqual({ out: "", err: '\naws: [ERROR]: An error occurred (ParamValidation): Bad value for --query Keys[: Invalid jmespath expression: Incomplete expression:\n"Keys["\n      ^\n', code: 252 });
    expect(await world().aws("kms", "list-keys", "--query", "length(Nothing)")).toEqual({ out: "", err: "\naws: [ERROR]: In function length(), invalid type for value: None, expected one of: ['string', 'array', 'object'], received: \"null\"\n", code: 255 });
    expect((await world().aws("kms", "list-keys", "--query", "join('a')")).err).toBe("\naws: [ERROR]: Expected 2 arguments for function join(), received 1\n");
  });
  test("no Region, no credentials", async () => {
    expect(await world({ variables: { AWS_REGION: "" } }).aws("kms", "list-keys")).toEqual({ out: "", err: '\naws: [ERROR]: An error occurred (NoRegion): You must specify a region. You can also configure your region by running "aws configure".\n', code: 253 });
    expect(await world({ ambient: null }).aws("kms", "list-keys")).toEqual({ out: "", err: '\naws: [ERROR]: An error occurred (NoCredentials): Unable to locate credentials. You can configure credentials by running "aws login".\n', code: 253 });
    expect((await world({ variables: { AWS_ACCESS_KEY_ID: "A" } }).aws("kms", "list-keys")).err).toBe("\naws: [ERROR]: Partial credentials found in env, missing: AWS_SECRET_ACCESS_KEY\n");
  });
});

describe("pages", () => {
  const page = (ids: string[], next?: string) => ({ Keys: ids.map((KeyId) => ({ KeyId })), Truncated: next !== undefined, ...(next === undefined ? {} : { NextMarker: next }) });
  const ids = (out: string) => (JSON.parse(out) as { Keys: { KeyId: string }[] }).Keys.map((key) => key.KeyId);
  test("all of them, as one", async () => {
    const { aws, calls } = world({ answers: [page(["a", "b"], "2"), page(["c"], "3"), page([])] });
    const { out } = await aws("kms", "list-keys");
    expect(out).toBe('{\n    "Keys": [\n        {\n            "KeyId": "a"\n        },\n        {\n            "KeyId": "b"\n        },\n        {\n            "KeyId": "c"\n        }\n    ]\n}\n');
    expect(calls.map((call) => call.input)).toEqual([{}, { Marker: "2" }, { Marker: "3" }]);
  });
  test("--max-items gives a token, --starting-token takes it", async () => {
    const first = world({ answers: [page(["a", "b", "c"], "2")] });
    const { out } = await first.aws("kms", "list-keys", "--max-items", "2", "--page-size", "3");
    const token = (JSON.parse(out) as { NextToken: string }).NextToken;
    // What the real command prints: base64 of {"Marker": null, "boto_truncate_amount": 2}
    expect(token).toBe("eyJNYXJrZXIiOiBudWxsLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAyfQ==");
    expect(first.calls[0].input).toEqual({ Limit: 3 });
    const second = world({ answers: [page(["a", "b", "c"], "2"), page(["d"])] });
    expect(ids((await second.aws("kms", "list-keys", "--starting-token", token)).out)).toEqual(["c", "d"]);
  });
  test("on a page's edge the token is the service's", async () => {
    const { aws } = world({ answers: [page(["a", "b"], "2")] });
    const token = (JSON.parse((await aws("kms", "list-keys", "--max-items", "2")).out) as { NextToken: string }).NextToken;
    expect(Buffer.from(token, "base64").toString()).toBe('{"Marker": "2"}');
  });
  test("--no-paginate and a marker by hand are one call", async () => {
    for (const extra of [["--no-paginate"], ["--marker", "1"], ["--cli-input-json", '{"Marker":"1"}']]) {
      const { aws, calls } = world({ answers: [page(["a"], "2")] });
      const { out } = await aws("kms", "list-keys", ...extra);
      expect(JSON.parse(out)).toEqual({ Keys: [{ KeyId: "a" }], NextMarker: "2", Truncated: true });
      expect(calls).toHaveLength(1);
    }
  });
  test("text prints page by page", async () => {
    const { aws } = world({ answers: [page(["a", "b"], "2"), page(["c"])] });
    expect((await aws("kms", "list-keys", "--output", "text")).out).toBe("KEYS\ta\nKEYS\tb\nKEYS\tc\n");
    const query = world({ answers: [page(["a", "b"], "2"), page(["c"])] });
    expect((await query.aws("kms", "list-keys", "--output", "text", "--query", "length(Keys)")).out).toBe("2\n1\n");
  });
  test("IAM's own MaxItems is behind the paging option", async () => {
    const { aws, calls } = world();
    await aws("iam", "list-users", "--max-items", "1", "--no-paginate");
    expect(calls[0].input).toEqual({ MaxItems: 1 });
  });
  test("a token that comes twice ends it", async () => {
    const { aws } = world({ answers: [page(["a"], "2"), page(["a"], "2")] });
    expect(await aws("kms", "list-keys")).toEqual({ out: "", err: "\naws: [ERROR]: Error during pagination: The same next token was received twice: {'Marker': '2'}\n", code: 255 });
  });
});

describe("configuration", () => {
  const files = {
    "/home/user/.aws/config": "[default]\nregion = eu-west-1\noutput=text\n\n[profile audit]\nrole_arn = arn:aws:iam::111122223333:role/audit\nsource_profile = alice\nregion=eu-west-2\n",
    "/home/user/.aws/credentials": "[alice]\naws_access_key_id = AKIAALICE\naws_secret_access_key = secretALIC\n",
  };
  const assumed = { Credentials: { AccessKeyId: "ASIAX", SecretAccessKey: "y", SessionToken: "z", Expiration: 1_795_003_600 }, AssumedRoleUser: {} };
  test("a profile with keys", async () => {
    const { aws, calls } = world({ files });
    await aws("kms", "list-keys", "--profile", "alice");
    expect(calls[0]).toMatchObject({ caller: { accessKeyId: "AKIAALICE" }, credentials: { accessKeyId: "AKIAALICE", secretAccessKey: "secretALIC" } });
  });
  test("a profile with a role, kept until it ends", async () => {
    const { aws, calls } = world({ files, answers: [assumed, {}], variables: { AWS_REGION: "", AWS_PROFILE: "audit" } });
    await aws("kms", "list-keys");
    await aws("kms", "list-aliases");
    expect(calls.map((call) => [call.operation, call.region, call.caller])).toEqual([
      ["AssumeRole", "eu-west-2", { accessKeyId: "AKIAALICE" }],
      ["ListKeys", "eu-west-2", { accessKeyId: "ASIAX" }],
      ["ListAliases", "eu-west-2", { accessKeyId: "ASIAX" }],
    ]);
  });
  test("configure list", async () => {
    expect((await world({ files }).aws("configure", "list", "--profile", "alice")).out).toBe(
      "NAME       : VALUE                    : TYPE             : LOCATION\n" +
        "profile    : alice                    : manual           : --profile\n" +
        "access_key : ****************LICE     : shared-credentials-file : \n" +
        "secret_key : ****************ALIC     : shared-credentials-file : \n" +
        "region     : us-east-1                : env              : ['AWS_REGION', 'AWS_DEFAULT_REGION']\n",
    );
  });
  test("configure set and get", async () => {
    const { aws, files: after } = world({ files });
    const text = (path: string) => new TextDecoder().decode(after.get(path));
    await aws("configure", "set", "region", "us-west-2");
    await aws("configure", "set", "region", "ap-southeast-2", "--profile", "new");
    await aws("configure", "set", "aws_access_key_id", "AKIANEW", "--profile", "bob");
    expect(text("/home/user/.aws/config")).toBe(`${files["/home/user/.aws/config"].replace("eu-west-1", "us-west-2")}[profile new]\nregion = ap-southeast-2\n`);
    expect(text("/home/user/.aws/credentials")).toBe(`${files["/home/user/.aws/credentials"]}[bob]\naws_access_key_id = AKIANEW\n`);
    expect((await aws("configure", "get", "region")).out).toBe("us-west-2\n");
    expect(await aws("configure", "get", "nothing")).toEqual({ out: "", err: "", code: 1 });
    expect((await aws("configure", "list-profiles")).out.split("\n")).toContain("new");
  });
  test("output of the profile", async () => {
    const { aws } = world({ files, answers: [{ Account: "111122223333", Arn: "a", UserId: "u" }] });
    expect((await aws("sts", "get-caller-identity")).out).toBe("111122223333\ta\tu\n");
  });
});

test("global options that do nothing here say so, or do what they can", async () => {
  const { aws, calls } = world();
  expect(await aws("kms", "list-keys", "--endpoint-url", "http://localhost:4566")).toMatchObject({ code: 0, err: "Keyhole: this terminal has no network. The command goes to the page's lab, not to http://localhost:4566.\n" });
  expect((await aws("kms", "list-keys", "--cli-auto-prompt")).err).toBe("\naws: [ERROR]: Keyhole does not simulate --cli-auto-prompt. Press Tab to complete a command; add help to it for its manual page.\n");
  for (const quiet of [["--no-verify-ssl"], ["--no-cli-pager"], ["--no-cli-auto-prompt"], ["--color", "on"], ["--ca-bundle", "x"], ["--cli-read-timeout", "0"], ["--cli-connect-timeout", "5"]]) expect(await aws("sts", "get-caller-identity", ...quiet)).toMatchObject({ code: 0, err: "" });
  const before = calls.length;
  expect(await aws("kms", "list-keys", "--no-sign-request")).toMatchObject({ code: 254, err: "\naws: [ERROR]: An error occurred (MissingAuthenticationTokenException) when calling the ListKeys operation: Request is missing Authentication Token\n" });
  expect((await aws("iam", "list-users", "--no-sign-request")).err).toContain("(MissingAuthenticationToken) when calling the ListUsers");
  expect(calls).toHaveLength(before);
  for (const command of ["login", "history"]) expect((await aws(command)).err).toBe(`\naws: [ERROR]: Keyhole does not simulate aws ${command}.\n`);
});

test("--debug tells the stages, the request and the answer, and no secret", async () => {
  const { aws } = world({ variables: { AWS_ACCESS_KEY_ID: "AKIAX", AWS_SECRET_ACCESS_KEY: "hush" }, answers: [{ Keys: [{ KeyId: "a".repeat(5_000) }] }, { error: { code: "NotFoundException", message: "m" } }] });
  const fine = await aws("kms", "list-keys", "--debug", "--output", "text", "--query", "length(Keys)");
  expect(fine.out).toBe("1\n");
  expect(fine.err.split("\n").map((line) => line.split(" - ").slice(1, 4).join(" "))).toEqual(["MainThread awscli.clidriver DEBUG", "MainThread awscli.clidriver DEBUG", "MainThread botocore.auth DEBUG", "MainThread botocore.endpoint DEBUG", "MainThread botocore.parsers DEBUG", "MainThread awscli.clidriver DEBUG", ""]);
  expect(fine.err).toContain("Making request for OperationModel(name=ListKeys) of kms with params: {}");
  expect(fine.err).toMatch(/Response body: \{'Keys': .{1,2000}… \(\d+ more characters\)\n/);
  expect(fine.err).not.toContain("hush");
  const failed = await aws("kms", "describe-key", "--key-id", "k", "--debug");
  expect(failed.code).toBe(254);
  expect(failed.err).toMatch(/Exit code 254\n\naws: \[ERROR\]: An error occurred \(NotFoundException\)/);
});

test("skeletons in YAML have comments, and blobs no sample in JSON", async () => {
  const { aws } = world();
  expect(JSON.parse((await aws("kms", "encrypt", "--generate-cli-skeleton")).out)).toMatchObject({ KeyId: "", Plaintext: null });
  const { out } = await aws("kms", "encrypt", "--generate-cli-skeleton", "yaml-input");
  const lines = out.split("\n");
  expect(lines[0]).toMatch(/^KeyId: ''  # \[REQUIRED\] The KMS key/);
  expect(lines[1]).toMatch(/^Plaintext: !!binary '' # \[REQUIRED\] /);
  expect(lines.slice(2, 6).map((line) => line.replace(/ *#.*/, ""))).toEqual(["EncryptionContext:", "  KeyName: ''", "GrantTokens:", "- ''"]);
  expect(out).toContain("EncryptionAlgorithm: SYMMETRIC_DEFAULT # Valid values are: SYMMETRIC_DEFAULT, RSAES_OAEP_SHA_1, RSAES_OAEP_SHA_256, SM2PKE.\n");
  expect((await aws("ssm", "describe-parameters", "--generate-cli-skeleton", "yaml-input")).out).toContain("Filters:\n- Key: Name  # [REQUIRED] Valid values are: Name, Type, KeyId.\n  Values: # [REQUIRED]\n  - ''\n");
  expect((await aws("sts", "get-caller-identity", "--generate-cli-skeleton", "yaml-input")).out).toBe("{}\n");
});

test("skeletons, help and version", async () => {
  const { aws, calls } = world();
  expect(JSON.parse((await aws("ssm", "get-parameter", "--generate-cli-skeleton")).out)).toEqual({ Name: "", WithDecryption: true });
  expect(JSON.parse((await aws("ssm", "get-parameter", "--name", "x", "--generate-cli-skeleton", "output")).out)).toMatchObject({ Parameter: { Name: "Name" } });
  expect((await aws("help")).out).toContain("--cli-binary-format");
  expect((await aws("kms", "help")).out).toContain("generate-data-key");
  expect((await aws("kms", "encrypt", "help")).out).toContain("--key-id (string) [required]");
  expect((await aws("--version")).out).toMatch(/^aws-cli\/2\./);
  expect(calls).toHaveLength(0);
});

test("anything may be typed: always a result", async () => {
  let seed = 7;
  const random = (n: number): number => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % n;
  const words = ["kms", "ssm", "sts", "iam", "configure", "encrypt", "put-parameter", "get-parameters", "create-grant", "list-keys", "get", "set", "help", "--key-id", "--plaintext", "--names", "--tags", "--constraints", "--query", "--output", "--region", "--profile", "--cli-input-json", "--cli-input-yaml", "--max-items", "--starting-token", "--with-decryption", "--", "-", "a=b", "{", "[", "[[", '{"a":1}', "fileb://x", "file://", "text", "table", "@", "*", "__proto__", "constructor", "", "\0", "🙂", "%", "-1", "--tags=", "--=", "NaN", "null"];
  for (let i = 0; i < 1_500; i++) {
    const { aws } = world({ answers: [{ Keys: [] }] });
    const { code } = await aws(...Array.from({ length: random(8) }, () => words[random(words.length)]));
    expect([0, 1, 252, 253, 254, 255]).toContain(code);
  }
});
