import { allPages, leaveOut, refusalOf, type Ask } from "../frame/use-load";
import type { Sheet } from "../frame/use-pages";
import type { Alias, FunctionAnswer, FunctionConfiguration, Subject } from "./lambda-types";

/** A page of the Region's functions. */
export async function loadFunctions(ask: Ask, from?: string): Promise<Sheet<FunctionConfiguration>> {
  const page = await ask<{ Functions: FunctionConfiguration[]; NextMarker?: string }>("lambda", "ListFunctions", from ? { Marker: from } : {});
  return { items: page.Functions, ...(page.NextMarker && { next: page.NextMarker }) };
}

/** One function, version or alias, with its tags and reserved concurrency. */
export const loadFunction = (ask: Ask, subject: Subject): Promise<FunctionAnswer> => ask<FunctionAnswer>("lambda", "GetFunction", named(subject));

/** `FunctionName` and, where there is one, `Qualifier`. */
export const named = ({ name, qualifier }: Subject): { FunctionName: string; Qualifier?: string } => ({
  FunctionName: name,
  ...(qualifier !== undefined && { Qualifier: qualifier }),
});

/** $LATEST first, then the published ones, newest first. */
export async function loadVersions(ask: Ask, name: string): Promise<FunctionConfiguration[]> {
  const all = await allPages<FunctionConfiguration>(async (Marker) => {
    const page = await ask("lambda", "ListVersionsByFunction", { FunctionName: name, ...(Marker && { Marker }) });
    return { items: page.Versions, next: page.NextMarker };
  });
  const number = ({ Version }: FunctionConfiguration): number => (Version === "$LATEST" ? Infinity : Number(Version));
  return all.sort((a, b) => (number(a) < number(b) ? 1 : -1));
}

export const loadAliases = (ask: Ask, name: string): Promise<Alias[]> =>
  allPages<Alias>(async (Marker) => {
    const page = await ask("lambda", "ListAliases", { FunctionName: name, ...(Marker && { Marker }) });
    return { items: page.Aliases, next: page.NextMarker };
  });

export interface PolicyStatement {
  Sid: string;
  Effect: string;
  Principal: "*" | Record<string, string>;
  Action: string;
  Resource: string;
  Condition?: Record<string, Record<string, string>>;
}

/** Statements of a function's own policy; none where it has no policy, which AWS answers with an error. */
export async function loadPolicy(ask: Ask, subject: Subject): Promise<PolicyStatement[]> {
  try {
    const { Policy } = await ask<{ Policy: string }>("lambda", "GetPolicy", named(subject));
    return (JSON.parse(Policy) as { Statement: PolicyStatement[] }).Statement;
  } catch (thrown) {
    const { reply } = refusalOf(thrown);
    if (reply.error.code === "ResourceNotFoundException" && reply.error.message?.startsWith("The resource you requested")) return [];
    throw thrown;
  }
}

/** What asynchronous invocations do; undefined where nothing was set. */
export const loadInvokeConfig = (ask: Ask, subject: Subject): Promise<InvokeConfig | undefined> =>
  ask<InvokeConfig>("lambda", "GetFunctionEventInvokeConfig", named(subject)).catch((thrown: unknown) => {
    const { reply } = refusalOf(thrown);
    if (reply.error.code === "ResourceNotFoundException") return undefined;
    throw thrown;
  });

export interface InvokeConfig {
  MaximumRetryAttempts?: number;
  MaximumEventAgeInSeconds?: number;
}

export interface AccountLimits {
  ConcurrentExecutions: number;
  UnreservedConcurrentExecutions: number;
}

/** The account's concurrency; undefined for a caller who may not know. */
export const loadLimits = (ask: Ask): Promise<AccountLimits | undefined> =>
  ask<{ AccountLimit: AccountLimits }>("lambda", "GetAccountSettings").then(({ AccountLimit }) => AccountLimit, leaveOut);
