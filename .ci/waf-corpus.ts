/**
 * npm run corpus [-- FILE]: how many attacks the WAF detectors find, and how often harmless text is taken for one, by
 * source of the values. FILE has a value a line, {"kind": "sqli" | "xss" | "benign" | "benign_hard" | ..., "value", "source"}; without
 * one it is looked for beside the repository. Samples that our own grammars make are counted as well. It prints and never fails.
 */
import { existsSync, readFileSync } from "node:fs";
import { detectSqli, detectXss } from "../lib/engine/wafv2/detect";
import { harmless } from "../lib/engine/wafv2/detect/harmless-samples.test-helper";
import type { Sample } from "../lib/engine/wafv2/detect/samples.test-helper";
import { sqlAttacks } from "../lib/engine/wafv2/detect/sqli-samples.test-helper";
import { htmlAttacks } from "../lib/engine/wafv2/detect/xss-samples.test-helper";
import { utf8 } from "../lib/engine/wafv2/inspect/bytes";
import { transform } from "../lib/engine/wafv2/inspect/transform";

interface Value {
  kind: string;
  value: string;
  source: string;
}
type Detector = "SQLi LOW" | "SQLi HIGH" | "XSS";
const detectors: Record<Detector, (text: string) => boolean> = { "SQLi LOW": (text) => detectSqli(text, "LOW"), "SQLi HIGH": (text) => detectSqli(text, "HIGH"), XSS: detectXss };

/** A value as a rule may see it: as it is, URL-decoded, entities decoded, both. */
function forms(value: string): string[] {
  const bytes = utf8(value);
  const url = transform.URL_DECODE(bytes);
  return [...new Set([bytes, url, transform.HTML_ENTITY_DECODE(bytes), transform.HTML_ENTITY_DECODE(url)])];
}

const percent = (part: number, all: number): string => `${((100 * part) / all).toFixed(2)}%`.padStart(8);

/** What is counted: which values, by which detectors, with what goal. */
const counts: { title: string; kind: string; by: Partial<Record<Detector, { goal: string; mean?: string[] }>> }[] = [
  { title: "SQL injection found", kind: "sqli", by: { "SQLi LOW": { goal: "at least 93%; mean of the three 75%", mean: ["patt", "fuzzdb", "payloadbox-sqli"] }, "SQLi HIGH": { goal: "at least 95%" } } },
  { title: "Cross-site scripting found", kind: "xss", by: { XSS: { goal: "at least 93%; mean of the two 85%", mean: ["patt", "fuzzdb"] } } },
  { title: "Harmless values flagged", kind: "benign", by: { "SQLi LOW": { goal: "at most 0.15%" }, "SQLi HIGH": { goal: "at most 1%" }, XSS: { goal: "at most 0.2%" } } },
  { title: "Harmless, hard values flagged", kind: "benign_hard", by: { "SQLi LOW": { goal: "at most 3%" }, "SQLi HIGH": { goal: "none set" }, XSS: { goal: "none set" } } },
];

function report(values: Value[]): void {
  for (const { title, kind, by } of counts) {
    const these = values.filter((each) => each.kind === kind);
    if (!these.length) continue;
    console.log(`\n${title} (${these.length} values)`);
    const sources = [...new Set(these.map(({ source }) => source))].sort();
    for (const [name, { goal, mean }] of Object.entries(by) as [Detector, { goal: string; mean?: string[] }][]) {
      const flagged = new Map(sources.map((source) => [source, [0, 0]]));
      for (const { value, source } of these) {
        const tally = flagged.get(source)!;
        tally[1]++;
        if (forms(value).some(detectors[name])) tally[0]++;
      }
      const sum = (at: number): number => [...flagged.values()].reduce((all, tally) => all + tally[at], 0);
      console.log(`  ${name.padEnd(22)} ${percent(sum(0), sum(1))}  goal ${goal}`);
      for (const [source, [part, all]] of flagged) console.log(`    ${source.padEnd(20)} ${percent(part, all)}  ${part} of ${all}`);
      const rates = (mean ?? []).map((source) => flagged.get(source)).filter((tally) => tally !== undefined);
      if (rates.length) console.log(`    ${`mean of ${mean!.join(", ")}`.padEnd(20)} ${percent(rates.reduce((all, [part, of]) => all + part / of, 0) / rates.length, 1)}`);
    }
  }
}

function reportSamples(title: string, samples: Sample[], by: Detector[]): void {
  for (const name of by) {
    const flagged = samples.filter(({ value }) => detectors[name](utf8(value))).length;
    console.log(`  ${title.padEnd(26)} ${name.padEnd(10)} ${percent(flagged, samples.length)}  of ${samples.length}`);
  }
}

const file = [process.argv[2], `${process.cwd()}/../shared/waf-corpus/values.jsonl`].find((path) => path && existsSync(path));
if (file) report(readFileSync(file, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line) as Value));
else console.log("No file of values here: only our own samples are counted.");
console.log("\nFor comparison, on such values (SQLi / XSS): libinjection finds 91% / 88% and flags 0.12% / 0.18% of harmless ones;");
console.log("ModSecurity with the CRS at paranoia level 1 finds 90% / 97% and flags 2.5%.");
console.log("\nSamples of our own grammars");
reportSamples("attacks", sqlAttacks(1, 20_000), ["SQLi LOW", "SQLi HIGH"]);
reportSamples("attacks", htmlAttacks(1, 20_000), ["XSS"]);
reportSamples("harmless", harmless(1, 20_000), ["SQLi LOW", "SQLi HIGH", "XSS"]);
