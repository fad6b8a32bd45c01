import { toBase64, utf8 } from "../crypto/bytes";
import type { Context, JsonObject } from "../types";
import { findByArn, readEntityArn } from "../wafv2/names";
import { PREFIX, shieldItself, visible, webAclOf } from "./automatic-response";
import { type AttackRow, attacks, protections } from "./state";

/**
 * What Shield writes into its rule group while requests flood a resource that has automatic mitigation: rules that know the attack's
 * requests, and block or count them as the protection says. They go when the attack has ended. What AWS takes for an attack's signature
 * is not public: here it is the URL and the user agent that most of its requests have.
 * Source: AWS WAF Developer Guide, "How Shield Advanced manages automatic mitigation".
 */

/** Of attacks at one time on one web ACL, so that the rules stay within the group's 150 units. */
const mostRules = 30;

const top = ({ AttackProperties }: Readonly<AttackRow>, identifier: string): string | undefined =>
  (AttackProperties.find(({ AttackPropertyIdentifier }) => AttackPropertyIdentifier === identifier)?.TopContributors as { Name?: string }[] | undefined)?.[0]?.Name;

const is = (FieldToMatch: JsonObject, text: string): JsonObject => ({
  ByteMatchStatement: { SearchString: toBase64(utf8(text)), FieldToMatch, PositionalConstraint: "EXACTLY", TextTransformations: [{ Priority: 0, Type: "NONE" }] },
});

/** A rule against one attack; none where its requests cannot be told from others. */
function ruleAgainst(attack: Readonly<AttackRow>, Action: JsonObject, Priority: number): JsonObject[] {
  const [path, agent] = [top(attack, "DESTINATION_URL"), top(attack, "SOURCE_USER_AGENT")];
  if (path === undefined || agent === undefined || agent === "") return [];
  const Name = `attack_${attack.AttackId}`;
  return [{ Name, Priority, Action, Statement: { AndStatement: { Statements: [is({ UriPath: {} }, path), is({ SingleHeader: { Name: "user-agent" } }, agent)] } }, VisibilityConfig: visible(Name) }];
}

/** Brings the rules of Shield's group in this web ACL in line with the attacks that go on, and with what the protections say. */
export function mitigate(ctx: Context, acl: string | undefined): void {
  const named = acl === undefined ? undefined : readEntityArn(acl);
  if (!named) return;
  const db = ctx.db.at({ service: "wafv2", region: named.region });
  const arn = findByArn({ db }, acl!, "webacl")?.Rules.find(({ Name }) => Name.startsWith(PREFIX))?.Statement.RuleGroupReferenceStatement?.ARN;
  const group = arn === undefined ? undefined : findByArn({ db }, arn, "rulegroup");
  if (!group) return;
  const watched = protections(ctx.db).all().filter(({ ResourceArn, automatic }) => automatic?.Status === "ENABLED" && webAclOf(ctx, ResourceArn) === acl);
  const Rules = watched
    .flatMap(({ ResourceArn, automatic }) => attacks(ctx.db).having("ResourceArn", ResourceArn).filter(({ EndTime }) => EndTime === undefined).map((attack) => ({ attack, action: automatic!.Action })))
    .flatMap(({ attack, action }, at) => ruleAgainst(attack, structuredClone(action), at))
    .slice(0, mostRules);
  if (!Rules.length && !group.Rules.length) return;
  const { Name, Id, Scope, LockToken } = group;
  ctx.call("wafv2", "UpdateRuleGroup", { Name, Id, Scope, LockToken, Rules, VisibilityConfig: visible(Name) }, { as: shieldItself, region: named.region });
}
