import { expect, test } from "vitest";
import type { Caller, Decision, JsonObject, Step } from "../types";
import { A, B, allow, document, testLab, trust } from "./test-lab.test-helper";
import { wouldAllow } from "./would-allow";

const user = (name: string, account = A): Caller => ({ account, user: name });
const role = (name: string): Caller => ({ account: A, role: name, session: "test" });
const region = "us-east-1";

/** A key with a policy of its own, a grant, a parameter, a role, and an organization with an SCP on the other account. */
async function world() {
  const { lab, must, call } = testLab(7);
  for (const UserName of ["app", "granted", "bounded", "nobody"]) await must("iam", "CreateUser", { UserName });
  await must("iam", "PutUserPolicy", { UserName: "app", PolicyName: "use", PolicyDocument: allow(["kms:Encrypt", "kms:DescribeKey", "ssm:GetParameter", "sts:AssumeRole"]) });
  await must("iam", "PutUserPolicy", { UserName: "bounded", PolicyName: "all", PolicyDocument: allow() });
  const { Policy } = await must("iam", "CreatePolicy", { PolicyName: "only-ssm", PolicyDocument: allow("ssm:*") });
  await must("iam", "PutUserPermissionsBoundary", { UserName: "bounded", PermissionsBoundary: Policy.Arn });
  await must("iam", "CreateRole", { RoleName: "worker", AssumeRolePolicyDocument: trust({ AWS: A }, { Condition: { StringEquals: { "sts:ExternalId": "42" } } }) });
  const { KeyMetadata } = await must("kms", "CreateKey", {
    Tags: [{ TagKey: "team", TagValue: "pay" }],
    Policy: document(
      { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${A}:root` }, Action: "kms:*", Resource: "*" },
      { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${B}:root` }, Action: ["kms:Encrypt", "kms:PutKeyPolicy"], Resource: "*" },
      { Effect: "Deny", Principal: { AWS: `arn:aws:iam::${A}:user/app` }, Action: "kms:Encrypt", Resource: "*", Condition: { StringEquals: { "kms:EncryptionContext:stage": "prod" } } },
    ),
  });
  const key = KeyMetadata.Arn as string;
  await must("kms", "CreateGrant", { KeyId: key, GranteePrincipal: `arn:aws:iam::${A}:user/granted`, Operations: ["Encrypt"], Constraints: { EncryptionContextEquals: { a: "b" } } });
  await must("ssm", "PutParameter", { Name: "/x/y", Type: "String", Value: "v" });
  const secret = (await must("secretsmanager", "CreateSecret", { Name: "x/y", SecretString: "v", KmsKeyId: key, ClientRequestToken: "0".repeat(32), Tags: [{ Key: "team", Value: "pay" }] })).ARN as string;
  await must("secretsmanager", "PutResourcePolicy", {
    SecretId: secret,
    ResourcePolicy: document(
      { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${B}:root` }, Action: "secretsmanager:DescribeSecret", Resource: "*" },
      { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${A}:user/nobody` }, Action: "secretsmanager:DescribeSecret", Resource: "*", Condition: { StringEquals: { "secretsmanager:ResourceTag/team": "pay" } } },
      { Effect: "Deny", Principal: { AWS: `arn:aws:iam::${A}:user/admin` }, Action: "secretsmanager:DeleteSecret", Resource: "*" },
    ),
  });
  await lab.advance(10 * 60_000);
  return { lab, call, key, secret };
}

const lastDecision = (steps: readonly Step[]): Decision | undefined =>
  steps.flatMap((step) => (step.kind === "decision" ? [step.decision] : [])).at(-1);

/** Time, address and request-only keys differ between a question and a call; all that is decided must not. */
const told = (decision: Decision) => ({ ...decision, context: undefined, layers: decision.layers.map(({ policies: _, ...layer }) => layer) });

const encrypt = (EncryptionContext?: Record<string, string>) => ({ Plaintext: "AAAA", ...(EncryptionContext && { EncryptionContext }) });

