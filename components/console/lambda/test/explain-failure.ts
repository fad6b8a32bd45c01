import type { Trace } from "@/lib/engine/types";
import { callsMade } from "../../../why/made";
import type { ErrorDocument } from "./invocation";

/** What a function's own failure means and what one can do, in our words. The reasons of a refused call are Why?'s. */
export interface FailureWords {
  meaning: string;
  remedy: string;
  /** Where it is mended, as parts of the function's address. */
  at?: { path: string[]; words: string };
  /** The nth call that the code made, from 1, that was refused and that this failure came of. */
  call?: number;
}

type Row = [type: RegExp, message: RegExp | undefined, words: Omit<FailureWords, "call">];

const configuration = (...path: string[]): string[] => ["configuration", ...path];

const ROWS: Row[] = [
  [
    /^Sandbox\.Timedout$/,
    undefined,
    {
      meaning: "The code had not ended when the function’s time was over, and was stopped where it stood.",
      remedy: "Find what it waits for; if it needs the time, raise the timeout.",
      at: { path: configuration("general"), words: "General configuration" },
    },
  ],
  [
    /OutOfMemory/,
    undefined,
    { meaning: "The code wanted more memory than the function has.", remedy: "Use less, or raise the memory.", at: { path: configuration("general"), words: "General configuration" } },
  ],
  [/^Runtime\.UserCodeSyntaxError$/, undefined, { meaning: "The runtime could not read the code: nothing of it ran.", remedy: "Mend the line, deploy, and test again." }],
  [
    /^Runtime\.(HandlerNotFound|MalformedHandlerName)$/,
    undefined,
    { meaning: "The handler names a function that the code does not have.", remedy: "Handler and code must agree: file.function.", at: { path: ["edit", "runtime-settings"], words: "Runtime settings" } },
  ],
  [
    /^Runtime\.ImportModuleError$/,
    undefined,
    {
      meaning: "The runtime could not load the module that the handler names, or something that it imports.",
      remedy: "Check the handler’s file name and the imports; a package that the runtime does not bring must be in the deployment package.",
      at: { path: ["edit", "runtime-settings"], words: "Runtime settings" },
    },
  ],
  [
    /^KeyError$/,
    /^'[A-Za-z_][A-Za-z0-9_]*'$/,
    {
      meaning: "The code asked for a key that is not there. In os.environ that is an environment variable that the function does not have.",
      remedy: "Names are case-sensitive.",
      at: { path: configuration("environment"), words: "Environment variables" },
    },
  ],
  [/^Runtime\.(ExitError|NodeJsExit)$/, undefined, { meaning: "The code ended the runtime’s own process.", remedy: "Return from the handler instead." }],
  [/^Runtime\.MarshalError$/, undefined, { meaning: "What the handler returned cannot be written as JSON.", remedy: "Return texts, numbers, lists and objects of these." }],
  [/^Function\.ResponseSizeTooLarge$/, undefined, { meaning: "The answer is larger than Lambda passes on.", remedy: "Return less: 6 MB at most." }],
];

/** Undefined where there is nothing of ours to say. */
export function explainFailure({ errorType = "", errorMessage }: ErrorDocument, trace: Trace): FailureWords | undefined {
  const refused = refusedCall(errorMessage, trace);
  if (refused)
    return {
      meaning: `AWS refused a call that the code made: ${refused.trace.service}:${refused.trace.operation}, as the execution role.`,
      remedy: "Why? says which policy said no, and the smallest change that would let it through.",
      at: { path: configuration("permissions"), words: "Permissions" },
      call: refused.nth,
    };
  const row = ROWS.find(([type, message]) => type.test(errorType) && (!message || message.test(errorMessage)));
  return row?.[2];
}

/** The last call of the code that AWS refused with the words that the failure has. */
function refusedCall(message: string, trace: Trace): { nth: number; trace: Trace } | undefined {
  const made = callsMade(trace);
  for (let at = made.length - 1; at >= 0; at--) {
    const { outcome } = made[at].trace;
    if (!outcome.ok && (outcome.message ? message.includes(outcome.message) : message.includes(outcome.code))) return { nth: at + 1, trace: made[at].trace };
  }
  return undefined;
}
