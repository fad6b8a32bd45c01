import { ok } from "../../errors";
import { about, change, find, operation, userNameOf } from "../common";
import { iamErrors } from "../errors";
import { secretKey, uniqueId } from "../ids";
import { page } from "../page";
import { quotas } from "../quotas";
import { lastUsed } from "../last-used";
import { seconds } from "../render";
import { accessKeys, nameId, type AccessKeyRow } from "../state";
import type { AuthRequest, Context } from "../../types";
import type { Failure } from "../../errors";

/**
 * Access keys and console passwords. Source: IAM API Reference, CreateAccessKey, UpdateAccessKey, GetAccessKeyLastUsed,
 * CreateLoginProfile and their kin.
 */

/** Whose keys: a user named or calling, or the root user when it calls without a name. */
function owner(input: { UserName?: string }, ctx: Context): { ok: true; user?: string } | Failure {
  if (input.UserName === undefined && ctx.principal.type === "Root") return { ok: true };
  const named = userNameOf(input, ctx);
  return named.ok ? { ok: true, user: named.name } : named;
}

const ask =
  (action: string) =>
  (input: { UserName?: string }, ctx: Context): AuthRequest | Failure => {
    const whose = owner(input, ctx);
    if (!whose.ok) return whose;
    return whose.user === undefined ? { action: `iam:${action}`, resource: ctx.principal.arn } : about(ctx, "user", whose.user, action);
  };

const keysOf = (ctx: Context, user: string | undefined): Readonly<AccessKeyRow>[] =>
  accessKeys(ctx.db)
    .all()
    .filter(
      (key) =>
        key.account === ctx.account &&
        (user === undefined ? key.UserName === undefined : key.UserName !== undefined && nameId(key.UserName) === nameId(user)),
    );

function ownKey(input: { UserName?: string; AccessKeyId?: string }, ctx: Context): { ok: true; key: AccessKeyRow } | Failure {
  const whose = owner(input, ctx);
  if (!whose.ok) return whose;
  if (whose.user !== undefined && !find(ctx, "user", whose.user)) return iamErrors.notFound("user", whose.user);
  const id = input.AccessKeyId!;
  return keysOf(ctx, whose.user).some(({ AccessKeyId }) => AccessKeyId === id)
    ? { ok: true, key: accessKeys(ctx.db).edit(id) }
    : iamErrors.keyNotFound(id);
}

export const accessKeyOperations = [
  operation({
    name: "CreateAccessKey",
    authorise: ask("CreateAccessKey"),
    handle(input, ctx) {
      const whose = owner(input, ctx);
      if (!whose.ok) return whose;
      const user = whose.user === undefined ? undefined : find(ctx, "user", whose.user);
      if (whose.user !== undefined && !user) return iamErrors.notFound("user", whose.user);
      if (keysOf(ctx, whose.user).length >= quotas.AccessKeysPerUser) return iamErrors.quota("AccessKeysPerUser", quotas.AccessKeysPerUser);
      const key: AccessKeyRow = {
        AccessKeyId: uniqueId("AKIA", ctx.random),
        SecretAccessKey: secretKey(ctx.random),
        Status: "Active",
        CreateDate: ctx.now,
        account: ctx.account,
        ...(user ? { UserName: user.UserName } : {}),
      };
      accessKeys(ctx.db).put(key.AccessKeyId, key);
      return ok({
        AccessKey: {
          ...(user ? { UserName: user.UserName } : {}),
          AccessKeyId: key.AccessKeyId,
          Status: key.Status,
          SecretAccessKey: key.SecretAccessKey,
          CreateDate: seconds(key.CreateDate),
        },
      });
    },
  }),
  operation({
    name: "ListAccessKeys",
    authorise: ask("ListAccessKeys"),
    handle(input, ctx) {
      const whose = owner(input, ctx);
      if (!whose.ok) return whose;
      if (whose.user !== undefined && !find(ctx, "user", whose.user)) return iamErrors.notFound("user", whose.user);
      const part = page(keysOf(ctx, whose.user), ({ AccessKeyId }) => AccessKeyId, input);
      if (!part.ok) return part;
      const metadata = part.items.map(({ UserName, AccessKeyId, Status, CreateDate }) => ({
        ...(UserName === undefined ? {} : { UserName }),
        AccessKeyId,
        Status,
        CreateDate: seconds(CreateDate),
      }));
      return ok({ AccessKeyMetadata: metadata, ...part.rest });
    },
  }),
  operation({
    name: "UpdateAccessKey",
    authorise: ask("UpdateAccessKey"),
    handle(input, ctx) {
      const found = ownKey(input, ctx);
      if (!found.ok) return found;
      if (input.Status !== "Active" && input.Status !== "Inactive")
        return iamErrors.invalidInput(`The status ${input.Status} cannot be set on an access key.`);
      found.key.Status = input.Status;
      return ok({});
    },
  }),
  operation({
    name: "DeleteAccessKey",
    authorise: ask("DeleteAccessKey"),
    handle(input, ctx) {
      const found = ownKey(input, ctx);
      if (!found.ok) return found;
      accessKeys(ctx.db).delete(found.key.AccessKeyId);
      return ok({});
    },
  }),
  operation({
    name: "GetAccessKeyLastUsed",
    authorise({ AccessKeyId }, ctx) {
      const key = accessKeys(ctx.db).get(AccessKeyId);
      // Another account's key is refused as an unknown one is.
      if (!key || key.account !== ctx.account) return { action: "iam:GetAccessKeyLastUsed", resource: "*" };
      return key.UserName === undefined
        ? { action: "iam:GetAccessKeyLastUsed", resource: ctx.principal.arn }
        : about(ctx, "user", key.UserName, "GetAccessKeyLastUsed");
    },
    handle({ AccessKeyId }, ctx) {
      const key = accessKeys(ctx.db).get(AccessKeyId);
      if (!key || key.account !== ctx.account) return iamErrors.keyNotFound(AccessKeyId);
      const used = lastUsed(ctx.db, AccessKeyId);
      return ok({
        ...(key.UserName === undefined ? {} : { UserName: key.UserName }),
        AccessKeyLastUsed: used
          ? { LastUsedDate: seconds(used.LastUsedDate), ServiceName: used.ServiceName, Region: used.Region }
          : { ServiceName: "N/A", Region: "N/A" },
      });
    },
  }),
];

