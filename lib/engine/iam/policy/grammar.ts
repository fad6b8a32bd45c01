import { isConditionOperator } from "./conditions";
import type { PolicyStatement } from "../../types";

/** The JSON grammar of a policy. Source: IAM User Guide, "Grammar of the IAM JSON policy language". */

export interface PolicyDocument {
  Version: "2008-10-17" | "2012-10-17";
  Id?: string;
  Statement: PolicyStatement[];
}

export type PolicyRead =
  | { ok: true; document: PolicyDocument; /** False if the text leaves it out: then it is 2008-10-17. */ versioned: boolean }
  | { ok: false; problem: string };

const problem = (text: string): PolicyRead => ({ ok: false, problem: text });

const topElements = new Set(["Version", "Id", "Statement"]);
const statementElements = new Set([
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
]);
const principalKinds = new Set(["AWS", "Service", "Federated", "CanonicalUser"]);

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);
const isTexts = (value: unknown): value is string | string[] =>
  typeof value === "string" || (Array.isArray(value) && value.every((item) => typeof item === "string"));
const isScalar = (value: unknown) => typeof value === "string" || typeof value === "number" || typeof value === "boolean";
const has = (object: object, key: string) => Object.hasOwn(object, key);

function statementProblem(statement: unknown, at: string): string | undefined {
  if (!isObject(statement)) return `${at} is not an object`;
  for (const name of Object.keys(statement)) if (!statementElements.has(name)) return `${at} has an unknown element "${name}"`;
  if (typeof statement.Effect !== "string") return `${at} has no Effect`;
  if (!/^(allow|deny)$/i.test(statement.Effect)) return `${at} has the Effect "${statement.Effect}", which is neither Allow nor Deny`;
  if (has(statement, "Sid") && typeof statement.Sid !== "string") return `${at} has a Sid that is no text`;
  for (const name of ["Principal", "Action", "Resource"]) {
    if (has(statement, name) && has(statement, `Not${name}`)) return `${at} has both ${name} and Not${name}`;
  }
  for (const name of ["Action", "NotAction", "Resource", "NotResource"]) {
    if (has(statement, name) && !isTexts(statement[name])) return `${at}: ${name} is neither a text nor a list of texts`;
  }
  for (const name of ["Principal", "NotPrincipal"]) {
    if (!has(statement, name)) continue;
    const element = statement[name];
    if (element === "*") continue;
    if (!isObject(element)) return `${at}: ${name} is neither "*" nor an object`;
    for (const [kind, values] of Object.entries(element)) {
      if (!principalKinds.has(kind)) return `${at}: ${name} has an unknown kind "${kind}"`;
      if (!isTexts(values)) return `${at}: ${name}.${kind} is neither a text nor a list of texts`;
    }
  }
  if (has(statement, "Condition")) {
    if (!isObject(statement.Condition)) return `${at}: Condition is not an object`;
    for (const [operator, keys] of Object.entries(statement.Condition)) {
      if (!isObject(keys)) return `${at}: Condition.${operator} is not an object`;
      if (!isConditionOperator(operator) && Object.keys(keys).length > 0) return `${at}: "${operator}" is not a condition operator`;
      for (const [key, values] of Object.entries(keys)) {
        if (!isScalar(values) && !(Array.isArray(values) && values.every(isScalar)))
          return `${at}: Condition.${operator}.${key} has a value that is no text, number or boolean`;
      }
    }
  }
  return undefined;
}

/** Reads JSON text as a policy. Only what makes it impossible to evaluate is a problem here; `validate.ts` has each service's own rules. */
export function readPolicy(text: string): PolicyRead {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return problem("The text is not JSON");
  }
  if (!isObject(parsed)) return problem("The policy is not a JSON object");
  for (const name of Object.keys(parsed)) if (!topElements.has(name)) return problem(`The policy has an unknown element "${name}"`);
  if (has(parsed, "Version") && parsed.Version !== "2012-10-17" && parsed.Version !== "2008-10-17")
    return problem("Version is neither 2012-10-17 nor 2008-10-17");
  if (has(parsed, "Id") && typeof parsed.Id !== "string") return problem("Id is no text");
  if (!has(parsed, "Statement")) return problem("The policy has no Statement");
  const statements = Array.isArray(parsed.Statement) ? parsed.Statement : [parsed.Statement];
  for (let i = 0; i < statements.length; i++) {
    const found = statementProblem(statements[i], `Statement ${i + 1}`);
    if (found) return problem(found);
  }
  const document: PolicyDocument = {
    Version: parsed.Version === "2012-10-17" ? "2012-10-17" : "2008-10-17",
    // IAM compares Effect by its exact spelling when it stores a policy; here it only has to be told apart.
    Statement: statements.map((statement: PolicyStatement) => ({
      ...statement,
      Effect: /^allow$/i.test(statement.Effect) ? "Allow" : "Deny",
    })),
  };
  if (typeof parsed.Id === "string") document.Id = parsed.Id;
  return { ok: true, document, versioned: has(parsed, "Version") };
}
