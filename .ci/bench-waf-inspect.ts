import { existsSync, readFileSync } from "node:fs";
import { compile } from "../lib/engine/wafv2/inspect/compile";
import { utf8 } from "../lib/engine/wafv2/inspect/bytes";
import type { WafRequest } from "../lib/engine/wafv2/inspect/request";
import type { Rule, Statement, WebACL } from "../lib/engine/wafv2/inspect/types";

/**
 * AWS WAF's inspection: requests a second of a web ACL with three managed groups, ten own rules and a rate-based one, with and without the walk.
 * Seconds are of a core's time (with that of the garbage collector), so that a busy machine does not count.
 * The reference is Node's own URL parser over the same requests: what a server does at the least with each of them.
 */

type Line = (name: string, value: string, reference?: string) => void;
const rate = (n: number): string => `${Math.round(n).toLocaleString("en")}/s`;

const visible = (MetricName: string) => ({ SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName });
const none = [{ Priority: 0, Type: "NONE" as const }];
const lower = [{ Priority: 0, Type: "URL_DECODE" as const }, { Priority: 1, Type: "LOWERCASE" as const }];
const base64 = (text: string): string => Buffer.from(text, "latin1").toString("base64");
const set = "arn:aws:wafv2:us-east-1:111122223333:regional/ipset/office/1";

const own: Statement[] = [
  { IPSetReferenceStatement: { ARN: set } },
  { GeoMatchStatement: { CountryCodes: ["KP", "XX"] } },
  { ByteMatchStatement: { SearchString: base64("/internal/"), FieldToMatch: { UriPath: {} }, PositionalConstraint: "STARTS_WITH", TextTransformations: lower } },
  { ByteMatchStatement: { SearchString: base64("badbot"), FieldToMatch: { SingleHeader: { Name: "user-agent" } }, PositionalConstraint: "CONTAINS", TextTransformations: lower } },
  { RegexMatchStatement: { RegexString: "^/api/v[0-9]+/secret/[a-z]+$", FieldToMatch: { UriPath: {} }, TextTransformations: none } },
  { RegexMatchStatement: { RegexString: "(?i)token=[0-9a-f]{32}", FieldToMatch: { QueryString: {} }, TextTransformations: none } },
  { SizeConstraintStatement: { FieldToMatch: { QueryString: {} }, ComparisonOperator: "GT", Size: 4_000, TextTransformations: none } },
  { NotStatement: { Statement: { ByteMatchStatement: { SearchString: base64("."), FieldToMatch: { SingleHeader: { Name: "host" } }, PositionalConstraint: "CONTAINS", TextTransformations: none } } } },
  { AndStatement: { Statements: [{ LabelMatchStatement: { Scope: "NAMESPACE", Key: "awswaf:clientip:geo:" } }, { ByteMatchStatement: { SearchString: base64("TRACE"), FieldToMatch: { Method: {} }, PositionalConstraint: "EXACTLY", TextTransformations: none } }] } },
  { ByteMatchStatement: { SearchString: base64("debug"), FieldToMatch: { Cookies: { MatchPattern: { All: {} }, MatchScope: "ALL", OversizeHandling: "CONTINUE" } }, PositionalConstraint: "CONTAINS_WORD", TextTransformations: lower } },
];

export function benchWebAcl(): WebACL {
  const Rules: Rule[] = own.map((Statement, Priority) => ({ Name: `own-${Priority}`, Priority, Statement, Action: { Block: {} }, VisibilityConfig: visible(`own-${Priority}`) }));
  Rules.push({ Name: "rate", Priority: 10, Statement: { RateBasedStatement: { Limit: 2_000_000_000, AggregateKeyType: "IP" } }, Action: { Block: {} }, VisibilityConfig: visible("rate") });
  for (const [at, Name] of ["AWSManagedRulesCommonRuleSet", "AWSManagedRulesKnownBadInputsRuleSet", "AWSManagedRulesSQLiRuleSet"].entries())
    Rules.push({ Name, Priority: 11 + at, Statement: { ManagedRuleGroupStatement: { VendorName: "AWS", Name } }, OverrideAction: { None: {} }, VisibilityConfig: visible(Name) });
  return { Name: "bench", Id: "1", ARN: "arn:aws:wafv2:us-east-1:111122223333:regional/webacl/bench/1", DefaultAction: { Allow: {} }, Rules, VisibilityConfig: visible("bench") };
}

/** The corpus' requests where it lies beside the repository, else a few of our own. */
function requests(): { name: string; list: WafRequest[] } {
  const make = (method: string, uri: string, headers: [string, string][], body?: string): WafRequest => ({ method, uri: utf8(uri), headers: headers.map(([name, value]) => [utf8(name), utf8(value)]), ...(body !== undefined && { body: utf8(body) }), clientIp: "192.0.2.1", country: "DE", source: "CLOUDFRONT", timestamp: 1_780_000_000_000 });
  const file = `${process.cwd()}/../shared/waf-corpus/requests.jsonl`;
  if (existsSync(file)) {
    const lines = readFileSync(file, "utf8").split("\n").filter(Boolean).map((line) => (JSON.parse(line) as { request: { method: string; uri: string; headers?: [string, string][]; body?: string } }).request);
    return { name: "the corpus'", list: lines.map(({ method, uri, headers, body }) => make(method, uri, headers ?? [], body)) };
  }
  const headers: [string, string][] = [["Host", "shop.example.com"], ["User-Agent", "Mozilla/5.0 (X11; Linux x86_64)"], ["Accept", "text/html"], ["Cookie", "session=0123456789abcdef; theme=dark"]];
  return { name: "own", list: [make("GET", "/products?page=2&sort=price", headers), make("POST", "/login", headers, "user=anna&password=secret"), make("GET", "/?q=1%27%20or%20%271%27=%271", headers)] };
}

export function wafInspect(line: Line, seconds: number): void {
  const { name, list } = requests();
  const acl = compile(benchWebAcl(), { ipSets: { [set]: { Addresses: Array.from({ length: 10_000 }, (_, n) => `10.${n >> 8}.${n & 255}.0/24`) } } });
  const run = (once: (request: WafRequest) => unknown): number => {
    // The compiler's threads count too: it is to be done before.
    for (let pass = 0; pass < Math.max(4, 10_000 / list.length); pass++) for (const request of list) once(request);
    const [start, before] = [performance.now(), process.cpuUsage()];
    let n = 0;
    for (; performance.now() - start < seconds * 1_000; n += list.length) for (const request of list) once(request);
    const { user, system } = process.cpuUsage(before);
    return (n / (user + system)) * 1_000_000;
  };
  const rates = {};
  const parser = run(({ uri }) => new URL(`http://a${uri.startsWith("/") ? uri : "/"}`).searchParams.get("q"));
  const [plain, walked] = [run((request) => acl.inspect(request, { rates })), run((request) => acl.inspect(request, { rates, walk: true }))];
  line(`Node's URL and URLSearchParams, ${name} requests`, rate(parser));
  line("WAF inspection, 3 managed groups, 10 rules, 1 rate rule", rate(plain), `goal 20,000/s; ${(parser / plain).toFixed(1)}x the URL parser's time`);
  line("WAF inspection, the same, with its walk", rate(walked), "goal 4,000/s");
}
