import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import {
  AssociateWebACLCommand, CheckCapacityCommand, CreateIPSetCommand, CreateRegexPatternSetCommand, CreateRuleGroupCommand, CreateWebACLCommand, DeleteIPSetCommand, DeleteRuleGroupCommand, DeleteWebACLCommand,
  DescribeManagedRuleGroupCommand, DisassociateWebACLCommand, GetIPSetCommand, GetSampledRequestsCommand, GetWebACLCommand, GetWebACLForResourceCommand, ListAvailableManagedRuleGroupsCommand, ListIPSetsCommand,
  ListMobileSdkReleasesCommand, ListResourcesForWebACLCommand, ListTagsForResourceCommand, type Rule, UpdateIPSetCommand, UpdateWebACLCommand, WAFV2Client,
} from "@aws-sdk/client-wafv2";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { JsonObject } from "../engine/types";
import { startEndpoint } from "./endpoint";

/** Unmodified clients, and web ACLs from their making to their end. */
let endpoint: Awaited<ReturnType<typeof startEndpoint>>;
beforeAll(async () => void (endpoint = await startEndpoint({ port: 0 })));
afterAll(() => endpoint.close());
beforeEach(async () => void (await fetch(`${endpoint.url}/_keyhole/reset`, { method: "POST" })));

const balancer = "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/shop/0123456789abcdef";
const options = (credentials = { accessKeyId: "test", secretAccessKey: "test" }) => ({ endpoint: endpoint.url, region: "us-east-1", credentials });
const traffic = async (operation: string, input: JsonObject): Promise<any> => {
  const reply = await endpoint.lab().call({ service: "traffic", operation, input, caller: { account: "111122223333", user: "admin" }, region: "us-east-1" });
  if (!reply.ok) throw new Error(`${reply.error.code}: ${reply.error.message}`);
  return reply.output;
};
const addBalancer = () => traffic("AddResource", { ResourceType: "APPLICATION_LOAD_BALANCER", Name: "shop", Arn: balancer });
const visible = (MetricName: string) => ({ SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName });
const text = [{ Priority: 0, Type: "URL_DECODE" as const }];

