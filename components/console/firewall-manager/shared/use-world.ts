"use client";
import { useWhere } from "../../frame/lab";
import { useLoad, type Loaded } from "../../frame/use-load";
import { useAskIn } from "./as-account";
import { loadWorld, type World } from "./world";

/** The organization and what Firewall Manager needs of it, seen from your account, in your Region unless another is named. */
export function useWorld(region?: string): Loaded<World> {
  const askIn = useAskIn();
  const { account, region: here } = useWhere();
  const of = region ?? here;
  return useLoad(`world|${account}|${of}`, () => loadWorld(askIn, account, of));
}
