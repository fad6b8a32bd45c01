import { type Failure, ok } from "../../errors";
import type { ConditionContext, Context, JsonObject, Operation } from "../../types";
import { askAbout, given } from "../authorise";
import { isFailure, secretErrors } from "../errors";
import { type Found, findLiving } from "../find";
import { CURRENT, stagesOf, versionOf } from "../labels";
import { open } from "../secure";
import { type SecretRow, type VersionRow, noteAccess, seconds, versionKey, versions } from "../state";
import { shown } from "../values";

interface Input {
  SecretId: string;
  VersionId?: string;
  VersionStage?: string;
}

/**
 * What the policies see of the version that is asked for. AWS's guide allows reading "only AWSCURRENT" by
 * `secretsmanager:VersionStage`, which says the default too.
 */
export const versionContext = ({ VersionId, VersionStage }: Omit<Input, "SecretId">): ConditionContext =>
  given({ VersionId, VersionStage: VersionStage !== undefined ? [VersionStage] : VersionId === undefined ? [CURRENT] : undefined });

/**
 * The value of a version: of AWSCURRENT unless the request names another.
 * Errors: ResourceNotFoundException, InvalidRequestException, AccessDeniedException, DecryptionFailure.
 * Source: Secrets Manager API, GetSecretValue.
 */
export const GetSecretValue: Operation = {
  name: "GetSecretValue",
  authorise: (input: Input, ctx) => askAbout(ctx, "GetSecretValue", input.SecretId, versionContext(input)),
  handle(input: Input, ctx) {
    const found = findLiving(ctx, input.SecretId);
    if (isFailure(found)) return found;
    const entry = readValue(ctx, found, input);
    return isFailure(entry) ? entry : ok(entry);
  },
};

/** The version that a request means. Errors: ResourceNotFoundException, InvalidRequestException. */
function pick({ db, secret }: Found, { VersionId, VersionStage }: Omit<Input, "SecretId">): Readonly<VersionRow> | Failure {
  const stage = VersionId === undefined ? (VersionStage ?? CURRENT) : VersionStage;
  const id = VersionId ?? versionOf(secret, stage!);
  // A rotation announces its version by the label alone.
  const version = id === undefined ? undefined : versions(db).get(versionKey(secret.Name, id));
  if (!version) return VersionId === undefined ? secretErrors.noValueForStage(stage!) : secretErrors.noValueForVersion(VersionId);
  return stage !== undefined && versionOf(secret, stage) !== id ? secretErrors.stageNotOfVersion() : version;
}

/** One value as GetSecretValue and BatchGetSecretValue show it. Errors: those of GetSecretValue. */
export function readValue(ctx: Context, found: Found, which: Omit<Input, "SecretId">): JsonObject | Failure {
  const { db, secret } = found;
  const version = pick(found, which);
  if (isFailure(version)) return version;
  const value = open(ctx, secret, version);
  if (isFailure(value)) return value;
  noteAccess(db, secret.Name, version.VersionId, ctx.now);
  return entryOf(secret, version, shown(value));
}

const entryOf = (secret: Readonly<SecretRow>, version: Readonly<VersionRow>, value: object): JsonObject => {
  const VersionStages = stagesOf(secret, version.VersionId);
  return { ARN: secret.ARN, Name: secret.Name, VersionId: version.VersionId, ...value, ...(VersionStages.length && { VersionStages }), CreatedDate: seconds(version.CreatedDate) };
};
