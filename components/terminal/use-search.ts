"use client";

import { type KeyboardEvent, useState } from "react";
import { type Search, searchHistory, stepSearch } from "./history-search";

interface Line {
  history(): readonly string[];
  /** Puts a line where it can be edited; undefined leaves the one that was there. */
  put(text: string | undefined): void;
  run(text: string): void;
}

/**
 * Ctrl-R: while a search is on, what is typed is what is searched for, and the line waits behind it. Ctrl-R and Up go to
 * older matches, Ctrl-S and Down to newer ones; Enter runs the match, Escape, Tab, Ctrl-A and Ctrl-E take it into the line,
 * Ctrl-G and Ctrl-C go back to the line as it was. Source: Bash Reference Manual, Searching for Commands in the History.
 */
export function useSearch({ history, put, run }: Line) {
  const [search, setSearch] = useState<Search>();

  const end = (text: string | undefined): void => {
    setSearch(undefined);
    put(text);
  };
  const take = (index = search?.index ?? 0): void => end(search?.matches[index]);

  /** True if the key was the search's. */
  const onKey = (event: KeyboardEvent, held: boolean): boolean => {
    if (!search) return false;
    const key = event.key.toLowerCase();
    if ((held && key === "r") || event.key === "ArrowUp") setSearch(stepSearch(search, 1));
    else if ((held && key === "s") || event.key === "ArrowDown") setSearch(stepSearch(search, -1));
    else if (event.key === "Enter") {
      const match = search.matches[search.index];
      setSearch(undefined);
      if (match !== undefined) run(match);
    } else if (event.key === "Escape" || event.key === "Tab" || (held && (key === "e" || key === "a"))) take();
    else if (held && (key === "g" || key === "c")) end(undefined);
    else return false;
    return true;
  };

  return {
    search,
    start: () => setSearch(searchHistory(history(), "")),
    type: (text: string) => setSearch(searchHistory(history(), text.replaceAll("\n", " "))),
    take,
    cancel: () => end(undefined),
    onKey,
  };
}

export const searchWords = ({ query, matches, index }: Search): string =>
  matches.length
    ? `${index + 1} of ${matches.length}. Control R: older. Enter runs it, Tab takes it into the line, Control G goes back.`
    : query
      ? `Nothing typed so far has “${query}” in it. Control G goes back.`
      : "Nothing was typed so far. Control G goes back.";
