import { parseArn } from "@/lib/engine/arn";
import { keys } from "@/lib/engine/kms/state";
import type { Lab } from "@/lib/engine/lab";

/** The policy of a KMS key, which IAM's simulator has to be given; of anything else none. */
export function resourcePolicyOf(lab: Pick<Lab, "read">, arn: string): { policy: string; owner: string } | undefined {
  const parsed = parseArn(arn);
  if (parsed?.service !== "kms" || !parsed.resource.startsWith("key/")) return undefined;
  const key = keys(lab.read({ account: parsed.account, region: parsed.region, service: "kms" })).get(parsed.resource.slice("key/".length));
  return key && { policy: key.policy, owner: parsed.account };
}
