import { parseArn } from "../arn";
import type { Failure } from "../errors";
import type { JsonObject } from "../types";
import { eventErrors } from "./errors";
import { type TargetInput, problemOfInput } from "./input";

/** A target as PutTargets gets it, as far as this lab reads it. */
export interface Target extends TargetInput {
  Arn: string;
  RoleArn?: string;
  SqsParameters?: { MessageGroupId?: string };
  DeadLetterConfig?: { Arn?: string };
  RetryPolicy?: { MaximumRetryAttempts?: number; MaximumEventAgeInSeconds?: number };
}

export type TargetKind = "lambda" | "logs" | "sqs" | "bus";

/** The kind of a target by its ARN; undefined for what this lab does not simulate. */
export function kindOf(text: string): TargetKind | undefined {
  const { service, resource = "" } = parseArn(text) ?? {};
  if (service === "lambda" && /^function:[^:]+(:[^:]+)?$/.test(resource)) return "lambda";
  if (service === "logs" && /^log-group:[^:]+(:\*)?$/.test(resource)) return "logs";
  if (service === "sqs" && /^[\w-]{1,80}(\.fifo)?$/.test(resource)) return "sqs";
  return service === "events" && /^event-bus\/[^/]+/.test(resource) ? "bus" : undefined;
}

/**
 * Other targets that EventBridge has, by the service of their ARN. Those of the second list cannot do without a role.
 * Sources: EventBridge User Guide, Event bus targets in Amazon EventBridge; github.com/badmintoncryer/cdk-preflight, pf-events-target-role-required.
 */
const others: Readonly<Record<string, string>> = {
  sns: "Amazon SNS topics", kinesis: "Kinesis streams", firehose: "Firehose streams", states: "Step Functions state machines", ecs: "ECS tasks", batch: "Batch jobs",
  codebuild: "CodeBuild projects", codepipeline: "CodePipeline pipelines", glue: "Glue workflows", inspector: "Inspector assessments", redshift: "Redshift clusters",
  "redshift-serverless": "Redshift Serverless workgroups", sagemaker: "SageMaker pipelines", ssm: "Systems Manager commands and automations", "ssm-incidents": "incident response plans",
  appsync: "AppSync APIs", "execute-api": "API Gateway APIs", ec2: "EC2 actions",
};
const withRole = new Set(["batch", "codebuild", "codepipeline", "ecs", "firehose", "glue", "inspector", "kinesis", "redshift", "sagemaker", "ssm", "ssm-incidents", "states"]);

/** Parameters that belong to one service's targets. Source: github.com/badmintoncryer/cdk-preflight, pf-events-target-parameters-mismatch. */
const parametersOf: Readonly<Record<string, string[]>> = {
  EcsParameters: ["ecs"], KinesisParameters: ["kinesis"], BatchParameters: ["batch"], HttpParameters: ["events", "execute-api"], RedshiftDataParameters: ["redshift", "redshift-serverless"],
  RunCommandParameters: ["ssm"], SageMakerPipelineParameters: ["sagemaker"], AppSyncParameters: ["appsync"],
};

/** What is wrong with a target. Errors: ValidationException, NotSimulated. */
export function problemOfTarget(target: Target, region: string): Failure | undefined {
  const { Id, Arn, RoleArn, DeadLetterConfig, SqsParameters } = target;
  const { service = "" } = parseArn(Arn) ?? {};
  const kind = kindOf(Arn);
  if (!kind && !Object.hasOwn(others, service)) return eventErrors.invalid(`Parameter ${Arn} is not valid. Reason: Provided Arn is not in correct format.`);
  if (RoleArn === undefined && (kind === "bus" || withRole.has(service))) return eventErrors.invalid(`RoleArn is required for target ${Arn}.`);
  for (const [name, services] of Object.entries(parametersOf)) if (Object.hasOwn(target, name) && !services.includes(service)) return eventErrors.invalid(`Parameter(s) ${name} not supported for target: ${Id}.`);
  if (!kind) return eventErrors.notSimulated(`rule targets that are ${others[service]}`);
  if (Arn.endsWith(".fifo") && SqsParameters?.MessageGroupId === undefined) return eventErrors.invalid(`Parameter(s) SqsParameters must be specified for target: ${Id}.`);
  const wrongInput = problemOfInput(target) ?? (kind === "logs" ? problemOfLogInput(target) : undefined);
  if (wrongInput) return wrongInput;
  if (kind === "bus" && (target.Input ?? target.InputPath ?? target.InputTransformer) !== undefined) return eventErrors.notSimulated("other input for a target that is an event bus");
  return DeadLetterConfig?.Arn === undefined ? undefined : problemOfQueue(Id, DeadLetterConfig.Arn, region);
}

/** A log event has a time and a message. Source: EventBridge User Guide, Amazon EventBridge input transformation. */
function problemOfLogInput({ Id, InputTransformer }: Target): Failure | undefined {
  const template = InputTransformer?.InputTemplate.trim();
  return template === undefined || template.startsWith("{") ? undefined : eventErrors.invalid(`Input for target ${Id} is not a valid JSON text.`);
}

/** Source: github.com/badmintoncryer/cdk-preflight, pf-events-target-dlq. */
function problemOfQueue(Id: string, text: string, region: string): Failure | undefined {
  const queue = parseArn(text);
  if (!queue) return eventErrors.invalid(`Parameter ${text} is not valid. Reason: Provided Arn is not in correct format.`);
  if (queue.service !== "sqs") return eventErrors.invalid(`${queue.service} is not supported as a dead letter resource.`);
  if (queue.resource.endsWith(".fifo")) return eventErrors.invalid("SQS FIFO is not supported by Dead Letter Queues.");
  return queue.region === region ? undefined : eventErrors.invalid(`The dead letter queue of target ${Id} must be in the Region of the rule.`);
}

/** The target as it is kept: what the API has, and nothing else. */
export const asTarget = (row: { target: JsonObject }): Target => row.target as unknown as Target;
