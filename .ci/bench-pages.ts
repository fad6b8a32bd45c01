import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Browser, type Page } from "@playwright/test";

/** What a page weighs and how long a learner waits, in Chromium, against `next start` of the last build. */

const executablePath = [process.env.CHROMIUM_PATH, "/usr/bin/chromium", "/usr/bin/google-chrome"].find((path) => path && existsSync(path));
const lesson = "/lessons/encryption-in-flight";

export async function pages(line: (name: string, value: string, reference?: string) => void): Promise<void> {
  if (!existsSync(join(".next", "BUILD_ID"))) return line("pages", "not measured", "npm run build first");
  const server = spawn(process.execPath, ["node_modules/next/dist/bin/next", "start", "-p", "3006", "-H", "127.0.0.1"], { stdio: "ignore", env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" } });
  const base = "http://127.0.0.1:3006";
  let browser: Browser | undefined;
  try {
    for (let i = 0; i < 100 && !(await fetch(base).catch(() => undefined)); i++) await new Promise((resolve) => setTimeout(resolve, 100));
    browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"] });
    await weigh(await fresh(browser), base + lesson, line);
    await wait(await fresh(browser), base + lesson, line);
  } catch (error) {
    line("pages", "not measured", String(error).split("\n")[0]);
  } finally {
    await browser?.close();
    server.kill();
  }
}

const fresh = async (browser: Browser): Promise<Page> => (await browser.newContext()).newPage();
const kb = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;

/** Compressed script that the HTML asks for, and what comes by itself afterwards: the lab, and the interface around it. */
async function weigh(page: Page, url: string, line: (name: string, value: string, reference?: string) => void): Promise<void> {
  const html = await (await page.request.get(url)).text();
  await page.goto(url, { waitUntil: "networkidle" });
  await page.waitForTimeout(1500);
  const scripts = await page.evaluate(() => (performance.getEntriesByType("resource") as PerformanceResourceTiming[]).filter(({ name }) => /\.js(\?|$)/.test(name)).map(({ name, encodedBodySize }) => ({ name, bytes: encodedBodySize })));
  const weight = { first: 0, lab: 0, around: 0 };
  for (const { name, bytes } of scripts) {
    if (html.includes(`src="${new URL(name).pathname}`)) weight.first += bytes;
    // A chunk that draws elements or opens the browser's database is not the engine's.
    else if (/\.jsxs?\)\(|IDBDatabase/.test(await (await page.request.get(name)).text())) weight.around += bytes;
    else weight.lab += bytes;
  }
  line("lesson page: script to read it, compressed", kb(weight.first), "goal 180 kB at most");
  line("the lab (engine, shapes, ciphers), after first paint", kb(weight.lab), "goal 150 kB at most");
  line("the interface and the store around it, after first paint", kb(weight.around));
  const lcp = await page.evaluate(() => new Promise<number>((resolve) => new PerformanceObserver((list) => resolve(list.getEntries().at(-1)!.startTime)).observe({ type: "largest-contentful-paint", buffered: true })));
  line("lesson page: Largest Contentful Paint", `${Math.round(lcp)} ms`, "goal under 1,500 ms");
}

/** From a cold open to the first decrypted secret by the lesson's own Run buttons, without the typing; and a terminal asked for. */
async function wait(page: Page, url: string, line: (name: string, value: string, reference?: string) => void): Promise<void> {
  const start = performance.now();
  await page.goto(url, { waitUntil: "commit" });
  const runs = page.getByRole("button", { name: /^Run\b/ });
  await runs.nth(0).click();
  await page.getByTestId("terminal-input").waitFor();
  await page.getByText("0 of 2 steps done").waitFor({ state: "detached" });
  await runs.nth(1).click();
  await page.getByText("2 of 2 steps done").first().waitFor();
  line("cold open to the first decrypted secret, without typing", `${Math.round(performance.now() - start)} ms`, "goal under 5,000 ms");

  const other = await page.context().browser()!.newContext();
  const second = await other.newPage();
  await second.goto(url, { waitUntil: "networkidle" });
  const asked = performance.now();
  await second.getByRole("tab", { name: "Terminal" }).click();
  await second.getByTestId("terminal-input").waitFor();
  await second.waitForFunction(() => !document.querySelector<HTMLInputElement>('[data-testid="terminal-input"]')?.disabled);
  line("terminal: asked for to ready", `${Math.round(performance.now() - asked)} ms`, "goal within 1,500 ms");
}
