import type { Db } from "../types";
import { type Entity, associations, entities } from "./state";

/**
 * ARNs of what uses an entity, which so cannot be deleted: rule groups and web ACLs that refer to it, resources that a web
 * ACL protects. Source: WAFV2 API Reference, WAFAssociatedItemException.
 */
export function users(db: Db, { ARN }: Pick<Entity, "ARN">): string[] {
  const referring = [...entities(db, "webacl").all(), ...entities(db, "rulegroup").all()].filter(({ references }) => references.includes(ARN));
  return [...referring.map((row) => row.ARN), ...associations(db).having("WebACLArn", ARN).map(({ ResourceArn }) => ResourceArn)];
}
