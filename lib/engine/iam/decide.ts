import { controlPolicyLevels, membership, orgPath, type Membership } from "../organizations/state";
import { principalPolicies } from "./attached";
import { recall } from "./policy/recall";
import { explainPolicy, identityForm, prepare, resourceForm, trustForm, type PolicyForm, type Prepared } from "./policy/evaluate";
import { stronger, type PrincipalForm } from "./policy/principals";
import type { AttachedPolicy, AuthRequest, ConditionContext, Db, Decision, LayerKind, LayerTrace, Principal } from "../types";

/**
 * May this principal do this? All policies that have a say are asked, and the answer carries what each said.
 * Sources: IAM User Guide, "Policy evaluation logic", "Policy evaluation for requests within a single account",
 * "Cross-account policy evaluation logic", "Permissions boundaries for IAM entities"; KMS Developer Guide,
 * "Determining access to AWS KMS keys"; Organizations User Guide, "SCP evaluation", "Resource control policies".
 */

interface Spot {
  policy?: number;
  statement?: number;
}

interface Layer {
  trace: LayerTrace;
  deny?: Spot;
  allow?: Spot;
  /** Resource policies only: the strongest way in which an Allow named the caller, and whether one handed on to IAM. */
  form?: PrincipalForm;
  delegates?: Spot;
}

/** One object for each remark that is ever made: they are few, and fixed. */
const notApplicable = new Map<LayerKind, Map<string | undefined, Layer>>();
function none(kind: LayerKind, remark?: string): Layer {
  let layers = notApplicable.get(kind);
  if (!layers) notApplicable.set(kind, (layers = new Map()));
  let layer = layers.get(remark);
  if (!layer) layers.set(remark, (layer = { trace: { kind, outcome: "NotApplicable", policies: [], ...(remark === undefined ? {} : { remark }) } }));
  return layer;
}

/** The same object each time for the same policies and a question that is the same in all that they read: not to be changed. */
function ask(kind: LayerKind, policies: readonly AttachedPolicy[], question: Prepared, form: PolicyForm): Layer {
  return policies.length ? recall(policies, kind, form, question, () => judge(kind, policies, question, form)) : judge(kind, policies, question, form);
}

function judge(kind: LayerKind, policies: readonly AttachedPolicy[], question: Prepared, form: PolicyForm): Layer {
  const answers = policies.map((policy) => explainPolicy(policy, question, form));
  const layer: Layer = { trace: { kind, outcome: "ImplicitDeny", policies: answers.map(({ trace }) => trace) } };
  answers.forEach((answer, policy) => {
    if (answer.deny !== undefined) layer.deny ??= { policy, statement: answer.deny };
    if (answer.delegates !== undefined) layer.delegates ??= { policy, statement: answer.delegates };
    if (answer.allow === undefined) return;
    const best = stronger(layer.form, answer.form);
    if (!layer.allow || best !== layer.form) layer.allow = { policy, statement: answer.allow };
    layer.form = best;
  });
  if (layer.deny) layer.trace.outcome = "ExplicitDeny";
  else if (layer.allow) layer.trace.outcome = "Allow";
  return layer;
}

/** Control policies: every level from the root down to the account must allow. */
function askLevels(kind: LayerKind, levels: AttachedPolicy[][], question: Prepared, form: PolicyForm): Layer {
  const layer: Layer = { trace: { kind, outcome: "Allow", policies: [] } };
  for (const level of levels) {
    const before = layer.trace.policies.length;
    const part = ask(kind, level, question, form);
    layer.trace.policies.push(...part.trace.policies);
    const moved = (spot?: Spot) => spot && { ...spot, policy: spot.policy! + before };
    layer.deny ??= moved(part.deny);
    if (part.allow) layer.allow = moved(part.allow);
    else if (layer.trace.outcome === "Allow") {
      layer.trace.outcome = "ImplicitDeny";
      layer.trace.remark = `Nothing attached to ${level[0]?.from ?? "one level"} allows it`;
    }
  }
  if (layer.deny) layer.trace.outcome = "ExplicitDeny";
  return layer;
}

