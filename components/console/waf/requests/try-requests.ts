import type { AwsError, JsonObject } from "@/lib/engine/types";
import type { InspectionResult } from "@/lib/engine/wafv2/inspect/result";
import type { Rule, RuleAction } from "@/lib/engine/wafv2/inspect/types";
import { labRequest } from "@/lib/engine/wafv2/requests/sent";
import type { SavedRequest } from "@/lib/engine/wafv2/requests/saved";
import type { Client, HttpMessage } from "@/lib/engine/wafv2/requests/types";
import type { Verdict, VerdictOutcome } from "@/lib/engine/wafv2/requests/verdict";
import type { LabCopy } from "../../frame/lab";
import { regionOf } from "../place-of";
import { rulesInput, updateInput } from "../shared/holders";
import type { WebAcl } from "../waf-types";
import type { AclRef } from "./place";

/** Requests tried against a web ACL on a copy of the lab: as it is, or as an edit would leave it. Nothing stays of it. */

export type Tried = Verdict;
export type ToTry = Pick<SavedRequest, "id" | "message" | "client">;

/** What would be saved; rules as they are shown. */
export interface Edit {
  rules: readonly Rule[];
  action: RuleAction;
}

export interface Trial {
  /** `ResourceType` of what receives them; absent: what the web ACL's scope suggests. */
  resourceType?: string;
  edit?: Edit;
}

export type Answer<T> = { ok: true; value: T } | { ok: false; error: AwsError };

/** Requests of one call: enough to be quick, few enough for the page to draw in between. */
const atOnce = 25;

/** Saves the edit in the copy; the answer is the web ACL's ARN. An edit that AWS WAF would refuse is refused here in its words. */
async function prepared(copy: LabCopy, { scope, Name, Id }: AclRef, edit: Edit | undefined): Promise<Answer<string>> {
  const region = regionOf(scope);
  const got = await copy.call("wafv2", "GetWebACL", { Name, Id, Scope: scope }, region);
  if (!got.ok) return got;
  const acl = { ...(got.output.WebACL as unknown as WebAcl), LockToken: got.output.LockToken as string };
  if (edit) {
    const saved = await copy.call("wafv2", "UpdateWebACL", updateInput("WEB_ACL", scope, acl, { ...rulesInput(edit.rules), DefaultAction: edit.action as unknown as JsonObject }), region);
    if (!saved.ok) return saved;
  }
  return { ok: true, value: acl.ARN };
}

interface Outcome {
  Verdict: VerdictOutcome;
  Action: Verdict["action"];
  DecidedBy: { Rule: string; Within?: string };
  CountedBy: { Rule: string; Within?: string }[];
}
const named = ({ Rule: rule, Within: within }: Outcome["DecidedBy"]): Verdict["decided"] => ({ rule, ...(within !== undefined && { within }) });
const triedOf = ({ Verdict: outcome, Action: action, DecidedBy, CountedBy }: Outcome): Tried => ({ outcome, action, decided: named(DecidedBy), counted: CountedBy.map(named) });

const input = (arn: string, { resourceType }: Trial, requests: JsonObject[]): JsonObject => ({ WebACLArn: arn, ...(resourceType && { ResourceType: resourceType }), Requests: requests });

/** A turn for the page, before more is done. */
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** All requests, each alone, by id. `progress` is told how many are done; when it answers false, the work ends with undefined. */
export async function trySet(copy: LabCopy, acl: AclRef, trial: Trial, requests: readonly ToTry[], sender: Client, progress: (done: number) => boolean): Promise<Answer<Map<string, Tried>> | undefined> {
  const ready = await prepared(copy, acl, trial.edit);
  if (!ready.ok) return ready;
  const tried = new Map<string, Tried>();
  for (let at = 0; at < requests.length; at += atOnce) {
    if (!progress(at)) return undefined;
    const some = requests.slice(at, at + atOnce);
    const reply = await copy.call("traffic", "TryRequests", input(ready.value, trial, some.map(({ message, client = sender }) => labRequest(message, client))), regionOf(acl.scope));
    if (!reply.ok) return reply;
    for (const [nth, outcome] of (reply.output.Outcomes as unknown as Outcome[]).entries()) tried.set(some[nth].id, triedOf(outcome));
    await pause();
  }
  return progress(requests.length) ? { ok: true, value: tried } : undefined;
}

/** One request, with its way through the rules. */
export async function tryOne(copy: LabCopy, acl: AclRef, trial: Trial, message: HttpMessage, client: Client): Promise<Answer<InspectionResult>> {
  const ready = await prepared(copy, acl, trial.edit);
  if (!ready.ok) return ready;
  const reply = await copy.call("traffic", "TryRequests", { ...input(ready.value, trial, [labRequest(message, client)]), Walk: true }, regionOf(acl.scope));
  if (!reply.ok) return reply;
  const step = reply.trace.steps.find((each) => each.kind === "inspection");
  if (step?.kind !== "inspection") throw new Error("TryRequests noted no inspection.");
  return { ok: true, value: step.result };
}
