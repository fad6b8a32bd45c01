"use client";
import type { ReactNode } from "react";
import { ConsoleFrame, type Crumb } from "../frame/console-frame";
import { otherFirewalls } from "../frame/firewall-services";
import { decodePart } from "../frame/place";
import { AccountPage } from "./accounts/account-page";
import { AccountsPage } from "./accounts/accounts-page";
import "./firewall-manager.css";
import { ListsPage } from "./lists/lists-page";
import { accountPath, policiesPath, policyPath } from "./place-of";
import { AccountFindings } from "./policies/account-findings";
import { PolicyList } from "./policies/policy-list";
import { PolicyPage } from "./policies/policy-page";
import { SettingsPage } from "./settings/settings-page";
import { GettingStarted } from "./start/getting-started";
import { CreatePolicy, EditPolicy } from "./wizard/policy-wizard";

const WATCHES = ["fms", "organizations", "estate", "wafv2", "shield"];

/**
 * AWS Firewall Manager as its console shows it. `path` are the parts of the address after `/console/firewall-manager`:
 * `getting-started`, `policies[/<Region>[/<id>[/edit | /<tab> | /accounts/<account>]]]`, `create-policy`, `accounts[/<account>]`,
 * `settings`, `lists`. `navigate` gets such a path, its parts encoded.
 */
export function FirewallManagerConsole({ path, navigate, base = "/console/firewall-manager" }: { path: string[]; navigate(path: string): void; base?: string }) {
  const { active, crumbs, page } = route(path.filter(Boolean).map(decodePart));
  return (
    <ConsoleFrame
      service="Firewall Manager"
      base={base}
      home="getting-started"
      navigate={navigate}
      active={active}
      crumbs={crumbs}
      watches={WATCHES}
      navigation={[
        { type: "link", text: "Getting started", href: "getting-started" },
        { type: "link", text: "Security policies", href: "policies" },
        { type: "link", text: "Accounts", href: "accounts" },
        { type: "link", text: "Application and protocol lists", href: "lists" },
        { type: "link", text: "Settings", href: "settings" },
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

function route([first = "getting-started", second, third, fourth, fifth]: string[]): Route {
  switch (first) {
    case "policies":
      return policies(second, third, fourth, fifth);
    case "create-policy":
      return { active: "policies", crumbs: [{ text: "Security policies", to: policiesPath() }, { text: "Create policy" }], page: <CreatePolicy /> };
    case "accounts":
      return second
        ? { active: "accounts", crumbs: [{ text: "Accounts", to: "accounts" }, { text: second, to: accountPath(second) }], page: <AccountPage key={second} account={second} /> }
        : { active: "accounts", crumbs: [{ text: "Accounts" }], page: <AccountsPage /> };
    case "lists":
      return { active: first, crumbs: [{ text: "Application and protocol lists" }], page: <ListsPage /> };
    case "settings":
      return { active: first, crumbs: [{ text: "Settings" }], page: <SettingsPage /> };
    default:
      return { active: "getting-started", crumbs: [{ text: "Getting started" }], page: <GettingStarted /> };
  }
}

function policies(region: string | undefined, id: string | undefined, what: string | undefined, account: string | undefined): Route {
  const list: Crumb = { text: "Security policies", to: policiesPath(region) };
  if (!region || !id) return { active: "policies", crumbs: [{ text: list.text }], page: <PolicyList key={region} region={region} /> };
  const policy: Crumb = { text: "Policy", to: policyPath(region, id) };
  if (what === "edit") return { active: "policies", crumbs: [list, policy, { text: "Edit" }], page: <EditPolicy key={id} region={region} id={id} /> };
  if (what === "accounts" && account) return { active: "policies", crumbs: [list, policy, { text: account }], page: <AccountFindings key={`${id} ${account}`} region={region} id={id} account={account} /> };
  return { active: "policies", crumbs: [list, { text: policy.text }], page: <PolicyPage key={id} region={region} id={id} tab={what} /> };
}

