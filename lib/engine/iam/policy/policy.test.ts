import { describe, expect, test } from "vitest";
import { compilePolicy } from "./compile";
import { parseDate } from "./conditions";
import { explainPolicy, identityForm, prepare, resourceForm, type PolicyForm } from "./evaluate";
import { inRange, parseIp } from "./ip";
import type { ConditionContext, PolicyStatement, Principal } from "../../types";

const alice: Principal = {
  type: "User",
  account: "111122223333",
  arn: "arn:aws:iam::111122223333:user/alice",
  userId: "AIDAALICEALICEALICE23",
  name: "alice",
};
const session: Principal = {
  type: "AssumedRole",
  account: "111122223333",
  arn: "arn:aws:sts::111122223333:assumed-role/app/i-1",
  userId: "AROAAPPAPPAPPAPPAPPA2:i-1",
  name: "app",
  roleArn: "arn:aws:iam::111122223333:role/service/app",
};
const root: Principal = { type: "Root", account: "111122223333", arn: "arn:aws:iam::111122223333:root", userId: "111122223333" };
const lambda: Principal = {
  type: "Service",
  account: "111122223333",
  arn: "arn:aws:iam::111122223333:root",
  userId: "lambda",
  service: "lambda.amazonaws.com",
};

const KEY = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const PARAMETER = "arn:aws:ssm:us-east-1:111122223333:parameter/app/db/password";

type Outcome = "Allow" | "Deny" | "-";

interface Asked {
  action?: string;
  resource?: string;
  context?: ConditionContext;
  principal?: Principal;
  form?: PolicyForm;
  version?: "2008-10-17" | "2012-10-17";
}

function ask(
  statements: Partial<PolicyStatement>[],
  {
    action = "ssm:GetParameter",
    resource = PARAMETER,
    context = {},
    principal = alice,
    form = identityForm,
    version = "2012-10-17",
  }: Asked = {},
) {
  const document = JSON.stringify({
    Version: version,
    Statement: statements.map((statement) => ({ Effect: "Allow", Action: "*", Resource: "*", ...statement })),
  });
  return explainPolicy({ name: "p", document }, prepare({ principal, action, resource, context }), form);
}

function outcome(...args: Parameters<typeof ask>): Outcome {
  const answer = ask(...args);
  return answer.deny !== undefined ? "Deny" : answer.allow !== undefined ? "Allow" : "-";
}

// IAM User Guide: "IAM JSON policy elements: Action", "… NotAction"
describe("Action and NotAction", () => {
  test.each<[Partial<PolicyStatement>, string, Outcome]>([
    [{ Action: "*" }, "ssm:GetParameter", "Allow"],
    [{ Action: "ssm:*" }, "ssm:GetParameter", "Allow"],
    [{ Action: "ssm:*" }, "kms:Decrypt", "-"],
    [{ Action: "ssm:Get*" }, "ssm:GetParameter", "Allow"],
    [{ Action: "ssm:Get*" }, "ssm:PutParameter", "-"],
    [{ Action: "ssm:*Parameter" }, "ssm:GetParameter", "Allow"],
    [{ Action: "ssm:*Parameter" }, "ssm:GetParameters", "-"],
    [{ Action: "ssm:Get?arameter" }, "ssm:GetParameter", "Allow"],
    [{ Action: "ssm:Get?Parameter" }, "ssm:GetParameter", "-"],
    [{ Action: "SSM:getparameter" }, "ssm:GetParameter", "Allow"],
    [{ Action: "ssm:GETPARAMETER*" }, "ssm:GetParametersByPath", "Allow"],
    [{ Action: "*:*" }, "ssm:GetParameter", "Allow"],
    [{ Action: ["kms:Decrypt", "ssm:GetParameter"] }, "ssm:GetParameter", "Allow"],
    [{ Action: ["kms:Decrypt", "kms:Encrypt"] }, "ssm:GetParameter", "-"],
    [{ Action: [] }, "ssm:GetParameter", "-"],
    [{ Action: "ssm" }, "ssm:GetParameter", "-"],
    [{ Action: undefined, NotAction: "iam:*" }, "ssm:GetParameter", "Allow"],
    [{ Action: undefined, NotAction: "ssm:*" }, "ssm:GetParameter", "-"],
    [{ Action: undefined, NotAction: ["kms:*", "iam:*"] }, "ssm:GetParameter", "Allow"],
    [{ Action: undefined, NotAction: ["kms:*", "SSM:get*"] }, "ssm:GetParameter", "-"],
    [{ Effect: "Deny", Action: undefined, NotAction: "iam:*" }, "ssm:GetParameter", "Deny"],
    [{ Effect: "Deny", Action: undefined, NotAction: "iam:*" }, "iam:GetUser", "-"],
    [{ Action: undefined }, "ssm:GetParameter", "-"],
  ])("%j, %s -> %s", (statement, action, expected) => expect(outcome([statement], { action })).toBe(expected));
});

