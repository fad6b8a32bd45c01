/** Runs in the page that `bench-scale.ts` opens: the store as it is, on a lab of 100,000 parameters, 10,000 keys and 10,000 secrets. */
import type { Ask } from "../components/console/frame/use-load";
import { loadKeys } from "../components/console/kms/load-keys";
import { loadParameters } from "../components/console/parameter-store/load-parameters";
import { growingBeads } from "../components/strip/bead";
import { createLab } from "../lib/engine/lab";
import { seededPorts } from "../lib/engine/ports";
import { call, changeLab, labStore, openLab, redo, theLab, undo } from "../lib/store/lab-store";

const caller = { account: "111122223333", user: "admin" };
const region = "eu-west-2";

export interface Spent {
  /** ms from asking to the answer, the middle one of many. */
  middle: number;
  most: number;
  /** The longest time, ms, for which the page could do nothing else. */
  blocked: number;
  /** How often it was longer than 50 ms. */
  long: number;
}

/** Runs work again and again, and watches how long the main thread is kept at a time. */
async function spent(times: number, work: (turn: number) => Promise<unknown>): Promise<Spent> {
  const { port1, port2 } = new MessageChannel();
  let last = performance.now();
  let blocked = 0;
  let long = 0;
  let watching = true;
  port2.onmessage = () => {
    const now = performance.now();
    blocked = Math.max(blocked, now - last);
    if (now - last > 50) long++;
    last = now;
    if (watching) port1.postMessage(0);
  };
  port1.postMessage(0);
  const all: number[] = [];
  for (let turn = 0; turn < times; turn++) {
    const start = performance.now();
    await work(turn);
    all.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve));
  }
  watching = false;
  all.sort((a, b) => a - b);
  return { middle: all[all.length >> 1], most: all[all.length - 1], blocked, long };
}

const put = (turn: number) => call("ssm", "PutParameter", { Name: `/app/service-${turn % 50}/parameter-${turn}`, Value: `again ${turn}`, Type: "String", Overwrite: true }, { region });

let secretsMade = 0;

/** A secret of its own: made, read, given a new value, shown, listed, found by its name, marked for deletion. */
async function aSecret(): Promise<void> {
  const SecretId = `bench/secret-${secretsMade++}`;
  const ClientRequestToken = SecretId.padStart(40, "0");
  await ask("secretsmanager", "CreateSecret", { Name: SecretId, SecretString: "one", ClientRequestToken });
  await ask("secretsmanager", "GetSecretValue", { SecretId });
  await ask("secretsmanager", "PutSecretValue", { SecretId, SecretString: "two", ClientRequestToken: SecretId.padStart(41, "0") });
  await ask("secretsmanager", "DescribeSecret", { SecretId });
  await ask("secretsmanager", "ListSecrets", { MaxResults: 20, SortBy: "name" });
  await ask("secretsmanager", "BatchGetSecretValue", { Filters: [{ Key: "name", Values: [SecretId] }] });
  await ask("secretsmanager", "DeleteSecret", { SecretId });
}

/** As the consoles ask. */
const ask = (async (service, operation, input = {}) => {
  const reply = await call(service, operation, input, { region });
  if (!reply.ok) throw new Error(reply.error.code);
  return reply.output as never;
}) as Ask;

/** Where the parameter list stands. */
let from: string | undefined;

const bench = {
  /** Makes a lab of that size the current one, through the engine's own door. Returns its number of rows. */
  async fill(parameters: number, keys: number, secrets: number): Promise<number> {
    await openLab();
    const lab = createLab({ ports: seededPorts(1), journalLimit: 10 });
    for (let i = 0; i < keys; i++) await lab.call({ service: "kms", operation: "CreateKey", input: { Description: `key ${i}` }, caller, region });
    for (let i = 0; i < parameters; i++)
      await lab.call({ service: "ssm", operation: "PutParameter", input: { Name: `/app/service-${i % 50}/parameter-${i}`, Value: `value ${i}`, Type: "String", Tier: "Advanced" }, caller, region });
    for (let i = 0; i < secrets; i++)
      await lab.call({ service: "secretsmanager", operation: "CreateSecret", input: { Name: `app/service-${i % 50}/secret-${i}`, SecretString: `value ${i}`, ClientRequestToken: String(i).padStart(32, "0"), Tags: [{ Key: "team", Value: `team ${i % 20}` }] }, caller, region });
    const { records } = lab.snapshot();
    await changeLab({ made: { snapshot: lab.snapshot() } });
    return Object.values(records[caller.account][region]).reduce((sum, tables) => sum + Object.values(tables).reduce((rows, table) => rows + table.length, 0), 0);
  },
  async open(): Promise<Spent> {
    return spent(1, openLab);
  },
  async calls(): Promise<Spent> {
    for (let i = 0; i < 20; i++) await put(i);
    return spent(100, put);
  },
  async looks(): Promise<Spent> {
    return spent(100, () => call("ssm", "DescribeParameters", { MaxResults: 50 }, { region }));
  },
  /** What the parameter list reads for its next ten pages, again and again: through the list as somebody turns its pages. */
  async sheets(): Promise<Spent> {
    return spent(20, async () => void (from = (await loadParameters(ask, [], from)).next));
  },
  /** The same for a path, and for a word somewhere in the name. */
  async byPath(): Promise<Spent> {
    return spent(10, () => loadParameters(ask, [{ Key: "Path", Option: "Recursive", Values: ["/app/service-49"] }]));
  },
  async byWord(): Promise<Spent> {
    return spent(5, () => loadParameters(ask, [{ Key: "Name", Option: "Contains", Values: ["no such word"] }]));
  },
  /** Seven calls, one after the other: everything that is done to a secret. */
  async secretLives(): Promise<Spent> {
    for (let i = 0; i < 5; i++) await aSecret();
    return spent(20, aSecret);
  },
  /** A page of the secrets with a tag that none has: every secret is looked at. */
  async secretsByTag(): Promise<Spent> {
    return spent(10, () => ask("secretsmanager", "ListSecrets", { Filters: [{ Key: "tag-value", Values: ["nobody"] }] }));
  },
  /** A hundred keys of the KMS list, each described. */
  async keyList(): Promise<Spent> {
    return spent(5, () => loadKeys(ask));
  },
  /** The beads of the strip after each of 200 calls, as the page makes them: with the journal as long as it is. */
  async beads(): Promise<Spent> {
    const grow = growingBeads();
    grow(labStore.getState().journal);
    return spent(200, async (turn) => {
      await put(turn);
      grow(labStore.getState().journal);
    });
  },
  async undos(): Promise<Spent> {
    for (let i = 0; i < 60; i++) await put(i);
    return spent(50, () => undo());
  },
  async redos(): Promise<Spent> {
    return spent(50, () => redo());
  },
  heap: (): number => (performance as { memory?: { usedJSHeapSize: number } }).memory?.usedJSHeapSize ?? 0,
  seq: (): number => theLab()?.seq ?? -1,
};
export type Bench = typeof bench;
(globalThis as unknown as { bench: Bench }).bench = bench;
