import type { KeyRow } from "../kms/state";
import type { Change, CloudEvent, JournalEntry, JsonObject } from "../types";
import { type CloudTrailRecord, eventIdOf, recordTime } from "./record";

/** KMS's row of related multi-Region keys, as far as records need it. */
interface Related {
  primaryRegion: string;
  synchronizations: number;
}

/**
 * What KMS does by itself and CloudTrail records: a rotation, asked for or by date; the deletion of a key after its
 * waiting period; the making of a replica in its Region (`replicator` is who asked for it); the copying of shared
 * properties to replicas; the end of imported material's time. Seen from what became of the keys, so that every way to it is found.
 * Source: CloudTrail User Guide, "AWS service events"; KMS Developer Guide, "RotateKey", "DeleteKey", "ReplicateKey",
 * "SynchronizeMultiRegionKey", "DeleteExpiredKeyMaterial" among its log examples.
 */
export function serviceEvents(entry: JournalEntry, replicator?: JsonObject): CloudTrailRecord[] {
  const out: CloudTrailRecord[] = [];
  const add = (arn: string, region: string, eventName: string, more: Partial<CloudTrailRecord>): void => void out.push(internal(entry, out.length + 1, arn, region, eventName, more));
  for (const change of entry.changes) {
    if (change.service === "events") out.push(...published(change));
    if (change.service !== "kms") continue;
    const { table, account, id } = change;
    if (table === "keys") keyEvents(change, entry.at, relatedOf(entry.changes, change), replicator, add);
    else if (table === "multi-region") {
      const { before, after } = change as { before?: Related; after?: Related };
      if (after && after.synchronizations > (before?.synchronizations ?? 0))
        add(`arn:aws:kms:${after.primaryRegion}:${account}:key/${id}`, after.primaryRegion, "SynchronizeMultiRegionKey", { requestID: eventIdOf(entry.requestId, out.length + 8), eventType: "AwsApiCall" });
    }
  }
  return out;
}

/** What a service sent to EventBridge by way of CloudTrail: the event's detail is the record. Source: EventBridge User Guide, "AWS service events delivered via AWS CloudTrail". */
function published({ table, before, after }: Change): CloudTrailRecord[] {
  const event = after as CloudEvent | undefined;
  return table === "log" && !before && event?.["detail-type"] === "AWS Service Event via CloudTrail" ? [event.detail as unknown as CloudTrailRecord] : [];
}

type Add = (arn: string, region: string, eventName: string, more: Partial<CloudTrailRecord>) => void;

function keyEvents({ region, before, after }: Change, at: number, related: Related | undefined, replicator: JsonObject | undefined, add: Add): void {
  const was = before as KeyRow | undefined;
  const is = after as KeyRow | undefined;
  if (was && !is) return add(was.Arn, region, "DeleteKey", { responseElements: { keyId: was.Arn } });
  if (!is) return;
  if (!was) {
    if (!replicator || !is.MultiRegion || !related || related.primaryRegion === region) return;
    const { KeyId, Arn, AWSAccountId, Description, KeySpec, KeyUsage, Origin, KeyState } = is;
    const asked = { description: Description, keyUsage: KeyUsage, keySpec: KeySpec, customerMasterKeySpec: KeySpec, origin: Origin, multiRegion: true };
    return add(Arn, region, "CreateKey", {
      userIdentity: replicator,
      requestParameters: asked,
      responseElements: { keyMetadata: { aWSAccountId: AWSAccountId, keyId: KeyId, arn: Arn, keyState: KeyState, ...asked } },
      eventType: "AwsApiCall",
    });
  }
  if (allMaterial(was).some(({ KeyMaterialId: id, secret, validTo = Infinity }) => secret && validTo <= at && !allMaterial(is).some(({ KeyMaterialId, secret: left }) => KeyMaterialId === id && left)))
    add(is.Arn, region, "DeleteExpiredKeyMaterial", {});
  // A replica gets its primary's rotations by copy.
  if (related && related.primaryRegion !== region) return;
  for (let i = Math.max(1, was.materials.length); i < is.materials.length; i++) {
    const { RotationType, KeyMaterialId } = is.materials[i];
    if (!RotationType) continue;
    const serviceEventDetails = { rotationType: RotationType, keyOrigin: is.Origin, previousKeyMaterialId: is.materials[i - 1].KeyMaterialId, currentKeyMaterialId: KeyMaterialId, keyId: is.KeyId };
    add(is.Arn, region, "RotateKey", { serviceEventDetails });
  }
}

const allMaterial = ({ materials, pending }: KeyRow): KeyRow["materials"] => (pending ? [...materials, pending] : materials);

/** The row of the key's relatives, where the entry changed it. */
function relatedOf(changes: readonly Change[], { id, account }: Change): Related | undefined {
  return changes.find((change) => change.service === "kms" && change.table === "multi-region" && change.id === id && change.account === account)?.after as Related | undefined;
}

function internal({ at, requestId }: JournalEntry, nth: number, arn: string, awsRegion: string, eventName: string, more: Partial<CloudTrailRecord>): CloudTrailRecord {
  const accountId = arn.split(":")[4];
  const { requestID, serviceEventDetails, ...rest } = more;
  return {
    eventVersion: "1.11",
    userIdentity: { accountId, invokedBy: "AWS Internal" },
    eventTime: recordTime(at),
    eventSource: "kms.amazonaws.com",
    eventName,
    awsRegion,
    sourceIPAddress: "AWS Internal",
    userAgent: "AWS Internal",
    requestParameters: null,
    responseElements: null,
    ...(requestID === undefined ? {} : { requestID }),
    eventID: eventIdOf(requestId, nth),
    readOnly: false,
    resources: [{ accountId, type: "AWS::KMS::Key", ARN: arn }],
    eventType: "AwsServiceEvent",
    managementEvent: true,
    recipientAccountId: accountId,
    ...(serviceEventDetails ? { serviceEventDetails } : {}),
    eventCategory: "Management",
    ...rest,
  };
}
