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
  "what-secrets-manager-is": ["AccessDeniedException"],
  "secrets-manager-hands-on": ["InvalidRequestException", "ResourceNotFoundException"],
  "shield-standard-and-advanced": ["ResourceNotFoundException", "LockedSubscriptionException", "LockedSubscriptionException", "InvalidResourceException"],
  "waf-rate-based-rules": ["WAFInvalidParameterException"],
};

for (const file of slugs)
  test(`by Run alone: ${file.slice(root.length + 1, -"/meta.ts".length)}`, async ({ page }) => {
    // An interpreter of Python is fetched and started in the lessons that run functions.
    test.slow(/rotation|04-hands-on/.test(file));
    const { default: meta } = (await import(file)) as { default: { slug: string; steps: unknown[] } };
    await openLesson(page, meta.slug, "terminal");
    const terminal = terminalOf(page);
    const buttons = page.getByRole("main").getByRole("button", { name: /^(?:Run|Let .+ pass|Go to (?:N\. Virginia|London))$/ });
    let commands = 0;
    // What is done leaves its place in the list (a Region is gone to once), so the list is not read again.
    for (const button of await buttons.elementHandles()) {
      const words = (await button.textContent())!.trim();
      await button.click();
      if (words.startsWith("Let ")) await page.waitForFunction((element) => element.parentElement!.parentElement!.querySelector("[role=status]"), button);
      if (words !== "Run") continue;
      commands += await button.evaluate((element) => {
        const lines = [...element.parentElement!.parentElement!.querySelectorAll("pre > span")].map((line) => line.textContent!.replace(/^[$ ]/, ""));
        // A here-document is one command with all its lines.
        return lines.join("\n").replace(/<<'EOF'\n[\s\S]*?\nEOF/g, "").split("\n").length;
      });
      await terminal.settled(commands);
    }
    for (const step of await page.locator("[data-step]").all()) await expect(step, (await step.getAttribute("data-step"))!).toHaveAttribute("data-done", "true");
    expect(await page.locator("[data-step]").count()).toBe(meta.steps.length);
    const errors = await terminal.log.locator('[data-kind="stderr"]').allTextContents();
    expect(errors.filter((text) => text.replace("Error: ", "").trim()).map((text) => /\((\w+)\)/.exec(text)?.[1] ?? text)).toEqual(meant[meta.slug] ?? []);
  });
