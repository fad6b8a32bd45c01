import { regions } from "../../engine/regions";
import type { FoundName } from "./names";

/** Regions whose code begins so, with their names. */
export const cliRegions = (prefix: string): FoundName[] =>
  Object.entries(regions)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, about]) => ({ name, about }));
