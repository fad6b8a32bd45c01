/** What the WAF console sends is what the engine takes, through the lab's one door. */
import { beforeEach, describe, expect, test } from "vitest";
import { createLab, type Lab } from "@/lib/engine/lab";
import { seededPorts } from "@/lib/engine/ports";
import type { Caller, JsonObject } from "@/lib/engine/types";
import { asThrown, type Ask } from "../frame/use-load";
import { groupNameOf, loggingDraft, loggingInput, loggingProblem, type LoggingConfiguration } from "./acl/logging-draft";
import { countRows } from "./acl/count-rows";
import { emptyRequest, requestInput, requestProblem } from "./acl/request-draft";
import { askWaf, loadList, loadManaged, loadManagedDetail, loadReferences, loadTags, loadWebAcl, saveTags } from "./load-waf";
import { firstConfigs } from "./rule/managed-configs";
import { toSent, toShown } from "./rule/rule-json";
import { emptyRule, moved, withName } from "./rule/shape";
import { rulesInput, saveHolder } from "./shared/holders";
import { addResource, associate, disassociate, loadResources } from "./shared/resources";
import { aclInput, describeProblem, emptyAcl, emptyGroup, groupInput, metricsProblem, named, rulesProblem } from "./wizard/acl-draft";
import type { Rule, Summary } from "./waf-types";

const account = "111122223333";
const root: Caller = { account, root: true };
let lab: Lab;
const ask: Ask = async (service, operation, input: JsonObject = {}, region = "eu-west-2") => {
  const reply = await lab.call({ service, operation, input, caller: root, region });
  if (!reply.ok) throw asThrown({ service, operation, reply });
  return reply.output as never;
};
const code = (work: Promise<unknown>) => work.then(() => "ok", (thrown) => (Object.getOwnPropertySymbols(thrown).map((symbol) => thrown[symbol].reply.error.code)[0] as string));

beforeEach(() => {
  lab = createLab({ ports: seededPorts(5) });
});

const own = (name: string, priority: number): Rule => ({
  ...withName(emptyRule("regular", priority), name),
  Statement: { ByteMatchStatement: { SearchString: "größe", PositionalConstraint: "CONTAINS", FieldToMatch: { QueryString: {} }, TextTransformations: [{ Priority: 0, Type: "URL_DECODE" }] } },
});
const draftOf = (scope: "REGIONAL" | "CLOUDFRONT") => {
  const empty = emptyAcl(scope);
  return { ...empty, ...named(empty, "shop"), description: "a shop", rules: [own("a", 0), own("b", 1)], tags: [{ key: "team", value: "web" }] };
};
const create = async (scope: "REGIONAL" | "CLOUDFRONT") => (await askWaf<{ Summary: Summary }>(ask, scope, "CreateWebACL", aclInput(draftOf(scope)))).Summary;

describe.each(["REGIONAL", "CLOUDFRONT"] as const)("%s", (scope) => {
  test("the wizard's web ACL is made as it was described, changed as a whole, and its order with it", async () => {
    const draft = draftOf(scope);
    expect([describeProblem(draft), rulesProblem(draft, { kind: "WEB_ACL" }), metricsProblem(draft)]).toEqual([undefined, undefined, undefined]);
    const made = await create(scope);
    const acl = await loadWebAcl(ask, scope, made);
    expect(acl.Rules!.map(toShown)).toEqual(draft.rules);
    expect(await loadTags(ask, scope, acl.ARN)).toEqual([{ key: "team", value: "web" }]);
    await saveHolder(ask, "WEB_ACL", scope, acl, rulesInput(moved(acl.Rules!.map(toShown), 0, 1)));
    const after = await loadWebAcl(ask, scope, made);
    expect([after.Description, after.DefaultAction, after.Rules!.find(({ Name }) => Name === "b")!.Priority]).toEqual(["a shop", { Allow: {} }, 0]);
    expect(after.Rules!.map(toShown).find(({ Name }) => Name === "a")).toEqual({ ...draft.rules[0], Priority: 1 });
    expect(await code(saveHolder(ask, "WEB_ACL", scope, acl, { Description: "late" }))).toBe("WAFOptimisticLockException");
    await saveTags(ask, scope, acl.ARN, { removed: ["team"], set: [{ key: "a", value: "b" }] });
    expect(await loadTags(ask, scope, acl.ARN)).toEqual([{ key: "a", value: "b" }]);
    expect((await loadList(ask, scope, "ListWebACLs")).map(({ Name }) => Name)).toEqual(["shop"]);
  });

  test("what it protects, and requests to it", async () => {
    const made = await create(scope);
    const resource = await addResource(ask, scope, scope === "REGIONAL" ? "APPLICATION_LOAD_BALANCER" : "CLOUDFRONT", "front");
    await associate(ask, scope, made.ARN, resource.Arn);
    expect((await loadResources(ask, scope)).map(({ WebACLArn }) => WebACLArn)).toEqual([made.ARN]);
    const request = { ...emptyRequest(), resource: resource.Arn, uri: "/?q=gr%C3%B6%C3%9Fe", times: 2 };
    expect(requestProblem(request)).toBeUndefined();
    const region = scope === "REGIONAL" ? "eu-west-2" : "us-east-1";
    const { Outcomes } = await ask<{ Outcomes: { Action: string }[] }>("traffic", "Inspect", requestInput(request), region);
    expect(Outcomes.map(({ Action }) => Action)).toEqual(["BLOCK", "BLOCK"]);
    const acl = await loadWebAcl(ask, scope, made);
    const rows = countRows(lab.read({ account, region, service: "wafv2" }), acl, 0);
    expect(rows.map(({ rule, counts }) => [rule, counts.BlockedRequests])).toEqual([["ALL", 2], ["a", 2], ["b", undefined], ["Default_Action", undefined]]);
    await disassociate(ask, scope, resource.Arn);
    expect((await loadResources(ask, scope)).map(({ WebACLArn }) => WebACLArn)).toEqual([undefined]);
  });
});

