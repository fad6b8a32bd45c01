"use client";
import { memo, useId, useMemo, useRef, type PointerEvent } from "react";
import { bucketMs, clockTime, rateText, roomyTicks, roundUp, ticksOf, type Span } from "./model";
import { Patterns, Swatch, type Look } from "./looks";
import { useWidth } from "./use-width";

/** One line of the legend and one shape of the graph. Values are of the buckets, in their order; undefined: nothing could come. */
export interface Drawn {
  id: string;
  name: string;
  look: Look;
  values: readonly (number | undefined)[];
  /** Of all that was counted; absent for what cannot be summed up. */
  total?: number;
}

/** A moment with a number, told in words elsewhere. */
export interface ChartMark {
  at: number;
  number: number;
  what: "tripped" | "released";
}

interface ChartProps {
  title: string;
  /** What a value is: "requests a second". */
  unit: string;
  span: Span;
  /** Begins of the buckets. */
  times: readonly number[];
  drawn: readonly Drawn[];
  stacked?: boolean;
  marks: readonly ChartMark[];
  gaps: readonly Span[];
  /** The bucket that is looked at; the newest where none is. */
  looked: number | undefined;
  onLook(at: number | undefined): void;
  format?(value: number): string;
  /** Of things that are not cut in halves. */
  whole?: boolean;
  /** In place of a graph with nothing on it. */
  empty?: string;
  testId: string;
}

const height = 150;
const room = { top: 18, bottom: 18, left: 40, right: 8 };

