import { Client } from "@smithy/core/client";
import { Buffer } from "buffer";
import { shared } from "keyhole:shared";
import packages from "@/lib/store/code/packages.json";

/** What a program can import. */

type Namespace = Record<string, unknown>;
type Factory = (require: (name: string) => unknown, module: { exports: Namespace }, exports: Namespace) => void;

const factories = new Map<string, Factory>();
const loaded = new Map<string, Namespace>();

/** The clients' files call this. */
export const define = (name: string, factory: Factory): void => void factories.set(name, factory);

/** Defaults of every client. */
export interface Defaults {
  region: string;
  credentials: object;
}

let defaults: Defaults | undefined;
export const setDefaults = (given: Defaults): void => void (defaults = given);

/** A client that is made without Region or credentials has the page's, as on a machine where `aws configure` was run. */
const configured = (client: new (config: object) => object): unknown =>
  new Proxy(client, {
    construct: (target, [config], newTarget) => Reflect.construct(target, [{ ...defaults, ...(config as object) }], newTarget) as object,
  });

const isClient = (value: unknown): value is new (config: object) => object =>
  typeof value === "function" && (value as { prototype?: unknown }).prototype instanceof (Client as unknown as new () => object);

function load(name: string): Namespace {
  const factory = factories.get(name);
  if (!factory) throw new Error(whyNot(name));
  const module = { exports: {} as Namespace };
  factory((wanted) => shared[wanted], module, module.exports);
  return Object.fromEntries(Object.entries(module.exports).map(([key, value]) => [key, isClient(value) ? configured(value) : value]));
}

/** An import of a name that is not there says so, as an import of a real module does. */
const namespace = (name: string, exports: Namespace): Namespace =>
  new Proxy(Object.freeze({ ...exports }), {
    get(target, key) {
      if (typeof key === "symbol" || key === "then" || Object.hasOwn(target, key)) return target[key as string];
      throw new SyntaxError(`The requested module '${name}' does not provide an export named '${key}'`);
    },
  });

const builtIn: Record<string, () => Namespace> = {
  buffer: () => ({ Buffer, default: { Buffer } }),
  "node:buffer": () => ({ Buffer, default: { Buffer } }),
};

export function importModule(name: string): Namespace {
  let found = loaded.get(name);
  if (!found) loaded.set(name, (found = namespace(name, builtIn[name]?.() ?? load(name))));
  return found;
}

function whyNot(name: string): string {
  if (name === "crypto" || name === "node:crypto")
    return `There is no ${name} here: the sandbox is a browser's worker, not Node. Web Crypto is there as \`crypto.subtle\`, and random bytes as \`crypto.getRandomValues\`.`;
  const here = [...packages, "buffer"].join(", ");
  return /^node:|^(fs|path|os|http|https|util|stream|child_process)$/.test(name)
    ? `There is no ${name} here: the sandbox is a browser's worker, not Node. What can be imported: ${here}.`
    : `Cannot find package '${name}'. What can be imported here: ${here}.`;
}

/** What a program has in place of `import`: at its head, anywhere, and as `import.meta`. */
const keyholeImport = Object.assign(importModule, { later: async (name: string) => importModule(name), meta: { url: "file:///code.ts" } });

let program: ((load: typeof keyholeImport) => Promise<void>) | undefined;

/** The program's text calls this, as `keyholeProgram`. */
export const setProgram = (given: typeof program): void => void (program = given);

/** Runs the program. Rejects with what it throws. */
export const runProgram = async (): Promise<void> => program?.(keyholeImport);

export { Buffer };
