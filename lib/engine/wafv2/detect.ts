import { sqli } from "./detect/sqli/detect";
import { xss } from "./detect/xss/detect";
import type { Sensitivity, SqliExplanation, XssExplanation } from "./detect/types";

export type { FoldStep, HtmlToken, Sensitivity, SqlToken, SqliExplanation, XssExplanation } from "./detect/types";

/** Whether `value` looks like SQL injection. */
export function detectSqli(value: string, sensitivity: Sensitivity): boolean {
  return sqli(value, sensitivity === "HIGH") !== undefined;
}

/** Whether `value` looks like cross-site scripting. */
export function detectXss(value: string): boolean {
  return xss(value) !== undefined;
}

export function explainSqli(value: string, sensitivity: Sensitivity): SqliExplanation {
  return { verdict: detectSqli(value, sensitivity), sensitivity, context: { quote: "none", dialect: "ANSI" }, tokens: [], steps: [], fingerprint: "", matchedData: [] };
}

export function explainXss(value: string): XssExplanation {
  return { verdict: detectXss(value), state: "text", tokens: [], matchedData: [] };
}
