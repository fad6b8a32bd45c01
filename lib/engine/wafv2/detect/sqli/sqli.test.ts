import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { detectSqli, explainSqli } from "../../detect";
import { sqlAttacks } from "../sqli-samples.test-helper";
import { columnsOf } from "./detect";
import { Folder } from "./fold";
import { KINDS, letters, signs } from "./kinds";
import { rowsOf } from "./march";
import { Reader } from "./reader";
import { shapes } from "./shapes";

describe("values that are SQL injection or are not", () => {
  test.each([
    // value                                             LOW    HIGH
    ["1 OR 1=1",                                          true,  true],
    ["admin' OR '1'='1' -- ",                             true,  true],
    ["admin\" or \"a\"=\"a",                              true,  true],
    ["admin'--",                                          true,  true],
    ["admin'#",                                           true,  true],
    ["' or '",                                            true,  true],
    ["'+'",                                               true,  true],
    ["1; DROP TABLE users",                               true,  true],
    ["-1 UNION SELECT 1,2,3",                             true,  true],
    ["comment text union all select password from users--", true, true],
    ["1/**/UNION/**/SELECT/**/1",                         true,  true],
    ["1 /*!50000UNION*/ SELECT 1",                        true,  true],
    ["x' AND SLEEP(5) AND 'a'='a",                        true,  true],
    ["1); WAITFOR DELAY '0:0:5'--",                       true,  true],
    ["' || (SELECT banner FROM v$version) || '",          true,  true],
    ["1 AND extractvalue(1,concat(0x7e,version()))",      true,  true],
    ["' HAVING 1=1--",                                    true,  true],
    ["1 ORDER BY 10--",                                   true,  true],
    ["'; EXEC master..xp_cmdshell 'dir'--",               true,  true],
    ["declare @q varchar(200)",                           true,  true],
    ["select * from information_schema.tables",           true,  true],
    ["\u2019 or 1=1#",                                    true,  true],
    ["\u00e2\u0080\u0099 or 1=1#",                        true,  true],
    ["1\u00a0or\u00a01=1",                                true,  true],
    ["1\u00c2\u00b4 or \u00c2\u00b41\u00c2\u00b4=\u00c2\u00b41", true, true],
    ["name=anna&id=1 or 1=1&last=2",                      true,  true],
    ["1 and 1 and 1 and 1 and 1 and 1 and 1 or 1=1 -- x", true,  true],
    ["name=anna&union=1&select=2&from=3",                 false, false],
    ["\\' or 1=1 --",                                     true,  true],
    ["1 or 2",                                            false, true],
    ["xp_cmdshell",                                       false, true],
    ["unhex(",                                            false, true],
    ["x' order by name",                                  false, true],
    ["' and 1",                                           false, true],
    ["O'Brien",                                           false, false],
    ["rock 'n' roll",                                     false, false],
    ["the boys' and the girls' shoes",                    false, false],
    ["Select a table from the union where you like",      false, false],
    ["277 1/2 Union Sq. #4, Apt 34 (back door)",          false, false],
    ["50/50 raffle -- winner takes all",                  false, false],
    ["filter=create%20table&order=desc&select=1",         false, false],
    ["{\"id\": 7, \"or\": \"x\", \"tags\": [\"a\"]}",     false, false],
    ["if (a < b && c > d) return x;",                     false, false],
    ["8b5911ea-75a5-47ea-bfea-3db2edb6490c",              false, false],
    ["anna.o'neil+news@example.com",                      false, false],
    ["",                                                  false, false],
    ["'",                                                 false, false],
  ])("%s", (value, low, high) => {
    expect([detectSqli(value, "LOW"), detectSqli(value, "HIGH")]).toEqual([low, high]);
  });
});

describe("how a value is read", () => {
  test("AWS's logs show the folded tokens: 10 AND 1=1", () => {
    expect(explainSqli("10 AND 1=1", "LOW")).toEqual({
      verdict: true,
      sensitivity: "LOW",
      context: { quote: "none", dialect: "ANSI" },
      tokens: [
        { class: "1", text: "10", start: 0, end: 2 },
        { class: "&", text: "AND", start: 3, end: 6 },
        { class: "1", text: "1", start: 7, end: 8 },
        { class: "o", text: "=", start: 8, end: 9 },
        { class: "1", text: "1", start: 9, end: 10 },
      ],
      steps: [{ rule: "comparison", before: "1o1", after: "1" }],
      fingerprint: "1&1",
      shape: "tautology",
      matchedData: ["10", "AND", "1"],
    });
  });

  test.each([
    // value                       quote     dialect   fingerprint
    ["1 union select 2",           "none",   "ANSI",   "1UE1"],
    ["a' union select 2",          "single", "ANSI",   "sUE1"],
    ["a\" union select 2",         "double", "ANSI",   "sUE1"],
    ["a' or 1#",                   "single", "MySQL",  "s&1c"],
    ["1'--1 or 1=1 -- ",           "single", "MySQL",  undefined],
    ["1 and 2=3",                  "none",   "ANSI",   "1&1"],
    ["1;;;drop table x",           "none",   "ANSI",   "1;En"],
  ])("%s", (value, quote, dialect, fingerprint) => {
    const seen = explainSqli(value, "LOW");
    if (fingerprint === undefined) return expect(seen.context.quote).toBe(quote);
    expect([seen.context.quote, seen.context.dialect, seen.fingerprint]).toEqual([quote, dialect, fingerprint]);
  });

  test("harmless values have no matchedData and no shape", () => {
    expect(explainSqli("O'Brien", "HIGH")).toMatchObject({ verdict: false, matchedData: [] });
    expect(explainSqli("O'Brien", "HIGH").shape).toBeUndefined();
  });
});

