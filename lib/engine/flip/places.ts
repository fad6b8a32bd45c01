import { parseArn } from "../arn";
import { managedDocument, parsePolicyArn } from "../iam/attached";
import { managedPolicies } from "../iam/managed-policies";
import { findGroup, findRole, findUser, nameId, policies } from "../iam/state";
import { quotas } from "../iam/quotas";
import { keys } from "../kms/state";
import { controlPolicy, membership } from "../organizations/state";
import { secrets } from "../secretsmanager/state";
import { parameters, resourcePolicies } from "../ssm/state";
import type { Call, Caller, Db, Decision, JsonObject, LayerKind, LayerTrace, PolicyTrace, Principal } from "../types";
import type { FlipEdit, Scene } from "./types";
import { nameInArn, thing } from "./words";

/** Where a policy that a decision names is kept, what stands there, and which calls put another text in its place. */

export type PlaceKind = "identity" | "boundary" | "key" | "trust" | "sharing" | "secret" | "control" | "session";

export interface Place {
  kind: PlaceKind;
  /** `the key policy of the key …1a2b`, `the policy read of user app`. */
  words: string;
  text: string;
  /** Calls that put another text there; absent where nobody can (AWS's own policies). */
  put?(text: string): FlipEdit[];
  /** Takes the policy away from where it hangs. */
  drop?: { words: string; edits: FlipEdit[] };
  /** It says something about more principals than the one whose call this is. */
  shared: boolean;
}

/** The account's `admin`, or its root where there is none. The search tries root where admin may not. */
export function editorOf(db: Db, account: string): Caller {
  return findUser(db, account, "admin") ? { account, user: "admin" } : { account, root: true };
}

export const edit = (db: Db, account: string, service: string, operation: string, input: JsonObject, region?: string): FlipEdit => ({
  kind: "call",
  call: { service, operation, input, caller: editorOf(db, account), door: "console", ...(region ? { region } : {}) },
});

export type HolderKind = "user" | "group" | "role";

/** A user, group or role that policies hang on. */
export interface Holder {
  kind: HolderKind;
  name: string;
  account: string;
}

export const titleOf = { user: "User", group: "Group", role: "Role" } as const;
export const holderInput = ({ kind, name }: Holder): JsonObject => ({ [`${titleOf[kind]}Name`]: name });

export function rowOf(db: Db, { kind, name, account }: Holder) {
  return kind === "user" ? findUser(db, account, name) : kind === "group" ? findGroup(db, account, name) : findRole(db, account, name);
}

/** The user or role that a caller's identity policies hang on; root and services have none. */
export function holderOf(principal: Principal): Holder | undefined {
  if (principal.name === undefined || principal.type === "Service") return undefined;
  return { kind: principal.type === "AssumedRole" ? "role" : "user", name: principal.name, account: principal.account };
}

/** `user alice` as a trace has it. */
function holderFrom(from: string | undefined, account: string): Holder | undefined {
  const match = /^(user|group|role) (.+)$/s.exec(from ?? "");
  return match ? { kind: match[1] as HolderKind, name: match[2], account } : undefined;
}

export function inlinePlace(db: Db, holder: Holder, name: string, own: boolean): Place | undefined {
  const row = rowOf(db, holder);
  const text = row && Object.hasOwn(row.inline, name) ? row.inline[name] : undefined;
  if (text === undefined) return undefined;
  const title = titleOf[holder.kind];
  const about = { ...holderInput(holder), PolicyName: name };
  return {
    kind: "identity",
    words: `the policy ${name} of ${holder.kind} ${holder.name}`,
    text,
    shared: !own,
    put: (PolicyDocument) => [edit(db, holder.account, "iam", `Put${title}Policy`, { ...about, PolicyDocument })],
    drop: {
      words: `Delete the policy ${name} of ${holder.kind} ${holder.name}`,
      edits: [edit(db, holder.account, "iam", `Delete${title}Policy`, about)],
    },
  };
}

/** A new default version of a customer managed policy; the oldest other one makes room where there are five. */
function newVersion(db: Db, arn: string): Place["put"] {
  const parsed = parsePolicyArn(arn);
  if (!parsed || managedPolicies.has(arn)) return undefined;
  return (PolicyDocument) => {
    const row = policies(db, parsed.account).get(nameId(parsed.name));
    const spare =
      row && row.versions.length >= quotas.VersionsPerPolicy
        ? row.versions.findLast(({ VersionId }) => VersionId !== row.DefaultVersionId)
        : undefined;
    return [
      ...(spare ? [edit(db, parsed.account, "iam", "DeletePolicyVersion", { PolicyArn: arn, VersionId: spare.VersionId })] : []),
      edit(db, parsed.account, "iam", "CreatePolicyVersion", { PolicyArn: arn, PolicyDocument, SetAsDefault: true }),
    ];
  };
}

