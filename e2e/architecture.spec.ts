import { bothThemes, expect, sideways, test } from "./journey";
import type { Page } from "@playwright/test";

/** The reference architecture: five attacks, protections on and off, outcomes that flip; by hand, by key, by address. */

const bench = (page: Page) => page.getByTestId("architecture");
const summary = (page: Page) => bench(page).getByRole("status").first();
/** What a run that has just been asked for says, when it is there. */
async function settled(page: Page): Promise<void> {
  await expect(bench(page)).toHaveAttribute("data-running", "false", { timeout: 20_000 });
}
async function attack(page: Page, title: string): Promise<void> {
  await page.getByTestId("attack").selectOption({ label: title });
  await settled(page);
}
async function flip(page: Page, protection: string): Promise<void> {
  await page.getByRole("checkbox", { name: protection }).click();
  await settled(page);
}
/** The share of users' requests that was answered, in percent. */
async function answered(page: Page): Promise<number> {
  const text = await summary(page).innerText();
  if (text.startsWith("Every request")) return 100;
  if (text.startsWith("No user")) return 0;
  return Number(/([\d.]+)% of users' requests/.exec(text)![1]);
}
async function open(page: Page, query = ""): Promise<void> {
  await page.goto(`/architecture${query}`);
  await expect(page.getByRole("img", { name: /^At \d+:\d\d users send/ })).toBeVisible();
  await settled(page);
}

test("five attacks: what stands decides who is served, what comes in, and who pays", async ({ page }) => {
  test.setTimeout(120_000);
  await open(page);
  const ends = page.getByRole("group", { name: "Table of ends" });
  const bill = page.getByRole("group", { name: "Bill" });

  // A flood around the cache: the rate-based rule, and behind it Shield Advanced.
  expect(await answered(page)).toBeGreaterThan(90);
  await expect(ends).toContainText("blocked by the rate-based rule rate-limit");
  await flip(page, "Rate-based rule");
  await flip(page, "Shield Advanced");
  expect(await answered(page)).toBeLessThan(75);
  await expect(ends).not.toContainText("rate-limit");
  await flip(page, "Rate-based rule");
  expect(await answered(page)).toBeGreaterThan(90);
  await flip(page, "Shield Advanced");

  await attack(page, "SQL injection");
  await expect(summary(page)).toContainText("No harmful request reached the application.");
  await flip(page, "Managed rule groups");
  await expect(summary(page)).toContainText(/of [\d,]+ harmful requests reached the application/);
  await flip(page, "Managed rule groups");

  await attack(page, "Slow requests");
  expect(await answered(page)).toBe(100);
  await flip(page, "CloudFront");
  expect(await answered(page)).toBeLessThan(50);
  await expect(bench(page)).toContainText("Closed origin does nothing here: without CloudFront the load balancer must be open to users.");
  await flip(page, "CloudFront");

  await attack(page, "SYN flood");
  await expect(ends).toContainText("stopped by Shield, inline at the edge");
  await flip(page, "Closed origin");
  await expect(ends).toContainText("lost: the table of connections is full");
  await expect(page.getByTestId("step-words")).toContainText("around CloudFront");
  await flip(page, "Closed origin");

  await attack(page, "DNS query flood");
  await expect(summary(page)).toContainText("can be asked for as credits");
  await expect(bill).toContainText("DNS queries");
  await flip(page, "Shield Advanced");
  await expect(summary(page)).toContainText("There are no credits to ask for.");
});

test("by key along the time, and the address brings it back", async ({ page }) => {
  await open(page, "?attack=spread-flood&off=shield-advanced,caching");
  const time = page.getByRole("slider", { name: "Time of the run" });
  await time.press("End");
  await expect(page.getByTestId("step-words")).toContainText("The attack is silent.");
  await expect(page).toHaveURL(/at=59/);
  await time.press("Home");
  await page.getByRole("button", { name: "Play" }).press("Enter");
  await expect(page.getByTestId("step-words")).toContainText("At 0:30", { timeout: 15_000 });
  await page.getByRole("button", { name: "Pause" }).press("Enter");
  await time.fill("40");
  await expect(page.getByTestId("step-words")).toContainText(/^At 6:40 .* [5-9] instances are in service/);
  await page.reload();
  await settled(page);
  await expect(page.getByTestId("step-words")).toContainText(/^At 6:40 .* [5-9] instances are in service/);
  await expect(page.getByTestId("attack")).toHaveValue("SPREAD_FLOOD");
  await expect(page.getByRole("checkbox", { name: "Shield Advanced" })).not.toBeChecked();
  await page.getByText("Why? What the engine noted").click();
  await expect(page.getByText(/^At \d:\d\d: The alarm has been high for 3 minutes/)).toBeVisible();
});

test("all variants side by side; a number shows its variant", async ({ page }) => {
  test.setTimeout(90_000);
  await open(page, "?attack=sql-injection");
  await page.getByRole("button", { name: "Compare all variants" }).click();
  await expect(page.getByRole("progressbar")).toBeVisible();
  // Another attack while it still compares: it is run first, and compared then.
  await attack(page, "Slow requests");
  await expect(page.getByText(/^Without CloudFront, [\d.]+% of users’ requests are answered instead of 100%/)).toBeVisible({ timeout: 60_000 });
  await page.getByRole("button", { name: /^All but CloudFront: .*Show it above/ }).click();
  await settled(page);
  await expect(page.getByRole("checkbox", { name: "CloudFront" })).not.toBeChecked();
  expect(await answered(page)).toBeLessThan(50);
});

test("fits a phone of 320 px, in light and dark", async ({ page }) => {
  test.setTimeout(90_000);
  await page.setViewportSize({ width: 320, height: 640 });
  await open(page, "?attack=http-flood&off=closed-origin&zone=lost");
  expect(await sideways(page)).toBe(0);
  await bothThemes(page, "architecture");
});
