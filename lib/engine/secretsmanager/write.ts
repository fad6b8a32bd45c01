import { wakeApplications } from "../application/wake";
import { type Failure, fail } from "../errors";
import type { Context } from "../types";
import { isFailure, secretErrors } from "./errors";
import { labelUpdated } from "./events";
import type { Found } from "./find";
import { CURRENT, attachLabel, stagesOf, versionOf } from "./labels";
import { touchReplicas } from "./replicate";
import { changedByHand } from "./rotation/by-hand";
import { type SecretValue, open, seal } from "./secure";
import { serviceEvent } from "./service-events";
import { type SecretRow, dropVersion, secrets, versionKey, versions } from "./state";

/** "Secrets Manager keeps 100 of the most recent versions", and all of the last 24 hours. Source: Secrets Manager API, PutSecretValue. */
export const keptVersions = 100;
const DAY_MS = 24 * 60 * 60 * 1000;
/**
 * AWS does not print where writing stops. It warns of more than one write in ten minutes, which would be 144 versions
 * that are younger than a day.
 */
export const maxVersions = 150;
/** Source: Secrets Manager User Guide, quotas (staging labels attached across all versions of a secret). */
export const maxLabels = 20;

/** The texts are unverified; the code is the API's. */
export const tooManyLabels = (): Failure => fail("LimitExceededException", `You can't attach more than ${maxLabels} staging labels to the versions of a secret.`);
const tooManyVersions = (): Failure => fail("LimitExceededException", `You can't create more versions of the secret: the ${maxVersions} that it has are all labeled or younger than 24 hours.`);

/** What a write asks for. */
export interface Write {
  token: string;
  value: SecretValue;
  /** As the caller gave them; by default AWSCURRENT. */
  stages?: string[];
}

/**
 * A new version of a secret; the one that is there already, if it has this token and this value. Replicas follow.
 * Errors: ResourceExistsException for a token that stands for another value, LimitExceededException, AccessDeniedException,
 * EncryptionFailure, DecryptionFailure, InvalidRequestException.
 * Source: Secrets Manager API, PutSecretValue, UpdateSecret.
 */
export function addVersion(ctx: Context, { db, account, secret: before }: Found, { token, value, stages }: Write): { VersionId: string; made: boolean } | Failure {
  const known = sameVersion(ctx, { db, secret: before }, token, value);
  if (isFailure(known)) return known;
  if (known) return { VersionId: token, made: false };
  if (before.versionIds.length >= maxVersions && removable(ctx, { db, secret: before }) === undefined) return tooManyVersions();
  const sealed = seal(ctx, before, token, value);
  if (isFailure(sealed)) return sealed;
  versions(db).put(versionKey(before.Name, token), { VersionId: token, CreatedDate: ctx.now, ...sealed });
  const secret = secrets(db).edit(before.Name);
  secret.versionIds.push(token);
  secret.LastChangedDate = ctx.now;
  const wanted = new Set(stages ?? [CURRENT]);
  if (!before.versionIds.length) wanted.add(CURRENT);
  for (const stage of wanted) moveLabel(ctx, secret, stage, token);
  if (secret.labels.length > maxLabels) return tooManyLabels();
  if (wanted.has(CURRENT)) changedByHand(ctx, secret, token);
  prune(ctx, { db, secret });
  touchReplicas(ctx, secret, account);
  return { VersionId: token, made: true };
}

/**
 * Is there such a version already? Its value is decrypted to compare it, for the caller.
 * Errors: ResourceExistsException, AccessDeniedException, DecryptionFailure.
 */
export function sameVersion(ctx: Context, { db, secret }: Pick<Found, "db" | "secret">, token: string, value: SecretValue): boolean | Failure {
  const version = versions(db).get(versionKey(secret.Name, token));
  if (!version) return false;
  const stored = open(ctx, secret, version);
  if (isFailure(stored)) return stored;
  const same = stored.form === value.form && stored.value === value.value;
  ctx.note({ kind: "check", what: "same value under this ClientRequestToken", ok: same });
  return same || secretErrors.tokenInUse(token, secret.ARN);
}

/** Puts a label on a version, and tells of it. `secret` is open for change. */
export function moveLabel(ctx: Context, secret: SecretRow, stage: string, versionId: string): void {
  if (versionOf(secret, stage) === versionId) return;
  attachLabel(secret, stage, versionId);
  labelUpdated(ctx, secret, stage, versionId);
  wakeApplications(ctx, { secret: secret.ARN });
}

/** The oldest version that may go: it has no label, and is a day old. */
function removable(ctx: Context, { db, secret }: Pick<Found, "db" | "secret">): string | undefined {
  return secret.versionIds.find((id) => !stagesOf(secret, id).length && ctx.now - versions(db).get(versionKey(secret.Name, id))!.CreatedDate >= DAY_MS);
}

/** Takes away deprecated versions beyond the hundred that are kept. */
function prune(ctx: Context, { db, secret }: { db: Found["db"]; secret: SecretRow }): void {
  while (secret.versionIds.length > keptVersions) {
    const gone = removable(ctx, { db, secret });
    if (gone === undefined) return;
    secret.versionIds = secret.versionIds.filter((id) => id !== gone);
    dropVersion(db, secret.Name, gone);
    serviceEvent(ctx, "EndSecretVersionDelete", secret.ARN, { versionId: gone });
  }
}
