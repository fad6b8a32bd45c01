import { compileCondition, type CompiledCondition } from "./conditions";
import { readPolicy, type PolicyDocument } from "./grammar";
import { compileGlob, type Glob } from "./glob";
import { compilePrincipals, type CompiledPrincipals, type PrincipalForm } from "./principals";
import type { PartTrace, PolicyStatement, StatementTrace } from "../../types";

/** A list of patterns with the outcomes of recent comparisons, which are the same objects each time. */
export interface CompiledPatterns {
  part: "Action" | "NotAction" | "Resource" | "NotResource";
  wanted: string[];
  globs: Glob[];
  /** Condition keys that variables in the patterns read, as written. */
  keys: readonly string[];
  /** By the text compared. */
  seen: Map<string, PartTrace>;
  /** Of patterns with variables: by the text compared, then by the values of the variables. */
  seenWith: Map<string, Map<string, PartTrace>>;
}

export interface CompiledStatement {
  index: number;
  Sid?: string;
  Effect: "Allow" | "Deny";
  principal?: CompiledPrincipals;
  action?: CompiledPatterns;
  resource?: CompiledPatterns;
  conditions: CompiledCondition[];
  seenPrincipals: Map<string, { part: PartTrace; form?: PrincipalForm }>;
  /** The last answer, given again while its parts are the same. */
  last?: StatementAnswer;
}

export interface StatementAnswer {
  trace: StatementTrace;
  /** How the statement names the caller. */
  form?: PrincipalForm;
}

/** A condition key that conditions or variables read, as written and in lower case. */
export interface Read {
  key: string;
  lowerKey: string;
}

export interface CompiledPolicy {
  document?: PolicyDocument;
  statements: CompiledStatement[];
  /** All that it reads of a request beside principal, action and resource. */
  reads: readonly Read[];
  /** Why the text is no policy. */
  problem?: string;
}

const list = (value: string | string[]): string[] => (Array.isArray(value) ? value : [value]);

function patterns(part: CompiledPatterns["part"], value: string | string[], variables: boolean): CompiledPatterns {
  const wanted = list(value);
  const action = part === "Action" || part === "NotAction";
  const globs = wanted.map((text) => (action ? compileGlob(text.toLowerCase(), "plain", false) : compileGlob(text, "resource", variables)));
  return { part, wanted, globs, keys: globs.flatMap(({ keys }) => keys), seen: new Map(), seenWith: new Map() };
}

export function compileStatement(statement: PolicyStatement, index: number, variables: boolean): CompiledStatement {
  const compiled: CompiledStatement = { index, Effect: statement.Effect, conditions: [], seenPrincipals: new Map() };
  if (statement.Sid !== undefined) compiled.Sid = statement.Sid;
  if (statement.Principal !== undefined) compiled.principal = compilePrincipals(statement.Principal, false);
  else if (statement.NotPrincipal !== undefined) compiled.principal = compilePrincipals(statement.NotPrincipal, true);
  if (statement.Action !== undefined) compiled.action = patterns("Action", statement.Action, variables);
  else if (statement.NotAction !== undefined) compiled.action = patterns("NotAction", statement.NotAction, variables);
  if (statement.Resource !== undefined) compiled.resource = patterns("Resource", statement.Resource, variables);
  else if (statement.NotResource !== undefined) compiled.resource = patterns("NotResource", statement.NotResource, variables);
  for (const [operator, keys] of Object.entries(statement.Condition ?? {})) {
    for (const [key, values] of Object.entries(keys)) {
      compiled.conditions.push(compileCondition(operator, key, [values].flat().map(String), variables));
    }
  }
  return compiled;
}

function readsOf(statements: readonly CompiledStatement[]): Read[] {
  const keys = new Set<string>();
  for (const { action, resource, conditions } of statements) {
    for (const { key, test } of conditions) for (const read of [key, ...(test.keys ?? [])]) keys.add(read);
    for (const patterns of [action, resource]) for (const key of patterns?.keys ?? []) keys.add(key);
  }
  return [...keys].map((key) => ({ key, lowerKey: key.toLowerCase() }));
}

const CACHE_LIMIT = 500;
const cache = new Map<string, CompiledPolicy>();

function compileDocument(document: PolicyDocument): CompiledPolicy {
  const statements = document.Statement.map((s, i) => compileStatement(s, i, document.Version === "2012-10-17"));
  return { document, statements, reads: readsOf(statements) };
}

/** Reads a policy's JSON text; the outcome is kept by its text, for the last few hundred policies. */
export function compilePolicy(text: string): CompiledPolicy {
  const kept = cache.get(text);
  if (kept) return kept;
  const read = readPolicy(text);
  const compiled: CompiledPolicy = read.ok ? compileDocument(read.document) : { statements: [], reads: [], problem: read.problem };
  if (cache.size >= CACHE_LIMIT) cache.delete(cache.keys().next().value!);
  cache.set(text, compiled);
  return compiled;
}
