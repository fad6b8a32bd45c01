import { strToU8, zipSync } from "fflate/browser";
import { codeOf } from "@/lib/engine/lambda/templates/code";
import { rotationRolePolicy, type RotationTemplate } from "@/lib/engine/lambda/templates/list";
import { trustPolicy } from "../../iam/shared/policy-texts";
import type { Ask } from "../../frame/use-load";

export interface NewRotationFunction {
  functionName: string;
  template: RotationTemplate;
  secretArn: string;
  adminSecretArn?: string;
  /** Of the secret and the superuser's secret, where these are customer managed: the function must be let in there too. */
  keys: readonly string[];
}

const base64 = (bytes: Uint8Array): string => {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
};

/**
 * The rotation function that the console makes: its role, which may rotate this secret and write a log; the code of the
 * template; and the permission for Secrets Manager to call it. The answer is the function's ARN.
 * Source: Secrets Manager User Guide, Set up automatic rotation using the console; Lambda rotation function execution role permissions.
 */
export async function createRotationFunction(ask: Ask, { functionName, template, secretArn, adminSecretArn, keys }: NewRotationFunction): Promise<string> {
  const { runtime, handler, file, text } = codeOf(template, "python");
  const RoleName = `${functionName.slice(0, 55)}-role`;
  const { Role } = await ask<{ Role: { Arn: string } }>("iam", "CreateRole", { RoleName, AssumeRolePolicyDocument: trustPolicy({ kind: "service", service: "lambda.amazonaws.com" }) });
  await ask("iam", "AttachRolePolicy", { RoleName, PolicyArn: "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole" });
  await ask("iam", "PutRolePolicy", { RoleName, PolicyName: "SecretsManagerRotation", PolicyDocument: rotationRolePolicy(secretArn, adminSecretArn) });
  if (keys.length)
    await ask("iam", "PutRolePolicy", { RoleName, PolicyName: "SecretKeys", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: ["kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey"], Resource: [...keys] }] }) });
  const { FunctionArn } = await ask<{ FunctionArn: string }>("lambda", "CreateFunction", {
    FunctionName: functionName, Role: Role.Arn, Runtime: runtime, Handler: handler, Timeout: 30,
    Description: `Rotates a Secrets Manager secret: ${template.title}`,
    Code: { ZipFile: base64(zipSync({ [file]: strToU8(text) })) },
  });
  await ask("lambda", "AddPermission", { FunctionName: functionName, StatementId: "SecretsManagerAccess", Action: "lambda:InvokeFunction", Principal: "secretsmanager.amazonaws.com" });
  return FunctionArn;
}
