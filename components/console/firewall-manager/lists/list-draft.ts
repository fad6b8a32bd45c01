import type { JsonObject } from "@/lib/engine/types";

/** Lists of applications and of protocols. Source: AWS Firewall Manager API Reference, PutAppsList, PutProtocolsList. */
export type ListKind = "apps" | "protocols";

export const kindsOfList = {
  apps: { title: "Application lists", one: "application list", member: "AppsList", put: "PutAppsList", get: "GetAppsList", list: "ListAppsLists", lists: "AppsLists", remove: "DeleteAppsList", sample: "SSH,TCP,22" },
  protocols: { title: "Protocol lists", one: "protocol list", member: "ProtocolsList", put: "PutProtocolsList", get: "GetProtocolsList", list: "ListProtocolsLists", lists: "ProtocolsLists", remove: "DeleteProtocolsList", sample: "TCP" },
} as const;

/** Lines of the form as the API's entries, or which line is none: `name,protocol,port` for an application, a protocol's name or number. */
export function readEntries(kind: ListKind, lines: readonly string[]): { entries: JsonObject[] | string[] } | { problem: string } {
  if (!lines.length) return { problem: "Enter at least one line." };
  if (kind === "protocols") return lines.length > 5 ? { problem: "A protocol list has at most 5 protocols." } : { entries: [...lines] };
  if (lines.length > 50) return { problem: "An application list has at most 50 applications." };
  const entries: JsonObject[] = [];
  for (const line of lines) {
    const [AppName, Protocol, port, more] = line.split(",").map((part) => part.trim());
    if (!AppName || !Protocol || !/^\d{1,5}$/.test(port ?? "") || Number(port) > 65_535 || more !== undefined) return { problem: `${line}: a name, a protocol and a port with commas between, as SSH,TCP,22.` };
    entries.push({ AppName, Protocol, Port: Number(port) });
  }
  return { entries };
}

export const entryText = (entry: unknown): string => (typeof entry === "string" ? entry : Object.values(entry as object).join(","));
