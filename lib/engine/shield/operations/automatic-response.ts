import { type Failure, ok } from "../../errors";
import type { Context, JsonObject, Operation } from "../../types";
import { askProtection } from "../authorise";
import { turnOff, turnOn, webAclOf } from "../automatic-response";
import { isFailure, shieldErrors } from "../errors";
import { mitigate } from "../mitigation";
import { type ProtectionRow, protections } from "../state";
import { findProtection, protectionHere } from "./protections";

/**
 * Automatic mitigation of a CloudFront distribution or an Application Load Balancer that has a web ACL. Block or count is what Shield's
 * rules do. Source: AWS Shield Advanced API Reference, EnableApplicationLayerAutomaticResponse and its kin.
 */

interface OfResource {
  ResourceArn: string;
}
interface WithAction extends OfResource {
  Action: { Block?: JsonObject; Count?: JsonObject };
}

const named = (action: string) => ({ ResourceArn }: OfResource, ctx: Context) => askProtection(ctx, action, findProtection(ctx, { ResourceArn }));

const withAction = ({ Block, Count }: WithAction["Action"]): Failure | undefined =>
  (Block === undefined) === (Count === undefined) ? shieldErrors.parameter("You must give exactly one of Block and Count.", "action") : undefined;

const notOn = (): Failure => shieldErrors.operation("Automatic application layer mitigation is not enabled for the resource.");

/** Errors: ResourceNotFoundException; InvalidOperationException for another kind of resource. */
function layerSeven(ctx: Context, { ResourceArn }: OfResource): Readonly<ProtectionRow> | Failure {
  const row = protectionHere(ctx, { ResourceArn });
  if (isFailure(row)) return row;
  return row.ResourceType === "CLOUDFRONT_DISTRIBUTION" || row.ResourceType === "APPLICATION_LOAD_BALANCER"
    ? row
    : shieldErrors.operation("Automatic application layer mitigation is for CloudFront distributions and Application Load Balancers.");
}

/** Errors: ResourceNotFoundException, InvalidParameterException, InvalidOperationException (no web ACL, on already, web ACL without room). */
export const EnableApplicationLayerAutomaticResponse: Operation = {
  name: "EnableApplicationLayerAutomaticResponse",
  authorise: named("EnableApplicationLayerAutomaticResponse"),
  handle({ ResourceArn, Action }: WithAction, ctx) {
    const row = layerSeven(ctx, { ResourceArn });
    if (isFailure(row)) return row;
    const wrong = withAction(Action);
    if (wrong) return wrong;
    if (row.automatic?.Status === "ENABLED") return shieldErrors.operation("Automatic application layer mitigation is already enabled for the resource.");
    const acl = webAclOf(ctx, ResourceArn);
    if (acl === undefined) return shieldErrors.operation("The resource has no web ACL of AWS WAF (v2), which automatic application layer mitigation needs.");
    const failed = turnOn(ctx, acl);
    if (failed) return shieldErrors.operation(`Shield could not add its rule group to the web ACL: ${failed.error.message ?? failed.error.code}`);
    protections(ctx.db).edit(row.Id).automatic = { Status: "ENABLED", Action: structuredClone(Action) as JsonObject };
    mitigate(ctx, acl);
    return ok({});
  },
};

/** Errors: as above, and InvalidOperationException where it is not on. */
export const UpdateApplicationLayerAutomaticResponse: Operation = {
  name: "UpdateApplicationLayerAutomaticResponse",
  authorise: named("UpdateApplicationLayerAutomaticResponse"),
  handle({ ResourceArn, Action }: WithAction, ctx) {
    const row = layerSeven(ctx, { ResourceArn });
    if (isFailure(row)) return row;
    const wrong = withAction(Action);
    if (wrong) return wrong;
    if (row.automatic?.Status !== "ENABLED") return notOn();
    protections(ctx.db).edit(row.Id).automatic = { Status: "ENABLED", Action: structuredClone(Action) as JsonObject };
    mitigate(ctx, webAclOf(ctx, ResourceArn));
    return ok({});
  },
};

/** Errors: ResourceNotFoundException, InvalidOperationException (not on). */
export const DisableApplicationLayerAutomaticResponse: Operation = {
  name: "DisableApplicationLayerAutomaticResponse",
  authorise: named("DisableApplicationLayerAutomaticResponse"),
  handle({ ResourceArn }: OfResource, ctx) {
    const row = layerSeven(ctx, { ResourceArn });
    if (isFailure(row)) return row;
    if (row.automatic?.Status !== "ENABLED") return notOn();
    turnOff(ctx, row);
    protections(ctx.db).edit(row.Id).automatic = { ...structuredClone(row.automatic), Status: "DISABLED" };
    mitigate(ctx, webAclOf(ctx, ResourceArn));
    return ok({});
  },
};
