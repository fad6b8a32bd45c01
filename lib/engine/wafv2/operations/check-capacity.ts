import { ok } from "../../errors";
import type { Rule } from "../inspect/types";
import type { Operation } from "../../types";
import { askAll } from "../authorise";
import { isFailure } from "../errors";
import { checkScope } from "../names";
import { settleRules } from "../rules";
import type { Scope } from "../state";

/**
 * Capacity units of rules, as CreateWebACL and CreateRuleGroup would count them.
 * Errors: WAFInvalidParameterException, WAFNonexistentItemException, WAFLimitsExceededException. Source: WAFV2 API, CheckCapacity.
 */
export const CheckCapacity: Operation = {
  name: "CheckCapacity",
  authorise: () => askAll("CheckCapacity"),
  handle(input: { Scope: Scope; Rules: Rule[] }, ctx) {
    const problem = checkScope(ctx, input.Scope);
    if (problem) return problem;
    const settled = settleRules(ctx, "WEB_ACL", input);
    return isFailure(settled) ? settled : ok({ Capacity: settled.capacity });
  },
};
