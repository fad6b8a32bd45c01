import type { LeanModel, Shape } from "../../model";
import { models } from "../../models";
import type { AwsError, Context, Json, JsonObject, Principal } from "../../types";
import { isObject } from "../template/template";
import { type Aws, refuse } from "./type";

/** What a resource's handlers work with, for one resource of a stack. */
export function awsFor(ctx: Context, as: Principal, of: { StackName: string; logicalId: string; deletionPolicy?: string; created?: (id: string) => void }): Aws {
  const aws: Aws = {
    account: ctx.account,
    region: ctx.region,
    stackName: of.StackName,
    logicalId: of.logicalId,
    deletionPolicy: of.deletionPolicy ?? "Delete",
    call(service, operation, input, region) {
      const reply = ctx.call(service, operation, fitted(service, operation, input), { as, ...(region ? { region } : {}) });
      return reply.ok ? reply.output : refused(ctx, aws, service, reply.error);
    },
    find(service, operation, input) {
      const reply = ctx.call(service, operation, fitted(service, operation, input), { as });
      if (reply.ok) return reply.output;
      return isMissing(reply.error) ? undefined : refused(ctx, aws, service, reply.error);
    },
    remove: (service, operation, input) => void aws.find(service, operation, input),
    name: (max = 64) => physicalName(of.StackName, of.logicalId, max, aws.suffix(12)),
    suffix: (length) => letters(ctx, length),
    requestToken: () => ctx.newId(),
    created: (id) => of.created?.(id),
  };
  return aws;
}

const missing = /NotFound|NoSuchEntity|ResourceNotFoundException|DoesNotExist|NonExistent/;
const isMissing = ({ code, message = "" }: AwsError): boolean => missing.test(code) || (code === "InvalidRequestException" && /marked (for deletion|as deleted)/.test(message));

/** `payroll-Key-8sUuFYvSt3Dq`: shortened where it is too long, the end stays. Source: CloudFormation Template Reference, "Name type". */
export function physicalName(stack: string, logicalId: string, max: number, suffix: string): string {
  const room = max - suffix.length - 1;
  const whole = `${stack}-${logicalId}`;
  if (whole.length <= room) return `${whole}-${suffix}`;
  const half = Math.floor((room - 1) / 2);
  const first = stack.slice(0, Math.max(half, room - 1 - logicalId.length));
  return `${first}-${logicalId.slice(0, room - 1 - first.length)}-${suffix}`;
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const letters = (ctx: Context, length: number): string => [...ctx.random(length)].map((byte) => alphabet[byte % alphabet.length]).join("");

// ---------------------------------------------------------------- refusals

/** The SDK's names of the services, as handlers' messages have them. */
const sdkNames: Record<string, string> = { kms: "Kms", ssm: "Ssm", iam: "Iam", secretsmanager: "SecretsManager", lambda: "Lambda", logs: "CloudWatchLogs", events: "EventBridge", rds: "Rds", redshift: "Redshift", sqs: "Sqs" };

/** Source: CloudFormation CLI User Guide, "Handler error codes". */
function handlerCode(code: string): string {
  if (/AccessDenied/.test(code)) return "AccessDenied";
  if (/AlreadyExists|ResourceExists|ResourceConflict/.test(code)) return "AlreadyExists";
  if (missing.test(code)) return "NotFound";
  if (/LimitExceeded|Quota/.test(code)) return "ServiceLimitExceeded";
  if (/Validation|Invalid|Malformed|Unsupported/.test(code)) return "InvalidRequest";
  if (/NotSimulated/.test(code)) return "NotSimulated";
  return "GeneralServiceException";
}

function refused(ctx: Context, aws: Aws, service: string, { code, message = code, status = 400 }: AwsError): never {
  const detail = `${message} (Service: ${sdkNames[service] ?? service}, Status Code: ${handlerCode(code) === "AccessDenied" && service === "iam" ? 403 : status}, Request ID: ${ctx.requestId}) (SDK Attempt Count: 1)`;
  return refuse(aws, detail, handlerCode(code));
}

// ---------------------------------------------------------------- kinds

/** The input with its scalars of the kinds that the service's own shapes want: a template may write `"30"` for 30. */
function fitted(service: string, operation: string, input: JsonObject): JsonObject {
  const model: LeanModel | undefined = models[service];
  const shape = model?.operations[operation]?.input?.shape;
  return shape ? (fit(model, model.shapes[shape], input) as JsonObject) : input;
}

function fit(model: LeanModel, shape: Shape, value: Json): Json {
  switch (shape.type) {
    case "structure": {
      if (!isObject(value)) return value;
      const out: JsonObject = {};
      for (const [name, item] of Object.entries(value)) {
        const ref = shape.members && Object.hasOwn(shape.members, name) ? shape.members[name] : undefined;
        if (item !== undefined) out[name] = ref ? fit(model, model.shapes[ref.shape], item) : item;
      }
      return out;
    }
    case "list":
      return Array.isArray(value) ? value.map((item) => fit(model, model.shapes[shape.member!.shape], item)) : value;
    case "map":
      return isObject(value) ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, fit(model, model.shapes[shape.value!.shape], item as Json)])) : value;
    case "string":
      return typeof value === "number" || typeof value === "boolean" ? String(value) : value;
    case "boolean":
      return value === "true" ? true : value === "false" ? false : value;
    case "integer":
    case "long":
    case "float":
    case "double":
      return typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value)) ? Number(value) : value;
    default:
      return value;
  }
}
