"use client";
import { useMemo } from "react";
import { resources as estate, tagsOf } from "@/lib/engine/shield/estate/state";
import { associations, resources as wafResources } from "@/lib/engine/wafv2/state";
import type { Db } from "@/lib/engine/types";
import type { Resource } from "../fm-types";
import { GLOBAL_REGION } from "../place-of";
import { useRead } from "./use-world";

/** All plain resources of an account in a Region, and distributions, which are of none. `db` may stand anywhere in the lab. */
export function readResources(db: Db, account: string, region: string): Resource[] {
  const out: Resource[] = [];
  for (const each of region === GLOBAL_REGION ? [region] : [region, GLOBAL_REGION]) {
    const waf = db.at({ account, region: each, service: "wafv2" });
    const here = db.at({ account, region: each, service: "estate" });
    const found: Resource[] = [...wafResources(waf).all().map((row) => ({ ...row, WebACLArn: associations(waf).get(row.Arn)?.WebACLArn })), ...estate(here).all()] as Resource[];
    out.push(...found.filter(({ ResourceType }) => each === region || ResourceType === "CLOUDFRONT").map((row) => ({ ...structuredClone(row), Tags: structuredClone(tagsOf(here, row.Arn)) })));
  }
  return out;
}

export const useResources = (account: string, region: string): Resource[] | undefined => useRead(useMemo(() => (db: Db) => readResources(db, account, region), [account, region]));
