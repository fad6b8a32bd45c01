import type { Failure } from "../errors";
import type { Context } from "../types";
import { invalid, notSimulated } from "./errors";
import { isKnownImage } from "./public-parameters";
import type { ParameterType } from "./state";

/** Data types that AWS took in later or for other services; they are refused by name. Source: SSM API, PutParameter (DataType). */
const others = new Set([
  "aws:ssm:integration", "aws:region", "aws:account:id", "boolean", "integer", "float", "binary", "hostname", "email", "ipv4-address", "ipv6-address", "url", "json", "jsonc",
]);

/** Errors: ValidationException, NotSimulated. */
export function problemOfDataType(dataType: string, type: ParameterType): Failure | undefined {
  if (others.has(dataType)) return notSimulated(`the parameter data type ${dataType}`);
  if (dataType !== "text" && dataType !== "aws:ec2:image") return invalid(`The following data type is not supported: ${dataType} (Data type names are all lowercase.)`);
  // The words are unverified; that only String takes it is in the guide.
  if (dataType === "aws:ec2:image" && type !== "String") return invalid("The data type aws:ec2:image is supported only for parameters of type String.");
  return undefined;
}

/**
 * Whether the value is an image that the caller can see. On AWS this is found out after PutParameter has answered, and
 * a failure shows only as an event; the parameter is then neither made nor changed.
 * Source: Systems Manager User Guide, native parameter support for AMI ids.
 */
export function canDescribeImage(ctx: Context, value: string): boolean {
  const known = /^ami-([0-9a-f]{8}|[0-9a-f]{17})$/.test(value) && isKnownImage(ctx.ciphers, ctx.region, value);
  ctx.note({ kind: "check", what: "image", ok: known, detail: value });
  return known && ctx.may({ action: "ec2:DescribeImages", resource: "*" }).effect === "Allow";
}
