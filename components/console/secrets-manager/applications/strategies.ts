import type { Strategy } from "@/lib/engine/application/state";

/** What a program does with the login that it has read, in a sentence each. */
export const strategies: readonly { value: Strategy; label: string; description: string }[] = [
  { value: "refreshes-on-refusal", label: "Reads again when it is refused", description: "It keeps the login for a while; where the database refuses it, it reads the secret again and tries once more with AWSCURRENT." },
  { value: "falls-back-to-previous", label: "Falls back to AWSPREVIOUS", description: "It reads again when it is refused; where AWSCURRENT is refused too, it tries the version before it." },
  { value: "never-refreshes", label: "Never reads again", description: "It reads the secret once, when it starts, and keeps that login for good." },
];

export const strategyLabel = (strategy: Strategy): string => strategies.find(({ value }) => value === strategy)!.label;
