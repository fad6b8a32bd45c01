import type { Claim } from "@/lib/lessons/types";
import { encryptionClaims } from "./encryption";
import { kmsClaims } from "./kms";
import { parameterStoreClaims } from "./parameter-store";
import { secretsManagerClaims } from "./secrets-manager";

/** Every claim of the lessons. Those with a proof are run by the tests and by 'Prove it' in the page. */
export const claims: Claim[] = [...encryptionClaims, ...kmsClaims, ...parameterStoreClaims, ...secretsManagerClaims];

const byId = new Map(claims.map((claim) => [claim.id, claim]));

export const claimById = (id: string): Claim | undefined => byId.get(id);
