import type { Ask } from "../../frame/use-load";
import { trustPolicy } from "../../iam/shared/policy-texts";

/**
 * The role that the console makes for a new function: Lambda may take it on, and it may write the function's log, nothing
 * else. Role and policy are named and placed as AWS's console does it.
 * Source: Lambda Developer Guide, Defining Lambda function permissions with an execution role.
 */
export interface BasicRole {
  account: string;
  region: string;
  functionName: string;
  roleName: string;
  policyName: string;
}

const PATH = "/service-role/";

/** What the role may do with its log group; the group itself is made at the first invocation. */
export const basicPolicy = ({ account, region, functionName }: Pick<BasicRole, "account" | "region" | "functionName">): string =>
  JSON.stringify(
    {
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: "logs:CreateLogGroup", Resource: `arn:aws:logs:${region}:${account}:*` },
        { Effect: "Allow", Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: [`arn:aws:logs:${region}:${account}:log-group:/aws/lambda/${functionName}:*`] },
      ],
    },
    null,
    2,
  );

/** `hello-role-4k2j9x1q`; a role's name has 64 characters at most. */
export const basicRoleName = (functionName: string, tail: string): string => `${functionName.slice(0, 64 - "-role-".length - tail.length)}-role-${tail}`;
export const basicPolicyName = (uuid: string): string => `AWSLambdaBasicExecutionRole-${uuid}`;

/** CreatePolicy, CreateRole, AttachRolePolicy; the answer is the role's ARN. */
export async function createBasicRole(ask: Ask, role: BasicRole): Promise<string> {
  const { Policy } = await ask<{ Policy: { Arn: string } }>("iam", "CreatePolicy", { Path: PATH, PolicyName: role.policyName, PolicyDocument: basicPolicy(role) });
  const { Role } = await ask<{ Role: { Arn: string } }>("iam", "CreateRole", {
    Path: PATH,
    RoleName: role.roleName,
    AssumeRolePolicyDocument: trustPolicy({ kind: "service", service: "lambda.amazonaws.com" }),
  });
  await ask("iam", "AttachRolePolicy", { RoleName: role.roleName, PolicyArn: Policy.Arn });
  return Role.Arn;
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

/** Random tails for the names: eight letters for the role, a UUID for the policy. */
export function randomNames(functionName: string, random: (bytes: number) => Uint8Array): Pick<BasicRole, "roleName" | "policyName"> {
  const tail = [...random(8)].map((byte) => LETTERS[byte % LETTERS.length]).join("");
  const hex = [...random(16)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const uuid = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  return { roleName: basicRoleName(functionName, tail), policyName: basicPolicyName(uuid) };
}
