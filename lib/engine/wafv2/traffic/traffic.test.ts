import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { bills } from "../../billing/bill";
import { createLab } from "../../lab";
import { wafMetrics } from "../../metrics";
import { seededPorts } from "../../ports";
import type { JsonObject } from "../../types";
import { A, admin, contains, geo, labOf, rule, start } from "../wafv2.test-helper";

const window = (now: number, minutes = 60): JsonObject => ({ StartTime: now / 1000 - minutes * 60, EndTime: now / 1000 });
const sorted = (dimensions: object): string => JSON.stringify(Object.entries(dimensions).sort());
const outcomes = ({ Outcomes }: { Outcomes: JsonObject[] }) => Outcomes.map(({ Action, TerminatingRuleId }) => `${String(Action)} ${String(TerminatingRuleId)}`);

describe("requests to a resource", () => {
  test("go through its web ACL; without one they come through", async () => {
    const { acl, balancer, send, done } = labOf();
    const { ARN } = await acl("w", [rule("de", geo("DE")), rule("evil", contains("evil"), { Count: {} }, { RuleLabels: [{ Name: "seen" }] })]);
    const arn = await balancer();
    expect((await send(arn, {})).Outcomes).toMatchObject([{ Action: "ALLOW" }]);
    await done("wafv2", "AssociateWebACL", { WebACLArn: ARN, ResourceArn: arn });
    const answer = await send(arn, { Country: "DE" }, { Country: "FR", Uri: "/?q=evil" }, {});
    expect(outcomes(answer)).toEqual(["BLOCK de", "ALLOW Default_Action", "ALLOW Default_Action"]);
    expect(answer.Outcomes[0].ResponseCode).toBe(403);
    expect(answer.Outcomes[1].Labels).toContain(`awswaf:${A}:webacl:w:seen`);
  });

  test("where an address is follows from it, unless the request says something else", async () => {
    const { acl, balancer, send } = labOf();
    const config = { HeaderName: "X-Forwarded-For", FallbackBehavior: "NO_MATCH" };
    const arn = await balancer((await acl("w", [
      rule("forwarded", { GeoMatchStatement: { CountryCodes: ["DE"], ForwardedIPConfig: config } }), rule("de", geo("DE")), rule("asn", { AsnMatchStatement: { AsnList: [64_499] } }),
    ])).ARN);
    const via = [{ Name: "X-Forwarded-For", Value: "192.0.2.20" }];
    // Of 192.0.2.0/24 each sixteen addresses are a country's: US, DE, GB, FR.
    const answer = await send(arn, { ClientIp: "192.0.2.20" }, { ClientIp: "192.0.2.20", Country: "US" }, { Headers: via }, { ClientIp: "192.0.2.50" }, { ClientIp: "192.0.2.50", Asn: 1 }, { ClientIp: "10.0.0.1" });
    expect(outcomes(answer)).toEqual(["BLOCK de", "ALLOW Default_Action", "BLOCK forwarded", "BLOCK asn", "ALLOW Default_Action", "ALLOW Default_Action"]);
    expect(answer.Outcomes.map(({ Labels }: { Labels: string[] }) => Labels.filter((label) => label.startsWith("awswaf:clientip:geo:")))).toMatchObject([
      ["awswaf:clientip:geo:country:DE", "awswaf:clientip:geo:region:DE-BE"], ["awswaf:clientip:geo:country:US", "awswaf:clientip:geo:region:US-XX"],
      {}, {}, {}, ["awswaf:clientip:geo:country:XX", "awswaf:clientip:geo:region:XX-XX"],
    ]);
  });

  test("the way through the rules is on the trace of a single request", async () => {
    const { lab, acl, balancer } = labOf();
    const arn = await balancer((await acl("w", [rule("de", geo("DE")), rule("sqli", { SqliMatchStatement: { FieldToMatch: { QueryString: {} }, TextTransformations: [{ Priority: 0, Type: "URL_DECODE" }] } })])).ARN);
    const reply = await lab.call({ service: "traffic", operation: "Inspect", input: { ResourceArn: arn, Requests: [{ Uri: "/?id=1%27%20OR%20%271%27%3D%271", ClientIp: "192.0.2.1", Country: "FR" }] }, caller: admin });
    const step = reply.trace.steps.find(({ kind }) => kind === "inspection");
    expect(step).toMatchObject({ kind: "inspection", result: { action: "BLOCK", terminatingRuleId: "sqli" } });
    expect(step?.kind === "inspection" && step.result.walk?.map(({ name, matched }) => [name, matched])).toEqual([["de", false], ["sqli", true]]);
    const many = await lab.call({ service: "traffic", operation: "Inspect", input: { ResourceArn: arn, Requests: [{ Uri: "/", ClientIp: "192.0.2.1" }, { Uri: "/", ClientIp: "192.0.2.1" }] }, caller: admin });
    expect(many.trace.steps.some(({ kind }) => kind === "inspection")).toBe(false);
  });

  test("a change of a set or a group is seen by the next request", async () => {
    const { acl, group, balancer, send, done } = labOf();
    const set = (await done("wafv2", "CreateIPSet", { Name: "i", Scope: "REGIONAL", IPAddressVersion: "IPV4", Addresses: ["198.51.100.0/24"] })).Summary;
    const inner = await group("g", [rule("ips", { IPSetReferenceStatement: { ARN: set.ARN } })]);
    const arn = await balancer((await acl("w", [rule("own", { RuleGroupReferenceStatement: { ARN: inner.ARN } })])).ARN);
    expect(outcomes(await send(arn, {}))).toEqual(["ALLOW Default_Action"]);
    await done("wafv2", "UpdateIPSet", { Name: "i", Scope: "REGIONAL", Id: set.Id, LockToken: set.LockToken, Addresses: ["192.0.2.0/24"] });
    const answer = await send(arn, {});
    expect(outcomes(answer)).toEqual(["BLOCK own"]);
    expect(answer.Outcomes[0].RuleWithinGroup).toBe("ips");
  });

  test("a distribution gets its web ACL by its own update alone", async () => {
    const { acl, done, call, send } = labOf();
    const { ARN } = await acl("w", [rule("de", geo("DE"))], { Scope: "CLOUDFRONT" });
    const regional = await acl("r", []);
    const { Arn } = (await done("traffic", "AddResource", { ResourceType: "CLOUDFRONT", Name: "world" })).Resource;
    expect(await call("traffic", "UpdateDistribution", { ResourceArn: Arn, WebACLId: regional.ARN })).toMatch(/^InvalidWebACLId/);
    expect((await done("traffic", "UpdateDistribution", { ResourceArn: Arn, WebACLId: ARN })).Resource.WebACLArn).toBe(ARN);
    expect(outcomes(await send(Arn, { Country: "DE" }))).toEqual(["BLOCK de"]);
    expect(await call("wafv2", "AssociateWebACL", { WebACLArn: regional.ARN, ResourceArn: Arn })).toBe(`WAFInvalidParameterException: Error reason: The ARN isn't valid. A valid ARN begins with arn: and includes other information separated by colons or slashes., field: RESOURCE_ARN, parameter: ${Arn}`);
  });
});

