import type { ServiceModel } from "../engine/model";
import type { AwsError, JsonObject } from "../engine/types";

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
export const writeJson = (model: ServiceModel, operation: string, output: JsonObject): string =>
  model.operations[operation]?.output ? JSON.stringify(output) : "";

/** `{"__type": code, "message": …}`; the message's member is spelled as the service's model spells it. */
export function writeJsonError(model: ServiceModel | undefined, error: AwsError): string {
  const members = model?.shapes[error.code]?.members;
  const member = members && Object.hasOwn(members, "Message") ? "Message" : "message";
  const body: JsonObject = { __type: error.code };
  if (error.message !== undefined && error.message !== "") body[member] = error.message;
  return JSON.stringify({ ...body, ...error.fields });
}
