import { type Failure, ok } from "../../errors";
import { deniedError } from "../../iam/denied";
import type { Context, JsonObject, Operation } from "../../types";
import { askAbout, askAll } from "../authorise";
import { invalidParameter, isFailure } from "../errors";
import { type FilterInput, namePrefixes, readFilters } from "../filters";
import { findLiving } from "../find";
import { inOrder } from "../order";
import type { Placed } from "../state";
import { takePage } from "../tokens";
import { readValue, versionContext } from "./get-secret-value";

interface Input {
  SecretIdList?: string[];
  Filters?: FilterInput[];
  MaxResults?: number;
  NextToken?: string;
}

const usualPage = 20;

/**
 * The current values of up to twenty secrets, by name or by filter. Each is asked of the policies by itself, as
 * GetSecretValue; what fails comes back in Errors.
 * Errors: InvalidParameterException, InvalidNextTokenException. Source: Secrets Manager API, BatchGetSecretValue.
 */
export const BatchGetSecretValue: Operation = {
  name: "BatchGetSecretValue",
  authorise: ({ Filters }: Input) => (Filters ? [askAll("BatchGetSecretValue"), askAll("ListSecrets")] : askAll("BatchGetSecretValue")),
  handle({ SecretIdList, Filters, MaxResults, NextToken }: Input, ctx) {
    if (SecretIdList && Filters) return invalidParameter("Either 'SecretIdList' or 'Filters' must be provided, but not both.");
    if (MaxResults !== undefined && !Filters) return invalidParameter("'Filters' not specified. 'Filters' must also be specified when 'MaxResults' is provided.");
    // Unverified text.
    if (!SecretIdList && !Filters) return invalidParameter("Either 'SecretIdList' or 'Filters' must be provided.");
    if (SecretIdList) return ok(valuesOf(ctx, [...new Set(SecretIdList)]));
    const read = readFilters(Filters);
    if (typeof read !== "function") return read;
    const wanted = read;
    function* stream(after?: string): Generator<Placed> {
      for (const placed of inOrder(ctx.db, { by: "created-date", order: "asc", prefixes: namePrefixes(Filters) }, after)) if (placed[1].DeletedDate === undefined && wanted(placed[1])) yield placed;
    }
    const page = takePage(NextToken, JSON.stringify(["BatchGetSecretValue", ctx.region, Filters]), MaxResults ?? usualPage, stream);
    if (isFailure(page)) return page;
    return ok({ ...valuesOf(ctx, page.entries.map(({ ARN }) => ARN)), ...(page.next && { NextToken: page.next }) });
  },
};

function valuesOf(ctx: Context, secretIds: string[]): { SecretValues: JsonObject[]; Errors: JsonObject[] } {
  const SecretValues: JsonObject[] = [];
  const Errors: JsonObject[] = [];
  for (const SecretId of secretIds) {
    const entry = readOne(ctx, SecretId);
    if (isFailure(entry)) Errors.push({ SecretId, ErrorCode: entry.error.code, Message: entry.error.message });
    else SecretValues.push(entry);
  }
  return { SecretValues, Errors };
}

function readOne(ctx: Context, secretId: string): JsonObject | Failure {
  const decision = ctx.may(askAbout(ctx, "GetSecretValue", secretId, versionContext({})));
  if (decision.effect !== "Allow") return { ok: false, error: { ...deniedError(decision, "secretsmanager"), code: "AccessDeniedException" } };
  const found = findLiving(ctx, secretId);
  return isFailure(found) ? found : readValue(ctx, found, {});
}
