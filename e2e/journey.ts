import AxeBuilder from "@axe-core/playwright";
import { test as base, expect, type Locator, type Page } from "@playwright/test";

export { expect };

/**
 * Every journey is watched: at its end no request may have left the origin, and nothing may have been written to the
 * console as an error. A journey that provokes such a line by design empties the list itself.
 */
export const test = base.extend<{ complaints: string[] }>({
  complaints: [
    async ({ context, baseURL }, use) => {
      const complaints: string[] = [];
      context.on("request", (request) => {
        const url = request.url();
        if (!/^(data|blob):/.test(url) && new URL(url).origin !== baseURL) complaints.push(`left the origin: ${url}`);
      });
      context.on("console", (message) => {
        if (message.type() === "error") complaints.push(`console: ${message.text()} (${message.location().url})`);
      });
      context.on("weberror", (problem) => complaints.push(`page error: ${problem.error().stack ?? problem.error().message}`));
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

/** A lesson with the lab beside it; `lab` is what the pane shows: `terminal`, `kms/keys`, `systems-manager/parameters`. */
export async function openLesson(page: Page, slug: string, lab?: string): Promise<void> {
  await page.goto(`/lessons/${slug}${lab ? `?lab=${lab}` : ""}`);
  if (lab === "terminal") await expect(page.getByTestId("terminal-input")).toBeVisible();
}

/** The page's terminal, used by keyboard. */
export function terminalOf(page: Page) {
  const log = page.getByTestId("terminal-log");
  const input = page.getByTestId("terminal-input");
  const commands = log.locator('[data-kind="command"]');

  /** Waits until so many commands stand in the log and none runs any more. */
  async function settled(count: number): Promise<void> {
    await expect(commands).toHaveCount(count);
    await expect(log).toHaveAttribute("aria-busy", "false");
  }

  /** Presses Enter on this line, waits for the prompt, and returns what the command printed. */
  async function run(line: string): Promise<{ out: string; err: string }> {
    // What was said before a reload is in the log once there is a line to type on.
    await input.waitFor();
    const before = await commands.count();
    await input.fill(line);
    await input.press("Enter");
    await settled(before + 1);
    return printed();
  }

  /** What the last command printed. */
  const printed = (): Promise<{ out: string; err: string }> =>
    commands.last().evaluate((command) => {
      const all = { out: "", err: "" };
      for (let next = command.nextElementSibling; next; next = next.nextElementSibling) {
        const text = next.cloneNode(true) as HTMLElement;
        text.querySelectorAll(".sr-only").forEach((each) => each.remove());
        if (next.getAttribute("data-kind") === "stdout") all.out += text.textContent;
        if (next.getAttribute("data-kind") === "stderr") all.err += text.textContent;
      }
      return all;
    });

  return { log, input, commands, settled, run, printed };
}

/** Chooses a console of the pane from its menu; `Parameter Store`, `KMS`, `Secrets Manager`. */
export async function openConsole(page: Page, name: string): Promise<void> {
  const lab = page.getByRole("complementary", { name: "Lab" });
  await consoleMenu(lab).click();
  await lab.getByRole("radio", { name, exact: true }).click();
}

/** The button that says which console stands in the pane. */
export const consoleMenu = (lab: Locator): Locator => lab.getByRole("button", { name: /^Console: / });

/**
 * Waits until this stands where it is going to stand. Cloudscape places a menu or a list a second time when it has opened:
 * a press in that very frame is lost, or meets the neighbour.
 */
const settled = (target: Locator): Promise<void> =>
  target.evaluate(async (element) => {
    for (let still = 0, before = ""; still < 5; ) {
      await new Promise((frame) => requestAnimationFrame(frame));
      const { x, y, width, height } = element.getBoundingClientRect();
      const now = [x, y, width, height].join();
      still = now === before ? still + 1 : 0;
      before = now;
    }
  });

/** Chooses from an open menu. */
export async function chooseItem(page: Page, name: string): Promise<void> {
  const item = page.getByRole("menuitem", { name });
  await settled(item);
  await item.click();
}

/** Opens a select and chooses the first option of this name. */
export async function choose(page: Page, select: Locator, option: string | RegExp): Promise<void> {
  await select.getByRole("button").or(select.getByRole("combobox")).first().click();
  const wanted = page.getByRole("option", { name: option }).first();
  await settled(wanted);
  await wanted.click();
}

/** A lesson's step, and its Run buttons in the order in which they stand. */
export const stepOf = (page: Page, id: string): Locator => page.locator(`[data-step="${id}"]`);
export const runButton = (page: Page, step: string, nth = 0): Locator =>
  stepOf(page, step).getByRole("button", { name: "Run", exact: true }).nth(nth);
export const ticked = (page: Page, step: string) => expect(stepOf(page, step)).toHaveAttribute("data-done", "true");

/** The beads of the strip, oldest first. */
export const beadsOf = (page: Page): Locator => page.locator("[data-strip] [data-seq]");

/** Chooses who calls, as the top bar names them: `app`, or `root` with its account. */
export async function actAs(page: Page, name: string, account = "111122223333"): Promise<void> {
  await page.getByRole("button", { name: /^Signed in as/ }).click();
  await page.getByRole("group", { name: `Account ${account}` }).getByRole("radio", { name: new RegExp(`^${name}\\b`) }).click();
  await expect(page.getByRole("button", { name: `Signed in as ${name} of account ${account}` })).toBeVisible();
}

export async function goToRegion(page: Page, code: string): Promise<void> {
  await page.getByRole("button", { name: /^Region:/ }).click();
  await page.getByRole("group", { name: "Region" }).or(page.getByRole("radiogroup", { name: "Region" })).first().getByRole("radio", { name: new RegExp(`${code}$`) }).click();
  await expect(page.getByRole("button", { name: new RegExp(`^Region: .*${code}$`) })).toBeVisible();
}

/** The field inside a console component: Cloudscape puts the test id around it. */
export const field = (root: Page | Locator, id: string): Locator => root.getByTestId(id).locator("input, textarea").first();

/** The text of a policy editor, in the plain field that holds the same text as Monaco. */
export async function plainText(editor: Locator): Promise<Locator> {
  const toggle = editor.getByRole("button", { name: "Plain text" });
  if ((await toggle.getAttribute("aria-pressed")) === "false") await toggle.click();
  return editor.getByTestId("plain-editor");
}

/** How far the page can be scrolled sideways, in px. */
export const sideways = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** axe finds nothing serious here, in light and in dark. */
export async function bothThemes(page: Page, what: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await expect(page).toHaveTitle(/./);
    await expect(page.locator("html")).toHaveClass(colorScheme === "dark" ? /\bdark\b/ : /^(?!.*\bdark\b)/);
    // Colours that are still on their way from one theme to the other belong to neither: here they arrive at once.
    await page.evaluate(async () => {
      const still = new CSSStyleSheet();
      still.replaceSync("*, ::before, ::after { transition: none !important }");
      document.adoptedStyleSheets = [still];
      for (let frames = 0; frames < 2; frames++) await new Promise((frame) => requestAnimationFrame(frame));
    });
    // In one page and with no list of what passed: half the time. Colours alone differ in the other theme.
    const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ["violations"] });
    const { violations } = await (colorScheme === "dark" ? axe.withRules(["color-contrast", "link-in-text-block"]) : axe).analyze();
    const grave = violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, help, nodes }) => ({ id, help, at: nodes.slice(0, 5).map(({ target, failureSummary }) => `${target.join(" ")}: ${failureSummary?.split("\n").slice(1).join(";").trim()}`) }));
    expect(grave, `${what}, ${colorScheme}`).toEqual([]);
  }
}

