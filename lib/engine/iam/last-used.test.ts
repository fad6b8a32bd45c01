import { expect, test } from "vitest";
import { createLab } from "../lab";
import { seededPorts } from "../ports";
import type { Caller, JsonObject } from "../types";

const admin: Caller = { account: "111122223333", user: "admin" };
const start = Date.UTC(2026, 0, 1);

test("an access key and a role remember when, where and for what they were last used", async () => {
  const lab = createLab({ ports: seededPorts(1, start) });
  const call = async (service: string, operation: string, input: JsonObject = {}, caller: Caller = admin, region?: string): Promise<any> => {
    const reply = await lab.call({ service, operation, input, caller, region });
    return reply.ok ? reply.output : reply.error.code;
  };
  await call("iam", "CreateUser", { UserName: "al" });
  const { AccessKeyId } = (await call("iam", "CreateAccessKey", { UserName: "al" })).AccessKey;
  const used = async () => (await call("iam", "GetAccessKeyLastUsed", { AccessKeyId })).AccessKeyLastUsed;
  expect(await used()).toEqual({ ServiceName: "N/A", Region: "N/A" });

  const before = JSON.stringify(lab.snapshot().records);
  expect(await call("kms", "ListKeys", {}, { accessKeyId: AccessKeyId })).toBe("AccessDeniedException");
  expect(JSON.stringify(lab.snapshot().records)).toBe(before);

  const steps = async (minutes: number, region = "eu-west-2") => {
    await lab.advance(minutes * 60_000);
    const reply = await lab.call({ service: "sts", operation: "GetCallerIdentity", caller: { accessKeyId: AccessKeyId }, region });
    expect(reply.trace.steps.filter(({ kind }) => kind === "change")).toEqual([]);
    return used();
  };
  expect(await steps(1)).toEqual({ LastUsedDate: start / 1000 + 60, ServiceName: "sts", Region: "us-east-1" });
  expect(await steps(5)).toMatchObject({ LastUsedDate: start / 1000 + 60 });
  expect(await steps(10)).toMatchObject({ LastUsedDate: start / 1000 + 16 * 60 });

  const trust = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: "111122223333" }, Action: "sts:AssumeRole" }] });
  await call("iam", "CreateRole", { RoleName: "r", AssumeRolePolicyDocument: trust });
  await call("iam", "AttachRolePolicy", { RoleName: "r", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" });
  const role = async () => (await call("iam", "GetRole", { RoleName: "r" })).Role.RoleLastUsed;
  const { Credentials } = await call("sts", "AssumeRole", { RoleArn: "arn:aws:iam::111122223333:role/r", RoleSessionName: "xy" });
  expect(await role()).toEqual({});
  await call("kms", "ListKeys", {}, { accessKeyId: Credentials.AccessKeyId }, "eu-west-2");
  expect(await role()).toEqual({ LastUsedDate: lab.now() / 1000, Region: "eu-west-2" });
});
