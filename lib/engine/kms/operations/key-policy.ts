import { fail, ok, type Failure } from "../../errors";
import { checkLockout, checkPolicy } from "../policy-check";
import { policyText } from "../policy-text";
import { editKey, managesKey, nothing } from "../manage";
import { isFailure, page, type PageInput } from "../pagination";

/** A key has one policy, and its name is `default`. */
const policyName = "default";

const otherName = ({ PolicyName }: { PolicyName?: string }): Failure | undefined =>
  PolicyName === undefined || PolicyName === policyName ? undefined : fail("NotFoundException", "No such policy exists");

/** The key policy's text, printed as AWS prints it. Source: KMS API, GetKeyPolicy. */
export const GetKeyPolicy = managesKey<{ KeyId: string; PolicyName?: string }>("GetKeyPolicy", {
  handle: (input, { key }) => otherName(input) ?? ok({ Policy: policyText(key.policy), PolicyName: policyName }),
});

/** Source: KMS API, ListKeyPolicies. */
export const ListKeyPolicies = managesKey<{ KeyId: string } & PageInput>("ListKeyPolicies", {
  handle(input, { key }) {
    const listed = page([policyName], input, { usual: 100, most: 1000, list: `ListKeyPolicies ${key.KeyId}`, place: (name) => name });
    return isFailure(listed) ? listed : ok({ PolicyNames: listed.entries, ...listed.rest });
  },
});

/**
 * Replaces the key policy. Refused if it is not well formed, names a principal that is not there, or would lock its
 * caller out (unless BypassPolicyLockoutSafetyCheck).
 * Errors: MalformedPolicyDocumentException, LimitExceededException, NotFoundException.
 * Source: KMS API, PutKeyPolicy.
 */
export const PutKeyPolicy = managesKey<{ KeyId: string; PolicyName?: string; Policy: string; BypassPolicyLockoutSafetyCheck?: boolean }>(
  "PutKeyPolicy",
  {
    context: (input) => ({ "kms:BypassPolicyLockoutSafetyCheck": String(input.BypassPolicyLockoutSafetyCheck ?? false) }),
    handle(input, found, ctx) {
      const problem =
        otherName(input) ??
        checkPolicy(input.Policy, ctx) ??
        (input.BypassPolicyLockoutSafetyCheck ? undefined : checkLockout(input.Policy, found, ctx));
      if (problem) return problem;
      editKey(found).policy = input.Policy;
      return nothing();
    },
  },
);
