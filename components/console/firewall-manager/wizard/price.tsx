"use client";
import { prices } from "@/lib/engine/pricing";
import { leaveOut, useLoad } from "../../frame/use-load";
import { usd } from "../../billing/bill-words";
import { useAskIn } from "../shared/as-account";
import type { World } from "../shared/world";

/** What a policy costs: nothing where an account of the organization is subscribed to Shield Advanced. */
export function PolicyPrice({ world, region }: { world?: World; region: string }) {
  const askIn = useAskIn();
  const loaded = useLoad(world && `subscriptions|${world.members.map(({ Id }) => Id).join()}`, async () => {
    for (const { Id } of world!.members) {
      const state = await askIn(Id)<{ SubscriptionState: string }>("shield", "GetSubscriptionState", {}, "us-east-1").catch(leaveOut);
      if (state?.SubscriptionState === "ACTIVE") return Id;
    }
    return "";
  });
  const price = usd(prices["fms:policy"].usd);
  if (loaded.data === undefined) return <>-</>;
  return loaded.data ? <>Included with Shield Advanced, to which account {loaded.data} is subscribed (else {price} a month)</> : <>{price} a month for this policy in {region}, besides what the web ACLs, protections and AWS Config in the accounts cost</>;
}
