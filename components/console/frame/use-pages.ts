"use client";
import { useState } from "react";
import type { PaginationProps } from "@cloudscape-design/components/pagination";
import { useWhere } from "./lab";
import { useLoad, type Ask, type Loaded } from "./use-load";

/** Some answers of a listing together: what a list sorts and turns pages in. */
export interface Sheet<Item> {
  items: Item[];
  /** Where the next one begins; undefined after the last. */
  next?: string;
}

/** Reads answers of a listing until there are `enough` items or no more. */
export async function readSheet<Item>(page: (from?: string) => Promise<{ items: Item[]; next?: string }>, enough: number, from?: string): Promise<Sheet<Item>> {
  const items: Item[] = [];
  let next = from;
  do {
    const answer = await page(next);
    items.push(...answer.items);
    next = answer.next;
  } while (next !== undefined && items.length < enough);
  return { items, ...(next !== undefined && { next }) };
}

/** Which sheets were read to come here, the present one last: its token, its first page, and how many items came before it. */
export type Turned = readonly { from?: string; first: number; before: number }[];

const start: Turned = [{ first: 1, before: 0 }];

/** Pages of a sheet; one where it is empty. */
export const lastPage = ({ first }: Turned[number], items: number, pageSize: number): number => first - 1 + Math.max(1, Math.ceil(items / pageSize));

/** Where to read for a page: back to a sheet that was read, or on by one. */
export function turnTo(turned: Turned, page: number, { items, next }: { items: number; next?: string }, pageSize: number): { turned: Turned; page: number } {
  const present = turned[turned.length - 1];
  const last = lastPage(present, items, pageSize);
  if (page > last) return next === undefined ? { turned, page: last } : { turned: [...turned, { from: next, first: last + 1, before: present.before + items }], page: last + 1 };
  const wanted = Math.max(1, page);
  return { turned: turned.filter(({ first }) => first <= wanted), page: wanted };
}

export interface Pages<Item, Extra> extends Loaded<Sheet<Item> & Extra> {
  /** There is but this sheet: it can be sorted, and its count is the count. */
  whole: boolean;
  /** `(12)`, or `(200+)` where more is not read yet; undefined before anything is. */
  counter?: string;
  /** Of the sheet's items, as the caller has sorted them, those of the present page. */
  onPage<T>(items: readonly T[]): T[];
  /** How many items came before this sheet. */
  before: number;
  /** Turns to a page by its number. */
  go(page: number): void;
  pagination: PaginationProps;
}

/**
 * A list of any length: one sheet of it is read at a time, further ones when its pages are turned to. After a change of
 * the lab the present sheet alone is read again. `key` as `useLoad` has it; undefined reads nothing.
 */
export function usePages<Item, Extra = unknown>(key: string | undefined, read: (ask: Ask, from?: string) => Promise<Sheet<Item> & Extra>, pageSize: number): Pages<Item, Extra> {
  const { scope } = useWhere();
  const of = `${scope}|${key}|${pageSize}`;
  const [state, setState] = useState({ of, page: 1, turned: start });
  const { page, turned } = state.of === of ? state : { page: 1, turned: start };
  const { from, first, before } = turned[turned.length - 1];
  const loaded = useLoad(key && `${key}|${from ?? ""}`, (ask) => read(ask, from));
  const items = loaded.data?.items.length ?? 0;
  const next = loaded.data?.next;
  const last = lastPage(turned[turned.length - 1], items, pageSize);
  const shown = Math.min(Math.max(page, first), last);
  const go = (to: number): void => setState({ of, ...turnTo(turned, to, { items, next }, pageSize) });
  return {
    ...loaded,
    whole: turned.length === 1 && next === undefined,
    counter: loaded.data && `(${(before + items).toLocaleString("en")}${next === undefined ? "" : "+"})`,
    onPage: (sorted) => sorted.slice((shown - first) * pageSize, (shown - first + 1) * pageSize),
    before,
    go,
    pagination: {
      currentPageIndex: shown,
      pagesCount: last,
      openEnd: next !== undefined,
      ariaLabels: { nextPageLabel: "Next page", previousPageLabel: "Previous page", pageLabel: (number) => `Page ${number}` },
      onChange: ({ detail }) => go(detail.currentPageIndex),
    },
  };
}
