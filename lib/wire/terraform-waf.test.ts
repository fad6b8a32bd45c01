import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { JsonObject } from "../engine/types";
import { startEndpoint } from "./endpoint";
import { type Terraform, terraformFolder, terraformIsHere } from "./terraform.test-helper";

/**
 * Terraform's AWS provider makes what `vectors/waf.tf` says: sets, a rule group, web ACLs with every kind of statement, their
 * logging and what they protect; it finds all of it unchanged, and destroys it.
 */
if (!terraformIsHere) console.log("terraform-waf.test.ts: skipped, since terraform or its AWS provider is not installed here");

describe.skipIf(!terraformIsHere)("Terraform's AWS provider and WAF", { timeout: 900_000 }, () => {
  let terraform: Terraform;
  let endpoint: Awaited<ReturnType<typeof startEndpoint>>;
  const balancer = "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/shop/0123456789abcdef";

  const ask = async (service: string, operation: string, input: JsonObject): Promise<any> => {
    const reply = await endpoint.lab().call({ service, operation, input, caller: { account: "111122223333", user: "admin" }, region: "us-east-1" });
    if (!reply.ok) throw new Error(`${reply.error.code}: ${reply.error.message}`);
    return reply.output;
  };
  const variables = (): string[] => [`-var=port=${endpoint.port}`, `-var=balancer=${balancer}`];
  const names = async (): Promise<Record<string, string[]>> => {
    const of = async (operation: string, member: string, Scope = "REGIONAL") => ((await ask("wafv2", operation, { Scope }))[member] as { Name: string }[]).map(({ Name }) => Name);
    return { sets: await of("ListIPSets", "IPSets"), patterns: await of("ListRegexPatternSets", "RegexPatternSets"), groups: await of("ListRuleGroups", "RuleGroups"), acls: await of("ListWebACLs", "WebACLs"), global: await of("ListWebACLs", "WebACLs", "CLOUDFRONT") };
  };

  beforeAll(async () => {
    terraform = terraformFolder("waf.tf");
    endpoint = await startEndpoint({ port: 0 });
    await ask("traffic", "AddResource", { ResourceType: "APPLICATION_LOAD_BALANCER", Name: "shop", Arn: balancer });
    const { status, output } = await terraform.run("init");
    expect(status, output).toBe(0);
  });

  afterAll(async () => {
    await endpoint?.close();
    terraform?.remove();
  });

  test("creates everything", async () => {
    const { status, output } = await terraform.run("apply", "-auto-approve", ...variables());
    expect(status, output).toBe(0);
    expect(await names()).toEqual({ sets: ["office", "six"], patterns: ["robots"], groups: ["own"], acls: ["shop"], global: ["world"] });
    const { WebACL } = await ask("wafv2", "GetWebACLForResource", { ResourceArn: balancer });
    expect(WebACL.Rules).toHaveLength(11);
    // Addresses 1 + 5, patterns 25, pattern 3 + 10, sqli 30 + 10 + 20, xss 40 * 2, headers 2, body 1, rate 2, asn 1, own 200, core 700 + 1; one label 1.
    expect(WebACL.Capacity).toBe(1092);
    expect(WebACL.AssociationConfig).toEqual({ RequestBody: { API_GATEWAY: { DefaultSizeInspectionLimit: "KB_64" } } });
    const { LoggingConfigurations } = await ask("wafv2", "ListLoggingConfigurations", { Scope: "REGIONAL" });
    expect(LoggingConfigurations).toMatchObject([{ ResourceArn: WebACL.ARN, RedactedFields: [{ SingleHeader: { Name: "authorization" } }], LoggingFilter: { DefaultBehavior: "KEEP" } }]);
  });

  test("plans nothing the second time", async () => {
    const { status, output } = await terraform.run("plan", "-detailed-exitcode", ...variables());
    // 2 would be a plan with changes.
    expect(status, output).toBe(0);
  });

  test("destroys everything", async () => {
    const { status, output } = await terraform.run("destroy", "-auto-approve", ...variables());
    expect(status, output).toBe(0);
    expect(await names()).toEqual({ sets: [], patterns: [], groups: [], acls: [], global: [] });
    expect(await ask("wafv2", "GetWebACLForResource", { ResourceArn: balancer })).toEqual({});
  });
});
