import { Chance, chanceFrom, type ChanceState } from "./chance";
import { type Made, makerOf, type Maker, type Rhythm, rhythmOf } from "./makers";
import { ramped } from "./rate";
import { type Scenario, type Source, type Vector, vectors } from "./scenario";

/** Where a stream of traffic stands: plain data, whose size does not grow. */
export interface TrafficState {
  version: 1;
  scenario: Scenario;
  /** The scenario's beginning, epoch milliseconds on the lab's clock. */
  startMs: number;
  /** Everything before this moment has been handed out. */
  nowMs: number;
  sources: SourceState[];
}

interface SourceState {
  chance: ChanceState;
  /** When its next request (or second of packets) comes; null: it has ended. */
  nextMs: number | null;
  /** Requests so far. */
  sent: number;
}

export interface TrafficRequest extends Made {
  /** When it has arrived, epoch milliseconds, whole. */
  at: number;
  /** The source's id. `tookMs`: so long it held a connection before. */
  from: string;
}

/** A second (or the rest of one) of a flood of packets. */
export interface NetworkCount {
  at: number;
  from: string;
  vector: Vector;
  ms: number;
  packets: number;
  bits: number;
}

export interface TrafficStep {
  state: TrafficState;
  /** In order of time. */
  requests: TrafficRequest[];
  network: NetworkCount[];
  /** The moment that was asked for is reached; false: the budget was used up before. */
  reached: boolean;
  /** Nothing comes any more. */
  over: boolean;
}

/** A stream from its beginning. The scenario is taken as checked (`scenarioProblems`). */
export function startTraffic(scenario: Scenario, seed: number, startMs: number): TrafficState {
  const sources = scenario.sources.map((source, at): SourceState => {
    const chance = chanceFrom(seed, at);
    const begin = startMs + source.startSec * 1_000;
    return { chance, nextMs: source.kind === "network-flood" ? begin : arrival(source, rhythmOf(source), new Chance(chance), begin, startMs), sent: 0 };
  });
  return { version: 1, scenario, startMs, nowMs: startMs, sources };
}

/** The next arrival after a moment: a Poisson process whose rate changes, by thinning. Null: the source's end comes first. */
function arrival(source: Source, { peak, now }: Rhythm, chance: Chance, afterMs: number, startMs: number): number | null {
  const mean = 1_000 / (source.rate * peak);
  const end = startMs + source.endSec * 1_000;
  for (let at = afterMs; ; ) {
    at += chance.wait() * mean;
    if (at >= end) return null;
    if (chance.next() * peak < now(at) * ramped(source, (at - startMs) / 1_000)) return at;
  }
}

function packets(source: Source & { kind: "network-flood" }, chance: Chance, at: number, startMs: number): NetworkCount {
  const ms = Math.min(1_000, startMs + source.endSec * 1_000 - at);
  const middle = (at + ms / 2 - startMs) / 1_000;
  const count = Math.round(source.rate * ramped(source, middle) * (0.95 + chance.next() * 0.1) * (ms / 1_000));
  return { at: Math.floor(at), from: source.id, vector: source.vector, ms, packets: count, bits: count * vectors[source.vector].bytes * 8 };
}

/**
 * What comes before `untilMs`, up to `budget` requests and seconds of packets, and the state after it; the state that was given stays.
 * The same seed gives the same stream, however it is cut. While `reached` is false, ask again with the new state.
 */
export function next(state: TrafficState, untilMs: number, budget: number): TrafficStep {
  const { scenario, startMs } = state;
  const sources = state.sources.map(({ chance, ...rest }): SourceState => ({ ...rest, chance: [...chance] }));
  const chances = sources.map(({ chance }) => new Chance(chance));
  const ready: ({ make: Maker; rhythm: Rhythm } | undefined)[] = [];
  const requests: TrafficRequest[] = [];
  const network: NetworkCount[] = [];
  let { nowMs } = state;
  let reached = false;
  for (let left = Math.max(1, budget); ; left--) {
    let first = -1;
    for (let at = 0; at < sources.length; at++) {
      const each = sources[at].nextMs;
      if (each !== null && each < untilMs && (first < 0 || each < sources[first].nextMs!)) first = at;
    }
    if (first < 0) {
      nowMs = Math.max(nowMs, untilMs);
      reached = true;
      break;
    }
    const at = sources[first].nextMs!;
    if (left === 0) {
      nowMs = Math.max(nowMs, at);
      break;
    }
    const [source, chance] = [scenario.sources[first], chances[first]];
    if (source.kind === "network-flood") {
      network.push(packets(source, chance, at, startMs));
      sources[first].nextMs = at + 1_000 < startMs + source.endSec * 1_000 ? at + 1_000 : null;
    } else {
      const { make, rhythm } = (ready[first] ??= { make: makerOf(source, scenario.host, first)!, rhythm: rhythmOf(source) });
      requests.push({ at: Math.floor(at), from: source.id, ...make(chance, at) });
      sources[first].sent++;
      sources[first].nextMs = arrival(source, rhythm, chance, at, startMs);
    }
  }
  return { state: { ...state, nowMs, sources }, requests, network, reached, over: sources.every(({ nextMs }) => nextMs === null) };
}

/**
 * The stream as it goes on from a moment: what would have come until then does not, and costs nothing. From there it is another
 * stream than the one that had been asked for all of it.
 */
export function skipTo(state: TrafficState, ms: number): TrafficState {
  if (ms <= state.nowMs) return state;
  const { scenario, startMs } = state;
  const sources = state.sources.map(({ chance, nextMs, ...rest }, at): SourceState => {
    const mine: ChanceState = [...chance];
    if (nextMs === null || nextMs >= ms) return { ...rest, chance: mine, nextMs };
    const source = scenario.sources[at];
    if (source.kind !== "network-flood") return { ...rest, chance: mine, nextMs: arrival(source, rhythmOf(source), new Chance(mine), ms, startMs) };
    const second = nextMs + Math.ceil((ms - nextMs) / 1_000) * 1_000;
    return { ...rest, chance: mine, nextMs: second < startMs + source.endSec * 1_000 ? second : null };
  });
  return { ...state, nowMs: ms, sources };
}

/** The same stream, later by so many ms: what had not come yet comes later. */
export const shifted = (state: TrafficState, ms: number): TrafficState => ({
  ...state, startMs: state.startMs + ms, nowMs: state.nowMs + ms, sources: state.sources.map((source) => ({ ...source, nextMs: source.nextMs === null ? null : source.nextMs + ms })),
});

/** Connections that a source of slow requests holds open on average at a moment, before any limit of the server's. */
export function heldConnections(source: Source, sec: number): number {
  return source.kind === "slow" ? source.rate * ramped(source, sec) * source.holdSec : 0;
}
