import { taskRoot, type ToGuest } from "../protocol";
import type { LambdaConsole } from "./console";
import { documentOf, intoError, logged, runtimeError, setStack } from "./errors";
import type { Loop } from "./loop";
import type { Modules } from "./modules";
import { dirname, join } from "../resolve";
import type { Process } from "./process";
import { calledBy, headOf, setRuntimeFrame, stackOf } from "./stacks";

/**
 * Lambda's runtime for Node.js: how the handler is found, called, and ended. Node.js 20 and 22 have one way (callbacks, the
 * empty event loop), Node.js 24 another (promises alone).
 * Source: github.com/aws/aws-lambda-nodejs-runtime-interface-client, versions 3 and 4; Lambda Developer Guide, "Define Lambda
 * function handler in Node.js".
 */
type Handler = (...args: unknown[]) => unknown;
type Invoke = Extract<ToGuest, { kind: "invoke" }>;

export interface RuntimeSettings {
  runtime: string;
  handler: string;
  modules: Modules;
  process: Process;
  loop: Loop;
  log: LambdaConsole["log"];
  now(): number;
  setRequest(id: string): void;
  /** The end of the invocation, or of the start. */
  done(outcome: "returned" | "raised", payload: string, over: boolean): void;
  exit(code: number): never;
}

export interface Runtime {
  init(): Promise<boolean>;
  invoke(message: Invoke): void;
  uncaught(error: unknown): void;
  unhandled(reason: unknown, promise: unknown): void;
  idle(): void;
}

const frames = {
  old: "Runtime.handleOnceNonStreaming (file:///var/runtime/index.mjs:1173:29)",
  new: "BufferedInvokeProcessor.processInvoke (file:///var/runtime/index.mjs:1096:33)",
  load: "    at _loadUserApp (file:///var/runtime/index.mjs:1087:17)\n    at async UserFunction.js.module.exports.load (file:///var/runtime/index.mjs:1119:21)\n    at async start (file:///var/runtime/index.mjs:1282:23)\n    at async file:///var/runtime/index.mjs:1288:1",
};

const isPromise = (value: unknown): value is Promise<unknown> => typeof (value as { then?: unknown } | null | undefined)?.then === "function";

