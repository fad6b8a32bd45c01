/** A reverse search through what was typed: Ctrl-R. Plain data; the view keeps it. */
export interface Search {
  query: string;
  /** Newest first, each line once. */
  matches: readonly string[];
  index: number;
}

/** More than anybody walks through. */
const mostMatches = 100;

/** Lines that have the text in them, newest first. An empty text finds all; upper and lower case count, as in bash. */
export function searchHistory(history: readonly string[], query: string): Search {
  const seen = new Set<string>();
  const matches: string[] = [];
  for (let at = history.length - 1; at >= 0 && matches.length < mostMatches; at--) {
    const line = history[at];
    if (seen.has(line) || !line.includes(query)) continue;
    seen.add(line);
    matches.push(line);
  }
  return { query, matches, index: 0 };
}

/** Older with 1, newer with -1; stays at the ends. */
export const stepSearch = (search: Search, by: 1 | -1): Search => ({
  ...search,
  index: Math.min(Math.max(0, search.index + by), Math.max(0, search.matches.length - 1)),
});
