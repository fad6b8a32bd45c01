import { ok, type Failure } from "../../errors";
import { policiesOf, userPolicies, rolePolicies, type PrincipalPolicies } from "../attached";
import { operation, type Input } from "../common";
import { keysOfDocuments, keysOfStatement } from "../context-keys";
import { decide, type Brought } from "../decide";
import { iamErrors } from "../errors";
import { page } from "../page";
import { compilePolicy } from "../policy/compile";
import { readPolicy } from "../policy/grammar";
import { positionAt, statementOffsets } from "../policy/positions";
import { findGroup, findRole, findUser } from "../state";
import type { AttachedPolicy, AuthRequest, ConditionContext, Context, Decision, LayerTrace, Operation, Principal } from "../../types";

/**
 * What would be allowed: the same evaluator as every call's, on policies of a user, group or role, or on documents alone.
 * Source: IAM API Reference, SimulatePrincipalPolicy, SimulateCustomPolicy, EvaluationResult, GetContextKeysForPrincipalPolicy.
 */

const named = (list: string[] | undefined, prefix: string): AttachedPolicy[] =>
  (list ?? []).map((document, i) => ({ name: `${prefix}.${i + 1}`, document }));

const unreadable = (documents: string[]): Failure | undefined => {
  for (const document of documents) if (!readPolicy(document).ok) return iamErrors.invalidInput("Syntax errors in policy.");
  return undefined;
};

interface Source {
  principal: Principal;
  held: PrincipalPolicies;
}

/** A user, role or group of the caller's account by its ARN. */
function sourceOf(arn: string, ctx: Context): Source | Failure {
  const match = /^arn:aws:iam::(\d{12}):(user|role|group)\/(?:.*\/)?([^/]+)$/.exec(arn);
  if (!match) return iamErrors.invalidInput(`Invalid Entity Arn: ${arn} does not clearly define entity type and name.`);
  const [, account, kind, name] = match;
  const { db } = ctx;
  if (kind === "user") {
    const user = account === ctx.account ? findUser(db, account, name) : undefined;
    if (user?.Arn !== arn) return iamErrors.notFound("user", name);
    return { principal: { type: "User", account, arn, userId: user.UserId, name: user.UserName }, held: userPolicies(db, account, name) };
  }
  if (kind === "role") {
    const role = account === ctx.account ? findRole(db, account, name) : undefined;
    if (role?.Arn !== arn) return iamErrors.notFound("role", name);
    return {
      principal: { type: "AssumedRole", account, arn, userId: `${role.RoleId}:simulation`, name: role.RoleName, roleArn: role.Arn },
      held: rolePolicies(db, account, name),
    };
  }
  const group = account === ctx.account ? findGroup(db, account, name) : undefined;
  if (group?.Arn !== arn) return iamErrors.notFound("group", name);
  return {
    principal: { type: "User", account, arn, userId: group.GroupId },
    held: { identity: policiesOf(db, group, `group ${group.GroupName}`) },
  };
}

/** The caller whom a resource policy may name. Only users may be simulated callers. */
function callerOf(arn: string, ctx: Context): Principal | Failure {
  const match = /^arn:aws:iam::(\d{12}):(?:user\/(?:.*\/)?([^/]+)|root)$/.exec(arn);
  if (!match) return iamErrors.invalidInput(`Invalid Entity Arn: ${arn} does not clearly define entity type and name.`);
  if (match[2] === undefined) return { type: "Root", account: match[1], arn, userId: match[1] };
  const user = findUser(ctx.db, match[1], match[2]);
  return { type: "User", account: match[1], arn, userId: user?.UserId ?? "AIDASIMULATED", name: match[2] };
}

/** IAM says whose inline policy it was: `user_alice_read`. Managed policies and documents have their name. */
const sourceId = ({ name, from, arn }: { name: string; from?: string; arn?: string }) =>
  arn === undefined && from !== undefined ? `${from.replace(" ", "_")}_${name}` : name;

interface Simulation {
  principal: Principal;
  held: Brought;
  input: Input;
  ctx: Context;
}