/** Values over time as steps, one above the other or each for itself, and the same values as a table. */
export const Chart = memo(function Chart({ title, unit, span, times, drawn, stacked = false, marks, gaps, looked, onLook, format = rateText, whole = false, empty, testId }: ChartProps) {
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const id = useId();
  const base = useMemo(() => stackOf(drawn, times.length, stacked), [drawn, times.length, stacked]);
  const top = roundUp(Math.max(0, ...base.flatMap(({ upper }) => upper.map((value) => value ?? 0))));
  const inner = Math.max(1, width - room.left - room.right);
  const x = (at: number): number => room.left + ((Math.min(Math.max(at, span.from), span.to) - span.from) / (span.to - span.from)) * inner;
  const y = (value: number): number => height - room.bottom - (value / top) * (height - room.top - room.bottom);
  const place = looked === undefined ? times.length - 1 : looked;
  const point = ({ clientX }: PointerEvent): void => {
    const box = frame.current!.getBoundingClientRect();
    const at = span.from + ((clientX - box.left - room.left) / inner) * (span.to - span.from);
    const index = Math.floor((at - (times[0] ?? 0)) / bucketMs);
    onLook(index >= 0 && index < times.length ? index : undefined);
  };
  return (
    <figure className="traffic-chart" data-testid={testId} aria-label={title}>
      <figcaption>
        <b>{title}</b> <span className="traffic-unit">{unit}</span>
      </figcaption>
      {drawn.length === 0 && <p className="traffic-none">{empty}</p>}
      <div hidden={drawn.length === 0} ref={frame} className="traffic-plot" onPointerMove={point} onPointerLeave={() => onLook(undefined)} aria-hidden="true">
        {width > 0 && (
          <svg width={width} height={height}>
            <Patterns id={id} />
            {(whole && top % 2 ? [0, top] : [0, top / 2, top]).map((value) => (
              <g key={value}>
                <line className="traffic-grid" x1={room.left} x2={width - room.right} y1={y(value)} y2={y(value)} />
                <text className="traffic-tick" x={room.left - 6} y={y(value) + 4} textAnchor="end">
                  {format(value)}
                </text>
              </g>
            ))}
            {gaps.map(({ from, to }) => (
              <rect key={from} className="traffic-gap" x={x(from)} width={Math.max(0, x(to) - x(from))} y={room.top} height={height - room.top - room.bottom} />
            ))}
            {base.map(({ look, lower, upper, id: of }) =>
              stacked ? (
                <path key={of} d={areaPath(times, lower, upper, x, y)} className={`traffic-area traffic-${look}`} fill={`url(#${id}${look})`} />
              ) : (
                <path key={of} d={linePath(times, upper, x, y)} className={`traffic-line traffic-${look}`} />
              ),
            )}
            {roomyTicks(ticksOf(span, Math.max(2, Math.floor(inner / 64))), x, room.left, 24).map((at) => (
              <text key={at} className="traffic-tick" x={x(at)} y={height - 4} textAnchor={x(at) > width - 30 ? "end" : x(at) < room.left + 24 ? "start" : "middle"}>
                {clockTime(at)}
              </text>
            ))}
            {marks.filter(({ at }) => at >= span.from).map(({ at, number, what }) => (
              <g key={number} className="traffic-mark" transform={`translate(${x(at)} 0)`}>
                <line y1={room.top} y2={height - room.bottom} />
                <path d={what === "tripped" ? "M-5 15L0 7L5 15Z" : "M-5 7L0 15L5 7Z"} data-what={what} />
                <text x={7} y={14}>{number}</text>
              </g>
            ))}
            {looked !== undefined && times[looked] !== undefined && <line className="traffic-cursor" x1={x(times[looked] + bucketMs / 2)} x2={x(times[looked] + bucketMs / 2)} y1={room.top} y2={height - room.bottom} />}
          </svg>
        )}
      </div>
      <table className="traffic-legend" hidden={drawn.length === 0}>
        <caption className="waf-hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="waf-hidden">What</span>
            </th>
            <th scope="col">{looked === undefined ? "Now" : `At ${clockTime(times[looked])}`}</th>
            <th scope="col">Most</th>
            {drawn.some(({ total }) => total !== undefined) && <th scope="col">In all</th>}
          </tr>
        </thead>
        <tbody>
          {drawn.map(({ id: of, name, look, values, total }) => (
            <tr key={of}>
              <th scope="row">
                <Swatch look={look} line={!stacked} /> <span>{name}</span>
              </th>
              <td>{format(values[place] ?? 0)}</td>
              <td>{format(Math.max(0, ...values.map((value) => value ?? 0)))}</td>
              {total !== undefined && <td>{total.toLocaleString("en")}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
});

type Values = readonly (number | undefined)[];
interface Stacked extends Pick<Drawn, "id" | "look"> {
  lower: Values;
  upper: Values;
}

/** Each on the ones before it, where they are stacked. */
function stackOf(drawn: readonly Drawn[], length: number, stacked: boolean): Stacked[] {
  const sums = Array.from({ length }, () => 0);
  return drawn.map(({ id, look, values }) => {
    if (!stacked) return { id, look, lower: sums, upper: values };
    const lower = sums.slice();
    const upper = values.map((value, at) => (value === undefined ? undefined : (sums[at] += value)));
    return { id, look, lower, upper };
  });
}

type Scale = (value: number) => number;

/** Steps, a bucket wide each; broken where nothing came: an edge without an area would look like a little of it. */
function areaPath(times: readonly number[], lower: Values, upper: Values, x: Scale, y: Scale): string {
  const there = (at: number): boolean => upper[at] !== undefined && upper[at] > lower[at]!;
  let path = "";
  for (let from = 0; from < times.length; ) {
    if (!there(from)) {
      from++;
      continue;
    }
    let to = from;
    while (to < times.length && there(to)) to++;
    let back = "";
    path += `M${x(times[from])} ${y(lower[from]!)}`;
    for (let at = from; at < to; at++) {
      path += `V${y(upper[at]!)}H${x(times[at] + bucketMs)}`;
      back = `H${x(times[at])}${back}`;
      back = `V${y(lower[at]!)}${back}`;
    }
    path += `${back}Z`;
    from = to;
  }
  return path;
}

function linePath(times: readonly number[], values: Values, x: Scale, y: Scale): string {
  let path = "";
  let drawing = false;
  for (const [at, value] of values.entries()) {
    if (value === undefined) {
      drawing = false;
      continue;
    }
    path += drawing ? `V${y(value)}` : `M${x(times[at])} ${y(value)}`;
    path += `H${x(times[at] + bucketMs)}`;
    drawing = true;
  }
  return path;
}
