import type { Strategy } from "@/lib/engine/application/state";
import type { JsonObject } from "@/lib/engine/types";
import { trustPolicy } from "../../iam/shared/policy-texts";
import type { Ask } from "../../frame/use-load";

/** What is entered in the form, kept until the application is started. */
export interface StartDraft {
  name: string;
  secret: string;
  roleFrom: "new" | "existing";
  role: string;
  strategy: Strategy;
  interval: string;
  cache: string;
  host: string;
  database: string;
}

export const firstStart: StartDraft = { name: "", secret: "", roleFrom: "new", role: "", strategy: "refreshes-on-refusal", interval: "1", cache: "60", host: "", database: "" };

const wholeNumber = (text: string): boolean => /^\d{1,6}$/.test(text.trim());

/** By field, why the form cannot be sent yet. */
export function startProblems({ name, secret, roleFrom, role, strategy, interval, cache }: StartDraft): Partial<Record<keyof StartDraft, string>> {
  return {
    ...(!name.trim() && { name: "Enter a name." }),
    ...(!secret && { secret: "Choose a secret." }),
    ...(roleFrom === "existing" && !role && { role: "Choose a role." }),
    ...(!wholeNumber(interval) && { interval: "Enter a whole number of seconds." }),
    ...(strategy !== "never-refreshes" && !wholeNumber(cache) && { cache: "Enter a whole number of seconds, 0 for none." }),
  };
}

/** StartApplication's input. */
export const startInput = ({ name, secret, strategy, interval, cache, host, database }: StartDraft, Role: string): JsonObject => ({
  Name: name.trim(), SecretId: secret, Role, Strategy: strategy, IntervalSeconds: Number(interval),
  ...(strategy === "never-refreshes" ? {} : { CacheSeconds: Number(cache) }),
  ...(host.trim() && { Host: host.trim() }),
  ...(database.trim() && { Database: database.trim() }),
});

/** A role for a program on a machine of EC2, which may read one secret, and decrypt under its key where that is a key of one's own. */
export async function createApplicationRole(ask: Ask, name: string, secretArn: string, keyArn?: string): Promise<string> {
  const RoleName = `${name.replace(/[^A-Za-z0-9+=,.@_-]/g, "-").slice(0, 58)}-role`;
  await ask("iam", "CreateRole", { RoleName, AssumeRolePolicyDocument: trustPolicy({ kind: "service", service: "ec2.amazonaws.com" }) });
  const Statement = [
    { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: secretArn },
    ...(keyArn === undefined ? [] : [{ Effect: "Allow", Action: "kms:Decrypt", Resource: keyArn }]),
  ];
  await ask("iam", "PutRolePolicy", { RoleName, PolicyName: "ReadSecret", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement }) });
  return RoleName;
}

/** Starts what the form says; the role first, where it is to be made. `made` remembers it, for a second try. */
export async function startApplication(ask: Ask, draft: StartDraft, made: { role?: string }): Promise<void> {
  if (draft.roleFrom === "new" && made.role === undefined) {
    const { ARN, KmsKeyId } = await ask<{ ARN: string; KmsKeyId?: string }>("secretsmanager", "DescribeSecret", { SecretId: draft.secret });
    const key = KmsKeyId === undefined ? undefined : (await ask<{ KeyMetadata: { Arn: string } }>("kms", "DescribeKey", { KeyId: KmsKeyId })).KeyMetadata.Arn;
    made.role = await createApplicationRole(ask, draft.name.trim(), ARN, key);
  }
  await ask("application", "StartApplication", startInput(draft, draft.roleFrom === "new" ? made.role! : draft.role));
}
