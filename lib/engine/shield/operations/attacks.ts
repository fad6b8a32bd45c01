import { type Failure, ok } from "../../errors";
import type { Context, JsonObject, Operation } from "../../types";
import { ask, askAll } from "../authorise";
import { isFailure, shieldErrors } from "../errors";
import { takePage } from "../page";
import { type AttackRow, ONLY, attacks, protections, seconds, subscriptions } from "../state";

/**
 * What Shield saw. The attacks themselves are written down by the lab (service `estate`, RecordAttack). Only Shield Advanced shows
 * them one by one, and only those on protected resources; the statistics are for everybody.
 * Source: AWS Shield Advanced API Reference, DescribeAttack, ListAttacks, DescribeAttackStatistics.
 */

const isVisible = (ctx: Pick<Context, "db">, { ResourceArn }: Readonly<AttackRow>): boolean => subscriptions(ctx.db).get(ONLY) !== undefined && protections(ctx.db).having("ResourceArn", ResourceArn).length > 0;

const times = ({ StartTime, EndTime }: Readonly<AttackRow>) => ({ StartTime: seconds(StartTime), ...(EndTime === undefined ? {} : { EndTime: seconds(EndTime) }) });

const vectorsOf = ({ SubResources }: Readonly<AttackRow>): string[] => [...new Set(SubResources.flatMap(({ AttackVectors }) => AttackVectors.map(({ VectorType }) => VectorType)))];

/** Errors: AccessDeniedException for an attack that is not there, or not to be seen. */
export const DescribeAttack: Operation = {
  name: "DescribeAttack",
  authorise: ({ AttackId }: { AttackId: string }, ctx) => ask(ctx, "DescribeAttack", "attack", AttackId),
  handle({ AttackId }: { AttackId: string }, ctx) {
    const row = attacks(ctx.db).get(AttackId);
    if (!row || !isVisible(ctx, row)) return shieldErrors.noAttack();
    const { ResourceArn, SubResources, AttackCounters, AttackProperties, Mitigations } = row;
    return ok({ Attack: structuredClone({ AttackId, ResourceArn, SubResources, ...times(row), AttackCounters, AttackProperties, Mitigations }) });
  },
};

interface Range {
  FromInclusive?: number;
  ToExclusive?: number;
}

const wrongRange = ({ FromInclusive, ToExclusive }: Range = {}, name: string): Failure | undefined =>
  FromInclusive !== undefined && ToExclusive !== undefined && FromInclusive >= ToExclusive ? shieldErrors.parameter("The time range must end after it begins.", name) : undefined;

const isIn = (time: number | undefined, range: Range | undefined): boolean => {
  if (!range || (range.FromInclusive === undefined && range.ToExclusive === undefined)) return true;
  return time !== undefined && seconds(time) >= (range.FromInclusive ?? -Infinity) && seconds(time) < (range.ToExclusive ?? Infinity);
};

/** In the order of their beginning. Errors: InvalidParameterException (time range, token). */
export const ListAttacks: Operation = {
  name: "ListAttacks",
  authorise: () => askAll("ListAttacks"),
  handle({ ResourceArns, StartTime, EndTime, ...paging }: { ResourceArns?: string[]; StartTime?: Range; EndTime?: Range; NextToken?: string; MaxResults?: number }, ctx) {
    const wrong = wrongRange(StartTime, "startTime") ?? wrongRange(EndTime, "endTime");
    if (wrong) return wrong;
    const rows = attacks(ctx.db).all().filter((row) => isVisible(ctx, row) && (!ResourceArns?.length || ResourceArns.includes(row.ResourceArn)) && isIn(row.StartTime, StartTime) && isIn(row.EndTime, EndTime));
    const places = new Map(rows.map((row) => [`${String(row.StartTime).padStart(16, "0")} ${row.AttackId}`, row]));
    const page = takePage("ListAttacks", paging, [...places.keys()].sort(), () => shieldErrors.parameter("The NextToken is not valid.", "nextToken"));
    if (isFailure(page)) return page;
    const AttackSummaries = page.shown.map((place) => {
      const row = places.get(place)!;
      return { AttackId: row.AttackId, ResourceArn: row.ResourceArn, ...times(row), AttackVectors: vectorsOf(row).map((VectorType) => ({ VectorType })) };
    });
    return ok({ AttackSummaries, ...page.more });
  },
};

const DAY = 86_400_000;
/** Units of counters, by the statistic that they go into. */
const units = { BPS: "BitsPerSecond", PPS: "PacketsPerSecond", RPS: "RequestsPerSecond" } as const;

/** The highest rates that the attacks came with. */
function volume(rows: readonly Readonly<AttackRow>[]): JsonObject {
  const out: Record<string, { Max: number }> = {};
  for (const { SubResources, AttackCounters } of rows)
    for (const { Unit = "", Max = 0 } of [...AttackCounters, ...SubResources.flatMap(({ AttackVectors, Counters = [] }) => [...Counters, ...AttackVectors.flatMap(({ VectorCounters = [] }) => VectorCounters)])]) {
      if (!Object.hasOwn(units, Unit)) continue;
      const name = units[Unit as keyof typeof units];
      out[name] = { Max: Math.max(out[name]?.Max ?? 0, Max) };
    }
  return out;
}

const isApplication = (row: Readonly<AttackRow>): boolean => vectorsOf(row).every((vector) => vector === "REQUEST_FLOOD");

/**
 * All attacks of the year up to today's midnight (UTC), on protected resources or not: one item for those on the network's layers, one
 * for those on the application's, and one with a count of 0 where there was none.
 */
export const DescribeAttackStatistics: Operation = {
  name: "DescribeAttackStatistics",
  authorise: () => askAll("DescribeAttackStatistics"),
  handle(_input: unknown, ctx) {
    const to = Math.floor(ctx.now / DAY) * DAY;
    const day = new Date(to);
    const from = Date.UTC(day.getUTCFullYear() - 1, day.getUTCMonth(), day.getUTCDate());
    const rows = attacks(ctx.db).all().filter(({ StartTime }) => StartTime >= from && StartTime < to);
    const kinds = [rows.filter((row) => !isApplication(row)), rows.filter(isApplication)].filter((some) => some.length);
    const DataItems = kinds.length ? kinds.map((some) => ({ AttackVolume: volume(some), AttackCount: some.length })) : [{ AttackCount: 0 }];
    return ok({ TimeRange: { FromInclusive: seconds(from), ToExclusive: seconds(to) }, DataItems });
  },
};
