import { describe, expect, it } from "vitest";
import type { JsonObject } from "../types";
import { account, testLab, token } from "./secretsmanager.test-helper";
import { keptVersions, maxVersions } from "./write";

const day = 86_400_000;

describe("labels", () => {
  it("PutSecretValue and UpdateSecret move AWSCURRENT, and AWSPREVIOUS with it", async () => {
    const { create, put, good, stages } = testLab();
    const { VersionId: a } = await create("s", "1");
    const b = await put("s", "2");
    expect(await stages("s")).toEqual({ [a]: ["AWSPREVIOUS"], [b]: ["AWSCURRENT"] });
    const { VersionId: c } = await good("UpdateSecret", { SecretId: "s", SecretString: "3" });
    // The first has no label left: it is deprecated.
    expect(await stages("s")).toEqual({ [b]: ["AWSPREVIOUS"], [c]: ["AWSCURRENT"] });
    expect((await good("ListSecretVersionIds", { SecretId: "s", IncludeDeprecated: true })).Versions.map(({ VersionId, VersionStages }: any) => [VersionId, VersionStages])).toEqual([[a, undefined], [b, ["AWSPREVIOUS"]], [c, ["AWSCURRENT"]]]);
  });

  it("own labels are moved from version to version; the first version is always AWSCURRENT", async () => {
    const { good, put, stages } = testLab();
    await good("CreateSecret", { Name: "s" });
    const a = await put("s", "1", { VersionStages: ["blue"] });
    expect(await stages("s")).toEqual({ [a]: ["blue", "AWSCURRENT"] });
    const b = await put("s", "2", { VersionStages: ["blue", "AWSPENDING"] });
    expect(await stages("s")).toEqual({ [a]: ["AWSCURRENT"], [b]: ["blue", "AWSPENDING"] });
  });

  it("going back and forth leaves one AWSCURRENT and one AWSPREVIOUS", async () => {
    const { create, put, good, stages, get } = testLab();
    const { VersionId: a } = await create("s", "1");
    const b = await put("s", "2");
    await good("UpdateSecretVersionStage", { SecretId: "s", VersionStage: "AWSCURRENT", MoveToVersionId: a, RemoveFromVersionId: b });
    expect(await stages("s")).toEqual({ [a]: ["AWSCURRENT"], [b]: ["AWSPREVIOUS"] });
    expect(await get("s")).toBe("1");
    expect(await get("s", { VersionStage: "AWSPREVIOUS" })).toBe("2");
  });

  it("finishes a rotation as rotation functions do", async () => {
    const { create, put, good, stages } = testLab();
    const { VersionId: a } = await create("s", "1");
    const b = await put("s", "2", { VersionStages: ["AWSPENDING"] });
    await good("UpdateSecretVersionStage", { SecretId: "s", VersionStage: "AWSCURRENT", MoveToVersionId: b, RemoveFromVersionId: a });
    expect(await stages("s")).toEqual({ [a]: ["AWSPREVIOUS"], [b]: ["AWSPENDING", "AWSCURRENT"] });
    await good("UpdateSecretVersionStage", { SecretId: "s", VersionStage: "AWSPENDING", RemoveFromVersionId: b });
    expect(await stages("s")).toEqual({ [a]: ["AWSPREVIOUS"], [b]: ["AWSCURRENT"] });
  });

  it.each<[string, (a: string, b: string) => JsonObject, string, (a: string, b: string) => string | RegExp]>([
    ["AWSCURRENT moves and nobody says from where", (a) => ({ VersionStage: "AWSCURRENT", MoveToVersionId: a }), "InvalidParameterException", (_, b) => `The parameter RemoveFromVersionId can't be empty. Staging label AWSCURRENT is currently attached to version ${b}, so you must explicitly reference that version in RemoveFromVersionId.`],
    ["AWSCURRENT is taken off", (_, b) => ({ VersionStage: "AWSCURRENT", RemoveFromVersionId: b }), "InvalidParameterException", () => "You can only move staging label AWSCURRENT to a different secret version. It can’t be completely removed."],
    ["it is not there", (a, b) => ({ VersionStage: "AWSCURRENT", RemoveFromVersionId: a, MoveToVersionId: b }), "InvalidParameterException", () => /currently attached to version/],
    ["no version has the label", (a) => ({ VersionStage: "blue", RemoveFromVersionId: a }), "InvalidParameterException", () => /is not attached/],
    ["neither version is named", () => ({ VersionStage: "blue" }), "InvalidParameterException", () => /RemoveFromVersionId, MoveToVersionId/],
    ["there is no such version", () => ({ VersionStage: "blue", MoveToVersionId: token(999) }), "ResourceNotFoundException", () => `Secrets Manager can't find the specified secret value for VersionId: ${token(999)}`],
  ])("UpdateSecretVersionStage is refused where %s", async (_, input, code, message) => {
    const { create, put, bad } = testLab();
    const { VersionId: a } = await create("s", "1");
    const b = await put("s", "2");
    const wanted = message(a, b);
    expect(await bad("UpdateSecretVersionStage", { SecretId: "s", ...input(a, b) })).toMatchObject({ code, message: typeof wanted === "string" ? wanted : expect.stringMatching(wanted) });
  });

  it("has twenty labels at most", async () => {
    const { create, put, bad, good } = testLab();
    await create("s", "1");
    await put("s", "2", { VersionStages: Array.from({ length: 19 }, (_, i) => `l${i}`) });
    const { VersionId } = (await good("ListSecretVersionIds", { SecretId: "s" })).Versions[0];
    expect((await bad("UpdateSecretVersionStage", { SecretId: "s", VersionStage: "more", MoveToVersionId: VersionId })).code).toBe("LimitExceededException");
    expect((await bad("PutSecretValue", { SecretId: "s", SecretString: "3", VersionStages: ["more"] })).code).toBe("LimitExceededException");
    expect((await bad("PutSecretValue", { SecretId: "s", SecretString: "3", VersionStages: Array.from({ length: 21 }, (_, i) => `l${i}`) })).code).toBe("ValidationException");
  });

  it("may be called as an object's own members are", async () => {
    const { create, put, stages, get } = testLab();
    const { VersionId } = await create("s", "1");
    const b = await put("s", "2", { VersionStages: ["__proto__", "constructor"], ClientRequestToken: "__proto__".padEnd(32, "_") });
    expect(await stages("s")).toEqual({ [VersionId]: ["AWSCURRENT"], [b]: ["__proto__", "constructor"] });
    expect(await get("s", { VersionStage: "__proto__" })).toBe("2");
  });
});

