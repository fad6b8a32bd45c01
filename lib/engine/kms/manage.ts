import type { Failure } from "../errors";
import type { ConditionContext, Context, Operation, Result } from "../types";
import { keyAuth } from "./auth";
import { findKey, foundKey, type Found } from "./find";
import { keys, type KeyRow } from "./state";
import { checkState } from "./state-grid";

/**
 * An operation that manages one key, named by key id or key ARN: find it, ask its key policy, look at its state, do it.
 * Source: KMS Developer Guide, Key identifiers; Key states of AWS KMS keys.
 */
export function managesKey<I extends { KeyId: string }>(
  name: string,
  options: {
    /** Condition keys of this operation alone. */
    context?(input: I, ctx: Context): ConditionContext;
    validate?(input: I, ctx: Context): Failure | undefined;
    handle(input: I, found: Found, ctx: Context): Result<object>;
  },
): Operation {
  const action = `kms:${name}`;
  return {
    name,
    validate: options.validate,
    authorise(input: I, ctx) {
      const result = findKey(ctx, input.KeyId, { action, aliases: false });
      return result.ok ? keyAuth(ctx, { action, found: result.found, context: options.context?.(input, ctx) }) : result;
    },
    handle(input: I, ctx) {
      const found = foundKey(ctx, input.KeyId);
      return stateProblem(name, found.key, ctx) ?? options.handle(input, found, ctx);
    },
  };
}

/** AWS's error for an operation on a key in this state; the trace says what was looked at. */
export function stateProblem(operation: string, key: Readonly<KeyRow>, ctx: Context): Failure | undefined {
  const problem = checkState(operation, key);
  ctx.note({ kind: "check", what: "key state", ok: !problem, detail: key.KeyState });
  return problem;
}

/** The key's row, to be changed as part of this call. */
export const editKey = ({ key, db }: Found): KeyRow => keys(db).edit(key.KeyId);

export const nothing = (): Result<object> => ({ ok: true, output: {} });
