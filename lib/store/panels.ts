import { createStore } from "zustand/vanilla";

/** Panels over the page that belong to the lab as a whole; each is loaded when it is first opened. */
export const panelStore = createStore<{ open?: "clock" | "labs" }>(() => ({}));

export const openPanel = (open: "clock" | "labs"): void => panelStore.setState({ open });
export const closePanel = (): void => panelStore.setState({ open: undefined });
