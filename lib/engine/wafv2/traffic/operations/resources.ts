import { toHex } from "../../../crypto/bytes";
import { type Failure, fail, ok } from "../../../errors";
import { settleWebAcl } from "../../../shield/covered";
import type { Context, Db, JsonObject, Operation } from "../../../types";
import { findByArn, readEntityArn } from "../../names";
import { type ResourceType, isHere, readResourceArn, resourceArn } from "../../resources";
import { type ResourceRow, associations, resources } from "../../state";

/** Resources that web ACLs protect: plain rows, since the services that they are of are not in the lab. */

export const wafOf = (ctx: Context): Db => ctx.db.at({ service: "wafv2" });

export const notFound = (arn: string): Failure => fail("ResourceNotFound", `There is no resource ${arn} here.`);

function view(db: Db, { Arn, ResourceType: type, Name }: Readonly<ResourceRow>): JsonObject {
  const acl = associations(db).get(Arn)?.WebACLArn;
  return { Arn, ResourceType: type, Name, ...(acl === undefined ? {} : { WebACLArn: acl }) };
}

/**
 * Adds one with a name, and the ARN that it would have, or one that is given. A distribution is added in us-east-1.
 * Errors: ResourceExists, InvalidResource (an ARN of another kind, account or Region).
 */
export const AddResource: Operation = {
  name: "AddResource",
  authorise: () => undefined,
  cost: () => [],
  handle({ ResourceType: type, Name, Arn = undefined }: { ResourceType: ResourceType; Name: string; Arn?: string }, ctx) {
    const db = wafOf(ctx);
    const arn = Arn ?? resourceArn(type, ctx, Name, toHex(ctx.random(16)));
    const read = readResourceArn(arn);
    if (read?.type !== type || !isHere(read, ctx)) return fail("InvalidResource", `${arn} is no ${type} of this account and Region.`);
    if (resources(db).get(arn)) return fail("ResourceExists", `The resource ${arn} is there already.`);
    const row: ResourceRow = { Arn: arn, ResourceType: type, Name };
    resources(db).put(arn, row);
    return ok({ Resource: view(db, row) });
  },
};

/** With its association. Errors: ResourceNotFound. */
export const RemoveResource: Operation = {
  name: "RemoveResource",
  authorise: () => undefined,
  cost: () => [],
  handle({ ResourceArn }: { ResourceArn: string }, ctx) {
    const db = wafOf(ctx);
    if (!resources(db).get(ResourceArn)) return notFound(ResourceArn);
    resources(db).delete(ResourceArn);
    const before = associations(db).get(ResourceArn)?.WebACLArn;
    associations(db).delete(ResourceArn);
    settleWebAcl({ db }, before);
    return ok({});
  },
};

export const ListResources: Operation = {
  name: "ListResources",
  authorise: () => undefined,
  cost: () => [],
  handle: (_input: unknown, ctx) => ok({ Resources: resources(wafOf(ctx)).all().map((row) => view(wafOf(ctx), row)) }),
};

/**
 * What CloudFront's UpdateDistribution does with `WebACLId`: the ARN of a web ACL of CloudFront's scope, or nothing to take it off.
 * Errors: ResourceNotFound, InvalidWebACLId. Source: CloudFront API Reference, DistributionConfig (WebACLId).
 */
export const UpdateDistribution: Operation = {
  name: "UpdateDistribution",
  authorise: () => undefined,
  cost: () => [],
  handle({ ResourceArn, WebACLId = "" }: { ResourceArn: string; WebACLId?: string }, ctx) {
    const db = wafOf(ctx);
    const row = resources(db).get(ResourceArn);
    if (row?.ResourceType !== "CLOUDFRONT") return notFound(ResourceArn);
    const before = associations(db).get(ResourceArn)?.WebACLArn;
    if (WebACLId === "") associations(db).delete(ResourceArn);
    else {
      const named = readEntityArn(WebACLId);
      if (named?.scope !== "CLOUDFRONT" || named.account !== ctx.account || !findByArn({ db }, WebACLId, "webacl")) return fail("InvalidWebACLId", `${WebACLId} is no web ACL of this account for CloudFront.`);
      associations(db).put(ResourceArn, { ResourceArn, WebACLArn: WebACLId });
    }
    for (const arn of [before, WebACLId]) settleWebAcl({ db }, arn);
    return ok({ Resource: view(db, row) });
  },
};
