import { utf8 } from "../../engine/crypto/bytes";
import type { FunctionRun, Inside } from "../../engine/types";
import { type WireRequest, type WireResponse, answer } from "../handle";

/**
 * What the AWS client in a function's code sent, answered by the lab inside of the invocation: the protocols and signatures of the
 * endpoint. The function's own keys stand in its environment (`AWS_ACCESS_KEY_ID` …) and are keys of the lab's IAM.
 * Unknown keys are refused as AWS refuses them. `now` is the function's clock, ms.
 */
export async function answerInside(request: WireRequest, _run: FunctionRun, inside: Inside, now: () => number): Promise<WireResponse> {
  const { status, headers, body } = await answer(request, {
    door: "lambda",
    strict: true,
    clock: () => Math.floor(now()),
    lab: () => ({ call: inside.call, read: inside.read, ensureAccount: () => undefined }),
  });
  // In the order in which AWS's answers have them, as `ResponseMetadata` of boto3 shows it (github.com/boto/boto3/issues/1781).
  const { "x-amzn-requestid": requestId, "content-type": type, ...others } = headers;
  return {
    status,
    headers: {
      ...(requestId ? { "x-amzn-requestid": requestId } : {}),
      ...(type ? { "content-type": type } : {}),
      "content-length": String(utf8(body).length),
      date: new Date(now()).toUTCString(),
      ...others,
    },
    body,
  };
}
