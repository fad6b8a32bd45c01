import { countries, countryPlace } from "./addresses";
import type { CountryShare, Source } from "./scenario";

/** How many requests a second a source makes at a moment, and from where. */

/** How busy people are in each hour of their day; the mean is 1. Ours: few at four in the morning, most at eight in the evening. */
const hours = [0.5, 0.35, 0.25, 0.2, 0.2, 0.25, 0.4, 0.7, 1, 1.2, 1.25, 1.3, 1.35, 1.3, 1.2, 1.2, 1.25, 1.35, 1.5, 1.65, 1.7, 1.5, 1.35, 1.05];
export const busiest = 1.7;

/** At a moment (epoch milliseconds) in a place that is `offset` hours ahead of UTC. */
export function busy(ms: number, offset: number): number {
  const hour = (((ms / 3_600_000 + offset) % 24) + 24) % 24;
  const whole = Math.floor(hour);
  const next = hours[(whole + 1) % 24];
  return hours[whole] + (next - hours[whole]) * (hour - whole);
}

/** From 0 to 1: where the source is between its ramps, `sec` seconds after the scenario's beginning. */
export function ramped({ startSec, endSec, ramp }: Source, sec: number): number {
  if (sec < startSec || sec >= endSec) return 0;
  if (!ramp) return 1;
  const up = ramp.upSec > 0 ? (sec - startSec) / ramp.upSec : 1;
  const down = ramp.downSec > 0 ? (endSec - sec) / ramp.downSec : 1;
  return Math.min(1, up, down);
}

/** How a source's addresses are divided: by country, its share and its part of the addresses (`from` up to `to`). */
export interface Division {
  place: number;
  share: number;
  from: number;
  to: number;
}

const everywhere: readonly CountryShare[] = countries.map(({ code }) => ({ country: code, share: 1 }));

/** All addresses are given to countries by their shares; a country whose share is too small for one has none. */
export function divide({ clients, countries: given = everywhere as CountryShare[] }: { clients: number; countries?: CountryShare[] }): Division[] {
  const total = given.reduce((sum, { share }) => sum + share, 0);
  const divisions: Division[] = [];
  let sum = 0;
  let from = 0;
  for (const { country, share } of given) {
    sum += share;
    const to = Math.round((clients * sum) / total);
    if (to > from) divisions.push({ place: countryPlace(country), share: share / total, from, to });
    from = to;
  }
  return divisions;
}
