import { rows as accounts } from "./accounts";
import { rows as elements } from "./elements";
import { rows as globals } from "./globals";
import { rows as keys } from "./kms-keys";
import * as operators from "./operators";
import { rows as organizations } from "./organizations";
import { parameters } from "./parameter-store";
import { rows as principals } from "./principals";
import { rows as values } from "./sets-and-variables";
import type { DecisionRow, SimulatedRow } from "./row";

/** The whole table, by subject. */
export const sheets: { name: string; rows: DecisionRow[] }[] = [
  { name: "String operators", rows: operators.strings },
  { name: "Numeric operators", rows: operators.numbers },
  { name: "Date operators", rows: operators.dates },
  { name: "Addresses", rows: operators.addresses },
  { name: "ARN operators", rows: operators.arns },
  { name: "Bool, BinaryEquals, IfExists and Null", rows: operators.others },
  { name: "Keys with several values", rows: values.multivalued },
  { name: "Policy variables", rows: values.variables },
  { name: "Action, NotAction and Effect", rows: elements.actions },
  { name: "Resource and NotResource", rows: elements.resources },
  { name: "Condition, and elements of key policies", rows: elements.conditions },
  { name: "Identity policies", rows: accounts.identity },
  { name: "Permissions boundaries", rows: accounts.boundaries },
  { name: "Session policies", rows: accounts.sessionPolicies },
  { name: "Between two accounts", rows: accounts.between },
  { name: "Principals of key policies", rows: principals.forms },
  { name: "NotPrincipal", rows: principals.negations },
  { name: "Trust policies", rows: principals.trusts },
  { name: "Condition keys of KMS", rows: keys.conditions },
  { name: "Aliases", rows: keys.aliases },
  { name: "Making grants", rows: keys.creating },
  { name: "Grants", rows: keys.grants },
  { name: "Global keys about the caller", rows: globals.caller },
  { name: "Global keys about the request and the resource", rows: globals.request },
  { name: "Tags", rows: globals.tags },
  { name: "Parameter Store", rows: parameters },
  { name: "The root user", rows: globals.root },
  { name: "Service control policies", rows: organizations.service },
  { name: "Resource control policies", rows: organizations.resource },
  { name: "Keys of the organization", rows: organizations.inOrganization },
];

export const simulated: SimulatedRow[] = operators.elsewhere;
