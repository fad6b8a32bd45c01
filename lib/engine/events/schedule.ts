/**
 * Schedules of rules: `rate(5 minutes)` and `cron(0 12 * * ? *)`, in UTC, to the minute. Times are ms since the epoch.
 * Sources: EventBridge User Guide, Setting a schedule pattern for scheduled rules (legacy): Cron expressions, Rate expressions; which
 * texts are refused as recorded from AWS (github.com/localstack/localstack, tests/aws/services/events, test_events_schedule.py).
 */
export type Schedule = { kind: "rate"; every: number } | Cron;

interface Cron {
  kind: "cron";
  minutes: number[];
  hours: number[];
  /** Whether the day is one of the schedule's; the year is among them. */
  day(year: number, month: number, day: number): boolean;
  /** Beyond these years nothing happens. */
  years: [first: number, last: number];
}

const MINUTE = 60_000;
const DAY = 86_400_000;
const units: Record<string, number> = { minute: MINUTE, hour: 60 * MINUTE, day: DAY };

/** undefined for what AWS refuses with "Parameter ScheduleExpression is not valid." */
export function parseSchedule(expression: string): Schedule | undefined {
  const rate = /^rate\(([1-9]\d*) (minute|hour|day)(s?)\)$/.exec(expression);
  if (rate) {
    const count = Number(rate[1]);
    return (count === 1) === (rate[3] === "") && Number.isSafeInteger(count * units[rate[2]]) ? { kind: "rate", every: count * units[rate[2]] } : undefined;
  }
  const cron = /^cron\((.*)\)$/.exec(expression);
  return cron ? parseCron(cron[1].trim().split(/ +/)) : undefined;
}

// ---------------------------------------------------------------- cron

const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/** A number of a field, by itself or by its name. */
function numberIn(text: string, low: number, high: number, names: readonly string[] = []): number | undefined {
  const named = names.indexOf(text.toUpperCase());
  const value = named >= 0 ? named + low : /^\d{1,4}$/.test(text) ? Number(text) : NaN;
  return value >= low && value <= high ? value : undefined;
}

/** `*`, `5`, `1-5`, `0/15`, `1-20/5`, and several of them with commas between; undefined for anything else. */
function numbersIn(text: string, low: number, high: number, names?: readonly string[]): number[] | undefined {
  const out = new Set<number>();
  for (const part of text.split(",")) {
    const [range, step, more] = part.split("/");
    const every = step === undefined ? 1 : /^\d{1,4}$/.test(step) ? Number(step) : 0;
    if (!every || more !== undefined) return undefined;
    const [from, to, third] = range.split("-");
    const first = range === "*" ? low : numberIn(from, low, high, names);
    const last = range === "*" ? high : to === undefined ? (step === undefined ? first : high) : numberIn(to, low, high, names);
    if (first === undefined || last === undefined || third !== undefined) return undefined;
    // `FRI-MON` goes over the end.
    const end = last < first ? last + high - low + 1 : last;
    for (let value = first; value <= end; value += every) out.add(value > high ? value - (high - low + 1) : value);
  }
  return [...out].sort((a, b) => a - b);
}

type DayTest = (year: number, month: number, day: number) => boolean;

const lengthOf = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();
/** 1 is Sunday. */
const weekdayOf = (year: number, month: number, day: number): number => new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;

/** The weekday (Monday to Friday) that is nearest to a day, in the same month. */
function nearestWeekday(year: number, month: number, day: number): number {
  const length = lengthOf(year, month);
  const wanted = Math.min(day, length);
  const weekday = weekdayOf(year, month, wanted);
  if (weekday === 7) return wanted > 1 ? wanted - 1 : 3;
  if (weekday === 1) return wanted < length ? wanted + 1 : wanted - 2;
  return wanted;
}

function dayOfMonth(text: string): DayTest | undefined {
  const tests: DayTest[] = [];
  for (const part of text.split(",")) {
    const near = /^(\d{1,2})W$/i.exec(part);
    if (part === "L") tests.push((year, month, day) => day === lengthOf(year, month));
    else if (part === "LW" || part === "WL") tests.push((year, month, day) => day === nearestWeekday(year, month, 31));
    else if (near) {
      const wanted = numberIn(near[1], 1, 31);
      if (wanted === undefined) return undefined;
      tests.push((year, month, day) => wanted <= lengthOf(year, month) && day === nearestWeekday(year, month, wanted));
    } else {
      const days = numbersIn(part, 1, 31);
      if (!days) return undefined;
      tests.push((_year, _month, day) => days.includes(day));
    }
  }
  return (year, month, day) => tests.some((test) => test(year, month, day));
}

