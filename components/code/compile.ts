import type { Place } from "@/lib/store/code/protocol";
import type { Program } from "@/lib/store/code/sandbox";
import { loadMonaco } from "../editor/load-monaco";
import type { Compiled } from "../editor/workers/compile-program";

/** Monaco's TypeScript worker with the method that ours adds. */
interface ProgramCompiler {
  compileProgram(text: string): Promise<Compiled>;
}

let compiler: Promise<ProgramCompiler> | undefined;

/** Monaco starts its TypeScript when the first text of that language appears: where the editor is a plain field, an empty one. */
async function openCompiler(): Promise<ProgramCompiler> {
  const monaco = await loadMonaco("typescript");
  const { getTypeScriptWorker } = await import("../editor/typescript");
  const scratch = monaco.editor.createModel("", "typescript");
  for (let tries = 0; ; tries++) {
    try {
      const worker = await getTypeScriptWorker();
      return (await worker(scratch.uri)) as unknown as ProgramCompiler;
    } catch (problem) {
      // It is being registered.
      if (tries === 100) throw problem;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** The program as the sandbox runs it, or why it cannot be read. Types are not checked here. */
export async function compile(text: string): Promise<Program | { problem: string; place?: Place }> {
  compiler ??= openCompiler();
  compiler.catch(() => (compiler = undefined));
  const compiled = await (await compiler).compileProgram(text);
  if (compiled.ok) return compiled;
  const place = placeAt(text, compiled.offset);
  return { problem: `SyntaxError: ${compiled.message}\n    at code.ts:${place.line}:${place.column}`, place };
}

export function placeAt(text: string, offset: number): Place {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

/** The offset of a place, no further than the text goes. */
export function offsetOf(text: string, { line, column }: Place): number {
  const lines = text.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  return Math.min(text.length, start + Math.min(column - 1, lines[line - 1]?.length ?? 0));
}
