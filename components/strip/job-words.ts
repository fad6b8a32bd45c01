import type { Lab } from "@/lib/engine/lab";
import type { Change, JournalEntry } from "@/lib/engine/types";
import { isBookkeeping } from "@/lib/store/steps";

/** What the lab's clock will do, or did: as it stands among the jobs, in the lab or in an entry of the journal. */
export interface Job {
  due: number;
  service: string;
  kind: string;
  account: string;
  region: string;
  args: Record<string, unknown>;
}

interface Words {
  /** Where there is room for three words. */
  short: string;
  /** After the name of the thing: `the key alias/payroll` … */
  will: string;
  did: string;
}

const words: Record<string, Words> = {
  "kms:automatic-rotation": { short: "a key rotates", will: "rotates: it gets new key material", did: "rotated: it got new key material" },
  "kms:deletion": {
    short: "a key is deleted",
    will: "is deleted, with its aliases and grants: what it encrypted stays shut for good",
    did: "was deleted, with its aliases and grants: what it encrypted stays shut for good",
  },
  "kms:material-expiry": {
    short: "imported key material expires",
    will: "loses its imported key material, which expires: it cannot be used until the same material is imported again",
    did: "lost its imported key material, which expired: it cannot be used until the same material is imported again",
  },
  "kms:state-settled": { short: "a key becomes ready", will: "becomes ready: the change to it is complete in its Regions", did: "became ready: the change to it was complete in its Regions" },
  "stack-step": { short: "a stack goes on", will: "goes on with its operation, one resource further", did: "went on with its operation, one resource further" },
  "change-set": { short: "a change set is computed", will: "has its change set computed", did: "had its change set computed" },
  "drift-detection": { short: "drift is detected", will: "is compared with what it was made as", did: "was compared with what it was made as" },
  Expiration: { short: "a parameter expires", will: "expires, and is deleted with its history", did: "expired, and was deleted with its history" },
  ExpirationNotification: {
    short: "a notice before a parameter expires",
    will: "has an event sent, since it is about to expire",
    did: "had an event sent, since it was about to expire",
  },
  NoChangeNotification: {
    short: "a notice that a parameter has not changed",
    will: "has an event sent, since it has not changed for so long",
    did: "had an event sent, since it had not changed for so long",
  },
  RotationStep: { short: "a step of a rotation", will: "has the next step of its rotation done", did: "had a step of its rotation done" },
  RotationRetry: { short: "a rotation is tried again", will: "has its rotation tried again, since it failed", did: "had its rotation tried again, since it had failed" },
  ScheduledRotation: { short: "a secret rotates", will: "is rotated, as its schedule says", did: "began to be rotated, as its schedule says" },
  Connect: { short: "an application connects", will: "connects to its database", did: "connected to its database" },
  SecretDeletion: { short: "a secret is deleted", will: "is deleted with all its versions, and its name is free", did: "was deleted with all its versions, and its name became free" },
  Replicate: { short: "a secret is replicated", will: "is brought over to this Region", did: "was brought over to this Region" },
  DBInstanceReady: { short: "a database is ready", will: "becomes available", did: "became available" },
  DBInstanceModified: { short: "a database has changed", will: "has its modification done", did: "had its modification done" },
  DBInstanceMaintained: { short: "a maintenance window begins", will: "has what waits for its maintenance window done", did: "had what waited for its maintenance window begun" },
  DBInstancePassword: { short: "a master password changes", will: "takes its new master password", did: "took its new master password" },
  DBInstanceStopped: { short: "a database stops", will: "is stopped", did: "was stopped" },
  DBInstanceStarted: { short: "a database starts", will: "starts", did: "started" },
  DBInstanceDeleted: { short: "a database goes", will: "is gone, with all that is in it", did: "was gone, with all that was in it" },
  DBClusterReady: { short: "a cluster is ready", will: "becomes available", did: "became available" },
  DBClusterPassword: { short: "a master password changes", will: "takes its new master password", did: "took its new master password" },
  DBClusterStopped: { short: "a cluster stops", will: "is stopped", did: "was stopped" },
  DBClusterStarted: { short: "a cluster starts", will: "starts", did: "started" },
  DBClusterDeleted: { short: "a cluster goes", will: "is gone, with all that is in it", did: "was gone, with all that was in it" },
  ClusterReady: { short: "a cluster is ready", will: "becomes available", did: "became available" },
  ClusterPassword: { short: "an admin password changes", will: "takes its new admin password", did: "took its new admin password" },
  ClusterResized: { short: "a cluster is resized", will: "has its new nodes", did: "had its new nodes" },
  ClusterDeleted: { short: "a cluster goes", will: "is gone, with all that is in it", did: "was gone, with all that was in it" },
  FunctionReady: { short: "a function is ready", will: "becomes ready", did: "became ready" },
  EventDelivery: { short: "an event is held against the rules", will: "is held against the rules of its bus", did: "was held against the rules of its bus" },
  EventRetry: { short: "an event is sent to a target again", will: "sends an event to its target again", did: "sent an event to its target again" },
  ScheduledRule: { short: "a rule runs by its schedule", will: "runs, as its schedule says", did: "ran, as its schedule says" },
  evaluate: { short: "a policy looks at its accounts", will: "looks again at all accounts in its scope", did: "looked again at all accounts in its scope" },
  "end-of-year": { short: "a year of Shield Advanced ends", will: "comes to the end of its year, and renews itself unless it may not", did: "came to the end of its year" },
  "attack-ends": { short: "an attack ends", will: "ends", did: "ended" },
  engage: { short: "the response team says yes", will: "has its proactive engagement enabled", did: "had its proactive engagement enabled" },
  AsynchronousInvocation: { short: "a function is invoked from its queue", will: "is invoked with an event from its queue", did: "was invoked with an event from its queue" },
};

