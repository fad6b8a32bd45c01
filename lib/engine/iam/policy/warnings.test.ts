import { describe, expect, test } from "vitest";
import { adminOf, allow, testLab } from "../test-lab.test-helper";
import { defaultKeyPolicy } from "../../kms/default-policy";
import { policyWarnings, type PolicyAbout, type PolicyKind, type PolicyWarning } from "./warnings";

const A = "111122223333";
const B = "444455556666";
const KEY = `arn:aws:kms:us-east-1:${A}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const PARAMETER = `arn:aws:ssm:us-east-1:${A}:parameter/app/db`;
const about = (kind: PolicyKind, more: Partial<PolicyAbout> = {}): PolicyAbout => ({ kind, account: A, ...more });
const doc = (...Statement: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement }, null, 2);

/** The value in the document that a path leads to; a name's own spot shows the name. */
const told = (text: string, { level, code, offset, length }: PolicyWarning): string =>
  `${level} ${code} ${text.slice(offset, offset + length)}`;
const codes = (text: string, kind: PolicyKind, more?: Partial<PolicyAbout>): string[] =>
  policyWarnings(text, about(kind, more)).map((warning) => told(text, warning));

const admits = { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${A}:root` }, Action: "kms:*", Resource: "*" };
const reads = { Effect: "Allow", Action: "ssm:GetParameter", Resource: PARAMETER };
const read = (more: object): string => doc({ ...reads, ...more });
const when = (Condition: object): string => read({ Condition });
const key = (...more: object[]): string => doc(admits, ...more);
const trusts = { Effect: "Allow", Principal: { AWS: A }, Action: "sts:AssumeRole" };