/** Services whose resources resource control policies reach. Source: Organizations User Guide, "Resource control policies (RCPs)", list of services. */
const rcpServices = new Set(["s3", "sts", "kms", "sqs", "secretsmanager", "cognito-idp", "logs", "dynamodb", "ecr", "aoss"]);

const isServiceLinked = (principal: Principal) => principal.roleArn?.includes(":role/aws-service-role/") === true;

function resourceControl(request: AuthRequest, principal: Principal, owner: Membership | undefined, db: Db, question: Prepared): Layer {
  if (!owner) return none("ResourceControlPolicy");
  if (!owner.organization.policyTypes.includes("RESOURCE_CONTROL_POLICY"))
    return none("ResourceControlPolicy", "Resource control policies are not enabled in the organization");
  if (owner.organization.MasterAccountId === owner.account.Id)
    return none("ResourceControlPolicy", "Resource control policies do not affect resources of the management account");
  if (isServiceLinked(principal)) return none("ResourceControlPolicy", "Resource control policies do not affect service-linked roles");
  if (request.resource === "*" || !rcpServices.has(request.action.split(":")[0]))
    return none("ResourceControlPolicy", "Resource control policies do not reach this action");
  if (request.awsManagedResource) return none("ResourceControlPolicy", "Resource control policies do not affect AWS managed keys");
  if (request.action === "kms:RetireGrant") return none("ResourceControlPolicy", "Resource control policies do not affect kms:RetireGrant");
  return askLevels("ResourceControlPolicy", controlPolicyLevels(db, owner, "RESOURCE_CONTROL_POLICY"), question, resourceForm);
}

function serviceControl(principal: Principal, caller: Membership | undefined, db: Db, question: Prepared): Layer {
  if (!caller || principal.type === "Service") return none("ServiceControlPolicy");
  if (!caller.organization.policyTypes.includes("SERVICE_CONTROL_POLICY"))
    return none("ServiceControlPolicy", "Service control policies are not enabled in the organization");
  if (caller.organization.MasterAccountId === caller.account.Id)
    return none("ServiceControlPolicy", "Service control policies do not affect the management account");
  if (isServiceLinked(principal)) return none("ServiceControlPolicy", "Service control policies do not affect service-linked roles");
  return askLevels("ServiceControlPolicy", controlPolicyLevels(db, caller, "SERVICE_CONTROL_POLICY"), question, identityForm);
}

/** What the caller itself brings. */
export interface Brought {
  identity: readonly AttachedPolicy[];
  boundary?: AttachedPolicy;
  /** Session policies: a list of documents is one filter, its members together. */
  session: readonly AttachedPolicy[];
  /** Simulation of documents by themselves: what an organization says is left out. */
  alone?: boolean;
}

/** The policies of a principal as IAM has them now. */
export function brought(db: Db, principal: Principal): Brought {
  const { identity, boundary } = principalPolicies(db, principal);
  const session = principal.session?.policies.length
    ? principal.session.policies.map((document, i) => ({ name: `session policy ${i + 1}`, document, from: `session ${principal.session!.name}` }))
    : noPolicies;
  return { identity, boundary, session };
}

const noPolicies: readonly AttachedPolicy[] = [];

/** What this caller's last question of an action came to. Callers ask the same again and again; then they have the same objects again. */
interface LastAsked {
  globals: Readonly<ConditionContext>;
  request: ConditionContext | undefined;
  ownerAccount: string;
  owner: string | undefined;
  context: ConditionContext;
  layers?: Layer[];
  decision?: Decision;
}
const lastAsked = new WeakMap<Principal, Map<string, LastAsked>>();

function keepAsked(principal: Principal, action: string, asked: LastAsked): LastAsked {
  let byAction = lastAsked.get(principal);
  if (!byAction) lastAsked.set(principal, (byAction = new Map()));
  byAction.set(action, asked);
  return asked;
}

/** All condition keys of the request: the call's, the owner's, its own. */
function contextOf(globals: Readonly<ConditionContext>, request: ConditionContext | undefined, ownerAccount: string, owner: Membership | undefined): ConditionContext {
  // Not a spread with more put behind it: engines of late take ten times as long for that.
  const context: ConditionContext = Object.assign({}, globals);
  context["aws:ResourceAccount"] = ownerAccount;
  if (owner) {
    context["aws:ResourceOrgID"] = owner.organization.Id;
    context["aws:ResourceOrgPaths"] = [orgPath(owner)];
  }
  for (const key in request) context[key] = request[key];
  return context;
}

