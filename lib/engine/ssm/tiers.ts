import { utf8 } from "../crypto/bytes";
import { type Failure, fail } from "../errors";
import type { Context } from "../types";
import { invalid } from "./errors";
import { type StoredTier, counts, settings } from "./state";

/** Source: Systems Manager User Guide, managing parameter tiers. */
export const limits: Record<StoredTier, { parameters: number; bytes: number }> = {
  Standard: { parameters: 10_000, bytes: 4_096 },
  Advanced: { parameters: 100_000, bytes: 8_192 },
};

export type RequestedTier = StoredTier | "Intelligent-Tiering";
export const defaultTierSetting = "/ssm/parameter-store/default-parameter-tier";

const tierPage = "https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html";

/**
 * The tier that a put gives its parameter. A tier in the request is obeyed or refused; without one, a parameter that is
 * already advanced stays so, and otherwise the Region's default tier decides. Intelligent-Tiering takes advanced only
 * for a value of more than 4 KB, for policies, or when the Region's 10,000 standard parameters are there.
 * Errors: ValidationException, ParameterLimitExceeded.
 * Source: Systems Manager User Guide, managing parameter tiers; texts in github.com/hashicorp/terraform-provider-aws/issues/18521
 * and, for the downgrade, in that provider's source. The texts for policies on a standard parameter, for 8 KB and for
 * 100,000 advanced parameters are unverified, and so is that a put without a tier leaves an advanced parameter advanced.
 */
export function chooseTier(ctx: Context, request: { tier?: RequestedTier; value: string; policies: boolean; existing?: StoredTier }): StoredTier | Failure {
  const { value, policies, existing } = request;
  const bytes = utf8(value).length;
  const have = counts(ctx.db);
  const full = !existing && have.Standard >= limits.Standard.parameters;
  const wanted = request.tier ?? (existing === "Advanced" ? "Advanced" : ((settings(ctx.db).get(defaultTierSetting)?.SettingValue ?? "Standard") as RequestedTier));
  const tier: StoredTier = wanted !== "Intelligent-Tiering" ? wanted : existing === "Advanced" || bytes > limits.Standard.bytes || policies || full ? "Advanced" : "Standard";
  ctx.note({ kind: "check", what: "tier", ok: true, detail: `${wanted} → ${tier}` });

  if (tier === "Standard") {
    if (existing === "Advanced")
      return invalid(
        "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the advanced-parameter tier to the standard-parameter tier. If necessary, you can delete the advanced parameter and recreate it as a standard parameter. Be aware that standard parameters have a value limit of 4096 characters.",
      );
    if (policies) return invalid("Parameter policies are supported only for parameters that use the advanced-parameter tier.");
    if (bytes > limits.Standard.bytes)
      return invalid(
        `Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier. For more information, see ${tierPage}`,
      );
  } else if (bytes > limits.Advanced.bytes) return invalid("Advanced tier parameters support a maximum parameter value of 8192 characters.");

  if (existing !== tier && have[tier] >= limits[tier].parameters)
    return fail(
      "ParameterLimitExceeded",
      tier === "Standard"
        ? "You have reached the maximum number of standard parameters for this AWS account and Region (10000). To add more parameters, either delete existing parameters or upgrade to the advanced-parameter tier (charges apply)."
        : "You have reached the maximum number of advanced parameters for this AWS account and Region (100000). To add more parameters, delete existing parameters.",
    );
  return tier;
}
