import { Bash, InMemoryFs, defineCommand, getCommandNames } from "just-bash/browser";
import type { Reply } from "../engine/types";
import { type AwsCall, type AwsEnv } from "./aws/env";
import { runAws } from "./aws/run";
import { certutil, keepWindowsPaths } from "./commands/certutil";
import { cmp } from "./commands/cmp";
import { stdinOf, textResult } from "./commands/bytes";
import { xxd } from "./commands/xxd";
import { completeLine } from "./complete";
import { type SavedFile, freshFiles, restoreFiles, saveFiles } from "./files";
import { Pauses, type Statement, scriptPlugin } from "./pauses";
import type { RunOptions, TerminalHost, TranscriptEntry } from "./session";

export interface ShellOptions {
  /** The lab's door. */
  call(call: AwsCall): Promise<Reply>;
  /** Whoever the page is, and where: what a command is that has no keys and no Region of its own. */
  identity(): { region: string; accessKeyId?: string };
  /** Lab time, ms. */
  now(): number;
  /** Characters on a line of the screen. */
  columns?(): number;
  snapshot?: unknown;
}

/** Plain data: survives JSON. `version` counts changes of this form. */
export interface ShellSnapshot {
  version: 1;
  files: SavedFile[];
  cwd: string;
  /** Declarations that make the variables again. */
  variables: string;
  aliases: Record<string, string>;
  /** Function definitions as the shell's own syntax trees, by name. */
  functions: Record<string, Statement>;
  /** Names of `set -o` options beyond the usual. */
  options: string[];
  history: string[];
  transcript: TranscriptEntry[];
}

export interface Shell extends TerminalHost {
  snapshot(): Promise<ShellSnapshot>;
  /** Things that a snapshot held and that could not be put back. */
  readonly lost: readonly string[];
}

const home = "/home/user";
const stateName = "__keyhole_state";
const historyLimit = 1_000;
const transcriptLimit = 400_000;
/** One command's output that is kept on the screen; a redirect is not cut. */
const outputLimit = 100_000;

const limits = {
  maxSourceBytes: 4 << 20,
  maxCommandCount: 1_000_000,
  maxLoopIterations: 1_000_000,
  maxCallDepth: 100,
  maxExecutionTimeMs: 10 * 60_000,
  maxOutputSize: 16 << 20,
  maxStringLength: 16 << 20,
  maxHeredocSize: 4 << 20,
  maxLiveBytes: 128 << 20,
  maxInputBytes: 128 << 20,
};

/** Variables that the shell keeps itself. */
const own = new Set([
  "?",
  "_",
  "PWD",
  "OLDPWD",
  "OPTIND",
  "SHELLOPTS",
  "BASHOPTS",
  "PIPESTATUS",
  "HOSTNAME",
  "HOSTTYPE",
  "MACHTYPE",
  "OSTYPE",
  "IFS",
  "LINENO",
  "SECONDS",
  "RANDOM",
  "UID",
  "EUID",
  "PPID",
  "BASHPID",
  "COLUMNS",
]);
const usualOptions = new Set(["braceexpand", "hashall", "interactive-comments"]);

/**
 * A shell session on an in-memory file system, with `aws`, `certutil`, `xxd` and `cmp` beside the usual commands. The shell
 * underneath forgets everything but files after each run: variables, functions, aliases and the folder are carried here.
 */
