import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { beadsOf, expect, openLesson, terminalOf, test } from "./journey";

// Undo, redo and the clock, over the whole lab and from any door.

const said = (page: Page) => page.getByTestId("said");
const undo = (page: Page) => page.getByRole("button", { name: /^Take back|^Nothing to take back/ });
const redo = (page: Page) => page.getByRole("button", { name: /^Bring back|^Nothing to bring back/ });
const ghosts = (page: Page) => page.locator("[data-strip] [data-ghost]");

async function keyToBeDeleted(page: Page): Promise<{ terminal: ReturnType<typeof terminalOf>; id: string; state(): Promise<string> }> {
  await openLesson(page, "kms-hands-on", "terminal");
  const terminal = terminalOf(page);
  const id = (await terminal.run("aws kms create-key --description payroll --query KeyMetadata.KeyId --output text")).out;
  await terminal.run(`aws kms create-alias --alias-name alias/payroll --target-key-id ${id}`);
  await terminal.run(`aws kms schedule-key-deletion --key-id ${id} --pending-window-in-days 7`);
  const state = async () => {
    const { out, err } = await terminal.run(`aws kms describe-key --key-id ${id} --query KeyMetadata.KeyState --output text`);
    return out || err;
  };
  return { terminal, id, state };
}

test("a key that the clock deleted is brought back by undo, and goes again by redo", async ({ page }) => {
  const { state } = await keyToBeDeleted(page);
  expect(await state()).toBe("PendingDeletion");

  await page.getByTestId("lab-clock").click();
  const panel = page.getByTestId("clock-panel");
  await panel.getByRole("radio", { name: "30 days" }).click();
  await expect(panel.getByTestId("clock-lines")).toContainText("The key alias/payroll is deleted, with its aliases and grants");
  await panel.getByRole("button", { name: "Move the clock 30 days ahead" }).click();
  await expect(panel.getByTestId("clock-lines")).toContainText("The key alias/payroll was deleted");
  await expect(said(page)).toHaveText("The clock was moved 30 days ahead. One thing happened on the way.");
  await panel.getByRole("button", { name: "Done" }).click();
  await expect(page.getByTestId("clock-offset")).toHaveText("+30 d");
  expect(await state()).toContain("NotFoundException");

  await undo(page).click();
  await expect(said(page)).toHaveText("Took back moving the clock 30 days ahead.");
  await expect(page.getByTestId("clock-offset")).toHaveCount(0);
  await expect(ghosts(page).first()).toBeVisible();
  expect(await state()).toBe("PendingDeletion");

  // Looking forgot nothing.
  await redo(page).click();
  expect(await state()).toContain("NotFoundException");
  await expect(page.getByTestId("clock-offset")).toHaveText("+30 d");
});

test("Why? of what the clock did, and back from the panel", async ({ page }) => {
  const { state } = await keyToBeDeleted(page);
  await page.getByTestId("lab-clock").click();
  const panel = page.getByTestId("clock-panel");
  await panel.getByRole("radio", { name: "to the next thing that happens" }).click();
  await panel.getByRole("button", { name: /^Move the clock 7 days ahead/ }).click();
  await panel.getByRole("button", { name: "Take it back" }).click();
  await expect(panel.getByRole("heading", { name: "Taken back: it has not happened" })).toBeVisible();
  await panel.getByRole("button", { name: "Done" }).click();
  expect(await state()).toBe("PendingDeletion");
  await redo(page).click();
  await page.getByTestId("lab-clock").click();
  await expect(panel).toContainText("7 days ahead of the real time");
});

