import { describe, expect, it, test } from "vitest";
import type { JsonObject } from "../types";
import { allow, account, testLab } from "./secretsmanager.test-helper";

const names = ({ SecretList }: { SecretList: { Name: string }[] }): string[] => SecretList.map(({ Name }) => Name);

async function filled() {
  const t = testLab();
  await t.create("app/dev/db", "1", { Description: "a database of Dev", Tags: [{ Key: "team", Value: "Blue" }] });
  await t.lab.advance(1000);
  await t.create("/app/prod/db", "2", { Description: "an old databaseThing", Tags: [{ Key: "Team", Value: "red" }, { Key: "cost", Value: "x" }] });
  await t.lab.advance(1000);
  await t.create("zebra", "3");
  await t.lab.advance(1000);
  await t.create("Alpha", "4", { Description: "" });
  await t.lab.advance(1000);
  return t;
}

describe("ListSecrets", () => {
  test.each<[string, JsonObject[], string[]]>([
    ["a name begins so, case counts", [{ Key: "name", Values: ["app"] }], ["app/dev/db"]],
    ["with a slash", [{ Key: "name", Values: ["/app"] }], ["/app/prod/db"]],
    ["one of two", [{ Key: "name", Values: ["/app", "z"] }], ["/app/prod/db", "zebra"]],
    ["not so", [{ Key: "name", Values: ["!app"] }], ["/app/prod/db", "zebra", "Alpha"]],
    ["a name is no word search", [{ Key: "name", Values: ["db"] }], []],
    ["tag-key begins so, case counts", [{ Key: "tag-key", Values: ["tea"] }], ["app/dev/db"]],
    ["not tag-key", [{ Key: "tag-key", Values: ["!Team"] }], ["app/dev/db", "zebra", "Alpha"]],
    ["tag-value", [{ Key: "tag-value", Values: ["Bl"] }], ["app/dev/db"]],
    ["description by words, whatever the case", [{ Key: "description", Values: ["dev data"] }], ["app/dev/db"]],
    ["description falls apart at capitals", [{ Key: "description", Values: ["thing"] }], ["/app/prod/db"]],
    ["both filters", [{ Key: "description", Values: ["data"] }, { Key: "tag-value", Values: ["red"] }], ["/app/prod/db"]],
    ["all: names", [{ Key: "all", Values: ["ZEB"] }], ["zebra"]],
    ["all: tags", [{ Key: "all", Values: ["blue"] }], ["app/dev/db"]],
    ["all: a separator alone finds nothing", [{ Key: "all", Values: ["/"] }], []],
    ["owning-service", [{ Key: "owning-service", Values: ["rds"] }], []],
    ["primary-region: of replicated secrets only", [{ Key: "primary-region", Values: ["us"] }], []],
  ])("%s", async (_, Filters, expected) => {
    const { good } = await filled();
    expect(names(await good("ListSecrets", { Filters }))).toEqual(expected);
  });

  test.each<[string, JsonObject, string[]]>([
    ["as they were made", {}, ["app/dev/db", "/app/prod/db", "zebra", "Alpha"]],
    ["newest first", { SortOrder: "desc" }, ["Alpha", "zebra", "/app/prod/db", "app/dev/db"]],
    ["by name", { SortBy: "name" }, ["/app/prod/db", "Alpha", "app/dev/db", "zebra"]],
    ["by name, last first", { SortBy: "name", SortOrder: "desc" }, ["zebra", "app/dev/db", "Alpha", "/app/prod/db"]],
    ["by change", { SortBy: "last-changed-date", SortOrder: "desc" }, ["app/dev/db", "Alpha", "zebra", "/app/prod/db"]],
    ["by access", { SortBy: "last-accessed-date", SortOrder: "desc" }, ["zebra", "app/dev/db", "Alpha", "/app/prod/db"]],
  ])("in order: %s, also a page at a time", async (_, input, expected) => {
    const { good, put, get, lab } = await filled();
    await put("app/dev/db", "new");
    await lab.advance(86_400_000);
    await get("zebra");
    expect(names(await good("ListSecrets", input))).toEqual(expected);
    const found: string[] = [];
    for (let NextToken: string | undefined, first = true; first || NextToken; first = false) {
      const page = await good("ListSecrets", { ...input, MaxResults: 1, ...(NextToken && { NextToken }) });
      expect(page.SecretList).toHaveLength(1);
      found.push(...names(page));
      NextToken = page.NextToken;
    }
    expect(found).toEqual(expected);
  });

  it("leaves out what is marked for deletion, unless it is asked for", async () => {
    const { good } = await filled();
    await good("DeleteSecret", { SecretId: "zebra" });
    expect(names(await good("ListSecrets"))).not.toContain("zebra");
    expect((await good("ListSecrets", { IncludePlannedDeletion: true })).SecretList.find(({ Name }: any) => Name === "zebra")).toHaveProperty("DeletedDate");
  });

  it("shows metadata and labels, no value and no replicas", async () => {
    const { create, good } = testLab();
    const { ARN, VersionId } = await create("s", "hidden", { AddReplicaRegions: [{ Region: "eu-west-1" }] });
    const { SecretList } = await good("ListSecrets");
    expect(SecretList).toEqual([{ ARN, Name: "s", LastChangedDate: expect.any(Number), CreatedDate: expect.any(Number), PrimaryRegion: "us-east-1", SecretVersionsToStages: { [VersionId]: ["AWSCURRENT"] } }]);
    expect(names(await good("ListSecrets", { Filters: [{ Key: "primary-region", Values: ["us-e"] }] }))).toEqual(["s"]);
  });

  test.each<[JsonObject, string]>([
    [{ MaxResults: 101 }, "ValidationException"],
    [{ MaxResults: 0 }, "ValidationException"],
    [{ Filters: [{ Key: "colour", Values: ["x"] }] }, "ValidationException"],
    [{ Filters: [{ Key: "name", Values: ["{}"] }] }, "ValidationException"],
    [{ Filters: [{ Values: ["x"] }] }, "InvalidParameterException"],
    [{ Filters: [{ Key: "name" }] }, "InvalidParameterException"],
    [{ Filters: Array.from({ length: 11 }, () => ({ Key: "name", Values: ["x"] })) }, "ValidationException"],
    [{ SortBy: "age" }, "ValidationException"],
    [{ NextToken: "x" }, "InvalidNextTokenException"],
    [{ NextToken: btoa('["other","x"]') }, "InvalidNextTokenException"],
  ])("refuses %j", async (input, code) => expect((await testLab().bad("ListSecrets", input)).code).toBe(code));
});

