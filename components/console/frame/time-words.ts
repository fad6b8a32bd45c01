/** As the AWS console prints dates, always in UTC: a lab's clock has no time zone of its own. `ms` since the epoch. */
export function absoluteTime(ms: number): string {
  const date = new Date(ms);
  const day = date.toLocaleDateString("en-US", { month: "short", day: "2-digit", year: "numeric", timeZone: "UTC" });
  return `${day}, ${date.toISOString().slice(11, 16)} UTC`;
}

const UNITS: [unit: Intl.RelativeTimeFormatUnit, ms: number][] = [
  ["year", 365 * 86_400_000],
  ["month", 30 * 86_400_000],
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];
const words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/** "3 days ago", "in 7 days", "just now" for less than a minute either way. Both in ms. */
export function relativeTime(ms: number, now: number): string {
  const away = ms - now;
  for (const [unit, size] of UNITS) {
    if (Math.abs(away) >= size) return words.format(Math.trunc(away / size), unit);
  }
  return "just now";
}
