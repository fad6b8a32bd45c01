import type { JsonObject } from "@/lib/engine/types";

/** What EventBridge answers, as far as this console reads it. */
export interface Bus {
  Name: string;
  Arn: string;
  Description?: string;
  Policy?: string;
  /** Epoch seconds; the default bus has none. */
  CreationTime?: number;
  LastModifiedTime?: number;
}

export type RuleState = "ENABLED" | "DISABLED" | "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

export interface Rule {
  Name: string;
  Arn: string;
  State: RuleState;
  EventBusName: string;
  Description?: string;
  EventPattern?: string;
  ScheduleExpression?: string;
  RoleArn?: string;
}

export interface Target {
  Id: string;
  Arn: string;
  RoleArn?: string;
  Input?: string;
  InputPath?: string;
  InputTransformer?: { InputPathsMap?: Record<string, string>; InputTemplate: string };
  DeadLetterConfig?: { Arn?: string };
  RetryPolicy?: { MaximumRetryAttempts?: number; MaximumEventAgeInSeconds?: number };
  SqsParameters?: JsonObject;
}

export type TargetKind = "lambda" | "logs" | "sqs" | "bus";

export const kindNames: Record<TargetKind, string> = { lambda: "Lambda function", logs: "CloudWatch log group", sqs: "SQS queue", bus: "EventBridge event bus" };

export function kindOfArn(arn: string): TargetKind | undefined {
  const service = arn.split(":")[2];
  return service === "lambda" || service === "logs" || service === "sqs" ? service : service === "events" ? "bus" : undefined;
}

/** The target's own name, without what all ARNs have. */
export const nameOfArn = (arn: string): string => arn.split(":").slice(5).join(":").replace(/^(function:|log-group:|event-bus\/)/, "").replace(/:\*$/, "");

export const isOn = ({ State }: Pick<Rule, "State">): boolean => State !== "DISABLED";
