import { type Node, type Program, parse } from "acorn";
import { patternNames, referencesTo } from "./scopes";
import { Rewrite, type Shift } from "./rewrite";
import { syntaxWords } from "./syntax-words";

/**
 * A module's text made into the text of one function, so that a host without modules of its own runs it: live bindings, circles,
 * top-level await, `import.meta` and dynamic imports as ECMAScript has them. Lines stay where they are; `shifts` leads columns back.
 * Source: ECMA-262, "Modules"; Node.js API, "Modules: ECMAScript modules", "The module wrapper".
 */
export interface ModuleText {
  ok: true;
  /** An expression: the function. */
  text: string;
  shifts: readonly Shift[];
  /** Modules that are named by `import` and `export … from`, in their order, each once. */
  requests: readonly Request[];
  /** Exported name to what it is: a binding of this module, or one of another. */
  exports: readonly Export[];
  /** It waits at its top level. */
  waits: boolean;
}

export interface Request {
  specifier: string;
  /** `with { type: "json" }`. */
  type?: string;
  /** Names that are asked of it, for the error where it has not got them. */
  names: readonly string[];
}

export type Export = { name: string } | { name: string; request: number; of: string } | { name: string; request: number; all: true } | { all: true; request: number };

export interface SyntaxProblem {
  ok: false;
  /** In V8's words, without `SyntaxError: `. */
  message: string;
  line: number;
  /** From 1. */
  column: number;
}

const options = { ecmaVersion: "latest", allowHashBang: true, locations: false } as const;

interface Any {
  type: string;
  start: number;
  end: number;
  // Nodes are read by their names; acorn's own types are a union of a hundred.
  [member: string]: any;
}

/** A name that does not stand in the text. */
function fresh(text: string, name: string): string {
  let found = name;
  while (text.includes(found)) found += "_";
  return found;
}

function read(text: string, sourceType: "module" | "script"): { program: Any } | SyntaxProblem {
  try {
    return { program: parse(text, { ...options, sourceType, allowReturnOutsideFunction: sourceType === "script", allowAwaitOutsideFunction: sourceType === "module" }) as Program & Any };
  } catch (error) {
    return syntaxWords(text, error as SyntaxError & { pos?: number });
  }
}

