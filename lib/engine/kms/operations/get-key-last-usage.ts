import { eventIdOf } from "../../cloudtrail/record";
import { ok } from "../../errors";
import { managesKey } from "../manage";
import { keyUsage } from "../usage";

/**
 * What a key was last used for, with the ids by which CloudTrail has it. Each key of a multi-Region key has its own.
 * Output: KeyId, KeyLastUsage (empty if it was never used), TrackingStartDate, KeyCreationDate. A lab keeps this from a
 * key's creation on, so the two dates are the same.
 * Source: KMS API, GetKeyLastUsage.
 */
export const GetKeyLastUsage = managesKey("GetKeyLastUsage", {
  handle(_, { key, db }) {
    const used = keyUsage(db).get(key.KeyId);
    const created = key.CreationDate / 1000;
    const eventId = used && eventIdOf(used.requestId);
    return ok({
      KeyId: key.KeyId,
      KeyLastUsage: used
        ? { Operation: used.Operation, Timestamp: used.Timestamp / 1000, CloudTrailEventId: used.shared ? eventIdOf(eventId!, 1) : eventId!, KmsRequestId: used.requestId }
        : {},
      TrackingStartDate: created,
      KeyCreationDate: created,
    });
  },
});
