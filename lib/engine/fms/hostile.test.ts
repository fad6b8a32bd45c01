import fc from "fast-check";
import { expect, test } from "vitest";
import model from "../models/fms.json";
import { checkSnapshot } from "../snapshot";
import type { JsonObject } from "../types";
import { A, B, fmsLab, wafData } from "./fms.test-helper";
import { readServiceData } from "./service-data";

const errors = new Set<string>(["ValidationException", "SerializationException", "AccessDeniedException", "NotSimulated"]);
for (const { errors: own } of Object.values(model.operations)) for (const name of own) errors.add(name);

test("any input gets an answer or an error of the model, and leaves a state that can be saved and evaluated", async () => {
  const { lab, call, put, resource } = await fmsLab();
  await resource.balancer("x", B);
  const ids = [await put({ RemediationEnabled: true }), "0".repeat(36), "__proto__", "constructor", "x"];
  const names = fc.constantFrom<unknown>(...ids, "", " ", "🔑", "\u0000", "n".repeat(3_000), `arn:aws:fms:us-east-1:${A}:policy/${ids[0]}`, A, B, "eA==");
  const types = fc.constantFrom("WAFV2", "SHIELD_ADVANCED", "SECURITY_GROUPS_COMMON", "SECURITY_GROUPS_CONTENT_AUDIT", "SECURITY_GROUPS_USAGE_AUDIT", "WAF", "DNS_FIREWALL", "__proto__");
  const data = fc.oneof(types.map((type) => JSON.stringify({ type, __proto__: null, securityGroups: [{ id: "sg-1" }] })), fc.json(), fc.constantFrom(String(wafData().ManagedServiceData), "[]", "null", "{", '{"__proto__":{}}', '{"type":"WAFV2","preProcessRuleGroups":[null],"defaultAction":{"type":"ALLOW"}}'));
  const policy = fc.record(
    {
      PolicyName: fc.constantFrom("p", "__proto__", "é x"), SecurityServicePolicyData: fc.record({ Type: types, ManagedServiceData: data }, { requiredKeys: ["Type"] }),
      ResourceType: fc.constantFrom("AWS::ElasticLoadBalancingV2::LoadBalancer", "AWS::EC2::SecurityGroup", "AWS::EC2::Instance", "AWS::EC2::EIP", "ResourceTypeList", "__proto__"), ResourceTypeList: fc.constantFrom<string[]>(["AWS::EC2::EIP"], ["__proto__"], []),
      ResourceTags: fc.constantFrom<object[]>([], [{ Key: "__proto__" }], [{}]), ExcludeResourceTags: fc.boolean(), RemediationEnabled: fc.boolean(), DeleteUnusedFMManagedResources: fc.boolean(),
      IncludeMap: fc.constantFrom<object>({}, { ACCOUNT: [B] }, { ORG_UNIT: ["r-abcd"] }, { X: [] }), PolicyId: fc.constantFrom(...ids), PolicyUpdateToken: fc.constantFrom("1:x"),
    },
    { requiredKeys: ["PolicyName", "SecurityServicePolicyData", "ResourceType", "ExcludeResourceTags", "RemediationEnabled"] },
  );
  let took = 0;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...Object.keys(model.operations).filter((name) => name !== "DisassociateAdminAccount")), policy, fc.dictionary(fc.constantFrom("PolicyId", "ListId", "AdminAccount", "MemberAccount", "ResourceArn", "ResourceId", "ResourceType", "MaxResults", "NextToken", "TagList", "TagKeys", "SnsTopicArn", "SnsRoleName", "AppsList", "ProtocolsList", "AdminScope"), fc.oneof(names, fc.constantFrom<unknown>(1, 0, 1e300, true, [], {}, [{ Key: "a", Value: "b" }], { ListName: "l", AppsList: [] }, { ListName: "l", ProtocolsList: ["TCP"] })), { maxKeys: 6 }), async (operation, Policy, given) => {
      const input = operation === "PutPolicy" ? { Policy, ...given } : given;
      const reply = await call("fms", operation, input as JsonObject);
      took += Number(reply.ok);
      if (!reply.ok) expect(errors.has(reply.error.code), `${operation}: ${reply.error.code}`).toBe(true);
    }),
    { seed: 42, numRuns: 1_500 },
  );
  expect(took).toBeGreaterThan(100);
  await lab.advance(1_200_000);
  expect(checkSnapshot(JSON.parse(JSON.stringify(lab.snapshot())))).toBeUndefined();
}, 30_000);

test("service data of any form is read or refused, never thrown at", () => {
  fc.assert(
    fc.property(fc.constantFrom("WAFV2", "SHIELD_ADVANCED", "SECURITY_GROUPS_COMMON", "SECURITY_GROUPS_CONTENT_AUDIT", "SECURITY_GROUPS_USAGE_AUDIT"), fc.dictionary(fc.constantFrom("preProcessRuleGroups", "postProcessRuleGroups", "defaultAction", "securityGroups", "securityGroupAction", "deleteUnusedSecurityGroups", "optionalDelayForUnusedInMinutes", "automaticResponseConfiguration"), fc.jsonValue()), (type, more) => {
      const read = readServiceData(type as never, JSON.stringify({ ...more, type }));
      if (!("type" in read)) expect(["InvalidInputException", "NotSimulated"]).toContain(read.error.code);
    }),
    { seed: 7, numRuns: 500 },
  );
});
