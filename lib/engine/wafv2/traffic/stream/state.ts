import type { Db, Table } from "../../../types";
import type { Scenario } from "../../../traffic/scenario";
import type { Bucket, Series } from "../../../traffic/series";
import type { TrafficState } from "../../../traffic/traffic";

/**
 * Streams of traffic, among the tables of `traffic`: what a stream is (`streams`), where it stands (`positions`) and what came of it
 * (`totals`) by its id; `buckets` of ten seconds by `<its id>\0<the bucket's begin, 15 digits>`. Times are ms since the epoch.
 * All are bounded; a call changes the small ones and the buckets that it reaches.
 */

export interface StreamRow {
  StreamId: string;
  ResourceArn: string;
  scenario: Scenario;
  seed: number;
  startedAt: number;
  stoppedAt?: number;
}

export interface PositionRow {
  traffic: Omit<TrafficState, "scenario">;
  /** Requests so far. */
  sent: number;
  /** Nothing comes any more. */
  over: boolean;
  /** When a source's request was last walked through the rules. */
  walked: Record<string, number>;
  /** How many each use of a rate-based rule was limiting at the end of the last call. */
  limited: Record<string, number>;
}

/** A rule began to limit, or limits nobody any more. */
export interface Mark {
  at: number;
  rule: string;
  what: "tripped" | "released";
  /** How many it limited at once then. */
  limited: number;
}

/** A time of which nothing came, because nobody had asked for it; `paused`: what would have come then came after it. */
export interface Gap {
  from: number;
  to: number;
  paused: boolean;
}

export type TotalsRow = Pick<Series, "rules" | "sources" | "late"> & { marks: Mark[]; gaps: Gap[] };

/** `limited`: of each rate-based rule, how many it was limiting at the most. */
export type StreamBucket = Bucket & { limited: Record<string, number> };

export const streams = (db: Db): Table<StreamRow> => db.table<StreamRow>("streams");
export const positions = (db: Db): Table<PositionRow> => db.table<PositionRow>("positions");
export const totals = (db: Db): Table<TotalsRow> => db.table<TotalsRow>("totals");
export const buckets = (db: Db): Table<StreamBucket> => db.table<StreamBucket>("buckets");

export const bucketMs = 10_000;
/** Two hours; of what is older the totals stay. */
export const mostBuckets = 720;
export const mostMarks = 60;
export const mostGaps = 20;
/** Streams of a Region: one that has ended makes room for another. */
export const mostStreams = 20;

export const bucketId = (stream: string, at: number): string => `${stream}\0${String(at).padStart(15, "0")}`;

export function forgetStream(db: Db, id: string): void {
  for (const table of [streams(db), positions(db), totals(db)]) table.delete(id);
  for (const bucket of buckets(db).ids({ prefix: `${id}\0` })) buckets(db).delete(bucket);
}
