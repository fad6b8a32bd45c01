import { pathTo } from "../frame/place";
import type { Scope } from "./waf-types";

/** CloudFront's things are kept in us-east-1, and calls about them go there. Source: WAFV2 API Reference, Scope. */
export const regionOf = (scope: Scope): string | undefined => (scope === "CLOUDFRONT" ? "us-east-1" : undefined);

/** The scope as ARNs and addresses spell it. */
export const scopeWord = (scope: Scope): string => (scope === "CLOUDFRONT" ? "global" : "regional");
export const scopeOf = (word: string | undefined): Scope => (word === "global" ? "CLOUDFRONT" : "REGIONAL");

/** Kinds of things with a name and an id, as addresses spell them. */
export type Kind = "web-acls" | "rule-groups" | "ip-sets" | "regex-pattern-sets";

export const listPath = (kind: Kind, scope: Scope): string => pathTo(kind, scopeWord(scope));
export const thingPath = (kind: Kind, scope: Scope, { Name, Id }: { Name: string; Id: string }, ...rest: string[]): string => pathTo(kind, scopeWord(scope), Name, Id, ...rest);
export const createPath = (what: "web-acl" | "rule-group" | "ip-set" | "regex-pattern-set", scope: Scope): string => pathTo("create", what, scopeWord(scope));
export const managedPath = (scope: Scope, vendor: string, name: string): string => pathTo("managed-rule-groups", scopeWord(scope), vendor, name);

const kindOfWord: Record<string, Kind> = { webacl: "web-acls", rulegroup: "rule-groups", ipset: "ip-sets", regexpatternset: "regex-pattern-sets" };

/** Where this console shows what an ARN of WAF's names. */
export function pathOfArn(arn: string): string | undefined {
  const [word, kind, Name, Id] = arn.split(":").slice(5).join(":").split("/");
  return Object.hasOwn(kindOfWord, kind) ? thingPath(kindOfWord[kind], scopeOf(word), { Name, Id }) : undefined;
}

/** The name inside an ARN of WAF's. */
export const nameOfArn = (arn: string): string => arn.split("/")[2] ?? arn;
