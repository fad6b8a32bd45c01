import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesOf } from "../inspect/bytes";
import { compile } from "../inspect/compile";
import { bytes, rule, webAcl } from "../inspect/inspect.test-helper";
import { type HttpMessage, type HttpVersion, limits, readCurl, readForm, readHttp, readRequest, shown, wafRequest, writeCurl, writeHttp } from "./index";

const seed = 20261130;

describe("raw HTTP", () => {
  const plain = { method: "GET", uri: "/", httpVersion: "HTTP/1.1", headers: [["Host", "example.com"]] };
  test.each<[string, Partial<HttpMessage>, string[]?]>([
    ["GET / HTTP/1.1\r\nHost: example.com\r\n\r\n", plain as HttpMessage],
    ["GET / HTTP/1.1\nHost: example.com", plain as HttpMessage],
    ["\n\nGET / HTTP/1.1\nHost: example.com\n\n\n", plain as HttpMessage],
    ["\ufeffGET / HTTP/1.1\nHost:   example.com \n\n", plain as HttpMessage],
    ["GET /\nHost: example.com\n", plain as HttpMessage, ["HTTP/1.1 is taken"]],
    ["GET /?id=1' OR 1=1-- HTTP/1.1\nHost: a\n\n", { uri: "/?id=1'%20OR%201=1--" }, ["%20"]],
    ["GET https://example.com/a?b HTTP/2\n\n", { uri: "/a?b", httpVersion: "HTTP/2.0", headers: [["Host", "example.com"]] }],
    ["GET http://example.com HTTP/1.0\n\n", { uri: "/", httpVersion: "HTTP/1.0", scheme: "http" }],
    ["POST / HTTP/1.1\nHost: a\nContent-Length: 3\n\nabc\n", { body: "abc" }],
    ["POST / HTTP/1.1\nHost: a\nContent-Length: 3\n\nabcdef", { body: "abcdef", headers: [["Host", "a"], ["Content-Length", "6"]] }, ["true length"]],
    ["POST / HTTP/1.1\nHost: a\n\nabc", { body: "abc", headers: [["Host", "a"], ["Content-Length", "3"]] }, ["was added"]],
    ["POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n3\nabc\n2;x=y\nde\n0\n\n", { body: "abcde" }],
    ["POST /é HTTP/1.1\nHost: a\n\né", { uri: "/Ã©", body: "Ã©" }, ["Content-Length: 2"]],
    ["OPTIONS * HTTP/1.1\nHost: a\n\n", { method: "OPTIONS", uri: "*" }],
    ["GET / HTTP/1.1\nA: 1\n\n", { headers: [["A", "1"]] }, ["no Host header"]],
    [":method: POST\n:authority: example.com\n:scheme: https\n:path: /a?b\naccept: */*\n\nbody", { method: "POST", uri: "/a?b", httpVersion: "HTTP/2.0", headers: [["host", "example.com"], ["accept", "*/*"], ["Content-Length", "4"]], body: "body" }, ["was added"]],
    [":authority\nexample.com\n:method\nGET\n:path\n/a b\n:scheme\nhttp\naccept\n*/*\n", { uri: "/a%20b", scheme: "http", headers: [["host", "example.com"], ["accept", "*/*"]] }, ["%20"]],
  ])("%j", (text, message, notes = []) => {
    const read = readHttp(text);
    expect(read).toMatchObject({ ok: true, value: { message, notes: notes.map((note) => expect.stringContaining(note) as string) } });
  });

  test.each<[string | Uint8Array, string, number?, number?]>([
    ["", "no request here", 1, 1],
    ["GET", "comes the address", 1, 4],
    ["G\u00c4T / HTTP/1.1", "no method", 1, 1],
    ["GET HTTP/1.1", "address is missing", 1, 4],
    ["GET index.html HTTP/1.1", "begin with /", 1, 5],
    ["GET /\0 HTTP/1.1", "%00", 1, 5],
    ["GET / HTTP/9", "no version", 1, 7],
    ["GET http://a b/ HTTP/1.1", "is no host", 1, 5],
    ["GET / HTTP/1.1\nHost example.com", "no colon", 2, 1],
    ["GET / HTTP/1.1\nA: b\n c", "joined", 3, 1],
    ["GET / HTTP/1.1\nA : b", "delete it", 2, 1],
    ["GET / HTTP/1.1\n: b", "needs a name", 2, 1],
    ["GET / HTTP/1.1\nÄ: b", "no header name", 2, 1],
    ["GET / HTTP/1.1\nA: b\0c", "NUL", 2, 3],
    ["GET / HTTP/1.1\nA: b\rc", "line end", 2, 3],
    ["GET / HTTP/1.1\né: \ud800", "lone surrogate", 2, 4],
    ["POST / HTTP/1.1\nContent-Length: 1\nContent-Length: 2\n\na", "different values"],
    ["POST / HTTP/1.1\nContent-Length: -1\n\na", "no number"],
    ["POST / HTTP/1.1\nContent-Length: 1\nTransfer-Encoding: chunked\n\na", "smuggling"],
    ["POST / HTTP/1.1\nTransfer-Encoding: gzip\n\na", "must end with chunked"],
    ["POST / HTTP/1.1\nTransfer-Encoding: chunked\n\nabc!", "no chunk's size"],
    ["POST / HTTP/1.1\nTransfer-Encoding: chunked\n\nff\nabc", "3 bytes follow"],
    ["POST / HTTP/1.1\nTransfer-Encoding: chunked\n\n2\nabc\n0\n", "line must end"],
    [":method: GET\n:path: a", "begin with /", 2, 1],
    [":method: GET", ":path is missing", 1, 1],
    [":method: GET\n:method: PUT", "twice", 2, 1],
    [":method: GET\na: b\n:path: /", "move it to the top", 3, 1],
    [":status: 200", "no pseudo-header", 1, 1],
    [":method: GET\n:path: /\n:authority: a\nhost: b", "differ", 3, 1],
    [":method: GET\n:path: /\n:scheme: ftp", "no scheme", 3, 1],
    [":method\nGET\n:path", "on the line after", 3, 1],
    [`GET /${"a".repeat(limits.uri)} HTTP/1.1`, "65,537 bytes", 1, 5],
    [`GET / HTTP/1.1\nA: ${"b".repeat(1_048_576)}`, "1,048,576 bytes", 2, 3],
    [`GET / HTTP/1.1\n${"A: b\n".repeat(limits.headers + 1)}`, "more than 1,000 headers", 1_002, 1],
    [`POST / HTTP/1.1\nHost: a\n\n${"b".repeat(limits.body + 1)}`, "up to 1,048,576 bytes"],
    ["a".repeat(limits.source + 1), "shorten it"],
    [Uint8Array.of(71, 69, 84, 32, 0xff), "begin with /", 1, 5],
  ])("%#: a text is refused", (text, says, line, column) => {
    const read = readHttp(text);
    expect(read.ok).toBe(false);
    if (read.ok) return;
    expect(read.problem.message).toContain(says === "joined" ? "join it" : says);
    expect([read.problem.line, read.problem.column]).toEqual([line, column]);
    expect(read.problem.message).toMatch(/\.$/);
  });

  test("JSON of any depth is bytes, and inspection reads it", () => {
    const deep = "[".repeat(10_000);
    const read = readHttp(`POST / HTTP/1.1\nHost: a\n\n${deep}`);
    if (!read.ok) throw new Error(read.problem.message);
    const acl = compile(webAcl([rule("json", bytes("x", { JsonBody: { MatchPattern: { All: {} }, MatchScope: "ALL" } }))]));
    expect(acl.inspect(wafRequest(read.value.message, { ip: "192.0.2.1" }, { source: "ALB", timestamp: 0 })).action).toBe("ALLOW");
  });
});

