import { expect, test } from "@playwright/test";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

// What the coverage files name is really there, in the page as it is served: without a script being run.
for (const section of ["encryption", "kms", "parameter-store", "secrets-manager", "shield", "waf", "firewall-manager", "ddos", "waf-hands-on"]) {
  test(`every anchor of ${section} is in its page`, async ({ request }) => {
    const file = fileURLToPath(new URL(`../content/coverage/${section}.json`, import.meta.url));
    const { entries } = JSON.parse(readFileSync(file, "utf8")) as { entries: { lesson?: string; anchor?: string }[] };
    const pages = new Map<string, string>();
    for (const { lesson, anchor } of entries) {
      if (!lesson) continue;
      if (!pages.has(lesson)) pages.set(lesson, await (await request.get(`/lessons/${lesson}`)).text());
      expect(pages.get(lesson)!.includes(`id="${anchor}"`), `${lesson}#${anchor}`).toBe(true);
    }
    expect(pages.size).toBeGreaterThan(0);
  });
}
