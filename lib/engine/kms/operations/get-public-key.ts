import { ok } from "../../errors";
import type { Operation } from "../../types";
import { useCost } from "../billing";
import { kmsErrors } from "../errors";
import { foundKey } from "../find";
import { stateProblem } from "../manage";
import { algorithmMembers, isAsymmetric } from "../specs";
import { askKey, currentMaterial } from "../use";

interface Input {
  KeyId: string;
  GrantTokens?: string[];
}

/**
 * The public half of a pair, which may leave KMS: SubjectPublicKeyInfo, DER.
 * Output: KeyId (ARN), PublicKey, CustomerMasterKeySpec, KeySpec, KeyUsage and the list of algorithms that goes with the usage.
 * Source: KMS API, GetPublicKey.
 */
export const GetPublicKey: Operation = {
  name: "GetPublicKey",
  authorise: (input: Input, ctx) => askKey(ctx, "GetPublicKey", input),
  handle(input: Input, ctx) {
    const { key } = foundKey(ctx, input.KeyId);
    // AWS's code; the text is not recorded.
    if (!isAsymmetric(key.KeySpec))
      return kmsErrors.unsupported(`${key.Arn} key spec is ${key.KeySpec} which is not valid for GetPublicKey.`);
    const refused = stateProblem("GetPublicKey", key, ctx);
    if (refused) return refused;
    return ok({
      KeyId: key.Arn,
      PublicKey: currentMaterial(key).publicKey!,
      CustomerMasterKeySpec: key.KeySpec,
      KeySpec: key.KeySpec,
      KeyUsage: key.KeyUsage,
      ...algorithmMembers(key.KeySpec, key.KeyUsage),
    });
  },
  cost: ({ KeyId }: { KeyId: string }, ctx) => useCost(ctx, KeyId),
};
