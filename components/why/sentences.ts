import type {
  CostLine,
  Decision,
  JournalEntry,
  LayerKind,
  LayerTrace,
  PartTrace,
  PolicyTrace,
  StatementTrace,
  Step,
  Trace,
} from "@/lib/engine/types";
import { jobSentence } from "../strip/job-words";

/**
 * What a trace says, in words. Every sentence here is built from the trace alone: change a policy, and the words change
 * because the decision did. Pure, so that tests can hold them to that.
 */

const layerNames: Record<LayerKind, string> = {
  ServiceControlPolicy: "service control policies",
  ResourceControlPolicy: "resource control policies",
  PermissionsBoundary: "permissions boundary",
  SessionPolicy: "session policy",
  IdentityPolicy: "identity policies",
  ResourcePolicy: "resource policy",
  Grant: "grants",
};

/** A layer's name as it is called for this action: KMS has key policies, STS trust policies. */
export function layerName(kind: LayerKind, action: string): string {
  if (kind !== "ResourcePolicy") return layerNames[kind];
  if (action.startsWith("kms:")) return "key policy";
  return action.startsWith("sts:AssumeRole") ? "trust policy" : "resource policy";
}

/** `“AllowUse”`, or by its place, counted from 1. */
export const statementName = ({ Sid, index }: Pick<StatementTrace, "Sid" | "index">): string =>
  Sid ? `“${Sid}”` : `statement ${index + 1}`;

const policyName = ({ name, from }: PolicyTrace): string => (from ? `${name} (${from})` : name);

/** Who called, short: `admin`, `role app`, `root of 111122223333`, `kms.amazonaws.com`. */
export function principalName(arn: string | undefined): string {
  if (!arn) return "an unknown caller";
  const [, , service, , account, resource] = arn.split(":");
  if (!resource) return arn;
  if (resource === "root") return `root of ${account}`;
  const parts = resource.split("/");
  return service === "sts" ? `role ${parts[1]}` : parts[parts.length - 1];
}

/** What a resource is called where there is little room. */
export function resourceName(arn: string): string {
  if (arn === "*") return "no particular resource";
  const resource = arn.split(":").slice(5).join(":");
  if (resource.startsWith("secret:")) return `the secret ${resource.slice("secret:".length).replace(/-[A-Za-z0-9?]{6}$/, "")}`;
  const [type, ...rest] = resource.split("/");
  if (!rest.length) return resource || arn;
  if (type === "key") return `the key …${rest[0].slice(-4)}`;
  if (type === "parameter") return `the parameter ${rest.length > 1 ? "/" : ""}${rest.join("/")}`;
  return `${type} ${rest.join("/")}`;
}

/** The layer, policy and statement that decided, where one of each did. */
export function decider(decision: Decision): { layer?: LayerTrace; policy?: PolicyTrace; statement?: StatementTrace } {
  const { layer: at, policy: policyAt, statement: statementAt } = decision.because;
  const layer = decision.layers[at];
  const policy = policyAt === undefined ? undefined : layer?.policies[policyAt];
  const statement = statementAt === undefined ? undefined : policy?.statements.find(({ index }) => index === statementAt);
  return { layer, policy, statement };
}

/** What decided, as the end of a sentence: `statement “AllowUse” of the key policy default`. */
function deciderPhrase(decision: Decision): string | undefined {
  const { layer, policy, statement } = decider(decision);
  if (!layer) return undefined;
  const name = layerName(layer.kind, decision.action);
  if (layer.kind === "Grant") {
    const grant = layer.grants?.find(({ matched }) => matched);
    return grant ? `the grant ${grant.id.slice(0, 8)}…` : "a grant";
  }
  if (!policy) return `the ${name}`;
  // A key has one policy, and it is always called `default`: its name says nothing more.
  const where = layer.kind === "ResourcePolicy" ? `the ${name}` : `${policyName(policy)}`;
  return statement ? `${statement.Sid ? "statement " : ""}${statementName(statement)} of ${where}` : where;
}

