import type { ResolvedCommandContext } from "just-bash/browser";
import type { JsonObject, Reply } from "../../engine/types";
import type { InspectionResult, RuleWalk } from "../../engine/wafv2/inspect/result";
import type { Client, ReadRequest } from "../../engine/wafv2/requests";
import { fromLatin1, readBytes, toLatin1 } from "./bytes";
import type { KeyholeWorld } from "./keyhole";
import { Wrong } from "./keyhole-args";

/** What is sent if nothing else is said: a visitor's address, of those set aside for documentation. */
const visitor = "192.0.2.40";
/** So many requests go out in one call. Source: the model of service `traffic`, Requests. */
const mostAtOnce = 1_000;
const mostTimes = 10_000;

const own = ["--to", "--from", "--country", "--times", "--region"];

/** Options of ours, from wherever they stand; the rest is curl's, untouched. */
function split(args: string[]): { options: Record<string, string>; curl: string[] } {
  const options: Record<string, string> = {};
  const curl: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const flag = own.find((name) => args[at] === name || args[at].startsWith(`${name}=`));
    if (flag === undefined) curl.push(args[at]);
    else if (args[at] !== flag) options[flag] = args[at].slice(flag.length + 1);
    else if (args[at + 1] === undefined) throw new Wrong(`${flag} wants a value`);
    else options[flag] = args[++at];
  }
  return { options, curl };
}

/** Words in the shell's quotes, as bytes (one character, one byte). */
const quote = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;
const asBytes = (typed: string): string => toLatin1(new TextEncoder().encode(typed));

/**
 * The command line as bytes. `@file` of -d and its kin, which a page cannot read and a terminal can, is the file's content, as
 * curl reads it: whole with --data-binary and --json, otherwise without line breaks.
 */
async function withFiles(typed: readonly string[], ctx: ResolvedCommandContext): Promise<string[]> {
  const out: string[] = [];
  for (let at = 0; at < typed.length; at++) {
    const [, option, joined] = /^(-d|--data|--data-ascii|--data-binary|--json)(@.*)?$/s.exec(typed[at]) ?? [];
    const named = joined === undefined ? typed[at + 1] : option === "-d" ? joined : undefined;
    if (option === undefined || !named?.startsWith("@")) {
      out.push(asBytes(typed[at]));
      continue;
    }
    if (joined === undefined) at++;
    const content = await readBytes(ctx, named.slice(1));
    if (!content) throw new Wrong(`there is no file ${named.slice(1)}`);
    const text = toLatin1(content);
    if (option === "--json") out.push("-H", "Content-Type: application/json", "-H", "Accept: application/json");
    out.push("--data-raw", option === "--data-binary" || option === "--json" ? text : text.replace(/[\r\n\0]/g, ""));
  }
  return out;
}

/** A request and the resource it goes to, out of a command line. */
async function read(args: string[], ctx: ResolvedCommandContext): Promise<{ options: Record<string, string>; request: ReadRequest; client: Client; times: number }> {
  const { options, curl } = split(args);
  if (!curl.length) throw new Wrong("keyhole curl wants an address, as curl does: keyhole curl https://example.com/");
  const [{ readClient, readCurl }, { locate }] = await Promise.all([import("../../engine/wafv2/requests"), import("../../engine/traffic/addresses")]);
  const words = await withFiles(curl, ctx);
  const found = readCurl(fromLatin1(["curl", ...words.map(quote)].join(" ")), "sh");
  if (!found.ok) throw new Wrong(found.problem.message.replace(/^Line \d+, column \d+: /, ""));
  const client = readClient({ clientIp: options["--from"] ?? visitor, country: options["--country"] ?? "" });
  if (!client.ok) throw new Wrong(client.problem.message);
  const times = options["--times"] ?? "1";
  if (!/^[1-9]\d{0,4}$/.test(times) || Number(times) > mostTimes) throw new Wrong(`--times wants a number from 1 to ${mostTimes.toLocaleString("en")}`);
  const { ip, country } = client.value;
  // The places of the lab's own addresses, unless another country is named.
  return { options, request: found.value, client: country === undefined ? { ip, ...locate(ip) } : client.value, times: Number(times) };
}

/**
 * `keyhole curl`: sends to one of the lab's resources the request that this curl command would send, and says what its web ACL
 * made of it: the action, the rule that ended it, the labels, and the way through the rules. With --times the same one many times,
 * at one instant, as a rate-based rule would see it.
 */
