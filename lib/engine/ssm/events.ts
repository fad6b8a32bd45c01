import type { Context, JsonObject } from "../types";
import { parameterArn } from "./state";

export type ChangeOperation = "Create" | "Update" | "Delete" | "LabelParameterVersion";

/**
 * Tells EventBridge that a parameter changed.
 * Source: Systems Manager User Guide, EventBridge event examples, Parameter Store events; native parameter support for AMI ids.
 */
export function emitChange(ctx: Context, operation: ChangeOperation, parameter: { Name: string; Type: string; Description?: string }, more: JsonObject = {}): void {
  ctx.emit({
    source: "aws.ssm",
    detailType: "Parameter Store Change",
    resources: [parameterArn(ctx.region, ctx.account, parameter.Name)],
    detail: {
      ...more,
      operation,
      name: parameter.Name,
      type: parameter.Type,
      ...(parameter.Description !== undefined && { description: parameter.Description }),
    },
  });
}
