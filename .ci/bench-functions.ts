import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { basename, join } from "node:path";
import { chromium, type Browser } from "@playwright/test";
import { createLab } from "../lib/engine/lab";
import { nodePorts } from "../lib/wire/endpoint";
import { closePython } from "../lib/wire/functions/python";
import { type Times, functionTimes } from "./bench-functions-work";

/** How long a function in Python takes, at the endpoint's host and in the page: the first one, another one, one that is warm. */

const executablePath = [process.env.CHROMIUM_PATH, "/usr/bin/chromium", "/usr/bin/google-chrome"].find((path) => path && existsSync(path));

type Line = (name: string, value: string, reference?: string) => void;
const ms = (value: number): string => `${value.toFixed(value < 100 ? 1 : 0)} ms`;

function tell(line: Line, where: string, { first, another, warm, call }: Times): void {
  line(`Python function, ${where}: first invocation answered`, ms(first), "goal under 5,000 ms");
  line(`Python function, ${where}: another function, cold`, ms(another));
  line(`Python function, ${where}: warm`, ms(warm), "goal under 50 ms");
  line(`Python function, ${where}: warm, with a call to Parameter Store`, ms(call), "goal under 50 ms");
}

export async function functions(line: Line, from = process.cwd()): Promise<void> {
  const { makePython } = (await import(join(from, ".ci/python.mjs"))) as { makePython(): Promise<void> };
  await makePython();
  tell(line, "in Node", await functionTimes(createLab({ ports: nodePorts() })));
  closePython();

  // By a name that the bundler does not see: it cannot bundle itself.
  const bundler: string = "esbuild";
  const { build } = (await import(bundler)) as typeof import("esbuild");
  const { outputFiles } = await build({ entryPoints: [`${from}/.ci/bench-functions-page.ts`], bundle: true, write: false, minify: true, format: "esm", platform: "browser", target: "es2022", logLevel: "error", alias: { "@": from }, loader: { ".css": "empty" } });
  const server = createServer(({ url = "/" }, response) => {
    if (url.startsWith("/pyodide/")) return void createReadStream(join(from, "public/pyodide", basename(url))).pipe(response);
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
    tell(line, "in the page", await page.evaluate(() => (globalThis as unknown as { times(): Promise<Times> }).times()));
  } catch (error) {
    line("Python function, in the page", "not measured", String(error).split("\n")[0]);
  } finally {
    await browser?.close();
    server.close();
  }
}
