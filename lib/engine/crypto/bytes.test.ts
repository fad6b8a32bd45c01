import { describe, expect, test } from "vitest";
import { seededPorts } from "../ports";
import {
  base64Length,
  boundedCache,
  concat,
  equalBytes,
  fromBase64,
  fromHex,
  isBase64,
  parseBase64,
  plainBase64,
  strictUtf8Text,
  toBase64,
  toHex,
  utf8,
  utf8Text,
} from "./bytes";

const { random } = seededPorts(1);

describe("base64", () => {
  // RFC 4648, 10
  test.each([
    ["", ""],
    ["f", "Zg=="],
    ["fo", "Zm8="],
    ["foo", "Zm9v"],
    ["foob", "Zm9vYg=="],
    ["fooba", "Zm9vYmE="],
    ["foobar", "Zm9vYmFy"],
  ])("%j is %j", (text, encoded) => {
    expect(toBase64(utf8(text))).toBe(encoded);
    expect(plainBase64.encode(utf8(text))).toBe(encoded);
    expect(utf8Text(fromBase64(encoded))).toBe(text);
    expect(utf8Text(plainBase64.decode(encoded))).toBe(text);
    expect(base64Length(encoded)).toBe(text.length);
  });

  test("the host's and the plain one agree at every length", () => {
    for (let length = 0; length < 200; length++) {
      const bytes = random(length);
      const text = toBase64(bytes);
      expect(plainBase64.encode(bytes)).toBe(text);
      expect(text).toBe(Buffer.from(bytes).toString("base64"));
      expect(plainBase64.decode(text)).toEqual(bytes);
      expect(fromBase64(text)).toEqual(bytes);
      expect(base64Length(text)).toBe(length);
    }
  });

  test("a view into a larger buffer is itself only", () => {
    const bytes = random(64).subarray(10, 20);
    expect(fromBase64(toBase64(bytes))).toEqual(new Uint8Array(bytes));
  });

  test.each(["A", "AB", "ABC", "AB=C", "A===", "====", "AB C", "AB\nC", "AB-_", "QUJD=", "QUJD\n"])(
    "%j is not base64, alone and after a long text that is",
    (text) => {
      for (const odd of [text, "QUJD".repeat(200) + text]) {
        expect(isBase64(odd)).toBe(false);
        expect(parseBase64(odd)).toBeUndefined();
      }
      expect(isBase64("QUJD".repeat(200))).toBe(true);
    },
  );
});

test("hex", () => {
  expect(toHex(Uint8Array.of(0, 15, 16, 255))).toBe("000f10ff");
  expect(fromHex("000F10ff")).toEqual(Uint8Array.of(0, 15, 16, 255));
  for (const odd of ["0", "0g", "0x", " 0"]) expect(fromHex(odd)).toBeUndefined();
});

test("UTF-8 that is not", () => {
  expect(strictUtf8Text(Uint8Array.of(0xff))).toBeUndefined();
  expect(strictUtf8Text(utf8("é€😀"))).toBe("é€😀");
  expect(strictUtf8Text(utf8("\ufeffa"))).toBe("\ufeffa");
});

test("equal bytes", () => {
  const a = random(40);
  expect(equalBytes(a, a.slice())).toBe(true);
  for (let i = 0; i < a.length; i++) {
    const b = a.slice();
    b[i] ^= 1;
    expect(equalBytes(a, b)).toBe(false);
  }
  expect(equalBytes(a, a.subarray(1))).toBe(false);
  expect(concat(a.subarray(0, 7), a.subarray(7))).toEqual(a);
});

test("a bounded cache forgets the oldest and never gives a wrong value", () => {
  const cache = boundedCache<number>(2);
  let made = 0;
  const get = (key: string) => cache.get(key, () => ++made);
  expect([get("a"), get("b"), get("a"), get("c"), get("b"), get("a")]).toEqual([1, 2, 1, 3, 2, 4]);
});
