import { problem } from "../errors";
import type { Context, Json, JsonObject, Principal } from "../../types";
import { exportsOf, resourceId, resources, type StackRow } from "../state";
import { awsFor } from "../types/aws";
import { allTypes } from "../types";
import { type Aws, Refusal, type Tag } from "../types/type";
import { type Reference, referencesIn, withReferences } from "../template/dynamic";
import { evaluate, type Scope } from "../template/functions";
import { baseScope, type Place, type Prepared } from "../template/prepare";

/** The values of a stack's template while its resources come into being. */

export const placeOf = (ctx: Context, { StackName, StackId, notificationArns }: Pick<StackRow, "StackName" | "StackId" | "notificationArns">): Place => ({ account: ctx.account, region: ctx.region, StackName, StackId, notificationArns });

/** What the template's functions see: resources as they are by now. */
export function scopeOf(ctx: Context, stack: Readonly<StackRow>, { template, parameters, conditions }: Prepared): Scope {
  return {
    ...baseScope(template, parameters, placeOf(ctx, stack)),
    conditions,
    ref: (id) => resources(ctx.db).get(resourceId(stack.id, id))?.physicalId,
    attribute(id, name) {
      const row = resources(ctx.db).get(resourceId(stack.id, id));
      if (!row) return problem(`Template error: instance of Fn::GetAtt references undefined resource ${id}`);
      return attributeOf(row.type, row.attributes, name);
    },
    importValue: (name) => exportsOf(ctx.db).get(name)?.Value ?? problem(`No export named ${name} found.`),
  };
}

export function attributeOf(type: string, attributes: JsonObject, name: string): Json {
  const value = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  return value ?? problem(`Requested attribute ${name} does not exist in schema for ${type}`);
}

/**
 * A resource's properties with all functions evaluated. Dynamic references stay as they are written: what they refer to is
 * read when a handler needs it and is never kept, and so a change of it alone is no change of the resource.
 * Source: CloudFormation User Guide, "Get values stored in other services using dynamic references".
 */
export function propertiesOf(ctx: Context, stack: Readonly<StackRow>, prepared: Prepared, id: string, scope: Scope = scopeOf(ctx, stack, prepared)): JsonObject {
  const { Properties, Type } = prepared.template.Resources[id];
  const values = (evaluate(Properties, scope) ?? {}) as JsonObject;
  const refused = referencesIn(values).filter(({ reference, path }) => reference.service === "ssm-secure" && !allTypes.get(Type)?.secure?.includes(path));
  // A function may have made it.
  if (refused.length) problem(`SSM Secure reference is not supported in: [${refused.map(({ path }) => `${Type}/Properties${path}`).join(", ")}]`);
  return withStackTags(Type, values, stack.tags);
}

/** A stack's tags come after a resource's own, which win. Source: CloudFormation User Guide, "Resource tag". */
function withStackTags(type: string, properties: JsonObject, tags: readonly Tag[]): JsonObject {
  const form = allTypes.get(type)?.tags;
  if (!form || !tags.length) return properties;
  if (form === "map") return { ...properties, Tags: { ...Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])), ...(properties.Tags as JsonObject | undefined) } };
  const own = Array.isArray(properties.Tags) ? (properties.Tags as unknown as Tag[]) : [];
  return { ...properties, Tags: [...own, ...tags.filter(({ Key }) => !own.some((tag) => tag.Key === Key))] as unknown as Json };
}

const reader = (ctx: Context, as: Principal): Aws => awsFor(ctx, as, { StackName: "", logicalId: "" });

/** `ssm` references in place; secrets stay as they are referred to. */
export const withPlainReferences = (ctx: Context, as: Principal, value: Json): Json => withReferences(value, (reference) => (reference.service === "ssm" ? plainParameter(ctx, as, reference as StoredReference) : undefined));

type StoredReference = Extract<Reference, { name: string }>;
const labelOf = ({ service, name, version }: StoredReference): string => `${service}:${name}${version === undefined ? "" : `:${version}`}`;
const nameOf = ({ name, version }: StoredReference): string => (version === undefined ? name : `${name}:${version}`);

function plainParameter(ctx: Context, as: Principal, reference: StoredReference): string {
  const reply = ctx.call("ssm", "GetParameter", { Name: nameOf(reference) }, { as });
  if (!reply.ok) return problem(/NotFound/.test(reply.error.code) ? `Parameters: [${labelOf(reference)}] cannot be found.` : (reply.error.message ?? reply.error.code));
  const { Type, Value } = reply.output.Parameter as { Type: string; Value: string };
  return Type === "SecureString" ? problem(`Parameters [${reference.name}] referenced by template have types not supported by CloudFormation.`) : Value;
}

/** Properties as a handler gets them: with what is referred to. They are never kept. */
export const withSecrets = (ctx: Context, as: Principal, properties: JsonObject): JsonObject =>
  withReferences(properties, (reference) =>
    reference.service === "secretsmanager" ? secretValue(ctx, as, reference) : reference.service === "ssm" ? plainParameter(ctx, as, reference as StoredReference) : secureParameter(ctx, as, reference as StoredReference),
  ) as JsonObject;

function secureParameter(ctx: Context, as: Principal, reference: StoredReference): string {
  const found = reader(ctx, as).find("ssm", "GetParameter", { Name: nameOf(reference), WithDecryption: true });
  if (!found) throw new Refusal(`Parameters: [${labelOf(reference)}] cannot be found.`);
  return found.Parameter.Value;
}

/** Texts as the service answers them, quoted in public issues. */
function secretValue(ctx: Context, as: Principal, { id, key, stage, versionId }: Extract<Reference, { service: "secretsmanager" }>): string {
  const reply = ctx.call("secretsmanager", "GetSecretValue", { SecretId: id, ...(stage ? { VersionStage: stage } : {}), ...(versionId ? { VersionId: versionId } : {}) }, { as });
  if (!reply.ok) throw new Refusal(`${reply.error.message ?? reply.error.code} (Service: AWSSecretsManager; Status Code: 400; Error Code: ${reply.error.code}; Request ID: ${ctx.requestId}; Proxy: null)`);
  const { SecretString } = reply.output as { SecretString?: string };
  if (SecretString === undefined) throw new Refusal("Secrets Manager secret does not contain a SecretString");
  if (key === undefined) return SecretString;
  let fields: unknown;
  try {
    fields = JSON.parse(SecretString);
  } catch {
    throw new Refusal("Could not parse SecretString JSON");
  }
  const value = typeof fields === "object" && fields !== null && Object.hasOwn(fields, key) ? (fields as Record<string, unknown>)[key] : undefined;
  if (value === undefined || value === null) throw new Refusal("Could not find a value associated with JSONKey in SecretString");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
