/** What the process with the interpreter and the one that starts it say to each other. */
export interface Places {
  /** The folder of `quickjs-wasi`. */
  interpreter: string;
  /** Texts that a fresh interpreter is given, in this order. */
  scripts: string[];
  /** The memory of an interpreter that has them. */
  snapshot: string;
}

export type ParentMessage =
  | { kind: "open"; /** The package: path to content, base64. */ paths: Record<string, string>; /** Bytes. */ memoryLimit: number }
  /** To the guest; lab time now, and the real ms after which it may not go on. */
  | { kind: "text"; text: string; now: number; most: number };

export type ChildMessage = { up: true } | { text: string; /** Bytes that the interpreter holds. */ memory: number } | { broken: string };
