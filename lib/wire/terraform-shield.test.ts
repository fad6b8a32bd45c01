import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { JsonObject } from "../engine/types";
import { startEndpoint } from "./endpoint";
import { type Terraform, terraformFolder, terraformIsHere } from "./terraform.test-helper";

/**
 * Terraform's AWS provider makes what `vectors/shield.tf` says in an account that is subscribed to Shield Advanced and manages an
 * organization; it finds all of it unchanged, and destroys it.
 */
if (!terraformIsHere) console.log("terraform-shield.test.ts: skipped, since terraform or its AWS provider is not installed here");

describe.skipIf(!terraformIsHere)("Terraform's AWS provider, Shield and Firewall Manager", { timeout: 900_000 }, () => {
  let terraform: Terraform;
  let endpoint: Awaited<ReturnType<typeof startEndpoint>>;
  let [balancer, address] = ["", ""];

  const ask = async (service: string, operation: string, input: JsonObject = {}): Promise<any> => {
    const reply = await endpoint.lab().call({ service, operation, input, caller: { account: "111122223333", user: "admin" }, region: "us-east-1" });
    if (!reply.ok) throw new Error(`${reply.error.code}: ${reply.error.message}`);
    return reply.output;
  };
  const variables = (): string[] => [`-var=port=${endpoint.port}`, `-var=balancer=${balancer}`, `-var=address=${address}`];

  beforeAll(async () => {
    terraform = terraformFolder("shield.tf");
    endpoint = await startEndpoint({ port: 0 });
    balancer = (await ask("traffic", "AddResource", { ResourceType: "APPLICATION_LOAD_BALANCER", Name: "shop" })).Resource.Arn;
    address = (await ask("estate", "AddResource", { ResourceType: "ELASTIC_IP", Name: "a" })).Resource.Arn;
    await ask("shield", "CreateSubscription");
    await ask("organizations", "CreateOrganization");
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
    expect((await ask("shield", "ListProtections")).Protections.map(({ Name }: { Name: string }) => Name).sort()).toEqual(["address", "balancer"]);
    expect((await ask("shield", "ListResourcesInProtectionGroup", { ProtectionGroupId: "some" })).ResourceArns).toEqual([address]);
    expect((await ask("shield", "DescribeProtection", { ResourceArn: address })).Protection.HealthCheckIds).toHaveLength(1);
    expect((await ask("shield", "DescribeProtection", { ResourceArn: balancer })).Protection.ApplicationLayerAutomaticResponseConfiguration).toEqual({ Status: "ENABLED", Action: { Count: {} } });
    expect(await ask("shield", "DescribeDRTAccess")).toMatchObject({ RoleArn: "arn:aws:iam::111122223333:role/srt", LogBucketList: ["attack-logs"] });
    expect((await ask("fms", "ListPolicies")).PolicyList.map((policy: { PolicyName: string; ResourceType: string }) => `${policy.PolicyName} ${policy.ResourceType}`).sort()).toEqual(["addresses AWS::EC2::EIP", "web ResourceTypeList"]);
  });

  test("plans nothing the second time", async () => {
    const { status, output } = await terraform.run("plan", "-detailed-exitcode", ...variables());
    // 2 would be a plan with changes.
    expect(status, output).toBe(0);
  });

  test("destroys everything", async () => {
    const { status, output } = await terraform.run("destroy", "-auto-approve", ...variables());
    expect(status, output).toBe(0);
    expect((await ask("shield", "ListProtections")).Protections).toEqual([]);
    expect((await ask("shield", "ListProtectionGroups")).ProtectionGroups).toEqual([]);
    expect((await ask("shield", "DescribeDRTAccess")).RoleArn).toBeUndefined();
    await expect(ask("fms", "GetAdminAccount")).rejects.toThrow("ResourceNotFoundException");
  });
});
