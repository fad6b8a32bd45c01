import { explain as explainSql, matches } from "./detect/sqli/detect";
import { explain as explainHtml, find } from "./detect/xss/detect";
import type { Sensitivity, SqliExplanation, XssExplanation } from "./detect/types";

export type { FoldStep, HtmlToken, Sensitivity, SqlToken, SqliExplanation, XssExplanation } from "./detect/types";

/*
 * What SqliMatchStatement and XssMatchStatement look for. AWS does not publish its detectors; these are Keyhole's own, of
 * the kind that AWS's logs show: a value is read as tokens, and the tokens have the shape of an attack or have it not.
 * They see a value as it reaches the rule and decode nothing: that is what text transformations are for.
 * Source: WAF developer guide, waf-rule-statement-type-sqli-match, waf-rule-statement-type-xss-match.
 */

/**
 * Whether `value` looks like SQL injection. At sensitivity HIGH more shapes count, and harmless text is taken for an
 * attack more often. The work is linear in the value's length.
 */
export function detectSqli(value: string, sensitivity: Sensitivity): boolean {
  return matches(value, sensitivity === "HIGH");
}

/** Whether `value` looks like cross-site scripting, read as text or as the value of an attribute. The work is linear. */
export function detectXss(value: string): boolean {
  return find(value) !== undefined;
}

/**
 * What `detectSqli` saw: the quotes and the dialect in which it read the value, tokens, folding steps, the fingerprint,
 * the name of the shape, and `matchedData` as WAF's logs have it (source: logging-fields). Its verdict is `detectSqli`'s.
 */
export function explainSqli(value: string, sensitivity: Sensitivity): SqliExplanation {
  return explainSql(value, sensitivity === "HIGH");
}

/** What `detectXss` saw: the start state, the HTML tokens up to the one that decided, and the reason. Its verdict is `detectXss`'s. */
export function explainXss(value: string): XssExplanation {
  return explainHtml(value);
}
