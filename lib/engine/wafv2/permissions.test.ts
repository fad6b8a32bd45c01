import { describe, expect, test } from "vitest";
import { cloudTrailEvents } from "../cloudtrail/records";
import type { JsonObject } from "../types";
import { A, B, geo, labOf, rule, visible } from "./wafv2.test-helper";

/** Who may do what. Source: Service Authorization Reference, AWS WAF V2. */

const allow = (Action: string | string[], Resource: string | string[] = "*", Condition?: JsonObject): JsonObject => ({ Effect: "Allow", Action, Resource, ...(Condition ? { Condition } : {}) });
const acl = (name: string) => `arn:aws:wafv2:us-east-1:${A}:regional/webacl/${name}/*`;
const denied = (action: string, resource: string) => new RegExp(`^AccessDeniedException: User: arn:aws:iam::${A}:user/\\S+ is not authorized to perform: ${action} on resource: ${resource} because`);

describe("web ACLs", () => {
  test("whoever makes or changes one must be allowed to do so with all that its rules name", async () => {
    const { waf, user, done, group } = labOf();
    const set = (await done("wafv2", "CreateIPSet", { Name: "i", Scope: "REGIONAL", IPAddressVersion: "IPV4", Addresses: [] })).Summary;
    const own = await group("g", []);
    const Rules = [rule("ips", { IPSetReferenceStatement: { ARN: set.ARN } }), rule("own", { RuleGroupReferenceStatement: { ARN: own.ARN } }), rule("core", { ManagedRuleGroupStatement: { VendorName: "AWS", Name: "AWSManagedRulesSQLiRuleSet" } })];
    const input = { Name: "w", Scope: "REGIONAL", DefaultAction: { Allow: {} }, VisibilityConfig: visible("w"), Rules };
    const wanted = [acl("w"), set.ARN, own.ARN, `arn:aws:wafv2:us-east-1:${A}:regional/managedruleset/*/*`];
    for (let some = 0; some < wanted.length; some++) {
      const caller = await user(`u${some}`, allow("wafv2:CreateWebACL", wanted.slice(0, some).length ? wanted.slice(0, some) : "arn:aws:wafv2:::none"));
      expect(await waf("CreateWebACL", input, caller)).toMatch(denied("wafv2:CreateWebACL", wanted[some].replaceAll("*", "\\*")));
    }
    const maker = await user("maker", allow("wafv2:CreateWebACL", wanted));
    const { Summary } = await waf("CreateWebACL", input, maker);
    expect(Summary.Name).toBe("w");
    const changer = await user("changer", allow("wafv2:UpdateWebACL", acl("w")));
    const update = { Name: "w", Scope: "REGIONAL", Id: Summary.Id, LockToken: Summary.LockToken, DefaultAction: { Allow: {} }, VisibilityConfig: visible("w") };
    expect(await waf("UpdateWebACL", { ...update, Rules }, changer)).toMatch(denied("wafv2:UpdateWebACL", set.ARN));
    expect(await waf("UpdateWebACL", { ...update, Rules: [] }, changer)).toEqual({ NextLockToken: expect.any(String) });
  });

  test.each<[string, object, RegExp | object]>([
    ["tags of the request", { Tags: [{ Key: "team", Value: "a" }] }, { Summary: expect.anything() }],
    ["other tags", { Tags: [{ Key: "team", Value: "b" }] }, /^AccessDeniedException/],
    ["no tags", {}, /^AccessDeniedException/],
  ])("made with %s", async (_name, more, expected) => {
    const { waf, user } = labOf();
    const caller = await user("u", allow(["wafv2:CreateIPSet", "wafv2:TagResource"], "*", { StringEquals: { "aws:RequestTag/team": "a" } }));
    const answer: unknown = await waf("CreateIPSet", { Name: "i", Scope: "REGIONAL", IPAddressVersion: "IPV4", Addresses: [], ...more }, caller);
    if (expected instanceof RegExp) expect(answer).toMatch(expected);
    else expect(answer).toEqual(expected);
  });

  test("tags of the resource open it", async () => {
    const { waf, user, acl: make } = labOf();
    const mine = await make("mine", [], { Tags: [{ Key: "team", Value: "a" }] });
    const other = await make("other", []);
    const caller = await user("u", allow("wafv2:GetWebACL", "*", { StringEquals: { "aws:ResourceTag/team": "a" } }));
    expect((await waf("GetWebACL", { ARN: mine.ARN }, caller)).WebACL.Name).toBe("mine");
    expect(await waf("GetWebACL", { Name: "other", Scope: "REGIONAL", Id: other.Id }, caller)).toMatch(denied("wafv2:GetWebACL", other.ARN));
    // What is not there is asked about as well: only who may look learns that it is not.
    expect(await waf("GetWebACL", { Name: "none", Scope: "REGIONAL", Id: mine.Id }, caller)).toMatch(/^AccessDeniedException/);
  });
});

