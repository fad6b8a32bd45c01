import { sha1 } from "@noble/hashes/legacy.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Caller, JsonObject } from "../../engine/types";
import { type Settings, readText } from "./config";
import type { AwsEnv, Credentials } from "./env";
import { Failure } from "./failure";
import type { Section } from "./ini";
import { pythonRepr } from "./python";
import { expand } from "./values";

/** Who a command is. */
export interface Identity {
  /** As `aws configure list` names the source. */
  type: string;
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  /** As it is printed: `2026-11-24T03:00:00+00:00`. */
  expiration?: string;
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
  if (settings.options.profile === undefined) {
    const given = fromEnvironment(env);
    if (given) return given;
  }
  return (await fromProfile(settings, settings.profileName, [])) ?? ambient(env);
}

const ambient = (env: AwsEnv): Identity | undefined =>
  env.ambient && { type: env.ambient.type, accessKeyId: env.ambient.accessKeyId, secretAccessKey: env.ambient.accessKeyId };

function fromEnvironment(env: AwsEnv): Identity | undefined {
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token, AWS_CREDENTIAL_EXPIRATION: end } = env.variables;
  if (!id) return undefined;
  if (!secret) throw new Failure("General", "Partial credentials found in env, missing: AWS_SECRET_ACCESS_KEY");
  if (end && Date.parse(end) <= env.now())
    throw new Failure("General", "Credentials were refreshed, but the refreshed credentials are still expired.");
  return withKeys("env", id, secret, token || undefined, end || undefined);
}

function withKeys(type: string, accessKeyId: string, secretAccessKey: string, sessionToken?: string, expiration?: string): Identity {
  return {
    type,
    accessKeyId,
    secretAccessKey,
    ...(sessionToken ? { sessionToken } : {}),
    ...(expiration ? { expiration } : {}),
    caller: { accessKeyId },
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) },
  };
}

const hasKeys = (section: Section): boolean => section.has("aws_access_key_id") || section.has("aws_secret_access_key");
const hasRole = (section: Section): boolean => section.has("role_arn") && !section.has("web_identity_token_file");

/** Other ways to credentials that a profile may name. Passed over silently they would leave the wrong identity in force. */
const notSimulated = ["web_identity_token_file", "sso_session", "sso_start_url", "credential_process", "login_session"];

async function fromProfile(settings: Settings, name: string, visited: string[]): Promise<Identity | undefined> {
  const section = name === settings.profileName ? settings.section : (settings.files.profiles.get(name) ?? new Map<string, string>());
  if (hasRole(section)) return assume(settings, name, section, [...visited, name]);
  return fromFiles(settings, name, section);
}

function fromFiles(settings: Settings, name: string, section: Section): Identity | undefined {
  const accessKeyId = section.get("aws_access_key_id");
  if (!accessKeyId) {
    const other = notSimulated.find((key) => section.has(key));
    if (other) throw new Failure("General", `Keyhole does not simulate ${other}, which profile ${name} gets its credentials by.`);
    return undefined;
  }
  const type = settings.files.fromCredentials.get(name)?.has("aws_access_key_id") ? "shared-credentials-file" : "config-file";
  const secret = section.get("aws_secret_access_key");
  if (!secret) throw new Failure("General", `Partial credentials found in ${type}, missing: aws_secret_access_key`);
  return withKeys(type, accessKeyId, secret, section.get("aws_security_token") ?? section.get("aws_session_token"));
}

// ---------------------------------------------------------------- roles

interface Cached {
  Credentials: { AccessKeyId: string; SecretAccessKey: string; SessionToken: string; Expiration: string };
  AssumedRoleUser?: unknown;
}

/** A session that ends sooner than this is made anew, ms. */
const nearEnd = 15 * 60_000;

