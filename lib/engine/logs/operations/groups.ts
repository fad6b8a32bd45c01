import { ok } from "../../errors";
import type { Context, JsonObject, Operation } from "../../types";
import { ask, askGroup, groupArn, requestTags } from "../authorise";
import { isFailure, logsErrors } from "../errors";
import { nameIn } from "../read";
import { type GroupRow, batches, groups, streams } from "../state";
import { makeToken, readToken } from "../tokens";

interface Named {
  logGroupName: string;
}

interface Creation extends Named {
  kmsKeyId?: string;
  tags?: Record<string, string>;
  logGroupClass?: string;
  deletionProtectionEnabled?: boolean;
}

/** Errors: ResourceAlreadyExistsException, NotSimulated. Source: CloudWatch Logs API, CreateLogGroup. */
export const CreateLogGroup: Operation = {
  name: "CreateLogGroup",
  authorise({ logGroupName, tags }: Creation, ctx) {
    const question = ask(ctx, "CreateLogGroup", logGroupName);
    return { ...question, context: { ...question.context, ...requestTags(tags) } };
  },
  handle({ logGroupName, kmsKeyId, tags = {}, logGroupClass = "STANDARD", deletionProtectionEnabled }: Creation, ctx) {
    if (kmsKeyId !== undefined) return logsErrors.notSimulated("log groups under a KMS key (kmsKeyId)");
    if (logGroupClass !== "STANDARD") return logsErrors.notSimulated(`the log class ${logGroupClass}`);
    if (groups(ctx.db).get(logGroupName)) return logsErrors.groupExists();
    const row: GroupRow = { logGroupName, creationTime: ctx.now, tags, next: 0, storedBytes: 0, ...(deletionProtectionEnabled ? { deletionProtectionEnabled } : {}) };
    groups(ctx.db).put(logGroupName, row);
    return ok({});
  },
};

/** Deletes a group with its streams and events. Errors: ResourceNotFoundException, ValidationException. Source: CloudWatch Logs API, DeleteLogGroup. */
export const DeleteLogGroup: Operation = {
  name: "DeleteLogGroup",
  authorise: ({ logGroupName }: Named, ctx) => ask(ctx, "DeleteLogGroup", logGroupName),
  handle({ logGroupName }: Named, ctx) {
    const row = groups(ctx.db).get(logGroupName);
    if (!row) return logsErrors.noGroup();
    if (row.deletionProtectionEnabled) return logsErrors.protected();
    for (const table of [streams(ctx.db), batches(ctx.db)]) for (const id of table.ids({ prefix: `${logGroupName}\0` })) table.delete(id);
    groups(ctx.db).delete(logGroupName);
    return ok({});
  },
};

interface Describe {
  logGroupNamePrefix?: string;
  logGroupNamePattern?: string;
  limit?: number;
  nextToken?: string;
  includeLinkedAccounts?: boolean;
  logGroupClass?: string;
  logGroupIdentifiers?: string[];
}

const shown = (ctx: Context, row: Readonly<GroupRow>): JsonObject => ({
  logGroupName: row.logGroupName,
  creationTime: row.creationTime,
  ...(row.retentionInDays === undefined ? {} : { retentionInDays: row.retentionInDays }),
  metricFilterCount: 0,
  arn: `${groupArn(ctx, row.logGroupName)}:*`,
  storedBytes: row.storedBytes,
  logGroupClass: "STANDARD",
  logGroupArn: groupArn(ctx, row.logGroupName),
  deletionProtectionEnabled: row.deletionProtectionEnabled ?? false,
});

