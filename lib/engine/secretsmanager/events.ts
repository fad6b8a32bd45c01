import type { Context } from "../types";
import { PENDING, PREVIOUS } from "./labels";
import type { SecretRow } from "./state";

/**
 * Tells EventBridge that a label moved to another version; nothing is said of AWSPENDING and AWSPREVIOUS.
 * Source: Secrets Manager User Guide, Secret Label Updated event.
 */
export function labelUpdated(ctx: Context, { ARN, Name }: Pick<SecretRow, "ARN" | "Name">, stage: string, versionId: string): void {
  if (stage === PENDING || stage === PREVIOUS) return;
  ctx.emit({ source: "aws.secretsmanager", detailType: "Secret Label Updated", resources: [ARN], account: ARN.split(":")[4], detail: { name: Name, labelUpdated: stage, versionId } });
}
