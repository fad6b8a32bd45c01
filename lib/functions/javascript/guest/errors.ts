import { headOf, stackOf } from "./stacks";

/**
 * Errors as the Node.js runtime of Lambda reports them, in the answer and in the log.
 * Source: github.com/aws/aws-lambda-nodejs-runtime-interface-client (errors of versions 3 and 4); Lambda Developer Guide, "Handle
 * exceptions in Lambda functions".
 */
export interface Document {
  errorType: string;
  errorMessage: string;
  trace?: string[];
}

/** An error of the runtime itself. */
export function runtimeError(name: string, message: string, stack?: string): Error {
  const error = new Error(message);
  Object.defineProperty(error, "name", { value: `Runtime.${name}`, writable: true, configurable: true });
  setStack(error, stack ?? headOf(error));
  return error;
}

export const setStack = (error: Error, stack: string): void => void Object.defineProperty(error, "stack", { value: stack, writable: true, configurable: true, enumerable: false });

export const intoError = (error: unknown): Error => (error instanceof Error ? error : new Error(error as string));

/** The document of an answer. `newer`: Node.js 24's runtime. */
export function documentOf(error: unknown, newer: boolean): Document {
  try {
    if (error instanceof Error) return { errorType: error.name, errorMessage: error.message, trace: stackOf(error).split("\n") };
    return { errorType: typeof error, errorMessage: newer ? String(error) : (error as { toString(): string }).toString(), trace: [] };
  } catch {
    return { errorType: "handled", errorMessage: "callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack", ...(newer ? { trace: [] } : {}) };
  }
}

/** What stands behind `Invoke Error` in the log: the error with all that it carries. */
export function logged(error: Error, newer: boolean): string {
  try {
    return `\t${JSON.stringify(error, (_key, value: unknown) => {
      if (!(value instanceof Error)) return value;
      const shown: Record<string, unknown> = { errorType: value.name, errorMessage: value.message, code: (value as { code?: unknown }).code, ...value };
      shown.stack = stackOf(value).split("\n");
      return shown;
    })}`;
  } catch {
    return `\t${JSON.stringify(documentOf(error, newer))}`;
  }
}
