import type { Page } from "@playwright/test";
import { bothThemes, expect, field, goToRegion, openLesson, sideways, terminalOf, test } from "./journey";

// Multi-Region keys by the console: a primary, its replica, one text encrypted here and decrypted there, and another primary.

const consoleOf = (page: Page) => page.getByTestId("aws-console");
const related = (page: Page) => page.getByTestId("related-keys").getByRole("row");

async function primaryKey(page: Page, options = ""): Promise<string> {
  await openLesson(page, "kms-hands-on", "terminal");
  const terminal = terminalOf(page);
  const { out } = await terminal.run(`aws kms create-key --multi-region ${options} --query KeyMetadata.KeyId --output text`);
  await terminal.run(`aws kms create-alias --alias-name alias/shared --target-key-id ${out.trim()}`);
  return out.trim();
}

async function chooseRegion(page: Page, name: string): Promise<void> {
  await page.getByTestId("replica-regions").getByRole("button", { name: "Choose Regions" }).click();
  await page.getByRole("option", { name: new RegExp(name) }).click();
  await page.keyboard.press("Escape");
}

test("a multi-Region key, its replica, a text from one Region to the other, and the primary moved", async ({ page }) => {
  test.slow();
  await page.goto("/console/kms/keys/create");
  const wizard = page.getByTestId("create-key-wizard");
  await wizard.getByRole("button", { name: "Advanced options" }).click();
  await wizard.getByRole("radio", { name: /^Multi-Region key/ }).check();
  const next = wizard.getByTestId("create-key-next");
  await next.click();
  await field(wizard, "alias").fill("shared");
  await field(wizard, "description").fill("for both sides");
  for (let step = 0; step < 4; step++) await next.click();
  await expect(wizard).toContainText("Multi-Region key");
  await wizard.getByTestId("create-key-finish").click();
  const id = (await consoleOf(page).getByTestId("created-key-id").textContent())!;
  expect(id).toMatch(/^mrk-[0-9a-f]{32}$/);

  await page.goto(`/console/kms/keys/${id}/regionality`);
  await expect(related(page)).toHaveCount(2);
  await expect(page.getByTestId("change-primary")).toBeDisabled();
  await page.getByTestId("create-replicas").click();
  const replicate = page.getByTestId("replicate");
  const forward = replicate.getByTestId("replicate-next");
  await forward.click();
  await expect(replicate.getByText("Choose at least one Region.").first()).toBeVisible();
  await chooseRegion(page, "Ireland");
  // Nothing is lost by a reload.
  await page.reload();
  await expect(page.getByTestId("replica-regions")).toContainText("Europe (Ireland)");
  await forward.click();
  await expect(field(replicate, "alias")).toHaveValue("shared");
  await expect(field(replicate, "description")).toHaveValue("for both sides");
  for (let step = 0; step < 4; step++) await forward.click();
  await expect(replicate).toContainText("Europe (Ireland) eu-west-1");
  await replicate.getByTestId("replicate-submit").click();

  await expect(related(page)).toHaveCount(3);
  await expect(related(page).nth(2)).toContainText("Replica");
  // Creating ends by itself.
  await expect(related(page).nth(2)).toContainText("Enabled", { timeout: 20_000 });

  // The link goes to the replica, in its Region.
  await page.getByTestId("region-eu-west-1").first().click();
  await expect(page.getByRole("button", { name: /^Region: .*eu-west-1$/ })).toBeVisible();
  await expect(consoleOf(page)).toContainText("This is a replica key");
  await expect(consoleOf(page)).toContainText(`arn:aws:kms:eu-west-1:111122223333:key/${id}`);
  await expect(page.getByTestId("create-replicas")).toHaveCount(0);

  // The same material: what London encrypts, Ireland decrypts.
  await openLesson(page, "kms-hands-on", "terminal");
  const terminal = terminalOf(page);
  await terminal.run("aws kms encrypt --region eu-west-2 --key-id alias/shared --plaintext fileb://<(echo -n 'over the sea') --query CiphertextBlob --output text | base64 -d > sealed");
  expect((await terminal.run("aws kms decrypt --region eu-west-1 --key-id alias/shared --ciphertext-blob fileb://sealed --query Plaintext --output text | base64 -d")).out).toBe("over the sea");

  await goToRegion(page, "eu-west-2");
  await page.goto(`/console/kms/keys/${id}/regionality`);
  await page.getByTestId("change-primary").click();
  await expect(page.getByTestId("change-primary-modal")).toContainText("Europe (Ireland) eu-west-1 becomes the primary key");
  await page.getByTestId("change-primary-confirm").click();
  await expect(consoleOf(page)).toContainText("This is a replica key");
  await expect(related(page).nth(1)).toContainText("Updating");
  await expect(related(page).nth(1)).toContainText("Enabled", { timeout: 20_000 });
  await expect(related(page).nth(1)).toContainText("Ireland");
});

