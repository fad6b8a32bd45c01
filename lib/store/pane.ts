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
  /** Grows when the text pointed at the pane, which then lights up for a moment. */
  lit: number;
}

export const paneStore = createStore<Pane>(() => ({
  tab: "lab",
  console: "kms",
  path: { kms: "keys", "systems-manager": "parameters" },
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
  if (name === "kms" || name === "systems-manager") openConsole(name, path.join("/"));
}

export const openTerminal = (): void => paneStore.setState(({ lit }) => ({ tab: "terminal", sheet: true, lit: lit + 1 }));
