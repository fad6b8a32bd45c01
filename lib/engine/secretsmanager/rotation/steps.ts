import { toBase64, utf8 } from "../../crypto/bytes";
import type { AwsError, Context, JsonObject, Principal } from "../../types";
import type { RotationStep, SecretRow } from "../state";
import { inChain } from "./chain";
import { performManaged } from "./managed";
import type { StepFailure } from "./run";

/** Secrets Manager itself, in the secret's account: who invokes rotation functions. */
export const secretsManagerPrincipal = (account: string): Principal => ({ type: "Service", account, arn: `arn:aws:iam::${account}:root`, userId: "secretsmanager", service: "secretsmanager.amazonaws.com" });

/** Secrets Manager asks itself, in the account of a secret that another account's principal may change: nobody is asked for permission twice. */
export const isSecretsManager = ({ principal }: Context): boolean => principal.type === "Service" && principal.service === "secretsmanager.amazonaws.com";

/** What a function's policy may ask about the invocation. Source: Secrets Manager User Guide, "Permissions for rotation" (aws:SourceAccount). */
export const invocationContext = (secret: Pick<SecretRow, "ARN">, account: string) => ({ "aws:SourceAccount": account, "aws:SourceArn": secret.ARN });

/** Does one step of a secret's rotation; undefined when it went well. */
export function performStep(ctx: Context, secret: Readonly<SecretRow>, step: RotationStep): StepFailure | undefined {
  if (secret.OwningService !== undefined) return performManaged(ctx, secret, step);
  if (secret.Type !== undefined && secret.RotationLambdaARN === undefined) return external(secret, step);
  return invoke(ctx, secret, step);
}

/** The function is called with the step's name. Source: Secrets Manager User Guide, "Rotation by Lambda function". */
function invoke(ctx: Context, secret: Readonly<SecretRow>, step: RotationStep): StepFailure | undefined {
  const functionArn = secret.RotationLambdaARN!;
  const { token, rotationToken, chain } = secret.rotation!;
  const event = JSON.stringify({ Step: step, SecretId: secret.ARN, ClientRequestToken: token, RotationToken: rotationToken });
  const answer = inChain(ctx, functionArn, chain, () =>
    ctx.call("lambda", "Invoke", { FunctionName: functionArn, Payload: toBase64(utf8(event)) }, { as: secretsManagerPrincipal(ctx.account), context: invocationContext(secret, ctx.account) }),
  );
  // Seen in RotationFailed events that people quote in public.
  const failure = (reason: string): StepFailure => ({ errorMessage: `Error when executing lambda ${functionArn} during ${step} step`, reason });
  if (!answer.ok) return failure(explained(answer.error));
  return answer.output.FunctionError === undefined ? undefined : failure(errorOf(answer.output));
}

const explained = ({ code, message }: AwsError): string =>
  code === "RecursiveInvocationException" ? `${message} Rotations that start each other went round until Lambda's limit; AWS would not stop a loop that goes through Secrets Manager.` : `${code}${message ? `: ${message}` : ""}`;

/** What the function's error document says. */
function errorOf({ Payload }: JsonObject): string {
  try {
    const { errorType, errorMessage } = JSON.parse(atob(String(Payload))) as { errorType?: unknown; errorMessage?: unknown };
    return [errorType, errorMessage].filter((part) => typeof part === "string" && part).join(": ") || "The function failed.";
  } catch {
    return "The function failed.";
  }
}

/** A partner holds the secret: what it would do cannot be shown here. */
function external({ Type }: Readonly<SecretRow>, step: RotationStep): StepFailure {
  const text = `Keyhole does not simulate the partner that holds secrets of the type ${Type}: ${step} was not done.`;
  return { errorMessage: text, reason: text };
}
