import { createStore } from "zustand/vanilla";

/** Consoles that can stand in the lab pane, by the names of their addresses. */
export type ConsoleName = "kms" | "systems-manager";

/** What the lab pane of a lesson shows. Also driven from the text: a step opens its place, Run opens the terminal. */
export interface Pane {
  tab: "lab" | "console" | "terminal";
  console: ConsoleName;
  /** Path below `/console/<name>`, without a slash at its head, parts encoded. */
  path: Record<ConsoleName, string>;
  /** On small screens the pane is a sheet that comes up from below. */
  sheet: boolean;
}

export const paneStore = createStore<Pane>(() => ({
  tab: "lab",
  console: "kms",
  path: { kms: "keys", "systems-manager": "parameters" },
  sheet: false,
}));

/** Shows a console in the pane: `openConsole("kms", "keys/create")`, or by its address, `openConsoleAt("/console/kms/keys/create")`. */
export function openConsole(name: ConsoleName, path?: string): void {
  const before = paneStore.getState();
  paneStore.setState({
    tab: "console",
    console: name,
    sheet: true,
    path: path === undefined ? before.path : { ...before.path, [name]: path },
  });
}

export function openConsoleAt(address: string): void {
  const [, , name, ...path] = address.split("/");
  if (name === "kms" || name === "systems-manager") openConsole(name, path.join("/"));
}

export const openTerminal = (): void => paneStore.setState({ tab: "terminal", sheet: true });
