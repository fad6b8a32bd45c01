import { presets } from "@/lib/engine/traffic/presets";
import { scenarioProblems, type Scenario, type Source } from "@/lib/engine/traffic/scenario";

/** A scenario as somebody edits it: numbers and countries as they are typed. */

export const kindWords: Record<Source["kind"], string> = {
  users: "people with browsers", crawler: "crawler", scanner: "scanner", "credential-stuffing": "credential stuffing", probes: "injection probes", "http-flood": "HTTP flood", slow: "slow requests", "network-flood": "flood of packets",
};

export interface SourceDraft {
  off?: boolean;
  rate?: string;
  start?: string;
  end?: string;
  clients?: string;
  countries?: string;
}
export interface ScenarioDraft {
  preset: string;
  resource: string;
  seed: string;
  /** By source: what was changed. */
  edits: Record<string, SourceDraft>;
}

export const emptyDraft = (): ScenarioDraft => ({ preset: "http-flood", resource: "", seed: "", edits: {} });
export const presetOf = ({ preset }: Pick<ScenarioDraft, "preset">): Scenario => presets.find(({ id }) => id === preset) ?? presets[1];

const typed = (text: string | undefined, whole: number): number => (text === undefined ? whole : text.trim() === "" ? NaN : Number(text));

/** What stands in a source's fields. */
export const fieldsOf = (source: Source, edit: SourceDraft = {}): Required<Omit<SourceDraft, "off">> => ({
  rate: edit.rate ?? String(source.rate), start: edit.start ?? String(source.startSec), end: edit.end ?? String(source.endSec),
  clients: edit.clients ?? ("clients" in source ? String(source.clients) : ""), countries: edit.countries ?? ("countries" in source ? (source.countries ?? []).map(({ country }) => country).join(", ") : ""),
});

function edited(source: Source, edit: SourceDraft | undefined): Source {
  if (!edit) return source;
  const [startSec, endSec] = [typed(edit.start, source.startSec), typed(edit.end, source.endSec)];
  const changed = { ...source, rate: typed(edit.rate, source.rate), startSec, endSec };
  // Ramps that are longer than what is left of the source are cut with it.
  const ramp = source.ramp && endSec > startSec ? Math.min(1, (endSec - startSec) / (source.ramp.upSec + source.ramp.downSec || 1)) : 1;
  if (source.ramp && ramp < 1) changed.ramp = { upSec: source.ramp.upSec * ramp, downSec: source.ramp.downSec * ramp };
  if (!("clients" in changed) || !("clients" in source)) return changed;
  const codes = edit.countries?.toUpperCase().split(/[\s,]+/).filter(Boolean);
  const known = new Map((source.countries ?? []).map((each) => [each.country, each.share]));
  const whole = { ...changed, clients: typed(edit.clients, source.clients) } as Extract<Source, { clients: number }>;
  if (codes === undefined) return whole;
  const { countries: _, ...everywhere } = whole;
  return codes.length ? ({ ...everywhere, countries: codes.map((country) => ({ country, share: known.get(country) ?? 1 })) } as Source) : (everywhere as Source);
}

/** The scenario that a draft makes, or what is wrong with it. */
export function scenarioOf(draft: ScenarioDraft): { scenario: Scenario; problem?: string } {
  const preset = presetOf(draft);
  const sources = preset.sources.filter(({ id }) => !draft.edits[id]?.off).map((source) => edited(source, draft.edits[source.id]));
  const changed = Object.values(draft.edits).some((edit) => Object.keys(edit).length > 0);
  // What the preset says of itself would no longer be true.
  const scenario = changed ? { ...preset, what: `The scenario “${preset.title}”, changed.`, sources } : { ...preset, sources };
  if (!sources.length) return { scenario, problem: "Leave at least one source in." };
  const [first] = scenarioProblems(scenario);
  const [, place, rest] = /^Source (\d+): (.*)$/s.exec(first ?? "") ?? [];
  const problem = place ? `${sources[Number(place) - 1].name}: ${rest}` : first;
  const seed = draft.seed.trim();
  return { scenario, ...(problem ? { problem } : seed && !/^\d{1,9}$/.test(seed) ? { problem: "A seed is a whole number of up to nine digits." } : {}) };
}
