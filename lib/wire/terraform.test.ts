import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startEndpoint } from "./endpoint";

/**
 * Terraform's AWS provider against the endpoint: all of `vectors/interop.tf` is created, found unchanged, and destroyed.
 * Runs where `terraform` is installed and the provider lies in a plugin folder of this machine; nothing is downloaded.
 */
const mirrors = [process.env.TF_PLUGIN_MIRROR, join(homedir(), ".terraform.d/plugins"), "/usr/local/share/terraform/plugins"].filter(
  (folder): folder is string => folder !== undefined && existsSync(join(folder, "registry.terraform.io/hashicorp/aws")),
);
const installed = mirrors.length > 0 && spawnSync("terraform", ["version"]).status === 0;
if (!installed) console.log("terraform.test.ts: skipped, since terraform or its AWS provider is not installed here");

describe.skipIf(!installed)("Terraform's AWS provider", { timeout: 600_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), "keyhole-terraform-"));
  let endpoint: Awaited<ReturnType<typeof startEndpoint>>;

  /** Terraform runs beside this process, not in it: the endpoint must go on answering. */
  async function terraform(...args: string[]): Promise<{ status: number | null; output: string }> {
    const child = spawn("terraform", args, {
      cwd: folder,
      env: { ...process.env, TF_CLI_CONFIG_FILE: join(folder, "terraform.rc"), TF_IN_AUTOMATION: "1", CHECKPOINT_DISABLE: "1", AWS_EC2_METADATA_DISABLED: "true" },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => (output += text.toString()));
    const status = await new Promise<number | null>((resolve) => child.on("close", resolve));
    return { status, output };
  }

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
    endpoint = await startEndpoint({ port: 0 });
    copyFileSync(fileURLToPath(new URL("vectors/interop.tf", import.meta.url)), join(folder, "main.tf"));
    writeFileSync(join(folder, "terraform.rc"), `provider_installation {\n${mirrors.map((path) => `  filesystem_mirror {\n    path = ${JSON.stringify(path)}\n  }\n`).join("")}}\n`);
    const { status, output } = await terraform("init", "-no-color", "-input=false");
    expect(status, output).toBe(0);
  });

  afterAll(async () => {
    await endpoint?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test("creates everything", async () => {
    const { status, output } = await terraform("apply", "-auto-approve", "-no-color", "-input=false", ...variables());
    expect(status, output).toBe(0);
    expect(await count("kms", "ListKeys", {}, "Keys")).toHaveLength(made.keys);
    expect(await count("kms", "ListKeys", {}, "Keys", "us-east-1")).toHaveLength(1);
    expect((await count("kms", "ListAliases", {}, "Aliases")).filter(({ TargetKeyId, AliasName }) => TargetKeyId && !String(AliasName).startsWith("alias/aws/"))).toHaveLength(made.aliases);
    expect(await count("ssm", "DescribeParameters", { MaxResults: 50 }, "Parameters")).toHaveLength(made.parameters);
    expect(await count("secretsmanager", "ListSecrets", {}, "SecretList")).toHaveLength(made.secrets);
    expect(await count("secretsmanager", "ListSecretVersionIds", { SecretId: "app/dev/db" }, "Versions")).toHaveLength(1);
  });

  test("plans nothing the second time", async () => {
    const { status, output } = await terraform("plan", "-detailed-exitcode", "-no-color", "-input=false", ...variables());
    // 2 would be a plan with changes.
    expect(status, output).toBe(0);
  });

  test("destroys everything", async () => {
    const { status, output } = await terraform("destroy", "-auto-approve", "-refresh=false", "-no-color", "-input=false", ...variables());
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
