import { taskRoot } from "../protocol";
import { type Format, type Missing, type Package, dirname, formatOf, join, resolveImport, resolveRequire } from "../resolve";
import type { ModuleText, ScriptText, SyntaxProblem } from "../transform";
import { setStack } from "./errors";
import type { GuestHost } from "./host";
import { calledBy, knowFile } from "./stacks";

/**
 * Modules of a package, linked and run as Node does it: ES modules with live bindings, circles and top-level await, CommonJS
 * with its cache, and either from the other.
 * Source: ECMA-262, "Cyclic Module Records"; Node.js API, "Modules: CommonJS modules", "Modules: ECMAScript modules" (Interoperability).
 */
type Namespace = Record<string, unknown>;

interface EsModule {
  path: string;
  file: string;
  text: ModuleText;
  scope: Scope;
  body: Iterator<void> | AsyncIterator<void>;
  requests: Loaded[];
  /** Its own bindings by their exported names; there from its first moment, as functions are. */
  getters: Record<string, () => unknown>;
  namespace: Namespace;
  state: "linked" | "running" | "done";
  running?: Promise<void>;
  failed?: { error: unknown };
}

/** What is not ES: it is run when it is first needed, and its names are known afterwards. */
interface Other {
  specifier: string;
  commonJs: boolean;
  namespace?: Namespace;
  read(): Namespace;
}

type Loaded = EsModule | Other;
const isEs = (module: Loaded): module is EsModule => "getters" in module;

/** What the text of an ES module gets. */
interface Scope {
  m: Namespace[];
  meta: object;
  exports(getters: Record<string, () => unknown>): void;
  name(fn: object): void;
  call(fn: unknown, name?: string): unknown;
  import(specifier: unknown, options?: unknown): Promise<Namespace>;
}

interface CommonModule {
  id: string;
  path: string;
  filename: string;
  exports: unknown;
  loaded: boolean;
  children: CommonModule[];
  paths: string[];
  require: Require;
}
type Require = ((specifier: string) => unknown) & { resolve(specifier: string): string; cache: Record<string, CommonModule>; main: undefined };

export interface Modules {
  /** As the runtime loads the handler's module. Rejects with what Node throws. */
  load(path: string): Promise<Namespace> | Namespace;
  require(path: string, from: string): unknown;
  formatOf(path: string): Format | undefined;
  has(path: string): boolean;
}

/** A module that is part of the runtime: its exports, made once. */
export type BuiltIns = (specifier: string) => (() => unknown) | undefined;

export interface ModuleSettings {
  host: GuestHost;
  runtime: string;
  builtIns: BuiltIns;
  /** Why a module that Node or the package registry has is not here; undefined for what nobody knows. */
  whyNot(specifier: string): string | undefined;
}

