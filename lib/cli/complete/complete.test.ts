import { beforeAll, describe, expect, test } from "vitest";
import { type Lab, createLab } from "../../engine/lab";
import { seededPorts } from "../../engine/ports";
import type { JsonObject } from "../../engine/types";
import { type Shell, createShell } from "../shell";
import { labNames } from "./lab-names";
import { asTyped, readLine } from "./line";

const account = "111122223333";
const caller = { account, user: "admin" };

let lab: Lab;
let shell: Shell;
let keyId: string;

const call = async (service: string, operation: string, input: JsonObject = {}, region = "eu-west-2"): Promise<JsonObject> => {
  const reply = await lab.call({ service, operation, input, caller, region });
  if (!reply.ok) throw new Error(`${operation}: ${reply.error.code} ${reply.error.message}`);
  return reply.output;
};
const open = (of: Lab): Promise<Shell> =>
  createShell({
    call: ({ service, operation, input, region, caller: by }) => of.call({ service, operation, input, region, caller: by ?? caller }),
    identity: () => ({ region: "eu-west-2", account }),
    now: () => of.now(),
    names: () => Promise.resolve(labNames(of)),
  });

const trust = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: "sts:AssumeRole" }] });

beforeAll(async () => {
  lab = createLab({ ports: seededPorts(3) });
  keyId = ((await call("kms", "CreateKey", { Description: "Payroll" })).KeyMetadata as { KeyId: string }).KeyId;
  await call("kms", "CreateAlias", { AliasName: "alias/payroll", TargetKeyId: keyId });
  await call("kms", "CreateGrant", { KeyId: keyId, GranteePrincipal: `arn:aws:iam::${account}:user/admin`, Operations: ["Decrypt"], Name: "reader" });
  for (const name of ["/my-app/dev/db-password", "/my-app/dev/url", "/my-app/prod/url", "/other"]) await call("ssm", "PutParameter", { Name: name, Type: "String", Value: "x" });
  await call("ssm", "PutParameter", { Name: "/in-virginia", Type: "String", Value: "x" }, "us-east-1");
  for (const name of ["my-app/dev/db", "my-app/prod/db"]) await call("secretsmanager", "CreateSecret", { Name: name, SecretString: "x", ClientRequestToken: name.padStart(32, "0") });
  await call("iam", "CreateUser", { UserName: "dev" });
  await call("iam", "CreateUser", { UserName: "Devon" });
  await call("iam", "CreateRole", { RoleName: "audit", AssumeRolePolicyDocument: trust });
  await call("iam", "CreatePolicy", { PolicyName: "read-secrets", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "ssm:GetParameter", Resource: "*" }] }) });
  shell = await open(lab);
  for (const line of ["aws configure set region us-east-1 --profile virginia", "aws configure set role_arn arn:aws:iam::444455556666:role/x --profile other-account", "export STAGE='a b'; touch policy.json", "mkdir 'my files'; touch 'my files/a b.txt'"]) await shell.run(line);
});

