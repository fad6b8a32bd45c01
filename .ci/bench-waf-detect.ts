/**
 * AWS WAF's detectors: values a second, beside a plain sum of the same values' character codes in the same run. Seconds
 * are a core's own (user time of this process), so that other work on the machine does not count.
 */
import { existsSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { detectSqli, detectXss } from "../lib/engine/wafv2/detect";
import { harmless } from "../lib/engine/wafv2/detect/harmless-samples.test-helper";
import { sqlAttacks } from "../lib/engine/wafv2/detect/sqli-samples.test-helper";
import { htmlAttacks } from "../lib/engine/wafv2/detect/xss-samples.test-helper";
import { utf8 } from "../lib/engine/wafv2/inspect/bytes";

type Line = (name: string, value: string, reference?: string) => void;

function values(): { name: string; list: string[] } {
  const file = `${process.cwd()}/../shared/waf-corpus/values.jsonl`;
  if (existsSync(file)) return { name: "the corpus'", list: readFileSync(file, "utf8").split("\n").filter(Boolean).map((line) => utf8((JSON.parse(line) as { value: string }).value)) };
  return { name: "made", list: [...harmless(1, 5_000), ...sqlAttacks(1, 3_000), ...htmlAttacks(1, 1_000)].map(({ value }) => utf8(value)) };
}

function sum(text: string): number {
  let all = 0;
  for (let i = 0; i < text.length; i++) all += text.charCodeAt(i);
  return all;
}

export async function wafDetect(line: Line, seconds: number): Promise<void> {
  const { name, list } = values();
  const rate = (job: (text: string) => unknown): number => {
    for (let turn = 0; turn < 3; turn++) for (const value of list) job(value);
    const start = process.cpuUsage().user;
    let n = 0;
    for (; process.cpuUsage().user - start < seconds * 500_000; n += list.length) for (const value of list) job(value);
    return (n / (process.cpuUsage().user - start)) * 1e6;
  };
  const shown = (perSecond: number): string => `${Math.round(perSecond).toLocaleString("en")}/s`;
  const plain = rate(sum);
  line(`WAF: plain sum of codes, ${name} ${list.length.toLocaleString("en")} values`, shown(plain));
  for (const [what, job] of [["SQLi at LOW", (text: string) => detectSqli(text, "LOW")], ["SQLi at HIGH", (text: string) => detectSqli(text, "HIGH")], ["XSS", detectXss]] as const) {
    const perSecond = rate(job);
    line(`WAF: ${what}`, shown(perSecond), `${(plain / perSecond).toFixed(1)}x of the plain sum's time; goal 150,000/s`);
  }
  // By a name that the bundler does not see: it cannot bundle itself.
  const bundler: string = "esbuild";
  const { build } = (await import(bundler)) as typeof import("esbuild");
  const { outputFiles } = await build({ entryPoints: [`${process.cwd()}/lib/engine/wafv2/detect.ts`], bundle: true, write: false, minify: true, format: "esm", target: "es2022", logLevel: "error" });
  line("WAF: both detectors with their tables, minified, gzip", `${(gzipSync(outputFiles[0].contents).length / 1000).toFixed(1)} kB`, "goal under 25 kB");
}
