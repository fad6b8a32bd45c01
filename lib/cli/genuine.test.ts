import { expect, test } from "vitest";
import { createLab } from "../engine/lab";
import { seededPorts } from "../engine/ports";
import type { JsonObject } from "../engine/types";
import { signatureProblem } from "./genuine";

const caller = { account: "111122223333", user: "admin" };

test("keys that the lab made are compared, others are left to the lab", async () => {
  const lab = createLab({ ports: seededPorts(5) });
  const call = async (service: string, operation: string, input: JsonObject = {}) => {
    const reply = await lab.call({ service, operation, input, caller });
    if (!reply.ok) throw new Error(`${operation}: ${reply.error.code} ${reply.error.message}`);
    return reply.output;
  };
  await call("iam", "CreateUser", { UserName: "dev" });
  const key = (await call("iam", "CreateAccessKey", { UserName: "dev" })).AccessKey as { AccessKeyId: string; SecretAccessKey: string };
  await call("iam", "CreateRole", {
    RoleName: "audit",
    AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:root" }, Action: "sts:AssumeRole" }] }),
  });
  const session = (await call("sts", "AssumeRole", { RoleArn: "arn:aws:iam::111122223333:role/audit", RoleSessionName: "session" })).Credentials as {
    AccessKeyId: string;
    SecretAccessKey: string;
    SessionToken: string;
  };
  const code = (service: string, accessKeyId: string, secretAccessKey: string, sessionToken?: string) =>
    signatureProblem(lab, { service, operation: "X", input: {}, region: "us-east-1", credentials: { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) } })?.error.code;
  const { AccessKeyId, SecretAccessKey, SessionToken } = session;
  for (const [service, id, secret, token, refusal] of [
    ["kms", key.AccessKeyId, key.SecretAccessKey, undefined, undefined],
    ["kms", key.AccessKeyId, "wrong", undefined, "InvalidSignatureException"],
    ["sts", key.AccessKeyId, "wrong", undefined, "SignatureDoesNotMatch"],
    ["iam", key.AccessKeyId, "wrong", undefined, "SignatureDoesNotMatch"],
    ["ssm", "AKIAUNKNOWN", "x", undefined, undefined],
    ["ssm", AccessKeyId, SecretAccessKey, SessionToken, undefined],
    ["ssm", AccessKeyId, SecretAccessKey, undefined, "UnrecognizedClientException"],
    ["iam", AccessKeyId, SecretAccessKey, "other", "InvalidClientTokenId"],
    ["ssm", AccessKeyId, "wrong", SessionToken, "InvalidSignatureException"],
  ] as const)
    expect([service, id, refusal, code(service, id, secret, token)]).toEqual([service, id, refusal, refusal]);
  expect(signatureProblem(lab, { service: "kms", operation: "X", input: {}, region: "us-east-1" })).toBeUndefined();
});
