import {
  addTo, look, newRateChanges, newRateState, oldestBucket, estimate, type RateLook, type RateRuleState,
} from "../inspect/rate-state";
import { type CountsRow, type RateHead, type RatesHeadRow, rateCounts, rateLimits, rateRules, rates } from "./state";
import type { Db } from "../../types";

/**
 * What rate-based rules remember, in rows so small that a call writes down no more than its own requests did: its counts as a few
 * new rows, who is limited in groups that change with their members only. What is older than the window goes with later calls,
 * never much at once. The whole state is put together from the rows where nobody has it at hand.
 */

/** Lines of one row: what one call takes away or writes anew at the least. */
const mostLines = 256;
/** A row with fewer takes up what the next call counts in the same bucket. */
const fewLines = 64;
/** Lines that a rule may have. With more all that counts is written anew. */
const mostKept = 120_000;

export interface Rates {
  states: Record<string, RateRuleState>;
  /** Their rows. */
  heads: Record<string, RateHead>;
  /** As they were: another one in its place has begun anew. */
  known: Record<string, RateRuleState>;
  groups: Record<string, Groups>;
}

/** Limited instances in groups. */
interface Groups {
  of: Map<string, number>;
  members: Map<number, { detectedAt: number; keys: Set<string> }>;
}

/** Put together already, by the row that stands for them. Whoever goes on from there takes them away. */
const atHand = new WeakMap<Readonly<RatesHeadRow>, Rates>();

const placeId = (aclId: string, place: string): string => `${aclId}\0${place}`;
const rowId = (aclId: string, place: string, number: number): string => `${placeId(aclId, place)}\0${String(number).padStart(9, "0")}`;

/** The rates of a web ACL, to be changed by one call and written down by `saveRates`. */
export function openRates(db: Db, aclId: string): Rates {
  const head = rates(db).get(aclId);
  const opened = (head && atHand.get(head)) ?? { states: {}, heads: {}, known: {}, groups: {} };
  if (head && !atHand.delete(head))
    for (const [place, each] of Object.entries(head.rules)) {
      const read = readPlace(db, aclId, place, each);
      if (!read) continue;
      opened.states[place] = opened.known[place] = read.state;
      opened.heads[place] = { ...each };
      opened.groups[place] = read.groups;
    }
  for (const state of Object.values(opened.states)) state.changes = newRateChanges();
  return opened;
}

/** The state of one use of a rule, for looking at. */
export function readRates(db: Db, aclId: string, place: string): RateRuleState | undefined {
  const head = rates(db).get(aclId)?.rules[place];
  return head && readPlace(db, aclId, place, head)?.state;
}

function readPlace(db: Db, aclId: string, place: string, head: RateHead): { state: RateRuleState; groups: Groups } | undefined {
  const rule = rateRules(db).get(placeId(aclId, place));
  if (!rule) return undefined;
  const state = newRateState(rule.settings, rule.limit, rule.windowSec, false);
  state.tick = head.tick;
  const oldest = oldestBucket(state, head.tick);
  for (const id of rateCounts(db).ids({ prefix: `${placeId(aclId, place)}\0` })) {
    if (id < rowId(aclId, place, head.from)) continue;
    for (const [key, counts] of readLines(rateCounts(db).get(id)!)) {
      if (!counts.length) delete state.instances[key];
      for (let at = 0; at < counts.length; at += 2) if (counts[at] >= oldest) addTo((state.instances[key] ??= []), counts[at], counts[at + 1]);
    }
  }
  state.size = Object.keys(state.instances).length;
  const groups: Groups = { of: new Map(), members: new Map() };
  const prefix = `${placeId(aclId, place)}\0`;
  for (const id of rateLimits(db).ids({ prefix })) {
    const { detectedAt, keys } = rateLimits(db).get(id)!;
    const number = Number(id.slice(prefix.length));
    groups.members.set(number, { detectedAt, keys: new Set(keys.split("\n")) });
    for (const key of keys.split("\n")) {
      groups.of.set(key, number);
      state.limited[key] = { detectedAt, estimate: estimate(state.instances[key] ?? [], head.tick, state) };
    }
  }
  return { state, groups };
}

/** By instance buckets and counts in turn; nothing: what was counted before is forgotten. Keys are JSON: they hold no tabs. */
function* readLines({ lines }: Pick<CountsRow, "lines">): Generator<[key: string, counts: number[]], void> {
  for (const line of lines.split("\n")) {
    const [key, ...counts] = line.split("\t");
    yield [key, counts.map(Number)];
  }
}

/**
 * Writes down what a call changed, and looks once more at the time of its last request, ms: nobody stays limited because
 * nothing comes any more. Returns what its looks limited and released, by use of a rule.
 */
