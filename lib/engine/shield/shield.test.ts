import { describe, expect, test } from "vitest";
import { bills } from "../billing/bill";
import shieldModel from "../models/shield.json";
import { shield } from "./index";
import { A, B, DAY, shieldLab } from "./shield.test-helper";

const NONE = "ResourceNotFoundException: The subscription does not exist.";

test("every operation of the model is there, and no other", () => expect(shield.operations.map(({ name }) => name).sort()).toEqual(Object.keys(shieldModel.operations).sort()));

describe("the subscription", () => {
  test.each(["DescribeSubscription", "UpdateSubscription", "DeleteSubscription", "ListProtections", "ListProtectionGroups", "DescribeDRTAccess", "DescribeEmergencyContactSettings"])("%s without one", async (operation) => {
    expect(await shieldLab().fails("shield", operation)).toBe(NONE);
  });

  test("a year's commitment, renewed unless that is taken off in its last 30 days", async () => {
    const { lab, must, fails } = shieldLab();
    expect(await must("shield", "GetSubscriptionState")).toEqual({ SubscriptionState: "INACTIVE" });
    await must("shield", "CreateSubscription", {}, A, "eu-west-1");
    expect(await fails("shield", "CreateSubscription")).toMatch(/^ResourceAlreadyExistsException/);
    expect(await must("shield", "GetSubscriptionState")).toEqual({ SubscriptionState: "ACTIVE" });
    const { Subscription } = await must("shield", "DescribeSubscription");
    expect(Subscription).toMatchObject({ AutoRenew: "ENABLED", TimeCommitmentInSeconds: 31_536_000, ProactiveEngagementStatus: "DISABLED" });
    expect(Subscription.EndTime - Subscription.StartTime).toBe(31_536_000);
    expect(Subscription.Limits).toContainEqual({ Type: "EC2_ELASTIC_IP_ALLOCATION", Max: 1000 });
    expect(await fails("shield", "DeleteSubscription")).toMatch(/^LockedSubscriptionException/);
    await must("shield", "UpdateSubscription", { AutoRenew: "ENABLED" });
    expect(await fails("shield", "UpdateSubscription", { AutoRenew: "DISABLED" })).toMatch(/^LockedSubscriptionException.*last 30 days/);
    await lab.advance(334 * DAY);
    expect(await fails("shield", "UpdateSubscription", { AutoRenew: "DISABLED" })).toMatch(/^LockedSubscriptionException/);
    await lab.advance(2 * DAY);
    await must("shield", "UpdateSubscription", { AutoRenew: "DISABLED" });
    expect((await must("shield", "DescribeSubscription")).Subscription.AutoRenew).toBe("DISABLED");
    await must("shield", "UpdateSubscription", { AutoRenew: "ENABLED" });
    await lab.advance(30 * DAY);
    const renewed = (await must("shield", "DescribeSubscription")).Subscription;
    expect(renewed).toMatchObject({ EndTime: Subscription.EndTime + 31_536_000, TimeCommitmentInSeconds: 2 * 31_536_000 });
    await lab.advance(340 * DAY);
    await must("shield", "UpdateSubscription", { AutoRenew: "DISABLED" });
    await lab.advance(40 * DAY);
    expect(await must("shield", "GetSubscriptionState")).toEqual({ SubscriptionState: "INACTIVE" });
    expect(await fails("shield", "DescribeSubscription")).toBe(NONE);
  });

  test("an organization pays one fee, through its management account", async () => {
    const { lab, must, organization } = shieldLab();
    await organization();
    await must("shield", "CreateSubscription", {}, B);
    await must("shield", "CreateSubscription", {}, A);
    await lab.advance(40 * DAY);
    const fee = (account: string) => bills(lab.read, account, lab.now()).flatMap(({ lines }) => lines.filter(({ item }) => item === "shield:subscription"));
    expect(fee(B)).toEqual([]);
    expect(fee(A).reduce((sum, { kept }) => sum + kept!.hours, 0)).toBeCloseTo(40 * 24);
    for (const { usd, kept } of fee(A)) expect(usd).toBeCloseTo((3_000 * kept!.hours) / kept!.hoursInMonth);
  });
});

