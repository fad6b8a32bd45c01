// npm test: install, then lint, unit tests, build, types, whole journeys in Chromium. The last line counts them.
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "./chromium.mjs";
import { build, install, node, run } from "./steps.mjs";

install();
const out = mkdtempSync(join(tmpdir(), "keyhole-test-"));
const count = { passed: 0, failed: 0, skipped: 0 };
const failedSteps = [];
const step = (name, work) => {
  console.log(`\n── ${name}`);
  if (work() !== 0) failedSteps.push(name);
};

step("lock file installs everywhere", () => run("npm", ["ci", "--dry-run", "--ignore-scripts", "--silent"], { tolerate: true }));
step("lint", () => node("node_modules/oxlint/bin/oxlint", ["--quiet", "."], { tolerate: true }));
step("unit tests", () => {
  const file = join(out, "vitest.json");
  const status = node("node_modules/vitest/vitest.mjs", ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`], { tolerate: true });
  if (existsSync(file)) {
    const result = JSON.parse(readFileSync(file, "utf8"));
    count.passed += result.numPassedTests;
    count.failed += result.numFailedTests;
    count.skipped += result.numPendingTests;
  }
  return status;
});
build();
// After the build, which writes the types of the routes.
step("types", () => node("node_modules/typescript/bin/tsc", ["--noEmit", "-p", "."], { tolerate: true }));
step("whole journeys", () => {
  const file = join(out, "playwright.json");
  const status = node("node_modules/@playwright/test/cli.js", ["test", "--reporter=list,json"], { tolerate: true, env: { CHROMIUM_PATH: chromium(), PLAYWRIGHT_JSON_OUTPUT_NAME: file } });
  if (existsSync(file)) {
    const { stats } = JSON.parse(readFileSync(file, "utf8"));
    count.passed += stats.expected + stats.flaky;
    count.failed += stats.unexpected;
    count.skipped += stats.skipped;
  }
  return status;
});

if (failedSteps.length) console.log(`\nNot passed: ${failedSteps.join(", ")}`);
console.log(`\n${count.passed} passed, ${Math.max(count.failed, failedSteps.length)} failed, ${count.skipped} skipped`);
process.exit(failedSteps.length ? 1 : 0);
