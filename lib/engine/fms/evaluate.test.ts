import { describe, expect, test } from "vitest";
import { A, B, CORE, fmsLab, managedGroup, MINUTE, wafData } from "./fms.test-helper";

const shieldData = (data: object = {}) => ({ Type: "SHIELD_ADVANCED", ManagedServiceData: JSON.stringify({ type: "SHIELD_ADVANCED", ...data }) });

describe("WAFV2", () => {
  test("without remediation it only says what is missing; with it, a web ACL is made and put on", async () => {
    const { must, put, settle, violations, webAclOn, resource, webAcl } = await fmsLab();
    const [bare, other] = [await resource.balancer("bare", B), await resource.balancer("other", B)];
    await must("wafv2", "AssociateWebACL", { WebACLArn: await webAcl("REGIONAL", "own", B), ResourceArn: other }, B);
    const PolicyId = await put({ PolicyName: "all balancers" });
    expect(await violations(PolicyId, B)).toEqual([]);
    await settle();
    const both = [`RESOURCE_MISSING_WEB_ACL ${bare}`, `RESOURCE_INCORRECT_WEB_ACL ${other}`].sort();
    expect((await violations(PolicyId, B)).sort()).toEqual(both);
    expect(await violations(PolicyId, A)).toEqual([]);
    const status = (await must("fms", "ListComplianceStatus", { PolicyId })).PolicyComplianceStatusList;
    expect(status.map((s: any) => [s.MemberAccount, s.EvaluationResults[0].ComplianceStatus, s.EvaluationResults[0].ViolatorCount])).toEqual([[A, "COMPLIANT", 0], [B, "NON_COMPLIANT", 2]]);
    expect((await must("fms", "GetViolationDetails", { PolicyId, MemberAccount: B, ResourceId: bare, ResourceType: "AWS::ElasticLoadBalancingV2::LoadBalancer" })).ViolationDetail.ResourceDescription).toMatch(/no web ACL/);

    const { Policy } = await must("fms", "GetPolicy", { PolicyId });
    await must("fms", "PutPolicy", { Policy: { ...Policy, RemediationEnabled: true } });
    await settle();
    expect(await violations(PolicyId, B)).toEqual([`RESOURCE_INCORRECT_WEB_ACL ${other}`]);
    const acl = await webAclOn(bare, B);
    expect(acl.Name).toMatch(/^FMManagedWebACLV2-all-balancers-\d+$/);
    expect(acl).toMatchObject({ Capacity: 700, Rules: [], ManagedByFirewallManager: true, RetrofittedByFirewallManager: false, PostProcessFirewallManagerRuleGroups: [] });
    expect(acl.PreProcessFirewallManagerRuleGroups).toMatchObject([{ Name: `PREFMManaged-0-${CORE}`, Priority: 0, OverrideAction: { None: {} } }]);
    expect((await webAclOn(other, B)).Name).toBe("own");

    const next = (await must("fms", "GetPolicy", { PolicyId })).Policy;
    await must("fms", "PutPolicy", { Policy: { ...next, SecurityServicePolicyData: wafData({ overrideCustomerWebACLAssociation: true, postProcessRuleGroups: [managedGroup("AWSManagedRulesSQLiRuleSet", { overrideAction: { type: "COUNT" }, excludeRules: [{ name: "SQLi_BODY" }] })], defaultAction: { type: "BLOCK" } }) } });
    await settle();
    expect(await violations(PolicyId, B)).toEqual([]);
    const changed = await webAclOn(other, B);
    expect(changed).toMatchObject({ ARN: acl.ARN, DefaultAction: { Block: {} }, Capacity: 900 });
    expect(changed.PostProcessFirewallManagerRuleGroups[0]).toMatchObject({ Name: "POSTFMManaged-0-AWSManagedRulesSQLiRuleSet", OverrideAction: { Count: {} }, FirewallManagerStatement: { ManagedRuleGroupStatement: { RuleActionOverrides: [{ Name: "SQLi_BODY", ActionToUse: { Count: {} } }] } } });
  });

  test("the account writes its own rules and cannot reach the policy's; a default action that it changes comes back", async () => {
    const { must, put, settle, webAclOn, resource } = await fmsLab();
    const balancer = await resource.balancer("x", B);
    await put({ RemediationEnabled: true });
    await settle();
    const { Name, Id, ARN, DefaultAction, VisibilityConfig } = await webAclOn(balancer, B);
    const { LockToken } = await must("wafv2", "GetWebACL", { ARN }, B);
    const own = { Name: "own", Priority: 500, Action: { Count: {} }, Statement: { GeoMatchStatement: { CountryCodes: ["DE"] } }, VisibilityConfig };
    await must("wafv2", "UpdateWebACL", { Name, Id, Scope: "REGIONAL", LockToken, DefaultAction: { Block: {} }, VisibilityConfig, Rules: [own] }, B);
    const mine = await webAclOn(balancer, B);
    expect([mine.Capacity, mine.PreProcessFirewallManagerRuleGroups[0].Name, mine.DefaultAction]).toEqual([701, `PREFMManaged-0-${CORE}`, { Block: {} }]);
    await settle();
    const acl = await webAclOn(balancer, B);
    expect([acl.Rules, acl.PreProcessFirewallManagerRuleGroups.length, acl.DefaultAction]).toEqual([[own], 1, DefaultAction]);
  });

  test("the administrator's own rule groups are used in all accounts", async () => {
    const { must, put, settle, violations, webAclOn, resource } = await fmsLab();
    const VisibilityConfig = { SampledRequestsEnabled: false, CloudWatchMetricsEnabled: false, MetricName: "g" };
    const Rules = [{ Name: "r", Priority: 0, Action: { Block: {} }, Statement: { GeoMatchStatement: { CountryCodes: ["DE"] } }, VisibilityConfig }];
    const { Summary } = await must("wafv2", "CreateRuleGroup", { Name: "g", Scope: "REGIONAL", Capacity: 10, Rules, VisibilityConfig });
    const [a, b] = [await resource.balancer("a", A), await resource.balancer("b", B)];
    const PolicyId = await put({ RemediationEnabled: true, SecurityServicePolicyData: wafData({ preProcessRuleGroups: [{ ruleGroupType: "RuleGroup", ruleGroupArn: Summary.ARN, overrideAction: { type: "NONE" } }] }) });
    await settle();
    for (const [arn, account] of [[a, A], [b, B]]) {
      expect(await violations(PolicyId, account)).toEqual([]);
      expect((await webAclOn(arn, account)).PreProcessFirewallManagerRuleGroups[0].FirewallManagerStatement).toEqual({ RuleGroupReferenceStatement: { ARN: Summary.ARN } });
    }
  });

  test("distributions get a web ACL of CloudFront's scope", async () => {
    const { must, put, settle, violations, resource } = await fmsLab();
    const site = await resource.distribution("site", B);
    const PolicyId = await put({ RemediationEnabled: true, ResourceType: "AWS::CloudFront::Distribution" });
    await settle();
    expect(await violations(PolicyId, B)).toEqual([]);
    expect((await must("traffic", "ListResources", {}, B)).Resources.find(({ Arn }: { Arn: string }) => Arn === site).WebACLArn).toMatch(/:global\/webacl\/FMManagedWebACLV2-p-/);
  });

  test("by account, by unit, by tag; without AWS Config nothing is known", async () => {
    const { must, put, settle, violations, resource, root } = await fmsLab({ recording: [B] });
    const [a, b, tagged] = [await resource.balancer("a", A), await resource.balancer("b", B), await resource.balancer("t", B)];
    await must("estate", "TagResource", { Arn: tagged, Tags: [{ Key: "tier", Value: "web" }, { Key: "x", Value: "1" }] }, B);
    const { OrganizationalUnit } = await must("organizations", "CreateOrganizationalUnit", { ParentId: root, Name: "prod" });
    await must("organizations", "MoveAccount", { AccountId: B, SourceParentId: root, DestinationParentId: OrganizationalUnit.Id });
    const ids = {
      all: await put(),
      unit: await put({ IncludeMap: { ORG_UNIT: [OrganizationalUnit.Id] } }),
      notB: await put({ ExcludeMap: { ACCOUNT: [B] } }),
      web: await put({ ResourceTags: [{ Key: "tier", Value: "web" }] }),
      any: await put({ ResourceTags: [{ Key: "tier", Value: "db" }, { Key: "x", Value: "1" }], ResourceTagLogicalOperator: "OR" }),
      both: await put({ ResourceTags: [{ Key: "tier", Value: "db" }, { Key: "x", Value: "1" }] }),
      empty: await put({ ResourceTags: [{ Key: "x" }] }),
      notWeb: await put({ ResourceTags: [{ Key: "tier", Value: "web" }], ExcludeResourceTags: true }),
    };
    await settle();
    const missing = (...arns: string[]) => arns.map((arn) => `RESOURCE_MISSING_WEB_ACL ${arn}`).sort();
    const of = async (id: string) => (await violations(id, B)).sort();
    expect(await of(ids.all)).toEqual(missing(b, tagged));
    expect(await of(ids.unit)).toEqual(missing(b, tagged));
    expect(await of(ids.web)).toEqual(missing(tagged));
    expect(await of(ids.any)).toEqual(missing(tagged));
    expect(await of(ids.both)).toEqual([]);
    expect(await of(ids.empty)).toEqual([]);
    expect(await of(ids.notWeb)).toEqual(missing(b));
    expect(await of(ids.notB)).toEqual([]);
    const list = async (PolicyId: string) => (await must("fms", "ListComplianceStatus", { PolicyId })).PolicyComplianceStatusList.map((s: any) => s.MemberAccount);
    expect([await list(ids.all), await list(ids.unit), await list(ids.notB)]).toEqual([[A, B], [B], [A]]);
    const { Violators, IssueInfoMap } = (await must("fms", "GetComplianceDetail", { PolicyId: ids.all, MemberAccount: A })).PolicyComplianceDetail;
    expect([Violators, IssueInfoMap.AWSCONFIG]).toEqual([[], `Account ${A} does not have AWS Config enabled in region: us-east-1, which is a prerequisite for Firewall Manager.`]);
    await must("estate", "SetConfigRecorder", { Recording: true });
    await settle();
    expect(await violations(ids.all, A)).toEqual(missing(a));
  });

  test("an account that joins later, and a resource that comes later, are covered at the next evaluation", async () => {
    const { must, put, settle, violations, resource, lab } = await fmsLab();
    const PolicyId = await put({ RemediationEnabled: true });
    await lab.advance(2 * MINUTE);
    const { CreateAccountStatus } = await must("organizations", "CreateAccount", { AccountName: "new", Email: "new@example.com" });
    const C = (await must("organizations", "DescribeCreateAccountStatus", { CreateAccountRequestId: CreateAccountStatus.Id })).CreateAccountStatus.AccountId;
    const inC = { account: C, root: true } as const;
    await must("estate", "SetConfigRecorder", { Recording: true }, inC);
    const { Resource } = await must("traffic", "AddResource", { ResourceType: "APPLICATION_LOAD_BALANCER", Name: "late" }, inC);
    const here = await resource.balancer("late", B);
    await settle();
    expect(await violations(PolicyId, C)).toEqual([]);
    for (const [arn, who] of [[Resource.Arn, inC], [here, B]] as const) expect((await must("wafv2", "GetWebACLForResource", { ResourceArn: arn }, who)).WebACL.Name).toMatch(/^FMManagedWebACLV2-/);
    await must("organizations", "RemoveAccountFromOrganization", { AccountId: C });
    await settle();
    expect((await must("fms", "ListComplianceStatus", { PolicyId })).PolicyComplianceStatusList.map((s: any) => s.MemberAccount)).toEqual([A, B]);
  });

  test("what it made goes with the policy if that is asked for, and stays if not", async () => {
    const { must, put, settle, webAclOn, resource } = await fmsLab();
    const balancer = await resource.balancer("x", B);
    const kept = await put({ RemediationEnabled: true });
    await settle();
    await must("fms", "DeletePolicy", { PolicyId: kept });
    await settle();
    expect((await webAclOn(balancer, B)).Name).toMatch(/^FMManaged/);
    const gone = await put({ RemediationEnabled: true, SecurityServicePolicyData: wafData({ overrideCustomerWebACLAssociation: true }) });
    await settle();
    await must("fms", "DeletePolicy", { PolicyId: gone, DeleteAllPolicyResources: true });
    expect(await webAclOn(balancer, B)).toBeUndefined();
    expect((await must("wafv2", "ListWebACLs", { Scope: "REGIONAL" }, B)).WebACLs).toHaveLength(1);
  });

  test("rules that the account added outlive the policy", async () => {
    const { must, put, settle, webAclOn, resource } = await fmsLab();
    const balancer = await resource.balancer("x", B);
    const PolicyId = await put({ RemediationEnabled: true });
    await settle();
    const { Name, Id, ARN, DefaultAction, VisibilityConfig, Rules } = await webAclOn(balancer, B);
    const { LockToken } = await must("wafv2", "GetWebACL", { ARN }, B);
    const own = { Name: "own", Priority: 500, Action: { Count: {} }, Statement: { GeoMatchStatement: { CountryCodes: ["DE"] } }, VisibilityConfig };
    await must("wafv2", "UpdateWebACL", { Name, Id, Scope: "REGIONAL", LockToken, DefaultAction, VisibilityConfig, Rules: [...Rules, own] }, B);
    await must("fms", "DeletePolicy", { PolicyId, DeleteAllPolicyResources: true });
    expect(await webAclOn(balancer, B)).toBeUndefined();
    expect((await must("wafv2", "GetWebACL", { ARN }, B)).WebACL.Rules.map((rule: { Name: string }) => rule.Name)).toEqual(["own"]);
  });

  test("an account without such resources gets a web ACL too, unless optimizeUnassociatedWebACL", async () => {
    const { must, put, settle } = await fmsLab();
    const count = async () => (await must("wafv2", "ListWebACLs", { Scope: "REGIONAL" }, B)).WebACLs.length;
    await put({ RemediationEnabled: true, SecurityServicePolicyData: wafData({ optimizeUnassociatedWebACL: true }) });
    await settle();
    expect(await count()).toBe(0);
    await put({ RemediationEnabled: true });
    await settle();
    expect(await count()).toBe(1);
  });

  test("what leaves the policy's scope is released where DeleteUnusedFMManagedResources says so", async () => {
    const { must, put, settle, webAclOn, resource } = await fmsLab();
    const [x, y] = [await resource.balancer("x", B), await resource.balancer("y", B)];
    for (const Arn of [x, y]) await must("estate", "TagResource", { Arn, Tags: [{ Key: "in", Value: "1" }] }, B);
    const PolicyId = await put({ RemediationEnabled: true, DeleteUnusedFMManagedResources: true, ResourceTags: [{ Key: "in", Value: "1" }] });
    await settle();
    await must("estate", "TagResource", { Arn: x, Tags: [] }, B);
    await settle();
    expect([await webAclOn(x, B), (await webAclOn(y, B)).Name]).toEqual([undefined, expect.stringMatching(/^FMManaged/)]);
    const { Policy } = await must("fms", "GetPolicy", { PolicyId });
    await must("fms", "PutPolicy", { Policy: { ...Policy, ExcludeMap: { ACCOUNT: [B] } } });
    await settle();
    expect(await webAclOn(y, B)).toBeUndefined();
    expect((await must("wafv2", "ListWebACLs", { Scope: "REGIONAL" }, B)).WebACLs).toEqual([]);
  });
});

