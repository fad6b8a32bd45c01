import { type Failure, ok } from "../../errors";
import type { Context, Operation } from "../../types";
import { askAbout, given } from "../authorise";
import { isFailure, secretErrors } from "../errors";
import { type Found, findLiving, isReplica, regionOf } from "../find";
import { CURRENT, PENDING, PREVIOUS, versionOf } from "../labels";
import { refuseManaged } from "../managed-by";
import { requestedKeyArn } from "../names";
import { touchReplicas } from "../replicate";
import { openDataKey, validateKey, wrap } from "../secure";
import { type SecretRow, secrets, versionKey, versions } from "../state";
import { type ValueInput, valueOf } from "../values";
import { addVersion } from "../write";

interface Input extends ValueInput {
  SecretId: string;
  ClientRequestToken?: string;
  Description?: string;
  KmsKeyId?: string;
  Type?: string;
}

/**
 * Changes description, key or value. A new key takes over the versions with AWSCURRENT, AWSPENDING and AWSPREVIOUS, if
 * the caller may decrypt with the old one and encrypt with the new one; they stay open to the old key as well.
 * Of a replica only the key can be changed.
 * Errors: ResourceNotFoundException, ResourceExistsException, InvalidRequestException, InvalidParameterException,
 * LimitExceededException, AccessDeniedException, EncryptionFailure, DecryptionFailure.
 * Source: Secrets Manager API, UpdateSecret; Secrets Manager User Guide, Secret encryption and decryption.
 */
export const UpdateSecret: Operation = {
  name: "UpdateSecret",
  authorise: (input: Input, ctx) =>
    askAbout(ctx, "UpdateSecret", input.SecretId, given({ Description: input.Description, KmsKeyId: input.KmsKeyId, KmsKeyArn: requestedKeyArn(ctx, input.KmsKeyId), Type: input.Type })),
  handle(input: Input, ctx) {
    const token = input.ClientRequestToken ?? (ctx.via.length ? ctx.newId() : undefined);
    if (token === undefined) return secretErrors.noToken();
    const value = valueOf(input);
    if (isFailure(value)) return value;
    const found = findLiving(ctx, input.SecretId);
    if (isFailure(found)) return found;
    const refused = refuseManaged(ctx, found.secret);
    if (refused) return refused;
    const { db, account } = found;
    const { Name, ARN } = found.secret;
    if (isReplica(found.secret)) {
      if (value || input.Description !== undefined || input.Type !== undefined || input.KmsKeyId === undefined) return secretErrors.onReplica();
      const problem = changeKey(ctx, found, input.KmsKeyId);
      if (problem) return problem;
      noteKeyOfReplica(found);
      return ok({ ARN, Name });
    }
    if (input.KmsKeyId !== undefined && input.KmsKeyId !== (found.secret.KmsKeyId ?? "")) {
      const problem = changeKey(ctx, found, input.KmsKeyId);
      if (problem) return problem;
    }
    const secret = secrets(db).edit(Name);
    secret.LastChangedDate = ctx.now;
    set(secret, "Description", input.Description);
    set(secret, "Type", input.Type);
    if (!value) {
      touchReplicas(ctx, secret, account);
      return ok({ ARN, Name });
    }
    const done = addVersion(ctx, { ...found, secret }, { token, value });
    return isFailure(done) ? done : ok({ ARN, Name, VersionId: token });
  },
};

/** An empty text takes the member away. */
function set(secret: SecretRow, member: "Description" | "Type" | "KmsKeyId", value: string | undefined): void {
  if (value === "") delete secret[member];
  else if (value !== undefined) secret[member] = value;
}

/** Errors: those of `validateKey`. What cannot be re-encrypted stays as it is. */
function changeKey(ctx: Context, { db, secret: before }: Found, KmsKeyId: string): Failure | undefined {
  const secret = secrets(db).edit(before.Name);
  set(secret, "KmsKeyId", KmsKeyId);
  secret.LastChangedDate = ctx.now;
  const refused = validateKey(ctx, secret);
  if (refused) return refused;
  const ids = new Set([CURRENT, PENDING, PREVIOUS].flatMap((stage) => versionOf(secret, stage) ?? []));
  for (const id of ids) {
    const version = versions(db).get(versionKey(secret.Name, id));
    if (!version) continue;
    const key = openDataKey(ctx, secret, version);
    const wrapped = isFailure(key) ? key : wrap(ctx, secret, id, key.dataKey);
    ctx.note({ kind: "check", what: `re-encrypted version ${id}`, ok: !isFailure(wrapped) });
    if (isFailure(wrapped)) continue;
    const row = versions(db).edit(versionKey(secret.Name, id));
    row.keys = [wrapped, ...row.keys.filter(({ keyArn }) => keyArn !== wrapped.keyArn)];
  }
  return undefined;
}

/** The primary shows which key its replica has. */
function noteKeyOfReplica({ db, secret: before }: Found): void {
  const { Name, KmsKeyId, PrimaryRegion } = secrets(db).get(before.Name)!;
  const home = secrets(db.at({ region: PrimaryRegion }));
  if (!home.get(Name)) return;
  const replica = home.edit(Name).replicas.find(({ Region }) => Region === regionOf(before));
  if (!replica) return;
  if (KmsKeyId === undefined) delete replica.KmsKeyId;
  else replica.KmsKeyId = KmsKeyId;
}
