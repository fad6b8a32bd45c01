import { sqli } from "./detect/sqli/detect";
import type { Sensitivity, SqliExplanation, XssExplanation } from "./detect/types";

export type { FoldStep, HtmlToken, Sensitivity, SqlToken, SqliExplanation, XssExplanation } from "./detect/types";

const has = (value: string, parts: string[]): boolean => parts.some((part) => value.includes(part));

/** Whether `value` looks like SQL injection. */
export function detectSqli(value: string, sensitivity: Sensitivity): boolean {
  return sqli(value, sensitivity === "HIGH") !== undefined;
}

/** Whether `value` looks like cross-site scripting. */
export function detectXss(value: string): boolean {
  const text = value.toLowerCase();
  return has(text, ["<script", "<iframe", "<svg", "<object", "<embed", "javascript:"]) || (text.includes("<") && text.includes(" on"));
}

export function explainSqli(value: string, sensitivity: Sensitivity): SqliExplanation {
  return { verdict: detectSqli(value, sensitivity), sensitivity, context: { quote: "none", dialect: "ANSI" }, tokens: [], steps: [], fingerprint: "", matchedData: [] };
}

export function explainXss(value: string): XssExplanation {
  return { verdict: detectXss(value), state: "text", tokens: [], matchedData: [] };
}
