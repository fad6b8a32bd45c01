import type { Table } from "../types";
import type { ParameterRow } from "./state";

const batch = 64;

/** Names after `after` that begin with `prefix`, in order, fetched a few at a time. */
export function* names(table: Table<ParameterRow>, prefix: string, after?: string): Generator<string> {
  let from = after;
  for (;;) {
    const ids = table.ids({ prefix, after: from, limit: batch });
    yield* ids;
    if (ids.length < batch) return;
    from = ids[ids.length - 1];
  }
}

/**
 * Names directly beneath a prefix that ends with a slash. A subtree is leapt over, however many names it holds.
 * Beneath `/` lie also the names that have no slash.
 */
export function* children(table: Table<ParameterRow>, prefix: string, after?: string): Generator<string> {
  const start = prefix === "/" ? "" : prefix;
  let from = after;
  let size = 1;
  for (;;) {
    const ids = table.ids({ prefix: start, after: from, limit: size });
    if (!ids.length) return;
    let leapt = false;
    for (const id of ids) {
      const slash = id.indexOf("/", Math.max(prefix.length, 1));
      if (slash < 0) {
        yield id;
        from = id;
        continue;
      }
      // Everything in the subtree begins with the same text; U+FFFF is after whatever may follow.
      from = `${id.slice(0, slash + 1)}\uffff`;
      leapt = true;
      break;
    }
    size = leapt ? 1 : Math.min(batch, size * 2);
  }
}
