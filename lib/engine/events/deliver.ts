import type { CloudEvent, Context } from "../types";
import { inputFor } from "./input";
import { type Outcome, invoke, sendDeadLetter } from "./invoke";
import { matchOf } from "./match-rule";
import { ruleArn } from "./names";
import { DEFAULT, type DeliveryRow, type DeliveryState, type RuleRow, type TargetRow, deliveries, log, rules, targets, targetsOf } from "./state";
import { asTarget } from "./target-kinds";

/**
 * From an event to targets: each rule of the bus is asked, and each target of one that matches is sent what it wants. What goes
 * wrong and may go right another time is tried again, later and later.
 * Sources: EventBridge User Guide, Debugging event delivery; How EventBridge retries delivering events.
 */

const defaults = { attempts: 185, ageSeconds: 86_400 };
/** AWS names no times; so that 185 of them fill a day, the longest is about eight minutes. */
const waits = { first: 1_000, most: 480_000 };

/** AWS lets rules go round for ever, and charges; a lab stops when so many events have each caused the next. */
export const mostChain = 16;

/** Rules that do not match are explained in the trace, but not more than these. */
const mostExplained = 50;
/** Deliveries that are kept for looking at. */
const mostKept = 1_000;

/** The job: an event that came in is held against the rules of its bus. */
export function deliverEvent({ event: key }: { event: string }, ctx: Context): void {
  const event = log(ctx.db).get(key);
  if (!event) return;
  const bus = event.bus ?? DEFAULT;
  let unmatched = 0;
  for (const id of rules(ctx.db).ids({ prefix: `${bus}\0` })) {
    const rule = rules(ctx.db).get(id)!;
    if (rule.EventPattern === undefined) continue;
    const trace = matchOf(rule, event);
    if (trace.matched || ++unmatched <= mostExplained) ctx.note({ kind: "match", rule: ruleArn(ctx, bus, rule.Name), ...trace });
    if (trace.matched) sendToAll(ctx, rule, event, key);
  }
  if (unmatched > mostExplained) ctx.note({ kind: "check", what: "other rules", ok: false, detail: `${unmatched - mostExplained} more rules do not match it either` });
}

/** `runs`: a scheduled run that stands for so many. */
export function sendToAll(ctx: Context, rule: Readonly<RuleRow>, event: Readonly<CloudEvent>, key: string, runs = 1): void {
  for (const target of targetsOf(ctx.db, rule)) {
    const input = inputFor(asTarget(target), event, { arn: ruleArn(ctx, rule.bus, rule.Name), name: rule.Name }, ctx.now);
    const row: DeliveryRow = { event: key, rule: ruleArn(ctx, rule.bus, rule.Name), target: target.Id, arn: target.Arn, state: "delivered", attempts: 0, first: ctx.now, last: ctx.now, ...(runs > 1 ? { runs } : {}) };
    attempt(ctx, rule, target, event, input, row);
  }
}

const deliveryId = (row: DeliveryRow, rule: Readonly<RuleRow>): string => `${row.event}\0${rule.bus}\0${rule.Name}\0${row.target}`;

/** One attempt, and what follows from it. */
function attempt(ctx: Context, rule: Readonly<RuleRow>, target: Readonly<TargetRow>, event: Readonly<CloudEvent>, input: string, row: DeliveryRow): void {
  row.attempts++;
  row.last = ctx.now;
  delete row.pending;
  const outcome: Outcome = ctx.chain > mostChain
    ? { ok: false, code: "LOOP", message: `Each of the last ${mostChain} events was caused by the one before it. AWS would go on, and charge for all of them; Keyhole stops here.`, ours: true }
    : invoke(ctx, rule, target, event, input);
  if (outcome.ok) {
    row.state = "delivered";
    delete row.code;
    delete row.message;
  } else {
    row.code = outcome.code;
    row.message = outcome.message;
    row.state = failed(ctx, rule, target, event, input, row, outcome);
  }
  ctx.note({ kind: "check", what: `the target ${target.Id} got it`, ok: outcome.ok, detail: outcome.ok ? `attempt ${row.attempts}` : `${outcome.message} (${words[row.state]})` });
  keep(ctx, deliveryId(row, rule), row);
}

const words: Record<DeliveryState, string> = {
  delivered: "delivered", retrying: "it is tried again", "dead-letter": "the event went to the dead-letter queue", dropped: "the event is dropped", stopped: "stopped by Keyhole",
};

function failed(ctx: Context, rule: Readonly<RuleRow>, row: Readonly<TargetRow>, event: Readonly<CloudEvent>, input: string, delivery: DeliveryRow, outcome: Extract<Outcome, { ok: false }>): DeliveryState {
  if (outcome.ours) return "stopped";
  const target = asTarget(row);
  const { MaximumRetryAttempts = defaults.attempts, MaximumEventAgeInSeconds = defaults.ageSeconds } = target.RetryPolicy ?? {};
  const due = ctx.now + Math.min(waits.most, waits.first * 2 ** Math.min(20, delivery.attempts - 1));
  const exhausted = delivery.attempts > MaximumRetryAttempts ? "MaximumRetryAttempts" : due - delivery.first > MaximumEventAgeInSeconds * 1000 ? "MaximumEventAgeInSeconds" : undefined;
  if (outcome.retry && !exhausted) {
    delivery.pending = { event: { ...event }, input };
    const id = deliveryId(delivery, rule);
    ctx.schedule({ id: `retry ${id}`, due, kind: "EventRetry", args: { id, Rule: rule.Name } });
    return "retrying";
  }
  if (target.DeadLetterConfig?.Arn === undefined) return "dropped";
  const sent = sendDeadLetter(ctx, rule, target, event, { code: outcome.code, message: outcome.message, attempts: delivery.attempts, ...(outcome.retry ? { exhausted } : {}) });
  if (sent.ok) return "dead-letter";
  delivery.message = `${outcome.message} The dead-letter queue did not take it either: ${sent.message}`;
  return "dropped";
}

/** The job: another attempt. A rule or target that is gone meanwhile gets nothing more. */
export function retryEvent({ id }: { id: string }, ctx: Context): void {
  const row = deliveries(ctx.db).get(id);
  if (!row?.pending) return;
  const [, bus, name, target] = id.split("\0");
  const rule = rules(ctx.db).get(`${bus}\0${name}`);
  const to = targets(ctx.db).get(`${bus}\0${name}\0${target}`);
  if (!rule || !to) {
    const gone = deliveries(ctx.db).edit(id);
    gone.state = "dropped";
    gone.message = "The rule or its target is gone.";
    delete gone.pending;
    return;
  }
  const { event, input } = row.pending;
  attempt(ctx, rule, to, event, input, structuredClone(row) as DeliveryRow);
}

function keep(ctx: Context, id: string, row: DeliveryRow): void {
  const table = deliveries(ctx.db);
  table.put(id, row);
  if (table.size <= mostKept) return;
  for (const oldest of table.ids({ limit: table.size - mostKept + 1 })) if (oldest !== id && table.get(oldest)!.state !== "retrying") table.delete(oldest);
}
