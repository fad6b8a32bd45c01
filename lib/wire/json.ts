import type { ServiceModel, ShapeRef } from "../engine/model";
import type { AwsError, Json, JsonObject } from "../engine/types";

/** AWS JSON 1.0 and 1.1: the engine's own form, so in and out are only text. */

/** undefined if the body is not a JSON object in well-formed UTF-8. An empty body is an empty input. */
export function readJson(body: Uint8Array): JsonObject | undefined {
  if (body.length === 0) return {};
  try {
    const value = JSON.parse(decoder.decode(body)) as unknown;
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
  } catch {
    // Malformed text, malformed UTF-8, or nested too deep to read.
    return undefined;
  }
}

const decoder = new TextDecoder("utf-8", { fatal: true });

/** An operation without an output shape answers with no body at all. */
export function writeJson(model: ServiceModel, operation: string, output: JsonObject): string {
  const shape = model.operations[operation]?.output?.shape;
  if (shape === undefined) return "";
  const members = model.shapes[shape]?.members ?? {};
  let long = false;
  for (const name in output) long ||= isLongBlob(model, members[name], output[name]);
  if (!long) return JSON.stringify(output);
  const out: string[] = [];
  for (const name of Object.keys(output)) {
    const value = output[name];
    // Base64 needs no escaping; to look for what does would take as long as encrypting it.
    if (value !== undefined) out.push(`"${name}":${isLongBlob(model, members[name], value) ? `"${value as string}"` : JSON.stringify(value)}`);
  }
  return `{${out.join(",")}}`;
}

const LONG = 512;
const isLongBlob = (model: ServiceModel, ref: ShapeRef | undefined, value: Json | undefined): boolean =>
  ref !== undefined && typeof value === "string" && value.length >= LONG && model.shapes[ref.shape].type === "blob";

/** `{"__type": code, "message": …}`; the message's member is spelled as the service's model spells it. */
export function writeJsonError(model: ServiceModel | undefined, error: AwsError): string {
  const members = model?.shapes[error.code]?.members;
  const member = members && Object.hasOwn(members, "Message") ? "Message" : "message";
  const body: JsonObject = { __type: error.code };
  if (error.message !== undefined && error.message !== "") body[member] = error.message;
  return JSON.stringify({ ...body, ...error.fields });
}
