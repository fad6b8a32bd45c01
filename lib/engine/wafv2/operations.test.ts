import { describe, expect, test } from "vitest";
import model from "../models/lean/wafv2.json";
import type { JsonObject } from "../types";
import { wafv2 } from ".";
import { A, B, contains, geo, labOf, none, rule, visible } from "./wafv2.test-helper";

const set = { Scope: "REGIONAL", IPAddressVersion: "IPV4", Addresses: [] as string[] };

describe("IP sets", () => {
  test.each<["IPV4" | "IPV6", string, boolean]>([
    ["IPV4", "192.0.2.44/32", true],
    ["IPV4", "0.0.0.0/1", true],
    ["IPV4", "0.0.0.0/0", false],
    ["IPV4", "192.0.2.44", false],
    ["IPV4", "192.0.2.256/32", false],
    ["IPV4", "192.0.2.044/32", false],
    ["IPV4", "192.0.2/24", false],
    ["IPV4", "192.0.2.0/33", false],
    ["IPV4", "192.0.2.0/024", false],
    ["IPV4", "2001:db8::/32", false],
    ["IPV6", "2001:db8::/32", true],
    ["IPV6", "1111:0000:0000:0000:0000:0000:0000:0115/128", true],
    ["IPV6", "::1/128", true],
    ["IPV6", "::ffff:192.0.2.1/128", true],
    ["IPV6", "::/0", false],
    ["IPV6", "2001:db8::1::2/64", false],
    ["IPV6", "1:2:3:4:5:6:7/128", false],
    ["IPV6", "1:2:3:4:5:6:7:8:9/128", false],
    ["IPV6", "192.0.2.1::/64", false],
    ["IPV6", "2001:db8::/129", false],
    ["IPV6", "192.0.2.0/24", false],
  ])("%s %s: %s", async (IPAddressVersion, address, fits) => {
    const { waf } = labOf();
    const answer: unknown = await waf("CreateIPSet", { ...set, Name: "i", IPAddressVersion, Addresses: [address] });
    if (fits) expect(answer).toMatchObject({ Summary: { Name: "i" } });
    else expect(answer).toBe(`WAFInvalidParameterException: Error reason: The parameter contains formatting that is not valid., field: IP_ADDRESS, parameter: ${address}`);
  });

  test("10,000 addresses and no more; nothing of a refused update stays", async () => {
    const { waf } = labOf();
    const many = (n: number) => Array.from({ length: n }, (_, i) => `10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}/32`);
    const { Summary } = await waf("CreateIPSet", { ...set, Name: "i", Addresses: many(10_000) });
    expect(await waf("UpdateIPSet", { Name: "i", Scope: "REGIONAL", Id: Summary.Id, LockToken: Summary.LockToken, Addresses: many(10_001) })).toMatch(/^WAFLimitsExceededException/);
    const got = await waf("GetIPSet", { Name: "i", Scope: "REGIONAL", Id: Summary.Id });
    expect([got.IPSet.Addresses.length, got.LockToken]).toEqual([10_000, Summary.LockToken]);
  });
});

