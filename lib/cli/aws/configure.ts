import { parseKnown } from "./argparse";
import { type Setting, type Settings, configPath, credentialsPath, identify, readText } from "./config";
import type { AwsResult } from "./env";
import { Failure } from "./failure";

const done = (stdout: string, exitCode = 0, stderr = ""): AwsResult => ({ stdout: new TextEncoder().encode(stdout), stderr, exitCode });

const subcommands = [
  "list",
  "list-profiles",
  "get",
  "set",
  "add-model",
  "import",
  "sso",
  "sso-session",
  "export-credentials",
  "mfa-login",
  "wizard",
];

/**
 * `aws configure` and its `list`, `list-profiles`, `get` and `set`, on the files of the terminal.
 * Source: AWS CLI command reference, configure.
 */
export async function runConfigure(argv: string[], settings: Settings): Promise<AwsResult> {
  const { values, rest } = parseKnown([], { name: "subcommand", optional: true, choices: [...subcommands, "help"] }, argv);
  switch (values.subcommand) {
    case "list":
      return done(await configureList(settings));
    case "list-profiles":
      return done([...settings.files.profiles.keys()].map((name) => `${name}\n`).join(""));
    case "get":
      return configureGet(rest, settings);
    case "set":
      return configureSet(rest, settings);
    case undefined:
      return configureAll(settings);
    case "help":
      return done(
        "CONFIGURE()\n\nNAME\n       configure - settings of the AWS command line\n\nAVAILABLE COMMANDS\n       o get\n       o list\n       o list-profiles\n       o set\n",
      );
    default:
      throw new Failure("General", `Keyhole does not simulate aws configure ${values.subcommand}.`);
  }
}

async function configureList(settings: Settings): Promise<string> {
  const row = (name: string, value: string, type: string, location: string): string =>
    `${name.padEnd(10)} : ${value.padEnd(24)} : ${type.padEnd(16)} : ${location}\n`;
  const show = (name: string, setting: Setting | undefined): string =>
    setting ? row(name, setting.value, setting.type, setting.location) : row(name, "<not set>", "None", "None");
  const identity = await identify(settings);
  const mask = (text: string): string => `****************${text.slice(-4)}`;
  const key = (name: string, text: string): string => row(name, mask(text), identity!.type, "");
  return (
    row("NAME", "VALUE", "TYPE", "LOCATION") +
    show("profile", settings.profile) +
    (identity
      ? key("access_key", identity.accessKeyId) + key("secret_key", identity.secretAccessKey)
      : show("access_key", undefined) + show("secret_key", undefined)) +
    show("region", settings.region)
  );
}

/** The four questions; an empty answer leaves what is there. */
async function configureAll(settings: Settings): Promise<AwsResult> {
  const { env, files, profileName } = settings;
  if (!env.ask) throw new Failure("General", "EOF when reading a line");
  const section = files.profiles.get(profileName);
  const questions = [
    ["aws_access_key_id", "AWS Access Key ID"],
    ["aws_secret_access_key", "AWS Secret Access Key"],
    ["region", "Default region name"],
    ["output", "Default output format"],
  ] as const;
  const answers: [string, string][] = [];
  for (const [key, words] of questions) {
    const present = section?.get(key);
    const shown = present === undefined ? "None" : secretNames.includes(key) ? `****************${present.slice(-4)}` : present;
    const answer = await env.ask(`${words} [${shown}]: `);
    if (answer === undefined) return done("\n", 130);
    if (answer.trim()) answers.push([key, answer.trim()]);
  }
  for (const [key, value] of answers) await writeValue(settings, profileName, key, value);
  return done("");
}

/** `name`, `profile.name`, `profile.x.name`: which profile, and which of its values. */
function locate(settings: Settings, name: string): { profile: string; key: string } {
  const parts = name.split(".");
  if (parts[0] === "profile" && parts.length > 2) return { profile: parts[1], key: parts.slice(2).join(".") };
  if (parts.length > 1 && (parts[0] === "default" || settings.files.profiles.has(parts[0])))
    return { profile: parts[0], key: parts.slice(1).join(".") };
  return { profile: settings.profileName, key: name };
}

function configureGet(argv: string[], settings: Settings): AwsResult {
  const { values, rest } = parseKnown([], { name: "varname" }, argv);
  if (rest.length) throw new Failure("UnknownOptions", `Unknown options: ${rest.join(", ")}`);
  if (!String(values.varname).includes(".")) void settings.section;
  const { profile, key } = locate(settings, String(values.varname));
  const value = settings.files.profiles.get(profile)?.get(key);
  return value === undefined ? done("", 1) : done(`${value}\n`);
}

const secretNames = ["aws_access_key_id", "aws_secret_access_key", "aws_session_token"];

async function configureSet(argv: string[], settings: Settings): Promise<AwsResult> {
  const named = parseKnown([], { name: "varname" }, argv);
  const given = parseKnown([], { name: "value" }, named.rest);
  if (given.rest.length) throw new Failure("UnknownOptions", `Unknown options: ${given.rest.join(", ")}`);
  const { profile, key } = locate(settings, String(named.values.varname));
  await writeValue(settings, profile, key, String(given.values.value));
  return done("");
}

async function writeValue(settings: Settings, profile: string, key: string, value: string): Promise<void> {
  const secret = secretNames.includes(key);
  const path = secret ? credentialsPath(settings.env) : configPath(settings.env);
  const header = secret || profile === "default" ? profile : /\s/.test(profile) ? `profile '${profile}'` : `profile ${profile}`;
  const text = setIni(await readText(settings.env, path), header, key, value);
  await settings.env.writeFile(path, new TextEncoder().encode(text));
}

/** Sets one value of one section and leaves everything else, comments too, as it was. */
export function setIni(text: string, section: string, key: string, value: string): string {
  const [outer, inner] = key.includes(".") ? [key.slice(0, key.indexOf(".")), key.slice(key.indexOf(".") + 1)] : [key, undefined];
  const lines = text === "" ? [] : text.replace(/\n$/, "").split("\n");
  const sectionAt = lines.findIndex((line) => /^\s*\[([^\]]*)\]/.exec(line)?.[1].trim() === section);
  const made = inner === undefined ? [`${outer} = ${value}`] : [`${outer} =`, `    ${inner} = ${value}`];
  if (sectionAt < 0) return [...lines, `[${section}]`, ...made, ""].join("\n");
  let end = lines.findIndex((line, index) => index > sectionAt && /^\s*\[/.test(line));
  if (end < 0) end = lines.length;
  const isKey = (line: string, name: string): boolean =>
    new RegExp(`^\\s*${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}\\s*[=:]`).test(line);
  const at = lines.findIndex((line, index) => index > sectionAt && index < end && /^\S/.test(line) && isKey(line, outer));
  if (at >= 0 && inner === undefined) lines[at] = `${outer} = ${value}`;
  else if (at >= 0 && inner !== undefined) {
    let last = at + 1;
    while (last < end && /^\s+\S/.test(lines[last]) && !isKey(lines[last], inner)) last++;
    if (last < end && /^\s+\S/.test(lines[last])) lines[last] = `    ${inner} = ${value}`;
    else lines.splice(last, 0, `    ${inner} = ${value}`);
  } else {
    while (end > sectionAt + 1 && !lines[end - 1].trim()) end--;
    lines.splice(end, 0, ...made);
  }
  return `${lines.join("\n")}\n`;
}
