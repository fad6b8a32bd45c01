import { ok } from "../../errors";
import type { Operation } from "../../types";
import { checkGrantTokens, keyAuth } from "../auth";
import { findKey, foundKey } from "../find";
import { keyMetadata } from "../metadata";

interface Input {
  KeyId: string;
  GrantTokens?: string[];
}

const action = "kms:DescribeKey";

/**
 * Everything about a key save its policy, aliases, tags and grants. Takes all four forms of a key's name, and works in any state.
 * Source: KMS API, DescribeKey.
 */
export const DescribeKey: Operation = {
  name: "DescribeKey",
  validate: (input: Input) => checkGrantTokens(input.GrantTokens),
  authorise(input: Input, ctx) {
    const result = findKey(ctx, input.KeyId, { action, aliases: true });
    return result.ok ? keyAuth(ctx, { action, found: result.found, grantTokens: input.GrantTokens }) : result;
  },
  handle: (input: Input, ctx) => ok({ KeyMetadata: keyMetadata(foundKey(ctx, input.KeyId).key) }),
};
