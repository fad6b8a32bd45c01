import type { ResourceRow } from "../state";

/**
 * `httpSourceId` of the log: of a load balancer `<account>-app/<name>/<id>`, of a stage `<account>:<API>:<stage>`, otherwise the
 * id that ends its ARN. Source: AWS WAF Developer Guide, Log fields for protection pack (web ACL) traffic.
 */
export function sourceId({ Arn, ResourceType }: Readonly<ResourceRow>, account: string): string {
  const resource = Arn.split(":").slice(5).join(":");
  if (ResourceType === "APPLICATION_LOAD_BALANCER") return `${account}-${resource.replace(/^loadbalancer\//, "")}`;
  if (ResourceType === "API_GATEWAY") {
    const [, , api, , stage] = resource.split("/");
    return `${account}:${api}:${stage}`;
  }
  return resource.split("/").at(-1)!;
}
