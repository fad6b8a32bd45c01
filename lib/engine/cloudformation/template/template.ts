import type { Json, JsonObject } from "../../types";

/** A template whose sections have their forms; functions in it are not evaluated. */
export interface Template {
  Description?: string;
  Metadata?: JsonObject;
  Parameters: Record<string, ParameterDefinition>;
  Mappings: Record<string, Record<string, Record<string, Json>>>;
  Conditions: Record<string, Json>;
  Resources: Record<string, ResourceDefinition>;
  Outputs: Record<string, OutputDefinition>;
  transforms: string[];
  version?: string;
}

export interface ParameterDefinition {
  Type: string;
  Default?: string;
  Description?: string;
  AllowedValues?: string[];
  AllowedPattern?: string;
  ConstraintDescription?: string;
  MinLength?: number;
  MaxLength?: number;
  MinValue?: number;
  MaxValue?: number;
  NoEcho?: boolean;
}

export interface ResourceDefinition {
  Type: string;
  Properties: JsonObject;
  DependsOn: string[];
  Condition?: string;
  Metadata?: JsonObject;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
}

export interface OutputDefinition {
  Value: Json;
  Description?: string;
  Export?: Json;
  Condition?: string;
}

export const isObject = (value: unknown): value is JsonObject => typeof value === "object" && value !== null && !Array.isArray(value);

/** The function that an object is, if it is one: an object of one member with a function's name. */
export function functionOf(value: Json | undefined): { name: string; argument: Json } | undefined {
  if (!isObject(value)) return undefined;
  const names = Object.keys(value);
  const [name] = names;
  if (names.length !== 1 || !(name === "Ref" || name === "Condition" || name.startsWith("Fn::"))) return undefined;
  return { name, argument: value[name] as Json };
}

/** The language extensions' transform: Fn::Length, Fn::ToJsonString, a default for Fn::FindInMap. */
export const languageExtensions = "AWS::LanguageExtensions";
