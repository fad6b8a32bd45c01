import type { SavedFile } from "./files";
import type { Statement } from "./pauses";
import type { TranscriptEntry } from "./session";

/** What a shell remembers from one run to the next, besides files. Plain data. */
export interface ShellState {
  cwd: string;
  /** Declarations that make the variables again. */
  variables: string;
  aliases: Record<string, string>;
  /** Function definitions as the shell's own syntax trees, by name. */
  functions: Record<string, Statement>;
  /** Names of `set -o` options beyond the usual. */
  options: string[];
}

/** Plain data: survives JSON. `version` counts changes of this form. */
export interface ShellSnapshot extends ShellState {
  version: 1;
  files: SavedFile[];
  history: string[];
  transcript: TranscriptEntry[];
}

/** A snapshot of this version, or undefined: whoever keeps it decides what becomes of another one. */
export function readSnapshot(value: unknown): ShellSnapshot | undefined {
  const snapshot = value as Partial<ShellSnapshot> | null | undefined;
  if (typeof snapshot !== "object" || snapshot === null || snapshot.version !== 1) return undefined;
  const { files, cwd, variables, aliases, functions, options, history, transcript } = snapshot;
  const strings = (list: unknown): boolean => Array.isArray(list) && list.every((one) => typeof one === "string");
  const maps = [aliases, functions].every((map) => typeof map === "object" && map !== null);
  const sound =
    Array.isArray(files) &&
    files.every((file) => typeof file?.path === "string" && file.path.startsWith("/")) &&
    typeof cwd === "string" &&
    typeof variables === "string" &&
    maps &&
    strings(options) &&
    strings(history) &&
    Array.isArray(transcript) &&
    transcript.every((entry) => typeof entry?.text === "string" && typeof entry.id === "number");
  return sound ? (snapshot as ShellSnapshot) : undefined;
}

/** Variables that the shell keeps itself. */
const own = new Set(
  "? _ PWD OLDPWD OPTIND SHELLOPTS BASHOPTS PIPESTATUS HOSTNAME HOSTTYPE MACHTYPE OSTYPE IFS LINENO SECONDS RANDOM UID EUID PPID BASHPID COLUMNS".split(" "),
);
const usualOptions = new Set(["braceexpand", "hashall", "interactive-comments"]);
const aliasPrefix = "BASH_ALIAS_";

/** What to keep of a run: from `declare -p` and the variables that it ended with. */
export function stateAfter(declarations: string, env: Record<string, string>): Pick<ShellState, "variables" | "aliases" | "options"> {
  const variables = declarations
    .split(/\n(?=declare -)/)
    .filter((line) => {
      const name = /^declare -\S+ ([^=\s]+)/.exec(line)?.[1];
      return name !== undefined && !own.has(name) && !name.startsWith(aliasPrefix);
    })
    // The shell splits words inside `declare -a x=(…)`, but not inside `x=(…)`.
    .map((line) =>
      line.replace(
        /^declare -(\w*[aA]\w*) (\w+)=(\([\s\S]*)$/,
        (_whole, flags: string, name: string, value: string) => `declare -${flags.replace("r", "")} ${name}; ${name}=${value}`,
      ),
    )
    .join("\n");
  const aliases = Object.fromEntries(
    Object.entries(env)
      .filter(([name]) => name.startsWith(aliasPrefix))
      .map(([name, value]) => [name.slice(aliasPrefix.length), value]),
  );
  return { variables, aliases, options: (env.SHELLOPTS ?? "").split(":").filter((name) => name && !usualOptions.has(name)) };
}

/** Exported variables of `declare -p` lines, as far as they are plain text: what the next command's environment will be. */
export function exportedIn(declarations: string): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [, name, value] of declarations.matchAll(/^declare -\w*x\w* (\w+)="((?:[^"\\]|\\.)*)"$/gms)) out[name] = value.replace(/\\(["\\$`])/g, "$1");
  return out;
}

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** Scripts that bring the state back, each on its own so that a broken one leaves the others. `status` becomes `$?`. */
export function stateScripts({ variables, aliases, options }: ShellState, status: number): string[] {
  const names = Object.keys(aliases);
  return [
    names.length ? "shopt -s expand_aliases" : "",
    names.map((name) => `alias ${name}=${quote(aliases[name])}`).join("\n"),
    variables,
    options.map((name) => `set -o ${name}`).join("\n"),
    status && !options.includes("errexit") ? `(exit ${status})` : "",
  ].filter(Boolean);
}

/** The name that a statement defines a function under. */
export function functionName(statement: Statement): string | undefined {
  const { pipelines } = statement as unknown as { pipelines?: { commands?: { type?: string; name?: string }[] }[] };
  const command = pipelines?.[0]?.commands?.[0];
  return command?.type === "FunctionDef" ? command.name : undefined;
}
