import { parseArn } from "../arn";
import type { Failure } from "../errors";
import type { Db } from "../types";
import { resources as estate } from "./estate/state";
import { shieldErrors } from "./errors";
import { GLOBAL_REGION, type ProtectedType } from "./state";

/**
 * What Shield Advanced can protect, by its ARN. An instance or a Network Load Balancer is protected by the Elastic IP address on it.
 * Sources: AWS Shield Advanced API Reference, CreateProtection (ResourceArn); AWS WAF Developer Guide, "Protections by resource type".
 */
const shapes: { type: ProtectedType; service: string; resource: RegExp }[] = [
  { type: "APPLICATION_LOAD_BALANCER", service: "elasticloadbalancing", resource: /^loadbalancer\/app\/[\w-]+\/\w+$/ },
  { type: "CLASSIC_LOAD_BALANCER", service: "elasticloadbalancing", resource: /^loadbalancer\/[\w-]+$/ },
  { type: "CLOUDFRONT_DISTRIBUTION", service: "cloudfront", resource: /^distribution\/\w+$/ },
  { type: "GLOBAL_ACCELERATOR", service: "globalaccelerator", resource: /^accelerator\/[\w-]+$/ },
  { type: "ROUTE_53_HOSTED_ZONE", service: "route53", resource: /^hostedzone\/\w+$/ },
  { type: "ELASTIC_IP_ALLOCATION", service: "ec2", resource: /^eip-allocation\/eipalloc-\w+$/ },
];

/** undefined for what Shield Advanced does not protect. */
export function protectedType(arn: string): ProtectedType | undefined {
  const parsed = parseArn(arn);
  return parsed && shapes.find(({ service, resource }) => service === parsed.service && resource.test(parsed.resource))?.type;
}

/** Whether the resource is in the lab: a load balancer or a distribution stands with AWS WAF's resources, the others in `estate`. */
function isThere(db: Db, account: string, arn: string): boolean {
  const { region = "" } = parseArn(arn) ?? {};
  const place = { account, region: region || GLOBAL_REGION };
  return db.at({ ...place, service: "wafv2" }).table("resources").get(arn) !== undefined || estate(db.at(place)).get(arn) !== undefined;
}

/**
 * The type of a resource of this account that is there. Errors: InvalidResourceException, also for one that is not there or another's.
 * Route 53's ARNs name no account: the lab looks in the caller's.
 */
export function resourceToProtect(db: Db, account: string, arn: string): { type: ProtectedType } | Failure {
  const parsed = parseArn(arn);
  const type = protectedType(arn);
  if (!parsed || !type) {
    const [word, ...rest] = (parsed?.resource ?? "").split("/");
    return shieldErrors.unrecognised(rest.length ? word : "", parsed?.service ?? "");
  }
  if ((parsed.account !== account && parsed.account !== "") || !isThere(db, account, arn)) return shieldErrors.invalidResource(arn);
  return { type };
}

/** The Region of a regional resource; us-east-1 for the others. */
export const regionOfResource = (arn: string): string => parseArn(arn)?.region || GLOBAL_REGION;
