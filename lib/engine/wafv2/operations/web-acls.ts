import { ok } from "../../errors";
import type { CustomResponseBody, Rule, RuleAction, VisibilityConfig } from "../inspect/types";
import type { AuthRequest, Context, JsonObject, Operation } from "../../types";
import { askEntity, askNew } from "../authorise";
import { type Locked, type Made, deleting, editLocked, enter, listing, newEntity } from "../entity";
import { settleWebAcl } from "../../shield/covered";
import { isFailure, wafErrors } from "../errors";
import { type Reference, checkScope, findEntity, readEntityArn } from "../names";
import { summed } from "../firewall-manager";
import { askRules, checkUnits, settleRules } from "../rules";
import { type FirewallManagerPart, type WebAclRow, logging, webAclSettings } from "../state";
import { noteUses } from "../users";
import { forgetTraffic } from "../traffic/forget";
import { webAclView } from "../views";
import { checkSettings } from "../settings";
import { loggingId } from "./logging";

interface Acl {
  DefaultAction: RuleAction;
  Rules?: Rule[];
  VisibilityConfig: VisibilityConfig;
  CustomResponseBodies?: Record<string, CustomResponseBody>;
}

const held = (ctx: Context, input: Acl, part?: FirewallManagerPart) => ({
  DefaultAction: input.DefaultAction as unknown as JsonObject,
  Rules: input.Rules ?? [], VisibilityConfig: input.VisibilityConfig, ...summed(ctx, input.Rules ?? [], part),
  settings: Object.fromEntries(webAclSettings.flatMap((name) => ((input as unknown as JsonObject)[name] === undefined ? [] : [[name, (input as unknown as JsonObject)[name]]]))) as JsonObject,
  ...(input.CustomResponseBodies ? { CustomResponseBodies: input.CustomResponseBodies } : {}),
});

/**
 * Errors: WAFInvalidParameterException, WAFDuplicateItemException, WAFLimitsExceededException, WAFNonexistentItemException,
 * NotSimulated (protection of load balancers at their source). Source: WAFV2 API, CreateWebACL.
 */
export const CreateWebACL: Operation = {
  name: "CreateWebACL",
  authorise: (input: Made & Acl, ctx): AuthRequest[] => [...askNew(ctx, "CreateWebACL", "webacl", input), ...askRules(ctx, "CreateWebACL", input.Scope, input.Rules)],
  handle(input: Made & Acl, ctx) {
    const entity = newEntity(ctx, "webacl", input);
    if (isFailure(entity)) return entity;
    const settled = settleRules(ctx, "WEB_ACL", input);
    if (isFailure(settled)) return settled;
    const row: WebAclRow = { ...entity, LabelNamespace: `awswaf:${ctx.account}:webacl:${input.Name}:`, ...held(ctx, input) };
    const problem = checkSettings(input) ?? checkUnits("WEB_ACL", row.Capacity);
    if (problem) return problem;
    noteUses(ctx.db, row.ARN, [], row.references);
    return enter(ctx, "webacl", row);
  },
};

/** Everything anew but name, scope, tags and Firewall Manager's rule groups, which this call cannot reach. Errors: those of CreateWebACL, WAFOptimisticLockException. Source: WAFV2 API, UpdateWebACL. */
export const UpdateWebACL: Operation = {
  name: "UpdateWebACL",
  authorise: (input: Locked & Acl, ctx): AuthRequest[] => [askEntity(ctx, "UpdateWebACL", "webacl", input), ...askRules(ctx, "UpdateWebACL", input.Scope, input.Rules)],
  handle(input: Locked & Acl & { Description?: string }, ctx) {
    const row = editLocked(ctx, "webacl", input);
    if (isFailure(row)) return row;
    const settled = settleRules(ctx, "WEB_ACL", input);
    if (isFailure(settled)) return settled;
    const next = held(ctx, input, row.firewallManager);
    const problem = checkSettings(input) ?? checkUnits("WEB_ACL", next.Capacity);
    if (problem) return problem;
    noteUses(ctx.db, row.ARN, row.references, next.references);
    delete row.CustomResponseBodies;
    Object.assign(row, next, { Description: input.Description ?? "" });
    settleWebAcl(ctx, row.ARN);
    return ok({ NextLockToken: row.LockToken });
  },
};

/** By name, scope and id, or by ARN. Errors: WAFNonexistentItemException, WAFInvalidParameterException. Source: WAFV2 API, GetWebACL. */
export const GetWebACL: Operation = {
  name: "GetWebACL",
  authorise: (input: Reference, ctx) => askEntity(ctx, "GetWebACL", "webacl", input),
  handle(input: Reference, ctx) {
    const problem = checkScope(ctx, input.Scope);
    if (problem) return problem;
    if (input.ARN !== undefined && readEntityArn(input.ARN)?.kind !== "webacl") return wafErrors.arn(input.ARN);
    const row = findEntity(ctx, "webacl", input);
    return row ? ok({ WebACL: webAclView(row), LockToken: row.LockToken }) : wafErrors.notFound();
  },
};

export const ListWebACLs = listing("webacl", "ListWebACLs", "WebACLs");

/**
 * With its logging, samples and rates. A web ACL that protects something cannot be deleted, nor one that Firewall Manager made.
 * Source: WAFV2 API, DeleteWebACL.
 */
export const DeleteWebACL = deleting("webacl", "DeleteWebACL", {
  guard: ({ firewallManager }) => (firewallManager?.managed ? wafErrors.managedByFirewallManager() : undefined),
  after(ctx, row) {
    noteUses(ctx.db, row.ARN, row.references, []);
    logging(ctx.db).delete(loggingId(row));
    forgetTraffic(ctx.db, row.Id);
  },
});
