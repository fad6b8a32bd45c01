import { isConditionOperator, parseDate } from "./conditions";
import { parseIp } from "./ip";
import { listOf, memberOf, type JsonNode, type Member, type NodeOf } from "./warnings-json";
import { checkVariables, textsOf } from "./warnings-parts";
import type { Path, StatementCheck } from "./warnings-types";
import {
  conditionKey,
  conditionKeys,
  isAcrossServices,
  isListedPrefix,
  isServicePrefix,
  nearest,
  type ConditionKey,
} from "./warnings-words";

/**
 * The Condition element: operators, keys, and whether the two fit. Sources: IAM User Guide, "Condition operators",
 * "Set operators for multivalued context keys", "Policy elements: Variables and tags".
 */

/** Operators as AWS writes them, without prefix and suffix. */
export const operatorNames = [
  "StringEquals",
  "StringNotEquals",
  "StringEqualsIgnoreCase",
  "StringNotEqualsIgnoreCase",
  "StringLike",
  "StringNotLike",
  "NumericEquals",
  "NumericNotEquals",
  "NumericLessThan",
  "NumericLessThanEquals",
  "NumericGreaterThan",
  "NumericGreaterThanEquals",
  "DateEquals",
  "DateNotEquals",
  "DateLessThan",
  "DateLessThanEquals",
  "DateGreaterThan",
  "DateGreaterThanEquals",
  "Bool",
  "BinaryEquals",
  "IpAddress",
  "NotIpAddress",
  "ArnEquals",
  "ArnLike",
  "ArnNotEquals",
  "ArnNotLike",
  "Null",
];

type Family = "String" | "Numeric" | "Date" | "Bool" | "Binary" | "Ip" | "Arn" | "Null";

interface Operator {
  family: Family;
  set?: "ForAllValues" | "ForAnyValue";
  ifExists: boolean;
  negated: boolean;
  /** Wildcards mean something in its values. */
  wildcards: boolean;
}

function operatorOf(written: string): Operator | undefined {
  if (!isConditionOperator(written)) return undefined;
  const [, set, base, suffix] = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/i.exec(written)!;
  const lower = base.toLowerCase();
  const family =
    (["String", "Numeric", "Date", "Bool", "Binary", "Arn", "Null"] as const).find((name) => lower.startsWith(name.toLowerCase())) ?? "Ip";
  return {
    family,
    ifExists: suffix !== undefined,
    negated: lower.includes("not"),
    wildcards: family === "Arn" || lower.includes("like"),
    ...(set ? { set: set.toLowerCase() === "forallvalues" ? "ForAllValues" : "ForAnyValue" } : {}),
  };
}

/** Families that compare a kind of value as it is meant. */
const fits: Record<ConditionKey["kind"], Family[]> = {
  string: ["String"],
  arn: ["Arn", "String"],
  numeric: ["Numeric"],
  date: ["Date", "Numeric"],
  bool: ["Bool", "String"],
  ip: ["Ip"],
  any: ["String", "Numeric", "Date", "Bool", "Binary", "Ip", "Arn"],
};
const advice: Record<ConditionKey["kind"], string> = {
  string: "a text: String operators compare it",
  arn: "an ARN: ArnLike or ArnEquals compare it",
  numeric: "a number: Numeric operators compare it",
  date: "a time: Date operators compare it",
  bool: "true or false: Bool compares it",
  ip: "an address: IpAddress and NotIpAddress compare it",
  any: "a text",
};

/** One of the values that a key is compared with. */
interface Value {
  node: JsonNode;
  path: Path;
}

export function checkConditions(check: StatementCheck): void {
  const { statement, path, tell } = check;
  const condition = memberOf(statement, "Condition");
  if (!condition?.value) return;
  const at = [...path, "Condition"];
  if (condition.value.type !== "object")
    return tell("error", "wrong-type", "Condition is an object: operators, in each the keys, in each the values.", at, condition.value);
  told(condition.value, at, check);
  for (const operator of condition.value.members) {
    const spot = [...at, operator.name];
    const known = operatorOf(operator.name);
    if (!known) unknownOperator(operator, spot, check);
    if (!operator.value) continue;
    if (operator.value.type !== "object") {
      tell("error", "wrong-type", `${operator.name} holds an object: a key and the values to compare with.`, spot, operator.value);
      continue;
    }
    told(operator.value, spot, check);
    for (const key of operator.value.members) checkKey(check, known, key, [...spot, key.name]);
  }
}

/** An operator or a key that is written twice: only the last counts. */
function told(node: NodeOf<"object">, path: Path, { tell }: StatementCheck): void {
  const seen = new Set<string>();
  for (const member of node.members) {
    if (seen.has(member.name))
      tell(
        "warning",
        "duplicate-element",
        `${member.name} stands here twice, and only the last one counts. Put its parts together.`,
        [...path, member.name],
        member,
      );
    seen.add(member.name);
  }
}

