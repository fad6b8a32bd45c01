import { expect, test } from "vitest";
import { programName } from "./protocol";
import { dataAddress, frameText, workerText } from "./sandbox";

test.each([
  ["plain", "console.log(1);\n"],
  ["per cent and hash", "const a = 5 % 2; const #b = '%41';\n"],
  ["line ends and tabs", "a\r\n\tb\n"],
  ["other letters", "const straße = '日本 😀';"],
  ["quotes and brackets", `const a = "<script>&'\`";`],
  ["controls", "a\u0000\u0007\u007fb"],
])("an address carries %s", async (_, text) => {
  // Read back by a reader of its own: Node's fetch of data: addresses.
  expect(await (await fetch(dataAddress(text))).text()).toBe(text);
});

test("half a letter is replaced, not thrown at", async () => {
  expect(await (await fetch(dataAddress("a\ud800b"))).text()).toBe("a\ufffdb");
});

test("the program's first line is known, and its name stands in stack traces", () => {
  const { text, offset } = workerText(["one\ntwo\n", "three"], "first\nsecond");
  expect(text.split("\n")[offset]).toBe("first");
  expect(text).toContain(`//# sourceURL=${programName}`);
});

test("the frame's policy lets nothing out", () => {
  const policy = /content="([^"]+)"/.exec(frameText("abc"))![1].split("; ");
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("connect-src 'none'");
  expect(policy.find((rule) => rule.startsWith("script-src"))).toBe("script-src 'nonce-abc'");
});
