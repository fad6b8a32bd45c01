import { type Ask, unless } from "../../frame/use-load";
import { permit } from "./permits";
import { type RuleDraft, ruleInput } from "./rule-draft";
import { arnOf, type TargetDraft, targetInput } from "./target-draft";

export interface Place {
  account: string;
  region: string;
  /** For the names of roles that are made. */
  random(count: number): Uint8Array;
}

/** Log groups and queues that are not there yet; one that is there by now is as good. */
async function make(ask: Ask, { kind, choice, made }: TargetDraft): Promise<void> {
  if (choice !== "new") return;
  if (kind === "logs") await ask("logs", "CreateLogGroup", { logGroupName: made.trim() }).catch(unless("ResourceAlreadyExistsException"));
  if (kind === "sqs") await ask("sqs", "CreateQueue", { QueueName: made.trim() });
}

/** The role that AWS's console makes for a bus that a rule sends to. Source: EventBridge User Guide, Sending events between event buses. */
async function makeRole(ask: Ask, draft: TargetDraft, { account, region, random }: Place): Promise<string | undefined> {
  if (draft.kind !== "bus" || draft.roleChoice !== "new") return undefined;
  const number = [...random(10)].map((byte) => byte % 10).join("");
  const RoleName = `Amazon_EventBridge_Invoke_Event_Bus_${number}`;
  const { Role } = await ask<{ Role: { Arn: string } }>("iam", "CreateRole", {
    RoleName,
    Path: "/service-role/",
    AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Action: "sts:AssumeRole" }] }),
  });
  await ask("iam", "PutRolePolicy", {
    RoleName,
    PolicyName: RoleName,
    PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Sid: "ActionsForResource", Effect: "Allow", Action: "events:PutEvents", Resource: arnOf(draft, { account, region }) }] }),
  });
  return Role.Arn;
}

/**
 * Saves a rule and what belongs to it, in the order that AWS's console has: the rule, what it sends to, who lets it in, its
 * targets. `before`: Ids of the targets that it had.
 */
export async function saveRule(ask: Ask, draft: RuleDraft, place: Place, before: readonly string[] | undefined): Promise<void> {
  const { RuleArn } = await ask<{ RuleArn: string }>("events", "PutRule", ruleInput(draft, before === undefined));
  const rule = { name: draft.name.trim(), arn: RuleArn };
  const of = { Rule: rule.name, EventBusName: draft.bus };
  const gone = (before ?? []).filter((id) => !draft.targets.some((target) => target.id === id));
  if (gone.length) await ask("events", "RemoveTargets", { ...of, Ids: gone });
  const inputs = [];
  for (const target of draft.targets) {
    await make(ask, target);
    const role = await makeRole(ask, target, place);
    await permit(ask, rule, target, place);
    inputs.push(targetInput(target, place, role));
  }
  if (inputs.length) await ask("events", "PutTargets", { ...of, Targets: inputs });
}
