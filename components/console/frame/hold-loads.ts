import { createStore } from "zustand/vanilla";

/**
 * While a form makes its calls, pages do not read again after each of them: what is half done is nobody's business, and
 * the strip would fill with reads that nobody asked for. They read once when all is done.
 */
export const loadsHeld = createStore<{ holds: number }>(() => ({ holds: 0 }));

/** Holds all reading until the returned function is called. */
export function holdLoads(): () => void {
  let held = true;
  loadsHeld.setState(({ holds }) => ({ holds: holds + 1 }));
  return () => {
    if (held) loadsHeld.setState(({ holds }) => ({ holds: holds - 1 }));
    held = false;
  };
}
