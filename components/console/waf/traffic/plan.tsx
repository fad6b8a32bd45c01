import type { Scenario } from "@/lib/engine/traffic/scenario";
import { kindWords } from "./scenario-draft";
import { length, rateText, short } from "./model";

const harmless = new Set(["users"]);
const isHarmful = (source: Scenario["sources"][number]): boolean => !(harmless.has(source.kind) || (source.kind === "crawler" && source.genuine));

/** Who comes when: a bar for each source. `elapsed`: seconds of the scenario that have gone. */
export function Plan({ scenario, elapsed }: { scenario: Scenario; elapsed?: number }) {
  const end = Math.max(...scenario.sources.map(({ endSec }) => endSec));
  return (
    <div className="traffic-plan" role="table" aria-label="Who comes when">
      {scenario.sources.map((source) => (
        <div role="row" key={source.id}>
          <span role="rowheader">{source.name}</span>
          <span role="cell" className="traffic-bar">
            <span data-harmful={isHarmful(source)} style={{ insetInlineStart: `${(source.startSec / end) * 100}%`, inlineSize: `${((source.endSec - source.startSec) / end) * 100}%` }} />
            {elapsed !== undefined && <i style={{ insetInlineStart: `${Math.min(100, (elapsed / end) * 100)}%` }} />}
            <span className="waf-hidden">{`${kindWords[source.kind]}, from ${length(source.startSec)} to ${length(source.endSec)}`}</span>
          </span>
          <span role="cell">{source.kind === "network-flood" ? `${short(source.rate)} packets/s` : `${rateText(source.rate)}/s`}</span>
        </div>
      ))}
    </div>
  );
}
