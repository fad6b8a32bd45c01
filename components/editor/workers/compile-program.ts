import type { Node, TypeScript } from "monaco-editor/language/typescript/ts.worker";

/** A text of TypeScript as JavaScript that can be run, or the first thing in it that cannot be read. */
export type Compiled =
  | {
      ok: true;
      /** One call of `keyholeProgram` with an asynchronous function, which is handed what `import` is to be. */
      javascript: string;
      /** `mappings` of the source map. */
      mappings: string;
      /** Names of the modules that are imported. */
      imports: string[];
    }
  /** `offset` in UTF-16 units. */
  | { ok: false; message: string; offset: number };

/**
 * Types are taken out, not checked: what is underlined runs all the same, as it does with every tool that strips types.
 * The module becomes the body of an asynchronous function: a worker under a content policy can load its own text alone,
 * and in a function `await`, `const` and names declared twice mean what they mean in a module.
 */
export function compileProgram(ts: TypeScript, text: string): Compiled {
  const { outputText, sourceMapText, diagnostics } = ts.transpileModule(text, {
    fileName: "code.ts",
    reportDiagnostics: true,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      moduleDetection: ts.ModuleDetectionKind.Force,
      sourceMap: true,
    },
  });
  const problem = diagnostics?.find(({ category }) => category === ts.DiagnosticCategory.Error);
  if (problem) return { ok: false, message: ts.flattenDiagnosticMessageText(problem.messageText, "\n"), offset: problem.start ?? 0 };
  const { body, head } = asFunctionBody(ts, outputText.replace(/\n?\/\/# sourceMappingURL=\S*\s*$/, ""));
  return {
    ok: true,
    javascript: `keyholeProgram(async (keyholeImport) => { "use strict"; ${head}\n${body}\n});`,
    // The line with the head stands before what was mapped.
    mappings: `;${(JSON.parse(sourceMapText ?? "{}") as { mappings?: string }).mappings ?? ""}`,
    imports: [...new Set(ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName))],
  };
}

interface Edit {
  from: number;
  to: number;
  text: string;
}

/** Imports go to the head, since they come first wherever they stand; `export` goes away. No line moves. */
function asFunctionBody(ts: TypeScript, module: string): { body: string; head: string } {
  const source = ts.createSourceFile("code.js", module, ts.ScriptTarget.ES2022, true);
  const head: string[] = [];
  const edits: Edit[] = [];
  const put = (node: { getStart(): number; end: number }, text: string): void =>
    void edits.push({ from: node.getStart(), to: node.end, text });
  const { SyntaxKind: kinds } = ts;

  for (const statement of source.statements) {
    if (statement.kind === kinds.ImportDeclaration) {
      head.push(importAsConst(ts, statement));
      put(statement, "");
    } else if (statement.kind === kinds.ExportDeclaration) {
      if (statement.moduleSpecifier) head.push(`keyholeImport(${statement.moduleSpecifier.getText()});`);
      put(statement, "");
    } else if (statement.kind === kinds.ExportAssignment)
      edits.push({ from: statement.getStart(), to: statement.expression!.getStart(), text: ";" });
    else {
      const words = (statement.modifiers ?? []).filter(({ kind }) => kind === kinds.ExportKeyword || kind === kinds.DefaultKeyword);
      if (words.length === 2 && !statement.name) edits.push({ from: words[0].getStart(), to: words[1].end, text: "void " });
      else for (const word of words) put(word, "");
    }
  }
  const visit = (node: Node): void => {
    if (node.kind === kinds.ImportKeyword && node.parent.kind === kinds.CallExpression) put(node, "keyholeImport.later");
    else if (node.kind === kinds.MetaProperty && node.getText() === "import.meta") put(node, "keyholeImport.meta");
    ts.forEachChild(node, visit);
  };
  visit(source);

  let body = module;
  for (const { from, to, text } of edits.sort((a, b) => b.from - a.from)) {
    const lines = module.slice(from, to).replace(/[^\n]/g, "");
    body = body.slice(0, from) + text + lines + body.slice(to);
  }
  return { body, head: head.join(" ") };
}

/** `import d, { a as b } from "m"` → `const { default: d, a: b } = keyholeImport("m");` */
function importAsConst(ts: TypeScript, { moduleSpecifier, importClause }: Node): string {
  const from = `keyholeImport(${moduleSpecifier!.getText()})`;
  const bindings = importClause?.namedBindings;
  const names =
    bindings?.elements?.map(({ propertyName, name }) =>
      propertyName ? `${propertyName.getText()}: ${name!.getText()}` : name!.getText(),
    ) ?? [];
  if (importClause?.name) names.unshift(`default: ${importClause.name.getText()}`);
  const all = bindings?.kind === ts.SyntaxKind.NamespaceImport ? `const ${bindings.name!.getText()} = ${from};` : "";
  return `${all}${names.length ? `const { ${names.join(", ")} } = ${from};` : all ? "" : `${from};`}`;
}
