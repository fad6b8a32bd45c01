/**
 * The list's filter as ParameterFilters of DescribeParameters.
 * Source: SSM API, ParameterStringFilter (Key, Option, Values).
 */
export interface FilterToken {
  propertyKey?: string;
  operator?: string;
  value: unknown;
}

export interface ParameterStringFilter {
  Key: string;
  Option?: string;
  Values: string[];
}

/** Properties that the list can be filtered by, and the operators of the filter box for each. */
export const FILTER_PROPERTIES = [
  { key: "Name", label: "Name", operators: [":", "^", "="], values: [] as string[] },
  { key: "Type", label: "Type", operators: ["="], values: ["String", "StringList", "SecureString"] },
  { key: "Tier", label: "Tier", operators: ["="], values: ["Standard", "Advanced"] },
  { key: "Path", label: "Path", operators: ["^", "="], values: [] },
  { key: "KeyId", label: "KMS key ID", operators: ["="], values: [] },
  { key: "DataType", label: "Data type", operators: ["="], values: ["text", "aws:ec2:image"] },
] as const;

/** `:` contains, `^` begins with (a path: recursive), `=` equals (a path: one level). */
function optionOf(key: string, operator: string): string {
  if (key === "Path") return operator === "^" ? "Recursive" : "OneLevel";
  return operator === ":" ? "Contains" : operator === "^" ? "BeginsWith" : "Equals";
}

/**
 * Tokens to filters. Words without a property look in the name, as in the AWS console. Tokens of one property and
 * option go into one filter, whose values are alternatives; several filters must all match.
 */
export function parameterFilters(tokens: readonly FilterToken[]): ParameterStringFilter[] {
  const filters: ParameterStringFilter[] = [];
  for (const token of tokens) {
    const value = String(token.value ?? "").trim();
    if (!value) continue;
    const Key = token.propertyKey ?? "Name";
    const Option = optionOf(Key, token.propertyKey ? (token.operator ?? "=") : ":");
    const same = filters.find((filter) => filter.Key === Key && filter.Option === Option);
    if (same) {
      if (!same.Values.includes(value)) same.Values.push(value);
    } else filters.push({ Key, Option, Values: [value] });
  }
  return filters;
}
