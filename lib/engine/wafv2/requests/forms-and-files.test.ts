import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { utf8 } from "../inspect/bytes";
import { type HttpMessage, readForm } from "./index";
import { keepLineEnds } from "./line-ends";
import type { SavedRequest } from "./saved";
import { readSet, writeSet } from "./set-file";
import { showBytes } from "./show-bytes";
import { writeForm } from "./write-form";

const client = { ip: "192.0.2.10", country: "DE" };
const message = (more: Partial<HttpMessage> = {}): HttpMessage => ({ method: "GET", uri: "/", httpVersion: "HTTP/1.1", headers: [["Host", "a"]], ...more });

describe("a request as a form", () => {
  test.each<[string, HttpMessage]>([
    ["plain", message()],
    ["a query", message({ uri: "/a?b=c&d=%27?e" })],
    ["the empty query is none", message({ uri: "*", method: "OPTIONS" })],
    ["a body", message({ method: "POST", headers: [["Host", "a"], ["Content-Length", "3"]], body: "a=b" })],
    ["text", message({ method: "POST", headers: [["Host", "a"], ["X", utf8("é")], ["Content-Length", "6"]], body: utf8("é\r\n\r\n") })],
  ])("%s: comes back the same", (_, sent) => {
    const form = writeForm(sent, client);
    expect(form.ok && readForm(form.value)).toMatchObject({ ok: true, value: { message: sent, client } });
  });
  test.each<[Partial<HttpMessage>, string]>([
    [{ httpVersion: "HTTP/2.0" }, "HTTP/2.0"],
    [{ scheme: "http" }, "over http"],
    [{ headers: [["Host", "a"], ["Transfer-Encoding", "chunked"]], body: "a" }, "chunks"],
    [{ uri: "/\xff" }, "bytes that are none"],
    [{ uri: "/?" }, "byte for byte"],
    [{ uri: utf8("/\u00a0") }, "byte for byte"],
  ])("%j is refused", (more, says) => {
    const form = writeForm(message(more), client);
    expect(form.ok ? "taken" : form.problem.message).toContain(says);
  });
});

describe("line ends that a field took away", () => {
  test.each<[string, string, string]>([
    ["a\r\nb\r\n\r\nc", "a\nb\n\nc", "a\r\nb\r\n\r\nc"],
    ["a\r\nb\r\n\r\nc", "a\nbb\n\nc", "a\r\nbb\r\n\r\nc"],
    ["a\r\nb\r\n\r\nc", "a\nx\nb\n\nc", "a\r\nx\r\nb\r\n\r\nc"],
    ["a\r\n\r\nc\nd\ne", "a\n\nc\nd2\ne", "a\r\n\r\nc\nd2\ne"],
    ["a\r\n\r\nc\nd\ne", "a\n\nc\nd\nnew\ne", "a\r\n\r\nc\nd\nnew\ne"],
    ["a\r\n\r\nc\nd\ne", "c\nd\ne", "c\nd\ne"],
    ["a\rb", "a\nb", "a\rb"],
    ["a\r\nb", "", ""],
    ["a\r\nb\r\n", "x\ny\n", "x\ny\n"],
    ["a\nb", "a\nc", "a\nc"],
    ["a\r\nb", "x\r\ny", "x\r\ny"],
    ["a", "a\nb", "a\nb"],
  ])("%j, typed %j", (before, typed, kept) => expect(keepLineEnds(before, typed)).toBe(kept));
  test("nothing but line ends is ever changed, and untouched text comes back as it was", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", "\r\n", "\n"), maxLength: 30 });
    const flat = (value: string): string => value.replace(/\r\n?/g, "\n");
    fc.assert(fc.property(text, text, (before, after) => flat(keepLineEnds(before, flat(after))) === flat(after) && keepLineEnds(before, flat(before)) === before), { seed: 31, numRuns: 500 });
  });
});