describe("quotas", () => {
  test.each<[string, string, JsonObject, number]>([
    ["CreateIPSet", "i", { IPAddressVersion: "IPV4", Addresses: [] }, 100],
    ["CreateRegexPatternSet", "r", { RegularExpressionList: [] }, 10],
    ["CreateRuleGroup", "g", { Capacity: 1, VisibilityConfig: visible("g") }, 100],
    ["CreateWebACL", "w", { DefaultAction: { Allow: {} }, VisibilityConfig: visible("w") }, 100],
  ])("%s", async (operation, name, input, most) => {
    const { waf } = labOf();
    for (let i = 0; i < most; i++) expect(typeof (await waf(operation, { Name: `${name}${i}`, Scope: "REGIONAL", ...input }))).toBe("object");
    expect(await waf(operation, { Name: "more", Scope: "REGIONAL", ...input })).toBe("WAFLimitsExceededException: AWS WAF couldn’t perform the operation because you exceeded your resource limit.");
    // CloudFront's scope has its own, and so has another Region.
    expect(typeof (await waf(operation, { Name: "more", Scope: "CLOUDFRONT", ...input }))).toBe("object");
    expect(typeof (await waf(operation, { Name: "more", Scope: "REGIONAL", ...input }, undefined, "eu-west-2"))).toBe("object");
  });

  test("eleven patterns, fifty-one tags", async () => {
    const { waf } = labOf();
    expect(await waf("CreateRegexPatternSet", { Name: "r", Scope: "REGIONAL", RegularExpressionList: Array.from({ length: 11 }, () => ({ RegexString: "a" })) })).toMatch(/^WAFLimitsExceededException/);
    const tags = (n: number, from = 0) => Array.from({ length: n }, (_, i) => ({ Key: `k${from + i}`, Value: "v" }));
    expect(await waf("CreateIPSet", { ...set, Name: "i", Tags: tags(51) })).toMatch(/^WAFLimitsExceededException/);
    const { Summary } = await waf("CreateIPSet", { ...set, Name: "i", Tags: tags(50) });
    expect(await waf("TagResource", { ResourceARN: Summary.ARN, Tags: tags(1, 50) })).toMatch(/^WAFLimitsExceededException/);
    expect(await waf("TagResource", { ResourceARN: Summary.ARN, Tags: [{ Key: "aws:x", Value: "y" }] })).toMatch(/^WAFInvalidParameterException: .*field: TAGS/);
    const page = await waf("ListTagsForResource", { ResourceARN: Summary.ARN, Limit: 30 });
    const next = await waf("ListTagsForResource", { ResourceARN: Summary.ARN, Limit: 30, NextMarker: page.NextMarker });
    expect([page.TagInfoForResource.TagList.length, next.TagInfoForResource.TagList.length, next.NextMarker]).toEqual([30, 20, undefined]);
  });

  test("5,000 units of a web ACL", async () => {
    const { waf, group } = labOf();
    const groups = await Promise.all(["a", "b", "c"].map((name) => group(name, [], { Capacity: 2_000 })));
    const rules = groups.map(({ ARN }, at) => rule(`g${at}`, { RuleGroupReferenceStatement: { ARN } }));
    const input = { Scope: "REGIONAL", DefaultAction: { Allow: {} }, VisibilityConfig: visible("w") };
    expect(await waf("CreateWebACL", { ...input, Name: "w", Rules: rules })).toBe("WAFInvalidParameterException: Error reason: You exceeded the capacity limit for a rule group or web ACL., field: WEB_ACL, parameter: 6000");
    expect(await waf("CheckCapacity", { Scope: "REGIONAL", Rules: rules })).toEqual({ Capacity: 6000 });
    expect((await waf("CreateWebACL", { ...input, Name: "w", Rules: rules.slice(1) })).Summary.Name).toBe("w");
    expect(await waf("CreateRuleGroup", { Name: "d", Scope: "REGIONAL", Capacity: 5_001, VisibilityConfig: visible("d") })).toMatch(/^WAFInvalidParameterException: .*field: RULE_GROUP, parameter: 5001$/);
  });
});