// IAM User Guide: "IAM JSON policy elements: Resource" (wildcards, incomplete ARNs), "… NotResource"
describe("Resource and NotResource", () => {
  test.each<[string | string[], string, Outcome]>([
    ["*", PARAMETER, "Allow"],
    [PARAMETER, PARAMETER, "Allow"],
    [`${PARAMETER}2`, PARAMETER, "-"],
    ["arn:aws:ssm:us-east-1:111122223333:parameter/app/*", PARAMETER, "Allow"],
    ["arn:aws:ssm:us-east-1:111122223333:parameter/app*", PARAMETER, "Allow"],
    ["arn:aws:ssm:us-east-1:111122223333:parameter/*/password", PARAMETER, "Allow"],
    ["arn:aws:ssm:us-east-1:111122223333:parameter/web/*", PARAMETER, "-"],
    ["arn:aws:ssm:*:111122223333:parameter/app/db/password", PARAMETER, "Allow"],
    ["arn:aws:ssm:us-*-1:111122223333:parameter/*", PARAMETER, "Allow"],
    ["arn:aws:ssm:eu-*:111122223333:parameter/*", PARAMETER, "-"],
    ["arn:aws:ssm:*:*:parameter/app/db/password", PARAMETER, "Allow"],
    ["arn:aws:ssm:us-east-?:111122223333:parameter/*", PARAMETER, "Allow"],
    ["arn:aws:ssm:us-east-1:1111?2223333:parameter/*", PARAMETER, "Allow"],
    ["arn:aws:ssm:us-east-1:11112222?3333:parameter/*", PARAMETER, "-"],
    ["arn:aws:ssm:us-east-1:111122223333:parameter/APP/*", PARAMETER, "-"],
    ["arn:aws:ssm:us-east-1:111122223333:parameter/app/db/passwor?", PARAMETER, "Allow"],
    ["arn:aws:ssm:us-east-1:111122223333:parameter/app/db/password?", PARAMETER, "-"],
    ["arn:aws:ssm", PARAMETER, "Allow"],
    ["arn:aws:ssm:us-east-1", PARAMETER, "Allow"],
    ["arn:aws:kms", PARAMETER, "-"],
    ["arn:aws:ssm:*", PARAMETER, "Allow"],
    ["arn:aws:s*m:us-east-1:111122223333:parameter/*", PARAMETER, "Allow"],
    ["arn:aws:ssm:u*1:parameter/*", PARAMETER, "-"],
    [[KEY, PARAMETER], PARAMETER, "Allow"],
    [[], PARAMETER, "-"],
    ["arn:aws:logs:us-east-1:111122223333:log-group:app:*", "arn:aws:logs:us-east-1:111122223333:log-group:app:log-stream:1", "Allow"],
    ["arn:aws:s3:::bucket/*", "arn:aws:s3:::bucket/a/b/c", "Allow"],
    ["arn:aws:s3:::bucket/*", "arn:aws:s3:::bucket", "-"],
    ["arn:aws:ssm:us-east-1:111122223333:parameter/*", "*", "-"],
    ["*", "*", "Allow"],
  ])("%s with %s -> %s", (Resource, resource, expected) => {
    expect(outcome([{ Resource }], { resource })).toBe(expected);
    expect(outcome([{ Resource: undefined, NotResource: Resource }], { resource })).toBe(expected === "Allow" ? "-" : "Allow");
  });
});

