import { beforeEach, describe, expect, test } from "vitest";
import { type Lab, createLab } from "../engine/lab";
import { seededPorts } from "../engine/ports";
import type { JsonObject } from "../engine/types";
import { isKnownKey, signatureProblem } from "./genuine";
import { type Shell, createShell } from "./shell";

// Profiles, roles and keys as the real command handles them, on a real lab through the shell.

const account = "111122223333";
const admin = { account, user: "admin" };
const hour = 3_600_000;

let lab: Lab;
let shell: Shell;
let key: { AccessKeyId: string; SecretAccessKey: string };

const call = async (service: string, operation: string, input: JsonObject = {}): Promise<JsonObject> => {
  const reply = await lab.call({ service, operation, input, caller: admin, region: "eu-west-2" });
  if (!reply.ok) throw new Error(`${operation}: ${reply.error.code} ${reply.error.message}`);
  return reply.output;
};
const allow = (Action: string, Resource = "*"): string => JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource }] });
const trust = (principal: string, Condition?: object): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: principal }, Action: "sts:AssumeRole", ...(Condition ? { Condition } : {}) }] });
const role = (name: string): string => `arn:aws:iam::${account}:role/${name}`;

beforeEach(async () => {
  lab = createLab({ ports: seededPorts(8) });
  await call("iam", "CreateUser", { UserName: "dev" });
  await call("iam", "PutUserPolicy", { UserName: "dev", PolicyName: "p", PolicyDocument: allow("sts:AssumeRole") });
  key = (await call("iam", "CreateAccessKey", { UserName: "dev" })).AccessKey as typeof key;
  await call("iam", "CreateRole", { RoleName: "first", AssumeRolePolicyDocument: trust(`arn:aws:iam::${account}:user/dev`) });
  await call("iam", "PutRolePolicy", { RoleName: "first", PolicyName: "p", PolicyDocument: allow("sts:AssumeRole", role("second")) });
  await call("iam", "CreateRole", { RoleName: "second", AssumeRolePolicyDocument: trust(role("first")) });
  await call("iam", "CreateRole", { RoleName: "partner", AssumeRolePolicyDocument: trust(`arn:aws:iam::${account}:root`, { StringEquals: { "sts:ExternalId": "unique" } }) });
  shell = await createShell({
    async call(request) {
      const problem = signatureProblem(lab, request);
      if (problem) return problem as never;
      return lab.call({ service: request.service, operation: request.operation, input: request.input, region: request.region, caller: request.caller ?? admin });
    },
    identity: () => ({ region: "eu-west-2", account }),
    now: () => lab.now(),
    isKey: (id) => isKnownKey(lab, id),
  });
  await run(`aws configure set aws_access_key_id ${key.AccessKeyId} --profile dev; aws configure set aws_secret_access_key ${key.SecretAccessKey} --profile dev`);
});

async function run(line: string, answers: string[] = []): Promise<{ out: string; err: string; code: number; asked: string[] }> {
  let out = "";
  let err = "";
  const asked: string[] = [];
  const code = await shell.run(line, {
    onOutput: ({ stream, text }) => (stream === "stdout" ? (out += text) : (err += text)),
    ask: (question) => (asked.push(question), Promise.resolve(answers.shift())),
  });
  return { out, err, code, asked };
}
const profile = (name: string, settings: Record<string, string>): Promise<unknown> =>
  run(Object.entries(settings).map(([key, value]) => `aws configure set ${key} '${value}' --profile '${name}'`).join("; "));
const who = (prefix = "", suffix = ""): Promise<{ out: string; err: string; code: number }> => run(`${prefix} aws sts get-caller-identity --query Arn --output text ${suffix}`);
const assumed = (): number => lab.journal.filter((entry) => entry.call?.operation === "AssumeRole").length;

