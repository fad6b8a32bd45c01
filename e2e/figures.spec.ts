import { expect, test } from "@playwright/test";

// The figure player: its keys and addresses, a broken figure, an opened token, a proof in the page.

test("a figure is stepped by keyboard, and the step is in the address", async ({ page }) => {
  await page.goto("/figures/SSMPS?step=3");
  const step = page.getByRole("slider", { name: "Step" });
  await expect(step).toHaveValue("2");
  await page.getByRole("group", { name: /Space plays/ }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(step).toHaveValue("3");
  await page.keyboard.press(",");
  await expect(step).toHaveValue("2");
  await page.keyboard.press("End");
  await expect(page.getByText("The application has the plaintext")).toBeVisible();
  await expect(page).toHaveURL(/step=7/);
  await page.reload();
  await expect(page.getByText("The application has the plaintext")).toBeVisible();
  await page.keyboard.press("Home");
});

test("breaking it takes the other way, because the engine did", async ({ page }) => {
  await page.goto("/figures/SSMPS");
  await page.getByRole("button", { name: "Allow ssm, but not kms" }).click();
  await expect(page).toHaveURL(/noKms=true/);
  await page.getByRole("button", { name: "As a list" }).click();
  await expect(page.getByText(/may not kms:Decrypt/)).toBeVisible();
  await expect(page.getByText("The application has the plaintext")).toHaveCount(0);
});

test("a token shows its bytes in three forms, and why", async ({ page }) => {
  await page.goto("/figures/SSMPS?step=7");
  await page.getByRole("button", { name: "Plaintext: devdbpassword. Open it" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("devdbpassword", { exact: true })).toBeVisible();
  await dialog.getByRole("button", { name: "hex" }).click();
  await expect(dialog.getByText("64 65 76 64 62")).toBeVisible();
  await dialog.getByRole("button", { name: "Why?" }).click();
  await expect(page.getByRole("dialog", { name: "Why? Step 7" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("reduced motion: the same steps, no travel", async ({ browser }) => {
  const page = await (await browser.newContext({ reducedMotion: "reduce" })).newPage();
  await page.goto("/figures/CSE?step=8");
  await expect(page.getByRole("slider", { name: "Step" })).toHaveValue("7");
  const duration = await page.locator("svg [data-gone=false]").first().evaluate((token) => getComputedStyle(token).transitionDuration);
  expect(Math.max(...duration.split(",").map((each) => Number.parseFloat(each)))).toBeLessThan(0.001);
});

test("a claim proves itself in the page", async ({ page }) => {
  await page.goto("/lessons/what-parameter-store-is");
  await page.locator("#claim-SSM-06").getByRole("button").click();
  await expect(page.getByRole("status").filter({ hasText: "It holds: " })).toBeVisible();
  await expect(page.getByText("ssm:GetParameter").first()).toBeVisible();
});
