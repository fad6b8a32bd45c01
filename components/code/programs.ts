import { codeExamples } from "@/content/code/examples";
import { openCode } from "@/lib/store/pane";
import { readDraft, writeDraft } from "@/lib/store/drafts";

/**
 * The programs of the Code tab: the examples, a page of the learner's own, and one for calls that come from Why?. Each
 * keeps the learner's text under its own name, so that to choose another one never costs anything.
 */
export interface CodeProgram {
  id: string;
  title: string;
  /** What stands there before anything was written. */
  start: string;
}

const own: CodeProgram = {
  id: "own",
  title: "My own program",
  start: `import { STSClient, GetCallerIdentityCommand } from "@aws-sdk/client-sts";

console.log(await new STSClient().send(new GetCallerIdentityCommand({})));
`,
};
const fromWhy: CodeProgram = { id: "call", title: "A call from Why?", start: "// In Why?, “Open in Code” puts the call here.\n" };

export const codePrograms: readonly CodeProgram[] = [
  ...codeExamples.map(({ id, title, text }) => ({ id, title, start: text })),
  own,
  fromWhy,
];

/** Keys of drafts: which program is chosen, its text, and the text that a reset took away. */
export const chosenKey = "code/chosen";
export const textKey = (id: string): string => `code/${id}`;
export const beforeKey = (id: string): string => `code/${id}/before`;

export const programOf = (id: string | undefined): CodeProgram => codePrograms.find((program) => program.id === id) ?? codePrograms[0];

/** Puts a text in a program's place; what stood there can be had back with `undoReplace`. undefined: back to how it began. */
export function replaceText(id: string, text: string | undefined): void {
  const before = readDraft(textKey(id));
  if (before !== undefined && before !== text) writeDraft(beforeKey(id), before);
  writeDraft(textKey(id), text);
}

export function undoReplace(id: string): void {
  const before = readDraft(beforeKey(id));
  if (before === undefined) return;
  writeDraft(textKey(id), before);
  writeDraft(beforeKey(id), undefined);
}

/** Shows the Code tab with this text, ready to run. */
export function openInCode(javascript: string): void {
  // The text of Why? ends with the reply in a name; here it is also shown.
  replaceText(fromWhy.id, `${javascript}\nconsole.log(reply);\n`);
  writeDraft(chosenKey, fromWhy.id);
  openCode();
}
