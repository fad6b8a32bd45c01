import { describe, expect, test } from "vitest";
import { bills } from "../billing/bill";
import model from "../models/fms.json";
import { shieldLab } from "../shield/shield.test-helper";
import { A, B, fmsLab, managedGroup, policyOf, wafData } from "./fms.test-helper";
import { fms } from "./index";

test("every operation of the model is there, and no other", () => expect(fms.operations.map(({ name }) => name).sort()).toEqual(Object.keys(model.operations).sort()));

test.each(["AssociateThirdPartyFirewall", "PutResourceSet", "GetProtectionStatus", "ListDiscoveredResources"])("%s is refused by its name", async (operation) => {
  expect(await shieldLab().fails("fms", operation)).toMatch(new RegExp(`^NotSimulated: .* ${operation} `));
});

describe("administrators", () => {
  test("need an organization, and its management account in us-east-1", async () => {
    const { must, fails, organization } = shieldLab();
    expect(await fails("fms", "AssociateAdminAccount", { AdminAccount: A })).toMatch(/^InvalidOperationException.*not in an organization/);
    await organization();
    expect(await fails("fms", "AssociateAdminAccount", { AdminAccount: B }, B)).toBe(`InvalidOperationException: ${B} is not the management account of the Organization but trying to AssociateAdmin, Organization management account is ${A}: `);
    expect(await fails("fms", "AssociateAdminAccount", { AdminAccount: B }, A, "eu-west-1")).toMatch(/^InvalidOperationException.*us-east-1/);
    expect(await fails("fms", "AssociateAdminAccount", { AdminAccount: "123456789012" })).toMatch(/^InvalidInputException/);
    expect(await fails("fms", "ListPolicies")).toBe(`AccessDeniedException: Account: ${A} is not currently delegated by AWS FM.`);
    expect(await fails("fms", "GetAdminAccount")).toMatch(/^ResourceNotFoundException/);
    expect(await fails("fms", "PutAdminAccount", { AdminAccount: B })).toMatch(/^InvalidOperationException.*no default administrator/);
    await must("fms", "AssociateAdminAccount", { AdminAccount: B });
    expect(await fails("fms", "AssociateAdminAccount", { AdminAccount: B })).toMatch(/^InvalidOperationException.*already the default/);
    expect(await fails("fms", "PutAdminAccount", { AdminAccount: B })).toMatch(/^InvalidOperationException.*full scope/);
    expect(await fails("fms", "PutAdminAccount", { AdminAccount: A }, B)).toMatch(/^InvalidOperationException.*not the management account/);
    expect(await fails("fms", "AssociateAdminAccount", { AdminAccount: A })).toMatch(/^InvalidOperationException.*already the default/);
    expect(await must("fms", "GetAdminAccount")).toEqual({ AdminAccount: B, RoleStatus: "READY" });
    expect(await fails("fms", "PutPolicy", policyOf())).toBe("AccessDeniedException: Operation: PutPolicy is only available to Administration account in AWS Firewall Manager.");
    expect(await fails("fms", "DisassociateAdminAccount")).toBe("AccessDeniedException: Operation: DisassociateAdminAccount is only available to Administration account in AWS Firewall Manager.");
    for (const account of [A, B]) expect(await must("fms", "ListMemberAccounts", {}, account)).toEqual({ MemberAccounts: [A, B] });
    await must("fms", "DisassociateAdminAccount", {}, B);
    expect(await fails("fms", "GetAdminAccount")).toMatch(/^ResourceNotFoundException/);
  });

  test("an organization without all features has none", async () => {
    const { must, fails } = shieldLab();
    await must("organizations", "CreateOrganization", { FeatureSet: "CONSOLIDATED_BILLING" });
    expect(await fails("fms", "AssociateAdminAccount", { AdminAccount: A })).toMatch(/^InvalidOperationException.*all features/);
  });

  test("others have a scope of their own", async () => {
    const { must, fails } = await fmsLab();
    const AdminScope = { AccountScope: { Accounts: [B], AllAccountsEnabled: false, ExcludeSpecifiedAccounts: false }, PolicyTypeScope: { PolicyTypes: ["SHIELD_ADVANCED"], AllPolicyTypesEnabled: false } };
    await must("fms", "PutAdminAccount", { AdminAccount: B, AdminScope });
    expect(await must("fms", "GetAdminScope", { AdminAccount: B }, B)).toMatchObject({ AdminScope, Status: "ONBOARDING_COMPLETE" });
    expect((await must("fms", "ListAdminAccountsForOrganization")).AdminAccounts).toEqual([{ AdminAccount: A, DefaultAdmin: true, Status: "ONBOARDING_COMPLETE" }, { AdminAccount: B, DefaultAdmin: false, Status: "ONBOARDING_COMPLETE" }]);
    expect(await fails("fms", "ListAdminAccountsForOrganization", {}, B)).toMatch(/^AccessDeniedException/);
    expect((await must("fms", "ListAdminsManagingAccount", {}, B)).AdminAccounts).toEqual([A, B]);
    expect((await must("fms", "ListAdminsManagingAccount")).AdminAccounts).toEqual([A]);
    expect((await must("fms", "ListMemberAccounts", {}, B)).MemberAccounts).toEqual([B]);
    expect(await fails("fms", "PutPolicy", policyOf(), B)).toMatch(/^InvalidOperationException.*scope/);
    expect(await fails("fms", "DisassociateAdminAccount")).toMatch(/^InvalidOperationException.*no other administrators/);
    const { Policy } = await must("fms", "PutPolicy", policyOf({ SecurityServicePolicyData: { Type: "SHIELD_ADVANCED" } }), B);
    await must("fms", "PutAdminAccount", { AdminAccount: B, AdminScope: { PolicyTypeScope: { PolicyTypes: ["WAFV2"], AllPolicyTypesEnabled: false } } });
    expect((await must("fms", "GetPolicy", { PolicyId: Policy.PolicyId }, B)).Policy.PolicyStatus).toBe("OUT_OF_ADMIN_SCOPE");
    expect(await fails("fms", "DeletePolicy", { PolicyId: Policy.PolicyId }, B)).toMatch(/^InvalidOperationException.*scope/);
    await must("fms", "DisassociateAdminAccount", {}, B);
    expect(await fails("fms", "ListPolicies", {}, B)).toMatch(/^AccessDeniedException/);
    await must("fms", "PutAdminAccount", { AdminAccount: B });
    expect((await must("fms", "ListPolicies", {}, B)).PolicyList).toEqual([]);
    await must("organizations", "RemoveAccountFromOrganization", { AccountId: B });
    await must("fms", "DisassociateAdminAccount");
  });
});

