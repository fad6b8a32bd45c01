import type { Context, CostLine } from "../types";
import { isFailure } from "./errors";
import { parseReference } from "./names";
import { findRow } from "./selectors";
import { settings } from "./state";

export const highThroughputSetting = "/ssm/parameter-store/high-throughput-enabled";

const item = (ctx: Context, advanced: boolean): string => `ssm:request:${settings(ctx.db).get(highThroughputSetting)?.SettingValue === "true" ? "higher-throughput" : advanced ? "advanced" : "standard"}`;

/**
 * Each parameter that a call touches is one interaction. Standard parameters at standard throughput cost nothing.
 * Source: AWS Systems Manager pricing, Parameter Store.
 */
export function interactions(ctx: Context, names: readonly string[]): CostLine[] {
  const lines = new Map<string, number>();
  for (const name of names) {
    const reference = parseReference(name, ctx.region, ctx.account);
    const kind = item(ctx, !isFailure(reference) && findRow(ctx, reference)?.Tier === "Advanced");
    lines.set(kind, (lines.get(kind) ?? 0) + 1);
  }
  return [...lines].map(([kind, quantity]) => ({ item: kind, quantity }));
}

/** A write makes the parameter advanced, or it was so before. */
export const writing = (ctx: Context, name: string, tier: string | undefined): CostLine[] => (tier === "Advanced" ? [{ item: item(ctx, true), quantity: 1 }] : interactions(ctx, [name]));
