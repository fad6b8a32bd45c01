/** Runs in the page that `bench-scale.ts` opens: the store as it is, on a lab of 100,000 parameters and 10,000 keys. */
import { createLab } from "../lib/engine/lab";
import { seededPorts } from "../lib/engine/ports";
import { call, changeLab, openLab, redo, theLab, undo } from "../lib/store/lab-store";

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

const bench = {
  /** Makes a lab of that size the current one, through the engine's own door. Returns its number of rows. */
  async fill(parameters: number, keys: number): Promise<number> {
    await openLab();
    const lab = createLab({ ports: seededPorts(1), journalLimit: 10 });
    for (let i = 0; i < keys; i++) await lab.call({ service: "kms", operation: "CreateKey", input: { Description: `key ${i}` }, caller, region });
    for (let i = 0; i < parameters; i++)
      await lab.call({ service: "ssm", operation: "PutParameter", input: { Name: `/app/service-${i % 50}/parameter-${i}`, Value: `value ${i}`, Type: "String", Tier: "Advanced" }, caller, region });
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
