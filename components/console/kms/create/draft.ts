import type { Tag } from "../../frame/tag-changes";
import { accountProblem, buildConsolePolicy, printPolicy } from "../console-policy";
import { canImport } from "../import/wrapping";
import { KEY_USAGES, keySpecs, type KeyType } from "../key-specs";

export type Origin = "AWS_KMS" | "EXTERNAL";

/** What the wizard has been told so far; kept over a reload. */
export interface KeyDraft {
  step: number;
  type: KeyType;
  usage: string;
  spec: string;
  origin: Origin;
  /** "I understand the security and durability implications": asked for imported key material. */
  acknowledged: boolean;
  multiRegion: boolean;
  alias: string;
  description: string;
  tags: Tag[];
  administrators: string[];
  allowDeletion: boolean;
  users: string[];
  accounts: string[];
  /** The policy as edited by hand; undefined while it follows the choices. */
  policy?: string;
  /** The key is made and only its alias is missing: CreateAlias was refused after CreateKey was not. */
  made?: string;
}

export const emptyDraft: KeyDraft = {
  step: 0,
  type: "symmetric",
  usage: "ENCRYPT_DECRYPT",
  spec: "SYMMETRIC_DEFAULT",
  origin: "AWS_KMS",
  acknowledged: false,
  multiRegion: false,
  alias: "",
  description: "",
  tags: [],
  administrators: [],
  allowDeletion: true,
  users: [],
  accounts: [],
};

/** Another type or usage brings the first spec that goes with it; an origin that does not go with the spec gives way. */
export function withConfiguration(
  draft: KeyDraft,
  change: { type?: KeyType; usage?: string; spec?: string },
): Pick<KeyDraft, "type" | "usage" | "spec" | "origin"> {
  const type = change.type ?? draft.type;
  const usages = KEY_USAGES[type].map(({ value }) => value);
  const wanted = change.usage ?? draft.usage;
  const usage = usages.includes(wanted) ? wanted : usages[0];
  const specs = keySpecs(type, usage);
  const wantedSpec = change.spec ?? draft.spec;
  const spec = specs.includes(wantedSpec) ? wantedSpec : specs[0];
  return { type, usage, spec, origin: canImport(spec) ? draft.origin : "AWS_KMS" };
}

/** The policy that would be sent. */
export const policyOf = (draft: KeyDraft, account: string): string =>
  draft.policy ?? printPolicy(buildConsolePolicy(account, draft.spec, draft.usage, { ...draft, accounts: draft.accounts.filter(Boolean) }));

/** Why a step cannot be left yet; undefined when it can. Steps count from 0. */
export function stepProblem(draft: KeyDraft, step: number, account: string): string | undefined {
  if (step === 0 && draft.origin === "EXTERNAL" && !draft.acknowledged)
    return "To import key material, confirm that you understand the security and durability implications.";
  if (step === 1 && !draft.alias.trim()) return "Enter an alias. It is the name by which people and programs find the key.";
  if (step === 3) {
    const wrong = draft.accounts
      .map((id, index) =>
        id ? accountProblem(id, account, draft.accounts.slice(0, index)) : "Enter the account's ID, or remove the empty line.",
      )
      .find(Boolean);
    if (wrong) return wrong;
  }
  return undefined;
}

/** Input of CreateKey. What equals AWS's default is left out, as in the shortest CLI command. */
export function createKeyInput(draft: KeyDraft, account: string) {
  return {
    ...(draft.spec !== "SYMMETRIC_DEFAULT" && { KeySpec: draft.spec, KeyUsage: draft.usage }),
    ...(draft.origin !== "AWS_KMS" && { Origin: draft.origin }),
    ...(draft.multiRegion && { MultiRegion: true }),
    ...(draft.description && { Description: draft.description }),
    ...(draft.tags.length && { Tags: draft.tags.map(({ key, value }) => ({ TagKey: key, TagValue: value ?? "" })) }),
    Policy: policyOf(draft, account),
  };
}

/** With the prefix that AWS wants, whether or not it was typed. */
export const aliasName = (alias: string): string => (alias.startsWith("alias/") ? alias : `alias/${alias}`);