test("asks what the call itself asks, with the same answer and the same reason", async () => {
  const { lab, call, key, secret } = await world();
  const worker = `arn:aws:iam::${A}:role/worker`;
  const parameter = `arn:aws:ssm:${region}:${A}:parameter/x/y`;
  type Row = [caller: Caller, service: string, operation: string, input: JsonObject, resource: string, context: Record<string, string>, effect: Decision["effect"]];
  const rows: Row[] = [
    [user("admin"), "kms", "Encrypt", { KeyId: key, ...encrypt() }, key, {}, "Allow"],
    [{ account: A, root: true }, "kms", "Encrypt", { KeyId: key, ...encrypt() }, key, {}, "Allow"],
    [user("app"), "kms", "Encrypt", { KeyId: key, ...encrypt() }, key, {}, "Allow"],
    [user("app"), "kms", "Encrypt", { KeyId: key, ...encrypt({ stage: "prod" }) }, key, { "kms:EncryptionContext:stage": "prod" }, "ExplicitDeny"],
    [user("nobody"), "kms", "Encrypt", { KeyId: key, ...encrypt() }, key, {}, "ImplicitDeny"],
    [user("granted"), "kms", "Encrypt", { KeyId: key, ...encrypt({ a: "b" }) }, key, { "kms:EncryptionContext:a": "b" }, "Allow"],
    [user("granted"), "kms", "Encrypt", { KeyId: key, ...encrypt({ a: "c" }) }, key, { "kms:EncryptionContext:a": "c" }, "ImplicitDeny"],
    [user("bounded"), "kms", "DescribeKey", { KeyId: key }, key, {}, "ImplicitDeny"],
    [user("bounded"), "ssm", "GetParameter", { Name: "/x/y" }, parameter, {}, "Allow"],
    [user("app"), "ssm", "GetParameter", { Name: "/x/y" }, parameter, {}, "Allow"],
    [user("admin"), "secretsmanager", "DescribeSecret", { SecretId: "x/y" }, secret, {}, "Allow"],
    [user("admin"), "secretsmanager", "DeleteSecret", { SecretId: "x/y" }, secret, {}, "ExplicitDeny"],
    [user("app"), "secretsmanager", "DescribeSecret", { SecretId: "x/y" }, secret, {}, "ImplicitDeny"],
    [user("nobody"), "secretsmanager", "DescribeSecret", { SecretId: "x/y" }, secret, {}, "Allow"],
    [user("admin", B), "secretsmanager", "DescribeSecret", { SecretId: secret }, secret, {}, "Allow"],
    [user("admin", B), "secretsmanager", "GetSecretValue", { SecretId: secret }, secret, {}, "ImplicitDeny"],
    [role("worker"), "kms", "Encrypt", { KeyId: key, ...encrypt() }, key, {}, "ImplicitDeny"],
    [user("admin", B), "kms", "Encrypt", { KeyId: key, ...encrypt() }, key, {}, "Allow"],
    [user("admin", B), "kms", "PutKeyPolicy", { KeyId: key, Policy: allow() }, key, {}, "ImplicitDeny"],
    [user("app"), "sts", "AssumeRole", { RoleArn: worker, RoleSessionName: "test", ExternalId: "42" }, worker, { "sts:ExternalId": "42" }, "Allow"],
    [user("app"), "sts", "AssumeRole", { RoleArn: worker, RoleSessionName: "test" }, worker, {}, "ImplicitDeny"],
    [user("nobody"), "iam", "ListUsers", {}, `arn:aws:iam::${A}:user/`, {}, "ImplicitDeny"],
  ];
  for (const [caller, service, operation, input, resource, context, effect] of rows) {
    const name = `${JSON.stringify(caller)} ${operation} ${JSON.stringify(context)}`;
    const answer = wouldAllow(lab, { caller, action: `${service}:${operation}`, resource, region, context });
    if (!answer.ok) throw new Error(`${name}: ${answer.error.code}`);
    expect(answer.decisions.at(-1)!.effect, name).toBe(effect);
    const reply = await call(service, operation, input, caller);
    expect(told(answer.decisions.at(-1)!), name).toEqual(told(lastDecision(reply.trace.steps)!));
  }
});

test("says which policies of the resource were asked, and when there is no such thing", async () => {
  const { lab, key, secret } = await world();
  const ask = (action: string, resource: string) => {
    const answer = wouldAllow(lab, { caller: user("admin"), action, resource, region });
    return answer.ok ? [answer.asked, answer.missing ?? false] : answer.error.code;
  };
  expect(ask("kms:Decrypt", key)).toEqual(["key policy and grants", false]);
  expect(ask("kms:Decrypt", key.replace(/.{12}$/, "000000000000"))).toEqual(["nothing", true]);
  expect(ask("secretsmanager:GetSecretValue", secret)).toEqual(["resource policy", false]);
  expect(ask("secretsmanager:GetSecretValue", secret.replace("x/y", "none"))).toEqual(["nothing", true]);
  expect(ask("kms:CreateKey", "*")).toEqual(["nothing", false]);
  expect(ask("sts:AssumeRole", `arn:aws:iam::${A}:role/worker`)).toEqual(["trust policy", false]);
});

test("a caller that the lab does not know, and one that may not ask at all", async () => {
  const { lab } = await world();
  const unknown = wouldAllow(lab, { caller: user("gone"), action: "kms:Decrypt", resource: "*", region });
  expect(unknown).toMatchObject({ ok: false, error: { code: "InvalidClientTokenId" } });
  const root = wouldAllow(lab, { caller: { account: A, root: true }, action: "sts:AssumeRole", resource: `arn:aws:iam::${A}:role/worker`, region });
  expect(root).toMatchObject({ ok: false, error: { code: "AccessDenied" } });
});

test("condition keys that were given win, and the lab stays as it was", async () => {
  const { lab, key } = await world();
  const before = JSON.stringify(lab.snapshot());
  const answer = wouldAllow(lab, { caller: user("admin"), action: "kms:Encrypt", resource: key, region, context: { "aws:SourceIp": "192.0.2.1" } });
  expect(answer.ok && answer.decisions[0].context["aws:SourceIp"]).toBe("192.0.2.1");
  expect(JSON.stringify(lab.snapshot())).toBe(before);
});
