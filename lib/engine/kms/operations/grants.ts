import { parseArn } from "../../arn";
import { fail, ok, type Failure } from "../../errors";
import { accounts } from "../../iam/state";
import type { AuthRequest, ConditionContext, Context, Operation } from "../../types";
import { callContext, checkGrantTokens, encryptionContextKeys, keyAuth } from "../auth";
import { kmsErrors } from "../errors";
import { findKey, foundKey, type Found } from "../find";
import { grantIdOfToken, newGrantId, newGrantToken } from "../grant-tokens";
import {
  accountRoot,
  checkGrant,
  checkGrantInput,
  exceedsParent,
  type GrantInput,
  grantEntry,
  grantsOf,
  mostGrants,
  retireRights,
  sameGrant,
} from "../grants";
import { managesKey, nothing, stateProblem } from "../manage";
import { isFailure, page, type PageInput } from "../pagination";
import { grants, keys, type GrantRow, type KeyRow } from "../state";

/** `kms:GrantOperations`, `kms:GranteePrincipal` and the other condition keys of CreateGrant. Source: KMS Developer Guide, Condition keys. */
function grantConditions(input: GrantInput, ctx: Context): ConditionContext {
  const context: ConditionContext = {
    "kms:GrantOperations": input.Operations,
    "kms:GranteePrincipal": input.GranteePrincipal,
    "kms:GrantIsForAWSResource": forAwsResource(ctx),
  };
  if (input.RetiringPrincipal !== undefined) context["kms:RetiringPrincipal"] = input.RetiringPrincipal;
  const constraints = Object.keys(input.Constraints ?? {});
  if (constraints.length) context["kms:GrantConstraintType"] = constraints.length === 1 ? constraints[0] : constraints;
  // The encryption context that the constraints name counts as the request's.
  const pairs = Object.values(input.Constraints ?? {}).flatMap((constraint) => Object.entries(constraint as Record<string, string>));
  return Object.assign(context, encryptionContextKeys(Object.fromEntries(pairs)));
}

/** True where a service that is integrated with KMS sends the request for the caller. */
const forAwsResource = (ctx: Context): string => String(ctx.via.length > 0);

/**
 * Lets a principal use a key, without a policy. A caller whose right to make grants comes from a grant itself can give
 * no more than that grant has. With a Name, the same request again gives the same grant and a new token for it.
 * Errors: ValidationException, InvalidArnException, DisabledException, KMSInvalidStateException, LimitExceededException.
 * Source: KMS API, CreateGrant.
 */
export const CreateGrant: Operation = {
  name: "CreateGrant",
  validate: (input: GrantInput) => checkGrantTokens(input.GrantTokens) ?? checkGrantInput(input),
  authorise(input: GrantInput, ctx) {
    const action = "kms:CreateGrant";
    const result = findKey(ctx, input.KeyId, { action, aliases: false });
    if (!result.ok) return result;
    const { found } = result;
    const request = keyAuth(ctx, { action, found, grantTokens: input.GrantTokens, context: grantConditions(input, ctx) });
    request.grants = request.grants?.map((grant) => {
      if (!grant.matched) return grant;
      const excess = exceedsParent(input, grants(found.db).get(`${found.key.KeyId}/${grant.id}`)!);
      return excess ? { ...grant, matched: false, why: excess } : grant;
    });
    return request;
  },
  handle(input: GrantInput, ctx) {
    const { key, db } = foundKey(ctx, input.KeyId);
    const problem = stateProblem("CreateGrant", key, ctx) ?? checkGrant(input, key, ctx);
    if (problem) return problem;
    const issuer = accountRoot(ctx.account);
    const known = sameGrant(input, key, issuer, ctx);
    if (!known && grantsOf(key, ctx).length >= mostGrants)
      return kmsErrors.limit(`You have reached the maximum number of grants for this KMS key (${mostGrants}).`);
    if (input.DryRun) return kmsErrors.dryRun();
    const GrantId = known?.GrantId ?? newGrantId(ctx);
    const GrantToken = newGrantToken(ctx, GrantId);
    const row = `${key.KeyId}/${GrantId}`;
    if (known) grants(db).edit(row).tokens.push(GrantToken);
    else grants(db).put(row, grantRow(input, key, GrantId, GrantToken, issuer, ctx));
    return ok({ GrantToken, GrantId });
  },
};

