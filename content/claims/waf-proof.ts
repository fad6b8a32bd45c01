import type { JsonObject } from "@/lib/engine/types";
import { returns } from "@/lib/lessons/proof";
import type { Expectation, ProofHand } from "@/lib/lessons/types";
import { request, webAcl } from "./waf-parts";

/** A load balancer with this web ACL before it; the ARNs of both. */
export async function guarded(lab: ProofHand, Rules: JsonObject[], more: JsonObject = {}): Promise<{ resource: string; acl: string }> {
  const { Resource } = await lab.call("A load balancer", { service: "traffic", operation: "AddResource", input: { ResourceType: "APPLICATION_LOAD_BALANCER", Name: "shop" } });
  const { Summary } = await lab.call("A web ACL", { service: "wafv2", operation: "CreateWebACL", input: webAcl("shop", Rules, more) });
  await lab.call("Associate the two", { service: "wafv2", operation: "AssociateWebACL", input: { ResourceArn: Resource.Arn, WebACLArn: Summary.ARN } });
  return { resource: Resource.Arn, acl: Summary.ARN };
}

export const send = (lab: ProofHand, say: string, ResourceArn: string, more: JsonObject, ...expectations: Expectation[]): Promise<any> =>
  lab.call(say, { service: "traffic", operation: "Inspect", input: { ResourceArn, Requests: [request(more)] } }, ...expectations);

/** All the requests of a call ended so. */
export const ends = (action: string, rule: string, within?: string): Expectation =>
  returns(`it ends with ${action} by ${rule === "Default_Action" ? "the default action" : rule}${within ? `, its rule ${within}` : ""}`, ({ Outcomes }) =>
    Outcomes.length > 0 && Outcomes.every(({ Action, TerminatingRuleId, RuleWithinGroup }: JsonObject) => Action === action && TerminatingRuleId === rule && RuleWithinGroup === within));
