import { bodyOver, request, ruleOf, sqli, webAcl, xss } from "@/content/claims/waf-parts";
import type { JsonObject } from "@/lib/engine/types";
import type { Goal, LessonMeta, Match, SolutionCall } from "@/lib/lessons/types";

const args = { AllQueryArguments: {} };
const guarded = (ResourceType: string, ...Rules: JsonObject[]): SolutionCall[] => [
  { service: "traffic", operation: "AddResource", input: { ResourceType, Name: "forms" } },
  { service: "wafv2", operation: "CreateWebACL", input: webAcl("forms", Rules) },
  { service: "wafv2", operation: "AssociateWebACL", input: { WebACLArn: "$2.Summary.ARN", ResourceArn: "$1.Resource.Arn" } },
];
const send = (what: JsonObject): SolutionCall => ({ service: "traffic", operation: "Inspect", input: { ResourceArn: "$1.Resource.Arn", Requests: [request(what)] } });
const ended = (action: string, rule: string, input: Record<string, Match> = {}): Goal => ({ called: { service: "traffic", operation: "Inspect", input, output: { "Outcomes.0.Action": action, "Outcomes.0.TerminatingRuleId": rule } } });
/** Zeros in base64, as the lessons' files have them. */
const zeros = (count: number): string => btoa("0".repeat(count));
const both = (level: string): JsonObject[] => [ruleOf("sqli", 0, sqli(args, level)), ruleOf("xss", 1, xss(args))];
const webAcls = "/console/wafv2/web-acls";

const meta: LessonMeta = {
  slug: "waf-attacks-sizes-countries",
  dir: "07-waf/03-attacks-sizes-countries",
  title: "Attacks, sizes, countries",
  section: "waf",
  order: 23,
  minutes: 14,
  summary: "Rules against SQL injection and scripts, what a size constraint can measure and what it cannot, and countries.",
  steps: [
    { id: "injection", title: "Send SQL, a script, and an honest question", goal: { all: [ended("BLOCK", "sqli"), ended("BLOCK", "xss"), ended("ALLOW", "Default_Action")] }, where: { console: webAcls }, solution: [...guarded("APPLICATION_LOAD_BALANCER", ...both("LOW")), send({ Uri: "/?id=1+UNION+SELECT+login,pin+FROM+staff" }), send({ Uri: "/?q=%3Cscript%3Ealert(1)%3C/script%3E" }), send({ Uri: "/?q=hotel+near+union+square" })] },
    { id: "sensitive", title: "Look more closely for SQL", goal: ended("BLOCK", "sqli", { "Requests.0.Uri": { matches: "xp_cmdshell|1950" } }), where: { console: webAcls }, solution: [...guarded("APPLICATION_LOAD_BALANCER", ...both("HIGH")), send({ Uri: "/?sort=xp_cmdshell" })] },
    { id: "five", title: "Limit bodies to 5 MB, and send 9,000 bytes", goal: ended("BLOCK", "over-5-mb"), where: { console: webAcls }, solution: [...guarded("APPLICATION_LOAD_BALANCER", ruleOf("over-5-mb", 0, bodyOver(5_242_880, "MATCH"))), send({ Method: "POST", Body: zeros(9_000) })] },
    { id: "continue", title: "Send a million bytes past a limit of 9,000", goal: ended("ALLOW", "Default_Action", { "Requests.0.Body": { matches: "^.{100000}" } }), where: { console: webAcls }, solution: [...guarded("APPLICATION_LOAD_BALANCER", ruleOf("over-9000", 0, bodyOver(9_000, "CONTINUE"))), send({ Method: "POST", Body: zeros(1_000_000) })] },
    { id: "geo", title: "Keep a country away from an API", goal: ended("BLOCK", "not-from-brazil"), where: { console: webAcls }, solution: [...guarded("API_GATEWAY", ruleOf("not-from-brazil", 0, { GeoMatchStatement: { CountryCodes: ["BR"] } })), send({ ClientIp: "192.0.2.81", Country: "BR" })] },
  ],
};

export default meta;
