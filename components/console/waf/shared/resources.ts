import { leaveOut, type Ask } from "../../frame/use-load";
import { askWaf } from "../load-waf";
import { regionOf } from "../place-of";
import type { Scope } from "../waf-types";

/** Resources of the lab that web ACLs protect. The services that they are of are not simulated: they are a name and an ARN. */
export interface Resource {
  Arn: string;
  ResourceType: string;
  Name: string;
  WebACLArn?: string;
}

export const typeWords: Record<string, string> = {
  APPLICATION_LOAD_BALANCER: "Application Load Balancer",
  API_GATEWAY: "API Gateway REST API",
  APPSYNC: "AppSync GraphQL API",
  COGNITO_USER_POOL: "Cognito user pool",
  APP_RUNNER_SERVICE: "App Runner service",
  VERIFIED_ACCESS_INSTANCE: "Verified Access instance",
  AMPLIFY: "Amplify app",
  CLOUDFRONT: "CloudFront distribution",
};

/** CloudFront's distributions and Amplify's apps take web ACLs of CloudFront's scope, all others those of their Region. Source: WAFV2 API Reference, AssociateWebACL. */
export const typesOf = (scope: Scope): string[] => Object.keys(typeWords).filter((type) => (type === "CLOUDFRONT" || type === "AMPLIFY") === (scope === "CLOUDFRONT"));

export const loadResources = async (ask: Ask, scope: Scope): Promise<Resource[]> => {
  const found = await ask<{ Resources: Resource[] }>("traffic", "ListResources", {}, regionOf(scope)).catch(leaveOut);
  return (found?.Resources ?? []).filter(({ ResourceType }) => typesOf(scope).includes(ResourceType));
};

export const addResource = async (ask: Ask, scope: Scope, ResourceType: string, Name: string): Promise<Resource> =>
  (await ask<{ Resource: Resource }>("traffic", "AddResource", { ResourceType, Name }, regionOf(scope))).Resource;

const isDistribution = (arn: string): boolean => arn.split(":")[2] === "cloudfront";

/** Distributions get their web ACL by CloudFront's own UpdateDistribution. Source: WAFV2 API Reference, AssociateWebACL. */
export async function associate(ask: Ask, scope: Scope, WebACLArn: string, ResourceArn: string): Promise<void> {
  if (isDistribution(ResourceArn)) await ask("traffic", "UpdateDistribution", { ResourceArn, WebACLId: WebACLArn }, regionOf(scope));
  else await askWaf(ask, scope, "AssociateWebACL", { WebACLArn, ResourceArn });
}

export async function disassociate(ask: Ask, scope: Scope, ResourceArn: string): Promise<void> {
  if (isDistribution(ResourceArn)) await ask("traffic", "UpdateDistribution", { ResourceArn, WebACLId: "" }, regionOf(scope));
  else await askWaf(ask, scope, "DisassociateWebACL", { ResourceArn });
}