describe("what may follow", () => {
  test.each<[string, string[]]>([
    // line                                                       what it may become
    ["aws kms describe-key --key-id alias/p", ["alias/payroll "]],
    ["aws kms describe-key --key-id=alias/p", ["--key-id=alias/payroll "]],
    ["aws kms describe-key --key-id 'alias/p", ["'alias/payroll' "]],
    ['aws kms describe-key --key-id "alias/p', ['"alias/payroll" ']],
    ["KEY=$(aws kms describe-key --key-id alias/p", ["alias/payroll "]],
    ["AWS_REGION=us-east-1 aws kms describe-key --key-id alias/p", []],
    ["aws kms disable-key --key-id alias/p", []],
    ["aws kms create-alias --alias-name alias/p", []],
    ["aws kms delete-alias --alias-name alias/p", ["alias/payroll "]],
    ["aws ssm get-parameter --name /my-app/dev/", ["/my-app/dev/db-password ", "/my-app/dev/url "]],
    ["aws ssm get-parameters --names /my-app/dev/url /my-app/dev/", ["/my-app/dev/db-password "]],
    ["aws ssm get-parameter --region us-east-1 --name /i", ["/in-virginia "]],
    ["aws ssm get-parameter --profile virginia --name /i", ["/in-virginia "]],
    ["AWS_PROFILE=virginia aws ssm get-parameter --name /i", ["/in-virginia "]],
    ["aws ssm get-parameter --profile other-account --name /", []],
    ["aws secretsmanager get-secret-value --secret-id my", ["my-app/dev/db ", "my-app/prod/db "]],
    ["aws secretsmanager batch-get-secret-value --secret-id-list my-app/dev/db my", ["my-app/prod/db "]],
    ["aws secretsmanager create-secret --name my", []],
    ["aws secretsmanager describe-secret --region us-east-1 --secret-id my", []],
    ["aws ssm get-parameters-by-path --path /my", ["/my-app "]],
    ["aws ssm get-parameters-by-path --path /my-app/", ["/my-app/dev ", "/my-app/prod "]],
    ["aws ssm put-parameter --name x --type Sec", ["SecureString "]],
    ["aws iam get-user --user-name de", ["dev "]],
    ["aws iam get-user --user-name D", ["Devon "]],
    ["aws iam create-user --user-name de", []],
    ["aws iam create-access-key --user-name de", ["dev "]],
    ["aws iam attach-user-policy --policy-arn arn:aws:iam::1", [`arn:aws:iam::${account}:policy/read-secrets `]],
    ["aws iam attach-user-policy --policy-arn arn:aws:iam::aws:policy/Administr", ["arn:aws:iam::aws:policy/AdministratorAccess "]],
    ["aws sts assume-role --role-arn a", [`arn:aws:iam::${account}:role/audit `]],
    ["aws kms create-key --tags ", ["TagKey=", "TagValue="]],
    ["aws kms create-key --tags TagKey=a,", ["TagKey=a,TagValue="]],
    ["aws kms encrypt --key-id k --plaintext ", ["fileb://"]],
    ["aws kms put-key-policy --policy ", ["file://"]],
    ["aws kms put-key-policy --policy file://po", ["file://policy.json "]],
    ["cat my", ["my\\ files/"]],
    ["cat my\\ files/", ["my\\ files/a\\ b.txt "]],
    ["cat 'my files/", ["'my files/a b.txt' "]],
    ["aws kms describe-key --query KeyMetadata.KeySt", ["KeyMetadata.KeyState"]],
    ["aws kms list-keys --query Ke", ["Keys\\[\\]"]],
    ["aws kms list-keys --query Keys[0].", ["Keys\\[0\\].KeyId", "Keys\\[0\\].KeyArn"]],
    ["aws kms list-keys --query 'Keys[].KeyI", ["'Keys[].KeyId"]],
    ["aws --profile v", ["virginia "]],
    ["aws configure set source_profile v", ["virginia "]],
    ["aws configure export-credentials --format p", ["process ", "powershell "]],
    ["AWS_PROFILE=v", ["AWS_PROFILE=virginia "]],
    ["aws s3 ", []],
    ["aws kms nosuch --", []],
    ["cat < po", ["policy.json "]],
    ["aws kms list-keys > po", ["policy.json "]],
  ])("%s", async (line, candidates) => {
    expect((await shell.complete(line)).candidates).toEqual(candidates);
  });

  test("options: required ones first, those that are given no more", async () => {
    const { candidates, about } = await shell.complete("aws kms encrypt ");
    expect(candidates.slice(0, 2)).toEqual(["--key-id ", "--plaintext "]);
    expect(about?.["--key-id "]).toMatch(/^required: /);
    const left = (await shell.complete("aws kms encrypt --key-id k --dry-run --")).candidates;
    expect(left).toContain("--plaintext ");
    expect(left).toContain("--cli-input-json ");
    for (const gone of ["--key-id ", "--dry-run ", "--no-dry-run "]) expect(left).not.toContain(gone);
  });
  test("keys and aliases, with what tells them apart", async () => {
    const { candidates, about } = await shell.complete("aws kms encrypt --key-id ");
    expect(candidates).toContain("alias/payroll ");
    expect(about?.[`${keyId} `]).toBe("Payroll");
    expect(about?.["alias/payroll "]).toBe(keyId);
    expect((await shell.complete(`aws kms encrypt --key-id arn:aws:kms:eu-west-2:${account}:key/${keyId.slice(0, 4)}`)).candidates).toEqual([`arn:aws:kms:eu-west-2:${account}:key/${keyId} `]);
    expect((await shell.complete(`aws kms revoke-grant --key-id ${keyId} --grant-id `)).candidates).toHaveLength(1);
  });
  test("exported variables say where to look", async () => {
    await shell.run("export AWS_PROFILE=virginia");
    expect((await shell.complete("aws ssm get-parameter --name /i")).candidates).toEqual(["/in-virginia "]);
    await shell.run("unset AWS_PROFILE; export AWS_REGION=us-east-1");
    expect((await shell.complete("aws ssm get-parameter --name /i")).candidates).toEqual(["/in-virginia "]);
    await shell.run("unset AWS_REGION");
    expect((await shell.complete("aws ssm get-parameter --name /i")).candidates).toEqual([]);
  });
  test("nothing is called", async () => {
    const before = lab.journal.length;
    await shell.complete("aws iam get-user --user-name ");
    expect(lab.journal.length).toBe(before);
  });
});

