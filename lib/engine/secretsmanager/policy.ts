import { type Failure, fail } from "../errors";
import { readPolicy } from "../iam/policy/grammar";
import { validatePolicy } from "../iam/policy/validate";
import { validPrincipal } from "../kms/principals";
import type { Context, PolicyStatement } from "../types";
import { askAbout } from "./authorise";
import type { Found } from "./find";

/**
 * What Secrets Manager asks of a resource policy. The texts are those of its guide, which shows each with an example.
 * Source: Secrets Manager User Guide, Attach a permissions policy to a secret (of 2021, with the texts); Secrets Manager
 * API, PutResourcePolicy, ValidateResourcePolicy.
 */

const malformed = (message: string): Failure => fail("MalformedPolicyDocumentException", message);

export const policyTexts = {
  syntax: "This resource policy contains a syntax error.",
  principal: "This resource policy contains an unsupported principal.",
  servicePrincipal: "This resource policy contains an unsupported service principal.",
  /** ValidateResourcePolicy's; the guide's sentence ends with "in the console", which cannot be meant for the API. */
  public: "This resource policy grants broad access to your secret.",
  blocked: "You can't attach a resource-based policy that allows broad access to the secret.",
  lockout: "Your requested changes will not allow you to manage this secret in the future.",
} as const;

/** Errors: MalformedPolicyDocumentException. */
export function checkForm(ctx: Context, document: string): Failure | undefined {
  const read = readPolicy(document);
  if (!read.ok) return malformed(policyTexts.syntax);
  const list = read.document.Statement;
  for (const statement of list) {
    if (statement.Action === undefined && statement.NotAction === undefined) return malformed(policyTexts.syntax);
    if (statement.Resource === undefined && statement.NotResource === undefined) return malformed(policyTexts.syntax);
    if (statement.Principal === undefined && statement.NotPrincipal === undefined) return malformed(policyTexts.syntax);
  }
  for (const [kind, name] of list.flatMap(namedPrincipals)) if (!validPrincipal(kind, name, ctx)) return malformed(kind === "Service" ? policyTexts.servicePrincipal : policyTexts.principal);
  const problem = validatePolicy(document, "resource");
  return problem === undefined ? undefined : malformed(policyTexts.syntax);
}

function namedPrincipals({ Principal, NotPrincipal }: PolicyStatement): [kind: string, name: string][] {
  const element = Principal ?? NotPrincipal;
  if (element === undefined) return [];
  if (typeof element === "string") return [["AWS", element]];
  return Object.entries(element).flatMap(([kind, names]) => [names].flat().map((name): [string, string] => [kind, name]));
}

/** Conditions that make a statement for everybody one for somebody, if their values are fixed. */
const narrowing = /^aws:(SourceArn|SourceAccount|SourceVpc|SourceVpce|SourceOwner|SourceOrgID|SourceIp|PrincipalAccount|PrincipalArn|PrincipalOrgID|userid)$/i;
const narrowOperators = /^(ForAnyValue:)?(StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike|IpAddress)$/i;
const wholeInternet = /^(0\.0\.0\.0|::)\/0$/;

/** Without wildcards and variables; an ARN may have them where its account is written out. */
const isFixed = (value: string): boolean => !value.includes("${") && !wholeInternet.test(value) && (!/[*?]/.test(value) || /^arn:aws[a-z-]*:[^:]*:[^:]*:\d{12}:/.test(value));

/**
 * Does the policy let in whoever asks? A statement that allows everybody is broad, unless a condition holds it to fixed
 * values. AWS asks an automated reasoner; this reads the rule as S3's guide writes it down for "public".
 * Source: Amazon S3 User Guide, The meaning of "public"; Secrets Manager User Guide, "must only grant access to … fixed values".
 */
export function isBroad(document: string): boolean {
  const read = readPolicy(document);
  return read.ok && read.document.Statement.some((statement) => statement.Effect === "Allow" && isForEverybody(statement) && !isHeld(statement));
}

const isForEverybody = (statement: PolicyStatement): boolean => statement.NotPrincipal !== undefined || namedPrincipals(statement).some(([kind, name]) => kind === "AWS" && name === "*");

const isHeld = ({ Condition = {} }: PolicyStatement): boolean =>
  Object.entries(Condition).some(([operator, keys]) => narrowOperators.test(operator) && Object.entries(keys).some(([key, values]) => narrowing.test(key) && [values].flat().every((value) => isFixed(String(value)))));

/** Could the caller still change the policy under the new one? */
export function locksOut(ctx: Context, { secret }: Found, document: string): boolean {
  const question = askAbout(ctx, "PutResourcePolicy", secret.ARN);
  const decision = ctx.may({ ...question, resourcePolicy: { kind: "ResourcePolicy", authority: "shared", name: "resource policy", document, from: "the new resource policy" } });
  return decision.effect !== "Allow";
}

/** Error: PublicPolicyException. */
export const publicPolicy = (): Failure => fail("PublicPolicyException", policyTexts.blocked);
