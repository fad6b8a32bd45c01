import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { chromium, type Browser, type Page } from "@playwright/test";
import type { Bench, Spent } from "./bench-scale-page";

/** What a lab of 100,000 parameters, 10,000 keys and 10,000 secrets costs in the page, in Chromium: calls, saving, undo, opening; beside an empty lab. */

const executablePath = [process.env.CHROMIUM_PATH, "/usr/bin/chromium", "/usr/bin/google-chrome"].find((path) => path && existsSync(path));

type Line = (name: string, value: string, reference?: string) => void;
const ms = (value: number): string => `${value.toFixed(1)} ms`;

export async function scale(line: Line, { parameters = 100_000, keys = 10_000, secrets = 10_000, from = process.cwd() } = {}): Promise<void> {
  // By a name that the bundler does not see: it cannot bundle itself.
  const bundler: string = "esbuild";
  const { build } = (await import(bundler)) as typeof import("esbuild");
  const { outputFiles } = await build({ entryPoints: [`${from}/.ci/bench-scale-page.ts`], bundle: true, write: false, minify: true, format: "esm", platform: "browser", target: "es2022", logLevel: "error", alias: { "@": from }, loader: { ".css": "empty" }, define: { "process.env.NODE_ENV": "\"production\"" } });
  const script = outputFiles[0].text;
  const server = createServer((request, response) => {
    response.setHeader("content-type", request.url === "/page.js" ? "text/javascript" : "text/html");
    response.end(request.url === "/page.js" ? script : '<!doctype html><script type="module" src="/page.js"></script>');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  let browser: Browser | undefined;
  try {
    browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--enable-precise-memory-info"] });
    const page = await (await browser.newContext()).newPage();
    await measure(page, `http://127.0.0.1:${port}/`, line, [parameters, keys, secrets]);
  } catch (error) {
    line("a large lab", "not measured", String(error).split("\n")[0]);
  } finally {
    await browser?.close();
    server.close();
  }
}

type Name = { [N in keyof Bench]: Bench[N] extends () => Promise<Spent> ? N : never }[keyof Bench];

async function measure(page: Page, url: string, line: Line, [parameters, keys, secrets]: [number, number, number]): Promise<void> {
  const run = (name: Name): Promise<Spent> => page.evaluate((what) => (globalThis as unknown as { bench: Bench }).bench[what](), name);
  const visit = async (): Promise<void> => {
    await page.goto(url);
    await page.waitForFunction(() => "bench" in globalThis);
  };
  await visit();
  await run("open");
  const empty = await run("calls");
  const emptySecrets = await run("secretLives");
  const emptyUndo = await run("undos");
  const filling = Date.now();
  const rows = await page.evaluate(([p, k, s]) => (globalThis as unknown as { bench: Bench }).bench.fill(p, k, s), [parameters, keys, secrets] as const);
  line(`a lab of ${parameters.toLocaleString("en")} parameters, ${keys.toLocaleString("en")} keys and ${secrets.toLocaleString("en")} secrets, made and saved`, `${((Date.now() - filling) / 1000).toFixed(1)} s`, `${rows.toLocaleString("en")} rows`);
  await visit();
  const opened = await run("open");
  line("large lab: opened from the browser's database", `${(opened.middle / 1000).toFixed(2)} s`, `longest block ${Math.round(opened.blocked)} ms`);
  const calls = await run("calls");
  line("large lab: a call, saved and answered", ms(calls.middle), `${(calls.middle / empty.middle).toFixed(2)}x an empty lab's ${ms(empty.middle)}; goal 2x`);
  line("large lab: longest block of the main thread in 100 calls", ms(calls.blocked), `${calls.long} of them over 50 ms; goal 50 ms`);
  const sheets = await run("sheets");
  line("large lab: ten pages of the parameter list, read", ms(sheets.middle), `longest block ${ms(sheets.blocked)}; goal 50 ms`);
  const byPath = await run("byPath");
  line("large lab: the list filtered by a path", ms(byPath.middle), `longest block ${ms(byPath.blocked)}; goal 50 ms`);
  const byWord = await run("byWord");
  line("large lab: the list filtered by a word in no name", ms(byWord.middle), `longest block ${ms(byWord.blocked)}: every name is looked at`);
  const keyList = await run("keyList");
  line("large lab: a hundred keys of the list, each described", ms(keyList.middle), `longest block ${ms(keyList.blocked)}; goal 50 ms`);
  const looks = await run("looks");
  line("large lab: a page of a list", ms(looks.middle), `longest block ${ms(looks.blocked)}`);
  const lives = await run("secretLives");
  line("large lab: a secret made, read, written, described, listed, found, deleted", ms(lives.middle), `${(lives.middle / emptySecrets.middle).toFixed(2)}x an empty lab's ${ms(emptySecrets.middle)}; goal 2x; longest block ${ms(lives.blocked)}`);
  const byTag = await run("secretsByTag");
  line("large lab: the list of secrets filtered by a tag that none has", ms(byTag.middle), `longest block ${ms(byTag.blocked)}: every secret is looked at`);
  const early = await run("beads");
  for (let i = 0; i < 9; i++) await run("beads");
  const late = await run("beads");
  line("a call and its bead, with 2,000 calls in the journal", ms(late.middle), `${(late.middle / early.middle).toFixed(2)}x that before them, ${ms(early.middle)}; goal 1.2x`);
  const undos = await run("undos");
  line("large lab: undo, saved", ms(undos.middle), `most ${ms(undos.most)}; an empty lab's ${ms(emptyUndo.middle)}; goal 100 ms`);
  const redos = await run("redos");
  line("large lab: redo, saved", ms(redos.middle), `most ${ms(redos.most)}`);
  line("large lab: the page's memory", `${Math.round((await page.evaluate(() => (globalThis as unknown as { bench: Bench }).bench.heap())) / 1e6)} MB`);
}
