import { fromBase64, strictUtf8Text, toBase64, utf8 } from "../../crypto/bytes";
import { ok } from "../../errors";
import type { Operation } from "../../types";
import { about } from "../authorise";
import { redshiftErrors } from "../errors";
import { clusterEntry } from "../show";
import { clusters } from "../state";

interface Input {
  ClusterIdentifier?: string;
  MaxRecords?: number;
  Marker?: string;
  TagKeys?: string[];
  TagValues?: string[];
}

/** Audit logging is off: turning it on is not simulated. Source: Redshift API, DescribeLoggingStatus. */
export const DescribeLoggingStatus: Operation = {
  name: "DescribeLoggingStatus",
  authorise: ({ ClusterIdentifier }: { ClusterIdentifier: string }, ctx) => about(ctx, "DescribeLoggingStatus", ClusterIdentifier),
  handle: ({ ClusterIdentifier }: { ClusterIdentifier: string }, ctx) => (clusters(ctx.db).get(ClusterIdentifier) ? ok({ LoggingEnabled: false }) : redshiftErrors.notFound(ClusterIdentifier)),
};

/** Source: Redshift API, DescribeClusters. Errors: ClusterNotFound, InvalidParameterValue. */
export const DescribeClusters: Operation = {
  name: "DescribeClusters",
  authorise: ({ ClusterIdentifier }: Input, ctx) => about(ctx, "DescribeClusters", ClusterIdentifier ?? "*"),
  handle({ ClusterIdentifier, MaxRecords = 100, Marker, TagKeys = [], TagValues = [] }: Input, ctx) {
    if (ClusterIdentifier !== undefined && !clusters(ctx.db).get(ClusterIdentifier)) return redshiftErrors.notFound(ClusterIdentifier);
    if (MaxRecords < 20 || MaxRecords > 100) return redshiftErrors.value(`Invalid value ${MaxRecords} for MaxRecords. Must be between 20 and 100`);
    const after = Marker && /^[A-Za-z0-9+/]*={0,2}$/.test(Marker) && Marker.length % 4 === 0 ? strictUtf8Text(fromBase64(Marker)) : undefined;
    if (Marker && !after) return redshiftErrors.value("The request contains an invalid value for Marker");
    const all = ClusterIdentifier === undefined ? clusters(ctx.db).all() : [clusters(ctx.db).get(ClusterIdentifier)!];
    const wanted = all.filter(({ tags }) => (!TagKeys.length || tags.some(({ Key }) => TagKeys.includes(Key))) && (!TagValues.length || tags.some(({ Value }) => TagValues.includes(Value))));
    const rest = after === undefined ? wanted : wanted.filter((row) => row.ClusterIdentifier > after);
    const shown = rest.slice(0, MaxRecords);
    return ok({ Clusters: shown.map((row) => clusterEntry(ctx, row)), ...(rest.length > shown.length ? { Marker: toBase64(utf8(shown.at(-1)!.ClusterIdentifier)) } : {}) });
  },
};