/** Source: CloudWatch Logs API, DescribeLogGroups. Errors: InvalidParameterException. */
export const DescribeLogGroups: Operation = {
  name: "DescribeLogGroups",
  authorise: (_input, ctx) => ask(ctx, "DescribeLogGroups"),
  handle({ logGroupNamePrefix, logGroupNamePattern, limit = 50, nextToken, includeLinkedAccounts, logGroupClass = "STANDARD", logGroupIdentifiers }: Describe, ctx) {
    if (logGroupNamePrefix !== undefined && logGroupNamePattern !== undefined) return logsErrors.invalid("LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
    if (includeLinkedAccounts) return logsErrors.notSimulated("linked accounts (includeLinkedAccounts)");
    const after = readToken(nextToken, `groups ${logGroupNamePrefix ?? ""} ${logGroupNamePattern ?? ""}`);
    if (isFailure(after)) return after;
    const wanted = logGroupIdentifiers && new Set(logGroupIdentifiers.map(nameIn));
    const pattern = logGroupNamePattern?.toLowerCase();
    const ids = logGroupClass === "STANDARD" ? groups(ctx.db).ids({ prefix: logGroupNamePrefix, after }) : [];
    const found = ids.filter((name) => (pattern === undefined || name.toLowerCase().includes(pattern)) && (!wanted || wanted.has(name)));
    const page = found.slice(0, limit);
    return ok({
      logGroups: page.map((name) => shown(ctx, groups(ctx.db).get(name)!)),
      ...(found.length > page.length ? { nextToken: makeToken(`groups ${logGroupNamePrefix ?? ""} ${logGroupNamePattern ?? ""}`, page.at(-1)!) } : {}),
    });
  },
};

/** Source: CloudWatch Logs API, PutRetentionPolicy. */
const retentions = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

/** Events that are older are no longer shown at once; AWS takes up to 72 hours. Errors: InvalidParameterException, ResourceNotFoundException. */
export const PutRetentionPolicy: Operation = {
  name: "PutRetentionPolicy",
  authorise: ({ logGroupName }: Named, ctx) => ask(ctx, "PutRetentionPolicy", logGroupName),
  handle({ logGroupName, retentionInDays }: Named & { retentionInDays: number }, ctx) {
    if (!retentions.includes(retentionInDays))
      return logsErrors.invalid(`1 validation error detected: Value '${retentionInDays}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${retentions.join(", ")}]`);
    if (!groups(ctx.db).get(logGroupName)) return logsErrors.noGroup();
    groups(ctx.db).edit(logGroupName).retentionInDays = retentionInDays;
    return ok({});
  },
};

/** Errors: ResourceNotFoundException. Source: CloudWatch Logs API, DeleteRetentionPolicy. */
export const DeleteRetentionPolicy: Operation = {
  name: "DeleteRetentionPolicy",
  authorise: ({ logGroupName }: Named, ctx) => ask(ctx, "DeleteRetentionPolicy", logGroupName),
  handle({ logGroupName }: Named, ctx) {
    if (!groups(ctx.db).get(logGroupName)) return logsErrors.noGroup();
    delete groups(ctx.db).edit(logGroupName).retentionInDays;
    return ok({});
  },
};

// ---------------------------------------------------------------- tags

interface Tagged {
  resourceArn: string;
}

const mostTags = 50;

/** Errors: ResourceNotFoundException, TooManyTagsException. Source: CloudWatch Logs API, TagResource. */
export const TagResource: Operation = {
  name: "TagResource",
  authorise: ({ resourceArn, tags }: Tagged & { tags: Record<string, string> }, ctx) => askGroup(ctx, "TagResource", nameIn(resourceArn), requestTags(tags)),
  handle({ resourceArn, tags }: Tagged & { tags: Record<string, string> }, ctx) {
    const name = nameIn(resourceArn);
    if (!groups(ctx.db).get(name)) return logsErrors.noResource();
    const row = groups(ctx.db).edit(name);
    row.tags = Object.fromEntries([...Object.entries(row.tags), ...Object.entries(tags)]);
    if (Object.keys(row.tags).length > mostTags) return { ok: false, error: { code: "TooManyTagsException", message: `A resource can have at most ${mostTags} tags.`, fields: { resourceName: resourceArn } } };
    return ok({});
  },
};

export const UntagResource: Operation = {
  name: "UntagResource",
  authorise: ({ resourceArn, tagKeys }: Tagged & { tagKeys: string[] }, ctx) => askGroup(ctx, "UntagResource", nameIn(resourceArn), { "aws:TagKeys": tagKeys }),
  handle({ resourceArn, tagKeys }: Tagged & { tagKeys: string[] }, ctx) {
    const name = nameIn(resourceArn);
    if (!groups(ctx.db).get(name)) return logsErrors.noResource();
    const row = groups(ctx.db).edit(name);
    row.tags = Object.fromEntries(Object.entries(row.tags).filter(([key]) => !tagKeys.includes(key)));
    return ok({});
  },
};

export const ListTagsForResource: Operation = {
  name: "ListTagsForResource",
  authorise: ({ resourceArn }: Tagged, ctx) => askGroup(ctx, "ListTagsForResource", nameIn(resourceArn)),
  handle({ resourceArn }: Tagged, ctx) {
    const row = groups(ctx.db).get(nameIn(resourceArn));
    return row ? ok({ tags: row.tags }) : logsErrors.noResource();
  },
};
