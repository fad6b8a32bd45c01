import { ok } from "../../errors";
import type { JsonObject, Operation } from "../../types";
import { askAbout, askAll, given } from "../authorise";
import { isFailure } from "../errors";
import { findLiving, findSecret, findWritable } from "../find";
import { checkForm, isBroad, locksOut, policyTexts, publicPolicy } from "../policy";
import { touchReplicas } from "../replicate";
import { secrets } from "../state";

interface Named {
  SecretId: string;
}

/**
 * Errors: MalformedPolicyDocumentException, PublicPolicyException, ResourceNotFoundException, InvalidParameterException,
 * InvalidRequestException. Source: Secrets Manager API, PutResourcePolicy.
 */
export const PutResourcePolicy: Operation = {
  name: "PutResourcePolicy",
  authorise: ({ SecretId, BlockPublicPolicy }: Named & { BlockPublicPolicy?: boolean }, ctx) => askAbout(ctx, "PutResourcePolicy", SecretId, given({ BlockPublicPolicy })),
  handle({ SecretId, ResourcePolicy, BlockPublicPolicy }: Named & { ResourcePolicy: string; BlockPublicPolicy?: boolean }, ctx) {
    const found = findWritable(ctx, SecretId);
    if (isFailure(found)) return found;
    const malformed = checkForm(ctx, ResourcePolicy);
    if (malformed) return malformed;
    if (BlockPublicPolicy) {
      const broad = isBroad(ResourcePolicy);
      ctx.note({ kind: "check", what: "the policy does not allow broad access", ok: !broad });
      if (broad) return publicPolicy();
    }
    const secret = secrets(found.db).edit(found.secret.Name);
    secret.policy = ResourcePolicy;
    secret.LastChangedDate = ctx.now;
    touchReplicas(ctx, secret, found.account);
    return ok({ ARN: secret.ARN, Name: secret.Name });
  },
};

/** Errors: ResourceNotFoundException, InvalidRequestException. Source: Secrets Manager API, GetResourcePolicy. */
export const GetResourcePolicy: Operation = {
  name: "GetResourcePolicy",
  authorise: ({ SecretId }: Named, ctx) => askAbout(ctx, "GetResourcePolicy", SecretId),
  handle({ SecretId }: Named, ctx) {
    const found = findLiving(ctx, SecretId);
    if (isFailure(found)) return found;
    const { ARN, Name, policy } = found.secret;
    return ok({ ARN, Name, ...(policy !== undefined && { ResourcePolicy: policy }) });
  },
};

/** Errors: ResourceNotFoundException, InvalidParameterException, InvalidRequestException. Source: Secrets Manager API, DeleteResourcePolicy. */
export const DeleteResourcePolicy: Operation = {
  name: "DeleteResourcePolicy",
  authorise: ({ SecretId }: Named, ctx) => askAbout(ctx, "DeleteResourcePolicy", SecretId),
  handle({ SecretId }: Named, ctx) {
    const found = findWritable(ctx, SecretId);
    if (isFailure(found)) return found;
    const { ARN, Name } = found.secret;
    if (found.secret.policy !== undefined) {
      const secret = secrets(found.db).edit(Name);
      delete secret.policy;
      secret.LastChangedDate = ctx.now;
      touchReplicas(ctx, secret, found.account);
    }
    return ok({ ARN, Name });
  },
};

/**
 * The three checks: form, broad access, and (where a secret is named) that the caller is not locked out. The names of the
 * checks are unverified: AWS documents none.
 * Errors: ResourceNotFoundException, MalformedPolicyDocumentException for what is not JSON.
 * Source: Secrets Manager API, ValidateResourcePolicy.
 */
export const ValidateResourcePolicy: Operation = {
  name: "ValidateResourcePolicy",
  authorise: ({ SecretId }: Partial<Named>, ctx) => ["ValidateResourcePolicy", "PutResourcePolicy"].map((action) => (SecretId === undefined ? askAll(action) : askAbout(ctx, action, SecretId))),
  handle({ SecretId, ResourcePolicy }: Partial<Named> & { ResourcePolicy: string }, ctx) {
    const found = SecretId === undefined ? undefined : findSecret(ctx, SecretId);
    if (isFailure(found)) return found;
    const malformed = checkForm(ctx, ResourcePolicy);
    if (malformed && !isJson(ResourcePolicy)) return malformed;
    const errors: JsonObject[] = [];
    if (malformed) errors.push({ CheckName: "PolicySyntax", ErrorMessage: malformed.error.message });
    else {
      if (isBroad(ResourcePolicy)) errors.push({ CheckName: "PublicAccess", ErrorMessage: policyTexts.public });
      if (found && locksOut(ctx, found, ResourcePolicy)) errors.push({ CheckName: "Lockout", ErrorMessage: policyTexts.lockout });
    }
    return ok({ PolicyValidationPassed: !errors.length, ValidationErrors: errors });
  },
};

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
