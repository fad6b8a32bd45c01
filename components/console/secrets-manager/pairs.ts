/** A secret's value as the console edits it: pairs of key and value, or plain text. */
export interface Pair {
  key: string;
  value: string;
}

/** Pairs, if the text is a JSON object of texts and numbers and no key stands there twice; else undefined. */
export function pairsOf(text: string): Pair[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value);
  if (!entries.every(([, one]) => ["string", "number", "boolean"].includes(typeof one))) return undefined;
  return entries.map(([key, one]) => ({ key, value: String(one) }));
}

/** The JSON text of pairs, as the console stores it. A number in `before` that was not changed stays one. */
export function textOf(pairs: readonly Pair[], before?: string): string {
  const old = before === undefined ? {} : (JSON.parse(before) as Record<string, unknown>);
  // `__proto__` is a key like any other.
  return `{${pairs.map(({ key, value }) => `${JSON.stringify(key)}:${typeof old[key] !== "string" && String(old[key]) === value && Object.hasOwn(old, key) ? value : JSON.stringify(value)}`).join(",")}}`;
}

/** Why pairs cannot be stored; undefined when they can. */
export function pairsProblem(pairs: readonly Pair[]): string | undefined {
  if (!pairs.length) return "Enter at least one pair.";
  if (pairs.some(({ key }) => key === "")) return "Each pair needs a key.";
  const twice = pairs.find(({ key }, at) => pairs.findIndex((other) => other.key === key) !== at);
  return twice && `The key ${twice.key} stands there twice.`;
}
