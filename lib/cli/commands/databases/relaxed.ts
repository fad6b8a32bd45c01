import type { Json } from "../../../engine/types";

/**
 * A JavaScript literal as it is typed into a shell: objects with bare names, single or double quotes, trailing commas. No
 * expressions, so nothing is run. Throws a SyntaxError.
 */
export function readLiterals(text: string): Json[] {
  let at = 0;
  let depth = 0;
  const wrong = (): never => {
    throw new SyntaxError(at < text.length ? `Unexpected token '${text[at]}'` : "Unexpected end of input");
  };
  const skip = (): void => void (at += /^\s*/.exec(text.slice(at))![0].length);
  const take = (char: string): boolean => {
    skip();
    if (text[at] !== char) return false;
    at++;
    return true;
  };
  const word = (): string | undefined => {
    skip();
    const found = /^[A-Za-z_$][\w$]*/.exec(text.slice(at))?.[0];
    if (found) at += found.length;
    return found;
  };
  const quoted = (): string | undefined => {
    skip();
    const quote = text[at];
    if (quote !== '"' && quote !== "'" && quote !== "`") return undefined;
    let out = "";
    for (at++; at < text.length; at++) {
      if (text[at] === quote) {
        at++;
        return out;
      }
      if (text[at] === "\\") out += { n: "\n", t: "\t", r: "\r" }[text[++at]] ?? text[at] ?? "";
      else out += text[at];
    }
    return wrong();
  };
  const value = (): Json => {
    if (++depth > 100) throw new SyntaxError("The document is too deep");
    try {
      return one();
    } finally {
      depth--;
    }
  };
  const one = (): Json => {
    const string = quoted();
    if (string !== undefined) return string;
    const number = /^-?\d+(?:\.\d+)?/.exec(text.slice(at))?.[0];
    if (number) {
      at += number.length;
      return Number(number);
    }
    if (take("[")) {
      const out: Json[] = [];
      while (!take("]")) {
        out.push(value());
        if (!take(",") && text[at] !== "]") skip();
        if (text[at] !== "]" && text[at - 1] !== ",") wrong();
      }
      return out;
    }
    if (take("{")) {
      const out: [string, Json][] = [];
      while (!take("}")) {
        const name = quoted() ?? word() ?? wrong();
        if (!take(":")) wrong();
        out.push([name, value()]);
        if (!take(",")) {
          skip();
          if (text[at] !== "}") wrong();
        }
      }
      // A member may be called `__proto__`.
      return Object.fromEntries(out);
    }
    const name = word();
    if (name === "true" || name === "false") return name === "true";
    if (name === "null" || name === "undefined") return null;
    if (name !== undefined) throw new ReferenceError(`${name} is not defined`);
    return wrong();
  };
  const out: Json[] = [];
  skip();
  while (at < text.length) {
    out.push(value());
    skip();
    if (at < text.length && !take(",")) wrong();
    skip();
  }
  return out;
}

/** A value as mongosh shows it: bare names, single quotes, one line where it fits. */
export function inspect(value: Json | undefined, indent = 0): string {
  if (typeof value === "string") return `'${value.replace(/[\\']/g, "\\$&").replaceAll("\n", "\\n")}'`;
  if (typeof value !== "object" || value === null) return String(value);
  const parts = Array.isArray(value) ? value.map((item) => inspect(item, indent + 2)) : Object.entries(value).map(([name, item]) => `${/^[A-Za-z_$][\w$]*$/.test(name) ? name : `'${name}'`}: ${inspect(item, indent + 2)}`);
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  if (!parts.length) return open + close;
  const line = `${open} ${parts.join(", ")} ${close}`;
  if (line.length + indent <= 76 && !line.includes("\n")) return line;
  const pad = " ".repeat(indent + 2);
  return `${open}\n${parts.map((part) => pad + part).join(",\n")}\n${" ".repeat(indent)}${close}`;
}
