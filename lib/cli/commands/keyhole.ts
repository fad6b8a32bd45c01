import { type Command, type ResolvedCommandContext, defineCommand } from "just-bash/browser";
import type { JsonObject } from "../../engine/types";
import type { AwsEnv } from "../aws/env";
import { textResult } from "./bytes";
import { architecture } from "./keyhole-architecture";
import { Wrong, read } from "./keyhole-args";
import { attack } from "./keyhole-attack";
import { curl } from "./keyhole-curl";
import { config, resource } from "./keyhole-resource";

/**
 * `keyhole`: what no AWS command does. It moves the lab's clock, starts the little application that logs in to a database
 * again and again, adds what web ACLs and Shield protect and sends requests there, and prints the code of rotation functions.
 */
export interface KeyholeWorld {
  call: AwsEnv["call"];
  region(): string;
  now(): number;
  /** Moves the lab's clock by ms; sentences of what happened on the way. */
  advance(ms: number): Promise<string[]>;
}

const usage = `usage: keyhole clock [TIME]                 how late it is in the lab, or moves its clock: 90s, 10m, 4h, 29d
       keyhole app start NAME --secret ID --role ROLE [--strategy S] [--every SECONDS] [--cache SECONDS] [--database NAME]
       keyhole app list | status NAME | connect NAME | stop NAME | delete NAME     (each with --region, as aws has it)
       keyhole resource add KIND NAME | list | remove ARN | update ARN --web-acl ARN
                                                                what web ACLs protect; kinds: alb, apigateway, appsync, cognito,
                                                                apprunner, verified-access, amplify, cloudfront (with --web-acl ARN);
                                                                and Shield besides: elastic-ip, clb, accelerator, hosted-zone,
                                                                instance, network-interface, security-group
       keyhole config [on|off]                                  AWS Config's recorder (both with --region and --account)
       keyhole attack KIND ARN [--size 50G] [--minutes N]       a flood that Shield sees: syn-flood, udp-flood, dns-reflection,
                                                                ntp-reflection, memcached-reflection, http-flood
       keyhole curl [--to NAME|ARN] [--from IP] [--country XX] [--times N] CURL-OPTIONS URL     a request to such a resource
       keyhole traffic start PRESET [--to NAME|ARN] [--seed N] | start --scenario FILE | presets | list
       keyhole traffic run [STREAM] [--for SECONDS] [--every SECONDS] | status [STREAM] | stop [STREAM]
                                                                streams of requests to such a resource, on the lab's clock
       keyhole architecture ATTACK [--without PROTECTIONS | --only PROTECTIONS|none] [--lose-zone yes] [--seconds N] [--seed N]
       keyhole architecture list                                attacks on the DDoS reference architecture, and what can protect it
       keyhole template [NAME] [--language python|javascript]
`;
const units: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

