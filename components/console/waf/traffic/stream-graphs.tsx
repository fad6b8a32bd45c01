"use client";
import { useMemo, useState } from "react";
import { Chart, type ChartMark, type Drawn } from "./chart";
import { lineLooks } from "./looks";
import { busiestRules, clockTime, count, perSecond, pointsOf, rateText, short, spanOf, type Point } from "./model";
import type { StreamRecords } from "./use-stream";

const words = { allowed: "Allowed", counted: "Allowed, and counted by a rule", challenged: "CAPTCHA or challenge", blocked: "Blocked" } as const;
const order = ["allowed", "counted", "challenged", "blocked"] as const;

const rates = (points: readonly Point[], of: (point: Point) => number): (number | undefined)[] => points.map((point) => (point.seconds > 0 ? perSecond(of(point), point) : undefined));

/** What came of a stream over time. Marks are numbered as `marks` numbers them. */
export function StreamGraphs({ stream, marks }: { stream: StreamRecords; marks: readonly ChartMark[] }) {
  const [looked, setLooked] = useState<number>();
  const { row, position, totals, buckets } = stream;
  const sentUntil = position.traffic.nowMs;
  const points = useMemo(() => {
    const harmful = Object.fromEntries(Object.entries(totals.sources).map(([id, total]) => [id, total.harmful]));
    return pointsOf(buckets, { startedAt: row.startedAt, sentUntil, gaps: totals.gaps, harmful });
  }, [buckets, row.startedAt, sentUntil, totals]);
  const span = useMemo(() => spanOf(row.startedAt, sentUntil), [row.startedAt, sentUntil]);
  const times = useMemo(() => points.map(({ at }) => at), [points]);
  const { outcomes, people, limited, rules, packets } = useMemo(() => draw(points, totals.sources), [points, totals]);
  const place = looked !== undefined && looked < times.length ? looked : undefined;
  const common = { span, times, marks, gaps: totals.gaps, looked: place, onLook: setLooked };
  return (
    <div data-testid="traffic-graphs">
      <div className="traffic-graphs">
        <Chart title="Requests" unit="a second, by what became of them" drawn={outcomes} stacked {...common} testId="chart-requests" />
        <Chart title="Harmless requests" unit="a second: people and search engines" drawn={people} stacked {...common} testId="chart-people" />
        <Chart title="Limited by rate-based rules" unit="addresses, or what the rule counts by" drawn={limited} format={count} whole empty="Nobody has been limited." {...common} testId="chart-limited" />
        <Chart title="Rules" unit="requests a second that they blocked, challenged or counted" drawn={rules} empty="No rule has blocked, challenged or counted a request." {...common} testId="chart-rules" />
        {packets.length > 0 && <Chart title="Packets below HTTP" unit="a second: no web ACL sees them" drawn={packets} format={short} {...common} testId="chart-packets" />}
      </div>
      <label className="traffic-moment">
        <span>{place === undefined ? "Look at a moment" : `At ${clockTime(times[place])}`}</span>
        <input
          type="range"
          min={0}
          max={Math.max(0, times.length - 1)}
          value={place ?? Math.max(0, times.length - 1)}
          disabled={times.length < 2}
          aria-valuetext={times.length ? `${clockTime(times[place ?? times.length - 1])}: ${outcomes.map(({ name, values }) => `${name} ${rateText(values[place ?? times.length - 1] ?? 0)}`).join(", ")}` : undefined}
          onChange={({ target }) => setLooked(Number(target.value) === times.length - 1 ? undefined : Number(target.value))}
          data-testid="traffic-moment"
        />
      </label>
    </div>
  );
}

function draw(points: readonly Point[], sources: StreamRecords["totals"]["sources"]) {
  const sum = (of: (total: (typeof sources)[string]) => number): number => Object.values(sources).reduce((all, total) => all + of(total), 0);
  const outcomes: Drawn[] = order.map((outcome) => ({ id: outcome, name: words[outcome], look: outcome, values: rates(points, ({ all }) => all[outcome]), total: sum(({ counts }) => counts[outcome]) }));
  const harmless = (of: (counts: (typeof sources)[string]["counts"]) => number): number => sum(({ harmful, counts }) => (harmful ? 0 : of(counts)));
  const people: Drawn[] = [
    { id: "served", name: "Served", look: "allowed", values: rates(points, ({ served }) => served), total: harmless(({ allowed, counted }) => allowed + counted) },
    { id: "harmed", name: "Stopped though harmless", look: "blocked", values: rates(points, ({ harmed }) => harmed), total: harmless(({ blocked, challenged }) => blocked + challenged) },
  ];
  const limiting = [...new Set(points.flatMap((point) => Object.keys(point.limited)))].slice(0, lineLooks.length);
  const limited: Drawn[] = limiting.map((rule, at) => ({ id: rule, name: rule, look: lineLooks[at], values: points.map((point) => point.limited[rule] ?? 0) }));
  const stops = (point: Point, rule: string): number => {
    const counts = point.byRule[rule];
    return counts ? counts.blocked + counts.challenged + counts.counted : 0;
  };
  const rules: Drawn[] = busiestRules(points, lineLooks.length).map((rule, at) => ({
    id: rule, name: rule, look: lineLooks[at], values: rates(points, (point) => stops(point, rule)), total: points.reduce((all, point) => all + stops(point, rule), 0),
  }));
  const packets: Drawn[] = points.some((point) => point.packets > 0) ? [{ id: "packets", name: "Packets", look: "line-4", values: rates(points, (point) => point.packets) }] : [];
  return { outcomes, people, limited, rules, packets };
}
