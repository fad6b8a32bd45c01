import { toHex } from "../../../crypto/bytes";
import { type Failure, fail, ok } from "../../../errors";
import { presets } from "../../../traffic/presets";
import { type Scenario, scenarioProblems } from "../../../traffic/scenario";
import { outcomeSentences } from "../../../traffic/series";
import { startTraffic } from "../../../traffic/traffic";
import type { Context, Db, JsonObject, Operation } from "../../../types";
import { resources } from "../../state";
import { gapView, markView, mostRequests, send, sentView, statusOf } from "../stream/send";
import { type StreamBucket, type StreamRow, buckets, forgetStream, mostStreams, positions, streams, totals } from "../stream/state";
import { notFound, wafOf } from "./resources";

/** Streams of requests to what web ACLs protect, on the lab's clock. */

const noStream = (id: string): Failure => fail("StreamNotFound", `There is no stream of traffic ${id} here.`);

interface Start {
  ResourceArn: string;
  Preset?: string;
  Scenario?: string;
  Seed?: number;
}

/** The scenario that is named or written, or what is wrong with it. */
function scenarioOf({ Preset, Scenario: text }: Start): Scenario | Failure {
  const wrong = (why: string): Failure => fail("InvalidScenario", why);
  if ((Preset === undefined) === (text === undefined)) return wrong("Name a preset or write a scenario, and not both.");
  if (text === undefined) return presets.find(({ id }) => id === Preset) ?? wrong(`There is no preset ${Preset}. There are ${presets.map(({ id }) => id).join(", ")}.`);
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return wrong("The scenario is no JSON.");
  }
  const [problem] = scenarioProblems(given);
  return problem === undefined ? (given as Scenario) : wrong(problem);
}

/** Makes room for one more: those that have ended go, the oldest first. */
function makeRoom(db: Db): Failure | undefined {
  const all = streams(db).all().toSorted((a, b) => a.startedAt - b.startedAt);
  if (all.length < mostStreams) return undefined;
  const ended = all.find((stream) => statusOf(stream, positions(db).get(stream.StreamId)!) !== "RUNNING");
  if (!ended) return fail("TooManyStreams", `${mostStreams} streams of traffic are running here. Stop one before you start another.`);
  forgetStream(db, ended.StreamId);
  return undefined;
}

/**
 * Begins a stream of requests to a resource at the lab's now: a preset, or a scenario as JSON text. It goes on when SendTraffic
 * asks. Seed: the same one gives the same requests. Errors: ResourceNotFound, InvalidScenario, TooManyStreams.
 */
export const StartTraffic: Operation = {
  name: "StartTraffic",
  authorise: () => undefined,
  cost: () => [],
  handle(input: Start, ctx) {
    const { ResourceArn, Seed } = input;
    if (!resources(wafOf(ctx)).get(ResourceArn)) return notFound(ResourceArn);
    const scenario = scenarioOf(input);
    if ("ok" in scenario) return scenario;
    const full = makeRoom(ctx.db);
    if (full) return full;
    const [a, b, c, d, ...rest] = ctx.random(8);
    const seed = Seed ?? (a * 16_777_216 + b * 65_536 + c * 256 + d) >>> 0;
    const StreamId = `traffic-${toHex(Uint8Array.from(rest))}`;
    const startedAt = Math.floor(ctx.now);
    const { scenario: _, ...traffic } = startTraffic(scenario, seed, startedAt);
    streams(ctx.db).put(StreamId, { StreamId, ResourceArn, scenario: structuredClone(scenario), seed, startedAt });
    positions(ctx.db).put(StreamId, { traffic, sent: 0, over: false, walked: {}, limited: {} });
    totals(ctx.db).put(StreamId, { rules: [], sources: {}, late: 0, marks: [], gaps: [] });
    return ok({ StreamId });
  },
};

/**
 * Everything that a stream has between where it stands and the lab's now arrives, each request at its own time, and its web ACL
 * looks at it as at those of Inspect: samples, metrics, rates and logs follow. At most MaxRequests (2,000) and two minutes of it in
 * one call: while `Reached` is false, ask again. A stream that was not asked for five minutes goes on from five minutes ago, and
 * says so (`Skipped`); with Resume it goes on from where it stood, as if the time since had not been. A few requests' way through the rules is on the trace (`Samples`, step `inspection`).
 * Errors: StreamNotFound, StreamStopped, ResourceNotFound.
 */
