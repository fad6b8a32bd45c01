import { parseArn } from "../../arn";
import { regions } from "../../regions";
import { compileGlob, matchGlob } from "./glob";
import type { JsonNode } from "./warnings-json";
import type { Path, StatementCheck } from "./warnings-types";

/**
 * ARNs in Resource that no resource has. Sources: IAM User Guide, "Amazon Resource Names (ARNs)"; Service Authorization
 * Reference, "Resource types defined by …" of KMS, Systems Manager, IAM, STS, Organizations.
 */

const wild = (text: string): boolean => /[*?]|\$\{/.test(text);

interface Shape {
  /** Whether its ARNs have a Region and an account. */
  region: boolean;
  account: boolean;
  /** How the last part begins, whatever the kind of resource. */
  starts: string[];
}

const shapes: Record<string, Shape> = {
  kms: { region: true, account: true, starts: ["key/", "alias/"] },
  ssm: {
    region: true,
    account: true,
    starts: [
      "parameter/",
      "document/",
      "servicesetting/",
      "session/",
      "managed-instance/",
      "maintenancewindow/",
      "opsitem/",
      "opsmetadata/",
      "patchbaseline/",
      "association/",
      "automation-execution/",
      "automation-definition/",
      "resource-data-sync/",
      "windowtarget/",
      "windowtask/",
      "managed-instance-inventory/",
      "opsitemgroup/",
    ],
  },
  iam: { region: false, account: true, starts: [] },
  sts: { region: false, account: true, starts: ["federated-user/", "self", "assumed-role/"] },
  organizations: {
    region: false,
    account: true,
    starts: ["account/", "organization/", "ou/", "policy/", "root/", "handshake/", "resourcepolicy/", "transfer/"],
  },
};

/** Whether a text with wildcards can stand for something that begins so. */
const mayBegin = (pattern: string, start: string): boolean => {
  const at = pattern.search(/[*?]|\$\{/);
  return at < 0 ? pattern.startsWith(start) : start.startsWith(pattern.slice(0, at)) || pattern.slice(0, at).startsWith(start);
};

export function checkArn({ about, tell }: StatementCheck, value: string, path: Path, node: JsonNode): void {
  const arn = parseArn(value);
  if (!arn) return;
  const { service, region, account, resource } = arn;
  const none = (message: string): void => tell("warning", "arn-form", message, path, node);

  if (region !== "" && !wild(region) && !Object.hasOwn(regions, region)) none(`There is no Region ${region}: no resource has this ARN.`);
  if (account !== "" && !wild(account) && account !== "aws" && !/^\d{12}$/.test(account))
    none(`An account has twelve digits, not "${account}": no resource has this ARN.`);
  if (!Object.hasOwn(shapes, service)) return;
  const shape = shapes[service];
  if (shape.region && region === "")
    none(`An ARN of ${service} has a Region between the third and the fourth colon: no resource has this one.`);
  if (!shape.region && region !== "" && service !== "iam") none(`An ARN of ${service} has no Region: no resource has this one.`);
  if (shape.account && account === "")
    none(`An ARN of ${service} has the account between the fourth and the fifth colon: no resource has this one.`);
  if (shape.starts.length > 0 && !shape.starts.some((start) => mayBegin(resource, start)))
    none(
      `An ARN of ${service} ends in ${shape.starts
        .slice(0, 2)
        .map((start) => `${start}…`)
        .join(" or ")}: no resource has this one.`,
    );
  if (service === "ssm" && resource.startsWith("parameter//"))
    none("The ARN of the parameter /app/db ends in parameter/app/db: with two slashes it means nothing.");
  if (service === "kms" && resource.startsWith("alias/") && !matchGlob(compileGlob(resource, "plain", false), "key/x"))
    tell(
      "warning",
      "alias-arn",
      "An alias ARN stands for the alias, never for its key: use the key's ARN, or the condition key kms:ResourceAliases.",
      path,
      node,
    );
  if (/^\d{12}$/.test(account) && account !== about.account && about.kind === "IdentityPolicy")
    tell("hint", "other-account", `This is in account ${account}: its owner's policy must let ${about.account} in as well.`, path, node);
}
