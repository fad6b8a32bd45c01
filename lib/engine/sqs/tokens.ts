import { fromBase64, isBase64, strictUtf8Text, toBase64, utf8 } from "../crypto/bytes";
import type { Failure } from "../errors";
import { sqsErrors } from "./errors";

/** Source: SQS API, ListQueues (MaxResults). */
const most = 1_000;

/** A page of names in order; there is a token only where MaxResults asks for pages. It holds the list and the last name. Errors: InvalidParameterValue. */
export function page(list: string, names: readonly string[], { NextToken, MaxResults }: { NextToken?: string; MaxResults?: number }): { names: string[]; NextToken?: string } | Failure {
  if (MaxResults !== undefined && (MaxResults < 1 || MaxResults > most)) return sqsErrors.badValue(String(MaxResults), "MaxResults", `MaxResults must be an integer between 1 and ${most}.`);
  const mark = `${list}\0`;
  const text = NextToken !== undefined && isBase64(NextToken) ? strictUtf8Text(fromBase64(NextToken)) : undefined;
  if (NextToken !== undefined && !text?.startsWith(mark)) return sqsErrors.badValue(NextToken, "NextToken", "The specified token is not valid.");
  const after = text?.slice(mark.length) ?? "";
  const rest = names.filter((name) => name > after);
  const taken = rest.slice(0, MaxResults ?? most);
  return { names: taken, ...(rest.length > taken.length && MaxResults !== undefined ? { NextToken: toBase64(utf8(mark + taken.at(-1)!)) } : {}) };
}
