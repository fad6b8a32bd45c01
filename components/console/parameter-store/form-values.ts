import type { JsonObject } from "@/lib/engine/types";
import type { Tag } from "../frame/tag-changes";
import { formOf, policiesText, type PolicyForm } from "./parameter-policies";
import { bytesOf, MAX_BYTES, type ParameterMetadata, type ParameterType, type Tier } from "./parameter-types";

/** What the create and edit forms hold; kept over a reload. */
export interface ParameterForm {
  name: string;
  description: string;
  tier: Tier;
  type: ParameterType;
  keySource: "current" | "another";
  /** `alias/aws/ssm`, another alias or a key id; for another account a key ARN. */
  keyId: string;
  dataType: string;
  value: string;
  tags: Tag[];
  policies: PolicyForm;
}

export const DEFAULT_KEY = "alias/aws/ssm";

export const emptyForm: ParameterForm = {
  name: "",
  description: "",
  tier: "Standard",
  type: "String",
  keySource: "current",
  keyId: DEFAULT_KEY,
  dataType: "text",
  value: "",
  tags: [],
  policies: {},
};

/** The form for a parameter that is there. A SecureString's value is left empty: it is shown on request only. */
export function formFor(metadata: ParameterMetadata, value: string | undefined): ParameterForm {
  const key = metadata.KeyId ?? DEFAULT_KEY;
  return {
    ...emptyForm,
    name: metadata.Name,
    description: metadata.Description ?? "",
    tier: metadata.Tier ?? "Standard",
    type: metadata.Type,
    keySource: key.startsWith("arn:") ? "another" : "current",
    keyId: key,
    dataType: metadata.DataType ?? "text",
    value: value ?? "",
    policies: formOf(metadata.Policies ?? []).form,
  };
}

/**
 * Input of PutParameter. The AWS console names the tier and, for a SecureString, the key. Editing overwrites, and AWS
 * takes no tags with it. An advanced parameter's policies are sent even when there are none left, as "[]": leaving
 * them out would keep the old ones.
 */
export function putInput(form: ParameterForm, editing: boolean): JsonObject {
  const policies = form.tier === "Standard" ? undefined : (policiesText(form.policies) ?? (editing ? "[]" : undefined));
  return {
    Name: form.name,
    ...((form.description || editing) && { Description: form.description }),
    Type: form.type,
    Value: form.value,
    Tier: form.tier,
    ...(form.type === "SecureString" && form.keyId && { KeyId: form.keyId }),
    ...(form.type === "String" && (form.dataType !== "text" || editing) && { DataType: form.dataType }),
    ...(policies !== undefined && { Policies: policies }),
    ...(editing ? { Overwrite: true } : form.tags.length > 0 && { Tags: form.tags.map(({ key, value }) => ({ Key: key, Value: value })) }),
  };
}

/** Bytes of the value against what the tier takes, as the form counts them. */
export function valueRoom(form: ParameterForm): { bytes: number; most: number; over: boolean } {
  const bytes = bytesOf(form.value);
  const most = MAX_BYTES[form.tier];
  return { bytes, most, over: bytes > most };
}

/** A tier can be raised and never lowered. Source: SSM User Guide, Changing a standard parameter to an advanced parameter. */
export const tierOptions = (editing: boolean, stored: Tier | undefined): Tier[] =>
  editing && stored === "Advanced" ? ["Advanced"] : ["Standard", "Advanced", "Intelligent-Tiering"];
