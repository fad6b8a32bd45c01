import { describe, expect, it, test } from "vitest";
import { account, other, testLab } from "./secretsmanager.test-helper";
import { isBroad, policyTexts } from "./policy";

const document = (...Statement: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement });
const letIn = (Principal: unknown, more: object = {}) => ({ Effect: "Allow", Principal, Action: "secretsmanager:GetSecretValue", Resource: "*", ...more });
const root = `arn:aws:iam::${account}:root`;

describe("what a policy must be", () => {
  test.each<[string, string, string]>([
    ["no JSON", "{", policyTexts.syntax],
    ["a list", "[]", policyTexts.syntax],
    ["no statement", JSON.stringify({ Version: "2012-10-17" }), policyTexts.syntax],
    ["an effect that is none", document(letIn(root, { Effect: "AllowSomething" })), policyTexts.syntax],
    ["no principal", document({ Effect: "Allow", Action: "secretsmanager:*", Resource: "*" }), policyTexts.syntax],
    ["no action", document({ Effect: "Allow", Principal: "*", Resource: "*" }), policyTexts.syntax],
    ["no resource", document({ Effect: "Allow", Principal: "*", Action: "secretsmanager:*" }), policyTexts.syntax],
    ["an action without service", document(letIn({ AWS: root }, { Action: "GetSecretValue" })), policyTexts.syntax],
    ["a user that is not there", document(letIn({ AWS: `arn:aws:iam::${account}:user/nobody` })), policyTexts.principal],
    ["a role that is not there", document(letIn({ AWS: [root, `arn:aws:iam::${account}:role/none`] })), policyTexts.principal],
    ["what is no principal", document(letIn({ AWS: "somebody" })), policyTexts.principal],
    ["what is no service", document(letIn({ Service: "nowhere.example.com" })), policyTexts.servicePrincipal],
  ])("%s", async (_, ResourcePolicy, message) => {
    const { create, bad, good } = testLab();
    await create("s");
    expect(await bad("PutResourcePolicy", { SecretId: "s", ResourcePolicy })).toEqual({ code: "MalformedPolicyDocumentException", message });
    if (ResourcePolicy === "{") expect(await bad("ValidateResourcePolicy", { ResourcePolicy })).toEqual({ code: "MalformedPolicyDocumentException", message });
    else expect(await good("ValidateResourcePolicy", { SecretId: "s", ResourcePolicy })).toEqual({ PolicyValidationPassed: false, ValidationErrors: [{ CheckName: "PolicySyntax", ErrorMessage: message }] });
  });

  it("is kept as it was written, of any length up to 20,480 characters", async () => {
    const { create, good, bad } = testLab();
    const { ARN } = await create("s");
    const text = document(letIn({ AWS: [root, other], Service: "rds.amazonaws.com" })).replace("{", "{\n  ");
    expect(await good("PutResourcePolicy", { SecretId: "s", ResourcePolicy: text })).toEqual({ ARN, Name: "s" });
    expect(await good("GetResourcePolicy", { SecretId: "s" })).toEqual({ ARN, Name: "s", ResourcePolicy: text });
    expect((await bad("PutResourcePolicy", { SecretId: "s", ResourcePolicy: `${text}${" ".repeat(20_481 - text.length)}` })).code).toBe("ValidationException");
    await good("PutResourcePolicy", { SecretId: "s", ResourcePolicy: `${text}${" ".repeat(20_480 - text.length)}` });
    expect(await good("DeleteResourcePolicy", { SecretId: "s" })).toEqual({ ARN, Name: "s" });
    expect(await good("DeleteResourcePolicy", { SecretId: "s" })).toEqual({ ARN, Name: "s" });
    expect(await good("GetResourcePolicy", { SecretId: "s" })).toEqual({ ARN, Name: "s" });
  });
});

