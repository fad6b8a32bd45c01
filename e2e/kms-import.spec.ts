import type { Page } from "@playwright/test";
import { actAs, bothThemes, expect, field, openLesson, sideways, terminalOf, test } from "./journey";

// Imported key material by the console: a key without any, wrapped material into it, its end by the clock, the same again, and a rotation.

const consoleOf = (page: Page) => page.getByTestId("aws-console");
const status = (page: Page, words: string) => expect(consoleOf(page).getByText(words, { exact: true }).first()).toBeVisible();

/** The import pages, step 1: the shortest wrapping key, which is the quickest made. */
async function download(page: Page): Promise<void> {
  const wizard = page.getByTestId("import");
  await wizard.getByRole("radio", { name: /^RSA_2048/ }).check();
  const saved = page.waitForEvent("download");
  await wizard.getByTestId("download-parameters").click();
  expect((await saved).suggestedFilename()).toBe("ImportParameters.zip");
  await expect(wizard.getByTestId("downloaded")).toContainText("for RSAES_OAEP_SHA_256 with RSA_2048");
  await wizard.getByTestId("import-next").click();
}

/** Key material without a key of the wizard: for what is not about the wizard. */
async function waitingKey(page: Page): Promise<string> {
  await openLesson(page, "kms-hands-on", "terminal");
  const { out } = await terminalOf(page).run("aws kms create-key --origin EXTERNAL --query KeyMetadata.KeyId --output text");
  return out.trim();
}

const material = "00112233445566778899aabbccddeeff".repeat(2);

async function wrapInPage(page: Page, hex: string): Promise<void> {
  await field(page, "plain-material").fill(hex);
  await page.getByTestId("wrap-material").click();
  await expect(page.getByTestId("wrap-steps")).toContainText("encrypted by RSAES-OAEP with SHA-256");
}

const upload = (page: Page) => page.getByTestId("import-submit").click();

test("a key is created without material, which is made, wrapped and imported, and the key encrypts", async ({ page }) => {
  test.slow();
  await page.goto("/console/kms/keys/create");
  const wizard = page.getByTestId("create-key-wizard");
  await wizard.getByRole("button", { name: "Advanced options" }).click();
  await expect(wizard.getByRole("radio", { name: /^AWS CloudHSM key store/ })).toBeDisabled();
  await wizard.getByRole("radio", { name: /^External \(Import key material\)/ }).check();
  const next = wizard.getByTestId("create-key-next");
  await next.click();
  await expect(wizard.getByText("confirm that you understand").first()).toBeVisible();
  await wizard.getByRole("checkbox", { name: /I understand the security and durability implications/ }).check();
  await next.click();
  await field(wizard, "alias").fill("brought");
  for (let step = 0; step < 4; step++) await next.click();
  await expect(wizard).toContainText("External (Import key material)");
  await wizard.getByTestId("create-key-finish").click();

  // The console goes on to the import.
  await expect(page).toHaveURL(/\/import\/initial$/);
  await download(page);
  await page.getByTestId("generate-material").click();
  await expect(field(page, "plain-material")).toHaveValue(/^[0-9a-f]{64}$/);

  // Nothing is lost by a reload: the parameters, the material, the step.
  const made = await field(page, "plain-material").inputValue();
  await page.reload();
  await expect(field(page, "plain-material")).toHaveValue(made);
  await page.getByTestId("wrap-material").click();
  await expect(page.getByTestId("wrap-steps")).toContainText(`${made} (32 bytes)`);
  await expect(page.getByTestId("wrapped-file")).toContainText("EncryptedKeyMaterial.bin");
  await expect(page.getByTestId("token-file")).toContainText("ImportToken.bin");
  await upload(page);

  await expect(consoleOf(page).getByTestId("flashbar")).toContainText("Your key material was imported into the key.");
  await status(page, "Enabled");
  const row = page.getByTestId("key-materials").getByRole("row").nth(1);
  await expect(row).toContainText("Current");
  await expect(row).toContainText("Imported");
  await expect(row).toContainText("Does not expire");

  // Never used yet; then used.
  await expect(consoleOf(page)).toContainText("Not used since");
  const id = /keys\/([0-9a-f-]{36})/.exec(page.url())![1];
  await openLesson(page, "kms-hands-on", "terminal");
  const terminal = terminalOf(page);
  await terminal.run("aws kms encrypt --key-id alias/brought --plaintext fileb://<(echo -n hello) --query CiphertextBlob --output text | base64 -d > sealed");
  expect((await terminal.run("aws kms decrypt --ciphertext-blob fileb://sealed --query Plaintext --output text | base64 -d")).out).toBe("hello");
  await page.goto(`/console/kms/keys/${id}`);
  await expect(page.getByTestId("last-usage")).toContainText("Decrypt");
});

