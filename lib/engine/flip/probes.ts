import { arn, parseArn } from "../arn";
import { decide } from "../iam/decide";
import { globalKeys } from "../iam/globals";
import { accounts, findRole, findUser, type RoleRow, roles, type UserRow, users } from "../iam/state";
import { keyAuth } from "../kms/auth";
import { defaultKeyPolicy } from "../kms/default-policy";
import { type KeyRow, keys } from "../kms/state";
import type { Lab } from "../lab";
import { policyOf, secretContext } from "../secretsmanager/authorise";
import { secretArn } from "../secretsmanager/find";
import { secrets } from "../secretsmanager/state";
import { resourceTags } from "../ssm/authorise";
import { parameterArn, parameters } from "../ssm/state";
import type { AuthRequest, Caller, ConditionContext, Context, Db, Principal, Row, Table } from "../types";
import type { Asked } from "./types";
import { nameInArn, policyName } from "./words";

/**
 * Questions that are put before and after a change, by the evaluator that every call goes through: what else answers
 * otherwise then is what the change does beside. A sample, since nobody can ask everything: other people, other
 * actions, other keys and parameters, another encryption context.
 */

export type Variant = "same" | "other context" | "some context" | "no context" | "direct";

export interface Probe {
  caller: Caller;
  action: string;
  resource: string;
  variant: Variant;
  /** The action comes with an encryption context, through these services, with these condition keys of its own. */
  encryptionContext?: Record<string, string>;
  via: string[];
  region: string;
  extra: ConditionContext;
}

const otherActions: Record<string, string[]> = {
  kms: "Encrypt Decrypt ReEncryptFrom GenerateDataKey DescribeKey GetKeyPolicy PutKeyPolicy CreateGrant DisableKey ScheduleKeyDeletion".split(
    " ",
  ),
  ssm: "GetParameter GetParameters GetParametersByPath GetParameterHistory PutParameter DeleteParameter".split(" "),
  secretsmanager: "GetSecretValue DescribeSecret PutSecretValue DeleteSecret UpdateSecret PutResourcePolicy".split(" "),
  iam: "GetUser ListUsers CreateUser DeleteUser PutUserPolicy AttachUserPolicy CreateAccessKey CreateRole PutRolePolicy".split(" "),
  sts: ["AssumeRole", "TagSession"],
  organizations: "DescribeOrganization ListAccounts CreatePolicy UpdatePolicy DetachPolicy".split(" "),
};
const usageActions: Record<string, string[]> = {
  SIGN_VERIFY: ["Sign", "Verify", "GetPublicKey"],
  GENERATE_VERIFY_MAC: ["GenerateMac", "VerifyMac"],
  KEY_AGREEMENT: ["DeriveSharedSecret", "GetPublicKey"],
};
const withContext = new Set(
  [
    "Encrypt",
    "Decrypt",
    "ReEncryptFrom",
    "ReEncryptTo",
    "GenerateDataKey",
    "GenerateDataKeyWithoutPlaintext",
    "GenerateDataKeyPair",
    "GenerateDataKeyPairWithoutPlaintext",
  ].map((name) => `kms:${name}`),
);

/** Condition keys that only the request has: they go with the question wherever it is put. */
const ofRequest =
  /^(aws:RequestTag\/|aws:TagKeys$|sts:|ssm:(Overwrite|Recursive|Policies)$|secretsmanager:(?!ResourceTag\/|resource\/|SecretId$|SecretPrimaryRegion$)|iam:(PermissionsBoundary|PolicyARN|PassedToService)$|organizations:|kms:(EncryptionAlgorithm|SigningAlgorithm|MacAlgorithm|MessageType|GrantOperations|GranteePrincipal|GrantIsForAWSResource|GrantConstraintType|ReEncryptOnSameKey|RequestAlias|DataKeyPairSpec|KeyAgreementAlgorithm)$)/;

