import { Bash, InMemoryFs, defineCommand, getCommandNames } from "just-bash/browser";
import type { Reply } from "../engine/types";
import type { AwsCall, AwsEnv } from "./aws/env";
import { expandHistory } from "./bang";
import { awsCommand } from "./commands/aws";
import { stdinOf, textResult } from "./commands/bytes";
import { certutil, keepWindowsPaths } from "./commands/certutil";
import { cmp } from "./commands/cmp";
import type { DatabaseWorld } from "./commands/databases/door";
import { keyholeCommand } from "./commands/keyhole";
import { unzip, zip } from "./commands/zip";
import { xxd } from "./commands/xxd";
import type { LabNames } from "./complete/names";
import { addDevices } from "./devices";
import { freshFiles, restoreFiles, saveFiles } from "./files";
import { Pauses, type Statement, scriptPlugin } from "./pauses";
import type { RunOptions, TerminalHost } from "./session";
import { type ShellSnapshot, type ShellState, exportedIn, functionName, readSnapshot, stateAfter, stateScripts } from "./state";
import { createTranscript } from "./transcript";

export interface ShellOptions {
  /** The lab's door. */
  call(call: AwsCall): Promise<Reply>;
  /** Whoever the page is, and where: what a command is that has no keys and no Region of its own. */
  identity(): { region: string; account?: string; accessKeyId?: string };
  /** Names of the lab, for completion; fetched when they are first wanted. */
  names?(): Promise<LabNames | undefined>;
  /** Whether the lab knows an access key. */
  isKey?(accessKeyId: string): boolean;
  /** Lab time, ms. */
  now(): number;
  /** Moves the lab's clock; sentences of what happened on the way. Absent: this terminal cannot. */
  advance?(ms: number): Promise<string[]>;
  /** Characters on a line of the screen. */
  columns?(): number;
  snapshot?: unknown;
}

export interface Shell extends TerminalHost {
  snapshot(): Promise<ShellSnapshot>;
  /** Things that a snapshot held and that could not be put back. */
  readonly lost: readonly string[];
}

const home = "/home/user";
const stateName = "__keyhole_state";
const historyLimit = 1_000;

const escapes = new RegExp(`${String.fromCharCode(27)}\\[[0-9;?]*[A-Za-z]`, "g");

/** Questions whose answers do not stand in the log. */
const hidden = /secret|MFA code|password|^Enter it again/i;

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

/** Words that are commands without being listed as such. */
const builtins = ["aws", "certutil", "xxd", "cmp", "keyhole", "zip", "unzip", "mysql", "psql", "mongosh", "cd", "exit", "export", "set", "source", "unset"];

/**
 * A shell session on an in-memory file system, with `aws`, `certutil`, `xxd`, `cmp`, `zip` and database clients beside the usual commands. The shell
 * underneath forgets everything but files after each run: variables, functions, aliases and the folder are carried here.
 */
