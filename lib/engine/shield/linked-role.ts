import { uniqueId } from "../iam/ids";
import { nameId, roles } from "../iam/state";
import { sessionArn } from "../iam/who";
import type { Context, Principal } from "../types";

/** A service-linked role: how a service acts in an account that uses it. */
export interface LinkedRole {
  /** `shield.amazonaws.com`. */
  service: string;
  name: string;
  session: string;
  /** Name and statements of its permissions policy. */
  policy: { name: string; statements: object[] };
}

/**
 * The service by its role in `account`, made there when it is first needed. What AWS attaches is a managed policy of the service; here
 * its actions stand in the role itself.
 * Sources: AWS WAF Developer Guide, "Using service-linked roles for Shield Advanced", "… for Firewall Manager".
 */
export function linkedRole(ctx: Context, account: string, { service, name, session, policy }: LinkedRole): Principal {
  const table = roles(ctx.db, account);
  const known = table.get(nameId(name));
  const Path = `/aws-service-role/${service}/`;
  const document = JSON.stringify({ Version: "2012-10-17", Statement: policy.statements });
  const role = known ?? {
    RoleName: name, RoleId: uniqueId("AROA", (bytes) => ctx.random(bytes)), Path, Arn: `arn:aws:iam::${account}:role${Path}${name}`, CreateDate: ctx.now,
    AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }] }),
    MaxSessionDuration: 3600, Tags: [], attached: [],
    inline: { [policy.name]: document },
  };
  if (!known) table.put(nameId(name), role);
  // IAM's CreateServiceLinkedRole made it, and knows nothing of what it is for.
  else if (known.inline[policy.name] === undefined) table.edit(nameId(name)).inline[policy.name] = document;
  return {
    type: "AssumedRole", account, arn: sessionArn(account, name, session), userId: `${role.RoleId}:${session}`, name, roleArn: role.Arn,
    session: { name: session, issuedAt: ctx.now, expiresAt: ctx.now + 3_600_000, policies: [], tags: {} },
  };
}
