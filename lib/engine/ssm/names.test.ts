import { describe, expect, it } from "vitest";
import { isFailure } from "./errors";
import { depthOf, isBeneath, parseReference, pathPrefix, problemOfNewName, trimmed } from "./names";
import { parameterArn } from "./state";
import names from "./vectors/names.json";

const region = "us-east-1";
const account = "111122223333";

describe("names of new parameters", () => {
  it.each(names.accepted)("takes %j", (name) => expect(problemOfNewName(name, region, account)).toBeUndefined());
  it.each(names.refused)("refuses $name", ({ name, code, text }) => {
    const problem = problemOfNewName(name, region, account);
    expect(problem?.error.code).toBe(code);
    expect(problem?.error.message).toContain(text);
  });
  it("counts the ARN into the 1,011 characters", () => {
    const room = 1011 - parameterArn(region, account, "").length;
    expect(problemOfNewName("n".repeat(room), region, account)).toBeUndefined();
    expect(problemOfNewName("n".repeat(room + 1), region, account)?.error.code).toBe("ValidationException");
    expect(problemOfNewName("n".repeat(2000), region, account)?.error.code).toBe("ValidationException");
  });
  it("drops spaces around a name, and only spaces", () => {
    expect(trimmed("  a b ")).toBe("a b");
    expect(trimmed("\ta")).toBe("\ta");
  });
  it("counts levels", () => expect(["a", "/a", "/a/b", "/a/b/c"].map(depthOf)).toEqual([1, 1, 2, 3]));
});

describe("references", () => {
  const arn = (name: string): string => parameterArn(region, account, name);
  it.each([
    ["p", ["p"], undefined],
    [" p ", ["p"], undefined],
    ["p:3", ["p"], "3"],
    ["/a/b:prod", ["/a/b"], "prod"],
    [arn("p"), ["p", "/p"], undefined],
    [arn("/p"), ["p", "/p"], undefined],
    [arn("/a/b"), ["/a/b"], undefined],
    [`${arn("/a/b")}:12`, ["/a/b"], "12"],
    ["__proto__:constructor", ["__proto__"], "constructor"],
  ])("reads %s", (text, expected, selector) => {
    const reference = parseReference(text, region, account);
    if (isFailure(reference)) throw new Error(reference.error.message);
    expect(reference).toMatchObject({ names: expected, account, region });
    expect(reference.selector).toBe(selector);
    expect(reference.arn).toBe(arn(expected[0]));
  });
  it.each(["", "a:", "a:1:2", ":1", "a/b", "/a/", "arn:aws:ssm:us-east-1:111122223333:document/x", "arn:aws:kms:us-east-1:111122223333:parameter/x", `${arn("x")}:`, "🔑", "a b"])("refuses %j", (text) => {
    expect(parseReference(text, region, account)).toMatchObject({ ok: false, error: { code: "ValidationException" } });
  });
  it("gives a public parameter no account", () => expect(parseReference("/aws/service/x", region, account)).toMatchObject({ account: "", arn: "arn:aws:ssm:us-east-1::parameter/aws/service/x" }));
});

describe("paths", () => {
  it.each([["/", "/"], ["/a", "/a/"], ["/a/", "/a/"], ["/a/b", "/a/b/"]])("%s is the prefix %s", (path, prefix) => expect(pathPrefix(path)).toBe(prefix));
  it.each(["a", "", "//", "/a//", "/a b", "a/b"])("refuses %j", (path) => expect(pathPrefix(path)).toMatchObject({ ok: false }));
  it.each([
    ["/a/b", "/a/", false, true],
    ["/a/b/c", "/a/", false, false],
    ["/a/b/c", "/a/", true, true],
    ["/ab", "/a/", true, false],
    ["a", "/", false, true],
    ["/a", "/", false, true],
    ["/a/b", "/", false, false],
    ["/a", "/a/", true, false],
  ])("%s beneath %s (recursive %s): %s", (name, prefix, recursive, expected) => expect(isBeneath(name, prefix, recursive)).toBe(expected));
});