function evaluate({ principal, held, input, ctx }: Simulation, action: string, resource: string) {
  const context: ConditionContext = {};
  for (const { ContextKeyName, ContextKeyValues = [], ContextKeyType = "string" } of input.ContextEntries ?? []) {
    context[ContextKeyName] = ContextKeyType.endsWith("List") || ContextKeyValues.length !== 1 ? ContextKeyValues : ContextKeyValues[0];
  }
  const owner = input.ResourceOwner === undefined ? undefined : /^(?:arn:aws:iam::)?(\d{12})(?::root)?$/.exec(input.ResourceOwner)?.[1];
  const request: AuthRequest = {
    action,
    resource,
    context,
    ...(owner === undefined ? {} : { resourceAccount: owner }),
    ...(input.ResourcePolicy === undefined
      ? {}
      : {
          resourcePolicy: {
            name: "ResourcePolicy",
            document: input.ResourcePolicy,
            kind: "ResourcePolicy" as const,
            authority: action.startsWith("kms:") ? ("sole" as const) : ("shared" as const),
          },
        }),
  };
  const decision = decide(ctx.db, principal, request, {}, held);
  const documents = new Map<string, string>(
    [...held.identity, ...(held.boundary ? [held.boundary] : []), ...(request.resourcePolicy ? [request.resourcePolicy] : [])].map(
      (policy) => [sourceId(policy), policy.document],
    ),
  );
  const boundary = decision.layers.find(({ kind }) => kind === "PermissionsBoundary")!;
  const organization = decision.layers.filter(({ kind, outcome }) => kind === "ServiceControlPolicy" && outcome !== "NotApplicable");
  return {
    EvalActionName: action,
    EvalResourceName: resource,
    EvalDecision: { Allow: "allowed", ExplicitDeny: "explicitDeny", ImplicitDeny: "implicitDeny" }[decision.effect],
    MatchedStatements: matchedStatements(decision, documents),
    MissingContextValues: missingKeys(decision, documents, context),
    ...(organization.length > 0
      ? { OrganizationsDecisionDetail: { AllowedByOrganizations: organization.every(({ outcome }) => outcome === "Allow") } }
      : {}),
    ...(boundary.outcome === "NotApplicable"
      ? {}
      : { PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: boundary.outcome === "Allow" } }),
    ...(decision.crossAccount
      ? { EvalDecisionDetails: Object.fromEntries(decision.layers.filter(seen).map((layer) => [layerName(layer), outcomeName(layer)])) }
      : {}),
    ResourceSpecificResults: [],
  };
}

const seen = ({ kind, outcome }: LayerTrace) =>
  outcome !== "NotApplicable" && (kind === "IdentityPolicy" || kind === "ResourcePolicy" || kind === "PermissionsBoundary");
const layerName = ({ kind }: LayerTrace) =>
  ({ IdentityPolicy: "IAM Policy", ResourcePolicy: "Resource Policy", PermissionsBoundary: "Permissions Boundary Policy" })[
    kind as "IdentityPolicy"
  ];
const outcomeName = ({ outcome }: LayerTrace) =>
  ({ Allow: "allowed", ExplicitDeny: "explicitDeny", ImplicitDeny: "implicitDeny", NotApplicable: "implicitDeny" })[outcome];

/** The statements that made the decision: those that deny, or those that allow; none for an implicit deny. */
function matchedStatements(decision: Decision, documents: Map<string, string>) {
  if (decision.effect === "ImplicitDeny") return [];
  const wanted = decision.effect === "Allow" ? "Allow" : "Deny";
  return decision.layers.filter(seen).flatMap((layer) =>
    layer.policies.flatMap((policy) => {
      const id = sourceId(policy);
      const text = documents.get(id) ?? "";
      const offsets = statementOffsets(text || "{}");
      return policy.statements
        .filter(({ matched, Effect }) => matched && Effect === wanted)
        .map(({ index }) => ({
          SourcePolicyId: id,
          SourcePolicyType: layerName(layer),
          // IAM counts from behind the opening brace to behind the closing one.
          StartPosition: positionAt(text, offsets[index].start + 1),
          EndPosition: positionAt(text, offsets[index].end),
        }));
    }),
  );
}

/** Keys that statements about this action and resource read, and that the simulation was not told. */
function missingKeys(decision: Decision, documents: Map<string, string>, given: ConditionContext): string[] {
  const told = new Set(Object.keys(given).map((key) => key.toLowerCase()));
  const keys = decision.layers.filter(seen).flatMap((layer) =>
    layer.policies.flatMap((policy) => {
      const compiled = compilePolicy(documents.get(sourceId(policy)) ?? "");
      return policy.statements
        .filter(({ parts }) =>
          parts.every(
            ({ part, matched, wanted }) =>
              part === "Condition" || matched || (part === "Resource" && wanted.some((text) => text.includes("${"))),
          ),
        )
        .flatMap(({ index }) => keysOfStatement(compiled.statements[index]));
    }),
  );
  return [...new Set(keys)].filter((key) => !told.has(key.toLowerCase()) && !(key.toLowerCase() in fromPrincipal));
}