function unknownOperator(operator: Member, path: Path, { tell, about }: StatementCheck): void {
  const bare = operator.name.replace(/^[A-Za-z]+:/, "").replace(/IfExists$/i, "");
  const meant = nearest(bare, operatorNames);
  const nullForm = /null/i.test(bare) && bare.length <= 5;
  const message = nullForm
    ? "Null takes neither IfExists nor ForAllValues nor ForAnyValue: it asks itself whether the key is there."
    : `"${operator.name}" is no condition operator.${meant ? ` Is it ${meant}?` : ""}`;
  // Services store an operator without keys, whatever it is called; KMS stores any.
  const empty = operator.value?.type === "object" && operator.value.members.length === 0;
  tell(about.kind === "KeyPolicy" || empty ? "warning" : "error", "unknown-operator", message, path, operator);
}

function checkKey(check: StatementCheck, operator: Operator | undefined, member: Member, path: Path): void {
  const { tell } = check;
  const values = listOf(member.value).map((node, i): Value => ({ node, path: member.value?.type === "array" ? [...path, i] : path }));
  for (const { node, path } of values)
    if (node.type === "object" || node.type === "array" || node.type === "null")
      tell("error", "wrong-type", "A value is a text, a number, true or false, or a list of such.", path, node);
  if (member.value?.type === "array" && values.length === 0)
    tell(
      "warning",
      "empty-list",
      operator?.negated ? "Nothing is listed: the condition is always met." : "Nothing is listed: the condition is never met.",
      path,
      member.value,
    );

  const key = conditionKey(member.name);
  if (!key) unknownKey(check, member, path);
  else {
    if (!key.evaluated)
      tell("hint", "key-not-evaluated", `Keyhole does not evaluate ${key.name}: a statement with it does not match here.`, path, member);
    checkService(check, key, member, path);
    if (check.about.kind === "KeyPolicy") checkInKeyPolicy(check, operator, member, path);
  }
  if (!operator || operator.family === "Null") {
    if (operator) checkNull(check, values);
    return;
  }
  if (key && !fits[key.kind].includes(operator.family))
    tell("warning", "operator-type", `${member.name} is ${advice[key.kind]}.`, path, member);
  else checkValues(check, operator, key, values);
  checkSet(check, operator, key, member, path);
}

function unknownKey({ tell, about }: StatementCheck, member: Member, path: Path): void {
  const colon = member.name.indexOf(":");
  if (colon < 1) {
    // IAM wants a prefix; KMS stores any name.
    const meant = nearest(`aws:${member.name}`, names);
    return tell(
      "warning",
      "unknown-key",
      `A condition key has a prefix, like aws:SourceIp${meant ? `. Is it ${meant}?` : "."}`,
      path,
      member,
    );
  }
  const prefix = member.name.slice(0, colon);
  if (!isListedPrefix(prefix)) {
    const what =
      isServicePrefix(prefix) || prefix.includes(".") || prefix.toLowerCase() === "saml"
        ? "Keyhole does not know the condition keys of"
        : "Keyhole knows no AWS service with the prefix";
    return tell(
      "hint",
      "key-not-checked",
      `${what} ${prefix}: this one is not checked, and a statement with it does not match here.`,
      path,
      member,
    );
  }
  const open = /^(aws:(principal|request|resource)tag|kms:encryptioncontext|iam:resourcetag|ssm:resourcetag)[:/]?$/i.test(member.name);
  const meant = nearest(member.name, names);
  const said = open
    ? "The name of the tag or of the context's key is missing after it."
    : `There is no condition key ${member.name}.${meant ? ` Is it ${meant}?` : ""}`;
  tell("warning", "unknown-key", `${said} A statement with it ${about.kind === "RCP" ? "denies nothing" : "never matches"}.`, path, member);
}

const names = conditionKeys.filter(({ name }) => !name.endsWith("*")).map(({ name }) => name);

/**
 * What AWS does not take in a key policy and the lab does. Sources: KMS Developer Guide, "Using tags to control access to KMS
 * keys", "AWS KMS condition keys" (set operators; kms:ResourceAliases); an answer quoted in awsdocs/aws-kms-developer-guide#47.
 */
function checkInKeyPolicy({ tell }: StatementCheck, operator: Operator | undefined, member: Member, path: Path): void {
  if (/^(aws:resourcetag\/|kms:resourcealiases$)/i.test(member.name))
    tell(
      "warning",
      "not-in-key-policy",
      `AWS takes ${member.name} in IAM policies only, and refuses a key policy with it. Keyhole takes it.`,
      path,
      member,
    );
  if (operator?.set === "ForAllValues" && /^(kms:encryptioncontext:|aws:requesttag\/)/i.test(member.name))
    tell(
      "warning",
      "not-in-key-policy",
      `AWS refuses ForAllValues with ${member.name} in a key policy as too permissive. Keyhole takes it.`,
      path,
      member,
    );
}

