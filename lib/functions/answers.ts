import type { FunctionAnswer } from "../engine/types";

/** The error document of an invocation, as a runtime writes it. Source: Lambda Developer Guide, Handle exceptions in Lambda functions. */
export interface ErrorDocument {
  errorMessage: string;
  errorType: string;
  requestId?: string;
  stackTrace?: string[];
  trace?: string[];
}

/** An invocation that ended by an error which its runtime reports. */
export const raised = (document: ErrorDocument, rest: Omit<FunctionAnswer, "outcome" | "payload">): FunctionAnswer => ({ outcome: "raised", payload: JSON.stringify(document), ...rest });

/** One that was ended from outside (its environment is gone): there is no document but Lambda's own. */
export const ended = (outcome: Exclude<FunctionAnswer["outcome"], "returned" | "raised">, rest: Omit<FunctionAnswer, "outcome" | "payload">, payload = ""): FunctionAnswer => ({ outcome, payload, ...rest });