function sameContext(a: ConditionContext = noContext, b: ConditionContext = noContext): boolean {
  let more = 0;
  for (const key in a) {
    if (!sameValue(a[key], b[key])) return false;
    more++;
  }
  for (const _ in b) more--;
  return more === 0;
}
const noContext: ConditionContext = {};

const sameValue = (a: string | string[], b: string | string[] | undefined): boolean =>
  a === b || (Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((value, i) => value === b[i]));

const sameLayers = (a: Layer[], b: Layer[]): boolean => a.length === b.length && a.every((layer, i) => layer === b[i]);

/**
 * The decision with all its reasons. `globals` are the global condition keys of the call (see `globals.ts`), to which the
 * keys of the request are added. `held` stands in for what IAM has for the principal (simulation).
 * Decisions share objects with each other, or are the same object, where they say the same: they are to be read, never changed.
 */
export function decide(
  db: Db,
  principal: Principal,
  request: AuthRequest,
  globals: Readonly<ConditionContext>,
  held: Brought = brought(db, principal),
): Decision {
  const { action, resource } = request;
  const ownerAccount = request.resourceAccount ?? principal.account;
  const crossAccount = principal.type !== "Service" && ownerAccount !== principal.account;
  const caller = held.alone ? undefined : membership(db, principal.account);
  const owner = ownerAccount === principal.account || held.alone ? caller : membership(db, ownerAccount);
  const ownerPath = owner && orgPath(owner);

  let asked = lastAsked.get(principal)?.get(action);
  if (!asked || asked.globals !== globals || asked.ownerAccount !== ownerAccount || asked.owner !== ownerPath || !sameContext(asked.request, request.context))
    asked = keepAsked(principal, action, { globals, request: request.context, ownerAccount, owner: ownerPath, context: contextOf(globals, request.context, ownerAccount, owner) });
  const { context } = asked;
  const question = prepare({ principal, action, resource, context, bounded: held.boundary !== undefined });

  const rcp = resourceControl(request, principal, owner, db, question);
  const scp = serviceControl(principal, caller, db, question);
  const ofResource = askResource(request, crossAccount, principal, question);
  const grant = grants(request);
  const identity = askIdentity(principal, held.identity, question);
  const boundary = held.boundary ? ask("PermissionsBoundary", [held.boundary], question, identityForm) : none("PermissionsBoundary");
  const session = askSession(principal, held.session, question);
  const layers = grant ? [rcp, scp, ofResource, grant, identity, boundary, session] : [rcp, scp, ofResource, identity, boundary, session];
  // A layer with a policy of the resource is that policy's own, so the same layers have been asked with the same policy.
  if (asked.decision?.resource === resource && sameLayers(asked.layers!, layers)) return asked.decision;

  const decision: Decision = {
    effect: "ImplicitDeny",
    action,
    resource,
    principal: principal.arn,
    crossAccount,
    context,
    layers: layers.map(({ trace }) => trace),
    because: { layer: 0 },
  };
  asked.layers = layers;
  asked.decision = decision;
  const because = (layer: Layer, spot?: Spot) => {
    decision.because = { layer: layers.indexOf(layer), ...spot };
    return decision;
  };

  const denying = layers.find((layer) => layer.deny);
  if (denying) {
    decision.effect = "ExplicitDeny";
    return because(denying, denying.deny);
  }

  const missing = missingLayers({ principal, request, crossAccount, rcp, scp, resource: ofResource, grant, identity, boundary, session });
  if (missing.length > 0) {
    decision.missing = missing.map(({ trace }) => trace.kind);
    return because(missing[0]);
  }
  decision.effect = "Allow";
  const granted = grant?.trace.outcome === "Allow";
  if (granted && !ofResource.allow) return because(grant!, grant!.allow);
  if (ofResource.allow && (crossAccount || ofResource.form !== "account")) return because(ofResource, ofResource.allow);
  return because(identity, identity.allow);
}

