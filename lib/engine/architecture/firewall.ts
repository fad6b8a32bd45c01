import { locate } from "../traffic/addresses";
import type { TrafficRequest } from "../traffic/traffic";
import { type CompiledWebAcl, compile } from "../wafv2/inspect/compile";
import type { RateRuleState } from "../wafv2/inspect/rate-state";
import type { InspectionResult } from "../wafv2/inspect/result";
import { wafRequest } from "../wafv2/requests/sent";
import { model } from "./model";
import { rateRuleName, shapeOf, shieldRuleName, webAclOf } from "./web-acl";

/** AWS WAF with its rates, and Shield Advanced's automatic application layer mitigation, which writes a rule into the web ACL. */

export interface FirewallOptions {
  rate: boolean;
  managed: boolean;
  advanced: boolean;
  scope: "CLOUDFRONT" | "REGIONAL";
}

export interface FirewallEvent {
  at: number;
  what: "RATE_LIMITED" | "FLOOD_DETECTED" | "RULE_PLACED";
  detail: string;
}

interface SecondCount {
  requests: number;
  shapes: Map<string, number>;
}

export class Firewall {
  readonly events: FirewallEvent[] = [];
  /** The first request that a rule stopped, with its whole way through the rules. */
  first: { webACL: string; requestId: string; result: InspectionResult } | undefined;
  readonly rules: number;
  #compiled: CompiledWebAcl;
  readonly #rates: Record<string, RateRuleState> = {};
  readonly #usual = new Map<string, number>();
  #usualRequests = 0;
  #now: SecondCount = { requests: 0, shapes: new Map() };
  readonly #recent: SecondCount[] = [];
  #over = 0;
  #placeAt: number | undefined;
  #detected = false;

  /** Undefined: no rule is wanted, and so there is no web ACL, and nothing that Shield Advanced could write into. */
  static of(options: FirewallOptions): Firewall | undefined {
    const acl = webAclOf(options);
    return acl && new Firewall(options, acl);
  }

  private constructor(readonly options: FirewallOptions, acl: NonNullable<ReturnType<typeof webAclOf>>) {
    this.#compiled = compile(acl, { locate });
    this.rules = acl.Rules!.length;
  }

  /** The name of the rule that stops it; undefined: it may pass. */
  stops({ message, client }: TrafficRequest, timestamp: number, sec: number, weight: number): string | undefined {
    this.#now.requests += weight;
    if (this.options.advanced) {
      const shape = shapeOf(message.uri);
      this.#now.shapes.set(shape, (this.#now.shapes.get(shape) ?? 0) + weight);
    }
    const request = wafRequest(message, client, { source: this.options.scope === "CLOUDFRONT" ? "CLOUDFRONT" : "ALB", timestamp });
    const result = this.#compiled.inspect(request, { rates: this.#rates });
    if (result.action === "ALLOW") return undefined;
    this.first ??= { webACL: this.#compiled.webAcl.ARN, requestId: `second-${sec}`, result: this.#compiled.inspect(request, { rates: structuredClone(this.#rates), walk: true }) };
    if (result.terminatingRuleId === rateRuleName && !this.events.some(({ what }) => what === "RATE_LIMITED")) this.events.push({ at: sec, what: "RATE_LIMITED", detail: `The rule ${rateRuleName} begins to block the first address.` });
    return result.ruleWithinGroup === undefined ? result.terminatingRuleId : `${result.terminatingRuleId}/${result.ruleWithinGroup}`;
  }

  /** At the end of a second: Shield Advanced compares with what is usual. */
  endSecond(sec: number): void {
    if (!this.options.advanced) return;
    const done = this.#now;
    this.#now = { requests: 0, shapes: new Map() };
    if (sec < model.baselineSec.value) {
      this.#usualRequests += done.requests;
      for (const [shape, count] of done.shapes) this.#usual.set(shape, (this.#usual.get(shape) ?? 0) + count);
      return;
    }
    this.#recent.push(done);
    if (this.#recent.length > model.floodSec.value) this.#recent.shift();
    // A few seconds together: single ones vary.
    const last = this.#recent.slice(-10);
    const rate = last.reduce((sum, { requests }) => sum + requests, 0) / last.length;
    this.#over = rate > (model.floodFactor.value * this.#usualRequests) / model.baselineSec.value ? this.#over + 1 : 0;
    if (!this.#detected && this.#over >= model.floodSec.value) {
      this.#detected = true;
      this.#placeAt = sec + 1 + model.placingSec.value;
      this.events.push({ at: sec + 1, what: "FLOOD_DETECTED", detail: `Shield Advanced sees a flood of requests: more than ${model.floodFactor.value} times as many as usual, for ${model.floodSec.value} s.` });
    }
    if (this.#placeAt === sec + 1) this.#place(sec + 1);
  }

  /** The shape that has grown most and is next to never used by users. */
  #place(sec: number): void {
    const counts = new Map<string, number>();
    for (const { shapes } of this.#recent) for (const [shape, count] of shapes) counts.set(shape, (counts.get(shape) ?? 0) + count);
    const usual = (shape: string): number => (this.#usualRequests ? (this.#usual.get(shape) ?? 0) / this.#usualRequests : 0);
    const [most] = [...counts].filter(([shape]) => usual(shape) < model.harmlessShare.value).sort((a, b) => b[1] - a[1]);
    const acl = most && webAclOf({ ...this.options, shape: most[0] });
    if (!acl) return;
    this.#compiled = compile(acl, { locate });
    this.events.push({ at: sec, what: "RULE_PLACED", detail: `Shield Advanced puts the rule ${shieldRuleName} into the web ACL: it blocks requests for ${most[0].replace(/\?$/, "").replaceAll("&", " and ").replace("?", " with the argument ")}.` });
  }
}