describe("the table of shapes", () => {
  test("every kind has a sign and a class letter of its own table", () => {
    expect([signs.length, letters.length]).toEqual([KINDS, KINDS]);
    expect(new Set(signs).size).toBe(KINDS);
  });

  test("every shape is had by some attack", () => {
    const rows = shapes.flatMap(({ pattern }, at) => rowsOf(at, pattern).map((row) => ({ ...row, anywhere: pattern.startsWith("…") })));
    const unused = new Set(shapes.keys());
    for (const value of [...rare, ...sqlAttacks(3, 3_000).map((sample) => sample.value)])
      for (const columns of columnsOf(value))
        for (const row of rows) {
          if (!unused.has(row.shape)) continue;
          for (let from = 0; from < (row.anywhere ? columns.length : 1); from++) {
            const rest = columns.subarray(from);
            const long = row.open ? rest.length >= row.columns.length : rest.length === row.columns.length;
            if (long && row.columns.every((kinds, i) => kinds.includes(rest[i]))) unused.delete(row.shape);
          }
        }
    expect([...unused].map((at) => `${shapes[at].name}: ${shapes[at].pattern}`)).toEqual([]);
  });
});

/** Attacks of the shapes that the grammar makes seldom or never. */
const rare = [
  "1 union select", "x' union -- -", "1 union --", "1/**/union", "@a union select @a", "@a select @a", "' or @@version>1", "1 and user=x", "' or 1=", "' or '", "x' left(1) and '1", "'a' or 'a'='a';", "@a or @a union",
  "pi() && cos(1)", "select binary cos(1)", "; delete quick from x", ",NULL) waitfor delay '0:0:9'", "x',sleep(1)", "x' select count(*)", "x' select a from b", "1; if 1=1 select 1", "'begin select 1", "1; if(1=1) select 1", "',NULL) waitfor delay '0:0:9'",
  "x' update a set b=c", "1 update a set b=(select 1)", "exec (select 1)", "; --", "select concat(1)", "select a,sin(1),b", "drop x; --", "1' group by 1", "1) from a where b=c", "1) from a where b=(select 1)", "'-'", "1*1--",
  "1 or/**/2", "x/*", "order by 4", "' order by x", "; drop x", "; select x from", "'a'='b'", "1 or 2", "sp_password", "' # x", "unhex(", "'; x", "' from y", "1 union", "or 88", "and a=b", "' select x", "length(trim(x))", "id having 1", "||6", "insert x",
  "1='1' or 'a'='a'", "sleep(1)", "benchmark(1,md5(1))", "sleep(1);", "length(load_file('x'))", "if(1=1) select 1", "select version()", "select @@version", "delete from a where b='c'", "foo bar'+1+'", "select a from b where c",
  "select 1 from a", "select 1,sin(1)", "update a set b='c'", "order by 1; -- -", "order by 1,sleep(1)", "1 where 'a'='b'", "1 as x where 'a'='b'", "select a from b; -- -", "binary (select 1)", "select (select 1)", "1 group by a having 'a'='b'", "concat(1)=2", "1 and a=sleep", "' and @@a", "exec @a x", "x' exec y",
];

/**
 * Unit cases of another engine of this kind, whose class letters ours keeps. They are read in place beside the
 * repository; these are the ones in which ours differs on purpose.
 */
const units = fileURLToPath(new URL("../../../../../../shared/waf-corpus/libinjection-units.jsonl", import.meta.url));
const differs: Record<string, string> = {
  "select 1 IN (2,3,4);": "a comparison with a list folds as one with a value",
  "IF NOT EXISTS(1)": "IF is a verb, EXISTS a function",
  "{``.``.id} UNION SELECT TABLE": "braces stay",
  "1 USER(1)": "USER is a function before a parenthesis",
  "SELECT _latin1'foo": "a character set's introducer is a word",
  "SELECT 1 CROSS JOIN 2;": "CROSS is a keyword",
  "FOO``BAR": "back-quotes begin a word",
};

describe.runIf(existsSync(units))("unit cases of tokens and folding", () => {
  const cases = existsSync(units) ? readFileSync(units, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line) as { type: string; input: string; expected: string[] }) : [];
  const reader = new Reader();

  test.each(cases.filter(({ type, input }) => type === "tokens" && !(input in differs)))("tokens of $input", ({ input, expected }) => {
    reader.begin(input, false);
    let classes = "";
    while (reader.next()) classes += letters[reader.kind];
    expect(classes).toBe(expected.map((each) => each[0]).join(""));
  });

  // Theirs stops at five tokens.
  test.each(cases.filter(({ type, input }) => type === "folding" && !(input in differs)))("folding of $input", ({ input, expected }) => {
    reader.begin(input, false);
    const folder = new Folder(reader);
    folder.run(0, () => true);
    const classes = [...folder.kinds.subarray(0, folder.count)].map((kind) => letters[kind]).join("");
    expect(classes.slice(0, expected.length < 5 ? undefined : 5)).toBe(expected.map((each) => each[0]).join(""));
  });

  test("the differences are real", () => {
    const same = cases.filter(({ input, type, expected }) => {
      if (!(input in differs) || (type !== "tokens" && type !== "folding")) return false;
      reader.begin(input, false);
      let classes = "";
      if (type === "tokens") while (reader.next()) classes += letters[reader.kind];
      else {
        const folder = new Folder(reader);
        folder.run(0, () => true);
        classes = [...folder.kinds.subarray(0, folder.count)].map((kind) => letters[kind]).join("").slice(0, 5);
      }
      return classes === expected.map((each) => each[0]).join("").slice(0, 5);
    });
    expect(same).toEqual([]);
  });
});
