"use client";
import { useMemo } from "react";
import { savedRequests } from "@/content/waf/saved-requests";
import type { SavedRequest } from "@/lib/engine/wafv2/requests/saved";
import { readSet } from "@/lib/engine/wafv2/requests/set-file";
import type { Outcome } from "@/lib/engine/wafv2/requests/types";
import { useFormDraft } from "../../../frame/lab";

/** The learner's own requests: kept with the drafts, so over a reload, and beside every lab. */

const key = "wafv2/own-requests";
const none: { list: SavedRequest[] } = { list: [] };
/** More are not kept: a try of them all must answer soon. */
export const mostOwn = 500;

const reserved = new Set(["all", "new", ...savedRequests.map(({ id }) => id)]);

/** An id that nothing has: the wanted one, or the next number. */
export function freeId(list: readonly { id: string }[], wanted?: string): string {
  const taken = new Set(list.map(({ id }) => id));
  if (wanted !== undefined && !taken.has(wanted) && !reserved.has(wanted)) return wanted;
  for (let nth = list.length + 1; ; nth++) if (!taken.has(`own-${nth}`)) return `own-${nth}`;
}

export interface OwnRequests {
  own: readonly SavedRequest[];
  /** All: the own first, then the saved ones. */
  all: readonly SavedRequest[];
  /** Their ids, in order. */
  add(requests: readonly Omit<SavedRequest, "id">[]): string[];
  change(id: string, part: Partial<SavedRequest>): void;
  remove(ids: readonly string[]): void;
  /** Takes a file's requests in; those with an id that is taken get another. */
  takeFile(text: string): Outcome<number>;
}

export function useOwnRequests(): OwnRequests {
  const [{ list }, change] = useFormDraft(key, none);
  const all = useMemo(() => [...list, ...savedRequests], [list]);
  const addAll = (requests: readonly (Omit<SavedRequest, "id"> & { id?: string })[]): string[] => {
    const next = [...list];
    const ids = requests.map(({ id: wanted, ...rest }) => {
      const id = freeId(next, wanted);
      next.push({ id, ...rest });
      return id;
    });
    change({ list: next });
    return ids;
  };
  return {
    own: list,
    all,
    add: addAll,
    change: (id, part) => change({ list: list.map((each) => (each.id === id ? { ...each, ...part } : each)) }),
    remove: (ids) => change({ list: list.filter(({ id }) => !ids.includes(id)) }),
    takeFile(text) {
      const read = readSet(text);
      if (!read.ok) return read;
      if (list.length + read.value.length > mostOwn) return { ok: false, problem: { message: `That would be more than ${mostOwn} requests of your own: remove some first.` } };
      return { ok: true, value: addAll(read.value).length };
    },
  };
}
