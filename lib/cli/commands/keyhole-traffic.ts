import type { ResolvedCommandContext } from "just-bash/browser";
import type { JsonObject } from "../../engine/types";
import { readBytes } from "./bytes";
import type { KeyholeWorld } from "./keyhole";
import { Wrong, read } from "./keyhole-args";

/** How far the clock goes in one step while a table is made, s: by the second where it is short. */
const stepOf = (seconds: number): number => (seconds <= 120 ? 1 : 10);
const longestRun = 7_200;
const mostRows = 60;

type Env = Readonly<Record<string, string>>;
type Ask = (operation: string, input?: JsonObject) => Promise<JsonObject>;

const clock = (at: unknown): string => new Date(Number(at) * 1000).toISOString().slice(11, 19);
const number = (value: unknown): string => Number(value).toLocaleString("en");

/**
 * `keyhole traffic`: streams of requests to what web ACLs protect, on the lab's clock. `run` moves the clock and prints what came of
 * the requests; streams go on only while somebody runs them.
 */
export async function traffic(args: string[], world: KeyholeWorld, env: Env, ctx: ResolvedCommandContext): Promise<string> {
  const { words: [what, named], options } = read(args, ["--region", "--to", "--scenario", "--seed", "--for", "--every"]);
  const region = options["--region"] ?? (env.AWS_REGION || env.AWS_DEFAULT_REGION || world.region());
  const ask: Ask = async (operation, input = {}) => {
    const reply = await world.call({ service: "traffic", operation, input, region });
    if (!reply.ok) throw new Wrong(reply.error.message ?? reply.error.code);
    return reply.output;
  };
  switch (what) {
    case "presets":
      return `${(await import("../../engine/traffic/presets")).presets.map(({ id, what: words }) => `${id.padEnd(20)} ${words}`).join("\n")}\n`;
    case "start":
      return `${await start(named, options, ask, region, ctx)}\n`;
    case "list": {
      const all = await streamsOf(ask);
      return `${all.length ? all.map(({ StreamId, Title, Status, Requests }) => `${StreamId}  ${Status.toLowerCase().padEnd(7)}  ${number(Requests)} requests  ${Title}`).join("\n") : "No traffic is there. keyhole traffic start begins some."}\n`;
    }
    case "run":
      return run(await streamOf(named, ask), options, ask, world);
    case "status":
      return status(await ask("DescribeTraffic", { StreamId: await streamOf(named, ask), MaxBuckets: 0 }));
    case "stop": {
      const StreamId = await streamOf(named, ask);
      await ask("StopTraffic", { StreamId });
      return `${StreamId} has stopped.\n`;
    }
    default:
      throw new Wrong(`there is no keyhole traffic ${what ?? ""}`.trimEnd());
  }
}

interface Stream {
  StreamId: string;
  Title: string;
  Status: string;
  Requests: number;
}

const streamsOf = async (ask: Ask): Promise<Stream[]> => (await ask("ListTraffic")).Streams as unknown as Stream[];

/** The stream that is named; the newest that runs where none is. */
async function streamOf(named: string | undefined, ask: Ask): Promise<string> {
  if (named !== undefined) return named;
  const all = await streamsOf(ask);
  const found = all.find(({ Status }) => Status === "RUNNING") ?? all[0];
  if (!found) throw new Wrong("there is no traffic: keyhole traffic start begins some");
  return found.StreamId;
}

async function start(preset: string | undefined, options: Record<string, string>, ask: Ask, region: string, ctx: ResolvedCommandContext): Promise<string> {
  const file = options["--scenario"];
  if ((preset === undefined) === (file === undefined)) throw new Wrong("keyhole traffic start wants a preset (keyhole traffic presets lists them) or --scenario and a file");
  const seed = options["--seed"];
  if (seed !== undefined && !/^\d{1,9}$/.test(seed)) throw new Wrong("--seed wants a whole number of up to nine digits");
  const content = file === undefined ? undefined : await readBytes(ctx, file);
  if (file !== undefined && !content) throw new Wrong(`there is no file ${file}`);
  const { Resources } = (await ask("ListResources")) as { Resources: { Arn: string; Name: string }[] };
  const to = options["--to"];
  const found = to === undefined ? Resources : Resources.filter(({ Arn, Name }) => Arn === to || Name === to);
  if (!Resources.length) throw new Wrong(`there is nothing in ${region} that requests could go to: keyhole resource add alb shop makes a load balancer`);
  if (!found.length) throw new Wrong(`there is no resource ${to} in ${region}: keyhole resource list shows them`);
  if (found.length > 1) throw new Wrong(to === undefined ? `say where it goes, with --to and a name: ${Resources.map(({ Name }) => Name).join(", ")}` : `more than one resource is called ${to}: give the ARN`);
  const what = content ? { Scenario: new TextDecoder().decode(content) } : { Preset: preset! };
  return String((await ask("StartTraffic", { ResourceArn: found[0].Arn, ...what, ...(seed === undefined ? {} : { Seed: Number(seed) }) })).StreamId);
}

