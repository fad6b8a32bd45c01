import { expect, test } from "vitest";
import { fromBase64, toBase64, utf8 } from "@/lib/engine/crypto/bytes";
import { A, functionLab, zipOf } from "@/lib/engine/lambda/lambda.test-helper";
import { code, partId } from "@/lib/engine/lambda/state";
import { changedFiles, draftOf, isChanged, openPackage, packed, packedTexts, pathsOf, problemOfPath, readDraftText, renamed, textOf, withFile, withText, without, type PackageFiles } from "./package-draft";

const pack: PackageFiles = {
  "lambda_function.py": toBase64(utf8("print(1)\n")),
  "lib/help.py": toBase64(utf8("x = 1\n")),
  "logo.bin": toBase64(Uint8Array.of(0xff, 0xfe, 0x00, 0x80)),
};
const draft = draftOf("sha", pack);

test("a draft of a package is no change, and what is typed and taken back is none either", () => {
  expect(isChanged(draft, pack)).toBe(false);
  const typed = withText(draft, pack, "lambda_function.py", "print(2)\n");
  expect(changedFiles(typed, pack)).toEqual({ added: [], changed: ["lambda_function.py"], removed: [] });
  expect(isChanged(withText(typed, pack, "lambda_function.py", "print(1)\n"), pack)).toBe(false);
});

test("files are added, renamed and deleted; what is no text comes along", () => {
  expect(textOf(draft, pack, "logo.bin")).toBeUndefined();
  let next = withFile(draft, "event.json", "{}");
  next = renamed(next, "logo.bin", "img/logo.bin");
  next = without(next, "lib/help.py");
  expect(pathsOf(next)).toEqual(["img/logo.bin", "event.json", "lambda_function.py"]);
  expect(changedFiles(next, pack)).toEqual({ added: ["event.json", "img/logo.bin"], changed: [], removed: ["lib/help.py", "logo.bin"].sort() });
  const files = openPackage("next", packed(next, pack))!;
  expect(Object.keys(files).sort()).toEqual(["event.json", "img/logo.bin", "lambda_function.py"]);
  expect(files["img/logo.bin"]).toBe(pack["logo.bin"]);
  // A draft is JSON, and comes back as it was.
  expect(readDraftText(JSON.stringify(next))).toEqual(next);
});

test("the same files make the same package", () => {
  const one = packedTexts({ "b.py": "b", "a.py": "a" });
  expect(packedTexts({ "a.py": "a", "b.py": "b" })).toBe(one);
  expect(fromBase64(one).length).toBeGreaterThan(0);
});

test.each([
  ["", "Enter"],
  ["  ", "Enter"],
  ["/a.py", "slash"],
  ["a/", "slash"],
  ["a//b.py", "empty"],
  ["../a.py", "empty"],
  ["a\\b.py", "empty"],
  ["lambda_function.py", "already"],
  ["lib", "stands in the way"],
  ["lambda_function.py/x", "stands in the way"],
  ["new.py", undefined],
  ["deep/er/new.py", undefined],
])("a file called %j", (path, problem) => {
  const found = problemOfPath(path, pathsOf(draft));
  if (problem === undefined) expect(found).toBeUndefined();
  else expect(found).toContain(problem);
});

test.each([
  ["new.py", "ok"],
  ["deep/er/new.py", "ok"],
  ["/a.py", "InvalidParameterValueException"],
  ["a/", "InvalidParameterValueException"],
  ["../a.py", "InvalidParameterValueException"],
  ["a\\b.py", "InvalidParameterValueException"],
])("what is refused beforehand Lambda refuses too: %j", async (path, answer) => {
  const { fails, make } = await functionLab();
  await make();
  expect(problemOfPath(path, []) === undefined).toBe(answer === "ok");
  expect(await fails("UpdateFunctionCode", { FunctionName: "f1", ZipFile: zipOf({ [path]: "x = 1" }) })).toMatch(new RegExp(`^${answer}`));
});

test.each([["null"], ["[]"], ["{"], ['{"base":1}'], [""]])("what is kept and is no draft: %s", (text) => {
  expect(readDraftText(text)).toBeUndefined();
});

test("deployed, the package in the lab is the draft's", async () => {
  const { lab, make, must } = await functionLab();
  await make({ Code: { ZipFile: packedTexts({ "lambda_function.py": "one" }) } });
  const row = () => {
    const db = lab.read({ account: A, region: "us-east-1", service: "lambda" });
    const sha = (db.table("versions").get("f1\0$LATEST") as { CodeSha256: string }).CodeSha256;
    return { sha, files: openPackage(sha, code(db).get(partId("f1", sha))!.zip)! };
  };
  const before = row();
  const changed = withFile(withText(draftOf(before.sha, before.files), before.files, "lambda_function.py", "two"), "more.py", "m");
  await must("UpdateFunctionCode", { FunctionName: "f1", ZipFile: packed(changed, before.files) });
  const after = row();
  expect(Object.fromEntries(Object.entries(after.files).map(([path, content]) => [path, atob(content)]))).toEqual({ "lambda_function.py": "two", "more.py": "m" });
  expect(isChanged(draftOf(after.sha, after.files), after.files)).toBe(false);
});
