"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import type { PolicyAbout, PolicyWarning } from "@/lib/engine/iam/policy/warnings";
import { theLab } from "@/lib/store/lab-store";
import { useLab } from "@/lib/store/react";
import { resourcesOf } from "./lab-resources";
import type { EditorCompletion } from "./types";

type Help = typeof import("@/lib/engine/iam/policy/warnings");

/** What an editor knows of its policy; who saves it, where, and what there is to name comes from the lab. */
export type PolicyPlace = Pick<PolicyAbout, "kind" | "resource" | "inline"> & { account?: string };

/** A moment after the last key: checks of every letter would only flicker. */
const PAUSE_MS = 200;

/**
 * The engine's checks and proposals for a policy while it is written. They are fetched with the first editor. `warnings`
 * is undefined until the text was looked at once.
 */
export function usePolicyHelp(text: string, place: PolicyPlace, reading: boolean) {
  const { kind, resource, inline, account } = place;
  const identity = useLab((state) => state.identity);
  const versions = useLab((state) => state.versions);
  const [help, setHelp] = useState<Help>();
  const [warnings, setWarnings] = useState<PolicyWarning[]>();

  useEffect(() => {
    let current = true;
    void import("@/lib/engine/iam/policy/warnings").then((loaded) => current && setHelp(loaded));
    return () => void (current = false);
  }, []);

  const about = useCallback((): PolicyAbout => {
    const lab = theLab();
    return {
      kind,
      resource,
      inline,
      account: account ?? identity.account,
      region: identity.region,
      caller: identity.caller,
      ...(lab && { lab, resources: resourcesOf(lab, account ?? identity.account, identity.region).map(({ arn }) => arn) }),
    };
  }, [kind, resource, inline, account, identity]);

  const looked = useRef(false);
  useEffect(() => {
    if (!help || reading) return;
    const look = () => {
      looked.current = true;
      setWarnings(help.policyWarnings(text, about()));
    };
    if (!looked.current) return look();
    const timer = setTimeout(look, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [help, text, about, versions, reading]);

  const complete = useCallback(
    (written: string, offset: number): EditorCompletion[] => (help ? completionsOf(help, written, offset, about()) : []),
    [help, about],
  );
  return { warnings, complete };
}

const kinds: Record<string, EditorCompletion["kind"]> = {
  element: "property",
  key: "property",
  operator: "property",
  action: "function",
  principal: "reference",
  resource: "reference",
};

function completionsOf(help: Help, text: string, at: number, about: PolicyAbout): EditorCompletion[] {
  const { offset, length, items } = help.policyCompletions(text, at, about);
  return items.map(({ label, insert, kind, caret, detail }) => ({ label, insert, caret, detail, kind: kinds[kind] ?? "value", offset, length }));
}
