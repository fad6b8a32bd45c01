import { pathTo } from "../../frame/place";
import type { Holder } from "../types";

/** Address of a user's, group's or role's page, and of what is done there. */
export const holderPath = ({ kind, name }: Holder, ...rest: string[]): string => pathTo(`${kind}s`, "details", name, ...rest);
