import { toBase64 } from "../../crypto/bytes";
import { ok } from "../../errors";
import type { Operation } from "../../types";
import { callContext } from "../auth";
import { kmsErrors } from "../errors";
import { noteCrypto, refuseRecipient } from "../use";

interface Input {
  NumberOfBytes?: number;
  CustomKeyStoreId?: string;
  Recipient?: unknown;
}

/** Random bytes, 1 to 1,024. No key is in it: IAM alone decides. Source: KMS API, GenerateRandom; text recorded from AWS. */
export const GenerateRandom: Operation = {
  name: "GenerateRandom",
  validate(input: Input) {
    if (input.NumberOfBytes === undefined) return kmsErrors.validation("NumberOfBytes is required.");
    if (input.CustomKeyStoreId !== undefined) return kmsErrors.notSimulated("custom key stores");
    return refuseRecipient(input);
  },
  authorise: (_input: Input, ctx) => ({ action: "kms:GenerateRandom", resource: "*", context: callContext(ctx) }),
  handle(input: Input, ctx) {
    const bytes = ctx.random(input.NumberOfBytes!);
    noteCrypto(ctx, "random", `${bytes.length} random bytes`, { bytesIn: 0, bytesOut: bytes.length });
    return ok({ Plaintext: toBase64(bytes) });
  },
};
