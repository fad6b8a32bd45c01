import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { JsonObject } from "../engine/types";
import { startEndpoint } from "./endpoint";
import { type Terraform, terraformFolder, terraformIsHere } from "./terraform.test-helper";

/**
 * Terraform's AWS provider makes the databases of `vectors/databases.tf`, finds them unchanged, and destroys them. The provider
 * waits until they are available, so the lab's clock is moved on all the while.
 */
if (!terraformIsHere) console.log("terraform-databases.test.ts: skipped, since terraform or its AWS provider is not installed here");

describe.skipIf(!terraformIsHere)("Terraform's AWS provider and databases", { timeout: 900_000 }, () => {
  let terraform: Terraform;
  let endpoint: Awaited<ReturnType<typeof startEndpoint>>;
  let clock: ReturnType<typeof setInterval>;

  const list = async (service: string, operation: string, member: string): Promise<JsonObject[]> => {
    const reply = await endpoint.lab().call({ service, operation, input: {}, caller: { account: "111122223333", user: "admin" }, region: "us-east-1" });
    if (!reply.ok) throw new Error(reply.error.code);
    return reply.output[member] as JsonObject[];
  };
  const databases = async (): Promise<string[]> =>
    (await Promise.all([list("rds", "DescribeDBInstances", "DBInstances"), list("rds", "DescribeDBClusters", "DBClusters"), list("redshift", "DescribeClusters", "Clusters")]))
      .flat()
      .map((row) => `${String(row.DBInstanceIdentifier ?? row.DBClusterIdentifier ?? row.ClusterIdentifier)} ${String(row.DBInstanceStatus ?? row.Status ?? row.ClusterStatus)}`);

  beforeAll(async () => {
    terraform = terraformFolder("databases.tf");
    endpoint = await startEndpoint({ port: 0 });
    const { status, output } = await terraform.run("init");
    expect(status, output).toBe(0);
    clock = setInterval(() => void fetch(`http://127.0.0.1:${endpoint.port}/_keyhole/advance`, { method: "POST", body: JSON.stringify({ seconds: 60 }) }).catch(() => undefined), 3_000);
  });

  afterAll(async () => {
    clearInterval(clock);
    await endpoint?.close();
    terraform?.remove();
  });

  test("creates them", async () => {
    const { status, output } = await terraform.run("apply", "-auto-approve", `-var=port=${endpoint.port}`);
    expect(status, output).toBe(0);
    expect(await databases()).toEqual(["one available", "shop available", "heart available", "sales available"]);
    expect((await list("secretsmanager", "ListSecrets", "SecretList")).map(({ OwningService }) => OwningService)).toEqual(["rds"]);
  });

  test("plans nothing the second time", async () => {
    const { status, output } = await terraform.run("plan", "-detailed-exitcode", `-var=port=${endpoint.port}`);
    // 2 would be a plan with changes.
    expect(status, output).toBe(0);
  });

  test("destroys them", async () => {
    const { status, output } = await terraform.run("destroy", "-auto-approve", `-var=port=${endpoint.port}`);
    expect(status, output).toBe(0);
    expect(await databases()).toEqual([]);
    expect(await list("secretsmanager", "ListSecrets", "SecretList")).toEqual([]);
  });
});
