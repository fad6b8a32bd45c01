import type { Ask } from "../../frame/use-load";
import type { Rule } from "../event-types";
import { loadTargets } from "../load-events";

type Named = Pick<Rule, "Name" | "EventBusName">;

export async function setRuleStates(ask: Ask, rules: readonly Named[], on: boolean): Promise<void> {
  for (const { Name, EventBusName } of rules) await ask("events", on ? "EnableRule" : "DisableRule", { Name, EventBusName });
}

/** A rule goes only without targets: they are taken off first, as AWS's console does. */
export async function deleteRules(ask: Ask, rules: readonly Named[]): Promise<void> {
  for (const { Name, EventBusName } of rules) {
    const Ids = (await loadTargets(ask, EventBusName, Name)).map(({ Id }) => Id);
    if (Ids.length) await ask("events", "RemoveTargets", { Rule: Name, EventBusName, Ids });
    await ask("events", "DeleteRule", { Name, EventBusName });
  }
}