describe("protections", () => {
  test("of each kind of resource, and of nothing else", async () => {
    const { must, fails, resource } = shieldLab();
    const balancer = await resource.balancer();
    expect(await fails("shield", "CreateProtection", { Name: "p", ResourceArn: balancer })).toBe(NONE);
    await must("shield", "CreateSubscription");
    const arns = [balancer, await resource.distribution(), await resource.of("ELASTIC_IP"), await resource.of("CLASSIC_LOAD_BALANCER", "old"), await resource.of("GLOBAL_ACCELERATOR"), await resource.of("HOSTED_ZONE")];
    for (const ResourceArn of arns) expect((await must("shield", "CreateProtection", { Name: "p", ResourceArn })).ProtectionId).toMatch(/^[0-9a-f-]{36}$/);
    expect(await fails("shield", "CreateProtection", { Name: "again", ResourceArn: balancer })).toBe("ResourceAlreadyExistsException: The referenced protection already exists.");
    expect(await fails("shield", "CreateProtection", { Name: "p", ResourceArn: await resource.of("INSTANCE") })).toBe("InvalidResourceException: Unrecognized resource 'instance' of service 'ec2'.");
    expect(await fails("shield", "CreateProtection", { Name: "p", ResourceArn: `arn:aws:elasticloadbalancing:us-east-1:${A}:loadbalancer/net/n/0123456789abcdef` })).toMatch(/^InvalidResourceException/);
    expect(await fails("shield", "CreateProtection", { Name: "p", ResourceArn: `arn:aws:ec2:us-east-1:${A}:eip-allocation/eipalloc-0` })).toMatch(/^InvalidResourceException.*does not exist/);
    expect(await fails("shield", "CreateProtection", { Name: "p", ResourceArn: await resource.of("ELASTIC_IP", "x", {}, B) })).toMatch(/^InvalidResourceException/);
    const types = await Promise.all(["CLOUDFRONT_DISTRIBUTION", "ROUTE_53_HOSTED_ZONE", "ELASTIC_IP_ALLOCATION", "CLASSIC_LOAD_BALANCER", "APPLICATION_LOAD_BALANCER", "GLOBAL_ACCELERATOR"].map((type) => must("shield", "ListProtections", { InclusionFilters: { ResourceTypes: [type] } })));
    expect(types.map(({ Protections }) => Protections.length)).toEqual([1, 1, 1, 1, 1, 1]);
  });

  test("by pages, by name, by resource; gone when deleted", async () => {
    const { must, fails, resource } = shieldLab();
    await must("shield", "CreateSubscription");
    for (let i = 0; i < 5; i++) await must("shield", "CreateProtection", { Name: `p${i}`, ResourceArn: await resource.of("ELASTIC_IP") });
    const names: string[] = [];
    let NextToken: string | undefined;
    do {
      const page = await must("shield", "ListProtections", { MaxResults: 2, ...(NextToken ? { NextToken } : {}) });
      names.push(...page.Protections.map((one: { Name: string }) => one.Name));
      NextToken = page.NextToken;
    } while (NextToken);
    expect(names.sort()).toEqual(["p0", "p1", "p2", "p3", "p4"]);
    expect(await fails("shield", "ListProtections", { NextToken: "eA==" })).toMatch(/^InvalidPaginationTokenException/);
    const [{ Id, ResourceArn }] = (await must("shield", "ListProtections", { InclusionFilters: { ProtectionNames: ["p3"] } })).Protections;
    expect((await must("shield", "DescribeProtection", { ResourceArn })).Protection).toEqual({ Id, Name: "p3", ResourceArn, ProtectionArn: `arn:aws:shield::${A}:protection/${Id}`, HealthCheckIds: [] });
    expect(await fails("shield", "DescribeProtection", { ResourceArn, ProtectionId: Id })).toMatch(/^InvalidParameterException: Invalid parameter/);
    expect(await fails("shield", "DescribeProtection")).toMatch(/^InvalidParameterException/);
    await must("shield", "DeleteProtection", { ProtectionId: Id });
    expect(await fails("shield", "DescribeProtection", { ProtectionId: Id })).toBe("ResourceNotFoundException: The referenced protection does not exist.");
    expect(await fails("shield", "DeleteProtection", { ProtectionId: Id })).toBe("ResourceNotFoundException: The referenced protection does not exist.");
  });

  test("in groups", async () => {
    const { must, fails, resource } = shieldLab();
    await must("shield", "CreateSubscription");
    const [eip, elb] = [await resource.of("ELASTIC_IP"), await resource.balancer()];
    const { ProtectionId } = await must("shield", "CreateProtection", { Name: "a", ResourceArn: eip });
    const group = (more: object) => ({ ProtectionGroupId: "g", Aggregation: "SUM", ...more });
    for (const [wrong, error] of [
      [{ Pattern: "ARBITRARY" }, /^InvalidParameterException/],
      [{ Pattern: "ALL", Members: [eip] }, /^InvalidParameterException/],
      [{ Pattern: "BY_RESOURCE_TYPE" }, /^InvalidParameterException/],
      [{ Pattern: "ARBITRARY", Members: [elb] }, /^ResourceNotFoundException/],
    ] as const)
      expect(await fails("shield", "CreateProtectionGroup", group(wrong))).toMatch(error);
    await must("shield", "CreateProtectionGroup", group({ Pattern: "ARBITRARY", Members: [eip, eip], Tags: [{ Key: "a", Value: "1" }] }));
    expect(await fails("shield", "CreateProtectionGroup", group({ Pattern: "ALL" }))).toBe("ResourceAlreadyExistsException: The referenced protection group already exists.");
    const arn = `arn:aws:shield::${A}:protection-group/g`;
    expect((await must("shield", "DescribeProtectionGroup", { ProtectionGroupId: "g" })).ProtectionGroup).toEqual({ ProtectionGroupId: "g", ProtectionGroupArn: arn, Aggregation: "SUM", Pattern: "ARBITRARY", Members: [eip] });
    await must("shield", "TagResource", { ResourceARN: arn, Tags: [{ Key: "b", Value: "2" }] });
    await must("shield", "UntagResource", { ResourceARN: arn, TagKeys: ["a"] });
    expect((await must("shield", "ListTagsForResource", { ResourceARN: arn })).Tags).toEqual([{ Key: "b", Value: "2" }]);
    await must("shield", "DeleteProtection", { ProtectionId });
    expect((await must("shield", "ListResourcesInProtectionGroup", { ProtectionGroupId: "g" })).ResourceArns).toEqual([]);
    await must("shield", "CreateProtection", { Name: "b", ResourceArn: elb });
    await must("shield", "UpdateProtectionGroup", group({ Pattern: "BY_RESOURCE_TYPE", ResourceType: "APPLICATION_LOAD_BALANCER", Aggregation: "MAX" }));
    expect((await must("shield", "ListResourcesInProtectionGroup", { ProtectionGroupId: "g" })).ResourceArns).toEqual([elb]);
    expect((await must("shield", "ListProtectionGroups", { InclusionFilters: { Aggregations: ["MAX"] } })).ProtectionGroups).toHaveLength(1);
    expect((await must("shield", "ListProtectionGroups", { InclusionFilters: { Patterns: ["ALL"] } })).ProtectionGroups).toEqual([]);
    await must("shield", "DeleteProtectionGroup", { ProtectionGroupId: "g" });
    expect(await fails("shield", "DescribeProtectionGroup", { ProtectionGroupId: "g" })).toBe("ResourceNotFoundException: The referenced protection group does not exist.");
  });
});

