import type { AwsEnv } from "./env";
import { Failure } from "./failure";
import { type Section, parseIni } from "./ini";
import { expand } from "./values";

export interface ConfigFiles {
  /** Profiles of both files, merged; the credentials file wins. */
  profiles: Map<string, Section>;
  fromCredentials: Map<string, Section>;
}

export const configPath = (env: AwsEnv): string => expand(env.variables.AWS_CONFIG_FILE || "~/.aws/config", env.variables);
export const credentialsPath = (env: AwsEnv): string =>
  expand(env.variables.AWS_SHARED_CREDENTIALS_FILE || "~/.aws/credentials", env.variables);

/** A file's text; undefined if there is none that can be read. */
export async function readText(env: AwsEnv, path: string): Promise<string | undefined> {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await env.readFile(path));
  } catch (error) {
    if (error instanceof TypeError) throw unreadable(path);
    return undefined;
  }
}

const unreadable = (path: string): Failure => new Failure("General", `Unable to parse config file: ${path}`);

async function readSections(env: AwsEnv, path: string): Promise<Map<string, Section>> {
  const text = (await readText(env, path)) ?? "";
  try {
    return parseIni(text);
  } catch {
    throw unreadable(path);
  }
}

/** Both files. Throws "Unable to parse config file: …" (255). */
export async function readConfig(env: AwsEnv): Promise<ConfigFiles> {
  const profiles = new Map<string, Section>();
  const merge = (name: string, section: Section): void => void profiles.set(name, new Map([...(profiles.get(name) ?? []), ...section]));
  for (const [name, section] of await readSections(env, configPath(env))) {
    const profile = name === "default" ? name : /^profile\s+(?:"([^"]*)"|'([^']*)'|([^\s'"]+))\s*$/.exec(name)?.slice(1).find((one) => one !== undefined);
    if (profile !== undefined) merge(profile, section);
  }
  const fromCredentials = await readSections(env, credentialsPath(env));
  for (const [name, section] of fromCredentials) merge(name, section);
  return { profiles, fromCredentials };
}

// ---------------------------------------------------------------- what is in force

export interface Setting {
  value: string;
  type: string;
  location: string;
}

/** What a command runs with: profile, Region, output. `--profile x` that is not there throws (255). */
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
