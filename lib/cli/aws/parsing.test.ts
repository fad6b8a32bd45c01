import { describe, expect, test } from "vitest";
import { parseKnown } from "./argparse";
import { Failure } from "./failure";
import { cliName, closeMatches } from "./names";
import { JsonError, parseJson, pythonRepr } from "./python";
import { FileReference, ShorthandError, parseShorthand } from "./shorthand";
import { fromBase64, toBase64 } from "./values";
import base64 from "./vectors/base64.json";
import json from "./vectors/json.json";
import names from "./vectors/names.json";
import shorthand from "./vectors/shorthand.json";

describe("shorthand, as the real parser reads it", () => {
  test.each(shorthand.rows as [string, { ok?: unknown; error?: string; crash?: string }][])("%j", (text, expected) => {
    let got: unknown;
    try {
      got = { ok: parseShorthand(text) };
    } catch (error) {
      if (!(error instanceof ShorthandError)) throw error;
      got = { error: error.message };
    }
    if (!expected.crash) expect(got).toEqual(expected);
  });
  test("key@=file:// is read later", () => {
    expect(parseShorthand("a@=file://x,b=file://y")).toEqual({ a: new FileReference("file://x"), b: "file://y" });
  });
  test("deep nesting ends with an error, not with the stack", () => {
    expect(() => parseShorthand(`a=${"[".repeat(100_000)}`)).toThrow(Failure);
  });
});

describe("JSON, with Python's words", () => {
  test.each(json.rows as [string, { repr?: string; error?: string }][])("%j", (text, expected) => {
    let got: unknown;
    try {
      got = { repr: pythonRepr(parseJson(text)) };
    } catch (error) {
      if (!(error instanceof JsonError)) throw error;
      got = { error: error.message };
    }
    // NaN and numbers like 1500.0 print otherwise in JavaScript; a comma before the end has a text of its own since 3.13.
    if (/NaN|e3/.test(text)) return;
    if (text === '{"a":1,}') expect(got).toEqual({ error: "Illegal trailing comma before end of object: line 1 column 7 (char 6)" });
    else if (text === "[1,]") expect(got).toEqual({ error: "Illegal trailing comma before end of array: line 1 column 3 (char 2)" });
    else expect(got).toEqual(expected);
  });
  test("__proto__ is a key like others", () => {
    expect(Object.keys(parseJson('{"__proto__":{"x":1}}') as object)).toEqual(["__proto__"]);
  });
  test("deep nesting", () => {
    expect(() => parseJson("[".repeat(100_000))).toThrow(JsonError);
  });
});

test("base64 is read as leniently as the real command does", () => {
  for (const [text, hex] of base64.rows as [string, string | null][]) {
    let got: string | null;
    try {
      got = Array.from(fromBase64(text), (byte) => byte.toString(16).padStart(2, "0")).join("");
    } catch {
      got = null;
    }
    expect([text, got]).toEqual([text, hex]);
  }
  const all = Uint8Array.from({ length: 256 }, (_, i) => i);
  for (const length of [0, 1, 2, 3, 255, 256]) expect(fromBase64(toBase64(all.slice(0, length)))).toEqual(all.slice(0, length));
});

test("names of all operations and members", () => {
  for (const [name, spelled] of Object.entries(names.names)) expect([name, cliName(name)]).toEqual([name, spelled]);
});

test.each(names.close as [string, string[]][])("what %s may have meant", (word, near) => {
  expect(closeMatches(word, names.words)).toEqual(near);
});

describe("options", () => {
  const options = [
    { flag: "--names", to: "names", takes: "many" as const, required: true },
    { flag: "--with-decryption", to: "decrypt", takes: "yes" as const },
    { flag: "--no-with-decryption", to: "decrypt", takes: "no" as const },
    { flag: "--max-items", to: "max", takes: "one" as const, number: "int" as const },
    { flag: "--key-id", to: "key", takes: "one" as const },
    { flag: "--key-spec", to: "spec", takes: "one" as const, choices: ["AES_128", "AES_256"] },
    { flag: "--skeleton", to: "skeleton", takes: "optional" as const, bare: "input" },
  ];
  const parse = (line: string) => {
    try {
      const { values, rest } = parseKnown(options, { name: "help", optional: true }, line.split(" ").filter(Boolean).map((word) => word.replaceAll("_", " ")));
      return { ...values, ...(rest.length ? { rest } : {}) };
    } catch (error) {
      return (error as Error).message.split("\n\nusage:")[0];
    }
  };
  test.each([
    // line (underscores are spaces)          result
    ["--names a b", { names: ["a", "b"] }],
    ["--names a b --with-dec", { names: ["a", "b"], decrypt: true }],
    ["--names=a --no-with-decryption", { names: ["a"], decrypt: false }],
    ["--names", { names: [] }],
    ["--nam a", { names: ["a"] }],
    ["", "the following arguments are required: --names"],
    ["--names a --key x", "ambiguous option: --key could match --key-id, --key-spec"],
    ["--names a --key-id", "argument --key-id: expected one argument"],
    ["--names a --key-id --with-decryption", "argument --key-id: expected one argument"],
    ["--names a --key-id -1", { names: ["a"], key: "-1" }],
    ["--names a --key-id -x", "argument --key-id: expected one argument"],
    ["--names a --key-id -x_y", { names: ["a"], key: "-x y" }],
    ["--names a --key-id=-x", { names: ["a"], key: "-x" }],
    ["--names a --key-id -", { names: ["a"], key: "-" }],
    ["--names a --max-items 5", { names: ["a"], max: 5 }],
    ["--names a --max-items x", "argument --max-items: invalid int value: 'x'"],
    ["--names a --with-decryption=yes", "argument --with-decryption: ignored explicit argument 'yes'"],
    ["--names a --key-spec AES_256", "argument --key-spec: Found invalid choice 'AES 256'\n\nMaybe you meant:\n\n  * AES_256"],
    ["--names a --skeleton", { names: ["a"], skeleton: "input" }],
    ["--names a --skeleton output", { names: ["a"], skeleton: "output" }],
    ["x --names a --foo bar", { names: ["a"], help: "x", rest: ["--foo", "bar"] }],
    ["--names a -- --with-decryption", { names: ["a", "--with-decryption"] }],
  ])("%s", (line, result) => {
    expect(parse(line)).toEqual(result);
  });
});

test("anything may be typed: no crash, no hang", () => {
  let seed = 20_261_124;
  const random = (n: number): number => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % n;
  const alphabet = ["-", "--", "=", ",", "[", "]", "{", "}", "'", '"', "\\", " ", "\n", "a", "Key", "é", "🙂", "\ud800", "0", ":", "file://", "@=", "__proto__", "--names", "--", "null", "\0"];
  const start = Date.now();
  for (let i = 0; i < 5_000; i++) {
    const text = Array.from({ length: random(24) }, () => alphabet[random(alphabet.length)]).join("");
    for (const read of [() => parseShorthand(text), () => parseJson(text), () => parseKnown([{ flag: "--names", to: "n", takes: "many" }], { name: "help", optional: true }, text.split(" "))]) {
      try {
        read();
      } catch (error) {
        if (!(error instanceof ShorthandError || error instanceof JsonError || error instanceof Failure)) throw error;
      }
    }
  }
  expect(Date.now() - start).toBeLessThan(10_000);
  expect(() => parseShorthand(`a="${"\\\"".repeat(50_000)}x`)).toThrow(ShorthandError);
  expect(parseShorthand(`a=${"b,".repeat(2_000)}=`)).toMatchObject({ "": "" });
});
