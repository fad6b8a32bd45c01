import type { ServiceModel } from "../../engine/model";
import type { AwsError, Json, JsonObject, Reply } from "../../engine/types";
import { type ArgValue, parseKnown } from "./argparse";
import type { Settings } from "./config";
import { identify } from "./credentials";
import { type AwsEnv, type AwsResult, readable } from "./env";
import { Failure, parameterFailure } from "./failure";
import { type MemberOption, operationOptions } from "./options";
import { format, outputFormats } from "./output";
import { shapeOutput } from "./output/response";
import { paginate } from "./paginate";
import { type Value, define, isMap, parseJson, pythonType } from "./python";
import type { Query } from "./query";
import { skeleton, yamlSkeleton } from "./skeleton";
import { decodeBlobs, fromBase64, loadFile, toBase64, unpack } from "./values";
import { fillTokens } from "./tokens";
import { timestamp, validateInput } from "./validate";

/** What the global options said. */
export interface Globals {
  values: Record<string, ArgValue>;
  query?: Query;
}

/** What is done with an operation in place of asking once and printing the answer. `request` is its input, `ask` the way. */
export type Instead = (ask: (request: JsonObject) => Promise<JsonObject>, request: JsonObject) => Promise<string>;

/** Runs one operation of a service and returns what is printed. Throws Failure. */
export async function runOperation(
  model: ServiceModel,
  service: string,
  name: string,
  argv: string[],
  globals: Globals,
  settings: Settings,
  instead?: Instead,
): Promise<string | AwsResult> {
  const { env } = settings;
  const operation = model.operations[name];
  const inputShape = operation.input ? model.shapes[operation.input.shape] : undefined;
  const options = operationOptions(service, name, operation, model);
  const help = async (): Promise<AwsResult> => readable((await import("./help")).operationHelp(model, service, name, env.columns ?? 80));
  if (argv.length === 1 && argv[0] === "help") return help();

  const { outfile } = options;
  const { values, rest } = parseOperation([...options.members, ...options.general], argv, outfile !== undefined);
  if (values.help === "help" && !rest.length) return help();
  if (values.help !== undefined) rest.push(String(values.help));
  if (rest.length) throw new Failure("UnknownOptions", `Unknown options: ${rest.join(", ")}`);

  // A paging member given by hand (--marker, --next-token) turns the CLI's own paging off, as does the option.
  const { paginator } = options;
  const tokens = paginator ? [paginator.input_token, paginator.limit_key].flat().filter((key) => key !== undefined) : [];
  let paging = paginator !== undefined && globals.values.paginate !== false;
  if (paging && tokens.some((key) => values[`member:${key}`] !== undefined)) paging = false;
  const active: MemberOption[] = [...options.members];
  if (paginator && !paging) {
    const shown = new Set(options.hidden.map((option) => option.flag));
    const used = (
      [
        ["--starting-token", "startingToken"],
        ["--page-size", "pageSize"],
        ["--max-items", "maxItems"],
      ] as const
    ).filter(([flag, to]) => values[to] !== undefined && !shown.has(flag));
    if (used.length)
      throw new Failure(
        "ParamValidation",
        `Cannot specify --no-paginate along with pagination arguments: ${used.map(([flag]) => flag).join(", ")}`,
      );
    for (const option of options.hidden) {
      active.push(option);
      const given = options.general.find((general) => general.flag === option.flag)!;
      if (values[given.to] !== undefined) values[option.to] = values[given.to];
    }
  }

  const files = { readFile: (path: string) => env.readFile(path), variables: env.variables };
  let input: { [key: string]: Value } = {};
  for (const option of active) {
    const typed = values[option.to];
    if (typed === undefined || (option.within === undefined && Object.hasOwn(input, option.member))) continue;
    const value = await unpack(model, option.shape, option.flag, typed, files);
    if (service === "lambda") checkPackage(option, value);
    if (option.within === undefined) define(input, option.member, value);
    else define(input, option.member, { ...(input[option.member] as { [key: string]: Value } | undefined), [option.within]: value });
  }
  const loaded = await commandInput(values, files);
  for (const [key, value] of Object.entries(loaded)) if (!Object.hasOwn(input, key)) define(input, key, value);
  if (tokens.some((key) => Object.hasOwn(input, key))) paging = false;

  const screen = env.columns ?? 80;
  const output = settings.output;
  const print = (value: Json): string => format(globals.query ? globals.query(value) : value, output, name, screen);
  if (values.skeleton === "input") return `${JSON.stringify(skeleton(model, operation.input?.shape, false), null, 4)}\n`;
  if (values.skeleton === "yaml-input") {
    const { memberWord } = await import("./help/words");
    return yamlSkeleton(model, operation.input?.shape, (member) => memberWord(service, member));
  }
  if (!outputFormats.includes(output)) throw new Failure("General", `Unknown output type: ${output}`);

  const raw = (globals.values.binaryFormat ?? settings.setting("cli_binary_format")) === "raw-in-base64-out";
  const region = regionOf(service, settings);
  input = decodeBlobs(model, inputShape, input, raw) as { [key: string]: Value };
  fillTokens(model, operation.input?.shape, input);
  validateInput(model, inputShape, input);
  if (values.skeleton === "output") return print(skeleton(model, operation.output?.shape, true));

  // Whoever comes with a token of an identity provider signs nothing.
  if (globals.values.signRequest === false && !/^AssumeRoleWith(?:SAML|WebIdentity)$/.test(name)) throw unsigned(model, name);
  const asking = await asker(model, service, region, settings);
  const ask = (request: JsonObject): Promise<JsonObject> => asking(name, request);
  const request = toWire(model, inputShape && operation.input!.shape, input) as JsonObject;
  if (instead) return instead(ask, request);
  if (outfile !== undefined) {
    const { [outfile]: body, ...answer } = await ask(request);
    await writeOutfile(env, String(values.outfile), String(body ?? ""));
    return print(answer);
  }
  if (!paging) return print(await ask(request));

  const maxItems = values.maxItems === undefined ? undefined : Number(values.maxItems);
  const pages = await paginate(
    paginator!,
    request,
    { maxItems, pageSize: values.pageSize as number | undefined, startingToken: values.startingToken as string | undefined },
    ask,
  );
  if (output === "text")
    return [...pages.parts, ...(pages.resumeToken ? [{ NextToken: { NextToken: pages.resumeToken } }] : [])].map(print).join("");
  if (output === "yaml-stream") return pages.pages.map(print).join("");
  return print(pages.whole);
}

