import { compilePolicy, type CompiledPatterns, type CompiledStatement, type StatementAnswer } from "./compile";
import { explainCondition } from "./conditions";
import { keep } from "./keep";
import { matchGlob, variablesKey, type Lookup } from "./glob";
import { explainPrincipals, stronger, type PrincipalForm } from "./principals";
import type { AttachedPolicy, ConditionContext, PartTrace, PolicyTrace, Principal, StatementTrace } from "../../types";

/**
 * Statements against one request. Pure: same policies and question, same answer.
 * Traces are shared between answers where nothing in them differs: they are to be read, never changed.
 * Source: IAM User Guide, "Policy evaluation logic", "IAM JSON policy element reference".
 */

export interface Question {
  principal: Principal;
  action: string;
  resource: string;
  context: ConditionContext;
  /** The caller has a permissions boundary. */
  bounded?: boolean;
}

/** A question made ready once for all the policies that it is put to. */
export interface Prepared extends Question {
  lowerAction: string;
  /** All that a Principal element can ask about the caller. */
  principalKey: string;
  /** Value of a condition key, whatever its case; `key` is how it is most likely written. */
  value(key: string, lowerKey: string): string | string[] | undefined;
  lookup: Lookup;
}

const lowered = new Map<string, string>();
function lower(text: string): string {
  let out = lowered.get(text);
  if (out === undefined) {
    out = text.toLowerCase();
    if (lowered.size >= 2000) lowered.clear();
    lowered.set(text, out);
  }
  return out;
}

const principalKeys = new WeakMap<Principal, string>();
function principalKeyOf(principal: Principal): string {
  let key = principalKeys.get(principal);
  if (key === undefined) {
    key = `${principal.type} ${principal.arn} ${principal.userId} ${principal.roleArn ?? principal.userArn ?? ""} ${principal.service ?? ""}`;
    principalKeys.set(principal, key);
  }
  return key;
}

/** `lookup` is made when somebody asks for it: most policies have no variables. */
class PreparedQuestion implements Prepared {
  readonly principal: Principal;
  readonly action: string;
  readonly resource: string;
  readonly context: ConditionContext;
  readonly bounded: boolean | undefined;
  readonly lowerAction: string;
  readonly principalKey: string;
  private values: Map<string, string | string[]> | undefined;
  private find: Lookup | undefined;

  constructor({ principal, action, resource, context, bounded }: Question) {
    this.principal = principal;
    this.action = action;
    this.resource = resource;
    this.context = context;
    this.bounded = bounded;
    this.lowerAction = lower(action);
    this.principalKey = bounded ? `${principalKeyOf(principal)} bounded` : principalKeyOf(principal);
  }

  value(key: string, lowerKey: string): string | string[] | undefined {
    const { context } = this;
    if (Object.hasOwn(context, key)) return context[key];
    if (!this.values) {
      this.values = new Map();
      for (const name of Object.keys(context)) this.values.set(lower(name), context[name]);
    }
    return this.values.get(lowerKey);
  }

  get lookup(): Lookup {
    // Only single-valued keys can stand for a variable.
    return (this.find ??= (key) => {
      const found = this.value(key, lower(key));
      return typeof found === "string" ? found : undefined;
    });
  }
}

export const prepare = (question: Question): Prepared => new PreparedQuestion(question);

/** What a kind of policy must hold for its statements to have effect. */
export interface PolicyForm {
  /** Resource-based policies and resource control policies name principals; the others never do. */
  principal: boolean;
  /** Trust policies name no resource: they are the role's own. */
  resource: boolean;
}

export const identityForm: PolicyForm = { principal: false, resource: true };
export const resourceForm: PolicyForm = { principal: true, resource: true };
export const trustForm: PolicyForm = { principal: true, resource: false };

export interface PolicyAnswer {
  trace: PolicyTrace;
  /** Index of the first statement that denied. */
  deny?: number;
  /** Index of the first statement that allowed, and of each that did, by how it named the caller. */
  allow?: number;
  form?: PrincipalForm;
  /** The first statement that delegates to the account. */
  delegates?: number;
}

const absent: Record<string, PartTrace> = Object.fromEntries(
  (["Principal", "Action", "Resource"] as const).map((part) => [part, { part, matched: false, wanted: [], got: [] }]),
);

