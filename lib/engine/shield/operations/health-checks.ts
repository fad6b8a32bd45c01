import { ok } from "../../errors";
import type { Operation } from "../../types";
import { askProtection } from "../authorise";
import { isFailure, shieldErrors } from "../errors";
import { protections } from "../state";
import { findProtection, protectionHere } from "./protections";

/**
 * Route 53 health checks of a protected resource: with one Shield sees sooner that an attack hurts, and proactive engagement needs it.
 * The lab has no Route 53, so an ARN of the right form is taken as it is.
 * Source: AWS Shield Advanced API Reference, AssociateHealthCheck, DisassociateHealthCheck.
 */

interface Pair {
  ProtectionId: string;
  HealthCheckArn: string;
}

const idOf = (arn: string): string => arn.slice(arn.lastIndexOf("/") + 1);

/** In place of the health check that is there. A hosted zone can have none. Errors: ResourceNotFoundException, InvalidResourceException. */
export const AssociateHealthCheck: Operation = {
  name: "AssociateHealthCheck",
  authorise: ({ ProtectionId, HealthCheckArn }: Pair, ctx) => [askProtection(ctx, "AssociateHealthCheck", findProtection(ctx, { ProtectionId }), ProtectionId), { action: "route53:GetHealthCheck", resource: HealthCheckArn }],
  handle({ ProtectionId, HealthCheckArn }: Pair, ctx) {
    const row = protectionHere(ctx, { ProtectionId });
    if (isFailure(row)) return row;
    if (row.ResourceType === "ROUTE_53_HOSTED_ZONE") return shieldErrors.unrecognised("hostedzone", "route53");
    protections(ctx.db).edit(row.Id).HealthCheckIds = [idOf(HealthCheckArn)];
    return ok({});
  },
};

/** Errors: ResourceNotFoundException where it has no such health check. */
export const DisassociateHealthCheck: Operation = {
  name: "DisassociateHealthCheck",
  authorise: ({ ProtectionId }: Pair, ctx) => askProtection(ctx, "DisassociateHealthCheck", findProtection(ctx, { ProtectionId }), ProtectionId),
  handle({ ProtectionId, HealthCheckArn }: Pair, ctx) {
    const row = protectionHere(ctx, { ProtectionId });
    if (isFailure(row)) return row;
    if (!row.HealthCheckIds.includes(idOf(HealthCheckArn))) return shieldErrors.noResource(HealthCheckArn);
    protections(ctx.db).edit(row.Id).HealthCheckIds = [];
    return ok({});
  },
};