/** What a job of the lab's clock will do, in few words. An unknown one is called by its service and its own name. */
export const jobWords = (service: string, kind: string): string => words[kind]?.short ?? `${service} ${kind}`;

/** The job that an entry of kind `job` ran: it was taken from the queue, and so stands among the changes. */
export function jobOf(entry: JournalEntry): Job | undefined {
  const taken = entry.changes.find(({ service, table, id }) => service === "lab" && table === "jobs" && id === entry.job);
  return taken?.before as Job | undefined;
}

/** Something the clock does or did, on one line; the same thing done again and again is one line with a count. */
export interface Happening {
  /** A whole sentence, without its time. */
  sentence: string;
  /** Lab time of the first, ms. */
  at: number;
  times: number;
  /** Request id of the last entry, where it has happened in this lab. */
  requestId: string;
  seq: number;
}

/** Entries of kind `job` as lines, in the order of their first time. `lab` knows the names of what is still there. */
export function happenings(entries: readonly JournalEntry[], lab: Lab, tense: "will" | "did"): Happening[] {
  const lines = new Map<string, Happening & { job: Job; changes: Change[] }>();
  for (const entry of entries) {
    const job = entry.kind === "job" ? jobOf(entry) : undefined;
    if (!job) continue;
    const name = [job.account, job.region, job.service, job.kind, JSON.stringify(job.args)].join(" ");
    const known = lines.get(name);
    lines.set(name, {
      sentence: "",
      at: known?.at ?? entry.at,
      times: (known?.times ?? 0) + 1,
      requestId: entry.requestId,
      seq: entry.seq,
      job,
      changes: [...(known?.changes ?? []), ...entry.changes],
    });
  }
  return [...lines.values()].map(({ job, changes, ...line }) => {
    const real = changes.some((change) => change.service !== "lab" && !isBookkeeping(change));
    const what = real ? (words[job.kind]?.[tense] ?? `${tense === "will" ? "runs" : "ran"} ${job.service} ${job.kind}`) : tense === "will" ? "needs nothing any more" : "needed nothing any more";
    const times = line.times > 1 ? `, ${line.times.toLocaleString("en")} times` : "";
    return { ...line, sentence: `${thingOf(job, changes, lab)} ${what}${times}.` };
  });
}

interface AliasRow {
  AliasName: string;
  TargetKeyId?: string;
}

/** What the clock did, from an entry of kind `job` alone: a key is called by its alias where that went with it. */
export function jobSentence(entry: JournalEntry): string | undefined {
  const job = jobOf(entry);
  return job && `${thingOf(job, entry.changes)} ${words[job.kind]?.did ?? `had ${job.service} run ${job.kind}`}.`;
}

/** The key or parameter that a job is about, by the name that a learner knows it by. */
function thingOf({ account, region, service, args }: Job, changes: readonly Change[], lab?: Lab): string {
  if (typeof args.name === "string") return `The parameter ${args.name}`;
  if (typeof args.SecretId === "string") return `The secret ${args.SecretId}`;
  if (typeof args.ApplicationName === "string") return `The application ${args.ApplicationName}`;
  if (typeof args.FunctionName === "string") return `The function ${args.FunctionName}`;
  if (typeof args.StackName === "string") return `The stack ${args.StackName}`;
  if (typeof args.DBInstanceIdentifier === "string") return `The database ${args.DBInstanceIdentifier}`;
  if (typeof args.DBClusterIdentifier === "string") return `The DB cluster ${args.DBClusterIdentifier}`;
  if (typeof args.ClusterIdentifier === "string") return `The Redshift cluster ${args.ClusterIdentifier}`;
  if (typeof args.Rule === "string") return `The rule ${args.Rule}`;
  if (typeof args.DetailType === "string") return `The event “${args.DetailType}”`;
  if (typeof args.AttackId === "string") return `The attack …${args.AttackId.slice(-4)}`;
  if (service === "shield") return "The subscription to Shield Advanced";
  if (typeof args.PolicyId === "string") {
    const policy = lab?.read({ account, region, service }).table<{ PolicyName: string }>("policies").get(args.PolicyId);
    return policy ? `The Firewall Manager policy ${policy.PolicyName}` : "A Firewall Manager policy that is gone";
  }
  const id = args.KeyId;
  if (typeof id !== "string") return "Something";
  const aliases = [
    ...(lab?.read({ account, region, service: "kms" }).table<AliasRow>("aliases").all() ?? []),
    // Of a key that is gone with its aliases.
    ...changes.flatMap(({ table, before }) => (table === "aliases" && before ? [before as AliasRow] : [])),
  ];
  const alias = aliases.find(({ TargetKeyId }) => TargetKeyId === id)?.AliasName;
  return alias ? `The key ${alias}` : `The key …${id.slice(-4)}`;
}
