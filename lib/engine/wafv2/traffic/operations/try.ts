import { fail, ok } from "../../../errors";
import type { JsonObject, Operation } from "../../../types";
import { type RuleNamed, verdictOf } from "../../requests/verdict";
import { findByArn } from "../../names";
import type { ResourceType } from "../../resources";
import { compiledOf } from "../compiled";
import { type Given, asRequest, mostWalks } from "./inspect";
import { wafOf } from "./resources";

interface Input {
  WebACLArn: string;
  ResourceType?: ResourceType;
  Requests: Given[];
  Walk?: boolean;
}

const named = ({ rule, within }: RuleNamed): JsonObject => ({ Rule: rule, ...(within === undefined ? {} : { Within: within }) });

/**
 * What a web ACL would say to requests, as if each came alone to a resource of a kind (by default CloudFront's or a load
 * balancer's, after the web ACL's scope): rate-based rules begin with nothing counted. Nothing is kept: no samples, metrics,
 * rates, logs, and no cost. With Walk the way of up to 20 requests is on the trace (step `inspection`).
 * Errors: ResourceNotFound (there is no such web ACL).
 */
export const TryRequests: Operation = {
  name: "TryRequests",
  authorise: () => undefined,
  cost: () => [],
  handle({ WebACLArn, ResourceType: type, Requests, Walk = false }: Input, ctx) {
    const db = wafOf(ctx);
    const acl = findByArn({ db }, WebACLArn, "webacl");
    if (!acl) return fail("ResourceNotFound", `There is no web ACL ${WebACLArn} here.`);
    const compiled = compiledOf(db, acl);
    const resource = { Arn: "", Name: "", ResourceType: type ?? (acl.Scope === "CLOUDFRONT" ? "CLOUDFRONT" : "APPLICATION_LOAD_BALANCER") };
    const Outcomes = Requests.map((given, at): JsonObject => {
      const requestId = `try-${at + 1}`;
      const walked = Walk && at < mostWalks;
      const { walk, ...result } = compiled.inspect(asRequest(given, resource, ctx, requestId), { walk: walked });
      if (walked) ctx.note({ kind: "inspection", webACL: acl.ARN, requestId, result: { ...result, walk } });
      const { outcome, action, decided, counted } = verdictOf(result);
      return { Verdict: outcome, Action: action, DecidedBy: named(decided), CountedBy: counted.map(named), Labels: result.labels.map(({ name }) => name) };
    });
    return ok({ WebACLArn: acl.ARN, Outcomes });
  },
};
