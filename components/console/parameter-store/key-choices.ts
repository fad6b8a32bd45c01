"use client";
import { useState } from "react";
import type { SelectProps } from "@cloudscape-design/components/select";
import { leaveOut, refusalOf, useAsk, useLoad, type Ask } from "../frame/use-load";
import { DEFAULT_KEY } from "./form-values";

/** Keys that a parameter can be put under, as far as they have been read. */
export interface KeyChoices {
  options: SelectProps.Option[];
  /** What to read next; undefined when all is here. */
  next?: { list: "aliases" | "keys"; marker?: string };
  /** Keys that stand there by an alias. */
  named: ReadonlySet<string>;
}

export const noChoices: KeyChoices = {
  options: [{ value: DEFAULT_KEY, label: DEFAULT_KEY, description: "AWS managed key, the default" }],
  next: { list: "aliases" },
  named: new Set(),
};

/** A list is read to its end only by whoever scrolls there; so much is read at a time. */
const AT_ONCE = 100;

/** One answer more: keys by their aliases first, then those without one by their id. What cannot be listed is left out. */
export async function moreKeyChoices(ask: Ask, { options, next, named }: KeyChoices): Promise<KeyChoices> {
  if (!next) return { options, named };
  const input = { Limit: AT_ONCE, ...(next.marker && { Marker: next.marker }) };
  if (next.list === "aliases") {
    const page = await ask<{ Aliases: { AliasName: string; TargetKeyId?: string }[]; Truncated: boolean; NextMarker?: string }>("kms", "ListAliases", input).catch(leaveOut);
    // Of the AWS managed keys only Parameter Store's own can be used for parameters.
    const aliases = (page?.Aliases ?? []).filter(({ TargetKeyId }) => TargetKeyId);
    const own = aliases.filter(({ AliasName }) => !AliasName.startsWith("alias/aws/"));
    return {
      options: [...options, ...own.map(({ AliasName, TargetKeyId }) => ({ value: AliasName, label: AliasName, description: TargetKeyId }))],
      next: page?.Truncated ? { list: "aliases", marker: page.NextMarker } : { list: "keys" },
      named: new Set([...named, ...aliases.map(({ TargetKeyId }) => TargetKeyId!)]),
    };
  }
  const page = await ask<{ Keys: { KeyId: string }[]; Truncated: boolean; NextMarker?: string }>("kms", "ListKeys", input).catch(leaveOut);
  const unnamed = (page?.Keys ?? []).filter(({ KeyId }) => !named.has(KeyId));
  return {
    options: [...options, ...unnamed.map(({ KeyId }) => ({ value: KeyId, label: KeyId, description: "No alias" }))],
    ...(page?.Truncated && { next: { list: "keys", marker: page.NextMarker } }),
    named,
  };
}

/** So many choices are read before somebody scrolls. */
const FIRST = 50;

/** For a Select: its options, and what reads on when its end comes into sight. */
export function useKeyChoices(): { options: SelectProps.Option[]; status: "loading" | "pending" | "finished"; more(): void } {
  const ask = useAsk();
  const first = useLoad("key-choices", async (read) => {
    let choices = noChoices;
    while (choices.next && choices.options.length < FIRST) choices = await moreKeyChoices(read, choices);
    return choices;
  });
  const [further, setFurther] = useState<{ of: KeyChoices; choices: KeyChoices }>();
  const [reading, setReading] = useState(false);
  const choices = first.data && further?.of === first.data ? further.choices : first.data;
  const more = (): void => {
    const of = first.data;
    if (!of || !choices?.next || reading) return;
    setReading(true);
    moreKeyChoices(ask, choices)
      .then((next) => setFurther({ of, choices: next }), refusalOf)
      .finally(() => setReading(false));
  };
  return { options: choices?.options ?? [], status: !choices || reading ? "loading" : choices.next ? "pending" : "finished", more };
}
