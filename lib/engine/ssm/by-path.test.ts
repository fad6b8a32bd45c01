import { describe, expect, it } from "vitest";
import { dice, testLab } from "./ssm.test-helper";

/** A small forest with names that sort around the slash (`-` and `.` are before it, digits and letters after). */
async function forest(seed: number) {
  const t = testLab(seed);
  const next = dice(seed);
  const names = new Set<string>();
  const segment = (): string => ["a", "b", "a-b", "a.b", "a0", "A", "_"][next(7)];
  while (names.size < 150) {
    const depth = next(5);
    names.add(depth === 0 ? segment() : `/${Array.from({ length: depth }, segment).join("/")}`);
  }
  const rows = [...names].map((name) => ({ name, type: ["String", "StringList"][next(2)], tag: next(3), tier: ["Standard", "Advanced"][next(2)] }));
  for (const { name, type, tag, tier } of rows) await t.put(name, "x", { Type: type, Tier: tier, ...(tag && { Tags: [{ Key: "t", Value: `v${tag}` }] }) });
  return { t, next, rows };
}

/** All pages of a list. */
async function pages(t: ReturnType<typeof testLab>, operation: string, input: object): Promise<string[]> {
  const names: string[] = [];
  for (let token: string | undefined, first = true; first || token; first = false) {
    const answer = await t.good(operation, { ...input, ...(token && { NextToken: token }) });
    names.push(...answer.Parameters.map((p: any) => p.Name));
    token = answer.NextToken;
  }
  return names;
}

const full = (name: string): string => (name.startsWith("/") ? name : `/${name}`);

describe("GetParametersByPath", () => {
  it.each([1, 2, 3])("gives what a plain filter gives, page by page (seed %i)", async (seed) => {
    const { t, next, rows } = await forest(seed);
    const paths = ["/", "/a", "/a/", "/a/b", "/a-b", "/none", ...rows.map(({ name }) => full(name)).filter(() => next(8) === 0)];
    let found = 0;
    for (const Path of paths)
      for (const Recursive of [false, true])
        for (const type of [undefined, "StringList"]) {
          const prefix = Path === "/" ? "/" : `${Path.replace(/\/$/, "")}/`;
          const expected = rows
            .filter(({ name, type: its }) => full(name).startsWith(prefix) && (Recursive || !full(name).slice(prefix.length).includes("/")) && (!type || its === type))
            .map(({ name }) => name)
            .sort();
          const got = await pages(t, "GetParametersByPath", { Path, Recursive, MaxResults: 1 + next(10), ...(type && { ParameterFilters: [{ Key: "Type", Values: [type] }] }) });
          expect([Path, Recursive, type, got]).toEqual([Path, Recursive, type, expected]);
          found += got.length;
        }
    expect(found).toBeGreaterThan(300);
  });

  it("finds versions by their label", async () => {
    const t = testLab();
    for (const name of ["/app/a", "/app/b", "/app/c"]) await t.put(name, "1");
    await t.put("/app/a", "2", { Overwrite: true });
    await t.good("LabelParameterVersion", { Name: "/app/a", ParameterVersion: 1, Labels: ["prod"] });
    await t.good("LabelParameterVersion", { Name: "/app/b", Labels: ["prod"] });
    const answer = await t.good("GetParametersByPath", { Path: "/app", ParameterFilters: [{ Key: "Label", Values: ["prod"] }] });
    expect(answer.Parameters.map((p: any) => [p.Name, p.Version])).toEqual([["/app/a", 1], ["/app/b", 1]]);
  });

  it("has ten in a page unless told otherwise, and refuses tokens of other lists", async () => {
    const t = testLab();
    for (let i = 0; i < 12; i++) await t.put(`/n/p${i}`, "x");
    const { NextToken, Parameters } = await t.good("GetParametersByPath", { Path: "/n" });
    expect(Parameters).toHaveLength(10);
    await t.good("DeleteParameters", { Names: ["/n/p7", "/n/p9"] });
    expect((await t.good("GetParametersByPath", { Path: "/n", NextToken })).Parameters.map((p: any) => p.Name)).toEqual(["/n/p8"]);
    for (const token of ["x", "", NextToken.slice(1), "W10=", btoa("[1,2]")]) expect((await t.bad("GetParametersByPath", { Path: "/n", NextToken: token })).code).toBe("InvalidNextToken");
    expect((await t.bad("GetParametersByPath", { Path: "/", NextToken })).code).toBe("InvalidNextToken");
    expect((await t.bad("DescribeParameters", { NextToken })).code).toBe("InvalidNextToken");
    expect((await t.bad("GetParametersByPath", { Path: "/n", MaxResults: 11 })).code).toBe("ValidationException");
    expect((await t.bad("GetParametersByPath", { Path: "n" })).code).toBe("ValidationException");
  });

  it.each([
    [{ Key: "Name", Values: ["x"] }, "InvalidFilterKey", "The following filter key is not valid: Name. Valid filter keys include: [Type, KeyId]."],
    [{ Key: "Path", Values: ["/x"] }, "InvalidFilterKey", "Path"],
    [{ Key: "tag:x", Values: ["x"] }, "InvalidFilterKey", "tag:x"],
    [{ Key: "Label", Option: "BeginsWith", Values: ["x"] }, "InvalidFilterOption", "BeginsWith"],
    [{ Key: "Type", Values: ["Secret"] }, "InvalidFilterValue", "The following filter value is not valid: Secret. Valid values include: [String, StringList, SecureString]."],
    [{ Key: "Type" }, "InvalidFilterValue", "The following filter values are missing : null for filter key Type."],
  ])("refuses the filter %j", async (filter, code, text) => {
    const refusal = await testLab().bad("GetParametersByPath", { Path: "/", ParameterFilters: [filter] });
    expect(refusal.code).toBe(code);
    expect(refusal.message).toContain(text);
  });
});

