"use client";
import { useEffect, useRef, useState } from "react";
import type { AwsError } from "@/lib/engine/types";
import type { InspectionResult } from "@/lib/engine/wafv2/inspect/result";
import type { Client, HttpMessage } from "@/lib/engine/wafv2/requests/types";
import { useLabCopy, useWhere } from "../../frame/lab";
import { usePlace } from "../../frame/place";
import type { AclRef } from "./place";
import { tryOne, trySet, type Edit, type ToTry, type Tried } from "./try-requests";

/** After the last key, before anything is tried, ms. */
const rest = 120;
/** A round that is over sooner says nothing of its progress, ms. */
const soon = 150;
/** Who sends requests that do not say it. */
export const sender: Client = { ip: "192.0.2.10", country: "US" };

export interface Tries {
  /** As the web ACL is. */
  before?: ReadonlyMap<string, Tried>;
  /** As the edit would leave it; absent without one. */
  after?: ReadonlyMap<string, Tried>;
  /** Why the edit (or the web ACL) cannot be tried, in AWS's words. */
  refused?: AwsError;
  /** How many of the present round are done; absent when all are. */
  done?: number;
}

/** Tries a set, and again whenever the lab, the edit or the set changes. What was found out stays until the next is known. */
export function useTries(acl: AclRef | undefined, resourceType: string | undefined, edit: Edit | undefined, requests: readonly ToTry[]): Tries {
  const copyOf = useLabCopy();
  const { shown, watches } = usePlace();
  const { scope, revision, ready } = useWhere(watches);
  const [tries, setTries] = useState<Tries & { of?: string }>({});
  const kept = useRef<{ of: string; requests: readonly ToTry[]; map: ReadonlyMap<string, Tried> }>(undefined);
  const of = acl && JSON.stringify([scope, acl, resourceType]);

  useEffect(() => {
    if (!acl || !of || !ready || !shown) return;
    let current = true;
    const work = async () => {
      const copy = copyOf();
      if (!copy) return;
      const say = (part: Tries) => current && setTries((old) => ({ ...(old.of === of ? old : {}), of, ...part }));
      const began = performance.now();
      const progress = (done: number) => {
        if (performance.now() - began > soon) say({ done });
        return current;
      };
      const moment = `${of} ${revision}`;
      let before = kept.current?.of === moment && kept.current.requests === requests ? kept.current.map : undefined;
      if (!before) {
        const tried = await trySet(copy, acl, { resourceType }, requests, sender, progress);
        if (!tried || !current) return;
        if (!tried.ok) return say({ before: undefined, after: undefined, refused: tried.error, done: undefined });
        before = tried.value;
        kept.current = { of: moment, requests, map: before };
        if (edit) say({ before });
      }
      if (!edit) return say({ before, after: undefined, refused: undefined, done: undefined });
      const tried = await trySet(copy, acl, { resourceType, edit }, requests, sender, progress);
      if (!tried || !current) return;
      // The last edit that could be tried stays on the screen beside the refusal.
      say(tried.ok ? { before, after: tried.value, refused: undefined, done: undefined } : { before, refused: tried.error, done: undefined });
    };
    const timer = setTimeout(() => void work(), kept.current ? rest : 0);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [acl, of, resourceType, edit, requests, revision, ready, shown, copyOf]);

  return tries.of === of ? tries : {};
}

export interface Walked {
  result?: InspectionResult;
  refused?: AwsError;
}

/** One request's way, and again whenever something of it changes. Undefined `message`: nothing is tried, and nothing known. */
export function useWalk(acl: AclRef | undefined, resourceType: string | undefined, edit: Edit | undefined, message: HttpMessage | undefined, client: Client): Walked {
  const copyOf = useLabCopy();
  const { shown, watches } = usePlace();
  const { revision, ready } = useWhere(watches);
  const [walked, setWalked] = useState<Walked & { of?: AclRef; message?: HttpMessage }>({});
  useEffect(() => {
    if (!acl || !message || !ready || !shown) return;
    let current = true;
    const work = async () => {
      const copy = copyOf();
      const answer = copy && (await tryOne(copy, acl, { resourceType, edit }, message, client));
      if (!answer || !current) return;
      setWalked(answer.ok ? { of: acl, message, result: answer.value } : { of: acl, message, refused: answer.error });
    };
    void work();
    return () => {
      current = false;
    };
  }, [acl, resourceType, edit, message, client, revision, ready, shown, copyOf]);
  return message && walked.of === acl ? walked : {};
}
