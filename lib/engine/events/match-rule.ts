import { CALL, isReading } from "../cloudtrail/to-events";
import type { CloudEvent } from "../types";
import { eventJson } from "./input";
import { compile } from "./pattern/compile";
import { explain } from "./pattern/match";
import type { RuleRow } from "./state";

export interface RuleMatch {
  matched: boolean;
  /** Why it was not even asked. */
  remark?: string;
  branches: ReturnType<typeof explain>["branches"];
}

/** Whether a rule wants an event, with the reasons. */
export function matchOf(rule: Readonly<RuleRow>, event: Readonly<CloudEvent>): RuleMatch {
  if (rule.State === "DISABLED") return { matched: false, remark: "it is disabled", branches: [] };
  if (rule.State === "ENABLED" && event["detail-type"] === CALL && isReading(String(event.detail.eventName)))
    return { matched: false, remark: "the call only reads, and the rule’s state is ENABLED: only ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS wants such calls", branches: [] };
  const compiled = compile(rule.EventPattern ?? "");
  if (!compiled.ok) return { matched: false, remark: compiled.reason, branches: [] };
  return explain(compiled.pattern, eventJson(event));
}