export function makeRuntime(settings: RuntimeSettings): Runtime {
  const { runtime, modules, loop, log, process } = settings;
  const newer = Number(/\d+/.exec(runtime)?.[0] ?? 0) >= 24;
  setRuntimeFrame(newer ? frames.new : frames.old);
  let handler: Handler | undefined;
  /** What happens when nothing is left to wait for. */
  let beforeExit: (() => void) | undefined;
  /** One invocation, or the start, is under way. */
  let open = false;
  let over = false;

  function end(outcome: "returned" | "raised", payload: string): void {
    if (!open) return;
    open = false;
    beforeExit = undefined;
    // What was rejected meanwhile, and nobody caught, is known one turn later, and belongs to this invocation's log.
    loop.setImmediate(() => loop.setImmediate(() => settings.done(outcome, payload, over)));
  }
  const raise = (error: unknown): void => end("raised", JSON.stringify(documentOf(error, newer)));
  const logError = (what: string, error: unknown): void => log("ERROR", what, logged(intoError(error), newer));

  // ---------------------------------------------------------------- the handler

  const loadError = (name: string, error: Error): Error => {
    const wrapped = runtimeError(name, String(headOf(error)));
    const place = /^(\/var\/task\/|file:\/\/\/var\/task\/)\S+:\d+\n/.exec(error.stack ?? "") ? /\n(\s+at \S+)$/.exec(error.stack!)?.[1] : undefined;
    setStack(wrapped, newer && name === "UserCodeSyntaxError" ? stackOf(error) : `${headOf(wrapped)}\n${place ? `${place}\n` : ""}${frames.load}`);
    return wrapped;
  };

  /** The module that a handler's name means, tried in the runtime's order. */
  async function loadModule(path: string, name: string, root: string): Promise<unknown> {
    if (newer) {
      for (const end of ["", ".js", ".mjs", ".cjs"]) if (modules.has(path + end)) return modules.load(path + end);
    } else {
      if (modules.has(path)) return modules.require(path, "index.js");
      const isModule = modules.formatOf(`${path}.js`) === "module";
      if (!isModule && modules.has(`${path}.js`)) return modules.require(`${path}.js`, "index.js");
      for (const end of [".js", ".mjs"]) if (modules.has(path + end)) return modules.load(path + end);
      if (modules.has(`${path}.cjs`)) return modules.require(`${path}.cjs`, "index.js");
    }
    return modules.require(name, join(root.replace(`${taskRoot}/`, ""), "index.js").slice(1));
  }

  async function findHandler(): Promise<Handler> {
    const whole = settings.handler;
    if (whole.includes("..")) throw runtimeError("MalformedHandlerName", `'${whole}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`);
    const slash = whole.lastIndexOf("/");
    const [root, last] = [whole.slice(0, slash + 1), whole.slice(slash + 1)];
    const dot = last.indexOf(".");
    if (dot < 0) throw runtimeError("MalformedHandlerName", "Bad handler");
    const [name, property] = [last.slice(0, dot), last.slice(dot + 1)];
    const path = root.startsWith("/") ? join(root, name) : join(taskRoot, root, name);
    let module: unknown;
    try {
      module = await loadModule(path, name, dirname(path));
    } catch (error) {
      if (error instanceof SyntaxError) throw loadError("UserCodeSyntaxError", error);
      if (error instanceof Error && (error as { code?: unknown }).code === "MODULE_NOT_FOUND") throw loadError("ImportModuleError", error);
      throw error;
    }
    const within = (object: unknown): unknown => property.split(".").reduce<unknown>((nested, key) => (nested ? (nested as Record<string, unknown>)[key] : undefined), object);
    const found = within(module) ?? (newer ? within((module as { default?: unknown }).default) : undefined);
    if (!found) throw runtimeError("HandlerNotFound", `${whole} is undefined or not exported`);
    if (typeof found !== "function") throw runtimeError("HandlerNotFound", `${whole} is not a function`);
    if (newer && found.length >= 3)
      throw runtimeError("CallbackHandlerDeprecated", "ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.");
    return found as Handler;
  }

  // ---------------------------------------------------------------- one invocation

  function contextOf({ functionArn, requestId, deadline }: Invoke): Record<string, unknown> {
    const { env } = process;
    return {
      functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
      functionName: env.AWS_LAMBDA_FUNCTION_NAME,
      memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
      logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
      logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
      clientContext: undefined,
      identity: undefined,
      invokedFunctionArn: functionArn,
      awsRequestId: requestId,
      getRemainingTimeInMillis: () => Math.floor(deadline - settings.now()),
    };
  }

  /** A result as JSON; undefined and what JSON has no word for is null. Throws where there is no JSON of it. */
  function serialize(result: unknown): string {
    try {
      return JSON.stringify(result === undefined ? null : result) ?? "null";
    } catch {
      throw newer ? runtimeError("JSONStringifyError", "Unable to stringify response body") : new Error("Unable to stringify response body");
    }
  }

  function invokeOld(message: Invoke): void {
    let completed = false;
    let finished = false;
    let waits = true;
    const fail = (error: unknown): void => {
      logError("Invoke Error", error);
      raise(error);
    };
    const complete = (result: unknown): void => {
      if (completed) return log("ERROR", "Invocation has already been reported as done. Cannot call complete more than once per invocation.");
      completed = true;
      end("returned", serialize(result));
    };
    const isError = (error: unknown): boolean => error !== undefined && error !== null;
    const first =
      (work: (...args: unknown[]) => void) =>
      (...args: unknown[]): void => {
        if (finished) return;
        work(...args);
        finished = true;
      };
    const callback = first((error, result) => {
      beforeExit = undefined;
      if (isError(error)) fail(error);
      else if (!waits) complete(result);
      else beforeExit = () => complete(result);
    });
    const done = (error: unknown, result: unknown): void => {
      beforeExit = undefined;
      if (isError(error)) fail(error);
      else complete(result);
    };
    const context = Object.assign(
      Object.defineProperty({}, "callbackWaitsForEmptyEventLoop", { get: () => waits, set: (value: boolean) => void (waits = value), enumerable: true, configurable: true }),
      { succeed: first((result) => done(null, result)), fail: first((error) => done(isError(error) ? error : "handled", null)), done: first(done) },
      contextOf(message),
    );
    const isAsync = (handler as Handler).constructor?.name === "AsyncFunction";
    beforeExit = () => {
      completed = true;
      if (!isAsync) return end("returned", "null");
      fail(runtimeError("NodeJsExit", "The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#process_exit_codes"));
    };
    try {
      const result = call(JSON.parse(message.event), context, callback);
      if (isPromise(result)) result.then(context.succeed, context.fail).then(undefined, context.fail);
    } catch (error) {
      callback(error);
    }
  }

  function invokeNew(message: Invoke): void {
    beforeExit = () => settings.exit(13);
    const fail = (error: unknown): void => {
      logError("Invoke Error", error);
      raise(error);
    };
    void (async () => {
      try {
        const result = await call(JSON.parse(message.event), contextOf(message));
        end("returned", serialize(result));
      } catch (error) {
        fail(error);
      }
    })();
  }

  // By this function's name a stack trace knows where the handler begins, and that it was called as a method of the runtime.
  const caller = { [calledBy.handler]: (...args: unknown[]) => handler!.apply(undefined, args) };
  const call = (...args: unknown[]): unknown => caller[calledBy.handler](...args);

  /** An error that nobody caught ends the runtime's process. */
  function crash(error: unknown): void {
    over = true;
    raise(error);
  }

  return {
    async init() {
      open = true;
      beforeExit = () => settings.exit(13);
      try {
        handler = await findHandler();
        if (over) return false;
        open = false;
        beforeExit = undefined;
        return true;
      } catch (error) {
        logError("Uncaught Exception", error);
        crash(error);
        return false;
      }
    },
    invoke(message) {
      if (over) settings.exit(129);
      open = true;
      settings.setRequest(message.requestId);
      process.env._X_AMZN_TRACE_ID = message.environment._X_AMZN_TRACE_ID;
      (newer ? invokeNew : invokeOld)(message);
    },
    uncaught(error) {
      process.emit("uncaughtException", error, "uncaughtException");
      logError("Uncaught Exception", error);
      crash(error);
    },
    unhandled(reason, promise) {
      process.emit("unhandledRejection", reason, promise);
      const error = runtimeError("UnhandledPromiseRejection", String(reason));
      setStack(error, `${headOf(error)}${reason instanceof Error ? `\n${stackOf(reason).split("\n").slice(1).join("\n")}` : ""}`);
      logError("Unhandled Promise Rejection", Object.assign(error, { reason, promise: {} }));
      crash(error);
    },
    idle() {
      const then = beforeExit;
      if (!then) return;
      beforeExit = undefined;
      process.emit("beforeExit", 0);
      then();
    },
  };
}
