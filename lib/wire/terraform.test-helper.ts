import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Where `terraform` is installed and the provider lies in a plugin folder of this machine; nothing is downloaded. */
const mirrors = [process.env.TF_PLUGIN_MIRROR, join(homedir(), ".terraform.d/plugins"), "/usr/local/share/terraform/plugins"].filter(
  (folder): folder is string => folder !== undefined && existsSync(join(folder, "registry.terraform.io/hashicorp/aws")),
);
export const terraformIsHere = mirrors.length > 0 && spawnSync("terraform", ["version"]).status === 0;

export interface Terraform {
  run(...args: string[]): Promise<{ status: number | null; output: string }>;
  remove(): void;
}

/** A folder of its own with `vectors/<file>` as its configuration, and these files beside it. */
export function terraformFolder(file: string, beside: Record<string, Uint8Array> = {}): Terraform {
  const folder = mkdtempSync(join(tmpdir(), "keyhole-terraform-"));
  copyFileSync(fileURLToPath(new URL(`vectors/${file}`, import.meta.url)), join(folder, "main.tf"));
  for (const [name, bytes] of Object.entries(beside)) writeFileSync(join(folder, name), bytes);
  writeFileSync(join(folder, "terraform.rc"), `provider_installation {\n${mirrors.map((path) => `  filesystem_mirror {\n    path = ${JSON.stringify(path)}\n  }\n`).join("")}}\n`);
  return {
    // Terraform runs beside this process, not in it: the endpoint must go on answering.
    async run(command, ...args) {
      const child = spawn("terraform", [command, "-no-color", "-input=false", ...args], {
        cwd: folder,
        env: { ...process.env, TF_CLI_CONFIG_FILE: join(folder, "terraform.rc"), TF_IN_AUTOMATION: "1", CHECKPOINT_DISABLE: "1", AWS_EC2_METADATA_DISABLED: "true" },
      });
      let output = "";
      for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => (output += text.toString()));
      const status = await new Promise<number | null>((resolve) => child.on("close", resolve));
      return { status, output };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