test.each([
  ['Invoke-WebRequest -Uri "https://example.com/"', "cURL"],
  ['fetch("https://example.com/", { "method": "GET" });', "cURL"],
  ['{ "log": { "version": "1.2" } }', "cURL"],
  ["HTTP/1.1 200 OK\nServer: a", "an answer"],
])("what is no request is named: %s", (text, says) => {
  expect(readRequest(text)).toMatchObject({ ok: false, problem: { message: expect.stringContaining(says) as string } });
});

test.each(["GET / HTTP/1.1\nHost: a\n", "curl https://a/", "$ curl https://a/", "/usr/bin/curl 'https://a/'", 'curl.exe ^"https://a/^"', ":method: GET\n:path: /\n:authority: a\n"])("pasted as it is: %j", (text) => {
  expect(readRequest(text)).toMatchObject({ ok: true, value: { message: { method: "GET", uri: "/", headers: expect.arrayContaining([[expect.stringMatching(/^host$/i), "a"]]) as unknown } } });
});

test.each([
  [{}, { ok: true, value: { message: { method: "POST", uri: "/a%20b?q=1", headers: [["Host", "a"], ["Content-Length", "2"]], body: "\xc3\xa9" }, client: { ip: "192.0.2.1", country: "DE" }, notes: ["Blanks in the address are sent as %20, as a browser does it.", "Content-Length: 2 was added, as every client sends it with a body."] } }],
  [{ country: "", query: "", body: "", method: "get ", path: "/" }, { ok: true, value: { message: { method: "get", uri: "/" }, client: { ip: "192.0.2.1" } } }],
  [{ clientIp: "192.0.2.256" }, { ok: false, problem: { field: "clientIp" } }],
  [{ country: "D" }, { ok: false, problem: { field: "country" } }],
  [{ method: "" }, { ok: false, problem: { field: "method" } }],
  [{ path: "a" }, { ok: false, problem: { field: "path" } }],
  [{ path: "/?a" }, { ok: false, problem: { field: "path" } }],
  [{ query: "a\tb" }, { ok: false, problem: { field: "query" } }],
  [{ headers: [{ name: "A", value: "1" }, { name: "B c", value: "1" }] }, { ok: false, problem: { field: "headers.1" } }],
  [{ body: "a".repeat(limits.body + 1) }, { ok: false, problem: { field: "body" } }],
])("%#: a form", (change, outcome) => {
  const form = { method: "POST", path: "/a b", query: "?q=1", headers: [{ name: "Host", value: "a" }, { name: "", value: "" }], body: "é", clientIp: " 192.0.2.1", country: "de" };
  expect(readForm({ ...form, ...change })).toMatchObject(outcome);
});

