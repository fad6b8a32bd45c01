import type { Json, JsonObject } from "../../engine/types";

/** What stopped a command. Each kind has the exit code of the real one. Source: AWS CLI user guide, Return codes. */
export type FailureKind = "ParamValidation" | "UnknownOptions" | "Configuration" | "NoRegion" | "NoCredentials" | "Client" | "General" | "Interrupted";

const exitCodes: Record<FailureKind, number> = {
  ParamValidation: 252,
  UnknownOptions: 252,
  Configuration: 253,
  NoRegion: 253,
  NoCredentials: 253,
  Client: 254,
  General: 255,
  // 128 and the number of the signal that Ctrl-C sends.
  Interrupted: 130,
};

/** Thrown inside the `aws` command and caught once, in `run.ts`: parsers are too deep for results by hand. */
export class Failure extends Error {
  readonly kind: FailureKind;
  /** Client only: AWS's code, and the modelled members of its error document. */
  readonly error?: { code: string; message: string; fields: JsonObject };
  constructor(kind: FailureKind, message: string, error?: Failure["error"]) {
    super(message);
    this.kind = kind;
    this.error = error;
  }
  get exitCode(): number {
    return exitCodes[this.kind];
  }
}

/** "Error parsing parameter '--tags': …", exit code 252. */
export const parameterFailure = (option: string, message: string): Failure =>
  new Failure("ParamValidation", `Error parsing parameter '${option}': ${message}`);

const helpBlurb = "To see help text, you can run:\n\n  aws help\n  aws <command> help\n  aws <command> <subcommand> help\n";
export const usage = `aws [options] <command> <subcommand> [<subcommand> ...] [parameters]\n${helpBlurb}`;

/** A usage error of the argument parser: the text, a blank line, the usage. */
export const usageFailure = (message: string): Failure => new Failure("ParamValidation", `${message}\n\nusage: ${usage}`);

/** How a structured error (`--cli-error-format json|yaml|text|table`) is written. */
export type ErrorWriter = (format: string, info: JsonObject) => string;

export const errorFormats = ["legacy", "json", "yaml", "text", "table", "enhanced"];

/**
 * The standard error text of a failure.
 *
 * Since version 2.34 every error line begins with `aws: [ERROR]:`, and errors other than a service's carry their kind as
 * a code; `legacy` leaves that out. Source: aws-cli changelog 2.34.0 (structured error output).
 */
export function failureText(failure: Failure, format: string, write: ErrorWriter): string {
  const line = (message: string): string => `\naws: [ERROR]: ${message.trim()}\n`;
  if (failure.kind === "UnknownOptions") return `\nusage: ${usage}\n${line(failure.message)}`;
  if (failure.kind === "General" || format === "legacy") return line(failure.message);
  const info: JsonObject = failure.error
    ? { Message: failure.error.message, Code: failure.error.code, ...failure.error.fields }
    : { Code: failure.kind, Message: failure.message };
  if (format !== "enhanced" && errorFormats.includes(format)) return write(format, info);
  if (!failure.error) return line(`An error occurred (${failure.kind}): ${failure.message}`);
  return line(failure.message) + details(failure.error.fields);
}

function details(fields: JsonObject): string {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined) as [string, Json][];
  if (!entries.length) return "";
  return `\nAdditional error details:\n${entries.map(([key, value]) => `${key}: ${inline(value)}\n`).join("")}`;
}

const simple = (value: Json | undefined): boolean => value === null || typeof value !== "object";

function inline(value: Json): string {
  if (simple(value)) return value === null ? "None" : value === true ? "True" : value === false ? "False" : String(value);
  const complex = "<complex value>, --cli-error-format json recommended for full details";
  if (Array.isArray(value)) return value.length < 5 && value.every(simple) ? `[${value.map(inline).join(", ")}]` : complex;
  const members = Object.entries(value as JsonObject) as [string, Json][];
  return members.length < 5 && members.every(([, member]) => simple(member))
    ? `{${members.map(([key, member]) => `${key}: ${inline(member)}`).join(", ")}}`
    : complex;
}
