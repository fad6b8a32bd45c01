import { describe, expect, test } from "vitest";
import { account, bench } from "./lifecycle.test-helper";

describe("tags", () => {
  test("put over, taken away, and counted", async () => {
    const { key, done, outcome } = bench();
    const { KeyId } = await key({
      Tags: [
        { TagKey: "a", TagValue: "1" },
        { TagKey: "b", TagValue: "2" },
      ],
    });
    await done("TagResource", {
      KeyId,
      Tags: [
        { TagKey: "b", TagValue: "3" },
        { TagKey: "c", TagValue: "" },
      ],
    });
    expect((await done("ListResourceTags", { KeyId })).Tags).toEqual([
      { TagKey: "a", TagValue: "1" },
      { TagKey: "b", TagValue: "3" },
      { TagKey: "c", TagValue: "" },
    ]);
    await done("UntagResource", { KeyId, TagKeys: ["a", "never"] });
    expect((await done("ListResourceTags", { KeyId })).Tags.map((tag: any) => tag.TagKey)).toEqual(["b", "c"]);
    const many = Array.from({ length: 49 }, (_, i) => ({ TagKey: `t${i}`, TagValue: "" }));
    expect(await outcome("TagResource", { KeyId, Tags: many })).toBe("TagException: Too many tags");
    expect(await outcome("TagResource", { KeyId, Tags: many.slice(1) })).toBe("ok");
  });
});

describe("pages", () => {
  /** All entries of a list, page by page. */
  async function collect(
    done: (operation: string, input: any) => Promise<any>,
    operation: string,
    list: string,
    input: any,
    Limit: number,
  ) {
    const found: any[] = [];
    let Marker: string | undefined;
    do {
      const output: any = await done(operation, { ...input, Limit, ...(Marker ? { Marker } : {}) });
      expect(output[list].length).toBeLessThanOrEqual(Limit);
      expect("NextMarker" in output).toBe(output.Truncated);
      found.push(...output[list]);
      Marker = output.NextMarker;
    } while (Marker);
    return found;
  }

  test.each([1, 2, 3, 7, 100])("every list in pages of %i is the whole list, once", async (Limit) => {
    const { key, done } = bench();
    const { KeyId } = await key({ Tags: Array.from({ length: 7 }, (_, i) => ({ TagKey: `t${i}`, TagValue: "" })) });
    for (let i = 0; i < 6; i++) {
      await key();
      await done("CreateAlias", { AliasName: `alias/a${i}`, TargetKeyId: KeyId });
      await done("CreateGrant", {
        KeyId,
        GranteePrincipal: `arn:aws:iam::${account}:root`,
        RetiringPrincipal: `arn:aws:iam::${account}:user/admin`,
        Operations: ["Decrypt"],
      });
      await done("RotateKeyOnDemand", { KeyId });
    }
    for (const [operation, list, input, most] of [
      ["ListKeys", "Keys", {}, 1000],
      ["ListAliases", "Aliases", {}, 100],
      ["ListAliases", "Aliases", { KeyId }, 100],
      ["ListGrants", "Grants", { KeyId }, 100],
      ["ListRetirableGrants", "Grants", { RetiringPrincipal: `arn:aws:iam::${account}:user/admin` }, 100],
      ["ListResourceTags", "Tags", { KeyId }, 50],
      ["ListKeyPolicies", "PolicyNames", { KeyId }, 1000],
      ["ListKeyRotations", "Rotations", { KeyId }, 1000],
      ["ListKeyRotations", "Rotations", { KeyId, IncludeKeyMaterial: "ALL_KEY_MATERIAL" }, 1000],
    ] as const) {
      const whole = (await done(operation, { ...input, Limit: most }))[list];
      expect(whole.length).toBeGreaterThan(0);
      expect(await collect(done, operation, list, input, Math.min(Limit, most)), operation).toEqual(whole);
    }
  });

  test("what was made or deleted in between neither repeats nor skips the others", async () => {
    const { key, done } = bench();
    const { KeyId } = await key();
    for (const name of ["b", "d", "f", "h"]) await done("CreateAlias", { AliasName: `alias/${name}`, TargetKeyId: KeyId });
    const first = await done("ListAliases", { KeyId, Limit: 2 });
    await done("DeleteAlias", { AliasName: "alias/d" });
    await done("CreateAlias", { AliasName: "alias/c", TargetKeyId: KeyId });
    await done("CreateAlias", { AliasName: "alias/e", TargetKeyId: KeyId });
    const rest = await done("ListAliases", { KeyId, Marker: first.NextMarker });
    expect([...first.Aliases, ...rest.Aliases].map(({ AliasName }) => AliasName)).toEqual([
      "alias/b",
      "alias/d",
      "alias/e",
      "alias/f",
      "alias/h",
    ]);
  });

  test.each(["ListKeys", "ListAliases", "ListGrants", "ListResourceTags", "ListKeyRotations"])(
    "%s with a marker that is none, or another list's",
    async (operation) => {
      const { key, done, outcome } = bench();
      const { KeyId } = await key();
      const { KeyId: other } = await key({
        Tags: [
          { TagKey: "a", TagValue: "" },
          { TagKey: "b", TagValue: "" },
        ],
      });
      const { NextMarker } = await done("ListResourceTags", { KeyId: other, Limit: 1 });
      const input = operation === "ListKeys" || operation === "ListAliases" ? {} : { KeyId };
      for (const Marker of ["x", "!!!!", "AAAA", NextMarker])
        expect(await outcome(operation, { ...input, Marker })).toBe(
          "InvalidMarkerException: The request was rejected because the marker that specifies where pagination should next begin is not valid.",
        );
    },
  );

  test("a limit over the list's own", async () => {
    const { outcome } = bench();
    expect(await outcome("ListAliases", { Limit: 101 })).toBe(
      "ValidationException: 1 validation error detected: Value '101' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 100",
    );
    expect(await outcome("ListKeys", { Limit: 1001 })).toBe(
      "ValidationException: 1 validation error detected: Value '1001' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 1000",
    );
  });
});
