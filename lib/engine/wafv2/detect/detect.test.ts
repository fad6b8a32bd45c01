import fc from "fast-check";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { detectSqli, detectXss, explainSqli, explainXss } from "../detect";
import { utf8 } from "../inspect/bytes";
import { transform } from "../inspect/transform";
import { harmless } from "./harmless-samples.test-helper";
import type { Sample } from "./samples.test-helper";
import { stepsSoFar as sqlSteps } from "./sqli/detect";
import { sqlAttacks } from "./sqli-samples.test-helper";
import { stepsSoFar as htmlSteps } from "./xss/detect";
import { htmlAttacks } from "./xss-samples.test-helper";

const low = (text: string): boolean => detectSqli(text, "LOW");
const high = (text: string): boolean => detectSqli(text, "HIGH");
const share = (samples: string[], by: (text: string) => boolean): number => samples.filter(by).length / samples.length;

/** Share of each family that is flagged, the least of them first. */
function byFamily(samples: Sample[], by: (text: string) => boolean): [family: string, share: number][] {
  const families = [...new Set(samples.map(({ family }) => family))];
  return families.map((family): [string, number] => [family, share(samples.filter((each) => each.family === family).map(({ value }) => value), by)]).sort(([, a], [, b]) => a - b);
}

describe.each([1, 20_261_130])("samples of seed %i", (seed) => {
  const sql = sqlAttacks(seed, 6_000);
  const html = htmlAttacks(seed, 6_000);
  const plain = harmless(seed, 12_000);

  test("the grammar makes many different values", () => {
    expect(new Set(sql.map(({ value }) => value)).size).toBeGreaterThan(4_000);
    expect(new Set(html.map(({ value }) => value)).size).toBeGreaterThan(2_000);
    expect(new Set(plain.map(({ value }) => value)).size).toBeGreaterThan(3_000);
  });

  test("of each family of SQL injection 98% are found, at HIGH as well", () => {
    expect(byFamily(sql, low)[0][1], byFamily(sql, low)[0][0]).toBeGreaterThanOrEqual(0.98);
    expect(byFamily(sql, high)[0][1], byFamily(sql, high)[0][0]).toBeGreaterThanOrEqual(0.98);
  });

  test("of each family of cross-site scripting 99% are found", () => {
    expect(byFamily(html, detectXss)[0][1], byFamily(html, detectXss)[0][0]).toBeGreaterThanOrEqual(0.99);
  });

  test("of harmless values at most 0.15%, 1% and 0.2% are flagged", () => {
    const values = plain.map(({ value }) => value);
    expect(share(values, low)).toBeLessThanOrEqual(0.0015);
    expect(share(values, high)).toBeLessThanOrEqual(0.01);
    expect(share(values, detectXss)).toBeLessThanOrEqual(0.002);
  });

  test("as bytes of UTF-8 the same are found as as characters", () => {
    expect(share(sql.map(({ value }) => utf8(value)), low)).toBeGreaterThanOrEqual(share(sql.map(({ value }) => value), low) - 0.001);
    expect(share(html.map(({ value }) => utf8(value)), detectXss)).toBe(share(html.map(({ value }) => value), detectXss));
  });
});

describe("attacks further back in a value", () => {
  const strong = sqlAttacks(5, 4_000).filter(({ family }) => /^(union|blind|stacked|error|delay)/.test(family));

  test.each([
    ["in a form's body", "name=anna&note=hello+world&page=2&sort=asc&x=y&id=", "&last=1"],
    ["after other arguments of a form with signs", "a=1;2&b=(c)&d[]=e*f&id=", ""],
    ["after a chain of conditions that say nothing", "1 and 1 and 2 and 3 or 4 and 5 and x and y and ", ""],
  ])("%s", (_, before, after) => {
    expect(strong.length).toBeGreaterThan(1_000);
    expect(share(strong.map(({ value }) => before + value + after), low)).toBeGreaterThanOrEqual(0.95);
  });

  test("forms of harmless values stay harmless", () => {
    const plain = harmless(9, 12_000).map(({ value }) => value.replaceAll("&", "%26"));
    const forms = Array.from({ length: 2_000 }, (_, i) => `name=${plain[6 * i]}&note=${plain[6 * i + 1]}&a=${plain[6 * i + 2]}&b[c]=${plain[6 * i + 3]}&d=${plain[6 * i + 4]}&e=${plain[6 * i + 5]}`);
    expect(share(forms, low)).toBeLessThanOrEqual(0.01);
    expect(share(forms, detectXss)).toBeLessThanOrEqual(0.01);
  });
});

