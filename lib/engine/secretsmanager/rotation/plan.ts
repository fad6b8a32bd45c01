import type { Context } from "../../types";
import { versionKey, versions, type RotationRules, type SecretRow } from "../state";
import { CURRENT, versionOf } from "../labels";
import { nextRotationDate, nextWindow, shownRules, type Window } from "./schedule";

/** When a secret is rotated next: in its row, and among the things that happen later. */

export const windowJob = (arn: string): string => `rotation window ${arn}`;
export const stepJob = (arn: string): string => `rotation ${arn}`;

/** Jobs are of the secret's account, whoever changes it. */
const ownerOf = (arn: string): string => arn.split(":")[4];

/** Takes a job of the secret back. */
export const forget = (ctx: Context, { ARN }: Pick<SecretRow, "ARN">, job: (arn: string) => string): void => ctx.unschedule(job(ARN), undefined, ownerOf(ARN));

/** Rules without what Secrets Manager computed to show beside an expression. */
const asGiven = ({ AutomaticallyAfterDays, ...rest }: RotationRules): RotationRules => (rest.ScheduleExpression === undefined ? { ...rest, ...(AutomaticallyAfterDays === undefined ? {} : { AutomaticallyAfterDays }) } : rest);

/** Puts the next rotation down, counted from the last (ms). */
export function planNext(ctx: Context, row: SecretRow, last: number): void {
  const rules = asGiven(row.RotationRules ?? {});
  const window = nextWindow(rules, last, ctx.now);
  if (!window) {
    delete row.NextRotationDate;
    return forget(ctx, row, windowJob);
  }
  row.RotationRules = shownRules(rules, last, window);
  row.NextRotationDate = nextRotationDate(window);
  scheduleIn(ctx, row, window);
}

/**
 * What comes after a window, whatever became of the rotation in it: a rotation that does not succeed leaves the secret's
 * NextRotationDate where it was, in the past, and is tried again when its schedule says so.
 * Source: Secrets Manager API, DescribeSecret (NextRotationDate).
 */
export function planAfterWindow(ctx: Context, row: Readonly<SecretRow>): void {
  const window = nextWindow(asGiven(row.RotationRules ?? {}), ctx.now, ctx.now);
  if (window) scheduleIn(ctx, row, window);
}

/** Secrets Manager rotates at any time of the window; here in its first half, so that there is time to try again. */
function scheduleIn(ctx: Context, { Name, ARN }: Readonly<SecretRow>, { opens, closes }: Window): void {
  const [high, low] = ctx.random(2);
  const from = Math.max(opens, ctx.now + 60_000);
  const due = from + Math.floor(((high * 256 + low) / 65_536) * ((Math.max(closes, from) - from) / 2));
  ctx.schedule({ id: windowJob(ARN), due, kind: "ScheduledRotation", account: ownerOf(ARN), args: { SecretId: Name, ARN, closes } });
}

/** When the secret last had a new value by a rotation or by hand, ms; undefined where it never was rotated. Source: Secrets Manager API, RotationRulesType. */
export function lastRotation(ctx: Context, row: Readonly<SecretRow>): number | undefined {
  if (row.LastRotatedDate === undefined) return undefined;
  const current = versionOf(row, CURRENT);
  return Math.max(row.LastRotatedDate, (current === undefined ? undefined : versions(ctx.db).get(versionKey(row.Name, current))?.CreatedDate) ?? 0);
}
