import { type LinkedRole, linkedRole } from "../shield/linked-role";
import type { Context, JsonObject, Principal, Result } from "../types";

/** What Firewall Manager may do in the accounts of the organization. Source: AWS WAF Developer Guide, "Using service-linked roles for Firewall Manager". */
const role: LinkedRole = {
  service: "fms.amazonaws.com", name: "AWSServiceRoleForFMS", session: "FirewallManager",
  policy: {
    name: "FMSServiceRolePolicy",
    statements: [
      { Effect: "Allow", Action: ["wafv2:*", "elasticloadbalancing:SetWebACL", "elasticloadbalancing:SetWebAcl", "apigateway:SetWebACL", "cloudfront:UpdateDistribution", "shield:*", "ec2:*SecurityGroup*", "config:Describe*"], Resource: "*" },
    ],
  },
};

/** Firewall Manager by its role in an account. */
export const asManager = (ctx: Context, account: string): Principal => linkedRole(ctx, account, role);

/** A call in a member account, as Firewall Manager makes it. */
export const callIn = (ctx: Context, { account, region }: { account: string; region: string }, service: string, operation: string, input: JsonObject): Result => ctx.call(service, operation, input, { as: asManager(ctx, account), region });
