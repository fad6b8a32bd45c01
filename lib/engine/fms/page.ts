import type { Failure } from "../errors";
import { takePage } from "../shield/page";
import { fmsErrors } from "./errors";

/** Without MaxResults there are 100 entries at most. Source: AWS Firewall Manager API Reference, ListPolicies. */
export const page = (list: string, { NextToken, MaxResults = 100 }: { NextToken?: string; MaxResults?: number }, places: readonly string[]): { shown: string[]; more: { NextToken?: string } } | Failure =>
  takePage(list, { NextToken, MaxResults }, places, fmsErrors.token);