describe("the response team", () => {
  const check = "arn:aws:route53:::healthcheck/00000000-0000-4000-8000-000000000001";

  test("gets a role that trusts it, and buckets", async () => {
    const { must, fails } = shieldLab();
    await must("shield", "CreateSubscription");
    expect(await fails("shield", "AssociateDRTLogBucket", { LogBucket: "logs" })).toMatch(/^NoAssociatedRoleException/);
    const trusting = (Service: string) => JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service }, Action: "sts:AssumeRole" }] });
    const RoleArn = (await must("iam", "CreateRole", { RoleName: "srt", AssumeRolePolicyDocument: trusting("lambda.amazonaws.com") })).Role.Arn;
    expect(await fails("shield", "AssociateDRTRole", { RoleArn: `arn:aws:iam::${A}:role/none` })).toMatch(/^InvalidParameterException/);
    expect(await fails("shield", "AssociateDRTRole", { RoleArn })).toMatch(/^AccessDeniedForDependencyException.*drt\.shield\.amazonaws\.com/);
    await must("iam", "UpdateAssumeRolePolicy", { RoleName: "srt", PolicyDocument: trusting("drt.shield.amazonaws.com") });
    expect(await fails("shield", "AssociateDRTRole", { RoleArn })).toMatch(/^AccessDeniedForDependencyException.*AWSShieldDRTAccessPolicy/);
    await must("iam", "AttachRolePolicy", { RoleName: "srt", PolicyArn: "arn:aws:iam::aws:policy/service-role/AWSShieldDRTAccessPolicy" });
    await must("shield", "AssociateDRTRole", { RoleArn });
    expect(await fails("shield", "AssociateDRTRole", { RoleArn })).toMatch(/^InvalidOperationException/);
    for (let i = 0; i < 10; i++) await must("shield", "AssociateDRTLogBucket", { LogBucket: `logs-${i}` });
    expect(await fails("shield", "AssociateDRTLogBucket", { LogBucket: "one-more" })).toMatch(/^LimitsExceededException/);
    expect(await fails("shield", "AssociateDRTLogBucket", { LogBucket: "logs-9" })).toMatch(/^InvalidOperationException/);
    await must("shield", "DisassociateDRTLogBucket", { LogBucket: "logs-0" });
    expect(await fails("shield", "DisassociateDRTLogBucket", { LogBucket: "logs-0" })).toMatch(/^ResourceNotFoundException/);
    expect(await must("shield", "DescribeDRTAccess")).toMatchObject({ RoleArn, LogBucketList: expect.arrayContaining(["logs-9"]) });
    await must("shield", "DisassociateDRTRole");
    expect((await must("shield", "DescribeDRTAccess")).RoleArn).toBeUndefined();
    expect(await fails("shield", "DisassociateDRTRole")).toMatch(/^InvalidOperationException/);
  });

  test("calls by itself: with a telephone number, a health check, and a day to say yes", async () => {
    const { lab, must, fails, resource } = shieldLab();
    await must("shield", "CreateSubscription");
    const status = async () => (await must("shield", "DescribeSubscription")).Subscription.ProactiveEngagementStatus;
    const { ProtectionId } = await must("shield", "CreateProtection", { Name: "a", ResourceArn: await resource.of("ELASTIC_IP") });
    expect(await fails("shield", "AssociateProactiveEngagementDetails", { EmergencyContactList: [{ EmailAddress: "a@example.com" }] })).toBe(
      "InvalidParameterException: No contact with phoneNumber present in given contactSettings: EmergencyContactSettings(contacts=[EmergencyContact(emailAddress=a@example.com, phoneNumber=null, contactNotes=null)])",
    );
    const EmergencyContactList = [{ EmailAddress: "a@example.com", PhoneNumber: "+15550100" }];
    expect(await fails("shield", "AssociateProactiveEngagementDetails", { EmergencyContactList })).toMatch(/^InvalidOperationException.*health check/);
    await must("shield", "AssociateHealthCheck", { ProtectionId, HealthCheckArn: check });
    expect((await must("shield", "DescribeProtection", { ProtectionId })).Protection.HealthCheckIds).toEqual(["00000000-0000-4000-8000-000000000001"]);
    await must("shield", "AssociateProactiveEngagementDetails", { EmergencyContactList });
    expect(await status()).toBe("PENDING");
    expect(await fails("shield", "EnableProactiveEngagement")).toMatch(/^InvalidOperationException/);
    await lab.advance(DAY);
    expect(await status()).toBe("ENABLED");
    expect(await fails("shield", "UpdateEmergencyContactSettings", { EmergencyContactList: [] })).toMatch(/^InvalidParameterException/);
    await must("shield", "DisableProactiveEngagement");
    expect(await status()).toBe("DISABLED");
    expect(await fails("shield", "DisableProactiveEngagement")).toMatch(/^InvalidOperationException/);
    await must("shield", "EnableProactiveEngagement");
    expect(await must("shield", "DescribeEmergencyContactSettings")).toEqual({ EmergencyContactList });
    await must("shield", "DisassociateHealthCheck", { ProtectionId, HealthCheckArn: check });
    expect(await fails("shield", "DisassociateHealthCheck", { ProtectionId, HealthCheckArn: check })).toMatch(/^ResourceNotFoundException/);
    const zone = await must("shield", "CreateProtection", { Name: "z", ResourceArn: await resource.of("HOSTED_ZONE") });
    expect(await fails("shield", "AssociateHealthCheck", { ProtectionId: zone.ProtectionId, HealthCheckArn: check })).toMatch(/^InvalidResourceException/);
  });
});

