import type { PartTrace, PolicyStatement, Principal } from "../../types";

/**
 * The Principal and NotPrincipal elements. Source: IAM User Guide, "AWS JSON policy elements: Principal", "… NotPrincipal".
 */

/**
 * What naming a caller gives it.
 * - `direct`: the caller itself (user, role session, root, service, or everyone): enough on its own in its account,
 *   and not limited by what a boundary or session policy leaves out.
 * - `role`: the session's role, or the user behind a federated session: a boundary and session policies still limit it.
 * - `account`: the account, which hands the question on to its IAM policies.
 */
export type PrincipalForm = "direct" | "role" | "account";

const strength: Record<PrincipalForm, number> = { account: 1, role: 2, direct: 3 };
export const stronger = (a: PrincipalForm | undefined, b: PrincipalForm | undefined): PrincipalForm | undefined =>
  a && (!b || strength[a] >= strength[b]) ? a : b;

export interface CompiledPrincipals {
  not: boolean;
  wanted: string[];
  entries: { kind: string; value: string }[];
}

export function compilePrincipals(element: NonNullable<PolicyStatement["Principal"]>, not: boolean): CompiledPrincipals {
  const entries: CompiledPrincipals["entries"] = [];
  if (typeof element === "string") entries.push({ kind: "AWS", value: element });
  else for (const [kind, values] of Object.entries(element)) for (const value of [values].flat()) entries.push({ kind, value });
  const wanted = typeof element === "string" ? [element] : entries.map(({ kind, value }) => (kind === "AWS" ? value : `${kind}: ${value}`));
  return { not, wanted, entries };
}

const rootArn = (account: string) => `arn:aws:iam::${account}:root`;

/** The names under which a policy may speak of this caller, the most particular first. */
export function principalNames(principal: Principal): string[] {
  if (principal.type === "Service") return [principal.service ?? principal.arn];
  const names = [principal.arn];
  if (principal.roleArn) names.push(principal.roleArn);
  if (principal.userArn) names.push(principal.userArn);
  if (principal.type !== "Root") names.push(rootArn(principal.account));
  return names;
}

function formOf(kind: string, value: string, principal: Principal): PrincipalForm | undefined {
  if (value === "*") return kind === "AWS" ? "direct" : kind === "Service" && principal.type === "Service" ? "direct" : undefined;
  if (principal.type === "Service") return kind === "Service" && value === principal.service ? "direct" : undefined;
  if (kind !== "AWS") return undefined;
  if (value === principal.arn) return "direct";
  if (value === principal.account || value === rootArn(principal.account)) return principal.type === "Root" ? "direct" : "account";
  if (principal.type === "AssumedRole") {
    if (value === principal.roleArn || value === principal.userId.split(":")[0]) return "role";
    return value === principal.userId ? "direct" : undefined;
  }
  if (principal.type === "FederatedUser" && value === principal.userArn) return "role";
  return value === principal.userId ? "direct" : undefined;
}

/** The strongest way in which the element names the caller; for NotPrincipal `direct` if the caller is not exempt. */
export function explainPrincipals(
  compiled: CompiledPrincipals,
  principal: Principal,
  effect: "Allow" | "Deny",
  bounded = false,
): { part: PartTrace; form?: PrincipalForm } {
  const got = principalNames(principal);
  let form: PrincipalForm | undefined;
  for (const { kind, value } of compiled.entries) form = stronger(form, formOf(kind, value, principal));
  if (!compiled.not) return { part: { part: "Principal", matched: form !== undefined, wanted: compiled.wanted, got }, form };
  // A Deny spares only callers listed whole: the session, its role and its account, or the user and its account;
  // and never one that has a permissions boundary (IAM User Guide, "NotPrincipal", "Specifying NotPrincipal with Deny").
  const exempt =
    effect === "Allow" ? form !== undefined : !bounded && got.every((name) => compiled.entries.some((entry) => names(entry, name, principal)));
  return { part: { part: "NotPrincipal", matched: !exempt, wanted: compiled.wanted, got }, form: exempt ? undefined : "direct" };
}

const names = (entry: { kind: string; value: string }, name: string, principal: Principal) =>
  entry.value === name || entry.value === "*" || (name === rootArn(principal.account) && entry.value === principal.account);
