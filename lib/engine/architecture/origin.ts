import { model } from "./model";

/** The load balancer's nodes and the Auto Scaling group behind them, second by second. */

export interface OriginOptions {
  autoScaling: boolean;
  secondZone: boolean;
  /** When the first zone fails; undefined: it does not. */
  zoneLostAt?: number;
}

/** What comes to the load balancer in a second. */
export interface Offered {
  requests: number;
  /** Seconds of a vCPU. */
  cpu: number;
  /** Requests that hold a connection, and how long on average. */
  slow: number;
  holdSec: number;
}

/** What becomes of it: the share that passes each gate, of what came to it, and how long what passes waits. */
export interface OriginSecond {
  nodes: number;
  workers: number;
  queue: number;
  /** For the work that was there before. */
  backlogMs: number;
  /** Beside that, for a free vCPU: how likely, and how long on average. */
  busy: number;
  busyMs: number;
  instances: number;
  launching: number;
  /** 0 to 1. */
  utilisation: number;
  held: number;
}

export interface OriginEvent {
  at: number;
  what: "SCALE_OUT" | "IN_SERVICE" | "SCALE_IN" | "ZONE_LOST" | "REPLACED";
  detail: string;
}

/** Probability that all of `servers` are busy (Erlang's C formula); `load` is below them. Only + − × ÷, so that every engine says the same. */
export function allBusy(load: number, servers: number): number {
  let blocked = 1;
  for (let at = 1; at <= servers; at++) blocked = (load * blocked) / (at + load * blocked);
  const used = load / servers;
  return blocked / (1 - used * (1 - blocked));
}

const plural = (count: number): string => `${count} ${count === 1 ? "instance" : "instances"}`;

export class Origin {
  readonly events: OriginEvent[] = [];
  /** In service, by zone. */
  #zones: number[];
  #alive: boolean[];
  #launching: { at: number; zone: number; replaces: boolean }[] = [];
  #growth = 1;
  #backlog = 0;
  #lastSec = 0.1;
  /** Work offered a second, over the last ten or so: sampled requests come in lumps that real ones do not. */
  #load: number | undefined;
  #minute = { requests: 0, nodes: 0 };
  #high = 0;
  #low = 0;
  /** When slow requests let go, by second. */
  readonly #leaving = new Map<number, number>();
  #held = 0;

  constructor(readonly options: OriginOptions) {
    const { minInstances: min } = model;
    this.#zones = options.secondZone ? [Math.ceil(min.value / 2), Math.floor(min.value / 2)] : [min.value];
    this.#alive = this.#zones.map(() => true);
  }

  get instances(): number {
    return this.#zones.reduce((sum, count, zone) => (this.#alive[zone] ? sum + count : sum), 0);
  }

