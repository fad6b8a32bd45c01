/** What the terminal on the page needs of a shell, and nothing more. `shell.ts` is one. */

export interface OutputChunk {
  stream: "stdout" | "stderr";
  text: string;
}

/** What stands in the terminal's log. Plain data: it is kept with the session. */
export interface TranscriptEntry {
  id: number;
  /** A page is output that is read from its top: a manual page. */
  kind: "command" | "stdout" | "stderr" | "note" | "page";
  text: string;
  /** Command only: the prompt before it. */
  prompt?: string;
  /** Command only: positions in the journal of the calls that it made. For Why? */
  calls?: number[];
}

/** `from` is where the completed word begins in the line; each candidate replaces everything from there. */
export interface Completion {
  from: number;
  /** At most a few hundred, in the order in which they are shown. */
  candidates: string[];
  /** What tells a candidate from the others: a key's description, what an option is for. */
  about?: Record<string, string>;
  /** There are more than these. */
  more?: boolean;
}

export interface RunOptions {
  /** Ctrl-C. The run then ends with exit code 130. */
  signal?: AbortSignal;
  onOutput?(chunk: OutputChunk): void;
  /** A command asks for a line (`aws configure`); undefined breaks off. Question and answer are put into the log. */
  ask?(question: string): Promise<string | undefined>;
}

export interface TerminalHost {
  /** Runs one complete input (it may have several lines) and gives its exit code. Never rejects. One at a time. */
  run(input: string, options?: RunOptions): Promise<number>;
  /** An open quote, here-document, loop or trailing backslash: the shell would wait for more lines. */
  needsMore(input: string): boolean;
  complete(line: string): Promise<Completion>;
  readonly prompt: string;
  /** Oldest first. */
  readonly history: readonly string[];
  /** Oldest first; bounded. A new array after every change. */
  readonly transcript: readonly TranscriptEntry[];
  /** Puts a sentence into the log that no command printed. */
  note(text: string): void;
  /** Empties the log; files, variables and history stay. */
  clear(): void;
  /** Told after every change of transcript, prompt or history. */
  subscribe(listener: () => void): () => void;
}
