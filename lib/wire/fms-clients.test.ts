import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  AssociateAdminAccountCommand, DeleteAppsListCommand, DeleteNotificationChannelCommand, DeletePolicyCommand, DeleteProtocolsListCommand, DisassociateAdminAccountCommand, FMSClient, GetAdminAccountCommand,
  GetAdminScopeCommand, GetAppsListCommand, GetComplianceDetailCommand, GetNotificationChannelCommand, GetPolicyCommand, GetProtocolsListCommand, GetViolationDetailsCommand, ListAdminAccountsForOrganizationCommand,
  ListAdminsManagingAccountCommand, ListAppsListsCommand, ListMemberAccountsCommand, ListProtocolsListsCommand, ListTagsForResourceCommand, PutAdminAccountCommand, PutAppsListCommand, PutNotificationChannelCommand,
  PutPolicyCommand, PutProtocolsListCommand, PutResourceSetCommand, TagResourceCommand, UntagResourceCommand, paginateListComplianceStatus, paginateListPolicies,
} from "@aws-sdk/client-fms";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { JsonObject } from "../engine/types";
import { startEndpoint } from "./endpoint";

/** Unmodified clients and the whole life of Firewall Manager's policies in an organization of two accounts. */
let endpoint: Awaited<ReturnType<typeof startEndpoint>>;
beforeAll(async () => void (endpoint = await startEndpoint({ port: 0 })));
afterAll(() => endpoint.close());
beforeEach(async () => void (await fetch(`${endpoint.url}/_keyhole/reset`, { method: "POST" })));

