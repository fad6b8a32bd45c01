import type { Caller, Reply } from "../../engine/types";
import { answer } from "../../wire/handle";
import { call, labStore, openLab, theLab } from "../lab-store";
import type { Answer, SandboxRequest } from "./protocol";

/** A call as it was made: for the strip's Why?, beside the program's output. */
export interface CallMade {
  seq: number;
  service: string;
  operation: string;
  /** AWS's code, when it was refused or failed. */
  code?: string;
}

/** Who a run acts as when the program brings no credentials of its own, and where. */
export interface RunIdentity {
  accessKeyId: string;
  caller: Caller;
}

/**
 * Puts a request of the sandbox to the page's lab, as the endpoint does with one from a network: the same protocols, and
 * the same signatures for access keys of the lab's IAM. The run's own access key, made for this run, is the page's identity.
 * `made` is undefined when the request was refused before it came to the lab.
 */
export async function answerSandbox(
  request: SandboxRequest,
  { accessKeyId, caller }: RunIdentity,
): Promise<{ answer: Answer; made?: CallMade }> {
  await openLab();
  let made: CallMade | undefined;
  const lab = theLab()!;
  const { headers } = request;
  const reply = await answer(request, {
    door: "code",
    strict: true,
    known: (id) => (id === accessKeyId ? caller : undefined),
    lab: () => ({
      read: lab.read,
      ensureAccount: lab.ensureAccount,
      async call({ service, operation, input, caller, region, userAgent }): Promise<Reply> {
        // Through the store, which saves what the call changed and tells the other tabs.
        // In browsers the SDK names itself in a header of its own, because `User-Agent` is the browser's.
        const reply = await call(service, operation, input, {
          door: "code",
          caller,
          region,
          userAgent: userAgent ?? headers["x-amz-user-agent"],
        });
        made = { seq: reply.seq, service, operation, ...(reply.ok ? {} : { code: reply.error.code }) };
        return reply;
      },
    }),
  });
  return { answer: { kind: "answer", id: request.id, ...reply }, ...(made ? { made } : {}) };
}
