import { pathTo } from "../frame/place";

/** The address of a secret's page: its name is one part, encoded. One that is called "new" must not be taken for the form. */
export const secretPath = (name: string, tab?: string): string => pathTo("secrets", name, ...(tab ? [tab] : name === "new" ? ["overview"] : []));
