import type { Figure } from "@/lib/lessons/figure";

/** Every figure that is drawn, by its id in the notes; each is a file of its own, fetched when it is wanted. */
export const figures: Record<string, () => Promise<{ default: Figure }>> = {
  ENCRYPT: () => import("@/content/figures/encrypt"),
  SSMPS: () => import("@/content/figures/ssmps"),
  HI: () => import("@/content/figures/hi"),
  LAM: () => import("@/content/figures/lam"),
  KMS_1: () => import("@/content/figures/kms-1"),
  CSE: () => import("@/content/figures/cse"),
  REST: () => import("@/content/figures/rest"),
  KMS: () => import("@/content/figures/kms-regions"),
  PP: () => import("@/content/figures/pp"),
  DDOS: () => import("@/content/figures/ddos"),
};