/** An ES module: a generator, asynchronous where the module waits. It takes one object, `Scope` in `guest/modules.ts`. */
export function transformModule(source: string): ModuleText | SyntaxProblem {
  const text = source.startsWith("#!") ? `//${source.slice(2)}` : source;
  const parsed = read(text, "module");
  if (!("program" in parsed)) return parsed;
  const { program } = parsed;
  const scope = fresh(text, "K");
  const byDefault = fresh(text, "K_default");
  const rewrite = new Rewrite(text);
  const requests: (Request & { names: string[] })[] = [];
  const exported: Export[] = [];
  /** Exported name to the expression that reads it. */
  const own: [name: string, reads: string][] = [];
  /** Local name of an import to the expression that reads it. */
  const imported = new Map<string, string>();
  const prelude: string[] = [];

  const requestOf = (node: Any): number => {
    const type = (node.attributes as Any[] | undefined)?.find(({ key }) => (key.name ?? key.value) === "type")?.value.value as string | undefined;
    const at = requests.findIndex((one) => one.specifier === node.source.value && one.type === type);
    if (at >= 0) return at;
    requests.push({ specifier: node.source.value as string, ...(type === undefined ? {} : { type }), names: [] });
    return requests.length - 1;
  };
  const nameOf = (node: Any): string => (node.type === "Literal" ? (node.value as string) : (node.name as string));
  const ask = (request: number, name: string): void => {
    if (!requests[request].names.includes(name)) requests[request].names.push(name);
  };
  const member = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`);
  const offer = (name: string, reads: string): void => {
    exported.push({ name });
    own.push([name, reads]);
  };

  for (const node of program.body as Any[]) {
    if (node.type === "ImportDeclaration") {
      const request = requestOf(node);
      for (const specifier of node.specifiers as Any[]) {
        if (specifier.type === "ImportNamespaceSpecifier") imported.set(specifier.local.name as string, `${scope}.m[${request}]`);
        else {
          const name = specifier.type === "ImportDefaultSpecifier" ? "default" : nameOf(specifier.imported);
          ask(request, name);
          imported.set(specifier.local.name as string, `${scope}.m[${request}]${member(name)}`);
        }
      }
      rewrite.remove(node.start, node.end);
    } else if (node.type === "ExportAllDeclaration") {
      const request = requestOf(node);
      exported.push(node.exported ? { name: nameOf(node.exported), request, all: true } : { all: true, request });
      rewrite.remove(node.start, node.end);
    } else if (node.type === "ExportNamedDeclaration" && node.source) {
      const request = requestOf(node);
      for (const specifier of node.specifiers as Any[]) {
        ask(request, nameOf(specifier.local));
        exported.push({ name: nameOf(specifier.exported), request, of: nameOf(specifier.local) });
      }
      rewrite.remove(node.start, node.end);
    } else if (node.type === "ExportNamedDeclaration" && node.declaration) {
      rewrite.remove(node.start, node.declaration.start as number);
      for (const name of declared(node.declaration as Any)) offer(name, name);
    } else if (node.type === "ExportNamedDeclaration") {
      // Imports may stand below.
      for (const specifier of node.specifiers as Any[]) offer(nameOf(specifier.exported), specifier.local.name as string);
      rewrite.remove(node.start, node.end);
    } else if (node.type === "ExportDefaultDeclaration") {
      const declaration = node.declaration as Any;
      const keywords = /^export\s+default\s*/.exec(text.slice(node.start))![0].length;
      if (/^(Function|Class)Declaration$/.test(declaration.type) && declaration.id) {
        rewrite.remove(node.start, declaration.start as number);
        offer("default", declaration.id.name as string);
      } else if (declaration.type === "FunctionDeclaration") {
        // It is hoisted as others are; only its name is not one that a text can write.
        const open = text.slice(declaration.start).search(/\(/) + declaration.start;
        rewrite.remove(node.start, declaration.start as number);
        rewrite.insert(open, ` ${byDefault}`);
        prelude.push(`${scope}.name(${byDefault});`);
        offer("default", byDefault);
      } else {
        // The expression may stand in brackets, which are no part of its node; a function without a name is called "default".
        rewrite.replace(node.start, node.start + keywords, `const ${byDefault} = { default: `);
        rewrite.insert(text[node.end - 1] === ";" ? node.end - 1 : node.end, " }.default;");
        offer("default", byDefault);
      }
    }
  }

  let waits = false;
  for (const found of referencesTo(program as unknown as Node, new Set(imported.keys()))) {
    if (found.kind === "await") waits = true;
    else if (found.kind === "meta") rewrite.replace(found.start, found.end, `${scope}.meta`);
    else if (found.kind === "import") rewrite.replace(found.start, found.start + "import".length, `${scope}.import`);
    else {
      const reads = imported.get(found.name)!;
      // A call of `m.f()` would hand `m` on as `this`.
      const called = `${scope}.call(${reads}${found.called === "surely" ? `, ${JSON.stringify(found.name)}` : ""})`;
      rewrite.replace(found.start, found.end, found.shorthand ? `${found.name}: ${reads}` : found.called ? called : reads);
    }
  }

  const getters = own.map(([name, reads]) => `${JSON.stringify(name)}: () => ${imported.get(reads) ?? reads}`);
  // Up to its `yield` it is as linked: functions are there, everything else has no value yet.
  rewrite.prepend(`(${waits ? "async " : ""}function* (${scope}) { "use strict"; ${scope}.exports({ __proto__: null${getters.map((getter) => `, ${getter}`).join("")} }); ${prelude.join(" ")}yield; `);
  rewrite.append("\n})");
  // `export { x }` of a name that is imported is an export of the other module.
  const exports = exported.map((one): Export => {
    if (!("name" in one) || "request" in one) return one;
    const reads = own.find(([name]) => name === one.name)![1];
    const from = /\.m\[(\d+)\](?:\.([\w$]+)|\[(".*")\])$/.exec(imported.get(reads) ?? "");
    return from ? { name: one.name, request: Number(from[1]), of: from[2] ?? (JSON.parse(from[3]) as string) } : one;
  });
  return { ok: true, ...rewrite.done(), requests, exports, waits };
}

function declared(node: Any): string[] {
  if (node.type === "VariableDeclaration") return (node.declarations as Any[]).flatMap(({ id }) => patternNames(id as Node));
  return [(node.id as Any).name as string];
}

export interface ScriptText {
  ok: true;
  text: string;
  shifts: readonly Shift[];
}

/** A CommonJS module: the function takes exports, require, module, __filename, __dirname, and the loader's own object. */
export function transformScript(source: string): ScriptText | SyntaxProblem {
  const text = source.startsWith("#!") ? `//${source.slice(2)}` : source;
  const parsed = read(text, "script");
  if (!("program" in parsed)) return parsed;
  const scope = fresh(text, "K");
  const rewrite = new Rewrite(text);
  if (text.includes("import"))
    for (const found of referencesTo(parsed.program as unknown as Node, new Set())) if (found.kind === "import") rewrite.replace(found.start, found.start + "import".length, `${scope}.import`);
  rewrite.prepend(`(function (exports, require, module, __filename, __dirname, ${scope}) { `);
  rewrite.append("\n})");
  return { ok: true, ...rewrite.done() };
}

/** Whether a text that cannot be CommonJS is an ES module: Node 24 looks, Node 20 and 22 at Lambda do not. */
export function looksLikeModule(source: string): boolean {
  const parsed = read(source, "module");
  return "program" in parsed && !("program" in read(source, "script"));
}
