import type { BrowserContext, Page } from "@playwright/test";
import { actAs, beadsOf, expect, openLesson, terminalOf, test } from "./journey";

// One lab in several tabs of a browser: neither loses it, neither forks it.

async function tab(context: BrowserContext) {
  const page: Page = await context.newPage();
  await openLesson(page, "what-parameter-store-is", "terminal");
  const terminal = terminalOf(page);
  /** Runs a line. The terminal takes over what was typed in the other tab first, so its commands cannot be counted. */
  async function run(line: string): Promise<{ out: string; err: string }> {
    await terminal.input.fill(line);
    await terminal.input.press("Enter");
    await expect(terminal.commands.last()).toContainText(line);
    await expect(terminal.log).toHaveAttribute("aria-busy", "false");
    return terminal.printed();
  }
  return { page, terminal: { ...terminal, run } };
}
const put = (name: string) => `aws ssm put-parameter --name ${name} --type String --value 1 --query Version --output text`;
const names = "aws ssm describe-parameters --query 'Parameters[].Name' --output text";

test("calls in both tabs, seen in both; an undo in one is an undo in both; each tab acts as whom it chose", async ({ context }) => {
  const one = await tab(context);
  const two = await tab(context);
  await one.terminal.run(put("/one"));
  await expect(beadsOf(two.page)).toHaveCount(1);
  await two.terminal.run(put("/two"));
  await expect(beadsOf(one.page)).toHaveCount(2);
  expect((await one.terminal.run(names)).out).toBe("/one\t/two");

  await actAs(two.page, "root");
  await expect(one.page.getByRole("button", { name: "Signed in as admin of account 111122223333" })).toBeVisible();

  await two.page.getByRole("button", { name: "Take back ssm PutParameter by admin" }).click();
  await expect(one.page.getByTestId("said")).toHaveText("In another tab: Took back ssm PutParameter by admin.");
  await expect(one.page.locator("[data-ghost]").first()).toBeVisible();
  expect((await one.terminal.run(names)).out).toBe("/one");
  await one.page.getByRole("button", { name: "Bring back ssm PutParameter by admin" }).click();
  await expect(two.page.locator("[data-ghost]")).toHaveCount(0);
  expect((await two.terminal.run(names)).out).toBe("/one\t/two");

  // Many at once, from both.
  await Promise.all([one.terminal.run(`for i in 1 2 3 4; do ${put("/a/$i")}; done`), two.terminal.run(`for i in 1 2 3 4; do ${put("/b/$i")}; done`)]);
  const all = "/a/1\t/a/2\t/a/3\t/a/4\t/b/1\t/b/2\t/b/3\t/b/4\t/one\t/two";
  expect((await two.terminal.run(names)).out).toBe(all);
  await one.page.reload();
  await expect(one.terminal.input).toBeVisible();
  expect((await one.terminal.run(names)).out).toBe(all);
});

test("a tab that is closed in the middle of a call: what was answered is there, the other goes on at once", async ({ context }) => {
  const one = await tab(context);
  const two = await tab(context);
  await one.terminal.run(put("/answered"));
  // A call that takes its time, and never comes to its end in this tab.
  await one.page.evaluate(() => {
    crypto.subtle.generateKey = () => new Promise<never>(() => {});
  });
  await one.terminal.input.fill("aws kms create-key --key-spec RSA_2048 --key-usage SIGN_VERIFY");
  await one.terminal.input.press("Enter");
  await expect(one.terminal.log).toHaveAttribute("aria-busy", "true");
  const waiting = two.terminal.run(put("/after"));
  await one.page.waitForTimeout(500);
  await one.page.close({ runBeforeUnload: false });
  const start = Date.now();
  expect((await waiting).out).toBe("1");
  expect(Date.now() - start).toBeLessThan(5_000);
  expect((await two.terminal.run(names)).out).toBe("/after\t/answered");
  await expect(beadsOf(two.page)).toHaveCount(3);
  const third = await tab(context);
  expect((await third.terminal.run(names)).out).toBe("/after\t/answered");
});

test("a page that is older than the lab asks to be reloaded, and loses nothing", async ({ context }) => {
  const one = await tab(context);
  await one.terminal.run(put("/kept"));
  await one.page.evaluate(() => {
    const newer = new BroadcastChannel("keyhole.lab");
    newer.postMessage({ kind: "hello", version: 1_000 });
    newer.close();
    // What a page hears from itself it does not hear: the message comes from another one.
  });
  const notice = one.page.getByText("A newer Keyhole is open in another tab. Reload this page to go on with the same lab.").first();
  await expect(notice).toBeVisible();
  const { out, err } = await one.terminal.run(put("/not-made"));
  expect(out + err).toContain("Reload this page");
  await one.page.getByRole("button", { name: "Reload", exact: true }).click();
  await expect(notice).toHaveCount(0);
  await expect(one.terminal.input).toBeVisible();
  expect((await one.terminal.run(names)).out).toBe("/kept");
});