const byte = (from: number, to: number) => fc.integer({ min: from, max: to }).map((code) => String.fromCharCode(code));
const text = (max: number, ...ranges: [number, number][]) => fc.array(fc.oneof(...ranges.map(([from, to]) => byte(from, to))), { maxLength: max }).map((chars) => chars.join(""));
const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9!#$%&'*+.^_`|~-]{0,12}$/).filter((each) => !/^(host|content-length|transfer-encoding)$/i.test(each));
const value = text(30, [0x20, 0x7e], [0x01, 0x1f], [0x80, 0xff]).map((each) => each.replace(/[\r\n]/g, "").replace(/^[ \t]+|[ \t]+$/g, ""));

/** A message as every reader gives it. `noNul`: one that a command line carries. */
const message = (noNul: boolean) =>
  fc.record({
    method: fc.constantFrom("GET", "POST", "HEAD", "PUT", "M-SEARCH", "a'b"),
    path: text(20, [0x21, 0x3e], [0x40, 0x7e], [0x80, 0xff]),
    httpVersion: fc.constantFrom<HttpVersion>("HTTP/1.0", "HTTP/1.1", "HTTP/2.0", "HTTP/3.0"),
    host: fc.constantFrom("example.com", "[::1]:8443", "no host at all"),
    scheme: fc.constantFrom("http" as const, undefined),
    others: fc.array(fc.tuple(name, value), { maxLength: 6 }),
    body: text(40, [noNul ? 1 : 0, 0x7f], [0x0a, 0x0d], [0x80, 0xff]),
    chunked: fc.boolean(),
    query: fc.option(text(20, [0x21, 0x7e], [0x80, 0xff])),
  }).map(({ method, path, httpVersion, host, scheme, others, body, chunked, query }): HttpMessage => {
    const length: [string, string][] = chunked ? [["Transfer-Encoding", "chunked"]] : body ? [["Content-Length", String(body.length)]] : [];
    return { method, uri: `/${path}${query === null ? "" : `?${query}`}`, httpVersion, headers: [["Host", host], ...others, ...length], ...(body && { body }), ...(scheme && host !== "no host at all" && { scheme }) };
  });