function grantRow(
  input: GrantInput,
  key: Readonly<KeyRow>,
  GrantId: string,
  token: string,
  IssuingAccount: string,
  ctx: Context,
): GrantRow {
  const row: GrantRow = {
    KeyId: key.KeyId,
    GrantId,
    tokens: [token],
    CreationDate: ctx.now,
    GranteePrincipal: input.GranteePrincipal,
    IssuingAccount,
    Operations: [...new Set(input.Operations)],
  };
  if (input.Name !== undefined) row.Name = input.Name;
  if (input.RetiringPrincipal !== undefined) row.RetiringPrincipal = input.RetiringPrincipal;
  if (input.Constraints && Object.keys(input.Constraints).length) row.Constraints = input.Constraints;
  return row;
}

/** Source: KMS API, ListGrants. */
export const ListGrants = managesKey<{ KeyId: string; GrantId?: string; GranteePrincipal?: string } & PageInput>("ListGrants", {
  context: (_, ctx) => ({ "kms:GrantIsForAWSResource": forAwsResource(ctx) }),
  handle(input, { key }, ctx) {
    const wanted = grantsOf(key, ctx).filter(
      ({ GrantId, GranteePrincipal }) =>
        (input.GrantId === undefined || GrantId === input.GrantId) &&
        (input.GranteePrincipal === undefined || GranteePrincipal === input.GranteePrincipal),
    );
    const listed = page(wanted, input, {
      usual: 50,
      most: 100,
      list: `ListGrants ${key.KeyId} ${input.GrantId ?? ""} ${input.GranteePrincipal ?? ""}`,
      place: ({ GrantId }) => GrantId,
    });
    return isFailure(listed) ? listed : ok({ Grants: listed.entries.map((grant) => grantEntry(grant, key)), ...listed.rest });
  },
});

/**
 * Grants of the Region that the principal may retire, on keys of any account. The principal must be of the caller's account;
 * it is also the resource that IAM is asked about.
 * Source: KMS API, ListRetirableGrants.
 */
export const ListRetirableGrants: Operation = {
  name: "ListRetirableGrants",
  validate: ({ RetiringPrincipal }: { RetiringPrincipal: string }) =>
    parseArn(RetiringPrincipal) || /^\d{12}$/.test(RetiringPrincipal) || RetiringPrincipal.endsWith(".amazonaws.com")
      ? undefined
      : fail("InvalidArnException", `ARN does not refer to a valid principal: ${RetiringPrincipal}`),
  authorise({ RetiringPrincipal }: { RetiringPrincipal: string } & PageInput, ctx) {
    const account = parseArn(RetiringPrincipal)?.account ?? RetiringPrincipal;
    const request: AuthRequest = { action: "kms:ListRetirableGrants", resource: RetiringPrincipal, context: callContext(ctx) };
    return /^\d{12}$/.test(account) && account !== ctx.account ? { ...request, resourceAccount: account, sameAccountOnly: true } : request;
  },
  handle(input: { RetiringPrincipal: string } & PageInput, ctx) {
    const wanted = grantsRetirableBy(input.RetiringPrincipal, ctx);
    const listed = page(wanted, input, {
      usual: 50,
      most: 100,
      list: `ListRetirableGrants ${input.RetiringPrincipal}`,
      place: ({ grant }) => grant.GrantId,
    });
    return isFailure(listed) ? listed : ok({ Grants: listed.entries.map(({ grant, key }) => grantEntry(grant, key)), ...listed.rest });
  },
};

/** A grant with its key, wherever in the Region it is. */
interface Held {
  grant: GrantRow;
  key: Readonly<KeyRow>;
}

/** Grants of the whole Region: they are kept with the key, and who may retire one need not be of the key's account. */
function heldGrants(ctx: Context, wanted: (id: string) => boolean): (Held & Found)[] {
  return accounts(ctx.db)
    .ids()
    .flatMap((account) => {
      const db = ctx.db.at({ account });
      return grants(db)
        .ids()
        .filter(wanted)
        .map((id) => {
          const grant = grants(db).get(id)!;
          return { grant, key: keys(db).get(grant.KeyId)!, db };
        });
    });
}

