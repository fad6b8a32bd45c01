import type { Failure } from "../errors";
import type { Context } from "../types";
import { secretErrors } from "./errors";
import type { SecretRow } from "./state";

/**
 * A secret that another AWS service made is changed and deleted by that service alone.
 * Source: Secrets Manager User Guide, AWS Secrets Manager secrets managed by other AWS services; Secrets Manager API, InvalidRequestException.
 */
export function refuseManaged(ctx: Context, { OwningService }: Readonly<SecretRow>): Failure | undefined {
  if (OwningService === undefined || ctx.via.includes(OwningService) || ctx.principal.type === "Service") return undefined;
  return secretErrors.managedByService(OwningService);
}
