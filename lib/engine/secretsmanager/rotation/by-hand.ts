import type { Context } from "../../types";
import { PENDING, removeLabel, versionOf } from "../labels";
import { serviceEvent } from "../service-events";
import type { SecretRow } from "../state";
import { forget, planNext, stepJob } from "./plan";

/**
 * A secret got a new current value that no rotation made; `row` is being edited, `versionId` is the new version. It counts
 * as a rotation for the schedule; a rotation that is under way is given up for it, so that later ones can succeed.
 * Sources: Secrets Manager API, RotationRulesType (AutomaticallyAfterDays); Secrets Manager User Guide, "Logging AWS Secrets
 * Manager events with AWS CloudTrail" (RotationAbandoned).
 */
export function changedByHand(ctx: Context, row: SecretRow, versionId: string): void {
  const token = row.rotation?.token;
  if (token === versionId) return;
  if (token !== undefined) {
    if (versionOf(row, PENDING) === token) removeLabel(row, PENDING);
    delete row.rotation;
    forget(ctx, row, stepJob);
    serviceEvent(ctx, "RotationAbandoned", row.ARN, { versionId: token });
  }
  if (row.RotationEnabled) planNext(ctx, row, ctx.now);
}