const kept = (context: ConditionContext): ConditionContext =>
  Object.fromEntries(Object.entries(context).filter(([key]) => ofRequest.test(key)));

function contextOf(context: ConditionContext): Record<string, string> | undefined {
  const pairs = Object.entries(context).flatMap(([key, value]): [string, string][] =>
    key.startsWith("kms:EncryptionContext:") && typeof value === "string" ? [[key.slice("kms:EncryptionContext:".length), value]] : [],
  );
  return pairs.length ? Object.fromEntries(pairs) : undefined;
}

/** The first rows of a table: what a page looks through without its reader noticing. */
const firstOf = <R extends Row>(table: Table<R>, limit: number): Readonly<R>[] => table.ids({ limit }).map((id) => table.get(id)!);
const looked = 300;

/** Others who might be let in: people of the caller's and the owner's account, and somebody from outside. */
function othersThan(db: Db, principal: Principal, owner: string): Caller[] {
  const mine = policyName(principal);
  const held =
    principal.name === undefined
      ? undefined
      : (findUser(db, principal.account, principal.name) ?? findRole(db, principal.account, principal.name));
  const ties = new Set([...(held?.attached ?? []), ...(held && "groups" in held ? held.groups : []), held?.PermissionsBoundary]);
  // Whoever has a policy, a group or a boundary in common with the caller is asked before others.
  const tied = ({
    attached,
    groups = [],
    PermissionsBoundary,
  }: {
    attached: string[];
    groups?: string[];
    PermissionsBoundary?: string;
  }): number =>
    [...attached, ...groups, ...(PermissionsBoundary === undefined ? [] : [PermissionsBoundary])].filter((one) => ties.has(one)).length;
  const nearest = <R extends UserRow | RoleRow>(table: Table<R>, most: number): Readonly<R>[] =>
    firstOf(table, looked)
      .filter(({ Arn }) => Arn !== mine)
      .sort((a, b) => tied(b) - tied(a))
      .slice(0, most);
  const of = (account: string, most: number): Caller[] => [
    ...nearest(users(db, account), most).map(({ UserName }): Caller => ({ account, user: UserName })),
    ...nearest(roles(db, account), most).map(({ RoleName }): Caller => ({ account, role: RoleName, session: "another" })),
  ];
  const outside = accounts(db)
    .ids()
    .filter((account) => account !== principal.account && account !== owner);
  return [
    ...(principal.type === "Root" ? [] : [{ account: principal.account, root: true } as const]),
    ...of(principal.account, 4),
    ...(owner === principal.account ? [] : of(owner, 3)),
    ...outside.slice(0, 1).flatMap((account): Caller[] => (findUser(db, account, "admin") ? [{ account, user: "admin" }] : [])),
  ];
}

/** Stands for every key that is not there yet. */
const anyKeyId = "00000000-0000-0000-0000-000000000000";
const anyParameter = "/any/other";
const anySecret = "any/other";

export const isAnyOther = (resource: string): boolean =>
  resource.endsWith(`:key/${anyKeyId}`) || resource.endsWith(`:parameter${anyParameter}`) || resource.includes(`:secret:${anySecret}-`);

const anySecretArn = (region: string, account: string): string => secretArn(region, account, anySecret, "AbCdEf");

