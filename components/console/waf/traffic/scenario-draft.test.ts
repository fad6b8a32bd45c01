import { describe, expect, test } from "vitest";
import { presets } from "@/lib/engine/traffic/presets";
import { emptyDraft, fieldsOf, presetOf, scenarioOf, type SourceDraft } from "./scenario-draft";

const draft = (preset: string, edits: Record<string, SourceDraft> = {}, seed = "") => ({ ...emptyDraft(), preset, edits, seed });

describe("a scenario that is edited", () => {
  test.each(presets.map(({ id }) => id))("%s without a change is the preset", (id) => {
    expect(scenarioOf(draft(id))).toEqual({ scenario: presets.find((preset) => preset.id === id) });
  });
  test("rates, times and addresses", () => {
    const { scenario, problem } = scenarioOf(draft("http-flood", { botnet: { rate: "20.5", start: "10", end: "40", clients: "7" }, crawler: { off: true } }));
    expect(problem).toBeUndefined();
    expect(scenario.sources.map(({ id }) => id)).toEqual(["users", "botnet"]);
    // Ramps of 30 s and 30 s do not fit into half a minute.
    expect(scenario.sources[1]).toMatchObject({ rate: 20.5, startSec: 10, endSec: 40, clients: 7, ramp: { upSec: 15, downSec: 15 } });
  });
  test("countries keep their shares; none are all", () => {
    expect(scenarioOf(draft("http-flood", { users: { countries: "de, us  JP" } })).scenario.sources[0]).toMatchObject({ countries: [{ country: "DE", share: 15 }, { country: "US", share: 30 }, { country: "JP", share: 5 }] });
    expect(scenarioOf(draft("http-flood", { users: { countries: " " } })).scenario.sources[0]).not.toHaveProperty("countries");
  });
  test.each<[string, Record<string, SourceDraft>, string, string]>([
    ["a rate that is no number", { botnet: { rate: "many" } }, "", "Botnet: rate must be from 0.0001 to 100000."],
    ["nothing", { botnet: { rate: "" } }, "", "Botnet: rate must be from"],
    ["an end before the start", { botnet: { start: "900", end: "300" } }, "", "Botnet: startSec and endSec must be"],
    ["an unknown country", { users: { countries: "XX" } }, "", "Customers: each country must be one of the lab's"],
    ["parts of addresses", { botnet: { clients: "1.5" } }, "", "Botnet: clients must be a whole number"],
    ["nobody", { users: { off: true }, crawler: { off: true }, botnet: { off: true } }, "", "Leave at least one source in."],
    ["a seed that is none", {}, "x", "A seed is a whole number"],
  ])("%s is told", (_, edits, seed, words) => expect(scenarioOf(draft("http-flood", edits, seed)).problem).toContain(words));
  test("the fields show what the preset has until something is typed", () => {
    const [users] = presetOf(draft("http-flood")).sources;
    expect(fieldsOf(users)).toMatchObject({ rate: "10", start: "0", end: "1800", clients: "2000", countries: "US, DE, GB, FR, IN, BR, JP, CA, AU, NL" });
    expect(fieldsOf(users, { rate: "" }).rate).toBe("");
    expect(presetOf({ preset: "gone" }).id).toBe("http-flood");
  });
});
