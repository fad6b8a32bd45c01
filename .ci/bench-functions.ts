import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { basename, join } from "node:path";
import { chromium, type Browser } from "@playwright/test";
import { createLab } from "../lib/engine/lab";
import { nodePorts } from "../lib/wire/endpoint";
import { closeInterpreters } from "../lib/wire/functions/javascript";
import { buildInterpreter } from "../lib/wire/functions/javascript/build";
import { closePython } from "../lib/wire/functions/python";
import { type Language, type Times, functionTimes } from "./bench-functions-work";

/** How long a function takes, in either language, at the endpoint's host and in the page: the first one, another one, one that is warm. */

const executablePath = [process.env.CHROMIUM_PATH, "/usr/bin/chromium", "/usr/bin/google-chrome"].find((path) => path && existsSync(path));

type Line = (name: string, value: string, reference?: string) => void;
const ms = (value: number): string => `${value.toFixed(value < 100 ? 1 : 0)} ms`;

const named: Record<Language, { title: string; first: string; warm: string }> = {
  python: { title: "Python", first: "goal under 5,000 ms", warm: "goal under 50 ms" },
  javascript: { title: "JavaScript", first: "", warm: "goal under 30 ms" },
};
const languages = Object.keys(named) as Language[];

function tell(line: Line, language: Language, where: string, { first, another, warm, call }: Times): void {
  const { title, ...goals } = named[language];
  line(`${title} function, ${where}: first invocation answered`, ms(first), goals.first);
  line(`${title} function, ${where}: another function, cold`, ms(another));
  line(`${title} function, ${where}: warm`, ms(warm), goals.warm);
  line(`${title} function, ${where}: warm, with a call to Parameter Store`, ms(call), goals.warm);
}

export async function functions(line: Line, from = process.cwd()): Promise<void> {
  const { makePython } = (await import(join(from, ".ci/python.mjs"))) as { makePython(): Promise<void> };
  await makePython();
  await buildInterpreter();
  for (const language of languages) tell(line, language, "in Node", await functionTimes(createLab({ ports: nodePorts() }), language));
  closePython();
  closeInterpreters();

  // By a name that the bundler does not see: it cannot bundle itself.
  const bundler: string = "esbuild";
  const { build } = (await import(bundler)) as typeof import("esbuild");
  const { outputFiles } = await build({ entryPoints: [`${from}/.ci/bench-functions-page.ts`], bundle: true, write: false, minify: true, format: "esm", platform: "browser", target: "es2022", logLevel: "error", alias: { "@": from }, loader: { ".css": "empty" } });
  const server = createServer(({ url = "/" }, response) => {
    if (url.startsWith("/pyodide/")) return void createReadStream(join(from, "public/pyodide", basename(url))).pipe(response);
    if (url.startsWith("/code/")) {
      response.setHeader("content-type", url.endsWith(".html") ? "text/html" : "text/javascript");
      return void createReadStream(join(from, "public/code", basename(url))).pipe(response);
    }
    response.setHeader("content-type", url === "/page.js" ? "text/javascript" : "text/html");
    response.end(url === "/page.js" ? outputFiles[0].text : '<!doctype html><body><script type="module" src="/page.js"></script>');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  let browser: Browser | undefined;
  try {
    browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"] });
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${port}/`);
    await page.waitForFunction(() => "times" in globalThis);
    for (const language of languages) tell(line, language, "in the page", await page.evaluate((which) => (globalThis as unknown as { times(of: Language): Promise<Times> }).times(which), language));
  } catch (error) {
    line("Functions in the page", "not measured", String(error).split("\n")[0]);
  } finally {
    await browser?.close();
    server.close();
  }
}
