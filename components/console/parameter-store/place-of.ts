import { pathTo } from "../frame/place";

/** The address of a parameter's page. One that is called "create" must not be taken for the form. */
export const parameterPath = (name: string, tab?: string): string =>
  pathTo("parameters", name, ...(tab ? [tab] : name === "create" ? ["overview"] : []));
