import type { SecretRow } from "./state";

/**
 * Staging labels. A version without any is deprecated: it is not shown, and may be deleted.
 * Source: Secrets Manager User Guide, What's in a Secrets Manager secret? (version).
 */

export const CURRENT = "AWSCURRENT";
export const PREVIOUS = "AWSPREVIOUS";
export const PENDING = "AWSPENDING";

type Labelled = Pick<SecretRow, "labels">;

/** The version that has the label. */
export const versionOf = (secret: Labelled, stage: string): string | undefined => secret.labels.find(([label]) => label === stage)?.[1];

/** The labels of a version, in the order in which they came to it. */
export const stagesOf = (secret: Labelled, versionId: string): string[] => secret.labels.filter(([, id]) => id === versionId).map(([label]) => label);

/** Takes a label off whatever version has it. */
export function removeLabel(secret: Labelled, stage: string): void {
  secret.labels = secret.labels.filter(([label]) => label !== stage);
}

/**
 * Puts a label on a version, and takes it off the one that had it. AWSCURRENT leaves AWSPREVIOUS on the version that it
 * comes from, whoever moves it.
 * Source: Secrets Manager API, UpdateSecretVersionStage.
 */
export function attachLabel(secret: Labelled, stage: string, versionId: string): void {
  const from = versionOf(secret, stage);
  if (from === versionId) return;
  removeLabel(secret, stage);
  secret.labels.push([stage, versionId]);
  if (stage === CURRENT && from !== undefined) attachLabel(secret, PREVIOUS, from);
}
