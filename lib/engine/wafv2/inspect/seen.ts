import type { Parts } from "./parts";
import type { Reading } from "./fields";
import type { RateRuleState } from "./rate-state";
import type { WafRequest } from "./request";
import type { AddedLabel, ActionName, GroupResult, MatchDetail, RateMatch, RuleMatch, StatementWalk } from "./result";

/** One request on its way through the rules: what was read of it and what rules have added. */
export class Seen {
  readonly request: WafRequest;
  /** By slot of the compiled sources. */
  readonly raw: (Reading | undefined)[];
  readonly turned: (Reading | undefined)[];
  /** Labels that later rules see. */
  readonly labels: AddedLabel[] = [];
  readonly labelNames = new Set<string>();
  /** Labels of the rule at work (geo's): seen from the next rule on. */
  pending: string[] = [];
  /** A forwarded address's header is missing: the rule is not applied. */
  notApplied = false;
  /** An ASN statement was asked: the log names the client's. */
  asnAsked = false;
  details: MatchDetail[] = [];
  readonly rates: RateMatch[] = [];
  readonly counted: RuleMatch[] = [];
  readonly groups: GroupResult[] = [];
  readonly inserted = new Map<string, string>();

  constructor(readonly parts: Parts, slots: number, readonly wantDetails: boolean, readonly rateStates: Record<string, RateRuleState>, readonly exactRates: boolean, readonly recordRates = false) {
    this.request = parts.request;
    this.raw = Array<undefined>(slots);
    this.turned = Array<undefined>(slots);
  }

  addLabel(name: string, action: ActionName): void {
    if (this.labelNames.has(name)) return;
    this.labelNames.add(name);
    this.labels.push({ name, action });
  }
}

/** A compiled statement: `test` decides, `explain` decides the same and says how. */
export interface Node {
  test(seen: Seen): boolean;
  explain(seen: Seen): StatementWalk;
}