/** Text that comes near the detectors' borders: attacks cut, doubled and mixed with pieces of their grammars. */
const pieces = ["'", '"', "`", "\\", "--", "#", "/*", "*/", "/*!", ";", "(", ")", " or ", " and ", "union ", "select ", "1", "=", "a", " ", "\n", "\0", "<", ">", "<script", "</", "<!--", "-->", "onload=", "javascript:", "&#", "x;", "\u00a0", "é", "\u2019", "@@", "$", "$$", "q'[", "0x", "{{", "}}", "[", "]", ",", "like ", "sleep(", "drop table "];
const messy = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((all) => all.join("")),
  fc.integer({ min: 1, max: 1e6 }).map((seed) => sqlAttacks(seed, 1)[0].value),
  fc.integer({ min: 1, max: 1e6 }).map((seed) => htmlAttacks(seed, 1)[0].value),
  fc.integer({ min: 1, max: 1e6 }).map((seed) => harmless(seed, 1)[0].value),
  fc.string({ unit: "binary", maxLength: 60 }),
);
const runs = { seed: 7, numRuns: 1_500 };

describe("what explains agrees with what decides", () => {
  test("SQL injection", () => {
    fc.assert(
      fc.property(messy, fc.constantFrom("LOW" as const, "HIGH" as const), (value, sensitivity) => {
        const seen = explainSqli(value, sensitivity);
        expect(seen.verdict).toBe(detectSqli(value, sensitivity));
        expect(seen.verdict).toBe(seen.shape !== undefined);
        expect(seen.verdict).toBe(seen.matchedData.length > 0);
        let end = 0;
        for (const token of seen.tokens) {
          expect(token.start).toBeGreaterThanOrEqual(end);
          expect(value.slice(token.start, token.end)).toBe(token.text);
          end = token.end;
        }
        expect(JSON.parse(JSON.stringify(seen))).toEqual(seen);
      }),
      runs,
    );
  });

  test("cross-site scripting", () => {
    fc.assert(
      fc.property(messy, (value) => {
        const seen = explainXss(value);
        expect(seen.verdict).toBe(detectXss(value));
        expect(seen.verdict).toBe(seen.reason !== undefined);
        for (const { text, start, end } of [...seen.tokens, ...(seen.reason ? [seen.reason] : [])]) expect(value.slice(start, end)).toBe(text);
        expect(JSON.parse(JSON.stringify(seen))).toEqual(seen);
      }),
      runs,
    );
  });

  test("what is found at LOW is found at HIGH, and twice asked is twice answered", () => {
    fc.assert(
      fc.property(messy, (value) => {
        const [first, second] = [low(value), high(value)];
        if (first) expect(second).toBe(true);
        explainSqli("1 or 1=1", "LOW");
        explainXss("<script>");
        expect([low(value), high(value)]).toEqual([first, second]);
      }),
      runs,
    );
  });

  test("letter case of words changes nothing in SQL", () => {
    fc.assert(fc.property(messy, (value) => {
      if (/[^\0-\x7f]|\$|[qnxbeu]&?'/i.test(value)) return;
      expect(low(value.toUpperCase())).toBe(low(value.toLowerCase()));
    }), runs);
  });
});

/** Shapes that make a careless reader go back again and again, to be repeated. */
const hostile: [name: string, begin: string, again: string, end?: string][] = [
  ["single quotes", "", "'"], ["doubled quotes", "a", "''"], ["quotes in turn", "", "'\""], ["escaped quotes", "", "\\'"], ["back-quotes", "", "`"], ["words in quotes", "", "'a' "],
  ["nested comments", "", "/*"], ["short comments", "1", "/**/"], ["a word and a comment", "", "a/**/"], ["a word and an open comment", "", "a/*"], ["comment lines", "1", "--\n"], ["hashes", "1", "#\n"], ["dashes", "1", "-"],
  ["parentheses", "", "("], ["closed parentheses", "1", ")"], ["pairs", "1", "()"], ["words that call", "", "a ("], ["braces", "", "{"], ["double braces", "", "{{"], ["brackets", "", "["], ["named brackets", "", "[a"],
  ["sums", "1", "+1"], ["comparisons", "1", "=1"], ["lists", "1", ",1"], ["operators", "1 ", "+-*/%"], ["plus", "1", "+"], ["stars", "", "*"], ["ampersands", "", "&"], ["semicolons", "1", ";"], ["points", "a", ".a"], ["points alone", "", "."], ["at-signs", "", "@"], ["mail", "a", "@a"],
  ["dollars", "", "$"], ["open dollar quotes", "", "$a"], ["dollar tags", "", "$a$b"], ["Oracle's quotes", "", "q'["], ["numbers", "", "1"], ["words", "", "a"], ["words in a row", "", "a "], ["underscores", "", "a_"], ["or", "1", " or 1"], ["or with words", "x", " or x"], ["union", "1", " union"], ["select", "", "select "], ["group", "", "group "], ["blanks", "", " "], ["blanks between words", "", "a                    "], ["no-break spaces", "", "\u00c2\u00a0"],
  ["less-than", "", "<"], ["tags", "", "<a"], ["tags with attributes", "", "<a b"], ["open attributes", "", "<a b=\""], ["attributes", "<a", " b=c"], ["single and double attributes", "<a", " b='\" c=\"'"], ["end tags", "", "</"], ["declarations", "", "<!"], ["open HTML comments", "", "<!--"], ["closed HTML comments", "", "<!---->"], ["dashes in a comment", "<!--", "--"], ["instructions", "", "<?"], ["NULs in a tag", "<", "\0"], ["tags and NULs", "", "<\0"], ["slashes in a tag", "<a", "/"], ["quotes in a tag", "<a ", "\""], ["equals signs", "", "="], ["equals in a tag", "<a", "=="],
  ["schemes", "", "javascript:"], ["cut schemes", "", "javascript:a"], ["entities", "<a href=", "&#x6a;"], ["open entities", "<a href='", "&#x"], ["blanks in a scheme", "<a href='java", "\t", "script:'"], ["calls", "", "alert("], ["calls of nothing", "", "x("], ["templates", "", "${"], ["templates with calls", "", "${a("], ["quote and call", "'", ";a("], ["CDATA", "", "<![CDATA["], ["curly quotes", "", "\u2019"], ["curly quotes in bytes", "", "\u00e2\u0080\u0099"],
];

describe("work is linear in the value", () => {
  const steps = (value: string): number => {
    const before = sqlSteps() + htmlSteps();
    low(value);
    high(value);
    detectXss(value);
    return sqlSteps() + htmlSteps() - before;
  };

  test.each(hostile)("%s", (_, begin, again, end = "") => {
    const make = (size: number): string => begin + again.repeat(Math.ceil(size / again.length)) + end;
    const [small, large] = [steps(make(4_096)), steps(make(65_536))];
    // The most a character may cost: readings in three quotes and two dialects at two sensitivities, and six of HTML.
    expect(large / 65_536).toBeLessThan(70);
    expect(large).toBeLessThan(small * 16 * 1.2 + 2_000);
  });

  test("64 KB of anything take well under a second", () => {
    const start = performance.now();
    for (const [, begin, again, end = ""] of hostile) {
      const value = begin + again.repeat(Math.ceil(65_536 / again.length)) + end;
      low(value);
      detectXss(value);
    }
    expect((performance.now() - start) / hostile.length).toBeLessThan(500);
  });

  test("the counter counts", () => {
    expect(steps("a b c d")).toBeGreaterThan(6);
    expect(steps("<a b='c'>".repeat(10))).toBeGreaterThan(90);
  });
});

/** Real attack lists and harmless text, read in place beside the repository. The goals are ours (npm run corpus shows the figures). */
const corpus = fileURLToPath(new URL("../../../../../shared/waf-corpus/values.jsonl", import.meta.url));

describe.runIf(existsSync(corpus))("the corpus", () => {
  const values = existsSync(corpus) ? readFileSync(corpus, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line) as { kind: string; value: string; source: string }) : [];
  const forms = (value: string): string[] => {
    const url = transform.URL_DECODE(utf8(value));
    return [utf8(value), url, transform.HTML_ENTITY_DECODE(url)];
  };
  const flagged = (kind: string, by: (text: string) => boolean, sources?: string[]): number => {
    const rates = (sources ?? [""]).map((source) => {
      const these = values.filter((each) => each.kind === kind && (!source || each.source === source));
      return these.filter(({ value }) => forms(value).some(by)).length / these.length;
    });
    return rates.reduce((all, rate) => all + rate, 0) / rates.length;
  };

  test.each([
    ["sqli", "LOW", low, 0.93, undefined],
    ["sqli", "LOW", low, 0.75, ["patt", "fuzzdb", "payloadbox-sqli"]],
    ["sqli", "HIGH", high, 0.95, undefined],
    ["xss", "", detectXss, 0.93, undefined],
    ["xss", "", detectXss, 0.85, ["patt", "fuzzdb"]],
  ] as const)("%s %s", (kind, _, by, goal, sources) => expect(flagged(kind, by, sources as string[] | undefined)).toBeGreaterThanOrEqual(goal));

  test.each([
    ["benign", "LOW", low, 0.0015],
    ["benign_hard", "LOW", low, 0.03],
    ["benign", "HIGH", high, 0.01],
    ["benign", "XSS", detectXss, 0.002],
  ] as const)("%s %s", (kind, _, by, most) => expect(flagged(kind, by)).toBeLessThanOrEqual(most));
});
