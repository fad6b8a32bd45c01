import type { Json, JsonObject } from "../../engine/types";
import { type OptionSpec, parseKnown } from "./argparse";
import type { Settings } from "./config";
import { type AwsResult, readable } from "./env";
import { Failure } from "./failure";
import { loadModel } from "./models";
import { type Globals, asker, regionOf } from "./operation";

/** A command that is several operations in one. */
export interface OwnCommand {
  words: string;
  /** Without `--`, in the order of the manual. */
  options: OptionSpec[];
  positional?: string;
  run(values: Record<string, string | string[] | number | boolean>, ask: Awaited<ReturnType<typeof asker>>, settings: Settings): Promise<string>;
}

type Ask = Awaited<ReturnType<typeof asker>>;

const command =
  (service: string, name: string, about: OwnCommand) =>
  async (argv: string[], _globals: Globals, settings: Settings): Promise<string | AwsResult> => {
    if (argv.length === 1 && argv[0] === "help") return readable((await import("./help")).ownHelp(name, about, settings.env.columns ?? 80));
    const { values, rest } = parseKnown(about.options, about.positional ? { name: about.positional } : undefined, argv);
    if (rest.length) throw new Failure("UnknownOptions", `Unknown options: ${rest.join(", ")}`);
    const model = (await loadModel(service))!;
    return about.run(values, await asker(model, service, regionOf(service, settings), settings), settings);
  };

/** Real time between two looks at what is under way, ms. AWS's command looks every 5 to 30 seconds; the lab is next door. */
const pause = 1_000;

async function breathe({ env }: Settings, ms = pause): Promise<void> {
  if (!env.sleep) throw new Failure("General", "This terminal cannot wait.");
  if (await env.sleep(ms)) throw new Failure("Interrupted", "");
}

const one = (flag: string, required = false): OptionSpec => ({ flag, to: flag.slice(2), takes: "one", required });
const many = (flag: string): OptionSpec => ({ flag, to: flag.slice(2), takes: "many" });
const both = (name: string): OptionSpec[] => [
  { flag: `--${name}`, to: name, takes: "yes" },
  { flag: `--no-${name}`, to: name, takes: "no" },
];

// ---------------------------------------------------------------- cloudformation deploy

/** `Name=value` words; a value may hold further `=`. */
function pairs(flag: string, words: string[], keys: [string, string]): JsonObject[] {
  return words.map((word) => {
    const at = word.indexOf("=");
    if (at < 1) throw new Failure("ParamValidation", `['${word}'] value passed to ${flag} must be of format ['Key=Value', ...]`);
    return { [keys[0]]: word.slice(0, at), [keys[1]]: word.slice(at + 1) };
  });
}

async function deploy(values: Record<string, unknown>, ask: Ask, settings: Settings): Promise<string> {
  const name = String(values["stack-name"]);
  const file = String(values["template-file"]);
  let body: string;
  try {
    body = new TextDecoder().decode(await settings.env.readFile(file));
  } catch {
    throw new Failure("General", `Invalid template path ${file}`);
  }
  const there = await stackOf(ask, name);
  const update = there !== undefined && there.StackStatus !== "REVIEW_IN_PROGRESS";
  const before = update ? ((await ask("GetTemplateSummary", { TemplateBody: body })).Parameters as JsonObject[] | undefined) : undefined;
  const given = pairs("--parameter-overrides", (values["parameter-overrides"] as string[]) ?? [], ["ParameterKey", "ParameterValue"]);
  // What is not named keeps its value, where the stack has one.
  const had = new Set(((there?.Parameters as JsonObject[] | undefined) ?? []).map(({ ParameterKey }) => ParameterKey));
  const kept = (before ?? []).map(({ ParameterKey }) => ParameterKey).filter((key) => had.has(key!) && !given.some(({ ParameterKey }) => ParameterKey === key));
  const changeSet = `awscli-cloudformation-package-deploy-${Math.floor(settings.env.now() / 1000)}`;
  const input: JsonObject = {
    StackName: name,
    ChangeSetName: changeSet,
    ChangeSetType: update ? "UPDATE" : "CREATE",
    TemplateBody: body,
    Parameters: [...given, ...kept.map((ParameterKey) => ({ ParameterKey, UsePreviousValue: true }))] as Json,
    Description: "Created by AWS CLI",
  };
  if (values.capabilities) input.Capabilities = values.capabilities as string[];
  if (values["role-arn"]) input.RoleARN = String(values["role-arn"]);
  if (values.tags) input.Tags = pairs("--tags", values.tags as string[], ["Key", "Value"]) as Json;
  await ask("CreateChangeSet", input);
  let said = "\nWaiting for changeset to be created..\n";
  for (;;) {
    const { Status, StatusReason } = await ask("DescribeChangeSet", { StackName: name, ChangeSetName: changeSet });
    if (Status === "CREATE_COMPLETE") break;
    if (Status === "FAILED") {
      if (/didn't contain changes|No updates are to be performed/.test(String(StatusReason))) {
        await ask("DeleteChangeSet", { StackName: name, ChangeSetName: changeSet });
        if (values["fail-on-empty-changeset"] === true) throw new Failure("General", `No changes to deploy. Stack ${name} is up to date`);
        return `${said}\nNo changes to deploy. Stack ${name} is up to date\n`;
      }
      throw new Failure("General", `Failed to create the changeset: Waiter ChangeSetCreateComplete failed: Waiter encountered a terminal failure state: For expression "Status" we matched expected path: "FAILED" Status: FAILED. Reason: ${StatusReason}`);
    }
    await breathe(settings);
  }
  if (values["execute-changeset"] === false)
    return `${said}Changeset created successfully. Run the following command to review changes:\naws cloudformation describe-change-set --change-set-name ${changeSet} --stack-name ${name}\n`;
  await ask("ExecuteChangeSet", { StackName: name, ChangeSetName: changeSet, ...(values["disable-rollback"] === true ? { DisableRollback: true } : {}) });
  said += "Waiting for stack create/update to complete\n";
  for (;;) {
    const status = String((await stackOf(ask, name))?.StackStatus);
    if (status === (update ? "UPDATE_COMPLETE" : "CREATE_COMPLETE")) return `${said}Successfully created/updated stack - ${name}\n`;
    if (!/_IN_PROGRESS$/.test(status))
      throw new Failure("General", `Failed to create/update the stack. Run the following command\nto fetch the list of events leading up to the failure\naws cloudformation describe-stack-events --stack-name ${name}`);
    await breathe(settings);
  }
}

