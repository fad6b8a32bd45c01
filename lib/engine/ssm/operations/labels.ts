import { type Failure, fail, ok } from "../../errors";
import type { AuthRequest, Context, Operation } from "../../types";
import { askOwn, everything } from "../authorise";
import { interactions } from "../cost";
import { parameterNotFound, versionNotFound } from "../errors";
import { emitChange } from "../events";
import { parseOwnName } from "../names";
import { type ParameterRow, currentVersion, parameters, versionId, versions } from "../state";

interface Input {
  Name: string;
  ParameterVersion?: number;
  Labels: string[];
}

/** Source: SSM API, LabelParameterVersion: up to ten labels a version. */
const maxLabels = 10;
const isLabel = (label: string): boolean => /^[a-zA-Z_.-][a-zA-Z0-9_.-]{0,99}$/.test(label) && !/^(aws|ssm)/i.test(label);

function ask(ctx: Context, action: string, given: string): AuthRequest {
  const name = parseOwnName(given);
  return typeof name === "string" ? askOwn(ctx, action, name) : { action: `ssm:${action}`, resource: everything(ctx) };
}

/** The parameter and the version that is meant. Errors: ValidationException, ParameterNotFound, ParameterVersionNotFound. */
function target(ctx: Context, input: Input): { row: Readonly<ParameterRow>; at: number } | Failure {
  const name = parseOwnName(input.Name);
  if (typeof name !== "string") return name;
  const row = parameters(ctx.db).get(name);
  if (!row) return parameterNotFound();
  const at = input.ParameterVersion ?? row.Version;
  return versions(ctx.db).get(versionId(name, at)) ? { row, at } : versionNotFound(at, name);
}

/**
 * Puts labels on a version; one that is on another version moves. What is no label comes back in InvalidLabels.
 * Errors: ParameterNotFound, ParameterVersionNotFound, ParameterVersionLabelLimitExceeded, ValidationException.
 * Source: SSM API, LabelParameterVersion; the limit's text as moto has it.
 */
export const labelParameterVersion: Operation = {
  name: "LabelParameterVersion",
  authorise: (input: Input, ctx) => ask(ctx, "LabelParameterVersion", input.Name),
  handle(input: Input, ctx) {
    const found = target(ctx, input);
    if ("ok" in found) return found;
    const { row, at } = found;
    const given = [...new Set(input.Labels)];
    const labels = given.filter(isLabel);
    const kept = row.labels.filter(([label]) => !labels.includes(label));
    const moved: ParameterRow["labels"] = labels.map((label) => [label, at]);
    if (kept.filter(([, version]) => version === at).length + moved.length > maxLabels)
      return fail("ParameterVersionLabelLimitExceeded", "A parameter version can have maximum 10 labels.Move one or more labels to another version and try again.");
    if (labels.length) {
      parameters(ctx.db).edit(row.Name).labels = [...kept, ...moved];
      emitChange(ctx, "LabelParameterVersion", { ...row, Description: currentVersion(ctx.db, row).Description });
    }
    return ok({ InvalidLabels: given.filter((label) => !isLabel(label)), ParameterVersion: at });
  },
  cost: (input: Input, ctx) => interactions(ctx, [input.Name]),
};

/**
 * Takes labels off a version. What is not on it comes back in InvalidLabels.
 * Errors: ParameterNotFound, ParameterVersionNotFound, ValidationException.
 * Source: SSM API, UnlabelParameterVersion.
 */
export const unlabelParameterVersion: Operation = {
  name: "UnlabelParameterVersion",
  authorise: (input: Input, ctx) => ask(ctx, "UnlabelParameterVersion", input.Name),
  handle(input: Input, ctx) {
    const found = target(ctx, input);
    if ("ok" in found) return found;
    const { row, at } = found;
    const given = [...new Set(input.Labels)];
    const RemovedLabels = given.filter((label) => row.labels.some(([known, version]) => known === label && version === at));
    if (RemovedLabels.length) parameters(ctx.db).edit(row.Name).labels = row.labels.filter(([label]) => !RemovedLabels.includes(label));
    return ok({ RemovedLabels, InvalidLabels: given.filter((label) => !RemovedLabels.includes(label)) });
  },
  cost: (input: Input, ctx) => interactions(ctx, [input.Name]),
};