test("automatic mitigation puts Shield's rule group of 150 WCU last in the web ACL, and takes it out", async () => {
  const { must, fails, resource, webAcl } = shieldLab();
  await must("shield", "CreateSubscription");
  const [ResourceArn, eip] = [await resource.balancer(), await resource.of("ELASTIC_IP")];
  const on = (Action: object, arn = ResourceArn) => ({ ResourceArn: arn, Action }) as never;
  expect(await fails("shield", "EnableApplicationLayerAutomaticResponse", on({ Block: {} }))).toBe("ResourceNotFoundException: The referenced protection does not exist.");
  await must("shield", "CreateProtection", { Name: "a", ResourceArn });
  const { ProtectionId } = await must("shield", "CreateProtection", { Name: "b", ResourceArn: eip });
  expect(await fails("shield", "EnableApplicationLayerAutomaticResponse", on({ Block: {} }, eip))).toMatch(/^InvalidOperationException.*CloudFront/);
  expect(await fails("shield", "EnableApplicationLayerAutomaticResponse", on({ Block: {} }))).toMatch(/^InvalidOperationException.*no web ACL/);
  const acl = await webAcl();
  await must("wafv2", "AssociateWebACL", { WebACLArn: acl, ResourceArn });
  expect(await fails("shield", "EnableApplicationLayerAutomaticResponse", on({}))).toMatch(/^InvalidParameterException/);
  expect(await fails("shield", "UpdateApplicationLayerAutomaticResponse", on({ Block: {} }))).toMatch(/^InvalidOperationException/);
  await must("shield", "EnableApplicationLayerAutomaticResponse", on({ Count: {} }));
  const { WebACL } = await must("wafv2", "GetWebACL", { ARN: acl });
  expect(WebACL).toMatchObject({ Capacity: 150, Rules: [{ Priority: 10_000_000, OverrideAction: { None: {} } }] });
  expect(WebACL.Rules[0].Name).toMatch(new RegExp(`^ShieldMitigationRuleGroup_${A}_${WebACL.Id}_[0-9a-f-]{36}$`));
  expect(await fails("shield", "EnableApplicationLayerAutomaticResponse", on({ Block: {} }))).toMatch(/^InvalidOperationException.*already/);
  await must("shield", "UpdateApplicationLayerAutomaticResponse", on({ Block: {} }));
  expect((await must("shield", "DescribeProtection", { ResourceArn })).Protection.ApplicationLayerAutomaticResponseConfiguration).toEqual({ Status: "ENABLED", Action: { Block: {} } });
  await must("shield", "DeleteProtection", { ProtectionId });
  expect((await must("wafv2", "GetWebACL", { ARN: acl })).WebACL.Capacity).toBe(150);
  await must("shield", "DisableApplicationLayerAutomaticResponse", { ResourceArn });
  expect((await must("wafv2", "GetWebACL", { ARN: acl })).WebACL).toMatchObject({ Capacity: 0, Rules: [] });
  expect((await must("shield", "DescribeProtection", { ResourceArn })).Protection.ApplicationLayerAutomaticResponseConfiguration.Status).toBe("DISABLED");
  expect(await fails("shield", "DisableApplicationLayerAutomaticResponse", { ResourceArn })).toMatch(/^InvalidOperationException/);
});

