import { attempt, problem } from "../errors";
import type { Context, Json } from "../../types";
import { exportsOf, imports, type OutputRow, type StackRow, stacks } from "../state";
import { evaluate, printed, type Scope, unknownIn } from "../template/functions";
import type { Prepared } from "../template/prepare";
import { editStack } from "./events";
import { scopeOf, withPlainReferences } from "./values";
import { actsAs } from "./who";

/** Outputs, exports and imports of stacks. Source: CloudFormation User Guide, "Outputs"; Template Reference, "Fn::ImportValue". */

/** Stacks that import an export, by name. */
export const importers = (ctx: Context, name: string): string[] =>
  imports(ctx.db)
    .having("Name", name)
    .flatMap(({ stack }) => stacks(ctx.db).get(stack)?.StackName ?? []);

const ownExports = (ctx: Context, stack: string) => exportsOf(ctx.db).having("stack", stack);

/** The exports of the stack that others import: it cannot go. */
export const exportInUse = (ctx: Context, stack: string): { name: string; by: string } | undefined => {
  for (const { Name } of ownExports(ctx, stack)) {
    const [by] = importers(ctx, Name);
    if (by !== undefined) return { name: Name, by };
  }
  return undefined;
};

/** Names that the template imports, by its values as they are; those that another stack does not export yet included. */
export function importsIn(ctx: Context, stack: Readonly<StackRow>, prepared: Prepared): string[] {
  const names = new Set<string>();
  const scope: Scope = {
    ...scopeOf(ctx, stack, prepared),
    // Names depend on parameters alone, so what resources are does not matter.
    ref: (id) => id,
    attribute: (id) => id,
    importValue(name) {
      names.add(name);
      return "";
    },
  };
  const read = (value: Json): void => void attempt(() => evaluate(value, scope));
  for (const id of prepared.order) for (const value of Object.values(prepared.template.Resources[id].Properties)) read(value as Json);
  for (const { Value, Condition } of Object.values(prepared.template.Outputs)) if (Condition === undefined || prepared.conditions[Condition]) read(Value);
  return [...names];
}

/** What the stack's outputs are now. */
export function outputValues(ctx: Context, stack: Readonly<StackRow>, prepared: Prepared, scope: Scope = scopeOf(ctx, stack, prepared)): OutputRow[] {
  const out: OutputRow[] = [];
  for (const [OutputKey, { Value, Description, Export, Condition }] of Object.entries(prepared.template.Outputs)) {
    if (Condition !== undefined && !prepared.conditions[Condition]) continue;
    const evaluated = evaluate(Value, scope);
    if (evaluated === undefined) continue;
    const value = unknownIn(evaluated).length ? printed(evaluated) : evaluated;
    if (typeof value === "object") problem(`Template format error: The Value field of every Outputs member must evaluate to a String.`);
    const ExportName = Export === undefined ? undefined : evaluate(Export, scope);
    if (ExportName !== undefined && (typeof ExportName !== "string" || !ExportName)) problem("Template format error: Output Export Name must be a non-empty string.");
    out.push({
      OutputKey,
      OutputValue: String(withPlainReferences(ctx, actsAs(ctx, stack), String(value))),
      ...(Description === undefined ? {} : { Description }),
      ...(ExportName === undefined ? {} : { ExportName: ExportName as string }),
    });
  }
  return out;
}

/** Puts outputs, exports and imports in their places; the reason why it cannot be done. */
export function publish(ctx: Context, stack: string, prepared: Prepared): string | undefined {
  const row = stacks(ctx.db).get(stack)!;
  const made = attempt(() => outputValues(ctx, row, prepared));
  if (!made.ok) return made.error.message;
  const table = exportsOf(ctx.db);
  const named = made.value.flatMap(({ ExportName, OutputValue }) => (ExportName === undefined ? [] : [{ Name: ExportName, Value: OutputValue, stack }]));
  for (const { Name, Value } of named) {
    const known = table.get(Name);
    if (known && known.stack !== stack) return `Export with name ${Name} is already exported by stack ${stacks(ctx.db).get(known.stack)?.StackName}`;
    const [by] = known && known.Value !== Value ? importers(ctx, Name) : [];
    if (by !== undefined) return `Export ${Name} cannot be updated as it is in use by ${by}`;
  }
  const gone = ownExports(ctx, stack).filter(({ Name }) => !named.some((one) => one.Name === Name));
  for (const { Name } of gone) {
    const [by] = importers(ctx, Name);
    if (by !== undefined) return `Export ${Name} cannot be deleted as it is in use by ${by}`;
  }
  for (const { Name } of gone) table.delete(Name);
  for (const one of named) table.put(one.Name, one);
  editStack(ctx, stack).outputs = made.value;
  setImports(ctx, stack, importsIn(ctx, row, prepared));
  return undefined;
}

export function setImports(ctx: Context, stack: string, names: readonly string[]): void {
  const table = imports(ctx.db);
  for (const { Name } of table.having("stack", stack)) if (!names.includes(Name)) table.delete(`${Name} ${stack}`);
  for (const Name of names) table.put(`${Name} ${stack}`, { Name, stack });
}

/** Outputs and exports as they were before an update. */
export function republish(ctx: Context, stack: string, outputs: OutputRow[]): void {
  const table = exportsOf(ctx.db);
  for (const { Name } of ownExports(ctx, stack)) table.delete(Name);
  for (const { ExportName, OutputValue } of outputs) if (ExportName !== undefined) table.put(ExportName, { Name: ExportName, Value: OutputValue, stack });
  editStack(ctx, stack).outputs = outputs;
}

export function withdraw(ctx: Context, stack: string): void {
  for (const { Name } of ownExports(ctx, stack)) exportsOf(ctx.db).delete(Name);
  setImports(ctx, stack, []);
}
