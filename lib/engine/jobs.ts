import { type Draft, dbOf } from "./store";
import type { JsonObject, Step } from "./types";

/** Things that happen later, held in the state: in order of time, and found by name. */
export interface JobRow {
  id: string;
  due: number;
  account: string;
  region: string;
  service: string;
  kind: string;
  args: JsonObject;
  /** Events before it in one chain of causes, where there are any. */
  chain?: number;
}

const nameOf = (account: string, region: string, service: string, id: string): string => `${account} ${region} ${service} ${id}`;
const tables = (draft: Draft) => {
  const lab = dbOf(draft, "", "", "lab");
  return { jobs: lab.table<JobRow>("jobs"), names: lab.table<{ key: string }>("job-names") };
};

/** Puts a job down; in place of one with the same id of the same service and place. */
export function schedule(draft: Draft, job: JobRow, steps: Step[]): void {
  unschedule(draft, job.account, job.region, job.service, job.id);
  const { jobs, names } = tables(draft);
  const name = nameOf(job.account, job.region, job.service, job.id);
  const key = `${String(job.due).padStart(15, "0")} ${name}`;
  jobs.put(key, job);
  names.put(name, { key });
  steps.push({ kind: "job", id: job.id, due: job.due, what: job.kind });
}

export function unschedule(draft: Draft, account: string, region: string, service: string, id: string): void {
  const { jobs, names } = tables(draft);
  const name = nameOf(account, region, service, id);
  const known = names.get(name);
  if (!known) return;
  jobs.delete(known.key);
  names.delete(name);
}

/** The job that is due first. */
export function nextJob(draft: Draft): { key: string; job: Readonly<JobRow> } | undefined {
  const { jobs } = tables(draft);
  const [key] = jobs.ids({ limit: 1 });
  return key === undefined ? undefined : { key, job: jobs.get(key)! };
}