describe("writing, then reading, gives the same request", () => {
  test(`raw HTTP (seed ${seed})`, () => {
    fc.assert(fc.property(message(false), (each) => {
      expect(readHttp(bytesOf(writeHttp(each)))).toEqual({ ok: true, value: { message: each, notes: [] } });
    }), { seed, numRuns: 500 });
  });
  test(`raw HTTP as text, where it is text (seed ${seed})`, () => {
    fc.assert(fc.property(message(false), (each) => {
      const readable = shown(writeHttp(each));
      if (readable !== undefined) expect(readRequest(readable)).toMatchObject({ ok: true, value: { message: each } });
    }), { seed, numRuns: 500 });
  });
  test(`curl (seed ${seed})`, () => {
    fc.assert(fc.property(message(true), (each) => {
      const written = writeCurl(each);
      expect(written).toMatchObject({ ok: true });
      if (written.ok) expect(readRequest(written.value)).toEqual({ ok: true, value: { message: each, notes: [] } });
    }), { seed, numRuns: 500 });
  });
  test(`whatever was read (seed ${seed})`, () => {
    const lines = fc.array(fc.oneof(fc.constantFrom("GET / HTTP/1.1", "Host: a", "Content-Length: 4", "Transfer-Encoding: chunked", "", "2", "ab", "0", ":method: GET", ":path: /x", ":authority: a", "A: b\r", "a: \u00e9"), fc.string({ maxLength: 12 })), { maxLength: 12 }).map((all) => all.join("\n"));
    let read = 0;
    fc.assert(fc.property(lines, (source) => {
      const first = readHttp(source);
      if (!first.ok) return;
      read++;
      expect(readHttp(bytesOf(writeHttp(first.value.message)))).toMatchObject({ ok: true, value: { message: first.value.message } });
    }), { seed, numRuns: 3_000, examples: [["GET / HTTP/1.1\nHost: a\n\nx"]] });
    expect(read).toBeGreaterThan(20);
  });
});

describe("never a throw, never a hang, and every problem is a sentence", () => {
  const alphabet = ["'", '"', "\\", "$'", "^", "\n", " ", "-H", "-d", "curl ", "https://a/", "@", "=", ";", "&", "--data-urlencode", "-F", "\\x", "\ud800", "\0", "é", "{", "[", "%", ":", "-"];
  test(`anything that is pasted (seed ${seed})`, () => {
    const anything = fc.oneof(fc.string({ unit: "binary" }), fc.array(fc.constantFrom(...alphabet), { maxLength: 30 }).map((all) => all.join("")), fc.array(fc.constantFrom(...alphabet), { maxLength: 30 }).map((all) => `curl ${all.join("")}`), fc.uint8Array());
    fc.assert(fc.property(anything, (source) => {
      for (const read of [readHttp(source), readCurl(source, "sh"), readCurl(source, "cmd"), readRequest(source)]) if (!read.ok) expect(read.problem.message).toMatch(/^[A-Z"].*\.$/s);
    }), { seed, numRuns: 800 });
  });
  test.each(["'", '"', "\\", "^", "$'", "a ", "-H 'a: b' ", "[", "\n", "-d a ", "x:", ":a: b\n", "%", "\\\n", '\\"', "/../", "-", "&"])("half a megabyte of %j in seconds", (piece) => {
    const size = Math.floor((512 * 1_024) / piece.length);
    const begun = performance.now();
    readHttp(piece.repeat(size));
    readHttp(`GET /${piece.repeat(size)}`);
    readCurl(`curl ${piece.repeat(size)}`, "sh");
    readCurl(`curl ${piece.repeat(size)}`, "cmd");
    readCurl(`curl 'https://a${piece.replaceAll("'", "").repeat(size)}'`, "sh");
    expect(performance.now() - begun).toBeLessThan(8_000); // a step that is not linear takes minutes;
  });
});
