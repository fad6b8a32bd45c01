import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startEndpoint } from "./endpoint";
import { type Terraform, terraformFolder, terraformIsHere } from "./terraform.test-helper";

/** Terraform's AWS provider against the endpoint: all of `vectors/interop.tf` is created, found unchanged, and destroyed. */
if (!terraformIsHere) console.log("terraform.test.ts: skipped, since terraform or its AWS provider is not installed here");

describe.skipIf(!terraformIsHere)("Terraform's AWS provider", { timeout: 600_000 }, () => {
  let terraform: Terraform;
  let endpoint: Awaited<ReturnType<typeof startEndpoint>>;

  const variables = (): string[] => [`-var=port=${endpoint.port}`, `-var=valid_to=${validTo}`];
  /** Imported material may stay for a year at most. */
  const validTo = `${new Date(Date.now() + 200 * 86_400_000).toISOString().slice(0, 10)}T00:00:00Z`;
  const made = { keys: 7, aliases: 1, parameters: 5, secrets: 1 };
  const count = async (service: string, operation: string, input: object, list: string, region = "eu-west-2"): Promise<Record<string, unknown>[]> => {
    const reply = await endpoint.lab().call({ service, operation, input: { ...input }, caller: { account: "111122223333", user: "admin" }, region });
    if (!reply.ok) throw new Error(reply.error.code);
    return reply.output[list] as Record<string, unknown>[];
  };

  beforeAll(async () => {
    terraform = terraformFolder("interop.tf");
    endpoint = await startEndpoint({ port: 0 });
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
    expect(await count("kms", "ListKeys", {}, "Keys")).toHaveLength(made.keys);
    expect(await count("kms", "ListKeys", {}, "Keys", "us-east-1")).toHaveLength(1);
    expect((await count("kms", "ListAliases", {}, "Aliases")).filter(({ TargetKeyId, AliasName }) => TargetKeyId && !String(AliasName).startsWith("alias/aws/"))).toHaveLength(made.aliases);
    expect(await count("ssm", "DescribeParameters", { MaxResults: 50 }, "Parameters")).toHaveLength(made.parameters);
    expect(await count("secretsmanager", "ListSecrets", {}, "SecretList")).toHaveLength(made.secrets);
    expect(await count("secretsmanager", "ListSecretVersionIds", { SecretId: "app/dev/db" }, "Versions")).toHaveLength(1);
  });

  test("plans nothing the second time", async () => {
    const { status, output } = await terraform.run("plan", "-detailed-exitcode", ...variables());
    // 2 would be a plan with changes.
    expect(status, output).toBe(0);
  });

  test("destroys everything", async () => {
    const { status, output } = await terraform.run("destroy", "-auto-approve", "-refresh=false", ...variables());
    expect(status, output).toBe(0);
    expect(await count("ssm", "DescribeParameters", { MaxResults: 50 }, "Parameters")).toHaveLength(0);
    expect(await count("secretsmanager", "ListSecrets", { IncludePlannedDeletion: true }, "SecretList")).toHaveLength(0);
    const states: unknown[] = [];
    for (const { KeyId } of await count("kms", "ListKeys", {}, "Keys")) {
      const reply = await endpoint.lab().call({ service: "kms", operation: "DescribeKey", input: { KeyId: KeyId as string }, caller: { account: "111122223333", user: "admin" }, region: "eu-west-2" });
      if (reply.ok) states.push((reply.output.KeyMetadata as Record<string, unknown>).KeyManager === "AWS" ? "aws" : (reply.output.KeyMetadata as Record<string, unknown>).KeyState);
    }
    expect(states.filter((state) => state !== "aws").sort()).toEqual([...Array<string>(5).fill("PendingDeletion"), "PendingReplicaDeletion"]);
  });
});
