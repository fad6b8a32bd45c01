import type { OptionSpec } from "../commands/databases/options";
import type { AwsWords } from "./aws";
import type { FoundName } from "./names";

/** The database clients' options, fetched when they are first asked for. */
const clients: Record<string, () => Promise<OptionSpec[]>> = {
  mysql: async () => (await import("../commands/databases/mysql")).mysqlOptions,
  psql: async () => (await import("../commands/databases/psql")).psqlOptions,
  mongosh: async () => (await import("../commands/databases/mongosh")).mongoshOptions,
};

export const isDatabaseClient = (command: string): boolean => Object.hasOwn(clients, command);

/** Options of a client, and the lab's hosts where one is to be named; psql's `host=…` too. */
export async function clientWords(command: string, before: string[], word: string, hosts: (prefix: string) => FoundName[]): Promise<AwsWords & { head?: string }> {
  const specs = await clients[command]();
  const head = /^(?:--host=|-h(?=[\w-])|host=)/.exec(word)?.[0] ?? "";
  const isHost = ({ long }: OptionSpec): boolean => long === "host";
  const host = specs.find(isHost)!;
  if (head && (head !== "-h" || host.short === "h") && (head !== "host=" || command === "psql")) return { found: hosts(word.slice(head.length)), head };
  const last = before.at(-1) ?? "";
  const pending = specs.find(({ long, short, takes }) => takes === "value" && (last === `--${long}` || (short !== undefined && last === `-${short}`)));
  if (pending) return isHost(pending) ? { found: hosts(word) } : { found: [], files: "any" };
  if (!word.startsWith("-")) return { found: [], files: "any" };
  return { found: specs.map(({ long, about }) => ({ name: `--${long}`, about })) };
}