describe("broad access", () => {
  test.each<[string, object, boolean]>([
    ["everybody", letIn("*"), true],
    ["everybody, as AWS", letIn({ AWS: "*" }), true],
    ["everybody among others", letIn({ AWS: [root, "*"] }), true],
    ["everybody but one", { Effect: "Allow", NotPrincipal: { AWS: root }, Action: "secretsmanager:*", Resource: "*" }, true],
    ["one account", letIn({ AWS: other }), false],
    ["a service", letIn({ Service: "lambda.amazonaws.com" }), false],
    ["a Deny for everybody", letIn("*", { Effect: "Deny" }), false],
    ["everybody of an account", letIn("*", { Condition: { StringEquals: { "aws:PrincipalAccount": account } } }), false],
    ["everybody of an organization", letIn("*", { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-abcdefghij" } } }), false],
    ["everybody of any organization", letIn("*", { Condition: { StringLike: { "aws:PrincipalOrgID": "o-*" } } }), true],
    ["everybody but an organization", letIn("*", { Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-abcdefghij" } } }), true],
    ["everybody at an address", letIn("*", { Condition: { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } } }), false],
    ["everybody at any address", letIn("*", { Condition: { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } } }), true],
    ["everybody through an endpoint", letIn("*", { Condition: { StringEquals: { "aws:SourceVpce": "vpce-1a2b3c4d" } } }), false],
    ["everybody for an ARN of an account", letIn("*", { Condition: { ArnLike: { "aws:SourceArn": `arn:aws:lambda:*:${account}:function:*` } } }), false],
    ["everybody for any ARN", letIn("*", { Condition: { ArnLike: { "aws:SourceArn": "arn:aws:lambda:*:*:function:*" } } }), true],
    ["everybody whose name is a variable", letIn("*", { Condition: { StringEquals: { "aws:PrincipalAccount": "${aws:PrincipalAccount}" } } }), true],
    ["everybody with MFA", letIn("*", { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } }), true],
    ["everybody for one label", letIn("*", { Condition: { StringEquals: { "secretsmanager:VersionStage": "AWSCURRENT" } } }), true],
  ])("%s", async (_, statement, broad) => {
    const { create, good, bad } = testLab();
    await create("s");
    const ResourcePolicy = document(letIn({ AWS: root }), statement);
    expect(isBroad(ResourcePolicy)).toBe(broad);
    if (broad) expect(await bad("PutResourcePolicy", { SecretId: "s", ResourcePolicy, BlockPublicPolicy: true })).toEqual({ code: "PublicPolicyException", message: "You can't attach a resource-based policy that allows broad access to the secret." });
    else await good("PutResourcePolicy", { SecretId: "s", ResourcePolicy, BlockPublicPolicy: true });
    const { PolicyValidationPassed, ValidationErrors } = await good("ValidateResourcePolicy", { ResourcePolicy });
    expect([PolicyValidationPassed, ValidationErrors.map(({ ErrorMessage }: any) => ErrorMessage)]).toEqual([!broad, broad ? [policyTexts.public] : []]);
    // Nobody who does not ask for it is kept from it.
    await good("PutResourcePolicy", { SecretId: "s", ResourcePolicy });
  });
});

describe("ValidateResourcePolicy", () => {
  it("tells whoever would lock himself out, and all that is wrong at once", async () => {
    const { create, good } = testLab();
    await create("s");
    const locked = document({ Effect: "Deny", Principal: "*", Action: "secretsmanager:*", Resource: "*" });
    expect(await good("ValidateResourcePolicy", { SecretId: "s", ResourcePolicy: locked })).toEqual({ PolicyValidationPassed: false, ValidationErrors: [{ CheckName: "Lockout", ErrorMessage: policyTexts.lockout }] });
    // Without a secret nobody knows whose policy it is.
    expect(await good("ValidateResourcePolicy", { ResourcePolicy: locked })).toEqual({ PolicyValidationPassed: true, ValidationErrors: [] });
    const both = document(letIn("*"), { Effect: "Deny", Principal: "*", Action: "secretsmanager:PutResourcePolicy", Resource: "*" });
    expect((await good("ValidateResourcePolicy", { SecretId: "s", ResourcePolicy: both })).ValidationErrors.map(({ CheckName }: any) => CheckName)).toEqual(["PublicAccess", "Lockout"]);
  });

  it("knows its secret", async () => {
    const { bad } = testLab();
    expect((await bad("ValidateResourcePolicy", { SecretId: "none", ResourcePolicy: document(letIn({ AWS: root })) })).code).toBe("ResourceNotFoundException");
  });
});