test("material expires by the clock, other material is refused, the same comes back, and is deleted", async ({ page }) => {
  test.slow();
  const id = await waitingKey(page);
  await page.goto(`/console/kms/keys/${id}/key-rotation`);
  await expect(page.getByTestId("pending-import")).toBeVisible();
  await page.getByTestId("import-material").first().click();
  await download(page);
  await wrapInPage(page, material);
  await page.getByRole("radio", { name: /^Key material expires/ }).check();
  await upload(page);
  await expect(page.getByText("Enter the date and time at which the key material expires.").first()).toBeVisible();
  const soon = new Date(Date.now() + 5 * 86_400_000).toISOString();
  await field(page, "expiration-date").fill(soon.slice(0, 10).replaceAll("-", "/"));
  await upload(page);
  await status(page, "Enabled");
  await expect(page.getByTestId("key-materials").getByRole("row").nth(1)).toContainText("in 4 days");

  await page.getByTestId("lab-clock").click();
  const panel = page.getByTestId("clock-panel");
  await panel.getByRole("radio", { name: "to the next thing that happens" }).click();
  await panel.getByRole("button", { name: /^Move the clock/ }).click();
  await expect(panel.getByTestId("clock-lines")).toContainText("lost its imported key material");
  await panel.getByRole("button", { name: "Done" }).click();
  await status(page, "Pending import");

  // Another material is not the key's.
  const row = page.getByTestId("key-materials").getByRole("row").nth(1);
  await row.getByRole("radio").check();
  await page.getByTestId("reimport-material").click();
  await download(page);
  await wrapInPage(page, "ff".repeat(32));
  await upload(page);
  await expect(page.getByTestId("aws-error")).toContainText("IncorrectKeyMaterialException");
  await expect(page.getByTestId("why")).toBeVisible();
  await wrapInPage(page, material);
  await upload(page);
  await status(page, "Enabled");

  await page.getByTestId("key-materials").getByRole("radio").check();
  await page.getByTestId("delete-material").click();
  await page.getByTestId("delete-material-confirm").click();
  await expect(consoleOf(page).getByTestId("flashbar")).toContainText("The key material was deleted.");
  await status(page, "Pending import");
});

test("new material waits, and is current after a rotation; files are uploaded as they were saved", async ({ page }) => {
  test.slow();
  const id = await waitingKey(page);
  for (const [mode, hex] of [["initial", material], ["new", "a1".repeat(32)]]) {
    await page.goto(`/console/kms/keys/${id}/import/${mode}`);
    await download(page);
    await wrapInPage(page, hex);
    if (mode === "new") {
      // By way of the learner's own disk.
      const saved = page.waitForEvent("download");
      await page.getByRole("button", { name: "Save EncryptedKeyMaterial.bin" }).click();
      const path = await (await saved).path();
      await page.getByRole("button", { name: "Remove the file of wrapped key material" }).click();
      await upload(page);
      await expect(page.getByText("Choose the file with your wrapped key material.").first()).toBeVisible();
      await page.getByTestId("wrapped-file").locator('input[type="file"]').setInputFiles(path);
      await field(page, "material-description").fill("second");
    }
    await upload(page);
    await expect(page.getByTestId("key-materials")).toBeVisible();
  }
  const rows = page.getByTestId("key-materials").getByRole("row");
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(1)).toContainText("Pending rotation");
  await expect(rows.nth(1)).toContainText("second");
  await page.getByTestId("rotate-now").first().click();
  await page.getByTestId("rotate-now-confirm").click();
  await expect(rows.nth(1)).toContainText("Current");
  await expect(rows.nth(1)).toContainText("On demand");
  await expect(rows.nth(2)).toContainText("Non-current");

  // Once more: nothing waits, in AWS's words.
  await page.getByTestId("rotate-now").first().click();
  await page.getByTestId("rotate-now-confirm").click();
  await expect(page.getByTestId("aws-error")).toContainText("No available key material pending rotation");
});

test("a caller who may not import is told so by AWS, with Why?", async ({ page }) => {
  const id = await waitingKey(page);
  await page.goto(`/console/kms/keys/${id}/import/initial`);
  await expect(page.getByTestId("import")).toBeVisible();
  await actAs(page, "app");
  await expect(page.getByTestId("aws-error")).toContainText("AccessDeniedException");
  await page.getByTestId("why").click();
  await expect(page.getByRole("dialog", { name: "kms:DescribeKey" })).toBeVisible();
});

test("the import by keyboard; axe finds nothing serious; 320 px", async ({ page }) => {
  test.slow();
  const id = await waitingKey(page);
  await page.goto(`/console/kms/keys/${id}/import/initial`);
  const wizard = page.getByTestId("import");
  await wizard.getByRole("radio", { name: /^RSA_4096/ }).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(wizard.getByRole("radio", { name: /^RSA_2048/ })).toBeChecked();
  await wizard.getByTestId("download-parameters").focus();
  await page.keyboard.press("Enter");
  await expect(wizard.getByTestId("downloaded")).toBeVisible();
  await bothThemes(page, "step 1");
  await wizard.getByTestId("import-next").focus();
  await page.keyboard.press("Enter");
  await page.getByTestId("generate-material").focus();
  await page.keyboard.press("Enter");
  await expect(field(page, "plain-material")).toHaveValue(/^[0-9a-f]{64}$/);
  await page.getByTestId("wrap-material").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("wrap-steps")).toBeVisible();
  await page.getByRole("radio", { name: /^Key material expires/ }).focus();
  await page.keyboard.press("Space");
  await bothThemes(page, "step 2");
  await page.setViewportSize({ width: 320, height: 700 });
  await expect.poll(() => sideways(page)).toBe(0);
  await page.getByRole("tab", { name: /OpenSSL/ }).click();
  await expect(page.getByTestId("openssl-commands")).toContainText("rsa_oaep_md:sha256");
  await expect.poll(() => sideways(page)).toBe(0);
  await page.goto(`/console/kms/keys/${id}/key-rotation`);
  await expect(page.getByTestId("key-materials")).toBeVisible();
  await expect.poll(() => sideways(page)).toBe(0);
});
