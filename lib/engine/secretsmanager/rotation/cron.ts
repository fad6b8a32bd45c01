/**
 * Secrets Manager's cron expressions: `cron(Minutes Hours Day-of-month Month Day-of-week Year)`, all in UTC. Windows open
 * on the hour (Minutes is 0), every year (Year is `*`), and at least four hours apart.
 * Source: Secrets Manager User Guide, "Rotation schedules", its table of cron expression requirements.
 */
export interface Cron {
  /** Hours at which windows open, ascending. */
  hours: number[];
  /** Hours are given as an increment: a schedule in hours, whose windows are an hour long unless said otherwise. */
  inHours: boolean;
  /** 1 to 12. */
  months: number[];
  days: Days;
}

/** Which days of a month: by number, the last one, by day of the week (1 is Sunday), or the nth or last such day. */
type Days =
  | { by: "month"; days: number[]; last: boolean }
  | { by: "week"; days: number[] }
  | { by: "nth"; day: number; nth: number }
  | { by: "last"; day: number };

const monthNames = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const dayNames = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/** undefined for what Secrets Manager does not take. `fields` is what stands between the parentheses. */
export function parseCron(fields: string): Cron | undefined {
  const [minutes, hours, dayOfMonth, month, dayOfWeek, year, ...rest] = fields.split(" ");
  if (year !== "*" || minutes !== "0" || rest.length) return undefined;
  const opening = readHours(hours);
  const months = values(month, 1, 12, monthNames);
  const days = dayOfMonth === "?" ? (dayOfWeek === "?" ? undefined : ofWeek(dayOfWeek)) : dayOfWeek === "?" ? ofMonth(dayOfMonth) : undefined;
  if (!opening || !months || !days) return undefined;
  const cron = { ...opening, months, days };
  return everyYear(cron) ? cron : undefined;
}

/** One hour, or an increment (`8/8`, `/8`) that leaves four hours between windows, over midnight too. */
function readHours(text: string): Pick<Cron, "hours" | "inHours"> | undefined {
  const found = /^(\d{1,2}|\*)?(?:\/(\d{1,2}))?$/.exec(text);
  if (!found || text === "" || text === "*") return undefined;
  const start = found[1] === undefined || found[1] === "*" ? 0 : Number(found[1]);
  if (start > 23) return undefined;
  if (found[2] === undefined) return { hours: [start], inHours: false };
  const step = Number(found[2]);
  if (step < leastHours || step > 23) return undefined;
  const hours: number[] = [];
  for (let hour = start; hour < 24; hour += step) hours.push(hour);
  return hours[0] + 24 - hours.at(-1)! < leastHours ? undefined : { hours, inHours: true };
}

/** Source: Secrets Manager User Guide, "Rotation schedules": as often as every four hours. */
export const leastHours = 4;

/** A list of values, ranges and increments; `*` is all of them. */
function values(text: string, low: number, high: number, names: readonly string[] = []): number[] | undefined {
  const one = (word: string): number | undefined => {
    const named = names.indexOf(word.toUpperCase());
    const value = named >= 0 ? low + named : /^\d{1,2}$/.test(word) ? Number(word) : undefined;
    return value !== undefined && value >= low && value <= high ? value : undefined;
  };
  const out = new Set<number>();
  for (const part of text.split(",")) {
    const [range, increment, ...more] = part.split("/");
    if (more.length) return undefined;
    const step = increment === undefined ? 1 : /^\d{1,2}$/.test(increment) ? Number(increment) : 0;
    if (step < 1) return undefined;
    const ends = range === "*" || (range === "" && increment !== undefined) ? [low, high] : range.split("-").map(one);
    const [from, to = increment === undefined ? from : high] = ends;
    if (ends.length > 2 || ends.includes(undefined) || from === undefined || to === undefined || to < from) return undefined;
    for (let value = from; value <= to; value += step) out.add(value);
  }
  return [...out].sort((a, b) => a - b);
}

/** The last such day of the month: `SUNL`. The guide names it with the days of the month; it reads as well with those of the week. */
function lastNamed(text: string): Days | undefined {
  const day = /L$/i.test(text) && text.length > 1 ? values(text.slice(0, -1), 1, 7, dayNames) : undefined;
  return day?.length === 1 ? { by: "last", day: day[0] } : undefined;
}

function ofMonth(text: string): Days | undefined {
  const last = text.split(",").some((part) => part.toUpperCase() === "L");
  const numbers = text.split(",").filter((part) => part.toUpperCase() !== "L");
  const days = numbers.length ? values(numbers.join(","), 1, 31) : [];
  return days ? { by: "month", days, last } : lastNamed(text);
}

function ofWeek(text: string): Days | undefined {
  const nth = /^(\w+)#([1-5])$/.exec(text);
  if (nth) {
    const day = values(nth[1], 1, 7, dayNames);
    return day?.length === 1 ? { by: "nth", day: day[0], nth: Number(nth[2]) } : undefined;
  }
  if (text.toUpperCase() === "L") return { by: "week", days: [7] };
  const days = values(text, 1, 7, dayNames);
  return days ? { by: "week", days } : lastNamed(text);
}

const DAY = 86_400_000;

/** Whether windows open on this UTC day; `at` is any moment of it, ms. */
export function isDay({ months, days }: Cron, at: number): boolean {
  const date = new Date(at);
  if (!months.includes(date.getUTCMonth() + 1)) return false;
  const dayOfMonth = date.getUTCDate();
  const dayOfWeek = date.getUTCDay() + 1;
  const length = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  switch (days.by) {
    case "month":
      return days.days.includes(dayOfMonth) || (days.last && dayOfMonth === length);
    case "week":
      return days.days.includes(dayOfWeek);
    case "nth":
      return dayOfWeek === days.day && Math.ceil(dayOfMonth / 7) === days.nth;
    case "last":
      return dayOfWeek === days.day && dayOfMonth + 7 > length;
  }
}

/** Schedules that are more than a year apart (only in leap years, or never) are not taken. */
function everyYear(cron: Cron): boolean {
  const start = Date.UTC(2025, 0, 1);
  for (let day = 0; day < 365; day++) if (isDay(cron, start + day * DAY)) return true;
  return false;
}

/** When the next window opens that opens after `after`, ms. */
export function nextOpening(cron: Cron, after: number): number {
  const today = Math.floor(after / DAY) * DAY;
  for (let day = today; ; day += DAY) {
    if (!isDay(cron, day)) continue;
    const hour = cron.hours.find((one) => day + one * 3_600_000 > after);
    if (hour !== undefined) return day + hour * 3_600_000;
  }
}
