"use client";
import { lazy, Suspense, type ReactNode } from "react";
import Spinner from "@cloudscape-design/components/spinner";
import { ConsoleFrame, type Crumb } from "../frame/console-frame";
import { otherFirewalls } from "../frame/firewall-services";
import { decodePart } from "../frame/place";
import { AclPage } from "./acl/acl-page";
import { ApiKeys } from "./api-keys/api-keys";
import { GroupPage } from "./groups/group-page";
import { ManagedList } from "./groups/managed-list";
import { ManagedPage } from "./groups/managed-page";
import { listPath, scopeOf, thingPath, type Kind } from "./place-of";
import type { RuleKind } from "./rule/shape";
import { CreateIpSet } from "./sets/ip-set-form";
import { CreatePatternSet } from "./sets/pattern-set-form";
import { IpSetPage, PatternSetPage } from "./sets/set-page";
import { RulePage } from "./shared/rule-page";
import { ThingList } from "./shared/thing-list";
import type { Scope } from "./waf-types";
import "./waf.css";
import { CreateAcl } from "./wizard/create-acl";
import { CreateGroup } from "./wizard/create-group";

const WATCHES = ["wafv2"];

/** With 125 requests and all that reads and writes them: fetched when it is opened. */
const RequestsPage = lazy(() => import("./requests/requests-page").then((module) => ({ default: module.RequestsPage })));

/** With the traffic's makers and the graphs. */
const TrafficPage = lazy(() => import("./traffic/traffic-page").then((module) => ({ default: module.TrafficPage })));

const titles: Record<Kind, { title: string; create: string; about: string; command: string }> = {
  "web-acls": {
    title: "Web ACLs",
    create: "Create web ACL",
    about: "A web ACL looks at the requests to what it protects, rule by rule, and lets them through or not. AWS’s console now calls it a protection pack.",
    command: "aws wafv2 create-web-acl --name shop --scope REGIONAL --default-action Allow={} --visibility-config SampledRequestsEnabled=true,CloudWatchMetricsEnabled=true,MetricName=shop",
  },
  "rule-groups": {
    title: "Rule groups",
    create: "Create rule group",
    about: "Rules that you keep in one place and use in several web ACLs. Its capacity never changes.",
    command: "aws wafv2 create-rule-group --name common --scope REGIONAL --capacity 100 --visibility-config SampledRequestsEnabled=true,CloudWatchMetricsEnabled=true,MetricName=common",
  },
  "ip-sets": { title: "IP sets", create: "Create IP set", about: "Addresses that rules refer to by the set’s name.", command: "aws wafv2 create-ip-set --name office --scope REGIONAL --ip-address-version IPV4 --addresses 192.0.2.0/24" },
  "regex-pattern-sets": {
    title: "Regex pattern sets",
    create: "Create regex pattern set",
    about: "Up to ten regular expressions that rules refer to by the set’s name.",
    command: "aws wafv2 create-regex-pattern-set --name admin --scope REGIONAL --regular-expression-list RegexString=^/admin/",
  },
};

/**
 * AWS WAF as its console shows it. `path` are the parts of the address after `/console/wafv2`: `<kind>[/<scope>[/<name>/<id>[/<tab>]]]`,
 * `<web-acls or rule-groups>/<scope>/<name>/<id>/rules/<rule>`, `.../new-rule/<kind of rule>`, `managed-rule-groups[/<scope>[/<vendor>/<name>]]`,
 * `requests[/<request>[/<scope>/<name>/<id>]]`, `traffic[/<stream>]`, `create/<what>/<scope>`. Scopes are `regional` and `global`. `navigate` gets such a path, its parts encoded.
 */
export function WafConsole({ path, navigate, base = "/console/wafv2" }: { path: string[]; navigate(path: string): void; base?: string }) {
  const { active, crumbs, page } = route(path.map(decodePart));
  return (
    <ConsoleFrame
      service="WAF & Shield"
      base={base}
      home="web-acls"
      navigate={navigate}
      active={active}
      crumbs={crumbs}
      watches={WATCHES}
      navigation={[
        {
          type: "section",
          text: "AWS WAF",
          items: [
            { type: "link", text: "Web ACLs", href: "web-acls" },
            { type: "link", text: "Rule groups", href: "rule-groups" },
            { type: "link", text: "Managed rule groups", href: "managed-rule-groups" },
            { type: "link", text: "IP sets", href: "ip-sets" },
            { type: "link", text: "Regex pattern sets", href: "regex-pattern-sets" },
            { type: "link", text: "API keys", href: "api-keys" },
          ],
        },
        { type: "section", text: "The lab’s own", items: [{ type: "link", text: "Requests", href: "requests" }, { type: "link", text: "Traffic", href: "traffic" }] },
        ...otherFirewalls(base),
      ]}
    >
      {page}
    </ConsoleFrame>
  );
}