test("what is completed is read as what was meant", () => {
  for (const text of ["a b", "it's", 'say "hi"', "$HOME", "a\\b", "~/x", "~user", "(x)", "é🙂", "*", "a;b|c"])
    for (const quote of ["", "'", '"'] as const) {
      const typed = asTyped(text, quote, false);
      const read = readLine(`cat ${typed}`);
      expect({ text, quote, words: read.words, word: read.word }).toEqual({ text, quote, words: ["cat", text], word: "" });
    }
});

test("a lab with 100,000 parameters answers as quickly as an empty one", async () => {
  const big = createLab({ ports: seededPorts(4) });
  await big.call({ service: "ssm", operation: "PutParameter", input: { Name: "/p/0", Type: "String", Value: "x" }, caller, region: "eu-west-2" });
  const snapshot = big.snapshot();
  const tables = snapshot.records[account]["eu-west-2"].ssm;
  const [[, row]] = tables.parameters;
  const [[, version]] = tables.versions;
  const names = Array.from({ length: 100_000 }, (_, i) => `/p/${String(i).padStart(6, "0")}`);
  tables.parameters = names.map((Name) => [Name, { ...row, Name }]);
  tables.versions = names.map((Name) => [`${Name}\0${"1".padStart(12, "0")}`, version]);
  const full = await open(createLab({ ports: seededPorts(5), snapshot }));
  const complete = async (line: string): Promise<{ count: number; more?: boolean; ms: number }> => {
    const start = performance.now();
    const { candidates, more } = await full.complete(line);
    return { count: candidates.length, more, ms: performance.now() - start };
  };
  // The first question sorts the names, once.
  await complete("aws ssm get-parameter --name /");
  expect(await complete("aws ssm get-parameter --name /p/0999")).toMatchObject({ count: 100 });
  expect(await complete("aws ssm get-parameter --name /")).toMatchObject({ count: 200, more: true });
  for (const line of ["aws ssm get-parameter --name /p/05", "aws ssm get-parameters-by-path --path /p/", "aws ssm get-parameters-by-path --path /"]) expect((await complete(line)).ms).toBeLessThan(150);
});
