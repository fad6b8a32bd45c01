import { principalExists } from "../common";
import { validPrincipal } from "../../kms/principals";
import { listOf, memberOf, type JsonNode } from "./warnings-json";
import { conditionKeysOf, effectOf, hasCondition } from "./warnings-parts";
import { namesPrincipals, whose, type Path, type StatementCheck } from "./warnings-types";
import type { Context } from "../../types";

/**
 * Principal and NotPrincipal. Sources: IAM User Guide, "AWS JSON policy elements: Principal", "… NotPrincipal", "The confused deputy problem".
 */

const kinds = ["AWS", "Service", "Federated", "CanonicalUser"];

interface Named {
  kind: string;
  value: string;
  node: JsonNode;
  path: Path;
}

export function checkPrincipals(check: StatementCheck): void {
  if (!namesPrincipals(check.about.kind)) return;
  for (const name of ["Principal", "NotPrincipal"]) {
    const member = memberOf(check.statement, name);
    if (!member?.value) continue;
    const named = read(check, name, member.value);
    for (const one of named) checkForm(check, one);
    checkReach(check, name, named);
  }
}

function read({ tell, path, about }: StatementCheck, name: string, value: JsonNode): Named[] {
  const at = [...path, name];
  if (value.type === "string") {
    if (value.value === "*") return [{ kind: "AWS", value: "*", node: value, path: at }];
    tell("error", "principal-form", `${name} is "*" or an object that says of what kind: { "AWS": "…" }.`, at, value);
    return [];
  }
  if (about.kind === "RCP") {
    tell("error", "principal-form", 'The Principal of a resource control policy is "*": say whom you mean in Condition.', at, value);
    return [];
  }
  if (value.type !== "object") {
    tell("error", "principal-form", `${name} is "*" or an object that says of what kind: { "AWS": "…" }.`, at, value);
    return [];
  }
  if (value.members.length === 0)
    tell(about.kind === "KeyPolicy" ? "error" : "warning", "principal-form", `${name} names nobody.`, at, value);
  return value.members.flatMap((member) => {
    const spot = [...at, member.name];
    if (!kinds.includes(member.name))
      tell("error", "principal-form", `A principal is of the kind ${kinds.join(", ")}, not "${member.name}".`, spot, member);
    if (member.value?.type === "array" && member.value.items.length === 0)
      tell(
        about.kind === "KeyPolicy" ? "error" : "warning",
        "principal-form",
        `${member.name} is an empty list: it names nobody.`,
        spot,
        member.value,
      );
    return listOf(member.value).flatMap((node, i): Named[] => {
      const path = member.value?.type === "array" ? [...spot, i] : spot;
      if (node.type === "string") return [{ kind: member.name, value: node.value, node, path }];
      tell("error", "wrong-type", "A principal is a text.", path, node);
      return [];
    });
  });
}

