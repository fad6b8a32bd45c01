import { protectedType } from "@/lib/engine/shield/resources";
import type { ProtectedType } from "@/lib/engine/shield/state";
import { leaveOut, type Ask } from "../../frame/use-load";

/** Resources of the lab that Shield looks at, or learners take for such. The services that they are of are not simulated. */
export interface Resource {
  Arn: string;
  ResourceType: string;
  Name: string;
  WebACLArn?: string;
  /** What an Elastic IP address is on. */
  AttachedTo?: string;
}

/** By the lab's word for the type: whose facts they are, and whether they are kept in us-east-1. */
export const kinds: Record<string, { words: string; from: "traffic" | "estate"; global?: true }> = {
  APPLICATION_LOAD_BALANCER: { words: "Application Load Balancer", from: "traffic" },
  CLOUDFRONT: { words: "CloudFront distribution", from: "traffic", global: true },
  ELASTIC_IP: { words: "Elastic IP address", from: "estate" },
  CLASSIC_LOAD_BALANCER: { words: "Classic Load Balancer", from: "estate" },
  GLOBAL_ACCELERATOR: { words: "Global Accelerator accelerator", from: "estate", global: true },
  HOSTED_ZONE: { words: "Route 53 hosted zone", from: "estate", global: true },
  INSTANCE: { words: "EC2 instance", from: "estate" },
  NETWORK_LOAD_BALANCER: { words: "Network Load Balancer", from: "estate" },
};

/** By Shield's word for the type. */
export const typeWords: Record<ProtectedType, string> = {
  CLOUDFRONT_DISTRIBUTION: "CloudFront distribution",
  ROUTE_53_HOSTED_ZONE: "Route 53 hosted zone",
  GLOBAL_ACCELERATOR: "Global Accelerator accelerator",
  ELASTIC_IP_ALLOCATION: "Elastic IP address",
  APPLICATION_LOAD_BALANCER: "Application Load Balancer",
  CLASSIC_LOAD_BALANCER: "Classic Load Balancer",
};
export const typeOf = (arn: string): string => {
  const type = protectedType(arn);
  if (type) return typeWords[type];
  return /:instance\//.test(arn) ? kinds.INSTANCE.words : /:loadbalancer\/net\//.test(arn) ? kinds.NETWORK_LOAD_BALANCER.words : "-";
};

/** `arn:…:loadbalancer/app/shop/0a1b` is `shop`, an address its id. */
export function nameInArn(arn: string): string {
  const parts = arn.split(":").slice(5).join(":").split("/");
  return (parts[0] === "loadbalancer" && parts.length === 4 ? parts[2] : parts.at(-1)) ?? arn;
}
export const regionOf = (arn: string): string => arn.split(":")[3] || "Global";

/** Of this Region, and of no Region's. */
export async function loadEstate(ask: Ask, region: string): Promise<Resource[]> {
  const found: Resource[] = [];
  for (const place of new Set([region, "us-east-1"]))
    for (const service of ["traffic", "estate"] as const) {
      const { Resources } = (await ask<{ Resources: Resource[] }>(service, "ListResources", {}, place).catch(leaveOut)) ?? { Resources: [] };
      found.push(...Resources.filter(({ ResourceType }) => kinds[ResourceType] && (place === region || kinds[ResourceType].global)));
    }
  return found;
}

/** The web ACL on a resource, wherever it is. */
export async function loadWebAclOf(ask: Ask, arn: string): Promise<string | undefined> {
  const { Resources } = await ask<{ Resources: Resource[] }>("traffic", "ListResources", {}, arn.split(":")[3] || "us-east-1");
  return Resources.find(({ Arn }) => Arn === arn)?.WebACLArn;
}

export async function addToLab(ask: Ask, { type, name, on }: { type: string; name: string; on?: string }): Promise<Resource> {
  const { from, global } = kinds[type];
  const made = await ask<{ Resource: Resource }>(from, "AddResource", { ResourceType: type, Name: name, ...(on ? { AttachedTo: on } : {}) }, global && "us-east-1");
  return made.Resource;
}

/** What Shield Advanced does not protect itself: by the Elastic IP addresses on it, here those. Undefined for what it does protect. */
export const protectedBy = ({ Arn }: Resource, all: readonly Resource[]): Resource[] | undefined => (protectedType(Arn) ? undefined : all.filter(({ AttachedTo }) => AttachedTo === Arn));
