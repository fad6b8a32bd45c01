import { ok } from "../../errors";
import type { AuthRequest, Context, Operation } from "../../types";
import { askOwn, everything } from "../authorise";
import { interactions } from "../cost";
import { parameterNotFound } from "../errors";
import { parseOwnName } from "../names";
import { removeParameter } from "../remove";

function ask(ctx: Context, action: string, given: string): AuthRequest {
  const name = parseOwnName(given);
  return typeof name === "string" ? askOwn(ctx, action, name) : { action: `ssm:${action}`, resource: everything(ctx) };
}

/** Errors: ParameterNotFound, ValidationException. Source: SSM API, DeleteParameter. */
export const deleteParameter: Operation = {
  name: "DeleteParameter",
  authorise: (input: { Name: string }, ctx) => ask(ctx, "DeleteParameter", input.Name),
  handle(input: { Name: string }, ctx) {
    const name = parseOwnName(input.Name);
    if (typeof name !== "string") return name;
    return removeParameter(ctx, name) ? ok({}) : parameterNotFound();
  },
  cost: (input: { Name: string }, ctx) => interactions(ctx, [input.Name]),
};

/** What is not there comes back in InvalidParameters. Errors: ValidationException. Source: SSM API, DeleteParameters. */
export const deleteParameters: Operation = {
  name: "DeleteParameters",
  authorise: (input: { Names: string[] }, ctx) => [...new Set(input.Names)].map((name) => ask(ctx, "DeleteParameters", name)),
  handle(input: { Names: string[] }, ctx) {
    const wanted: string[] = [];
    for (const given of new Set(input.Names)) {
      const name = parseOwnName(given);
      if (typeof name !== "string") return name;
      wanted.push(name);
    }
    const DeletedParameters: string[] = [];
    const InvalidParameters: string[] = [];
    for (const name of wanted) (removeParameter(ctx, name) ? DeletedParameters : InvalidParameters).push(name);
    return ok({ DeletedParameters, InvalidParameters });
  },
  cost: (input: { Names: string[] }, ctx) => interactions(ctx, input.Names),
};
