"use client";
import type { ReactNode } from "react";
import { ConsoleFrame, type Crumb } from "../frame/console-frame";
import { otherFirewalls } from "../frame/firewall-services";
import { decodePart } from "../frame/place";
import { CostProtection } from "./events/cost-protection";
import { EventList } from "./events/event-list";
import { EventPage } from "./events/event-page";
import { LaunchAttack } from "./events/launch-attack";
import { GettingStarted } from "./getting-started";
import { GroupForm } from "./groups/group-form";
import { GroupList } from "./groups/group-list";
import { GroupPage } from "./groups/group-page";
import { Overview } from "./overview";
import { AddProtections } from "./protections/add-protections";
import { ProtectionList } from "./protections/protection-list";
import { ProtectionPage } from "./protections/protection-page";
import { ForSubscribers } from "./shared/for-subscribers";
import "./shield.css";
import { ResponseTeam } from "./team/response-team";

const WATCHES = ["shield", "estate", "traffic", "wafv2", "iam", "organizations"];

/**
 * AWS Shield as its console shows it. `path` are the parts of the address after `/console/shield`: `getting-started`, `overview`,
 * `protected-resources[/add | /<protection>[/<tab>]]`, `protection-groups[/create | /<group>[/edit]]`, `response-team`,
 * `events[/launch[/<resource>] | /<attack>]`, `cost-protection`. `navigate` gets such a path, its parts encoded.
 */
export function ShieldConsole({ path, navigate, base = "/console/shield" }: { path: string[]; navigate(path: string): void; base?: string }) {
  const { active, crumbs, page } = route(path.map(decodePart));
  return (
    <ConsoleFrame
      service="AWS Shield"
      base={base}
      home="getting-started"
      navigate={navigate}
      active={active}
      crumbs={crumbs}
      watches={WATCHES}
      navigation={[
        { type: "link", text: "Getting started", href: "getting-started" },
        { type: "link", text: "Overview", href: "overview" },
        { type: "link", text: "Protected resources", href: "protected-resources" },
        { type: "link", text: "Protection groups", href: "protection-groups" },
        { type: "link", text: "Response team", href: "response-team" },
        { type: "link", text: "Events", href: "events" },
        { type: "link", text: "Cost protection", href: "cost-protection" },
        { type: "divider" },
        { type: "link", text: "Launch an attack (lab)", href: "events/launch" },
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

const resources: Crumb = { text: "Protected resources", to: "protected-resources" };
const groups: Crumb = { text: "Protection groups", to: "protection-groups" };
const events: Crumb = { text: "Events", to: "events" };
const subscribers = (title: string, page: ReactNode): ReactNode => <ForSubscribers title={title}>{page}</ForSubscribers>;

function route([first = "getting-started", second, third]: string[]): Route {
  switch (first) {
    case "overview":
      return { active: first, crumbs: [{ text: "Overview" }], page: <Overview /> };
    case "protected-resources":
      if (second === "add") return { active: first, crumbs: [resources, { text: "Add resources to protect" }], page: subscribers("Add resources to protect", <AddProtections />) };
      if (second) return { active: first, crumbs: [resources, { text: `Protection ${second.slice(0, 8)}` }], page: subscribers("Protection", <ProtectionPage key={second} id={second} tab={third} />) };
      return { active: first, crumbs: [{ text: resources.text }], page: subscribers(resources.text, <ProtectionList />) };
    case "protection-groups":
      if (second === "create") return { active: first, crumbs: [groups, { text: "Create protection group" }], page: subscribers("Create protection group", <GroupForm />) };
      if (second && third === "edit") return { active: first, crumbs: [groups, { text: second, to: `protection-groups/${encodeURIComponent(second)}` }, { text: "Edit" }], page: subscribers("Edit protection group", <GroupForm key={second} id={second} />) };
      if (second) return { active: first, crumbs: [groups, { text: second }], page: subscribers(second, <GroupPage key={second} id={second} />) };
      return { active: first, crumbs: [{ text: groups.text }], page: subscribers(groups.text, <GroupList />) };
    case "response-team":
      return { active: first, crumbs: [{ text: "Response team" }], page: subscribers("Response team", <ResponseTeam />) };
    case "events":
      if (second === "launch") return { active: "events/launch", crumbs: [events, { text: "Launch an attack" }], page: <LaunchAttack key={third} resource={third} /> };
      if (second) return { active: first, crumbs: [events, { text: `Event ${second.slice(0, 8)}` }], page: <EventPage key={second} id={second} /> };
      return { active: first, crumbs: [{ text: events.text }], page: <EventList /> };
    case "cost-protection":
      return { active: first, crumbs: [{ text: "Cost protection" }], page: <CostProtection /> };
    default:
      return { active: "getting-started", crumbs: [{ text: "Getting started" }], page: <GettingStarted /> };
  }
}
