import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { detectXss, explainXss } from "../../detect";
import { HtmlReader } from "./reader";
import { scriptScheme } from "./url";

describe("values that are cross-site scripting", () => {
  test.each([
    // value                                          reason             state
    ["<script>alert(1)</script>",                      "tag",             "text"],
    ["x<ScRiPt src=//evil.example>",                   "tag",             "text"],
    ["<scr\0ipt>alert(1)",                             "tag",             "text"],
    ["</textarea><b>x",                                "tag",             "text"],
    ["<svg/onload=alert(1)>",                          "tag",             "text"],
    ["<x:script>alert(1)</x:script>",                  "tag",             "text"],
    ["<object data=x>",                                "tag",             "text"],
    ["<frameset>",                                     "tag",             "text"],
    ["+ADw-script+AD4-alert(1)",                       "tag",             "text"],
    ["<img src=x onerror=alert(1)>",                   "event attribute", "text"],
    ["<x onsomethingnew=alert(1)>",                    "event attribute", "text"],
    ["<img\nsrc='x'onerror\n=\nalert(1)",              "event attribute", "text"],
    ["<img alt=\"<a title='\" src=x onerror=alert(1)>", "event attribute", "text"],
    ["\" onfocus=alert(1) autofocus=\"",               "event attribute", "double-quoted value"],
    ["' onfocus=alert(1) autofocus='",                 "event attribute", "single-quoted value"],
    ["` onfocus=alert(1) x=`",                         "event attribute", "back-quoted value"],
    ["x onfocus=alert(1) autofocus",                   "event attribute", "unquoted value"],
    ["<a href=javascript:alert(1)>",                   "script URL",      "text"],
    ["<a href=\"java\tscript&colon;alert(1)\">",       "script URL",      "text"],
    ["<form action='&#x6A;avascript:alert(1)'>",       "script URL",      "text"],
    ["javascript:alert(1)",                            "script URL",      "unquoted value"],
    ["data:text/html,<b>x",                            "script URL",      "unquoted value"],
    ["see x:javascript:alert(1) here",                 "script URL",      "text"],
    ["<p style=\"width:expression(alert(1))\">",       "style",           "text"],
    ["\" style=\"behavior:url(x)",                     "style",           "double-quoted value"],
    ["<iframe srcdoc=x>",                              "tag",             "text"],
    ["<p http-equiv=refresh>",                         "attribute",       "text"],
    ["<!DOCTYPE html>",                                "doctype",         "text"],
    ["<!--[if IE]>x<![endif]-->",                      "comment",         "text"],
    ["<?xml-stylesheet href=x?>",                      "comment",         "text"],
    ["<!-- `<img src=x> -->",                          "comment",         "text"],
    ["';alert(1)//",                                   "script",          "text"],
    ["{{constructor.constructor('alert(1)')()}}",      "script",          "text"],
    ["${alert(1)}",                                    "script",          "text"],
    ["alert`1`",                                       "script",          "text"],
    ["top['al'+'ert'](1)",                             "script",          "text"],
  ])("%s", (value, kind, state) => {
    const seen = explainXss(value);
    expect({ kind: seen.reason?.kind, state: seen.state, verdict: detectXss(value) }).toEqual({ kind, state, verdict: true });
    expect(value.slice(seen.reason!.start, seen.reason!.end)).toBe(seen.reason!.text);
  });
});

describe("values that are not", () => {
  test.each([
    "<3 you", "a<b", "x < y && y > z", "<b>bold</b> and <i>more</i>", "<p class=x>text</p>", "<a href=\"https://example.com\">x</a>", "Array<object>", "Promise<style>",
    "filter=limit 2&style=red", "online=1&one=2&once=3", "javascript: the good parts", "data: 5", "https://example.com/?a=1", "if (x) alert", "the `alert` and `eval` functions", "`redirect(status, location)` and `fetch`",
    "const onEnd = (x) => y", "onEnd === null", "{\"onclick\": \"no\"}", "O'Brien; 'x'", "C:\\dir\\x3c", "<!-- a comment -->", "f(x) = 2", "<", "</", "<!", "<!-", "&#", "", "\0",
  ])("%s", (value) => {
    expect(explainXss(value)).toMatchObject({ verdict: false, matchedData: [] });
    expect(detectXss(value)).toBe(false);
  });
});

test("AWS's logs show what opened the tag, and its name", () => {
  expect(explainXss("<frameset>")).toEqual({
    verdict: true,
    state: "text",
    tokens: [{ kind: "tag", text: "frameset", start: 1, end: 9 }],
    reason: { kind: "tag", text: "frameset", start: 1, end: 9 },
    matchedData: ["<", "frameset"],
  });
});

test.each([
  // text                          scheme ends at
  ["javascript:x",                  11],
  ["  JAVA\nSCRIPT:x",              14],
  ["&#106;avascript:x",             16],
  ["&#x6A;avascript&colon;x",       22],
  ["vbscript:x",                     9],
  ["feed:feed:javascript:x",        21],
  ["https://x",                     -1],
  ["java:x",                        -1],
  ["javascript",                    -1],
  ["&bogus;:javascript",            -1],
])("scheme of %s", (text, end) => {
  expect(scriptScheme(text, 0, text.length)).toBe(end);
});

/** Unit cases of another engine of this kind, read in place beside the repository. Names of tags and attributes must agree. */
const units = fileURLToPath(new URL("../../../../../../shared/waf-corpus/libinjection-units.jsonl", import.meta.url));
describe.runIf(existsSync(units))("unit cases of HTML's tokens", () => {
  const cases = existsSync(units) ? readFileSync(units, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line) as { type: string; input: string; expected: string[] }) : [];
  const kinds: Record<string, string> = { TAG_NAME_OPEN: "tag", ATTR_NAME: "attribute", ATTR_VALUE: "value", TAG_COMMENT: "comment" };
  test.each(cases.filter(({ type }) => type === "html5"))("$input", ({ input, expected }) => {
    const wanted = expected.map((line) => /^(\w+),\d+,(.*)$/s.exec(line)!).filter(([, state]) => state in kinds).map(([, state, text]) => `${kinds[state]} ${text}`);
    const reader = new HtmlReader();
    reader.begin(input, 0);
    const seen: string[] = [];
    const shown: Record<number, string> = { 2: "tag", 4: "attribute", 5: "value", 6: "comment", 8: "comment" };
    while (reader.next()) if (shown[reader.kind]) seen.push(`${shown[reader.kind]} ${input.slice(reader.start, reader.end)}`);
    expect(seen).toEqual(wanted);
  });
});