test("a rule group with its capacity, and what a rule can refer to", async () => {
  const empty = emptyGroup("REGIONAL");
  const draft = { ...empty, ...named(empty, "common"), rules: [own("a", 0)], capacity: 50 };
  await askWaf(ask, "REGIONAL", "CreateRuleGroup", groupInput(draft));
  await askWaf(ask, "REGIONAL", "CreateIPSet", { Name: "office", Scope: "REGIONAL", IPAddressVersion: "IPV4", Addresses: [] });
  const references = await loadReferences(ask, "REGIONAL");
  expect(references.ruleGroups).toMatchObject([{ Name: "common", Capacity: 50, rules: ["a"] }]);
  expect(references.ipSets.map(({ Name }) => Name)).toEqual(["office"]);
  expect(references.managed.length).toBeGreaterThan(10);
});

test("each managed rule group can be chosen, with the settings that it begins with, and is described", async () => {
  for (const { VendorName, Name } of await loadManaged(ask, "CLOUDFRONT")) {
    const configs = firstConfigs(Name);
    const rule = withName(emptyRule("managed", 0), Name);
    const statement = { VendorName, Name, ...(configs ? { ManagedRuleGroupConfigs: configs } : {}) };
    const { Capacity } = await askWaf<{ Capacity: number }>(ask, "CLOUDFRONT", "CheckCapacity", { Scope: "CLOUDFRONT", Rules: [toSent({ ...rule, Statement: { ManagedRuleGroupStatement: statement } })] as never });
    expect((await loadManagedDetail(ask, "CLOUDFRONT", VendorName, Name)).Capacity, Name).toBe(Capacity);
  }
});

test("logging: what the form says is kept, and the form says it again", async () => {
  const made = await create("REGIONAL");
  const draft = { ...loggingDraft("shop", undefined), uri: true, headers: ["cookie"], filtering: true };
  expect([groupNameOf(draft), loggingProblem(draft)]).toEqual(["aws-waf-logs-shop", undefined]);
  await ask("logs", "CreateLogGroup", { logGroupName: groupNameOf(draft) });
  await askWaf(ask, "REGIONAL", "PutLoggingConfiguration", loggingInput(draft, made.ARN, { account, region: "eu-west-2" }));
  const { LoggingConfiguration: there } = await askWaf<{ LoggingConfiguration: LoggingConfiguration }>(ask, "REGIONAL", "GetLoggingConfiguration", { ResourceArn: made.ARN });
  expect(loggingDraft("shop", there)).toEqual({ ...draft, choice: "there", group: "aws-waf-logs-shop" });
});

test.each([
  [{ uri: "admin" }, /slash/],
  [{ ip: "" }, /source IP/],
  [{ headers: ["no colon"] }, /colon/],
  [{ times: 0 }, /1 to/],
])("a request that cannot be sent: %j", (part, words) => expect(requestProblem({ ...emptyRequest(), ...part })).toMatch(words));
