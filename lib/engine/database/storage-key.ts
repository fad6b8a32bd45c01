import { parseArn } from "../arn";
import { keys } from "../kms/state";
import type { Db } from "../types";

/**
 * Whether a server's storage can be read: its KMS key is enabled. A key that is disabled or pending deletion takes the database
 * away until it comes back; AWS notices within hours and wants the database started again, here it is at once.
 * Source: Amazon RDS User Guide, "Encrypting Amazon RDS resources" (`inaccessible-encryption-credentials-recoverable`).
 */
export function keyIsUsable(db: Db, keyArn: string | undefined): boolean {
  const place = keyArn === undefined ? undefined : parseArn(keyArn);
  if (!place) return true;
  return keys(db.at({ account: place.account, region: place.region, service: "kms" })).get(place.resource.replace(/^key\//, ""))?.KeyState === "Enabled";
}