describe("AWS SDK for JavaScript v3", () => {
  test("a web ACL from its making to its end, with a set, a group and traffic", async () => {
    const waf = new WAFV2Client(options());
    await addBalancer();
    const { Summary: set } = await waf.send(new CreateIPSetCommand({ Name: "office", Scope: "REGIONAL", IPAddressVersion: "IPV4", Addresses: ["192.0.2.0/24"], Tags: [{ Key: "team", Value: "a" }] }));
    const { Summary: group } = await waf.send(new CreateRuleGroupCommand({
      Name: "own", Scope: "REGIONAL", Capacity: 50, VisibilityConfig: visible("own"),
      Rules: [{ Name: "words", Priority: 0, Action: { Block: { CustomResponse: { ResponseCode: 429, CustomResponseBodyKey: "slow" } } }, Statement: { ByteMatchStatement: { SearchString: new TextEncoder().encode("évil"), FieldToMatch: { UriPath: {} }, PositionalConstraint: "CONTAINS", TextTransformations: text } }, VisibilityConfig: visible("words") }],
      CustomResponseBodies: { slow: { ContentType: "TEXT_PLAIN", Content: "slow down" } },
    }));
    const rules: Rule[] = [
      { Name: "office", Priority: 0, Action: { Allow: {} }, Statement: { IPSetReferenceStatement: { ARN: set!.ARN } }, VisibilityConfig: visible("office") },
      { Name: "own", Priority: 1, OverrideAction: { None: {} }, Statement: { RuleGroupReferenceStatement: { ARN: group!.ARN } }, VisibilityConfig: visible("own") },
      { Name: "sqli", Priority: 2, Action: { Block: {} }, Statement: { SqliMatchStatement: { FieldToMatch: { AllQueryArguments: {} }, TextTransformations: [...text, { Priority: 1, Type: "HTML_ENTITY_DECODE" }] } }, VisibilityConfig: visible("sqli") },
      { Name: "core", Priority: 3, OverrideAction: { None: {} }, Statement: { ManagedRuleGroupStatement: { VendorName: "AWS", Name: "AWSManagedRulesCommonRuleSet" } }, VisibilityConfig: visible("core") },
    ];
    const { Capacity } = await waf.send(new CheckCapacityCommand({ Scope: "REGIONAL", Rules: rules }));
    expect(Capacity).toBe(1 + 50 + 50 + 700);
    const { Summary: acl } = await waf.send(new CreateWebACLCommand({ Name: "shop", Scope: "REGIONAL", DefaultAction: { Allow: {} }, VisibilityConfig: visible("shop"), Rules: rules, Description: "of the shop" }));
    const got = await waf.send(new GetWebACLCommand({ Name: "shop", Scope: "REGIONAL", Id: acl!.Id }));
    expect(got.WebACL).toMatchObject({ Capacity, Description: "of the shop", Rules: [{ Name: "office" }, { Name: "own" }, { Name: "sqli" }, { Name: "core" }] });
    expect(got.LockToken).toBe(acl!.LockToken);

    await waf.send(new AssociateWebACLCommand({ WebACLArn: acl!.ARN, ResourceArn: balancer }));
    expect((await waf.send(new GetWebACLForResourceCommand({ ResourceArn: balancer }))).WebACL?.Name).toBe("shop");
    expect((await waf.send(new ListResourcesForWebACLCommand({ WebACLArn: acl!.ARN }))).ResourceArns).toEqual([balancer]);
    const from = { ClientIp: "203.0.113.1", Headers: [{ Name: "Host", Value: "shop.example.com" }, { Name: "User-Agent", Value: "Mozilla/5.0" }] };
    const { Outcomes } = await traffic("Inspect", { ResourceArn: balancer, Requests: [{ ...from, Uri: "/" }, { ...from, Uri: "/%C3%A9vil" }, { ...from, Uri: "/?id=1%27%20OR%20%271%27=%271" }, { ClientIp: "192.0.2.9", Uri: "/" }] });
    expect(Outcomes.map(({ Action, TerminatingRuleId, ResponseCode }: any) => [Action, TerminatingRuleId, ResponseCode])).toEqual([["ALLOW", "Default_Action", undefined], ["BLOCK", "own", 429], ["BLOCK", "sqli", 403], ["ALLOW", "office", undefined]]);
    const now = endpoint.lab().now();
    const sampled = await waf.send(new GetSampledRequestsCommand({ WebAclArn: acl!.ARN, RuleMetricName: "sqli", Scope: "REGIONAL", TimeWindow: { StartTime: new Date(now - 600_000), EndTime: new Date(now + 60_000) }, MaxItems: 10 }));
    expect(sampled.SampledRequests).toMatchObject([{ Action: "BLOCK", Weight: 1, Request: { Method: "GET", ClientIP: "203.0.113.1" } }]);
    expect(sampled.SampledRequests![0].Timestamp).toBeInstanceOf(Date);

    await expect(waf.send(new DeleteWebACLCommand({ Name: "shop", Scope: "REGIONAL", Id: acl!.Id, LockToken: acl!.LockToken }))).rejects.toMatchObject({ name: "WAFAssociatedItemException", $metadata: { httpStatusCode: 400 } });
    const { NextLockToken } = await waf.send(new UpdateWebACLCommand({ Name: "shop", Scope: "REGIONAL", Id: acl!.Id, LockToken: acl!.LockToken, DefaultAction: { Block: {} }, VisibilityConfig: visible("shop"), Rules: [] }));
    await expect(waf.send(new UpdateWebACLCommand({ Name: "shop", Scope: "REGIONAL", Id: acl!.Id, LockToken: acl!.LockToken, DefaultAction: { Allow: {} }, VisibilityConfig: visible("shop") }))).rejects.toMatchObject({ name: "WAFOptimisticLockException" });
    await waf.send(new DisassociateWebACLCommand({ ResourceArn: balancer }));
    await waf.send(new DeleteWebACLCommand({ Name: "shop", Scope: "REGIONAL", Id: acl!.Id, LockToken: NextLockToken }));
    await waf.send(new DeleteRuleGroupCommand({ Name: "own", Scope: "REGIONAL", Id: group!.Id, LockToken: group!.LockToken }));

    expect((await waf.send(new ListTagsForResourceCommand({ ResourceARN: set!.ARN }))).TagInfoForResource?.TagList).toEqual([{ Key: "team", Value: "a" }]);
    const updated = await waf.send(new UpdateIPSetCommand({ Name: "office", Scope: "REGIONAL", Id: set!.Id, LockToken: set!.LockToken, Addresses: ["198.51.100.0/25"] }));
    expect((await waf.send(new GetIPSetCommand({ Name: "office", Scope: "REGIONAL", Id: set!.Id }))).IPSet?.Addresses).toEqual(["198.51.100.0/25"]);
    await waf.send(new DeleteIPSetCommand({ Name: "office", Scope: "REGIONAL", Id: set!.Id, LockToken: updated.NextLockToken }));
    expect((await waf.send(new ListIPSetsCommand({ Scope: "REGIONAL" }))).IPSets).toEqual([]);
  }, 60_000);

  test("what is refused: by the API with its three members, by IAM, and by name what the lab has not", async () => {
    const waf = new WAFV2Client(options());
    await expect(waf.send(new CreateIPSetCommand({ Name: "i", Scope: "REGIONAL", IPAddressVersion: "IPV4", Addresses: ["0.0.0.0/0"] }))).rejects.toMatchObject({
      name: "WAFInvalidParameterException", message: "Error reason: The parameter contains formatting that is not valid., field: IP_ADDRESS, parameter: 0.0.0.0/0", Field: "IP_ADDRESS", Parameter: "0.0.0.0/0", Reason: "The parameter contains formatting that is not valid.",
    });
    await expect(waf.send(new CreateRegexPatternSetCommand({ Name: "r", Scope: "REGIONAL", RegularExpressionList: [{ RegexString: "(?>a)" }] }))).rejects.toMatchObject({ name: "WAFInvalidParameterException", Field: "REGEX_PATTERN_SET" });
    await expect(waf.send(new ListMobileSdkReleasesCommand({ Platform: "IOS" }))).rejects.toMatchObject({ name: "NotSimulated", message: expect.stringContaining("ListMobileSdkReleases") });
    const { ManagedRuleGroups } = await waf.send(new ListAvailableManagedRuleGroupsCommand({ Scope: "REGIONAL" }));
    expect(ManagedRuleGroups!.length).toBeGreaterThan(10);
    const described = await waf.send(new DescribeManagedRuleGroupCommand({ VendorName: "AWS", Name: "AWSManagedRulesSQLiRuleSet", Scope: "REGIONAL" }));
    expect(described).toMatchObject({ Capacity: 200, LabelNamespace: "awswaf:managed:aws:sql-database:" });
    expect(described.Rules).toContainEqual({ Name: "SQLi_BODY", Action: { Block: {} } });

    const iam = new IAMClient(options());
    await iam.send(new CreateUserCommand({ UserName: "alice" }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "alice" }));
    const alice = new WAFV2Client(options({ accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! }));
    const create = () => alice.send(new CreateIPSetCommand({ Name: "mine", Scope: "REGIONAL", IPAddressVersion: "IPV4", Addresses: [] }));
    await expect(create()).rejects.toMatchObject({ name: "AccessDeniedException", message: expect.stringMatching(/^User: arn:aws:iam::111122223333:user\/alice is not authorized to perform: wafv2:CreateIPSet on resource: arn:aws:wafv2:us-east-1:111122223333:regional\/ipset\/mine\/\* because no identity-based policy allows the wafv2:CreateIPSet action$/) });
    await iam.send(new PutUserPolicyCommand({ UserName: "alice", PolicyName: "p", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "wafv2:CreateIPSet", Resource: "arn:aws:wafv2:*:*:regional/ipset/*" }] }) }));
    expect((await create()).Summary?.Name).toBe("mine");
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
  const folder = mkdtempSync(join(tmpdir(), "keyhole-waf-"));
  const aws = (line: string): Promise<{ stdout: string; stderr: string; code: number }> =>
    new Promise((resolve) =>
      execFile("bash", ["-c", line.replaceAll("aws ", `aws --endpoint-url ${endpoint.url} `)], { cwd: folder, env: { ...process.env, AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_DEFAULT_REGION: "us-east-1", AWS_PAGER: "" } }, (error, stdout, stderr) =>
        resolve({ stdout, stderr, code: error ? Number(error.code ?? 1) : 0 }),
      ),
    );
  const json = async (line: string): Promise<any> => {
    const { stdout, stderr, code } = await aws(`aws wafv2 ${line}`);
    expect({ code, stderr }, line).toEqual({ code: 0, stderr: "" });
    return stdout ? JSON.parse(stdout) : undefined;
  };

  test("a web ACL from its making to its end", async () => {
    await addBalancer();
    const view = "SampledRequestsEnabled=true,CloudWatchMetricsEnabled=true,MetricName=m";
    const { Summary: set } = await json("create-ip-set --name office --scope REGIONAL --ip-address-version IPV4 --addresses 192.0.2.0/24 198.51.100.7/32 --tags Key=team,Value=a");
    const rules = [
      { Name: "ips", Priority: 0, Action: { Block: {} }, Statement: { IPSetReferenceStatement: { ARN: set.ARN } }, VisibilityConfig: visible("ips") },
      // The command takes a blob in a file as base64.
      { Name: "words", Priority: 1, Action: { Count: {} }, Statement: { ByteMatchStatement: { SearchString: btoa("evil"), FieldToMatch: { QueryString: {} }, PositionalConstraint: "CONTAINS", TextTransformations: [{ Priority: 0, Type: "NONE" }] } }, VisibilityConfig: visible("words") },
    ];
    writeFileSync(join(folder, "rules.json"), JSON.stringify(rules));
    expect(await json("check-capacity --scope REGIONAL --rules file://rules.json")).toEqual({ Capacity: 11 });
    const { Summary: acl } = await json(`create-web-acl --name shop --scope REGIONAL --default-action Allow={} --visibility-config ${view} --rules file://rules.json --description 'of the shop'`);
    expect(Object.keys(acl).sort()).toEqual(["ARN", "Description", "Id", "LockToken", "Name"]);
    const got = await json(`get-web-acl --name shop --scope REGIONAL --id ${acl.Id}`);
    expect(got.WebACL.Rules[0]).toEqual(rules[0]);
    await json(`associate-web-acl --web-acl-arn ${acl.ARN} --resource-arn ${balancer}`);
    expect(await json(`list-resources-for-web-acl --web-acl-arn ${acl.ARN} --resource-type APPLICATION_LOAD_BALANCER`)).toEqual({ ResourceArns: [balancer] });
    await traffic("Inspect", { ResourceArn: balancer, Requests: [{ ClientIp: "192.0.2.1", Uri: "/" }] });
    const now = Math.floor(endpoint.lab().now() / 1000);
    expect((await json(`get-sampled-requests --web-acl-arn ${acl.ARN} --rule-metric-name ips --scope REGIONAL --time-window StartTime=${now - 600},EndTime=${now + 60} --max-items 5`)).SampledRequests).toHaveLength(1);
    expect(await aws(`aws wafv2 delete-ip-set --name office --scope REGIONAL --id ${set.Id} --lock-token ${set.LockToken}`)).toMatchObject({ stderr: expect.stringContaining("An error occurred (WAFAssociatedItemException) when calling the DeleteIPSet operation: AWS WAF couldn’t perform the operation because your resource is being used by another resource or it’s associated with another resource.") });
    const { NextLockToken } = await json(`update-web-acl --name shop --scope REGIONAL --id ${acl.Id} --lock-token ${acl.LockToken} --default-action Block={} --visibility-config ${view} --rules '[]'`);
    expect(await aws(`aws wafv2 update-web-acl --name shop --scope REGIONAL --id ${acl.Id} --lock-token ${acl.LockToken} --default-action Block={} --visibility-config ${view}`)).toMatchObject({ stderr: expect.stringContaining("(WAFOptimisticLockException)") });
    expect((await json("list-web-acls --scope REGIONAL")).WebACLs).toMatchObject([{ Name: "shop", LockToken: NextLockToken }]);
    await json(`tag-resource --resource-arn ${acl.ARN} --tags Key=cost,Value=1`);
    expect((await json(`list-tags-for-resource --resource-arn ${acl.ARN}`)).TagInfoForResource.TagList).toEqual([{ Key: "cost", Value: "1" }]);
    await json(`disassociate-web-acl --resource-arn ${balancer}`);
    await json(`delete-web-acl --name shop --scope REGIONAL --id ${acl.Id} --lock-token ${NextLockToken}`);
    await json(`delete-ip-set --name office --scope REGIONAL --id ${set.Id} --lock-token ${set.LockToken}`);
    expect((await json("list-available-managed-rule-groups --scope REGIONAL")).ManagedRuleGroups.map(({ Name }: any) => Name)).toContain("AWSManagedRulesCommonRuleSet");
    expect(await aws(`aws wafv2 get-web-acl --name shop --scope REGIONAL --id ${acl.Id}`)).toMatchObject({ code: 255, stderr: expect.stringContaining("An error occurred (WAFNonexistentItemException) when calling the GetWebACL operation: AWS WAF couldn’t perform the operation because your resource doesn’t exist.") });
  }, 300_000);
});
