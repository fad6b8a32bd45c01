import { toBase64 } from "../../crypto/bytes";
import { ok } from "../../errors";
import type { Operation } from "../../types";
import { askAll } from "../authorise";
import { invalid, isFailure, wafErrors } from "../errors";
import { checkScope } from "../names";
import { takePage } from "../page";
import { isPublicSuffix } from "../settings";
import { type ApiKeyRow, type Scope, apiKeys, entityId, seconds } from "../state";

/**
 * Keys for the JavaScript API of CAPTCHA puzzles. AWS's are a ciphertext of the token domains under a key of its own; here a
 * key is made of chance, and what it says stands beside it. The scripts that would use one are not in the lab.
 * Source: WAFV2 API Reference, CreateAPIKey, GetDecryptedAPIKey, ListAPIKeys, DeleteAPIKey.
 */

interface Scoped {
  Scope: Scope;
}

const keyBytes = 171;
/** Source: WAFV2 API Reference, CreateAPIKey (TokenDomains). */
const mostDomains = 5;

/** Errors: WAFInvalidParameterException (SCOPE_VALUE, TOKEN_DOMAIN), WAFLimitsExceededException. */
export const CreateAPIKey: Operation = {
  name: "CreateAPIKey",
  authorise: () => askAll("CreateAPIKey"),
  handle({ Scope, TokenDomains }: Scoped & { TokenDomains: string[] }, ctx) {
    const problem = checkScope(ctx, Scope);
    if (problem) return problem;
    if (TokenDomains.length > mostDomains) return wafErrors.limit();
    const suffix = TokenDomains.find((domain) => isPublicSuffix(domain));
    if (suffix !== undefined) return invalid("TOKEN_DOMAIN", suffix, "You can't use a public suffix as a token domain.");
    const APIKey = toBase64(ctx.random(keyBytes));
    apiKeys(ctx.db).put(entityId(Scope, APIKey), { APIKey, TokenDomains, CreationTimestamp: ctx.now, Version: 1 });
    return ok({ APIKey });
  },
};

/** Errors: WAFNonexistentItemException. */
export const DeleteAPIKey: Operation = {
  name: "DeleteAPIKey",
  authorise: () => askAll("DeleteAPIKey"),
  handle({ Scope, APIKey }: Scoped & { APIKey: string }, ctx) {
    const problem = checkScope(ctx, Scope);
    if (problem) return problem;
    if (!apiKeys(ctx.db).get(entityId(Scope, APIKey))) return wafErrors.notFound();
    apiKeys(ctx.db).delete(entityId(Scope, APIKey));
    return ok({});
  },
};

/** Errors: WAFNonexistentItemException. */
export const GetDecryptedAPIKey: Operation = {
  name: "GetDecryptedAPIKey",
  authorise: () => askAll("GetDecryptedAPIKey"),
  handle({ Scope, APIKey }: Scoped & { APIKey: string }, ctx) {
    const problem = checkScope(ctx, Scope);
    if (problem) return problem;
    const row = apiKeys(ctx.db).get(entityId(Scope, APIKey));
    return row ? ok({ TokenDomains: row.TokenDomains, CreationTimestamp: seconds(row.CreationTimestamp) }) : wafErrors.notFound();
  },
};

const view = ({ APIKey, TokenDomains, CreationTimestamp, Version }: Readonly<ApiKeyRow>) => ({ APIKey, TokenDomains, CreationTimestamp: seconds(CreationTimestamp), Version });

/** Errors: WAFInvalidParameterException. */
export const ListAPIKeys: Operation = {
  name: "ListAPIKeys",
  authorise: () => askAll("ListAPIKeys"),
  handle(input: Scoped & { NextMarker?: string; Limit?: number }, ctx) {
    const problem = checkScope(ctx, input.Scope);
    if (problem) return problem;
    const table = apiKeys(ctx.db);
    // A marker must be short: a key's beginning tells it from the others.
    const ids = table.ids({ prefix: `${input.Scope}\0` });
    const page = takePage("ListAPIKeys", input, ids.map((id) => id.slice(0, 80)), (place) => view(table.get(ids.find((id) => id.startsWith(place))!)!));
    return isFailure(page) ? page : ok({ APIKeySummaries: page.entries, ...page.more });
  },
};
