import { strToU8, zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { JsonObject } from "../engine/types";
import { startEndpoint } from "./endpoint";
import { type Terraform, terraformFolder, terraformIsHere } from "./terraform.test-helper";

/** Terraform's AWS provider makes the function and the secret of `vectors/rotation.tf`; the function rotates the secret; the provider finds all unchanged, and destroys it. */
if (!terraformIsHere) console.log("terraform-rotation.test.ts: skipped, since terraform or its AWS provider is not installed here");

const code = `
import { SecretsManagerClient, DescribeSecretCommand, GetRandomPasswordCommand, GetSecretValueCommand, PutSecretValueCommand, UpdateSecretVersionStageCommand } from "@aws-sdk/client-secrets-manager";
const client = new SecretsManagerClient();
export const handler = async ({ SecretId, ClientRequestToken, Step }) => {
  if (Step === "createSecret") {
    const { RandomPassword } = await client.send(new GetRandomPasswordCommand({ PasswordLength: Number(process.env.LENGTH) }));
    await client.send(new PutSecretValueCommand({ SecretId, ClientRequestToken, SecretString: RandomPassword, VersionStages: ["AWSPENDING"] }));
  }
  if (Step === "testSecret") await client.send(new GetSecretValueCommand({ SecretId, VersionId: ClientRequestToken, VersionStage: "AWSPENDING" }));
  if (Step === "finishSecret") {
    const { VersionIdsToStages } = await client.send(new DescribeSecretCommand({ SecretId }));
    const [current] = Object.entries(VersionIdsToStages).find(([, stages]) => stages.includes("AWSCURRENT"));
    await client.send(new UpdateSecretVersionStageCommand({ SecretId, VersionStage: "AWSCURRENT", MoveToVersionId: ClientRequestToken, RemoveFromVersionId: current }));
  }
};
`;

describe.skipIf(!terraformIsHere)("Terraform's AWS provider, a function and a secret that it rotates", { timeout: 300_000 }, () => {
  let terraform: Terraform;
  let endpoint: Awaited<ReturnType<typeof startEndpoint>>;

  const ask = async (service: string, operation: string, input: JsonObject): Promise<JsonObject> => {
    const reply = await endpoint.lab().call({ service, operation, input, caller: { account: "111122223333", user: "admin" }, region: "us-east-1" });
    if (!reply.ok) throw new Error(reply.error.code);
    return reply.output;
  };

  beforeAll(async () => {
    terraform = terraformFolder("rotation.tf", { "rotate.zip": zipSync({ "index.mjs": strToU8(code) }) });
    endpoint = await startEndpoint({ port: 0 });
    const { status, output } = await terraform.run("init");
    expect(status, output).toBe(0);
  });

  afterAll(async () => {
    await endpoint?.close();
    terraform?.remove();
  });

  test("creates them", async () => {
    const { status, output } = await terraform.run("apply", "-auto-approve", `-var=port=${endpoint.port}`);
    expect(status, output).toBe(0);
    expect(await ask("secretsmanager", "DescribeSecret", { SecretId: "app/token" })).toMatchObject({ RotationEnabled: true, RotationRules: { AutomaticallyAfterDays: 30 } });
  });

  test("the function gives the secret another value", async () => {
    for (let waited = 0; waited < 20; waited++) {
      await fetch(`http://127.0.0.1:${endpoint.port}/_keyhole/advance`, { method: "POST", body: JSON.stringify({ seconds: 10 }) });
      const { SecretString } = await ask("secretsmanager", "GetSecretValue", { SecretId: "app/token" });
      if (SecretString !== "first") return expect(SecretString).toHaveLength(24);
    }
    expect.fail("the secret still has its first value");
  });

  test("plans nothing the second time", async () => {
    const { status, output } = await terraform.run("plan", "-detailed-exitcode", `-var=port=${endpoint.port}`);
    // 2 would be a plan with changes.
    expect(status, output).toBe(0);
  });

  test("destroys them", async () => {
    const { status, output } = await terraform.run("destroy", "-auto-approve", `-var=port=${endpoint.port}`);
    expect(status, output).toBe(0);
    expect((await ask("secretsmanager", "ListSecrets", {})).SecretList).toEqual([]);
    expect((await ask("lambda", "ListFunctions", {})).Functions).toEqual([]);
  });
});