export async function createShell(options: ShellOptions): Promise<Shell> {
  const saved = readSnapshot(options.snapshot);
  const fs = new InMemoryFs(undefined, { maxTotalBytes: 64 << 20 });
  const lost = await restoreFiles(fs, saved?.files ?? freshFiles);
  addDevices(fs);
  const pauses = new Pauses();
  const parser = new Bash({ executionLimits: limits });
  const parse = (text: string): Statement[] => parser.transform(text).ast.statements;

  let state: ShellState = {
    cwd: saved?.cwd ?? home,
    variables: saved?.variables ?? "",
    aliases: saved?.aliases ?? {},
    functions: saved?.functions ?? {},
    options: saved?.options ?? [],
  };
  if (!(await fs.exists(state.cwd))) state.cwd = home;
  let oldCwd = home;
  /** `$?` of the last run. */
  let status = 0;
  let history = saved?.history ?? [];
  const listeners = new Set<() => void>();
  const tell = (): void => listeners.forEach((listener) => listener());
  const log = createTranscript(saved?.transcript ?? [], tell);

  // ---------------------------------------------------------------- commands

  /** Of the run that is going on: calls it made, who answers its questions, whether it asked for an empty log, the last manual page. */
  let run: { calls: number[]; ask?: RunOptions["ask"]; print?: DatabaseWorld["print"]; clear: boolean; signal?: AbortSignal; declarations?: string; page?: string } = { calls: [], clear: false };

  const asker = (piped: Uint8Array): AwsEnv["ask"] => {
    if (piped.length) {
      const lines = new TextDecoder().decode(piped).split("\n");
      return () => Promise.resolve(lines.shift());
    }
    const { ask } = run;
    return (
      ask &&
      (async (question) => {
        const answer = await ask(question);
        log.add("note", `${question}${answer === undefined ? "^C" : hidden.test(question) ? "*".repeat(Math.min(answer.length, 40)) : answer}\n`);
        return answer;
      })
    );
  };

  const call: AwsEnv["call"] = async (request) => {
    const reply = await options.call(request);
    // A call that took long (a simulation) is the lab's, and not a script that holds the page.
    await pauses.breathe();
    // What was refused before it reached the lab has no place in the journal.
    if (typeof reply.seq === "number") run.calls.push(reply.seq);
    return reply;
  };

  const historyCommand = defineCommand("history", (args) => {
    if (args[0] === "-c") {
      history = [];
      return Promise.resolve(textResult(""));
    }
    const count = args[0] === undefined ? history.length : Number(args[0]);
    if (!Number.isInteger(count) || count < 0) return Promise.resolve(textResult("", `bash: history: ${args[0]}: numeric argument required\n`, 1));
    const first = Math.max(0, history.length - count);
    return Promise.resolve(textResult(history.slice(first).map((line, index) => `${String(first + index + 1).padStart(5)}  ${line}\n`).join("")));
  });

  const clearCommand = defineCommand("clear", () => {
    run.clear = true;
    return Promise.resolve(textResult(""));
  });

  /** The last statement of every run: what the shell would forget. */
  const stateCommand = defineCommand(stateName, (_args, ctx) => {
    run.declarations = new TextDecoder().decode(stdinOf(ctx));
    return Promise.resolve({ stdout: "", stderr: "", exitCode: Number(ctx.env.get("?") ?? 0) });
  });

  const aws = awsCommand({ call, identity: options.identity, now: options.now, columns: options.columns, isKey: options.isKey, breathe: () => pauses.breathe(), sleep: (ms) => sleepUnless(run.signal, ms), asker, page: (text) => (run.page = text) });
  const keyhole = keyholeCommand({
    call,
    region: () => options.identity().region,
    now: options.now,
    advance: (ms) => options.advance?.(ms) ?? Promise.reject(new Error("This terminal does not move the clock.")),
  });
  const databases: DatabaseWorld = { call, region: () => options.identity().region, asker, print: (stream, text) => run.print?.(stream, text) };
  // Fetched when they are first typed.
  const clients = [
    { name: "mysql", load: async () => (await import("./commands/databases/mysql")).mysqlCommand(databases) },
    { name: "psql", load: async () => (await import("./commands/databases/psql")).psqlCommand(databases) },
    { name: "mongosh", load: async () => (await import("./commands/databases/mongosh")).mongoshCommand(databases) },
  ];
  const customCommands = [...clients, keyhole, aws, historyCommand, clearCommand, certutil, xxd, cmp, zip, unzip, pauses.command, stateCommand];

  // ---------------------------------------------------------------- scripts

  const after = parse(`declare -p | ${stateName}`);
  let around: { before: Statement[]; after: Statement[] } = { before: [], after: [] };
  const plugin = scriptPlugin(
    () => {
      // Nested shells (bash -c) come here too; they get the pauses alone.
      const once = around;
      around = { before: [], after: [] };
      return once;
    },
    (statements) => {
      const made = statements.map((statement) => [functionName(statement), statement] as const).filter(([name]) => name !== undefined);
      if (made.length) state = { ...state, functions: { ...state.functions, ...(Object.fromEntries(made) as Record<string, Statement>) } };
    },
  );

  // A shell of its own for each run: what one leaves behind (read-only variables, exports) must not meet the next.
  const makeBash = (): Bash => {
    const env = { HOME: home, USER: "user", PATH: "/usr/local/bin:/usr/bin:/bin", LANG: "C.UTF-8" };
    const bash = new Bash({ fs, cwd: home, env, executionLimits: limits, defenseInDepth: false, customCommands });
    bash.registerTransformPlugin(plugin);
    return bash;
  };

  const prelude = (): Statement[] => {
    const statements: Statement[] = Object.values(state.functions);
    for (const script of stateScripts(state, status)) {
      try {
        statements.push(...parse(script));
      } catch {
        continue;
      }
    }
    return statements;
  };

  const promptText = (): string => {
    const { cwd } = state;
    return `${cwd === home ? "~" : cwd.startsWith(`${home}/`) ? `~${cwd.slice(home.length)}` : cwd} $`;
  };

  // ---------------------------------------------------------------- running

  async function runNow(typed: string, { signal, onOutput, ask }: RunOptions = {}): Promise<number> {
    const id = log.add("command", typed, promptText());
    if (!typed.trim()) return 0;
    const expansion = expandHistory(typed, history);
    if ("problem" in expansion) {
      const text = `bash: ${expansion.problem}\n`;
      onOutput?.({ stream: "stderr", text });
      log.add("stderr", text);
      return 1;
    }
    const input = expansion.line;
    // As bash does, what it has become is shown before it runs.
    if (expansion.changed) log.add("note", `${input}\n`);
    if (history.at(-1) !== input) history = [...history, input].slice(-historyLimit);
    const current: typeof run = { calls: [], ask, clear: false, signal };
    const output = (stream: "stdout" | "stderr", raw: string): void => {
      // Colours and cursor moves mean nothing on a page.
      const text = raw.replace(escapes, "");
      if (!text) return;
      onOutput?.({ stream, text });
      log.add(stream === "stdout" && text === current.page ? "page" : stream, text);
    };
    current.print = output;
    run = current;
    const before = state;
    const watch = pauses.watch(signal);
    around = { before: prelude(), after };
    try {
      const started = makeBash().exec(keepWindowsPaths(input), { cwd: state.cwd, env: { OLDPWD: oldCwd }, rawScript: true, signal: watch.signal });
      const result = await (signal ? Promise.race([started, gone(signal)]) : started);
      if (result) output("stdout", result.stdoutKind === "bytes" ? decode(result.stdout) : result.stdout);
      if (!result || signal?.aborted) {
        output("stdout", "^C\n");
        return 130;
      }
      output("stderr", watch.stuck() ? result.stderr.replace("execution aborted", "ended: it ran for two seconds without a pause") : result.stderr);
      remember(result.env, current.declarations);
      if (current.clear) log.clear();
      return result.exitCode;
    } catch (problem) {
      state = before;
      output("stderr", `bash: ${problem instanceof Error ? problem.message : String(problem)}\n`);
      return 1;
    } finally {
      watch.release();
      log.attach(id, current.calls.slice(-100));
      tell();
    }
  }

  /** `exit` leaves before the last statement: then only the folder is known. */
  function remember(env: Record<string, string>, declarations: string | undefined): void {
    if (env.PWD && env.PWD !== state.cwd) {
      oldCwd = state.cwd;
      state = { ...state, cwd: env.PWD };
    }
    if (declarations !== undefined) state = { ...state, ...stateAfter(declarations, env) };
  }

  let queue: Promise<unknown> = Promise.resolve();

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
        parse(keepWindowsPaths(input));
        return false;
      } catch (problem) {
        const text = problem instanceof Error ? problem.message : "";
        return /unexpected EOF|got EOF|unterminated here-document/.test(text) || /\b(?:do|then|else)\s*$/.test(input);
      }
    },
    async complete(line) {
      const [{ completeLine }, names] = await Promise.all([import("./complete"), options.names?.()]);
      return completeLine(line, {
        fs,
        cwd: state.cwd,
        home,
        commands: [...getCommandNames(), ...builtins, ...Object.keys(state.aliases), ...Object.keys(state.functions)],
        variables: exportedIn(state.variables),
        identity: options.identity,
        names,
      });
    },
    get prompt() {
      return promptText();
    },
    get history() {
      return history;
    },
    get transcript() {
      return log.entries;
    },
    note: (text) => void log.add("note", text),
    clear: () => log.clear(),
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async snapshot() {
      return { version: 1, files: await saveFiles(fs), ...state, history: [...history], transcript: [...log.entries] };
    },
    lost,
  };
}

const decode = (latin1: string): string => new TextDecoder().decode(Uint8Array.from(latin1, (char) => char.charCodeAt(0) & 255));

/** True when Ctrl-C ended it. */
const sleepUnless = (signal: AbortSignal | undefined, ms: number): Promise<boolean> =>
  new Promise((resolve) => {
    if (signal?.aborted) return resolve(true);
    const broken = (): void => {
      clearTimeout(timer);
      resolve(true);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", broken);
      resolve(false);
    }, ms);
    signal?.addEventListener("abort", broken, { once: true });
  });

/** A shell that does not answer to Ctrl-C within a moment is left to end by itself. */
const gone = (signal: AbortSignal): Promise<undefined> =>
  new Promise((resolve) => {
    const later = (): void => void setTimeout(() => resolve(undefined), 1_000);
    if (signal.aborted) later();
    else signal.addEventListener("abort", later, { once: true });
  });
