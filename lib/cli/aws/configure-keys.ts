import { type OptionSpec, parseKnown } from "./argparse";
import { noMore, writeValues } from "./configure-values";
import type { Settings } from "./config";
import { type Identity, identify } from "./credentials";
import type { AwsResult } from "./env";
import { Failure } from "./failure";
import { loadFile } from "./values";

// Keys that come into the configuration from a file, and go out of it. Loaded when first asked for.

const done = (stdout: string): AwsResult => ({ stdout: new TextEncoder().encode(stdout), stderr: "", exitCode: 0 });

export const importOptions: OptionSpec[] = [
  { flag: "--csv", to: "csv", takes: "one", required: true },
  { flag: "--skip-invalid", to: "skipInvalid", takes: "yes" },
  { flag: "--profile-prefix", to: "prefix", takes: "one" },
];

const columns = ["User Name", "Access Key ID", "Secret Access key"] as const;

/**
 * `aws configure import --csv file://credentials.csv`: each line of a file that the console made becomes a profile named
 * as its user. Source: AWS CLI command reference, configure import.
 */
export async function configureImport(argv: string[], settings: Settings): Promise<AwsResult> {
  const { values, rest } = parseKnown(importOptions, undefined, argv);
  noMore(rest);
  const given = String(values.csv);
  const loaded = await loadFile(given, "csv", { readFile: (path) => settings.env.readFile(path), variables: settings.env.variables });
  const text = typeof loaded === "string" ? loaded : loaded ? new TextDecoder().decode(loaded) : given;
  const keys = readCsv(text, values.skipInvalid === true);
  for (const [user, id, secret] of keys)
    await writeValues(settings, `${values.prefix === undefined ? "" : String(values.prefix)}${user}`, { aws_access_key_id: id, aws_secret_access_key: secret }, true);
  return done(`Successfully imported ${keys.length} profile(s)\n`);
}

function readCsv(text: string, skipInvalid: boolean): string[][] {
  if (!text.trim()) throw new Failure("General", "Provided CSV contains no contents");
  const [first, ...rows] = text.replace(/(\r\n|\r|\n)$/, "").split(/\r\n|\r|\n/);
  const plain = (name: string): string => name.replace(/^\ufeff/, "").toLowerCase().trim();
  const headers = first.split(",").map(plain);
  const places = columns.map((name) => {
    const at = headers.indexOf(plain(name));
    if (at < 0) throw new Failure("General", `Expected header "${name}" not found`);
    return at;
  });
  const found: string[][] = [];
  for (const [index, row] of rows.entries()) {
    const cells = row.split(",");
    const entry = places.map((at) => cells[at]?.trim() ?? "");
    const missing = entry.indexOf("");
    if (missing < 0) found.push(entry);
    else if (!skipInvalid)
      throw new Failure("General", `Failed to parse entry #${index + 1}: Row missing value for header "${columns[missing]}"`);
  }
  return found;
}

// ---------------------------------------------------------------- out

const lines =
  (write: (name: string, value: string) => string) =>
  ({ accessKeyId, secretAccessKey, sessionToken, expiration }: Identity): string =>
    [
      ["AWS_ACCESS_KEY_ID", accessKeyId],
      ["AWS_SECRET_ACCESS_KEY", secretAccessKey],
      ["AWS_SESSION_TOKEN", sessionToken],
      ["AWS_CREDENTIAL_EXPIRATION", expiration],
    ]
      .map(([name, value]) => (value === undefined ? "" : `${write(name!, value)}\n`))
      .join("");

const formats: Record<string, (identity: Identity) => string> = {
  process: ({ accessKeyId, secretAccessKey, sessionToken, expiration }) =>
    `${JSON.stringify({ Version: 1, AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken, Expiration: expiration }, null, 2)}\n`,
  env: lines((name, value) => `export ${name}=${value}`),
  "env-no-export": lines((name, value) => `${name}=${value}`),
  powershell: lines((name, value) => `$Env:${name}="${value}"`),
  "windows-cmd": lines((name, value) => `set ${name}=${value}`),
  fish: lines((name, value) => `set -gx ${name} "${value}"`),
};

export const exportOptions: OptionSpec[] = [{ flag: "--format", to: "format", takes: "one", choices: Object.keys(formats) }];

/**
 * `aws configure export-credentials`: the credentials in force, for another tool. The identity that the page lends has no
 * keys that could be handed on. Source: AWS CLI command reference, configure export-credentials.
 */
export async function exportCredentials(argv: string[], settings: Settings): Promise<AwsResult> {
  const { values, rest } = parseKnown(exportOptions, undefined, argv);
  noMore(rest);
  let identity: Identity | undefined;
  try {
    identity = await identify(settings);
  } catch (error) {
    if (!(error instanceof Failure) || error.kind === "Interrupted") throw error;
    throw new Failure("Configuration", `Unable to retrieve credentials: ${error.message.trim()}\n`);
  }
  if (!identity) throw new Failure("Configuration", "Unable to retrieve credentials: no credentials found");
  if (!identity.credentials)
    throw new Failure(
      "Configuration",
      "Unable to retrieve credentials: this terminal acts as the identity that the page is signed in as, without keys. Make some with aws iam create-access-key or aws sts assume-role.",
    );
  return done(formats[String(values.format ?? "process")](identity));
}
