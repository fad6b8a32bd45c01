import { expect, test } from "vitest";
import model from "../models/wafv2.json";
import type { JsonObject } from "../types";
import { A, B, CORE, fmsLab, managedGroup, wafData } from "./fms.test-helper";

const SQLI = "AWSManagedRulesSQLiRuleSet";
const metric = (MetricName: string) => ({ SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName });
const path = (text: string) => ({ ByteMatchStatement: { FieldToMatch: { UriPath: {} }, PositionalConstraint: "STARTS_WITH", SearchString: btoa(text), TextTransformations: [{ Priority: 0, Type: "NONE" }] } });
const rule = (Name: string, Priority: number, Action: object, Statement: object) => ({ Name, Priority, Action, Statement, VisibilityConfig: metric(Name) });

async function world() {
  const w = await fmsLab();
  const retrofit = (more: object = {}) => w.put({ RemediationEnabled: true, SecurityServicePolicyData: wafData({ webACLSource: "RETROFIT_EXISTING", ...more }) });
  const get = async (ARN: string, account = B): Promise<any> => (await w.must("wafv2", "GetWebACL", { ARN }, account)).WebACL;
  const update = async (ARN: string, Rules: object[]): Promise<void> => {
    const { WebACL, LockToken } = await w.must("wafv2", "GetWebACL", { ARN }, B);
    await w.must("wafv2", "UpdateWebACL", { Name: WebACL.Name, Id: WebACL.Id, Scope: "REGIONAL", LockToken, DefaultAction: WebACL.DefaultAction, VisibilityConfig: WebACL.VisibilityConfig, Rules: Rules as JsonObject[] }, B);
  };
  /** What becomes of a request to the path, and by which rule. */
  const send = async (ResourceArn: string, Uri: string): Promise<{ action: string; by: string }> => {
    const { Outcomes } = await w.must("traffic", "Inspect", { ResourceArn, Requests: [{ Uri, ClientIp: "192.0.2.1", Headers: [{ Name: "Host", Value: "shop" }, { Name: "User-Agent", Value: "curl/8" }] }] }, B);
    return { action: Outcomes[0].Action, by: Outcomes[0].TerminatingRuleId };
  };
  const group = async (Name: string, Rules: object[]): Promise<string> => (await w.must("wafv2", "CreateRuleGroup", { Name, Scope: "REGIONAL", Capacity: 50, Rules: Rules as JsonObject[], VisibilityConfig: metric(Name) }, A)).Summary.ARN;
  return { ...w, retrofit, get, update, send, group };
}

const ownGroup = (ruleGroupArn: string) => ({ ruleGroupType: "RuleGroup", ruleGroupArn, overrideAction: { type: "NONE" } });

test("requests meet the first rule groups before the account's own rules, and the last after them", async () => {
  const { put, settle, webAclOn, resource, group, update, send } = await world();
  const [first, last] = [await group("first", [rule("no-admin", 0, { Block: {} }, path("/admin"))]), await group("last", [rule("no-old", 0, { Block: {} }, path("/old"))])];
  const balancer = await resource.balancer("x", B);
  await put({ RemediationEnabled: true, SecurityServicePolicyData: wafData({ preProcessRuleGroups: [ownGroup(first)], postProcessRuleGroups: [ownGroup(last)] }) });
  await settle();
  const { ARN } = await webAclOn(balancer, B);
  // Priorities of the account's rules say nothing about Firewall Manager's: 0 is the first of its own.
  await update(ARN, [rule("own", 0, { Allow: {} }, path("/a")), rule("own-old", 1, { Allow: {} }, path("/old/keep"))]);
  expect(await send(balancer, "/admin/x")).toMatchObject({ action: "BLOCK", by: "PREFMManaged-0-first" });
  expect(await send(balancer, "/about")).toMatchObject({ action: "ALLOW", by: "own" });
  expect(await send(balancer, "/old/keep")).toMatchObject({ action: "ALLOW", by: "own-old" });
  expect(await send(balancer, "/old/gone")).toMatchObject({ action: "BLOCK", by: "POSTFMManaged-0-last" });
});

