import { recordTime } from "../cloudtrail/record";
import type { Context } from "../types";

/**
 * What Secrets Manager does by itself: CloudTrail records it, and sends the record on to EventBridge.
 * Sources: Secrets Manager User Guide, "AWS CloudTrail entries for Secrets Manager"; the record's form as in events that
 * people quote in public.
 */
export type ServiceEventName =
  | "RotationStarted" | "RotationSucceeded" | "RotationFailed" | "RotationAbandoned" | "TestRotationStarted" | "TestRotationSucceeded" | "TestRotationFailed"
  | "StartSecretVersionDelete" | "CancelSecretVersionDelete" | "EndSecretVersionDelete";

interface More {
  errorMessage?: string;
  /** The version that it is about: the one that a rotation makes, or that is deleted. */
  versionId?: string;
}

export const viaCloudTrail = "AWS Service Event via CloudTrail";

/** Records an event about a secret and sends it to the default event bus; both are one document. */
export function serviceEvent(ctx: Context, eventName: ServiceEventName, secretArn: string, { errorMessage, versionId }: More = {}): void {
  const rotation = eventName.includes("Rotation");
  const service = "secretsmanager.amazonaws.com";
  const [, , , awsRegion, account] = secretArn.split(":");
  ctx.emit({
    source: "aws.secretsmanager",
    account,
    detailType: viaCloudTrail,
    detail: {
      eventVersion: "1.11",
      userIdentity: { accountId: account, invokedBy: service },
      eventTime: recordTime(ctx.now),
      eventSource: service,
      eventName,
      awsRegion,
      sourceIPAddress: service,
      userAgent: service,
      ...(errorMessage === undefined ? {} : { errorMessage }),
      requestParameters: null,
      responseElements: null,
      additionalEventData: { SecretId: secretArn, ...(versionId === undefined || rotation ? {} : { SecretVersionId: versionId }) },
      ...(rotation ? { requestID: `Rotation-${secretArn}-${versionId}` } : {}),
      eventID: ctx.newId(),
      readOnly: false,
      eventType: "AwsServiceEvent",
      managementEvent: true,
      recipientAccountId: account,
      eventCategory: "Management",
    },
  });
}
