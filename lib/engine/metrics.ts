import { catalog } from "./catalog";
import type { Db, JournalEntry, Trace } from "./types";
import { metricRows } from "./wafv2/traffic/state";

/**
 * A value of a metric in a minute. What CloudWatch counts of a call is `CallCount` in `AWS/Usage`, by service and operation, for the call and for those
 * that it made. Calls that were throttled or never reached the service are not counted.
 * Source: CloudWatch User Guide, "AWS usage metrics"; KMS Developer Guide, "Monitoring with Amazon CloudWatch".
 */
export interface MetricDatum {
  Namespace: "AWS/Usage" | "AWS/WAFV2";
  MetricName: string;
  Dimensions: Record<string, string>;
  account: string;
  region: string;
  /** ms, the beginning of the minute */
  time: number;
  value: number;
}

export function metricsOf(entry: JournalEntry): MetricDatum[] {
  const out: MetricDatum[] = [];
  const visit = (trace: Trace): void => {
    const known = catalog.get(trace.service);
    if (known && (trace.outcome.ok || (trace.outcome.stage !== "operation" && trace.outcome.stage !== "caller")) && known.operations.has(trace.operation))
      out.push({
        Namespace: "AWS/Usage",
        MetricName: "CallCount",
        Dimensions: { Service: known.model.metadata.serviceId, Type: "API", Resource: trace.operation, Class: "None" },
        account: trace.account,
        region: known.service.global ? "us-east-1" : trace.region,
        time: Math.floor(trace.at / 60_000) * 60_000,
        value: 1,
      });
    for (const step of trace.steps) if (step.kind === "call") visit(step.trace);
  };
  visit(entry.trace);
  return out;
}

/**
 * What a Region's web ACLs counted, by minute, oldest first: `AllowedRequests`, `BlockedRequests` and the like. It stands in the
 * lab's state, and not in the journal, which forgets. Source: AWS WAF Developer Guide, AWS WAF metrics and dimensions.
 */
export function wafMetrics(db: Db, { account, region }: { account: string; region: string }): MetricDatum[] {
  return metricRows(db.at({ account, region, service: "wafv2" })).all().map((row) => ({ Namespace: "AWS/WAFV2", ...row, account, region }));
}

/** The journal's data summed by minute, as GetMetricData's `Sum` gives them; oldest first. */
export function metrics(journal: readonly JournalEntry[]): MetricDatum[] {
  const sums = new Map<string, MetricDatum>();
  for (const entry of journal)
    for (const datum of metricsOf(entry)) {
      const key = `${datum.time} ${datum.account} ${datum.region} ${datum.Dimensions.Service} ${datum.Dimensions.Resource}`;
      const sum = sums.get(key);
      if (sum) sum.value += datum.value;
      else sums.set(key, { ...datum });
    }
  return [...sums.values()].sort((a, b) => a.time - b.time);
}
