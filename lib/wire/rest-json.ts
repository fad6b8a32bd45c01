import { fromBase64, toBase64, utf8Text } from "../engine/crypto/bytes";
import type { ServiceModel, Shape, ShapeRef } from "../engine/model";
import type { AwsError, Json, JsonObject, Result } from "../engine/types";
import { readJson } from "./json";

/**
 * The AWS restJson1 protocol (Lambda): the operation is in the method and the path, its members in path, query, headers and body.
 * Source: Smithy, "AWS restJson1 protocol", "HTTP bindings".
 */

interface Route {
  operation: string;
  method: string;
  /** Texts, and labels as `{Name}`. */
  segments: string[];
}

const routesOf = new WeakMap<ServiceModel, Route[]>();

/** Routes of an API, those with the most text of their own first. */
function routes(model: ServiceModel): Route[] {
  let known = routesOf.get(model);
  if (!known) {
    const route = (operation: string, { method, requestUri }: { method: string; requestUri: string }): Route => ({ operation, method, segments: segmentsOf(requestUri.split("?")[0]) });
    known = [
      ...Object.entries(model.operations).map(([name, { http }]) => route(name, http)),
      ...Object.entries(model.notSimulatedHttp ?? {}).map(([name, http]) => route(name, http)),
    ].sort((a, b) => fixed(b) - fixed(a));
    routesOf.set(model, known);
  }
  return known;
}

const isLabel = (segment: string): boolean => segment.startsWith("{");
const fixed = ({ segments }: Route): number => segments.filter((segment) => !isLabel(segment)).length;
/** A slash at the end says nothing. */
const segmentsOf = (path: string): string[] => path.replace(/^\/+|\/+$/g, "").split("/");

/** undefined for what is not percent-encoded UTF-8. */
function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

/** The operation that a request asks for, and its labels; undefined where the API has none there. */
export function routeOf(model: ServiceModel, method: string, path: string): { operation: string; labels: Record<string, string> } | undefined {
  const segments = segmentsOf(path);
  for (const route of routes(model)) {
    if (route.method !== method || route.segments.length !== segments.length) continue;
    const labels = matched(route.segments, segments);
    if (labels) return { operation: route.operation, labels };
  }
  return undefined;
}

function matched(template: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  const labels: Record<string, string> = Object.create(null) as Record<string, string>;
  for (let i = 0; i < template.length; i++) {
    const text = decoded(segments[i]);
    if (text === undefined) return undefined;
    if (!isLabel(template[i])) {
      if (template[i] !== text) return undefined;
    } else if (!text) return undefined;
    else labels[template[i].slice(1, -1).replace(/\+$/, "")] = text;
  }
  return labels;
}

export interface RestRequest {
  method: string;
  /** Path and query. */
  url: string;
  headers: Record<string, string>;
  body: Uint8Array;
}

/** Errors: UnknownOperationException, SerializationException. */
export function readRest(model: ServiceModel, { method, url, headers, body }: RestRequest): Result<{ operation: string; input: JsonObject }> {
  const at = url.indexOf("?");
  const found = routeOf(model, method, at < 0 ? url : url.slice(0, at));
  if (!found) return { ok: false, error: { code: "UnknownOperationException", message: `${model.metadata.serviceFullName} has no operation at ${method} ${url.slice(0, 200)}.`, status: 404 } };
  const { operation, labels } = found;
  const ref = model.operations[operation]?.input;
  const shape = ref && model.shapes[ref.shape];
  if (!shape) return { ok: true, output: { operation, input: {} } };
  const query = new URLSearchParams(at < 0 ? "" : url.slice(at + 1));
  const input: JsonObject = {};
  for (const [name, member] of Object.entries(shape.members ?? {})) {
    const key = member.locationName ?? name;
    const value =
      member.location === "uri" ? labels[key]
      : member.location === "querystring" ? fromQuery(model, member, query, key)
      : member.location === "header" ? fromText(model.shapes[member.shape], headers[key.toLowerCase()])
      : undefined;
    if (value !== undefined) input[name] = value;
  }
  if (shape.payload && isBlob(model, shape, shape.payload)) {
    if (body.length) input[shape.payload] = toBase64(body);
    return { ok: true, output: { operation, input } };
  }
  const content = readJson(body);
  if (!content) return { ok: false, error: { code: "SerializationException", message: "The request body is not a JSON object." } };
  if (shape.payload) input[shape.payload] = content;
  else for (const [name, member] of bodyMembers(shape)) if (Object.hasOwn(content, member.locationName ?? name)) input[name] = content[member.locationName ?? name];
  return { ok: true, output: { operation, input } };
}

