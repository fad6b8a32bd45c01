/** What the Firewall Manager console sends is what the engine takes, and what it reads off the lab is what is there. */
import { beforeEach, describe, expect, test } from "vitest";
import { createLab, type Lab } from "@/lib/engine/lab";
import { seededPorts } from "@/lib/engine/ports";
import type { Caller, JsonObject } from "@/lib/engine/types";
import { asThrown, type Ask } from "../frame/use-load";
import { readPorts, rulesProblem as portsProblem } from "./accounts/group-rules";
import { ruleText } from "./accounts/resource-words";
import type { AccountStatus, Policy, PolicyType } from "./fm-types";
import { readEntries } from "./lists/list-draft";
import { loadFindings, loadPolicies, loadPolicy, loadStatus, putPolicy } from "./load-fm";
import { stateOf, sumOf } from "./policies/compliance";
import { remedyOf } from "./policies/reason-words";
import { draftOfScope, scopeOf, scopeText } from "./settings/admin-scope";
import { standsInTheWay } from "./shared/needs-admin";
import { readResources } from "./shared/resources";
import { accountWords, missing, pathOfParent, readWorld, type World } from "./shared/world";
import { draftOf, emptyDraft, managedEntry, ownEntry, policyOf, rulesProblem, scopeProblem, withCount, withType, type PolicyDraft } from "./wizard/policy-draft";
import { rulesItems, scopeItems } from "./wizard/policy-words";

const [A, B] = ["111122223333", "444455556666"];
const region = "eu-west-2";
let lab: Lab;
const as = (caller: Caller): Ask => async (service, operation, input: JsonObject = {}, where = region) => {
  const reply = await lab.call({ service, operation, input, caller, region: where });
  if (!reply.ok) throw asThrown({ service, operation, reply });
  return reply.output as never;
};
const ask = as({ account: A, user: "admin" });
const askB = as({ account: B, user: "admin" });
const world = (account = A): World => readWorld(lab.read({ account: "global", region: "global", service: "organizations" }), account, region);

async function prepare(): Promise<void> {
  await ask("organizations", "CreateOrganization", { FeatureSet: "ALL" });
  const { Handshake } = await ask("organizations", "InviteAccountToOrganization", { Target: { Type: "ACCOUNT", Id: B } });
  await askB("organizations", "AcceptHandshake", { HandshakeId: Handshake.Id });
  await ask("fms", "AssociateAdminAccount", { AdminAccount: A }, "us-east-1");
  for (const one of [ask, askB]) await one("estate", "SetConfigRecorder", { Recording: true });
}

beforeEach(() => {
  lab = createLab({ ports: seededPorts(5) });
});

test("what is missing is read off the lab, step by step", async () => {
  lab.ensureAccount(A);
  lab.ensureAccount(B);
  expect([missing(world()), world().others, standsInTheWay(world())?.words]).toEqual(["The account is in no organization.", [B], expect.stringContaining("no administrator yet")]);
  await ask("organizations", "CreateOrganization", { FeatureSet: "ALL" });
  expect(missing(world())).toBe("The organization has no Firewall Manager administrator.");
  await ask("fms", "AssociateAdminAccount", { AdminAccount: A }, "us-east-1");
  expect(missing(world())).toBe(`AWS Config does not record in ${region} in account ${A}.`);
  const { Handshake } = await ask("organizations", "InviteAccountToOrganization", { Target: { Type: "ACCOUNT", Id: B } });
  await askB("organizations", "AcceptHandshake", { HandshakeId: Handshake.Id });
  expect([missing(world()), world().others]).toEqual([`AWS Config does not record in ${region} in 2 accounts.`, []]);
  for (const one of [ask, askB]) await one("estate", "SetConfigRecorder", { Recording: true });
  expect([missing(world()), standsInTheWay(world()), standsInTheWay(world(B))?.go]).toEqual([undefined, undefined, A]);
  const { Roots } = await ask("organizations", "ListRoots");
  const { OrganizationalUnit } = await ask("organizations", "CreateOrganizationalUnit", { ParentId: Roots[0].Id, Name: "prod" });
  const { OrganizationalUnit: inner } = await ask("organizations", "CreateOrganizationalUnit", { ParentId: OrganizationalUnit.Id, Name: "shop" });
  expect(pathOfParent(world(), inner.Id)).toBe("Root / prod / shop");
  await ask("organizations", "CreateAccount", { AccountName: "till", Email: "till@example.com" });
  const till = world().members.find(({ Name }) => Name === "till")!;
  expect([accountWords(world(), till.Id), accountWords(world(), A)]).toEqual([`${till.Id} (till)`, A]);
});

