import type { ManagedStatement } from "../inspect/statement";
import type { FieldToMatch, TextTransformation, TransformationType } from "../inspect/types";
import type { ManagedRule, ManagedRuleGroup } from "./types";

/** Short ways to write managed groups. Body rules go on with what fits where a body is oversize, as AWS documents it. */

export const query: FieldToMatch = { QueryString: {} };
export const args: FieldToMatch = { AllQueryArguments: {} };
export const path: FieldToMatch = { UriPath: {} };
export const body: FieldToMatch = { Body: { OversizeHandling: "CONTINUE" } };
export const cookies: FieldToMatch = { Cookies: { MatchPattern: { All: {} }, MatchScope: "VALUE", OversizeHandling: "CONTINUE" } };
export const headers: FieldToMatch = { Headers: { MatchPattern: { All: {} }, MatchScope: "VALUE", OversizeHandling: "CONTINUE" } };
export const headersNotCookie: FieldToMatch = { Headers: { MatchPattern: { ExcludedHeaders: ["cookie"] }, MatchScope: "VALUE", OversizeHandling: "CONTINUE" } };
export const header = (Name: string): FieldToMatch => ({ SingleHeader: { Name } });

export const turns = (...types: TransformationType[]): TextTransformation[] => (types.length ? types : (["NONE"] as const)).map((Type, Priority) => ({ Priority, Type }));
/** What most rules look at: decoded once, small letters. */
export const plain = turns("URL_DECODE_UNI", "LOWERCASE");
/** Decoded twice: against paths that were encoded twice. */
export const deep = turns("URL_DECODE_UNI", "URL_DECODE_UNI", "REMOVE_NULLS", "LOWERCASE");

export const pattern = (FieldToMatch: FieldToMatch, regex: RegExp, TextTransformations = plain): ManagedStatement => ({ Pattern: { FieldToMatch, TextTransformations, pattern: regex } });
export const larger = (FieldToMatch: FieldToMatch, Size: number): ManagedStatement => ({ SizeConstraintStatement: { FieldToMatch, ComparisonOperator: "GT", Size, TextTransformations: turns() } });

/** A rule; its label is its name unless AWS writes it otherwise. */
export const rule = (name: string, statement: ManagedStatement, label = name): ManagedRule => ({ name, labels: [label], statement });

export const group = (name: string, capacity: number, set: string, description: string, rules: ManagedRule[], more: Partial<ManagedRuleGroup> = {}): ManagedRuleGroup => ({
  vendor: "AWS", name, capacity, labelNamespace: `awswaf:managed:aws:${set}:`, description, versions: ["Version_1.0", "Version_2.0"], rules, ...more,
});
