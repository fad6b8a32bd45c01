import type { Refusal } from "../../frame/use-load";

/**
 * What AWS WAF said about a field, for the place where the field is: WAFInvalidParameterException names it.
 * Source: WAFV2 API Reference, WAFInvalidParameterException (Field).
 */
export function fieldProblem(refused: Refusal | undefined, ...fields: string[]): string | undefined {
  if (!refused) return undefined;
  const { message = "", ...error } = refused.reply.error;
  const named = (error.fields as { Field?: string } | undefined)?.Field;
  return named !== undefined && fields.includes(named) ? message : undefined;
}
