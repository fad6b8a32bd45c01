import { utf8 } from "../../crypto/bytes";
import type { Failure } from "../../errors";
import { ok } from "../../errors";
import type { Context, JsonObject, Operation } from "../../types";
import { askBus } from "../authorise";
import { eventErrors } from "../errors";
import { busArn, busReference, editBus, ownBus } from "../names";

/** Bytes. Source: EventBridge API, PutPermission. */
const mostBytes = 10_240;

interface Permission {
  EventBusName?: string;
  Action?: string;
  Principal?: string;
  StatementId?: string;
  Condition?: { Type: string; Key: string; Value: string };
  Policy?: string;
}

type Document = { Version: string; Statement: JsonObject[] };

const documentOf = (policy: string | undefined): Document => (policy === undefined ? { Version: "2012-10-17", Statement: [] } : (JSON.parse(policy) as Document));

/** The policy as given, its statements always a list. Errors: ValidationException. */
function whole(text: string): Document | Failure {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return eventErrors.invalid("Parameter Policy is not valid. Reason: it is no JSON.");
  }
  const { Statement } = (parsed ?? {}) as { Statement?: unknown };
  const statements = (Array.isArray(Statement) ? Statement : [Statement]) as unknown[];
  const well = statements.every((each) => {
    if (typeof each !== "object" || each === null) return false;
    const { Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource } = each as Record<string, unknown>;
    return (Effect === "Allow" || Effect === "Deny") && (Principal ?? NotPrincipal) !== undefined && (Action ?? NotAction) !== undefined && (Resource ?? NotResource) !== undefined;
  });
  if (!statements.length || !well) return eventErrors.invalid("Parameter Policy is not valid. Reason: each statement must have Effect, Principal, Action and Resource.");
  return { ...(parsed as Document), Statement: statements as JsonObject[] };
}

/** One more statement, or another in its place. Errors: ValidationException. */
function withStatement(ctx: Context, before: Document, { EventBusName, Action, Principal, StatementId, Condition }: Permission): Document | Failure {
  for (const [name, value] of [["Action", Action], ["Principal", Principal], ["StatementId", StatementId]]) if (value === undefined) return eventErrors.invalid(`Parameter ${name} must be specified.`);
  if (Action !== "events:PutEvents") return eventErrors.invalid("Provided value in parameter 'action' is not supported.");
  if (Condition && (Condition.Type !== "StringEquals" || Condition.Key !== "aws:PrincipalOrgID")) return eventErrors.invalid("Parameter Condition is not valid. Reason: it must compare aws:PrincipalOrgID by StringEquals.");
  const statement: JsonObject = {
    Sid: StatementId,
    Effect: "Allow",
    Principal: Principal === "*" ? "*" : { AWS: `arn:aws:iam::${Principal}:root` },
    Action,
    Resource: busArn(busReference(ctx, EventBusName)),
    ...(Condition ? { Condition: { [Condition.Type]: { [Condition.Key]: Condition.Value } } } : {}),
  };
  return { ...before, Statement: [...before.Statement.filter(({ Sid }) => Sid !== StatementId), statement] };
}

/**
 * Lets an account, an organization or everybody send events to a bus, or puts a whole policy in the place of the one that is there.
 * Errors: ResourceNotFoundException, ValidationException, PolicyLengthExceededException. Source: EventBridge API, PutPermission.
 */
export const PutPermission: Operation = {
  name: "PutPermission",
  authorise: ({ EventBusName }: Permission, ctx) => askBus(ctx, "PutPermission", EventBusName),
  handle(input: Permission, ctx) {
    const row = ownBus(ctx, input.EventBusName);
    if ("ok" in row) return row;
    if (input.Policy !== undefined && (input.Action ?? input.Principal ?? input.StatementId ?? input.Condition) !== undefined)
      return eventErrors.invalid("Parameter Policy cannot be used together with Action, Principal, StatementId and Condition.");
    const document = input.Policy === undefined ? withStatement(ctx, documentOf(row.Policy), input) : whole(input.Policy);
    if ("ok" in document) return document;
    const text = JSON.stringify(document);
    if (utf8(text).length > mostBytes) return eventErrors.policyTooLong();
    editBus(ctx.db, row.Name, ctx.now).Policy = text;
    return ok({});
  },
};

interface Removal {
  EventBusName?: string;
  StatementId?: string;
  RemoveAllPermissions?: boolean;
}

/** Errors: ResourceNotFoundException, ValidationException. Source: EventBridge API, RemovePermission. */
export const RemovePermission: Operation = {
  name: "RemovePermission",
  authorise: ({ EventBusName }: Removal, ctx) => askBus(ctx, "RemovePermission", EventBusName),
  handle({ EventBusName, StatementId, RemoveAllPermissions }: Removal, ctx) {
    const row = ownBus(ctx, EventBusName);
    if ("ok" in row) return row;
    if (!RemoveAllPermissions && StatementId === undefined) return eventErrors.invalid("Parameter StatementId is required.");
    const document = documentOf(row.Policy);
    const rest = RemoveAllPermissions ? [] : document.Statement.filter(({ Sid }) => Sid !== StatementId);
    if (!RemoveAllPermissions && rest.length === document.Statement.length) return eventErrors.noStatement();
    if (row.Policy === undefined) return ok({});
    const edited = editBus(ctx.db, row.Name, ctx.now);
    if (rest.length) edited.Policy = JSON.stringify({ ...document, Statement: rest });
    else delete edited.Policy;
    return ok({});
  },
};