describe("rules", () => {
  test.each<[string, (arn: string) => JsonObject, string]>([
    ["a set that is not there", (arn) => ({ IPSetReferenceStatement: { ARN: `${arn.slice(0, -1)}x` } }), "WAFNonexistentItemException"],
    ["a set of another scope", (arn) => ({ IPSetReferenceStatement: { ARN: arn.replace("regional", "global") } }), "WAFNonexistentItemException"],
    ["a set of another Region", (arn) => ({ IPSetReferenceStatement: { ARN: arn.replace("us-east-1", "eu-west-2") } }), "WAFNonexistentItemException"],
    ["a set of another account", (arn) => ({ IPSetReferenceStatement: { ARN: arn.replace(A, B) } }), "AccessDeniedException"],
    ["a managed group that AWS has not", () => ({ ManagedRuleGroupStatement: { VendorName: "AWS", Name: "AWSKnownBadInputs" } }), "WAFNonexistentItemException"],
    ["a version that the group has not", () => ({ ManagedRuleGroupStatement: { VendorName: "AWS", Name: "AWSManagedRulesCommonRuleSet", Version: "Version_99" } }), "WAFNonexistentItemException"],
  ])("may not name %s", async (_name, statement, code) => {
    const { waf } = labOf();
    const { Summary } = await waf("CreateIPSet", { ...set, Name: "i" });
    expect(await waf("CreateWebACL", { Name: "w", Scope: "REGIONAL", DefaultAction: { Allow: {} }, VisibilityConfig: visible("w"), Rules: [rule("r", statement(Summary.ARN))] })).toMatch(new RegExp(`^${code}`));
  });

  test("nested as deep as anybody likes: refused, never a crash", async () => {
    const { waf } = labOf();
    const nested = (depth: number): JsonObject => {
      let statement: JsonObject = geo("DE");
      for (let i = 0; i < depth; i++) statement = { NotStatement: { Statement: statement } };
      return statement;
    };
    const check = (depth: number) => waf("CheckCapacity", { Scope: "REGIONAL", Rules: [rule("r", nested(depth))] });
    expect(await check(20)).toEqual({ Capacity: 1 });
    expect(await check(150)).toMatch(/^WAFInvalidParameterException/);
    expect(await check(400)).toMatch(/^SerializationException: Structures are nested more than 500 deep/);
    expect(await check(5_000)).toMatch(/^SerializationException/);
    // The depth is counted anew for each branch.
    expect(await waf("CheckCapacity", { Scope: "REGIONAL", Rules: [rule("r", { AndStatement: { Statements: Array.from({ length: 600 }, () => geo("DE")) } })] })).toEqual({ Capacity: 600 });
  });

  test("CheckCapacity is what CreateWebACL counts", async () => {
    const { waf, acl } = labOf();
    const rules = [
      rule("a", contains("x"), { Count: {} }, { RuleLabels: [{ Name: "one" }, { Name: "ns:two" }] }),
      rule("b", { RegexMatchStatement: { RegexString: "^/a", FieldToMatch: { UriPath: {} }, TextTransformations: [{ Priority: 0, Type: "LOWERCASE" }] } }),
      rule("c", { RateBasedStatement: { Limit: 100, AggregateKeyType: "CUSTOM_KEYS", CustomKeys: [{ HTTPMethod: {} }, { IP: {} }], ScopeDownStatement: geo("DE") } }),
      rule("d", { XssMatchStatement: { FieldToMatch: { JsonBody: { MatchPattern: { All: {} }, MatchScope: "ALL" } }, TextTransformations: none } }),
    ];
    const { Capacity } = await waf("CheckCapacity", { Scope: "REGIONAL", Rules: rules });
    expect(Capacity).toBe(10 + 1 + 13 + 63 + 80);
    const { ARN } = await acl("w", rules);
    expect((await waf("GetWebACL", { ARN })).WebACL.Capacity).toBe(Capacity);
  });
});

