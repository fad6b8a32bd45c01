import { ok } from "../../errors";
import { issue } from "../credentials";
import { stsErrors } from "../errors";
import type { Operation } from "../../types";

const HOURS_12 = 43_200;

/**
 * Temporary credentials of the caller itself, a user or root. Asks no permission. Root gets an hour at most.
 * There are no MFA devices in the lab, so a code is always wrong. Source: STS API, GetSessionToken.
 */
export const GetSessionToken: Operation = {
  name: "GetSessionToken",
  authorise: (_input, { principal }) =>
    principal.session || principal.type === "AssumedRole" ? stsErrors.withSession("GetSessionToken") : undefined,
  handle(input: { DurationSeconds?: number; SerialNumber?: string; TokenCode?: string }, ctx) {
    if (input.SerialNumber !== undefined || input.TokenCode !== undefined) return stsErrors.mfaFailed();
    const isRoot = ctx.principal.type === "Root";
    const seconds = input.DurationSeconds ?? (isRoot ? 3600 : HOURS_12);
    // A longer wish of the root user is answered with an hour, not refused.
    const granted = isRoot ? Math.min(seconds, 3600) : seconds;
    const name = ctx.principal.name ?? "root";
    return ok({
      Credentials: issue(ctx, { account: ctx.account, ...(isRoot ? {} : { user: name }), name, policies: [], tags: {} }, granted),
    });
  },
};
