import { createLab } from "@/lib/engine/lab";
import { seededPorts } from "@/lib/engine/ports";
import type { JsonObject, Step } from "@/lib/engine/types";

/** A lab beside the page, in which the architecture runs: by the same door, without holding up what is drawn. One message, one answer. */

export interface Asked {
  id: number;
  input: JsonObject;
}
export type Answered = { id: number } & ({ ok: true; output: JsonObject; steps: Step[] } | { ok: false; problem: string });

const lab = createLab({ ports: seededPorts(1) });

const worker = self as unknown as { onmessage: (event: MessageEvent<Asked>) => void; postMessage(answer: Answered): void };

worker.onmessage = async ({ data: { id, input } }) => {
  const reply = await lab.call({ service: "architecture", operation: "Run", input, caller: { account: "111122223333", user: "admin" }, door: "figure" });
  // The whole way through the web ACL is long, and the page tells its end only.
  const steps = reply.trace.steps.map((step) => (step.kind === "inspection" ? { ...step, result: { ...step.result, walk: undefined } } : step));
  worker.postMessage(reply.ok ? { id, ok: true, output: reply.output, steps } : { id, ok: false, problem: `${reply.error.code}: ${reply.error.message ?? ""}` });
};
