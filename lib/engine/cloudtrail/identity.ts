import type { Call, JsonObject, Principal } from "../types";
import { recordTime } from "./record";

/**
 * The `userIdentity` element of a principal. The console signs with credentials that the lab does not make, so its
 * records show no access key.
 * Source: CloudTrail User Guide, "CloudTrail userIdentity element".
 */
export function userIdentity(principal: Principal): JsonObject {
  const { type, account, arn, userId, name, accessKeyId, session } = principal;
  if (type === "Service") return { type: "AWSService", invokedBy: principal.service };
  const identity: JsonObject = { type: type === "User" ? "IAMUser" : type, principalId: userId, arn, accountId: account };
  if (accessKeyId) identity.accessKeyId = accessKeyId;
  if (session) identity.sessionContext = { ...issuerOf(principal), attributes: { creationDate: recordTime(session.issuedAt), mfaAuthenticated: String(session.mfa ?? false) }, ...(session.sourceIdentity === undefined ? {} : { sourceIdentity: session.sourceIdentity }) };
  if (type === "User") identity.userName = name;
  return identity;
}

/** Who gave out the session; a user's or root's own (GetSessionToken) has no issuer. */
function issuerOf({ type, account, userId, name, roleArn, userArn }: Principal): JsonObject {
  if (type === "AssumedRole") return { sessionIssuer: { type: "Role", principalId: userId.split(":")[0], arn: roleArn, accountId: account, userName: name } };
  if (type !== "FederatedUser") return {};
  if (userArn === undefined) return { sessionIssuer: { type: "Root", principalId: account, arn: `arn:aws:iam::${account}:root`, accountId: account } };
  return { sessionIssuer: { type: "IAMUser", arn: userArn, accountId: account, userName: name } };
}

/** How an owner's record shows a caller of another account. */
export function strangerIdentity({ principalId, accountId, invokedBy }: JsonObject): JsonObject {
  return { type: "AWSAccount", principalId, accountId, ...(invokedBy === undefined ? {} : { invokedBy }) };
}

/** What is known of a caller whose request was refused for its form, before anybody asked who sent it. */
export function claimedIdentity(account: string, caller: Call["caller"]): JsonObject {
  if ("accessKeyId" in caller) return { type: "Unknown", accountId: account, accessKeyId: caller.accessKeyId };
  if ("root" in caller) return { type: "Root", principalId: account, arn: `arn:aws:iam::${account}:root`, accountId: account };
  return "user" in caller ? { type: "IAMUser", accountId: account, userName: caller.user } : { type: "AssumedRole", accountId: account, arn: `arn:aws:sts::${account}:assumed-role/${caller.role}/${caller.session}` };
}

/**
 * The name by which LookupEvents finds an identity: a user's name, a session's name, `root`. Undefined for other
 * accounts and services.
 */
export function userNameOf({ type, userName, principalId }: JsonObject): string | undefined {
  if (typeof userName === "string") return userName;
  if (type === "Root") return "root";
  if (type === "AssumedRole" || type === "FederatedUser") return typeof principalId === "string" ? principalId.split(":")[1] : undefined;
  return undefined;
}
