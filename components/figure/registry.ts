import type { Figure } from "./types";

/** Every figure that is drawn, by its id in the notes; each is a file of its own, fetched when it is wanted. */
export const figures: Record<string, () => Promise<{ default: Figure }>> = {
  SSMPS: () => import("@/content/figures/ssmps"),
};