test("the answer has the wire's shape, and nothing beside it", async () => {
  const { put, settle, webAclOn, resource } = await world();
  const balancer = await resource.balancer("x", B);
  await put({ RemediationEnabled: true, SecurityServicePolicyData: wafData({ postProcessRuleGroups: [managedGroup(SQLI, { overrideAction: { type: "COUNT" } })] }) });
  await settle();
  const acl = await webAclOn(balancer, B);
  const members = (shape: string): string[] => Object.keys((model.shapes as unknown as Record<string, { members: object }>)[shape].members);
  expect(Object.keys(acl).filter((name) => !members("WebACL").includes(name))).toEqual([]);
  for (const one of [...acl.PreProcessFirewallManagerRuleGroups, ...acl.PostProcessFirewallManagerRuleGroups]) expect(Object.keys(one).sort()).toEqual(members("FirewallManagerRuleGroup").sort());
  expect(acl.PostProcessFirewallManagerRuleGroups).toEqual([
    { Name: `POSTFMManaged-0-${SQLI}`, Priority: 0, FirewallManagerStatement: { ManagedRuleGroupStatement: { VendorName: "AWS", Name: SQLI } }, OverrideAction: { Count: {} }, VisibilityConfig: metric(`POSTFMManaged-0-${SQLI}`) },
  ]);
});

test("nobody but Firewall Manager deletes its web ACL, until its policy has gone and left it", async () => {
  const { must, call, put, settle, webAclOn, resource } = await world();
  const balancer = await resource.balancer("x", B);
  const PolicyId = await put({ RemediationEnabled: true });
  await settle();
  const { Name, Id, ARN } = await webAclOn(balancer, B);
  await must("wafv2", "DisassociateWebACL", { ResourceArn: balancer }, B);
  const remove = async () => call("wafv2", "DeleteWebACL", { Name, Id, Scope: "REGIONAL", LockToken: (await must("wafv2", "GetWebACL", { ARN }, B)).LockToken }, B);
  expect(await remove()).toMatchObject({ ok: false, error: { code: "AccessDeniedException", message: "You don't have permissions to delete the resource because it's managed by Firewall Manager." } });
  await must("fms", "DeletePolicy", { PolicyId });
  expect((await must("wafv2", "GetWebACL", { ARN }, B)).WebACL).toMatchObject({ ManagedByFirewallManager: false, PreProcessFirewallManagerRuleGroups: [{ Name: `PREFMManaged-0-${CORE}` }] });
  expect(await remove()).toMatchObject({ ok: true });
});

test("what a policy has left in a web ACL is taken out by its account, and not before the policy has gone", async () => {
  const { must, call, put, settle, webAclOn, resource } = await world();
  const balancer = await resource.balancer("x", B);
  const PolicyId = await put({ RemediationEnabled: true });
  await settle();
  const { ARN } = await webAclOn(balancer, B);
  const token = async (): Promise<string> => (await must("wafv2", "GetWebACL", { ARN }, B)).LockToken;
  const takeOut = async (WebACLLockToken: string) => call("wafv2", "DeleteFirewallManagerRuleGroups", { WebACLArn: ARN, WebACLLockToken }, B);
  expect(await takeOut(await token())).toMatchObject({ ok: false, error: { code: "WAFInvalidOperationException" } });
  await must("fms", "DeletePolicy", { PolicyId });
  const stale = "11111111-2222-3333-4444-555555555555";
  expect(await takeOut(stale)).toMatchObject({ ok: false, error: { code: "WAFOptimisticLockException" } });
  const done = await takeOut(await token());
  expect(done).toMatchObject({ ok: true, output: { NextWebACLLockToken: await token() } });
  const { WebACL } = await must("wafv2", "GetWebACL", { ARN }, B);
  expect([WebACL.Capacity, "PreProcessFirewallManagerRuleGroups" in WebACL, "PostProcessFirewallManagerRuleGroups" in WebACL]).toEqual([0, false, false]);
  expect(await call("wafv2", "DeleteFirewallManagerRuleGroups", { WebACLArn: "arn:aws:wafv2:us-east-1:444455556666:regional/ipset/x/11111111-2222-3333-4444-555555555555", WebACLLockToken: stale }, B)).toMatchObject({ ok: false, error: { code: "WAFInvalidParameterException" } });
});

