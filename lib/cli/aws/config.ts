import type { Caller } from "../../engine/types";
import type { AwsEnv, Credentials } from "./env";
import { Failure } from "./failure";
import { expand } from "./values";

export type Section = Map<string, string>;
export interface ConfigFiles {
  /** Profiles of both files, merged; the credentials file wins. */
  profiles: Map<string, Section>;
  fromCredentials: Map<string, Section>;
}

/** Sections of an INI file as the AWS files use it; nested (indented) values are read as `outer.inner`. */
export function parseIni(text: string): Map<string, Section> {
  const sections = new Map<string, Section>();
  let section: Section | undefined;
  let outer = "";
  for (const line of text.split(/\r?\n/)) {
    if (!line.trim() || /^\s*[#;]/.test(line)) continue;
    const header = /^\s*\[([^\]]*)\]/.exec(line);
    if (header) {
      const name = header[1].trim();
      section = sections.get(name) ?? new Map();
      sections.set(name, section);
      continue;
    }
    const pair = /^(\s*)([^=:\s][^=:]*?)\s*[=:]\s*(.*)$/.exec(line);
    if (!pair || !section) continue;
    const value = pair[3].replace(/\s+[#;].*$/, "").trim();
    if (pair[1]) section.set(`${outer}.${pair[2]}`, value);
    else {
      outer = pair[2];
      section.set(pair[2], value);
    }
  }
  return sections;
}

export const configPath = (env: AwsEnv): string => expand(env.variables.AWS_CONFIG_FILE || "~/.aws/config", env.variables);
export const credentialsPath = (env: AwsEnv): string =>
  expand(env.variables.AWS_SHARED_CREDENTIALS_FILE || "~/.aws/credentials", env.variables);

export async function readText(env: AwsEnv, path: string): Promise<string> {
  try {
    return new TextDecoder().decode(await env.readFile(path));
  } catch {
    return "";
  }
}

export async function readConfig(env: AwsEnv): Promise<ConfigFiles> {
  const profiles = new Map<string, Section>();
  const merge = (name: string, section: Section): void => void profiles.set(name, new Map([...(profiles.get(name) ?? []), ...section]));
  for (const [name, section] of parseIni(await readText(env, configPath(env)))) {
    if (name === "default") merge("default", section);
    else if (/^profile\s+/.test(name)) merge(name.replace(/^profile\s+/, "").replace(/^["']|["']$/g, ""), section);
  }
  const fromCredentials = parseIni(await readText(env, credentialsPath(env)));
  for (const [name, section] of fromCredentials) merge(name, section);
  return { profiles, fromCredentials };
}

// ---------------------------------------------------------------- what is in force

export interface Setting {
  value: string;
  type: string;
  location: string;
}

/** What a command runs with: profile, Region, output, identity. `--profile x` that is not there throws (255). */
export class Settings {
  constructor(
    readonly env: AwsEnv,
    readonly files: ConfigFiles,
    readonly options: { profile?: string; region?: string; output?: string },
  ) {}

  get profile(): Setting | undefined {
    if (this.options.profile !== undefined) return { value: this.options.profile, type: "manual", location: "--profile" };
    return this.variable("AWS_PROFILE", "AWS_DEFAULT_PROFILE");
  }
  get profileName(): string {
    return this.profile?.value ?? "default";
  }
  get profileMissing(): boolean {
    return this.profile !== undefined && this.profile.value !== "default" && !this.files.profiles.has(this.profile.value);
  }
  get section(): Section {
    if (this.profileMissing) throw new Failure("General", `The config profile (${this.profileName}) could not be found`);
    return this.files.profiles.get(this.profileName) ?? new Map();
  }

  private variable(...names: string[]): Setting | undefined {
    for (const name of names) {
      const value = this.env.variables[name];
      if (value) return { value, type: "env", location: names.length > 1 ? `[${names.map((one) => `'${one}'`).join(", ")}]` : name };
    }
    return undefined;
  }
  private configured(name: string): Setting | undefined {
    const value = this.section.get(name);
    return value ? { value, type: "config-file", location: this.env.variables.AWS_CONFIG_FILE || "~/.aws/config" } : undefined;
  }

  get region(): Setting | undefined {
    if (this.options.region !== undefined) return { value: this.options.region, type: "manual", location: "--region" };
    const { ambient } = this.env;
    return (
      this.variable("AWS_REGION", "AWS_DEFAULT_REGION") ??
      this.configured("region") ??
      (ambient?.region ? { value: ambient.region, type: ambient.type, location: "" } : undefined)
    );
  }
  get output(): string {
    return this.options.output ?? this.variable("AWS_DEFAULT_OUTPUT")?.value ?? this.configured("output")?.value ?? "json";
  }
  setting(name: string, variable?: string): string | undefined {
    return (variable ? this.variable(variable)?.value : undefined) ?? this.configured(name)?.value;
  }
}

export interface Identity {
  /** As `aws configure list` names the source. */
  type: string;
  accessKeyId: string;
  secretAccessKey: string;
  credentials?: Credentials;
  caller?: Caller;
}

/**
 * Who the command is: variables (unless `--profile` was given), a role of the profile, keys of the files, the terminal's
 * own identity; undefined if there is none.
 * Source: AWS CLI user guide, Configuration settings and precedence; Using an IAM role in the AWS CLI.
 */
export async function identify(settings: Settings): Promise<Identity | undefined> {
  const { env } = settings;
  if (settings.options.profile === undefined && env.variables.AWS_ACCESS_KEY_ID) {
    if (!env.variables.AWS_SECRET_ACCESS_KEY)
      throw new Failure("General", "Partial credentials found in env, missing: AWS_SECRET_ACCESS_KEY");
    return withKeys(
      "env",
      env.variables.AWS_ACCESS_KEY_ID,
      env.variables.AWS_SECRET_ACCESS_KEY,
      env.variables.AWS_SESSION_TOKEN || undefined,
    );
  }
  return (await fromProfile(settings, settings.profileName, [])) ?? ambient(env);
}

const ambient = (env: AwsEnv): Identity | undefined =>
  env.ambient && { type: env.ambient.type, accessKeyId: env.ambient.accessKeyId, secretAccessKey: env.ambient.accessKeyId };

function withKeys(type: string, accessKeyId: string, secretAccessKey: string, sessionToken?: string): Identity {
  return {
    type,
    accessKeyId,
    secretAccessKey,
    caller: { accessKeyId },
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) },
  };
}

async function fromProfile(settings: Settings, name: string, seen: string[]): Promise<Identity | undefined> {
  const section = name === settings.profileName ? settings.section : settings.files.profiles.get(name);
  if (!section) return undefined;
  const role = section.get("role_arn");
  if (role && !(seen.length && seen.at(-1) === name)) return assume(settings, name, role, section, seen);
  const accessKeyId = section.get("aws_access_key_id");
  if (!accessKeyId) return undefined;
  const type = settings.files.fromCredentials.get(name)?.has("aws_access_key_id") ? "shared-credentials-file" : "config-file";
  const secret = section.get("aws_secret_access_key");
  if (!secret) throw new Failure("General", `Partial credentials found in ${type}, missing: aws_secret_access_key`);
  return withKeys(type, accessKeyId, secret, section.get("aws_session_token"));
}

interface Cached {
  Credentials: { AccessKeyId: string; SecretAccessKey: string; SessionToken: string; Expiration: string };
}

/** A profile with `role_arn`: its session is kept under ~/.aws/cli/cache until it ends. */
async function assume(settings: Settings, name: string, role: string, section: Section, seen: string[]): Promise<Identity> {
  const { env } = settings;
  const source = section.get("source_profile");
  if (!source && !section.get("credential_source"))
    throw new Failure("General", `Partial credentials found in assume-role, missing: source_profile or credential_source`);
  if (source && seen.includes(source) && source !== name)
    throw new Failure(
      "General",
      `Infinite loop in credential configuration detected. Attempting to load from profile ${source} which has already been visited. Visited profiles: ['${[...seen, name].join("', '")}']`,
    );
  if (source && !settings.files.profiles.has(source)) throw new Failure("General", `The source profile "${source}" must have credentials.`);
  const cache = expand(
    `~/.aws/cli/cache/${`${role}-${section.get("role_session_name") ?? ""}-${source ?? ""}`.replace(/[^\w-]+/g, "_")}.json`,
    env.variables,
  );
  const kept = await readText(env, cache);
  if (kept) {
    try {
      const { Credentials: c } = JSON.parse(kept) as Cached;
      if (Date.parse(c.Expiration) - env.now() > 15 * 60_000)
        return withKeys("assume-role", c.AccessKeyId, c.SecretAccessKey, c.SessionToken);
    } catch {
      // A cache that cannot be read is made anew.
    }
  }
  const lender = source ? await fromProfile(settings, source, [...seen, name]) : ambient(env);
  if (source && !lender) throw new Failure("General", `The source profile "${source}" must have credentials.`);
  const reply = await env.call({
    service: "sts",
    operation: "AssumeRole",
    region: settings.region?.value ?? "us-east-1",
    caller: lender?.caller,
    credentials: lender?.credentials,
    input: {
      RoleArn: role,
      RoleSessionName: section.get("role_session_name") ?? `botocore-session-${Math.floor(env.now() / 1000)}`,
      ...(section.get("external_id") ? { ExternalId: section.get("external_id") } : {}),
      ...(section.get("duration_seconds") ? { DurationSeconds: Number(section.get("duration_seconds")) } : {}),
    },
  });
  if (!reply.ok) {
    const message = reply.error.message ?? "";
    throw new Failure("Client", `An error occurred (${reply.error.code}) when calling the AssumeRole operation: ${message}`, {
      code: reply.error.code,
      message,
      fields: {},
    });
  }
  const made = reply.output.Credentials as { AccessKeyId: string; SecretAccessKey: string; SessionToken: string; Expiration: number };
  const entry: Cached = { Credentials: { ...made, Expiration: new Date(made.Expiration * 1000).toISOString().replace(/\.\d+Z/, "Z") } };
  await env.writeFile(cache, new TextEncoder().encode(JSON.stringify(entry)));
  return withKeys("assume-role", made.AccessKeyId, made.SecretAccessKey, made.SessionToken);
}