/** `decide` knows it without being told. */
const fromPrincipal: Record<string, true> = { "aws:resourceaccount": true };

function simulate(simulation: Simulation): ReturnType<Operation["handle"]> {
  const { input } = simulation;
  const bad = unreadable([
    ...(input.PolicyInputList ?? []),
    ...(input.PermissionsBoundaryPolicyInputList ?? []),
    ...(input.ResourcePolicy === undefined ? [] : [input.ResourcePolicy]),
  ]);
  if (bad) return bad;
  for (const action of input.ActionNames as string[]) {
    if (!/^[A-Za-z0-9-]+:[A-Za-z0-9]+$/.test(action))
      return iamErrors.invalidInput(`Invalid Action: ${action} is not a valid action name.`);
  }
  if (input.ResourcePolicy !== undefined && simulation.principal.arn === "")
    return iamErrors.invalidInput("CallerArn must be provided when a ResourcePolicy is provided.");
  const pairs = (input.ActionNames as string[]).flatMap((action) =>
    ((input.ResourceArns as string[] | undefined) ?? ["*"]).map((resource) => ({ action, resource })),
  );
  const numbered = pairs.map((pair, i) => ({ ...pair, id: String(i).padStart(6, "0") }));
  const part = page(numbered, ({ id }) => id, input);
  return part.ok
    ? ok({ EvaluationResults: part.items.map(({ action, resource }) => evaluate(simulation, action, resource)), ...part.rest })
    : part;
}

const boundaryInput = (input: Input): AttachedPolicy | undefined =>
  named(input.PermissionsBoundaryPolicyInputList, "PermissionsBoundaryPolicyInputList")[0];

export const SimulatePrincipalPolicy = operation({
  name: "SimulatePrincipalPolicy",
  authorise: ({ PolicySourceArn }) => ({ action: "iam:SimulatePrincipalPolicy", resource: PolicySourceArn }),
  handle(input, ctx) {
    const source = sourceOf(input.PolicySourceArn, ctx);
    if ("ok" in source) return source;
    const caller = input.CallerArn === undefined ? source.principal : callerOf(input.CallerArn, ctx);
    if ("ok" in caller) return caller;
    const boundary = boundaryInput(input) ?? source.held.boundary;
    const held: Brought = {
      identity: [...source.held.identity, ...named(input.PolicyInputList, "PolicyInputList")],
      session: [],
      ...(boundary ? { boundary } : {}),
    };
    return simulate({ principal: caller, held, input, ctx });
  },
});

export const SimulateCustomPolicy = operation({
  name: "SimulateCustomPolicy",
  authorise: () => ({ action: "iam:SimulateCustomPolicy", resource: "*" }),
  handle(input, ctx) {
    const caller: Principal | Failure =
      input.CallerArn === undefined ? { type: "User", account: ctx.account, arn: "", userId: "" } : callerOf(input.CallerArn, ctx);
    if ("ok" in caller) return caller;
    const boundary = boundaryInput(input);
    return simulate({
      principal: caller,
      held: { identity: named(input.PolicyInputList, "PolicyInputList"), session: [], alone: true, ...(boundary ? { boundary } : {}) },
      input,
      ctx,
    });
  },
});

export const GetContextKeysForCustomPolicy = operation({
  name: "GetContextKeysForCustomPolicy",
  authorise: () => ({ action: "iam:GetContextKeysForCustomPolicy", resource: "*" }),
  handle: ({ PolicyInputList }) => unreadable(PolicyInputList) ?? ok({ ContextKeyNames: keysOfDocuments(PolicyInputList) }),
});

export const GetContextKeysForPrincipalPolicy = operation({
  name: "GetContextKeysForPrincipalPolicy",
  authorise: ({ PolicySourceArn }) => ({ action: "iam:GetContextKeysForPrincipalPolicy", resource: PolicySourceArn }),
  handle({ PolicySourceArn, PolicyInputList = [] }, ctx) {
    const source = sourceOf(PolicySourceArn, ctx);
    if ("ok" in source) return source;
    return (
      unreadable(PolicyInputList) ??
      ok({ ContextKeyNames: keysOfDocuments([...source.held.identity.map(({ document }) => document), ...PolicyInputList]) })
    );
  },
});

export const simulationOperations = [
  SimulatePrincipalPolicy,
  SimulateCustomPolicy,
  GetContextKeysForCustomPolicy,
  GetContextKeysForPrincipalPolicy,
];