test("web ACLs of the accounts get the rule groups where the policy retrofits, and are given back with it", async () => {
  const { must, retrofit, get, settle, violations, resource, webAcl, webAclOn, send, call } = await world();
  const [mine, bare] = [await resource.balancer("mine", B), await resource.balancer("bare", B)];
  const own = await webAcl("REGIONAL", "own", B);
  await must("wafv2", "AssociateWebACL", { WebACLArn: own, ResourceArn: mine }, B);
  const PolicyId = await retrofit();
  await settle();
  expect(await violations(PolicyId, B)).toEqual([]);
  expect(await get(own)).toMatchObject({ Name: "own", Capacity: 700, ManagedByFirewallManager: false, RetrofittedByFirewallManager: true, PreProcessFirewallManagerRuleGroups: [{ Name: `PREFMManaged-0-${CORE}` }] });
  expect((await webAclOn(bare, B)).Name).toMatch(/^FMManagedWebACLV2-p-/);
  expect((await send(mine, "/?x=../../etc/passwd")).by).toBe(`PREFMManaged-0-${CORE}`);
  await must("fms", "DeletePolicy", { PolicyId, DeleteAllPolicyResources: true });
  const after = await get(own);
  expect([after.RetrofittedByFirewallManager, after.Capacity, "PreProcessFirewallManagerRuleGroups" in after]).toEqual([false, 0, false]);
  expect([(await webAclOn(mine, B)).Name, await webAclOn(bare, B)]).toEqual(["own", undefined]);
  expect(await call("fms", "PutPolicy", { Policy: { PolicyName: "both", ResourceType: "AWS::ElasticLoadBalancingV2::LoadBalancer", ExcludeResourceTags: false, RemediationEnabled: false, SecurityServicePolicyData: wafData({ webACLSource: "RETROFIT_EXISTING", overrideCustomerWebACLAssociation: true }) } }, A)).toMatchObject({ ok: false, error: { code: "InvalidInputException" } });
});

test.each([
  ["without remediation", "WEB_ACL_MISSING_RULE_GROUP"],
  ["also on what is out of scope", "WEB_ACL_CONFIGURATION_OR_SCOPE_OF_USE"],
  ["full", "WEB_ACL_CONFIGURATION_OR_SCOPE_OF_USE"],
  ["of another policy", "WEB_ACL_CONFIGURATION_OR_SCOPE_OF_USE"],
])("a web ACL that cannot be retrofitted: %s", async (why, reason) => {
  const { must, put, retrofit, get, update, settle, violations, resource, webAcl } = await world();
  const mine = await resource.balancer("mine", B);
  const own = await webAcl("REGIONAL", "own", B);
  await must("wafv2", "AssociateWebACL", { WebACLArn: own, ResourceArn: mine }, B);
  if (why === "of another policy") await retrofit();
  if (why === "also on what is out of scope") {
    const { Resource } = await must("traffic", "AddResource", { ResourceType: "API_GATEWAY", Name: "api" }, B);
    await must("wafv2", "AssociateWebACL", { WebACLArn: own, ResourceArn: Resource.Arn }, B);
  }
  const jsonXss = { XssMatchStatement: { FieldToMatch: { JsonBody: { MatchPattern: { All: {} }, MatchScope: "ALL" } }, TextTransformations: [{ Priority: 0, Type: "NONE" }] } };
  if (why === "full") await update(own, Array.from({ length: 55 }, (_, at) => rule(`r${at}`, at, { Count: {} }, jsonXss)));
  await settle();
  const before = await get(own);
  const PolicyId = why === "without remediation" ? await put({ SecurityServicePolicyData: wafData({ webACLSource: "RETROFIT_EXISTING" }) }) : await retrofit();
  await settle();
  expect(await violations(PolicyId, B)).toEqual([`${reason} ${mine}`]);
  expect((await get(own)).PreProcessFirewallManagerRuleGroups).toEqual(before.PreProcessFirewallManagerRuleGroups);
  const { Violators } = (await must("fms", "GetComplianceDetail", { PolicyId, MemberAccount: B })).PolicyComplianceDetail;
  expect(Violators[0].Metadata.webAcl).toBe(own);
  if (why !== "without remediation") expect(Violators[0].Metadata.why).toMatch(why === "full" ? /capacity/ : why === "of another policy" ? /another Firewall Manager policy/ : /not about/);
});

