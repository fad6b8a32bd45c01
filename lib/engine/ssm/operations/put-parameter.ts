import { utf8 } from "../../crypto/bytes";
import { type Failure, fail, ok } from "../../errors";
import type { Context, Operation } from "../../types";
import { askOwn, everything, requestTags } from "../authorise";
import { writing } from "../cost";
import { canDescribeImage, problemOfDataType } from "../data-types";
import { invalid } from "../errors";
import { emitChange } from "../events";
import { problemOfNewName, trimmed } from "../names";
import { matchPattern } from "../pattern";
import { afterEdit, parsePolicies, policyRows, schedulePolicies } from "../policies";
import { defaultKey, protect } from "../secure";
import { type ParameterRow, type ParameterType, type Tag, type VersionRow, count, currentVersion, parameterArn, parameters, versionId, versions } from "../state";
import { problemOfTags } from "../tags";
import { type RequestedTier, chooseTier, limits } from "../tiers";

interface Input {
  Name: string;
  Value: string;
  Description?: string;
  Type?: ParameterType;
  KeyId?: string;
  Overwrite?: boolean;
  AllowedPattern?: string;
  Tags?: Tag[];
  Tier?: RequestedTier;
  Policies?: string;
  DataType?: string;
}

/** Source: SSM API, ParameterMaxVersionLimitExceeded. */
export const maxVersions = 100;

/**
 * Makes a parameter, or (Overwrite) a new version of one.
 * Errors: ParameterAlreadyExists, ValidationException, HierarchyLevelLimitExceededException, HierarchyTypeMismatchException,
 * ParameterLimitExceeded, ParameterMaxVersionLimitExceeded, ParameterPatternMismatchException, InvalidAllowedPatternException,
 * InvalidKeyId, AccessDeniedException, the errors of policies.
 * Source: SSM API, PutParameter.
 */
export const putParameter: Operation = {
  name: "PutParameter",
  validate(input: Input) {
    // The model that clients have sets no bounds, the service does. Source: an error quoted in github.com/hashicorp/terraform-provider-aws issues.
    const rule = input.Value.length === 0 ? "greater than or equal to 1" : input.Value.length > 32_768 ? "less than or equal to 32768" : undefined;
    return rule ? invalid(`1 validation error detected: Value at 'value' failed to satisfy constraint: Member must have length ${rule}`) : undefined;
  },
  authorise(input: Input, ctx) {
    const name = trimmed(input.Name);
    const tags = input.Tags ?? [];
    const context = { "ssm:Overwrite": String(input.Overwrite ?? false), "ssm:Policies": String(input.Policies !== undefined), ...requestTags(tags) };
    if (problemOfNewName(name, ctx.region, ctx.account)) return { action: "ssm:PutParameter", resource: everything(ctx), context };
    const questions = [askOwn(ctx, "PutParameter", name, context)];
    if (tags.length) questions.push(askOwn(ctx, "AddTagsToResource", name, requestTags(tags)));
    return questions;
  },
  handle: put,
  cost: (input: Input, ctx) => writing(ctx, input.Name, input.Tier),
};

