import { openConsole, beadsOf, expect, field, openLesson, runButton, terminalOf, test, ticked } from "./journey";

// From the first visit to the first secret that was sealed and opened: by terminal alone, by console alone.

test("by terminal alone: one click, two runs, and Why? says what decided", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "Open the first lesson" }).click();
  await expect(page).toHaveURL(/\/lessons\/encryption-in-flight$/);
  await expect(page.getByRole("heading", { level: 1, name: "Encryption in flight" })).toBeVisible();
  await expect(page.getByRole("complementary", { name: "Lab" }).getByTestId("lab-overview")).toContainText("alias/tutorial");

  const terminal = terminalOf(page);
  await runButton(page, "encrypt").click();
  await ticked(page, "encrypt");
  await terminal.settled(2);
  await expect(terminal.log).toContainText(/AQICA/);

  // The second step is typed.
  await terminal.run("base64 --decode sealed.base64 > sealed");
  const opened = await terminal.run("aws kms decrypt --ciphertext-blob fileb://sealed --output text --query Plaintext --region eu-west-2 | base64 --decode");
  expect(opened).toEqual({ out: "admin / supersecret", err: "" });
  await ticked(page, "decrypt");
  await expect(page.getByText("2 of 2 steps done")).toBeVisible();

  await beadsOf(page).last().click();
  const why = page.getByRole("dialog", { name: "kms:Decrypt" });
  await expect(why.getByTestId("why-sentence")).toContainText("admin");
  const decision = why.getByTestId("decision");
  await expect(decision).toHaveAttribute("data-effect", "Allow");
  // The default key policy leaves it to IAM, where AdministratorAccess says yes.
  await expect(decision.locator('[data-layer="ResourcePolicy"]')).toContainText("leaves it to IAM");
  await expect(decision.locator('[data-layer="IdentityPolicy"]')).toContainText("this decided");
  await expect(decision.locator('[data-layer="IdentityPolicy"]')).toContainText("AdministratorAccess");
  await expect(page).toHaveURL(/why=\d+/);
  await why.getByRole("button", { name: "Close" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("by console alone: a key by the wizard, a SecureString under it, its value shown", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "Open the first lesson" }).click();
  await page.getByRole("complementary", { name: "Lab" }).getByRole("tab", { name: "Console" }).click();
  const lab = page.getByRole("complementary", { name: "Lab" });
  await lab.getByTestId("create-key").click();

  const wizard = lab.getByTestId("create-key-wizard");
  await expect(wizard.getByRole("radio", { name: /^Symmetric/ })).toBeChecked();
  await expect(wizard.getByRole("radio", { name: /^Encrypt and decrypt/ })).toBeChecked();
  const next = wizard.getByTestId("create-key-next");
  await next.click();
  await field(wizard, "alias").fill("my-app");
  await field(wizard, "description").fill("secrets of my-app");
  await next.click();
  await expect(wizard.getByTestId("key-administrators")).toContainText("app");
  await next.click();
  await expect(wizard.getByTestId("key-users")).toContainText("app");
  await next.click();
  await expect(wizard.getByTestId("policy-json")).toContainText("arn:aws:iam::111122223333:root");
  await next.click();
  await expect(wizard).toContainText("my-app");
  await wizard.getByTestId("create-key-finish").click();
  const keyId = await lab.getByTestId("created-key-id").textContent();
  await expect(lab.getByRole("row", { name: /my-app/ })).toContainText(keyId!);

  await openConsole(page, "Parameter Store");
  await lab.getByTestId("create-parameter").filter({ visible: true }).click();
  await field(lab, "parameter-name").fill("/my-app/dev/db-password");
  await lab.getByRole("radio", { name: /^SecureString/ }).check();
  await lab.getByTestId("key-id").getByRole("button").click();
  await page.getByRole("option", { name: /alias\/my-app/ }).click();
  await field(lab, "parameter-value").fill("devdbpassword");
  await lab.getByTestId("create-parameter-submit").click();
  await expect(lab.getByTestId("parameter-created")).toContainText("/my-app/dev/db-password");
  await lab.getByRole("link", { name: "/my-app/dev/db-password" }).click();
  const value = lab.getByTestId("parameter-current-value");
  await expect(value).toHaveAttribute("data-sealed", "true");
  await expect(value).not.toContainText("devdbpassword");
  await lab.getByTestId("decrypted-toggle").getByRole("checkbox").check();
  await expect(value).toHaveText("devdbpassword");

  // What was done by hand ticks the lessons' steps as well: each asks the lab, not the door.
  await openLesson(page, "what-parameter-store-is");
  for (const step of ["put-secure", "read-sealed", "read-open"]) await ticked(page, step);
});
