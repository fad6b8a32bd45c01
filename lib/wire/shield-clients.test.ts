import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import {
  AssociateDRTLogBucketCommand, AssociateDRTRoleCommand, AssociateHealthCheckCommand, AssociateProactiveEngagementDetailsCommand, CreateProtectionCommand, CreateProtectionGroupCommand, CreateSubscriptionCommand,
  DeleteProtectionCommand, DeleteProtectionGroupCommand, DeleteSubscriptionCommand, DescribeAttackCommand, DescribeAttackStatisticsCommand, DescribeDRTAccessCommand, DescribeEmergencyContactSettingsCommand,
  DescribeProtectionCommand, DescribeProtectionGroupCommand, DescribeSubscriptionCommand, DisableApplicationLayerAutomaticResponseCommand, DisableProactiveEngagementCommand, DisassociateDRTLogBucketCommand,
  DisassociateDRTRoleCommand, DisassociateHealthCheckCommand, EnableApplicationLayerAutomaticResponseCommand, EnableProactiveEngagementCommand, GetSubscriptionStateCommand, ListProtectionGroupsCommand,
  ListResourcesInProtectionGroupCommand, ListTagsForResourceCommand, ShieldClient, TagResourceCommand, UntagResourceCommand, UpdateApplicationLayerAutomaticResponseCommand, UpdateEmergencyContactSettingsCommand,
  UpdateProtectionGroupCommand, UpdateSubscriptionCommand, paginateListAttacks, paginateListProtections,
} from "@aws-sdk/client-shield";
import { AssociateWebACLCommand, CreateWebACLCommand, GetWebACLForResourceCommand, WAFV2Client } from "@aws-sdk/client-wafv2";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { JsonObject } from "../engine/types";
import { startEndpoint } from "./endpoint";

/** Unmodified clients and the whole life of a subscription to Shield Advanced. */
let endpoint: Awaited<ReturnType<typeof startEndpoint>>;
beforeAll(async () => void (endpoint = await startEndpoint({ port: 0 })));
afterAll(() => endpoint.close());
beforeEach(async () => void (await fetch(`${endpoint.url}/_keyhole/reset`, { method: "POST" })));

const A = "111122223333";
const options = (region = "us-east-1") => ({ endpoint: endpoint.url, region, credentials: { accessKeyId: "test", secretAccessKey: "test" } });
const advance = (seconds: number): Promise<Response> => fetch(`${endpoint.url}/_keyhole/advance`, { method: "POST", body: JSON.stringify({ seconds }) });

/** Facts that no API of AWS makes here: addresses, load balancers, attacks. */
async function fact(service: string, operation: string, input: JsonObject): Promise<any> {
  const reply = await endpoint.lab().call({ service, operation, input, region: "us-east-1", caller: { account: A, user: "admin" }, door: "test" });
  if (!reply.ok) throw new Error(reply.error.message);
  return reply.output;
}
const address = async (): Promise<string> => (await fact("estate", "AddResource", { ResourceType: "ELASTIC_IP", Name: "a" })).Resource.Arn;
const balancer = async (): Promise<string> => (await fact("traffic", "AddResource", { ResourceType: "APPLICATION_LOAD_BALANCER", Name: "shop" })).Resource.Arn;
const attackOn = async (ResourceArn: string, from: number): Promise<string> =>
  (await fact("estate", "RecordAttack", { ResourceArn, StartTime: from, EndTime: from + 600, SubResources: [{ Type: "IP", Id: "192.0.2.2", AttackVectors: [{ VectorType: "SYN_FLOOD", VectorCounters: [{ Name: "SYN_FLOOD_BPS", Max: 982184, Average: 982184, Sum: 11786208, N: 12, Unit: "BPS" }] }] }] })).AttackId;
const trust = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "drt.shield.amazonaws.com" }, Action: "sts:AssumeRole" }] });
const teamPolicy = "arn:aws:iam::aws:policy/service-role/AWSShieldDRTAccessPolicy";
const check = "arn:aws:route53:::healthcheck/00000000-0000-4000-8000-000000000001";