/** Things of the same kind and place, two at most, and one that stands for all that may come. */
function othersLike(db: Db, resource: string): string[] {
  const parsed = parseArn(resource);
  if (!parsed) return [];
  const { account, region, service } = parsed;
  const at = db.at({ account, region, service });
  const two = (arns: string[]): string[] => arns.filter((one) => one !== resource).slice(0, 2);
  if (service === "kms") {
    const own = firstOf(keys(at), looked).filter(({ KeyManager }) => KeyManager === "CUSTOMER");
    return [...two(own.map(({ Arn }) => Arn)), arn("kms", region, account, `key/${anyKeyId}`)];
  }
  if (service === "ssm") {
    const names = parameters(at).ids({ limit: 3 });
    return [...two(names.map((name) => parameterArn(region, account, name))), parameterArn(region, account, anyParameter)];
  }
  if (service === "secretsmanager") return [...two(firstOf(secrets(at), 3).map(({ ARN }) => ARN)), anySecretArn(region, account)];
  if (service === "iam" && parsed.resource.startsWith("user/")) return two(firstOf(users(db, account), 3).map(({ Arn }) => Arn));
  if (service === "iam" && parsed.resource.startsWith("role/")) return two(firstOf(roles(db, account), 3).map(({ Arn }) => Arn));
  return [];
}

/** The questions around what a call asks, each once. */
export function probesAround(lab: Lab, caller: Caller, principal: Principal, asked: readonly Asked[]): Probe[] {
  const db = iamOf(lab);
  const found = new Map<string, Probe>();
  const add = (probe: Probe) => {
    const key = `${JSON.stringify(probe.caller)} ${probe.action} ${probe.resource} ${probe.variant} ${probe.via.join()} ${probe.variant === "same" ? "" : JSON.stringify(probe.encryptionContext)}`;
    if (!found.has(key)) found.set(key, probe);
  };
  for (const { decision, trace } of asked) {
    const { action, resource, context } = decision;
    const service = action.split(":")[0];
    const owner = parseArn(resource)?.account || principal.account;
    const own: Probe = {
      caller,
      action,
      resource,
      variant: "same",
      via: trace.via,
      region: trace.region,
      extra: kept(context),
      encryptionContext: contextOf(context),
    };
    // The question itself stands first, so that no other one takes its place; it is not counted.
    add(own);
    const people: Caller[] = [caller, ...othersThan(db, principal, owner)];
    for (const one of people) {
      add({ ...own, caller: one });
      for (const like of othersLike(db, resource)) add({ ...own, caller: one, resource: like });
    }
    if (withContext.has(action)) {
      add({ ...own, variant: own.encryptionContext ? "other context" : "some context", encryptionContext: { purpose: "another" } });
      if (own.encryptionContext) add({ ...own, variant: "no context", encryptionContext: undefined });
    }
    if (own.via.length) add({ ...own, variant: "direct", via: [] });
    const usage = service === "kms" ? (keyOf(db, resource)?.KeyUsage ?? "") : "";
    const plain = { ...own, extra: {}, encryptionContext: undefined };
    for (const name of [...(otherActions[service] ?? []), ...(usageActions[usage] ?? [])])
      if (`${service}:${name}` !== action)
        for (const one of people) add({ ...plain, caller: one, action: `${service}:${name}`, encryptionContext: own.encryptionContext });
    for (const [other, names] of Object.entries(otherActions))
      if (other !== service && other !== "sts" && other !== "kms")
        add({
          ...plain,
          via: [],
          action: `${other}:${names[3]}`,
          resource:
            other === "ssm"
              ? parameterArn(trace.region, principal.account, anyParameter)
              : other === "secretsmanager"
                ? anySecretArn(trace.region, principal.account)
                : "*",
        });
    add({ ...plain, via: [], action: "s3:GetObject", resource: "arn:aws:s3:::a-bucket/an-object" });
  }
  return [...found.values()];
}

const iamOf = (lab: Lab): Db => lab.read({ account: "", region: "global", service: "iam" });

function keyOf(db: Db, resource: string): Readonly<KeyRow> | undefined {
  const parsed = parseArn(resource);
  if (parsed?.service !== "kms" || !parsed.resource.startsWith("key/")) return undefined;
  const table = keys(db.at({ account: parsed.account, region: parsed.region, service: "kms" }));
  if (!isAnyOther(resource)) return table.get(parsed.resource.slice("key/".length));
  // As a key made now would be: the default policy, no tags.
  const like = firstOf(table, looked).find(({ KeyManager }) => KeyManager === "CUSTOMER");
  return like && { ...like, KeyId: anyKeyId, Arn: resource, policy: defaultKeyPolicy(parsed.account), tags: [] };
}

