import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { claimById, claims } from "@/content/claims";
import { type Shell, createShell } from "../cli/shell";
import { createLab, type Lab } from "../engine/lab";
import { seededPorts } from "../engine/ports";
import { runFunction } from "../wire/functions";
import { nodeOutside } from "../wire/node-outside";
import { goalMet } from "./goals";
import { lessons, sections } from "./lessons";
import { readLesson } from "./mdx";
import { firstScenario, prepare } from "./scenario";
import type { Evidence, LessonMeta } from "./types";

const admin = { account: "111122223333", user: "admin" };
const textOf = (lesson: LessonMeta) => readLesson(readFileSync(`content/lessons/${lesson.dir}/index.mdx`, "utf8"));

/** A lab as a learner finds it, and what goals may see of it. */
async function learnersLab(): Promise<{ lab: Lab; evidence: () => Evidence }> {
  const lab = createLab({ ports: { ...seededPorts(11), outside: nodeOutside, functions: runFunction } });
  await prepare(lab, firstScenario);
  const evidence = (): Evidence => ({ journal: lab.journal, ask: (call) => lab.fork().call({ ...call, caller: { account: "111122223333", root: true } }) });
  return { lab, evidence };
}

/** As the terminal takes a block that is pasted: line by line, and what is one command as one. */
function typedLines(shell: Shell, block: string): string[] {
  const lines: string[] = [];
  let open = "";
  for (const line of block.split("\n")) {
    open = open ? `${open}\n${line}` : line;
    if (shell.needsMore(open)) continue;
    lines.push(open);
    open = "";
  }
  return open ? [...lines, open] : lines;
}

test("the list is in the order of the sections, with no slug or place twice", () => {
  expect(lessons.map(({ order }) => order)).toEqual(lessons.map((_, at) => at + 1));
  expect(new Set(lessons.map(({ slug }) => slug)).size).toBe(lessons.length);
  expect(new Set(lessons.map(({ dir }) => dir)).size).toBe(lessons.length);
  const places = lessons.map(({ section }) => sections.findIndex(({ id }) => id === section));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
});

test("every claim has one id, a sentence, and a proof or a dated source", () => {
  expect(new Set(claims.map(({ id }) => id)).size).toBe(claims.length);
  for (const { id, sentence, proof, source } of claims) {
    expect(sentence.length, id).toBeGreaterThan(10);
    expect(proof !== undefined || source !== undefined, id).toBe(true);
    if (source) expect(source.date, id).toMatch(/^20\d\d(-\d\d)?$/);
  }
});

test("every claim stands in a lesson, and those that time has overtaken are marked there", () => {
  const texts = lessons.map(textOf);
  const standing = texts.flatMap((text) => text.claims);
  expect(claims.map(({ id }) => id).filter((id) => !standing.includes(id))).toEqual([]);
  expect(standing.filter((id, at) => standing.indexOf(id) !== at)).toEqual([]);
  const marked = new Set(texts.flatMap((text) => text.thenNow));
  expect(claims.filter(({ id, verdict }) => verdict !== "holds" && !marked.has(id)).map(({ id }) => id)).toEqual([]);
});

describe.each(lessons.map((lesson) => [lesson.slug, lesson] as const))("%s", (_slug, lesson) => {
  const text = textOf(lesson);

  test("its text and its list of steps agree; what it names is there", () => {
    expect(text.steps.toSorted()).toEqual(lesson.steps.map(({ id }) => id).toSorted());
    for (const id of [...text.claims, ...text.thenNow]) expect(claimById(id), id).toBeDefined();
    for (const id of text.thenNow) expect(claimById(id)?.source, id).toBeDefined();
    const pages = new Set(lessons.map(({ slug }) => `/lessons/${slug}`));
    for (const link of text.links) {
      const [path, anchor] = link.split("#");
      expect(pages.has(path), link).toBe(true);
      if (anchor) expect(textOf(lessons.find(({ slug }) => `/lessons/${slug}` === path)!).anchors.has(anchor), link).toBe(true);
    }
  });

  test.each(lesson.steps.map((step) => [step.id, step] as const))("%s: not done at the start, done by its solution", async (_id, step) => {
    const { lab, evidence } = await learnersLab();
    expect(await goalMet(step.goal, evidence())).toBe(false);
    // The scenario's own runner, through a door that counts as the learner's.
    const typing = { ...lab, call: (call: Parameters<Lab["call"]>[0]) => lab.call({ ...call, door: "test" }) };
    await prepare(typing, step.solution);
    expect(await goalMet(step.goal, evidence())).toBe(true);
  }, 60_000);

  test("the commands of its text, run one after another in the terminal, do all its steps", async () => {
    const { lab, evidence } = await learnersLab();
    // As the page opens.
    let region = "eu-west-2";
    const shell = await createShell({
      call: ({ service, operation, input, region, caller }) => lab.call({ service, operation, input, region, caller: caller ?? admin, door: "terminal" }),
      identity: () => ({ region }),
      now: () => lab.now(),
      advance: async (ms) => (await lab.advance(ms)).map(({ job }) => String(job)),
    });
    const errors: string[] = [];
    // The lab's clock stands still in tests: it goes on while a command waits for something.
    const clock = setInterval(() => void lab.advance(2_000), 300);
    try {
      for (const action of text.actions) {
        if ("region" in action) region = action.region;
        else if ("wait" in action) await lab.advance(action.wait);
        else for (const line of typedLines(shell, action.run)) await shell.run(line, { onOutput: ({ stream, text: said }) => void (stream === "stderr" && errors.push(said)) });
        // What was only begun (a function that is made, a rotation) is done in a moment, as it is while the learner reads on.
        await lab.advance(3_000);
      }
    } finally {
      clearInterval(clock);
    }
    for (const step of lesson.steps) expect({ step: step.id, done: await goalMet(step.goal, evidence()), errors }).toMatchObject({ step: step.id, done: true });
    // What goes wrong in a lesson goes wrong on purpose: it is AWS that says no, never the shell.
    expect(errors.filter((said) => said.trim() && !/An error occurred \((AccessDeniedException|ValidationException|DisabledException|MalformedPolicyDocumentException|InvalidRequestException|ResourceNotFoundException|LockedSubscriptionException|InvalidResourceException|WAFInvalidParameterException)\)/.test(said))).toEqual([]);
  }, 60_000);
});
