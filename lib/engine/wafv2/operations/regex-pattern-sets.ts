import { type Failure, ok } from "../../errors";
import type { Operation } from "../../types";
import { askEntity } from "../authorise";
import { type Locked, type Made, asking, deleting, editLocked, enter, getting, listing, newEntity } from "../entity";
import { invalid, isFailure, reasons, wafErrors } from "../errors";
import { compilePattern } from "../inspect/regex";
import type { RegexPatternSetRow } from "../state";

/** Source: AWS WAF Developer Guide, AWS WAF quotas. */
const mostPatterns = 10;

interface Patterns {
  RegularExpressionList: { RegexString?: string }[];
}

/** Which reason AWS gives for a pattern is not known: it is that of other formats here. */
function problemOf({ RegularExpressionList: list }: Patterns): Failure | undefined {
  if (list.length > mostPatterns) return wafErrors.limit();
  const wrong = list.find(({ RegexString }) => RegexString === undefined || !compilePattern(RegexString).ok);
  return wrong && invalid("REGEX_PATTERN_SET", wrong.RegexString ?? "RegexString", reasons.format);
}

/** Errors: WAFInvalidParameterException (REGEX_PATTERN_SET, SCOPE_VALUE, TAGS), WAFDuplicateItemException, WAFLimitsExceededException. Source: WAFV2 API, CreateRegexPatternSet. */
export const CreateRegexPatternSet: Operation = {
  name: "CreateRegexPatternSet",
  authorise: asking("regexpatternset", "CreateRegexPatternSet"),
  handle(input: Made & Patterns, ctx) {
    const entity = newEntity(ctx, "regexpatternset", input);
    if (isFailure(entity)) return entity;
    return problemOf(input) ?? enter(ctx, "regexpatternset", { ...entity, RegularExpressionList: input.RegularExpressionList });
  },
};

/** All patterns anew. Errors: WAFInvalidParameterException, WAFNonexistentItemException, WAFOptimisticLockException, WAFLimitsExceededException. Source: WAFV2 API, UpdateRegexPatternSet. */
export const UpdateRegexPatternSet: Operation = {
  name: "UpdateRegexPatternSet",
  authorise: (input: Locked, ctx) => askEntity(ctx, "UpdateRegexPatternSet", "regexpatternset", input),
  handle(input: Locked & Patterns & { Description?: string }, ctx) {
    const row = editLocked(ctx, "regexpatternset", input);
    if (isFailure(row)) return row;
    const problem = problemOf(input);
    if (problem) return problem;
    row.RegularExpressionList = input.RegularExpressionList;
    row.Description = input.Description ?? "";
    return ok({ NextLockToken: row.LockToken });
  },
};

const view = ({ Name, Id, ARN, Description, RegularExpressionList }: Readonly<RegexPatternSetRow>) => ({ RegexPatternSet: { Name, Id, ARN, Description, RegularExpressionList: RegularExpressionList.map((one) => ({ ...one })) } });

export const GetRegexPatternSet = getting("regexpatternset", "GetRegexPatternSet", view);
export const ListRegexPatternSets = listing("regexpatternset", "ListRegexPatternSets", "RegexPatternSets");
export const DeleteRegexPatternSet = deleting("regexpatternset", "DeleteRegexPatternSet");
