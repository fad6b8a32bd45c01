import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, openLesson, terminalOf, test } from "./journey";

// Each lesson by its own Run buttons, from the first to the last in a fresh lab: every step ticks, and nothing fails but
// what the text says will fail.

const root = fileURLToPath(new URL("../content/lessons", import.meta.url));
const slugs = readdirSync(root)
  .filter((section) => /^\d/.test(section))
  .flatMap((section) => readdirSync(`${root}/${section}`).map((lesson) => `${root}/${section}/${lesson}/meta.ts`));

/** What the lessons let fail on purpose, by lesson: the error codes in the order in which they come. */
const meant: Record<string, string[]> = {
  "using-kms": ["ValidationException"],
  "keys-and-regions": ["AccessDeniedException"],
  "managing-and-paying": ["DisabledException"],
  "key-policies": ["MalformedPolicyDocumentException"],
  "what-parameter-store-is": ["AccessDeniedException"],
  "tiers-and-policies": ["ValidationException"],
};

for (const file of slugs)
  test(`by Run alone: ${file.slice(root.length + 1, -"/meta.ts".length)}`, async ({ page }) => {
    const { default: meta } = (await import(file)) as { default: { slug: string; steps: unknown[] } };
    await openLesson(page, meta.slug, "terminal");
    const terminal = terminalOf(page);
    const buttons = page.getByRole("main").getByRole("button", { name: "Run", exact: true });
    let lines = 0;
    for (const button of await buttons.all()) {
      const block = await button.evaluate((element) => element.parentElement!.parentElement!.querySelector("pre")!.children.length);
      lines += block;
      await button.click();
      await terminal.settled(lines);
    }
    for (const step of await page.locator("[data-step]").all()) await expect(step, (await step.getAttribute("data-step"))!).toHaveAttribute("data-done", "true");
    expect(await page.locator("[data-step]").count()).toBe(meta.steps.length);
    const errors = await terminal.log.locator('[data-kind="stderr"]').allTextContents();
    expect(errors.filter((text) => text.replace("Error: ", "").trim()).map((text) => /\((\w+)\)/.exec(text)?.[1] ?? text)).toEqual(meant[meta.slug] ?? []);
  });
