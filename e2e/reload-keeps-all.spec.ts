import { consoleMenu, openConsole, actAs, beadsOf, expect, field, goToRegion, openLesson, stepOf, terminalOf, test, ticked } from "./journey";

// Closing the tab loses nothing.

test("reload keeps the lab, the terminal, what was half typed, progress, identity, Region, theme, divider and tab", async ({ page }) => {
  await openLesson(page, "what-parameter-store-is", "terminal");
  const terminal = terminalOf(page);
  await terminal.run("cd /tmp; export STAGE=dev; echo AP8B | base64 --decode > bytes.bin");
  await terminal.run("aws ssm put-parameter --name /my-app/first-secret --type SecureString --value 'correct horse'");
  await ticked(page, "put-secure");
  await expect(stepOf(page, "read-open")).toHaveAttribute("data-done", "false");
  await terminal.input.fill("echo half a li");

  const divider = page.getByRole("separator", { name: "Width of the notes" });
  await divider.focus();
  await divider.press("ArrowLeft");
  await divider.press("ArrowLeft");
  await page.getByRole("button", { name: /^Appearance/ }).click();
  await page.getByRole("radio", { name: "Dark" }).click();

  const lab = page.getByRole("complementary", { name: "Lab" });
  await lab.getByRole("tab", { name: "Console" }).click();
  await lab.getByTestId("create-key").click();
  await lab.getByTestId("create-key-next").click();
  await field(lab, "alias").fill("half-ty");
  await openConsole(page, "Parameter Store");
  await lab.getByTestId("create-parameter").filter({ visible: true }).click();
  await field(lab, "parameter-name").fill("/my-app/half");
  await field(lab, "parameter-value").fill("line one\nline tw");
  await goToRegion(page, "us-east-1");
  await actAs(page, "app");
  const beads = await beadsOf(page).count();

  await page.reload();
  await expect(page.getByRole("button", { name: /^Region: .*us-east-1$/ })).toBeVisible();
  await expect(page.getByRole("button", { name: "Signed in as app of account 111122223333" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Appearance: Dark" })).toBeVisible();
  await expect(page.locator("html")).toHaveClass(/dark/);
  await expect(divider).toHaveAttribute("aria-valuenow", "46");
  await ticked(page, "put-secure");
  await expect(stepOf(page, "read-open")).toHaveAttribute("data-done", "false");
  // The open tab, and what stood in its form.
  await expect(lab.getByRole("tab", { name: "Console" })).toHaveAttribute("aria-selected", "true");
  await expect(consoleMenu(lab)).toHaveAccessibleName("Console: Parameter Store");
  await expect(field(lab, "parameter-name")).toHaveValue("/my-app/half");
  await expect(field(lab, "parameter-value")).toHaveValue("line one\nline tw");
  await actAs(page, "admin");
  await openConsole(page, "KMS");
  await lab.getByTestId("create-key").filter({ visible: true }).click();
  await expect(field(lab.getByTestId("create-key-wizard"), "alias")).toHaveValue("half-ty");
  expect(await beadsOf(page).count()).toBeGreaterThanOrEqual(beads);

  await lab.getByRole("tab", { name: "Terminal" }).click();
  await expect(terminal.input).toHaveValue("echo half a li");
  await expect(terminal.commands).toHaveCount(2);
  await expect(terminal.log).toContainText('"Version": 1');
  await goToRegion(page, "eu-west-2");
  expect((await terminal.run("pwd; echo $STAGE; xxd -p bytes.bin")).out).toBe("/tmp\ndev\n00ff01");
  const read = await terminal.run("aws ssm get-parameter --name /my-app/first-secret --with-decryption --query Parameter.Value --output text");
  expect(read).toEqual({ out: "correct horse", err: "" });
  await ticked(page, "read-open");
});

test("a key keeps its material: what was sealed before the reload opens after it, on another page too", async ({ page, context }) => {
  await openLesson(page, "kms-hands-on", "terminal");
  const terminal = terminalOf(page);
  await terminal.run("aws kms encrypt --key-id alias/tutorial --plaintext fileb://ExampleSecretFile.txt --query CiphertextBlob --output text | base64 --decode > sealed");
  await page.close();
  const again = await context.newPage();
  await openLesson(again, "encryption-at-rest", "terminal");
  const opened = await terminalOf(again).run("aws kms decrypt --ciphertext-blob fileb://sealed --query Plaintext --output text | base64 --decode");
  expect(opened).toEqual({ out: "SuperSecretPassword", err: "" });
});

test("Why? is part of the address: a reload shows the same answer", async ({ page }) => {
  await openLesson(page, "kms-hands-on", "terminal");
  await terminalOf(page).run("aws kms list-keys");
  await beadsOf(page).last().click();
  const why = page.getByRole("dialog", { name: "kms:ListKeys" });
  const sentence = await why.getByTestId("why-sentence").textContent();
  await page.reload();
  await expect(why.getByTestId("why-sentence")).toHaveText(sentence!);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page).not.toHaveURL(/why=/);
});
