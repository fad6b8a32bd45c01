import type { JSONValue } from "@jmespath-community/jmespath";
import type { Json } from "../../engine/types";
import { Failure } from "./failure";
import { pythonRepr } from "./python";
import { checkQuery } from "./query-syntax";

/** A JMESPath expression, ready to be applied. */
export type Query = (value: Json) => Json;

/** Compiles `--query`. Throws "Bad value for --query …" (252), and when applied what JMESPath says of wrong types (255). */
export async function compileQuery(expression: string): Promise<Query> {
  const { TreeInterpreter, compile } = await import("@jmespath-community/jmespath");
  let tree: ReturnType<typeof compile>;
  try {
    checkQuery(expression);
    tree = compile(quoteLiterals(expression));
  } catch (error) {
    throw new Failure("ParamValidation", `Bad value for --query ${expression}: ${(error as Error).message}`);
  }
  return (value) => {
    try {
      return (TreeInterpreter.search(tree, value as JSONValue) ?? null) as Json;
    } catch (error) {
      throw new Failure("General", asAwsSays((error as Error).message));
    }
  };
}

/** The other library's words for a function that was called wrongly, as the real command's library has them. */
function asAwsSays(message: string): string {
  const arity = /^Invalid arity: (\w+)\(\) takes (?:at least )?(\d+) arguments? but received (\d+)$/.exec(message);
  if (arity) {
    const [, name, expected, received] = arity;
    const atLeast = name === "merge" || name === "not_null" ? "at least " : "";
    return `Expected ${atLeast}${expected} argument${expected === "1" ? "" : "s"} for function ${name}(), received ${received}`;
  }
  // What has no value is by far the most frequent; other values are not told, so their message stays.
  const missing = /^Invalid type: (\w+)\(\) expected argument \d+ to be type \(?([\w| ]+?)\)? but received type null instead\.$/.exec(message);
  if (missing) return `In function ${missing[1]}(), invalid type for value: None, expected one of: ${pythonRepr(missing[2].split(" | "))}, received: "null"`;
  return message;
}

/** `[?Type==`SecureString`]`: a literal that is no JSON is text, as the CLI has always read it. */
const quoteLiterals = (expression: string): string =>
  expression.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`((?:\\.|[^`\\])*)`/gs, (whole, literal?: string) => {
    if (literal === undefined) return whole;
    const text = literal.replaceAll("\\`", "`");
    for (const candidate of [text, `"${text.trimStart()}"`])
      try {
        JSON.parse(candidate);
        return `\`${candidate.replaceAll("`", "\\`")}\``;
      } catch {
        continue;
      }
    return whole;
  });
