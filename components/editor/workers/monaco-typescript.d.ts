// Monaco ships no types for its worker. Only what is used here; source: monaco-editor 0.57, languages/features/typescript/tsWorker.js.
declare module "monaco-editor/language/typescript/ts.worker" {
  /** A node of the syntax tree, with the members that are read here. */
  export interface Node {
    kind: number;
    parent: Node;
    end: number;
    getStart(): number;
    getText(): string;
    name?: Node;
    propertyName?: Node;
    expression?: Node;
    moduleSpecifier?: Node;
    importClause?: Node;
    namedBindings?: Node;
    elements?: readonly Node[];
    modifiers?: readonly Node[];
  }
  export interface TypeScript {
    ScriptTarget: { ES2022: number };
    ModuleKind: { ESNext: number };
    ModuleDetectionKind: { Force: number };
    DiagnosticCategory: { Error: number };
    transpileModule(
      text: string,
      options: { fileName: string; reportDiagnostics: boolean; compilerOptions: object },
    ): { outputText: string; sourceMapText?: string; diagnostics?: { category: number; start?: number; messageText: unknown }[] };
    SyntaxKind: Record<
      | "ImportDeclaration"
      | "ExportDeclaration"
      | "ExportAssignment"
      | "ExportKeyword"
      | "DefaultKeyword"
      | "ImportKeyword"
      | "CallExpression"
      | "MetaProperty"
      | "NamespaceImport",
      number
    >;
    createSourceFile(name: string, text: string, target: number, parents: boolean): Node & { statements: readonly Node[] };
    forEachChild(node: Node, visit: (child: Node) => void): void;
    flattenDiagnosticMessageText(text: unknown, newLine: string): string;
    preProcessFile(text: string, readImports: boolean, javascript: boolean): { importedFiles: { fileName: string }[] };
  }
  export class TypeScriptWorker {
    constructor(context: unknown, data: unknown);
  }
  export const ts: { typescript: TypeScript };
  export function initialize(make: (context: unknown, data: unknown) => TypeScriptWorker): void;
}

declare module "monaco-editor/languages/features/typescript/lib/typescriptServices" {
  import type { TypeScript } from "monaco-editor/language/typescript/ts.worker";
  interface Problem {
    messageText: unknown;
  }
  export const typescript: TypeScript & {
    ScriptTarget: { ESNext: number };
    ScriptSnapshot: { fromString(text: string): object };
    createLanguageService(host: object): {
      getSyntacticDiagnostics(file: string): Problem[];
      getSemanticDiagnostics(file: string): Problem[];
    };
  };
}

declare module "monaco-editor/languages/features/typescript/lib/lib" {
  /** TypeScript's own declarations, by file name. */
  export const libFileMap: Record<string, string>;
}