const list = (words: string[], and = "and"): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${and} ${words[words.length - 1]}`;
export const lowerFirst = (text: string): string =>
  /^(The|No|Nothing|A|This|Resource|Service|Root) ?/.test(text) ? text[0].toLowerCase() + text.slice(1) : text;
export const upperFirst = (text: string): string => text[0].toUpperCase() + text.slice(1);

/** The decision in one sentence. */
export function decisionSentence(decision: Decision): string {
  const what = `${principalName(decision.principal)} ${decision.effect === "Allow" ? "may" : "may not"} ${decision.action}${decision.resource === "*" ? "" : ` on ${resourceName(decision.resource)}`}`;
  if (decision.effect === "Allow") return `${what}: ${grantedBy(decision)}.`;
  if (decision.effect === "ExplicitDeny")
    return `${what}: denied by ${deciderPhrase(decision) ?? "a statement"}. A deny ends the matter, whatever allows it.`;
  return `${what}: ${missingPhrase(decision)}.`;
}

function missingPhrase(decision: Decision): string {
  const missing = (decision.missing ?? []).map((kind) => layerName(kind, decision.action));
  if (missing.length === 0) return "nothing allowed it";
  const has = missing.length === 1 && !missing[0].endsWith("s") ? "does not allow it" : "do not allow it";
  const needed =
    missing.length > 1
      ? ", and each of them would have to"
      : decision.crossAccount
        ? ", and a call from another account needs a yes on both sides"
        : "";
  return `nothing allowed it: the ${list(missing)} ${has}${needed}`;
}

/** What a layer said, in a few words; its heading is the layer's name. */
export function layerSentence(layer: LayerTrace, action: string): string {
  const remark = layer.remark ? `${layer.remark}.` : "";
  const matching = layer.policies.flatMap((policy) =>
    policy.statements.filter(({ matched }) => matched).map((statement) => ({ policy, statement })),
  );
  const named = (effect: "Allow" | "Deny") =>
    list(matching.filter(({ statement }) => statement.Effect === effect).map(({ statement }) => statementName(statement)));
  switch (layer.outcome) {
    case "NotApplicable":
      return remark || "There is none, and none is needed.";
    case "ExplicitDeny":
      return `${upperFirst(named("Deny") || "A statement")} denies it.`;
    case "Allow": {
      if (layer.kind === "Grant")
        return `${count(layer.grants?.filter(({ matched }) => matched).length ?? 0, "grant")} of ${layer.grants?.length ?? 0} allows it.`;
      const by = named("Allow");
      if (leavesToIam(layer, action))
        return `${upperFirst(by)} lets the whole account in, and so leaves it to the account's identity policies.`;
      return by ? `${upperFirst(by)} allows it.` : remark || "It allows it.";
    }
    case "ImplicitDeny": {
      if (remark) return remark;
      if (layer.kind === "Grant") return `None of ${count(layer.grants?.length ?? 0, "grant")} allows it.`;
      const statements = layer.policies.reduce((sum, { statements }) => sum + statements.length, 0);
      if (statements === 0) return `It has no statement about ${action}.`;
      return statements === 1
        ? "Its only statement does not allow it."
        : `None of its ${statements.toLocaleString("en")} statements allows it.`;
    }
  }
}

/**
 * A key policy that names the account does not allow its users anything by itself: it lets the account's identity policies
 * decide. True when all that matched is of that kind. Source: KMS Developer Guide, "Default key policy".
 */
export function leavesToIam(layer: LayerTrace, action: string): boolean {
  if (layer.kind !== "ResourcePolicy" || layer.outcome !== "Allow" || !action.startsWith("kms:")) return false;
  const allowing = layer.policies.flatMap(({ statements }) => statements.filter(({ matched, Effect }) => matched && Effect === "Allow"));
  return (
    allowing.length > 0 &&
    allowing.every(({ parts }) => {
      const principal = parts.find(({ part }) => part === "Principal");
      // `got` are the caller's names, the most particular first, its account's root last.
      return (
        !!principal &&
        !principal.got[0]?.endsWith(":root") &&
        !principal.wanted.some(
          (name) => name === "*" || /^A[A-Z]{3}[A-Z0-9]{12,}/.test(name) || (principal.got.includes(name) && !name.endsWith(":root")),
        )
      );
    })
  );
}

export const count = (n: number, one: string): string => `${n.toLocaleString("en")} ${n === 1 ? one : `${one}s`}`;

/** One part of a statement against the request. */
export function partSentence(part: PartTrace): string {
  const wanted = part.wanted.length ? list(part.wanted.map(quote), "or") : "nothing";
  const got = part.got.length ? list(part.got.map(quote)) : undefined;
  const verb = part.matched ? "matches" : "does not match";
  if (part.part === "Condition") {
    const test = `${part.operator ?? "Condition"} ${part.key ?? ""}`.trim();
    if (part.notEvaluated) return `${test}: Keyhole does not evaluate this, so the statement does not match.`;
    return got === undefined
      ? `${test} wants ${wanted}; the request has no such key, so it ${verb}.`
      : `${test} wants ${wanted}; the request has ${got}, so it ${verb}.`;
  }
  if (part.part.startsWith("Not")) return `${part.part} leaves out ${wanted}; the request has ${got ?? "nothing"}, so it ${verb}.`;
  return `${part.part} ${wanted} ${verb} ${got ?? "nothing"}.`;
}