function dayOfWeek(text: string): DayTest | undefined {
  const tests: DayTest[] = [];
  for (const part of text.split(",")) {
    const nth = /^(.+)#([1-5])$/.exec(part);
    const last = /^(.+)L$/i.exec(part);
    const wanted = nth || last ? numberIn((nth ?? last)![1], 1, 7, weekdays) : undefined;
    if (part === "L") tests.push((year, month, day) => weekdayOf(year, month, day) === 7);
    else if (nth) {
      if (wanted === undefined) return undefined;
      tests.push((year, month, day) => weekdayOf(year, month, day) === wanted && Math.ceil(day / 7) === Number(nth[2]));
    } else if (last) {
      if (wanted === undefined) return undefined;
      tests.push((year, month, day) => weekdayOf(year, month, day) === wanted && day + 7 > lengthOf(year, month));
    } else {
      const days = numbersIn(part, 1, 7, weekdays);
      if (!days) return undefined;
      tests.push((year, month, day) => days.includes(weekdayOf(year, month, day)));
    }
  }
  return (year, month, day) => tests.some((test) => test(year, month, day));
}

function parseCron(fields: string[]): Cron | undefined {
  if (fields.length !== 6) return undefined;
  const minutes = numbersIn(fields[0], 0, 59);
  const hours = numbersIn(fields[1], 0, 23);
  const inMonths = numbersIn(fields[3], 1, 12, months);
  const years = numbersIn(fields[5], 1970, 2199);
  // Exactly one of the two says which days.
  if ((fields[2] === "?") === (fields[4] === "?")) return undefined;
  const onDay = fields[2] === "?" ? dayOfWeek(fields[4]) : dayOfMonth(fields[2]);
  if (!minutes || !hours || !inMonths || !years || !onDay) return undefined;
  return { kind: "cron", minutes, hours, day: (year, month, day) => inMonths.includes(month) && years.includes(year) && onDay(year, month, day), years: [years[0], years[years.length - 1]] };
}

const isDay = ({ day }: Cron, start: number): boolean => {
  const date = new Date(start);
  return day(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
};

/** The times of a day of the schedule, from its beginning, in ms. */
const timesOf = ({ hours, minutes }: Cron): number[] => hours.flatMap((hour) => minutes.map((minute) => (hour * 60 + minute) * MINUTE));

// ---------------------------------------------------------------- when

/** The first time after `time`; undefined where there is none any more. `anchor` is when a rate began to count. */
export function nextTime(schedule: Schedule, time: number, anchor: number): number | undefined {
  if (schedule.kind === "rate") return anchor + schedule.every * (Math.floor(Math.max(0, time - anchor) / schedule.every) + 1);
  const times = timesOf(schedule);
  const end = Date.UTC(schedule.years[1] + 1, 0, 1);
  let start = Math.max(Math.floor(time / DAY) * DAY, Date.UTC(schedule.years[0], 0, 1));
  // No schedule waits longer for a day than from one leap year to the next but one.
  for (let days = 0; start < end && days < 12 * 366; days++, start += DAY) {
    if (!isDay(schedule, start)) continue;
    const found = times.find((at) => start + at > time);
    if (found !== undefined) return start + found;
  }
  return undefined;
}

/** The last time that is not after `until`, and after `time`; undefined where there is none. */
export function lastTime(schedule: Schedule, time: number, until: number, anchor: number): number | undefined {
  if (schedule.kind === "rate") {
    const last = anchor + schedule.every * Math.floor((until - anchor) / schedule.every);
    return last > time && last > anchor ? last : undefined;
  }
  const times = timesOf(schedule);
  for (let start = Math.floor(Math.min(until, Date.UTC(schedule.years[1] + 1, 0, 1)) / DAY) * DAY; start + DAY > time; start -= DAY) {
    if (!isDay(schedule, start)) continue;
    const found = times.findLast((at) => start + at <= until && start + at > time);
    if (found !== undefined) return start + found;
  }
  return undefined;
}

/** How many times there are after `time` and not after `until`. */
export function countTimes(schedule: Schedule, time: number, until: number, anchor: number): number {
  if (until <= time) return 0;
  if (schedule.kind === "rate") return Math.max(0, Math.floor((until - anchor) / schedule.every)) - Math.max(0, Math.floor((time - anchor) / schedule.every));
  const times = timesOf(schedule);
  let count = 0;
  const end = Math.min(until, Date.UTC(schedule.years[1] + 1, 0, 1));
  for (let start = Math.max(Math.floor(time / DAY) * DAY, Date.UTC(schedule.years[0], 0, 1)); start <= end; start += DAY) {
    if (!isDay(schedule, start)) continue;
    if (start > time && start + DAY <= until) count += times.length;
    else count += times.filter((at) => start + at > time && start + at <= until).length;
  }
  return count;
}