  second(at: number, { requests, cpu, slow, holdSec }: Offered): OriginSecond {
    this.#happen(at);
    const zones = this.#alive.filter(Boolean).length;
    const room = model.nodesPerZone.value * zones * this.#growth;
    const nodes = requests + slow > room ? room / (requests + slow) : 1;
    this.#minute.nodes = Math.max(this.#minute.nodes, room ? (requests + slow) / room : 0);
    const instances = this.instances;
    this.#held -= this.#leaving.get(at) ?? 0;
    this.#leaving.delete(at);
    const idle = { nodes: zones ? nodes : 0, backlogMs: 0, busy: 0, busyMs: 0, instances, launching: this.#launching.length, held: Math.max(0, this.#held) };
    if (!instances) return { ...idle, workers: 0, queue: 0, utilisation: 0 };

    // Connections: slow ones keep theirs, others have theirs as long as they take.
    const free = Math.max(0, instances * model.workers.value - this.#held);
    const wanted = requests * nodes * this.#lastSec + slow * nodes;
    const workers = wanted > free ? free / wanted : 1;
    const kept = slow * nodes * workers;
    if (kept > 0) {
      const leaves = at + Math.max(1, Math.round(holdSec));
      this.#leaving.set(leaves, (this.#leaving.get(leaves) ?? 0) + kept);
      this.#held += kept;
    }

    // Work: what is not done in this second waits for the next.
    const servers = instances * model.vcpus.value;
    const given = cpu * nodes * workers;
    const place = Math.max(0, servers * (model.longestQueue.value + 1) - this.#backlog);
    const queue = given > place ? place / given : 1;
    const before = this.#backlog;
    const work = before + given * queue;
    this.#backlog = Math.max(0, work - servers);
    this.#load = (this.#load ?? given * queue) * 0.9 + given * queue * 0.1;
    const load = Math.min(this.#load, servers * 0.99);
    const count = requests * nodes * workers * queue;
    const service = count > 0 ? (given * queue) / count : 0;
    const busy = allBusy(load, servers);
    const busyMs = (1_000 * service) / (servers - load);
    const backlogMs = (500 * (before + this.#backlog)) / servers;
    this.#lastSec = (backlogMs + busy * busyMs) / 1_000 + service;
    this.#minute.requests += requests * nodes + kept;
    if ((at + 1) % 60 === 0) this.#look(at + 1);
    return { ...idle, workers, queue, backlogMs, busy, busyMs, utilisation: Math.min(1, work / servers), held: Math.max(0, this.#held) };
  }

  /** What falls due: a zone fails, launched instances come into service. */
  #happen(at: number): void {
    const { zoneLostAt, autoScaling, secondZone } = this.options;
    if (at === zoneLostAt) {
      const lost = this.#zones[0];
      this.#alive[0] = false;
      this.#zones[0] = 0;
      this.#launching = this.#launching.filter(({ zone }) => zone !== 0);
      this.events.push({ at, what: "ZONE_LOST", detail: `A zone fails, and with it ${plural(lost)}${secondZone ? "" : ": there is no other zone"}.` });
      if (autoScaling && secondZone) for (let each = 0; each < lost; each++) this.#launching.push({ at: at + model.unhealthySec.value + model.bootSec.value, zone: 1, replaces: true });
    }
    const ready = this.#launching.filter((launch) => launch.at <= at);
    if (!ready.length) return;
    this.#launching = this.#launching.filter((launch) => launch.at > at);
    for (const { zone } of ready) this.#zones[zone]++;
    this.events.push({ at, what: ready[0].replaces ? "REPLACED" : "IN_SERVICE", detail: `${plural(ready.length)} more in service: ${this.instances} in all.` });
  }

  /** Once a minute: the metric of the minute against the target. Source: Amazon EC2 Auto Scaling User Guide, Target tracking scaling policies. */
  #look(at: number): void {
    const rate = this.#minute.requests / 60;
    if (this.#minute.nodes > 0.7) this.#growth *= model.nodesGrowth.value;
    this.#minute = { requests: 0, nodes: 0 };
    if (!this.options.autoScaling) return;
    const { targetRate: target, minInstances, maxInstances } = model;
    const here = this.instances;
    const perInstance = rate / Math.max(1, here);
    this.#high = perInstance > target.value ? this.#high + 1 : 0;
    this.#low = perInstance < 0.9 * target.value ? this.#low + 1 : 0;
    const needed = Math.min(maxInstances.value, Math.max(minInstances.value, Math.ceil(rate / target.value)));
    if (this.#high >= model.alarmHigh.value && needed > here + this.#launching.length) this.#grow(at, needed - here - this.#launching.length);
    else if (this.#low >= model.alarmLow.value && needed < here && !this.#launching.length) this.#shrink(at, here - needed);
  }

  #grow(at: number, count: number): void {
    for (let each = 0; each < count; each++) {
      const planned = this.#zones.map((instances, zone) => (this.#alive[zone] ? instances + this.#launching.filter((launch) => launch.zone === zone).length : Infinity));
      this.#launching.push({ at: at + model.bootSec.value, zone: planned.indexOf(Math.min(...planned)), replaces: false });
    }
    this.events.push({ at, what: "SCALE_OUT", detail: `The alarm has been high for ${model.alarmHigh.value} minutes: the group launches ${plural(count)}.` });
  }

  #shrink(at: number, count: number): void {
    for (let each = 0; each < count; each++) this.#zones[this.#zones.indexOf(Math.max(...this.#zones))]--;
    this.#low = 0;
    this.events.push({ at, what: "SCALE_IN", detail: `The alarm has been low for ${model.alarmLow.value} minutes: the group ends ${plural(count)}.` });
  }
}
