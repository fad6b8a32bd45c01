import type { Lab } from "../lab";
import type { Caller, Principal } from "../types";
import { ask, isAnyOther, type Probe, probesAround, type Variant } from "./probes";
import type { Asked } from "./types";
import { list, thing, who } from "./words";

/** What a change does beside the answer that it is made for. */
export interface Beside {
  /**
   * Questions about somebody or something else that changed their answers. One that is only nearer to a yes (one half of
   * two) counts half, the call's own question in other words a tenth.
   */
  breadth: number;
  /** Those about somebody or something else. */
  others: number;
  lines: string[];
  more: number;
}

const shown = 6;

/** How an answer changed. `nearer`: one of several that say no says it no longer. */
type Turn = "may" | "may not" | "nearer";

interface Changed {
  probe: Probe;
  turn: Turn;
}

interface Around {
  caller: Caller;
  /** Who makes the call after the change: another session, where it was made anew. */
  again: Caller;
  principal: Principal;
  asked: readonly Asked[];
  now: number;
  /** Answers from before, kept between changes that are measured by the same questions. */
  kept: Map<string, Asking>;
}

/** Questions, and how they were answered before any change. */
export interface Asking {
  probes: Probe[];
  was: (number | undefined)[];
}

function askedBefore(lab: Lab, { caller, principal, asked, now, kept }: Around): Asking {
  const key = JSON.stringify([now, asked.map(({ decision, trace }) => [decision.action, decision.resource, decision.context, trace.via])]);
  let found = kept.get(key);
  if (!found) {
    const probes = probesAround(lab, caller, principal, asked);
    found = { probes, was: ask(lab, probes, { was: caller, is: caller }, now) };
    kept.set(key, found);
  }
  return found;
}

export function besideOf(before: Lab, after: Lab, around: Around): Beside {
  const { caller, again, principal, asked, now } = around;
  const { probes, was } = askedBefore(before, around);
  const is = ask(after, probes, { was: caller, is: again }, now);
  const own = new Set(asked.map(({ decision }) => `${decision.action} ${decision.resource}`));
  const mine = JSON.stringify(caller);
  const isOwn = (probe: Probe): boolean =>
    probe.variant === "same" && JSON.stringify(probe.caller) === mine && own.has(`${probe.action} ${probe.resource}`);
  const changed = probes.flatMap((probe, i): Changed[] => {
    const turn = isOwn(probe) ? undefined : turnOf(was[i], is[i]);
    return turn ? [{ probe, turn }] : [];
  });
  const count = (wanted: (one: Changed) => boolean): number => changed.filter(wanted).length;
  const others = count(({ probe }) => probe.variant === "same");
  const halves = count(({ probe, turn }) => probe.variant === "same" && turn === "nearer");
  const wordings = count(({ probe, turn }) => probe.variant !== "same" && turn !== "nearer");
  const lines = linesOf(changed, (one) => nameOf(one, mine, principal));
  return { breadth: others - halves / 2 + wordings / 10, others, lines: lines.slice(0, shown), more: Math.max(0, lines.length - shown) };
}

function turnOf(was: number | undefined, is: number | undefined): Turn | undefined {
  if (was === undefined || is === undefined) return undefined;
  if (was > 0 && is === 0) return "may";
  if (was === 0 && is > 0) return "may not";
  return is > 0 && is < was ? "nearer" : undefined;
}

function nameOf(caller: Caller, mine: string, principal: Principal): string {
  if (JSON.stringify(caller) === mine) return principal.type === "Root" ? "root" : who(principal);
  if ("accessKeyId" in caller) return caller.accessKeyId;
  const name = "root" in caller ? "root" : "user" in caller ? `user ${caller.user}` : `role ${caller.role}`;
  return caller.account === principal.account ? name : `${name} of ${caller.account}`;
}

const variantWords: Record<Exclude<Variant, "same">, string> = {
  "other context": "with another encryption context",
  "some context": "with an encryption context",
  "no context": "without one",
  direct: "in a call of its own",
};

interface Line {
  people: string[];
  turn: Turn;
  actions: string[];
  on: string;
  variants: Variant[];
}

/** Lines with the same key become one. */
function gathered(all: readonly Line[], keyOf: (line: Line) => unknown): Line[] {
  const lines = new Map<string, Line>();
  for (const line of all) {
    const key = JSON.stringify([line.turn, line.on, line.variants, keyOf(line)]);
    const held = lines.get(key);
    const union = (a: string[], b: string[] = []): string[] => [...new Set([...b, ...a])];
    lines.set(key, { ...line, people: union(line.people, held?.people), actions: union(line.actions, held?.actions) });
  }
  return [...lines.values()];
}

/** Sums up: one line for the same actions on the same thing, with all whom it concerns. */
function linesOf(changed: readonly Changed[], nameOf_: (caller: Caller) => string): string[] {
  const byAction = new Map<string, { name: string; turn: Turn; action: string; resource: string; variants: Variant[] }>();
  for (const { probe, turn } of changed) {
    const name = nameOf_(probe.caller);
    const key = JSON.stringify([name, turn, probe.action, probe.resource]);
    const held = byAction.get(key) ?? { name, turn, action: probe.action, resource: probe.resource, variants: [] };
    byAction.set(key, held);
    held.variants.push(probe.variant);
  }
  // Said already: where the question itself is answered otherwise, its other wordings are too.
  const single = [...byAction.values()].map(({ name, turn, action, resource, variants }): Line => ({
    people: [name],
    turn,
    actions: [action],
    on:
      resource === "*"
        ? ""
        : ` on ${isAnyOther(resource) ? `any other ${resource.includes(":key/") ? "key" : resource.includes(":secret:") ? "secret" : "parameter"}` : thing(resource)}`,
    variants: variants.includes("same") ? [] : [...new Set(variants)],
  }));
  return gathered(
    gathered(single, ({ people }) => people),
    ({ actions }) => actions,
  ).map(sentence);
}

function sentence({ people, turn, actions, on, variants }: Line): string {
  const wordings = variants.length
    ? ` ${list(
        variants.map((variant) => variantWords[variant as Exclude<Variant, "same">]),
        "or",
      )}`
    : "";
  const call = `call ${list(actions)}${on}${wordings}`;
  if (turn === "nearer") return `${list(people)} could ${call} if the other policies that it needs allowed it`;
  return `${list(people)} ${turn === "may" ? "may" : "may no longer"} ${call}`;
}
