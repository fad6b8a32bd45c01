import { expect, test } from "vitest";
import { collectOutput } from "./output";

const notice = "[Keyhole keeps 1 KB of what an invocation prints. The rest is left out.]\n";

test.each([
  ["nothing", [], ""],
  ["what fits, as it is", ["a\n", "", "b"], "a\nb"],
  ["to the last byte", ["x".repeat(1024)], "x".repeat(1024)],
  ["one byte more", ["x".repeat(1025)], `${"x".repeat(1024)}\n${notice}`],
  ["a character that does not fit is left out whole", ["x".repeat(1023), "é"], `${"x".repeat(1023)}${notice}`],
  ["nothing more after that", [`${"x".repeat(1023)}\n`, "y", "z"], `${"x".repeat(1023)}\n${notice}`],
])("%s", (_name, written, text) => {
  const output = collectOutput(1024);
  for (const one of written) output.write(one);
  expect(output.text()).toBe(text);
});

test("says whether it keeps more", () => {
  const output = collectOutput(4);
  expect([output.write("1234"), output.write("5"), output.write("")]).toEqual([true, false, false]);
});
