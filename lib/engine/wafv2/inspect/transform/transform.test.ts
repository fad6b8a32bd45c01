import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { transform, transformAll } from "./index";
import { transformationTypes, type TransformationType } from "../types";

const wide = "ｓｃ"; // U+FF53 U+FF43
const utf8 = (text: string): string => Buffer.from(text, "utf8").toString("latin1");

test.each<[TransformationType, string, string]>([
  ["NONE", "a%41", "a%41"],
  ["COMPRESS_WHITE_SPACE", "a \t\n\r\v\f\xa0 b", "a b"],
  ["COMPRESS_WHITE_SPACE", "ab", "ab"],
  ["HTML_ENTITY_DECODE", "&lt;script&gt;&quot;&nbsp;", '<script>"\xa0'],
  ["HTML_ENTITY_DECODE", "&#60;&#x3c;&#X3C;", "<<<"],
  ["HTML_ENTITY_DECODE", "&amp;&lt &bogus;&#;&#x;&", "&amp;&lt &bogus;&#;&#x;&"],
  ["HTML_ENTITY_DECODE", "&#0000000000000000000000060;", "<"],
  ["LOWERCASE", "AbC\xc4", "abc\xc4"],
  ["CMD_LINE", 'C^md "/c" DIR', "cmd/c dir"],
  ["CMD_LINE", "a  (b),;c", "a(b) c"],
  ["CMD_LINE", "cat /etc/passwd", "cat/etc/passwd"],
  ["URL_DECODE", "%3Cscript%3e+x", "<script> x"],
  ["URL_DECODE", "%2527", "%27"],
  ["URL_DECODE", "100%,%4,%zz,%u0041,%", "100%,%4,%zz,%u0041,%"],
  ["URL_DECODE", "%2b", "+"],
  ["URL_DECODE_UNI", "%u0041%41+%uFF1cx", "AA <x"],
  ["URL_DECODE_UNI", "%u12", "%u12"],
  ["URL_DECODE_UNI", "%u0141", "A"],
  ["BASE64_DECODE", "PHNjcmlwdD4=", "<script>"],
  ["BASE64_DECODE", "PHNj cmlwdD4=", "<sc"],
  ["BASE64_DECODE_EXT", "PHNj.cm lwdD4=", "<script>"],
  ["HEX_DECODE", "414243", "ABC"],
  ["HEX_DECODE", "0x4142", "AB"],
  ["HEX_DECODE", "41424", "41424"],
  ["HEX_DECODE", "41xx", "41xx"],
  ["MD5", "", Buffer.from("d41d8cd98f00b204e9800998ecf8427e", "hex").toString("latin1")],
  ["MD5", "abc", Buffer.from("900150983cd24fb0d6963f7d28e17f72", "hex").toString("latin1")],
  ["REPLACE_COMMENTS", "un/**/ion/* a */ b", "un ion  b"],
  ["REPLACE_COMMENTS", "a/*b", "a "],
  ["REPLACE_COMMENTS", "a*/b", "a*/b"],
  ["REPLACE_COMMENTS", "/*/a", " "],
  ["ESCAPE_SEQ_DECODE", "\\a\\b\\f\\n\\r\\t\\v\\\\\\?\\'\\\"", "\x07\b\f\n\r\t\v\\?'\""],
  ["ESCAPE_SEQ_DECODE", "\\x41\\101\\0", "AA\0"],
  ["ESCAPE_SEQ_DECODE", "\\q\\xg\\8\\", "\\q\\xg\\8\\"],
  ["SQL_HEX_DECODE", "select 0x414243", "select ABC"],
  ["SQL_HEX_DECODE", "0x41424 0x 0xg", "AB4 0x 0xg"],
  ["CSS_DECODE", "ja\\vascript", "javascript"],
  ["CSS_DECODE", "\\6a\\61 va\\00003Cx", "java<x"],
  ["CSS_DECODE", "\\ff1c b", "<b"],
  ["CSS_DECODE", "a\\", "a\\"],
  ["JS_DECODE", "\\u003cscript\\x3e\\74\\n\\'", "<script><\n'"],
  ["JS_DECODE", "\\uff1c\\u0141\\q\\u12", "<Aqu12"],
  ["NORMALIZE_PATH", "/a//b/./c/../d", "/a/b/d"],
  ["NORMALIZE_PATH", "../a/../../b", "../../b"],
  ["NORMALIZE_PATH", "/a/..", "/"],
  ["NORMALIZE_PATH", "/a/b/", "/a/b/"],
  ["NORMALIZE_PATH_WIN", "\\a\\..\\b\\\\c", "/b/c"],
  ["REMOVE_NULLS", "a\0b\0", "ab"],
  ["REPLACE_NULLS", "a\0b", "a b"],
  ["UTF8_TO_UNICODE", utf8(`a${wide}é😀`), "a%uff53%uff43%u00e9%uf600"],
  ["UTF8_TO_UNICODE", "\xff\xc0\xaf\xe2\x82", "\xff\xc0\xaf\xe2\x82"],
])("%s %j", (type, before, after) => expect(transform[type](before)).toBe(after));

describe("several", () => {
  const list = [{ Priority: 2, Type: "HTML_ENTITY_DECODE" }, { Priority: 1, Type: "URL_DECODE" }] as const;
  test("runs by Priority, not by place", () => expect(transformAll("%26lt;", list)).toBe("<"));
  test("needs URL_DECODE twice for %2527", () => {
    const twice = [{ Priority: 0, Type: "URL_DECODE" }, { Priority: 1, Type: "URL_DECODE" }] as const;
    expect(transformAll("%2527", [twice[0]])).toBe("%27");
    expect(transformAll("%2527", twice)).toBe("'");
  });
});

const anyBytes = fc.string({ unit: fc.nat({ max: 255 }).map((code) => String.fromCharCode(code)), maxLength: 200 });
const hostile = fc.string({ unit: fc.constantFrom("%", "u", "\\", "&", "#", "x", "0", "4", "1", ";", "/", "*", ".", "=", "A", "+", "\0", "\xe2", "\x82", "\n"), maxLength: 60 });

test.each(transformationTypes)("%s: any bytes in, bytes out, nothing thrown", (type) => {
  fc.assert(
    fc.property(fc.oneof(anyBytes, hostile), (text) => {
      const out = transform[type](text);
      // eslint-disable-next-line no-control-regex
      return typeof out === "string" && /^[\0-\xff]*$/.test(out);
    }),
    { seed: 11, numRuns: 400 },
  );
});

test.each(transformationTypes)("%s: time is linear", (type) => {
  const slow = ["%", "%2", "\\", "&#", "&", "/*", "/.", "/..", "0x", "\\u00", " ", "\0", "+", "\xe2\x82", "a/"];
  for (const unit of slow) {
    const text = unit.repeat(Math.ceil(300_000 / unit.length));
    const start = performance.now();
    transform[type](text);
    // A quadratic one needs minutes.
    expect(performance.now() - start, unit).toBeLessThan(2_000);
  }
}, 30_000);
