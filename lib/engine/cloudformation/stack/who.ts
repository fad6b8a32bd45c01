import { sessions } from "../../iam/state";
import { recognise } from "../../iam/who";
import { cfnErrors } from "../errors";
import type { Failure } from "../../errors";
import type { Context, Principal } from "../../types";
import type { StackRow } from "../state";

const sessionName = "AWSCloudFormation";
const roleParts = /^arn:aws:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/;

/** CloudFormation itself, where it assumes the role of a stack. */
const service = (account: string): Principal => ({ type: "Service", account, arn: `arn:aws:iam::${account}:root`, userId: "cloudformation", service: "cloudformation.amazonaws.com" });

/** The refusal for a role that CloudFormation may not assume. Source: CloudFormation User Guide, "AWS CloudFormation service role". */
export function checkRole(ctx: Context, roleArn: string | undefined): Failure | undefined {
  if (roleArn === undefined) return undefined;
  const [, account] = roleParts.exec(roleArn) ?? [];
  const assumed = account === ctx.account && ctx.call("sts", "AssumeRole", { RoleArn: roleArn, RoleSessionName: sessionName }, { as: service(ctx.account) });
  if (!assumed || !assumed.ok) return cfnErrors.role(roleArn);
  // Tried, and the session forgotten: `actsAs` makes its own at every step.
  sessions(ctx.db).delete((assumed.output.Credentials as { AccessKeyId: string }).AccessKeyId);
  return undefined;
}

/** As whom the stack's resources are made: its role, or who asked for the operation. */
export function actsAs(ctx: Context, { roleArn, principal }: Pick<StackRow, "roleArn" | "principal">): Principal {
  const [, account, role] = roleParts.exec(roleArn ?? "") ?? [];
  const known = role && recognise(ctx.db, { account, role, session: sessionName }, ctx.now);
  return known && known.ok ? known.output : principal;
}