describe("policies", () => {
  test("are made, read, changed with their token, listed by pages and deleted", async () => {
    const { must, fails, put } = await fmsLab();
    const PolicyId = await put({ PolicyName: "first", PolicyDescription: "d", IncludeMap: { ACCOUNT: [B] } });
    const { Policy, PolicyArn } = await must("fms", "GetPolicy", { PolicyId });
    expect(PolicyArn).toBe(`arn:aws:fms:us-east-1:${A}:policy/${PolicyId}`);
    expect(Policy).toMatchObject({ PolicyName: "first", PolicyDescription: "d", IncludeMap: { ACCOUNT: [B] }, PolicyStatus: "ACTIVE", SecurityServicePolicyData: wafData() });
    expect(Policy.charges).toBeUndefined();
    const changed = (await must("fms", "PutPolicy", { Policy: { ...Policy, PolicyName: "second" } })).Policy;
    expect(changed.PolicyUpdateToken).not.toBe(Policy.PolicyUpdateToken);
    expect(await fails("fms", "PutPolicy", { Policy: { ...Policy, PolicyName: "third" } })).toMatch(/^InvalidOperationException.*PolicyUpdateToken/);
    expect(await fails("fms", "PutPolicy", { Policy: { ...changed, SecurityServicePolicyData: { Type: "SHIELD_ADVANCED" } } })).toMatch(/^InvalidInputException.*type of a policy/);
    await put({ PolicyName: "other" });
    const one = await must("fms", "ListPolicies", { MaxResults: 1 });
    const two = await must("fms", "ListPolicies", { MaxResults: 1, NextToken: one.NextToken });
    expect([...one.PolicyList, ...two.PolicyList].map((p: { PolicyName: string }) => p.PolicyName).sort()).toEqual(["other", "second"]);
    expect(two.NextToken).toBeUndefined();
    await must("fms", "DeletePolicy", { PolicyId });
    expect(await fails("fms", "GetPolicy", { PolicyId })).toMatch(/^ResourceNotFoundException/);
    expect((await must("fms", "ListPolicies", {}, A, "eu-west-1")).PolicyList).toEqual([]);
  });

  test.each<[string, object, RegExp]>([
    ["a type that is not simulated", { SecurityServicePolicyData: { Type: "NETWORK_FIREWALL", ManagedServiceData: "{}" } }, /^NotSimulated: .*NETWORK_FIREWALL/],
    ["AWS WAF Classic", { SecurityServicePolicyData: { Type: "WAF", ManagedServiceData: "{}" } }, /^NotSimulated: .*type WAF\b/],
    ["CloudFront in a list", { ResourceType: "ResourceTypeList", ResourceTypeList: ["AWS::CloudFront::Distribution"] }, /^InvalidInputException: Resource \["AWS::CloudFront::Distribution"\] can not be in the CoralResourceTypeList, use CoralResourceType instead\.$/],
    ["a resource of another type", { ResourceType: "AWS::EC2::EIP" }, /^InvalidInputException.*AWS::EC2::EIP/],
    ["a list beside a type", { ResourceTypeList: ["AWS::ApiGateway::Stage"] }, /^InvalidInputException/],
    ["service data that is no JSON", { SecurityServicePolicyData: { Type: "WAFV2", ManagedServiceData: "{" } }, /^InvalidInputException.*not JSON/],
    ["service data of another type", { SecurityServicePolicyData: { Type: "WAFV2", ManagedServiceData: '{"type":"SHIELD_ADVANCED"}' } }, /^InvalidInputException.*WAFV2/],
    ["no default action", { SecurityServicePolicyData: wafData({ defaultAction: null }) }, /^InvalidInputException.*defaultAction/],
    ["a rule group that is not there", { SecurityServicePolicyData: wafData({ preProcessRuleGroups: [{ ruleGroupType: "RuleGroup", ruleGroupArn: `arn:aws:wafv2:us-east-1:${A}:regional/rulegroup/x/y`, overrideAction: { type: "NONE" } }] }) }, /^InvalidInputException.*rule group/],
    ["DeleteUnusedFMManagedResources for Shield", { DeleteUnusedFMManagedResources: true, SecurityServicePolicyData: { Type: "SHIELD_ADVANCED" } }, /^InvalidInputException.*DeleteUnusedFMManagedResources/],
    ["settings of a managed group", { SecurityServicePolicyData: wafData({ preProcessRuleGroups: [managedGroup("AWSManagedRulesATPRuleSet", { managedRuleGroupConfigs: [{}] })] }) }, /^NotSimulated.*managedRuleGroupConfigs/],
    ["distribution of tags", { ResourceType: "AWS::EC2::Instance", SecurityServicePolicyData: { Type: "SECURITY_GROUPS_COMMON", ManagedServiceData: '{"type":"SECURITY_GROUPS_COMMON","enableTagDistribution":true}' } }, /^NotSimulated.*enableTagDistribution/],
    ["logging", { SecurityServicePolicyData: wafData({ loggingConfiguration: {} }) }, /^NotSimulated.*loggingConfiguration/],
    ["an account that is none", { IncludeMap: { ACCOUNT: ["12"] } }, /^InvalidInputException.*12 digits/],
    ["a unit that is none", { ExcludeMap: { ORG_UNIT: ["x"] } }, /^InvalidInputException.*unit/],
    ["a security group that is not there", { ResourceType: "AWS::EC2::Instance", SecurityServicePolicyData: { Type: "SECURITY_GROUPS_COMMON", ManagedServiceData: '{"type":"SECURITY_GROUPS_COMMON","securityGroups":[{"id":"sg-0"}]}' } }, /^InvalidInputException.*sg-0/],
    ["usage audits of nothing", { ResourceType: "AWS::EC2::SecurityGroup", SecurityServicePolicyData: { Type: "SECURITY_GROUPS_USAGE_AUDIT", ManagedServiceData: '{"type":"SECURITY_GROUPS_USAGE_AUDIT"}' } }, /^InvalidInputException/],
  ])("not with %s", async (_title, more, error) => {
    const { fails } = await fmsLab();
    expect(await fails("fms", "PutPolicy", policyOf(more as never))).toMatch(error);
  });

  test("for CloudFront only in us-east-1", async () => {
    const { must, fails } = await fmsLab();
    const policy = policyOf({ ResourceType: "AWS::CloudFront::Distribution" });
    expect(await fails("fms", "PutPolicy", policy, A, "eu-west-1")).toMatch(/^InvalidInputException.*us-east-1/);
    await must("fms", "PutPolicy", policy);
  });

  test("cost by the month, unless Shield Advanced pays", async () => {
    const { lab, must, put, settle } = await fmsLab();
    await put();
    await lab.advance(10 * 86_400_000);
    const hours = () => bills(lab.read, A, lab.now()).flatMap(({ lines }) => lines.filter(({ item }) => item === "fms:policy")).reduce((sum, { kept }) => sum + kept!.hours, 0);
    expect(hours()).toBeCloseTo(240);
    await must("shield", "CreateSubscription");
    await settle();
    const before = hours();
    await lab.advance(5 * 86_400_000);
    expect(hours()).toBeCloseTo(before);
  });
});

