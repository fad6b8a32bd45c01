import { ok } from "../../errors";
import type { Operation } from "../../types";
import { adminHere } from "../admins";
import { askAll } from "../authorise";
import { fmsErrors, isFailure } from "../errors";
import { ONLY, channels } from "../state";

/**
 * Where Firewall Manager would write to. The lab has no SNS, so the channel is kept and nothing is sent.
 * Source: AWS Firewall Manager API Reference, PutNotificationChannel, GetNotificationChannel, DeleteNotificationChannel.
 */

/** Errors: AccessDeniedException. */
export const PutNotificationChannel: Operation = {
  name: "PutNotificationChannel",
  authorise: ({ SnsRoleName }: { SnsRoleName: string }) => [askAll("PutNotificationChannel"), { action: "iam:PassRole", resource: SnsRoleName, context: { "iam:PassedToService": "fms.amazonaws.com" } }],
  handle({ SnsTopicArn, SnsRoleName }: { SnsTopicArn: string; SnsRoleName: string }, ctx) {
    const found = adminHere(ctx, "PutNotificationChannel");
    if (isFailure(found)) return found;
    channels(ctx.db).put(ONLY, { SnsTopicArn, SnsRoleName });
    return ok({});
  },
};

/** Errors: AccessDeniedException, ResourceNotFoundException. */
export const GetNotificationChannel: Operation = {
  name: "GetNotificationChannel",
  authorise: () => askAll("GetNotificationChannel"),
  handle(_input: unknown, ctx) {
    const found = adminHere(ctx, "GetNotificationChannel");
    if (isFailure(found)) return found;
    const row = channels(ctx.db).get(ONLY);
    return row ? ok({ ...row }) : fmsErrors.noChannel();
  },
};

/** Errors: AccessDeniedException, ResourceNotFoundException. */
export const DeleteNotificationChannel: Operation = {
  name: "DeleteNotificationChannel",
  authorise: () => askAll("DeleteNotificationChannel"),
  handle(_input: unknown, ctx) {
    const found = adminHere(ctx, "DeleteNotificationChannel");
    if (isFailure(found)) return found;
    if (!channels(ctx.db).get(ONLY)) return fmsErrors.noChannel();
    channels(ctx.db).delete(ONLY);
    return ok({});
  },
};
