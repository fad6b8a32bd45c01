import { createStore } from "zustand/vanilla";

/** Consoles that can stand in the lab pane, by the names of their addresses. */
export const consoleNames = ["kms", "systems-manager", "secretsmanager", "lambda", "rds", "events", "cloudwatch", "cloudformation", "wafv2", "firewall-manager", "shield", "iam", "cloudtrail", "billing"] as const;
export type ConsoleName = (typeof consoleNames)[number];
export const isConsoleName = (name: string): name is ConsoleName => (consoleNames as readonly string[]).includes(name);

/** What the lab pane of a lesson shows. Also driven from the text: a step opens its place, Run opens the terminal. */
export interface Pane {
  tab: "lab" | "console" | "terminal" | "code";
  console: ConsoleName;
  /** Path below `/console/<name>`, without a slash at its head, parts encoded. */
  path: Record<ConsoleName, string>;
  /** On small screens the pane is a sheet that comes up from below. */
  sheet: boolean;
  /** Grows when the text pointed at the pane, which then lights up for a moment. */
  lit: number;
}

export const paneStore = createStore<Pane>(() => ({
  tab: "lab",
  console: "kms",
  path: { kms: "keys", "systems-manager": "parameters", secretsmanager: "secrets", lambda: "functions", rds: "databases", events: "rules", cloudwatch: "log-groups", cloudformation: "stacks", wafv2: "web-acls", "firewall-manager": "getting-started", shield: "getting-started", iam: "home", cloudtrail: "events", billing: "bills" },
  sheet: false,
  lit: 0,
}));

/** Shows a console in the pane: `openConsole("kms", "keys/create")`, or by its address, `openConsoleAt("/console/kms/keys/create")`. */
export function openConsole(name: ConsoleName, path?: string): void {
  const before = paneStore.getState();
  paneStore.setState({
    tab: "console",
    console: name,
    sheet: true,
    lit: before.lit + 1,
    path: path === undefined ? before.path : { ...before.path, [name]: path },
  });
}

export function openConsoleAt(address: string): void {
  const [, , name, ...path] = address.split("/");
  if (isConsoleName(name)) openConsole(name, path.join("/"));
}

export const openTerminal = (): void => paneStore.setState(({ lit }) => ({ tab: "terminal", sheet: true, lit: lit + 1 }));

export const openCode = (): void => paneStore.setState(({ lit }) => ({ tab: "code", sheet: true, lit: lit + 1 }));
