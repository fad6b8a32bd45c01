import { arn, parseArn } from "../arn";
import { GLOBAL_REGION } from "./names";

/**
 * What a web ACL can protect. None of the services behind these ARNs is in the lab: a resource is a plain row that somebody
 * adds (service `traffic`), with the ARN that its service would give it.
 * Sources: Service Authorization Reference, AWS WAF V2 (resource types); WAFV2 API Reference, AssociateWebACL, ListResourcesForWebACL.
 */

export type ResourceType = "APPLICATION_LOAD_BALANCER" | "API_GATEWAY" | "APPSYNC" | "COGNITO_USER_POOL" | "APP_RUNNER_SERVICE" | "VERIFIED_ACCESS_INSTANCE" | "AMPLIFY" | "CLOUDFRONT";

interface Shape {
  service: string;
  resource: RegExp;
  /** What its own service asks of who associates a web ACL with it, takes it off, or asks for it. */
  associate: string;
  disassociate: string;
}

/** Only CloudFront's distributions and Amplify's apps are protected by web ACLs of CloudFront's scope. */
const shapes: Record<ResourceType, Shape> = {
  APPLICATION_LOAD_BALANCER: { service: "elasticloadbalancing", resource: /^loadbalancer\/app\/[\w-]+\/\w+$/, associate: "elasticloadbalancing:SetWebACL", disassociate: "elasticloadbalancing:SetWebACL" },
  API_GATEWAY: { service: "apigateway", resource: /^\/restapis\/\w+\/stages\/[\w-]+$/, associate: "apigateway:SetWebACL", disassociate: "apigateway:SetWebACL" },
  APPSYNC: { service: "appsync", resource: /^apis\/\w+$/, associate: "appsync:SetWebACL", disassociate: "appsync:SetWebACL" },
  COGNITO_USER_POOL: { service: "cognito-idp", resource: /^userpool\/[\w-]+$/, associate: "cognito-idp:AssociateWebACL", disassociate: "cognito-idp:DisassociateWebACL" },
  APP_RUNNER_SERVICE: { service: "apprunner", resource: /^service\/[\w-]+\/\w+$/, associate: "apprunner:AssociateWebAcl", disassociate: "apprunner:DisassociateWebAcl" },
  VERIFIED_ACCESS_INSTANCE: { service: "ec2", resource: /^verified-access-instance\/[\w-]+$/, associate: "ec2:AssociateVerifiedAccessInstanceWebAcl", disassociate: "ec2:DisassociateVerifiedAccessInstanceWebAcl" },
  AMPLIFY: { service: "amplify", resource: /^apps\/\w+$/, associate: "amplify:AssociateWebACL", disassociate: "amplify:DisassociateWebACL" },
  CLOUDFRONT: { service: "cloudfront", resource: /^distribution\/\w+$/, associate: "cloudfront:UpdateDistribution", disassociate: "cloudfront:UpdateDistribution" },
};

export const resourceTypes = Object.keys(shapes) as ResourceType[];

export interface ResourceArn {
  type: ResourceType;
  /** Empty in API Gateway's ARNs. */
  account: string;
  /** Empty in CloudFront's. */
  region: string;
}

/** The kind of resource that an ARN names; undefined if no web ACL can protect it. */
export function readResourceArn(text: string): ResourceArn | undefined {
  const parsed = parseArn(text);
  if (!parsed) return undefined;
  const type = resourceTypes.find((each) => shapes[each].service === parsed.service && shapes[each].resource.test(parsed.resource));
  return type && { type, account: parsed.account, region: parsed.region };
}

/** The ARN that a resource of this name would have; `id` is 16 hexadecimal digits or more. Sources: each service's page in the Service Authorization Reference. */
export function resourceArn(type: ResourceType, { account, region }: { account: string; region: string }, name: string, id: string): string {
  const short = id.slice(0, 10);
  switch (type) {
    case "APPLICATION_LOAD_BALANCER":
      return arn("elasticloadbalancing", region, account, `loadbalancer/app/${name}/${id.slice(0, 16)}`);
    case "API_GATEWAY":
      return arn("apigateway", region, "", `/restapis/${short}/stages/${name}`);
    case "APPSYNC":
      return arn("appsync", region, account, `apis/${id}`);
    case "COGNITO_USER_POOL":
      return arn("cognito-idp", region, account, `userpool/${region}_${id.slice(0, 9)}`);
    case "APP_RUNNER_SERVICE":
      return arn("apprunner", region, account, `service/${name}/${id}`);
    case "VERIFIED_ACCESS_INSTANCE":
      return arn("ec2", region, account, `verified-access-instance/vai-${id.slice(0, 17)}`);
    case "AMPLIFY":
      return arn("amplify", region, account, `apps/d${short}`);
    default:
      return arn("cloudfront", "", account, `distribution/E${id.slice(0, 13).toUpperCase()}`);
  }
}

/** Whether an ARN is one of this account and Region. */
export const isHere = ({ account, region, type }: ResourceArn, here: { account: string; region: string }): boolean =>
  (account === here.account || account === "") && (type === "CLOUDFRONT" ? here.region === GLOBAL_REGION : region === here.region);

export const scopeOf = (type: ResourceType): "REGIONAL" | "CLOUDFRONT" => (type === "CLOUDFRONT" || type === "AMPLIFY" ? "CLOUDFRONT" : "REGIONAL");

/** The action of the resource's own service that goes with wafv2:AssociateWebACL or wafv2:DisassociateWebACL. */
export const ownAction = (type: ResourceType, operation: "associate" | "disassociate"): string => shapes[type][operation];