export function makeModules({ host, runtime, builtIns, whyNot }: ModuleSettings): Modules {
  const files: Package = { has: host.has.bind(host), text: host.text.bind(host) };
  const newer = Number(/\d+/.exec(runtime)?.[0] ?? 0) >= 24;
  const loaded = new Map<string, Loaded>();
  const cache: Record<string, CommonModule> = Object.create(null) as Record<string, CommonModule>;
  const made = new Map<string, unknown>();
  const asked = { files, builtIn: (specifier: string) => (builtIns(specifier) ? specifier : undefined) };

  const builtIn = (specifier: string): unknown => {
    if (!made.has(specifier)) made.set(specifier, builtIns(specifier)!());
    return made.get(specifier);
  };

  const coded = <E extends Error>(error: E, code: string, more: object = {}): E => Object.assign(error, { code }, more);

  function missing({ code, message }: Missing, specifier: string, stack: readonly string[]): Error {
    const why = whyNot(specifier);
    // With this code the runtime answers Runtime.ImportModuleError, as it does for a file that is not there.
    if (why) return coded(new Error(`Cannot find module '${specifier}'. ${why}`), "MODULE_NOT_FOUND", { requireStack: [...stack] });
    if (code !== "MODULE_NOT_FOUND") return coded(new Error(message), code);
    return coded(new Error(`${message}\nRequire stack:\n${stack.map((path) => `- ${path}`).join("\n")}`), code, { requireStack: [...stack] });
  }

  function problem({ message, line, column }: SyntaxProblem, file: string, source: string): SyntaxError {
    const error = new SyntaxError(message);
    const text = source.split("\n")[line - 1] ?? "";
    setStack(error, `${file}:${line}\n${text}\n${" ".repeat(Math.max(0, column - 1))}^\n\nSyntaxError: ${message}\n    at ${file}:${line}:${column}`);
    return error;
  }

  const fileUrl = (path: string): string => `file://${encodeURI(path).replace(/[?#]/g, encodeURIComponent)}`;

  // ---------------------------------------------------------------- CommonJS

  function compileScript(path: string, source: string): (...args: unknown[]) => unknown {
    const text = JSON.parse(host.transform(source, "commonjs", runtime)) as ScriptText | SyntaxProblem;
    if (!text.ok) throw problem(text, path, source);
    knowFile(path, { source, shifts: text.shifts });
    return host.evaluate(text.text, path);
  }

  function requireFile(path: string, parent: CommonModule | undefined): unknown {
    const known = cache[path];
    if (known) return known.exports;
    const format = formatOf(files, path) ?? (newer && looksNew(path) ? "module" : "commonjs");
    if (format === "module") return requireNew(path, parent?.filename ?? "/var/runtime/index.mjs");
    const module: CommonModule = { id: path, path: dirname(path), filename: path, exports: {}, loaded: false, children: [], paths: [], require: undefined as never };
    module.require = requireOf(module);
    cache[path] = module;
    parent?.children.push(module);
    try {
      if (path.endsWith(".json")) module.exports = readJson(path);
      else if (path.endsWith(".node")) throw coded(new Error(`${path}: a native add-on does not run in this lab.`), "ERR_DLOPEN_FAILED");
      else {
        const run = compileScript(path, files.text(path) ?? "");
        callModule(() => run.call(module.exports, module.exports, module.require, module, path, dirname(path), { import: importer(path) }));
      }
    } catch (error) {
      delete cache[path];
      throw error;
    }
    module.loaded = true;
    return module.exports;
  }

  function readJson(path: string): unknown {
    const text = files.text(path) ?? "";
    try {
      return JSON.parse(text.replace(/^\ufeff/, "")) as unknown;
    } catch (error) {
      (error as Error).message = `${path}: ${(error as Error).message}`;
      throw error;
    }
  }

  /** Node 24 runs a `.js` file with the syntax of ES modules as one. */
  const looksNew = (path: string): boolean => {
    const source = files.text(path) ?? "";
    return /\b(import|export)\b/.test(source) && (JSON.parse(host.transform(source, "commonjs", "")) as { ok: boolean }).ok === false && (JSON.parse(host.transform(source, "module", "")) as { ok: boolean }).ok;
  };

  function requireNew(path: string, from: string): unknown {
    const name = path.split("/").at(-1)!;
    if (!newer) throw coded(new Error(`require() of ES Module ${path} not supported.\nInstead change the require of ${name} in ${from} to a dynamic import() which is available in all CommonJS modules.`), "ERR_REQUIRE_ESM");
    const module = link(path) as EsModule;
    if (waits(module, new Set())) throw coded(new Error("require() cannot be used on an ESM graph with top-level await. Use import() instead. To see where the top-level await comes from, use --experimental-print-required-tla."), "ERR_REQUIRE_ASYNC_MODULE");
    void evaluate(module, []);
    if (module.failed) throw module.failed.error;
    return module.namespace;
  }

  const waits = (module: Loaded, seen: Set<Loaded>): boolean => {
    if (!isEs(module) || seen.has(module)) return false;
    seen.add(module);
    return module.text.waits || module.requests.some((one) => waits(one, seen));
  };

  const stackOf = (module: CommonModule | undefined): string[] => (module ? [module.filename, "/var/runtime/index.mjs"] : ["/var/runtime/index.mjs"]);

  function requireFrom(specifier: unknown, from: string, parent: CommonModule | undefined): unknown {
    if (typeof specifier !== "string") throw coded(new TypeError(`The "id" argument must be of type string. Received ${specifier === null ? "null" : typeof specifier}`), "ERR_INVALID_ARG_TYPE");
    if (specifier === "") throw coded(new TypeError("The argument 'id' must be a non-empty string. Received ''"), "ERR_INVALID_ARG_VALUE");
    const found = resolveRequire(asked, specifier, from);
    if ("builtIn" in found) return builtIn(found.builtIn);
    if ("missing" in found) throw missing(found.missing, specifier, stackOf(parent));
    return requireFile(found.path, parent);
  }

  function requireOf(module: CommonModule): Require {
    const resolve = (specifier: string): string => {
      const found = resolveRequire(asked, specifier, module.filename);
      if ("missing" in found) throw missing(found.missing, specifier, stackOf(module));
      return "builtIn" in found ? found.builtIn : found.path;
    };
    return Object.assign((specifier: string) => requireFrom(specifier, module.filename, module), { resolve, cache, main: undefined });
  }

  // ---------------------------------------------------------------- ES modules: linking

  /** Other kinds of modules, as ES modules see them. */
  function other(specifier: string, commonJs: boolean, exports: () => unknown): Other {
    const module: Other = {
      specifier,
      commonJs,
      read: () =>
        (module.namespace ??= (() => {
          const value = exports();
          const names: Namespace = { default: value };
          if ((typeof value === "object" && value !== null) || typeof value === "function") for (const name of Object.keys(value)) if (name !== "default") names[name] = (value as Namespace)[name];
          // A package that was compiled from an ES module keeps its default export under that name.
          return seal(Object.fromEntries(Object.entries(names).map(([name, content]) => [name, () => content])));
        })()),
    };
    return module;
  }

  /** A namespace object: no prototype, its names in order, nothing to be written. */
  function seal(getters: Record<string, () => unknown>): Namespace {
    const namespace = Object.create(null) as Namespace;
    for (const name of Object.keys(getters).sort()) Object.defineProperty(namespace, name, { get: getters[name], enumerable: true, configurable: true });
    Object.defineProperty(namespace, Symbol.toStringTag, { value: "Module" });
    return namespace;
  }

  function find(specifier: string, from: string, type: string | undefined): Loaded {
    const found = resolveImport(asked, specifier, from);
    if ("missing" in found) throw missing(found.missing, specifier, [from, "/var/runtime/index.mjs"]);
    if ("builtIn" in found) {
      const key = `node:${found.builtIn}`;
      if (!loaded.has(key)) loaded.set(key, other(specifier, false, () => builtIn(found.builtIn)));
      return loaded.get(key)!;
    }
    const isJson = found.path.endsWith(".json");
    if (isJson && type !== "json") throw coded(new TypeError(`Module "${fileUrl(found.path)}" needs an import attribute of "type: json"`), "ERR_IMPORT_ATTRIBUTE_MISSING");
    if (!isJson && type !== undefined) throw coded(new TypeError(`Module "${fileUrl(found.path)}" is not of type "${type}"`), "ERR_IMPORT_ATTRIBUTE_TYPE_INCOMPATIBLE");
    return link(found.path);
  }

  /** Reads a module and all that it asks for, and sees that what it asks for is there. */
  function link(path: string): Loaded {
    const fresh: EsModule[] = [];
    try {
      const module = read(path, fresh);
      for (const one of fresh) one.namespace = seal(gettersOf(one));
      for (const one of fresh) check(one);
      for (const one of fresh) {
        one.scope.m = one.requests.map((from) => (isEs(from) ? from.namespace : {}));
        void one.body.next();
      }
      return module;
    } catch (error) {
      for (const { path: left } of fresh) loaded.delete(left);
      throw error;
    }
  }

  function read(path: string, fresh: EsModule[]): Loaded {
    const known = loaded.get(path);
    if (known) return known;
    const format = formatOf(files, path) ?? (newer && looksNew(path) ? "module" : "commonjs");
    if (format !== "module") {
      const module = other(path, format === "commonjs", () => (format === "json" ? readJson(path) : requireFile(path, undefined)));
      loaded.set(path, module);
      return module;
    }
    const source = files.text(path) ?? "";
    const file = fileUrl(path);
    const text = JSON.parse(host.transform(source, "module", runtime)) as ModuleText | SyntaxProblem;
    if (!text.ok) throw problem(text, file, source);
    knowFile(file, { source, shifts: text.shifts });
    const begin = host.evaluate(text.text, file) as (scope: Scope) => EsModule["body"];
    const module: EsModule = { path, file, text, scope: undefined as never, body: undefined as never, requests: [], getters: {}, namespace: {}, state: "linked" };
    module.scope = scopeOf(module);
    module.body = begin(module.scope);
    loaded.set(path, module);
    fresh.push(module);
    module.requests = text.requests.map(({ specifier, type }) => {
      const found = resolveImport(asked, specifier, path);
      return "path" in found && type === undefined && !found.path.endsWith(".json") ? read(found.path, fresh) : find(specifier, path, type);
    });
    return module;
  }

  type Found = { module: EsModule; name: string } | { other: Other; name: string } | { all: Loaded };

  /** Where a name that a module exports comes from. */
  function resolveExport(module: Loaded, name: string, seen: Set<string> = new Set()): Found | undefined {
    if (!isEs(module)) return module.commonJs || name in module.read() ? { other: module, name } : undefined;
    const mark = `${module.path}\0${name}`;
    if (seen.has(mark)) return undefined;
    seen.add(mark);
    for (const one of module.text.exports) {
      if (!("name" in one) || one.name !== name) continue;
      if (!("request" in one)) return { module, name };
      const from = module.requests[one.request];
      return "all" in one ? { all: from } : resolveExport(from, one.of, seen);
    }
    if (name === "default") return undefined;
    let found: Found | undefined;
    for (const one of module.text.exports) {
      if ("name" in one) continue;
      const next = resolveExport(module.requests[one.request], name, seen);
      // What a CommonJS module has is known only when it has run; a name that another module surely has comes first.
      if (next && (!found || "other" in found)) found = next;
    }
    return found;
  }

  const read1 = (found: Found): unknown => ("all" in found ? (isEs(found.all) ? found.all.namespace : found.all.read()) : "other" in found ? found.other.read()[found.name] : getter(found.module, found.name)());

  function getter(module: EsModule, name: string): () => unknown {
    const own = module.getters[name];
    // It is asked for before its module began: nothing in it has a value yet.
    if (!own) throw new ReferenceError(`Cannot access '${name}' before initialization`);
    return own;
  }

  function exportedNames(module: Loaded, seen: Set<Loaded>): string[] {
    if (seen.has(module)) return [];
    seen.add(module);
    if (!isEs(module)) return module.commonJs && !module.namespace ? [] : Object.keys(module.read());
    return module.text.exports.flatMap((one) => ("name" in one ? [one.name] : exportedNames(module.requests[one.request], seen).filter((name) => name !== "default")));
  }

  function gettersOf(module: EsModule): Record<string, () => unknown> {
    const getters: Record<string, () => unknown> = Object.create(null) as Record<string, () => unknown>;
    for (const name of new Set(exportedNames(module, new Set()))) {
      const found = resolveExport(module, name);
      if (found) getters[name] = () => read1(found);
    }
    return getters;
  }

  const notThere = (specifier: string, name: string): SyntaxError => new SyntaxError(`The requested module '${specifier}' does not provide an export named '${name}'`);

  function check(module: EsModule): void {
    for (const [i, { specifier, names }] of module.text.requests.entries())
      for (const name of names) {
        if (resolveExport(module.requests[i], name)) continue;
        const error = notThere(specifier, name);
        setStack(error, `${module.file}\nSyntaxError: ${error.message}`);
        throw error;
      }
  }

  // ---------------------------------------------------------------- ES modules: running

  const callModule = <T>(work: () => T): T => {
    // By this function's name a stack trace knows where a module's own code begins.
    const named = { [calledBy.module]: () => work() };
    return named[calledBy.module]();
  };

  /** Runs a module after those that it asks for; a promise where one of them waits. */
  function evaluate(module: Loaded, above: readonly Loaded[]): Promise<void> | void {
    if (!isEs(module)) return void module.read();
    if (above.includes(module)) return undefined;
    if (module.state === "done") {
      if (module.failed) throw module.failed.error;
      return undefined;
    }
    if (module.state === "running") return module.running;
    module.state = "running";
    let at = 0;
    const fail = (error: unknown): never => {
      module.failed ??= { error };
      module.state = "done";
      throw error;
    };
    const next = (): Promise<void> | void => {
      try {
        while (at < module.requests.length) {
          const waiting = evaluate(module.requests[at++], [...above, module]);
          if (waiting) return waiting.then(next, fail);
        }
        const running = callModule(() => start(module));
        if (running instanceof Promise) return running.then(() => void (module.state = "done"), fail);
        module.state = "done";
      } catch (error) {
        fail(error);
      }
    };
    const running = next();
    if (running) module.running = running;
    return running;
  }

  function start(module: EsModule): unknown {
    const { m } = module.scope;
    for (const [i, { specifier, names }] of module.text.requests.entries()) {
      const from = module.requests[i];
      if (isEs(from)) continue;
      m[i] = from.read();
      for (const name of names) if (!(name in m[i])) throw from.commonJs ? notNamed(specifier, name) : notThere(specifier, name);
    }
    // Names that came with a CommonJS module's run.
    for (const [name, get] of Object.entries(gettersOf(module))) if (!(name in module.namespace)) Object.defineProperty(module.namespace, name, { get, enumerable: true });
    return module.body.next();
  }

  const scopeOf = (module: EsModule): Scope => ({
    m: [],
    meta: metaOf(module),
    exports: (getters) => void (module.getters = getters),
    name: (fn) => void Object.defineProperty(fn, "name", { value: "default", configurable: true }),
    call(fn, name) {
      if (name !== undefined && typeof fn !== "function") throw new TypeError(`${name} is not a function`);
      return fn;
    },
    import: importer(module.path),
  });

  const notNamed = (specifier: string, name: string): SyntaxError =>
    new SyntaxError(`Named export '${name}' not found. The requested module '${specifier}' is a CommonJS module, which may not support all module.exports as named exports.\nCommonJS modules can always be imported via the default export, for example using:\n\nimport pkg from '${specifier}';\nconst { ${name} } = pkg;\n`);

  const metaOf = ({ path, file }: EsModule): object =>
    Object.assign(Object.create(null) as object, {
      dirname: dirname(path),
      filename: path,
      url: file,
      resolve(specifier: string): string {
        const found = resolveImport(asked, specifier, path);
        if ("missing" in found) throw missing(found.missing, specifier, [path]);
        return "path" in found ? fileUrl(found.path) : found.builtIn;
      },
    });

  function namespaceOf(module: Loaded): Namespace | Promise<Namespace> {
    const running = evaluate(module, []);
    const read = (): Namespace => (isEs(module) ? module.namespace : module.read());
    return running ? running.then(read) : read();
  }

  const importer =
    (from: string) =>
    async (specifier: unknown, options?: unknown): Promise<Namespace> =>
      namespaceOf(find(String(specifier), from, (options as { with?: { type?: string } } | undefined)?.with?.type));

  return {
    has: files.has,
    formatOf: (path) => formatOf(files, path) ?? (newer && looksNew(path) ? "module" : undefined),
    load: (path) => namespaceOf(link(path)),
    require: (specifier, from) => requireFrom(specifier, join(taskRoot, from), undefined),
  };
}