export async function curl(args: string[], world: KeyholeWorld, env: Readonly<Record<string, string>>, ctx: ResolvedCommandContext): Promise<string> {
  const { options, request, client, times } = await read(args, ctx);
  const region = options["--region"] ?? (env.AWS_REGION || env.AWS_DEFAULT_REGION || world.region());
  const ask = async (operation: string, input: JsonObject, at = region): Promise<Extract<Reply, { ok: true }>> => {
    const reply = await world.call({ service: "traffic", operation, input, region: at });
    if (!reply.ok) throw new Wrong(reply.error.message ?? reply.error.code);
    return reply;
  };
  const listed = async (at: string): Promise<Resource[]> => ((await ask("ListResources", {}, at)).output.Resources as unknown as Resource[]).map((one) => ({ ...one, region: at }));
  // Distributions are of no Region, and are kept in this one.
  const global = region === "us-east-1" ? [] : (await listed("us-east-1")).filter(({ ResourceType }) => ResourceType === "CLOUDFRONT");
  const { Arn, Name, region: home } = goal([...(await listed(region)), ...global], options["--to"], region);
  const { labRequest } = await import("../../engine/wafv2/requests");
  const sent = labRequest(request.message, client);
  const counts = new Map<string, number>();
  let last: Extract<Reply, { ok: true }> | undefined;
  for (let left = times; left > 0; left -= mostAtOnce) {
    last = await ask("Inspect", { ResourceArn: Arn, Requests: Array.from({ length: Math.min(left, mostAtOnce) }, () => sent) }, home);
    for (const outcome of last.output.Outcomes as JsonObject[]) {
      const line = headline(outcome, Name);
      counts.set(line, (counts.get(line) ?? 0) + 1);
    }
  }
  const notes = request.notes.map((note) => `${note}\n`).join("");
  if (times > 1) return `${notes}${[...counts].map(([line, count]) => `${String(count).padStart(6)} × ${line}`).join("\n")}\n`;
  const inspected = last!.trace.steps.find((step) => step.kind === "inspection");
  return `${notes}${[headline((last!.output.Outcomes as JsonObject[])[0], Name), ...(inspected ? details(inspected.result) : [`${Name} has no web ACL: nothing looked at the request.`])].join("\n")}\n`;
}

interface Resource {
  Arn: string;
  Name: string;
  ResourceType: string;
  /** Where the lab keeps it. */
  region: string;
}

/** By name or ARN; the only one that is there needs no naming. */
function goal(resources: readonly Resource[], to: string | undefined, region: string): Resource {
  const found = to === undefined ? resources : resources.filter(({ Arn, Name }) => Arn === to || Name === to);
  if (found.length === 1) return found[0];
  if (!resources.length) throw new Wrong(`there is nothing in ${region} that a request could go to: keyhole resource add alb shop makes a load balancer`);
  if (!found.length) throw new Wrong(`there is no resource ${to} in ${region}: keyhole resource list shows them`);
  throw new Wrong(to === undefined ? `say where it goes, with --to and a name: ${resources.map(({ Name }) => Name).join(", ")}` : `more than one resource is called ${to}: give the ARN`);
}

function headline({ Action, TerminatingRuleId, RuleWithinGroup, ResponseCode }: JsonObject, name: string): string {
  const by = TerminatingRuleId === undefined ? "" : TerminatingRuleId === "Default_Action" ? " by the default action" : ` by ${TerminatingRuleId}${RuleWithinGroup === undefined ? "" : `, its rule ${RuleWithinGroup}`}`;
  return Action === "ALLOW" ? `ALLOW${by}: ${name} gets the request` : `${Action}${by}: the client gets ${ResponseCode}`;
}

/** Of a rule's name, on a line. */
const longestName = 40;

function details({ walk = [], labels, requestHeadersInserted }: InspectionResult): string[] {
  const named = (name: string): string => (name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name);
  const width = Math.max(0, ...walk.map(({ name }) => named(name).length));
  return [
    ...walk.flatMap((rule) => [`  ${String(rule.priority).padStart(3)}  ${named(rule.name).padEnd(width)}  ${said(rule)}`, ...(rule.group?.rules ?? []).filter(({ matched }) => matched).map((inner) => `       ${" ".repeat(width)}  ${inner.name}: ${said(inner)}`)]),
    ...(labels.length ? [`labels  ${labels.map(({ name }) => name).join("\n        ")}`] : []),
    ...requestHeadersInserted.map(({ name, value }) => `header for the resource  ${name}: ${value}`),
  ];
}

/** Of a rule: its action where it matched, and why it matched or did not, in the words of the statement that decided. */
function said({ matched, action, why, statement, group }: RuleWalk): string {
  const reason = group || !statement ? why : (statement.children?.find((child) => child.matched)?.why ?? statement.why);
  return matched && action ? `${action}. ${reason}` : reason;
}