test("a shared rule group stays as long as another account's web ACL has it", async () => {
  const { must, call, put, settle, resource, group, webAclOn } = await world();
  const arn = await group("shared", [rule("r", 0, { Block: {} }, path("/x"))]);
  await resource.balancer("x", B);
  const remove = async () => call("wafv2", "DeleteRuleGroup", { Name: "shared", Id: arn.split("/").at(-1)!, Scope: "REGIONAL", LockToken: (await must("wafv2", "GetRuleGroup", { ARN: arn }, A)).LockToken }, A);
  const used = { ok: false, error: { code: "WAFAssociatedItemException" } };
  // By Firewall Manager.
  const PolicyId = await put({ RemediationEnabled: true, IncludeMap: { ACCOUNT: [B] }, SecurityServicePolicyData: wafData({ preProcessRuleGroups: [ownGroup(arn)] }) });
  await settle();
  expect(await remove()).toMatchObject(used);
  await must("fms", "DeletePolicy", { PolicyId, DeleteAllPolicyResources: true });
  // By the account itself, with the owner's permission.
  await must("wafv2", "PutPermissionPolicy", { ResourceArn: arn, Policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: B }, Action: ["wafv2:CreateWebACL", "wafv2:UpdateWebACL", "wafv2:PutFirewallManagerRuleGroups", "wafv2:GetRuleGroup"] }] }) }, A);
  const { Summary } = await must("wafv2", "CreateWebACL", { Name: "b", Scope: "REGIONAL", DefaultAction: { Allow: {} }, VisibilityConfig: metric("b"), Rules: [{ Name: "g", Priority: 0, OverrideAction: { None: {} }, Statement: { RuleGroupReferenceStatement: { ARN: arn } }, VisibilityConfig: metric("g") }] }, B);
  expect(await remove()).toMatchObject(used);
  await must("wafv2", "DeleteWebACL", { Name: "b", Id: Summary.Id, Scope: "REGIONAL", LockToken: Summary.LockToken }, B);
  expect(await remove()).toMatchObject({ ok: true });
  expect(await webAclOn((await must("traffic", "ListResources", {}, B)).Resources[0].Arn, B)).toBeUndefined();
});

test("its rule groups are paid for in the account as rules are, and covered where Shield Advanced covers the web ACL", async () => {
  const { must, lab, put, settle, webAclOn, resource, update } = await world();
  const balancer = await resource.balancer("x", B);
  await put({ RemediationEnabled: true, SecurityServicePolicyData: wafData({ postProcessRuleGroups: [managedGroup(SQLI)] }) });
  await settle();
  const { ARN, Name } = await webAclOn(balancer, B);
  const charges = () => lab.read({ account: B, region: "us-east-1", service: "wafv2" }).table<{ charges: Record<string, number> }>("webAcls").get(`REGIONAL\0${Name}`)?.charges;
  expect(charges()).toEqual({ "wafv2:web-acl": 1, "wafv2:rule": 2 });
  await update(ARN, [rule("own", 0, { Count: {} }, path("/a"))]);
  expect(charges()).toEqual({ "wafv2:web-acl": 1, "wafv2:rule": 3 });
  await must("shield", "CreateSubscription", {}, B);
  await must("shield", "CreateProtection", { Name: "p", ResourceArn: balancer }, B);
  await settle();
  expect(Object.keys(charges() ?? {}).every((item) => item.endsWith(":covered"))).toBe(true);
});
