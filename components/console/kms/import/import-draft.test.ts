import { expect, test } from "vitest";
import { algorithmOf, emptyImport, importInput, uploadProblem, validTo, type ImportDraft } from "./import-draft";

const files = { wrapped: { name: "w", base64: "AAAA" }, token: { name: "t", base64: "BBBB" } };
const draft = (part: Partial<ImportDraft>): ImportDraft => ({ ...emptyImport, ...files, ...part });
const symmetric = { KeyId: "k", KeySpec: "SYMMETRIC_DEFAULT" };
const plain = { KeyId: "k", EncryptedKeyMaterial: "AAAA", ImportToken: "BBBB" };
const forEver = { ExpirationModel: "KEY_MATERIAL_DOES_NOT_EXPIRE" };

test.each([
  ["the first material", draft({}), symmetric, "initial", { ...plain, ...forEver }],
  ["further material, described", draft({ description: " second " }), symmetric, "new", { ...plain, ...forEver, ImportType: "NEW_KEY_MATERIAL", KeyMaterialDescription: "second" }],
  ["what the key had", draft({}), symmetric, "ab12", { ...plain, ...forEver, ImportType: "EXISTING_KEY_MATERIAL", KeyMaterialId: "ab12" }],
  ["an asymmetric key has one material and no description", draft({ description: "d" }), { KeyId: "k", KeySpec: "RSA_2048" }, "initial", { ...plain, ...forEver }],
  [
    "until a date",
    draft({ expires: true, date: "2026-12-01", time: "06:30" }),
    symmetric,
    "initial",
    { ...plain, ExpirationModel: "KEY_MATERIAL_EXPIRES", ValidTo: Date.UTC(2026, 11, 1, 6, 30) / 1000 },
  ],
  ["a date that was entered and is not wanted", draft({ date: "2026-12-01" }), symmetric, "initial", { ...plain, ...forEver }],
])("%s", (_, given, key, mode, input) => expect(importInput(given, key, mode)).toEqual(input));

test.each([
  [{ wrapped: undefined }, /wrapped key material/],
  [{ token: undefined }, /import token/],
  [{ expires: true }, /date and time/],
  [{ expires: true, date: "2026-12-01", time: "06:" }, /date and time/],
  [{ expires: true, date: "2026-12-01", time: "" }, undefined],
  [{}, undefined],
])("with %j", (part, problem) => {
  if (problem) expect(uploadProblem(draft(part))).toMatch(problem);
  else expect(uploadProblem(draft(part))).toBeUndefined();
});

test.each([
  ["26-12-01", "00:00"],
  ["2026-13-01", "00:00"],
  ["2026-12-01", "24:61"],
])("%s %s is no time", (date, time) => expect(validTo({ date, time })).toBeUndefined());

test.each([
  ["SYMMETRIC_DEFAULT", "RSA_2048", undefined, "RSAES_OAEP_SHA_256"],
  ["SYMMETRIC_DEFAULT", "RSA_2048", "RSA_AES_KEY_WRAP_SHA_1", "RSAES_OAEP_SHA_256"],
  ["RSA_2048", "RSA_4096", undefined, "RSA_AES_KEY_WRAP_SHA_256"],
  ["ECC_NIST_P521", "RSA_3072", "RSAES_OAEP_SHA_256", "RSAES_OAEP_SHA_256"],
  ["ECC_NIST_P521", "RSA_2048", "RSAES_OAEP_SHA_256", "RSA_AES_KEY_WRAP_SHA_256"],
])("for %s and %s, %s chosen: %s", (keySpec, wrappingSpec, algorithm, wanted) =>
  expect(algorithmOf(draft({ wrappingSpec, algorithm }), keySpec)).toBe(wanted),
);
