import { describe, expect, it } from "vitest";
import { instantOf, parsePolicies, policyRows } from "./policies";

const at = Date.UTC(2026, 0, 1);
const expiration = (Timestamp: unknown) => ({ Type: "Expiration", Version: "1.0", Attributes: { Timestamp } });
const before = (Before: unknown, Unit: unknown = "Days") => ({ Type: "ExpirationNotification", Version: "1.0", Attributes: { Before, Unit } });
const after = (After: unknown, Unit: unknown = "Days") => ({ Type: "NoChangeNotification", Version: "1.0", Attributes: { After, Unit } });

describe("parameter policies", () => {
  it.each([
    ["2018-12-02T21:34:33.000Z", Date.UTC(2018, 11, 2, 21, 34, 33)],
    ["2018-12-02T21:34:33Z", Date.UTC(2018, 11, 2, 21, 34, 33)],
    ["2018-12-02T21:34Z", Date.UTC(2018, 11, 2, 21, 34)],
    ["2019-11-01T22:13:48.87+10:30:00", Date.UTC(2019, 10, 1, 11, 43, 48, 870)],
    ["2019-11-01T22:13:48-01:00", Date.UTC(2019, 10, 1, 23, 13, 48)],
    ["2024-02-29T00:00:00Z", Date.UTC(2024, 1, 29)],
  ])("reads the instant %s", (text, expected) => expect(instantOf(text)).toBe(expected));
  it.each(["", "tomorrow", "2018-12-02", "2018-12-02T21:34:33", "2023-02-29T00:00:00Z", "2018-13-01T00:00:00Z", "2018-01-01T24:00:00Z", "2018-01-01T00:60:00Z", "2018-01-01T00:00:00+19:00"])("refuses the instant %j", (text) => expect(instantOf(text)).toBeUndefined());

  it("says when each is due", () => {
    const specs = parsePolicies(JSON.stringify([expiration("2026-03-02T00:00:00Z"), before("30"), before("5", "Hours"), after("20")]));
    if ("ok" in specs) throw new Error(specs.error.message);
    const end = Date.UTC(2026, 2, 2);
    expect(policyRows(specs, at).map(({ due }) => due)).toEqual([end, end - 30 * 86_400_000, end - 5 * 3_600_000, at + 20 * 86_400_000]);
  });
  it("takes a number for its text", () => expect(parsePolicies(JSON.stringify([after(3, "Hours")]))).toMatchObject([{ value: 3 * 3_600_000 }]));
  it.each(["[]", "[{}]"])("%s takes all away", (text) => expect(parsePolicies(text)).toEqual([]));

  it.each([
    ["not json", "InvalidPolicyAttributeException"],
    ["{}", "InvalidPolicyAttributeException"],
    ["[1]", "InvalidPolicyAttributeException"],
    [[{ ...after("1"), Type: "Rotation" }], "InvalidPolicyTypeException"],
    [[{ ...after("1"), Version: "2.0" }], "InvalidPolicyAttributeException"],
    [[{ Type: "Expiration", Version: "1.0" }], "InvalidPolicyAttributeException"],
    [[expiration("soon")], "InvalidPolicyAttributeException"],
    [[expiration(5)], "InvalidPolicyAttributeException"],
    [[after("0")], "InvalidPolicyAttributeException"],
    [[after("-1")], "InvalidPolicyAttributeException"],
    [[after("1.5")], "InvalidPolicyAttributeException"],
    [[after("1", "Weeks")], "InvalidPolicyAttributeException"],
    [[after("1", "constructor")], "InvalidPolicyAttributeException"],
    [[{ ...after("1"), Attributes: { Before: "1", Unit: "Days" } }], "InvalidPolicyAttributeException"],
    [[expiration("2026-03-02T00:00:00Z"), expiration("2026-03-03T00:00:00Z")], "IncompatiblePolicyException"],
    [Array.from({ length: 11 }, () => after("1")), "PoliciesLimitExceededException"],
  ])("refuses %j", (policies, code) => expect(parsePolicies(typeof policies === "string" ? policies : JSON.stringify(policies))).toMatchObject({ ok: false, error: { code } }));
});
