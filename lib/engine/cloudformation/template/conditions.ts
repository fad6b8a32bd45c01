import { problem } from "../errors";
import type { Json } from "../../types";
import { evaluate, type Scope } from "./functions";
import { functionOf, type Template } from "./template";

/**
 * Truth of every condition. Source: CloudFormation User Guide, "Conditions"; Template Reference, "Condition functions".
 */
export function conditionValues(template: Template, scope: Omit<Scope, "conditions">): Record<string, boolean> {
  const done: Record<string, boolean> = {};
  const open: string[] = [];
  const truth = (name: string): boolean => {
    if (Object.hasOwn(done, name)) return done[name];
    if (!Object.hasOwn(template.Conditions, name)) return problem(`Template error: unresolved condition dependency ${name} in Condition`);
    if (open.includes(name)) return problem(`Template format error: Circular dependencies for condition ${name}`);
    open.push(name);
    const value = test(template.Conditions[name]);
    open.pop();
    return (done[name] = value);
  };
  const inner: Scope = { ...scope, conditions: {} };
  const operand = (value: Json): string => {
    const out = evaluate(value, inner);
    return out === undefined || typeof out === "object" ? problem("Template error: every Fn::Equals object requires a list of 2 string parameters.") : String(out);
  };
  const several = (name: string, argument: Json): Json[] => {
    if (!Array.isArray(argument) || argument.length < 2 || argument.length > 10) return problem(`Template error: every ${name} object requires a list of at least 2 and at most 10 boolean parameters.`);
    return argument;
  };
  const test = (value: Json): boolean => {
    const call = functionOf(value);
    const argument = call?.argument as Json;
    switch (call?.name) {
      case "Condition":
        return typeof argument === "string" ? truth(argument) : problem("Template format error: Every Condition member must be a string.");
      case "Fn::Equals":
        if (!Array.isArray(argument) || argument.length !== 2) return problem("Template error: every Fn::Equals object requires a list of 2 string parameters.");
        return operand(argument[0]) === operand(argument[1]);
      // All are read, so that a mistake in the last is found whatever the first says.
      case "Fn::And":
        return several("Fn::And", argument).map(test).every(Boolean);
      case "Fn::Or":
        return several("Fn::Or", argument).map(test).some(Boolean);
      case "Fn::Not":
        if (!Array.isArray(argument) || argument.length !== 1) return problem("Template error: every Fn::Not object requires one boolean parameter.");
        return !test(argument[0]);
      default:
        return problem("Template format error: Conditions can only be boolean operations on parameters and other conditions");
    }
  };
  for (const name of Object.keys(template.Conditions)) truth(name);
  return done;
}
