import type { SavedRequest } from "@/lib/engine/wafv2/requests/saved";
import { harmless } from "./harmless";
import { injections } from "./injections";
import { otherAttacks } from "./other-attacks";

/**
 * Requests to try a web ACL with: attacks, and harmless requests that look alike. They and their words are ours; addresses are those
 * that are set aside for documentation (RFC 5737, RFC 3849).
 */
export const savedRequests: readonly SavedRequest[] = [...injections, ...otherAttacks, ...harmless];