describe("nothing to say about a good policy", () => {
  test.each<[PolicyKind, string]>([
    ["IdentityPolicy", doc(reads)],
    ["IdentityPolicy", when({ StringEquals: { "aws:RequestedRegion": "us-east-1" }, Bool: { "aws:SecureTransport": "true" } })],
    ["IdentityPolicy", when({ "ForAnyValue:StringEquals": { "aws:TagKeys": ["a"] }, StringLike: { "aws:ResourceTag/team": "b*" } })],
    ["IdentityPolicy", read({ Resource: `arn:aws:ssm:*:${A}:parameter/\${aws:username}/*` })],
    ["KeyPolicy", defaultKeyPolicy(A)],
    [
      "KeyPolicy",
      key({
        ...admits,
        Action: ["kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"],
        Condition: { StringEquals: { "kms:ViaService": "ssm.us-east-1.amazonaws.com" } },
      }),
    ],
    ["TrustPolicy", doc(trusts)],
    ["TrustPolicy", doc({ ...trusts, Principal: { Service: "lambda.amazonaws.com" } })],
    ["Boundary", doc({ Effect: "Allow", Action: ["ssm:*", "kms:*"], Resource: "*" })],
    ["SessionPolicy", doc(reads)],
    ["SCP", doc({ Effect: "Allow", Action: "*", Resource: "*" })],
    [
      "RCP",
      doc({
        Effect: "Deny",
        Principal: "*",
        Action: "kms:*",
        Resource: "*",
        Condition: { StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-abcdefghij" } },
      }),
    ],
  ])("%s %#", (kind, text) => expect(codes(text, kind)).toEqual([]));
});

describe("where it stands and what it is", () => {
  test.each<[string, PolicyKind, string, string[]]>([
    ["text that ends too soon", "IdentityPolicy", '{"Version": ', ['error not-json "Version"']],
    ["a comma too many", "IdentityPolicy", '{"Version": "2012-10-17",}', ["error not-json }"]],
    ["no text at all", "IdentityPolicy", "", ["error not-json "]],
    ["a list", "IdentityPolicy", "[]", ["error not-an-object []"]],
    ["an element that is none", "IdentityPolicy", read({ Actions: "x" }), ['error unknown-element "Actions"']],
    [
      "small letters",
      "IdentityPolicy",
      '{"Version":"2012-10-17","statement":[]}',
      ["error missing-statement {", 'error unknown-element "statement"'],
    ],
    [
      "an element twice",
      "IdentityPolicy",
      `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"kms:Sign","Action":"ssm:GetParameter","Resource":"${PARAMETER}"}}`,
      ['warning duplicate-element "Action"'],
    ],
    [
      "the old version in an identity policy",
      "IdentityPolicy",
      doc(reads).replace("2012-10-17", "2008-10-17"),
      ['error version "2008-10-17"'],
    ],
    ["no version in a key policy", "KeyPolicy", JSON.stringify({ Statement: [admits] }), ["hint version {"]],
    ["a version that is none", "IdentityPolicy", doc(reads).replace("2012-10-17", "2026-01-01"), ['error version "2026-01-01"']],
    [
      "no Effect",
      "IdentityPolicy",
      '{"Version":"2012-10-17","Statement":[{"Action":"ssm:GetParameter","Resource":"*"}]}',
      ["error missing-effect {"],
    ],
    ["Effect in small letters", "IdentityPolicy", read({ Effect: "allow" }), ['error effect "allow"']],
    ["no Action", "IdentityPolicy", doc({ Effect: "Allow", Resource: PARAMETER }), ["error missing-action {"]],
    ["no Resource", "IdentityPolicy", doc({ Effect: "Allow", Action: "ssm:GetParameter" }), ["error missing-resource {"]],
    [
      "no Resource in a key policy",
      "KeyPolicy",
      key({ Effect: "Allow", Principal: { AWS: A }, Action: "kms:Sign" }),
      ["warning missing-resource {"],
    ],
    [
      "no Principal in a key policy",
      "KeyPolicy",
      key({ Effect: "Allow", Action: "kms:Sign", Resource: "*" }),
      ["error missing-principal {"],
    ],
    ["no Principal in a trust policy", "TrustPolicy", doc({ Effect: "Allow", Action: "sts:AssumeRole" }), ["error missing-principal {"]],
    ["a Principal in an identity policy", "IdentityPolicy", read({ Principal: "*" }), ['error principal-not-allowed "Principal"']],
    ["a Resource in a trust policy", "TrustPolicy", doc({ ...trusts, Resource: "*" }), ['error resource-not-allowed "Resource"']],
    ["Action and NotAction", "SCP", read({ NotAction: "kms:*" }), ['error both-elements "NotAction"', 'hint not-action-allow "NotAction"']],
    ["a Sid twice", "IdentityPolicy", doc({ Sid: "a", ...reads }, { Sid: "a", ...reads }), ['error duplicate-sid "a"']],
    ["a Sid with a blank", "IdentityPolicy", read({ Sid: "a b" }), ['error sid-form "a b"']],
    ["a Sid with a blank in a key policy", "KeyPolicy", doc({ Sid: "a b", ...admits }), []],
    ["no statement", "IdentityPolicy", doc(), ["error missing-statement []"]],
    ["an empty list of actions", "IdentityPolicy", read({ Action: [] }), ["error empty-list []"]],
    ["a letter that is not of Latin-1", "KeyPolicy", key({ ...admits, Sid: "Ж😀" }), ["error character Ж"]],
    [
      "a letter that is not of Latin-1, after others",
      "IdentityPolicy",
      when({ StringEquals: { "aws:username": "é😀" } }),
      ["error character 😀"],
    ],
    ["a letter that is not of Latin-1 in a control policy", "SCP", when({ StringEquals: { "aws:username": "😀" } }), []],
    ["a number for an action", "IdentityPolicy", read({ Action: 7 }), ["error wrong-type 7"]],
  ])("%s (%s)", (_title, kind, text, expected) => expect(codes(text, kind)).toEqual(expected));

  test("a position is right behind letters of any kind", () => {
    const text = '{"Version":"2012-10-17","Statement":[{"Sid":"Äéß","Effect":"Allow","Action":"kms:Decript","Resource":"*"}]}';
    const warning = policyWarnings(text, about("IdentityPolicy")).find(({ code }) => code === "unknown-action")!;
    expect(text.slice(warning.offset, warning.offset + warning.length)).toBe('"kms:Decript"');
    expect(warning.path).toEqual(["Statement", 0, "Action"]);
    expect(warning.message).toContain("kms:Decrypt");
  });
});

describe("actions and resources", () => {
  test.each<[string, PolicyKind, string, string[]]>([
    [
      "an action that is none",
      "IdentityPolicy",
      read({ Action: ["ssm:GetParameter", "ssm:ReadParameter"] }),
      ['warning unknown-action "ssm:ReadParameter"'],
    ],
    ["ReEncrypt, which is two", "KeyPolicy", key({ ...admits, Action: "kms:ReEncrypt" }), ['warning unknown-action "kms:ReEncrypt"']],
    [
      "an action that is a permission alone",
      "IdentityPolicy",
      doc({ Effect: "Allow", Action: "iam:PassRole", Resource: `arn:aws:iam::${A}:role/app` }),
      [],
    ],
    ["any case", "IdentityPolicy", read({ Action: "SSM:getparameter" }), []],
    ["a wildcard that means something", "IdentityPolicy", read({ Action: "ssm:*Parameter?" }), []],
    ["a wildcard that means nothing", "IdentityPolicy", read({ Action: "ssm:Grab*" }), ['warning wildcard-matches-none "ssm:Grab*"']],
    [
      "another service",
      "IdentityPolicy",
      doc({ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::bucket/*" }),
      ['hint action-not-checked "s3:GetObject"'],
    ],
    ["no service", "IdentityPolicy", read({ Action: "smm:GetParameter" }), ['warning unknown-service "smm:GetParameter"']],
    ["no prefix", "IdentityPolicy", read({ Action: "GetParameter" }), ['error action-form "GetParameter"']],
    [
      "an action of another service in a key policy",
      "KeyPolicy",
      key({ ...admits, Action: "ssm:GetParameter" }),
      ['warning action-of-other-service "ssm:GetParameter"'],
    ],
    [
      "an action of another service in a trust policy",
      "TrustPolicy",
      doc({ ...trusts, Action: "kms:Decrypt" }),
      ['error action-form "kms:Decrypt"'],
    ],
    ["no ARN", "IdentityPolicy", read({ Resource: "/app/db" }), ['error resource-form "/app/db"']],
    [
      "two slashes",
      "IdentityPolicy",
      read({ Resource: `arn:aws:ssm:us-east-1:${A}:parameter//app/db` }),
      [`warning arn-form "arn:aws:ssm:us-east-1:${A}:parameter//app/db"`],
    ],
    [
      "no Region",
      "IdentityPolicy",
      read({ Resource: `arn:aws:ssm::${A}:parameter/app` }),
      [`warning arn-form "arn:aws:ssm::${A}:parameter/app"`],
    ],
    [
      "a Region that is none",
      "IdentityPolicy",
      read({ Resource: `arn:aws:ssm:us-est-1:${A}:parameter/app` }),
      [`warning arn-form "arn:aws:ssm:us-est-1:${A}:parameter/app"`],
    ],
    [
      "eleven digits",
      "IdentityPolicy",
      read({ Resource: "arn:aws:ssm:us-east-1:11112222333:parameter/app" }),
      ['warning arn-form "arn:aws:ssm:us-east-1:11112222333:parameter/app"'],
    ],
    [
      "a kind of resource that is none",
      "IdentityPolicy",
      read({ Resource: `arn:aws:ssm:us-east-1:${A}:param/app` }),
      [`warning arn-form "arn:aws:ssm:us-east-1:${A}:param/app"`],
    ],
    [
      "a Region in an ARN of IAM",
      "IdentityPolicy",
      doc({ Effect: "Allow", Action: "iam:GetUser", Resource: `arn:aws:iam:us-east-1:${A}:user/a` }),
      [`error resource-form "arn:aws:iam:us-east-1:${A}:user/a"`],
    ],
    [
      "an alias for a key",
      "IdentityPolicy",
      doc({ Effect: "Allow", Action: "kms:Decrypt", Resource: `arn:aws:kms:us-east-1:${A}:alias/app` }),
      [`warning alias-arn "arn:aws:kms:us-east-1:${A}:alias/app"`],
    ],
    [
      "a key of another account",
      "IdentityPolicy",
      doc({ Effect: "Allow", Action: "kms:Decrypt", Resource: KEY.replace(A, B) }),
      [`hint other-account "${KEY.replace(A, B)}"`],
    ],
    [
      "an action that names no resource",
      "IdentityPolicy",
      doc({ Effect: "Allow", Action: ["kms:CreateKey", "kms:Sign"], Resource: KEY }),
      ['warning resource-level "kms:CreateKey"'],
    ],
    [
      "another key in a key policy",
      "KeyPolicy",
      key({ ...admits, Resource: KEY.replace("1234abcd", "99999999") }),
      [`warning resource-of-other "${KEY.replace("1234abcd", "99999999")}"`],
    ],
    ["this key in its policy", "KeyPolicy", key({ ...admits, Resource: KEY }), []],
    [
      "a variable in the old version",
      "KeyPolicy",
      JSON.stringify({
        Version: "2008-10-17",
        Statement: [admits, { ...admits, Condition: { StringEquals: { "aws:username": "${aws:PrincipalTag/name}" } } }],
      }),
      ['hint version "2008-10-17"', 'warning old-version-variables "${aws:PrincipalTag/name}"'],
    ],
    [
      "a variable that is no key",
      "IdentityPolicy",
      read({ Resource: `arn:aws:ssm:us-east-1:${A}:parameter/\${aws:user}` }),
      [`warning variable "arn:aws:ssm:us-east-1:${A}:parameter/\${aws:user}"`],
    ],
    ["everything on everything", "IdentityPolicy", doc({ Effect: "Allow", Action: "*", Resource: "*" }), ['warning star-on-star "*"']],
    [
      "everything, by condition",
      "IdentityPolicy",
      doc({ Effect: "Allow", Action: "*", Resource: "*", Condition: { Bool: { "aws:SecureTransport": "true" } } }),
      [],
    ],
    ["a boundary that is none", "Boundary", doc({ Effect: "Allow", Action: "*", Resource: "*" }), ['hint star-on-star "*"']],
    [
      "every role to pass",
      "IdentityPolicy",
      doc({ Effect: "Allow", Action: "iam:PassRole", Resource: "*" }),
      ['warning broad-power "iam:PassRole"'],
    ],
    ["every key", "IdentityPolicy", doc({ Effect: "Allow", Action: "kms:Decrypt", Resource: "*" }), ['hint every-key "kms:Decrypt"']],
    [
      "Allow with NotAction",
      "IdentityPolicy",
      doc({ Effect: "Allow", NotAction: "iam:*", Resource: PARAMETER }),
      ['warning not-action-allow "NotAction"'],
    ],
    ["Deny with NotAction", "IdentityPolicy", doc({ Effect: "Deny", NotAction: "iam:*", Resource: "*" }), []],
    [
      "Allow with NotResource",
      "IdentityPolicy",
      doc({ Effect: "Allow", Action: "ssm:GetParameter", NotResource: PARAMETER }),
      ['warning not-resource-allow "NotResource"'],
    ],
    ["an RCP that allows", "RCP", doc({ Effect: "Allow", Principal: "*", Action: "kms:*", Resource: "*" }), ['error effect "Allow"']],
    [
      "an RCP for a principal",
      "RCP",
      doc({ Effect: "Deny", Principal: { AWS: A }, Action: "kms:*", Resource: "*" }),
      ['error principal-form {\n        "AWS": "111122223333"\n      }'],
    ],
  ])("%s (%s)", (_title, kind, text, expected) =>
    expect(codes(text, kind, kind === "KeyPolicy" ? { resource: KEY } : {})).toEqual(expected),
  );
});

describe("principals", () => {
  const lets = (more: object): string => key({ Effect: "Allow", Action: "kms:Decrypt", Resource: "*", ...more });
  test.each<[string, PolicyKind, string, string[]]>([
    ["everybody", "KeyPolicy", lets({ Principal: "*" }), ['warning wildcard-principal "*"']],
    ["everybody as AWS", "KeyPolicy", lets({ Principal: { AWS: "*" } }), ['warning wildcard-principal "*"']],
    [
      "everybody of an organization",
      "KeyPolicy",
      lets({ Principal: "*", Condition: { StringEquals: { "aws:PrincipalOrgID": "o-abcdefghij" } } }),
      [],
    ],
    [
      "everybody through a service",
      "KeyPolicy",
      lets({ Principal: "*", Condition: { StringEquals: { "kms:ViaService": "ssm.us-east-1.amazonaws.com" } } }),
      ['warning wildcard-principal "*"'],
    ],
    ["everybody, denied", "KeyPolicy", lets({ Effect: "Deny", Principal: "*" }), []],
    ["everybody may be the role", "TrustPolicy", doc({ ...trusts, Principal: "*" }), ['warning wildcard-principal "*"']],
    ["everybody but one", "KeyPolicy", lets({ NotPrincipal: { AWS: A } }), ['warning not-principal-allow "NotPrincipal"']],
    [
      "a Deny that spares one",
      "KeyPolicy",
      lets({ Effect: "Deny", NotPrincipal: { AWS: [`arn:aws:iam::${A}:user/a`, A] } }),
      ['hint not-principal "NotPrincipal"'],
    ],
    [
      "a Deny that spares nobody",
      "KeyPolicy",
      lets({ Effect: "Deny", NotPrincipal: { AWS: `arn:aws:iam::${A}:user/a` }, Action: "kms:Sign" }),
      [`warning not-principal-incomplete "arn:aws:iam::${A}:user/a"`],
    ],
    [
      "a wildcard in an ARN",
      "KeyPolicy",
      lets({ Principal: { AWS: `arn:aws:iam::${A}:user/*` } }),
      [`error principal-form "arn:aws:iam::${A}:user/*"`],
    ],
    [
      "a group",
      "KeyPolicy",
      lets({ Principal: { AWS: `arn:aws:iam::${A}:group/g` } }),
      [`error principal-form "arn:aws:iam::${A}:group/g"`],
    ],
    ["a name", "KeyPolicy", lets({ Principal: { AWS: "alice" } }), ['error principal-form "alice"']],
    ["a name without a kind", "KeyPolicy", lets({ Principal: "alice" }), ['error principal-form "alice"']],
    ["a kind that is none", "KeyPolicy", lets({ Principal: { aws: A } }), ['error principal-form "aws"']],
    [
      "a service that is none",
      "KeyPolicy",
      lets({ Principal: { Service: "logs" } }),
      ['error principal-form "logs"', 'hint confused-deputy "logs"'],
    ],
    [
      "a service for anybody",
      "KeyPolicy",
      lets({ Principal: { Service: "logs.amazonaws.com" } }),
      ['hint confused-deputy "logs.amazonaws.com"'],
    ],
    [
      "another account",
      "KeyPolicy",
      lets({ Principal: { AWS: `arn:aws:iam::${B}:root` } }),
      [`hint other-account "arn:aws:iam::${B}:root"`],
    ],
  ])("%s (%s)", (_title, kind, text, expected) => expect(codes(text, kind)).toEqual(expected));

  test("who does not exist, if there is a lab to ask", async () => {
    const { lab, must } = testLab();
    await must("iam", "CreateUser", { UserName: "alice" });
    const named = (name: string) => lets({ Principal: { AWS: `arn:aws:iam::${A}:user/${name}` } });
    expect(codes(named("alice"), "KeyPolicy", { lab })).toEqual([]);
    expect(codes(named("alise"), "KeyPolicy", { lab })).toEqual([`error principal-missing "arn:aws:iam::${A}:user/alise"`]);
    expect(codes(named("alise"), "KeyPolicy")).toEqual([]);
    const trusted = (name: string) => doc({ ...trusts, Principal: { AWS: `arn:aws:iam::${A}:user/${name}` } });
    expect(codes(trusted("alise"), "TrustPolicy", { lab })).toEqual([`error principal-missing "arn:aws:iam::${A}:user/alise"`]);
  });
});

describe("conditions", () => {
  test.each<[string, object, string[]]>([
    ["an operator that is none", { StringEqual: { "aws:username": "a" } }, ['error unknown-operator "StringEqual"']],
    ["Null with IfExists", { NullIfExists: { "aws:username": "true" } }, ['error unknown-operator "NullIfExists"']],
    ["a key that is none", { StringEquals: { "aws:UserName2": "a" } }, ['warning unknown-key "aws:UserName2"']],
    ["a key in any case", { StringEquals: { "AWS:UserName": "a" } }, []],
    ["a key without a prefix", { StringEquals: { SourceIp: "a" } }, ['warning unknown-key "SourceIp"']],
    ["a tag without a name", { StringEquals: { "aws:ResourceTag": "a" } }, ['warning unknown-key "aws:ResourceTag"']],
    [
      "a key of another service",
      { StringEquals: { "kms:ViaService": "ssm.us-east-1.amazonaws.com" } },
      ['warning key-of-other-service "kms:ViaService"'],
    ],
    [
      "a key that is not evaluated",
      { StringEquals: { "aws:Ec2InstanceSourceVpc": "vpc-1" } },
      ['hint key-not-evaluated "aws:Ec2InstanceSourceVpc"'],
    ],
    ["a key of a service that is not modelled", { StringEquals: { "s3:prefix": "a" } }, ['hint key-not-checked "s3:prefix"']],
    ["an address compared as text", { StringEquals: { "aws:SourceIp": "203.0.113.9" } }, ['warning operator-type "aws:SourceIp"']],
    ["a name compared as address", { IpAddress: { "aws:username": "203.0.113.9" } }, ['warning operator-type "aws:username"']],
    ["a time compared as text", { StringLike: { "aws:CurrentTime": "2026*" } }, ['warning operator-type "aws:CurrentTime"']],
    ["a truth compared as number", { NumericEquals: { "aws:SecureTransport": "1" } }, ['warning operator-type "aws:SecureTransport"']],
    [
      "an address that is none",
      { IpAddress: { "aws:SourceIp": ["203.0.113.0/33", "10.0.0.0/8"] } },
      ['warning value-form "203.0.113.0/33"'],
    ],
    ["a time that is none", { DateLessThan: { "aws:CurrentTime": "tomorrow" } }, ['warning value-form "tomorrow"']],
    ["a number that is none", { NumericLessThan: { "aws:MultiFactorAuthAge": "1h" } }, ['warning value-form "1h"']],
    ["neither true nor false", { Bool: { "aws:SecureTransport": "yes" } }, ['warning value-form "yes"']],
    ["Null with another word", { Null: { "aws:TagKeys": "yes" } }, ['warning value-form "yes"']],
    ["a star that is a star", { StringEquals: { "aws:username": "al*" } }, ['warning literal-wildcard "al*"']],
    ["no ARN for ArnLike", { ArnLike: { "aws:PrincipalArn": "alice" } }, ['warning value-form "alice"']],
    ["many values, no set operator", { StringEquals: { "aws:TagKeys": ["a", "b"] } }, ['warning set-operator-missing "aws:TagKeys"']],
    ["one value, a set operator", { "ForAnyValue:StringEquals": { "aws:username": "a" } }, ['warning set-operator-single "aws:username"']],
    ["ForAllValues alone", { "ForAllValues:StringEquals": { "aws:TagKeys": "a" } }, ['warning for-all-values "aws:TagKeys"']],
    ["ForAllValues, guarded", { "ForAllValues:StringEquals": { "aws:TagKeys": "a" }, Null: { "aws:TagKeys": "false" } }, []],
    ["no values", { StringEquals: { "aws:username": [] } }, ["warning empty-list []"]],
    ["a value that is an object", { StringEquals: { "aws:username": {} } }, ["error wrong-type {}"]],
    ["a variable with several values", { StringEquals: { "aws:username": "${aws:TagKeys}" } }, ['warning variable "${aws:TagKeys}"']],
  ])("%s", (_title, Condition, expected) => expect(codes(when(Condition), "IdentityPolicy")).toEqual(expected));

  test.each<[string, object, string[]]>([
    ["the key's tag", { StringEquals: { "aws:ResourceTag/team": "blue" } }, ['warning not-in-key-policy "aws:ResourceTag/team"']],
    [
      "the key's aliases",
      { "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/app" } },
      ['warning not-in-key-policy "kms:ResourceAliases"'],
    ],
    [
      "ForAllValues on one pair of an encryption context",
      { "ForAllValues:StringEquals": { "kms:EncryptionContext:a": "b" } },
      ['warning not-in-key-policy "kms:EncryptionContext:a"', 'warning set-operator-single "kms:EncryptionContext:a"'],
    ],
  ])("that AWS does not take in a key policy: %s", (_title, Condition, expected) =>
    expect(codes(key({ ...admits, Condition }), "KeyPolicy")).toEqual(expected),
  );
});

describe("lock-out", () => {
  const only = (Principal: object, more: object = {}): string =>
    doc({ Effect: "Allow", Principal, Action: "kms:*", Resource: "*", ...more });
  const alice = `arn:aws:iam::${A}:user/alice`;

  test("without a lab: whether anybody of the account could be left", () => {
    const levels = (text: string) =>
      policyWarnings(text, about("KeyPolicy", { resource: KEY }))
        .filter(({ code }) => code.startsWith("lockout"))
        .map(({ level }) => level);
    expect(levels(only({ AWS: alice }))).toEqual([]);
    expect(levels(only({ AWS: A }))).toEqual([]);
    expect(levels(only({ AWS: `arn:aws:iam::${B}:root` }))).toEqual(["error"]);
    expect(levels(doc())).toEqual(["error"]);
    expect(levels(doc({ ...admits, Action: "kms:Decrypt" }))).toEqual(["error"]);
    expect(levels(doc(admits, { ...admits, Effect: "Deny", Principal: "*", Action: "kms:Put*" }))).toEqual(["error"]);
    expect(levels(only({ AWS: A }, { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } }))).toEqual(["warning"]);
  });

  test("with a lab it says what PutKeyPolicy says", async () => {
    const { lab, must, fails } = testLab();
    await must("iam", "CreateUser", { UserName: "alice" });
    await must("iam", "CreateUser", { UserName: "keeper" });
    await must("iam", "PutUserPolicy", { UserName: "keeper", PolicyName: "p", PolicyDocument: allow("kms:*", "arn:aws:kms:*:*:key/*") });
    const { KeyMetadata } = await must("kms", "CreateKey", {});
    const caller = { account: A, user: "keeper" };
    const ask = (text: string) =>
      policyWarnings(text, about("KeyPolicy", { resource: KeyMetadata.Arn, lab, caller }))
        .filter(({ level }) => level === "error")
        .map(({ code }) => code);
    const put = async (Policy: string) =>
      (await fails("kms", "PutKeyPolicy", { KeyId: KeyMetadata.KeyId, Policy }, caller)).startsWith("ok");
    for (const [text, expected] of [
      [only({ AWS: alice }), ["lockout-caller"]],
      [only({ AWS: alice }, { Action: "kms:Decrypt" }), ["lockout"]],
      [only({ AWS: A }), []],
    ] as [string, string[]][]) {
      expect(ask(text)).toEqual(expected);
      expect(await put(text)).toBe(expected.length === 0);
    }
    expect(
      policyWarnings(only({ AWS: alice }), about("KeyPolicy", { resource: KeyMetadata.Arn, lab, caller: adminOf(A) })).map(
        ({ code }) => code,
      ),
    ).toEqual(["lockout-caller"]);
  });
});

describe("size", () => {
  const long = (characters: number): string => read({ Resource: `arn:aws:ssm:us-east-1:${A}:parameter/${"x".repeat(characters)}` });
  test.each<[PolicyKind, Partial<PolicyAbout>, number]>([
    ["IdentityPolicy", {}, 6_144],
    ["IdentityPolicy", { inline: "user" }, 2_048],
    ["IdentityPolicy", { inline: "group" }, 5_120],
    ["IdentityPolicy", { inline: "role" }, 10_240],
    ["SessionPolicy", {}, 2_048],
    ["SCP", {}, 5_120],
  ])("%s %o: at most %i", (kind, more, most) => {
    expect(codes(long(most - 400), kind, more)).toEqual([]);
    expect(policyWarnings(long(most), about(kind, more)).map(({ code }) => code)).toEqual(["too-long"]);
  });
});
