import { describe, expect, test } from "vitest";
import { testLab } from "../test-lab.test-helper";
import { policyCompletions, type PolicyAbout } from "./warnings";
import { actionsOf, conditionKeys } from "./warnings-words";

const A = "111122223333";
const KEY = `arn:aws:kms:us-east-1:${A}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

/** `|` is the cursor. */
function at(marked: string, about: Partial<PolicyAbout> = {}) {
  const offset = marked.indexOf("|");
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const found = policyCompletions(text, offset, { kind: "IdentityPolicy", account: A, ...about });
  return {
    ...found,
    labels: found.items.map(({ label }) => label),
    /** The text with a proposal taken, and where the cursor is then. */
    take(label: string): string {
      const item = found.items.find((one) => one.label === label)!;
      const caret = item.caret ?? item.insert.length;
      return `${text.slice(0, found.offset)}${item.insert.slice(0, caret)}|${item.insert.slice(caret)}${text.slice(found.offset + found.length)}`;
    },
  };
}

describe("what can be written there", () => {
  test("an empty text: a whole policy", () => {
    expect(at("|").take("Policy")).toBe(
      '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "|", "Resource": "*" }] }',
    );
    expect(at("|", { kind: "TrustPolicy" }).take("Policy")).toContain(
      '"Principal": { "AWS": "arn:aws:iam::111122223333:root" }, "Action": "sts:AssumeRole"',
    );
  });

  test("elements that are not there yet", () => {
    expect(at('{ "Version": "2012-10-17", | }').labels).toEqual(["Statement", "Id"]);
    expect(at('{"Statement":[{ "Effect": "Allow", |, "Resource": "*" }]}').labels).toEqual(["Sid", "Action", "NotAction", "Condition"]);
    expect(at('{"Statement":[{ | }]}', { kind: "KeyPolicy" }).labels).toContain("Principal");
    expect(at('{"Statement":[{ | }]}', { kind: "TrustPolicy" }).labels).not.toContain("Resource");
    expect(at('{"Statement":[{ "NotAction": "*", | }]}').labels).not.toContain("Action");
    expect(at('{"Statement":[{ "Effect": "Allow", | }]}').take("Action")).toBe('{"Statement":[{ "Effect": "Allow", "Action": "|" }]}');
    expect(at('{"Statement":[{ "Ef|": 1 }]}').take("Effect")).toBe('{"Statement":[{ "Effect|": 1 }]}');
  });

  test("Effect and Version", () => {
    expect(at('{"Statement":{"Effect": | }}').take("Deny")).toBe('{"Statement":{"Effect": "Deny"| }}');
    expect(at('{"Statement":{"Effect": "Al|"}}').take("Allow")).toBe('{"Statement":{"Effect": "Allow|"}}');
    expect(at('{"Version": "|"}').labels).toEqual(["2012-10-17", "2008-10-17"]);
  });

  test("actions of all services that Keyhole models, with their prefix", () => {
    const { labels, take } = at('{"Statement":[{"Action": ["ssm:GetParameter", "kms:De|"]}]}');
    for (const label of [
      "*",
      "kms:*",
      "kms:Decrypt",
      "kms:ReEncryptFrom",
      "ssm:GetParametersByPath",
      "ssm:SendCommand",
      "iam:PassRole",
      "sts:TagSession",
      "organizations:AttachPolicy",
    ])
      expect(labels).toContain(label);
    expect(labels).not.toContain("kms:ReEncrypt");
    expect(labels.length).toBe(1 + [...actionsOf.values()].reduce((sum, names) => sum + names.length + 1, 0));
    expect(take("kms:Decrypt")).toBe('{"Statement":[{"Action": ["ssm:GetParameter", "kms:Decrypt|"]}]}');
    expect(
      at('{"Statement":[{"Action": "|"}]}', { kind: "KeyPolicy" }).labels.every((label) => label === "*" || label.startsWith("kms:")),
    ).toBe(true);
    expect(at('{"Statement":[{"Action": "|"}]}', { kind: "TrustPolicy" }).labels).toContain("sts:AssumeRole");
  });

  test("resources that were given, and the shapes of the actions' services", () => {
    const { labels } = at('{"Statement":[{"Action": "kms:Decrypt", "Resource": "|"}]}', { resources: [KEY] });
    expect(labels).toEqual(["*", KEY, `arn:aws:kms:us-east-1:${A}:key/*`]);
    expect(at('{"Statement":[{"Resource": |}]}', { kind: "KeyPolicy" }).labels).toEqual(["*"]);
  });

  test("principals of the lab", async () => {
    const { lab, must } = testLab();
    await must("iam", "CreateUser", { UserName: "alice" });
    const { labels } = at('{"Statement":[{"Principal": {"AWS": ["|"]}}]}', { kind: "KeyPolicy", lab });
    expect(labels).toEqual([`arn:aws:iam::${A}:root`, "*", `arn:aws:iam::${A}:user/admin`, `arn:aws:iam::${A}:user/alice`]);
    expect(at('{"Statement":[{"Principal": {|}}]}', { kind: "KeyPolicy" }).labels).toEqual(["AWS", "Service", "Federated"]);
    expect(at('{"Statement":[{"Principal": |}]}', { kind: "KeyPolicy" }).take("AWS")).toBe('{"Statement":[{"Principal": { "AWS": "|" }}]}');
    expect(at('{"Statement":[{"Principal": "|"}]}', { kind: "KeyPolicy" }).labels).toEqual(["*"]);
  });

  test("condition operators, and the keys that fit them", () => {
    const { labels, take } = at('{"Statement":[{"Condition": {|}}]}');
    for (const label of ["StringEquals", "StringLikeIfExists", "ForAnyValue:StringEquals", "IpAddress", "Null"])
      expect(labels).toContain(label);
    expect(labels).not.toContain("NullIfExists");
    expect(take("StringEquals")).toBe('{"Statement":[{"Condition": {"StringEquals": { "|": "" }}}]}');
    const keysOf = (operator: string, action = "ssm:GetParameter") =>
      at(`{"Statement":[{"Action":"${action}","Condition": {"${operator}": {"|"}}}]}`).labels;
    expect(keysOf("IpAddress")).toEqual(expect.arrayContaining(["aws:SourceIp", "aws:VpcSourceIp"]));
    expect(keysOf("IpAddress")).not.toContain("aws:username");
    expect(keysOf("Bool")).toEqual(expect.arrayContaining(["aws:SecureTransport", "ssm:Recursive"]));
    expect(keysOf("Bool")).not.toContain("kms:MultiRegion");
    expect(keysOf("ForAnyValue:StringEquals", "kms:Encrypt")).toEqual(expect.arrayContaining(["aws:TagKeys", "kms:EncryptionContextKeys"]));
    expect(keysOf("ForAnyValue:StringEquals", "kms:Encrypt")).not.toContain("aws:username");
    expect(keysOf("StringEquals", "kms:Encrypt")).toContain("kms:EncryptionContext:*");
    expect(at('{"Statement":[{"Action":"kms:Encrypt","Condition": {"StringEquals": {|}}}]}').take("kms:EncryptionContext:*")).toContain(
      '"kms:EncryptionContext:|": ""',
    );
  });

  test("values of a key, where there is a list of them", () => {
    const valuesOf = (key: string) => at(`{"Statement":[{"Condition": {"StringEquals": {"${key}": "|"}}}]}`).labels;
    expect(valuesOf("kms:ViaService")).toContain("ssm.us-east-1.amazonaws.com");
    expect(valuesOf("kms:KeySpec")).toContain("ML_DSA_65");
    expect(valuesOf("kms:CallerAccount")).toEqual([A]);
    expect(valuesOf("aws:RequestedRegion")).toContain("eu-central-1");
    expect(at('{"Statement":[{"Condition": {"Bool": {"aws:SecureTransport": [|]}}}]}').labels).toEqual(["true", "false"]);
    expect(at('{"Statement":[{"Condition": {"StringEquals": {"aws:username": "${|"}}}]}').labels).toContain("${aws:username}");
  });

  test("nothing where nothing fits", () => {
    for (const marked of [
      '{"Statement":[]}|',
      '{"Statement": "x"|}',
      '{"Statement":[{"Sid": "|"}]}',
      '{"Statement":[{"Effect": "Allow"| }]}',
    ])
      expect(at(marked).labels).toEqual([]);
  });
});

test("every condition key is written once, and those that Keyhole evaluates are marked", () => {
  const lower = conditionKeys.map(({ name }) => name.toLowerCase());
  expect(new Set(lower).size).toBe(lower.length);
  expect(conditionKeys.filter(({ evaluated }) => !evaluated).map(({ name }) => name.split(":")[0]).length).toBeLessThan(
    conditionKeys.length / 3,
  );
});
