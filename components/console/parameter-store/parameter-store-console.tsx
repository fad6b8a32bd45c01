"use client";
import type { ReactNode } from "react";
import { ConsoleFrame, type Crumb } from "../frame/console-frame";
import { decodePart } from "../frame/place";
import { ParameterDetail } from "./parameter-detail";
import { CreateParameter, EditParameter } from "./parameter-form";
import { parameterPath } from "./place-of";
import { StorePage } from "./store-page";

/** Keys are shown beside the parameters that are under them. */
const WATCHES = ["ssm", "kms"];
const STORE: Crumb = { text: "Parameter Store", to: "parameters" };

/**
 * Parameter Store as the Systems Manager console shows it. `path` are the parts of the address after
 * `/console/systems-manager`: `parameters`, `parameters/create`, `parameters/<name>[/<tab>|/edit]`, `public`, `settings`.
 * A parameter's name is one part, encoded. `navigate` gets such a path.
 */
export function ParameterStoreConsole({
  path,
  navigate,
  base = "/console/systems-manager",
}: {
  path: string[];
  navigate(path: string): void;
  base?: string;
}) {
  const { crumbs, page } = route(path.map(decodePart), navigate);
  return (
    <ConsoleFrame
      service="AWS Systems Manager"
      base={base}
      home="parameters"
      navigate={navigate}
      active="parameters"
      crumbs={crumbs}
      watches={WATCHES}
      navigation={[{ type: "section", text: "Application Tools", items: [{ type: "link", text: "Parameter Store", href: "parameters" }] }]}
    >
      {page}
    </ConsoleFrame>
  );
}

function route([first, second, third]: string[], navigate: (path: string) => void): { crumbs: Crumb[]; page: ReactNode } {
  if (first === "public" || first === "settings")
    return { crumbs: [{ text: STORE.text }], page: <StorePage tab={first} navigate={navigate} /> };
  if (second === "create" && !third)
    return { crumbs: [STORE, { text: "Create parameter" }], page: <CreateParameter navigate={navigate} /> };
  if (second && third === "edit") {
    return {
      crumbs: [STORE, { text: second, to: parameterPath(second) }, { text: "Edit parameter" }],
      page: <EditParameter key={second} name={second} navigate={navigate} />,
    };
  }
  if (second)
    return { crumbs: [STORE, { text: second }], page: <ParameterDetail key={second} name={second} tab={third} navigate={navigate} /> };
  return { crumbs: [{ text: STORE.text }], page: <StorePage tab="parameters" navigate={navigate} /> };
}
