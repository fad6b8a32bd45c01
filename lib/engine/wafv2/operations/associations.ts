import { type Failure, ok } from "../../errors";
import { settleWebAcl } from "../../shield/covered";
import type { AuthRequest, Context, Operation } from "../../types";
import { askArn } from "../authorise";
import { isFailure, wafErrors } from "../errors";
import { findByArn, readEntityArn } from "../names";
import { type ResourceArn, type ResourceType, isHere, ownAction, readResourceArn, scopeOf } from "../resources";
import { type WebAclRow, associations, resources } from "../state";
import { webAclView } from "../views";

/**
 * Which web ACL protects which resource: a resource has one at most. Distributions of CloudFront get theirs by CloudFront's
 * own UpdateDistribution, and these calls refuse them; the words with which they do are AWS's.
 * Source: WAFV2 API Reference, AssociateWebACL, DisassociateWebACL, GetWebACLForResource, ListResourcesForWebACL.
 */

interface OfResource {
  ResourceArn: string;
}

/** wafv2's own question about the resource, and that of the resource's service. Source: AWS WAF Developer Guide, Associating protection with AWS resources. */
function askResource(action: string, { ResourceArn }: OfResource, own?: "associate" | "disassociate"): AuthRequest[] {
  const known = readResourceArn(ResourceArn);
  const asked = [{ action: `wafv2:${action}`, resource: ResourceArn }];
  return known && own ? [...asked, { action: ownAction(known.type, own), resource: ResourceArn }] : asked;
}

/** A resource of this account and Region that these calls are for. Errors: WAFInvalidParameterException (RESOURCE_ARN), WAFUnavailableEntityException. */
function resourceHere(ctx: Context, { ResourceArn }: OfResource): ResourceArn | Failure {
  const known = readResourceArn(ResourceArn);
  if (!known || known.type === "CLOUDFRONT" || !isHere(known, ctx)) return wafErrors.arn(ResourceArn);
  return resources(ctx.db).get(ResourceArn) ? known : wafErrors.unavailable();
}

/** A web ACL of this account and Region. CloudFront's are refused, unless `global` kinds of resource are meant. Errors: WAFInvalidParameterException (RESOURCE_ARN), WAFNonexistentItemException. */
function webAclHere(ctx: Context, arn: string, global: boolean): Readonly<WebAclRow> | Failure {
  const named = readEntityArn(arn);
  if (named?.kind !== "webacl" || named.region !== ctx.region || (named.scope === "CLOUDFRONT") !== global) return wafErrors.arn(arn);
  return (named.account === ctx.account ? findByArn(ctx, arn, "webacl") : undefined) ?? wafErrors.notFound();
}

/** In place of the web ACL that the resource has. Errors: WAFInvalidParameterException, WAFNonexistentItemException, WAFUnavailableEntityException. */
export const AssociateWebACL: Operation = {
  name: "AssociateWebACL",
  authorise: (input: OfResource & { WebACLArn: string }, ctx) => [askArn(ctx, "AssociateWebACL", input.WebACLArn), ...askResource("AssociateWebACL", input, "associate")],
  handle({ WebACLArn, ResourceArn }: OfResource & { WebACLArn: string }, ctx) {
    const type = readResourceArn(ResourceArn)?.type;
    const acl = webAclHere(ctx, WebACLArn, type === "AMPLIFY");
    if (isFailure(acl)) return acl;
    const resource = resourceHere(ctx, { ResourceArn });
    if (isFailure(resource)) return resource;
    const before = associations(ctx.db).get(ResourceArn)?.WebACLArn;
    associations(ctx.db).put(ResourceArn, { ResourceArn, WebACLArn });
    for (const arn of [before, WebACLArn]) settleWebAcl(ctx, arn);
    return ok({});
  },
};

/** A resource without a web ACL stays as it is. Errors: WAFInvalidParameterException, WAFUnavailableEntityException. */
export const DisassociateWebACL: Operation = {
  name: "DisassociateWebACL",
  authorise: (input: OfResource) => askResource("DisassociateWebACL", input, "disassociate"),
  handle(input: OfResource, ctx) {
    const resource = resourceHere(ctx, input);
    if (isFailure(resource)) return resource;
    const before = associations(ctx.db).get(input.ResourceArn)?.WebACLArn;
    associations(ctx.db).delete(input.ResourceArn);
    settleWebAcl(ctx, before);
    return ok({});
  },
};

/** Without a WebACL in the answer where the resource has none. Errors: WAFInvalidParameterException, WAFUnavailableEntityException. */
export const GetWebACLForResource: Operation = {
  name: "GetWebACLForResource",
  authorise(input: OfResource, ctx) {
    const acl = associations(ctx.db).get(input.ResourceArn)?.WebACLArn;
    return [...askResource("GetWebACLForResource", input), ...(acl === undefined ? [] : [askArn(ctx, "GetWebACLForResource", acl)])];
  },
  handle(input: OfResource, ctx) {
    const resource = resourceHere(ctx, input);
    if (isFailure(resource)) return resource;
    const acl = associations(ctx.db).get(input.ResourceArn)?.WebACLArn;
    return ok(acl === undefined ? {} : { WebACL: webAclView(findByArn(ctx, acl, "webacl")!) });
  },
};

/** Resources of one kind: load balancers, unless another is asked for. Errors: WAFInvalidParameterException (RESOURCE_ARN), WAFNonexistentItemException. */
export const ListResourcesForWebACL: Operation = {
  name: "ListResourcesForWebACL",
  authorise: ({ WebACLArn }: { WebACLArn: string }, ctx) => askArn(ctx, "ListResourcesForWebACL", WebACLArn),
  handle({ WebACLArn, ResourceType = "APPLICATION_LOAD_BALANCER" }: { WebACLArn: string; ResourceType?: ResourceType }, ctx) {
    const acl = webAclHere(ctx, WebACLArn, scopeOf(ResourceType) === "CLOUDFRONT");
    if (isFailure(acl)) return acl;
    const protectedOnes = associations(ctx.db).having("WebACLArn", WebACLArn).map(({ ResourceArn }) => ResourceArn);
    return ok({ ResourceArns: protectedOnes.filter((arn) => readResourceArn(arn)?.type === ResourceType) });
  },
};
