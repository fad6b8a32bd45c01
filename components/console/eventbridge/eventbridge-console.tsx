"use client";
import type { ReactNode } from "react";
import { ConsoleFrame, type Crumb } from "../frame/console-frame";
import { decodePart } from "../frame/place";
import { BusList } from "./buses/bus-list";
import { BusPage } from "./buses/bus-page";
import { CreateBus } from "./buses/create-bus";
import { CreateRule, EditRule } from "./form/rule-form";
import { busPath, rulePath } from "./place-of";
import { RuleList } from "./rules/rule-list";
import { RulePage } from "./rules/rule-page";
import { Sandbox } from "./sandbox";
import { EventList } from "./viewer/event-list";
import { EventPage } from "./viewer/event-page";

/** Events come by with everything that anybody does; what they are shown by is read from the lab's records, not asked for. */
const WATCHES = ["events"];
const BUSES: Crumb = { text: "Event buses", to: "buses" };
const RULES: Crumb = { text: "Rules", to: "rules" };
const EVENTS: Crumb = { text: "Events", to: "events" };

/**
 * EventBridge as its console shows it. `path` are the parts of the address after `/console/events`: `buses`, `create/bus`,
 * `buses/<bus>[/<tab>]`, `rules[/<bus>]`, `create/rule[/<bus>]`, `rules/<bus>/<rule>[/<tab>]`, `rules/<bus>/<rule>/edit`, `sandbox`,
 * and what AWS does not have: `events[/<id>]`. `navigate` gets such a path, its parts encoded.
 */
export function EventBridgeConsole({ path, navigate, base = "/console/events" }: { path: string[]; navigate(path: string): void; base?: string }) {
  const { active, crumbs, page } = route(path.map(decodePart));
  return (
    <ConsoleFrame
      service="EventBridge"
      base={base}
      home="rules"
      navigate={navigate}
      active={active}
      crumbs={crumbs}
      watches={WATCHES}
      navigation={[
        {
          type: "section",
          text: "Buses",
          items: [
            { type: "link", text: "Event buses", href: "buses" },
            { type: "link", text: "Rules", href: "rules" },
          ],
        },
        { type: "section", text: "Developer resources", items: [{ type: "link", text: "Sandbox", href: "sandbox" }] },
        { type: "section", text: "This lab", items: [{ type: "link", text: "Events", href: "events" }] },
      ]}
    >
      {page}
    </ConsoleFrame>
  );
}

function route([first, second, third, ...rest]: string[]): { active: string; crumbs: Crumb[]; page: ReactNode } {
  switch (first) {
    case "create":
      return second === "bus"
        ? { active: "buses", crumbs: [BUSES, { text: "Create event bus" }], page: <CreateBus /> }
        : { active: "rules", crumbs: [RULES, { text: "Create rule" }], page: <CreateRule bus={third ?? "default"} /> };
    case "buses":
      return second
        ? { active: first, crumbs: [BUSES, { text: second }], page: <BusPage key={second} name={second} tab={third} /> }
        : { active: first, crumbs: [{ text: BUSES.text }], page: <BusList /> };
    case "sandbox":
      return { active: first, crumbs: [{ text: "Sandbox" }], page: <Sandbox /> };
    case "events":
      return second
        ? { active: first, crumbs: [EVENTS, { text: second }], page: <EventPage key={second} id={second} /> }
        : { active: first, crumbs: [{ text: EVENTS.text }], page: <EventList /> };
    default: {
      const active = "rules";
      if (first !== active || !second) return { active, crumbs: [{ text: RULES.text }], page: <RuleList bus="default" /> };
      if (!third) return { active, crumbs: [{ text: RULES.text }], page: <RuleList key={second} bus={second} /> };
      const bus: Crumb[] = second === "default" ? [] : [{ text: second, to: busPath(second) }];
      if (rest[0] === "edit") return { active, crumbs: [RULES, ...bus, { text: third, to: rulePath(second, third) }, { text: "Edit" }], page: <EditRule key={`${second} ${third}`} bus={second} name={third} /> };
      return { active, crumbs: [RULES, ...bus, { text: third }], page: <RulePage key={`${second} ${third}`} bus={second} name={third} tab={rest[0]} /> };
    }
  }
}
