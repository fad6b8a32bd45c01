import { blueprints as ours, fromScratch, type Blueprint, type Family, type Program } from "@/content/functions/blueprints";
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
  blueprint: ours[0].id,
  name: "",
  architecture: "x86_64",
  role: "new",
  roleArn: "",
  tags: [],
};

/** What a draft means, among the blueprints that there are. */
export interface Beginning {
  blueprint?: Blueprint;
  /** That can be chosen; the first stands there. */
  runtimes: readonly string[];
  runtime: string;
  program: Program;
}

export const familyOf = (runtime: string): Family => (isPython(runtime) ? "python" : "nodejs");

export function beginningOf(draft: CreateDraft, blueprints: readonly Blueprint[] = ours): Beginning {
  const blueprint = draft.start === "blueprint" ? (blueprints.find(({ id }) => id === draft.blueprint) ?? blueprints[0]) : undefined;
  const programs = blueprint?.programs ?? fromScratch;
  const runtimes = Object.keys(runtimeWords).filter((runtime) => programs[familyOf(runtime)]);
  const runtime = draft.runtime !== undefined && runtimes.includes(draft.runtime) ? draft.runtime : runtimes[0];
  return { ...(blueprint && { blueprint }), runtimes, runtime, program: programs[familyOf(runtime)]! };
}

export const environmentOf = (draft: CreateDraft, { blueprint }: Beginning): { key: string; value: string }[] =>
  draft.environment ?? Object.entries(blueprint?.environment ?? {}).map(([key, value]) => ({ key, value }));

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

export function problemsOf(draft: CreateDraft, beginning: Beginning): { name?: string; role?: string; environment?: string } {
  const keys = environmentOf(draft, beginning).map(({ key }) => key);
  const environment = keys.map((key) => problemOfVariable(key, keys)).find(Boolean);
  return {
    ...(problemOfName(draft.name) && { name: problemOfName(draft.name) }),
    ...(draft.role === "existing" && !draft.roleArn.trim() && { role: "Choose a role." }),
    ...(environment && { environment }),
  };
}

/** What CreateFunction is asked, with the role that it will run as. */
export function createInput(draft: CreateDraft, beginning: Beginning, role: string): JsonObject {
  const { blueprint, runtime, program } = beginning;
  const variables = environmentOf(draft, beginning);
  return {
    FunctionName: draft.name.trim(),
    Runtime: runtime,
    Role: role,
    Handler: program.handler,
    Code: { ZipFile: packedTexts(program.files) },
    Architectures: [draft.architecture],
    ...(blueprint?.timeout !== undefined && { Timeout: blueprint.timeout }),
    ...(variables.length && { Environment: { Variables: Object.fromEntries(variables.map(({ key, value }) => [key, value])) } }),
    ...(draft.tags.length && { Tags: Object.fromEntries(draft.tags.map(({ key, value }) => [key, value])) }),
  };
}