const whole = (part: Partial<PolicyDraft>): PolicyDraft => ({ ...emptyDraft, ...withType(part.type ?? "WAFV2"), name: "p", ...part });

const drafts: [PolicyType, (group: string, arn: string) => Partial<PolicyDraft>][] = [
  ["WAFV2", (_, arn) => ({ first: [managedEntry("AWSManagedRulesCommonRuleSet"), ownEntry(arn)], last: [withCount(managedEntry("AWSManagedRulesSQLiRuleSet"), true)], defaultAction: "BLOCK", existing: "retrofit", optimise: false, types: ["AWS::ElasticLoadBalancingV2::LoadBalancer", "AWS::ApiGateway::Stage"] })],
  ["WAFV2", () => ({ existing: "replace", cleanUp: true, remediation: true, description: "of all" })],
  ["SHIELD_ADVANCED", () => ({ automatic: "COUNT", types: ["AWS::EC2::EIP"] })],
  ["SHIELD_ADVANCED", () => ({ automatic: "DISABLED" })],
  ["SECURITY_GROUPS_COMMON", (group) => ({ groups: [group], exclusive: true, revert: false })],
  ["SECURITY_GROUPS_CONTENT_AUDIT", (group) => ({ groups: [group], audit: "ALLOW", tagsMode: "exclude", tags: [{ key: "a", value: "1" }, { key: "b", value: "" }], operator: "OR" })],
  ["SECURITY_GROUPS_USAGE_AUDIT", () => ({ redundant: true, delay: 30, accountsMode: "exclude", accounts: [B] })],
];

