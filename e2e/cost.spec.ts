import { clockAhead, expect, openLesson, terminalOf, test } from "./journey";

// What the month costs: by the clock, by calls, and taken back by undo.

test("a key costs by the hour, a closed month stays, and undo takes the cost back", async ({ page }) => {
  await openLesson(page, "what-kms-is", "terminal");
  const terminal = terminalOf(page);
  await terminal.run("aws kms encrypt --key-id alias/tutorial --plaintext c2VjcmV0 --region eu-west-2 --query KeyId --output text");
  await page.goto("/console/billing/bills");
  const lines = page.getByTestId("bill-lines");
  await expect(lines).toContainText("Key Management Service");
  await expect(lines).toContainText("Europe (London)");
  await expect(lines.getByTestId("why-kms:request")).toContainText("within the free 20,000 a month");
  await expect(page.getByTestId("charged-keys").getByRole("row", { name: /tutorial/ })).toContainText("$1.00");
  const before = await page.getByTestId("bill-total").textContent();

  await clockAhead(page, "a year");
  // Rotation is off in the first lab's key: twelve whole months at a dollar each, and the one that is open.
  await page.getByTestId("bill-month").getByRole("button").click();
  const months = page.getByRole("option");
  await expect(months).toHaveCount(13);
  await months.nth(6).click();
  await expect(page).toHaveURL(/\/console\/billing\/bills\/\d{4}-\d{2}$/);
  await expect(page.getByTestId("bill-total")).toHaveText("$1.00");
  await expect(lines.getByTestId("usd-kms:key")).toHaveText("$1.00");
  await expect(lines.getByTestId("why-kms:key")).toContainText("hours in the month × $1.00 = $1.00");
  const closed = page.url();
  await page.goto(closed);
  await expect(page.getByTestId("bill-total")).toHaveText("$1.00");

  await page.getByRole("heading", { name: "Bills", exact: true }).click();
  await page.keyboard.press("Control+z");
  // The month that was looked at has not come yet: the open one is shown.
  await expect(page.getByTestId("bill-forecast")).toBeVisible();
  expect(Number((await page.getByTestId("bill-total").textContent())!.slice(1))).toBeLessThan(Number(before!.slice(1)) + 0.01);
});
