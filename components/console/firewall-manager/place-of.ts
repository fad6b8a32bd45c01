import { pathTo } from "../frame/place";

/** Where policies for CloudFront are kept, and where administrators are named. Source: AWS WAF Developer Guide, "Firewall Manager policy scope". */
export const GLOBAL_REGION = "us-east-1";

export const policiesPath = (region?: string): string => (region ? pathTo("policies", region) : "policies");
export const policyPath = (region: string, id: string, ...rest: string[]): string => pathTo("policies", region, id, ...rest);
export const createPath = "create-policy";
export const accountPath = (account: string): string => pathTo("accounts", account);
