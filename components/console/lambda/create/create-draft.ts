import { blueprints, fromScratch, type Blueprint } from "@/content/functions/blueprints";
import type { JsonObject } from "@/lib/engine/types";
import { packedTexts } from "../code/package-draft";
import { isPython, runtimeWords } from "../lambda-types";

export interface CreateDraft {
  start: "scratch" | "blueprint";
  blueprint: string;
  name: string;
  /** Undefined: the first that the choice offers. */
  runtime?: string;
  architecture: "x86_64" | "arm64";
  role: "new" | "existing";
  roleArn: string;
  /** As the blueprint has them until they are changed. */
  environment?: { key: string; value: string }[];
  tags: { key: string; value: string }[];
}

export const emptyFunction: CreateDraft = {
  start: "scratch",
  blueprint: blueprints[0].id,
  name: "",
  architecture: "x86_64",
  role: "new",
  roleArn: "",
  tags: [],
};

export const blueprintOf = ({ start, blueprint }: Pick<CreateDraft, "start" | "blueprint">): Blueprint | undefined =>
  start === "blueprint" ? (blueprints.find(({ id }) => id === blueprint) ?? blueprints[0]) : undefined;

/** Runtimes that can be chosen; the first is what stands there. */
export const runtimesOf = (draft: CreateDraft): readonly string[] => blueprintOf(draft)?.runtimes ?? Object.keys(runtimeWords);

export function runtimeOf(draft: CreateDraft): string {
  const choices = runtimesOf(draft);
  return draft.runtime !== undefined && choices.includes(draft.runtime) ? draft.runtime : choices[0];
}

/** Handler and files that the function begins with. */
export function programOf(draft: CreateDraft): { handler: string; files: Readonly<Record<string, string>> } {
  return blueprintOf(draft) ?? (isPython(runtimeOf(draft)) ? fromScratch.python : fromScratch.nodejs);
}

export const environmentOf = (draft: CreateDraft): { key: string; value: string }[] =>
  draft.environment ?? Object.entries(blueprintOf(draft)?.environment ?? {}).map(([key, value]) => ({ key, value }));

/** Why a name cannot be a function's; AWS says the same later. Source: Lambda API, CreateFunction (FunctionName). */
export function problemOfName(name: string): string | undefined {
  if (!name.trim()) return "Enter a function name.";
  if (!/^[a-zA-Z0-9-_]+$/.test(name.trim())) return "Use only letters, digits, hyphens and underscores, with no spaces.";
  return name.trim().length > 64 ? "A function name has at most 64 characters." : undefined;
}

/** Source: Lambda API, Environment (key pattern). */
export function problemOfVariable(key: string, others: readonly string[]): string | undefined {
  if (!key) return "Enter a key, or remove the variable.";
  if (!/^[a-zA-Z]([a-zA-Z0-9_])+$/.test(key)) return "A key begins with a letter and has two or more letters, digits and underscores.";
  return others.filter((other) => other === key).length > 1 ? "This key is there twice." : undefined;
}

export function problemsOf(draft: CreateDraft): { name?: string; role?: string; environment?: string } {
  const keys = environmentOf(draft).map(({ key }) => key);
  const environment = keys.map((key) => problemOfVariable(key, keys)).find(Boolean);
  return {
    ...(problemOfName(draft.name) && { name: problemOfName(draft.name) }),
    ...(draft.role === "existing" && !draft.roleArn.trim() && { role: "Choose a role." }),
    ...(environment && { environment }),
  };
}

/** What CreateFunction is asked, with the role that it will run as. */
export function createInput(draft: CreateDraft, role: string): JsonObject {
  const { handler, files } = programOf(draft);
  const variables = environmentOf(draft);
  const timeout = blueprintOf(draft)?.timeout;
  return {
    FunctionName: draft.name.trim(),
    Runtime: runtimeOf(draft),
    Role: role,
    Handler: handler,
    Code: { ZipFile: packedTexts(files) },
    Architectures: [draft.architecture],
    ...(timeout !== undefined && { Timeout: timeout }),
    ...(variables.length && { Environment: { Variables: Object.fromEntries(variables.map(({ key, value }) => [key, value])) } }),
    ...(draft.tags.length && { Tags: Object.fromEntries(draft.tags.map(({ key, value }) => [key, value])) }),
  };
}
