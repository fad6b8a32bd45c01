import type { AwsError, Trace } from "@/lib/engine/types";

/** What Lambda answers, as far as the console shows it. Source: Lambda API Reference, data types. */

export interface FunctionConfiguration {
  FunctionName: string;
  FunctionArn: string;
  Runtime: string;
  Role: string;
  Handler: string;
  CodeSize: number;
  Description: string;
  /** Seconds. */
  Timeout: number;
  /** MB */
  MemorySize: number;
  /** `2026-11-24T08:07:05.123+0000` */
  LastModified: string;
  /** base64 */
  CodeSha256: string;
  /** `$LATEST` or a number. */
  Version: string;
  /** Absent without variables. `Error` where the caller may not decrypt them. */
  Environment?: { Variables?: Record<string, string>; Error?: { ErrorCode: string; Message: string } };
  KMSKeyArn?: string;
  RevisionId: string;
  State?: "Pending" | "Active" | "Failed";
  LastUpdateStatus?: "Successful" | "InProgress" | "Failed";
  Architectures: string[];
  EphemeralStorage: { Size: number };
  LoggingConfig: { LogGroup: string };
}

export interface FunctionAnswer {
  Configuration: FunctionConfiguration;
  Tags?: Record<string, string>;
  Concurrency?: { ReservedConcurrentExecutions: number };
}

export interface Alias {
  AliasArn: string;
  Name: string;
  FunctionVersion: string;
  Description: string;
  RoutingConfig?: { AdditionalVersionWeights: Record<string, number> };
  RevisionId: string;
}

/** What one page of the console is about: a function, or a version or alias of it. */
export interface Subject {
  name: string;
  /** A version's number or an alias's name; undefined for the function itself ($LATEST). */
  qualifier?: string;
}

export interface InvokeAnswer {
  StatusCode: number;
  FunctionError?: string;
  /** base64 */
  LogResult?: string;
  /** base64 of the JSON text. */
  Payload?: string;
  ExecutedVersion?: string;
}

/** An invocation that is over, as the journal keeps it. */
export interface Invoked {
  seq: number;
  /** ms of the lab's clock. */
  at: number;
  requestId: string;
  trace: Trace;
  asynchronous: boolean;
  answer?: InvokeAnswer;
  error?: AwsError;
}

/** Times of Lambda's are text; those of the console's dates are epoch seconds. */
export const secondsOf = (time: string): number => Date.parse(time.replace("+0000", "Z")) / 1000;

/** Kinds of runtime that this lab runs, by what AWS calls them. */
export const runtimeWords: Readonly<Record<string, string>> = {
  "python3.14": "Python 3.14",
  "python3.13": "Python 3.13",
  "python3.12": "Python 3.12",
  "python3.11": "Python 3.11",
  "python3.10": "Python 3.10",
  "nodejs24.x": "Node.js 24.x",
  "nodejs22.x": "Node.js 22.x",
  "nodejs20.x": "Node.js 20.x",
};
export const runtimeName = (runtime: string): string => runtimeWords[runtime] ?? runtime;
export const isPython = (runtime: string): boolean => runtime.startsWith("python");