const quote = (text: string): string => (text.length > 140 ? `${text.slice(0, 100)}…` : text);

// ---------------------------------------------------------------- a call

export type Outcome = "Allow" | "ExplicitDeny" | "ImplicitDeny" | "Error";

/** How a call ended, as the strip draws it: refused by policy, or failed otherwise. */
export function outcomeOf(trace: Trace): Outcome {
  if (trace.outcome.ok) return "Allow";
  if (!wasRefused(trace)) return "Error";
  return refusal(trace)?.effect === "ExplicitDeny" ? "ExplicitDeny" : "ImplicitDeny";
}

/** By a policy, on the call itself or on one that it had to make: SSM's answer is then the one that KMS gave it. */
function wasRefused({ outcome, steps }: Trace): boolean {
  if (outcome.ok) return false;
  if (outcome.stage === "permission") return true;
  return (
    outcome.stage === "handler" &&
    steps.some(
      (step) => step.kind === "call" && !step.trace.outcome.ok && step.trace.outcome.code === outcome.code && wasRefused(step.trace),
    )
  );
}

/** The decision that refused a call: its own, or that of a call it made on the way. */
export function refusal(trace: Trace): Decision | undefined {
  for (const step of trace.steps.toReversed()) {
    if (step.kind === "decision" && step.decision.effect !== "Allow") return step.decision;
    if (step.kind === "call" && !step.trace.outcome.ok) {
      const inner = refusal(step.trace);
      if (inner) return inner;
    }
  }
  return undefined;
}

const doors: Record<string, string> = {
  console: "from the console",
  terminal: "from the terminal",
  code: "from code",
  wire: "over HTTP",
  lesson: "by the lesson",
  figure: "from a figure",
  proof: "by a proof",
  lambda: "from a function",
  clock: "by the clock",
  test: "by a test",
};

/** One entry of the journal in one or two sentences. */
export function entrySentence(entry: JournalEntry): string {
  const { trace } = entry;
  if (entry.kind === "advance") return `The clock was moved ${duration(entry.by ?? 0)} ahead.`;
  if (entry.kind === "account") return `The account ${entry.account ?? trace.account} was made, with its user admin.`;
  if (entry.kind === "job") return jobSentence(entry) ?? `When it was due, ${trace.service} ran ${trace.operation}.`;
  const who = trace.principal ? principalName(trace.principal) : callerWords(entry);
  const said = `${who} called ${trace.service}:${trace.operation} ${doors[entry.door] ?? ""}`.trim();
  if (trace.outcome.ok) {
    const decision = trace.steps.find((step) => step.kind === "decision");
    return decision?.kind === "decision" && decision.decision.effect === "Allow"
      ? `${said}: ${grantedBy(decision.decision)}.`
      : `${said}: done; AWS asks no permission for it.`;
  }
  const { stage, code } = trace.outcome;
  if (wasRefused(trace)) {
    const decision = refusal(trace);
    if (decision)
      return `${said}: ${code}. ${decision.action === `${trace.service}:${trace.operation}` ? upperFirst(refusedBy(decision)) : `It also needs ${decision.action}, and ${refusedBy(decision)}`}.`;
  }
  return `${said}: ${code}${stageWords[stage]}.`;
}

const stageWords = {
  operation: ", before anything was looked at",
  shape: ": the input was not accepted",
  caller: ": the caller was not recognised",
  permission: "",
  handler: "",
} as const;

function callerWords({ call }: JournalEntry): string {
  const caller = call?.caller;
  if (!caller) return "somebody";
  if ("accessKeyId" in caller) return `the access key ${caller.accessKeyId}`;
  return "root" in caller ? `root of ${caller.account}` : "user" in caller ? caller.user : `role ${caller.role}`;
}

const grantedBy = (decision: Decision): string => {
  const { layer, policy } = decider(decision);
  // Root has no policies that could have allowed it: the reason is a fact of its own.
  if (layer?.kind === "IdentityPolicy" && !policy && layer.remark) return `allowed: ${lowerFirst(layer.remark)}`;
  const by = deciderPhrase(decision);
  return by ? `allowed by ${by}` : "allowed";
};
const refusedBy = (decision: Decision): string =>
  decision.effect === "ExplicitDeny" ? `denied by ${deciderPhrase(decision) ?? "a statement"}` : missingPhrase(decision);

