import { createStore } from "zustand/vanilla";
import { openTerminal } from "./pane";

/**
 * Commands that the text of a lesson asks the terminal to run, oldest first. They wait here until the terminal is
 * loaded; it takes them with `takeRun`, types them at its prompt as a learner would, and runs them one after another.
 */
export const runStore = createStore<{ waiting: readonly string[] }>(() => ({ waiting: [] }));

/** Shows the terminal and asks it to run these lines. */
export function run(lines: string): void {
  runStore.setState(({ waiting }) => ({ waiting: [...waiting, lines] }));
  openTerminal();
}

/** Takes the oldest request, for the terminal to run now. */
export function takeRun(): string | undefined {
  const [next, ...rest] = runStore.getState().waiting;
  if (next !== undefined) runStore.setState({ waiting: rest });
  return next;
}