/** A service's key in a statement about other services' actions alone. */
function checkService(check: StatementCheck, key: ConditionKey, member: Member, path: Path): void {
  const service = key.name.slice(0, key.name.indexOf(":"));
  if (service === "aws" || isAcrossServices(key.name) || memberOf(check.statement, "NotAction")) return;
  const actions = textsOf(check, "Action", true).map(({ value }) => value.split(":")[0].toLowerCase());
  if (actions.length === 0 || actions.some((prefix) => prefix === service || prefix === "*" || !prefix)) return;
  const others = [...new Set(actions)].join(", ");
  check.tell("warning", "key-of-other-service", `Requests of ${others} never have ${member.name}: it belongs to ${service}.`, path, member);
}

function checkNull({ tell }: StatementCheck, values: Value[]): void {
  for (const { node, path } of values)
    if (!/^(true|false)$/i.test(text(node) ?? "true"))
      tell("warning", "value-form", 'Null takes "true" (the key is missing) or "false" (it is there).', path, node);
}

const text = (node: JsonNode): string | undefined => ("value" in node && node.value !== null ? String(node.value) : undefined);

const tests: Record<Exclude<Family, "String" | "Null" | "Binary">, { fits(value: string): boolean; want: string }> = {
  Numeric: { fits: (value) => /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/.test(value), want: "a number" },
  Date: { fits: (value) => parseDate(value) !== undefined, want: "a time like 2026-11-24T08:00:00Z, or epoch seconds" },
  Bool: { fits: (value) => /^(true|false)$/i.test(value), want: '"true" or "false"' },
  Ip: { fits: (value) => parseIp(value) !== undefined, want: "an address or a range like 203.0.113.0/24" },
  Arn: { fits: (value) => value === "*" || value.split(":").length >= 6, want: "an ARN, whose six parts may have wildcards" },
};

function checkValues(check: StatementCheck, operator: Operator, key: ConditionKey | undefined, values: Value[]): void {
  const { tell } = check;
  const never = operator.negated ? "so it differs from every value" : "so it is met by no value";
  for (const { node, path } of values) {
    const value = text(node);
    if (value === undefined) continue;
    if (value.includes("${")) {
      checkVariables(check, value, path, node);
      continue;
    }
    if (operator.family !== "String" && operator.family !== "Null" && operator.family !== "Binary" && !tests[operator.family].fits(value))
      tell("warning", "value-form", `This is not ${tests[operator.family].want}, ${never}.`, path, node);
    if (operator.family === "String" && !operator.wildcards && /[*?]/.test(value) && key?.kind !== "any")
      tell(
        "warning",
        "literal-wildcard",
        `In this operator ${value.includes("*") ? "*" : "?"} is an ordinary character. StringLike reads it as a wildcard.`,
        path,
        node,
      );
    if (key?.kind === "bool" && operator.family === "String" && !/^(true|false)$/.test(value))
      tell("warning", "value-form", `This is not ${tests.Bool.want}, ${never}.`, path, node);
  }
}

function checkSet(
  { tell, statement }: StatementCheck,
  operator: Operator,
  key: ConditionKey | undefined,
  member: Member,
  path: Path,
): void {
  if (!key) return;
  if (key.many && !operator.set)
    return tell(
      "warning",
      "set-operator-missing",
      `${key.name} may have several values: write ForAllValues: or ForAnyValue: before the operator.`,
      path,
      member,
    );
  if (!key.many && operator.set)
    return tell(
      "warning",
      "set-operator-single",
      `${key.name} has one value: ${operator.set} is for keys with several, and ForAllValues holds where the key is missing.`,
      path,
      member,
    );
  const effect = memberOf(statement, "Effect")?.value;
  if (operator.set !== "ForAllValues" || effect?.type !== "string" || effect.value !== "Allow" || operator.ifExists) return;
  const condition = memberOf(statement, "Condition")?.value as NodeOf<"object">;
  const nulls = condition.members.find(({ name }) => name.toLowerCase() === "null")?.value;
  const guarded = nulls?.type === "object" && nulls.members.some(({ name }) => name.toLowerCase() === member.name.toLowerCase());
  if (!guarded)
    tell(
      "warning",
      "for-all-values",
      `ForAllValues also holds where the request has no ${member.name}. Add "Null": { "${member.name}": "false" } if it must be there.`,
      path,
      member,
    );
}