function comparePatterns(patterns: CompiledPatterns, got: string, text: string, question: Prepared): PartTrace {
  if (patterns.keys.length === 0) return patterns.seen.get(got) ?? keep(patterns.seen, got, matchPatterns(patterns, got, text));
  const { lookup } = question;
  let kept = patterns.seenWith.get(got);
  if (!kept) keep(patterns.seenWith, got, (kept = new Map()));
  const key = variablesKey(patterns.keys, lookup);
  return kept.get(key) ?? keep(kept, key, matchPatterns(patterns, got, text, lookup));
}

function matchPatterns(patterns: CompiledPatterns, got: string, text: string, lookup?: Lookup): PartTrace {
  const variables: Record<string, string> = {};
  const found = patterns.globs.some((glob) => matchGlob(glob, text, lookup, variables));
  const negated = patterns.part === "NotAction" || patterns.part === "NotResource";
  const part: PartTrace = { part: patterns.part, matched: found !== negated, wanted: patterns.wanted, got: [got] };
  if (Object.keys(variables).length > 0) part.variables = variables;
  return part;
}

function principalPart(statement: CompiledStatement, { principal, principalKey: key, bounded }: Prepared) {
  return (
    statement.seenPrincipals.get(key) ??
    keep(statement.seenPrincipals, key, explainPrincipals(statement.principal!, principal, statement.Effect, bounded))
  );
}

/** Each part of the statement is compared, also after one has failed: the learner sees them all. */
export function explainStatement(
  statement: CompiledStatement,
  question: Prepared,
  form: PolicyForm,
): StatementAnswer {
  let principal: PartTrace | undefined;
  let named: PrincipalForm | undefined;
  if (form.principal) {
    if (!statement.principal) principal = absent.Principal;
    else ({ part: principal, form: named } = principalPart(statement, question));
  }
  const action = statement.action
    ? comparePatterns(statement.action, question.action, question.lowerAction, question)
    : absent.Action;
  const resource = statement.resource
    ? comparePatterns(statement.resource, question.resource, question.resource, question)
    : form.resource
      ? absent.Resource
      : undefined;

  const parts: PartTrace[] = principal ? [principal, action] : [action];
  if (resource) parts.push(resource);
  for (const condition of statement.conditions)
    parts.push(explainCondition(condition, question.value(condition.key, condition.lowerKey), question.lookup));

  const { last } = statement;
  if (last && same(last.trace.parts, parts)) return last;
  const matched = parts.every((part) => part.matched);
  const trace: StatementTrace =
    statement.Sid === undefined
      ? { index: statement.index, Effect: statement.Effect, matched, parts }
      : { index: statement.index, Sid: statement.Sid, Effect: statement.Effect, matched, parts };
  return (statement.last = { trace, form: named });
}

function same(a: PartTrace[], b: PartTrace[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** The last answer of a policy, given again while each statement says the same. */
const lastAnswers = new WeakMap<AttachedPolicy, { statements: CompiledStatement[]; answer: PolicyAnswer }>();

/** One policy against one question. A document that is no policy allows and denies nothing, and the trace says why. */
export function explainPolicy(policy: AttachedPolicy, question: Prepared, form: PolicyForm): PolicyAnswer {
  const compiled = compilePolicy(policy.document);
  const explained = compiled.statements.map((statement) => explainStatement(statement, question, form));
  const last = lastAnswers.get(policy);
  if (last?.statements === compiled.statements && explained.every(({ trace }, i) => trace === last.answer.trace.statements[i])) return last.answer;
  const trace: PolicyTrace = { name: policy.name, statements: explained.map((one) => one.trace) };
  if (policy.arn !== undefined) trace.arn = policy.arn;
  if (policy.from !== undefined) trace.from = policy.from;
  if (compiled.problem !== undefined) trace.problem = compiled.problem;
  const answer: PolicyAnswer = { trace };
  compiled.statements.forEach((statement, i) => {
    if (!explained[i].trace.matched) return;
    if (statement.Effect === "Deny") answer.deny ??= statement.index;
    else {
      const named = explained[i].form;
      if (named === "account") answer.delegates ??= statement.index;
      const best = stronger(answer.form, named);
      if (answer.allow === undefined || best !== answer.form) answer.allow = statement.index;
      answer.form = best;
    }
  });
  lastAnswers.set(policy, { statements: compiled.statements, answer });
  return answer;
}