export async function createShell(options: ShellOptions): Promise<Shell> {
  const saved = readSnapshot(options.snapshot);
  const fs = new InMemoryFs(undefined, { maxTotalBytes: 64 << 20 });
  const pauses = new Pauses();
  const parser = new Bash({ executionLimits: limits });

  let cwd = saved?.cwd ?? home;
  let oldCwd = home;
  let variables = saved?.variables ?? "";
  let aliases = saved?.aliases ?? {};
  let functions = saved?.functions ?? {};
  let setOptions = saved?.options ?? [];
  let history = saved?.history ?? [];
  let transcript: TranscriptEntry[] = saved?.transcript ?? [];
  /** `$?` of the last run. */
  let status = 0;
  let nextId = transcript.reduce((highest, entry) => Math.max(highest, entry.id), 0) + 1;
  const listeners = new Set<() => void>();
  const tell = (): void => listeners.forEach((listener) => listener());

  // ---------------------------------------------------------------- commands

  /** Calls of the command that is running. */
  let calls: number[] = [];
  const callNoted: AwsEnv["call"] = async (call) => {
    const reply = await options.call(call);
    if (typeof reply.seq === "number") calls.push(reply.seq);
    return reply;
  };

  const awsCommand = defineCommand("aws", async (args, ctx) => {
    await pauses.breathe();
    const open = async (path: string): Promise<Uint8Array> => {
      if (path === "/dev/stdin" || path === "-") return stdinOf(ctx);
      const full = ctx.fs.resolvePath(ctx.cwd, path);
      if ((await ctx.fs.stat(full)).isDirectory) throw Object.assign(new Error("EISDIR"), { code: "EISDIR" });
      return ctx.fs.readFileBuffer(full);
    };
    const { region, accessKeyId = "ASIAKEYHOLECONSOLE00" } = options.identity();
    const env: AwsEnv = {
      call: callNoted,
      readFile: open,
      async writeFile(path, bytes) {
        const full = ctx.fs.resolvePath(ctx.cwd, path);
        await ctx.fs.mkdir(full.slice(0, full.lastIndexOf("/")) || "/", { recursive: true });
        await ctx.fs.writeFile(full, bytes);
      },
      variables: { ...ctx.exportedEnv },
      ambient: { accessKeyId, type: "console", region },
      ask: asker(stdinOf(ctx)),
      columns: options.columns?.(),
      now: options.now,
    };
    const { stdout, stderr, exitCode } = await runAws(args, env);
    return textResult(new TextDecoder().decode(stdout), stderr, exitCode);
  });

  /** Answers come from the pipe if there is one, else from whoever sits at the terminal. */
  let askUser: RunOptions["ask"];
  const asker = (piped: Uint8Array): AwsEnv["ask"] => {
    if (!piped.length)
      return (
        askUser &&
        (async (question) => {
          const answer = await askUser!(question);
          add(
            "note",
            `${question}${answer === undefined ? "^C" : /secret/i.test(question) ? "*".repeat(Math.min(answer.length, 40)) : answer}\n`,
          );
          return answer;
        })
      );
    const lines = new TextDecoder().decode(piped).split("\n");
    return () => Promise.resolve(lines.shift());
  };

  const historyCommand = defineCommand("history", (args) => {
    if (args[0] === "-c") {
      history = [];
      return Promise.resolve(textResult(""));
    }
    const count = args[0] === undefined ? history.length : Number(args[0]);
    if (!Number.isInteger(count) || count < 0)
      return Promise.resolve(textResult("", `bash: history: ${args[0]}: numeric argument required\n`, 1));
    const first = Math.max(0, history.length - count);
    return Promise.resolve(
      textResult(
        history
          .slice(first)
          .map((line, index) => `${String(first + index + 1).padStart(5)}  ${line}\n`)
          .join(""),
      ),
    );
  });

  /** `clear` empties the log when its run is over; nothing that it printed before stays. */
  let clearing = false;
  const clearCommand = defineCommand("clear", () => {
    clearing = true;
    return Promise.resolve(textResult(""));
  });

  /** The last statement of every run: what the shell would forget. */
  let captured: { declarations: string } | undefined;
  const stateCommand = defineCommand(stateName, (_args, ctx) => {
    captured = { declarations: new TextDecoder().decode(stdinOf(ctx)) };
    return Promise.resolve({ stdout: "", stderr: "", exitCode: Number(ctx.env.get("?") ?? 0) });
  });

  let around: { before: Statement[]; after: Statement[] } = { before: [], after: [] };
  const plugin = scriptPlugin(
    () => {
      // Nested shells (bash -c, eval) come here too; they get the pauses alone.
      const once = around;
      around = { before: [], after: [] };
      return once;
    },
    (statements) => {
      for (const statement of statements) {
        const name = functionName(statement);
        if (name) functions = { ...functions, [name]: statement };
      }
    },
  );

  // A shell of its own for each run: what one leaves behind (read-only variables, exports) must not meet the next.
  const makeBash = (): Bash => {
    const bash = new Bash({
      fs,
      cwd: home,
      env: { HOME: home, USER: "user", PATH: "/usr/local/bin:/usr/bin:/bin", LANG: "C.UTF-8" },
      executionLimits: limits,
      defenseInDepth: false,
      customCommands: [awsCommand, historyCommand, clearCommand, certutil, xxd, cmp, pauses.command, stateCommand],
    });
    bash.registerTransformPlugin(plugin);
    return bash;
  };
  const lost = await restoreFiles(fs, saved?.files ?? freshFiles);
  if (!(await fs.exists(cwd))) cwd = home;

  const parse = (text: string): Statement[] => (text ? parser.transform(text).ast.statements : []);
  const after = parse(`declare -p | ${stateName}`);
  const prelude = (): Statement[] => {
    const setting = setOptions.map((name) => `set -o ${name}`);
    const names = Object.keys(aliases);
    const last = status && !setOptions.includes("errexit") ? `(exit ${status})` : "";
    const lines = [
      names.length ? "shopt -s expand_aliases" : "",
      names.map((name) => `alias ${name}=${quote(aliases[name])}`).join("\n"),
      variables,
      setting.join("\n"),
      last,
    ];
    const statements: Statement[] = [];
    // One broken line must not take the others with it.
    for (const line of lines.filter(Boolean)) {
      try {
        statements.push(...parse(line));
      } catch {
        continue;
      }
    }
    return [...Object.values(functions), ...statements];
  };

  // ---------------------------------------------------------------- the log

  const add = (kind: TranscriptEntry["kind"], text: string, prompt?: string): void => {
    if (kind !== "command" && !text) return;
    const kept =
      text.length > outputLimit
        ? `${text.slice(0, outputLimit)}\n… ${text.length - outputLimit} more characters; send the output to a file to have them all\n`
        : text;
    transcript = [...transcript, { id: nextId++, kind, text: kept, ...(prompt === undefined ? {} : { prompt }) }];
    let size = transcript.reduce((sum, entry) => sum + entry.text.length, 0);
    let drop = 0;
    while (size > transcriptLimit && drop < transcript.length - 1) size -= transcript[drop++].text.length;
    if (drop) transcript = transcript.slice(drop);
    tell();
  };

  const promptText = (): string => `${cwd === home ? "~" : cwd.startsWith(`${home}/`) ? `~${cwd.slice(home.length)}` : cwd} $`;

  // ---------------------------------------------------------------- running

  let queue: Promise<unknown> = Promise.resolve();

  async function runNow(input: string, { signal, onOutput, ask }: RunOptions = {}): Promise<number> {
    add("command", input, promptText());
    if (!input.trim()) return 0;
    const id = nextId - 1;
    calls = [];
    askUser = ask;
    if (history.at(-1) !== input) history = [...history, input].slice(-historyLimit);
    const output = (stream: "stdout" | "stderr", raw: string): void => {
      // Colours and cursor moves mean nothing on a page.
      const text = raw.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, "");
      if (!text) return;
      onOutput?.({ stream, text });
      add(stream, text);
    };
    const watch = pauses.watch(signal);
    captured = undefined;
    clearing = false;
    const functionsBefore = functions;
    around = { before: prelude(), after };
    try {
      const started = makeBash().exec(keepWindowsPaths(input), { cwd, env: { OLDPWD: oldCwd }, rawScript: true, signal: watch.signal });
      const result = await (signal ? Promise.race([started, gone(signal)]) : started);
      if (!result) {
        output("stdout", "^C\n");
        return 130;
      }
      output("stdout", result.stdoutKind === "bytes" ? decode(result.stdout) : result.stdout);
      if (signal?.aborted) {
        output("stdout", "^C\n");
        return 130;
      }
      output(
        "stderr",
        watch.stuck() ? result.stderr.replace("execution aborted", "ended: it ran for two seconds without a pause") : result.stderr,
      );
      remember(result.env);
      if (clearing) transcript = [];
      return result.exitCode;
    } catch (problem) {
      functions = functionsBefore;
      output("stderr", `bash: ${problem instanceof Error ? problem.message : String(problem)}\n`);
      return 1;
    } finally {
      watch.release();
      const made = calls.slice(-100);
      if (made.length) transcript = transcript.map((entry) => (entry.id === id ? { ...entry, calls: made } : entry));
      tell();
    }
  }

  function remember(env: Record<string, string>): void {
    if (env.PWD && env.PWD !== cwd) {
      oldCwd = cwd;
      cwd = env.PWD;
    }
    // `exit` leaves before the last statement: then only the folder is known.
    if (!captured) return;
    variables = captured.declarations
      .split(/\n(?=declare -)/)
      .filter((line) => {
        const name = /^declare -\S+ ([^=\s]+)/.exec(line)?.[1];
        return name !== undefined && !own.has(name) && !name.startsWith("BASH_ALIAS_");
      })
      // The shell splits words inside `declare -a x=(…)`, but not inside `x=(…)`.
      .map((line) =>
        line.replace(
          /^declare -(\w*[aA]\w*) (\w+)=(\([\s\S]*)$/,
          (_whole, flags: string, name: string, value: string) => `declare -${flags.replace("r", "")} ${name}; ${name}=${value}`,
        ),
      )
      .join("\n");
    aliases = Object.fromEntries(
      Object.entries(env)
        .filter(([name]) => name.startsWith("BASH_ALIAS_"))
        .map(([name, value]) => [name.slice("BASH_ALIAS_".length), value]),
    );
    setOptions = (env.SHELLOPTS ?? "").split(":").filter((name) => name && !usualOptions.has(name));
  }

  return {
    run(input, runOptions) {
      const result = queue.then(async () => (status = await runNow(input, runOptions)));
      queue = result.catch(() => undefined);
      return result;
    },
    needsMore(input) {
      if (/^\s*#[^\n]*$/.test(input)) return false;
      if (/(?:^|[^\\])(?:\\\\)*\\$/.test(input)) return true;
      if (/(?:\||&&)\s*$/.test(input)) return true;
      try {
        parser.transform(keepWindowsPaths(input));
        return false;
      } catch (problem) {
        const text = problem instanceof Error ? problem.message : "";
        return /unexpected EOF|got EOF|unterminated here-document/.test(text) || /\b(?:do|then|else)\s*$/.test(input);
      }
    },
    complete: (line) =>
      completeLine(line, {
        fs,
        cwd,
        home,
        commands: [
          ...getCommandNames(),
          "aws",
          "certutil",
          "xxd",
          "cmp",
          "cd",
          "export",
          "unset",
          "set",
          "exit",
          "source",
          ...Object.keys(aliases),
          ...Object.keys(functions),
        ],
      }),
    get prompt() {
      return promptText();
    },
    get history() {
      return history;
    },
    get transcript() {
      return transcript;
    },
    note: (text) => add("note", text),
    clear() {
      transcript = [];
      tell();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async snapshot() {
      return {
        version: 1,
        files: await saveFiles(fs),
        cwd,
        variables,
        aliases,
        functions,
        options: setOptions,
        history: [...history],
        transcript: [...transcript],
      };
    },
    lost,
  };
}

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
const decode = (latin1: string): string => new TextDecoder().decode(Uint8Array.from(latin1, (char) => char.charCodeAt(0) & 255));

function functionName(statement: Statement): string | undefined {
  const command = (statement as unknown as { pipelines?: { commands?: { type?: string; name?: string }[] }[] }).pipelines?.[0]
    ?.commands?.[0];
  return command?.type === "FunctionDef" ? command.name : undefined;
}

/** A shell that does not answer to Ctrl-C within a moment is left to end by itself. */
const gone = (signal: AbortSignal): Promise<undefined> =>
  new Promise((resolve) => {
    const later = (): void => void setTimeout(() => resolve(undefined), 1_000);
    if (signal.aborted) later();
    else signal.addEventListener("abort", later, { once: true });
  });

/** A snapshot of this version, or undefined: whoever keeps it decides what becomes of another one. */
export function readSnapshot(value: unknown): ShellSnapshot | undefined {
  const snapshot = value as Partial<ShellSnapshot> | null | undefined;
  if (typeof snapshot !== "object" || snapshot === null || snapshot.version !== 1) return undefined;
  const { files, cwd, variables, aliases, functions, options, history, transcript } = snapshot;
  const strings = (list: unknown): list is string[] => Array.isArray(list) && list.every((one) => typeof one === "string");
  if (!Array.isArray(files) || !files.every((file) => typeof file?.path === "string" && file.path.startsWith("/"))) return undefined;
  if (
    typeof cwd !== "string" ||
    typeof variables !== "string" ||
    typeof aliases !== "object" ||
    typeof functions !== "object" ||
    !strings(options) ||
    !strings(history)
  )
    return undefined;
  if (!Array.isArray(transcript) || !transcript.every((entry) => typeof entry?.text === "string" && typeof entry.id === "number"))
    return undefined;
  return snapshot as ShellSnapshot;
}
