"use client";

import Link from "next/link";
import { BillGlyph, DownGlyph, EventGlyph, FunctionGlyph, KeyGlyph, LogGlyph, ParameterGlyph, PolicyGlyph, SecretGlyph, ShieldGlyph, StackGlyph, TrailGlyph, UserGlyph, WafGlyph } from "../ui/glyphs";
import { Menu } from "../ui/menu";
import { barButton } from "./bar-button";

export const consoles = [
  { href: "/console/kms/keys", name: "Key Management Service", what: "Keys, policies, grants, rotation", Glyph: KeyGlyph },
  {
    href: "/console/systems-manager/parameters",
    name: "Parameter Store",
    what: "Parameters, versions, labels, policies",
    Glyph: ParameterGlyph,
  },
  { href: "/console/secretsmanager/secrets", name: "Secrets Manager", what: "Secrets, versions, rotation, replicas", Glyph: SecretGlyph },
  { href: "/console/lambda/functions", name: "Lambda", what: "Functions: code, test, configuration", Glyph: FunctionGlyph },
  { href: "/console/events/rules", name: "EventBridge", what: "Events, rules, and what they send to", Glyph: EventGlyph },
  { href: "/console/cloudwatch/log-groups", name: "CloudWatch Logs", what: "What functions and services write", Glyph: LogGlyph },
  { href: "/console/cloudformation/stacks", name: "CloudFormation", what: "Stacks: resources from a template", Glyph: StackGlyph },
  { href: "/console/wafv2/web-acls", name: "WAF & Shield", what: "Web ACLs, their rules, and what they let through", Glyph: WafGlyph },
  { href: "/console/shield/getting-started", name: "Shield", what: "Protection from DDoS: resources, attacks, the response team", Glyph: ShieldGlyph },
  { href: "/console/firewall-manager/getting-started", name: "Firewall Manager", what: "One set of rules for all accounts", Glyph: PolicyGlyph },
  { href: "/console/iam/home", name: "IAM", what: "Users, roles, policies, and who may do what", Glyph: UserGlyph },
  { href: "/console/cloudtrail/events", name: "CloudTrail", what: "Who did what, when, and what came of it", Glyph: TrailGlyph },
  { href: "/console/billing/bills", name: "Bills", what: "What the month has cost so far, and why", Glyph: BillGlyph },
];

export function Consoles() {
  return (
    <Menu
      label="Consoles"
      align="left"
      className={barButton}
      button={
        <>
          Consoles <DownGlyph size={14} className="max-[375px]:hidden" />
        </>
      }
    >
      {(close) => (
        <ul className="w-72 p-1.5">
          {consoles.map(({ href, name, what, Glyph }) => (
            <li key={href}>
              <Link href={href} onClick={close} className="flex items-start gap-3 rounded-md px-2.5 py-2 hover:bg-sunk">
                <Glyph size={20} className="mt-0.5 text-brass" />
                <span>
                  <span className="block text-[0.875rem] font-medium">{name}</span>
                  <span className="block text-[0.8125rem] text-faint">{what}</span>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Menu>
  );
}