/** `undefined` if the text can be a principal of its kind. */
function formProblem(kind: string, value: string): string | undefined {
  if (kind === "Service")
    return /^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$/.test(value) ? undefined : "A service is named like logs.amazonaws.com.";
  if (kind !== "AWS" || value === "*" || /^\d{12}$/.test(value) || /^(AIDA|AROA)[A-Z0-9]{12,}$/.test(value)) return undefined;
  if (/^arn:.*[*?]/.test(value))
    return 'Within a principal\'s ARN * is no wildcard. Name each one, or use "*" with aws:PrincipalArn in Condition.';
  if (/^arn:aws:iam::\d{12}:group\//.test(value)) return "A group is no principal: it cannot call. Name its users.";
  if (!/^arn:aws:(iam::\d{12}:(root|user\/.+|role\/.+)|sts::\d{12}:(assumed-role\/[^/]+\/[^/]+|federated-user\/.+))$/.test(value))
    return "This is no principal: an account, or the ARN of a user, a role or a session.";
  return undefined;
}

function checkForm(check: StatementCheck, { kind, value, node, path }: Named): void {
  const { about, tell } = check;
  const problem = formProblem(kind, value);
  // A resource policy's service checks its principals itself; the lab's parameters take any.
  const level = about.kind === "ResourcePolicy" ? "warning" : "error";
  if (problem) return tell(level, "principal-form", problem, path, node);
  if (value.startsWith("${")) return tell(level, "principal-form", "Policy variables mean nothing in Principal.", path, node);
  if (kind === "CanonicalUser" && about.kind === "KeyPolicy")
    return tell("error", "principal-form", "Canonical users are of S3 alone.", path, node);
  if (kind === "AWS" && !exists(check, kind, value))
    tell(
      level,
      "principal-missing",
      `${value} does not exist, and ${whose(about.kind).toLowerCase()} may name only who exists.`,
      path,
      node,
    );
}

/** Asked of the lab by the service's own rule; without a lab everybody may exist. */
function exists({ about }: StatementCheck, kind: string, value: string): boolean {
  if (!about.lab || about.kind === "ResourcePolicy") return true;
  const { account } = about;
  const ctx = { account, db: about.lab.read({ account, region: "global", service: "iam" }) } as Context;
  return about.kind === "TrustPolicy" ? principalExists(value, ctx) : validPrincipal(kind, value, ctx);
}

/** Condition keys that say who the caller is, or from where. */
const narrowing =
  /^(aws:(principal(account|arn|org|tag|isawsservice|service)|sourcearn|sourceaccount|sourceorg|sourcevpc|sourceip|vpcsourceip|userid|username|federatedprovider)|kms:calleraccount|sts:externalid)/i;

function checkReach({ statement, about, tell, path }: StatementCheck, name: string, named: Named[]): void {
  const allows = effectOf(statement) === "Allow";
  const member = memberOf(statement, name)!;
  const at = [...path, name];
  if (name === "NotPrincipal") {
    if (allows)
      return tell(
        "warning",
        "not-principal-allow",
        "Allow with NotPrincipal lets in everybody else in the world, also who is not signed in.",
        at,
        member,
      );
    const users = named.filter(({ kind, value }) => kind === "AWS" && /:(user|role|assumed-role|federated-user)\//.test(value));
    const accounts = new Set(named.map(({ value }) => /^(?:arn:aws:iam::)?(\d{12})(?::root)?$/.exec(value)?.[1]));
    const bare = users.find(({ value }) => !accounts.has(value.split(":")[4]));
    if (bare)
      tell(
        "warning",
        "not-principal-incomplete",
        "A Deny with NotPrincipal spares nobody whose account is not listed as well.",
        bare.path,
        bare.node,
      );
    else
      tell(
        "hint",
        "not-principal",
        "A Deny on everybody with ArnNotEquals on aws:PrincipalArn says the same and is harder to get wrong.",
        at,
        member,
      );
    return;
  }
  if (!allows || about.kind === "RCP") return;
  const everyone = named.find(({ kind, value }) => kind === "AWS" && value === "*");
  if (everyone && !hasCondition(statement))
    tell(
      "warning",
      "wildcard-principal",
      "This lets in everybody, of every account: name who is meant, or add a Condition.",
      everyone.path,
      everyone.node,
    );
  else if (everyone && !conditionKeysOf(statement).some((key) => narrowing.test(key)))
    tell(
      "warning",
      "wildcard-principal",
      "This lets in callers of every account: no Condition here says who they are (kms:CallerAccount, aws:PrincipalOrgID, aws:PrincipalArn).",
      everyone.path,
      everyone.node,
    );
  const service = named.find(({ kind }) => kind === "Service");
  if (
    service &&
    about.kind !== "TrustPolicy" &&
    !conditionKeysOf(statement).some((key) => /^(aws:source(arn|account|org)|kms:)/i.test(key))
  )
    tell(
      "hint",
      "confused-deputy",
      "The service may use this for anybody's resources: aws:SourceArn or aws:SourceAccount in Condition says for whose.",
      service.path,
      service.node,
    );
  const foreign = named.find(
    ({ kind, value }) => kind === "AWS" && (/^(?:arn:aws:(?:iam|sts)::)?(\d{12})/.exec(value)?.[1] ?? about.account) !== about.account,
  );
  if (foreign && about.kind !== "TrustPolicy")
    tell(
      "hint",
      "other-account",
      "For another account this is one half: its own IAM policies must allow the action as well.",
      foreign.path,
      foreign.node,
    );
}
