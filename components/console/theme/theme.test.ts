import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

test("the theme's CSS is what the pinned Cloudscape would make of it today", () => {
  const script = `import("./components/console/theme/generate.mjs").then(({ stylesheet }) => process.stdout.write(stylesheet()))`;
  const made = execFileSync(process.execPath, ["--import", "tsx", "-e", script], { encoding: "utf8" });
  expect(
    readFileSync(new URL("./cloudscape-theme.css", import.meta.url), "utf8") === made,
    "run: npx tsx components/console/theme/generate.mjs",
  ).toBe(true);
});
