import { utf8 } from "../../crypto/bytes";
import type { Failure } from "../../errors";
import { fail, ok } from "../../errors";
import type { Context, JsonObject, Operation } from "../../types";
import { findRole, findUser } from "../../iam/state";
import { ask, policyDocument } from "../authorise";
import { isFailure, lambdaErrors } from "../errors";
import { type Reference, find, functionArn, parseReference } from "../names";
import { LATEST, type PolicyRow, partId, policies } from "../state";

interface Named {
  FunctionName: string;
  Qualifier?: string;
  RevisionId?: string;
}

interface Permission extends Named {
  StatementId: string;
  Action: string;
  Principal: string;
  SourceArn?: string;
  SourceAccount?: string;
  EventSourceToken?: string;
  PrincipalOrgID?: string;
  FunctionUrlAuthType?: string;
  InvokedViaFunctionUrl?: boolean;
}

/** Bytes. Source: Lambda Developer Guide, Lambda quotas (function resource-based policy). */
const mostBytes = 20_480;

function ownReference(ctx: Context, { FunctionName, Qualifier }: Named): Reference | Failure {
  const found = find(ctx, FunctionName, Qualifier);
  if (isFailure(found)) return found;
  return found.reference.account === ctx.account ? found.reference : lambdaErrors.notSimulated("the policy of another account's function");
}

const rowId = ({ name, qualifier }: Reference): string => partId(name, qualifier ?? "");

function question(action: string, input: Named & { Principal?: string; FunctionUrlAuthType?: string }, ctx: Context) {
  const reference = parseReference(input.FunctionName, input.Qualifier, ctx);
  if (isFailure(reference)) return reference;
  const context = { ...(input.Principal ? { "lambda:Principal": input.Principal } : {}), ...(input.FunctionUrlAuthType ? { "lambda:FunctionUrlAuthType": input.FunctionUrlAuthType } : {}) };
  return ask(ctx, action, reference, { context });
}

/** The statement's `Principal`; undefined for what is none. */
function principalElement(ctx: Context, given: string): JsonObject | string | undefined {
  if (given === "*") return "*";
  if (/^\d{12}$/.test(given)) return { AWS: `arn:aws:iam::${given}:root` };
  const entity = /^arn:aws[a-z-]*:(?:iam|sts)::(\d{12}):(root|user|role|assumed-role|federated-user)(?:\/(?:.*\/)?([^/]+))?$/.exec(given);
  if (entity) {
    const [, account, kind, name] = entity;
    if (kind === "user" && !findUser(ctx.db, account, name)) return undefined;
    if (kind === "role" && !findRole(ctx.db, account, name)) return undefined;
    return { AWS: given };
  }
  return /^[a-z0-9-]+(\.[a-z0-9-]+)*\.(amazonaws\.com|amazon\.com|alexa\.amazon\.com)$/.test(given) ? { Service: given } : undefined;
}

/** As Lambda writes a permission. Source: Lambda Developer Guide, Viewing resource-based IAM policies in Lambda. */
function statementOf(input: Permission, Principal: JsonObject | string, resource: string): string {
  const { StatementId, Action, SourceArn, SourceAccount, EventSourceToken, PrincipalOrgID, FunctionUrlAuthType, InvokedViaFunctionUrl } = input;
  const equals = {
    ...(SourceAccount ? { "AWS:SourceAccount": SourceAccount } : {}),
    ...(EventSourceToken ? { "lambda:EventSourceToken": EventSourceToken } : {}),
    ...(PrincipalOrgID ? { "aws:PrincipalOrgID": PrincipalOrgID } : {}),
    ...(FunctionUrlAuthType ? { "lambda:FunctionUrlAuthType": FunctionUrlAuthType } : {}),
  };
  const Condition = {
    ...(Object.keys(equals).length ? { StringEquals: equals } : {}),
    ...(InvokedViaFunctionUrl === undefined ? {} : { Bool: { "lambda:InvokedViaFunctionUrl": String(InvokedViaFunctionUrl) } }),
    ...(SourceArn ? { ArnLike: { "AWS:SourceArn": SourceArn } } : {}),
  };
  return JSON.stringify({ Sid: StatementId, Effect: "Allow", Principal, Action, Resource: resource, ...(Object.keys(Condition).length ? { Condition } : {}) });
}