export function saveRates(db: Db, aclId: string, opened: Rates, nowMs: number): Record<string, RateLook[]> {
  const looks: Record<string, RateLook[]> = {};
  for (const [place, state] of Object.entries(opened.states)) {
    look(state, nowMs);
    const { changes = newRateChanges() } = state;
    delete state.changes;
    const before = opened.heads[place] as RateHead | undefined;
    if (state !== opened.known[place]) begin(db, aclId, place, state, opened);
    const head = opened.heads[place];
    const oldest = oldestBucket(state, state.tick);
    head.tick = state.tick;
    let lines = [...[...changes.forgotten].map((key) => line(key, [])), ...[...changes.counted].flatMap(([key, counts]) => counted(key, counts, oldest))];
    if (head.lines + lines.length > mostKept) {
      head.from = head.next;
      head.lines = 0;
      lines = Object.entries(state.instances).flatMap(([key, counts]) => counted(key, counts, oldest));
    }
    write(db, aclId, place, head, lines, state.tick);
    saveGroups(db, aclId, place, head, opened.groups[place], changes);
    sweep(db, aclId, place, head, oldest, 2 * lines.length + 1);
    if (changes.looks.length) looks[place] = changes.looks;
    // Nothing is left of it: as if it had never counted.
    if (before && head.first === head.next && !state.size && !opened.groups[place].of.size) {
      rateRules(db).delete(placeId(aclId, place));
      for (const part of [opened.states, opened.heads, opened.known, opened.groups]) delete part[place];
    }
  }
  if (Object.keys(opened.heads).length) {
    const row: RatesHeadRow = { rules: Object.fromEntries(Object.entries(opened.heads).map(([place, head]) => [place, { ...head }])) };
    rates(db).put(aclId, row);
    atHand.set(row, opened);
  } else if (rates(db).get(aclId)) rates(db).delete(aclId);
  return looks;
}

const line = (key: string, counts: readonly number[]): string => [key, ...counts].join("\t");

/** A line of what still counts, if anything does. */
function counted(key: string, counts: readonly number[], oldest: number): string[] {
  let at = 0;
  while (at < counts.length && counts[at] < oldest) at += 2;
  return at < counts.length ? [line(key, counts.slice(at))] : [];
}

/** A use of a rule begins to count, or begins anew with other settings. */
function begin(db: Db, aclId: string, place: string, state: RateRuleState, opened: Rates): void {
  const old = opened.heads[place] as RateHead | undefined;
  for (const number of opened.groups[place]?.members.keys() ?? []) rateLimits(db).delete(rowId(aclId, place, number));
  rateRules(db).put(placeId(aclId, place), { limit: state.limit, windowSec: state.windowSec, settings: state.settings });
  opened.heads[place] = { tick: state.tick, first: old?.first ?? 0, from: old?.next ?? 0, next: old?.next ?? 0, group: old?.group ?? 0, lines: 0 };
  opened.groups[place] = { of: new Map(), members: new Map() };
  opened.known[place] = state;
}

function write(db: Db, aclId: string, place: string, head: RateHead, lines: readonly string[], bucket: number): void {
  if (!lines.length) return;
  const last = head.next > Math.max(head.first, head.from) ? rateCounts(db).get(rowId(aclId, place, head.next - 1)) : undefined;
  const all = [...(last?.lines.split("\n") ?? []), ...lines];
  // A line without counts must stay behind those that it ends.
  if (last?.bucket === bucket && all.length <= fewLines && all.every((each) => each.includes("\t"))) {
    const sums = new Map<string, number[]>();
    for (const [key, counts] of readLines({ lines: all.join("\n") })) {
      const known = sums.get(key);
      if (!known) sums.set(key, counts);
      else for (let at = 0; at < counts.length; at += 2) addTo(known, counts[at], counts[at + 1]);
    }
    rateCounts(db).put(rowId(aclId, place, head.next - 1), { bucket, count: sums.size, lines: [...sums].map(([key, counts]) => line(key, counts)).join("\n") });
    head.lines += sums.size - last.count;
    return;
  }
  for (let at = 0; at < lines.length; at += mostLines) {
    const part = lines.slice(at, at + mostLines);
    rateCounts(db).put(rowId(aclId, place, head.next++), { bucket, count: part.length, lines: part.join("\n") });
  }
  head.lines += lines.length;
}

/** Takes away rows that count no more, oldest first, until so many lines are gone. */
function sweep(db: Db, aclId: string, place: string, head: RateHead, oldest: number, lines: number): void {
  for (let left = lines; left > 0 && head.first < head.next; head.first++) {
    const id = rowId(aclId, place, head.first);
    const { bucket, count } = rateCounts(db).get(id) ?? { bucket: -1, count: 1 };
    if (head.first >= head.from) {
      if (bucket >= oldest) return;
      head.lines -= count;
    }
    rateCounts(db).delete(id);
    left -= count;
  }
}

/** A group keeps its members until they are released; whoever is limited at one look is in groups of their own. */
function saveGroups(db: Db, aclId: string, place: string, head: RateHead, { of, members }: Groups, { limited, released }: Pick<NonNullable<RateRuleState["changes"]>, "limited" | "released">): void {
  const touched = new Set<number>();
  for (const key of released) {
    const number = of.get(key)!;
    of.delete(key);
    members.get(number)!.keys.delete(key);
    touched.add(number);
  }
  let open: number | undefined;
  for (const [key, detectedAt] of limited) {
    const group = open === undefined ? undefined : members.get(open)!;
    if (!group || group.detectedAt !== detectedAt || group.keys.size >= mostLines) {
      open = head.group++;
      members.set(open, { detectedAt, keys: new Set() });
    }
    members.get(open!)!.keys.add(key);
    of.set(key, open!);
    touched.add(open!);
  }
  for (const number of touched) {
    const { detectedAt, keys } = members.get(number)!;
    if (keys.size) rateLimits(db).put(rowId(aclId, place, number), { detectedAt, keys: [...keys].join("\n") });
    else {
      rateLimits(db).delete(rowId(aclId, place, number));
      members.delete(number);
    }
  }
}

/** Takes away all rates of a web ACL. */
export function forgetRates(db: Db, aclId: string): void {
  rates(db).delete(aclId);
  for (const table of [rateRules(db), rateCounts(db), rateLimits(db)]) for (const id of table.ids({ prefix: `${aclId}\0` })) table.delete(id);
}
