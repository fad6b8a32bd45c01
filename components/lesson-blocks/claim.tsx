import type { ReactNode } from "react";
import { claimById } from "@/content/claims";
import styles from "./blocks.module.css";
import { ProveIt } from "./prove-it";

/**
 * A checkable sentence. Its proof can be run in front of the reader; where the engine cannot show it, its source stands
 * there with its date. A claim that the lists do not know stops the build.
 */
export function ClaimBlock({ id, children }: { id: string; children: ReactNode }) {
  const claim = claimById(id);
  if (!claim) throw new Error(`No claim ${id}: add it to content/claims.`);
  return (
    <span id={`claim-${id}`} className={styles.claim} data-claim={id}>
      {children}
      <ProveIt id={id} sentence={claim.sentence} hasProof={claim.proof !== undefined} source={claim.source} />
    </span>
  );
}