test("permissions: by the protection's ARN and tags; the role is passed", async () => {
  const { must, fails, resource } = shieldLab();
  await must("shield", "CreateSubscription");
  const { ProtectionId } = await must("shield", "CreateProtection", { Name: "a", ResourceArn: await resource.of("ELASTIC_IP"), Tags: [{ Key: "team", Value: "a" }] });
  const other = await must("shield", "CreateProtection", { Name: "b", ResourceArn: await resource.of("ELASTIC_IP") });
  await must("iam", "CreateUser", { UserName: "u" });
  const Statement = [{ Effect: "Allow", Action: "shield:DeleteProtection", Resource: `arn:aws:shield::${A}:protection/*`, Condition: { StringEquals: { "aws:ResourceTag/team": "a" } } }, { Effect: "Allow", Action: ["shield:AssociateDRTRole", "shield:GetSubscriptionState"], Resource: "*" }];
  await must("iam", "PutUserPolicy", { UserName: "u", PolicyName: "p", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement }) });
  const u = { account: A, user: "u" };
  expect(await must("shield", "GetSubscriptionState", {}, u)).toEqual({ SubscriptionState: "ACTIVE" });
  expect(await fails("shield", "DeleteProtection", { ProtectionId: other.ProtectionId }, u)).toMatch(new RegExp(`^AccessDeniedException: User: .* shield:DeleteProtection on resource: arn:aws:shield::${A}:protection/${other.ProtectionId} because`));
  await must("shield", "DeleteProtection", { ProtectionId }, u);
  expect(await fails("shield", "AssociateDRTRole", { RoleArn: `arn:aws:iam::${A}:role/none` }, u)).toMatch(/^AccessDeniedForDependencyException: .*iam:PassRole/);
});

