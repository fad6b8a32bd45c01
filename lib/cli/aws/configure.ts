import { parseKnown } from "./argparse";
import type { Setting, Settings } from "./config";
import { noMore, ownSections, secretNames, writeValues } from "./configure-values";
import { identify } from "./credentials";
import type { AwsResult } from "./env";
import { Failure } from "./failure";

const done = (stdout: string, exitCode = 0, stderr = ""): AwsResult => ({ stdout: new TextEncoder().encode(stdout), stderr, exitCode });

/** Every subcommand that the real one has; those without a function here say that they are not simulated. */
export const configureCommands: Record<string, ((argv: string[], settings: Settings) => Promise<AwsResult>) | undefined> = {
  list: async (argv, settings) => (noMore(argv), done(await configureList(settings))),
  "list-profiles": (argv, { files }) => (noMore(argv), Promise.resolve(done([...files.profiles.keys()].map((name) => `${name}\n`).join("")))),
  get: (argv, settings) => Promise.resolve(configureGet(argv, settings)),
  set: configureSet,
  "add-model": undefined,
  import: async (argv, settings) => (await import("./configure-keys")).configureImport(argv, settings),
  sso: undefined,
  "sso-session": undefined,
  "export-credentials": async (argv, settings) => (await import("./configure-keys")).exportCredentials(argv, settings),
  "mfa-login": undefined,
  wizard: undefined,
};

/**
 * `aws configure` and its subcommands, on the files of the terminal. Help is told by whoever calls.
 * Source: AWS CLI command reference, configure.
 */
export async function runConfigure(argv: string[], settings: Settings): Promise<AwsResult> {
  const choices = Object.keys(configureCommands);
  const { values, rest } = parseKnown([], { name: "subcommand", optional: true, choices }, argv);
  if (values.subcommand === undefined) {
    noMore(rest);
    return configureAll(settings);
  }
  const command = configureCommands[String(values.subcommand)];
  if (!command) throw new Failure("General", `Keyhole does not simulate aws configure ${values.subcommand}.`);
  return command(rest, settings);
}

const mask = (text: string): string => `****************${text.slice(-4)}`;

async function configureList(settings: Settings): Promise<string> {
  const row = (name: string, value: string, type: string, location: string): string =>
    `${name.padEnd(10)} : ${value.padEnd(24)} : ${type.padEnd(16)} : ${location}\n`;
  const show = (name: string, setting: Setting | undefined): string =>
    setting ? row(name, setting.value, setting.type, setting.location) : row(name, "<not set>", "None", "None");
  const identity = await identify(settings);
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
    const shown = present === undefined ? "None" : secretNames.includes(key) ? mask(present) : present;
    const answer = await env.ask(`${words} [${shown}]: `);
    if (answer === undefined) throw new Failure("Interrupted", "");
    if (answer.trim() && answer.trim() !== present) answers.push([key, answer.trim()]);
  }
  for (const secret of [true, false]) {
    const values = Object.fromEntries(answers.filter(([key]) => secretNames.includes(key) === secret));
    if (Object.keys(values).length) await writeValues(settings, profileName, values, secret);
  }
  return done("");
}

function configureGet(argv: string[], settings: Settings): AwsResult {
  const { values, rest } = parseKnown([], { name: "varname" }, argv);
  noMore(rest);
  const name = String(values.varname);
  const { profiles } = settings.files;
  const parts = name.split(".");
  let profile = settings.profileName;
  let key = parts;
  if (parts.length === 1) void settings.section;
  else if (parts[0] === "profile") [profile, key] = [parts[1], parts.slice(2)];
  else if (parts[0] === "default" || profiles.has(parts[0])) [profile, key] = [parts[0], parts.slice(1)];
  const section = profiles.get(profile);
  const value = section?.get(key.join("."));
  if (value !== undefined) return done(`${value}\n`);
  const isBlock = section && [...section.keys()].some((one) => one.startsWith(`${key.join(".")}.`));
  return done("", 1, isBlock ? `varname (${name}) must reference a value, not a section or sub-section.` : "");
}

async function configureSet(argv: string[], settings: Settings): Promise<AwsResult> {
  const named = parseKnown([], { name: "varname" }, argv);
  const given = parseKnown([], { name: "value" }, named.rest);
  noMore(given.rest);
  const value = String(given.values.value);
  const parts = String(named.values.varname).split(".");
  let profile = settings.profileName;
  if (parts.length > 1 && parts[0] === "default") profile = parts.shift()!;
  else if (parts.length > 2 && parts[0] === "profile") profile = parts.splice(0, 2)[1];
  else if (parts.length === 2 && ownSections.includes(parts[0])) profile = parts.shift()!;
  const [name, inner] = parts;
  if (/[\r\n]/.test(value + name + profile))
    throw new Failure("General", `Invalid value for key ${name}: newline characters and carriage returns are not allowed.`);
  await writeValues(settings, profile, { [name]: inner !== undefined && parts.length === 2 ? { [inner]: value } : value }, secretNames.includes(name));
  return done("");
}
