import type { Context } from "../types";

/** What an invocation costs beside its request: memory by time, each ms counting. Source: aws.amazon.com/lambda/pricing. */
export function gbSeconds(ctx: Context, memoryMb: number, billedMs: number): void {
  ctx.charge({ item: "lambda:gb-second", quantity: (memoryMb / 1024) * (billedMs / 1000) });
}
