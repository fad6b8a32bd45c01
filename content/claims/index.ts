import type { Claim } from "@/lib/lessons/types";
import { ddosClaims } from "./ddos";
import { encryptionClaims } from "./encryption";
import { firewallManagerClaims } from "./firewall-manager";
import { kmsClaims } from "./kms";
import { parameterStoreClaims } from "./parameter-store";
import { secretsManagerClaims } from "./secrets-manager";
import { shieldClaims } from "./shield";
import { wafClaims } from "./waf";

/** Every claim of the lessons. Those with a proof are run by the tests and by 'Prove it' in the page. */
export const claims: Claim[] = [...encryptionClaims, ...kmsClaims, ...parameterStoreClaims, ...secretsManagerClaims, ...shieldClaims, ...wafClaims, ...firewallManagerClaims, ...ddosClaims];

const byId = new Map(claims.map((claim) => [claim.id, claim]));

export const claimById = (id: string): Claim | undefined => byId.get(id);