function put(input: Input, ctx: Context) {
  const name = trimmed(input.Name);
  const wrongName = problemOfNewName(name, ctx.region, ctx.account);
  if (wrongName) return wrongName;
  const tags = input.Tags ?? [];
  if (tags.length && input.Overwrite)
    return invalid(
      "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.",
    );
  const row = parameters(ctx.db).get(name);
  if (row && !input.Overwrite) return fail("ParameterAlreadyExists", "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.");
  const before = row && currentVersion(ctx.db, row);
  const type = input.Type ?? row?.Type;
  if (!type) return invalid("A parameter type is required when you create a parameter.");
  // As the API documents it; the words are unverified. (Terraform's acceptance tests once changed SecureString to String on AWS.)
  if (row && type !== row.Type) return fail("HierarchyTypeMismatchException", `The type of the parameter ${name} can't be changed from ${row.Type} to ${type}. Create a new parameter.`);
  if (input.KeyId !== undefined && type !== "SecureString") return invalid("KeyId is required for SecureString type parameter only.");
  const dataType = input.DataType ?? before?.DataType ?? "text";
  const wrong = problemOfDataType(dataType, type) ?? problemOfTags(tags) ?? problemOfValue(input.Value);
  if (wrong) return wrong;

  const specs = input.Policies === undefined ? undefined : parsePolicies(input.Policies);
  if (specs && "ok" in specs) return specs;
  const policies = specs ? policyRows(specs, ctx.now) : afterEdit(row?.policies ?? [], ctx.now);
  const tier = chooseTier(ctx, { tier: input.Tier, value: input.Value, policies: policies.length > 0, existing: row?.Tier });
  if (typeof tier !== "string") return tier;
  const pattern = input.AllowedPattern ?? before?.AllowedPattern;
  const mismatch = pattern ? problemOfPattern(pattern, input.Value, input.AllowedPattern !== undefined) : undefined;
  if (mismatch) return mismatch;

  const version = (row?.Version ?? 0) + 1;
  let oldest = row?.oldest ?? 1;
  const crowded = version - oldest + 1 > maxVersions;
  if (crowded && row!.labels.some(([, at]) => at === oldest))
    return fail(
      "ParameterMaxVersionLimitExceeded",
      `You attempted to create a new version of ${name} by calling the PutParameter API with the overwrite flag. Version ${oldest}, the oldest version, can't be deleted because it has a label associated with it. Move the label to another version of the parameter, and try again.`,
    );
  if (dataType === "aws:ec2:image" && !canDescribeImage(ctx, input.Value)) {
    emitChange(ctx, row ? "Update" : "Create", { Name: name, Type: type }, { exception: "Unable to Describe Resource", dataType });
    return ok({ Version: version, Tier: tier });
  }

  const keyId = type === "SecureString" ? (input.KeyId ?? defaultKey) : undefined;
  const stored = keyId ? protect(ctx, parameterArn(ctx.region, ctx.account, name), keyId, input.Value, tier) : { Value: input.Value };
  if ("ok" in stored) return stored;

  // What became of the policies stays readable in the history.
  if (row?.policies.length) versions(ctx.db).edit(versionId(name, row.Version)).policies = row.policies;
  if (crowded) versions(ctx.db).delete(versionId(name, oldest++));
  const description = input.Description ?? before?.Description;
  const entry: VersionRow = {
    Version: version,
    Type: type,
    Tier: tier,
    DataType: dataType,
    ...stored,
    ...(keyId && { KeyId: keyId }),
    ...(description !== undefined && { Description: description }),
    ...(pattern !== undefined && { AllowedPattern: pattern }),
    LastModifiedDate: ctx.now,
    LastModifiedUser: ctx.principal.arn,
    policies,
  };
  const next: ParameterRow = { Name: name, Version: version, oldest, Type: type, Tier: tier, tags: row?.tags ?? tags, labels: row?.labels ?? [], policies };
  versions(ctx.db).put(versionId(name, version), entry);
  parameters(ctx.db).put(name, next);
  if (row?.Tier !== tier) {
    if (row) count(ctx.db, row.Tier, -1);
    count(ctx.db, tier, 1);
  }
  schedulePolicies(ctx, next, row?.policies.length ?? 0);
  emitChange(ctx, row ? "Update" : "Create", { ...next, Description: description });
  return ok({ Version: version, Tier: tier });
}

/** Source: SSM API, PutParameter (Value: no nesting); text confirmed in public repositories that met it. */
function problemOfValue(value: string): Failure | undefined {
  return /\{\{[^{}]*\}\}/.test(value) ? invalid(`Parameter value can't nest another parameter. Do not use "{{}}" in the value.`) : undefined;
}

function problemOfPattern(pattern: string, value: string, given: boolean): Failure | undefined {
  if (utf8(value).length > limits.Advanced.bytes) return undefined;
  const verdict = matchPattern(pattern, value);
  if (verdict === "matches") return undefined;
  if (verdict === "differs") return fail("ParameterPatternMismatchException", `Parameter value, cannot be validated against allowedPattern: ${pattern}`);
  // Unverified text. A kept pattern was readable when it was put, so here it can only have been too much work.
  return fail("InvalidAllowedPatternException", `${given ? "The allowedPattern" : "The parameter's allowedPattern"} can't be used: ${verdict.problem}`);
}
