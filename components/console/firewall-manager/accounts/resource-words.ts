import type { GroupRule, Resource } from "../fm-types";
import { nameOfArn } from "../../waf/place-of";

/** The lab's kinds of resource that policies are about, in words, with the service that keeps them. */
export const kinds: Record<string, { label: string; service: "traffic" | "estate" }> = {
  APPLICATION_LOAD_BALANCER: { label: "Application Load Balancer", service: "traffic" },
  API_GATEWAY: { label: "API Gateway stage", service: "traffic" },
  CLOUDFRONT: { label: "CloudFront distribution", service: "traffic" },
  CLASSIC_LOAD_BALANCER: { label: "Classic Load Balancer", service: "estate" },
  ELASTIC_IP: { label: "Elastic IP address", service: "estate" },
  INSTANCE: { label: "EC2 instance", service: "estate" },
  NETWORK_INTERFACE: { label: "Network interface", service: "estate" },
  SECURITY_GROUP: { label: "Security group", service: "estate" },
};
export const kindLabel = (kind: string): string => kinds[kind]?.label ?? kind.toLowerCase().replaceAll("_", " ");

/** `in tcp 22 from 0.0.0.0/0`. */
export function ruleText({ Direction, Protocol, FromPort, ToPort, Cidr }: GroupRule): string {
  const ports = FromPort === undefined ? "" : FromPort === ToPort || ToPort === undefined ? ` ${FromPort}` : ` ${FromPort}-${ToPort}`;
  return `${Direction === "INGRESS" ? "in" : "out"} ${Protocol === "-1" ? "all traffic" : `${Protocol}${ports}`} ${Direction === "INGRESS" ? "from" : "to"} ${Cidr}`;
}
export const rulesText = (rules: readonly GroupRule[]): string => rules.map(ruleText).join(", ") || "No rules";

/** What a policy put there, or whoever else: web ACL, security groups, rules. */
export function stateText({ ResourceType, WebACLArn, SecurityGroups = [], Rules = [] }: Resource): string {
  if (ResourceType === "SECURITY_GROUP") return rulesText(Rules);
  if (ResourceType === "INSTANCE" || ResourceType === "NETWORK_INTERFACE") return SecurityGroups.length ? `Security groups: ${SecurityGroups.join(", ")}` : "No security group";
  if (kinds[ResourceType]?.service === "traffic") return WebACLArn ? `Web ACL: ${nameOfArn(WebACLArn)}` : "No web ACL";
  return "-";
}
