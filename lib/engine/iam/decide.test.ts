import { describe, expect, test } from "vitest";
import { Draft, Records, dbOf } from "../store";
import { attachments, members, organizations, units, controlPolicies, type PolicyType } from "../organizations/state";
import { decide } from "./decide";
import { deniedError } from "./denied";
import { policies, roles, users } from "./state";
import { ensureAccount, recognise } from "./who";
import type { AuthRequest, Caller, Db, Decision, LayerKind, Principal } from "../types";

/** Tables of the IAM User Guide's pages on evaluation, one world per row. */

const A = "111122223333";
const B = "444455556666";
const KEY = `arn:aws:kms:us-east-1:${A}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const PARAMETER = `arn:aws:ssm:us-east-1:${A}:parameter/app/x`;

const statement = (Effect: "Allow" | "Deny", Action = "*", Principal?: unknown) => ({
  Effect,
  Action,
  Resource: "*",
  ...(Principal === undefined ? {} : { Principal }),
});
const doc = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const ALLOW = doc(statement("Allow"));
const DENY = doc(statement("Deny"));
const OTHER = doc(statement("Allow", "ec2:*"));

interface World {
  identity?: string[];
  boundary?: string;
  session?: string[];
  /** Control policies at the root, one unit and the account of the caller. */
  scp?: [root: string[], unit: string[], account: string[]];
  rcp?: [root: string[], unit: string[], account: string[]];
  /** The caller's account is the management account. */
  management?: boolean;
  resource?: string;
  kind?: "KeyPolicy" | "ResourcePolicy" | "TrustPolicy";
  authority?: "sole" | "shared";
  owner?: string;
  grant?: boolean;
  request?: Partial<AuthRequest>;
}

const FULL = ["full"];

function world(type: "user" | "role" | "root", spec: World): { db: Db; principal: Principal; request: AuthRequest } {
  const db = dbOf(new Draft(new Records()), A, "global", "iam");
  ensureAccount(db, A);
  ensureAccount(db, B);
  const inline = Object.fromEntries((spec.identity ?? []).map((text, i) => [`p${i}`, text]));
  const boundaryArn = `arn:aws:iam::${A}:policy/boundary`;
  if (spec.boundary) {
    policies(db, A).put("boundary", {
      PolicyName: "boundary",
      PolicyId: "ANPA",
      Arn: boundaryArn,
      Path: "/",
      CreateDate: 0,
      UpdateDate: 0,
      DefaultVersionId: "v1",
      nextVersion: 2,
      versions: [{ VersionId: "v1", Document: spec.boundary, CreateDate: 0 }],
      Tags: [],
    });
  }
  const common = {
    Path: "/",
    CreateDate: 0,
    Tags: [],
    inline,
    attached: [],
    ...(spec.boundary ? { PermissionsBoundary: boundaryArn } : {}),
  };
  users(db, A).put("alice", { ...common, UserName: "alice", UserId: "AIDAALICE", Arn: `arn:aws:iam::${A}:user/alice`, groups: [] });
  roles(db, A).put("app", {
    ...common,
    RoleName: "app",
    RoleId: "AROAAPP",
    Arn: `arn:aws:iam::${A}:role/app`,
    AssumeRolePolicyDocument: "",
    MaxSessionDuration: 3600,
  });
  if (spec.scp || spec.rcp) organization(db, spec);

  const caller: Caller =
    type === "user"
      ? { account: A, user: "alice" }
      : type === "role"
        ? { account: A, role: "app", session: "s" }
        : { account: A, root: true };
  const who = recognise(db, caller, 0);
  if (!who.ok) throw new Error(who.error.message);
  const principal = who.output;
  if (principal.session && spec.session) principal.session.policies = spec.session;
  const request: AuthRequest = {
    action: "kms:Decrypt",
    resource: KEY,
    ...(spec.owner === undefined ? {} : { resourceAccount: spec.owner }),
    ...(spec.resource === undefined
      ? {}
      : {
          resourcePolicy: { name: "policy", document: spec.resource, kind: spec.kind ?? "KeyPolicy", authority: spec.authority ?? "sole" },
        }),
    ...(spec.grant === undefined ? {} : { grants: [{ id: "g1", grantee: principal.arn, matched: spec.grant, why: "" }] }),
    ...spec.request,
  };
  return { db, principal, request };
}

function organization(db: Db, spec: World): void {
  const types: PolicyType[] = [
    ...(spec.scp ? (["SERVICE_CONTROL_POLICY"] as const) : []),
    ...(spec.rcp ? (["RESOURCE_CONTROL_POLICY"] as const) : []),
  ];
  organizations(db).put("o-1", {
    Id: "o-1",
    Arn: "",
    FeatureSet: "ALL",
    MasterAccountId: spec.management ? A : B,
    rootId: "r-1",
    policyTypes: types,
  });
  units(db).put("ou-1", { Id: "ou-1", Arn: "", Name: "Unit", organization: "o-1", parent: "r-1" });
  for (const Id of [A, B])
    members(db).put(Id, {
      Id,
      Arn: "",
      Email: "",
      Name: Id,
      JoinedMethod: "INVITED",
      JoinedTimestamp: 0,
      organization: "o-1",
      parent: "ou-1",
    });
  const put = (levels: World["scp"], Type: PolicyType) =>
    levels?.forEach((texts, level) => {
      const target = ["r-1", "ou-1", A][level];
      const ids = texts.map((text, i) => {
        if (text === "full") return Type === "SERVICE_CONTROL_POLICY" ? "p-FullAWSAccess" : "p-RCPFullAWSAccess";
        const Id = `p-${Type}${level}${i}`;
        controlPolicies(db).put(Id, {
          Id,
          Arn: "",
          Name: Id,
          Description: "",
          Type,
          AwsManaged: false,
          Content: text,
          organization: "o-1",
        });
        return Id;
      });
      attachments(db).put(target, { organization: "o-1", policies: [...(attachments(db).get(target)?.policies ?? []), ...ids] });
    });
  put(spec.scp, "SERVICE_CONTROL_POLICY");
  put(spec.rcp, "RESOURCE_CONTROL_POLICY");
}

function run(type: "user" | "role" | "root", spec: World): Decision {
  const { db, principal, request } = world(type, spec);
  return decide(db, principal, request, {});
}

/** Effect, and the layers that were missing or the one that decided. */
type Expected = ["Allow" | "ExplicitDeny", LayerKind] | ["ImplicitDeny", ...LayerKind[]];
const expectDecision = (decision: Decision, [effect, ...kinds]: Expected) => {
  expect({
    effect: decision.effect,
    kinds: decision.effect === "ImplicitDeny" ? decision.missing : [decision.layers[decision.because.layer].kind],
  }).toEqual({ effect, kinds });
  // Whatever decided is there to be pointed at.
  const { layer, policy, statement: index } = decision.because;
  if (policy !== undefined) expect(decision.layers[layer].policies[policy].statements[index!].matched).toBe(true);
};

const to = (...AWS: string[]) => doc(statement("Allow", "kms:*", { AWS }));
const ROOT = to(`arn:aws:iam::${A}:root`);
const ALICE = to(`arn:aws:iam::${A}:user/alice`);
const ROLE = to(`arn:aws:iam::${A}:role/app`);
const SESSION = to(`arn:aws:sts::${A}:assumed-role/app/s`);
const EVERYONE = doc(statement("Allow", "kms:*", "*"));
const NOBODY = to(`arn:aws:iam::${A}:user/bob`);

// IAM User Guide, "Policy evaluation for requests within a single account"; "Permissions boundaries for IAM entities"
describe("one account, no resource policy", () => {
  const request = { action: "ssm:GetParameter", resource: PARAMETER };
  test.each<[string, "user" | "role" | "root", World, Expected]>([
    ["nothing attached", "user", {}, ["ImplicitDeny", "IdentityPolicy"]],
    ["allowed", "user", { identity: [ALLOW] }, ["Allow", "IdentityPolicy"]],
    ["something else allowed", "user", { identity: [OTHER] }, ["ImplicitDeny", "IdentityPolicy"]],
    ["denied beside an allow", "user", { identity: [ALLOW, DENY] }, ["ExplicitDeny", "IdentityPolicy"]],
    ["root", "root", {}, ["Allow", "IdentityPolicy"]],
    ["role", "role", { identity: [ALLOW] }, ["Allow", "IdentityPolicy"]],
    ["boundary allows too", "user", { identity: [ALLOW], boundary: ALLOW }, ["Allow", "IdentityPolicy"]],
    ["boundary alone gives nothing", "user", { boundary: ALLOW }, ["ImplicitDeny", "IdentityPolicy"]],
    ["outside the boundary", "user", { identity: [ALLOW], boundary: OTHER }, ["ImplicitDeny", "PermissionsBoundary"]],
    ["neither", "user", { identity: [OTHER], boundary: OTHER }, ["ImplicitDeny", "IdentityPolicy", "PermissionsBoundary"]],
    ["denied by the boundary", "user", { identity: [ALLOW], boundary: DENY }, ["ExplicitDeny", "PermissionsBoundary"]],
    ["session policy allows too", "role", { identity: [ALLOW], session: [ALLOW] }, ["Allow", "IdentityPolicy"]],
    ["session policies add up", "role", { identity: [ALLOW], session: [OTHER, ALLOW] }, ["Allow", "IdentityPolicy"]],
    ["session policy alone gives nothing", "role", { session: [ALLOW] }, ["ImplicitDeny", "IdentityPolicy"]],
    ["outside the session policy", "role", { identity: [ALLOW], session: [OTHER] }, ["ImplicitDeny", "SessionPolicy"]],
    ["denied by the session policy", "role", { identity: [ALLOW], session: [DENY] }, ["ExplicitDeny", "SessionPolicy"]],
    ["a policy that is none allows nothing", "user", { identity: ["{"] }, ["ImplicitDeny", "IdentityPolicy"]],
  ])("%s (%s)", (_title, type, spec, expected) => expectDecision(run(type, { ...spec, request }), expected));
});

// Organizations User Guide, "SCP evaluation", "Resource control policies (RCPs)"
describe("control policies", () => {
  test.each<[string, "user" | "role" | "root", World, Expected]>([
    ["full access everywhere", "user", { identity: [ALLOW], scp: [FULL, FULL, FULL] }, ["Allow", "ResourcePolicy"]],
    ["they give nothing", "user", { resource: ROOT, scp: [FULL, FULL, FULL] }, ["ImplicitDeny", "IdentityPolicy"]],
    ["missing at the root", "user", { identity: [ALLOW], scp: [[OTHER], FULL, FULL] }, ["ImplicitDeny", "ServiceControlPolicy"]],
    ["missing at the unit", "user", { identity: [ALLOW], scp: [FULL, [], FULL] }, ["ImplicitDeny", "ServiceControlPolicy"]],
    ["missing at the account", "user", { identity: [ALLOW], scp: [FULL, FULL, [OTHER]] }, ["ImplicitDeny", "ServiceControlPolicy"]],
    ["either policy of a level", "user", { identity: [ALLOW], scp: [FULL, [OTHER, "full"], FULL] }, ["Allow", "ResourcePolicy"]],
    ["denied at the unit", "user", { identity: [ALLOW], scp: [FULL, ["full", DENY], FULL] }, ["ExplicitDeny", "ServiceControlPolicy"]],
    ["root of a member account is bound", "root", { scp: [FULL, ["full", DENY], FULL] }, ["ExplicitDeny", "ServiceControlPolicy"]],
    [
      "the management account is not",
      "user",
      { identity: [ALLOW], scp: [FULL, [DENY], FULL], management: true },
      ["Allow", "ResourcePolicy"],
    ],
    ["resource control: full access", "user", { identity: [ALLOW], rcp: [FULL, FULL, FULL] }, ["Allow", "ResourcePolicy"]],
    [
      "resource control: denied",
      "user",
      { identity: [ALLOW], rcp: [["full", doc(statement("Deny", "kms:*", "*"))], FULL, FULL] },
      ["ExplicitDeny", "ResourceControlPolicy"],
    ],
    [
      "resource control: not on AWS managed keys",
      "user",
      { identity: [ALLOW], rcp: [["full", doc(statement("Deny", "kms:*", "*"))], FULL, FULL], request: { awsManagedResource: true } },
      ["Allow", "ResourcePolicy"],
    ],
    [
      "resource control: not in the management account",
      "user",
      { identity: [ALLOW], management: true, rcp: [["full", doc(statement("Deny", "kms:*", "*"))], FULL, FULL] },
      ["Allow", "ResourcePolicy"],
    ],
    [
      "resource control: not on Systems Manager",
      "user",
      {
        identity: [ALLOW],
        rcp: [["full", doc(statement("Deny", "*", "*"))], FULL, FULL],
        request: { action: "ssm:GetParameter", resource: PARAMETER, resourcePolicy: undefined },
      },
      ["Allow", "IdentityPolicy"],
    ],
    ["both missing", "user", { scp: [FULL, [OTHER], FULL], resource: ROOT }, ["ImplicitDeny", "ServiceControlPolicy", "IdentityPolicy"]],
  ])("%s (%s)", (_title, type, spec, expected) => expectDecision(run(type, { resource: EVERYONE, ...spec }), expected));

  test("every level is in the trace, with its name", () => {
    const decision = run("user", { identity: [ALLOW], scp: [FULL, ["full", OTHER], FULL], resource: EVERYONE });
    const layer = decision.layers.find(({ kind }) => kind === "ServiceControlPolicy")!;
    expect(layer.policies.map(({ from }) => from)).toEqual([
      "root",
      "organizational unit Unit",
      "organizational unit Unit",
      `account ${A}`,
    ]);
  });

  test("service-linked roles are not bound", () => {
    const { db, principal, request } = world("role", {
      identity: [ALLOW],
      resource: EVERYONE,
      scp: [[DENY], FULL, FULL],
      rcp: [[DENY], FULL, FULL],
    });
    expect(decide(db, principal, request, {}).effect).toBe("ExplicitDeny");
    expect(decide(db, { ...principal, roleArn: `arn:aws:iam::${A}:role/aws-service-role/ssm.amazonaws.com/app` }, request, {}).effect).toBe(
      "Allow",
    );
  });
});

// KMS Developer Guide, "Determining access to AWS KMS keys"; IAM User Guide, "Resource-based policies" (which principal is limited by what)
describe("key policy: the only door in", () => {
  test.each<[string, "user" | "role" | "root", World, Expected]>([
    ["the account, and IAM allows", "user", { resource: ROOT, identity: [ALLOW] }, ["Allow", "IdentityPolicy"]],
    ["the account, IAM says nothing", "user", { resource: ROOT }, ["ImplicitDeny", "IdentityPolicy"]],
    ["IAM allows, the key policy lets nobody in", "user", { resource: NOBODY, identity: [ALLOW] }, ["ImplicitDeny", "ResourcePolicy"]],
    ["IAM alone, empty key policy", "user", { resource: doc(), identity: [ALLOW] }, ["ImplicitDeny", "ResourcePolicy"]],
    ["the user by name", "user", { resource: ALICE }, ["Allow", "ResourcePolicy"]],
    ["the user by name, past its boundary", "user", { resource: ALICE, boundary: OTHER }, ["Allow", "ResourcePolicy"]],
    ["the user by name, denied by its boundary", "user", { resource: ALICE, boundary: DENY }, ["ExplicitDeny", "PermissionsBoundary"]],
    ["the user by name, denied by IAM", "user", { resource: ALICE, identity: [DENY] }, ["ExplicitDeny", "IdentityPolicy"]],
    [
      "denied by the key policy",
      "user",
      { resource: doc(statement("Allow", "kms:*", { AWS: A }), statement("Deny", "kms:Decrypt", "*")), identity: [ALLOW] },
      ["ExplicitDeny", "ResourcePolicy"],
    ],
    ["the role by name", "role", { resource: ROLE }, ["Allow", "ResourcePolicy"]],
    [
      "the role by name, but its boundary leaves it out",
      "role",
      { resource: ROLE, boundary: OTHER },
      ["ImplicitDeny", "PermissionsBoundary"],
    ],
    [
      "the role by name, but the session policy leaves it out",
      "role",
      { resource: ROLE, session: [OTHER] },
      ["ImplicitDeny", "SessionPolicy"],
    ],
    [
      "the session by name, past boundary and session policy",
      "role",
      { resource: SESSION, boundary: OTHER, session: [OTHER] },
      ["Allow", "ResourcePolicy"],
    ],
    [
      "everyone, past boundary and session policy",
      "role",
      { resource: EVERYONE, boundary: OTHER, session: [OTHER] },
      ["Allow", "ResourcePolicy"],
    ],
    [
      "the account, boundary leaves it out",
      "user",
      { resource: ROOT, identity: [ALLOW], boundary: OTHER },
      ["ImplicitDeny", "PermissionsBoundary"],
    ],
    ["root, and the account is named", "root", { resource: ROOT }, ["Allow", "ResourcePolicy"]],
    ["root, and it is not", "root", { resource: ALICE }, ["ImplicitDeny", "ResourcePolicy"]],
    ["a grant", "user", { resource: NOBODY, grant: true }, ["Allow", "Grant"]],
    ["a grant that does not fit", "user", { resource: NOBODY, grant: false }, ["ImplicitDeny", "ResourcePolicy"]],
    ["a grant against a deny", "user", { resource: doc(statement("Deny", "kms:*", "*")), grant: true }, ["ExplicitDeny", "ResourcePolicy"]],
    [
      "a role's trust policy names the user",
      "user",
      {
        resource: doc({ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: `arn:aws:iam::${A}:user/alice` } }),
        kind: "TrustPolicy",
        request: { action: "sts:AssumeRole", resource: `arn:aws:iam::${A}:role/app` },
      },
      ["Allow", "ResourcePolicy"],
    ],
    [
      "a role's trust policy names the account",
      "user",
      {
        resource: doc({ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: A } }),
        kind: "TrustPolicy",
        request: { action: "sts:AssumeRole", resource: `arn:aws:iam::${A}:role/app` },
      },
      ["ImplicitDeny", "IdentityPolicy"],
    ],
  ])("%s (%s)", (_title, type, spec, expected) => expectDecision(run(type, spec), expected));
});

describe("a resource policy beside IAM, in one account: either is enough", () => {
  test.each<[string, "user" | "role" | "root", World, Expected]>([
    ["IAM alone", "user", { resource: NOBODY, identity: [ALLOW] }, ["Allow", "IdentityPolicy"]],
    ["the resource policy alone", "user", { resource: ALICE }, ["Allow", "ResourcePolicy"]],
    ["the account is named, IAM says nothing", "user", { resource: ROOT }, ["ImplicitDeny", "IdentityPolicy"]],
    ["neither", "user", { resource: NOBODY }, ["ImplicitDeny", "IdentityPolicy"]],
    ["root is denied by it", "root", { resource: doc(statement("Deny", "*", "*")) }, ["ExplicitDeny", "ResourcePolicy"]],
    ["the role, in its session policy", "role", { resource: ROLE, session: [ALLOW] }, ["Allow", "ResourcePolicy"]],
    ["the role, outside its session policy", "role", { resource: ROLE, session: [OTHER] }, ["ImplicitDeny", "SessionPolicy"]],
  ])("%s (%s)", (_title, type, spec, expected) =>
    expectDecision(run(type, { ...spec, authority: "shared", kind: "ResourcePolicy" }), expected),
  );
});

// IAM User Guide, "Cross-account policy evaluation logic"; KMS Developer Guide, "Allowing users in other accounts to use a KMS key"
describe("another account's resource: both sides must allow", () => {
  test.each<[string, "user" | "role" | "root", World, Expected]>([
    ["both: account named", "user", { resource: ROOT, identity: [ALLOW] }, ["Allow", "ResourcePolicy"]],
    ["both: user named", "user", { resource: ALICE, identity: [ALLOW] }, ["Allow", "ResourcePolicy"]],
    ["both: everyone", "role", { resource: EVERYONE, identity: [ALLOW] }, ["Allow", "ResourcePolicy"]],
    ["the key policy alone", "user", { resource: ALICE }, ["ImplicitDeny", "IdentityPolicy"]],
    ["IAM alone", "user", { resource: NOBODY, identity: [ALLOW] }, ["ImplicitDeny", "ResourcePolicy"]],
    ["neither", "user", { resource: NOBODY }, ["ImplicitDeny", "ResourcePolicy", "IdentityPolicy"]],
    ["no resource policy at all", "user", { identity: [ALLOW] }, ["ImplicitDeny", "ResourcePolicy"]],
    [
      "the session named, outside its session policy",
      "role",
      { resource: SESSION, identity: [ALLOW], session: [OTHER] },
      ["ImplicitDeny", "SessionPolicy"],
    ],
    ["outside the boundary", "user", { resource: ALICE, identity: [ALLOW], boundary: OTHER }, ["ImplicitDeny", "PermissionsBoundary"]],
    ["root of the named account", "root", { resource: ROOT }, ["Allow", "ResourcePolicy"]],
    [
      "denied by the key policy",
      "user",
      { resource: doc(statement("Deny", "*", "*")), identity: [ALLOW] },
      ["ExplicitDeny", "ResourcePolicy"],
    ],
    [
      "an action of the owner's account only",
      "user",
      { resource: ALICE, identity: [ALLOW], request: { sameAccountOnly: true } },
      ["ImplicitDeny", "ResourcePolicy"],
    ],
    ["a grant, and IAM allows", "user", { resource: NOBODY, identity: [ALLOW], grant: true }, ["Allow", "Grant"]],
  ])("%s (%s)", (_title, type, spec, expected) => {
    const decision = run(type, { ...spec, owner: B });
    expect(decision.crossAccount).toBe(true);
    expectDecision(decision, expected);
  });
});

describe("service principals", () => {
  const service: Principal = { type: "Service", account: A, arn: `arn:aws:iam::${A}:root`, userId: "logs", service: "logs.amazonaws.com" };
  test.each<[string, World, Expected]>([
    ["named by the policy", { resource: doc(statement("Allow", "kms:*", { Service: "logs.amazonaws.com" })) }, ["Allow", "ResourcePolicy"]],
    ["the account is not the service", { resource: ROOT }, ["ImplicitDeny", "ResourcePolicy"]],
    ["no policy", {}, ["ImplicitDeny", "ResourcePolicy"]],
    ["not bound by service control policies", { resource: EVERYONE, scp: [[DENY], FULL, FULL] }, ["Allow", "ResourcePolicy"]],
  ])("%s", (_title, spec, expected) => {
    const { db, request } = world("root", spec);
    expectDecision(decide(db, service, request, {}), expected);
  });
});

// IAM User Guide, "Troubleshoot access denied error messages"; answers quoted in public issues
describe("the words of a refusal", () => {
  const user = `User: arn:aws:iam::${A}:user/alice is not authorized to perform: kms:Decrypt`;
  test.each<[string, World, string]>([
    [
      "no identity policy",
      { resource: ROOT },
      `${user} on resource: ${KEY} because no identity-based policy allows the kms:Decrypt action`,
    ],
    [
      "no resource policy",
      { resource: NOBODY },
      `${user} on resource: ${KEY} because no resource-based policy allows the kms:Decrypt action`,
    ],
    ["deny in IAM", { resource: ROOT, identity: [DENY] }, `${user} on resource: ${KEY} with an explicit deny in an identity-based policy`],
    [
      "deny in the key policy",
      { resource: doc(statement("Deny", "*", "*")) },
      `${user} on resource: ${KEY} with an explicit deny in a resource-based policy`,
    ],
    [
      "deny in a service control policy",
      { resource: ALICE, scp: [[DENY], FULL, FULL] },
      `${user} on resource: ${KEY} with an explicit deny in a service control policy`,
    ],
    [
      "no service control policy",
      { resource: ALICE, scp: [[OTHER], FULL, FULL] },
      `${user} on resource: ${KEY} because no service control policy allows the kms:Decrypt action`,
    ],
    [
      "no boundary",
      { resource: ROOT, identity: [ALLOW], boundary: OTHER },
      `${user} on resource: ${KEY} because no permissions boundary allows the kms:Decrypt action`,
    ],
    [
      "another account's key",
      { resource: NOBODY, identity: [ALLOW], owner: B },
      `${user} on this resource because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`,
    ],
    [
      "another account's key, own IAM",
      { resource: ALICE, owner: B },
      `${user} on resource: ${KEY} because no identity-based policy allows the kms:Decrypt action`,
    ],
  ])("%s", (_title, spec, message) => {
    const decision = run("user", spec);
    expect(deniedError(decision, "kms")).toEqual({ code: "AccessDeniedException", message });
    expect(deniedError(decision, "iam")).toMatchObject({ code: "AccessDenied", status: 403 });
  });
});

test("a decision is plain data", () => {
  const decision = run("role", {
    resource: ROOT,
    identity: [ALLOW, OTHER],
    boundary: ALLOW,
    session: [ALLOW],
    scp: [FULL, FULL, FULL],
    grant: false,
  });
  expect(JSON.parse(JSON.stringify(decision))).toEqual(decision);
});
