import type { JsonObject } from "@/lib/engine/types";
import { base64OfText } from "../rule/rule-json";

/** A request that is sent to something of the lab, as the form has it. */
export interface RequestDraft {
  resource: string;
  method: string;
  uri: string;
  ip: string;
  country: string;
  /** `Name: value`, one in a line. */
  headers: string[];
  body: string;
  times: number;
}

export const emptyRequest = (): RequestDraft => ({ resource: "", method: "GET", uri: "/", ip: "192.0.2.1", country: "", headers: ["Host: www.example.com", "User-Agent: Mozilla/5.0"], body: "", times: 1 });

/** Most requests of one call that this form sends. */
export const mostTimes = 1_000;

export function requestProblem({ uri, ip, headers, times }: RequestDraft): string | undefined {
  if (!uri.startsWith("/")) return "The URI begins with a slash.";
  if (ip.trim() === "") return "Enter a source IP address.";
  const wrong = headers.find((line) => !/^[^:\s]+:/.test(line));
  if (wrong !== undefined) return `${wrong}: a header is a name, a colon, and a value.`;
  return Number.isInteger(times) && times >= 1 && times <= mostTimes ? undefined : `Send 1 to ${mostTimes.toLocaleString("en")} requests.`;
}

export function requestInput({ resource, method, uri, ip, country, headers, body, times }: RequestDraft): JsonObject {
  const request = {
    Method: method,
    Uri: uri,
    ClientIp: ip.trim(),
    ...(country ? { Country: country } : {}),
    Headers: headers.map((line) => ({ Name: line.slice(0, line.indexOf(":")), Value: line.slice(line.indexOf(":") + 1).trim() })),
    ...(body ? { Body: base64OfText(body) } : {}),
  };
  return { ResourceArn: resource, Requests: Array.from({ length: times }, () => request) };
}
