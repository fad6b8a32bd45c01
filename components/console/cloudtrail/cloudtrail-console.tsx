"use client";
import type { ReactNode } from "react";
import { ConsoleFrame, type Crumb } from "../frame/console-frame";
import { decodePart } from "../frame/place";
import { EventDetail } from "./event-detail";
import { EventHistory } from "./event-history";

/** Lookups change nothing, so watching what calls change does not chase its own tail; `billing` changes with every call that costs. */
const WATCHES = ["kms", "ssm", "sts", "billing"];
const HISTORY: Crumb = { text: "Event history", to: "events" };

/**
 * CloudTrail as its console shows an account without trails. `path` are the parts of the address after
 * `/console/cloudtrail`: `events`, `events/<event id>`. `navigate` gets such a path.
 */
export function CloudTrailConsole({ path, navigate, base = "/console/cloudtrail" }: { path: string[]; navigate(path: string): void; base?: string }) {
  const { crumbs, page } = route(path.map(decodePart));
  return (
    <ConsoleFrame
      service="CloudTrail"
      base={base}
      home="events"
      navigate={navigate}
      active="events"
      crumbs={crumbs}
      watches={WATCHES}
      navigation={[{ type: "link", text: "Event history", href: "events" }]}
    >
      {page}
    </ConsoleFrame>
  );
}

function route([, id]: string[]): { crumbs: Crumb[]; page: ReactNode } {
  if (id) return { crumbs: [HISTORY, { text: id }], page: <EventDetail key={id} id={id} /> };
  return { crumbs: [{ text: HISTORY.text }], page: <EventHistory /> };
}