describe("AWS SDK for JavaScript v3", () => {
  test("from Standard to Advanced and everything in it", async () => {
    const shield = new ShieldClient(options());
    expect((await shield.send(new GetSubscriptionStateCommand({}))).SubscriptionState).toBe("INACTIVE");
    await expect(shield.send(new DescribeSubscriptionCommand({}))).rejects.toMatchObject({ name: "ResourceNotFoundException", message: "The subscription does not exist.", $metadata: { httpStatusCode: 400 } });
    await shield.send(new CreateSubscriptionCommand({}));
    const { Subscription } = await shield.send(new DescribeSubscriptionCommand({}));
    expect(Subscription).toMatchObject({ AutoRenew: "ENABLED", TimeCommitmentInSeconds: 31_536_000, SubscriptionLimits: { ProtectionGroupLimits: { MaxProtectionGroups: 100 } } });
    expect(Subscription!.EndTime!.getTime() - Subscription!.StartTime!.getTime()).toBe(31_536_000_000);
    await expect(shield.send(new UpdateSubscriptionCommand({ AutoRenew: "DISABLED" }))).rejects.toMatchObject({ name: "LockedSubscriptionException" });
    await expect(shield.send(new DeleteSubscriptionCommand({}))).rejects.toMatchObject({ name: "LockedSubscriptionException" });

    const [eip, alb] = [await address(), await balancer()];
    const { ProtectionId } = await shield.send(new CreateProtectionCommand({ Name: "a", ResourceArn: eip, Tags: [{ Key: "team", Value: "a" }] }));
    const web = await shield.send(new CreateProtectionCommand({ Name: "b", ResourceArn: alb }));
    await expect(shield.send(new CreateProtectionCommand({ Name: "c", ResourceArn: alb }))).rejects.toMatchObject({ name: "ResourceAlreadyExistsException" });
    const names: unknown[] = [];
    for await (const page of paginateListProtections({ client: shield, pageSize: 1 }, {})) names.push(...page.Protections!.map(({ Name }) => Name));
    expect(names.sort()).toEqual(["a", "b"]);
    const { Protection } = await shield.send(new DescribeProtectionCommand({ ResourceArn: eip }));
    await shield.send(new TagResourceCommand({ ResourceARN: Protection!.ProtectionArn, Tags: [{ Key: "cost", Value: "1" }] }));
    await shield.send(new UntagResourceCommand({ ResourceARN: Protection!.ProtectionArn, TagKeys: ["team"] }));
    expect((await shield.send(new ListTagsForResourceCommand({ ResourceARN: Protection!.ProtectionArn }))).Tags).toEqual([{ Key: "cost", Value: "1" }]);

    await shield.send(new CreateProtectionGroupCommand({ ProtectionGroupId: "g", Aggregation: "SUM", Pattern: "ARBITRARY", Members: [eip] }));
    await shield.send(new UpdateProtectionGroupCommand({ ProtectionGroupId: "g", Aggregation: "MAX", Pattern: "BY_RESOURCE_TYPE", ResourceType: "ELASTIC_IP_ALLOCATION" }));
    expect((await shield.send(new DescribeProtectionGroupCommand({ ProtectionGroupId: "g" }))).ProtectionGroup).toMatchObject({ Aggregation: "MAX", Members: [] });
    expect((await shield.send(new ListResourcesInProtectionGroupCommand({ ProtectionGroupId: "g" }))).ResourceArns).toEqual([eip]);
    await shield.send(new DeleteProtectionGroupCommand({ ProtectionGroupId: "g" }));
    expect((await shield.send(new ListProtectionGroupsCommand({}))).ProtectionGroups).toEqual([]);

    await shield.send(new AssociateHealthCheckCommand({ ProtectionId, HealthCheckArn: check }));
    await shield.send(new AssociateProactiveEngagementDetailsCommand({ EmergencyContactList: [{ EmailAddress: "a@example.com", PhoneNumber: "+15550100", ContactNotes: "day and night" }] }));
    await advance(86_400);
    expect((await shield.send(new DescribeSubscriptionCommand({}))).Subscription!.ProactiveEngagementStatus).toBe("ENABLED");
    await shield.send(new DisableProactiveEngagementCommand({}));
    await shield.send(new EnableProactiveEngagementCommand({}));
    await shield.send(new DisableProactiveEngagementCommand({}));
    await shield.send(new UpdateEmergencyContactSettingsCommand({ EmergencyContactList: [{ EmailAddress: "b@example.com" }] }));
    expect((await shield.send(new DescribeEmergencyContactSettingsCommand({}))).EmergencyContactList).toEqual([{ EmailAddress: "b@example.com" }]);
    await shield.send(new DisassociateHealthCheckCommand({ ProtectionId, HealthCheckArn: check }));

    const iam = new IAMClient(options());
    const { Role } = await iam.send(new CreateRoleCommand({ RoleName: "srt", AssumeRolePolicyDocument: trust }));
    await iam.send(new AttachRolePolicyCommand({ RoleName: "srt", PolicyArn: teamPolicy }));
    await shield.send(new AssociateDRTRoleCommand({ RoleArn: Role!.Arn }));
    await shield.send(new AssociateDRTLogBucketCommand({ LogBucket: "my-logs" }));
    expect(await shield.send(new DescribeDRTAccessCommand({}))).toMatchObject({ RoleArn: Role!.Arn, LogBucketList: ["my-logs"] });
    await shield.send(new DisassociateDRTLogBucketCommand({ LogBucket: "my-logs" }));
    await shield.send(new DisassociateDRTRoleCommand({}));

    const waf = new WAFV2Client(options());
    const VisibilityConfig = { SampledRequestsEnabled: false, CloudWatchMetricsEnabled: false, MetricName: "w" };
    await expect(shield.send(new EnableApplicationLayerAutomaticResponseCommand({ ResourceArn: alb, Action: { Count: {} } }))).rejects.toMatchObject({ name: "InvalidOperationException" });
    const { Summary } = await waf.send(new CreateWebACLCommand({ Name: "w", Scope: "REGIONAL", DefaultAction: { Allow: {} }, VisibilityConfig }));
    await waf.send(new AssociateWebACLCommand({ WebACLArn: Summary!.ARN, ResourceArn: alb }));
    await shield.send(new EnableApplicationLayerAutomaticResponseCommand({ ResourceArn: alb, Action: { Count: {} } }));
    await shield.send(new UpdateApplicationLayerAutomaticResponseCommand({ ResourceArn: alb, Action: { Block: {} } }));
    expect((await waf.send(new GetWebACLForResourceCommand({ ResourceArn: alb }))).WebACL).toMatchObject({ Capacity: 150, Rules: [{ Name: expect.stringMatching(/^ShieldMitigationRuleGroup_111122223333_/) }] });
    await shield.send(new DisableApplicationLayerAutomaticResponseCommand({ ResourceArn: alb }));
    await shield.send(new DeleteProtectionCommand({ ProtectionId: web.ProtectionId }));
  }, 60_000);

  test("attacks, by pages, one by one and in a year's statistics", async () => {
    const shield = new ShieldClient(options("eu-west-1"));
    const eip = await address();
    await shield.send(new CreateSubscriptionCommand({}));
    await shield.send(new CreateProtectionCommand({ Name: "a", ResourceArn: eip }));
    const from = (await shield.send(new DescribeSubscriptionCommand({}))).Subscription!.StartTime!.getTime() / 1000;
    const ids = [await attackOn(eip, from), await attackOn(eip, from + 60)];
    const found: unknown[] = [];
    for await (const page of paginateListAttacks({ client: shield, pageSize: 1 }, { StartTime: { FromInclusive: new Date(from * 1000), ToExclusive: new Date((from + 3600) * 1000) } })) found.push(...page.AttackSummaries!.map(({ AttackId }) => AttackId));
    expect(found).toEqual(ids);
    const { Attack } = await shield.send(new DescribeAttackCommand({ AttackId: ids[0] }));
    expect(Attack).toMatchObject({ ResourceArn: eip, StartTime: new Date(from * 1000), EndTime: new Date((from + 600) * 1000), SubResources: [{ AttackVectors: [{ VectorType: "SYN_FLOOD", VectorCounters: [{ Max: 982_184, N: 12 }] }] }] });
    await expect(shield.send(new DescribeAttackCommand({ AttackId: "none" }))).rejects.toMatchObject({ name: "AccessDeniedException" });
    await advance(86_400);
    const { TimeRange, DataItems } = await shield.send(new DescribeAttackStatisticsCommand({}));
    expect(DataItems).toEqual([{ AttackCount: 2, AttackVolume: { BitsPerSecond: { Max: 982_184 } } }]);
    expect(TimeRange!.FromInclusive).toBeInstanceOf(Date);
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
  const folder = mkdtempSync(join(tmpdir(), "keyhole-shield-"));
  const aws = (line: string): Promise<{ stdout: string; stderr: string; code: number }> =>
    new Promise((resolve) =>
      execFile("bash", ["-c", line.replaceAll("aws ", `aws --endpoint-url ${endpoint.url} `)], { cwd: folder, env: { ...process.env, AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_DEFAULT_REGION: "us-east-1", AWS_PAGER: "" } }, (error, stdout, stderr) =>
        resolve({ stdout, stderr, code: error ? Number(error.code ?? 1) : 0 }),
      ),
    );
  const json = async (line: string): Promise<any> => {
    const { stdout, stderr, code } = await aws(`aws ${line}`);
    expect({ code, stderr }, line).toEqual({ code: 0, stderr: "" });
    return stdout ? JSON.parse(stdout) : undefined;
  };

  test("the life of a subscription, and what is protected", async () => {
    const [eip, alb] = [await address(), await balancer()];
    expect(await aws("aws shield list-protections")).toMatchObject({ stderr: expect.stringContaining("An error occurred (ResourceNotFoundException) when calling the ListProtections operation: The subscription does not exist.") });
    await json("shield create-subscription");
    expect(await json("shield get-subscription-state")).toEqual({ SubscriptionState: "ACTIVE" });
    expect((await json("shield describe-subscription")).Subscription.Limits).toContainEqual({ Type: "ELB_LOAD_BALANCER", Max: 1000 });
    expect(await aws("aws shield update-subscription --auto-renew DISABLED")).toMatchObject({ stderr: expect.stringContaining("LockedSubscriptionException") });
    const { ProtectionId } = await json(`shield create-protection --name ip --resource-arn ${eip} --tags Key=team,Value=a`);
    await json(`shield create-protection --name web --resource-arn ${alb}`);
    expect((await json("shield list-protections --max-items 1")).NextToken).toEqual(expect.any(String));
    expect((await json("shield list-protections --inclusion-filters ResourceTypes=ELASTIC_IP_ALLOCATION")).Protections).toHaveLength(1);
    expect((await json(`shield describe-protection --protection-id ${ProtectionId}`)).Protection.Name).toBe("ip");
    await json("shield create-protection-group --protection-group-id all --aggregation MEAN --pattern ALL");
    expect((await json("shield list-resources-in-protection-group --protection-group-id all")).ResourceArns).toEqual([eip, alb].sort());
    await json(`shield associate-health-check --protection-id ${ProtectionId} --health-check-arn ${check}`);
    await json("shield associate-proactive-engagement-details --emergency-contact-list EmailAddress=a@example.com,PhoneNumber=+15550100");
    writeFileSync(join(folder, "trust.json"), trust);
    const { Role } = await json("iam create-role --role-name srt --assume-role-policy-document file://trust.json");
    await json(`iam attach-role-policy --role-name srt --policy-arn ${teamPolicy}`);
    await json(`shield associate-drt-role --role-arn ${Role.Arn}`);
    await json("shield associate-drt-log-bucket --log-bucket my-logs");
    expect((await json("shield describe-drt-access")).LogBucketList).toEqual(["my-logs"]);
    const { Summary } = await json("wafv2 create-web-acl --name w --scope REGIONAL --default-action Allow={} --visibility-config SampledRequestsEnabled=false,CloudWatchMetricsEnabled=false,MetricName=w");
    await json(`wafv2 associate-web-acl --web-acl-arn ${Summary.ARN} --resource-arn ${alb}`);
    await json(`shield enable-application-layer-automatic-response --resource-arn ${alb} --action Block={}`);
    expect((await json(`shield describe-protection --resource-arn ${alb}`)).Protection.ApplicationLayerAutomaticResponseConfiguration).toEqual({ Status: "ENABLED", Action: { Block: {} } });
    const { StartTime } = (await json("shield describe-subscription")).Subscription;
    const from = typeof StartTime === "number" ? StartTime : Date.parse(StartTime) / 1000;
    const id = await attackOn(eip, from);
    expect((await json(`shield list-attacks --resource-arns ${eip} --start-time FromInclusive=${Math.floor(from) - 60},ToExclusive=${Math.ceil(from) + 60}`)).AttackSummaries).toMatchObject([{ AttackId: id, AttackVectors: [{ VectorType: "SYN_FLOOD" }] }]);
    expect((await json(`shield describe-attack --attack-id ${id}`)).Attack.SubResources[0].AttackVectors[0].VectorCounters[0].Unit).toBe("BPS");
    await advance(340 * 86_400);
    await json("shield update-subscription --auto-renew DISABLED");
    expect((await json("shield describe-attack-statistics")).DataItems[0].AttackCount).toBe(1);
    await json(`shield delete-protection --protection-id ${ProtectionId}`);
    await advance(26 * 86_400);
    expect(await json("shield get-subscription-state")).toEqual({ SubscriptionState: "INACTIVE" });
  }, 300_000);
});
