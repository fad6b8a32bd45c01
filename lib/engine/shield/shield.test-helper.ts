import { createLab, type Lab } from "../lab";
import { seededPorts } from "../ports";
import type { Caller, JsonObject } from "../types";

export const A = "111122223333";
export const B = "444455556666";
export const DAY = 86_400_000;
export const adminOf = (account: string): Caller => ({ account, user: "admin" });

/** A lab with short words: `must` gives the output or throws, `fails` gives code and message. */
export function shieldLab(seed = 1) {
  const lab: Lab = createLab({ ports: seededPorts(seed) });
  const call = (service: string, operation: string, input: JsonObject = {}, account: string | Caller = A, region = "us-east-1") =>
    lab.call({ service, operation, input, region, caller: typeof account === "string" ? adminOf(account) : account, door: "test" });
  const must = async (service: string, operation: string, input: JsonObject = {}, account?: string | Caller, region?: string): Promise<any> => {
    const reply = await call(service, operation, input, account, region);
    if (!reply.ok) throw new Error(`${operation}: ${reply.error.code}: ${reply.error.message}`);
    return reply.output;
  };
  const fails = async (service: string, operation: string, input: JsonObject = {}, account?: string | Caller, region?: string): Promise<string> => {
    const reply = await call(service, operation, input, account, region);
    return reply.ok ? `ok ${JSON.stringify(reply.output)}` : `${reply.error.code}: ${reply.error.message}`;
  };
  /** One resource of each kind, by its ARN. */
  const resource = {
    balancer: async (Name = "shop", account = A, region = "us-east-1"): Promise<string> => (await must("traffic", "AddResource", { ResourceType: "APPLICATION_LOAD_BALANCER", Name }, account, region)).Resource.Arn,
    distribution: async (Name = "site", account = A): Promise<string> => (await must("traffic", "AddResource", { ResourceType: "CLOUDFRONT", Name }, account)).Resource.Arn,
    of: async (ResourceType: string, Name = "x", more: JsonObject = {}, account = A, region = "us-east-1"): Promise<string> => (await must("estate", "AddResource", { ResourceType, Name, ...more }, account, region)).Resource.Arn,
  };
  const webAcl = async (Scope = "REGIONAL", Name = "own", account = A, region = "us-east-1"): Promise<string> =>
    (await must("wafv2", "CreateWebACL", { Name, Scope, DefaultAction: { Allow: {} }, VisibilityConfig: { SampledRequestsEnabled: false, CloudWatchMetricsEnabled: false, MetricName: Name } }, account, region)).Summary.ARN;
  /** Accounts A (which manages) and B in one organization; gives its root's id. */
  const organization = async (): Promise<string> => {
    await must("organizations", "CreateOrganization");
    const { Handshake } = await must("organizations", "InviteAccountToOrganization", { Target: { Type: "ACCOUNT", Id: B } });
    await must("organizations", "AcceptHandshake", { HandshakeId: Handshake.Id }, B);
    return (await must("organizations", "ListRoots")).Roots[0].Id;
  };
  return { lab, call, must, fails, resource, webAcl, organization };
}
