"use client";
import { useMemo } from "react";
import { findByArn } from "@/lib/engine/wafv2/names";
import { associations, resources, type ResourceRow, type WebAclRow } from "@/lib/engine/wafv2/state";
import { buckets, positions, streams, totals, type PositionRow, type StreamBucket, type StreamRow, type TotalsRow } from "@/lib/engine/wafv2/traffic/stream/state";
import { useRecords, useWhere } from "../../frame/lab";

const WATCHED = ["traffic", "wafv2"];

export interface StreamRecords {
  row: Readonly<StreamRow>;
  position: Readonly<PositionRow>;
  totals: Readonly<TotalsRow>;
  buckets: Readonly<StreamBucket>[];
  resource?: Readonly<ResourceRow>;
  acl?: Readonly<WebAclRow>;
}

/**
 * A stream as the lab's records have it: asking for it by a call, again and again, would fill the journal. `turn`: read again when
 * it changes, and only then; undefined: with every change. Undefined until the lab is open, null where there is no such stream.
 */
export function useStream(id: string, turn: number | undefined): StreamRecords | null | undefined {
  const read = useRecords();
  const { account, region, revision } = useWhere(WATCHED);
  const moment = turn ?? revision;
  return useMemo(() => {
    if (!read) return undefined;
    const db = read({ account, region, service: "traffic" });
    const row = streams(db).get(id);
    if (!row) return null;
    const waf = read({ account, region, service: "wafv2" });
    const arn = associations(waf).get(row.ResourceArn)?.WebACLArn;
    const kept = buckets(db).ids({ prefix: `${id}\0` });
    return { row, position: positions(db).get(id)!, totals: totals(db).get(id)!, buckets: kept.map((one) => buckets(db).get(one)!), resource: resources(waf).get(row.ResourceArn), acl: arn === undefined ? undefined : findByArn({ db: waf }, arn, "webacl") };
    // `moment` stands for what the records hold.
  }, [read, account, region, id, moment]);
}

/** The streams of the account and Region, newest first, with where they stand; undefined until the lab is open. */
export function useStreams(): { row: Readonly<StreamRow>; position: Readonly<PositionRow> }[] | undefined {
  const read = useRecords();
  const { account, region, revision } = useWhere(WATCHED);
  return useMemo(() => {
    if (!read) return undefined;
    const db = read({ account, region, service: "traffic" });
    return streams(db).all().map((row) => ({ row, position: positions(db).get(row.StreamId)! })).toSorted((a, b) => b.row.startedAt - a.row.startedAt);
  }, [read, account, region, revision]);
}
