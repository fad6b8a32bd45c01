import { type Lab, createLab } from "../lab";
import { seededPorts } from "../ports";
import type { Caller, JsonObject } from "../types";

/** A lab with web ACLs and things that they protect. */
export const A = "111122223333";
export const B = "444455556666";
export const start = Date.UTC(2026, 0, 1);
export const admin: Caller = { account: A, user: "admin" };

export const visible = (MetricName: string, on = true): JsonObject => ({ SampledRequestsEnabled: on, CloudWatchMetricsEnabled: on, MetricName });
export const none = [{ Priority: 0, Type: "NONE" }];

let priority = 0;
/** A rule with an action, or, of a group, without an override. */
export function rule(Name: string, Statement: JsonObject, action: JsonObject = { Block: {} }, more: JsonObject = {}): JsonObject {
  const group = Statement.ManagedRuleGroupStatement ?? Statement.RuleGroupReferenceStatement;
  return { Name, Priority: priority++, Statement, ...(group ? { OverrideAction: { None: {} } } : { Action: action }), VisibilityConfig: visible(Name), ...more };
}
export const geo = (...CountryCodes: string[]): JsonObject => ({ GeoMatchStatement: { CountryCodes } });
export const contains = (text: string, FieldToMatch: JsonObject = { QueryString: {} }): JsonObject => ({ ByteMatchStatement: { SearchString: btoa(text), FieldToMatch, PositionalConstraint: "CONTAINS", TextTransformations: none } });

export function labOf() {
  const lab: Lab = createLab({ ports: seededPorts(11, start) });
  lab.ensureAccount(B);
  const call = async (service: string, operation: string, input: JsonObject = {}, caller: Caller = admin, region = "us-east-1"): Promise<any> => {
    const reply = await lab.call({ service, operation, input, caller, region });
    return reply.ok ? reply.output : `${reply.error.code}: ${reply.error.message}`;
  };
  const done = async (...args: Parameters<typeof call>): Promise<any> => {
    const answer: unknown = await call(...args);
    if (typeof answer === "string") throw new Error(`${args[1]}: ${answer}`);
    return answer;
  };
  const waf = (operation: string, input: JsonObject = {}, caller: Caller = admin, region = "us-east-1") => call("wafv2", operation, input, caller, region);
  return {
    lab, call, done, waf,
    async acl(Name: string, Rules: JsonObject[], more: JsonObject = {}): Promise<{ ARN: string; Id: string; LockToken: string; Name: string }> {
      return (await done("wafv2", "CreateWebACL", { Name, Scope: "REGIONAL", DefaultAction: { Allow: {} }, VisibilityConfig: visible(Name), Rules, ...more })).Summary;
    },
    async group(Name: string, Rules: JsonObject[], more: JsonObject = {}): Promise<{ ARN: string; Id: string; LockToken: string }> {
      return (await done("wafv2", "CreateRuleGroup", { Name, Scope: "REGIONAL", Capacity: 100, VisibilityConfig: visible(Name), Rules, ...more })).Summary;
    },
    async balancer(WebACLArn?: string): Promise<string> {
      const { Arn } = (await done("traffic", "AddResource", { ResourceType: "APPLICATION_LOAD_BALANCER", Name: "shop" })).Resource;
      if (WebACLArn) await done("wafv2", "AssociateWebACL", { WebACLArn, ResourceArn: Arn });
      return Arn;
    },
    send: (ResourceArn: string, ...Requests: JsonObject[]) => done("traffic", "Inspect", { ResourceArn, Requests: Requests.map((request) => ({ Uri: "/", ClientIp: "192.0.2.1", Headers: [{ Name: "Host", Value: "example.com" }, { Name: "User-Agent", Value: "Mozilla/5.0" }], ...request })) }),
    async user(UserName: string, ...Statement: JsonObject[]): Promise<Caller> {
      await done("iam", "CreateUser", { UserName });
      await done("iam", "PutUserPolicy", { UserName, PolicyName: "p", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement }) });
      return { account: A, user: UserName };
    },
  };
}