export function managedPlace(db: Db, arn: string, holder: Holder | undefined, kind: "identity" | "boundary"): Place | undefined {
  const managed = managedDocument(db, arn);
  if (!managed) return undefined;
  const about = holder ? `${holder.kind} ${holder.name}` : "";
  const title = holder && titleOf[holder.kind];
  const drop =
    holder && kind === "identity"
      ? {
          words: `Detach the policy ${managed.name} from ${about}`,
          edits: [edit(db, holder.account, "iam", `Detach${title}Policy`, { ...holderInput(holder), PolicyArn: arn })],
        }
      : holder && {
          words: `Take the permissions boundary ${managed.name} away from ${about}`,
          edits: [edit(db, holder.account, "iam", `Delete${title}PermissionsBoundary`, holderInput(holder))],
        };
  return {
    kind,
    words: kind === "boundary" ? `the permissions boundary ${managed.name} of ${about}` : `the managed policy ${managed.name}`,
    text: managed.document,
    shared: true,
    put: newVersion(db, arn),
    drop,
  };
}

export function keyPlace(db: Db, keyArn: string): Place | undefined {
  const parsed = parseArn(keyArn);
  if (!parsed?.resource.startsWith("key/")) return undefined;
  const { account, region, resource } = parsed;
  const KeyId = resource.slice("key/".length);
  const row = keys(db.at({ account, region, service: "kms" })).get(KeyId);
  if (!row || row.KeyManager === "AWS") return undefined;
  return {
    kind: "key",
    words: `the key policy of ${thing(keyArn)}`,
    text: row.policy,
    shared: true,
    put: (Policy) => [edit(db, account, "kms", "PutKeyPolicy", { KeyId, PolicyName: "default", Policy }, region)],
  };
}

function trustPlace(db: Db, roleArn: string): Place | undefined {
  const parsed = parseArn(roleArn);
  const RoleName = parsed?.resource.split("/").at(-1) ?? "";
  const row = parsed && findRole(db, parsed.account, RoleName);
  if (!row) return undefined;
  return {
    kind: "trust",
    words: `the trust policy of role ${row.RoleName}`,
    text: row.AssumeRolePolicyDocument,
    shared: true,
    put: (PolicyDocument) => [edit(db, parsed.account, "iam", "UpdateAssumeRolePolicy", { RoleName: row.RoleName, PolicyDocument })],
  };
}

/** The name of a parameter by its ARN, which does not say whether a name of one level has its slash. */
export function parameterNamed(db: Db, parameterArn: string): string | undefined {
  const parsed = parseArn(parameterArn);
  const name = parsed?.resource.slice("parameter".length) ?? "";
  const table = parsed && parameters(db.at({ account: parsed.account, region: parsed.region, service: "ssm" }));
  return [name, name.slice(1)].find((one) => table?.get(one));
}

/** A parameter's own policy, where it has one and only one. */
function sharingPlace(db: Db, ResourceArn: string): Place | undefined {
  const parsed = parseArn(ResourceArn);
  if (!parsed) return undefined;
  const { account, region } = parsed;
  const table = resourcePolicies(db.at({ account, region, service: "ssm" }));
  const name = parameterNamed(db, ResourceArn);
  const ids = name === undefined ? [] : table.ids({ prefix: `${name}\0` });
  const row = ids.length === 1 ? table.get(ids[0]) : undefined;
  if (!row) return undefined;
  const { PolicyId, PolicyHash } = row;
  return {
    kind: "sharing",
    words: `the resource policy of ${thing(ResourceArn)}`,
    text: row.Policy,
    shared: true,
    put: (Policy) => [edit(db, account, "ssm", "PutResourcePolicy", { ResourceArn, Policy, PolicyId, PolicyHash }, region)],
  };
}

/** A secret's resource policy; its text is empty where it has none yet. */
export function secretPlace(db: Db, SecretId: string): Place | undefined {
  const parsed = parseArn(SecretId);
  if (!parsed) return undefined;
  const { account, region, resource } = parsed;
  const row = secrets(db.at({ account, region, service: "secretsmanager" })).get(nameInArn(resource));
  if (row?.ARN !== SecretId) return undefined;
  const words = `the resource policy of ${thing(SecretId)}`;
  return {
    kind: "secret",
    words,
    text: row.policy ?? "",
    shared: true,
    put: (ResourcePolicy) => [edit(db, account, "secretsmanager", "PutResourcePolicy", { SecretId, ResourcePolicy }, region)],
    ...(row.policy !== undefined && {
      drop: { words: `Delete ${words}`, edits: [edit(db, account, "secretsmanager", "DeleteResourcePolicy", { SecretId }, region)] },
    }),
  };
}

