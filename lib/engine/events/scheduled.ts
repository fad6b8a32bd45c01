import { logEvent } from "../event-log";
import type { CloudEvent, Context } from "../types";
import { sendToAll } from "./deliver";
import { ruleArn } from "./names";
import { type Schedule, countTimes, lastTime, nextTime, parseSchedule } from "./schedule";
import { DEFAULT, type RuleRow, ruleId, rules } from "./state";

/**
 * Rules that run by the clock. Where the lab's clock goes far ahead, a rule would run more often than anybody can look at: then
 * the run at the beginning and those at the end are made one by one, and one run in between stands for all the others. It
 * says so, in the trace and where deliveries are shown.
 */

/** So many runs at the end of a move of the clock are made one by one. */
export const mostRuns = 12;

const jobId = (name: string): string => `schedule ${name}`;

export const unscheduleRule = (ctx: Context, { Name, ScheduleExpression }: Readonly<RuleRow>): void => {
  if (ScheduleExpression !== undefined) ctx.unschedule(jobId(Name));
};

/** Puts a rule's next run down; takes it away where there is none any more. */
export function scheduleNext(ctx: Context, row: Readonly<RuleRow>): void {
  const schedule = row.State === "DISABLED" || row.ScheduleExpression === undefined ? undefined : parseSchedule(row.ScheduleExpression);
  const due = schedule && nextTime(schedule, ctx.now, row.anchor);
  if (due === undefined) ctx.unschedule(jobId(row.Name));
  else ctx.schedule({ id: jobId(row.Name), due, kind: "ScheduledRule", args: { Rule: row.Name }, chain: 0 });
}

/** The run after this one, and for how many it stands. */
function nextRun(ctx: Context, schedule: Schedule, anchor: number): { due: number; runs: number } | undefined {
  const left = countTimes(schedule, ctx.now, ctx.until, anchor);
  const next = nextTime(schedule, ctx.now, anchor);
  if (next === undefined || left <= mostRuns) return next === undefined ? undefined : { due: next, runs: 1 };
  let due = ctx.until + 1;
  for (let i = 0; i < mostRuns; i++) due = lastTime(schedule, ctx.now, due - 1, anchor)!;
  return { due, runs: left - mostRuns + 1 };
}

/** The job: a rule's time has come. */
export function runScheduled({ Rule, runs = 1 }: { Rule: string; runs?: number }, ctx: Context): void {
  const row = rules(ctx.db).get(ruleId(DEFAULT, Rule));
  const schedule = row?.ScheduleExpression === undefined || row.State === "DISABLED" ? undefined : parseSchedule(row.ScheduleExpression);
  if (!row || !schedule) return;
  const arn = ruleArn(ctx, DEFAULT, Rule);
  const event: CloudEvent = { id: ctx.newId(), source: "aws.events", "detail-type": "Scheduled Event", account: ctx.account, region: ctx.region, time: ctx.now, resources: [arn], detail: {}, scheduled: arn };
  if (runs > 1) ctx.note({ kind: "check", what: "the clock went far", ok: true, detail: `this run stands for ${runs.toLocaleString("en")}: one event is sent for them, and one is charged` });
  sendToAll(ctx, row, event, logEvent(ctx.db, ctx.now, event), runs);
  const next = nextRun(ctx, schedule, row.anchor);
  if (next) ctx.schedule({ id: jobId(Rule), due: next.due, kind: "ScheduledRule", args: { Rule, ...(next.runs > 1 ? { runs: next.runs } : {}) }, chain: 0 });
}
