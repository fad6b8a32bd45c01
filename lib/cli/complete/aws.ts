import { cliRegions } from "./regions";
import { configureCommands } from "../aws/configure";
import { exportOptions, importOptions } from "../aws/configure-keys";
import { memberWord, optionWords, operationWords } from "../aws/help/words";
import { commandNames, loadModel, operationNames, ownCommands, simulatedServices, waiterNames } from "../aws/models";
import { type MemberOption, globalOptions, operationOptions } from "../aws/options";
import type { OptionSpec } from "../aws/argparse";
import type { FoundName, NameKind } from "./names";
import { kindOf } from "./names";
import { queryNames, shorthandNames } from "./query";

/** What may stand at the end of an `aws` line. */
export interface AwsWords {
  found: FoundName[];
  /** Nothing here: a file may come. `bytes` and `text` are how one is named. */
  files?: "text" | "bytes" | "any";
  /** The words end with `=` or the like and are typed on. */
  open?: boolean;
}

/** What completion asks of the world around it. */
export interface AwsWorld {
  /** Profiles of the configuration. */
  profiles(): Promise<string[]>;
  /** Names of the lab; `options` are the profile and Region that the line names. */
  names(kind: NameKind, prefix: string, options: { profile?: string; region?: string }, of?: string): Promise<FoundName[]>;
}

const plain = (names: Iterable<string>): FoundName[] => [...names].map((name) => ({ name }));

/**
 * Commands, operations, options that are not given yet (required ones first), their values, and names of the lab.
 * Like the real completer it follows the words from the left; unlike it, it makes no calls.
 * Source: AWS CLI user guide, Command completion.
 */
export async function awsWords(before: string[], word: string, world: AwsWorld): Promise<AwsWords> {
  const { service, operation, given, pending, rest: typed } = readWords(before);
  const line = { profile: given.get("--profile"), region: given.get("--region") };
  const globals = optionList(globalOptions, given);
  if (pending) {
    const values = await globalValues(pending, word, line, world);
    if (values) return values;
  }
  if (service === undefined)
    return { found: word.startsWith("-") ? globals : [...(await commands(word))] };
  if (service === "configure") return configureWords(operation, typed, word, globals, world);
  const model = await loadModel(service);
  if (!model) return { found: word.startsWith("-") ? globals : [] };
  const operations = operationNames(model);
  if (operation === undefined) {
    if (word.startsWith("-")) return { found: globals };
    const here = [...operations].filter(([, name]) => Object.hasOwn(model.operations, name));
    return { found: [...here.map(([spelled, name]) => ({ name: spelled, about: operationWords[`${service}.${name}`] })), ...ownCommands(service).map((name) => ({ name })), ...(model.waiters ? [{ name: "wait", about: "Asks until something has come to be" }] : []), { name: "help", about: `The manual page of ${service}` }] };
  }
  // What is waited for is asked with the options of the operation that is asked.
  const waiters = operation === "wait" ? waiterNames(model) : undefined;
  if (waiters && !typed.length) return { found: plain([...waiters.keys(), "help"]) };
  const rest = waiters ? typed.slice(1) : typed;
  const name = waiters ? model.waiters![waiters.get(typed[0]) ?? ""]?.operation : operations.get(operation);
  if (!name || !Object.hasOwn(model.operations, name)) return { found: [] };
  const options = operationOptions(service, name, model.operations[name], model);
  const all = readOptions(rest, [...options.members, ...options.general]);
  const query = rest.at(-1) === "--query" || pending?.flag === "--query";
  if (query) return { found: plain(queryNames(model, model.operations[name].output?.shape, word)), open: true };
  const current = all.open && options.members.find(({ flag }) => flag === all.open!.flag);
  if (all.open && !word.startsWith("--")) {
    const values = current
      ? await memberValues(model, service, operation, current, word, { line, all, world })
      : generalValues(all.open);
    // A list may be followed by an option at any time.
    if (values.found.length || values.files || all.open.takes === "one") return values;
  }
  if (word && !word.startsWith("-")) return { found: [], files: "any" };
  const members = options.members.filter(({ flag, to }) => !all.given.has(flag) && !all.given.has(to));
  const described = (option: MemberOption): FoundName => ({
    name: option.flag,
    about: [option.required ? "required" : "", memberWord(service, option.member) ?? ""].filter(Boolean).join(": ") || undefined,
  });
  const sorted = [...members.filter((option) => option.required), ...members.filter((option) => !option.required && !option.flag.startsWith("--no-"))].map(described);
  const negations = members.filter((option) => option.flag.startsWith("--no-")).map(described);
  if (!word && !rest.length) return { found: [...sorted, { name: "help", about: `The manual page of ${operation}` }] };
  return { found: [...sorted, ...(word ? [...negations, ...optionList(options.general, all.given), ...globals] : [])] };
}

// ---------------------------------------------------------------- what stands before

interface ReadWords {
  service?: string;
  operation?: string;
  /** Words after the operation (after the service, for configure). */
  rest: string[];
  /** Global options that are given, with their values. */
  given: Map<string, string>;
  /** A global option whose value comes next. */
  pending?: OptionSpec;
}

function readWords(before: string[]): ReadWords {
  const out: ReadWords = { rest: [], given: new Map() };
  for (let at = 0; at < before.length; at++) {
    const [flag, inline] = split(before[at]);
    const global = globalOptions.find((option) => option.flag === flag);
    if (global) {
      const takes = global.takes === "one" && inline === undefined;
      out.given.set(flag, inline ?? (takes ? (before[at + 1] ?? "") : ""));
      if (takes && at === before.length - 1) out.pending = global;
      if (takes) at++;
    } else if (out.service === undefined) {
      if (!flag.startsWith("-")) out.service = flag;
    } else if (out.operation === undefined) {
      if (!flag.startsWith("-")) out.operation = flag;
    } else out.rest.push(before[at]);
  }
  return out;
}

