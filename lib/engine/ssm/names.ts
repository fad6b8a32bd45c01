import { parseArn } from "../arn";
import { type Failure, fail } from "../errors";
import { invalid, malformedName, malformedPath, reservedName } from "./errors";
import { parameterArn } from "./state";

/** Longest name, counted with the ARN's characters before it. Source: SSM API, PutParameter (Name). */
export const maxArnLength = 1011;
export const maxDepth = 15;

const plain = /^[a-zA-Z0-9_.-]+$/;
const path = /^(\/[a-zA-Z0-9_.-]+)+$/;
const wellFormed = (name: string): boolean => plain.test(name) || path.test(name);

/** AWS drops spaces around a name, nothing else. Source: SSM API, PutParameter (Name). */
export const trimmed = (name: string): string => (name.startsWith(" ") || name.endsWith(" ") ? name.replace(/^ +| +$/g, "") : name);

/**
 * What is wrong with a name that a write gives; undefined for a good one.
 * Errors: ValidationException, AccessDeniedException (reserved), HierarchyLevelLimitExceededException.
 * Source: SSM API, PutParameter (Name); texts as ./errors.ts says.
 */
export function problemOfNewName(name: string, region: string, account: string): Failure | undefined {
  const bare = name.replace(/^\//, "").toLowerCase();
  if (bare.startsWith("aws")) return reservedName(name);
  if (name.includes("/") && !name.startsWith("/")) return invalid("Parameter name must be a fully qualified name.");
  if (!wellFormed(name)) return malformedName();
  if (bare.startsWith("ssm")) return name.startsWith("/") ? malformedName() : invalid(`Parameter name: can't be prefixed with "aws" or "ssm" (case-insensitive).`);
  if (depthOf(name) > maxDepth)
    // Unverified text.
    return fail("HierarchyLevelLimitExceededException", `Parameter name has ${depthOf(name)} levels; a hierarchy can have at most ${maxDepth}.`);
  const length = parameterArn(region, account, name).length;
  if (length > maxArnLength) return invalid(`Parameter name is too long: with its ARN it has ${length} characters; at most ${maxArnLength} are allowed.`); // Unverified text.
  return undefined;
}

/** Levels of a hierarchy: `/a/b/c` has three. */
export const depthOf = (name: string): number => name.split("/").length - (name.startsWith("/") ? 1 : 0);

/** A parameter as a caller names it: by name or ARN, with a selector or without. */
export interface Reference {
  /** As the caller wrote it, without spaces around it. */
  text: string;
  /** Names it may be, best first: an ARN does not say whether a name of one level has its slash. */
  names: string[];
  arn: string;
  /** Owner; empty for AWS's public parameters. */
  account: string;
  region: string;
  /** What is after the colon: a version number or a label. */
  selector?: string;
}

/**
 * Reads `name`, `name:selector`, ARN or `ARN:selector`.
 * Errors: ValidationException with the words for a malformed name.
 * Source: SSM API, GetParameter (Name).
 */
export function parseReference(given: string, region: string, account: string): Reference | Failure {
  if (lastParsed?.given !== given || lastParsed.region !== region || lastParsed.account !== account) lastParsed = { given, region, account, reference: readReference(given, region, account) };
  return lastParsed.reference;
}

/** What was read last: a call reads its parameter's name when it asks who may, when it does it, and when it says what it costs. */
let lastParsed: { given: string; region: string; account: string; reference: Reference | Failure } | undefined;

function readReference(given: string, region: string, account: string): Reference | Failure {
  const text = trimmed(given);
  if (text.startsWith("arn:")) {
    const parts = parseArn(text);
    if (!parts || parts.service !== "ssm" || !parts.resource.startsWith("parameter/")) return malformedName();
    const [rest, selector, ...more] = parts.resource.slice("parameter".length).split(":");
    if (more.length || selector === "" || !wellFormed(rest)) return malformedName();
    const names = rest.lastIndexOf("/") > 0 ? [rest] : [rest.slice(1), rest];
    return { text, names, arn: parameterArn(parts.region, parts.account, rest), account: parts.account, region: parts.region, ...(selector !== undefined && { selector }) };
  }
  const [name, selector, ...more] = text.split(":");
  if (more.length || selector === "" || !wellFormed(name)) return malformedName();
  const owner = isPublicName(name) ? "" : account;
  return { text, names: [name], arn: parameterArn(region, owner, name), account: owner, region, ...(selector !== undefined && { selector }) };
}

/**
 * Reads the name of a parameter of one's own, for operations that take no selector and no ARN.
 * Errors: ValidationException.
 */
export function parseOwnName(given: string): string | Failure {
  const name = trimmed(given);
  return wellFormed(name) ? name : malformedName();
}

/** Parameters that AWS publishes. They have no account. Source: Systems Manager User Guide, public parameters. */
export const isPublicName = (name: string): boolean => name.startsWith("/aws/service/");

/** Names through which Parameter Store reads Secrets Manager. Source: Systems Manager User Guide, referencing Secrets Manager secrets. */
export const isSecretReference = (name: string): boolean => name.includes("/aws/reference/") && (trimmed(name).startsWith("/aws/reference/secretsmanager/") || /^arn:[^:]*:ssm:[^:]*:[^:]*:parameter\/aws\/reference\/secretsmanager\//.test(trimmed(name)));

/**
 * The prefix of everything beneath a path, with its last slash; `/` is everything.
 * Errors: ValidationException. Source: SSM API, GetParametersByPath (Path).
 */
export function pathPrefix(given: string): string | Failure {
  const text = trimmed(given);
  if (text === "/") return text;
  const bare = text.endsWith("/") ? text.slice(0, -1) : text;
  if (!path.test(bare)) return malformedPath();
  return `${bare}/`;
}

/** Is the name beneath the prefix, directly or (recursive) at any depth? A name without a slash lies directly beneath `/`. */
export function isBeneath(name: string, prefix: string, recursive: boolean): boolean {
  const full = name.startsWith("/") ? name : `/${name}`;
  return full.startsWith(prefix) && (recursive || !full.includes("/", prefix.length));
}
