import { expect, test } from "vitest";
import { policyWarnings, type PolicyWarning } from "@/lib/engine/iam/policy/warnings";
import { createLab } from "@/lib/engine/lab";
import { seededPorts } from "@/lib/engine/ports";
import { allResources, resourcesOf } from "./lab-resources";
import { countWords, lineOf, markersOf } from "./policy-findings";

const one = (level: PolicyWarning["level"]): PolicyWarning => ({ level, code: "c", message: "m", path: [], offset: 3, length: 2 });

test.each([
  [[], "No errors or warnings"],
  [["error"], "1 error"],
  [["warning", "warning", "error"], "1 error, 2 warnings"],
  [["hint", "warning"], "1 warning, 1 hint"],
] as [PolicyWarning["level"][], string][])("%j: %s", (levels, words) => expect(countWords(levels.map(one))).toBe(words));

test.each([
  ["", 0, 1],
  ["a\nb", 0, 1],
  ["a\nb", 1, 1],
  ["a\nb", 2, 2],
  ["\n\n\n", 3, 4],
])("line of %j at %d is %d", (text, offset, line) => expect(lineOf(text, offset)).toBe(line));

test("a finding is marked where it is", () => {
  expect(markersOf([one("hint")])).toEqual([{ severity: "info", code: "c", message: "m", offset: 3, length: 2 }]);
  const text = '{\n  "Version": "2012-10-17",\n  "Statement": [{ "Effect": "Allow", "Action": "kms:Decript", "Resource": "*" }]\n}';
  const [marker] = markersOf(policyWarnings(text, { kind: "IdentityPolicy", account: "111122223333" })).filter(({ message }) => message.includes("Decript"));
  expect(text.slice(marker.offset, marker.offset + marker.length)).toBe('"kms:Decript"');
  expect(lineOf(text, marker.offset)).toBe(3);
});

test("what policies can name: keys by alias, parameters, users, roles, policies, account by account", async () => {
  const lab = createLab({ ports: seededPorts(3) });
  const caller = { account: "111122223333", user: "admin" };
  const call = async (service: string, operation: string, input: object) => {
    const reply = await lab.call({ service, operation, input: input as never, caller, region: "eu-west-2" });
    if (!reply.ok) throw new Error(reply.error.message);
    return reply.output as any;
  };
  const { KeyMetadata } = await call("kms", "CreateKey", {});
  await call("kms", "CreateAlias", { AliasName: "alias/pay", TargetKeyId: KeyMetadata.KeyId });
  for (const Name of ["/a/b", "plain"]) await call("ssm", "PutParameter", { Name, Type: "String", Value: "v" });
  const found = resourcesOf(lab, "111122223333", "eu-west-2");
  expect(found.map(({ kind, name, arn }) => `${kind} ${name} ${arn}`)).toEqual([
    `KMS key alias/pay ${KeyMetadata.Arn}`,
    "Parameter /a/b arn:aws:ssm:eu-west-2:111122223333:parameter/a/b",
    "Parameter plain arn:aws:ssm:eu-west-2:111122223333:parameter/plain",
    "User admin arn:aws:iam::111122223333:user/admin",
  ]);
  expect(allResources(lab, "eu-west-2").some(({ arn }) => arn === "arn:aws:iam::444455556666:user/admin")).toBe(true);
  expect(resourcesOf(lab, "111122223333", "us-east-1").map(({ kind }) => kind)).toEqual(["User"]);
});
