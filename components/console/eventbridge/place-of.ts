import { pathTo } from "../frame/place";

export const rulePath = (bus: string, rule: string, ...rest: string[]): string => pathTo("rules", bus, rule, ...rest);
export const busPath = (bus: string, ...rest: string[]): string => pathTo("buses", bus, ...rest);
export const eventPath = (id: string): string => pathTo("events", id);

/** Where another console shows what a rule sends to; undefined where none does. */
export function consoleOf(arn: string): string | undefined {
  const [, , service, , , kind, name] = arn.split(":");
  if (service === "lambda" && kind === "function") return `/console/lambda/${pathTo("functions", name)}`;
  if (service === "logs" && kind === "log-group") return `/console/cloudwatch/${pathTo("log-groups", name)}`;
  return undefined;
}
