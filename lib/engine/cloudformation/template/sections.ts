import { problem, TemplateProblem } from "../errors";
import type { Json, JsonObject } from "../../types";
import { isObject, languageExtensions, type OutputDefinition, type ParameterDefinition, type ResourceDefinition, type Template } from "./template";

/**
 * Holds a template's sections to their forms. Sources: CloudFormation User Guide, "Template sections" and the pages of each
 * section (limits: "Understand CloudFormation quotas"); texts as the service answers them.
 */

const sectionNames = ["AWSTemplateFormatVersion", "Description", "Metadata", "Parameters", "Rules", "Mappings", "Conditions", "Transform", "Resources", "Outputs", "Hooks"];
const resourceMembers = ["Type", "Properties", "DependsOn", "Condition", "Metadata", "DeletionPolicy", "UpdateReplacePolicy", "UpdatePolicy", "CreationPolicy"];
const alphanumeric = /^[A-Za-z0-9]+$/;

export const limits = { Resources: 500, Parameters: 200, Outputs: 200, Mappings: 200, body: 51_200 };

export function sectionsOf(raw: JsonObject): Template {
  const unknown = Object.keys(raw).filter((name) => !sectionNames.includes(name));
  if (unknown.length) problem(`Invalid template property or properties [${unknown.join(", ")}]`);
  for (const section of ["Rules", "Hooks"]) if (raw[section] !== undefined) throw new TemplateProblem(`Keyhole does not simulate the template section ${section}.`, "NotSimulated");
  const nothing = nullIn(raw, "");
  if (nothing !== undefined) problem(`[${nothing}] 'null' values are not allowed in templates`);
  const version = raw.AWSTemplateFormatVersion;
  if (version !== undefined && version !== "2010-09-09") problem("Template format error: unsupported value for AWSTemplateFormatVersion.");
  const { Description } = raw;
  if (Description !== undefined && typeof Description !== "string") problem("Template format error: every Description member must be a string.");
  if (typeof Description === "string" && Description.length > 1024) problem("Template format error: 'Description' length is greater than 1024");
  return {
    ...(Description === undefined ? {} : { Description: Description as string }),
    ...(version === undefined ? {} : { version: version as string }),
    ...(raw.Metadata === undefined ? {} : { Metadata: section(raw, "Metadata") }),
    transforms: transformsOf(raw.Transform),
    Parameters: members(raw, "Parameters", parameter),
    Mappings: members(raw, "Mappings", mapping),
    Conditions: members(raw, "Conditions", (_name, value) => (isObject(value) ? value : problem("Template format error: Conditions can only be boolean operations on parameters and other conditions"))),
    Resources: resources(raw),
    Outputs: members(raw, "Outputs", output),
  };
}

