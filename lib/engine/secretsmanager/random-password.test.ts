import { describe, expect, it, test } from "vitest";
import type { JsonObject } from "../types";
import { testLab } from "./secretsmanager.test-helper";

const password = async (good: ReturnType<typeof testLab>["good"], input: JsonObject = {}): Promise<string> => (await good("GetRandomPassword", input)).RandomPassword;

describe("GetRandomPassword", () => {
  test.each<[string, JsonObject, RegExp, number]>([
    ["32 characters of all kinds", {}, /^(?=.*[A-Z])(?=.*[a-z])(?=.*\d)(?=.*[!-/:-@[-`{-~])[!-~]+$/, 32],
    ["as long as asked", { PasswordLength: 4096 }, /^[!-~]+$/, 4096],
    ["four, one of each kind", { PasswordLength: 4 }, /^(?=.*[A-Z])(?=.*[a-z])(?=.*\d)(?=.*[!-/:-@[-`{-~])/, 4],
    ["numbers only", { ExcludeUppercase: true, ExcludeLowercase: true, ExcludePunctuation: true }, /^\d+$/, 32],
    ["no numbers", { ExcludeNumbers: true }, /^\D+$/, 32],
    ["letters only", { ExcludeNumbers: true, ExcludePunctuation: true }, /^[A-Za-z]+$/, 32],
    ["some characters left out", { ExcludeCharacters: "\"@/\\ '", PasswordLength: 400 }, /^[^"@/\\ ']+$/, 400],
    ["one character", { PasswordLength: 1, RequireEachIncludedType: false }, /^[!-~]$/, 1],
    ["a kind whose characters are all left out, where none is required", { ExcludeCharacters: "0123456789", RequireEachIncludedType: false }, /^\D+$/, 32],
    ["spaces alone", { ExcludeNumbers: true, ExcludePunctuation: true, ExcludeUppercase: true, ExcludeLowercase: true, IncludeSpace: true }, /^ +$/, 32],
  ])("%s", async (_, input, looks, length) => {
    for (let seed = 1; seed <= 8; seed++) {
      const made = await password(testLab(seed).good, input);
      expect(made).toMatch(looks);
      expect(made).toHaveLength(length);
    }
  });

  test.each<[string, JsonObject, string, string | RegExp]>([
    ["nothing to choose from", { ExcludeNumbers: true, ExcludePunctuation: true, ExcludeUppercase: true, ExcludeLowercase: true }, "InvalidParameterException", "All characters have been excluded from selection."],
    ["a kind without characters", { ExcludeCharacters: "0123456789" }, "InvalidParameterException", "All characters of the desired type have been excluded."],
    ["three characters for four kinds", { PasswordLength: 3 }, "InvalidParameterException", "Password length is too short based on the required types."],
    ["no characters", { PasswordLength: 0 }, "ValidationException", "1 validation error detected: Value '0' at 'passwordLength' failed to satisfy constraint: Member must have value greater than or equal to 1"],
    ["4,097", { PasswordLength: 4097 }, "ValidationException", "1 validation error detected: Value '4097' at 'passwordLength' failed to satisfy constraint: Member must have value less than or equal to 4096"],
  ])("refuses %s", async (_, input, code, message) => expect(await testLab().bad("GetRandomPassword", input)).toEqual({ code, message }));

  it("has a space among the rest, when it is told", async () => {
    expect(await password(testLab().good, { PasswordLength: 4096, IncludeSpace: true })).toContain(" ");
    expect(await password(testLab().good, { PasswordLength: 4096 })).not.toContain(" ");
  });

  it("draws every character about as often, wherever it stands", async () => {
    const made = await password(testLab().good, { PasswordLength: 4096, RequireEachIncludedType: false });
    const counts = new Map<string, number>();
    for (const character of made) counts.set(character, (counts.get(character) ?? 0) + 1);
    expect(counts.size).toBe(94);
    // Chi-squared with 93 degrees of freedom: 150 is passed by chance once in ten thousand.
    const expected = 4096 / 94;
    expect([...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)).toBeLessThan(150);
    // The required ones do not stand in front.
    const firsts = new Set<string>();
    for (let seed = 1; seed <= 30; seed++) firsts.add(/[A-Z]/.test((await password(testLab(seed).good))[0]) ? "upper" : "other");
    expect(firsts.size).toBe(2);
  });

  it("comes from the entropy that the journal keeps", async () => {
    const { good, lab } = testLab();
    const made = await password(good);
    const again = testLab(99).lab;
    again.replay(lab.journal);
    expect(again.journal.at(-1)!.reply).toEqual({ ok: true, output: { RandomPassword: made } });
  });
});