function askResource(
  { resourcePolicy, sameAccountOnly }: AuthRequest,
  crossAccount: boolean,
  principal: Principal,
  question: Prepared,
): Layer {
  if (!resourcePolicy) {
    if (!crossAccount && principal.type !== "Service") return none("ResourcePolicy");
    return {
      trace: {
        kind: "ResourcePolicy",
        outcome: "ImplicitDeny",
        policies: [],
        remark: "The resource has no policy that could let the caller in",
      },
    };
  }
  const layer = ask("ResourcePolicy", [resourcePolicy], question, resourcePolicy.kind === "TrustPolicy" ? trustForm : resourceForm);
  if (!crossAccount || !sameAccountOnly || layer.deny) return layer;
  return {
    trace: { ...layer.trace, outcome: "ImplicitDeny", remark: "This action cannot be used from another account, whatever the policy says" },
  };
}

function grants(request: AuthRequest): Layer | undefined {
  if (!request.grants) return undefined;
  const matched = request.grants.some((grant) => grant.matched);
  const outcome = matched ? "Allow" : request.grants.length > 0 ? "ImplicitDeny" : "NotApplicable";
  return { trace: { kind: "Grant", outcome, policies: [], grants: request.grants }, ...(matched ? { allow: {} } : {}) };
}

function askSession(principal: Principal, policies: readonly AttachedPolicy[], question: Prepared): Layer {
  if (policies.length > 0) return ask("SessionPolicy", policies, question, identityForm);
  if (principal.type !== "FederatedUser") return none("SessionPolicy");
  return {
    trace: {
      kind: "SessionPolicy",
      outcome: "ImplicitDeny",
      policies: [],
      remark: "A federated user without a session policy has only what resource policies give it",
    },
  };
}

function askIdentity(principal: Principal, policies: readonly AttachedPolicy[], question: Prepared): Layer {
  if (principal.type === "Root" || (principal.type === "FederatedUser" && principal.name === undefined)) {
    return {
      trace: {
        kind: "IdentityPolicy",
        outcome: "Allow",
        policies: [],
        remark: "The root user has no identity policies: it may do everything in its own account",
      },
      allow: {},
    };
  }
  if (principal.type === "Service") return none("IdentityPolicy", "A service principal has no identity policies");
  const layer = ask("IdentityPolicy", policies, question, identityForm);
  if (policies.length === 0) layer.trace.remark = "No identity policy is attached";
  return layer;
}

interface Asked {
  principal: Principal;
  request: AuthRequest;
  crossAccount: boolean;
  rcp: Layer;
  scp: Layer;
  resource: Layer;
  grant?: Layer;
  identity: Layer;
  boundary: Layer;
  session: Layer;
}

const refuses = (layer: Layer) => layer.trace.outcome === "ImplicitDeny";

/** The layers that did not allow and had to, in the order of evaluation; empty if the request is allowed. No layer denies explicitly here. */
function missingLayers({ principal, request, crossAccount, rcp, scp, resource, grant, identity, boundary, session }: Asked): Layer[] {
  const missing = [rcp, scp].filter(refuses);
  const limits = [boundary, session].filter(refuses);
  const granted = grant?.trace.outcome === "Allow";

  if (crossAccount) {
    // Both sides must allow: the owner by its resource policy (or a grant), the caller's account by its identity policies.
    if (!resource.allow && !granted) missing.push(resource);
    if (!identity.allow) missing.push(identity);
    return [...missing, ...limits];
  }
  // What a trust policy gives, boundary and session policies still limit, also where it names the caller itself.
  if (resource.form === "direct" && request.resourcePolicy?.kind === "TrustPolicy") return [...missing, ...limits];
  if (granted || resource.form === "direct") return missing;
  if (principal.type === "Service") return [...missing, resource];
  // A policy that names the role is limited by what limits the session, but needs no identity policy beside it.
  if (resource.form === "role") return [...missing, ...limits];
  if (request.resourcePolicy?.authority === "sole" && !resource.delegates) return [...missing, resource];
  if (!identity.allow) missing.push(identity);
  return [...missing, ...limits];
}