async function stackOf(ask: Ask, StackName: string): Promise<JsonObject | undefined> {
  try {
    return ((await ask("DescribeStacks", { StackName })).Stacks as JsonObject[])[0];
  } catch (error) {
    // A stack that is not there is a ValidationError, as so much else.
    if (error instanceof Failure && error.error?.code === "ValidationError" && /does not exist/.test(error.error.message)) return undefined;
    throw error;
  }
}

// ---------------------------------------------------------------- logs tail

const units: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** `10m`, `2h`, or a time. ms. */
function since(text: string, now: number): number {
  const ago = /^(\d+)([smhdw])$/.exec(text);
  if (ago) return now - Number(ago[1]) * units[ago[2]];
  const at = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text);
  if (Number.isNaN(at)) throw new Failure("ParamValidation", `Unable to parse --since value: ${text}`);
  return at;
}

const isoTime = (ms: number): string => new Date(ms).toISOString().replace(/\.(\d{3})Z$/, ".$1000+00:00");

function logLine(format: string, { timestamp, logStreamName, message }: JsonObject): string {
  const text = String(message).trimEnd();
  const at = Number(timestamp);
  if (format === "short") return `${isoTime(at).slice(0, 19)} ${text}\n`;
  if (format !== "json") return `${isoTime(at)} ${logStreamName} ${text}\n`;
  try {
    return `${isoTime(at)} ${logStreamName} ${JSON.stringify(JSON.parse(text), null, 4)}\n`;
  } catch {
    return `${isoTime(at)} ${logStreamName} ${text}\n`;
  }
}

async function tail(values: Record<string, unknown>, ask: Ask, settings: Settings): Promise<string> {
  if (values.follow === true) throw new Failure("General", "Keyhole does not simulate --follow: this terminal shows what a command printed when it has ended. The console's live tail goes on.");
  const format = String(values.format ?? "detailed");
  let out = "";
  let token: Json | undefined;
  do {
    const page = await ask("FilterLogEvents", {
      logGroupName: String(values.group_name),
      startTime: since(String(values.since ?? "10m"), settings.env.now()),
      ...(values["filter-pattern"] === undefined ? {} : { filterPattern: String(values["filter-pattern"]) }),
      ...(values["log-stream-names"] === undefined ? {} : { logStreamNames: values["log-stream-names"] as string[] }),
      ...(values["log-stream-name-prefix"] === undefined ? {} : { logStreamNamePrefix: String(values["log-stream-name-prefix"]) }),
      ...(token === undefined ? {} : { nextToken: token }),
    });
    for (const event of page.events as JsonObject[]) out += logLine(format, event);
    token = page.nextToken;
  } while (token !== undefined);
  return out;
}

/** By service and command: `cloudformation.deploy`. Source: AWS CLI v2 reference, cloudformation deploy and logs tail; the words are the command's. */
export const own: Readonly<Record<string, ReturnType<typeof command>>> = {
  "cloudformation.deploy": command("cloudformation", "deploy", {
    words: "Makes a change set of a template, executes it, and waits until the stack is made or updated.",
    options: [one("--template-file", true), one("--stack-name", true), many("--parameter-overrides"), many("--capabilities"), ...both("execute-changeset"), { flag: "--disable-rollback", to: "disable-rollback", takes: "yes" }, one("--role-arn"), ...both("fail-on-empty-changeset"), many("--tags")],
    run: deploy,
  }),
  "logs.tail": command("logs", "tail", {
    words: "Prints the events of a log group, newest last: of the last ten minutes, unless --since says otherwise.",
    positional: "group_name",
    options: [one("--since"), { flag: "--follow", to: "follow", takes: "yes" }, { flag: "--format", to: "format", takes: "one", choices: ["detailed", "short", "json"] }, one("--filter-pattern"), many("--log-stream-names"), one("--log-stream-name-prefix")],
    run: tail,
  }),
};
