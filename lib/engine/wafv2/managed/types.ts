import type { ManagedStatement } from "../inspect/statement";
import type { WafRequest } from "../inspect/request";

/** A managed rule group as data. Names, labels and actions are AWS's; what a rule looks for inside is Keyhole's own. */

export interface ManagedRule {
  name: string;
  /** AWS's default action. Block unless given. */
  action?: "Count" | "Block" | "Challenge" | "Captcha";
  /** Without the group's prefix; its first is the rule's own. */
  labels: string[];
  statement: ManagedStatement;
  /** Further labels of a matching request, without the prefix. */
  more?(request: WafRequest): string[];
}

export interface ManagedRuleGroup {
  vendor: string;
  name: string;
  capacity: number;
  /** `awswaf:managed:aws:core-rule-set:`, as DescribeManagedRuleGroup answers it. */
  labelNamespace: string;
  description: string;
  /** Oldest first; the last is the default. None: the group has no versions. */
  versions: string[];
  rules: ManagedRule[];
  /** Why the group is listed and not run. */
  listedOnly?: string;
  /** A web ACL must give it a configuration. */
  needsConfig?: boolean;
  /** Labels that the group adds before its rules, fully qualified. */
  before?(request: WafRequest): string[];
}
