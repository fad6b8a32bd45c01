/** Policies that editors begin with, and that forms write. */

const print = (policy: unknown): string => JSON.stringify(policy, null, 2);

/** The AWS console begins a new policy with an empty statement too. It is refused until it says something. */
export const newPolicy = print({
  Version: "2012-10-17",
  Statement: [{ Sid: "Statement1", Effect: "Allow", Action: [], Resource: [] }],
});

export type Trusted =
  | { kind: "service"; service: string }
  | { kind: "account"; account: string; externalId?: string }
  | { kind: "custom" };

/** The trust policy that the create role form makes of its choices. Source: IAM User Guide, "Create a role to delegate permissions". */
export function trustPolicy(trusted: Trusted): string {
  if (trusted.kind === "service")
    return print({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: trusted.service }, Action: "sts:AssumeRole" }],
    });
  if (trusted.kind === "account")
    return print({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Principal: { AWS: trusted.account },
          Condition: trusted.externalId ? { StringEquals: { "sts:ExternalId": trusted.externalId } } : {},
        },
      ],
    });
  return print({
    Version: "2012-10-17",
    Statement: [{ Sid: "Statement1", Effect: "Allow", Principal: {}, Action: "sts:AssumeRole" }],
  });
}

/** The policy of that name that "Revoke active sessions" writes. Source: IAM User Guide, "Revoke IAM role temporary security credentials". */
export const REVOKE_POLICY = "AWSRevokeOlderSessions";
export const revokePolicy = (beforeMs: number): string =>
  print({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Deny",
        Action: ["*"],
        Resource: ["*"],
        Condition: { DateLessThan: { "aws:TokenIssueTime": new Date(beforeMs).toISOString() } },
      },
    ],
  });
