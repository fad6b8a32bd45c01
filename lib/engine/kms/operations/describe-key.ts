import { ok } from "../../errors";
import type { Context, Operation } from "../../types";
import { checkGrantTokens, keyAuth } from "../auth";
import { awsManagedServices, ensureAwsManagedKey } from "../aws-managed";
import { aliasArnOf, findKey, foundKey } from "../find";
import { keyMetadata } from "../metadata";

interface Input {
  KeyId: string;
  GrantTokens?: string[];
}

const action = "kms:DescribeKey";

/** `ssm` of `alias/aws/ssm` or of its ARN in the caller's account and Region, if AWS has an alias of that name. */
function predefinedAlias(keyId: string, ctx: Context): string | undefined {
  const prefix = "alias/aws/";
  const start = [prefix, aliasArnOf(ctx.region, ctx.account, prefix)].find((text) => keyId.startsWith(text));
  const name = start && keyId.slice(start.length);
  return name && Object.hasOwn(awsManagedServices, name) ? name : undefined;
}

/**
 * Everything about a key save its policy, aliases, tags and grants. Takes all four forms of a key's name, and works in any state.
 * Asked of one of AWS's own aliases that has no key yet, AWS makes the key and describes it.
 * Source: KMS API, DescribeKey.
 */
export const DescribeKey: Operation = {
  name: "DescribeKey",
  validate: (input: Input) => checkGrantTokens(input.GrantTokens),
  authorise(input: Input, ctx) {
    const predefined = predefinedAlias(input.KeyId, ctx);
    if (predefined) ensureAwsManagedKey(ctx, predefined);
    const result = findKey(ctx, input.KeyId, { action, aliases: true });
    return result.ok ? keyAuth(ctx, { action, found: result.found, grantTokens: input.GrantTokens }) : result;
  },
  handle(input: Input, ctx) {
    const { key, db } = foundKey(ctx, input.KeyId);
    return ok({ KeyMetadata: keyMetadata(db, key) });
  },
};
