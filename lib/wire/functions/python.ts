import type { FunctionAnswer, FunctionRun, Inside } from "../../engine/types";

export async function run({ runtime }: FunctionRun, _inside: Inside): Promise<FunctionAnswer> {
  throw new Error(`This host runs no functions of the runtime ${runtime}.`);
}