function grantsRetirableBy(principal: string, ctx: Context): Held[] {
  const same = /^\d{12}$/.test(principal) ? accountRoot(principal) : principal;
  return heldGrants(ctx, () => true).filter(({ grant }) => grant.RetiringPrincipal === principal || grant.RetiringPrincipal === same);
}

const grantNotFound = (grantId: string): Failure => fail("NotFoundException", `Grant ID ${grantId} not found`);

const checkGrantId = (grantId: string | undefined): Failure | undefined =>
  grantId === undefined || /^[0-9a-f]{64}$/.test(grantId)
    ? undefined
    : fail("InvalidGrantIdException", "The request was rejected because the specified GrantId is not valid.");

/**
 * Takes a grant away, by a key policy or IAM permission. `kms:RevokeGrant` is for administrators; see RetireGrant.
 * Errors: NotFoundException, InvalidGrantIdException. The texts are the API's descriptions.
 * Source: KMS API, RevokeGrant.
 */
export const RevokeGrant = managesKey<{ KeyId: string; GrantId: string; DryRun?: boolean }>("RevokeGrant", {
  validate: ({ GrantId }) => checkGrantId(GrantId),
  context: (_, ctx) => ({ "kms:GrantIsForAWSResource": forAwsResource(ctx) }),
  handle({ GrantId, DryRun }, { key, db }) {
    const id = `${key.KeyId}/${GrantId}`;
    if (!grants(db).get(id)) return grantNotFound(GrantId);
    if (DryRun) return kmsErrors.dryRun();
    grants(db).delete(id);
    return nothing();
  },
});

interface RetireInput {
  GrantToken?: string;
  KeyId?: string;
  GrantId?: string;
  DryRun?: boolean;
}

/** The grant that is meant, by its token or by key and id. */
function grantToRetire(input: RetireInput, ctx: Context): (Held & Found) | Failure {
  if (input.GrantToken !== undefined) {
    const grantId = grantIdOfToken(input.GrantToken);
    if (grantId === undefined) return kmsErrors.invalidGrantToken();
    const [held] = heldGrants(ctx, (id) => id.endsWith(`/${grantId}`));
    return held?.grant.tokens.includes(input.GrantToken) ? held : grantNotFound(grantId);
  }
  const result = findKey(ctx, input.KeyId!, { action: "kms:RetireGrant", aliases: false, quiet: true });
  if (!result.ok) return result;
  const { key, db } = result.found;
  const grant = grants(db).get(`${key.KeyId}/${input.GrantId}`);
  return grant ? { grant, key, db } : grantNotFound(input.GrantId!);
}

/**
 * Ends a grant when its permissions are no longer needed. The grant itself says who may; key policies have no say.
 * Errors: ValidationException, InvalidGrantTokenException, InvalidGrantIdException, NotFoundException.
 * Source: KMS API, RetireGrant; KMS Developer Guide, Retiring and revoking grants.
 */
export const RetireGrant: Operation = {
  name: "RetireGrant",
  validate({ GrantToken, KeyId, GrantId }: RetireInput) {
    if (GrantToken === undefined && (KeyId === undefined || GrantId === undefined))
      return fail("ValidationException", "Grant token OR (grant ID and key ID) must be specified");
    return GrantToken === undefined ? checkGrantId(GrantId) : undefined;
  },
  authorise(input: RetireInput, ctx) {
    const held = grantToRetire(input, ctx);
    if (isFailure(held)) return held;
    const { byGrant, byAccount, why } = retireRights(held.grant, held.key.AWSAccountId, ctx.principal);
    const request: AuthRequest = {
      action: "kms:RetireGrant",
      resource: held.key.Arn,
      context: callContext(ctx),
      grants: [{ id: held.grant.GrantId, grantee: held.grant.GranteePrincipal, matched: byGrant, why }],
    };
    // Whoever the grant names needs no policy, and an account that has a part in the grant may hand the right on to its own
    // people by IAM: both are judged as if the key were the caller's own. All others are strangers to it.
    return byGrant || byAccount ? request : { ...request, resourceAccount: held.key.AWSAccountId };
  },
  handle(input: RetireInput, ctx) {
    const held = grantToRetire(input, ctx);
    if (isFailure(held)) return held;
    if (input.DryRun) return kmsErrors.dryRun();
    grants(held.db).delete(`${held.key.KeyId}/${held.grant.GrantId}`);
    return nothing();
  },
};
