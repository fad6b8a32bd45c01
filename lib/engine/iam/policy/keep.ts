const KEPT_LIMIT = 256;

/** Keeps an outcome for the next time; starts afresh when there are many. Returns it. */
export function keep<T>(kept: Map<string, T>, key: string, value: T): T {
  if (kept.size >= KEPT_LIMIT) kept.clear();
  kept.set(key, value);
  return value;
}