describe("DescribeParameters", () => {
  it.each([4, 5])("filters as a plain filter does (seed %i)", async (seed) => {
    const { t, rows } = await forest(seed);
    const cases: [object, (row: (typeof rows)[number]) => boolean][] = [
      [{}, () => true],
      [{ ParameterFilters: [{ Key: "Name", Values: ["/a", "a/b"] }] }, ({ name }) => ["/a", "/a/b"].includes(full(name))],
      [{ ParameterFilters: [{ Key: "Name", Option: "BeginsWith", Values: ["/a-", "/b/a"] }] }, ({ name }) => /^\/(a-|b\/a)/.test(full(name))],
      [{ ParameterFilters: [{ Key: "Name", Option: "Contains", Values: ["a.b"] }] }, ({ name }) => name.includes("a.b")],
      [{ ParameterFilters: [{ Key: "Path", Values: ["/a", "/b/"] }] }, ({ name }) => /^\/[ab]\/[^/]+$/.test(name)],
      [{ ParameterFilters: [{ Key: "Path", Option: "Recursive", Values: ["/a"] }] }, ({ name }) => name.startsWith("/a/")],
      [{ ParameterFilters: [{ Key: "Tier", Values: ["Advanced"] }, { Key: "Type", Values: ["String"] }] }, ({ tier, type }) => tier === "Advanced" && type === "String"],
      [{ ParameterFilters: [{ Key: "tag:t", Values: ["v1"] }] }, ({ tag }) => tag === 1],
      [{ ParameterFilters: [{ Key: "tag:t", Option: "BeginsWith", Values: ["v"] }] }, ({ tag }) => tag > 0],
      [{ ParameterFilters: [{ Key: "tag:t" }] }, ({ tag }) => tag > 0],
      [{ ParameterFilters: [{ Key: "tag:none" }] }, () => false],
      [{ ParameterFilters: [{ Key: "DataType", Values: ["text"] }] }, () => true],
      [{ ParameterFilters: [{ Key: "KeyId", Values: ["alias/aws/ssm"] }] }, () => false],
      [{ Filters: [{ Key: "Name", Values: ["/a/"] }] }, ({ name }) => name.startsWith("/a/")],
      [{ Filters: [{ Key: "Type", Values: ["String"] }] }, ({ type }) => type === "String"],
      [{ Shared: true }, () => false],
    ];
    for (const [input, keep] of cases) {
      const expected = rows.filter(keep).map(({ name }) => name).sort();
      expect([input, await pages(t, "DescribeParameters", { ...input, MaxResults: 17 })]).toEqual([input, expected]);
    }
  });

  it.each([
    [{ ParameterFilters: [{ Key: "Label", Values: ["x"] }] }, "InvalidFilterKey", "The following filter key is not valid: Label. Valid filter keys include: [Path, Name, Type, KeyId, Tier]."],
    [{ ParameterFilters: [{ Key: "Name", Values: ["a"] }, { Key: "Name", Values: ["b"] }] }, "InvalidFilterKey", "The following filter is duplicated in the request: Name. A request can contain only one occurrence of a specific filter."],
    [{ ParameterFilters: [{ Key: "Path", Option: "Equals", Values: ["/a"] }] }, "InvalidFilterOption", "The following filter option is not valid: Equals. Valid options include: [Recursive, OneLevel]."],
    [{ ParameterFilters: [{ Key: "Name", Option: "option", Values: ["a"] }] }, "InvalidFilterOption", "Valid options include: [BeginsWith, Equals]."],
    [{ ParameterFilters: [{ Key: "Type", Option: "Contains", Values: ["S"] }] }, "InvalidFilterOption", "Contains"],
    [{ ParameterFilters: [{ Key: "Tier", Values: ["Gold"] }] }, "InvalidFilterValue", "Gold"],
    [{ ParameterFilters: [{ Key: "Path", Values: ["/aws", "/ssm"] }] }, "ValidationException", "Filters for common parameters can't be prefixed with"],
    [{ ParameterFilters: [{ Key: "Path", Values: ["a//b"] }] }, "ValidationException", "must begin with a forward slash"],
    [{ ParameterFilters: [{ Key: "__proto__", Values: ["a"] }] }, "ValidationException", "regular expression pattern"],
    [{ ParameterFilters: [{ Key: "Type", Values: ["String"] }], Filters: [{ Key: "Type", Values: ["String"] }] }, "ValidationException", "You can use either Filters or ParameterFilters in a single request."],
  ])("refuses %j", async (input, code, text) => {
    const refusal = await testLab().bad("DescribeParameters", input);
    expect(refusal.code).toBe(code);
    expect(refusal.message).toContain(text);
  });
});
