import type { Locator, Page } from "@playwright/test";
import { actAs, bothThemes, chooseItem, expect, field, openLesson, plainText, terminalOf, test } from "./journey";

// The IAM console and the policy editor: what a hand does there is what the lab's IAM has afterwards.

const A = "111122223333";
const monaco = (editor: Locator) => editor.locator(".monaco-editor textarea").first();
const flash = (page: Page) => page.getByTestId("flashbar");

/** Puts the cursor into Monaco and replaces the text, as a paste does: nothing is indented or closed on its own. */
async function paste(page: Page, editor: Locator, text: string): Promise<void> {
  await expect(editor.locator('[data-editor="monaco"]')).toBeVisible();
  await monaco(editor).focus();
  await page.keyboard.press("Control+a");
  await monaco(editor).evaluate((area, data) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", data);
    area.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

test("a user with a policy and an access key, which works in the terminal until it is deactivated", async ({ page }) => {
  await page.goto("/console/iam/users");
  await page.getByTestId("create-user").click();
  await field(page, "user-name").fill("not a name");
  await page.getByTestId("create-user-next").click();
  await expect(page.getByText("Valid characters: A-Z, a-z, 0-9, and + = , . @ _ - (hyphen)").first()).toBeVisible();
  await field(page, "user-name").fill("reader");
  await page.getByTestId("create-user-next").click();
  await page.getByRole("radio", { name: "Attach policies directly" }).check();
  const picker = page.getByTestId("policy-picker");
  await picker.getByRole("searchbox").fill("IAMReadOnlyAccess");
  await picker.getByRole("checkbox", { name: "Select policy IAMReadOnlyAccess" }).check();
  // Nothing is lost by a reload.
  await page.reload();
  await expect(page.getByTestId("policy-picker").getByRole("checkbox", { name: "Select policy IAMReadOnlyAccess" })).toBeChecked();
  await page.getByTestId("create-user-next").click();
  await page.getByTestId("create-user-submit").click();
  await expect(flash(page)).toContainText("User created successfully: reader.");
  await expect(page.getByTestId("permissions-policies")).toContainText("IAMReadOnlyAccess");

  await page.getByRole("tab", { name: "Security credentials" }).click();
  await page.getByTestId("create-access-key").click();
  await page.getByRole("radio", { name: "Command Line Interface (CLI)" }).check();
  await page.getByTestId("create-access-key-submit").click();
  await expect(page.getByTestId("secret-once")).toBeVisible();
  await page.getByTestId("show-secret").click();
  await expect(page.getByTestId("secret-access-key")).toHaveText(/^[A-Za-z0-9/+]{40}$/);
  const secret = (await page.getByTestId("secret-access-key").textContent())!;
  const download = page.waitForEvent("download");
  await page.getByTestId("download-csv").click();
  expect((await download).suggestedFilename()).toBe("reader_accessKeys.csv");
  const id = (await page.getByText(/^AKIA[A-Z0-9]{16}$/).first().textContent())!;
  await page.getByTestId("access-key-done").click();
  const card = page.getByTestId(`access-key-${id}`);
  await expect(card).toContainText("Active");
  // The secret is nowhere afterwards, also not in what the browser keeps for the form.
  expect(await page.content()).not.toContain(secret);
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain(secret);

  await openLesson(page, "kms-hands-on", "terminal");
  const terminal = terminalOf(page);
  const who = `AWS_ACCESS_KEY_ID=${id} AWS_SECRET_ACCESS_KEY=${secret} aws sts get-caller-identity --query Arn --output text`;
  expect((await terminal.run(who)).out.trim()).toBe(`arn:aws:iam::${A}:user/reader`);

  await page.goto("/console/iam/users/details/reader/security-credentials");
  await card.getByRole("button", { name: `Actions for ${id}` }).click();
  await chooseItem(page, "Deactivate");
  await page.getByTestId("access-key-action-confirm").click();
  await expect(card).toContainText("Inactive");
  await openLesson(page, "kms-hands-on", "terminal");
  expect((await terminal.run(who)).err).toContain("InvalidClientTokenId");
});

test("a role that another account may assume, with its trust policy edited", async ({ page }) => {
  await page.goto("/console/iam/roles/create");
  await page.getByRole("radio", { name: "AWS account", exact: true }).check();
  await page.getByRole("radio", { name: "Another AWS account" }).check();
  await field(page, "other-account").fill("444455556666");
  await page.getByTestId("create-role-next").click();
  await page.getByTestId("create-role-next").click();
  await field(page, "role-name").fill("auditor");
  await page.getByTestId("create-role-submit").click();
  await expect(flash(page)).toContainText("Role auditor created.");
  await page.getByRole("tab", { name: "Trust relationships" }).click();
  await expect(page.getByTestId("trust-json")).toContainText("444455556666");
  await page.getByTestId("edit-trust").click();
  const text = await plainText(page.getByTestId("trust-editor"));
  const policy = (await text.inputValue()).replace('"Condition": {}', '"Condition": {"StringEquals": {"sts:ExternalId": "42"}}');
  await text.fill(policy);
  await page.getByTestId("save-trust").click();
  await expect(flash(page)).toContainText("Trust policy updated.");
  await expect(page.getByTestId("trust-json")).toContainText("sts:ExternalId");
});

test("the policy editor warns of a lock-out before KMS refuses, and goes to the place", async ({ page }) => {
  await page.goto("/console/kms/keys");
  await page.getByRole("link", { name: "tutorial", exact: true }).click();
  const edit = page.getByTestId("policy-edit");
  await page.getByTestId("switch-to-policy-view").or(edit).first().click();
  await edit.click();
  const editor = page.getByTestId("policy-editor");
  const findings = editor.getByTestId("policy-findings");
  await paste(
    page,
    editor,
    JSON.stringify(
      { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${A}:user/app` }, Action: "kms:Decript", Resource: "*" }] },
      null,
      2,
    ),
  );
  await expect(findings).toContainText("kms:Decrypt");
  const lockOut = findings.locator('[data-level="error"]').filter({ hasText: "kms:PutKeyPolicy" });
  await expect(lockOut).toBeVisible();
  // Markers are in the text too.
  await expect(editor.locator(".squiggly-warning, .squiggly-error").first()).toBeAttached();

  // By keyboard: a finding takes the cursor to its line, Esc leaves the editor, Tab goes on from there.
  const unknown = findings.getByRole("button", { name: /Decript/ });
  await unknown.focus();
  await page.keyboard.press("Enter");
  await expect(monaco(editor)).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Escape");
  await expect(monaco(editor)).not.toBeFocused();
  await page.keyboard.press("Tab");
  await expect(editor.getByRole("button", { name: "Plain text" })).toBeFocused();

  await page.getByTestId("policy-save").click();
  await expect(page.getByTestId("aws-error").filter({ hasText: "kms:PutKeyPolicy" })).toContainText("MalformedPolicyDocumentException");
  // The same text without Monaco, after a reload.
  await page.reload();
  await expect(await plainText(editor)).toHaveValue(/kms:Decript/);
  await expect(findings).toContainText("kms:Decrypt");
});

test("Ctrl+M lets Tab out of the editor, and the completion knows the models", async ({ page }) => {
  await page.goto("/console/iam/policies/create");
  const editor = page.getByTestId("policy-editor");
  await paste(page, editor, '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Resource": "*", "Action": ""}]}');
  await page.keyboard.press("Control+End");
  for (let n = 0; n < 4; n++) await page.keyboard.press("ArrowLeft");
  await page.keyboard.type("kms:Decr");
  const widget = page.locator(".suggest-widget");
  await expect(widget.getByRole("listitem", { name: /kms:Decrypt/ }).first()).toBeVisible();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+m");
  await expect(editor).toContainText("Tab moves on");
  await page.keyboard.press("Tab");
  await expect(monaco(editor)).not.toBeFocused();
  await expect(await plainText(editor)).toHaveValue(/"Action": "kms:Decrypt"/);

  await page.getByTestId("create-policy-next").click();
  await field(page, "policy-name").fill("decrypts");
  await page.getByTestId("create-policy-submit").click();
  await expect(flash(page)).toContainText("Policy decrypts created.");
  await expect(page.getByTestId("policy-json")).toContainText("kms:Decrypt");
});

test("Test as: the key policy decides, the picture says so, and switching makes it so", async ({ page }) => {
  await page.goto("/console/iam/users/details/app");
  await page.getByTestId("test-as").click();
  await expect(page.getByTestId("test-identity")).toContainText("app");
  await field(page, "test-action").fill("kms:Decr");
  await page.getByRole("option", { name: "kms:Decrypt", exact: true }).first().click();
  await field(page, "test-resource").fill("tutorial");
  await page.getByRole("option", { name: /key\// }).first().click();
  await page.getByTestId("test-submit").click();
  const decision = page.getByTestId("real-decision").getByTestId("decision");
  await expect(decision).toHaveAttribute("data-effect", "ImplicitDeny");
  await expect(decision.locator('[data-layer="ResourcePolicy"]')).toContainText("leaves it to IAM");
  await expect(page.getByTestId("real-decision")).toContainText("the key's own policy and grants");
  await expect(page.getByTestId("simulator")).toContainText("implicitly denied");
  await page.getByTestId("switch-identity").click();
  await expect(page.getByRole("button", { name: `Signed in as app of account ${A}` })).toBeVisible();
  await actAs(page, "admin");
});

test("keyboard alone: from the list of users to a deleted user", async ({ page }) => {
  await page.goto("/console/iam/users");
  await page.getByTestId("create-user").focus();
  await page.keyboard.press("Enter");
  await field(page, "user-name").focus();
  await page.keyboard.type("brief");
  for (const step of ["next", "next", "submit"]) {
    await page.getByTestId(`create-user-${step}`).focus();
    await page.keyboard.press("Enter");
  }
  await expect(flash(page)).toContainText("User created successfully: brief.");
  await page.getByTestId("delete-user").focus();
  await page.keyboard.press("Enter");
  // The field has the keyboard; Enter with a wrong name does nothing.
  await expect(field(page, "delete-users-typed")).toBeFocused();
  await page.keyboard.type("brie");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("delete-users-modal")).toBeVisible();
  await page.keyboard.type("f");
  await page.keyboard.press("Enter");
  await expect(flash(page)).toContainText("User brief was deleted.");
});

for (const [path, shown] of [
  ["home", "iam-resources"],
  ["users", "users"],
  ["users/details/app", "permissions-policies"],
  ["users/create", "create-user"],
  ["roles/create", "create-role"],
  ["policies", "policies"],
  ["service-control-policies", "create-organization"],
  ["test-as", "test-as-form"],
] as const)
  test(`axe finds nothing serious on ${path}`, async ({ page }) => {
    await page.goto(`/console/iam/${path}`);
    await expect(page.getByTestId(shown)).toBeVisible();
    await bothThemes(page, path);
  });

test("axe finds nothing serious in the policy editor", async ({ page }) => {
  await page.goto("/console/iam/policies/create");
  await expect(page.locator('[data-editor="monaco"]')).toBeVisible();
  await expect(page.getByTestId("policy-findings")).toBeVisible();
  await bothThemes(page, "the policy editor");
});

test("on a phone the editor is a plain field, and nothing scrolls sideways", async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  await page.goto("/console/iam/policies/create");
  const editor = page.getByTestId("policy-editor");
  await expect(editor.locator('[data-editor="plain"]')).toBeVisible();
  await editor.getByTestId("plain-editor").fill("{");
  await expect(editor.getByTestId("policy-findings")).toContainText("This is not JSON");
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  await context.close();
});
