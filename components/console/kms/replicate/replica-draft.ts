import type { Tag } from "../../frame/tag-changes";
import { jsonProblem } from "../../frame/json-check";
import { readConsolePolicy } from "../console-policy";
import { emptyDraft, policyOf, stepProblem, type KeyDraft } from "../create/draft";
import type { KeyMetadata } from "../key-rows";

/** A key's draft without what replicas share with their primary, and with where they shall be. */
export interface ReplicaDraft extends KeyDraft {
  regions: string[];
  /** Replicas that are made and whose alias is missing: CreateAlias was refused after ReplicateKey was not. */
  replicated: string[];
  /** Regions where all is done. */
  done: string[];
}

/** As it is kept: null stands for a policy that was discarded, since what is missing there begins as on the primary. */
export type KeptReplica = Omit<ReplicaDraft, "policy"> & { policy?: string | null };

/** What the console takes from the primary key as a beginning. */
export interface PrimaryPart {
  metadata: KeyMetadata;
  /** Without `alias/`. */
  alias?: string;
  tags: Tag[];
  /** Undefined where the caller may not read it: then it begins as for a new key. */
  policy?: string;
}

/** Alias, description, tags and policy of the primary key; all of them can be changed. */
export function replicaDraft({ metadata, alias = "", tags, policy }: PrimaryPart): ReplicaDraft {
  const reading = policy === undefined ? undefined : readConsolePolicy(policy, metadata.AWSAccountId);
  return {
    ...emptyDraft,
    ...(reading?.kind === "console" ? reading.choice : { policy }),
    usage: metadata.KeyUsage,
    spec: metadata.KeySpec,
    alias,
    description: metadata.Description ?? "",
    tags,
    regions: [],
    replicated: [],
    done: [],
  };
}

/** Why a step cannot be left yet. Steps count from 0, and from the second on they are those of a new key. */
export function replicaProblem(draft: ReplicaDraft, step: number, account: string): string | undefined {
  if (step === 0) return draft.regions.length ? undefined : "Choose at least one Region.";
  if (step === 4 && draft.policy !== undefined && jsonProblem(draft.policy)) return "Mend the JSON first: KMS would refuse it.";
  return stepProblem(draft, step, account);
}

/** Input of ReplicateKey for one Region. */
export const replicateInput = (draft: ReplicaDraft, key: { KeyId: string; AWSAccountId: string }, ReplicaRegion: string) => ({
  KeyId: key.KeyId,
  ReplicaRegion,
  ...(draft.description && { Description: draft.description }),
  ...(draft.tags.length && { Tags: draft.tags.map(({ key, value }) => ({ TagKey: key, TagValue: value ?? "" })) }),
  Policy: policyOf(draft, key.AWSAccountId),
});