/** Where the first null is: `/Outputs/Url/Value`. */
function nullIn(value: Json | undefined, path: string): string | undefined {
  if (value === null) return path;
  if (typeof value !== "object") return undefined;
  for (const [name, item] of Object.entries(value)) {
    const found = nullIn(item as Json, `${path}/${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function section(raw: JsonObject, name: string): JsonObject {
  const value = raw[name];
  if (value === undefined) return {};
  return isObject(value) ? value : problem(`Template format error: ${name} must be an object.`);
}

function members<T>(raw: JsonObject, name: "Parameters" | "Mappings" | "Conditions" | "Outputs", read: (name: string, value: Json) => T): Record<string, T> {
  const entries = Object.entries(section(raw, name));
  const limit = name === "Conditions" ? Infinity : limits[name];
  if (entries.length > limit) problem(`Template format error: Number of ${name.toLowerCase()}, ${entries.length}, is greater than maximum allowed, ${limit}`);
  const out: Record<string, T> = {};
  for (const [key, value] of entries) {
    if (!alphanumeric.test(key) && name !== "Mappings") problem(`Template format error: ${name === "Parameters" ? "Parameter" : name === "Outputs" ? "Output" : "Condition"} name ${key} is non alphanumeric.`);
    out[key] = read(key, value as Json);
  }
  return out;
}

function transformsOf(value: Json | undefined): string[] {
  if (value === undefined) return [];
  const list = Array.isArray(value) ? value : [value];
  return list.map((item) => {
    const name = isObject(item) ? item.Name : item;
    if (typeof name !== "string") return problem("Key Name of transform definition must be a string.");
    if (name !== languageExtensions) throw new TemplateProblem(`Keyhole does not simulate the transform ${name}.`, "NotSimulated");
    return name;
  });
}

// ---------------------------------------------------------------- parameters

const plainTypes = new Set(["String", "Number", "CommaDelimitedList", "List<Number>", "List<String>"]);
/** Types whose values AWS checks against what the account has; here they are text, as the lab has none of these things. */
const awsTypes = /^AWS::(EC2::(AvailabilityZone::Name|Image::Id|Instance::Id|KeyPair::KeyName|SecurityGroup::GroupName|SecurityGroup::Id|Subnet::Id|Volume::Id|VPC::Id)|Route53::HostedZone::Id)$/;
const inner = (type: string): boolean => type === "String" || awsTypes.test(type);

/** What a parameter's type says: a list or one value, from Parameter Store or as given. undefined: no such type. */
export function parameterType(type: string): { list: boolean; number: boolean; stored: boolean; name: boolean } | undefined {
  const stored = /^AWS::SSM::Parameter::Value<(.*)>$/.exec(type)?.[1];
  if (stored !== undefined) {
    const list = /^List<(.*)>$/.exec(stored)?.[1];
    const known = list !== undefined ? inner(list) : inner(stored) || stored === "CommaDelimitedList";
    return known ? { list: list !== undefined || stored === "CommaDelimitedList", number: false, stored: true, name: false } : undefined;
  }
  if (type === "AWS::SSM::Parameter::Name") return { list: false, number: false, stored: false, name: true };
  const list = /^List<(.*)>$/.exec(type)?.[1];
  if (!plainTypes.has(type) && !awsTypes.test(type) && !(list !== undefined && awsTypes.test(list))) return undefined;
  return { list: type === "CommaDelimitedList" || list !== undefined, number: type === "Number" || list === "Number", stored: false, name: false };
}

const texts = ["Type", "Description", "AllowedPattern", "ConstraintDescription"] as const;
const numbers = ["MinLength", "MaxLength", "MinValue", "MaxValue"] as const;
const parameterMembers = new Set<string>([...texts, ...numbers, "Default", "AllowedValues", "NoEcho"]);

function parameter(name: string, value: Json): ParameterDefinition {
  if (!isObject(value)) return problem("Template format error: Any Parameters member must be an object.");
  const unknown = Object.keys(value).find((member) => !parameterMembers.has(member));
  if (unknown !== undefined) return problem(`Invalid template parameter property '${unknown}'`);
  if (typeof value.Type !== "string") return problem("Template format error: Every Parameters object must contain a Type member.");
  const stored = /^AWS::SSM::Parameter::Value<(.*)>$/.exec(value.Type);
  if (!parameterType(value.Type)) return problem(`Template format error: Unrecognized parameter type: ${stored ? stored[1] : value.Type}`);
  const out: ParameterDefinition = { Type: value.Type };
  for (const member of texts) if (value[member] !== undefined) out[member] = textOf(value[member], `${name}/${member}`);
  for (const member of numbers)
    if (value[member] !== undefined) {
      const number = Number(value[member]);
      if (!Number.isFinite(number)) return problem(`Template format error: Every ${member} member must be a number.`);
      out[member] = number;
    }
  if (value.Default !== undefined) out.Default = Array.isArray(value.Default) ? problem("Template format error: Every Default member must be a string.") : textOf(value.Default, `${name}/Default`);
  if (value.AllowedValues !== undefined) {
    if (!Array.isArray(value.AllowedValues)) return problem("Template format error: Every AllowedValues member must be a list.");
    out.AllowedValues = value.AllowedValues.map((item) => textOf(item, `${name}/AllowedValues`));
  }
  if (value.NoEcho !== undefined) out.NoEcho = String(value.NoEcho).toLowerCase() === "true";
  return out;
}

function textOf(value: Json | undefined, path: string): string {
  return typeof value === "object" || value === undefined ? problem(`Template format error: [/Parameters/${path}] must be a string.`) : String(value);
}

// ---------------------------------------------------------------- the others

function mapping(name: string, value: Json): Record<string, Record<string, Json>> {
  if (!isObject(value)) return problem(`Template format error: Every Mappings member ${name} must be a map`);
  const out: Record<string, Record<string, Json>> = {};
  for (const [key, attributes] of Object.entries(value)) {
    if (!isObject(attributes)) return problem(`Template format error: Every Mappings member ${key} must be a map`);
    for (const attribute of Object.values(attributes))
      if (isObject(attribute) || (Array.isArray(attribute) && attribute.some((item) => typeof item === "object"))) return problem("Template format error: Every Mappings attribute must be a String or a List.");
    out[key] = attributes as Record<string, Json>;
  }
  return out;
}

function resources(raw: JsonObject): Record<string, ResourceDefinition> {
  const given = raw.Resources;
  if (given !== undefined && !isObject(given)) return problem("Template format error: Resources must be an object.");
  const entries = Object.entries(given ?? {});
  if (!entries.length) return problem("Template format error: At least one Resources member must be defined.");
  if (entries.length > limits.Resources) return problem(`Template format error: Number of resources, ${entries.length}, is greater than maximum allowed, ${limits.Resources}`);
  const out: Record<string, ResourceDefinition> = {};
  for (const [name, value] of entries) {
    if (name.startsWith("Fn::")) throw new TemplateProblem(`Keyhole does not simulate ${name.split("::").slice(0, 2).join("::")} in the Resources section.`, "NotSimulated");
    if (!alphanumeric.test(name)) return problem(`Template format error: Resource name ${name} is non alphanumeric.`);
    out[name] = resource(name, value as Json);
  }
  return out;
}

function resource(name: string, value: Json): ResourceDefinition {
  if (!isObject(value)) return problem("Template format error: Any Resources member must be an object.");
  const unknown = Object.keys(value).find((member) => !resourceMembers.includes(member));
  if (unknown !== undefined) return problem(`Invalid template resource property '${unknown}'`);
  for (const member of ["CreationPolicy", "UpdatePolicy"]) if (value[member] !== undefined) throw new TemplateProblem(`Keyhole does not simulate the resource attribute ${member}.`, "NotSimulated");
  const { Type, Properties = {}, DependsOn = [], Condition, Metadata } = value;
  if (typeof Type !== "string") return problem(`Template format error: [/Resources/${name}] Every Resources object must contain a Type member.`);
  if (!isObject(Properties)) return problem(`Template format error: [/Resources/${name}/Properties] must be an object.`);
  const after = Array.isArray(DependsOn) ? DependsOn : [DependsOn];
  if (after.some((item) => typeof item !== "string")) return problem("Template format error: Every DependsOn value must be a string or a list of strings.");
  if (Condition !== undefined && typeof Condition !== "string") return problem(`Template format error: [/Resources/${name}/Condition] Every Condition member must be a string.`);
  if (Metadata !== undefined && !isObject(Metadata)) return problem(`Template format error: [/Resources/${name}/Metadata] must be an object.`);
  return {
    Type,
    Properties,
    DependsOn: after as string[],
    ...(Condition === undefined ? {} : { Condition }),
    ...(Metadata === undefined ? {} : { Metadata }),
    ...policy(value, "DeletionPolicy", ["Delete", "Retain", "RetainExceptOnCreate", "Snapshot"]),
    ...policy(value, "UpdateReplacePolicy", ["Delete", "Retain", "Snapshot"]),
  };
}

function policy(value: JsonObject, member: "DeletionPolicy" | "UpdateReplacePolicy", allowed: string[]): object {
  const given = value[member];
  if (given === undefined) return {};
  if (typeof given !== "string" || !allowed.includes(given)) return problem(`Template error: ${member} must be one of [${allowed.join(", ")}]`);
  return { [member]: given };
}

function output(name: string, value: Json): OutputDefinition {
  if (!isObject(value)) return problem("Template format error: Any Outputs member must be an object.");
  if (value.Value === undefined) return problem("Template format error: Every Outputs member must contain a Value object");
  const { Value, Description, Export, Condition } = value;
  if (Description !== undefined && typeof Description !== "string") return problem(`Template format error: [/Outputs/${name}/Description] must be a string.`);
  if (Condition !== undefined && typeof Condition !== "string") return problem(`Template format error: [/Outputs/${name}/Condition] Every Condition member must be a string.`);
  if (Export !== undefined && (!isObject(Export) || Export.Name === undefined)) return problem(`Template format error: [/Outputs/${name}/Export] Every Export member must contain a Name object`);
  return {
    Value: Value as Json,
    ...(Description === undefined ? {} : { Description }),
    ...(Export === undefined ? {} : { Export: (Export as JsonObject).Name as Json }),
    ...(Condition === undefined ? {} : { Condition }),
  };
}