test("go back to before a call takes back all that came after, and says how much; by keyboard it is brought back", async ({ page }) => {
  const { terminal, id } = await keyToBeDeleted(page);
  await terminal.run("aws ssm put-parameter --name /later --type String --value 1");
  // The bead of CreateAlias.
  await beadsOf(page).nth(1).click();
  const why = page.getByRole("dialog", { name: "kms:CreateAlias" });
  await expect(why).toContainText("3 calls and jobs would be taken back, this one and all after it.");
  await why.getByTestId("go-back").click();
  await expect(said(page)).toHaveText("Took back kms CreateAlias by admin and everything after it: 3 calls in all.");
  await expect(ghosts(page)).toHaveCount(3);
  await expect(beadsOf(page)).toHaveCount(1);

  await page.locator("#main").click({ position: { x: 4, y: 4 } });
  await page.keyboard.press("Control+Shift+z");
  await expect(said(page)).toHaveText("Brought back kms CreateAlias by admin.");
  await page.keyboard.press("Control+y");
  await page.keyboard.press("Control+Shift+z");
  await expect(ghosts(page)).toHaveCount(0);
  await expect(said(page)).toHaveText("Brought back ssm PutParameter by admin.");
  await page.keyboard.press("Control+z");
  await expect(said(page)).toHaveText("Took back ssm PutParameter by admin.");
  expect((await terminal.run(`aws kms list-aliases --key-id ${id} --query 'Aliases[].AliasName' --output text`)).out).toBe("alias/payroll");

  // In a text field the keys are the text's own.
  await terminal.input.fill("echo half");
  await terminal.input.press("Control+z");
  await expect(said(page)).not.toHaveText(/ScheduleKeyDeletion/);
  // A ghost is brought back by pressing it; what is called anew forgets it.
  await expect(ghosts(page)).toHaveCount(1);
  await terminal.run("aws kms create-key");
  await expect(ghosts(page)).toHaveCount(0);
});

test("the console shows the lab after an undo, and says kindly that what it showed is gone", async ({ page }) => {
  await openLesson(page, "kms-hands-on", "terminal");
  const terminal = terminalOf(page);
  const id = (await terminal.run("aws kms create-key --query KeyMetadata.KeyId --output text")).out;
  await page.goto(`/console/kms/keys/${id}`);
  const page1 = page.getByTestId("aws-console");
  await expect(page1.getByRole("heading", { name: id.slice(0, 8) }).first()).toBeVisible();
  await undo(page).click();
  await expect(page1.getByTestId("aws-error")).toContainText("NotFoundException");
  await expect(page1.getByTestId("taken-back")).toContainText("It was made by kms CreateKey by admin, which has been taken back.");
  await page1.getByTestId("taken-back").getByRole("button", { name: "Bring it back" }).click();
  await expect(page1.getByTestId("aws-error")).toHaveCount(0);
  await expect(page1.getByRole("heading", { name: id.slice(0, 8) }).first()).toBeVisible();
});

test("axe finds nothing serious in the clock, the labs and a strip with ghosts, light and dark", async ({ page }) => {
  test.slow();
  await keyToBeDeleted(page);
  await undo(page).click();
  await expect(ghosts(page)).toHaveCount(1);
  const clean = async (what: string) => {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await expect(page.locator("html")).toHaveClass(colorScheme === "dark" ? /\bdark\b/ : /^(?!.*\bdark\b)/);
      const { violations } = await new AxeBuilder({ page }).analyze();
      const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical").map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
      expect(grave, `${what}, ${colorScheme}`).toEqual([]);
    }
  };
  await clean("strip");
  await redo(page).click();
  await page.getByTestId("lab-clock").click();
  await page.getByRole("radio", { name: "a year" }).click();
  await expect(page.getByTestId("clock-lines")).toBeVisible();
  await clean("clock");
  await page.getByRole("button", { name: /^Move the clock/ }).click();
  await expect(page.getByRole("button", { name: "Take it back" })).toBeVisible();
  await clean("what happened");
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: /^Labs:/ }).click();
  await page.getByRole("button", { name: "Start a fresh lab" }).click();
  await expect(page.getByTestId("labs-panel").getByRole("listitem")).toHaveCount(1);
  await clean("labs");
});

test("from the notes to the lab and back by F6", async ({ page }) => {
  await openLesson(page, "kms-hands-on", "terminal");
  const link = page.locator("#main a[href]").first();
  await link.focus();
  await page.keyboard.press("F6");
  await expect(page.getByTestId("terminal-input")).toBeFocused();
  await page.keyboard.press("F6");
  await expect(link).toBeFocused();
});
