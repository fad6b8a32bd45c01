import { pathTo } from "../frame/place";

export const groupPath = (group: string, ...rest: string[]): string => pathTo("log-groups", group, ...rest);