// IAM User Guide: "IAM policy elements: Variables and tags"
describe("policy variables", () => {
  const tags: ConditionContext = {
    "aws:username": "alice",
    "aws:PrincipalTag/team": "db",
    "aws:userid": alice.userId,
    "aws:PrincipalOrgPaths": ["o-1/r-1/"],
  };
  const at = (path: string) => `arn:aws:ssm:us-east-1:111122223333:parameter/${path}`;
  test.each<[string, string, Outcome, string?]>([
    ["${aws:username}/*", "alice/x", "Allow"],
    ["${aws:username}/*", "bob/x", "-"],
    ["${AWS:UserName}/*", "alice/x", "Allow"],
    ["${aws:PrincipalTag/team}/*", "db/x", "Allow"],
    ["${aws:PrincipalTag/TEAM}/*", "db/x", "Allow"],
    ["${aws:PrincipalTag/none}/*", "db/x", "-"],
    ["${aws:PrincipalTag/none, 'shared'}/*", "shared/x", "Allow"],
    ["${aws:PrincipalTag/team, 'shared'}/*", "shared/x", "-"],
    ["${aws:PrincipalTag/team, 'shared'}/*", "db/x", "Allow"],
    ["${aws:PrincipalTag/none, ''}x", "x", "Allow"],
    ["${aws:PrincipalOrgPaths}/*", "o-1/r-1//x", "-"],
    ["${aws:username}-${aws:PrincipalTag/team}", "alice-db", "Allow"],
    ["${*}", "*", "Allow"],
    ["${*}", "anything", "-"],
    ["a${?}", "a?", "Allow"],
    ["a${?}", "ab", "-"],
    ["${$}{aws:username}", "${aws:username}", "Allow"],
    ["${aws:username}", "alice", "-", "2008-10-17"],
    ["${aws:username}", "${aws:username}", "Allow", "2008-10-17"],
    ["${unknown}", "x", "-"],
  ])("%s with %s -> %s (version %s)", (pattern, path, expected, version) =>
    expect(outcome([{ Resource: at(pattern) }], { resource: at(path), context: tags, version: version as "2008-10-17" | undefined })).toBe(
      expected,
    ),
  );

  test("a value with wildcards of its own is no pattern", () => {
    const context = { "aws:PrincipalTag/team": "*" };
    expect(outcome([{ Resource: at("${aws:PrincipalTag/team}/x") }], { resource: at("db/x"), context })).toBe("-");
    expect(outcome([{ Resource: at("${aws:PrincipalTag/team}/x") }], { resource: at("*/x"), context })).toBe("Allow");
  });

  test("the trace says what was filled in", () => {
    const [, resource] = ask([{ Resource: at("${aws:username}/*") }], { resource: at("alice/x"), context: tags }).trace.statements[0].parts;
    expect(resource).toMatchObject({ part: "Resource", matched: true, variables: { "${aws:username}": "alice" } });
  });

  test("in conditions of strings and ARNs only", () => {
    const context = { "aws:username": "alice", "aws:PrincipalTag/owner": "alice", "aws:SourceIp": "203.0.113.9" };
    expect(outcome([{ Condition: { StringEquals: { "aws:PrincipalTag/owner": "${aws:username}" } } }], { context })).toBe("Allow");
    expect(outcome([{ Condition: { StringEqualsIgnoreCase: { "aws:PrincipalTag/owner": "${aws:USERNAME}" } } }], { context })).toBe(
      "Allow",
    );
    expect(
      outcome([{ Condition: { ArnLike: { "aws:SourceArn": "arn:aws:iam::111122223333:user/${aws:username}" } } }], {
        context: { ...context, "aws:SourceArn": alice.arn },
      }),
    ).toBe("Allow");
    expect(
      outcome([{ Condition: { NumericEquals: { "aws:EpochTime": "${aws:EpochTime}" } } }], { context: { "aws:EpochTime": "5" } }),
    ).toBe("-");
  });
});

