import { type Failure, fail } from "../../errors";
import { invalidRequest } from "../errors";

/** Refusals of rotation. Texts are AWS's where a recorded answer or a public issue shows them; the others say "unverified". */
export const rotationErrors = {
  noFunction: (): Failure => invalidRequest("No Lambda rotation function ARN is associated with this secret."),
  cannotInvoke: (): Failure =>
    fail("AccessDeniedException", "Secrets Manager cannot invoke the specified Lambda function. Ensure that the function policy grants access to the principal secretsmanager.amazonaws.com."),
  notComplete: (): Failure => invalidRequest("A previous rotation isn't complete. That rotation will be reattempted."),
  /** As the API reference words it for secrets without a function. */
  neverConfigured: (): Failure =>
    invalidRequest("You tried to enable rotation on a secret that doesn't already have a Lambda function ARN configured and you didn't include such an ARN as a parameter in this call."),
  /** Unverified. */
  notExternal: (): Failure => fail("InvalidParameterException", "ExternalSecretRotationMetadata and ExternalSecretRotationRoleArn are for managed external secrets only."),
  /** Unverified. */
  noExternalRole: (): Failure => invalidRequest("No ExternalSecretRotationRoleArn is associated with this secret."),
  /** Unverified. */
  externalRole: (): Failure => fail("AccessDeniedException", "Secrets Manager cannot assume the role in ExternalSecretRotationRoleArn. Ensure that its trust policy allows the principal secretsmanager.amazonaws.com."),
  partner: (type: string): Failure =>
    fail("NotSimulated", `Keyhole does not simulate the partner that holds secrets of the type ${type}, and so cannot rotate them. With RotateImmediately false the configuration is kept and checked as far as AWS's side goes.`),
} as const;
