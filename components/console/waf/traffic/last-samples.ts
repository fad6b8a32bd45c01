import type { InspectionResult } from "@/lib/engine/wafv2/inspect/result";
import type { JournalEntry } from "@/lib/engine/types";

/** A request of a stream whose way through the rules the lab's journal has; `seq` is the entry. */
export interface Sample {
  RequestId: string;
  At: number;
  Source: string;
  Harmful: boolean;
  ClientIp: string;
  Country?: string;
  Method: string;
  Uri: string;
  Action: string;
  Rule: string;
  seq: number;
  result?: InspectionResult;
}

const most = 10;

/** The last of each source and outcome, newest first: of a flood that is over, too, there is one to look at. */
export function lastSamples(journal: readonly JournalEntry[], stream: string): Sample[] {
  const found = new Map<string, Sample>();
  for (let at = journal.length - 1; at >= 0 && found.size < most; at--) {
    const { call, reply, seq, trace } = journal[at];
    if (call?.service !== "traffic" || call.operation !== "SendTraffic" || call.input?.StreamId !== stream || !reply.ok) continue;
    for (const sample of (reply.output.Samples as unknown as Omit<Sample, "seq">[]).toReversed()) {
      const kind = JSON.stringify([sample.Source, sample.Action, sample.Rule]);
      if (found.has(kind)) continue;
      const step = trace.steps.find((each) => each.kind === "inspection" && each.requestId === sample.RequestId);
      found.set(kind, { ...sample, seq, ...(step?.kind === "inspection" ? { result: step.result } : {}) });
    }
  }
  return [...found.values()];
}
