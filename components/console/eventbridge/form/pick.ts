import type { Json, JsonObject } from "@/lib/engine/types";
import { CALL, type PickService, type PickType, services, SERVICE_EVENT } from "../pattern/pick-lists";

/** What was chosen from the lists: a service, a kind of event, and what its fields must be. */
export interface Pick {
  /** Empty: all AWS services' events. */
  service: string;
  /** Empty: all kinds. */
  type: string;
  fields: Record<string, FieldPick>;
}

export type How = "exact" | "prefix" | "suffix" | "wildcard" | "anything-but";

export interface FieldPick {
  how: How;
  /** One or more, with commas between. */
  text: string;
}

export const emptyPick: Pick = { service: "ssm", type: "Parameter Store Change", fields: {} };

export const hows: { value: How; label: string; description: string }[] = [
  { value: "exact", label: "is", description: "One of these, to the letter" },
  { value: "prefix", label: "begins with", description: "prefix" },
  { value: "suffix", label: "ends with", description: "suffix" },
  { value: "wildcard", label: "fits, * for anything", description: "wildcard" },
  { value: "anything-but", label: "is none of", description: "anything-but" },
];

export function chosen(pick: Pick): { service?: PickService; type?: PickType } {
  const service = services.find(({ id }) => id === pick.service);
  return { service, type: service?.types.find(({ name }) => name === pick.type) };
}

export const valuesIn = (text: string): string[] => text.split(",").map((part) => part.trim()).filter(Boolean);

function matchers({ how, text }: FieldPick): Json[] {
  const values = valuesIn(text);
  if (how === "exact") return values;
  if (how === "anything-but") return [{ "anything-but": values.length === 1 ? values[0] : values }];
  return values.map((value) => ({ [how]: value }));
}

/** The pattern that the choices make, as AWS's console writes it. */
export function pickedPattern(pick: Pick): JsonObject {
  const { service, type } = chosen(pick);
  if (!service) return { source: [{ prefix: "aws." }] };
  const pattern: JsonObject = { source: [`aws.${service.id}`] };
  if (!type) return pattern;
  pattern["detail-type"] = [type.name];
  const detail: JsonObject = type.name === CALL || type.name === SERVICE_EVENT ? { eventSource: [`${service.id}.amazonaws.com`] } : {};
  for (const { path } of type.fields) {
    const field = pick.fields[path];
    if (field && valuesIn(field.text).length) put(detail, path.split(".").slice(1), matchers(field));
  }
  return Object.keys(detail).length ? { ...pattern, detail } : pattern;
}

function put(into: JsonObject, [name, ...rest]: string[], value: Json[]): void {
  if (!rest.length) into[name] = value;
  else put((into[name] ??= {}) as JsonObject, rest, value);
}
