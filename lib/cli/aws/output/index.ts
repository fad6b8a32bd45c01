import type { Json } from "../../../engine/types";
import { Failure } from "../failure";
import { formatTable } from "./table";
import { formatText } from "./text";
import { formatYaml } from "./yaml";

export const outputFormats = ["json", "text", "table", "yaml", "yaml-stream", "off"];

/** One value in a format. `title` heads a table: the operation's name. An empty structure prints nothing in JSON. */
export function format(value: Json, how: string, title: string, screen: number): string {
  switch (how) {
    case "json":
      return isEmptyMap(value) ? "" : `${JSON.stringify(value, null, 4)}\n`;
    case "text":
      return formatText(value);
    case "table":
      return formatTable(title, value, screen);
    case "yaml":
      return isEmptyMap(value) ? "" : formatYaml(value);
    case "yaml-stream":
      return formatYaml([value]);
    case "off":
      return "";
    default:
      throw new Failure("General", `Unknown output type: ${how}`);
  }
}

const isEmptyMap = (value: Json): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !Object.keys(value).length;