describe("who a command is", () => {
  test("a profile, by option and by variable; the variables' keys go before AWS_PROFILE, not before --profile", async () => {
    expect((await who("", "--profile dev")).out).toBe(`arn:aws:iam::${account}:user/dev\n`);
    expect((await who("AWS_PROFILE=dev")).out).toBe(`arn:aws:iam::${account}:user/dev\n`);
    expect((await who()).out).toBe(`arn:aws:iam::${account}:user/admin\n`);
    await profile("first", { role_arn: role("first"), source_profile: "dev" });
    const keys = `AWS_ACCESS_KEY_ID=${key.AccessKeyId} AWS_SECRET_ACCESS_KEY=${key.SecretAccessKey}`;
    expect((await who(`${keys} AWS_PROFILE=first`)).out).toBe(`arn:aws:iam::${account}:user/dev\n`);
    expect((await who(keys, "--profile first")).out).toMatch(/assumed-role\/first\/botocore-session-\d+\n$/);
  });
  test("roles in a chain, each once while its session lasts, anew when the lab's clock has gone on", async () => {
    await profile("first", { role_arn: role("first"), source_profile: "dev", role_session_name: "one" });
    await profile("second", { role_arn: role("second"), source_profile: "first", role_session_name: "two", duration_seconds: "900" });
    expect((await who("", "--profile second")).out).toBe(`arn:aws:sts::${account}:assumed-role/second/two\n`);
    expect(assumed()).toBe(2);
    await profile("second", { duration_seconds: "3600" });
    await who("", "--profile second");
    await who("", "--profile second");
    expect(assumed()).toBe(3);
    await lab.advance(hour - 14 * 60_000);
    await who("", "--profile second");
    expect(assumed()).toBe(5);
  });
  test("a session that was undone is not taken from the cache", async () => {
    await profile("first", { role_arn: role("first"), source_profile: "dev" });
    expect((await who("", "--profile first")).code).toBe(0);
    lab.undo();
    lab.undo();
    expect((await who("", "--profile first")).code).toBe(0);
  });
  test("an external id, the page's own identity as the source", async () => {
    await profile("partner", { role_arn: role("partner"), credential_source: "EcsContainer", role_session_name: "me" });
    expect((await who("", "--profile partner")).err).toMatch(/AccessDenied\) when calling the AssumeRole operation: User: arn:aws:iam::111122223333:user\/admin is not authorized to perform: sts:AssumeRole/);
    await profile("partner", { external_id: "unique" });
    expect((await who("", "--profile partner")).out).toBe(`arn:aws:sts::${account}:assumed-role/partner/me\n`);
  });
  test("a profile may lend itself its own keys", async () => {
    await profile("dev", { role_arn: role("first"), source_profile: "dev", role_session_name: "self" });
    expect((await who("", "--profile dev")).out).toBe(`arn:aws:sts::${account}:assumed-role/first/self\n`);
  });
  test("an MFA device: the code is asked for and sent, and stands in no log", async () => {
    await profile("mfa", { role_arn: role("first"), source_profile: "dev", mfa_serial: `arn:aws:iam::${account}:mfa/dev` });
    const { err, asked } = await run("aws sts get-caller-identity --profile mfa", ["123456"]);
    expect(asked).toEqual([`Enter MFA code for arn:aws:iam::${account}:mfa/dev: `]);
    expect(err).toMatch(/AccessDenied\) when calling the AssumeRole operation: MultiFactorAuthentication failed/);
    expect(JSON.stringify(shell.transcript)).not.toContain("123456");
    expect((await run("aws sts get-caller-identity --profile mfa", [])).code).toBe(130);
  });
  test("what assume-role printed, exported, works; so does export-credentials", async () => {
    await profile("first", { role_arn: role("first"), source_profile: "dev", role_session_name: "one" });
    await run(`read -r AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN <<< "$(aws sts assume-role --profile dev --role-arn ${role("first")} --role-session-name typed --query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]' --output text)"; export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN`);
    expect((await who()).out).toBe(`arn:aws:sts::${account}:assumed-role/first/typed\n`);
    await run('eval "$(aws configure export-credentials --profile first --format env)"');
    expect((await who()).out).toBe(`arn:aws:sts::${account}:assumed-role/first/one\n`);
    await lab.advance(2 * hour);
    expect((await who()).err).toBe("\naws: [ERROR]: Credentials were refreshed, but the refreshed credentials are still expired.\n");
    await run("unset AWS_CREDENTIAL_EXPIRATION");
    expect((await who()).err).toMatch(/An error occurred \(ExpiredToken\) when calling the GetCallerIdentity operation/);
    await run("unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN");
    expect((await who()).out).toBe(`arn:aws:iam::${account}:user/admin\n`);
  });
});

