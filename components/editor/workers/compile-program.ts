import type { TypeScript } from "monaco-editor/language/typescript/ts.worker";

/** A text of TypeScript as JavaScript that can be run, or the first thing in it that cannot be read. */
export type Compiled =
  | {
      ok: true;
      /** One call of `System.register`: imports become a list of names, and `await` may stand at the top. */
      javascript: string;
      /** `mappings` of the source map. */
      mappings: string;
      /** Names of the modules that are imported. */
      imports: string[];
    }
  /** `offset` in UTF-16 units. */
  | { ok: false; message: string; offset: number };

/** What makes a module's body asynchronous. TypeScript sees that in an `await`, but (5.9) not in a `for await`. */
const awaits = "\n;await 0;";

/** Types are taken out, not checked: what is underlined runs all the same, as it does with every tool that strips types. */
export function compileProgram(ts: TypeScript, text: string): Compiled {
  const { outputText, sourceMapText, diagnostics } = transpile(ts, text);
  const problem = diagnostics?.find(({ category }) => category === ts.DiagnosticCategory.Error);
  if (problem) return { ok: false, message: ts.flattenDiagnosticMessageText(problem.messageText, "\n"), offset: problem.start ?? 0 };
  if (/\bfor\s+await\b/.test(text) && !text.endsWith(awaits)) return compileProgram(ts, text + awaits);
  return {
    ok: true,
    javascript: outputText.replace(/\n?\/\/# sourceMappingURL=\S*\s*$/, ""),
    mappings: (JSON.parse(sourceMapText ?? "{}") as { mappings?: string }).mappings ?? "",
    imports: [...new Set(ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName))],
  };
}

const transpile = (ts: TypeScript, text: string) =>
  ts.transpileModule(text, {
    fileName: "code.ts",
    reportDiagnostics: true,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.System,
      moduleDetection: ts.ModuleDetectionKind.Force,
      sourceMap: true,
    },
  });