const isBlob = (model: ServiceModel, shape: Shape, member: string): boolean => model.shapes[shape.members![member].shape].type === "blob";
const bodyMembers = (shape: Shape): [string, ShapeRef][] => Object.entries(shape.members ?? {}).filter(([name, { location }]) => location === undefined && name !== shape.payload);

function fromQuery(model: ServiceModel, ref: ShapeRef, query: URLSearchParams, key: string): Json | undefined {
  const shape = model.shapes[ref.shape];
  if (shape.type === "list") {
    const values = query.getAll(key);
    return values.length ? values.map((value) => fromText(model.shapes[shape.member!.shape], value) ?? null) : undefined;
  }
  return fromText(shape, query.get(key) ?? undefined);
}

/** A text as its shape has it; what does not fit stays a text, for the engine to refuse. */
function fromText({ type }: Shape, text: string | undefined): Json | undefined {
  if (text === undefined) return undefined;
  if (type === "boolean") return text === "true" ? true : text === "false" ? false : text;
  if (type !== "integer" && type !== "long" && type !== "float" && type !== "double") return text;
  const number = Number(text);
  return text.trim() && Number.isFinite(number) ? number : text;
}

// ---------------------------------------------------------------- answers

export interface RestAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** An answer's members in status, headers and body. A payload of bytes is text in every API that is here (Lambda: JSON). */
export function writeRest(model: ServiceModel, operation: string, output: JsonObject): RestAnswer {
  const { http, output: ref } = model.operations[operation];
  const headers: Record<string, string> = {};
  let status = http.responseCode ?? 200;
  const shape = ref && model.shapes[ref.shape];
  if (!shape) return { status, headers, body: "" };
  for (const [name, { location, locationName = name }] of Object.entries(shape.members ?? {})) {
    const value = output[name];
    if (value === undefined || value === null) continue;
    if (location === "statusCode") status = Number(value);
    else if (location === "header") headers[locationName.toLowerCase()] = String(value);
  }
  if (shape.payload) {
    const content = output[shape.payload];
    if (isBlob(model, shape, shape.payload)) return { status, headers, body: typeof content === "string" ? utf8Text(fromBase64(content)) : "" };
    return { status, headers, body: JSON.stringify(content ?? {}) };
  }
  const content = Object.fromEntries(bodyMembers(shape).flatMap(([name, { locationName = name }]) => (output[name] === undefined ? [] : [[locationName, output[name]]])));
  return { status, headers, body: status === 204 ? "" : JSON.stringify(content) };
}

/** Refusals that no model has: they come before the service. */
const commonStatus: Record<string, number> = {
  AccessDeniedException: 403, UnrecognizedClientException: 403, InvalidSignatureException: 403, ExpiredTokenException: 403, IncompleteSignatureException: 403,
  MissingAuthenticationTokenException: 403, RequestEntityTooLargeException: 413, InternalFailure: 500,
};

/** The code is in a header, the words in the body; the status is the model's. */
export function writeRestError(model: ServiceModel, { code, message, status, fields }: AwsError): RestAnswer {
  const shape = Object.hasOwn(model.shapes, code) ? model.shapes[code] : undefined;
  // Common refusals are written as AWS's front end writes them, small; Lambda's own say Message or message as modelled.
  const member = shape?.members && Object.hasOwn(shape.members, "Message") ? "Message" : code === "AccessDeniedException" ? "Message" : "message";
  return {
    status: status ?? shape?.error?.httpStatusCode ?? commonStatus[code] ?? 400,
    headers: { "x-amzn-errortype": code },
    body: JSON.stringify({ ...fields, ...(message === undefined || message === "" ? {} : { [member]: message }) }),
  };
}