test("CloudTrail has the calls, in us-east-1 whatever the Region, and Shield's own beside them", async () => {
  const { must, resource, webAcl } = shieldLab();
  await must("shield", "CreateSubscription", {}, A, "eu-west-2");
  const ResourceArn = await resource.balancer();
  await must("shield", "CreateProtection", { Name: "a", ResourceArn });
  await must("wafv2", "AssociateWebACL", { WebACLArn: await webAcl(), ResourceArn });
  await must("shield", "EnableApplicationLayerAutomaticResponse", { ResourceArn, Action: { Block: {} } });
  const { Events } = await must("cloudtrail", "LookupEvents");
  const records = Events.map(({ CloudTrailEvent }: { CloudTrailEvent: string }) => JSON.parse(CloudTrailEvent));
  expect(records.filter((r: { eventSource: string }) => r.eventSource === "shield.amazonaws.com").map((r: { eventName: string; awsRegion: string }) => `${r.eventName} ${r.awsRegion}`).sort()).toEqual(["CreateProtection us-east-1", "CreateSubscription us-east-1", "EnableApplicationLayerAutomaticResponse us-east-1"]);
  expect(records.find((r: { eventName: string }) => r.eventName === "UpdateWebACL")).toMatchObject({ sourceIPAddress: "shield.amazonaws.com", userIdentity: { type: "AssumedRole", sessionContext: { sessionIssuer: { userName: "AWSServiceRoleForAWSShield" } } } });
  expect(records.some((r: { eventSource: string }) => r.eventSource.startsWith("estate"))).toBe(false);
});
