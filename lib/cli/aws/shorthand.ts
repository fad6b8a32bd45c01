import type { ServiceModel, Shape } from "../../engine/model";
import { pythonFloat, pythonInt } from "./argparse";
import { Failure } from "./failure";
import { type Value, define, isMap } from "./python";

/** A value given as `key@=file://…`: read after parsing. */
export class FileReference {
  constructor(readonly uri: string) {}
}
export type Shorthand = string | FileReference | Shorthand[] | { [key: string]: Shorthand };

/** Message and place of a mistake, as the real command draws it. */
export class ShorthandError extends Error {}

const maxDepth = 400;

// The characters with which a bare value may begin, go on in first place, and go on in a comma list.
const firstValue = /(?:\\,|[!#-&(-+\--<>-Z\\-z|-\uffff])(?:\\,|[\s!#-&(-+\--\\^-|~-\uffff])*/y;
const secondValue = /(?:\\,|[!#-&(-+\--<>-Z\\-z|-\uffff])(?:\\,|[\s!#-&(-+\--<>-\uffff])*/y;
const singleQuoted = /'(?:\\'|[^'])*'/y;
const doubleQuoted = /"(?:\\"|[^"])*"/y;

/**
 * The CLI's shorthand syntax for structures: `Key=a,Value=b`, `Values=a,b`, `List=[a,{b=c}]`, quoted strings, `\,`,
 * `key@=file://path`.
 *
 *     parameter = keyval *("," keyval)
 *     keyval    = key ["@"] "=" [csv | "[" … "]" | "{" … "}"]
 *
 * Throws ShorthandError. Source: AWS CLI user guide, Using shorthand syntax; grammar of aws-cli.
 */
export function parseShorthand(text: string): { [key: string]: Shorthand } {
  let at = 0;
  let files = false;
  const end = (): boolean => at >= text.length;
  const isSpace = (char: string | undefined): boolean => char !== undefined && " \t\n\r\v\f".includes(char);
  const skip = (): void => {
    while (isSpace(text[at])) at++;
  };
  const expect = (char: string, spaces = false): void => {
    if (spaces) skip();
    if (text[at] !== char) throw syntaxError(text, char, end() ? "EOF" : text[at], at);
    at++;
    if (spaces) skip();
  };
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  const scalar = (value: string): Shorthand => (files && /^fileb?:\/\//.test(value) ? new FileReference(value) : value);
  const quoted = (pattern: RegExp, name: string, mark: string): Shorthand => {
    const found = match(pattern);
    if (found === undefined) throw syntaxError(text, `<${name}>`, "<none>", at);
    return scalar(found.slice(1, -1).replaceAll(`\\${mark}`, mark).replaceAll("\\\\", "\\"));
  };
  const bare = (found: string): Shorthand => scalar(found.replaceAll("\\,", ",").trimEnd());
  const first = (): Shorthand => {
    if (text[at] === "'") return quoted(singleQuoted, "singled quoted", "'");
    if (text[at] === '"') return quoted(doubleQuoted, "double quoted", '"');
    const found = match(firstValue);
    return found === undefined ? "" : bare(found);
  };
  const second = (): Shorthand => {
    if (text[at] === "'") return quoted(singleQuoted, "singled quoted", "'");
    if (text[at] === '"') return quoted(doubleQuoted, "double quoted", '"');
    const found = match(secondValue);
    if (found === undefined) throw syntaxError(text, "<second>", "<none>", at);
    return bare(found);
  };
  const key = (): string => {
    const start = at;
    while (!end() && /[A-Za-z0-9\-_.#/:]/.test(text[at])) at++;
    return text.slice(start, at);
  };
  const assign = (): void => {
    files = false;
    const before = at;
    skip();
    if (text[at] === "@") {
      at++;
      skip();
      files = true;
    } else at = before;
    expect("=", true);
  };
  const explicit = (depth: number): Shorthand => {
    if (depth > maxDepth) throw new Failure("General", "maximum recursion depth exceeded");
    if (text[at] === "[") return list(depth + 1);
    if (text[at] === "{") return hash(depth + 1);
    return first();
  };
  const list = (depth: number): Shorthand => {
    expect("[", true);
    const values: Shorthand[] = [];
    while (text[at] !== "]") {
      values.push(explicit(depth));
      skip();
      if (text[at] !== "]") {
        expect(",");
        skip();
      }
    }
    expect("]");
    return values;
  };
  const hash = (depth: number): Shorthand => {
    expect("{", true);
    const values: { [key: string]: Shorthand } = {};
    while (text[at] !== "}") {
      const name = key();
      assign();
      const value = explicit(depth);
      skip();
      if (text[at] !== "}") {
        expect(",");
        skip();
      }
      define(values, name, value);
    }
    expect("}");
    return values;
  };
  // `a=b,c=d`: what follows the comma is a value only if no "=" comes after it; otherwise go back to the comma.
  const csv = (): Shorthand => {
    const one = first();
    skip();
    if (end() || text[at] !== ",") return one;
    expect(",", true);
    const values: Shorthand[] = [one];
    for (;;) {
      try {
        const value = second();
        skip();
        if (end()) {
          values.push(value);
          break;
        }
        expect(",", true);
        values.push(value);
      } catch (error) {
        if (!(error instanceof ShorthandError) || end()) throw error;
        while (at >= 0 && text[at] !== ",") at--;
        break;
      }
    }
    return values.length === 1 ? one : values;
  };
  const keyval = (): [string, Shorthand] => {
    const name = key();
    assign();
    if (end()) return [name, ""];
    return [name, text[at] === "[" || text[at] === "{" ? explicit(0) : csv()];
  };

  const result: { [key: string]: Shorthand } = {};
  const [name, value] = keyval();
  define(result, name, value);
  let last = at;
  while (!end()) {
    expect(",", true);
    const [next, given] = keyval();
    if (Object.hasOwn(result, next))
      throw new ShorthandError(
        `Second instance of key "${next}" encountered for input:\n${place(text, last + 1)}\nThis is often because there is a preceding "," instead of a space.`,
      );
    define(result, next, given);
    last = at;
  }
  return result;
}

const syntaxError = (text: string, expected: string, actual: string, at: number): ShorthandError =>
  new ShorthandError(`Expected: '${expected}', received: '${actual}' for input:\n${place(text, at)}`);

/** The input with a caret under the place, counted from the last line break before it. */
function place(text: string, at: number): string {
  const lineStart = text.slice(0, at).lastIndexOf("\n") + 1;
  const nextLine = text.indexOf("\n", at);
  const consumed = nextLine < 0 ? text : text.slice(0, nextLine);
  const remaining = nextLine < 0 ? "" : text.slice(nextLine);
  return `${consumed}\n${" ".repeat(at - lineStart)}^${remaining}`;
}

/** Gives parsed shorthand the types of the shape: numbers, booleans, and lists of one. Unknown members stay as they are. */
export function coerce(model: ServiceModel, shape: Shape, value: Value): Value {
  switch (shape.type) {
    case "structure": {
      if (!isMap(value)) return value;
      for (const [name, ref] of Object.entries(shape.members ?? {}))
        if (Object.hasOwn(value, name)) value[name] = coerce(model, model.shapes[ref.shape], value[name]);
      return value;
    }
    case "map": {
      if (!isMap(value)) return value;
      for (const name of Object.keys(value)) define(value, name, coerce(model, model.shapes[shape.value!.shape], value[name]));
      return value;
    }
    case "list":
      if (!Array.isArray(value)) return [value];
      return value.map((member) => coerce(model, model.shapes[shape.member!.shape], member));
    case "integer":
    case "long":
    case "float":
    case "double": {
      if (typeof value !== "string") return value;
      const whole = shape.type === "integer" || shape.type === "long";
      const number = whole ? pythonInt(value) : pythonFloat(value);
      if (number === undefined)
        throw new Failure(
          "General",
          whole ? `invalid literal for int() with base 10: '${value}'` : `could not convert string to float: '${value}'`,
        );
      return number;
    }
    case "boolean": {
      const word = typeof value === "string" ? value.toLowerCase() : "";
      return word === "true" ? true : word === "false" ? false : value;
    }
    default:
      return value;
  }
}