const split = (word: string): [flag: string, inline: string | undefined] => {
  const equals = word.startsWith("--") ? word.indexOf("=") : -1;
  return equals < 0 ? [word, undefined] : [word.slice(0, equals), word.slice(equals + 1)];
};

interface ReadOptions {
  /** Flags, and where their values go (`--x` rules `--no-x` out), to the words after them. */
  given: Map<string, string[]>;
  /** The option whose value the word at the end is, or may be. */
  open?: OptionSpec;
}

function readOptions(words: string[], options: OptionSpec[]): ReadOptions {
  const given = new Map<string, string[]>();
  let open: OptionSpec | undefined;
  for (const word of words) {
    const [flag, inline] = split(word);
    const option = options.find((one) => one.flag === flag);
    if (option) {
      const values = inline === undefined ? [] : [inline];
      given.set(option.flag, values);
      given.set(option.to, values);
      open = inline === undefined && option.takes !== "yes" && option.takes !== "no" ? option : undefined;
    } else if (open) {
      given.get(open.flag)!.push(word);
      if (open.takes !== "many") open = undefined;
    }
  }
  return { given, open };
}

const optionList = (options: OptionSpec[], given: Map<string, unknown>): FoundName[] =>
  options.filter(({ flag }) => !given.has(flag)).map(({ flag }) => ({ name: flag, about: optionWords[flag] }));

// ---------------------------------------------------------------- values

async function commands(word: string): Promise<FoundName[]> {
  const here = [...simulatedServices, "configure", "help"].map((name) => ({ name, about: commandNames[name] }));
  return word && here.every(({ name }) => !name.startsWith(word)) ? [] : here;
}

async function globalValues(option: OptionSpec, word: string, line: { profile?: string; region?: string }, world: AwsWorld): Promise<AwsWords | undefined> {
  if (option.choices) return { found: plain(option.choices) };
  if (option.flag === "--region") return { found: cliRegions(word) };
  if (option.flag === "--profile") return { found: plain(await world.profiles()) };
  if (option.flag === "--ca-bundle") return { found: [], files: "any" };
  return option.flag === "--query" ? undefined : { found: [] };
}

function generalValues(option: OptionSpec): AwsWords {
  if (option.choices) return { found: plain(option.choices) };
  return { found: [], ...(option.flag.startsWith("--cli-input-") ? { files: "text" as const } : {}) };
}

async function memberValues(
  model: Parameters<typeof operationOptions>[3],
  service: string,
  operation: string,
  option: MemberOption,
  word: string,
  { line, all, world }: { line: { profile?: string; region?: string }; all: ReadOptions; world: AwsWorld },
): Promise<AwsWords> {
  const { shape } = option;
  const inner = shape.type === "list" ? model.shapes[shape.member!.shape] : shape;
  if (inner.enum) return { found: plain(inner.enum.filter((value) => !all.given.get(option.flag)?.includes(value))) };
  if (/^fileb?:\/\//.test(word)) return { found: [], files: "any" };
  const kind = kindOf(service, operation, option.member);
  if (kind) {
    const of = all.given.get(kind === "grant" ? "--key-id" : "--user-name")?.[0];
    const found = await world.names(kind, word, line, of);
    return { found: found.filter(({ name }) => !(option.takes === "many" && all.given.get(option.flag)?.includes(name))) };
  }
  if (inner.type === "structure") {
    const found = plain(shorthandNames(model, option.shapeName, word));
    return { found, open: true, ...(found.length ? {} : { files: "text" as const }) };
  }
  if (inner.type === "blob") return { found: [], files: "bytes" };
  return { found: [], ...(word || /Document|Policy$/.test(option.member) ? { files: "text" as const } : {}) };
}

// ---------------------------------------------------------------- configure

const configureNames = [
  "region",
  "output",
  "aws_access_key_id",
  "aws_secret_access_key",
  "aws_session_token",
  "role_arn",
  "source_profile",
  "credential_source",
  "external_id",
  "role_session_name",
  "duration_seconds",
  "mfa_serial",
  "cli_binary_format",
  "cli_timestamp_format",
  "cli_error_format",
];

async function configureWords(command: string | undefined, rest: string[], word: string, globals: FoundName[], world: AwsWorld): Promise<AwsWords> {
  if (command === undefined) {
    if (word.startsWith("-")) return { found: globals };
    return { found: plain([...Object.keys(configureCommands).filter((name) => configureCommands[name]), "help"]) };
  }
  const options = command === "import" ? importOptions : command === "export-credentials" ? exportOptions : [];
  const { given, open } = readOptions(rest, options);
  if (open) return open.choices ? { found: plain(open.choices) } : { found: [], ...(open.flag === "--csv" ? { files: "text" as const } : {}) };
  if (word.startsWith("-")) return { found: [...optionList(options, given), ...globals] };
  if ((command === "get" || command === "set") && !rest.length) return { found: plain(configureNames) };
  if (command !== "set" || rest.length !== 1) return { found: options.length && !word ? optionList(options, given) : [] };
  const name = rest[0].split(".").at(-1)!;
  if (name === "region") return { found: cliRegions(word) };
  if (name === "output") return { found: plain(["json", "text", "table", "yaml", "yaml-stream"]) };
  if (name === "source_profile") return { found: plain(await world.profiles()) };
  if (name === "credential_source") return { found: plain(["EcsContainer", "Environment"]) };
  if (name === "cli_binary_format") return { found: plain(["base64", "raw-in-base64-out"]) };
  return { found: name === "role_arn" ? await world.names("role-arn", word, {}) : [] };
}
