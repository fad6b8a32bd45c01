import type { Service } from "../types";
import { LookupEvents } from "./lookup-events";

export { cloudTrailEvent, cloudTrailEvents } from "./records";

/**
 * CloudTrail as far as its event history goes, which every account has without setting anything up. Trails, event data
 * stores and Insights are not simulated and say so by name.
 */
export const cloudtrail: Service = { name: "cloudtrail", deniedCode: "AccessDeniedException", operations: [LookupEvents] };
