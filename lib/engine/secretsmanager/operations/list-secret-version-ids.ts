import { ok } from "../../errors";
import type { JsonObject, Operation } from "../../types";
import { askAbout } from "../authorise";
import { isFailure } from "../errors";
import { findSecret } from "../find";
import { stagesOf } from "../labels";
import { lastAccessed, seconds, versionKey, versions } from "../state";
import { takePage } from "../tokens";

interface Input {
  SecretId: string;
  MaxResults?: number;
  NextToken?: string;
  IncludeDeprecated?: boolean;
}

const usualPage = 100;

/**
 * A secret's versions, oldest first; those without a label only if they are asked for.
 * Errors: ResourceNotFoundException, InvalidNextTokenException. Source: Secrets Manager API, ListSecretVersionIds.
 */
export const ListSecretVersionIds: Operation = {
  name: "ListSecretVersionIds",
  authorise: ({ SecretId }: Input, ctx) => askAbout(ctx, "ListSecretVersionIds", SecretId),
  handle({ SecretId, MaxResults = usualPage, NextToken, IncludeDeprecated = false }: Input, ctx) {
    const found = findSecret(ctx, SecretId);
    if (isFailure(found)) return found;
    const { db, secret } = found;
    function* entries(after?: string): Generator<[string, JsonObject]> {
      let seen = after === undefined || !secret.versionIds.includes(after);
      for (const id of secret.versionIds) {
        const stages = stagesOf(secret, id);
        const shown = seen && (IncludeDeprecated || stages.length > 0);
        if (id === after) seen = true;
        if (!shown) continue;
        const { CreatedDate, keys } = versions(db).get(versionKey(secret.Name, id))!;
        const day = lastAccessed(db, versionKey(secret.Name, id));
        yield [
          id,
          {
            VersionId: id,
            ...(stages.length && { VersionStages: stages }),
            ...(day !== undefined && { LastAccessedDate: seconds(day) }),
            CreatedDate: seconds(CreatedDate),
            KmsKeyIds: keys.map(({ keyArn, managed }) => (managed ? "DefaultEncryptionKey" : keyArn)),
          },
        ];
      }
    }
    const page = takePage(NextToken, JSON.stringify(["ListSecretVersionIds", secret.ARN, IncludeDeprecated]), MaxResults, entries);
    return isFailure(page) ? page : ok({ Versions: page.entries, ...(page.next && { NextToken: page.next }), ARN: secret.ARN, Name: secret.Name });
  },
};