test("lists of applications and protocols, with their earlier versions; the channel; tags", async () => {
  const { must, fails } = await fmsLab();
  const AppsList = [{ AppName: "web", Protocol: "TCP", Port: 443 }];
  const made = await must("fms", "PutAppsList", { AppsList: { ListName: "l", AppsList }, TagList: [{ Key: "a", Value: "1" }] });
  expect(made).toMatchObject({ AppsList: { ListName: "l", AppsList, PreviousAppsList: {} }, AppsListArn: `arn:aws:fms:us-east-1:${A}:applications-list/${made.AppsList.ListId}` });
  const again = await must("fms", "PutAppsList", { AppsList: { ...made.AppsList, AppsList: [] } });
  expect(again.AppsList.PreviousAppsList).toEqual({ 1: AppsList });
  expect(await fails("fms", "PutAppsList", { AppsList: made.AppsList })).toMatch(/^InvalidOperationException.*ListUpdateToken/);
  expect((await must("fms", "ListTagsForResource", { ResourceArn: made.AppsListArn })).TagList).toEqual([{ Key: "a", Value: "1" }]);
  const protocols = await must("fms", "PutProtocolsList", { ProtocolsList: { ListName: "p", ProtocolsList: ["TCP", "UDP"] } });
  expect((await must("fms", "ListProtocolsLists", { MaxResults: 10 })).ProtocolsLists).toEqual([{ ListArn: protocols.ProtocolsListArn, ListId: protocols.ProtocolsList.ListId, ListName: "p", ProtocolsList: ["TCP", "UDP"] }]);
  expect(await fails("fms", "GetAppsList", { ListId: protocols.ProtocolsList.ListId })).toMatch(/^ResourceNotFoundException/);
  await must("fms", "TagResource", { ResourceArn: protocols.ProtocolsListArn, TagList: [{ Key: "b", Value: "2" }] });
  await must("fms", "UntagResource", { ResourceArn: protocols.ProtocolsListArn, TagKeys: ["b"] });
  await must("fms", "DeleteProtocolsList", { ListId: protocols.ProtocolsList.ListId });
  await must("fms", "DeleteAppsList", { ListId: made.AppsList.ListId });
  expect((await must("fms", "ListAppsLists", { MaxResults: 10 })).AppsLists).toEqual([]);
  const channel = { SnsTopicArn: `arn:aws:sns:us-east-1:${A}:t`, SnsRoleName: `arn:aws:iam::${A}:role/r` };
  expect(await fails("fms", "GetNotificationChannel")).toMatch(/^ResourceNotFoundException/);
  await must("fms", "PutNotificationChannel", channel);
  expect(await must("fms", "GetNotificationChannel")).toEqual(channel);
  await must("fms", "DeleteNotificationChannel");
  expect(await fails("fms", "DeleteNotificationChannel")).toMatch(/^ResourceNotFoundException/);
});

test("permissions: by the policy's ARN and tags", async () => {
  const { must, fails } = await fmsLab();
  const { Policy } = await must("fms", "PutPolicy", { ...policyOf(), TagList: [{ Key: "team", Value: "a" }] });
  await must("iam", "CreateUser", { UserName: "u" });
  await must("iam", "PutUserPolicy", { UserName: "u", PolicyName: "p", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "fms:*", Resource: `arn:aws:fms:us-east-1:${A}:policy/*`, Condition: { StringEquals: { "aws:ResourceTag/team": "a" } } }] }) });
  const u = { account: A, user: "u" };
  await must("fms", "GetPolicy", { PolicyId: Policy.PolicyId }, u);
  expect(await fails("fms", "ListPolicies", {}, u)).toMatch(/fms:ListPolicies on resource: \*|fms:ListPolicies because/);
  await must("fms", "UntagResource", { ResourceArn: `arn:aws:fms:us-east-1:${A}:policy/${Policy.PolicyId}`, TagKeys: ["team"] });
  expect(await fails("fms", "GetPolicy", { PolicyId: Policy.PolicyId }, u)).toMatch(new RegExp(`fms:GetPolicy on resource: arn:aws:fms:us-east-1:${A}:policy/${Policy.PolicyId}`));
});
