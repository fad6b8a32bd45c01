/**
 * What AWS WAF answers about rules that it does not take.
 * Source: AWS WAFV2 API Reference, WAFInvalidParameterException; the sentences of `reasons.recorded` are AWS's own, as seen in public
 * reports (hashicorp/terraform-provider-aws 14120, 29321, 34320); the others are Keyhole's.
 */
export interface RuleProblem {
  code: "WAFInvalidParameterException" | "WAFLimitsExceededException" | "WAFNonexistentItemException" | "NotSimulated";
  message: string;
  /** A value of ParameterExceptionField. */
  Field?: string;
  Parameter?: string;
  Reason?: string;
  /** The rule that it is about. */
  rule?: string;
}

export const reasons = {
  exactlyOne: "You have used none or multiple values for a field that requires exactly one value.",
  minimum:
    "You haven't met a minimum requirement for a threshold setting. Examples include a rule group capacity setting that's too low and an OR statement with only one nested statement.",
  reference: "A reference in your rule statement is not valid.",
  nesting: "This statement can't be nested here.",
  range: "The value is outside its allowed range.",
  unique: "The values must be unique.",
  required: "A required field is missing.",
  notAllowed: "The value is not allowed here.",
};

/** Fields for which AWS was seen to put the reason's code, not its sentence, in the message. */
const byCode = new Set(["RULE_ACTION", "FIELD_TO_MATCH"]);

export function invalid(Field: string, Parameter: string, Reason: string): RuleProblem {
  const said = Reason === reasons.exactlyOne && byCode.has(Field) ? "EXACTLY_ONE_CONDITION_REQUIRED" : Reason;
  return { code: "WAFInvalidParameterException", message: `Error reason: ${said}, field: ${Field}, parameter: ${Parameter}`, Field, Parameter, Reason };
}

export const tooMany = (what: string): RuleProblem => ({
  code: "WAFLimitsExceededException",
  message: `AWS WAF couldn’t perform the operation because you exceeded your resource limit: ${what}.`,
});

export const missing = (): RuleProblem => ({
  code: "WAFNonexistentItemException",
  message: "AWS WAF couldn’t perform the operation because your resource doesn’t exist.",
});

export const notSimulated = (what: string): RuleProblem => ({ code: "NotSimulated", message: `Keyhole does not simulate ${what}. AWS WAF has it; this lab does not.` });

/** How many of a union's members are there. */
export const membersOf = (union: object | undefined): number => (union ? Object.values(union).filter((value) => value !== undefined && value !== null).length : 0);