describe("what requests leave behind", () => {
  test("rates: limited after the look, told by GetRateBasedStatementManagedKeys, released later", async () => {
    const { lab, acl, balancer, send, waf } = labOf();
    const made = await acl("w", [rule("limit", { RateBasedStatement: { Limit: 100, EvaluationWindowSec: 60, AggregateKeyType: "IP" } })]);
    const arn = await balancer(made.ARN);
    const flood = Array.from({ length: 400 }, () => ({ ClientIp: "203.0.113.9" }));
    await send(arn, ...flood);
    await lab.advance(10_000);
    expect(outcomes(await send(arn, { ClientIp: "203.0.113.9" }, { ClientIp: "192.0.2.7" }))).toEqual(["BLOCK limit", "ALLOW Default_Action"]);
    const keys = () => waf("GetRateBasedStatementManagedKeys", { Scope: "REGIONAL", WebACLName: "w", WebACLId: made.Id, RuleName: "limit" });
    expect(await keys()).toEqual({ ManagedKeysIPV4: { IPAddressVersion: "IPV4", Addresses: ["203.0.113.9/32"] }, ManagedKeysIPV6: { IPAddressVersion: "IPV6", Addresses: [] } });
    await lab.advance(120_000);
    expect((await keys()).ManagedKeysIPV4.Addresses).toEqual([]);
    expect(outcomes(await send(arn, { ClientIp: "203.0.113.9" }))).toEqual(["ALLOW Default_Action"]);
    expect(await waf("GetRateBasedStatementManagedKeys", { Scope: "REGIONAL", WebACLName: "w", WebACLId: made.Id, RuleName: "none" })).toMatch(/^WAFNonexistentItemException/);
  });

  test("samples by rule, of the default action and of all; of three hours", async () => {
    const { lab, acl, balancer, send, waf } = labOf();
    const made = await acl("w", [rule("de", geo("DE")), rule("core", { ManagedRuleGroupStatement: { VendorName: "AWS", Name: "AWSManagedRulesCommonRuleSet" } })]);
    const arn = await balancer(made.ARN);
    await send(arn, { Country: "DE", Uri: "/a?b=c" }, {}, {}, { Headers: [] });
    const sampled = (RuleMetricName: string, MaxItems = 100) => waf("GetSampledRequests", { WebAclArn: made.ARN, RuleMetricName, Scope: "REGIONAL", TimeWindow: window(lab.now()), MaxItems });
    expect(await sampled("de")).toMatchObject({ PopulationSize: 1, SampledRequests: [{ Request: { ClientIP: "192.0.2.1", Country: "DE", URI: "/a?b=c", Method: "GET" }, Action: "BLOCK", ResponseCodeSent: 403, Weight: 1 }] });
    expect(await sampled("core")).toMatchObject({ PopulationSize: 1, SampledRequests: [{ RuleNameWithinRuleGroup: "AWS#AWSManagedRulesCommonRuleSet#NoUserAgent_HEADER" }] });
    expect((await sampled("Default_Action")).PopulationSize).toBe(2);
    expect((await sampled("w")).SampledRequests).toHaveLength(2);
    expect((await sampled("ALL", 3)).SampledRequests).toHaveLength(3);
    expect(await sampled("none")).toMatch(/^WAFNonexistentItemException/);
    await lab.advance(4 * 3_600_000);
    expect(await sampled("de")).toMatchObject({ PopulationSize: 0, SampledRequests: [] });
  });

  test("many requests keep a hundred samples of a rule, and their weight", async () => {
    const { lab, acl, balancer, send, waf } = labOf();
    const made = await acl("w", [rule("de", geo("DE"))]);
    const arn = await balancer(made.ARN);
    for (let i = 0; i < 3; i++) await send(arn, ...Array.from({ length: 200 }, (_, n) => ({ Country: "DE", Uri: `/${i}/${n}` })));
    const { SampledRequests, PopulationSize } = await waf("GetSampledRequests", { WebAclArn: made.ARN, RuleMetricName: "de", Scope: "REGIONAL", TimeWindow: window(lab.now()), MaxItems: 500 });
    expect([PopulationSize, SampledRequests.length, SampledRequests[0].Weight]).toEqual([600, 100, 6]);
    // Not only the first: about a third of each batch.
    for (const batch of [0, 1, 2]) expect(SampledRequests.filter(({ Request }: any) => Request.URI.startsWith(`/${batch}/`)).length).toBeGreaterThan(10);
    expect(JSON.stringify(lab.read({ account: A, region: "us-east-1", service: "wafv2" }).table("samples").all()).length).toBeLessThan(150_000);
  });

  test("of more than 5,000 requests the first 5,000 count, and the window says so", async () => {
    const { lab, acl, balancer, send, waf } = labOf();
    const made = await acl("w", [rule("de", geo("DE"))]);
    const arn = await balancer(made.ARN);
    for (let i = 0; i < 8; i++) {
      await send(arn, ...Array.from({ length: 1000 }, () => ({ Country: "DE" })));
      await lab.advance(60_000);
    }
    const { PopulationSize, TimeWindow } = await waf("GetSampledRequests", { WebAclArn: made.ARN, RuleMetricName: "de", Scope: "REGIONAL", TimeWindow: window(lab.now()), MaxItems: 500 });
    expect(PopulationSize).toBe(5_000);
    expect(TimeWindow.EndTime).toBeLessThan(lab.now() / 1000 - 60);
  });

  test("metrics by the minute", async () => {
    const { lab, acl, balancer, send } = labOf();
    const arn = await balancer((await acl("w", [rule("de", geo("DE")), rule("evil", contains("evil"), { Count: {} }, { RuleLabels: [{ Name: "seen" }] })])).ARN);
    await send(arn, { Country: "DE" }, { Country: "DE" }, { Uri: "/?evil", Country: "FR" });
    await lab.advance(60_000);
    await send(arn, { Country: "DE" });
    const all = wafMetrics(lab.read({ account: A, region: "us-east-1", service: "wafv2" }), { account: A, region: "us-east-1" });
    const value = (MetricName: string, Dimensions: JsonObject) => all.filter((datum) => datum.MetricName === MetricName && sorted(datum.Dimensions) === sorted({ Region: "us-east-1", ...Dimensions })).map((datum) => datum.value);
    expect(value("BlockedRequests", { Rule: "de", WebACL: "w" })).toEqual([2, 1]);
    expect(value("BlockedRequests", { Rule: "ALL", WebACL: "w" })).toEqual([2, 1]);
    expect(value("CountedRequests", { Rule: "evil", WebACL: "w" })).toEqual([1]);
    expect(value("AllowedRequests", { Rule: "Default_Action", WebACL: "w" })).toEqual([1]);
    expect(value("CountedRequests", { LabelNamespace: `awswaf:${A}:webacl:w`, Label: "seen", WebACL: "w" })).toEqual([1]);
  });

  test("log records: filtered, redacted, in the group's stream", async () => {
    const { acl, balancer, send, done, waf } = labOf();
    const made = await acl("w", [rule("de", geo("DE")), rule("evil", contains("evil"), { Count: {} })]);
    const arn = await balancer(made.ARN);
    const group = `arn:aws:logs:us-east-1:${A}:log-group:aws-waf-logs-w`;
    const put = (more: JsonObject = {}) => waf("PutLoggingConfiguration", { LoggingConfiguration: { ResourceArn: made.ARN, LogDestinationConfigs: [group], ...more } });
    expect(await put()).toMatch(/^WAFLogDestinationPermissionIssueException/);
    await done("logs", "CreateLogGroup", { logGroupName: "aws-waf-logs-w" });
    expect(await put({ RedactedFields: [{ SingleHeader: { Name: "Authorization" } }, { QueryString: {} }], LoggingFilter: { DefaultBehavior: "DROP", Filters: [{ Behavior: "KEEP", Requirement: "MEETS_ANY", Conditions: [{ ActionCondition: { Action: "BLOCK" } }, { ActionCondition: { Action: "COUNT" } }] }] } }))
      .toMatchObject({ LoggingConfiguration: { LogType: "WAF_LOGS", LogScope: "CUSTOMER", ManagedByFirewallManager: false } });
    await send(arn, {}, { Country: "DE", Uri: "/a?secret=1", Headers: [{ Name: "Host", Value: "h" }, { Name: "authorization", Value: "Bearer x" }] }, { Uri: "/?evil", Country: "FR" });
    const { events } = await done("logs", "FilterLogEvents", { logGroupName: "aws-waf-logs-w" });
    expect(events.map(({ logStreamName }: any) => logStreamName)).toEqual(["us-east-1_w_0", "us-east-1_w_0"]);
    const [blocked, counted] = events.map(({ message }: any) => JSON.parse(message));
    expect(blocked).toMatchObject({
      timestamp: start, formatVersion: 1, webaclId: made.ARN, terminatingRuleId: "de", terminatingRuleType: "REGULAR", action: "BLOCK", httpSourceName: "ALB", responseCodeSent: null,
      httpSourceId: expect.stringMatching(/^111122223333-app\/shop\/[0-9a-f]{16}$/),
      httpRequest: { clientIp: "192.0.2.1", country: "DE", uri: "/a", args: "REDACTED", httpMethod: "GET", host: "h", headers: [{ name: "Host", value: "h" }, { name: "authorization", value: "REDACTED" }] },
    });
    expect(counted).toMatchObject({ action: "ALLOW", terminatingRuleId: "Default_Action", nonTerminatingMatchingRules: [{ ruleId: "evil", action: "COUNT" }] });
  });

  test("protected data are hidden in samples and logs, and inspected all the same", async () => {
    const { lab, acl, balancer, send, done, waf } = labOf();
    const protect = (FieldType: string, Action: string, ...FieldKeys: string[]) => ({ Field: { FieldType, ...(FieldKeys.length ? { FieldKeys } : {}) }, Action });
    const DataProtectionConfig = { DataProtections: [protect("SINGLE_HEADER", "SUBSTITUTION", "Authorization"), protect("SINGLE_COOKIE", "HASH", "session"), protect("SINGLE_QUERY_ARGUMENT", "SUBSTITUTION", "id")] };
    const made = await acl("w", [rule("sqli", { SqliMatchStatement: { FieldToMatch: { AllQueryArguments: {} }, TextTransformations: [{ Priority: 0, Type: "URL_DECODE" }] } })], { DataProtectionConfig });
    await done("logs", "CreateLogGroup", { logGroupName: "aws-waf-logs-w" });
    await done("wafv2", "PutLoggingConfiguration", { LoggingConfiguration: { ResourceArn: made.ARN, LogDestinationConfigs: [`arn:aws:logs:us-east-1:${A}:log-group:aws-waf-logs-w`] } });
    const headers = [{ Name: "authorization", Value: "Bearer x" }, { Name: "Cookie", Value: "a=b; session=s3cret" }];
    expect(outcomes(await send(await balancer(made.ARN), { Uri: "/p?id=1%27%20OR%20%271%27=%271&q=x#f", Headers: headers }))).toEqual(["BLOCK sqli"]);
    // SHA-256 of the account's number and the value.
    const hidden = `a=b; session=${createHash("sha256").update(`${A}s3cret`).digest("base64")}`;
    const [record] = (await done("logs", "FilterLogEvents", { logGroupName: "aws-waf-logs-w" })).events.map(({ message }: any) => JSON.parse(message));
    expect(record).toMatchObject({ httpRequest: { uri: "/p", args: "id=REDACTED&q=x", headers: [{ value: "REDACTED" }, { value: hidden }] } });
    expect(new Set(record.terminatingRuleMatchDetails[0].matchedData)).toEqual(new Set(["REDACTED"]));
    const { SampledRequests } = await waf("GetSampledRequests", { WebAclArn: made.ARN, RuleMetricName: "sqli", Scope: "REGIONAL", TimeWindow: window(lab.now()), MaxItems: 5 });
    expect(SampledRequests[0].Request).toMatchObject({ URI: "/p?id=REDACTED&q=x#f", Headers: [{ Value: "REDACTED" }, { Value: hidden }] });
    expect(await waf("CreateWebACL", { Name: "x", Scope: "REGIONAL", DefaultAction: { Allow: {} }, VisibilityConfig: { SampledRequestsEnabled: false, CloudWatchMetricsEnabled: false, MetricName: "m" }, DataProtectionConfig: { DataProtections: [protect("SINGLE_HEADER", "HASH")] } })).toMatch(/^WAFInvalidParameterException: .*field: DATA_PROTECTION_CONFIG/);
  });

  test("cost: web ACL and rules by the hour, requests, units above 1,500", async () => {
    const { lab, acl, balancer, send } = labOf();
    const arn = await balancer((await acl("w", [rule("a", geo("DE")), rule("b", geo("FR"))])).ARN);
    const reply = await lab.call({ service: "wafv2", operation: "ListWebACLs", input: { Scope: "REGIONAL" }, caller: admin });
    expect(reply.trace.cost).toEqual([]);
    await send(arn, {}, {}, {});
    await lab.advance(31 * 86_400_000 - 1);
    const [bill] = bills(lab.read, A, lab.now());
    const line = (item: string) => bill.lines.find((each) => each.item === item)!;
    expect([line("wafv2:web-acl").usd, line("wafv2:rule").usd].map((usd) => Math.round(usd * 100) / 100)).toEqual([5, 2]);
    expect([line("wafv2:request").quantity, line("wafv2:request").usd]).toEqual([3, 3 * 0.6e-6]);
    const heavy = labOf();
    const groups = await Promise.all(["x", "y"].map((name) => heavy.group(name, [], { Capacity: 900 })));
    const there = await heavy.balancer((await heavy.acl("h", groups.map(({ ARN }, at) => rule(`g${at}`, { RuleGroupReferenceStatement: { ARN } })))).ARN);
    const { trace } = await heavy.lab.call({ service: "traffic", operation: "Inspect", input: { ResourceArn: there, Requests: [{ Uri: "/", ClientIp: "192.0.2.1" }] }, caller: admin });
    expect(trace.cost).toEqual([{ item: "wafv2:request", quantity: 1 }, { item: "wafv2:request:extra-capacity", quantity: 1 }]);
  });

  test("undone, replayed and saved like everything else; gone with the web ACL", async () => {
    const { lab, acl, balancer, send, done } = labOf();
    const before = JSON.stringify(lab.snapshot().records);
    const made = await acl("w", [rule("limit", { RateBasedStatement: { Limit: 10, AggregateKeyType: "IP" } })]);
    const arn = await balancer(made.ARN);
    await send(arn, ...Array.from({ length: 30 }, () => ({})));
    const again = createLab({ ports: seededPorts(99, start) });
    again.replay(JSON.parse(JSON.stringify(lab.journal)));
    expect(JSON.stringify(again.snapshot().records)).toBe(JSON.stringify(lab.snapshot().records));
    await done("wafv2", "DisassociateWebACL", { ResourceArn: arn });
    await done("wafv2", "DeleteWebACL", { Name: "w", Scope: "REGIONAL", Id: made.Id, LockToken: made.LockToken });
    const db = lab.read({ account: A, region: "us-east-1", service: "wafv2" });
    expect([db.table("rates").size, db.table("samples").size]).toEqual([0, 0]);
    while (lab.journal.length) lab.undo();
    expect(JSON.stringify(lab.snapshot().records)).toBe(before);
  });
});
