import { ok } from "../../errors";
import type { Context, Operation } from "../../types";
import { askNew, given, requestTags } from "../authorise";
import { isFailure, secretErrors } from "../errors";
import { secretArn } from "../find";
import { CURRENT } from "../labels";
import { isName, newEnding, requestedKeyArn } from "../names";
import { type ReplicaInput, addReplicas, problemOfRegions } from "../replicate";
import { isManaged, seal, validateKey } from "../secure";
import { type SecretRow, enterSecret, secrets, versionKey, versions } from "../state";
import { type TagInput, readTags } from "../tags";
import { type ValueInput, valueOf } from "../values";
import { replicationMember } from "../views";
import { sameVersion } from "../write";

interface Input extends ValueInput {
  Name: string;
  ClientRequestToken?: string;
  Description?: string;
  KmsKeyId?: string;
  Tags?: TagInput[];
  AddReplicaRegions?: ReplicaInput[];
  ForceOverwriteReplicaSecret?: boolean;
  Type?: string;
}

/** Services that pass a caller's wish on; what they make is the caller's, not theirs. */
const messengers = new Set(["cloudformation", "lambda", "ssm"]);

/**
 * Makes a secret, with a first version if a value comes along. The same request again (token and value) answers as before.
 * Errors: ResourceExistsException, InvalidRequestException, InvalidParameterException, LimitExceededException,
 * ValidationException, AccessDeniedException, EncryptionFailure, DecryptionFailure.
 * Source: Secrets Manager API, CreateSecret.
 */
export const CreateSecret: Operation = {
  name: "CreateSecret",
  validate: ({ Name }: Input) => (isName(Name) ? undefined : secretErrors.invalidName()),
  authorise(input: Input, ctx) {
    const { Name, Tags, AddReplicaRegions } = input;
    const tags = (Tags ?? []).flatMap(({ Key, Value = "" }) => (Key === undefined ? [] : [{ Key, Value }]));
    const replication = { AddReplicaRegions: AddReplicaRegions?.flatMap(({ Region }) => Region ?? []), ForceOverwriteReplicaSecret: input.ForceOverwriteReplicaSecret };
    const questions = [
      askNew(ctx, "CreateSecret", Name, {
        ...given({ Name, Description: input.Description, KmsKeyId: input.KmsKeyId, KmsKeyArn: requestedKeyArn(ctx, input.KmsKeyId), Type: input.Type, ...replication }),
        ...requestTags(tags),
      }),
    ];
    if (tags.length) questions.push(askNew(ctx, "TagResource", Name, requestTags(tags)));
    if (AddReplicaRegions) questions.push(askNew(ctx, "ReplicateSecretToRegions", Name, given(replication)));
    return questions;
  },
  handle: create,
};

function create(input: Input, ctx: Context) {
  const { Name } = input;
  // Another service's call has a token of its own, as in AWS.
  const token = input.ClientRequestToken ?? (ctx.via.length ? ctx.newId() : undefined);
  if (token === undefined) return secretErrors.noToken();
  const value = valueOf(input);
  if (isFailure(value)) return value;
  const owner = ctx.via.findLast((service) => !messengers.has(service));
  const tags = readTags(input.Tags, owner !== undefined);
  if (isFailure(tags)) return tags;
  const regions = input.AddReplicaRegions ?? [];
  const wrongRegions = problemOfRegions(regions, ctx.region);
  if (wrongRegions) return wrongRegions;

  const known = secrets(ctx.db).get(Name);
  ctx.note({ kind: "lookup", what: "secret", id: Name, found: !!known });
  if (known?.DeletedDate !== undefined) return secretErrors.nameScheduledForDeletion();
  if (known) {
    const same = value ? sameVersion(ctx, { db: ctx.db, secret: known }, token, value) : false;
    if (isFailure(same)) return same;
    return same ? ok({ ARN: known.ARN, Name, VersionId: token, ...replicationMember(ctx.db, known) }) : secretErrors.exists(Name);
  }

  const secret: SecretRow = {
    Name,
    ARN: secretArn(ctx.region, ctx.account, Name, newEnding(ctx)),
    ...(input.Type && { Type: input.Type }),
    ...(input.Description && { Description: input.Description }),
    ...(input.KmsKeyId && { KmsKeyId: input.KmsKeyId }),
    CreatedDate: ctx.now,
    LastChangedDate: ctx.now,
    ...(tags.length && { tags }),
    labels: [],
    versionIds: [],
    ...(owner && { OwningService: owner }),
    replicas: [],
  };
  if (!isManaged(secret.KmsKeyId)) {
    const refused = validateKey(ctx, secret);
    if (refused) return refused;
  }
  if (value) {
    const sealed = seal(ctx, secret, token, value);
    if (isFailure(sealed)) return sealed;
    versions(ctx.db).put(versionKey(Name, token), { VersionId: token, CreatedDate: ctx.now, ...sealed });
    secret.labels = [[CURRENT, token]];
    secret.versionIds = [token];
  }
  if (regions.length) addReplicas(ctx, secret, ctx.account, regions, input.ForceOverwriteReplicaSecret ?? false);
  enterSecret(ctx.db, secret);
  return ok({ ARN: secret.ARN, Name, ...(value && { VersionId: token }), ...replicationMember(ctx.db, secret) });
}
