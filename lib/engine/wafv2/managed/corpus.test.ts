import { describe, expect, test } from "vitest";
import { compile } from "../inspect/compile";
import { aclOf, corpus, ruleGroups } from "./corpus.test-helper";

/** Of the attacks so many at least are blocked by the groups together. CRS's cases are of all its paranoia levels; AWS's groups look at less. */
const floors: Record<string, number> = { sqli: 0.38, xss: 0.6, rce: 0.38, php: 0.25, java: 0.6, log4j: 1, lfi: 0.3, protocol: 0.9, scanner: 1 };

const all = corpus();

describe.runIf(all.length)("the corpus' requests", () => {
  const acl = compile(aclOf(...ruleGroups));
  const kinds = new Map<string, { blocked: number; of: number; first: string[] }>();
  for (const { id, kind, request } of all) {
    const counts = kinds.get(kind) ?? { blocked: 0, of: 0, first: [] };
    kinds.set(kind, counts);
    counts.of++;
    const { action, ruleWithinGroup } = acl.inspect(request);
    if (action !== "BLOCK") continue;
    counts.blocked++;
    counts.first.push(`${id} ${ruleWithinGroup}`);
  }
  console.log([...kinds].map(([kind, { blocked, of }]) => `${kind} ${blocked}/${of}`).join(", "));

  test.each(Object.entries(floors))("%s: at least %f", (kind, floor) => {
    const { blocked, of } = kinds.get(kind)!;
    expect(blocked / of).toBeGreaterThanOrEqual(floor);
  });
  test("harmless ones pass", () => expect(kinds.get("benign")!.first.length, kinds.get("benign")!.first.join("\n")).toBeLessThanOrEqual(5));
});

test("the corpus is there, or the folder is not", () => expect([0, 1_546]).toContain(all.length));
