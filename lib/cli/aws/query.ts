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
    tree = compile(expression);
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
