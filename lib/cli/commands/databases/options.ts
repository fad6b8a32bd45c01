/** Options of the database clients, read as getopt reads them. */
export interface OptionSpec {
  /** `host`; the options of a client by their long names. */
  long: string;
  short?: string;
  /** Absent: it takes no value. `maybe`: only one that is written to it (`-psecret`, `--password=secret`). */
  takes?: "value" | "maybe";
  /** What it is for, in the help. */
  about: string;
  /** How the value is called in the help. */
  value?: string;
}

export interface Read {
  /** By long name: values in the order in which they came; `""` for an option without one. */
  given: Map<string, string[]>;
  /** The same in the order in which they came. */
  order: { long: string; value: string }[];
  words: string[];
}

/** Undefined options: `unknown` with the option as written; `missing` where a value is wanted and none came. */
export function readOptions(args: readonly string[], specs: readonly OptionSpec[]): Read | { unknown: string } | { missing: OptionSpec; written: string } {
  const given = new Map<string, string[]>();
  const order: Read["order"] = [];
  const words: string[] = [];
  const add = ({ long }: OptionSpec, value: string): void => {
    given.set(long, [...(given.get(long) ?? []), value]);
    order.push({ long, value });
  };
  for (let at = 0; at < args.length; at++) {
    const arg = args[at];
    if (arg === "--") {
      words.push(...args.slice(at + 1));
      break;
    }
    if (arg.startsWith("--")) {
      const [, name, value] = /^--([^=]*)(?:=([^]*))?$/.exec(arg)!;
      const fitting = specs.filter(({ long }) => long === name);
      // Shortened, as long as it is plain which is meant.
      const found = fitting.length ? fitting : specs.filter(({ long }) => name.length > 2 && long.startsWith(name));
      const [spec] = found;
      if (found.length !== 1 || (value !== undefined && !spec.takes)) return { unknown: arg };
      if (spec.takes === "value" && value === undefined && args[at + 1] === undefined) return { missing: spec, written: arg };
      add(spec, value ?? (spec.takes === "value" ? args[++at] : ""));
    } else if (/^-[^-]/.test(arg)) {
      for (let i = 1; i < arg.length; i++) {
        const spec = specs.find(({ short }) => short === arg[i]);
        if (!spec) return { unknown: `-${arg[i]}` };
        if (!spec.takes) {
          add(spec, "");
          continue;
        }
        const rest = arg.slice(i + 1);
        if (spec.takes === "value" && !rest && args[at + 1] === undefined) return { missing: spec, written: `-${arg[i]}` };
        add(spec, rest || (spec.takes === "value" ? args[++at] : ""));
        break;
      }
    } else words.push(arg);
  }
  return { given, order, words };
}

/** The last value of an option, if it was given. */
export const last = ({ given }: Read, long: string): string | undefined => given.get(long)?.at(-1);

/** The options as the clients' help lists them. */
export function optionLines(specs: readonly OptionSpec[], indent = "  "): string {
  const heads = specs.map(({ long, short, takes, value }) => `${short ? `-${short}, ` : "    "}--${long}${takes === "maybe" ? `[=${value ?? "name"}]` : takes ? `=${value ?? "name"}` : ""}`);
  const width = Math.max(...heads.map((head) => head.length)) + 2;
  return specs.map(({ about }, i) => `${indent}${heads[i].padEnd(width)}${about}\n`).join("");
}
