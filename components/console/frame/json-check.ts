/**
 * Where JSON text breaks, for people. Engines word their errors differently and some name no place, so the place is
 * found here; `JSON.parse` stays the judge of whether there is an error at all.
 */
export interface JsonProblem {
  message: string;
  /** Both count from 1. */
  line: number;
  column: number;
}

const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])|(?:true|false|null)(?!\w)/y;

/** Undefined when the text parses. */
export function jsonProblem(text: string): JsonProblem | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    const { at, message } = findProblem(text);
    const before = text.slice(0, at).split("\n");
    return { message, line: before.length, column: before.at(-1)!.length + 1 };
  }
}

/** Reads as far as the text is JSON. Containers are kept on a list, not on the call stack: depth costs nothing. */
function findProblem(text: string): { at: number; message: string } {
  let at = 0;
  const open: ("{" | "[")[] = [];
  type Want = "value" | "value or ]" | "key" | "key or }" | "colon" | "comma or end";
  let want: Want = "value";
  const space = () => {
    while (at < text.length && " \t\n\r".includes(text[at])) at++;
  };
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at += found[0].length;
    return !!found;
  };

  for (;;) {
    space();
    const next = text[at];
    if (want === "comma or end" && !open.length) {
      return { at, message: next === undefined ? "Something is wrong near the end." : "Nothing may come after the end of the value." };
    }
    if (next === undefined)
      return { at, message: open.length ? `The text ends before its ${open.at(-1) === "{" ? "}" : "]"}.` : "There is no JSON here." };
    if (want === "value" || want === "value or ]") {
      if (next === "{" || next === "[") {
        open.push(next);
        at++;
        want = next === "{" ? "key or }" : "value or ]";
      } else if (next === "]" && want === "value or ]") {
        open.pop();
        at++;
        want = "comma or end";
      } else if (next === '"' ? take(STRING) : take(SCALAR)) want = "comma or end";
      else if (next === '"') return { at, message: "This text in quotes does not end, or has a character that must be escaped." };
      else if (next === "]" || next === "}") return { at, message: "A value is missing here: is there a comma too many?" };
      else return { at, message: "A value must be here: text in double quotes, a number, true, false, null, { or [." };
    } else if (want === "key" || want === "key or }") {
      if (next === "}" && want === "key or }") {
        open.pop();
        at++;
        want = "comma or end";
      } else if (next === '"' && take(STRING)) want = "colon";
      else if (next === "}") return { at, message: "A name is missing here: is there a comma too many?" };
      else return { at, message: "A name in double quotes must be here." };
    } else if (want === "colon") {
      if (next !== ":") return { at, message: "A colon must be here." };
      at++;
      want = "value";
    } else {
      const end = open.at(-1) === "{" ? "}" : "]";
      if (next === ",") {
        at++;
        want = open.at(-1) === "{" ? "key" : "value";
      } else if (next === end) {
        open.pop();
        at++;
      } else return { at, message: `A comma or ${end} must be here.` };
    }
  }
}
