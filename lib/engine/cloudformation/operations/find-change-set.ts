import type { Failure } from "../../errors";
import { cfnErrors, invalid } from "../errors";
import { type ChangeSetRow, changeSets, findStack } from "../state";
import type { Context } from "../../types";

/** A change set by its ARN, or by its name and its stack's. */
export function findChangeSet(ctx: Context, name: string, stackName: string | undefined): { ok: true; row: Readonly<ChangeSetRow> } | Failure {
  if (name.startsWith("arn:")) {
    const row = changeSets(ctx.db).get(name.slice(name.lastIndexOf("/") + 1));
    return row?.ChangeSetId === name ? { ok: true, row } : cfnErrors.noChangeSet(name);
  }
  if (stackName === undefined) return invalid("StackName must be specified if ChangeSetName is not specified as an ARN.");
  const stack = findStack(ctx.db, stackName);
  if (!stack) return cfnErrors.noStack(stackName);
  const row = changeSets(ctx.db).having("stack", stack.id).find(({ ChangeSetName }) => ChangeSetName === name);
  return row ? { ok: true, row } : cfnErrors.noChangeSet(name);
}
