import type { Db } from "../types";
import { readEntityArn } from "./names";
import { type Entity, associations, entities, foreignUses } from "./state";

/**
 * ARNs of what uses an entity, which so cannot be deleted: rule groups and web ACLs that refer to it, of other accounts too where
 * a rule group is shared; resources that a web ACL protects. Source: WAFV2 API Reference, WAFAssociatedItemException.
 */
export function users(db: Db, { ARN }: Pick<Entity, "ARN">): string[] {
  const referring = [...entities(db, "webacl").all(), ...entities(db, "rulegroup").all()].filter(({ references }) => references.includes(ARN));
  return [...referring.map((row) => row.ARN), ...foreignUses(db).having("group", ARN).map(({ user }) => user), ...associations(db).having("WebACLArn", ARN).map(({ ResourceArn }) => ResourceArn)];
}

/** Notes with the rule groups of other accounts who uses them now, and who does no more: a search through all accounts would miss those of other organizations. */
export function noteUses(db: Db, user: string, before: readonly string[], after: readonly string[]): void {
  const account = readEntityArn(user)?.account;
  for (const group of new Set([...before, ...after])) {
    const named = readEntityArn(group);
    if (named?.kind !== "rulegroup" || named.account === account) continue;
    const table = foreignUses(db.at({ account: named.account, region: named.region }));
    if (after.includes(group)) table.put(`${group}\0${user}`, { group, user });
    else table.delete(`${group}\0${user}`);
  }
}