/** Throws Failure where nobody names a Region. */
export function regionOf(service: string, settings: Settings): string {
  const region = settings.region?.value ?? (service === "iam" || service === "organizations" ? "us-east-1" : undefined);
  if (region === undefined)
    throw new Failure("NoRegion", 'You must specify a region. You can also configure your region by running "aws configure".');
  if (!/^[a-z0-9-]{1,63}$/i.test(region) || region.startsWith("-"))
    throw new Failure("General", `Provided region_name '${region}' doesn't match a supported format.`);
  return region;
}

/** The way to the lab for one command: answers as the CLI shows them, refusals as Failure. */
export async function asker(model: ServiceModel, service: string, region: string, settings: Settings): Promise<(name: string, request: JsonObject) => Promise<JsonObject>> {
  const { env } = settings;
  const identity = await identify(settings);
  if (!identity)
    throw new Failure("NoCredentials", 'Unable to locate credentials. You can configure credentials by running "aws login".');
  const style = { zone: env.variables.TZ ?? "UTC", wire: settings.setting("cli_timestamp_format") === "wire" };
  return async (name, request) => {
    const reply = await env.call({
      service,
      operation: name,
      input: request,
      region,
      caller: identity.caller,
      credentials: identity.credentials,
    });
    return shapeOutput(model, model.operations[name].output?.shape, outputOf(reply, name, model), style);
  };
}

/** The options' own parser; a required option is not missed when the whole input comes from a file or a sample is asked for. */
function parseOperation(options: Parameters<typeof parseKnown>[0], argv: string[], outfile: boolean): ReturnType<typeof parseKnown> {
  const sample = argv.indexOf("--generate-cli-skeleton");
  const free = argv.includes("--cli-input-json") || argv.includes("--cli-input-yaml") || (sample >= 0 && argv[sample + 1] !== "output");
  const positional = outfile ? { name: "outfile" } : { name: "help", optional: true };
  return parseKnown(free ? options.map((option) => ({ ...option, required: false })) : options, positional, argv);
}

/** `/dev/stdout` shows the body among the answer, as the real command does there. */
async function writeOutfile(env: AwsEnv, path: string, body: string): Promise<void> {
  try {
    await env.writeFile(path, fromBase64(body));
  } catch (error) {
    const { code } = error as { code?: string };
    throw new Failure("General", `[Errno ${code === "EISDIR" ? "21] Is a directory" : "2] No such file or directory"}: '${path}'`);
  }
}