describe("SHIELD_ADVANCED", () => {
  test("protects what is not, in accounts with a subscription", async () => {
    const { must, put, settle, violations, resource } = await fmsLab();
    const eip = await resource.of("ELASTIC_IP", "x", {}, B);
    const PolicyId = await put({ RemediationEnabled: true, ResourceType: "AWS::EC2::EIP", SecurityServicePolicyData: shieldData() });
    await settle();
    const id = eip.slice(eip.lastIndexOf("/") + 1);
    expect(await violations(PolicyId, B)).toEqual([`RESOURCE_MISSING_SHIELD_PROTECTION ${id}`]);
    expect((await must("fms", "GetComplianceDetail", { PolicyId, MemberAccount: B })).PolicyComplianceDetail.IssueInfoMap).toEqual({ AWSSHIELD_ADVANCED: `Account ${B} is not subscribed to Shield Advanced.` });
    await must("shield", "CreateSubscription", {}, B);
    await settle();
    expect(await violations(PolicyId, B)).toEqual([]);
    const { Protections } = await must("shield", "ListProtections", {}, B);
    expect(Protections).toMatchObject([{ ResourceArn: eip, Name: expect.stringMatching(/^FMManagedShieldProtection[0-9a-f-]{36}$/) }]);
    await must("shield", "DeleteProtection", { ProtectionId: Protections[0].Id }, B);
    await settle();
    expect((await must("shield", "ListProtections", {}, B)).Protections).toHaveLength(1);
    await must("fms", "DeletePolicy", { PolicyId, DeleteAllPolicyResources: true });
    expect((await must("shield", "ListProtections", {}, B)).Protections).toHaveLength(1);
  });

  test("accounts are subscribed where the administrator's is, at no further fee", async () => {
    const { must, put, settle, violations, resource } = await fmsLab();
    await resource.of("ELASTIC_IP", "x", {}, B);
    await must("shield", "CreateSubscription");
    const PolicyId = await put({ ResourceType: "AWS::EC2::EIP", SecurityServicePolicyData: { Type: "SHIELD_ADVANCED" } });
    await settle();
    expect(await must("shield", "GetSubscriptionState", {}, B)).toEqual({ SubscriptionState: "INACTIVE" });
    const { Policy } = await must("fms", "GetPolicy", { PolicyId });
    await must("fms", "PutPolicy", { Policy: { ...Policy, RemediationEnabled: true } });
    await settle();
    expect(await must("shield", "GetSubscriptionState", {}, B)).toEqual({ SubscriptionState: "ACTIVE" });
    expect(await violations(PolicyId, B)).toEqual([]);
  });

  test("a balancer without a web ACL gets an empty one, and automatic mitigation in it", async () => {
    const { must, put, settle, violations, resource, webAclOn, webAcl } = await fmsLab();
    await must("shield", "CreateSubscription", {}, B);
    const balancer = await resource.balancer("x", B);
    const status = (automaticResponseStatus: string) => shieldData({ automaticResponseConfiguration: { automaticResponseStatus, automaticResponseAction: "COUNT" } });
    const PolicyId = await put({ SecurityServicePolicyData: status("ENABLED") });
    await must("shield", "CreateProtection", { Name: "own", ResourceArn: balancer }, B);
    await settle();
    expect(await violations(PolicyId, B)).toEqual([`RESOURCE_MISSING_WEB_ACL_OR_SHIELD_PROTECTION ${balancer}`]);
    const change = async (more: object): Promise<void> => {
      const { Policy } = await must("fms", "GetPolicy", { PolicyId });
      await must("fms", "PutPolicy", { Policy: { ...Policy, ...more } });
      await settle();
      expect(await violations(PolicyId, B)).toEqual([]);
    };
    const automatic = async () => (await must("shield", "DescribeProtection", { ResourceArn: balancer }, B)).Protection.ApplicationLayerAutomaticResponseConfiguration;
    await change({ RemediationEnabled: true });
    const acl = await webAclOn(balancer, B);
    expect(acl).toMatchObject({ Name: expect.stringMatching(/^FMManagedWebACLV2-p-/), DefaultAction: { Allow: {} }, Rules: [{ Priority: 10_000_000 }] });
    expect(await automatic()).toEqual({ Status: "ENABLED", Action: { Count: {} } });
    await change({ SecurityServicePolicyData: status("IGNORED") });
    expect((await automatic()).Status).toBe("ENABLED");
    await change({ SecurityServicePolicyData: status("DISABLED") });
    expect((await automatic()).Status).toBe("DISABLED");
    expect((await webAclOn(balancer, B)).Rules).toEqual([]);
    await must("wafv2", "AssociateWebACL", { WebACLArn: await webAcl("REGIONAL", "own", B), ResourceArn: balancer }, B);
    await change({ SecurityServicePolicyData: status("ENABLED") });
    expect((await webAclOn(balancer, B)).Name).toBe("own");
    await must("fms", "DeletePolicy", { PolicyId, DeleteAllPolicyResources: true });
    expect((await must("wafv2", "ListWebACLs", { Scope: "REGIONAL" }, B)).WebACLs.map((one: { Name: string }) => one.Name)).toEqual(["own"]);
    expect((await automatic()).Status).toBe("ENABLED");
  });

  test("with the policy goes automatic mitigation in its own web ACL", async () => {
    const { must, put, settle, resource, webAclOn } = await fmsLab();
    await must("shield", "CreateSubscription", {}, B);
    const balancer = await resource.balancer("x", B);
    const PolicyId = await put({ RemediationEnabled: true, SecurityServicePolicyData: shieldData({ automaticResponseConfiguration: { automaticResponseStatus: "ENABLED", automaticResponseAction: "BLOCK" } }) });
    await settle();
    expect((await webAclOn(balancer, B)).Rules).toHaveLength(1);
    await must("fms", "DeletePolicy", { PolicyId, DeleteAllPolicyResources: true });
    expect((await must("wafv2", "ListWebACLs", { Scope: "REGIONAL" }, B)).WebACLs).toEqual([]);
    expect((await must("shield", "DescribeProtection", { ResourceArn: balancer }, B)).Protection.ApplicationLayerAutomaticResponseConfiguration.Status).toBe("DISABLED");
  });
});

