import type { JsonObject, Trace } from "../types";

/**
 * One CloudTrail event record, its members in the order in which CloudTrail writes them.
 * Source: CloudTrail User Guide, "CloudTrail record contents for management, data, and network activity events".
 */
export interface CloudTrailRecord {
  eventVersion: "1.11";
  userIdentity: JsonObject;
  /** `2026-11-24T02:51:15Z`. */
  eventTime: string;
  eventSource: string;
  eventName: string;
  awsRegion: string;
  sourceIPAddress: string;
  userAgent: string;
  errorCode?: string;
  errorMessage?: string;
  requestParameters: JsonObject | null;
  responseElements: JsonObject | null;
  additionalEventData?: JsonObject;
  /** Absent from what AWS did by itself. */
  requestID?: string;
  eventID: string;
  readOnly: boolean;
  resources?: LoggedResource[];
  eventType: "AwsApiCall" | "AwsServiceEvent";
  managementEvent: true;
  recipientAccountId: string;
  /** The same in the records of one action that two accounts get. */
  sharedEventID?: string;
  serviceEventDetails?: JsonObject;
  eventCategory: "Management";
  tlsDetails?: { tlsVersion: string; cipherSuite: string; clientProvidedHostHeader: string };
  /** Present only where it is so. */
  sessionCredentialFromConsole?: "true";
}

/** Some services name no type. */
export interface LoggedResource {
  accountId: string;
  type?: string;
  ARN: string;
}

/** A moment as records write it; `ms` since the epoch. */
export const recordTime = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");

/** CloudTrail makes its own ids; ours follow from the request's, so that a replay has the same. `nth` tells those of one request apart. */
export const eventIdOf = (requestId: string, nth = 0): string =>
  requestId.replace(/^(.{8})-(.{4})-4(.*?)(.)$/, (_, a: string, b: string, c: string, d: string) => `${[...a].reverse().join("")}-${[...b].reverse().join("")}-4${c}${((parseInt(d, 16) + nth) & 15).toString(16)}`);

/** Such calls are recorded without what they asked for. Seen in published records of refused calls to KMS, SSM and STS. */
export const stoppedByPermission = ({ outcome }: Pick<Trace, "outcome">): boolean => !outcome.ok && (outcome.stage === "permission" || outcome.code.startsWith("AccessDenied"));
