import { describe, test } from "vitest";
import type { JsonObject } from "../types";
import { type Row, type World, allow, call, check, deny, when } from "./flip.test-helper";

/** Refused calls to AWS WAF: the first change offered is what somebody who knows AWS would do (see `denied-services.test.ts`). */

const acl = async (w: World, Name: string, more: JsonObject = {}): Promise<{ ARN: string; Id: string }> =>
  (await w.must("wafv2", "CreateWebACL", { Name, Scope: "REGIONAL", DefaultAction: { Allow: {} }, VisibilityConfig: { SampledRequestsEnabled: false, CloudWatchMetricsEnabled: false, MetricName: "m" }, ...more })).Summary;
const balancer = async (w: World): Promise<string> => (await w.must("traffic", "AddResource", { ResourceType: "APPLICATION_LOAD_BALANCER", Name: "shop" })).Resource.Arn;

describe("AWS WAF", () => {
  test.each<Row>([
    ["nothing allows it", async (w) => call("wafv2", "GetWebACL", { ARN: (await acl(w, "shop")).ARN }, await w.user("al")), /that allows wafv2:GetWebACL on the web ACL shop\.$/],
    ["another action is allowed", async (w) => call("wafv2", "GetWebACL", { ARN: (await acl(w, "shop")).ARN }, await w.user("al", allow("wafv2:ListWebACLs"))), /^Add wafv2:GetWebACL to the actions of statement 1/, [/allows wafv2:GetWebACL on the web ACL shop\.$/m]],
    ["the resource's tag is not what the policy wants", async (w) => call("wafv2", "GetWebACL", { ARN: (await acl(w, "shop")).ARN }, await w.user("al", allow("wafv2:GetWebACL", when("StringEquals", "aws:ResourceTag/team", "a")))), /web ACL shop/, [/Put the tag team=a on the web ACL shop/]],
    ["denied", async (w) => call("wafv2", "GetWebACL", { ARN: (await acl(w, "shop")).ARN }, await w.user("al", allow("wafv2:*"), deny("wafv2:Get*"))), /statement 2/],
    [
      "an association wants leave on the resource, and of its service",
      async (w) => {
        const { ARN } = await acl(w, "shop");
        return call("wafv2", "AssociateWebACL", { WebACLArn: ARN, ResourceArn: await balancer(w) }, await w.user("al", { ...allow("wafv2:AssociateWebACL"), Resource: ARN }));
      },
      /^Add the load balancer shop to the resources of statement 1 .*; and add elasticloadbalancing:SetWebACL to the actions of statement 1/,
    ],
  ])("refused: %s", (_, prepare, first, others) => check(prepare, first, others));
});