const time = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19).replace("T", " ")} UTC`;
const seconds = (value: unknown): string => time(Number(value) * 1000);

async function clock(args: string[], { advance, now }: KeyholeWorld): Promise<string> {
  const { words } = read(args, []);
  if (!words.length) return `${time(now())}\n`;
  const [, count, unit] = /^\+?(\d{1,6})([smhd])$/.exec(words[0]) ?? [];
  if (!unit || words.length > 1) throw new Wrong(`"${words.join(" ")}" is no time such as 10m, 4h or 29d`);
  const happened = await advance(Number(count) * units[unit]);
  const most = 20;
  const lines = happened.length > most ? [...happened.slice(0, most), `and ${happened.length - most} more things.`] : happened;
  return `${[...(lines.length ? lines : ["Nothing happened on the way."]), `It is ${time(now())}.`].join("\n")}\n`;
}

function connectionLine({ At, Succeeded, User, From, TriedAgain, ErrorMessage, Alike }: JsonObject): string {
  const who = User === undefined ? "" : ` as ${User}`;
  const from = From === undefined ? "" : ` with ${From}`;
  const alike = Number(Alike) ? `, and ${Number(Alike).toLocaleString("en")} more like it` : "";
  return `${seconds(At)}  ${Succeeded ? "connected" : "refused"}${who}${from}${TriedAgain ? " at the second try" : ""}${alike}${ErrorMessage === undefined ? "" : `\n    ${ErrorMessage}`}`;
}

/** What is shown of an application: how it goes, its last connections, and when none succeeded. */
function statusText({ Application, Connections = [], Outages = [] }: JsonObject): string {
  const { Name, State, StoppedBecause, Strategy, SecretId, Succeeded, Failed } = Application as JsonObject;
  const outages = (Outages as JsonObject[]).map(({ From, Until, Failed: failed }) => {
    const length = Until === undefined ? "and it goes on" : `${Math.max(1, Math.round(Number(Until) - Number(From))).toLocaleString("en")} s`;
    return `Outage from ${seconds(From)}, ${length}: ${Number(failed).toLocaleString("en")} connection${failed === 1 ? "" : "s"} refused.`;
  });
  return [
    `${Name}: ${String(State).toLowerCase()}${StoppedBecause === undefined ? "" : ` (${StoppedBecause})`}, secret ${SecretId}, ${Strategy}`,
    `${Number(Succeeded).toLocaleString("en")} connections, ${Number(Failed).toLocaleString("en")} refused.`,
    ...(Connections as JsonObject[]).map(connectionLine),
    ...(outages.length ? outages : ["No outage so far."]),
    "",
  ].join("\n");
}

async function app(args: string[], world: KeyholeWorld, env: Readonly<Record<string, string>>): Promise<string> {
  const { words, options } = read(args, ["--secret", "--role", "--strategy", "--every", "--cache", "--database", "--query", "--region"]);
  // As the aws command finds it.
  const region = options["--region"] ?? (env.AWS_REGION || env.AWS_DEFAULT_REGION || world.region());
  const [what, Name] = words;
  const ask = async (operation: string, input: JsonObject): Promise<JsonObject> => {
    const reply = await world.call({ service: "application", operation, input, region });
    if (!reply.ok) throw new Wrong(reply.error.message ?? reply.error.code);
    return reply.output;
  };
  const number = (flag: string): number | undefined => {
    if (options[flag] === undefined) return undefined;
    if (!/^\d{1,6}$/.test(options[flag])) throw new Wrong(`${flag} wants a number of seconds`);
    return Number(options[flag]);
  };
  if (what === "list") {
    const { Applications } = await ask("ListApplications", {});
    const lines = (Applications as JsonObject[]).map((one) => `${one.Name}  ${String(one.State).toLowerCase()}  ${Number(one.Succeeded)} connections, ${Number(one.Failed)} refused`);
    return `${lines.length ? lines.join("\n") : "No application is there. keyhole app start makes one."}\n`;
  }
  if (!Name) throw new Wrong(`keyhole app ${what ?? ""} wants the application's name`.replace("  ", " "));
  switch (what) {
    case "start": {
      const given: [string, string | number | undefined][] = [
        ["SecretId", options["--secret"]],
        ["Role", options["--role"]],
        ["Strategy", options["--strategy"]],
        ["IntervalSeconds", number("--every")],
        ["CacheSeconds", number("--cache")],
        ["Database", options["--database"]],
        ["Query", options["--query"]],
      ];
      await ask("StartApplication", { Name, ...(Object.fromEntries(given.filter(([, value]) => value !== undefined)) as JsonObject) });
      return `${Name} is running. keyhole app status ${Name} shows how its connections go.\n`;
    }
    case "status":
      return statusText(await ask("DescribeApplication", { Name, MaxConnections: 8 }));
    case "connect":
      return `${connectionLine((await ask("ConnectNow", { Name })).Connection as JsonObject)}\n`;
    case "stop":
      await ask("StopApplication", { Name });
      return `${Name} has stopped.\n`;
    case "delete":
      await ask("DeleteApplication", { Name });
      return `${Name} is gone.\n`;
    default:
      throw new Wrong(`there is no keyhole app ${what ?? ""}`.trimEnd());
  }
}

async function template(args: string[]): Promise<string> {
  const { words, options } = read(args, ["--language"]);
  const { rotationTemplate, rotationTemplates } = await import("../../engine/lambda/templates/list");
  if (!words.length) return `${rotationTemplates.map(({ name, title }) => `${name.padEnd(44)} ${title}`).join("\n")}\n`;
  const found = rotationTemplate(words[0]);
  if (!found) throw new Wrong(`there is no template ${words[0]}: keyhole template lists them`);
  const language = options["--language"] ?? "python";
  if (language !== "python" && language !== "javascript") throw new Wrong("--language is python or javascript");
  return (await import("../../engine/lambda/templates/code")).codeOf(found, language).text;
}

export const keyholeCommand = (world: KeyholeWorld): Command =>
  defineCommand("keyhole", async ([what, ...args]: string[], ctx: ResolvedCommandContext) => {
    try {
      if (what === "clock") return textResult(await clock(args, world));
      if (what === "app") return textResult(await app(args, world, ctx.exportedEnv ?? {}));
      if (what === "resource") return textResult(await resource(args, world, ctx.exportedEnv ?? {}));
      if (what === "config") return textResult(await config(args, world, ctx.exportedEnv ?? {}));
      if (what === "attack") return textResult(await attack(args, world));
      if (what === "curl") return textResult(await curl(args, world, ctx.exportedEnv ?? {}, ctx));
      if (what === "traffic") return textResult(await (await import("./keyhole-traffic")).traffic(args, world, ctx.exportedEnv ?? {}, ctx));
      if (what === "architecture") return textResult(await architecture(args, world));
      if (what === "template") return textResult(await template(args));
      return textResult(what === "help" ? usage : "", what === "help" ? "" : usage, what === "help" ? 0 : 2);
    } catch (problem) {
      if (problem instanceof Wrong) return textResult("", `keyhole: ${problem.message}\n`, 1);
      throw problem;
    }
  });