test("a service-linked role that IAM made before is given what it needs", async () => {
  const { must, put, settle, violations, resource } = await fmsLab();
  await must("iam", "CreateServiceLinkedRole", { AWSServiceName: "fms.amazonaws.com" }, B);
  await resource.balancer("x", B);
  const PolicyId = await put({ RemediationEnabled: true });
  await settle();
  expect(await violations(PolicyId, B)).toEqual([]);
});

test("what Firewall Manager does in an account is on record there, by its own role", async () => {
  const { must, put, settle, resource } = await fmsLab();
  await resource.balancer("x", B);
  await put({ RemediationEnabled: true });
  await settle();
  const { Events } = await must("cloudtrail", "LookupEvents", { LookupAttributes: [{ AttributeKey: "EventName", AttributeValue: "CreateWebACL" }] }, B);
  expect(JSON.parse(Events[0].CloudTrailEvent)).toMatchObject({ sourceIPAddress: "fms.amazonaws.com", userIdentity: { sessionContext: { sessionIssuer: { userName: "AWSServiceRoleForFMS" } } } });
});

test("a year of the clock is not more than some hundred evaluations", async () => {
  const { lab, put } = await fmsLab();
  await put();
  const before = lab.journal.at(-1)!.seq;
  await lab.advance(365 * 86_400_000);
  const steps = lab.journal.at(-1)!.seq - before;
  expect(steps).toBeGreaterThan(364);
  expect(steps).toBeLessThan(600);
}, 20_000);
