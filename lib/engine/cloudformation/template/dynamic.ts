import { problem } from "../errors";
import type { Json, JsonObject } from "../../types";
import { isObject } from "./template";

/**
 * Dynamic references: `{{resolve:service:reference}}` within any text. Source: CloudFormation User Guide, "Get values stored
 * in other services using dynamic references" and its three pages; texts as the service answers them.
 */
export type Reference =
  | { service: "ssm" | "ssm-secure"; name: string; version?: number; text: string }
  | { service: "secretsmanager"; id: string; key?: string; stage?: string; versionId?: string; text: string };

const pattern = /\{\{resolve:([^{}]*)\}\}/g;

/** A template has at most so many. Source: the page above, "General considerations". */
export const mostReferences = 60;

/** All references within a value, in the order in which they stand, each with the path of its property. */
export function referencesIn(value: Json, path = ""): { reference: Reference; path: string }[] {
  if (typeof value === "string") return [...value.matchAll(pattern)].map(([text, inner]) => ({ reference: parse(text, inner), path }));
  if (Array.isArray(value)) return value.flatMap((item) => referencesIn(item, path));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, item]) => referencesIn(item as Json, `${path}/${name}`));
}

/** The value with its references put in place, by `resolve`; a reference for which there is nothing stays as written. */
export function withReferences(value: Json, resolve: (reference: Reference) => string | undefined): Json {
  if (typeof value === "string") return value.includes("{{resolve:") ? value.replace(pattern, (text, inner: string) => resolve(parse(text, inner)) ?? text) : value;
  if (Array.isArray(value)) return value.map((item) => withReferences(item, resolve));
  if (!isObject(value)) return value;
  const out: JsonObject = {};
  for (const [name, item] of Object.entries(value)) out[name] = withReferences(item as Json, resolve);
  return out;
}

function parse(text: string, inner: string): Reference {
  const at = inner.indexOf(":");
  const service = at < 0 ? inner : inner.slice(0, at);
  const rest = at < 0 ? "" : inner.slice(at + 1);
  if (service === "ssm" || service === "ssm-secure") return stored(service, rest, text);
  if (service === "secretsmanager") return secret(rest, text);
  return problem(`Invalid dynamic reference: [${text}]. The service ${service} is not supported`);
}

function stored(service: "ssm" | "ssm-secure", rest: string, text: string): Reference {
  const wrong = `Incorrect format is used in the following SSM reference: [${text}]`;
  const [, name, version] = /^([A-Za-z0-9_.\-/]+)(?::(\d+))?$/.exec(rest) ?? problem(wrong);
  if (version !== undefined && Number(version) < 1) problem(wrong);
  return { service, name, ...(version === undefined ? {} : { version: Number(version) }), text };
}

/** `secret-id:SecretString:json-key:version-stage:version-id`; the id may be an ARN, with colons of its own. */
function secret(rest: string, text: string): Reference {
  const wrong = `Incorrect format is used in the following Secrets Manager reference: [${text}]`;
  const arn = /^arn:[^:]*:secretsmanager:[^:]*:\d{12}:secret:[^:]+/.exec(rest)?.[0];
  const id = arn ?? rest.split(":")[0];
  const [string, key, stage, versionId, ...more] = rest.slice(id.length + 1).split(":");
  if (!id || more.length || (string && string !== "SecretString")) return problem(wrong);
  if (stage && versionId) return problem(`${wrong}. Specify either the version stage or the version id, not both`);
  return { service: "secretsmanager", id, ...(key ? { key } : {}), ...(stage ? { stage } : {}), ...(versionId ? { versionId } : {}), text };
}
