"use client";
import { prices } from "@/lib/engine/pricing";
import { usd } from "../../billing/bill-words";
import type { World } from "../shared/world";

/** What a policy costs: nothing where the organization pays for Shield Advanced. */
export function PolicyPrice({ world }: { world?: World }) {
  const price = usd(prices["fms:policy"].usd);
  if (!world) return <>-</>;
  return world.shield ? <>Included with Shield Advanced (else {price} a month)</> : <>{price} a month, and what it puts into the accounts</>;
}
