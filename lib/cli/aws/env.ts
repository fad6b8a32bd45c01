import type { Caller, JsonObject, Reply } from "../../engine/types";

/** Keys that a command was given by its environment or a profile. The host decides whether they are genuine. */
export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

export interface AwsCall {
  service: string;
  operation: string;
  input: JsonObject;
  region: string;
  /** Absent: whoever the terminal is (as in CloudShell, which lends the console's identity). */
  caller?: Caller;
  credentials?: Credentials;
}

/** All that the `aws` command asks of the world around it. */
export interface AwsEnv {
  /** The lab's door. */
  call(call: AwsCall): Promise<Reply>;
  /** Relative to the working directory. Throws an error whose `code` is ENOENT, EISDIR and so on. */
  readFile(path: string): Promise<Uint8Array>;
  /** Makes folders as needed. */
  writeFile(path: string, bytes: Uint8Array): Promise<void>;
  /** Exported variables. */
  variables: Record<string, string>;
  /**
   * An identity that is there without any keys; its access key id is what `configure list` shows of it. `region` holds
   * where neither option nor variable nor profile names one.
   */
  ambient?: { accessKeyId: string; type: string; region?: string };
  /** Asks whoever sits there; undefined when they break off. Absent: nobody does. */
  ask?(question: string): Promise<string | undefined>;
  /** Whether the lab knows this access key; absent: nobody can tell. A session in the cache that was undone is not used. */
  isKey?(accessKeyId: string): boolean;
  /** Lets real time pass; true when whoever sits there broke off. Absent: nobody waits, and what would wait gives up. */
  sleep?(ms: number): Promise<boolean>;
  /** Columns of the screen. Default 80. */
  columns?: number;
  /** Lab time in ms. */
  now(): number;
}

export interface AwsResult {
  stdout: Uint8Array;
  stderr: string;
  exitCode: number;
  /** The output is a page to be read from its top, as `help` shows in a pager. */
  page?: boolean;
}

/** A page of text, to be read from its top. */
export const readable = (text: string): AwsResult => ({ stdout: new TextEncoder().encode(text), stderr: "", exitCode: 0, page: true });