/**
 * The default password policy: eight characters or more, of three kinds among capitals, small letters, digits and others.
 * Source: IAM User Guide, "Set an account password policy for IAM users" (default password policy).
 */
const isWeak = (password: string): boolean =>
  password.length < 8 || [/[A-Z]/, /[a-z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password)).length < 3;

/** The lab keeps that there is a password, never the password. */
export const loginProfileOperations = [
  operation({
    name: "CreateLoginProfile",
    authorise: ask("CreateLoginProfile"),
    handle(input, ctx) {
      const named = userNameOf(input, ctx);
      if (!named.ok) return named;
      const found = change(ctx, "user", named.name);
      if (!found.ok) return found;
      if (found.row.loginProfile) return iamErrors.loginExists(found.row.UserName);
      if (input.Password !== undefined && isWeak(input.Password)) return iamErrors.weakPassword();
      found.row.loginProfile = { CreateDate: ctx.now, PasswordResetRequired: input.PasswordResetRequired ?? false };
      return ok({
        LoginProfile: {
          UserName: found.row.UserName,
          CreateDate: seconds(ctx.now),
          PasswordResetRequired: found.row.loginProfile.PasswordResetRequired,
        },
      });
    },
  }),
  operation({
    name: "GetLoginProfile",
    authorise: ask("GetLoginProfile"),
    handle(input, ctx) {
      const named = userNameOf(input, ctx);
      if (!named.ok) return named;
      const user = find(ctx, "user", named.name);
      if (!user) return iamErrors.notFound("user", named.name);
      if (!user.loginProfile) return iamErrors.loginNotFound(user.UserName);
      return ok({
        LoginProfile: {
          UserName: user.UserName,
          CreateDate: seconds(user.loginProfile.CreateDate),
          PasswordResetRequired: user.loginProfile.PasswordResetRequired,
        },
      });
    },
  }),
  operation({
    name: "UpdateLoginProfile",
    authorise: ask("UpdateLoginProfile"),
    handle(input, ctx) {
      const found = change(ctx, "user", input.UserName);
      if (!found.ok) return found;
      if (!found.row.loginProfile) return iamErrors.loginNotFound(found.row.UserName);
      if (input.Password !== undefined && isWeak(input.Password)) return iamErrors.weakPassword();
      if (input.PasswordResetRequired !== undefined) found.row.loginProfile.PasswordResetRequired = input.PasswordResetRequired;
      return ok({});
    },
  }),
  operation({
    name: "DeleteLoginProfile",
    authorise: ask("DeleteLoginProfile"),
    handle(input, ctx) {
      const named = userNameOf(input, ctx);
      if (!named.ok) return named;
      const found = change(ctx, "user", named.name);
      if (!found.ok) return found;
      if (!found.row.loginProfile) return iamErrors.loginNotFound(found.row.UserName);
      delete found.row.loginProfile;
      return ok({});
    },
  }),
];
