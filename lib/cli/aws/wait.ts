import type { Acceptor, ServiceModel, Waiter } from "../../engine/model";
import type { Json, JsonObject } from "../../engine/types";
import { parseKnown } from "./argparse";
import type { Settings } from "./config";
import { type AwsResult, readable } from "./env";
import { Failure } from "./failure";
import { waiterNames } from "./models";
import { type Globals, runOperation } from "./operation";
import { pythonRepr } from "./python";
import { compileQuery } from "./query";

/**
 * `aws lambda wait function-active --function-name f`: asks until what is waited for has come, and prints nothing. Exit code
 * 255 when it failed or did not come. Source: AWS CLI reference, lambda wait; the texts are botocore's.
 */
export async function runWait(model: ServiceModel, service: string, argv: string[], globals: Globals, settings: Settings): Promise<string | AwsResult> {
  const names = waiterNames(model);
  const { values, rest } = parseKnown([], { name: "operation", choices: [...names.keys(), "help"] }, argv);
  if (values.operation === "help") return readable((await import("./help")).waitHelp(model, service, settings.env.columns ?? 80));
  const name = names.get(String(values.operation))!;
  const waiter = model.waiters![name];
  return runOperation(model, service, waiter.operation, rest, globals, settings, (ask, request) => waitFor(name, waiter, () => ask(request), settings));
}

/** What one answer was: the service's, or its refusal. */
type Seen = { answer: JsonObject } | { refused: Failure };

async function waitFor(name: string, { acceptors, delay, maxAttempts }: Waiter, ask: () => Promise<JsonObject>, { env }: Settings): Promise<string> {
  const failed = (reason: string): Failure => new Failure("General", `Waiter ${name} failed: ${reason}`);
  let accepted: string | undefined;
  for (let attempt = 1; ; attempt++) {
    const seen = await look(ask);
    const acceptor = await firstMatch(acceptors, seen);
    if (acceptor?.state === "success") return "";
    if (acceptor?.state === "failure") throw failed(`Waiter encountered a terminal failure state: ${explain(acceptor)}`);
    if (acceptor) accepted = explain(acceptor);
    else if ("refused" in seen) throw failed(`An error occurred (${seen.refused.error!.code}): ${seen.refused.error!.message}`);
    if (attempt >= maxAttempts || !env.sleep) throw failed(accepted === undefined ? "Max attempts exceeded" : `Max attempts exceeded. Previously accepted state: ${accepted}`);
    if (await env.sleep(delay * 1000)) throw new Failure("Interrupted", "");
  }
}

async function look(ask: () => Promise<JsonObject>): Promise<Seen> {
  try {
    return { answer: await ask() };
  } catch (error) {
    if (error instanceof Failure && error.error) return { refused: error };
    throw error;
  }
}

async function firstMatch(acceptors: Acceptor[], seen: Seen): Promise<Acceptor | undefined> {
  for (const acceptor of acceptors) if (await matches(acceptor, seen)) return acceptor;
  return undefined;
}

async function matches({ matcher, argument, expected }: Acceptor, seen: Seen): Promise<boolean> {
  if (matcher === "error") return typeof expected === "boolean" ? "refused" in seen === expected : "refused" in seen && seen.refused.error!.code === expected;
  // The lab says no more of an answer's status than whether it was an error.
  if (matcher === "status") return "answer" in seen ? expected === 200 : false;
  if (!("answer" in seen)) return false;
  let found: Json;
  try {
    found = (await compileQuery(argument!))(seen.answer);
  } catch {
    // An expression that does not fit this answer has found nothing.
    return false;
  }
  if (matcher === "path") return found === expected;
  if (!Array.isArray(found) || !found.length) return false;
  return matcher === "pathAll" ? found.every((one) => one === expected) : found.some((one) => one === expected);
}

function explain({ matcher, argument, expected }: Acceptor): string {
  const value = typeof expected === "string" ? expected : pythonRepr(expected);
  switch (matcher) {
    case "path":
      return `For expression "${argument}" we matched expected path: "${value}"`;
    case "pathAll":
      return `For expression "${argument}" all members matched expected path: "${value}"`;
    case "pathAny":
      return `For expression "${argument}" we matched expected path: "${value}" at least once`;
    case "status":
      return `Matched expected HTTP status code: ${value}`;
    case "error":
      return `Matched expected service error code: ${value}`;
  }
}
