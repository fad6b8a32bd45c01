import { type Shift, columnOf } from "../rewrite";
import { v8Words } from "./v8-words";

/**
 * Stack traces as Lambda shows them: the function's own files, in the places where they stand in the package, and below them the
 * runtime's frame that called the handler. `Error.prepareStackTrace` is V8's and QuickJS's; other browsers are read from the text.
 */
export interface Known {
  /** As it stands in the package. */
  source: string;
  shifts: readonly Shift[];
}

/** By the name that a file has in stack traces: `file:///var/task/index.mjs`, `/var/task/index.js`. */
const files = new Map<string, Known>();
export const knowFile = (name: string, known: Known): void => void files.set(name, known);

/** The functions of the runtime by which a frame is known: what the guest calls them, and what AWS's runtime writes. */
export const calledBy = { handler: "keyholeCallsHandler", module: "keyholeCallsModule" } as const;

interface Site {
  getFileName(): string | null | undefined;
  /** V8's: of a text that was evaluated, the name that it gives itself. */
  getScriptNameOrSourceURL?(): string | null | undefined;
  getLineNumber(): number | null;
  getColumnNumber(): number | null;
  getFunctionName(): string | null | undefined;
  isNative?(): boolean;
  toString(): string;
}

interface Frame {
  /** `async fn`, `new K`, `fn`; empty for none. */
  name: string;
  file: string;
  line: number;
  column: number;
}

let runtimeFrame = "";
/** The line under a handler's own; it differs by the runtime's version. */
export const setRuntimeFrame = (frame: string): void => void (runtimeFrame = frame);

const most = 10;

function written(all: readonly Frame[]): string[] {
  const lines: string[] = [];
  const frames = all.filter(({ name, file }) => files.has(file) || name.endsWith(calledBy.handler) || name.endsWith(calledBy.module));
  for (const [i, { name, file, line, column }] of frames.entries()) {
    if (lines.length === most) break;
    const known = files.get(file);
    if (known) {
      const caller = frames[i + 1]?.name.split(".").at(-1);
      const place = `${file}:${line}:${columnOf(known.shifts, line, column)}`;
      const shown = caller === calledBy.handler ? `Runtime.${/^(handler|.*\.handler|<anonymous>|)$/.test(name) ? "handler" : `${name} [as handler]`}` : caller === calledBy.module ? (file.startsWith("file:") ? "" : "Object.<anonymous>") : name.replace(/^<anonymous>$/, "");
      lines.push(shown ? `    at ${shown} (${place})` : `    at ${place}`);
    } else if (name.endsWith(calledBy.handler) && lines.length && runtimeFrame) lines.push(`    at ${runtimeFrame}`);
  }
  return lines;
}

/** Where QuickJS means the first line it counts columns from 0, elsewhere from 1; and of `new X` it names X. */
function quickColumn(file: string, line: number, column: number): number {
  const known = files.get(file);
  const fixed = line === 1 ? column + 1 : column;
  const text = known?.source.split("\n")[line - 1];
  if (text === undefined || !known) return fixed;
  const at = columnOf(known.shifts, line, fixed);
  const word = /\bnew\s+$/.exec(text.slice(0, at - 1))?.[0];
  return word ? fixed - word.length : fixed;
}

export const headOf = (error: unknown): string => {
  const { name, message } = error as { name?: unknown; message?: unknown };
  const [called, said] = [String(name ?? "Error"), String(message ?? "")];
  return called && said ? `${called}: ${said}` : called || said;
};

/** Installs the traces. `quick`: the interpreter is QuickJS, whose messages are put in V8's words as they are made. */
export function installStacks(quick: boolean, outOfMemory: () => void): void {
  Error.stackTraceLimit = 60;
  (Error as unknown as { prepareStackTrace: unknown }).prepareStackTrace = (error: Error, sites: Site[]): string => {
    const frames = sites.flatMap((site): Frame[] => {
      const file = site.getScriptNameOrSourceURL?.() ?? site.getFileName() ?? "";
      const line = site.getLineNumber() ?? 0;
      if (quick) return site.isNative?.() ? [] : [{ name: site.getFunctionName() ?? "", file, line, column: quickColumn(file, line, site.getColumnNumber() ?? 1) }];
      // What stands before the place: the name with its type, `async`, `new`.
      const name = /^(.*) \(.*\)$/.exec(site.toString())?.[1] ?? (site.getFunctionName() || "");
      return [{ name: files.has(file) ? name.replace(/^(?:Object|Module|Function)\.(?=\w)/, "") : (site.getFunctionName() ?? ""), file, line, column: site.getColumnNumber() ?? 1 }];
    });
    if (quick) {
      if (error.message === "out of memory") outOfMemory();
      // V8 begins at who made the error, not in the classes that it is made of.
      while (frames.length && isMaker(error, frames[0])) frames.shift();
      reword(error, frames);
    }
    const lines = written(frames);
    const stack = [headOf(error), ...lines].join("\n");
    if (quick) made.set(error, { stack, lines });
    return stack;
  };
}

/** V8 writes a stack when it is first read, QuickJS when the error is made: its name may be given to it later. */
const made = new WeakMap<Error, { stack: string; lines: string[] }>();

function isMaker(error: Error, { name }: Frame): boolean {
  for (let at: object | null = error; at && at !== Error.prototype; at = Object.getPrototypeOf(at) as object | null) if (Object.hasOwn(at, "constructor") && (at.constructor as { name?: unknown }).name === name) return name !== "";
  return false;
}

function reword(error: Error, frames: readonly Frame[]): void {
  const top = frames[0];
  const known = top && files.get(top.file);
  const text = known?.source.split("\n")[top.line - 1];
  const words = v8Words(error.name, error.message, text, known && text !== undefined ? columnOf(known.shifts, top.line, top.column) : 0);
  if (words !== undefined) Object.defineProperty(error, "message", { value: words, writable: true, configurable: true, enumerable: false });
}

/** A trace that no `prepareStackTrace` made (Firefox, Safari), read from its text. */
const line = /^(?:\s+at (?:(.*) \()?|([^@]*)@)((?:file:\/\/)?\/var\/task\/.*?):(\d+):(\d+)\)?$/;

/** The stack of an error, whoever made it. */
export function stackOf(error: Error): string {
  const stack = (error as { stack?: unknown }).stack;
  if (typeof stack !== "string") return headOf(error);
  const first = made.get(error);
  if (first?.stack === stack) return [headOf(error), ...first.lines].join("\n");
  if (!/@|keyhole/.test(stack)) return stack;
  const frames = stack.split("\n").flatMap((text): Frame[] => {
    const found = line.exec(text);
    if (found) return [{ name: found[1] ?? found[2] ?? "", file: found[3], line: Number(found[4]), column: Number(found[5]) }];
    const called = Object.values(calledBy).find((name) => text.includes(name));
    return called ? [{ name: called, file: "", line: 0, column: 0 }] : [];
  });
  return [headOf(error), ...written(frames)].join("\n");
}