describe("what is found, and what is not", () => {
  test("every operation of the model works, or says by name and with its reason that it is not here", async () => {
    const { notSimulated } = model;
    expect(Object.keys(model.operations).sort()).toEqual(wafv2.operations.map(({ name }) => name).sort());
    expect(Object.keys(wafv2.whyNot!).sort()).toEqual([...notSimulated].sort());
    for (const name of notSimulated) expect(await labOf().waf(name, {}), name).toBe(`NotSimulated: Keyhole does not simulate ${name} of AWS WAFV2. AWS has this operation; this lab does not. ${wafv2.whyNot![name]}`);
  });

  test.each<[string, JsonObject, RegExp]>([
    ["GetWebACL", { ARN: "arn:aws:wafv2:us-east-1:111122223333:regional/ipset/i/11111111-2222-3333-4444-555555555555" }, /^WAFInvalidParameterException: .*field: RESOURCE_ARN/],
    ["GetWebACL", {}, /^WAFNonexistentItemException/],
    ["GetRuleGroup", { ARN: "this is no ARN of anything" }, /^WAFInvalidParameterException: .*field: RESOURCE_ARN/],
    ["ListTagsForResource", { ResourceARN: "arn:aws:s3:::some-bucket-or-other" }, /^WAFInvalidParameterException: .*field: RESOURCE_ARN/],
    ["GetLoggingConfiguration", { ResourceArn: "arn:aws:wafv2:us-east-1:111122223333:regional/webacl/w/11111111-2222-3333-4444-555555555555" }, /^WAFNonexistentItemException/],
    ["AssociateWebACL", { WebACLArn: "arn:aws:wafv2:us-east-1:111122223333:regional/webacl/w/11111111-2222-3333-4444-555555555555", ResourceArn: "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/x/0123456789abcdef" }, /^WAFNonexistentItemException/],
    ["DisassociateWebACL", { ResourceArn: "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/x/0123456789abcdef" }, /^WAFUnavailableEntityException: AWS WAF couldn’t retrieve the resource that you requested\. Retry your request\.$/],
    ["DisassociateWebACL", { ResourceArn: "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/net/x/0123456789abcdef" }, /^WAFInvalidParameterException/],
    ["DescribeManagedRuleGroup", { Scope: "REGIONAL", VendorName: "AWS", Name: "none" }, /^WAFNonexistentItemException/],
    ["CreateIPSet", { ...set, Name: "no blanks" }, /^ValidationException: 1 validation error detected: Value 'no blanks' at 'name' failed to satisfy constraint/],
    ["CreateIPSet", { ...set, Name: "i", Scope: "GLOBAL" }, /^ValidationException: .*at 'scope' failed to satisfy constraint/],
    ["GetMobileSdkRelease", {}, /^NotSimulated: Keyhole does not simulate GetMobileSdkRelease of AWS WAFV2/],
    ["GetManagedRuleSet", {}, /^NotSimulated/],
    ["GetTopPathStatisticsByTraffic", {}, /^NotSimulated/],
  ])("%s %j", async (operation, input, expected) => expect(await labOf().waf(operation, input)).toMatch(expected));

  test("every kind of resource, each by its own ARN; Amplify's with CloudFront's scope", async () => {
    const { waf, done, acl } = labOf();
    const regional = await acl("r", []);
    const global = await acl("g", [], { Scope: "CLOUDFRONT" });
    for (const ResourceType of ["APPLICATION_LOAD_BALANCER", "API_GATEWAY", "APPSYNC", "COGNITO_USER_POOL", "APP_RUNNER_SERVICE", "VERIFIED_ACCESS_INSTANCE", "AMPLIFY"]) {
      const { Arn: ResourceArn } = (await done("traffic", "AddResource", { ResourceType, Name: "x" })).Resource;
      const [right, wrong] = ResourceType === "AMPLIFY" ? [global, regional] : [regional, global];
      expect(await waf("AssociateWebACL", { WebACLArn: wrong.ARN, ResourceArn })).toMatch(/^WAFInvalidParameterException: .*field: RESOURCE_ARN/);
      expect(await waf("AssociateWebACL", { WebACLArn: right.ARN, ResourceArn }), ResourceType).toEqual({});
      expect(await waf("ListResourcesForWebACL", { WebACLArn: right.ARN, ResourceType })).toEqual({ ResourceArns: [ResourceArn] });
      expect((await waf("GetWebACLForResource", { ResourceArn })).WebACL.ARN).toBe(right.ARN);
    }
    expect((await done("traffic", "ListResources")).Resources).toHaveLength(7);
  });

  test("another web ACL takes a resource's first one's place", async () => {
    const { waf, acl, balancer } = labOf();
    const [one, two] = [await acl("one", []), await acl("two", [])];
    const ResourceArn = await balancer(one.ARN);
    await waf("AssociateWebACL", { WebACLArn: two.ARN, ResourceArn });
    expect((await waf("ListResourcesForWebACL", { WebACLArn: one.ARN })).ResourceArns).toEqual([]);
    expect(await waf("DeleteWebACL", { Name: "one", Scope: "REGIONAL", Id: one.Id, LockToken: one.LockToken })).toEqual({});
    expect(await waf("DeleteWebACL", { Name: "two", Scope: "REGIONAL", Id: two.Id, LockToken: two.LockToken })).toMatch(/^WAFAssociatedItemException/);
  });
});

