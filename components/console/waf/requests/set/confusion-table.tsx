"use client";
import type { SavedRequest } from "@/lib/engine/wafv2/requests/saved";
import { confusionOf, stoppedIn, throughIn } from "./compare-tries";
import type { Tries } from "../use-tries";
import { kindWords } from "../verdict-words";

export interface CellFilter {
  harmful: boolean;
  /** Absent: whatever came of them. */
  stopped?: boolean;
}

const cells = [
  { harmful: true, stopped: true, good: true, says: "caught" },
  { harmful: true, stopped: false, good: false, says: "missed" },
  { harmful: false, stopped: true, good: false, says: "false alarms" },
  { harmful: false, stopped: false, good: true, says: "left alone" },
] as const;

const signed = (count: number): string => (count > 0 ? `+${count}` : `−${-count}`);

/** Harmful and harmless, stopped and let through, by number; with an edit, what it adds and takes. A cell shows its requests below. */
export function ConfusionTable({ requests, tries, chosen, onChoose }: { requests: readonly SavedRequest[]; tries: Tries; chosen: CellFilter | undefined; onChoose(cell: CellFilter | undefined): void }) {
  const { before, after } = tries;
  if (!before) return <p className="bench-faint">{tries.refused ? "Nothing could be tried." : "Trying all requests"}</p>;
  const was = confusionOf(requests, before);
  const is = after ? confusionOf(requests, after) : was;
  const cell = ({ harmful, stopped, good, says }: (typeof cells)[number]) => {
    const side = harmful ? "harmful" : "harmless";
    const count = (of: typeof was) => (stopped ? stoppedIn(of.all[side]) : throughIn(of.all[side]));
    const [now, difference] = [count(is), count(is) - count(was)];
    const counted = is.all[side].counted;
    const on = chosen?.harmful === harmful && chosen.stopped === stopped;
    return (
      <td key={says} data-good={now === 0 ? undefined : good} className="bench-cell">
        <button type="button" aria-pressed={on} onClick={() => onChoose(on ? undefined : { harmful, stopped })} data-testid={`cell-${side}-${stopped ? "stopped" : "through"}`}>
          <span className="bench-count">{now}</span>
          {difference !== 0 && (
            <span className="bench-difference" data-better={difference > 0 === good}>
              {signed(difference)}
            </span>
          )}
          <span className="bench-says">
            <span aria-hidden="true">{now === 0 ? "" : good ? "✓ " : "✕ "}</span>
            {says}
            {!stopped && counted > 0 && `, ${counted} of them counted`}
          </span>
        </button>
      </td>
    );
  };
  const total = (side: "harmful" | "harmless") => requests.filter(({ id, harmful }) => harmful === (side === "harmful") && before.has(id)).length;
  return (
    <div aria-busy={tries.done !== undefined}>
      <table className="bench-confusion" data-testid="confusion">
        <caption className="waf-hidden">How many requests are stopped and let through{after ? ", with your edit" : ""}</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">Stopped</th>
            <th scope="col">Let through</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">
              Harmful <span className="bench-faint">{total("harmful")}</span>
            </th>
            {cells.slice(0, 2).map(cell)}
          </tr>
          <tr>
            <th scope="row">
              Harmless <span className="bench-faint">{total("harmless")}</span>
            </th>
            {cells.slice(2).map(cell)}
          </tr>
        </tbody>
      </table>
      <details className="bench-kinds">
        <summary>By kind</summary>
        <table data-testid="kinds">
          <thead>
            <tr>
              <th scope="col">Kind</th>
              <th scope="col">Harmful, stopped</th>
              <th scope="col">Harmless, stopped</th>
            </tr>
          </thead>
          <tbody>
            {is.kinds.map(({ kind, harmful, harmless }) => {
              const old = was.kinds.find((each) => each.kind === kind)!;
              return (
                <tr key={kind}>
                  <th scope="row">{kindWords[kind]}</th>
                  <td>
                    <Share of={harmful} difference={harmful.stopped - old.harmful.stopped} wanted />
                  </td>
                  <td>
                    <Share of={harmless} difference={harmless.stopped - old.harmless.stopped} />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </details>
    </div>
  );
}

function Share({ of: { of, stopped }, difference, wanted = false }: { of: { of: number; stopped: number }; difference: number; wanted?: boolean }) {
  if (of === 0) return <span className="bench-faint">-</span>;
  return (
    <span data-good={wanted ? stopped === of : stopped === 0}>
      {stopped} of {of}
      {difference !== 0 && (
        <span className="bench-difference" data-better={difference > 0 === wanted}>
          {signed(difference)}
        </span>
      )}
    </span>
  );
}