interface Route {
  active: string;
  crumbs: Crumb[];
  page: ReactNode;
}

const ruleKinds = ["regular", "rate", "managed", "group"];

function route(path: string[]): Route {
  const [first = "web-acls", second, third, fourth, tab, rule] = path;
  const scope = scopeOf(second);
  if (first === "api-keys") return { active: first, crumbs: [{ text: "API keys" }], page: <ApiKeys key={scope} scope={scope} /> };
  if (first === "requests") return requestsRoute(path.slice(1));
  if (first === "traffic") return trafficRoute(second);
  if (first === "create") return create(second, scopeOf(third));
  if (first === "managed-rule-groups") {
    const list: Crumb = { text: "Managed rule groups", to: `managed-rule-groups/${second ?? ""}` };
    return third && fourth
      ? { active: first, crumbs: [list, { text: fourth }], page: <ManagedPage key={`${second} ${third} ${fourth}`} scope={scope} vendor={third} name={fourth} /> }
      : { active: first, crumbs: [{ text: list.text }], page: <ManagedList key={scope} scope={scope} /> };
  }
  const kind = Object.hasOwn(titles, first) ? (first as Kind) : "web-acls";
  const list: Crumb = { text: titles[kind].title, to: listPath(kind, scope) };
  if (kind !== first || !third || !fourth) return { active: kind, crumbs: [{ text: list.text }], page: <ThingList key={`${kind} ${scope}`} kind={kind} scope={scope} {...titles[kind]} /> };
  const key = `${kind} ${second} ${third} ${fourth}`;
  const thing = { scope, name: third, id: fourth };
  if ((kind === "web-acls" || kind === "rule-groups") && rule && (tab === "rules" || tab === "new-rule")) {
    const fresh: RuleKind = ruleKinds.includes(rule) ? (rule as RuleKind) : "regular";
    return {
      active: kind,
      crumbs: [list, { text: third, to: thingPath(kind, scope, { Name: third, Id: fourth }) }, { text: tab === "rules" ? rule : "Add rule" }],
      page: <RulePage key={`${key} ${tab} ${rule}`} kind={kind === "web-acls" ? "WEB_ACL" : "RULE_GROUP"} {...thing} rule={tab === "rules" ? rule : { fresh }} />,
    };
  }
  return { active: kind, crumbs: [list, { text: third }], page: pageOf(kind, key, { ...thing, tab }) };
}

/** `requests[/<all, new or a request>[/<scope>/<web ACL>/<id>]]`. */
function requestsRoute(path: string[]): Route {
  const [request = "all", ...acl] = path;
  const one: Crumb[] = request === "all" ? [] : [{ text: request === "new" ? "New" : request }];
  const page = (
    <Suspense fallback={<Spinner size="large" />}>
      <RequestsPage path={path} />
    </Suspense>
  );
  return { active: "requests", crumbs: [{ text: "Requests", to: ["requests", "all", ...acl].map(encodeURIComponent).join("/") }, ...one], page };
}

/** `traffic[/<stream>]`. */
function trafficRoute(stream: string | undefined): Route {
  const page = (
    <Suspense fallback={<Spinner size="large" />}>
      <TrafficPage stream={stream} />
    </Suspense>
  );
  return { active: "traffic", crumbs: [{ text: "Traffic", to: "traffic" }, ...(stream === undefined ? [] : [{ text: stream }])], page };
}

function pageOf(kind: Kind, key: string, thing: { scope: Scope; name: string; id: string; tab?: string }): ReactNode {
  switch (kind) {
    case "rule-groups":
      return <GroupPage key={key} {...thing} />;
    case "ip-sets":
      return <IpSetPage key={key} {...thing} />;
    case "regex-pattern-sets":
      return <PatternSetPage key={key} {...thing} />;
    default:
      return <AclPage key={key} {...thing} />;
  }
}

function create(what: string | undefined, scope: Scope): Route {
  const at = (kind: Kind, page: ReactNode): Route => ({ active: kind, crumbs: [{ text: titles[kind].title, to: listPath(kind, scope) }, { text: titles[kind].create }], page });
  switch (what) {
    case "rule-group":
      return at("rule-groups", <CreateGroup scope={scope} />);
    case "ip-set":
      return at("ip-sets", <CreateIpSet scope={scope} />);
    case "regex-pattern-set":
      return at("regex-pattern-sets", <CreatePatternSet scope={scope} />);
    default:
      return at("web-acls", <CreateAcl scope={scope} />);
  }
}