describe("reading", () => {
  it.each<[string, (id: string) => JsonObject, string, (id: string) => string]>([
    ["a label that nothing has", () => ({ VersionStage: "AWSPENDING" }), "ResourceNotFoundException", () => "Secrets Manager can't find the specified secret value for staging label: AWSPENDING"],
    ["a version that is not there", () => ({ VersionId: token(999) }), "ResourceNotFoundException", () => `Secrets Manager can't find the specified secret value for VersionId: ${token(999)}`],
    ["a label of another version", (id) => ({ VersionId: id, VersionStage: "AWSPREVIOUS" }), "InvalidRequestException", () => "You provided a VersionStage that is not associated to the provided VersionId."],
  ])("%s", async (_, input, code, message) => {
    const { create, bad } = testLab();
    const { VersionId } = await create("s");
    expect(await bad("GetSecretValue", { SecretId: "s", ...input(VersionId) })).toEqual({ code, message: message(VersionId) });
  });

  it("a secret without a value says which label is missing", async () => {
    const { good, bad } = testLab();
    await good("CreateSecret", { Name: "s" });
    expect((await bad("GetSecretValue", { SecretId: "s" })).message).toBe("Secrets Manager can't find the specified secret value for staging label: AWSCURRENT");
  });

  it("shows version, labels and the time of its making", async () => {
    const { create, put, good } = testLab();
    const { ARN, VersionId } = await create("s", "1");
    await put("s", "2");
    expect(await good("GetSecretValue", { SecretId: "s", VersionId })).toEqual({ ARN, Name: "s", VersionId, SecretString: "1", VersionStages: ["AWSPREVIOUS"], CreatedDate: Date.UTC(2026, 0, 1) / 1000 });
  });

  it("is kept by the day, and is no change of the secret", async () => {
    const { create, get, good, lab } = testLab();
    const { VersionId } = await create("s");
    expect(await good("DescribeSecret", { SecretId: "s" })).not.toHaveProperty("LastAccessedDate");
    await lab.advance(day + 5_000);
    await get("s");
    expect(lab.journal.at(-1)!.trace.steps.some(({ kind }) => kind === "change")).toBe(false);
    const midnight = Date.UTC(2026, 0, 2) / 1000;
    expect((await good("DescribeSecret", { SecretId: "s" })).LastAccessedDate).toBe(midnight);
    expect((await good("ListSecretVersionIds", { SecretId: "s" })).Versions).toMatchObject([{ VersionId, LastAccessedDate: midnight }]);
    await get("s");
    expect(lab.journal.at(-1)!.changes.filter(({ service }) => service === "secretsmanager")).toEqual([]);
  });
});