/**
 * The answer to each of them in this lab: 0 if it is allowed, else how many say no (one, for an explicit deny); undefined
 * where the caller or the resource is not there. `callers.is` stands in for `callers.was`.
 */
export function ask(lab: Lab, probes: readonly Probe[], callers: { was: Caller; is: Caller }, now: number): (number | undefined)[] {
  const db = iamOf(lab);
  const known = new Map<string, Principal | undefined>();
  const was = JSON.stringify(callers.was);
  const principalOf = (caller: Caller): Principal | undefined => {
    const text = JSON.stringify(caller);
    if (!known.has(text)) {
      const found = lab.recognise(text === was ? callers.is : caller);
      known.set(text, found.ok ? found.output : undefined);
    }
    return known.get(text);
  };
  return probes.map((probe) => {
    const principal = principalOf(probe.caller);
    const request = principal && requestOf(db, probe, principal, now);
    if (!request) return undefined;
    const globals = globalKeys(
      principal,
      { now, sourceIp: "203.0.113.10", secureTransport: true, region: probe.region, via: probe.via },
      db,
    );
    const { effect, missing } = decide(db, principal, request, globals);
    return effect === "Allow" ? 0 : (missing?.length ?? 1);
  });
}

function requestOf(
  db: Db,
  { action, resource, via, region, extra, encryptionContext }: Probe,
  principal: Principal,
  now: number,
): AuthRequest | undefined {
  const service = action.split(":")[0];
  const parsed = parseArn(resource);
  if (service === "kms" && parsed?.resource.startsWith("key/")) {
    const key = keyOf(db, resource);
    if (!key) return undefined;
    // All that the question needs to know of a call.
    const ctx = { principal, account: principal.account, via, region: parsed.region, now } as unknown as Context;
    return keyAuth(ctx, {
      action,
      found: { key, db: db.at({ account: parsed.account, region: parsed.region, service: "kms" }) },
      encryptionContext,
      context: extra,
    });
  }
  const request: AuthRequest = { action, resource, context: extra };
  if (parsed?.account && parsed.account !== principal.account) request.resourceAccount = parsed.account;
  if (service === "ssm" && parsed?.resource.startsWith("parameter/")) {
    const name = parsed.resource.slice("parameter".length);
    const table = parameters(db.at({ account: parsed.account, region: parsed.region, service: "ssm" }));
    request.context = { ...resourceTags((table.get(name) ?? table.get(name.slice(1)))?.tags ?? []), ...extra };
  }
  if (service === "secretsmanager" && parsed?.resource.startsWith("secret:")) {
    const row = secrets(db.at({ account: parsed.account, region: parsed.region, service: "secretsmanager" })).get(nameInArn(parsed.resource));
    if (row?.ARN === resource) {
      request.context = { ...secretContext(row), ...extra };
      if (row.policy !== undefined) request.resourcePolicy = policyOf(row, row.policy);
    }
  }
  if (service === "sts" && parsed?.resource.startsWith("role/")) {
    const role = findRole(db, parsed.account, parsed.resource.split("/").at(-1)!);
    if (!role) return undefined;
    const tags: ConditionContext = {};
    for (const { Key, Value } of role.Tags) tags[`aws:ResourceTag/${Key}`] = tags[`iam:ResourceTag/${Key}`] = Value;
    request.context = { ...tags, ...extra };
    request.resourceAccount = parsed.account;
    request.resourcePolicy = {
      name: "Trust policy",
      document: role.AssumeRolePolicyDocument,
      arn: role.Arn,
      from: `role ${role.RoleName}`,
      kind: "TrustPolicy",
      authority: "sole",
    };
  }
  return request;
}
