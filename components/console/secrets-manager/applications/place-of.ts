import { pathTo } from "../../frame/place";

/** The address of an application's page. One that is called "start" must not be taken for the form. */
export const applicationPath = (name: string): string => pathTo("applications", name, ...(name === "start" ? ["overview"] : []));
