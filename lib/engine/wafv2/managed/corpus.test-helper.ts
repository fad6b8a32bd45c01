import { utf8 } from "../inspect/bytes";
import { beside, request, rule, webAcl } from "../inspect/inspect.test-helper";
import type { WafRequest } from "../inspect/request";
import type { WebACL } from "../inspect/types";

interface Line {
  id: string;
  kind: string;
  expect: "match" | "no_match";
  request: { method: string; uri: string; headers: [string, string][]; body?: string };
}

/** The corpus' requests as a resource would hand them on; none where the corpus does not lie beside the repository. */
export function corpus(): { id: string; kind: string; request: WafRequest }[] {
  const text = beside("waf-corpus/requests.jsonl") ?? "";
  return text.split("\n").filter(Boolean).map((line) => {
    const { id, kind, request: { method, uri, headers, body } } = JSON.parse(line) as Line;
    const list = (headers ?? []).map(([name, value]): [string, string] => [utf8(name), utf8(value)]);
    return { id, kind, request: request({ method, uri: utf8(uri), headers: list, ...(body !== undefined && { body: utf8(body) }), clientIp: "192.0.2.10", source: "CLOUDFRONT" }) };
  });
}

/** A web ACL of managed groups, in this order. */
export const aclOf = (...names: string[]): WebACL =>
  webAcl(names.map((Name) => rule(Name, { ManagedRuleGroupStatement: { VendorName: "AWS", Name } })));

export const ruleGroups = ["Common", "AdminProtection", "KnownBadInputs", "SQLi", "Linux", "Unix", "Windows", "PHP", "WordPress"].map((name) => `AWSManagedRules${name}RuleSet`);