// ---------------------------------------------------------------- steps

const cryptoWords: Record<Extract<Step, { kind: "crypto" }>["what"], string> = {
  encrypt: "Encrypted",
  decrypt: "Decrypted",
  "generate-key": "Made a key",
  "generate-data-key": "Made a data key",
  sign: "Signed",
  verify: "Verified",
  mac: "Made a MAC",
  "verify-mac": "Verified a MAC",
  random: "Drew random bytes",
  wrap: "Wrapped a key",
  unwrap: "Unwrapped a key",
  derive: "Derived a key",
};

/** A step that is neither a decision nor a nested call, in one sentence. */
export function stepSentence(step: Exclude<Step, { kind: "decision" } | { kind: "call" }>): string {
  switch (step.kind) {
    case "shape":
      return step.ok ? "The input has the form that the API wants." : `The input was not accepted: ${step.problems.join("; ")}.`;
    case "caller":
      return step.ok
        ? `The caller is ${step.principal?.service ?? step.principal?.arn ?? "known"}.`
        : `The caller was not recognised${step.problem ? `: ${step.problem}` : ""}.`;
    case "crypto":
      return `${cryptoWords[step.what]} with ${step.algorithm}: ${count(step.bytesIn, "byte")} in, ${count(step.bytesOut, "byte")} out.`;
    case "lookup":
      return `Looked up the ${step.what} ${shortId(step.id)}: ${step.found ? "found" : "there is none"}${step.detail && step.detail !== step.id ? ` (${step.detail})` : ""}.`;
    case "check":
      return `${upperFirst(step.what)}: ${step.detail ?? (step.ok ? "passed" : "failed")}.`;
    case "outside":
      return step.request === "run-function" ? "The function’s code ran." : step.request === "rsa-key-pair" ? "The browser made an RSA key pair." : step.request.startsWith("ml-dsa") ? "The browser did the ML-DSA arithmetic." : step.request.startsWith("curve-") ? "The browser did the arithmetic on the elliptic curve." : step.request === "aes-key-unwrap" ? "The browser took the key material out of its AES wrapping." : `Waited for ${step.request}.`;
    case "change":
      return `${upperFirst(step.change)} ${step.service} ${step.table} ${step.id}.`;
    case "match":
      return `The rule ${step.rule.slice(step.rule.indexOf(":rule/") + 6)} ${step.matched ? "matches the event." : `does not match it: ${step.remark ?? list(step.branches.map(({ fields }) => fieldPhrase(fields.find(({ matched }) => !matched))), "and")}.`}`;
    case "inspection":
      return `The web ACL ${step.webACL.split("/").at(-2)} inspected the request: ${step.result.action}, ${step.result.terminatingRuleId === "Default_Action" ? "by its default action" : `by the rule ${step.result.terminatingRuleId}${step.result.ruleWithinGroup === undefined ? "" : ` (${step.result.ruleWithinGroup})`}`}.`;
    case "event":
      return `Sent the event “${step.detailType}” from ${step.source}.`;
    case "job":
      return `Put down ${step.what} for ${new Date(step.due).toISOString().slice(0, 16).replace("T", " ")} UTC.`;
  }
}

/** Why a field of an event does not fit a rule's pattern, as the end of a sentence. */
export function fieldPhrase(field: { path: string; wanted: string[]; got: string[]; elsewhere?: boolean } | undefined): string {
  if (!field) return "its parts do not fit together";
  const { path, wanted, got, elsewhere } = field;
  const wants = `the pattern wants ${list(wanted, "or")}`;
  if (elsewhere) return `${path} is ${list(wanted, "or")} only in another member of the list than the other fields`;
  return got.length ? `${path} is ${list(got)}, and ${wants}` : `the event has no ${path}, and ${wants}`;
}

const shortId = (id: string): string => (/^[0-9a-f]{40,}$/.test(id) ? `${id.slice(0, 8)}…${id.slice(-4)}` : id);

/** Milliseconds in words: `30 days`, `5 minutes`. */
export function duration(ms: number): string {
  for (const [unit, size] of [
    ["day", 86_400_000],
    ["hour", 3_600_000],
    ["minute", 60_000],
    ["second", 1_000],
  ] as const)
    if (ms >= size) return count(Math.round(ms / size), unit);
  return count(Math.round(ms), "millisecond");
}

/** All cost lines of a call and of the calls it made. */
export function allCosts(trace: Trace): CostLine[] {
  return [...trace.cost, ...trace.steps.flatMap((step) => (step.kind === "call" ? allCosts(step.trace) : []))];
}