/** A profile with `role_arn`: its session is kept under ~/.aws/cli/cache until shortly before it ends, by the lab's clock. */
async function assume(settings: Settings, name: string, section: Section, visited: string[]): Promise<Identity> {
  const { env } = settings;
  const lend = lender(settings, name, section, visited);
  const session = section.get("role_session_name");
  const duration = section.get("duration_seconds");
  const serial = section.get("mfa_serial");
  const input: JsonObject = {
    ...(session === undefined ? {} : { RoleSessionName: session }),
    ...(section.has("external_id") ? { ExternalId: section.get("external_id") } : {}),
    ...(serial === undefined ? {} : { SerialNumber: serial }),
    ...(duration !== undefined && /^\s*[+-]?\d+\s*$/.test(duration) ? { DurationSeconds: Number(duration) } : {}),
    RoleArn: section.get("role_arn"),
  };
  const cache = expand(`~/.aws/cli/cache/${cacheKey(input)}.json`, env.variables);
  const kept = readCache(await readText(env, cache));
  if (kept && Date.parse(kept.Credentials.Expiration) - env.now() >= nearEnd && (env.isKey?.(kept.Credentials.AccessKeyId) ?? true)) return ofSession(kept);
  const by = await lend();
  if (serial !== undefined) {
    if (!env.ask) throw new Failure("General", "EOF when reading a line");
    const code = await env.ask(`Enter MFA code for ${serial}: `);
    if (code === undefined) throw new Failure("Interrupted", "");
    input.TokenCode = code;
  }
  const reply = await env.call({
    service: "sts",
    operation: "AssumeRole",
    region: settings.region?.value ?? "us-east-1",
    caller: by?.caller,
    credentials: by?.credentials,
    input: { ...input, RoleSessionName: session ?? `botocore-session-${Math.floor(env.now() / 1000)}` },
  });
  if (!reply.ok) {
    const { code, message = "" } = reply.error;
    throw new Failure("Client", `An error occurred (${code}) when calling the AssumeRole operation: ${message}`, { code, message, fields: {} });
  }
  const { Credentials: made, AssumedRoleUser } = reply.output as { Credentials: Cached["Credentials"] & { Expiration: unknown }; AssumedRoleUser?: unknown };
  const entry: Cached = { Credentials: { ...made, Expiration: isoTime(Number(made.Expiration)) }, AssumedRoleUser };
  await env.writeFile(cache, new TextEncoder().encode(JSON.stringify(entry)));
  return ofSession(entry);
}

const ofSession = ({ Credentials: c }: Cached): Identity => withKeys("assume-role", c.AccessKeyId, c.SecretAccessKey, c.SessionToken, c.Expiration);

/** Epoch seconds as Python prints a time in UTC. */
export const isoTime = (seconds: number): string => new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, "+00:00");

/** What the session is asked for, hashed as the real command names its cache's files: without a session name of chance. */
const cacheKey = (input: JsonObject): string => {
  const sorted = Object.keys(input).sort();
  const text = `{${sorted.map((key) => `${JSON.stringify(key)}: ${JSON.stringify(input[key])}`).join(", ")}}`;
  return bytesToHex(sha1(new TextEncoder().encode(text)));
};

function readCache(text: string | undefined): Cached | undefined {
  try {
    const value = JSON.parse(text ?? "null") as Cached | null;
    return typeof value?.Credentials?.AccessKeyId === "string" ? value : undefined;
  } catch {
    // A cache that cannot be read is made anew.
    return undefined;
  }
}

/** Whose credentials the role is assumed with. Rules are checked at once, the credentials fetched when they are needed. */
function lender(settings: Settings, name: string, section: Section, visited: string[]): () => Promise<Identity | undefined> {
  const source = section.get("source_profile");
  const from = section.get("credential_source");
  if (from !== undefined && source !== undefined)
    throw new Failure("General", `The profile "${name}" contains both source_profile and credential_source.`);
  if (from !== undefined) return bySource(settings.env, name, from);
  if (source === undefined) throw new Failure("General", "Partial credentials found in assume-role, missing: source_profile or credential_source");
  const lends = settings.files.profiles.get(source);
  if (!lends) throw new Failure("General", `The source_profile "${source}" referenced in the profile "${name}" does not exist.`);
  // A profile may name itself: then it lends its own keys.
  if (visited.includes(source) && (source !== name || !hasKeys(lends)))
    throw new Failure(
      "General",
      `Infinite loop in credential configuration detected. Attempting to load from profile ${source} which has already been visited. Visited profiles: ${pythonRepr(visited)}`,
    );
  return async () => {
    const found = hasKeys(lends) || !hasRole(lends) ? fromFiles(settings, source, lends) : await assume(settings, source, lends, [...visited, source]);
    if (!found) throw new Failure("General", `The source profile "${source}" must have credentials.`);
    return found;
  };
}

/** `credential_source`. The terminal lends the console's identity as CloudShell's container does; there is no instance behind it. */
function bySource(env: AwsEnv, name: string, from: string): () => Promise<Identity | undefined> {
  const sources: Record<string, () => Identity | undefined> = {
    Environment: () => fromEnvironment(env),
    EcsContainer: () => ambient(env),
    Ec2InstanceMetadata: () => undefined,
  };
  if (!Object.hasOwn(sources, from))
    throw new Failure("General", `The credential source "${from}" referenced in profile "${name}" is not valid.`);
  return () => {
    const found = sources[from]();
    if (!found)
      throw new Failure(
        "General",
        `Error when retrieving credentials from ${from}: No credentials found in credential_source referenced in profile ${name}`,
      );
    return Promise.resolve(found);
  };
}
