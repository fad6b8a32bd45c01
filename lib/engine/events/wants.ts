import { CALL, SERVICE_EVENT, wantsOf } from "../cloudtrail/to-events";
import { models } from "../models";
import { accounts } from "../regions";
import { seldomNames } from "../seldom-names";
import type { Context } from "../types";
import { couldBe } from "./pattern/match";
import { DEFAULT, type RuleRow, rules } from "./state";

/** Whether CloudTrail's records could match a rule; AWS sends them to the default bus alone. */
const couldMatch = ({ bus, State, EventPattern }: Readonly<RuleRow>): boolean =>
  bus === DEFAULT && State !== "DISABLED" && EventPattern !== undefined && couldBe(EventPattern, { source: sources(), "detail-type": [CALL, SERVICE_EVENT] });

/** Every service that this lab has, loaded or not. */
const sources = (): string[] => [...new Set([...Object.keys(models), ...seldomNames])].map((service) => `aws.${service}`);

/** Says whether any rule of this place could want what CloudTrail records: asked after every change of rules. */
export function noteWants(ctx: Context): void {
  const wanting = rules(ctx.db).all().filter(couldMatch);
  const table = wantsOf(ctx.db.at({ account: accounts[0], region: "global" }));
  const place = `${ctx.account} ${ctx.region}`;
  const all = wanting.some(({ State }) => State === "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS");
  const known = table.get(place);
  if (!wanting.length) known && table.delete(place);
  else if (known?.all !== all) table.put(place, { all });
}
