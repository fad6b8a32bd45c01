import { describe, expect, test } from "vitest";
import { bytesOf } from "@/lib/engine/wafv2/inspect/bytes";
import { addressSet, parseAddress } from "@/lib/engine/wafv2/inspect/ip";
import { compile } from "@/lib/engine/wafv2/inspect/compile";
import { aclOf, ruleGroups } from "@/lib/engine/wafv2/managed/corpus.test-helper";
import { readHttp, wafRequest, writeHttp } from "@/lib/engine/wafv2/requests/index";
import { savedKinds } from "@/lib/engine/wafv2/requests/saved";
import { savedRequests } from "./saved-requests";

const documentation = addressSet(["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32"]);

describe("every saved request keeps the schema", () => {
  test.each(savedRequests.map((each) => [each.id, each] as const))("%s", (id, { title, kind, harmful, why, message, client, ...rest }) => {
    expect(rest).toEqual({ id });
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(title).toMatch(/^.{2,60}$/);
    expect(savedKinds).toContain(kind);
    expect(typeof harmful).toBe("boolean");
    expect(why).toMatch(/^\S.{10,160}\.$/);
    expect(why).not.toMatch(/\. [A-Z]/);
    if (client) expect(documentation.has(parseAddress(client.ip)!)).toBe(true);
    expect(readHttp(bytesOf(writeHttp(message)))).toEqual({ ok: true, value: { message, notes: [] } });
    expect(JSON.parse(JSON.stringify(message))).toEqual(message);
  });
  test("ids, titles and requests differ, and each kind of attack has its harmless kin", () => {
    const differ = (texts: string[]) => expect(new Set(texts).size).toBe(texts.length);
    differ(savedRequests.map(({ id }) => id));
    differ(savedRequests.map((each) => `${each.kind} ${each.title}`));
    differ(savedRequests.map(({ message, client }) => JSON.stringify([message, client])));
    expect(savedRequests.length).toBeGreaterThanOrEqual(60);
    for (const kind of savedKinds) expect(savedRequests.some((each) => each.kind === kind)).toBe(true);
  });
});

test("AWS's managed groups tell most of them apart, and not all: that is what the set is for", () => {
  const acl = compile(aclOf(...ruleGroups, "AWSManagedRulesAmazonIpReputationList"));
  const stopped = savedRequests.map(({ id, harmful, kind, message, client }) => {
    const result = acl.inspect(wafRequest(message, client ?? { ip: "192.0.2.10" }, { source: "CLOUDFRONT", timestamp: 1_780_000_000_000 }));
    return { id, harmful, kind, stopped: result.action === "BLOCK", by: result.ruleWithinGroup };
  });
  const share = (list: typeof stopped) => list.filter((each) => each.stopped).length / list.length;
  expect(share(stopped.filter(({ harmful }) => harmful))).toBeGreaterThan(0.85);
  expect(share(stopped.filter(({ harmful }) => !harmful))).toBeLessThan(0.15);
  // One login says nothing by itself.
  expect(stopped.filter(({ kind, harmful }) => kind === "login" && harmful).some((each) => each.stopped)).toBe(false);
});
