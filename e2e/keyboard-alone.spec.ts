import { beadsOf, consoleMenu, expect, tabTo, terminalOf, test, ticked } from "./journey";

// No mouse: Tab, Enter, Space, arrows and typing, and nothing else.

test("from the first page to a secret sealed, opened and explained", async ({ page }) => {
  await page.goto("/");
  await tabTo(page, page.getByRole("link", { name: "Open the first lesson" }));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/lessons\/encryption-in-flight$/);

  // The link past the bar is the first thing that Tab reaches on a new page.
  await page.reload();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
  await page.keyboard.press("Enter");

  const encrypt = page.locator('[data-step="encrypt"]').getByRole("button", { name: "Run", exact: true });
  await tabTo(page, encrypt);
  await page.keyboard.press("Enter");
  const terminal = terminalOf(page);
  await terminal.settled(2);
  await ticked(page, "encrypt");

  // On to the terminal: past the notes, past the divider, which the arrows move.
  const divider = page.getByRole("separator", { name: "Width of the notes" });
  await tabTo(page, divider);
  const before = Number(await divider.getAttribute("aria-valuenow"));
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Shift+ArrowLeft");
  await expect(divider).toHaveAttribute("aria-valuenow", String(before - 12));
  await page.keyboard.press("Enter");
  await expect(divider).toHaveAttribute("aria-valuenow", "50");

  await page.keyboard.press("Tab");
  await expect(page.getByRole("tab", { name: "Terminal" })).toBeFocused();
  await tabTo(page, terminal.input);
  await page.keyboard.type("base64 --decode sealed.base64 > sealed");
  await page.keyboard.press("Enter");
  await terminal.settled(3);
  // Tab completes, and the focus stays.
  await page.keyboard.type("aws kms decr");
  await page.keyboard.press("Tab");
  await expect(terminal.input).toHaveValue("aws kms decrypt ");
  await expect(terminal.input).toBeFocused();
  await page.keyboard.type("--ciphertext-blob fileb://sealed --query Plaintext --output text --region eu-west-2 | base64 --decode");
  await page.keyboard.press("Enter");
  await terminal.settled(4);
  expect(await terminal.printed()).toEqual({ out: "admin / supersecret", err: "" });
  await ticked(page, "decrypt");

  // Up brings the line back; Escape, then Tab, leaves even with a line half typed.
  await page.keyboard.press("ArrowUp");
  await expect(terminal.input).toHaveValue(/^aws kms decrypt/);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  await expect(terminal.input).not.toBeFocused();

  // The strip: one stop, arrows between the beads, Enter asks Why?, Escape goes back to where one was.
  const beads = beadsOf(page);
  await tabTo(page, beads.last());
  await page.keyboard.press("ArrowLeft");
  await expect(beads.first()).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  const why = page.getByRole("dialog", { name: "kms:Decrypt" });
  await expect(why.getByTestId("why-sentence")).toContainText("admin");
  await tabTo(page, why.getByRole("tab", { name: "AWS CLI" }));
  await page.keyboard.press("End");
  await expect(why.getByTestId("words-cloudtrail")).toContainText('"eventName": "Decrypt"');
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(beads.last()).toBeFocused();
});

test("the console by keyboard: a key by the wizard, a SecureString, its value shown", async ({ page }) => {
  await page.goto("/lessons/what-parameter-store-is");
  await tabTo(page, page.getByRole("tab", { name: "Lab", exact: true }), { key: "Shift+Tab" });
  await page.keyboard.press("ArrowRight");
  const lab = page.getByRole("complementary", { name: "Lab" });
  await tabTo(page, lab.getByTestId("create-key"));
  await page.keyboard.press("Enter");
  const next = lab.getByTestId("create-key-next");
  await tabTo(page, next);
  await page.keyboard.press("Enter");
  await tabTo(page, lab.getByTestId("alias").locator("input"));
  await page.keyboard.type("by-keys");
  for (let step = 1; step < 5; step++) {
    await tabTo(page, next);
    await page.keyboard.press("Enter");
    await expect(lab.getByRole("heading", { level: 1 })).toHaveText([/Define key administrative permissions/, /Define key usage permissions/, /Edit key policy/, /Review/][step - 1]);
  }
  await tabTo(page, lab.getByTestId("create-key-finish"));
  await page.keyboard.press("Enter");
  await expect(lab.getByTestId("created-key-id")).toBeVisible();

  // The other console is chosen from the menu, then a parameter is made in it.
  await tabTo(page, consoleMenu(lab), { key: "Shift+Tab" });
  await page.keyboard.press("Enter");
  await tabTo(page, lab.getByRole("radio", { name: "Parameter Store" }));
  await page.keyboard.press("Enter");
  await tabTo(page, lab.getByTestId("create-parameter"));
  await page.keyboard.press("Enter");
  await tabTo(page, lab.getByTestId("parameter-name").locator("input"));
  await page.keyboard.type("/my-app/typed");
  await tabTo(page, lab.getByRole("radio", { name: /^String(?!List)/ }));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(lab.getByRole("radio", { name: /^SecureString/ })).toBeChecked();
  await tabTo(page, lab.getByTestId("key-id").getByRole("button"));
  await page.keyboard.press("Enter");
  await page.keyboard.type("by-keys");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(lab.getByTestId("key-id")).toContainText("alias/by-keys");
  await tabTo(page, lab.getByTestId("parameter-value").locator("textarea"));
  await page.keyboard.type("typed and sealed");
  await tabTo(page, lab.getByTestId("create-parameter-submit"));
  await page.keyboard.press("Enter");
  await expect(lab.getByTestId("parameter-created")).toBeVisible();
  await tabTo(page, lab.getByRole("link", { name: "/my-app/typed" }));
  await page.keyboard.press("Enter");
  const value = lab.getByTestId("parameter-current-value");
  await expect(value).toHaveAttribute("data-sealed", "true");
  await tabTo(page, lab.getByTestId("decrypted-toggle").getByRole("checkbox"));
  await page.keyboard.press("Space");
  await expect(value).toHaveText("typed and sealed");
});
