"use client";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { WebAclRow } from "@/lib/engine/wafv2/state";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { GoLink } from "../../frame/place";
import { useMutation } from "../../frame/use-mutation";
import { loadWebAcl } from "../load-waf";
import { thingPath } from "../place-of";
import { actionOf, actionWords } from "../rule/words";
import { inOrder } from "../rule/shape";
import { saveHolder } from "../shared/holders";
import type { Rule, Scope } from "../waf-types";
import { rateRuleWords, type RateRule } from "./model";
import type { StreamRecords } from "./use-stream";

/** What a rate-based rule counts by, in the plural. */
export function rateRulesOf(acl: Readonly<WebAclRow> | undefined): RateRule[] {
  return (acl?.Rules ?? []).flatMap(({ Name, Statement: { RateBasedStatement: rate }, Action }) => {
    if (!rate) return [];
    const things = rate.AggregateKeyType === "IP" || rate.AggregateKeyType === "FORWARDED_IP" ? "addresses" : rate.AggregateKeyType === "CONSTANT" ? "counts" : "keys";
    return [{ name: Name, action: Object.keys(Action ?? {})[0] ?? "Block", things, limit: rate.Limit, windowSec: rate.EvaluationWindowSec ?? 300 }];
  });
}

/** The web ACL's rules, to be turned from blocking to counting and back while traffic comes. */
export function RulesPanel({ acl, stream, onChanged }: { acl: Readonly<WebAclRow>; stream: StreamRecords; onChanged(): void }) {
  const { busy, refused, run, clear } = useMutation();
  const scope = acl.Scope as Scope;
  const rates = rateRulesOf(acl);
  const turn = (name: string, action: "Block" | "Count") =>
    run(async (ask) => {
      const holder = await loadWebAcl(ask, scope, acl);
      await saveHolder(ask, "WEB_ACL", scope, holder, { Rules: (holder.Rules ?? []).map((rule) => (rule.Name === name ? { ...rule, Action: { [action]: {} } } : rule)) } as never);
    }).then(onChanged);
  if (!acl.Rules.length) return <>No rules: every request gets the default action.</>;
  return (
    <SpaceBetween size="xs">
      {refused && <AwsErrorNote refused={refused} onDismiss={clear} />}
      <div data-testid="traffic-rules">
        {inOrder(acl.Rules as unknown as Rule[]).map((rule) => {
          const action = rule.Action && actionOf(rule.Action);
          const other = action === "Block" ? "Count" : action === "Count" ? "Block" : undefined;
          const rate = rates.find(({ name }) => name === rule.Name);
          return (
            <div key={rule.Name} className="traffic-rule" data-rule={rule.Name}>
              <div>
                <GoLink to={thingPath("web-acls", scope, acl, "rules", rule.Name)}>{rule.Name}</GoLink>
                {": "}
                {action ? actionWords[action].label : "a rule group"}
                {rate && <div data-testid="rate-rule-words">{rateRuleWords(rate, stream.position.limited[rule.Name] ?? 0, stream.totals.marks)}</div>}
              </div>
              {other && (
                <Button disabled={busy} onClick={() => void turn(rule.Name, other)} ariaLabel={`Set ${rule.Name} to ${actionWords[other].label}`} data-testid={`turn-${rule.Name}`}>
                  Set to {actionWords[other].label}
                </Button>
              )}
            </div>
          );
        })}
      </div>
    </SpaceBetween>
  );
}