function whole(options: Record<string, string>, flag: string, most: number): number | undefined {
  if (options[flag] === undefined) return undefined;
  const value = Number(options[flag]);
  if (!/^\d{1,5}$/.test(options[flag]) || value < 1 || value > most) throw new Wrong(`${flag} wants a number of seconds from 1 to ${number(most)}`);
  return value;
}

interface Answer {
  Reached: boolean;
  Over: boolean;
  Requests: number;
  To: number;
  Skipped?: { From: number; To: number };
  Seconds: { Allowed: number; Blocked: number; Counted: number; Challenged: number; Harmed: number }[];
  RateRules: { Rule: string; Limited: number }[];
  Events: Event[];
}
interface Event {
  At: number;
  Rule: string;
  What: string;
  Limited: number;
}

const columns = ["time", "requests", "allowed", "counted", "blocked", "challenged", "harmless stopped"] as const;
const row = (cells: readonly string[], limiting: string): string => `${cells.map((cell, at) => (at ? cell.padStart(Math.max(8, columns[at].length)) : cell.padEnd(8))).join("  ")}  ${limiting}`.trimEnd();
const eventLine = ({ At, Rule, What, Limited }: Event): string => `${clock(At)}  ${What === "Tripped" ? `${Rule} tripped: it limits ${number(Limited)}.` : `${Rule} released all (${number(Limited)} at the last).`}`;

/** Moves the clock on and lets the stream send; a row for each stretch of time, and a line where a rate-based rule trips or releases. */
async function run(StreamId: string, options: Record<string, string>, ask: Ask, world: KeyholeWorld): Promise<string> {
  const seconds = whole(options, "--for", longestRun) ?? 60;
  const step = stepOf(seconds);
  const every = Math.max(step, whole(options, "--every", longestRun) ?? (seconds <= 20 ? 1 : Math.ceil(seconds / 12)));
  if (seconds / every > mostRows) throw new Wrong(`that makes more than ${mostRows} rows: give --every more seconds`);
  const lines = [row(columns, "limiting")];
  let sums = [0, 0, 0, 0, 0, 0];
  let last: Answer | undefined;
  const writeRow = (): void => {
    lines.push(row([clock(last!.To), ...sums.map(number)], last!.RateRules.map(({ Rule, Limited }) => `${Rule}: ${number(Limited)}`).join(", ")));
    sums = [0, 0, 0, 0, 0, 0];
  };
  // Nobody ran it since, so nothing came.
  await ask("SendTraffic", { StreamId, Resume: true });
  let since = 0;
  for (let gone = 0; gone < seconds && !last?.Over; gone += step) {
    await world.advance(step * 1000);
    do {
      last = (await ask("SendTraffic", { StreamId })) as unknown as Answer;
      if (last.Skipped) lines.push(`${clock(last.Skipped.To)}  Nothing came from ${clock(last.Skipped.From)} until then: nobody had asked for it.`);
      lines.push(...last.Events.map(eventLine));
      sums[0] += last.Requests;
      for (const { Allowed, Counted, Blocked, Challenged, Harmed } of last.Seconds) for (const [at, count] of [Allowed, Counted, Blocked, Challenged, Harmed].entries()) sums[at + 1] += count;
    } while (!last.Reached);
    since += step;
    if (since >= every) {
      writeRow();
      since = 0;
    }
  }
  if (since && last) writeRow();
  if (last?.Over) lines.push("The traffic has ended.");
  return `${lines.join("\n")}\n`;
}

function status({ StreamId, Title, Status, ResourceArn, StartedAt, At, Requests, Events, Limited, Sentences }: JsonObject): string {
  return `${[
    `${StreamId}: ${Title}, ${String(Status).toLowerCase()}, ${number(Requests)} requests to ${String(ResourceArn).split("/").slice(-2)[0]}`,
    `began at ${clock(StartedAt)}, sent until ${clock(At)}`,
    ...(Sentences as string[]),
    ...(Events as unknown as Event[]).map(eventLine),
    ...Object.entries(Limited as JsonObject).map(([rule, count]) => `${rule} is limiting ${number(count)} now.`),
  ].join("\n")}\n`;
}
