import AxeBuilder from "@axe-core/playwright";
import { actAs, beadsOf, expect, openLesson, terminalOf, test } from "./journey";

// Refused → Why? → the smallest change that would have allowed it → applied → the call works → undone → refused again.

test("the smallest change is applied, the call works, and undo takes both back", async ({ page }) => {
  await openLesson(page, "what-parameter-store-is", "terminal");
  const terminal = terminalOf(page);
  await terminal.run(
    "aws kms create-alias --alias-name alias/my-app --target-key-id $(aws kms create-key --query KeyMetadata.KeyId --output text)",
  );
  await terminal.run("aws ssm put-parameter --name /my-app/secret --type SecureString --key-id alias/my-app --value 'correct horse'");
  await actAs(page, "app");
  const read = "aws ssm get-parameter --name /my-app/secret --with-decryption --query Parameter.Value --output text";
  expect((await terminal.run(read)).err).toContain("AccessDeniedException");

  await terminal.commands
    .last()
    .getByRole("button", { name: /^Why\?/ })
    .click();
  const why = page.getByRole("dialog", { name: "ssm:GetParameter" });
  const section = why.getByTestId("why-flip");
  const cards = section.getByTestId("flip");
  await expect(section.getByTestId("flip-summary")).toContainText("run on a copy of the lab");
  await expect(cards.first()).toContainText("the least");
  await expect(cards.first().getByTestId("flip-sentence")).toContainText(
    /allows kms:Decrypt on the key …\w{4}, only through ssm\.eu-west-2\.amazonaws\.com/,
  );
  await expect(cards.first().locator('[data-line="added"]').filter({ hasText: "kms:Decrypt" })).toHaveCount(1);
  // What is broader says so, and what it lets in beside.
  await section.getByRole("button", { name: /^Show \d+ more change/ }).click();
  const broader = section.locator('[data-testid="flip"][data-broader="true"]');
  await expect(broader.first().getByTestId("flip-also")).toContainText("may call");
  await expect(broader.first()).toContainText("broader");
  expect(
    (await new AxeBuilder({ page }).include('[data-testid="why-flip"]').analyze()).violations.map(
      ({ id, nodes }) => `${id}: ${nodes[0].html}`,
    ),
  ).toEqual([]);

  const beads = await beadsOf(page).count();
  await cards
    .first()
    .getByRole("button", { name: /^Apply/ })
    .click();
  const applied = section.getByTestId("flip-applied");
  await expect(applied).toContainText("Applied");
  await expect(beadsOf(page)).toHaveCount(beads + 1);
  await applied.getByRole("button", { name: "Try the call again" }).click();
  await expect(section.getByTestId("flip-tried")).toHaveAttribute("data-ok", "true");
  await applied.getByRole("button", { name: "Undo" }).click();
  await expect(applied).toHaveCount(0);
  await expect(beadsOf(page)).toHaveCount(beads);
  await expect(cards.first()).toContainText("the least");
  await page.keyboard.press("Escape");
  expect((await terminal.run(read)).err).toContain("AccessDeniedException");
});

test("by keyboard alone; and what came after is not taken back with it", async ({ page }) => {
  await openLesson(page, "key-policies", "terminal");
  const terminal = terminalOf(page);
  await terminal.run("KEY=$(aws kms create-key --query KeyMetadata.Arn --output text)");
  await terminal.run("aws kms disable-key --key-id $KEY");
  await terminal.run("echo -n hello > hello.txt");
  expect((await terminal.run("aws kms encrypt --key-id $KEY --plaintext fileb://hello.txt")).err).toContain("DisabledException");

  await terminal.commands
    .last()
    .getByRole("button", { name: /^Why\?/ })
    .focus();
  await page.keyboard.press("Enter");
  const why = page.getByRole("dialog", { name: "kms:Encrypt" });
  const section = why.getByTestId("why-flip");
  await expect(section.getByTestId("flip-sentence").first()).toHaveText(/^Enable the key …\w{4}\.$/);
  const apply = section.getByRole("button", { name: /^Apply/ }).first();
  for (let i = 0; i < 60 && !(await apply.evaluate((button) => button === document.activeElement)); i++) await page.keyboard.press("Tab");
  await expect(apply).toBeFocused();
  await page.keyboard.press("Enter");
  // What one does next has the focus.
  const again = section.getByRole("button", { name: "Try the call again" });
  await expect(again).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(section.getByTestId("flip-tried")).toHaveAttribute("data-ok", "true");
  await page.keyboard.press("Escape");

  await terminal.run("aws kms create-alias --alias-name alias/later --target-key-id $KEY");
  await beadsOf(page)
    .filter({ has: page.locator("xpath=self::*[contains(@aria-label, 'DisabledException')]") })
    .last()
    .click();
  await expect(section.getByRole("button", { name: "Undo" })).toBeDisabled();
  await expect(section).toContainText("Something else was done since (kms:CreateAlias)");
});

test("an allowed call: what would have it refused; an answer that is out of date says so", async ({ page }) => {
  await openLesson(page, "key-policies", "terminal");
  const terminal = terminalOf(page);
  await terminal.run("KEY=$(aws kms create-key --query KeyMetadata.Arn --output text)");
  await terminal.run("echo -n hello > hello.txt");
  await terminal.run("aws kms encrypt --key-id $KEY --plaintext fileb://hello.txt --query KeyId --output text");
  await beadsOf(page).last().click();
  const section = page.getByRole("dialog", { name: "kms:Encrypt" }).getByTestId("why-flip");
  await section.getByTestId("flip-ask").click();
  await expect(section.getByTestId("flip-sentence").first()).toContainText("denies kms:Encrypt");
  await page.keyboard.press("Escape");
  await terminal.run("aws kms disable-key --key-id $KEY");
  await terminal.run("aws kms encrypt --key-id $KEY --plaintext fileb://hello.txt");
  await terminal.run("aws kms enable-key --key-id $KEY");
  await beadsOf(page)
    .filter({ has: page.locator("xpath=self::*[contains(@aria-label, 'DisabledException')]") })
    .last()
    .click();
  await expect(section.getByTestId("flip-other-today")).toContainText("today the same call is allowed");
});
