import type { GroupRule } from "../../shield/estate/state";
import { parseBlock } from "../../wafv2/inspect/ip";

/** Comparing rules of security groups. Source: AWS WAF Developer Guide, "Using content audit security group policies with Firewall Manager". */

const isAll = (protocol: string): boolean => protocol === "-1" || protocol === "all";

const ports = ({ FromPort, ToPort, Protocol }: GroupRule): [number, number] => (isAll(Protocol) || FromPort === undefined || FromPort < 0 ? [0, 65_535] : [FromPort, ToPort ?? FromPort]);

/** Whether everything that `inner` lets through, `outer` lets through too. Prefix lists and other groups are compared by their names. */
export function isWithin(inner: GroupRule, outer: GroupRule): boolean {
  if (inner.Direction !== outer.Direction || (!isAll(outer.Protocol) && outer.Protocol !== inner.Protocol)) return false;
  const [[from, to], [low, high]] = [ports(inner), ports(outer)];
  if (from < low || to > high) return false;
  const [small, big] = [parseBlock(inner.Cidr), parseBlock(outer.Cidr)];
  if (!small || !big || typeof small.low !== typeof big.low) return inner.Cidr === outer.Cidr;
  return small.low >= big.low && small.high <= big.high;
}

/** Whether anything passes by both rules. */
export function overlaps(one: GroupRule, other: GroupRule): boolean {
  if (one.Direction !== other.Direction || (one.Protocol !== other.Protocol && !isAll(one.Protocol) && !isAll(other.Protocol))) return false;
  const [[from, to], [low, high]] = [ports(one), ports(other)];
  if (from > high || to < low) return false;
  const [a, b] = [parseBlock(one.Cidr), parseBlock(other.Cidr)];
  if (!a || !b || typeof a.low !== typeof b.low) return one.Cidr === other.Cidr;
  return a.low <= b.high && a.high >= b.low;
}

/** A rule as text, so that two groups with the same rules in another order are the same. */
const textOf = (rule: GroupRule): string => [rule.Direction, isAll(rule.Protocol) ? "-1" : rule.Protocol, ...ports(rule), rule.Cidr].join(" ");
export const fingerprint = (rules: readonly GroupRule[] = []): string => [...new Set(rules.map(textOf))].sort().join("\n");
