import { format, table } from "@/lib/functions/javascript/guest/format";
import { inspect, type InspectOptions } from "@/lib/functions/javascript/guest/inspect";
import { cut, limits, type Level } from "@/lib/store/code/protocol";

/** A console that says what it is given to `write`, a line at a time, until the limit of lines; then `muted`, once. */
export function makeConsole(write: (level: Level, text: string) => void, muted: () => void, options: InspectOptions, now: () => number) {
  let written = 0;
  let indent = "";
  const counts = new Map<string, number>();
  const timers = new Map<string, number>();

  const put = (level: Level, text: string): void => {
    written++;
    if (written === limits.lines + 1) muted();
    if (written > limits.lines) return;
    write(level, cut(indent ? text.replace(/^/gm, indent) : text));
  };
  const at =
    (level: Level) =>
    (...args: unknown[]): void => {
      // What will not be shown is not put into words either.
      put(level, written < limits.lines ? format(args, options) : "");
    };
  const elapsed = (label: string): string => `${label}: ${(now() - (timers.get(label) ?? now())).toFixed(3)}ms`;
  const group = (...args: unknown[]): void => {
    if (args.length) put("log", format(args, options));
    indent += "  ";
  };

  return {
    log: at("log"),
    info: at("info"),
    debug: at("debug"),
    warn: at("warn"),
    error: at("error"),
    dir: (value: unknown) => put("log", inspect(value, options)),
    table: (data: unknown, columns?: string[]) => put("log", table(data, options, columns) ?? format([data], options)),
    trace: (...args: unknown[]) => put("error", `Trace${args.length ? `: ${format(args, options)}` : ""}`),
    assert: (holds: unknown, ...args: unknown[]) => {
      if (!holds) put("error", `Assertion failed${args.length ? `: ${format(args, options)}` : ""}`);
    },
    group,
    groupCollapsed: group,
    groupEnd: () => void (indent = indent.slice(2)),
    count: (label = "default") => {
      counts.set(label, (counts.get(label) ?? 0) + 1);
      put("log", `${label}: ${counts.get(label)}`);
    },
    countReset: (label = "default") => void counts.delete(label),
    time: (label = "default") => void timers.set(label, now()),
    timeLog: (label = "default", ...args: unknown[]) =>
      put("log", [elapsed(label), ...args.map((arg) => format([arg], options))].join(" ")),
    timeEnd: (label = "default") => {
      put("log", elapsed(label));
      timers.delete(label);
    },
    clear: () => undefined,
  };
}