// IAM User Guide: "IAM JSON policy elements: Condition operators"
describe("condition operators", () => {
  type Values = string | number | boolean | (string | number | boolean)[];
  /** operator, policy's values, request's values (undefined: the key is absent), whether the condition holds */
  test.each<[string, Values, string | string[] | undefined, boolean]>([
    ["StringEquals", "a", "a", true],
    ["StringEquals", "a", "A", false],
    ["StringEquals", "a*", "ab", false],
    ["StringEquals", "a*", "a*", true],
    ["StringEquals", ["a", "b"], "b", true],
    ["StringEquals", "a", undefined, false],
    ["StringEquals", "", "", true],
    ["StringEquals", true, "true", true],
    ["StringEquals", 5, "5", true],
    ["StringEqualsIfExists", "a", undefined, true],
    ["StringEqualsIfExists", "a", "b", false],
    ["StringNotEquals", "a", "b", true],
    ["StringNotEquals", "a", "a", false],
    ["StringNotEquals", ["a", "b"], "b", false],
    ["StringNotEquals", ["a", "b"], "c", true],
    ["StringNotEquals", "a", undefined, true],
    ["StringNotEqualsIfExists", "a", undefined, true],
    ["StringEqualsIgnoreCase", "Alpha", "aLPHA", true],
    ["StringEqualsIgnoreCase", "Alpha", "beta", false],
    ["StringNotEqualsIgnoreCase", "Alpha", "aLPHA", false],
    ["StringNotEqualsIgnoreCase", "Alpha", undefined, true],
    ["StringLike", "a*c", "abc", true],
    ["StringLike", "a*c", "a:b/c", true],
    ["StringLike", "a?c", "abc", true],
    ["StringLike", "a?c", "abbc", false],
    ["StringLike", "A*", "abc", false],
    ["StringLike", "*", "", true],
    ["StringLike", "a*", undefined, false],
    ["StringNotLike", "a*", "abc", false],
    ["StringNotLike", "a*", "bcd", true],
    ["StringNotLike", "a*", undefined, true],
    ["stringequals", "a", "a", true],
    ["NumericEquals", "10", "10.0", true],
    ["NumericEquals", 10, "10", true],
    ["NumericEquals", "10", "ten", false],
    ["NumericNotEquals", "10", "11", true],
    ["NumericNotEquals", "10", "10", false],
    ["NumericNotEquals", "10", undefined, true],
    ["NumericLessThan", "10", "9.99", true],
    ["NumericLessThan", "10", "10", false],
    ["NumericLessThanEquals", "10", "10", true],
    ["NumericLessThanEquals", "10", "11", false],
    ["NumericLessThanEquals", "10", undefined, false],
    ["NumericLessThanIfExists", "10", undefined, true],
    ["NumericGreaterThan", "10", "11", true],
    ["NumericGreaterThan", "10", "10", false],
    ["NumericGreaterThanEquals", "10", "10", true],
    ["NumericGreaterThanEquals", "-1", "-2", false],
    ["DateEquals", "2026-01-01T00:00:00Z", "2026-01-01T01:00:00+01:00", true],
    ["DateEquals", "2026-01-01T00:00:00Z", "1767225600", true],
    ["DateNotEquals", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", true],
    ["DateNotEquals", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", false],
    ["DateNotEquals", "2026-01-01T00:00:00Z", undefined, true],
    ["DateLessThan", "2026-01-01", "2025-12-31T23:59:59Z", true],
    ["DateLessThan", "2026-01-01", "2026-01-01T00:00:00Z", false],
    ["DateLessThanEquals", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", true],
    ["DateGreaterThan", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00.001Z", true],
    ["DateGreaterThan", "2026", "2027-01-01", true],
    ["DateGreaterThanEquals", "2026-01-01T00:00:00Z", "2025-12-31", false],
    ["DateGreaterThan", "2026-01-01T00:00:00Z", undefined, false],
    ["DateLessThan", "not a date", "2026-01-01T00:00:00Z", false],
    ["Bool", "true", "true", true],
    ["Bool", true, "true", true],
    ["Bool", "true", "false", false],
    ["Bool", "false", undefined, false],
    ["BoolIfExists", "false", undefined, true],
    ["BoolIfExists", "false", "true", false],
    ["BinaryEquals", "QmluYXJ5VmFsdWVJbkJhc2U2NA==", "QmluYXJ5VmFsdWVJbkJhc2U2NA==", true],
    ["BinaryEquals", "QQ==", "QQ", true],
    ["BinaryEquals", "QQ==", "qq==", false],
    ["BinaryEquals", "QQ==", undefined, false],
    ["IpAddress", "203.0.113.0/24", "203.0.113.77", true],
    ["IpAddress", "203.0.113.0/24", "203.0.114.1", false],
    ["IpAddress", "203.0.113.5", "203.0.113.5", true],
    ["IpAddress", "0.0.0.0/0", "8.8.8.8", true],
    ["IpAddress", "2001:db8:1234:5678::/64", "2001:DB8:1234:5678:0::1", true],
    ["IpAddress", "2001:db8:1234:5678::/64", "2001:db8:1234:5679::1", false],
    ["IpAddress", "::/0", "203.0.113.5", false],
    ["IpAddress", ["192.0.2.0/24", "203.0.113.0/24"], "203.0.113.5", true],
    ["IpAddress", "203.0.113.0/33", "203.0.113.5", false],
    ["IpAddress", "203.0.113.0/24", undefined, false],
    ["NotIpAddress", "203.0.113.0/24", "203.0.114.1", true],
    ["NotIpAddress", "203.0.113.0/24", "203.0.113.1", false],
    ["NotIpAddress", ["192.0.2.0/24", "203.0.113.0/24"], "203.0.113.5", false],
    ["NotIpAddress", "203.0.113.0/24", undefined, true],
    ["NotIpAddressIfExists", "203.0.113.0/24", undefined, true],
    ["ArnEquals", "arn:aws:sns:us-east-1:111122223333:topic", "arn:aws:sns:us-east-1:111122223333:topic", true],
    ["ArnEquals", "arn:aws:sns:*:111122223333:top*", "arn:aws:sns:us-east-1:111122223333:topic", true],
    ["ArnEquals", "arn:aws:sns:us-east-1:*", "arn:aws:sns:us-east-1:111122223333:topic", false],
    ["ArnLike", "arn:aws:sns:us-east-1:*:*", "arn:aws:sns:us-east-1:111122223333:topic", true],
    ["ArnLike", "arn:aws:*:us-east-1:111122223333:a:b:?", "arn:aws:sns:us-east-1:111122223333:a:b:c", true],
    ["ArnLike", "arn:aws:sns:us*:111122223333:topic", "arn:aws:sns:us-east-1:999:111122223333:topic", false],
    ["ArnLike", "arn:aws:sns:us-east-1:111122223333:topic", undefined, false],
    ["ArnLikeIfExists", "arn:aws:sns:us-east-1:111122223333:topic", undefined, true],
    ["ArnNotEquals", "arn:aws:sns:*:*:topic", "arn:aws:sns:us-east-1:111122223333:topic", false],
    ["ArnNotLike", "arn:aws:sns:*:*:topic", "arn:aws:sns:us-east-1:111122223333:other", true],
    ["ArnNotLike", "arn:aws:sns:*:*:topic", undefined, true],
    ["Null", "true", undefined, true],
    ["Null", "true", "x", false],
    ["Null", "false", "x", true],
    ["Null", false, undefined, false],
    ["Null", "true", [], true],
    // "Set operators for multivalued context keys"
    ["ForAllValues:StringEquals", ["a", "b"], ["a", "b"], true],
    ["ForAllValues:StringEquals", ["a", "b"], ["a"], true],
    ["ForAllValues:StringEquals", ["a", "b"], ["a", "c"], false],
    ["ForAllValues:StringEquals", ["a", "b"], undefined, true],
    ["ForAllValues:StringEquals", ["a", "b"], [], true],
    ["ForAllValues:StringLike", ["a*"], ["ab", "ac"], true],
    ["ForAllValues:StringNotEquals", ["a", "b"], ["c", "d"], true],
    ["ForAllValues:StringNotEquals", ["a", "b"], ["c", "a"], false],
    ["ForAnyValue:StringEquals", ["a", "b"], ["c", "b"], true],
    ["ForAnyValue:StringEquals", ["a", "b"], ["c"], false],
    ["ForAnyValue:StringEquals", ["a", "b"], undefined, false],
    ["ForAnyValue:StringEquals", ["a", "b"], [], false],
    ["ForAnyValue:StringEqualsIfExists", ["a"], undefined, true],
    ["ForAnyValue:StringNotEquals", ["a"], ["a", "b"], true],
    ["ForAnyValue:StringNotEquals", ["a"], ["a"], false],
    ["ForAnyValue:StringNotEquals", ["a"], undefined, false],
    ["ForAnyValue:IpAddress", "203.0.113.0/24", ["10.0.0.1", "203.0.113.4"], true],
    ["foranyvalue:stringlike", "a*", ["b", "ab"], true],
  ])("%s %j with %j -> %s", (operator, wanted, got, holds) => {
    const context: ConditionContext = got === undefined ? {} : { "aws:SourceArn": got };
    const Condition = { [operator]: { "aws:SourceArn": wanted } };
    expect(outcome([{ Condition }], { context })).toBe(holds ? "Allow" : "-");
    expect(outcome([{ Effect: "Deny", Condition }], { context })).toBe(holds ? "Deny" : "-");
  });

  test("all keys and operators must hold; the names of keys have no case", () => {
    const context = { "aws:SourceIp": "203.0.113.9", "kms:ViaService": "ssm.us-east-1.amazonaws.com" };
    const both = {
      IpAddress: { "AWS:sourceip": "203.0.113.0/24" },
      StringEquals: { "kms:viaservice": "ssm.us-east-1.amazonaws.com", "aws:PrincipalTag/x": "y" },
    };
    expect(outcome([{ Condition: both }], { context })).toBe("-");
    expect(outcome([{ Condition: both }], { context: { ...context, "aws:PrincipalTag/X": "y" } })).toBe("Allow");
  });

  test("a key that the lab does not evaluate is named and never passes, nor does its absence", () => {
    for (const Effect of ["Allow", "Deny"] as const) {
      for (const operator of ["StringEquals", "StringNotEquals", "Null", "StringEqualsIfExists"]) {
        const answer = ask([{ Effect, Condition: { [operator]: { "s3:prefix": "true" } } }]);
        expect(answer).toEqual({ trace: answer.trace });
        expect(answer.trace.statements[0].parts.at(-1)).toMatchObject({ key: "s3:prefix", operator, notEvaluated: true, matched: false });
      }
    }
    expect(outcome([{ Condition: { StringEquals: { "s3:prefix": "a" } } }], { context: { "s3:prefix": "a" } })).toBe("Allow");
  });

  test.each([
    ["2026", Date.UTC(2026, 0)],
    ["2026-03", Date.UTC(2026, 2)],
    ["2026-03-04T05:06Z", Date.UTC(2026, 2, 4, 5, 6)],
    ["2026-03-04T05:06:07.5+02:00", Date.UTC(2026, 2, 4, 3, 6, 7, 500)],
    ["1767225600", 1767225600000],
    ["yesterday", undefined],
    ["2026-13-01", undefined],
  ])("date %s", (text, ms) => expect(parseDate(text)).toBe(ms));

  test.each([
    ["10.0.0.0/8", "10.255.1.1", true],
    ["10.0.0.0/8", "10.1.0.0/16", true],
    ["10.1.0.0/16", "10.0.0.0/8", false],
    ["::1", "0:0:0:0:0:0:0:1", true],
    ["::ffff:10.0.0.0/104", "::ffff:10.2.3.4", true],
  ])("%s holds %s: %s", (range, address, expected) => expect(inRange(parseIp(range)!, parseIp(address)!)).toBe(expected));
  test.each(["10.0.0", "10.0.0.256", "10.0.0.1/33", "1::2::3", "12345::", ":::", "x", "", "1/2/3", "1:2:3:4:5:6:7:8:9", "::1.2.3"])(
    "%s is no address",
    (text) => expect(parseIp(text)).toBeUndefined(),
  );
});

// IAM User Guide: "AWS JSON policy elements: Principal", "… NotPrincipal"
describe("Principal and NotPrincipal", () => {
  const role = session.roleArn!;
  const account = "arn:aws:iam::111122223333:root";
  test.each<[string, NonNullable<PolicyStatement["Principal"]>, Principal, string | undefined]>([
    ["everyone", "*", alice, "direct"],
    ["everyone by AWS", { AWS: "*" }, session, "direct"],
    ["everyone: a service", "*", lambda, "direct"],
    ["user ARN", { AWS: alice.arn }, alice, "direct"],
    ["user ARN in a list", { AWS: [role, alice.arn] }, alice, "direct"],
    ["another user", { AWS: "arn:aws:iam::111122223333:user/bob" }, alice, undefined],
    ["user's unique id", { AWS: alice.userId }, alice, "direct"],
    ["no wildcards in ARNs", { AWS: "arn:aws:iam::111122223333:user/*" }, alice, undefined],
    ["account ARN", { AWS: account }, alice, "account"],
    ["account number", { AWS: "111122223333" }, session, "account"],
    ["another account", { AWS: "444455556666" }, alice, undefined],
    ["account ARN for root itself", { AWS: account }, root, "direct"],
    ["role ARN", { AWS: role }, session, "role"],
    ["role without its path", { AWS: "arn:aws:iam::111122223333:role/app" }, session, undefined],
    ["role's unique id", { AWS: "AROAAPPAPPAPPAPPAPPA2" }, session, "role"],
    ["role session ARN", { AWS: session.arn }, session, "direct"],
    ["another session", { AWS: "arn:aws:sts::111122223333:assumed-role/app/i-2" }, session, undefined],
    ["the strongest counts", { AWS: [account, role] }, session, "role"],
    ["service", { Service: "lambda.amazonaws.com" }, lambda, "direct"],
    ["any service", { Service: "*" }, lambda, "direct"],
    ["another service", { Service: ["ec2.amazonaws.com"] }, lambda, undefined],
    ["a service is not its account", { AWS: account }, lambda, undefined],
    ["a user is no service", { Service: "*" }, alice, undefined],
    ["federated", { Federated: "cognito-identity.amazonaws.com" }, alice, undefined],
    ["canonical user", { CanonicalUser: "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be" }, alice, undefined],
    ["kinds together", { Service: "ec2.amazonaws.com", AWS: alice.arn }, alice, "direct"],
  ])("%s", (_title, Principal, principal, form) => {
    const answer = ask([{ Principal }], { principal, form: resourceForm });
    expect(answer.form).toBe(form);
    expect(answer.allow).toBe(form ? 0 : undefined);
    expect(outcome([{ Principal, Effect: "Deny" }], { principal, form: resourceForm })).toBe(form ? "Deny" : "-");
  });

  test.each<[string, string[], Principal, Outcome]>([
    ["user and account listed", [alice.arn, account], alice, "-"],
    ["user alone: the account is denied", [alice.arn], alice, "Deny"],
    ["account alone: the user is denied", [account], alice, "Deny"],
    ["another user listed", ["arn:aws:iam::111122223333:user/bob", account], alice, "Deny"],
    ["session, role and account listed", [session.arn, role, account], session, "-"],
    ["role and account alone", [role, account], session, "Deny"],
    ["root listed", [account], root, "-"],
    ["root by number", ["111122223333"], root, "-"],
  ])("Deny with NotPrincipal: %s", (_title, AWS, principal, expected) =>
    expect(outcome([{ Effect: "Deny", NotPrincipal: { AWS } }], { principal, form: resourceForm })).toBe(expected),
  );

  test("Allow with NotPrincipal lets in all but those listed", () => {
    expect(outcome([{ NotPrincipal: { AWS: alice.arn } }], { form: resourceForm })).toBe("-");
    expect(outcome([{ NotPrincipal: { AWS: alice.arn } }], { form: resourceForm, principal: session })).toBe("Allow");
  });

  test("a resource policy without a principal names nobody", () => expect(outcome([{}], { form: resourceForm })).toBe("-"));
});

describe("policies as a whole", () => {
  test("every part is compared, also after one failed", () => {
    const [statement] = ask([{ Sid: "One", Action: "kms:*", Resource: KEY, Condition: { Bool: { "aws:SecureTransport": "true" } } }]).trace
      .statements;
    expect(statement).toEqual({
      index: 0,
      Sid: "One",
      Effect: "Allow",
      matched: false,
      parts: [
        { part: "Action", matched: false, wanted: ["kms:*"], got: ["ssm:GetParameter"] },
        { part: "Resource", matched: false, wanted: [KEY], got: [PARAMETER] },
        { part: "Condition", matched: false, wanted: ["true"], got: [], operator: "Bool", key: "aws:SecureTransport" },
      ],
    });
  });

  test("an explicit deny wins wherever it stands", () => {
    expect(outcome([{}, { Effect: "Deny" }])).toBe("Deny");
    expect(outcome([{ Effect: "Deny" }, {}])).toBe("Deny");
  });

  test.each([
    ["{", /not JSON/],
    ["[]", /not a JSON object/],
    ["{}", /no Statement/],
    ['{"Version":"2020-01-01","Statement":[]}', /Version/],
    ['{"Statement":[{"Effect":"Maybe"}]}', /neither Allow nor Deny/],
    ['{"Statement":[{"Effect":"Allow","Actoin":"*"}]}', /"Actoin"/],
    ['{"Statement":[{"Effect":"Allow","Action":"*","NotAction":"*"}]}', /both Action and NotAction/],
    ['{"Statement":[{"Effect":"Allow","Action":[1]}]}', /Action is neither/],
    ['{"Statement":[{"Effect":"Allow","Condition":{"StringIs":{"a":"b"}}}]}', /"StringIs" is not a condition operator/],
    ['{"Statement":[{"Effect":"Allow","Principal":"alice"}]}', /Principal is neither/],
    ['{"Statement":[{"Effect":"Allow","Principal":{"Aws":"*"}}]}', /unknown kind "Aws"/],
    ['{"__proto__":1,"Statement":[]}', /"__proto__"/],
  ])("%s has a problem and decides nothing", (document, problem) => {
    expect(compilePolicy(document).problem).toMatch(problem);
    const answer = explainPolicy(
      { name: "p", document },
      prepare({ principal: alice, action: "a:b", resource: "*", context: {} }),
      identityForm,
    );
    expect(answer).toEqual({ trace: { name: "p", statements: [], problem: expect.stringMatching(problem) } });
  });

  test("one statement may stand without its list", () => {
    const document = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}';
    expect(
      explainPolicy({ name: "p", document }, prepare({ principal: alice, action: "a:b", resource: "*", context: {} }), identityForm).allow,
    ).toBe(0);
  });

  test("conditions called __proto__ and constructor are keys like others", () => {
    const Condition = JSON.parse('{"StringEquals":{"aws:PrincipalTag/__proto__":"x","aws:PrincipalTag/constructor":"y"}}');
    expect(outcome([{ Condition }])).toBe("-");
    expect(outcome([{ Condition }], { context: JSON.parse('{"aws:PrincipalTag/__proto__":"x","aws:PrincipalTag/constructor":"y"}') })).toBe(
      "Allow",
    );
  });
});
