import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { figures } from "@/components/figure/registry";
import { claimById } from "@/content/claims";
import ddos from "@/content/coverage/ddos.json";
import encryption from "@/content/coverage/encryption.json";
import firewallManager from "@/content/coverage/firewall-manager.json";
import kms from "@/content/coverage/kms.json";
import parameterStore from "@/content/coverage/parameter-store.json";
import secretsManager from "@/content/coverage/secrets-manager.json";
import shield from "@/content/coverage/shield.json";
import waf from "@/content/coverage/waf.json";
import wafHandsOn from "@/content/coverage/waf-hands-on.json";
import { lessons } from "./lessons";
import { readLesson } from "./mdx";
import type { Coverage } from "./types";

const all = [encryption, kms, parameterStore, secretsManager, shield, waf, firewallManager, ddos, wafHandsOn] as Coverage[];
const texts = new Map(lessons.map((lesson) => [lesson.slug, readLesson(readFileSync(`content/lessons/${lesson.dir}/index.mdx`, "utf8"))]));
/** The study notes, where they lie beside the repository. Without them the stored numbers and hashes still hold together. */
const notesFile = "../shared/notes/security.md";
const notes = existsSync(notesFile) ? readFileSync(notesFile, "utf8").split("\n") : undefined;

test("the sections stand one behind the other, in the notes' order; CloudHSM, lines 407 to 425, is not covered", () => {
  expect(all.map(({ from, to }) => [from, to])).toEqual([[3, 40], [41, 144], [145, 386], [387, 406], [426, 435], [436, 454], [455, 460], [461, 466], [467, 482]]);
});

describe.each(all.map((coverage) => [coverage.title, coverage] as const))("%s", (_title, coverage) => {
  test("no line is missing, and none stands twice", () => {
    let next = coverage.from;
    for (const { from, to } of coverage.entries) {
      expect(from).toBe(next);
      expect(to).toBeGreaterThanOrEqual(from);
      next = to + 1;
    }
    expect(next).toBe(coverage.to + 1);
  });

  test.each(coverage.entries.filter((entry) => !entry.kind).map((entry) => [`${entry.from}–${entry.to} ${entry.label}`, entry] as const))("%s", (_name, entry) => {
    const text = texts.get(entry.lesson!);
    expect(text, `lesson ${entry.lesson}`).toBeDefined();
    expect([...text!.anchors]).toContain(entry.anchor);
    expect(lessons.find(({ slug }) => slug === entry.lesson)!.section).toBe(coverage.section);

    expect(entry.claims?.length).toBeGreaterThan(0);
    for (const id of entry.claims!) {
      const claim = claimById(id);
      expect(claim, id).toBeDefined();
      expect(claim!.proof !== undefined || /^20\d\d/.test(claim!.source?.date ?? ""), `${id} has a proof or a dated source`).toBe(true);
    }
    // A picture is drawn exactly where the file says so: as a figure, or (PS) as the cost block.
    if (entry.figure) expect(text!.figuresLater.includes(entry.figure.id), `${entry.figure.id} drawn`).toBe(!entry.figure.drawn);
    if (entry.figure?.drawn) expect(entry.figure.id === "PS" || entry.figure.id in figures).toBe(true);
  });

  test("the lessons follow the order of the notes", () => {
    const orders = coverage.entries.filter((entry) => entry.lesson).map((entry) => lessons.find(({ slug }) => slug === entry.lesson)!.order);
    expect(orders).toEqual(orders.toSorted((a, b) => a - b));
  });

  test.skipIf(!notes)("the notes still say what was covered", () => {
    for (const { from, to, hash, kind } of coverage.entries) {
      const lines = notes!.slice(from - 1, to);
      expect(createHash("sha256").update(lines.join("\n")).digest("hex").slice(0, 12), `lines ${from}–${to}`).toBe(hash);
      if (kind === "blank") expect(lines.join("").trim()).toBe("");
      if (kind === "heading") expect(lines[0]).toMatch(/^#### /);
      if (kind === "markup") expect(lines.every((line) => line.trim() === "```")).toBe(true);
    }
  });

  test.skipIf(!notes)("no sentence of the notes was copied", () => {
    const ours = [...texts.keys()].map((slug) => readFileSync(`content/lessons/${lessons.find((lesson) => lesson.slug === slug)!.dir}/index.mdx`, "utf8").replace(/\{`[\s\S]*?`\}|^```[\s\S]*?^```$/gm, "")).join("\n");
    const words = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/g, " ");
    const inOurs = words(ours);
    for (const entry of coverage.entries.filter(({ kind, label }) => !kind && !/command|program/.test(label))) {
      const theirs = words(notes!.slice(entry.from - 1, entry.to).join(" ")).trim().split(" ");
      for (let at = 0; at + 9 <= theirs.length; at++) expect(inOurs, `line ${entry.from}`).not.toContain(` ${theirs.slice(at, at + 9).join(" ")} `);
    }
  });
});