const [A, B] = ["111122223333", "444455556666"];
const options = () => ({ endpoint: endpoint.url, region: "us-east-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } });
const advance = (seconds: number): Promise<Response> => fetch(`${endpoint.url}/_keyhole/advance`, { method: "POST", body: JSON.stringify({ seconds }) });

/** A call past the clients: facts that no API of AWS makes here, and what the member account does. */
async function fact(service: string, operation: string, input: JsonObject, account = B): Promise<any> {
  const reply = await endpoint.lab().call({ service, operation, input, region: "us-east-1", caller: { account, user: "admin" }, door: "test" });
  if (!reply.ok) throw new Error(reply.error.message);
  return reply.output;
}
const balancer = async (Name: string): Promise<string> => (await fact("traffic", "AddResource", { ResourceType: "APPLICATION_LOAD_BALANCER", Name })).Resource.Arn;

/** A manages B; AWS Config is on. */
async function organization(): Promise<void> {
  await fact("organizations", "CreateOrganization", {}, A);
  const { Handshake } = await fact("organizations", "InviteAccountToOrganization", { Target: { Type: "ACCOUNT", Id: B } }, A);
  await fact("organizations", "AcceptHandshake", { HandshakeId: Handshake.Id });
  for (const account of [A, B]) await fact("estate", "SetConfigRecorder", { Recording: true }, account);
}

const ManagedServiceData = JSON.stringify({
  type: "WAFV2", defaultAction: { type: "ALLOW" }, overrideCustomerWebACLAssociation: false, postProcessRuleGroups: [],
  preProcessRuleGroups: [{ ruleGroupArn: null, ruleGroupType: "ManagedRuleGroup", managedRuleGroupIdentifier: { vendorName: "AWS", managedRuleGroupName: "AWSManagedRulesCommonRuleSet", version: null }, overrideAction: { type: "NONE" }, excludeRules: [] }],
});
const waf = { PolicyName: "web", SecurityServicePolicyData: { Type: "WAFV2" as const, ManagedServiceData }, ResourceType: "AWS::ElasticLoadBalancingV2::LoadBalancer", ExcludeResourceTags: false, RemediationEnabled: false };

describe("AWS SDK for JavaScript v3", () => {
  test("an administrator, a policy, its violations and their remedy", async () => {
    const fms = new FMSClient(options());
    await expect(fms.send(new AssociateAdminAccountCommand({ AdminAccount: A }))).rejects.toMatchObject({ name: "InvalidOperationException", $metadata: { httpStatusCode: 400 } });
    await organization();
    await fms.send(new AssociateAdminAccountCommand({ AdminAccount: A }));
    expect(await fms.send(new GetAdminAccountCommand({}))).toMatchObject({ AdminAccount: A, RoleStatus: "READY" });
    await fms.send(new PutAdminAccountCommand({ AdminAccount: B, AdminScope: { RegionScope: { Regions: ["eu-west-1"], AllRegionsEnabled: false } } }));
    expect((await fms.send(new ListAdminAccountsForOrganizationCommand({}))).AdminAccounts).toHaveLength(2);
    expect((await fms.send(new GetAdminScopeCommand({ AdminAccount: B }))).AdminScope?.RegionScope?.Regions).toEqual(["eu-west-1"]);
    expect((await fms.send(new ListAdminsManagingAccountCommand({}))).AdminAccounts).toEqual([A, B]);
    expect((await fms.send(new ListMemberAccountsCommand({}))).MemberAccounts).toEqual([A, B]);

    const arn = await balancer("shop");
    const { Policy, PolicyArn } = await fms.send(new PutPolicyCommand({ Policy: waf, TagList: [{ Key: "team", Value: "a" }] }));
    await advance(660);
    const of = { PolicyId: Policy!.PolicyId!, MemberAccount: B };
    expect((await fms.send(new GetComplianceDetailCommand(of))).PolicyComplianceDetail!.Violators).toEqual([{ ResourceId: arn, ResourceType: waf.ResourceType, ViolationReason: "RESOURCE_MISSING_WEB_ACL", Metadata: {} }]);
    expect((await fms.send(new GetViolationDetailsCommand({ ...of, ResourceId: arn, ResourceType: waf.ResourceType }))).ViolationDetail!.ResourceViolations).toHaveLength(1);
    await expect(fms.send(new PutPolicyCommand({ Policy: { ...Policy!, PolicyUpdateToken: "1:x" } }))).rejects.toMatchObject({ name: "InvalidOperationException" });
    await fms.send(new PutPolicyCommand({ Policy: { ...Policy!, RemediationEnabled: true } }));
    await advance(660);
    const states: unknown[] = [];
    for await (const page of paginateListComplianceStatus({ client: fms, pageSize: 1 }, { PolicyId: of.PolicyId })) states.push(...page.PolicyComplianceStatusList!.map(({ MemberAccount, EvaluationResults }) => `${MemberAccount} ${EvaluationResults![0].ComplianceStatus}`));
    expect(states).toEqual([`${A} COMPLIANT`, `${B} COMPLIANT`]);
    expect((await fact("wafv2", "GetWebACLForResource", { ResourceArn: arn })).WebACL.Name).toMatch(/^FMManagedWebACLV2-web-/);

    expect((await fms.send(new GetPolicyCommand({ PolicyId: of.PolicyId }))).Policy!.SecurityServicePolicyData!.ManagedServiceData).toBe(ManagedServiceData);
    const names: unknown[] = [];
    for await (const page of paginateListPolicies({ client: fms }, {})) names.push(...page.PolicyList!.map(({ PolicyName }) => PolicyName));
    expect(names).toEqual(["web"]);
    await fms.send(new TagResourceCommand({ ResourceArn: PolicyArn, TagList: [{ Key: "cost", Value: "1" }] }));
    await fms.send(new UntagResourceCommand({ ResourceArn: PolicyArn, TagKeys: ["team"] }));
    expect((await fms.send(new ListTagsForResourceCommand({ ResourceArn: PolicyArn }))).TagList).toEqual([{ Key: "cost", Value: "1" }]);
    await fms.send(new DeletePolicyCommand({ PolicyId: of.PolicyId, DeleteAllPolicyResources: true }));
    expect((await fact("wafv2", "GetWebACLForResource", { ResourceArn: arn })).WebACL).toBeUndefined();
    await expect(fms.send(new GetPolicyCommand({ PolicyId: of.PolicyId }))).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    await expect(fms.send(new DisassociateAdminAccountCommand({}))).rejects.toMatchObject({ name: "InvalidOperationException" });
  }, 60_000);

  test("lists, the channel, and what is refused by name", async () => {
    const fms = new FMSClient(options());
    await organization();
    await fms.send(new AssociateAdminAccountCommand({ AdminAccount: A }));
    const { AppsList } = await fms.send(new PutAppsListCommand({ AppsList: { ListName: "l", AppsList: [{ AppName: "web", Protocol: "TCP", Port: 443 }] } }));
    const shown = (await fms.send(new GetAppsListCommand({ ListId: AppsList!.ListId }))).AppsList!;
    expect(shown.CreateTime).toBeInstanceOf(Date);
    await fms.send(new PutAppsListCommand({ AppsList: { ...shown, AppsList: [] } }));
    expect((await fms.send(new ListAppsListsCommand({ MaxResults: 5 }))).AppsLists).toMatchObject([{ ListName: "l", AppsList: [] }]);
    await fms.send(new DeleteAppsListCommand({ ListId: AppsList!.ListId }));
    const { ProtocolsList } = await fms.send(new PutProtocolsListCommand({ ProtocolsList: { ListName: "p", ProtocolsList: ["TCP"] } }));
    expect((await fms.send(new GetProtocolsListCommand({ ListId: ProtocolsList!.ListId }))).ProtocolsList!.ProtocolsList).toEqual(["TCP"]);
    expect((await fms.send(new ListProtocolsListsCommand({ MaxResults: 5 }))).ProtocolsLists).toHaveLength(1);
    await fms.send(new DeleteProtocolsListCommand({ ListId: ProtocolsList!.ListId }));
    const channel = { SnsTopicArn: `arn:aws:sns:us-east-1:${A}:t`, SnsRoleName: `arn:aws:iam::${A}:role/r` };
    await fms.send(new PutNotificationChannelCommand(channel));
    expect(await fms.send(new GetNotificationChannelCommand({}))).toMatchObject(channel);
    await fms.send(new DeleteNotificationChannelCommand({}));
    await expect(fms.send(new PutResourceSetCommand({ ResourceSet: { Name: "s", ResourceTypeList: [] } }))).rejects.toMatchObject({ name: "NotSimulated", message: expect.stringContaining("PutResourceSet") });
    await expect(fms.send(new PutPolicyCommand({ Policy: { ...waf, SecurityServicePolicyData: { Type: "DNS_FIREWALL", ManagedServiceData: "{}" } } }))).rejects.toMatchObject({ name: "NotSimulated", message: expect.stringContaining("DNS_FIREWALL") });
    await fms.send(new DisassociateAdminAccountCommand({}));
  }, 60_000);
});

const version = (() => {
  try {
    return execFileSync("aws", ["--version"], { encoding: "utf8" }).trim();
  } catch {
    return undefined;
  }
})();
if (!version) console.log("AWS CLI: not installed, so its checks are skipped (apt-get install awscli gives one).");

describe.skipIf(!version)(`AWS CLI (${version ?? "not installed"})`, () => {
  const folder = mkdtempSync(join(tmpdir(), "keyhole-fms-"));
  const aws = (line: string): Promise<{ stdout: string; stderr: string; code: number }> =>
    new Promise((resolve) =>
      execFile("bash", ["-c", line.replaceAll("aws ", `aws --endpoint-url ${endpoint.url} `)], { cwd: folder, env: { ...process.env, AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_DEFAULT_REGION: "us-east-1", AWS_PAGER: "" } }, (error, stdout, stderr) =>
        resolve({ stdout, stderr, code: error ? Number(error.code ?? 1) : 0 }),
      ),
    );
  const json = async (line: string): Promise<any> => {
    const { stdout, stderr, code } = await aws(`aws fms ${line}`);
    expect({ code, stderr }, line).toEqual({ code: 0, stderr: "" });
    return stdout ? JSON.parse(stdout) : undefined;
  };
  const put = async (policy: object): Promise<any> => {
    writeFileSync(join(folder, "policy.json"), JSON.stringify(policy));
    return json("put-policy --policy file://policy.json");
  };

  test("policies of three kinds over two accounts", async () => {
    await organization();
    expect(await aws("aws fms list-policies")).toMatchObject({ stderr: expect.stringContaining(`An error occurred (AccessDeniedException) when calling the ListPolicies operation: Account: ${A} is not currently delegated by AWS FM.`) });
    await json(`associate-admin-account --admin-account ${A}`);
    const arn = await balancer("shop");
    const eip = (await fact("estate", "AddResource", { ResourceType: "ELASTIC_IP", Name: "a" })).Resource.Arn;
    const group = (await fact("estate", "AddResource", { ResourceType: "SECURITY_GROUP", Name: "idle", VpcId: "vpc-1" })).Resource.Id;
    await fact("shield", "CreateSubscription", {});
    const web = await put({ ...waf, RemediationEnabled: true });
    const ddos = await put({ ...waf, PolicyName: "ddos", ResourceType: "AWS::EC2::EIP", RemediationEnabled: true, SecurityServicePolicyData: { Type: "SHIELD_ADVANCED" } });
    const usage = await put({ ...waf, PolicyName: "usage", ResourceType: "AWS::EC2::SecurityGroup", SecurityServicePolicyData: { Type: "SECURITY_GROUPS_USAGE_AUDIT", ManagedServiceData: '{"type":"SECURITY_GROUPS_USAGE_AUDIT","deleteUnusedSecurityGroups":true}' } });
    await advance(660);
    const violators = async ({ Policy }: any) => (await json(`get-compliance-detail --policy-id ${Policy.PolicyId} --member-account ${B}`)).PolicyComplianceDetail.Violators;
    expect([await violators(web), await violators(ddos)]).toEqual([[], []]);
    expect(await violators(usage)).toEqual([{ ResourceId: group, ResourceType: "AWS::EC2::SecurityGroup", ViolationReason: "SECURITY_GROUP_UNUSED", Metadata: {} }]);
    expect((await fact("wafv2", "GetWebACLForResource", { ResourceArn: arn })).WebACL.PreProcessFirewallManagerRuleGroups).toHaveLength(1);
    expect((await fact("shield", "DescribeProtection", { ResourceArn: eip })).Protection.Name).toMatch(/^FMManaged/);
    expect((await json("list-policies --max-items 2")).PolicyList).toHaveLength(2);
    expect((await json(`list-compliance-status --policy-id ${usage.Policy.PolicyId}`)).PolicyComplianceStatusList.map(({ EvaluationResults }: any) => EvaluationResults[0].ComplianceStatus)).toEqual(["COMPLIANT", "NON_COMPLIANT"]);
    expect((await json(`get-violation-details --policy-id ${usage.Policy.PolicyId} --member-account ${B} --resource-id ${group} --resource-type AWS::EC2::SecurityGroup`)).ViolationDetail.ResourceId).toBe(group);
    expect(await aws("aws fms list-resource-sets")).toMatchObject({ stderr: expect.stringContaining("An error occurred (NotSimulated) when calling the ListResourceSets operation") });
    for (const { Policy } of [web, ddos, usage]) await json(`delete-policy --policy-id ${Policy.PolicyId} --delete-all-policy-resources`);
    await json("disassociate-admin-account");
    expect((await aws("aws fms get-admin-account")).stderr).toContain("ResourceNotFoundException");
  }, 300_000);
});
