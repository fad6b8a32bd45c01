import { tokenizer, tokTypes } from "acorn";
import type { SyntaxProblem } from "./transform";

/**
 * What the parser says of a text, said as V8 says it, because that is what Lambda answers. What V8 has no sentence for here stays
 * as the parser put it.
 */
export function syntaxWords(text: string, error: SyntaxError & { pos?: number }): SyntaxProblem {
  const at = error.pos ?? 0;
  const before = text.slice(0, at).split("\n");
  const said = error.message.replace(/ \(\d+:\d+\)$/, "");
  return { ok: false, message: words(text, at, said), line: before.length, column: before.at(-1)!.length + 1 };
}

function words(text: string, at: number, said: string): string {
  if (said === "Unexpected token") return unexpected(text, at);
  if (/^Unterminated (string|regular|comment)/.test(said) || /^Unexpected character/.test(said)) return /^Unterminated regular/.test(said) ? "Invalid regular expression: missing /" : "Invalid or unexpected token";
  if (said === "Unterminated template") return "Unterminated template literal";
  if (/^'import' and 'export' may appear only with 'sourceType: module'/.test(said)) return text.startsWith("export", at) ? "Unexpected token 'export'" : "Cannot use import statement outside a module";
  if (/^Cannot use 'import\.meta' outside a module/.test(said)) return "Cannot use 'import.meta' outside a module";
  if (/^'return' outside of function/.test(said)) return "Illegal return statement";
  if (/^Unsyntactic (break|continue)/.test(said)) {
    const label = /^(?:break|continue)[ \t]+([A-Za-z_$][\w$]*)/.exec(text.slice(at))?.[1];
    if (label) return `Undefined label '${label}'`;
    return text.startsWith("break", at) ? "Illegal break statement" : "Illegal continue statement: no surrounding iteration statement";
  }
  if (/^Duplicate constructor/.test(said)) return "A class may only have one constructor";
  if (/^Cannot use keyword 'await' outside an async function/.test(said)) return "await is only valid in async functions and the top level bodies of modules";
  if (/^Assigning to rvalue/.test(said)) return "Invalid left-hand side in assignment";
  if (/^Export '.*' is not defined/.test(said)) return said.replace(/^Export '(.*)' is not defined$/, "Export '$1' is not defined in module");
  if (/^Duplicate export/.test(said)) return said.replace(/^Duplicate export '(.*)'$/, "Duplicate export of '$1'");
  if (/^The keyword '(.*)' is reserved/.test(said)) return unexpected(text, at);
  if (said === "Missing initializer in const declaration" || /^Identifier '.*' has already been declared$/.test(said)) return said;
  return said;
}

/** The token at a place, as V8 complains of it. */
function unexpected(text: string, at: number): string {
  if (!text.slice(at).trim()) return "Unexpected end of input";
  const rest = text.slice(at);
  if (/^[;,})]/.test(rest) && /\bconst\s+[A-Za-z_$][\w$]*\s*$/.test(text.slice(0, at))) return "Missing initializer in const declaration";
  const word = /^[A-Za-z_$][\w$]*/.exec(rest)?.[0];
  if (word === "enum") return "Unexpected reserved word";
  if (word) return keywords.has(word) ? (strictWords.has(word) ? "Unexpected strict mode reserved word" : `Unexpected token '${word}'`) : `Unexpected identifier '${word}'`;
  if (/^["']/.test(rest)) return "Unexpected string";
  if (rest.startsWith("`")) return "Unexpected template string";
  if (/^\d/.test(rest)) return "Unexpected number";
  try {
    const token = tokenizer(rest, { ecmaVersion: "latest" }).getToken();
    if (token.type !== tokTypes.eof) return `Unexpected token '${rest.slice(token.start, token.end)}'`;
  } catch {
    // It is no token at all.
  }
  return "Invalid or unexpected token";
}

const strictWords = new Set("implements interface let package private protected public static yield".split(" "));
const keywords = new Set([
  ..."break case catch class const continue debugger default delete do else enum export extends false finally for function if import in instanceof new null return super switch this throw true try typeof var void while with".split(" "),
  ...strictWords,
]);
