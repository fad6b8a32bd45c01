import { type Failure, ok } from "../../errors";
import { deniedError } from "../../iam/denied";
import type { Context, Operation } from "../../types";
import { askAbout, requestTags, secretContext } from "../authorise";
import { isFailure } from "../errors";
import { type Found, findWritable } from "../find";
import { touchReplicas } from "../replicate";
import { type Tag, secrets } from "../state";
import { type TagInput, readTags, withTags } from "../tags";

/**
 * Adds tags, or puts others in their place.
 * Errors: ResourceNotFoundException, InvalidParameterException, InvalidRequestException; AccessDeniedException where the
 * caller could not do it again afterwards. Source: Secrets Manager API, TagResource.
 */
export const TagResource: Operation = {
  name: "TagResource",
  authorise: ({ SecretId, Tags }: { SecretId: string; Tags: TagInput[] }, ctx) =>
    askAbout(ctx, "TagResource", SecretId, requestTags(Tags.flatMap(({ Key, Value = "" }) => (Key === undefined ? [] : [{ Key, Value }])))),
  handle({ SecretId, Tags }: { SecretId: string; Tags: TagInput[] }, ctx) {
    const added = readTags(Tags);
    if (isFailure(added)) return added;
    const found = findWritable(ctx, SecretId);
    if (isFailure(found)) return found;
    const tags = withTags(found.secret.tags ?? [], added);
    if (isFailure(tags)) return tags;
    return keep(ctx, found, "TagResource", tags) ?? ok({});
  },
};

/**
 * Takes tags off; one that is not there is no error.
 * Errors: ResourceNotFoundException, InvalidRequestException; AccessDeniedException as above.
 * Source: Secrets Manager API, UntagResource.
 */
export const UntagResource: Operation = {
  name: "UntagResource",
  authorise: ({ SecretId, TagKeys }: { SecretId: string; TagKeys: string[] }, ctx) => askAbout(ctx, "UntagResource", SecretId, TagKeys.length ? { "aws:TagKeys": TagKeys } : {}),
  handle({ SecretId, TagKeys }: { SecretId: string; TagKeys: string[] }, ctx) {
    const found = findWritable(ctx, SecretId);
    if (isFailure(found)) return found;
    const { tags } = found.secret;
    if (!tags?.some(({ Key }) => TagKeys.includes(Key))) return ok({});
    return keep(ctx, found, "UntagResource", tags.filter(({ Key }) => !TagKeys.includes(Key))) ?? ok({});
  },
};

/** "If completing this operation would result in you losing your permissions for this secret, it is blocked." */
function keep(ctx: Context, { db, account, secret: before }: Found, action: string, tags: Tag[]): Failure | undefined {
  const decision = ctx.may({ ...askAbout(ctx, action, before.ARN), context: secretContext({ ...before, tags }) });
  if (decision.effect !== "Allow") return { ok: false, error: { ...deniedError(decision, "secretsmanager"), code: "AccessDeniedException" } };
  const secret = secrets(db).edit(before.Name);
  secret.tags = tags;
  secret.LastChangedDate = ctx.now;
  touchReplicas(ctx, secret, account);
  return undefined;
}
