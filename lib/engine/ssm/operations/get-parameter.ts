import { ok } from "../../errors";
import type { Operation } from "../../types";
import { askReference } from "../authorise";
import { interactions } from "../cost";
import { isFailure } from "../errors";
import { isSecretReference, parseReference } from "../names";
import { readOne } from "../read";
import { readSecret } from "../secrets";

/**
 * One parameter by name or ARN, with a selector or without.
 * Errors: ParameterNotFound, ParameterVersionNotFound, ValidationException, InvalidKeyId, AccessDeniedException.
 * Source: SSM API, GetParameter.
 */
export const getParameter: Operation = {
  name: "GetParameter",
  authorise: (input: { Name: string }, ctx) => askReference(ctx, "GetParameter", input.Name),
  handle(input: { Name: string; WithDecryption?: boolean }, ctx) {
    if (isSecretReference(input.Name)) {
      const secret = readSecret(ctx, input.Name, input.WithDecryption);
      return "ok" in secret ? secret : ok({ Parameter: secret.parameter });
    }
    const reference = parseReference(input.Name, ctx.region, ctx.account);
    if (isFailure(reference)) return reference;
    const read = readOne(ctx, reference, input.WithDecryption);
    return "ok" in read ? read : ok({ Parameter: read.parameter });
  },
  cost: (input: { Name: string }, ctx) => interactions(ctx, [input.Name]),
};
