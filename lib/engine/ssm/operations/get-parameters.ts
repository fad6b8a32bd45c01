import { ok } from "../../errors";
import type { JsonObject, Operation } from "../../types";
import { askReference } from "../authorise";
import { interactions } from "../cost";
import { isFailure } from "../errors";
import { type Reference, isSecretReference, parseReference } from "../names";
import { readOne } from "../read";
import { readSecret } from "../secrets";

interface Input {
  Names: string[];
  WithDecryption?: boolean;
}

/**
 * Up to ten parameters, in the order of their names. What is not there comes back in InvalidParameters; a denied name
 * or a key that cannot be used fails the whole call.
 * Errors: ValidationException, InvalidKeyId, AccessDeniedException.
 * Source: SSM API, GetParameters (Names: alphabetical order).
 */
export const getParameters: Operation = {
  name: "GetParameters",
  authorise: (input: Input, ctx) => [...new Set(input.Names)].map((name) => askReference(ctx, "GetParameters", name)),
  handle(input: Input, ctx) {
    const references: Reference[] = [];
    const secrets: string[] = [];
    for (const name of new Set(input.Names)) {
      if (isSecretReference(name)) {
        secrets.push(name);
        continue;
      }
      const reference = parseReference(name, ctx.region, ctx.account);
      if (isFailure(reference)) return reference;
      references.push(reference);
    }
    const found: { key: string; parameter: JsonObject }[] = [];
    const InvalidParameters: string[] = [];
    for (const reference of references) {
      const read = readOne(ctx, reference, input.WithDecryption);
      if (!("ok" in read)) found.push({ key: `${String(read.parameter.Name)}\0${reference.selector ?? ""}`, parameter: read.parameter });
      else if (read.error.code === "ParameterNotFound" || read.error.code === "ParameterVersionNotFound") InvalidParameters.push(reference.text);
      else return read;
    }
    // Of secrets, whatever cannot be answered is invalid, save that the caller may not have it.
    for (const name of secrets) {
      const read = readSecret(ctx, name, input.WithDecryption);
      if (!("ok" in read)) found.push({ key: `${String(read.parameter.Name)}\0${String(read.parameter.Selector ?? "")}`, parameter: read.parameter });
      else if (read.error.code !== "AccessDeniedException") InvalidParameters.push(name);
      else return read;
    }
    found.sort((a, b) => (a.key < b.key ? -1 : 1));
    return ok({ Parameters: found.map(({ parameter }) => parameter), InvalidParameters });
  },
  cost: (input: Input, ctx) => interactions(ctx, input.Names),
};
