"use client";
import type { ReactNode } from "react";
import { ConsoleFrame, type Crumb } from "../frame/console-frame";
import { decodePart } from "../frame/place";
import { CreateGroup } from "./create-group";
import { GroupList } from "./group-list";
import { GroupPage } from "./group-page";
import { LiveTail } from "./live-tail";
import { groupPath } from "./place-of";
import { StreamPage } from "./stream-page";

const WATCHES = ["logs"];
const GROUPS: Crumb = { text: "Log groups", to: "log-groups" };

/**
 * CloudWatch Logs as its console shows it. `path` are the parts of the address after `/console/cloudwatch`: `log-groups`,
 * `create/log-group`, `log-groups/<name>[/<tab>]`, `log-groups/<name>/search[/<pattern>]`,
 * `log-groups/<name>/streams/<stream>[/<pattern>]`, `live-tail[/<group>]`. `navigate` gets such a path, its parts encoded.
 */
export function LogsConsole({ path, navigate, base = "/console/cloudwatch" }: { path: string[]; navigate(path: string): void; base?: string }) {
  const { active, crumbs, page } = route(path.map(decodePart));
  return (
    <ConsoleFrame
      service="CloudWatch"
      base={base}
      home="log-groups"
      navigate={navigate}
      active={active}
      crumbs={crumbs}
      watches={WATCHES}
      navigation={[
        {
          type: "section",
          text: "Logs",
          items: [
            { type: "link", text: "Log groups", href: "log-groups" },
            { type: "link", text: "Live Tail", href: "live-tail" },
          ],
        },
      ]}
    >
      {page}
    </ConsoleFrame>
  );
}

function route([first, name, third, fourth, pattern = ""]: string[]): { active: string; crumbs: Crumb[]; page: ReactNode } {
  if (first === "live-tail") return { active: first, crumbs: [{ text: "Live Tail" }], page: <LiveTail group={name} /> };
  const active = "log-groups";
  if (first === "create") return { active, crumbs: [GROUPS, { text: "Create log group" }], page: <CreateGroup /> };
  if (first !== active || !name) return { active, crumbs: [{ text: GROUPS.text }], page: <GroupList /> };
  if (third === "streams" && fourth)
    return {
      active,
      crumbs: [GROUPS, { text: name, to: groupPath(name) }, { text: fourth }],
      page: <StreamPage key={`${name} ${fourth}`} group={name} stream={fourth} pattern={pattern} />,
    };
  return { active, crumbs: [GROUPS, { text: name }], page: <GroupPage key={name} name={name} rest={[third, fourth].filter((part) => part !== undefined)} /> };
}