describe("the wizard", () => {
  test.each(drafts)("%s is made as it was described, and read back the same", async (type, partOf) => {
    await prepare();
    const { Resource } = await ask("estate", "AddResource", { ResourceType: "SECURITY_GROUP", Name: "g", Rules: [] });
    const { Summary } = await ask("wafv2", "CreateRuleGroup", { Name: "own", Scope: "REGIONAL", Capacity: 5, Rules: [], VisibilityConfig: { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: "own" } });
    const draft = whole({ type, ...partOf(Resource.Id, Summary.ARN) });
    expect([rulesProblem(draft), scopeProblem(draft)]).toEqual([undefined, undefined]);
    const made = await putPolicy(ask, region, policyOf(draft), [{ Key: "team", Value: "x" }]);
    const read = draftOf(await loadPolicy(ask, region, made.PolicyId))!;
    expect(policyOf({ ...read, base: {} })).toEqual(policyOf(draft));
    // Saved once more without a change it is the same policy.
    const again = await putPolicy(ask, region, policyOf(read, made));
    expect({ ...again, PolicyUpdateToken: "" }).toEqual({ ...made, PolicyUpdateToken: "" });
    for (const { label, value } of [...rulesItems(read), ...scopeItems(read, world())]) expect([label, value].every(Boolean)).toBe(true);
    expect((await loadPolicies(ask, region)).map(({ PolicyName }) => PolicyName)).toEqual(["p"]);
  });

  test("what the form does not show stays in the policy", async () => {
    await prepare();
    const policy = policyOf(whole({ first: [managedEntry("AWSManagedRulesCommonRuleSet")] }));
    const data = JSON.parse(policy.SecurityServicePolicyData.ManagedServiceData!);
    data.preProcessRuleGroups[0].excludeRules = [{ name: "NoUserAgent_HEADER" }];
    data.sampledRequestsEnabledForDefaultActions = false;
    const made = await putPolicy(ask, region, { ...policy, SecurityServicePolicyData: { Type: "WAFV2", ManagedServiceData: JSON.stringify(data) } });
    const kept = JSON.parse(policyOf({ ...draftOf(made)!, name: "renamed" }, made).SecurityServicePolicyData.ManagedServiceData!);
    expect([kept.preProcessRuleGroups[0].excludeRules, kept.sampledRequestsEnabledForDefaultActions]).toEqual([[{ name: "NoUserAgent_HEADER" }], false]);
  });

  test.each<[string, Partial<PolicyDraft>]>([
    ["no name", { name: " " }],
    ["a name that AWS does not take", { name: "what?" }],
    ["no security group", { type: "SECURITY_GROUPS_COMMON" }],
    ["nothing to look for", { type: "SECURITY_GROUPS_USAGE_AUDIT", unused: false }],
    ["no accounts", { accountsMode: "include" }],
    ["no resource type", { types: [] }],
    ["no tag", { tagsMode: "include" }],
    ["a tag without a key", { tagsMode: "exclude", tags: [{ key: "a", value: "" }, { key: " ", value: "b" }] }],
  ])("%s is said before AWS says it", (_, part) => expect(rulesProblem(whole(part)) ?? scopeProblem(whole(part))).toMatch(/\.$/));

  test("a policy that nobody here can read has no form", () => {
    const of = (Type: string, ManagedServiceData: string): Policy => ({ PolicyName: "p", SecurityServicePolicyData: { Type, ManagedServiceData }, ResourceType: "x", ExcludeResourceTags: false, RemediationEnabled: false });
    expect([draftOf(of("DNS_FIREWALL", "{}")), draftOf(of("WAFV2", "{"))]).toEqual([undefined, undefined]);
  });
});

test("compliance, reasons and remedies follow from what the engine found", async () => {
  await prepare();
  await askB("traffic", "AddResource", { ResourceType: "APPLICATION_LOAD_BALANCER", Name: "front" });
  const made = await putPolicy(ask, region, policyOf(whole({})));
  const states = async (): Promise<Record<string, string>> => Object.fromEntries((await loadStatus(ask, region, made.PolicyId)).map((one) => [one.MemberAccount, stateOf(one)]));
  expect(await states()).toEqual({ [A]: "waiting", [B]: "waiting" });
  await lab.advance(120_000);
  expect(await states()).toEqual({ [A]: "compliant", [B]: "noncompliant" });
  expect(sumOf(await loadStatus(ask, region, made.PolicyId))).toEqual({ compliant: 1, noncompliant: 1, unknown: 0, resources: 1 });
  const { violators } = await loadFindings(ask, region, made.PolicyId, B);
  expect(violators).toMatchObject([{ ViolationReason: "RESOURCE_MISSING_WEB_ACL", description: "The resource has no web ACL." }]);
  expect([remedyOf(violators[0], false, "WAFV2"), remedyOf(violators[0], true, "WAFV2")]).toEqual([expect.stringContaining("Turn on"), expect.stringContaining("next evaluation")]);
  const resources = () => readResources(lab.read({ account: A, region, service: "kms" }), B, region).map(({ Name, WebACLArn }) => [Name, WebACLArn?.split("/")[2]]);
  expect(resources()).toEqual([["front", undefined]]);
  await putPolicy(ask, region, { ...(await loadPolicy(ask, region, made.PolicyId)), RemediationEnabled: true });
  await lab.advance(120_000);
  expect(resources()).toEqual([["front", expect.stringMatching(/^FMManagedWebACLV2-p-\d+$/)]]);
  await askB("estate", "SetConfigRecorder", { Recording: false });
  await lab.advance(700_000);
  expect(await states()).toEqual({ [A]: "compliant", [B]: "problem" });
});