describe("bytes for people", () => {
  const written = (...given: Parameters<typeof showBytes>) => showBytes(...given).pieces.map(({ text, hit }) => (hit ? `[${text}]` : text)).join("");
  test.each<[string, string]>([
    ["plain <b>&amp;", "plain <b>&amp;"],
    ["a\0b\x1b[31m", "a\\x00b\\x1b[31m"],
    ["a\tb\r\n", "a\\tb\\r\\n"],
    [utf8("é€😀"), "é€😀"],
    ["\xff\xc3", "\\xff\\xc3"],
    [utf8("a\u202eb\u200bc\u00a0d\ufeff"), "a\\u{202e}b\\u{200b}c\\u{a0}d\\u{feff}"],
    ["\xed\xa0\x80\xc0\xaf", "\\xed\\xa0\\x80\\xc0\\xaf"],
    ["\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"],
  ])("%j", (bytes, text) => expect(written(bytes)).toBe(text));
  test("spans are marked, and a long text is cut around the first", () => {
    expect(written("0123456789", [{ start: 2, end: 4 }, { start: 6, end: 7 }])).toBe("01[23]45[6]789");
    const long = showBytes(`${"a".repeat(1_000)}HIT${"b".repeat(1_000)}`, [{ start: 1_000, end: 1_003 }], 90);
    expect(long.pieces).toEqual([{ text: "a".repeat(30), kind: "text", hit: false }, { text: "HIT", kind: "text", hit: true }, { text: "b".repeat(57), kind: "text", hit: false }]);
    expect([long.before, long.after]).toEqual([970, 943]);
    expect(showBytes("a".repeat(100), [], 40, 5_000)).toMatchObject({ before: 0, after: 4_960 });
  });
  test("any bytes: each is shown or counted, and nothing that acts is left", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.nat({ max: 255 }).map((code) => String.fromCharCode(code)), maxLength: 60 }), fc.nat({ max: 70 }), fc.nat({ max: 20 }), (bytes, start, size) => {
        const { pieces, before, after } = showBytes(bytes, [{ start, end: start + size }], 25);
        const text = pieces.map((each) => each.text).join("");
        expect(text).not.toMatch(/[\p{C}]/u);
        expect(before + after).toBeLessThanOrEqual(bytes.length);
        expect(before === 0 && after === 0 ? bytes.length <= 28 : bytes.length > 20).toBe(true);
      }),
      { seed: 32, numRuns: 500 },
    );
  });
});

describe("requests as a file", () => {
  const saved: SavedRequest = { id: "own-1", title: "Mine", kind: "sqli", harmful: true, why: "", message: message({ uri: "/?a=%27", body: "\0\xff", headers: [["Host", "a"], ["Content-Length", "2"]] }), client };
  test("what is written is read", () => expect(readSet(writeSet([saved, { ...saved, id: "own-2", client: undefined }]))).toEqual({ ok: true, value: [saved, { ...saved, id: "own-2", client: undefined }] }));
  const file = (more: object): string => JSON.stringify({ format: "keyhole-waf-requests", version: 1, requests: [saved, { ...saved, id: "b", ...more }] });
  test.each<[string, string]>([
    ["", "no JSON"],
    ["null", "holds no requests"],
    ["[]", "holds no requests"],
    [`{"format":"keyhole-waf-requests","version":2,"requests":[]}`, "version"],
    ["[".repeat(100_000) + "]".repeat(100_000), "holds no requests"],
    [JSON.stringify({ format: "keyhole-waf-requests", version: 1, requests: Array(501).fill(saved) }), "more than 500"],
    [file({ id: "own-1" }), "Request 2 has an id that another one has"],
    [file({ id: "A" }), "Request 2 has no id"],
    [file({ title: " " }), "Request 2 needs a title"],
    [file({ title: "a".repeat(61) }), "60 characters"],
    [file({ kind: "constructor" }), "Request 2 is of no known kind"],
    [file({ harmful: "yes" }), "whether it is harmful"],
    [file({ why: 1 }), "Request 2 needs a why"],
    [file({ message: null }), "cannot be sent"],
    [file({ message: { ...saved.message, uri: "/ a" } }), "cannot be sent"],
    [file({ message: { ...saved.message, uri: "/\u0100" } }), "cannot be sent"],
    [file({ message: { ...saved.message, headers: [["Host", "a\r\nb: c"]] } }), "cannot be sent"],
    [file({ message: { ...saved.message, headers: [["Host", "a"], ["Content-Length", "7"]] } }), "cannot be sent"],
    [file({ client: { ip: "elsewhere" } }), "Request 2: \"elsewhere\" is no IP address"],
    [file({ client: [] }), "without an address"],
  ])("%#: another file is refused", (text, says) => {
    const read = readSet(text);
    expect(read.ok ? "taken" : read.problem.message).toContain(says);
  });
});
