import { ok } from "../../errors";
import type { JsonObject, Operation } from "../../types";
import { askReference } from "../authorise";
import { interactions } from "../cost";
import { isFailure, malformedName, parameterNotFound } from "../errors";
import { isPublicName, parseReference } from "../names";
import { shownValue } from "../read";
import { findRow } from "../selectors";
import { type VersionRow, versionId, versions } from "../state";
import { takePage } from "../tokens";
import { historyView } from "../views";

interface Input {
  Name: string;
  WithDecryption?: boolean;
  MaxResults?: number;
  NextToken?: string;
}

const usualPage = 50;

/**
 * All kept versions, oldest first, with their labels.
 * Errors: ParameterNotFound, ValidationException, InvalidNextToken, InvalidKeyId, AccessDeniedException.
 * Source: SSM API, GetParameterHistory.
 */
export const getParameterHistory: Operation = {
  name: "GetParameterHistory",
  authorise: (input: Input, ctx) => askReference(ctx, "GetParameterHistory", input.Name),
  handle(input: Input, ctx) {
    const reference = parseReference(input.Name, ctx.region, ctx.account);
    if (isFailure(reference)) return reference;
    if (reference.selector !== undefined) return malformedName();
    // Public parameters keep no history here, as their owner shows none.
    const row = reference.names.some(isPublicName) ? undefined : findRow(ctx, reference);
    if (!row) return parameterNotFound();
    const table = versions(ctx.db.at({ account: reference.account }));
    function* stream(after?: string): Generator<[string, Readonly<VersionRow>]> {
      for (let number = Math.max(row!.oldest, Number(after ?? 0) + 1); number <= row!.Version; number++) yield [String(number), table.get(versionId(row!.Name, number))!];
    }
    const page = takePage(input.NextToken, JSON.stringify(["GetParameterHistory", row.Name]), input.MaxResults ?? usualPage, stream);
    if (isFailure(page)) return page;
    const shown: JsonObject[] = [];
    for (const version of page.items) {
      const value = shownValue(ctx, row, version, reference.account, input.WithDecryption);
      if (typeof value !== "string") return value;
      shown.push(historyView(row, version, value));
    }
    return ok({ Parameters: shown, ...(page.next && { NextToken: page.next }) });
  },
  cost: (input: Input, ctx) => interactions(ctx, [input.Name]),
};
