import { compilePolicy, type Read } from "./compile";
import type { PolicyForm, Prepared } from "./evaluate";
import type { AttachedPolicy } from "../../types";

/**
 * What policies said before. A list of policies says the same of the same principal, action and resource as long as the
 * condition keys that it reads have the same values; and callers ask for the same things again and again. So an answer is
 * kept by these, for the last few hundred questions of each list, and found without looking at a single statement.
 */
interface Memory {
  policies: readonly AttachedPolicy[];
  kind: string;
  form: PolicyForm;
  reads: readonly Read[];
  /** By action, by resource, by what else was read. */
  answers: Map<string, Map<string, Map<string, unknown>>>;
  size: number;
}

const SIZE_LIMIT = 256;

/** By the first policy of the list. */
const memories = new WeakMap<AttachedPolicy, Memory>();

/** `make`'s answer to this question, or the one that it gave before; the list is not empty. `kind`: what the policies are asked as. */
export function recall<T>(policies: readonly AttachedPolicy[], kind: string, form: PolicyForm, question: Prepared, make: () => T): T {
  const memory = memoryOf(policies, kind, form);
  const rest = restOf(memory, question);
  const kept = memory.answers.get(question.action)?.get(question.resource)?.get(rest);
  if (kept !== undefined) return kept as T;
  const answer = make();
  if (memory.size++ >= SIZE_LIMIT) {
    memory.answers.clear();
    memory.size = 1;
  }
  const ofAction = inner(memory.answers, question.action);
  inner(ofAction, question.resource).set(rest, answer);
  return answer;
}

function inner<V>(map: Map<string, Map<string, V>>, key: string): Map<string, V> {
  let found = map.get(key);
  if (!found) map.set(key, (found = new Map()));
  return found;
}

function memoryOf(policies: readonly AttachedPolicy[], kind: string, form: PolicyForm): Memory {
  const known = memories.get(policies[0]);
  if (known && known.kind === kind && known.form === form && isSameList(known.policies, policies)) return known;
  const reads = new Map<string, Read>();
  for (const { document } of policies) for (const read of compilePolicy(document).reads) reads.set(read.key, read);
  const memory: Memory = { policies, kind, form, reads: [...reads.values()], answers: new Map(), size: 0 };
  memories.set(policies[0], memory);
  return memory;
}

function isSameList(a: readonly AttachedPolicy[], b: readonly AttachedPolicy[]): boolean {
  return a === b || (a.length === b.length && a.every((policy, i) => policy === b[i]));
}

/** All that these policies read of a question beside action and resource, as one text. */
function restOf({ reads, form }: Memory, question: Prepared): string {
  let rest = form.principal ? question.principalKey : "";
  for (const { key, lowerKey } of reads) {
    const value = question.value(key, lowerKey);
    rest += value === undefined ? "\n-" : typeof value === "string" ? `\n${value.length}:${value}` : `\n${JSON.stringify(value)}`;
  }
  return rest;
}
