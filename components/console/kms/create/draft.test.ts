import { describe, expect, test } from "vitest";
import { aliasName, createKeyInput, emptyDraft, policyOf, stepProblem, withConfiguration, type KeyDraft } from "./draft";

const ACCOUNT = "111122223333";
const draft = (part: Partial<KeyDraft>): KeyDraft => ({ ...emptyDraft, ...part });

test.each([
  [{}, { type: "asymmetric" as const }, ["asymmetric", "ENCRYPT_DECRYPT", "RSA_2048"]],
  [{}, { usage: "GENERATE_VERIFY_MAC" }, ["symmetric", "GENERATE_VERIFY_MAC", "HMAC_224"]],
  [
    { type: "asymmetric" as const, usage: "SIGN_VERIFY", spec: "ECC_NIST_P256" },
    { usage: "KEY_AGREEMENT" },
    ["asymmetric", "KEY_AGREEMENT", "ECC_NIST_P256"],
  ],
  [
    { type: "asymmetric" as const, usage: "SIGN_VERIFY", spec: "ECC_NIST_P256" },
    { type: "symmetric" as const },
    ["symmetric", "ENCRYPT_DECRYPT", "SYMMETRIC_DEFAULT"],
  ],
  [
    { type: "asymmetric" as const, usage: "SIGN_VERIFY", spec: "RSA_2048" },
    { spec: "RSA_4096" },
    ["asymmetric", "SIGN_VERIFY", "RSA_4096"],
  ],
])("from %j by %j", (before, change, after) => {
  const { type, usage, spec } = withConfiguration(draft(before), change);
  expect([type, usage, spec]).toEqual(after);
});

test.each([
  [1, {}, /alias/],
  [1, { alias: "payroll" }, undefined],
  [3, { accounts: ["12"] }, /12 digits/],
  [3, { accounts: [""] }, /remove the empty line/],
  [3, { accounts: ["444455556666"] }, undefined],
  [0, {}, undefined],
])("step %d with %j", (step, part, problem) => {
  const said = stepProblem(draft(part), step, ACCOUNT);
  if (problem) expect(said).toMatch(problem);
  else expect(said).toBeUndefined();
});

describe("CreateKey's input", () => {
  test("a plain symmetric key needs its policy only", () =>
    expect(Object.keys(createKeyInput(draft({ alias: "a" }), ACCOUNT))).toEqual(["Policy"]));
  test("other kinds name spec and usage, labels go along", () =>
    expect(
      createKeyInput(
        draft({ type: "asymmetric", usage: "SIGN_VERIFY", spec: "ECC_NIST_P256", description: "d", tags: [{ key: "team", value: "pay" }] }),
        ACCOUNT,
      ),
    ).toMatchObject({
      KeySpec: "ECC_NIST_P256",
      KeyUsage: "SIGN_VERIFY",
      Description: "d",
      Tags: [{ TagKey: "team", TagValue: "pay" }],
    }));
  test("a policy edited by hand is sent as it was typed", () =>
    expect(createKeyInput(draft({ policy: " {not json" }), ACCOUNT).Policy).toBe(" {not json"));
  test("an empty account line does not get into the policy", () =>
    expect(policyOf(draft({ accounts: [""] }), ACCOUNT)).not.toContain("iam:::root"));
});

test.each([
  ["payroll", "alias/payroll"],
  ["alias/payroll", "alias/payroll"],
])("alias %s", (typed, name) => expect(aliasName(typed)).toBe(name));