it("pages through many secrets alike, whether a filter of names makes them few or leaves them many", { timeout: 60_000 }, async () => {
  const { lab, create, put, get, good } = testLab();
  for (let i = 0; i < 620; i++) {
    await create(`${i % 31 ? "many" : "few"}/${(i * 389) % 620}`);
    if (i % 100 === 0) await lab.advance(86_400_000);
  }
  for (const n of [389, 5, 400]) {
    await put(`many/${n}`, "x");
    await get(`many/${n}`);
    await lab.advance(86_400_000);
  }
  const all: any[] = (await pages({ MaxResults: 100 })).flat();
  expect(all).toHaveLength(620);
  async function pages(input: JsonObject): Promise<any[][]> {
    const out: any[][] = [];
    for (let NextToken: string | undefined, first = true; first || NextToken; first = false) {
      const page = await good("ListSecrets", { ...input, ...(NextToken && { NextToken }) });
      out.push(page.SecretList);
      NextToken = page.NextToken;
    }
    return out;
  }
  const dates: Record<string, string> = { "created-date": "CreatedDate", "last-changed-date": "LastChangedDate", "last-accessed-date": "LastAccessedDate" };
  for (const SortBy of ["name", ...Object.keys(dates)])
    for (const SortOrder of ["asc", "desc"])
      for (const prefix of ["", "few", "many", "none"]) {
        const value = (one: any): string => (SortBy === "name" ? "" : String(one[dates[SortBy]] ?? 0).padStart(20, "0")) + one.Name;
        const expected = all.filter(({ Name }) => Name.startsWith(prefix)).sort((a, b) => (value(a) < value(b) === (SortOrder === "asc") ? -1 : 1));
        const found = (await pages({ SortBy, SortOrder, MaxResults: 90, Filters: prefix ? [{ Key: "name", Values: [prefix] }] : [] })).flat();
        expect(names({ SecretList: found }), `${SortBy} ${SortOrder} ${prefix}`).toEqual(names({ SecretList: expected }));
      }
});

