import { prices } from "@/lib/engine/pricing";
import type { Counter } from "./load-shield";

/** `$3,000`, as the lab bills it. */
export const monthlyFee = prices["shield:subscription"].usd.toLocaleString("en-US", { style: "currency", currency: "USD", maximumFractionDigits: 0 });

const steps = ["", " k", " M", " G", " T"];
const many: Record<string, string> = { BPS: "bit/s", PPS: "packets/s", RPS: "requests/s" };

/** `20 Gbit/s`, `41.7 M packets/s`. */
export function rate(value: number | undefined, unit: string | undefined): string {
  if (value === undefined) return "-";
  const step = Math.min(steps.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, value)) / 3)));
  const number = (value / 1000 ** step).toLocaleString("en-US", { maximumSignificantDigits: 3 });
  const word = many[unit ?? ""] ?? unit ?? "";
  return word === "bit/s" ? `${number}${steps[step] || " "}${word}` : `${number}${steps[step]} ${word}`;
}

export const whole = (value: number): string => value.toLocaleString("en-US", { maximumFractionDigits: 0 });

/** `SYN_FLOOD` as people say it; the API's own word stands beside it. */
export const vectorWords = (vector: string): string => {
  const known: Record<string, string> = { REQUEST_FLOOD: "HTTP request flood", UDP_TRAFFIC: "UDP traffic", UDP_FRAGMENT: "UDP fragments" };
  if (known[vector]) return known[vector];
  const [first, ...rest] = vector.split("_");
  const keep = /^(SYN|ACK|UDP|DNS|NTP|SSDP|SNMP|RIP|HTTP|UDS|MSSQL)$/;
  const word = (part: string, at: number) => (keep.test(part) ? part : at === 0 ? part[0] + part.slice(1).toLowerCase() : part.toLowerCase());
  return [first, ...rest].map(word).join(" ");
};

export const isApplication = (vectors: readonly { VectorType: string }[]): boolean => vectors.every(({ VectorType }) => VectorType === "REQUEST_FLOOD");

/** Minutes as `1 h 30 min`. */
export function duration(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [hours ? `${hours} h` : "", rest || !hours ? `${rest} min` : ""].filter(Boolean).join(" ");
}

export const peakOf = (counters: readonly Counter[] = []): string => counters.map(({ Max, Unit }) => rate(Max, Unit)).join(", ") || "-";

export const aggregations = {
  SUM: { label: "Sum", hint: "The traffic of all members together: for resources that share it, as behind one load balancer." },
  MEAN: { label: "Mean", hint: "The average of the members: for resources whose traffic is alike." },
  MAX: { label: "Max", hint: "The member with most traffic: for resources that do not share it." },
} as const;
export const patterns = {
  ALL: { label: "All protected resources", hint: "What is protected later belongs to it too." },
  BY_RESOURCE_TYPE: { label: "All of a resource type", hint: "What is protected later and is of the type belongs to it too." },
  ARBITRARY: { label: "Chosen protected resources", hint: "Those that you name." },
} as const;