test("API keys: made, opened, listed by pages, deleted", async () => {
  const { waf } = labOf();
  const { APIKey } = await waf("CreateAPIKey", { Scope: "REGIONAL", TokenDomains: ["example.com", "shop.example"] });
  expect((await waf("GetDecryptedAPIKey", { Scope: "REGIONAL", APIKey })).TokenDomains).toEqual(["example.com", "shop.example"]);
  await waf("CreateAPIKey", { Scope: "REGIONAL", TokenDomains: ["other.example"] });
  const page = await waf("ListAPIKeys", { Scope: "REGIONAL", Limit: 1 });
  const next = await waf("ListAPIKeys", { Scope: "REGIONAL", Limit: 1, NextMarker: page.NextMarker });
  expect(new Set([...page.APIKeySummaries, ...next.APIKeySummaries].map((key: any) => key.APIKey)).size).toBe(2);
  expect(page.NextMarker.length).toBeLessThanOrEqual(256);
  expect(await waf("CreateAPIKey", { Scope: "REGIONAL", TokenDomains: ["co.uk"] })).toMatch(/^WAFInvalidParameterException: .*field: TOKEN_DOMAIN, parameter: co\.uk$/);
  expect(await waf("CreateAPIKey", { Scope: "REGIONAL", TokenDomains: Array.from({ length: 6 }, (_, i) => `a${i}.example`) })).toMatch(/^WAFLimitsExceededException/);
  expect(await waf("DeleteAPIKey", { Scope: "REGIONAL", APIKey })).toEqual({});
  expect(await waf("GetDecryptedAPIKey", { Scope: "REGIONAL", APIKey })).toMatch(/^WAFNonexistentItemException/);
});

test("managed groups: versions, rules, labels, products", async () => {
  const { waf } = labOf();
  const of = { Scope: "REGIONAL", VendorName: "AWS", Name: "AWSManagedRulesCommonRuleSet" };
  const described = await waf("DescribeManagedRuleGroup", of);
  expect(described).toMatchObject({ Capacity: 700, LabelNamespace: "awswaf:managed:aws:core-rule-set:" });
  expect(described.AvailableLabels).toContainEqual({ Name: "awswaf:managed:aws:core-rule-set:NoUserAgent_Header" });
  const versions = await waf("ListAvailableManagedRuleGroupVersions", of);
  expect(versions.Versions[0].Name).toBe(versions.CurrentDefaultVersion);
  expect((await waf("DescribeManagedRuleGroup", { ...of, VersionName: versions.Versions.at(-1).Name })).VersionName).toBe(versions.Versions.at(-1).Name);
  const reputation = await waf("DescribeManagedRuleGroup", { ...of, Name: "AWSManagedRulesAmazonIpReputationList" });
  expect(reputation.Rules).toContainEqual({ Name: "AWSManagedIPDDoSList", Action: { Count: {} } });
  const { ManagedProducts } = await waf("DescribeAllManagedProducts", { Scope: "REGIONAL" });
  expect(ManagedProducts).toEqual((await waf("DescribeManagedProductsByVendor", { Scope: "REGIONAL", VendorName: "AWS" })).ManagedProducts);
  expect((await waf("DescribeManagedProductsByVendor", { Scope: "REGIONAL", VendorName: "Nobody" })).ManagedProducts).toEqual([]);
  expect(await waf("ListManagedRuleSets", { Scope: "REGIONAL" })).toEqual({ ManagedRuleSets: [] });
});
