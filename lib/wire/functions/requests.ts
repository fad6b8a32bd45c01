import type { FunctionRun, Inside } from "../../engine/types";
import { type WireRequest, type WireResponse, answer } from "../handle";

/**
 * What the AWS client in a function's code sent, answered by the lab inside of the invocation: the protocols and signatures of the
 * endpoint. The function's own keys stand in its environment (`AWS_ACCESS_KEY_ID` …) and are keys of the lab's IAM.
 * Unknown keys are refused as AWS refuses them. `now` is the function's clock, ms.
 */
export async function answerInside(request: WireRequest, _run: FunctionRun, inside: Inside, now: () => number): Promise<WireResponse> {
  return answer(request, {
    door: "lambda",
    strict: true,
    clock: now,
    lab: () => ({ call: inside.call, read: inside.read, ensureAccount: () => undefined }),
  });
}
