import { readFileSync, readdirSync } from "node:fs";
import { evaluate } from "@mdx-js/mdx";
import { Fragment, jsx, jsxs } from "react/jsx-runtime";
import { Children, isValidElement, type ReactElement, type ReactNode } from "react";
import { describe, expect, it } from "vitest";
import { readLesson } from "./mdx";
import wholeLines from "./whole-lines.mjs";

// What the page's Run blocks hold is what the tests run in the terminal: to the blank.

const root = new URL("../../content/lessons/", import.meta.url);
const lessons = readdirSync(root)
  .filter((section) => /^\d/.test(section))
  .flatMap((section) => readdirSync(new URL(section, root)).map((lesson) => `${section}/${lesson}`));

/** The texts in the Run blocks of compiled MDX, in their order. */
async function runBlocks(source: string, remarkPlugins: (typeof wholeLines)[]): Promise<string[]> {
  const Run = () => null;
  const others = [...source.matchAll(/<([A-Z]\w*)/g)].map(([, name]) => [name, () => null]);
  const components = { ...Object.fromEntries(others), Run };
  const { default: Lesson } = await evaluate(source, { Fragment, jsx, jsxs, remarkPlugins } as never);
  const found: string[] = [];
  const walk = (node: ReactNode): void =>
    Children.forEach(node, (child) => {
      if (!isValidElement(child)) return;
      const { type, props } = child as ReactElement<{ children?: ReactNode }>;
      if (type === Run) found.push(String(props.children));
      else if (typeof type === "function" && /MDXContent/.test(type.name)) walk((type as (given: object) => ReactNode)(props));
      else walk(props.children);
    });
  walk((Lesson as (given: object) => ReactNode)({ components }));
  return found;
}

describe("commands of lessons keep the blanks at the start of their lines", () => {
  it.each(lessons)("%s", async (lesson) => {
    const source = readFileSync(new URL(`${lesson}/index.mdx`, root), "utf8");
    expect(await runBlocks(source, [wholeLines])).toEqual(readLesson(source).commands);
  });

  it("which MDX by itself does not keep", async () => {
    const source = "<Run>{`a:\n  b:\n    c`}</Run>";
    expect(await runBlocks(source, [])).toEqual(["a:\nb:\n  c"]);
    expect(await runBlocks(source, [wholeLines])).toEqual(["a:\n  b:\n    c"]);
  });
});
