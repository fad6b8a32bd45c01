import type { Service } from "../types";
import { Run } from "./operations/run";

/**
 * The reference architecture against floods and probes, as a simulation: Route 53, CloudFront, AWS WAF, a load balancer, an Auto Scaling
 * group in two zones. No AWS API: it has no endpoint, no IAM actions and no CloudTrail records of its own.
 */
export const architecture: Service = {
  name: "architecture",
  deniedCode: "AccessDeniedException",
  operations: [Run],
};