/** The policy of the key, or the secret, that a decision is about. */
export const ownPlace = (db: Db, { action, resource }: Decision): Place | undefined =>
  action.startsWith("kms:") ? keyPlace(db, resource) : action.startsWith("secretsmanager:") ? secretPlace(db, resource) : undefined;

const controlName: Partial<Record<LayerKind, string>> = {
  ServiceControlPolicy: "service control policy",
  ResourceControlPolicy: "resource control policy",
};

function controlPlace(db: Db, arn: string, kind: LayerKind, member: string): Place | undefined {
  const PolicyId = arn.split("/").at(-1)!;
  const found = controlPolicy(db, PolicyId);
  const management = membership(db, member)?.organization.MasterAccountId;
  if (!found || !management) return undefined;
  return {
    kind: "control",
    words: `the ${controlName[kind]} ${found.Name}`,
    text: found.Content,
    shared: true,
    ...(found.AwsManaged
      ? {}
      : { put: (Content: string) => [edit(db, management, "organizations", "UpdatePolicy", { PolicyId, Content })] }),
  };
}

/** The call that made the session whose credentials a call came with; undefined where the journal has it no longer. */
export function sessionCall(scene: Scene): Call | undefined {
  const { caller } = scene.call;
  if (!("accessKeyId" in caller)) return undefined;
  return scene.journal.findLast(
    ({ call, reply }) =>
      call?.service === "sts" && reply.ok && (reply.output.Credentials as JsonObject | undefined)?.AccessKeyId === caller.accessKeyId,
  )?.call;
}

/**
 * A session's policies cannot be changed: the session is made anew. Known only where the journal still has the call that
 * made it, and the policy came with that call.
 */
export function sessionPlace(scene: Scene): Place | undefined {
  const made = sessionCall(scene);
  if (!made || made.operation === "GetSessionToken") return undefined;
  const anew = (Policy: string | undefined): FlipEdit[] => {
    const { Policy: _, ...input } = made.input ?? {};
    return [{ kind: "call", call: { ...made, door: "console", input: Policy === undefined ? input : { ...input, Policy } } }];
  };
  const name = made.operation === "AssumeRole" ? "AssumeRole" : "GetFederationToken";
  return {
    kind: "session",
    words: `the session policy of ${name}, which is then called again`,
    text: typeof made.input?.Policy === "string" ? made.input.Policy : "",
    shared: false,
    put: anew,
    drop:
      name === "AssumeRole" && made.input?.Policy !== undefined
        ? { words: "Assume the role again without a session policy", edits: anew(undefined) }
        : undefined,
  };
}

/** The place of a policy that a decision names; undefined where it cannot be found or changed. */
export function placeOf(scene: Scene, decision: Decision, layer: LayerTrace, policy: PolicyTrace): Place | undefined {
  const { db, principal } = scene;
  switch (layer.kind) {
    case "IdentityPolicy": {
      const holder = holderFrom(policy.from, principal.account);
      if (!holder) return undefined;
      const own = holder.kind !== "group";
      return policy.arn === undefined ? inlinePlace(db, holder, policy.name, own) : managedPlace(db, policy.arn, holder, "identity");
    }
    case "PermissionsBoundary":
      return policy.arn === undefined ? undefined : managedPlace(db, policy.arn, holderFrom(policy.from, principal.account), "boundary");
    case "ResourcePolicy":
      if (decision.action.startsWith("sts:")) return trustPlace(db, decision.resource);
      return decision.action.startsWith("ssm:") ? sharingPlace(db, decision.resource) : ownPlace(db, decision);
    case "ServiceControlPolicy":
      return policy.arn === undefined ? undefined : controlPlace(db, policy.arn, layer.kind, principal.account);
    case "ResourceControlPolicy":
      return policy.arn === undefined
        ? undefined
        : controlPlace(db, policy.arn, layer.kind, parseArn(decision.resource)?.account || principal.account);
    case "SessionPolicy":
      return layer.policies.indexOf(policy) === 0 ? sessionPlace(scene) : undefined;
    default:
      return undefined;
  }
}