const sidOf = (statement: string): string => (JSON.parse(statement) as { Sid: string }).Sid;

/**
 * Lets a service or an account use a function.
 * Errors: InvalidParameterValueException, ResourceConflictException, ResourceNotFoundException, PolicyLengthExceededException,
 * PreconditionFailedException. Source: Lambda API, AddPermission.
 */
export const AddPermission: Operation = {
  name: "AddPermission",
  authorise: (input: Permission, ctx) => question("AddPermission", input, ctx),
  handle(input: Permission, ctx) {
    const reference = ownReference(ctx, input);
    if (isFailure(reference)) return reference;
    if (reference.qualifier === LATEST) return lambdaErrors.invalid("We currently do not support adding policies for $LATEST.");
    const principal = principalElement(ctx, input.Principal);
    if (principal === undefined) return lambdaErrors.invalid("The provided principal was invalid. Please check the principal and try again.");
    const before = policies(ctx.db).get(rowId(reference));
    if (input.RevisionId !== undefined && input.RevisionId !== before?.RevisionId) return lambdaErrors.stale();
    if (before?.statements.some((statement) => sidOf(statement) === input.StatementId))
      return lambdaErrors.conflict(`The statement id (${input.StatementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`);
    const statement = statementOf(input, principal, functionArn(reference));
    const statements = [...(before?.statements ?? []), statement];
    const size = utf8(policyDocument(statements)).length;
    if (size > mostBytes) return fail("PolicyLengthExceededException", `The final policy size (${size}) is bigger than the limit (${mostBytes}).`, { Type: "User" }, 400);
    const row: PolicyRow = { FunctionName: reference.name, ...(reference.qualifier === undefined ? {} : { Qualifier: reference.qualifier }), statements, RevisionId: ctx.newId() };
    policies(ctx.db).put(rowId(reference), row);
    return ok({ Statement: statement });
  },
};

/** Errors: ResourceNotFoundException, PreconditionFailedException. Source: Lambda API, RemovePermission. */
export const RemovePermission: Operation = {
  name: "RemovePermission",
  authorise: (input: Named, ctx) => question("RemovePermission", input, ctx),
  handle(input: Named & { StatementId: string }, ctx) {
    const reference = ownReference(ctx, input);
    if (isFailure(reference)) return reference;
    const id = rowId(reference);
    const before = policies(ctx.db).get(id);
    if (!before) return lambdaErrors.policyNotFound();
    if (input.RevisionId !== undefined && input.RevisionId !== before.RevisionId) return lambdaErrors.stale();
    const statements = before.statements.filter((statement) => sidOf(statement) !== input.StatementId);
    if (statements.length === before.statements.length) return lambdaErrors.statementNotFound(input.StatementId);
    if (statements.length) policies(ctx.db).put(id, { ...before, statements, RevisionId: ctx.newId() });
    else policies(ctx.db).delete(id);
    return ok({});
  },
};

/** Errors: ResourceNotFoundException, also where the function has no policy. Source: Lambda API, GetPolicy. */
export const GetPolicy: Operation = {
  name: "GetPolicy",
  authorise: (input: Named, ctx) => question("GetPolicy", input, ctx),
  handle(input: Named, ctx) {
    const reference = ownReference(ctx, input);
    if (isFailure(reference)) return reference;
    const row = policies(ctx.db).get(rowId(reference));
    return row ? ok({ Policy: policyDocument(row.statements), RevisionId: row.RevisionId }) : lambdaErrors.policyNotFound();
  },
};
