import { describe, expect, test } from "vitest";
import vectors from "./vectors/curl.json";
import { readCurl } from "./curl";
import { readHttp } from "./http";
import { writeCurl, writeHttp } from "./write";

/** Recorded from curl 7.88.1 run by bash; boundaries of forms are chance there and counted here. */
const boundary = /-{24}[0-9a-f]{16}/g;
const settled = (text: string): string => text.replace(boundary, "BOUNDARY");

/** curl drops it without a word; a learner has mistyped it, so it is refused. */
const strange = "header without colon";

describe("what the real curl sends", () => {
  test.each(vectors.filter(({ sent, name }) => sent && name !== strange))("$name: $command", ({ command, sent }) => {
    const read = readCurl(command);
    const wire = readHttp(Uint8Array.from(sent, (char) => char.charCodeAt(0)));
    expect(read).toMatchObject({ ok: true });
    expect(wire).toMatchObject({ ok: true });
    if (!read.ok || !wire.ok) return;
    const { scheme, ...message } = read.value.message;
    expect(scheme).toBe("http");
    expect(settled(writeHttp(message))).toBe(settled(writeHttp(wire.value.message)));
  });
  test.each(vectors.filter(({ sent, name }) => !sent || name === strange))("refused: $command", ({ command }) => {
    expect(readCurl(command)).toMatchObject({ ok: false });
  });
});

describe("cmd, as browsers copy it", () => {
  test.each([
    ['curl ^"https://shop.example.com/api?a=1^&b=2^" ^\n  -H ^"accept: */*^" ^\n  --data-raw ^"^{^\\^"name^\\^":^\\^"O\'Brien^\\^"^}^"', "/api?a=1&b=2", '{"name":"O\'Brien"}'],
    ['curl "https://shop.example.com/x" --data-raw "{\\"a\\": \\"^\\"}" -H "A: b" ^\n -s', "/x", '{"a": ""}'],
    ['curl ^"https://shop.example.com/x^" --data-raw ^"a^\n\nb^"', "/x", "a\nb"],
    ['curl.exe ^"https://shop.example.com/100^%^25^" -d "c:\\\\dir\\\\" -d "x""y"', "/100%25", 'c:\\\\dir\\&x"y'],
  ])("%s", (command, uri, body) => expect(readCurl(command)).toMatchObject({ ok: true, value: { message: { uri, body } } }));
});

describe("each problem is one sentence that says what to do, and where", () => {
  test.each([
    ["curl", "no address", undefined],
    ["wget https://example.com/", "begin with curl", 1],
    ["curl https://example.com/?a=1&b=2", "single quotes", 30],
    ["curl https://example.com/ -d @secret.json", "write its content", 30],
    ["curl https://example.com/ --data-urlencode name@file", "write its content", 44],
    ["curl https://example.com/ -F a=@file", "write its content", 30],
    ["curl https://example.com/ -H @file", "write its content", 30],
    ["curl https://example.com/ -b jar.txt", "write -b", 30],
    ["curl https://example.com/ -u ann", "user:password", 30],
    ["curl https://example.com/ -H 'X: $HOME' -d \"$HOME\"", "variable", 45],
    ["curl https://example.com/ -d `id`", "back-quote", 30],
    ["curl https://example.com/ | jq .", "another command", 27],
    ["curl https://example.com/ > out", "writes a file", 27],
    ["curl https://example.com/ -d 'abc", "never closed", 30],
    ['curl https://example.com/ -d "abc', "never closed", 30],
    ["curl https://example.com/ --frobnicate", "take it out", 27],
    ["curl https://example.com/ --request=PUT", "after a blank", 27],
    ["curl https://example.com/ -Z", "take it out", 27],
    ["curl https://example.com/ -H", "needs a value", 27],
    ["curl https://example.com/ -H 'abc'", "no colon", 30],
    ["curl https://example.com/ -X 'P T'", "no method", 30],
    ["curl https://example.com/ https://example.org/", "keep one", 27],
    ["curl 'https://example.com/a b'", "%20", 6],
    ["curl 'https://example.com/{a,b}'", "--globoff", 6],
    ["curl ftp://example.com/", "not HTTP", 6],
    ["curl https://exa$mple.com/", "variable", 17],
    ["curl 'https://exam ple'", "%20", 6],
    ["curl https://example.com/ -d a -F b=c", "keep one", undefined],
    ["curl https://example.com/ -I -d a", "no data with -I", undefined],
    ["curl https://example.com/\ncurl https://example.org/", "ended on the line before", 1],
    ['curl ^"https://example.com/^" & dir', "means something to cmd", 31],
    ['curl ^"https://example.com/', "never closed", 7],
  ])("%s", (command, says, column) => {
    const read = readCurl(command);
    expect(read).toMatchObject({ ok: false });
    if (read.ok) return;
    const { message, column: at } = read.problem;
    expect(message).toContain(says);
    expect(at).toBe(column);
    expect(message).toMatch(/[^.]\.$/);
  });
});

test("what cannot go through a command line is refused by name", () => {
  expect(writeCurl({ method: "POST", uri: "/", httpVersion: "HTTP/1.1", headers: [["Host", "a"], ["Content-Length", "1"]], body: "\0" })).toMatchObject({ ok: false, problem: { message: expect.stringContaining("NUL") as string } });
  expect(writeCurl({ method: "GET", uri: "/", httpVersion: "HTTP/1.1", headers: [["Host", "a"], ["Host", "b"]] })).toMatchObject({ ok: false });
});

test("a boundary that no part holds, also where a part holds very many", () => {
  const many = Array.from({ length: 10_000 }, (_, at) => "-".repeat(24) + String(at + 1).padStart(16, "0")).join(" ");
  const read = readCurl(`curl https://example.com/ -F 'a=${many}'`);
  if (!read.ok) throw new Error(read.problem.message);
  const boundary = /boundary=(.*)$/.exec(read.value.message.headers.find(([name]) => name === "Content-Type")![1])![1];
  expect(boundary).toBe(`${"-".repeat(24)}0000000000010001`);
  expect(read.value.message.body!.split(boundary)).toHaveLength(3);
});
