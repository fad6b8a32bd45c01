/** A calendar month of the lab's clock, in UTC: that is how AWS bills. */
export interface Month {
  /** `2026-11`. */
  id: string;
  /** ms since the epoch; `end` is where the next one starts. */
  start: number;
  end: number;
}

let last: Month | undefined;

/** The month that a moment is in. Asked for at every call, and nearly always the same. */
export function monthOf(ms: number): Month {
  if (last && ms >= last.start && ms < last.end) return last;
  const date = new Date(ms);
  const start = Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
  return (last = { id: new Date(start).toISOString().slice(0, 7), start, end: Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1) });
}

/** The months from one to the other, both counting. */
export function monthsBetween(first: string, to: Month): Month[] {
  const out: Month[] = [];
  for (let month = monthOf(Date.parse(`${first}-01T00:00:00Z`)); month.start <= to.start; month = monthOf(month.end)) out.push(month);
  return out;
}
