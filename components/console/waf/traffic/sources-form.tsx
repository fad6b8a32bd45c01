"use client";
import Checkbox from "@cloudscape-design/components/checkbox";
import type { Scenario } from "@/lib/engine/traffic/scenario";
import { Line } from "../shared/choose";
import { fieldsOf, kindWords, type SourceDraft } from "./scenario-draft";

/** A scenario's sources: who comes, from when to when, how many, from where. */
export function SourcesForm({ scenario, edits, onChange }: { scenario: Scenario; edits: Readonly<Record<string, SourceDraft>>; onChange(source: string, edit: SourceDraft): void }) {
  return (
    <div className="traffic-sources">
      {scenario.sources.map((source) => {
        const edit = edits[source.id] ?? {};
        const fields = fieldsOf(source, edit);
        const set = (part: SourceDraft) => onChange(source.id, { ...edit, ...part });
        const id = `source-${source.id}`;
        return (
          <fieldset key={source.id} className="waf-part">
            <legend>
              <Checkbox checked={!edit.off} onChange={({ detail }) => set({ off: !detail.checked })} data-testid={`${id}-on`}>
                {source.name} ({kindWords[source.kind]})
              </Checkbox>
            </legend>
            {!edit.off && (
              <div className="traffic-source">
                <Line label={source.kind === "network-flood" ? "Packets a second" : "Requests a second"} value={fields.rate} onChange={(rate) => set({ rate })} testId={`${id}-rate`} />
                <Line label="From second" value={fields.start} onChange={(start) => set({ start })} testId={`${id}-start`} />
                <Line label="To second" value={fields.end} onChange={(end) => set({ end })} testId={`${id}-end`} />
                {"clients" in source && <Line label="Addresses" value={fields.clients} onChange={(clients) => set({ clients })} testId={`${id}-clients`} />}
                {"clients" in source && <Line label="Countries" placeholder="All of the lab’s" value={fields.countries} onChange={(countries) => set({ countries })} mono testId={`${id}-countries`} />}
              </div>
            )}
          </fieldset>
        );
      })}
    </div>
  );
}