describe("BatchGetSecretValue", () => {
  it("gives values by name and ARN, in their order, and errors beside them", async () => {
    const { create, good } = testLab();
    const { ARN, VersionId } = await create("a", "1");
    await create("b", "2");
    await good("CreateSecret", { Name: "empty" });
    await create("gone");
    await good("DeleteSecret", { SecretId: "gone" });
    const { SecretValues, Errors } = await good("BatchGetSecretValue", { SecretIdList: ["b", ARN, "none", "empty", "gone"] });
    expect(SecretValues.map(({ Name, SecretString }: any) => [Name, SecretString])).toEqual([["b", "2"], ["a", "1"]]);
    expect(SecretValues[1]).toEqual({ ARN, Name: "a", VersionId, SecretString: "1", VersionStages: ["AWSCURRENT"], CreatedDate: expect.any(Number) });
    expect(Errors).toEqual([
      { SecretId: "none", ErrorCode: "ResourceNotFoundException", Message: "Secrets Manager can't find the specified secret." },
      { SecretId: "empty", ErrorCode: "ResourceNotFoundException", Message: "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT" },
      { SecretId: "gone", ErrorCode: "InvalidRequestException", Message: "You can't perform this operation on the secret because it was marked for deletion." },
    ]);
  });

  it("goes by filters, a page at a time", async () => {
    const { create, good } = testLab();
    for (let i = 0; i < 25; i++) await create(`app/${String(i).padStart(2, "0")}`, String(i));
    await create("other");
    const Filters = [{ Key: "name", Values: ["app/"] }];
    const first = await good("BatchGetSecretValue", { Filters });
    expect(first.SecretValues).toHaveLength(20);
    const second = await good("BatchGetSecretValue", { Filters, NextToken: first.NextToken });
    expect(second.SecretValues.map(({ SecretString }: any) => SecretString)).toEqual(["20", "21", "22", "23", "24"]);
    expect(second).not.toHaveProperty("NextToken");
  });

  test.each<[JsonObject, string]>([
    [{ SecretIdList: ["a"], Filters: [{ Key: "name", Values: ["a"] }] }, "Either 'SecretIdList' or 'Filters' must be provided, but not both."],
    [{ SecretIdList: ["a"], MaxResults: 1 }, "'Filters' not specified. 'Filters' must also be specified when 'MaxResults' is provided."],
    [{}, "Either 'SecretIdList' or 'Filters' must be provided."],
  ])("refuses %j", async (input, message) => expect(await testLab().bad("BatchGetSecretValue", input)).toEqual({ code: "InvalidParameterException", message }));

  it("asks the policies about each secret, and reads what it may", async () => {
    const { create, good, bad } = testLab(1, { alice: [allow("secretsmanager:BatchGetSecretValue"), allow("secretsmanager:GetSecretValue", `arn:aws:secretsmanager:*:${account}:secret:mine-??????`)] });
    const alice = { account, user: "alice" };
    await create("mine", "1");
    const { ARN } = await create("theirs", "2");
    const { SecretValues, Errors } = await good("BatchGetSecretValue", { SecretIdList: ["mine", "theirs"] }, alice);
    expect(SecretValues.map(({ Name }: any) => Name)).toEqual(["mine"]);
    expect(Errors).toEqual([{ SecretId: "theirs", ErrorCode: "AccessDeniedException", Message: `User: arn:aws:iam::${account}:user/alice is not authorized to perform: secretsmanager:GetSecretValue on resource: ${ARN} because no identity-based policy allows the secretsmanager:GetSecretValue action` }]);
    expect((await bad("BatchGetSecretValue", { Filters: [{ Key: "name", Values: ["m"] }] }, alice)).message).toContain("secretsmanager:ListSecrets");
  });
});