/** What the command itself looks at in a function's package. Source: AWS CLI reference, lambda create-function and update-function-code. */
function checkPackage({ flag, member }: MemberOption, value: Value): void {
  if (flag === "--zip-file" && !(value instanceof Uint8Array && isZip(value)))
    throw new Failure("General", "--zip-file must be a zip file with the fileb:// prefix.\nExample usage:  --zip-file fileb://path/to/file.zip");
  if (flag === "--code" && member === "Code" && isMap(value) && Object.hasOwn(value, "ZipFile"))
    throw new Failure("General", "ZipFile cannot be provided as part of the --code argument.  Please use the '--zip-file' option instead to specify a zip file.");
}

/** Its directory's end is found. Source: PKWARE APPNOTE, End of central directory record. */
function isZip(bytes: Uint8Array): boolean {
  for (let at = bytes.length - 22; at >= 0 && at >= bytes.length - 65_557; at--) if (bytes[at] === 0x50 && bytes[at + 1] === 0x4b && bytes[at + 2] === 5 && bytes[at + 3] === 6) return true;
  return false;
}

async function commandInput(values: Record<string, ArgValue>, files: Parameters<typeof loadFile>[2]): Promise<{ [key: string]: Value }> {
  if (values.cliInputJson !== undefined && values.cliInputYaml !== undefined)
    throw new Failure("ParamValidation", "Only one --cli-input- parameter may be specified.");
  const [flag, given] =
    values.cliInputJson !== undefined ? ["cli-input-json", values.cliInputJson] : ["cli-input-yaml", values.cliInputYaml];
  if (given === undefined) return {};
  const data = (await loadFile(String(given), `--${flag}`, files)) ?? String(given);
  const text = typeof data === "string" ? data : new TextDecoder().decode(data);
  const parseYaml = flag === "cli-input-yaml" ? (await import("yaml")).parse : undefined;
  let value: Value;
  try {
    value = flag === "cli-input-json" ? parseJson(text) : ((parseYaml!(text) ?? null) as Value);
  } catch {
    throw parameterFailure(flag, `Invalid ${flag.endsWith("json") ? "JSON" : "YAML"} received.`);
  }
  if (!isMap(value)) throw parameterFailure(`--${flag}`, `Invalid type: expecting map, received ${pythonType(value)}`);
  return value;
}

/** Bytes become base64 text, times epoch seconds: the form of AWS JSON at the lab's door. */
function toWire(model: ServiceModel, shapeName: string | undefined, value: Value): Json {
  const shape = shapeName ? model.shapes[shapeName] : undefined;
  if (value instanceof Uint8Array) return toBase64(value);
  if (shape?.type === "blob" && typeof value === "string") return toBase64(new TextEncoder().encode(value));
  if (shape?.type === "timestamp") return timestamp(value) ?? null;
  if (Array.isArray(value)) return value.map((one) => toWire(model, shape?.member?.shape, one));
  if (isMap(value)) {
    const out: { [key: string]: Json } = {};
    for (const [key, one] of Object.entries(value))
      define(out, key, toWire(model, shape?.type === "map" ? shape.value!.shape : shape?.members?.[key]?.shape, one));
    return out;
  }
  return value;
}

/** What AWS answers to a request that nobody signed. Source: IAM API and KMS API, Common errors. */
function unsigned(model: ServiceModel, name: string): Failure {
  const code = model.metadata.protocol === "query" ? "MissingAuthenticationToken" : "MissingAuthenticationTokenException";
  const message = "Request is missing Authentication Token";
  return new Failure("Client", `An error occurred (${code}) when calling the ${name} operation: ${message}`, { code, message, fields: {} });
}

function outputOf(reply: Reply, name: string, model: ServiceModel): JsonObject {
  if (reply.ok) return reply.output;
  const { code, message = "" } = reply.error;
  throw new Failure("Client", `An error occurred (${code}) when calling the ${name} operation: ${message}`, {
    code,
    message,
    fields: modelledFields(reply.error, model),
  });
}

/** Members of the error document that the model knows, without its message. */
function modelledFields(error: AwsError, model: ServiceModel): JsonObject {
  const shape = Object.entries(model.shapes).find(
    ([name, one]) => one.exception && (name === error.code || one.error?.code === error.code),
  )?.[1];
  const members = shape?.members ?? {};
  return Object.fromEntries(
    Object.entries(error.fields ?? {}).filter(([key]) => Object.hasOwn(members, key) && key.toLowerCase() !== "message"),
  );
}