export const SendTraffic: Operation = {
  name: "SendTraffic",
  authorise: () => undefined,
  cost: () => [],
  handle({ StreamId, MaxRequests = mostRequests, Resume = false }: { StreamId: string; MaxRequests?: number; Resume?: boolean }, ctx) {
    const stream = streams(ctx.db).get(StreamId);
    if (!stream) return noStream(StreamId);
    if (stream.stoppedAt !== undefined) return fail("StreamStopped", `The stream of traffic ${StreamId} was stopped.`);
    const resource = resources(wafOf(ctx)).get(stream.ResourceArn);
    if (!resource) return notFound(stream.ResourceArn);
    return ok(sentView(send(ctx, stream, resource, { budget: MaxRequests, resume: Resume }), stream));
  },
};

/** Seconds until the last source ends. */
const lengthOf = ({ sources }: Scenario): number => Math.max(...sources.map(({ endSec }) => endSec));

function summary(db: Db, stream: Readonly<StreamRow>): JsonObject {
  const { StreamId, ResourceArn, scenario, startedAt, stoppedAt } = stream;
  const position = positions(db).get(StreamId)!;
  return {
    StreamId, ResourceArn, Title: scenario.title, Status: statusOf(stream, position), StartedAt: startedAt / 1000, At: Math.floor(position.traffic.nowMs) / 1000, Requests: position.sent,
    Elapsed: Math.max(0, Math.floor(position.traffic.nowMs) - Math.floor(position.traffic.startMs)) / 1000, Length: lengthOf(scenario),
    ...(stoppedAt === undefined ? {} : { StoppedAt: stoppedAt / 1000 }),
  };
}

const bucketView = ({ at, all, byRule, bySource, network, limited }: Readonly<StreamBucket>): JsonObject => ({ At: at / 1000, All: { ...all }, ByRule: { ...byRule }, BySource: { ...bySource }, Network: { ...network }, Limited: { ...limited } });

/** A stream, what came of it by ten seconds (the last MaxBuckets of them, 60 if nothing is said, of two hours), and when rate-based rules tripped and released. Errors: StreamNotFound. */
export const DescribeTraffic: Operation = {
  name: "DescribeTraffic",
  authorise: () => undefined,
  cost: () => [],
  handle({ StreamId, MaxBuckets = 60 }: { StreamId: string; MaxBuckets?: number }, ctx) {
    const stream = streams(ctx.db).get(StreamId);
    if (!stream) return noStream(StreamId);
    const { sources, rules, marks, gaps } = totals(ctx.db).get(StreamId)!;
    const names = Object.fromEntries(stream.scenario.sources.map(({ id, name }) => [id, name]));
    // In the scenario's order: people first, as it was written.
    const ordered = Object.fromEntries([...Object.keys(names), ...Object.keys(sources)].flatMap((id) => (Object.hasOwn(sources, id) ? [[id, sources[id]]] : []))) as typeof sources;
    const series = buckets(ctx.db).ids({ prefix: `${StreamId}\0` }).slice(MaxBuckets ? -MaxBuckets : Infinity).map((id) => bucketView(buckets(ctx.db).get(id)!));
    return ok({
      ...summary(ctx.db, stream), Seed: stream.seed, Scenario: JSON.stringify(stream.scenario), BucketSeconds: 10, Buckets: series, Rules: [...rules], Sources: structuredClone(ordered),
      Limited: { ...positions(ctx.db).get(StreamId)!.limited }, Events: marks.map(markView), Gaps: gaps.map(gapView), Sentences: outcomeSentences({ sources: ordered } as Parameters<typeof outcomeSentences>[0], names),
    });
  },
};

/** The streams here, newest first. */
export const ListTraffic: Operation = {
  name: "ListTraffic",
  authorise: () => undefined,
  cost: () => [],
  handle: (_input: unknown, { db }: Context) => ok({ Streams: streams(db).all().toSorted((a, b) => b.startedAt - a.startedAt).map((stream) => summary(db, stream)) }),
};

/** Ends a stream; what came of it stays to be looked at. Errors: StreamNotFound. */
export const StopTraffic: Operation = {
  name: "StopTraffic",
  authorise: () => undefined,
  cost: () => [],
  handle({ StreamId }: { StreamId: string }, { db, now }) {
    const stream = streams(db).get(StreamId);
    if (!stream) return noStream(StreamId);
    if (stream.stoppedAt === undefined) streams(db).put(StreamId, { ...stream, stoppedAt: Math.floor(now) });
    return ok({});
  },
};