/** On a phone, nothing of this page is to be scrolled sideways; after that it is as wide as before. */
export async function fitsOnPhone(page: Page, what: string, width = 390): Promise<void> {
  const before = page.viewportSize()!;
  await page.setViewportSize({ width, height: 844 });
  await expect.poll(() => sideways(page), what).toBe(0);
  await page.setViewportSize(before);
}

/** Presses Tab until this has the focus; with `Shift+Tab` the way back. */
export async function tabTo(page: Page, target: Locator, { key = "Tab", most = 120 } = {}): Promise<void> {
  await expect(target).toBeAttached();
  for (let pressed = 0; pressed < most; pressed++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  await expect(target, `${most} × ${key} did not reach it`).toBeFocused();
}

/** Moves the lab's clock by one of the panel's choices (`1 day`, `a year`), and waits until it has gone. */
export async function clockAhead(page: Page, choice: string): Promise<void> {
  const offset = page.getByTestId("clock-offset");
  const before = await offset.allTextContents();
  await page.getByTestId("lab-clock").click();
  const panel = page.getByTestId("clock-panel");
  await panel.getByRole("radio", { name: choice, exact: true }).click();
  await panel.getByRole("button", { name: /^Move the clock/ }).click();
  await expect.poll(() => offset.allTextContents()).not.toEqual(before);
  await page.keyboard.press("Escape");
  await expect(panel).toHaveCount(0);
}
