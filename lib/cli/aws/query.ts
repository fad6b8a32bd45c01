import type { JSONValue } from "@jmespath-community/jmespath";
import type { Json } from "../../engine/types";
import { Failure } from "./failure";

/** A JMESPath expression, ready to be applied. */
export type Query = (value: Json) => Json;

/** Compiles `--query`. Throws "Bad value for --query …" (255), and when applied what JMESPath says of wrong types (255). */
export async function compileQuery(expression: string): Promise<Query> {
  const { TreeInterpreter, compile } = await import("@jmespath-community/jmespath");
  let tree: ReturnType<typeof compile>;
  try {
    tree = compile(quoteLiterals(expression));
  } catch (error) {
    throw new Failure("General", `Bad value for --query ${expression}: ${(error as Error).message}`);
  }
  return (value) => {
    try {
      return (TreeInterpreter.search(tree, value as JSONValue) ?? null) as Json;
    } catch (error) {
      throw new Failure("General", (error as Error).message);
    }
  };
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