test("an alias that is taken there: the replica is made, and only its alias is tried again", async ({ page }) => {
  test.slow();
  const id = await primaryKey(page);
  const terminal = terminalOf(page);
  const other = (await terminal.run("aws kms create-key --region eu-west-1 --query KeyMetadata.KeyId --output text")).out.trim();
  await terminal.run(`aws kms create-alias --region eu-west-1 --alias-name alias/shared --target-key-id ${other}`);
  await page.goto(`/console/kms/keys/${id}/replicate`);
  await chooseRegion(page, "Ireland");
  const replicate = page.getByTestId("replicate");
  for (let step = 0; step < 5; step++) await replicate.getByTestId("replicate-next").click();
  await replicate.getByTestId("replicate-submit").click();
  await expect(page.getByTestId("aws-error")).toContainText("AlreadyExistsException");
  await expect(replicate).toContainText("was created, its alias was not");
  await replicate.getByRole("button", { name: "Edit labels" }).click();
  await field(replicate, "alias").fill("shared-too");
  for (let step = 0; step < 4; step++) await replicate.getByTestId("replicate-next").click();
  await replicate.getByTestId("replicate-submit").click();
  await expect(related(page)).toHaveCount(3);
});

test("the primary waits for its replicas to be deleted, in AWS's words; lists tell Regionality", async ({ page }) => {
  test.slow();
  const id = await primaryKey(page);
  const terminal = terminalOf(page);
  await terminal.run(`aws kms replicate-key --key-id ${id} --replica-region eu-west-1`);
  await terminal.run(`aws kms schedule-key-deletion --key-id ${id} --pending-window-in-days 7`);
  await page.goto(`/console/kms/keys/${id}`);
  await expect(page.getByTestId("pending-deletion")).toContainText("Pending replica deletion");
  await expect(page.getByTestId("pending-deletion")).toContainText("7 days begins when its last replica key has been deleted");
  await page.goto("/console/kms/keys");
  await expect(page.getByTestId("customer-managed-keys")).toContainText("Pending replica deletion");
  await page.getByRole("button", { name: "Preferences" }).click();
  for (const column of ["Regionality", "Origin"]) await page.getByRole("dialog").getByText(column, { exact: true }).click();
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByTestId("customer-managed-keys")).toContainText("Multi-Region primary");
  await expect(page.getByTestId("customer-managed-keys")).toContainText("AWS KMS");
});

test("imported material in two Regions, each by its own import; axe; 320 px", async ({ page }) => {
  test.slow();
  const id = await primaryKey(page, "--origin EXTERNAL");
  const bring = async (mode: string) => {
    if (mode) await page.goto(`/console/kms/keys/${id}/import/${mode}`);
    await page.getByTestId("import").getByRole("radio", { name: /^RSA_2048/ }).check();
    await page.getByTestId("download-parameters").click();
    await expect(page.getByTestId("downloaded")).toBeVisible();
    await page.getByTestId("import-next").click();
    await field(page, "plain-material").fill("5a".repeat(32));
    await page.getByTestId("wrap-material").click();
    await expect(page.getByTestId("wrap-steps")).toBeVisible();
    await page.getByTestId("import-submit").click();
    await expect(page.getByTestId("key-materials").getByRole("row").nth(1)).toContainText("Imported");
  };
  await bring("initial");
  await page.goto(`/console/kms/keys/${id}/replicate`);
  await chooseRegion(page, "Ireland");
  await bothThemes(page, "replica Regions");
  for (let step = 0; step < 5; step++) await page.getByTestId("replicate-next").click();
  await bothThemes(page, "replica review");
  await page.getByTestId("replicate-submit").click();
  await expect(related(page).nth(2)).toContainText("Pending import", { timeout: 20_000 });
  await bothThemes(page, "related keys");
  await page.setViewportSize({ width: 320, height: 700 });
  await expect.poll(() => sideways(page)).toBe(0);
  await page.setViewportSize({ width: 1280, height: 800 });

  await page.getByTestId("region-eu-west-1").first().click();
  await expect(page.getByTestId("pending-import")).toBeVisible();
  await page.getByTestId("pending-import").getByRole("button", { name: "Key material" }).click();
  await page.getByTestId("key-materials").getByRole("row").nth(1).getByRole("radio").check();
  await page.getByTestId("reimport-material").click();
  await bring("");
  await openLesson(page, "kms-hands-on", "terminal");
  const terminal = terminalOf(page);
  await terminal.run(`aws kms encrypt --region eu-west-1 --key-id ${id} --plaintext fileb://<(echo -n back) --query CiphertextBlob --output text | base64 -d > sealed`);
  expect((await terminal.run("aws kms decrypt --region eu-west-2 --ciphertext-blob fileb://sealed --query Plaintext --output text | base64 -d")).out).toBe("back");
});
