import type { Lab } from "@/lib/engine/lab";
import { type Happening, happenings, jobWords } from "./job-words";

export interface Forecast {
  lines: Happening[];
  /** What is left out, where something is. */
  remark?: string;
}

/** With more jobs than this on the way a copy of the lab would take too long to go there, and the journal does not keep them all. */
const most = 2_000;
const tooMuch = "That is more than the journal keeps, so it cannot be taken back.";

/** What will happen in a lab until a time (lab time, ms): a copy of it goes there. The lab itself stays as it is. */
export async function forecast(lab: Lab, until: number): Promise<Forecast> {
  const due = lab.upcoming(most + 1).filter((job) => job.due <= until);
  if (!due.length) return { lines: [] };
  if (due.length > most) return counted(due);
  const copy = lab.fork();
  const entries = await copy.advance(Math.max(0, until - copy.now()));
  return { lines: happenings(entries, lab, "will"), ...(entries.length > most ? { remark: tooMuch } : {}) };
}

/** Too many for one line each: how many of each kind, from the queue alone. */
function counted(due: ReturnType<Lab["upcoming"]>): Forecast {
  const kinds = new Map<string, Happening>();
  for (const { service, kind, due: at } of due) {
    const known = kinds.get(`${service} ${kind}`);
    const times = (known?.times ?? 0) + 1;
    kinds.set(`${service} ${kind}`, { sentence: `${jobWords(service, kind)}: ${times.toLocaleString("en")} times, or more.`, at: known?.at ?? at, times, requestId: `${service} ${kind}`, seq: -1 });
  }
  return { lines: [...kinds.values()], remark: `More than ${most.toLocaleString("en")} things are due by then; only the first are counted, and not what follows from them. ${tooMuch}` };
}
