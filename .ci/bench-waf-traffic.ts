import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { presets } from "../lib/engine/traffic/presets";
import { createLab } from "../lib/engine/lab";
import { nodePorts } from "../lib/wire/endpoint";
import type { JsonObject } from "../lib/engine/types";

/**
 * A million requests of a flood through a web ACL with a rate-based rule and a rule by country, on the lab's clock: requests a second, how
 * much memory the lab has more after it than after a tenth of it, and what it has written down.
 */

type Line = (name: string, value: string, reference?: string) => void;
const caller = { account: "111122223333", user: "admin" };
const visible = (MetricName: string): JsonObject => ({ SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName });

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
/** MB in use once what nobody holds is gone. */
const heap = (): number => {
  collect();
  return process.memoryUsage().heapUsed / 2 ** 20;
};

export async function wafTraffic(line: Line, requests = 1_000_000): Promise<void> {
  const start = Date.UTC(2026, 0, 1);
  const lab = createLab({ ports: { ...nodePorts(), now: () => start }, journalLimit: 100 });
  const ask = async (service: string, operation: string, input: JsonObject): Promise<JsonObject> => {
    const reply = await lab.call({ service, operation, input, caller });
    if (!reply.ok) throw new Error(`${operation}: ${reply.error.message}`);
    return reply.output;
  };
  const Rules = [
    { Name: "rate", Priority: 0, Statement: { RateBasedStatement: { Limit: 1_000, EvaluationWindowSec: 300, AggregateKeyType: "IP" } }, Action: { Block: {} }, VisibilityConfig: visible("rate") },
    { Name: "countries", Priority: 1, Statement: { GeoMatchStatement: { CountryCodes: ["KP"] } }, Action: { Block: {} }, VisibilityConfig: visible("countries") },
  ];
  const { ARN } = (await ask("wafv2", "CreateWebACL", { Name: "bench", Scope: "REGIONAL", DefaultAction: { Allow: {} }, VisibilityConfig: visible("bench"), Rules })).Summary as { ARN: string };
  const { Arn } = (await ask("traffic", "AddResource", { ResourceType: "APPLICATION_LOAD_BALANCER", Name: "bench" })).Resource as { Arn: string };
  await ask("wafv2", "AssociateWebACL", { WebACLArn: ARN, ResourceArn: Arn });
  const flood = presets.find(({ id }) => id === "http-flood")!;
  const seconds = 600;
  const sources = flood.sources.map((source) => (source.kind === "http-flood" ? { ...source, startSec: 0, endSec: seconds, ramp: undefined, rate: requests / seconds, clients: 5_000 } : source));
  const { StreamId } = await ask("traffic", "StartTraffic", { ResourceArn: Arn, Scenario: JSON.stringify({ ...flood, sources }), Seed: 1 });
  const [begun, before] = [performance.now(), process.cpuUsage()];
  let sent = 0;
  let tenth: number | undefined;
  let longest = 0;
  while (sent < requests) {
    await lab.advance(1_000);
    let answer: JsonObject;
    do {
      const at = performance.now();
      answer = await ask("traffic", "SendTraffic", { StreamId, MaxRequests: 2_000 });
      longest = Math.max(longest, performance.now() - at);
      sent += answer.Requests as number;
    } while (!answer.Reached && sent < requests);
    if (tenth === undefined && sent >= requests / 10) tenth = heap();
    if (answer.Over) break;
  }
  const { user, system } = process.cpuUsage(before);
  const after = heap();
  const entry = Math.max(...lab.journal.slice(-40).map((each) => JSON.stringify(each).length));
  line(`WAF traffic, ${sent.toLocaleString("en")} requests by SendTraffic`, `${Math.round((sent / (user + system)) * 1_000_000).toLocaleString("en")}/s`, `${Math.round((performance.now() - begun) / 1000)} s; calls of 2,000 take up to ${Math.round(longest)} ms`);
  line("WAF traffic, memory after it and after a tenth of it", `${Math.round(after)} MB`, `${Math.round(tenth ?? 0)} MB; state ${(JSON.stringify(lab.snapshot()).length / 2 ** 20).toFixed(1)} MB, longest entry ${Math.round(entry / 1000)} kB`);
}
