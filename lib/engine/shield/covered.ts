import type { Context, Db } from "../types";
import { findByArn } from "../wafv2/names";
import { associations, entities, entityId } from "../wafv2/state";
import { regionOfResource } from "./resources";
import { ONLY, protections, subscriptions } from "./state";

/**
 * What Shield Advanced pays of AWS WAF: the web ACL, its rules and the plain price of its requests where it is on a protected
 * resource. What comes above 1,500 units is paid for all the same. AWS does not say what holds for a web ACL that is on protected and
 * on other resources; here its month is covered, and of its requests those to protected resources.
 * Source: AWS WAF Developer Guide, "Deciding whether to subscribe to AWS Shield Advanced and apply additional protections".
 */

type At = Pick<Context, "db">;
/** How the price items of what is covered end. */
const COVERED = ":covered";

/** Whether this account has a subscription and the resource a protection. */
export const isCovered = ({ db }: At, resource: string): boolean => subscriptions(db).get(ONLY) !== undefined && protections(db).having("ResourceArn", resource).length > 0;

const wafDb = ({ db }: At, resource: string): Db => db.at({ service: "wafv2", region: regionOfResource(resource) });

/** After a change of a web ACL's rules, or of what it is on: its charges, as it has them, are covered or not. `db` stands at AWS WAF, in its Region. */
export function settleWebAcl(at: At, arn: string | undefined): void {
  const row = arn === undefined ? undefined : findByArn(at, arn, "webacl");
  if (!row) return;
  const covered = associations(at.db).having("WebACLArn", row.ARN).some(({ ResourceArn }) => isCovered(at, ResourceArn));
  const charges: Record<string, number> = {};
  for (const [item, quantity] of Object.entries(row.charges)) {
    const plain = item.replace(COVERED, "");
    charges[covered ? plain + COVERED : plain] = quantity;
  }
  if (JSON.stringify(charges) !== JSON.stringify(row.charges)) entities(at.db, "webacl").edit(entityId(row.Scope, row.Name)).charges = charges;
}

/** After a change of who protects a resource. */
export function settleResource(at: At, resource: string): void {
  const db = wafDb(at, resource);
  settleWebAcl({ db }, associations(db).get(resource)?.WebACLArn);
}

/** After a subscription's beginning or end: protections outlive it. */
export const settleAll = (at: At): void => protections(at.db).all().forEach(({ ResourceArn }) => settleResource(at, ResourceArn));
