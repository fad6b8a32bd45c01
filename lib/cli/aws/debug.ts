import type { Json } from "../../engine/types";
import type { AwsEnv } from "./env";
import { type Value, pythonRepr } from "./python";

/** What `--debug` writes to standard error: the stages of the real command's log, without its hundreds of lines on itself. */
export interface DebugLog {
  /** The world with its calls written down. */
  env: AwsEnv;
  add(logger: string, message: string): void;
  text(): string;
}

/** Characters of one request or answer that are shown. */
const most = 2_000;

/**
 * Lines as the real command's logger writes them: time, thread, logger, level. A secret access key is never written; the
 * input and the answer are, as there. Source: AWS CLI user guide, Troubleshooting (--debug).
 */
export function debugLog(env: AwsEnv): DebugLog {
  const lines: string[] = [];
  const add = (logger: string, message: string): void => {
    const time = new Date(env.now()).toISOString().replace("T", " ").replace(".", ",").slice(0, 23);
    lines.push(`${time} - MainThread - ${logger} - DEBUG - ${message}\n`);
  };
  const short = (value: Json): string => {
    const text = pythonRepr(value as Value);
    return text.length > most ? `${text.slice(0, most)}… (${text.length - most} more characters)` : text;
  };
  return {
    add,
    text: () => lines.join(""),
    env: {
      ...env,
      async call(request) {
        const { service, operation, input, region, credentials } = request;
        add("botocore.auth", credentials ? `Signing with access key ${credentials.accessKeyId} in ${region}` : `No keys: the identity of the page calls, in ${region}`);
        add("botocore.endpoint", `Making request for OperationModel(name=${operation}) of ${service} with params: ${short(input)}`);
        const reply = await env.call(request);
        add("botocore.parsers", reply.ok ? `Response body: ${short(reply.output)}` : `Response body: ${short({ ...reply.error.fields, __type: reply.error.code, message: reply.error.message })}`);
        return reply;
      },
    },
  };
}
