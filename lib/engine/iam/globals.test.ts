import { describe, expect, test } from "vitest";
import { Draft, Records, dbOf } from "../store";
import { globalKeys, type CallFacts } from "./globals";
import { isKnownKey } from "./policy/known-keys";
import { roles, users } from "./state";
import { ensureAccount, recognise, secretFor } from "./who";
import type { Caller, Principal } from "../types";

/** IAM User Guide, "AWS global condition context keys": each key's Availability. */
const A = "111122223333";
const now = Date.UTC(2026, 0, 1, 12, 0, 0, 500);

function world() {
  const db = dbOf(new Draft(new Records()), A, "global", "iam");
  ensureAccount(db, A);
  Object.assign(users(db, A).edit("admin"), { Tags: [{ Key: "Team", Value: "db" }] });
  roles(db, A).put("app", {
    RoleName: "app",
    RoleId: "AROAAPP",
    Path: "/",
    Arn: `arn:aws:iam::${A}:role/app`,
    CreateDate: 0,
    AssumeRolePolicyDocument: "{}",
    MaxSessionDuration: 3600,
    Tags: [
      { Key: "Team", Value: "role" },
      { Key: "kept", Value: "yes" },
    ],
    inline: {},
    attached: [],
  });
  const who = (caller: Caller): Principal => {
    const found = recognise(db, caller, now);
    if (!found.ok) throw new Error(found.error.code);
    return found.output;
  };
  const keys = (principal: Principal, facts: Partial<CallFacts> = {}) =>
    globalKeys(principal, { now, region: "eu-west-1", via: [], sourceIp: "203.0.113.9", userAgent: "aws-cli/2", ...facts }, db);
  return { db, who, keys };
}

describe("global keys", () => {
  test("a user", () => {
    const { who, keys } = world();
    expect(keys(who({ account: A, user: "admin" }))).toEqual({
      "aws:CurrentTime": "2026-01-01T12:00:00Z",
      "aws:EpochTime": "1767268800",
      "aws:RequestedRegion": "eu-west-1",
      "aws:SecureTransport": "true",
      "aws:PrincipalIsAWSService": "false",
      "aws:ViaAWSService": "false",
      "aws:SourceIp": "203.0.113.9",
      "aws:UserAgent": "aws-cli/2",
      "aws:PrincipalAccount": A,
      "aws:PrincipalArn": `arn:aws:iam::${A}:user/admin`,
      "aws:PrincipalType": "User",
      "aws:userid": expect.stringMatching(/^AIDA/),
      "aws:username": "admin",
      "aws:PrincipalTag/Team": "db",
    });
  });

  test("root has no name", () => {
    const { who, keys } = world();
    const found = keys(who({ account: A, root: true }), { secureTransport: false, region: "global" });
    expect(found).toMatchObject({
      "aws:PrincipalType": "Account",
      "aws:userid": A,
      "aws:PrincipalArn": `arn:aws:iam::${A}:root`,
      "aws:SecureTransport": "false",
      "aws:RequestedRegion": "us-east-1",
    });
    expect(found).not.toHaveProperty(["aws:username"]);
    expect(found).not.toHaveProperty(["aws:MultiFactorAuthPresent"]);
  });

  test("a role session: the role's ARN, session tags over the role's", () => {
    const { who, keys } = world();
    const principal = who({ account: A, role: "app", session: "s1" });
    principal.session = { ...principal.session!, tags: { team: "session" }, sourceIdentity: "alice" };
    const found = keys(principal);
    expect(found).toMatchObject({
      "aws:PrincipalArn": `arn:aws:iam::${A}:role/app`,
      "aws:PrincipalType": "AssumedRole",
      "aws:userid": "AROAAPP:s1",
      "aws:PrincipalTag/team": "session",
      "aws:PrincipalTag/kept": "yes",
      "aws:TokenIssueTime": "2026-01-01T12:00:00Z",
      "aws:MultiFactorAuthPresent": "false",
      "aws:SourceIdentity": "alice",
    });
    expect(found).not.toHaveProperty(["aws:username"]);
    expect(found).not.toHaveProperty(["aws:PrincipalTag/Team"]);
  });

  test("with MFA, its age", () => {
    const { who, keys } = world();
    const principal = who({ account: A, role: "app", session: "s1" });
    principal.session = { ...principal.session!, mfa: true, issuedAt: now - 90_000 };
    expect(keys(principal)).toMatchObject({ "aws:MultiFactorAuthPresent": "true", "aws:MultiFactorAuthAge": "90" });
  });

  test("through services: who passed it on, and no longer the caller's address", () => {
    const { who, keys } = world();
    const found = keys(who({ account: A, user: "admin" }), { via: ["cloudformation", "ssm"] });
    expect(found).toMatchObject({
      "aws:ViaAWSService": "true",
      "aws:CalledVia": ["cloudformation.amazonaws.com", "ssm.amazonaws.com"],
      "aws:CalledViaFirst": "cloudformation.amazonaws.com",
      "aws:CalledViaLast": "ssm.amazonaws.com",
    });
    expect(found).not.toHaveProperty(["aws:SourceIp"]);
  });

  test("a service for itself", () => {
    const { keys } = world();
    const found = keys({ type: "Service", account: A, arn: "", userId: "", service: "logs.amazonaws.com" });
    expect(found).toMatchObject({ "aws:PrincipalIsAWSService": "true", "aws:PrincipalServiceName": "logs.amazonaws.com" });
    expect(found).not.toHaveProperty(["aws:PrincipalArn"]);
  });
});

test("whatever is supplied is known, so that its absence counts", () => {
  const { who, keys } = world();
  const principal = who({ account: A, role: "app", session: "s1" });
  principal.session = { ...principal.session!, mfa: true, sourceIdentity: "x" };
  const supplied = [...Object.keys(keys(principal)), ...Object.keys(keys(who({ account: A, user: "admin" }), { via: ["ssm"] }))];
  expect(supplied.filter((key) => !isKnownKey(key.toLowerCase()))).toEqual([]);
  expect(
    ["s3:prefix", "aws:nonsense", "kms:CustomerMasterKeySpec", "aws:PrincipalTag"].filter((key) => isKnownKey(key.toLowerCase())),
  ).toEqual([]);
});

describe("who calls", () => {
  test.each<[string, Caller]>([
    ["an unknown key", { accessKeyId: "AKIAIOSFODNN7EXAMPLE" }],
    ["an unknown account", { account: "999999999999", root: true }],
    ["an unknown user", { account: A, user: "nobody" }],
    ["an unknown role", { account: A, role: "nothing", session: "s1" }],
  ])("%s is refused as each protocol says it", (_title, caller) => {
    const { db } = world();
    expect(recognise(db, caller, now, "sts")).toMatchObject({
      ok: false,
      error: { code: "InvalidClientTokenId", message: "The security token included in the request is invalid.", status: 403 },
    });
    expect(recognise(db, caller, now, "kms")).toMatchObject({
      ok: false,
      error: { code: "UnrecognizedClientException", message: "The security token included in the request is invalid." },
    });
  });

  test("an account is made once, the same every time", () => {
    const { db } = world();
    const before = users(db, A).get("admin");
    ensureAccount(db, A);
    expect(users(db, A).get("admin")).toBe(before);
    const other = dbOf(new Draft(new Records()), A, "global", "iam");
    ensureAccount(other, A);
    expect(users(other, A).get("admin")?.UserId).toBe(before?.UserId);
    expect(secretFor(db, "AKIAIOSFODNN7EXAMPLE")).toBeUndefined();
  });
});