describe("writing", () => {
  it.each(["PutSecretValue", "UpdateSecret"])("%s is idempotent by token and value", async (operation) => {
    const { create, good, bad, stages } = testLab();
    const { ARN, VersionId } = await create("s", "1");
    const done = await good(operation, { SecretId: "s", SecretString: "2", ClientRequestToken: token(50) });
    expect(await good(operation, { SecretId: "s", SecretString: "2", ClientRequestToken: token(50) })).toEqual(done);
    expect(await stages("s")).toEqual({ [VersionId]: ["AWSPREVIOUS"], [token(50)]: ["AWSCURRENT"] });
    for (const input of [{ SecretString: "3" }, { SecretBinary: btoa("2") }])
      expect(await bad(operation, { SecretId: "s", ...input, ClientRequestToken: token(50) })).toEqual({ code: "ResourceExistsException", message: `You can't use ClientRequestToken ${token(50)} because that value is already in use for a version of secret ${ARN}.` });
  });

  it("PutSecretValue wants a value, and one of them", async () => {
    const { create, bad } = testLab();
    await create("s");
    expect(await bad("PutSecretValue", { SecretId: "s" })).toEqual({ code: "InvalidRequestException", message: "You must provide either SecretString or SecretBinary." });
    expect((await bad("PutSecretValue", { SecretId: "s", SecretString: "a", SecretBinary: "eA==" })).code).toBe("InvalidParameterException");
    expect((await bad("PutSecretValue", { SecretId: "s", SecretString: "a", RotationToken: token(7) })).code).toBe("InvalidParameterException");
    expect((await bad("PutSecretValue", { SecretId: "none", SecretString: "a" })).code).toBe("ResourceNotFoundException");
  });

  it("UpdateSecret changes description and type without a new version, and takes them away by an empty text", async () => {
    const { create, good } = testLab();
    await create("s", "1", { Description: "d" });
    expect(await good("UpdateSecret", { SecretId: "s", Description: "e" })).toEqual({ ARN: expect.any(String), Name: "s" });
    expect(await good("DescribeSecret", { SecretId: "s" })).toMatchObject({ Description: "e" });
    await good("UpdateSecret", { SecretId: "s", Description: "" });
    expect(await good("DescribeSecret", { SecretId: "s" })).not.toHaveProperty("Description");
    expect((await good("ListSecretVersionIds", { SecretId: "s", IncludeDeprecated: true })).Versions).toHaveLength(1);
  });

  it("keeps a hundred versions, and all of the last day", async () => {
    const { create, put, good, lab, bad, events } = testLab();
    await create("s", "0");
    for (let i = 1; i < maxVersions; i++) await put("s", String(i));
    const count = async () => lab.read({ account, region: "us-east-1", service: "secretsmanager" }).table("versions").size;
    expect(await count()).toBe(maxVersions);
    expect(await bad("PutSecretValue", { SecretId: "s", SecretString: "more" })).toMatchObject({ code: "LimitExceededException" });
    await lab.advance(day);
    await put("s", "after a day");
    expect(await count()).toBe(keptVersions);
    expect(events("AWS Service Event via CloudTrail").filter(({ detail }) => detail.eventName === "EndSecretVersionDelete")).toHaveLength(maxVersions + 1 - keptVersions);
    const { Versions, NextToken } = await good("ListSecretVersionIds", { SecretId: "s", IncludeDeprecated: true, MaxResults: 60 });
    expect(Versions).toHaveLength(60);
    const rest = await good("ListSecretVersionIds", { SecretId: "s", IncludeDeprecated: true, MaxResults: 60, NextToken });
    expect(rest.Versions).toHaveLength(keptVersions - 60);
    expect(rest).not.toHaveProperty("NextToken");
    expect((await bad("ListSecretVersionIds", { SecretId: "s", NextToken })).code).toBe("InvalidNextTokenException");
  }, 30_000);
});