describe("what goes wrong", () => {
  const error = (message: string): string => `\naws: [ERROR]: ${message}\n`;
  test.each<[string, string, string, number]>([
    // ~/.aws/config                                                    the command's end            what it says
    ["", "--profile nope", "The config profile (nope) could not be found", 255],
    [`[profile x]\nrole_arn = ${role("first")}`, "--profile x", "Partial credentials found in assume-role, missing: source_profile or credential_source", 255],
    [`[profile x]\nrole_arn = ${role("first")}\nsource_profile = y`, "--profile x", 'The source_profile "y" referenced in the profile "x" does not exist.', 255],
    [`[profile x]\nrole_arn = ${role("first")}\nsource_profile = y\n[profile y]\nregion = eu-west-1`, "--profile x", 'The source profile "y" must have credentials.', 255],
    [`[profile x]\nrole_arn = ${role("first")}\nsource_profile = dev\ncredential_source = Environment`, "--profile x", 'The profile "x" contains both source_profile and credential_source.', 255],
    [`[profile x]\nrole_arn = ${role("first")}\ncredential_source = Moon`, "--profile x", 'The credential source "Moon" referenced in profile "x" is not valid.', 255],
    [`[profile x]\nrole_arn = ${role("first")}\ncredential_source = Ec2InstanceMetadata`, "--profile x", "Error when retrieving credentials from Ec2InstanceMetadata: No credentials found in credential_source referenced in profile x", 255],
    [`[profile x]\nrole_arn = ${role("first")}\nsource_profile = y\n[profile y]\nrole_arn = ${role("second")}\nsource_profile = x`, "--profile x", "Infinite loop in credential configuration detected. Attempting to load from profile x which has already been visited. Visited profiles: ['x', 'y']", 255],
    [`[profile x]\nrole_arn = ${role("first")}\nsource_profile = x`, "--profile x", "Infinite loop in credential configuration detected. Attempting to load from profile x which has already been visited. Visited profiles: ['x']", 255],
    ["[profile x]\naws_access_key_id = AKIAX", "--profile x", "Partial credentials found in config-file, missing: aws_secret_access_key", 255],
    ["[profile x]\ncredential_process = /bin/true", "--profile x", "Keyhole does not simulate credential_process, which profile x gets its credentials by.", 255],
    ["region = eu-west-1", "", "Unable to parse config file: /home/user/.aws/config", 255],
    ["[default]\nregion = eu-west-1\n[default]\noutput = json", "", "Unable to parse config file: /home/user/.aws/config", 255],
    ["[default]\nregion = a\nRegion = b", "", "Unable to parse config file: /home/user/.aws/config", 255],
    ["[default]\nnonsense", "", "Unable to parse config file: /home/user/.aws/config", 255],
  ])("%j %s", async (config, end, message, code) => {
    await run(`cat > ~/.aws/config <<'END'\n${config}\nEND`);
    expect(await who("", end)).toMatchObject({ out: "", err: error(message), code });
  });

  test("export-credentials", async () => {
    expect((await run("aws configure export-credentials --profile nope")).err).toBe(error("Unable to retrieve credentials: The config profile (nope) could not be found"));
    expect((await run("aws configure export-credentials")).err).toContain("An error occurred (Configuration): Unable to retrieve credentials: this terminal acts as the identity that the page is signed in as");
  });
});

describe("aws configure", () => {
  test("import takes what the console gave", async () => {
    const csv = `\ufeffUser name,Access key ID,Secret access key\r\ndev,${key.AccessKeyId},${key.SecretAccessKey}\r\n`;
    await run(`echo ${Buffer.from(csv).toString("base64")} | base64 --decode > keys.csv`);
    expect(await run("aws configure import --csv file://keys.csv --profile-prefix from-")).toMatchObject({ out: "Successfully imported 1 profile(s)\n", err: "", code: 0 });
    expect((await who("", "--profile from-dev")).out).toBe(`arn:aws:iam::${account}:user/dev\n`);
  });
  test.each([
    ["", "Provided CSV contains no contents"],
    ["a,b\n1,2\n", 'Expected header "User Name" not found'],
    ["User name,Access key ID,Secret access key\nx,y\n", 'Failed to parse entry #1: Row missing value for header "Secret Access key"'],
  ])("import of %j", async (csv, message) => {
    await run(`printf '${csv.replaceAll("\n", "\\n")}' > keys.csv`);
    expect((await run("aws configure import --csv file://keys.csv")).err).toBe(`\naws: [ERROR]: ${message}\n`);
  });
  test.each([
    ["process", /^\{\n {2}"Version": 1,\n {2}"AccessKeyId": "AKIA\w+",\n {2}"SecretAccessKey": "[^"]+"\n\}\n$/],
    ["env", /^export AWS_ACCESS_KEY_ID=AKIA\w+\nexport AWS_SECRET_ACCESS_KEY=\S+\n$/],
    ["powershell", /^\$Env:AWS_ACCESS_KEY_ID="AKIA\w+"\n/],
    ["fish", /^set -gx AWS_ACCESS_KEY_ID "AKIA\w+"\n/],
    ["windows-cmd", /^set AWS_ACCESS_KEY_ID=AKIA\w+\n/],
  ])("export-credentials --format %s", async (how, out) => {
    expect((await run(`aws configure export-credentials --profile dev --format ${how}`)).out).toMatch(out);
  });
});
