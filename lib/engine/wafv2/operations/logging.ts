import { type Failure, ok } from "../../errors";
import type { Context, JsonObject, Operation } from "../../types";
import { askAll, askArn } from "../authorise";
import { invalid, isFailure, wafErrors } from "../errors";
import { checkDestination, openForDelivery } from "../log-destination";
import { checkScope, findByArn, readEntityArn } from "../names";
import { takePage } from "../page";
import { type LoggingRow, type Scope, type WebAclRow, logging } from "../state";

/** Logging of what a web ACL inspects. Source: WAFV2 API Reference, PutLoggingConfiguration, LoggingConfiguration, LoggingFilter. */

interface OfAcl {
  ResourceArn: string;
  LogType?: string;
  LogScope?: string;
}

interface Filter {
  Conditions: { ActionCondition?: JsonObject; LabelNameCondition?: JsonObject }[];
}

interface Given extends OfAcl {
  LogDestinationConfigs: string[];
  RedactedFields?: JsonObject[];
  LoggingFilter?: { Filters: Filter[]; DefaultBehavior: string };
}

const own = "CUSTOMER";
const redactable = ["UriPath", "QueryString", "SingleHeader", "Method"];

export const loggingId = ({ Scope: scope, Name }: Readonly<Pick<WebAclRow, "Scope" | "Name">>, LogScope = own): string => `${scope}\0${Name}\0${LogScope}`;

const scopeContext = ({ LogScope = own }: OfAcl) => ({ "wafv2:LogScope": LogScope });

/** Errors: WAFInvalidParameterException (RESOURCE_ARN), WAFNonexistentItemException. */
function aclHere(ctx: Context, arn: string): Readonly<WebAclRow> | Failure {
  const named = readEntityArn(arn);
  if (named?.kind !== "webacl" || named.region !== ctx.region) return wafErrors.arn(arn);
  return (named.account === ctx.account ? findByArn(ctx, arn, "webacl") : undefined) ?? wafErrors.notFound();
}

/** The reasons for fields and conditions are unverified. */
function problemOf(ctx: Context, { LogDestinationConfigs, RedactedFields = [], LoggingFilter, LogScope = own }: Given): Failure | undefined {
  if (LogScope !== own) return wafErrors.notSimulated(`log scopes other than ${own}`);
  // One destination of a web ACL, whatever the shape allows.
  if (LogDestinationConfigs.length > 1) return wafErrors.limit();
  for (const field of RedactedFields) {
    const names = Object.keys(field);
    if (names.length !== 1) return invalid("FIELD_TO_MATCH", "FieldToMatch", "You have used none or multiple values for a field that requires exactly one value.");
    if (!redactable.includes(names[0])) return invalid("FIELD_TO_MATCH", names[0], "The field to match can't be redacted.");
  }
  for (const { Conditions } of LoggingFilter?.Filters ?? [])
    if (Conditions.some((condition) => Object.keys(condition).length !== 1)) return invalid("FILTER_CONDITION", "Condition", "You have used none or multiple values for a field that requires exactly one value.");
  return checkDestination(ctx, LogDestinationConfigs[0]);
}

const view = (row: Readonly<LoggingRow>): JsonObject => ({ ...row, ManagedByFirewallManager: false }) as unknown as JsonObject;

/**
 * In place of the one that there was.
 * Errors: WAFInvalidParameterException, WAFNonexistentItemException, WAFLimitsExceededException,
 * WAFLogDestinationPermissionIssueException, NotSimulated (buckets, Firehose, other log scopes).
 */
export const PutLoggingConfiguration: Operation = {
  name: "PutLoggingConfiguration",
  authorise: ({ LoggingConfiguration: given }: { LoggingConfiguration: Given }, ctx) =>
    askArn(ctx, "PutLoggingConfiguration", given.ResourceArn, { ...scopeContext(given), "wafv2:LogDestinationResource": given.LogDestinationConfigs[0] }),
  handle({ LoggingConfiguration: given }: { LoggingConfiguration: Given }, ctx) {
    const acl = aclHere(ctx, given.ResourceArn);
    if (isFailure(acl)) return acl;
    const problem = problemOf(ctx, given) ?? openForDelivery(ctx, given.LogDestinationConfigs[0]);
    if (problem) return problem;
    const { ResourceArn, LogDestinationConfigs, RedactedFields, LoggingFilter } = given;
    const row: LoggingRow = {
      ResourceArn, LogDestinationConfigs,
      ...(RedactedFields?.length ? { RedactedFields } : {}),
      ...(LoggingFilter ? { LoggingFilter: LoggingFilter as unknown as JsonObject } : {}),
      LogType: "WAF_LOGS", LogScope: own,
    };
    logging(ctx.db).put(loggingId(acl), row);
    return ok({ LoggingConfiguration: view(row) });
  },
};

/** Errors: WAFNonexistentItemException, WAFInvalidParameterException. */
export const GetLoggingConfiguration: Operation = {
  name: "GetLoggingConfiguration",
  authorise: (input: OfAcl, ctx) => askArn(ctx, "GetLoggingConfiguration", input.ResourceArn, scopeContext(input)),
  handle(input: OfAcl, ctx) {
    const acl = aclHere(ctx, input.ResourceArn);
    if (isFailure(acl)) return acl;
    const row = logging(ctx.db).get(loggingId(acl, input.LogScope));
    return row ? ok({ LoggingConfiguration: view(row) }) : wafErrors.notFound();
  },
};

/** Errors: WAFNonexistentItemException, WAFInvalidParameterException. */
export const DeleteLoggingConfiguration: Operation = {
  name: "DeleteLoggingConfiguration",
  authorise: (input: OfAcl, ctx) => askArn(ctx, "DeleteLoggingConfiguration", input.ResourceArn, scopeContext(input)),
  handle(input: OfAcl, ctx) {
    const acl = aclHere(ctx, input.ResourceArn);
    if (isFailure(acl)) return acl;
    const id = loggingId(acl, input.LogScope);
    if (!logging(ctx.db).get(id)) return wafErrors.notFound();
    logging(ctx.db).delete(id);
    return ok({});
  },
};

/** In the order of the web ACLs' names. Errors: WAFInvalidParameterException. */
export const ListLoggingConfigurations: Operation = {
  name: "ListLoggingConfigurations",
  authorise: ({ LogScope = own }: { LogScope?: string }) => askAll("ListLoggingConfigurations", { "wafv2:LogScope": LogScope }),
  handle(input: { Scope: Scope; NextMarker?: string; Limit?: number; LogScope?: string }, ctx) {
    const problem = checkScope(ctx, input.Scope);
    if (problem) return problem;
    const wanted = logging(ctx.db).ids({ prefix: `${input.Scope}\0` }).filter((id) => id.endsWith(`\0${input.LogScope ?? own}`));
    const page = takePage("ListLoggingConfigurations", input, wanted, (id) => view(logging(ctx.db).get(id)!));
    return isFailure(page) ? page : ok({ LoggingConfigurations: page.entries, ...page.more });
  },
};