test.each<[AccountStatus["EvaluationResults"], number | undefined, Record<string, string>, string]>([
  [[], undefined, {}, "waiting"],
  [[{ ComplianceStatus: "COMPLIANT", ViolatorCount: 0 }], 1, {}, "compliant"],
  [[{ ComplianceStatus: "COMPLIANT", ViolatorCount: 0 }], 1, { AWSSHIELD_ADVANCED: "x" }, "problem"],
  [[{ ComplianceStatus: "NON_COMPLIANT", ViolatorCount: 2 }], 1, { AWSWAF: "x" }, "noncompliant"],
  [[], 1, { AWSCONFIG: "x" }, "problem"],
])("%j, evaluated %s, issues %j: %s", (EvaluationResults, LastUpdated, IssueInfoMap, expected) => expect(stateOf({ MemberAccount: A, EvaluationResults, LastUpdated, IssueInfoMap })).toBe(expected));

test.each([
  ["22", { FromPort: 22, ToPort: 22 }],
  [" 80 - 90 ", { FromPort: 80, ToPort: 90 }],
  ["90-80", undefined],
  ["65536", undefined],
  ["", undefined],
  ["ssh", undefined],
])("ports %j", (text, expected) => expect(readPorts(text)).toEqual(expected));

test("a security group's rules in words, and what keeps them from being made", () => {
  expect(ruleText({ Direction: "EGRESS", Protocol: "-1", Cidr: "10.0.0.0/8" })).toBe("out all traffic to 10.0.0.0/8");
  expect(portsProblem([{ Direction: "INGRESS", Protocol: "tcp", Cidr: "10.0.0.0/8" }])).toBe("A rule has no ports.");
  expect(portsProblem([{ Direction: "INGRESS", Protocol: "-1", Cidr: "10.0.0.0" }])).toBe("An address is no CIDR block.");
  expect(portsProblem([{ Direction: "INGRESS", Protocol: "udp", FromPort: 53, ToPort: 53, Cidr: "::/0" }])).toBeUndefined();
});

test("an administrator's scope is made as it was chosen, read back and put in words", async () => {
  await prepare();
  const draft = { account: B, accounts: [B], regions: [region], types: ["WAFV2" as const] };
  await ask("fms", "PutAdminAccount", { AdminAccount: B, AdminScope: scopeOf(draft) as JsonObject }, "us-east-1");
  const row = world().admins.find(({ AdminAccount }) => AdminAccount === B)!;
  expect([draftOfScope(B, row.AdminScope), scopeText(row.AdminScope, world())]).toEqual([draft, `accounts ${B}; Regions ${region}; policies AWS WAF`]);
  expect(scopeText(world().admins.find(({ DefaultAdmin }) => DefaultAdmin)!.AdminScope, world())).toBe("Everything");
});

test("lists are read by the line", async () => {
  await prepare();
  const apps = readEntries("apps", ["SSH, TCP, 22", "DNS,UDP,53"]);
  expect(apps).toEqual({ entries: [{ AppName: "SSH", Protocol: "TCP", Port: 22 }, { AppName: "DNS", Protocol: "UDP", Port: 53 }] });
  await ask("fms", "PutAppsList", { AppsList: { ListName: "l", AppsList: (apps as { entries: JsonObject[] }).entries } });
  for (const lines of [[], ["SSH"], ["SSH,TCP,70000"], ["a,TCP,1,2"], Array.from({ length: 51 }, () => "a,TCP,1")]) expect(readEntries("apps", lines)).toHaveProperty("problem");
  expect(readEntries("protocols", ["TCP", "17"])).toEqual({ entries: ["TCP", "17"] });
  expect(readEntries("protocols", ["1", "2", "3", "4", "5", "6"])).toHaveProperty("problem");
});
