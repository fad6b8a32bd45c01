const units: Record<string, number> = { second: 1_000, minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** `10 minutes`, `29 days`, `1 hour`, in ms. Throws for anything else: a lesson says it plainly. */
export function durationMs(text: string): number {
  const [, count, unit] = /^(\d+) (second|minute|hour|day)s?$/.exec(text) ?? [];
  if (!unit) throw new Error(`${text} is no duration such as "10 minutes".`);
  return Number(count) * units[unit];
}
