import type { ServiceModel, Shape } from "../../engine/model";
import { type ArgValue, pythonInt } from "./argparse";
import { Failure, parameterFailure } from "./failure";
import { JsonError, type Value, define, isMap, parseJson } from "./python";
import { FileReference, type Shorthand, ShorthandError, coerce, parseShorthand } from "./shorthand";

/** Reading of files that arguments name. `path` is as written, after `~` and `$VARS`; throws with `code` ENOENT and so on. */
export interface Files {
  readFile(path: string): Promise<Uint8Array>;
  variables: Record<string, string>;
}

const scalars = new Set(["string", "integer", "long", "float", "double", "boolean", "blob", "timestamp"]);

/**
 * An argument as it was typed, as the value of its shape: files are read, JSON and shorthand parsed, numbers made.
 * Blobs stay text here (base64, decoded when the request is made) unless they came from `fileb://`.
 */
export async function unpack(model: ServiceModel, shape: Shape, option: string, typed: ArgValue, files: Files): Promise<Value> {
  if (typeof typed === "boolean" || typeof typed === "number") return typed;
  const single = Array.isArray(typed) ? (typed.length === 1 ? typed[0] : undefined) : typed;
  const loaded = single === undefined ? undefined : await loadFile(single, option, files);
  const value: string | string[] | Uint8Array = loaded ?? typed;
  if (scalars.has(shape.type)) return scalar(shape, value as string | Uint8Array);
  if (value instanceof Uint8Array) return value;
  const probe = Array.isArray(value) ? (value[0] ?? "") : value;
  if (hasShorthand(model, shape) && !/^\s*[[{]/.test(probe)) return shorthand(model, shape, option, value, files);
  if (shape.type !== "list") return json(option, value as string);
  if (typeof value === "string")
    return /^\s*\[/.test(value) ? json(option, value) : Array.from(value).map((char) => member(model, shape, option, char));
  if (value.length === 1 && /^\s*\[/.test(value[0])) return json(option, value[0]);
  return value.map((one) => member(model, shape, option, one));
}

function member(model: ServiceModel, shape: Shape, option: string, text: string): Value {
  const inner = model.shapes[shape.member!.shape];
  if (scalars.has(inner.type)) {
    try {
      return scalar(inner, text);
    } catch (error) {
      if (error instanceof Failure && error.kind === "General") throw parameterFailure(option, text);
      throw error;
    }
  }
  if (/^\s*[[{]/.test(text)) return json(option, text);
  throw parameterFailure(option, `Invalid JSON:\n${text}`);
}

function scalar(shape: Shape, value: string | Uint8Array): Value {
  if (value instanceof Uint8Array) return value;
  if (shape.type === "integer" || shape.type === "long") {
    const number = pythonInt(value);
    if (number === undefined) throw new Failure("General", `invalid literal for int() with base 10: '${value}'`);
    return number;
  }
  if (shape.type === "float" || shape.type === "double") return Number(value);
  if (shape.type === "boolean") return value.toLowerCase() !== "false" && value !== "";
  return value;
}

function json(option: string, text: string): Value {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonError) throw parameterFailure(option, `Invalid JSON: ${error.message}\nJSON received: ${text}`);
    throw error;
  }
}

/** Structures, maps, and lists of them; lists of plain values are words. */
const hasShorthand = (model: ServiceModel, shape: Shape): boolean =>
  shape.type === "structure" ||
  shape.type === "map" ||
  (shape.type === "list" && ["structure", "list", "map"].includes(model.shapes[shape.member!.shape].type));

async function shorthand(model: ServiceModel, shape: Shape, option: string, value: string | string[], files: Files): Promise<Value> {
  const members = Object.keys(shape.members ?? {});
  // A structure of one string named Value may be given as that string.
  if (shape.type === "structure" && members.length === 1 && members[0] === "Value" && typeof value === "string" && !value.includes("="))
    return { Value: value };
  try {
    const parsed = Array.isArray(value) ? value.map(parseShorthand) : parseShorthand(value);
    const resolved = await resolveReferences(parsed, option, files);
    return typeof value === "string" && shape.type === "list" ? resolved : coerce(model, shape, resolved);
  } catch (error) {
    if (error instanceof ShorthandError) throw parameterFailure(option, error.message);
    throw error;
  }
}

async function resolveReferences(value: Shorthand, option: string, files: Files): Promise<Value> {
  if (typeof value === "string") return value;
  if (value instanceof FileReference) return (await loadFile(value.uri, option, files)) ?? value.uri;
  if (Array.isArray(value)) return Promise.all(value.map((one) => resolveReferences(one, option, files)));
  const out: { [key: string]: Value } = {};
  for (const [key, one] of Object.entries(value)) define(out, key, await resolveReferences(one, option, files));
  return out;
}

/** What `file://` (text) or `fileb://` (bytes) names; undefined if the text names no file. */
export async function loadFile(text: string, option: string, files: Files): Promise<string | Uint8Array | undefined> {
  const prefix = /^fileb?:\/\//.exec(text)?.[0];
  if (!prefix) return undefined;
  const path = expand(text.slice(prefix.length), files.variables);
  let bytes: Uint8Array;
  try {
    bytes = await files.readFile(path);
  } catch (error) {
    throw parameterFailure(option, `Unable to load paramfile ${text}: ${systemError(error, path)}`);
  }
  if (prefix === "fileb://") return bytes;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes).replaceAll("\r\n", "\n");
  } catch {
    throw parameterFailure(
      option,
      `Unable to load paramfile (${path}), text contents could not be decoded.  If this is a binary file, please use the fileb:// prefix instead of the file:// prefix.`,
    );
  }
}

/** `[Errno 2] No such file or directory: 'x'` */
export function systemError(error: unknown, path: string): string {
  const known: Record<string, string> = {
    ENOENT: "[Errno 2] No such file or directory",
    EISDIR: "[Errno 21] Is a directory",
    ENOTDIR: "[Errno 20] Not a directory",
    EACCES: "[Errno 13] Permission denied",
    ELOOP: "[Errno 40] Too many levels of symbolic links",
  };
  const text = error instanceof Error ? error.message : String(error);
  const code = (error as { code?: string }).code ?? /\bE[A-Z]+\b/.exec(text)?.[0] ?? "ENOENT";
  return `${known[code] ?? known.ENOENT}: '${path}'`;
}

export function expand(path: string, variables: Record<string, string>): string {
  const home = /^~(?=\/|$)/.test(path) ? (variables.HOME ?? "~") + path.slice(1) : path;
  return home.replace(/\$(?:\{([^}]*)\}|(\w+))/g, (whole, braced?: string, plain?: string) => {
    const name = braced ?? plain ?? "";
    return Object.hasOwn(variables, name) ? variables[name] : whole;
  });
}

// ---------------------------------------------------------------- the request

/**
 * Text of blob members as bytes: base64, as version 2 takes it (`cli_binary_format = base64`), or as it stands
 * (`raw-in-base64-out`). Source: AWS CLI user guide, cli-binary-format.
 */
export function decodeBlobs(model: ServiceModel, shape: Shape | undefined, value: Value, raw: boolean): Value {
  if (!shape) return value;
  if (shape.type === "blob") return typeof value === "string" ? (raw ? new TextEncoder().encode(value) : fromBase64(value)) : value;
  if (shape.type === "list" && Array.isArray(value))
    return value.map((one) => decodeBlobs(model, model.shapes[shape.member!.shape], one, raw));
  if ((shape.type === "structure" || shape.type === "map") && isMap(value)) {
    const out: { [key: string]: Value } = {};
    for (const [key, one] of Object.entries(value)) {
      const ref = shape.type === "map" ? shape.value : Object.hasOwn(shape.members ?? {}, key) ? shape.members![key] : undefined;
      define(out, key, ref ? decodeBlobs(model, model.shapes[ref.shape], one, raw) : one);
    }
    return out;
  }
  return value;
}

/** Lenient as the real command: characters outside the alphabet are passed over, a whole group with padding ends it. */
export function fromBase64(text: string): Uint8Array {
  for (const char of text) if (char > "\x7f") throw new Failure("General", "string argument should contain only ASCII characters");
  const invalid = (): Failure => new Failure("General", `Invalid base64: "${text}"`);
  const out: number[] = [];
  let group = 0;
  let count = 0;
  let pads = 0;
  for (const char of text) {
    if (char === "=") {
      if (count >= 2 && count + ++pads >= 4) {
        count = 0;
        break;
      }
      continue;
    }
    const index = alphabet.indexOf(char);
    if (index < 0) continue;
    pads = 0;
    group = ((group << 6) | index) & 0xffffff;
    count++;
    if (count === 2) out.push((group >> 4) & 255);
    else if (count === 3) out.push((group >> 2) & 255);
    else if (count === 4) {
      out.push(group & 255);
      count = 0;
    }
  }
  if (count) throw invalid();
  return Uint8Array.from(out);
}
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

export function toBase64(bytes: Uint8Array): string {
  let out = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const group = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    out +=
      alphabet[group >> 18] +
      alphabet[(group >> 12) & 63] +
      (i + 1 < bytes.length ? alphabet[(group >> 6) & 63] : "=") +
      (i + 2 < bytes.length ? alphabet[group & 63] : "=");
  }
  return out;
}