describe("associations", () => {
  test("the web ACL, the resource, and the resource's own service each have a say", async () => {
    const { waf, user, acl: make, balancer } = labOf();
    const { ARN } = await make("w", []);
    const arn = await balancer();
    const input = { WebACLArn: ARN, ResourceArn: arn };
    const onAcl = allow("wafv2:AssociateWebACL", ARN);
    const onBoth = allow("wafv2:AssociateWebACL", [ARN, arn]);
    expect(await waf("AssociateWebACL", input, await user("a", allow("wafv2:AssociateWebACL", arn)))).toMatch(denied("wafv2:AssociateWebACL", ARN));
    expect(await waf("AssociateWebACL", input, await user("b", onAcl))).toMatch(denied("wafv2:AssociateWebACL", arn));
    expect(await waf("AssociateWebACL", input, await user("c", onBoth))).toMatch(denied("elasticloadbalancing:SetWebACL", arn));
    expect(await waf("AssociateWebACL", input, await user("d", onBoth, allow("elasticloadbalancing:SetWebAcl", arn)))).toEqual({});
    expect(await waf("DisassociateWebACL", { ResourceArn: arn }, await user("e", allow("wafv2:DisassociateWebACL", arn)))).toMatch(denied("elasticloadbalancing:SetWebACL", arn));
  });
});

