import type { ServiceModel } from "../engine/model";
import type { AwsError } from "../engine/types";

/**
 * Services that have left the Query protocol for JSON: an error's document names its shape, and a header the code of before, which
 * clients go on to show. Source: Smithy, awsQueryCompatible trait (`x-amzn-query-error: <code>;<fault>`).
 */
const names: Readonly<Record<string, string>> = {
  "AWS.SimpleQueueService.NonExistentQueue": "QueueDoesNotExist",
  QueueAlreadyExists: "QueueNameExists",
  "KMS.AccessDeniedException": "KmsAccessDenied",
  "KMS.DisabledException": "KmsDisabled",
  "KMS.InvalidKeyUsageException": "KmsInvalidKeyUsage",
  "KMS.KMSInvalidStateException": "KmsInvalidState",
  "KMS.NotFoundException": "KmsNotFound",
};
/** Codes that no shape of SQS has. */
const common: Readonly<Record<string, string>> = { AccessDenied: "AccessDeniedException", InvalidParameterValue: "InvalidParameterValueException", MissingParameter: "MissingRequiredParameterException" };

export const isQueryCompatible = ({ metadata }: ServiceModel): boolean => metadata.targetPrefix === "AmazonSQS";

export function queryCompatible(error: AwsError): { error: AwsError; headers: Record<string, string> } {
  const { code, status = 400 } = error;
  const type = common[code] === undefined ? `com.amazonaws.sqs#${names[code] ?? code.replace(/^AWS\.SimpleQueueService\./, "")}` : `com.amazon.coral.service#${common[code]}`;
  return { error: { ...error, code: type }, headers: { "x-amzn-query-error": `${code};${status < 500 ? "Sender" : "Receiver"}` } };
}