describe("logging", () => {
  test("conditions on the destination and the scope; log delivery needs the caller's leave too", async () => {
    const { waf, user, acl: make, done } = labOf();
    const { ARN } = await make("w", []);
    const group = `arn:aws:logs:us-east-1:${A}:log-group:aws-waf-logs-w`;
    await done("logs", "CreateLogGroup", { logGroupName: "aws-waf-logs-w" });
    const input = { LoggingConfiguration: { ResourceArn: ARN, LogDestinationConfigs: [group] } };
    const when = (destination: string, scope = "CUSTOMER") => allow("wafv2:PutLoggingConfiguration", ARN, { ArnLike: { "wafv2:LogDestinationResource": destination }, StringEquals: { "wafv2:LogScope": scope } });
    const delivery = allow(["logs:CreateLogDelivery", "logs:PutResourcePolicy", "logs:DescribeResourcePolicies", "logs:DescribeLogGroups"]);
    expect(await waf("PutLoggingConfiguration", input, await user("a", when("arn:aws:s3:::*"), delivery))).toMatch(denied("wafv2:PutLoggingConfiguration", ARN));
    expect(await waf("PutLoggingConfiguration", input, await user("b", when(group, "SECURITY_LAKE"), delivery))).toMatch(denied("wafv2:PutLoggingConfiguration", ARN));
    expect(await waf("PutLoggingConfiguration", input, await user("c", when(group)))).toMatch(/^WAFLogDestinationPermissionIssueException: Unable to deliver logs/);
    expect(await waf("PutLoggingConfiguration", input, await user("d", when("arn:aws:logs:*:*:log-group:aws-waf-logs-*"), delivery))).toMatchObject({ LoggingConfiguration: { ResourceArn: ARN } });
    expect((await done("logs", "DescribeResourcePolicies")).resourcePolicies).toMatchObject([{ policyName: "AWSLogDeliveryWrite20150319" }]);
  });

  test.each<[string, string | RegExp]>([
    [`arn:aws:logs:us-east-1:${A}:log-group:other`, /^WAFInvalidParameterException: Error reason: The ARN isn't valid\. .*, field: LOG_DESTINATION, parameter: arn:aws:logs:us-east-1:111122223333:log-group:other$/],
    [`arn:aws:logs:eu-west-2:${A}:log-group:aws-waf-logs-x`, /^WAFInvalidParameterException/],
    [`arn:aws:logs:us-east-1:${B}:log-group:aws-waf-logs-x`, /^WAFInvalidParameterException/],
    ["arn:aws:s3:::aws-waf-logs-x", /^NotSimulated: Keyhole does not simulate web ACL logs in Amazon S3 buckets/],
    ["arn:aws:s3:::another-bucket", /^WAFInvalidParameterException/],
    [`arn:aws:firehose:us-east-1:${A}:deliverystream/aws-waf-logs-x`, /^NotSimulated/],
    ["this is not an ARN at all", /^WAFInvalidParameterException/],
  ])("destination %s", async (destination, expected) => {
    const { waf, acl: make } = labOf();
    const { ARN } = await make("w", []);
    expect(await waf("PutLoggingConfiguration", { LoggingConfiguration: { ResourceArn: ARN, LogDestinationConfigs: [destination] } })).toMatch(expected);
  });
});

describe("a rule group that is shared", () => {
  const policy = (...actions: string[]) => JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: B }, Action: ["wafv2:CreateWebACL", "wafv2:UpdateWebACL", "wafv2:PutFirewallManagerRuleGroups", ...actions] }] });
  const other = { account: B, user: "admin" };

  test("is used and read by another account once its policy says so", async () => {
    const { waf, group } = labOf();
    const { ARN } = await group("g", [rule("de", geo("DE"))]);
    const input = { Name: "w", Scope: "REGIONAL", DefaultAction: { Allow: {} }, VisibilityConfig: visible("w"), Rules: [rule("shared", { RuleGroupReferenceStatement: { ARN } })] };
    expect(await waf("CreateWebACL", input, other)).toMatch(/^AccessDeniedException/);
    expect(await waf("GetPermissionPolicy", { ResourceArn: ARN })).toMatch(/^WAFNonexistentItemException/);
    expect(await waf("PutPermissionPolicy", { ResourceArn: ARN, Policy: policy() })).toEqual({});
    expect((await waf("CreateWebACL", input, other)).Summary.ARN).toContain(`:${B}:`);
    expect(await waf("GetRuleGroup", { ARN }, other)).toMatch(/^AccessDeniedException/);
    await waf("PutPermissionPolicy", { ResourceArn: ARN, Policy: policy("wafv2:GetRuleGroup") });
    expect((await waf("GetRuleGroup", { ARN }, other)).RuleGroup.Name).toBe("g");
    expect(await waf("GetPermissionPolicy", { ResourceArn: ARN })).toEqual({ Policy: policy("wafv2:GetRuleGroup") });
    expect(await waf("DeletePermissionPolicy", { ResourceArn: ARN })).toEqual({});
    expect(await waf("GetRuleGroup", { ARN }, other)).toMatch(/^AccessDeniedException/);
  });

  test.each<[string, object]>([
    ["a Resource", { Effect: "Allow", Principal: "*", Action: ["wafv2:CreateWebACL", "wafv2:UpdateWebACL", "wafv2:PutFirewallManagerRuleGroups"], Resource: "*" }],
    ["a Deny", { Effect: "Deny", Principal: "*", Action: ["wafv2:CreateWebACL", "wafv2:UpdateWebACL", "wafv2:PutFirewallManagerRuleGroups"] }],
    ["no Principal", { Effect: "Allow", Action: ["wafv2:CreateWebACL", "wafv2:UpdateWebACL", "wafv2:PutFirewallManagerRuleGroups"] }],
    ["an action too few", { Effect: "Allow", Principal: "*", Action: ["wafv2:CreateWebACL", "wafv2:UpdateWebACL"] }],
    ["wildcards", { Effect: "Allow", Principal: "*", Action: "wafv2:*" }],
  ])("its policy may not have %s", async (_name, statement) => {
    const { waf, group } = labOf();
    const { ARN } = await group("g", []);
    expect(await waf("PutPermissionPolicy", { ResourceArn: ARN, Policy: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }) })).toMatch(/^WAFInvalidPermissionPolicyException/);
  });
});

test("CloudTrail records: the request and the answer in its letters, reading calls without one, traffic not at all", async () => {
  const { lab, acl: make, balancer, send, waf } = labOf();
  const { ARN, Id } = await make("w", [rule("de", geo("DE"))]);
  await waf("GetWebACL", { ARN });
  await waf("GetIPSet", { Name: "none", Scope: "REGIONAL", Id });
  const before = lab.journal.length;
  const records = lab.journal.slice(-3).flatMap((entry) => cloudTrailEvents(entry));
  expect(records).toMatchObject([
    { eventSource: "wafv2.amazonaws.com", eventName: "CreateWebACL", readOnly: false, requestParameters: { name: "w", scope: "REGIONAL", defaultAction: { allow: {} }, rules: [{ name: "de", statement: { geoMatchStatement: { countryCodes: ["DE"] } } }] }, responseElements: { summary: { name: "w", id: Id, aRN: ARN } } },
    { eventName: "GetWebACL", readOnly: true, requestParameters: { aRN: ARN }, responseElements: null },
    { eventName: "GetIPSet", errorCode: "WAFNonexistentItemException" },
  ]);
  await send(await balancer(), {});
  expect(lab.journal.slice(before).flatMap((entry) => cloudTrailEvents(entry))).toEqual([]);
});
