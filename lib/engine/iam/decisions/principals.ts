import {
  A,
  AL,
  APP,
  B,
  BO,
  FAR,
  GUEST,
  SESSION,
  allow,
  assume,
  by,
  cannot,
  delegates,
  denied,
  deny,
  encrypt,
  everybody,
  no,
  ok,
  refused,
  rootOf,
  when,
  type DecisionRow,
  type Outcome,
  type Who,
} from "./row";
import type { JsonObject, PolicyStatement } from "../../types";

/** Whom a resource policy means: the forms of Principal and NotPrincipal in key policies, and role trust policies. */

const guide = "https://docs.aws.amazon.com/IAM/latest/UserGuide/";
const principal = `${guide}reference_policies_elements_principal.html`;
const notPrincipal = `${guide}reference_policies_elements_notprincipal.html`;
const standard = "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html";

const caller = (who: Who | undefined) => (who === undefined || who === "bo" ? {} : { notSimulated: cannot.caller });
type Case = [title: string, who: Who | undefined, key: PolicyStatement[], is: Outcome, identity?: PolicyStatement[]];
const list = (page: string, cases: Case[]): DecisionRow[] =>
  cases.map(([title, who, key, is, identity]) => ({
    title,
    page,
    ...(who ? { who } : {}),
    ...(identity ? { identity } : {}),
    key,
    ask: encrypt(),
    is,
    ...caller(who),
  }));

const lets = (Principal: PolicyStatement["Principal"], more: Partial<PolicyStatement> = {}): PolicyStatement =>
  allow("kms:Encrypt", { Principal, ...more });
const yes = ok("ResourcePolicy", 0);
const nobody = no("ResourcePolicy");

const forms: DecisionRow[] = [
  ...list(`${principal}#principal-accounts`, [
    ["the account, and IAM allows", undefined, [delegates], ["Allow", "IdentityPolicy", 0], [allow("kms:Encrypt")]],
    ["the account, and IAM says nothing", undefined, [delegates], refused],
    ["the account by its number is the same", undefined, [lets({ AWS: A })], ["Allow", "IdentityPolicy", 0], [allow("kms:Encrypt")]],
    ["the account means its root user as well", "root", [lets({ AWS: A })], yes],
    ["another account", undefined, [lets({ AWS: rootOf(B) })], nobody, [allow("kms:*")]],
    ["one of two accounts", "bo", [lets({ AWS: [A, B] })], yes, [allow("kms:Encrypt")]],
    ["the account, and a Deny in IAM", undefined, [delegates], denied("IdentityPolicy", 1), [allow("kms:*"), deny("kms:Encrypt")]],
    [
      "a Deny for the account is for all of it",
      undefined,
      [lets({ AWS: AL }), deny("kms:Encrypt", by(rootOf(A)))],
      denied("ResourcePolicy", 1),
    ],
  ]),
  ...list(standard, [
    [
      "the key policy lets the account in for one action, IAM allows another",
      undefined,
      [allow("kms:Decrypt", by(rootOf(A)))],
      nobody,
      [allow("kms:*")],
    ],
    ["a key policy without the account: IAM does not count", undefined, [allow("kms:*", by(APP))], nobody, [allow("*")]],
    ["a key policy without the account: nor does the root user", "root", [allow("kms:*", by(AL))], nobody],
    ["a key policy without statements", undefined, [], nobody, [allow("*")]],
  ]),
  ...list(`${principal}#principal-users`, [
    ["the user", undefined, [lets({ AWS: AL })], yes],
    ["another user", undefined, [lets({ AWS: `arn:aws:iam::${A}:user/admin` })], nobody],
    ["one of several users", undefined, [lets({ AWS: [`arn:aws:iam::${A}:user/admin`, AL] })], yes],
    ["the user of another account, without IAM there", "bo", [lets({ AWS: BO })], refused],
    ["the user, denied to everybody", undefined, [lets({ AWS: AL }), deny("kms:Encrypt", everybody)], denied("ResourcePolicy", 1)],
    ["the user with credentials of GetSessionToken is the user", "al's session", [lets({ AWS: AL })], yes],
  ]),
  ...list(`${principal}#principal-roles`, [
    ["the role means each of its sessions", "app", [lets({ AWS: APP })], yes],
    ["another role", "app", [lets({ AWS: FAR })], nobody],
    ["the role, and a Deny for its session", "app", [lets({ AWS: APP }), deny("kms:Encrypt", by(SESSION))], denied("ResourcePolicy", 1)],
    [
      "a Deny for the role reaches its sessions",
      "app",
      [lets({ AWS: SESSION }), deny("kms:Encrypt", by(APP))],
      denied("ResourcePolicy", 1),
    ],
    ["the role of another account, and IAM there", "far", [lets({ AWS: FAR })], yes, [allow("kms:Encrypt")]],
  ]),
  ...list(`${principal}#principal-sessions`, [
    ["the session by name", "app", [lets({ AWS: SESSION })], yes],
    ["another session", "app", [lets({ AWS: `arn:aws:sts::${A}:assumed-role/app/s2` })], nobody],
    [
      "a session of a role of the same name in another account",
      "far",
      [lets({ AWS: `arn:aws:sts::${A}:assumed-role/app/s1` })],
      nobody,
      [allow("kms:*")],
    ],
  ]),
  ...list(`${principal}#sts-session-principals`, [
    ["the federated user by name", "guest", [lets({ AWS: GUEST })], yes],
    ["the federated user by another name", "guest", [lets({ AWS: `arn:aws:sts::${A}:federated-user/other` })], nobody],
  ]),
  ...list(`${principal}#principal-anonymous`, [
    ["everybody", undefined, [lets("*")], yes],
    ["everybody as AWS *", undefined, [lets({ AWS: "*" })], yes],
    ["everybody, a session of a role", "app", [lets("*")], yes],
    ["everybody is not enough for another account", "bo", [lets("*")], refused],
    ["everybody, and IAM of another account", "bo", [lets("*")], yes, [allow("kms:Encrypt")]],
    ["everybody of one account, by condition", undefined, [lets("*", when({ StringEquals: { "aws:PrincipalAccount": A } }))], yes],
    ["everybody of another account, by condition", undefined, [lets("*", when({ StringEquals: { "aws:PrincipalAccount": B } }))], nobody],
    ["everybody, held to one role by aws:PrincipalArn", "app", [lets("*", when({ ArnEquals: { "aws:PrincipalArn": APP } }))], yes],
    [
      "in aws:PrincipalArn a wildcard is one",
      undefined,
      [lets("*", when({ ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${A}:user/*` } }))],
      yes,
    ],
    ["aws:PrincipalArn of a session is its role's", "app", [lets("*", when({ ArnEquals: { "aws:PrincipalArn": SESSION } }))], nobody],
  ]),
  ...list(`${principal}#principal-services`, [
    ["a service is not the user", undefined, [lets({ Service: "logs.amazonaws.com" })], nobody],
    ["a service beside the user", undefined, [lets({ Service: "logs.amazonaws.com", AWS: AL })], yes],
    ["an identity provider is not the user", undefined, [lets({ Federated: "accounts.google.com" })], nobody],
  ]),
];

const but = (Effect: "Allow" | "Deny", ...AWS: string[]): PolicyStatement => ({
  Effect,
  NotPrincipal: { AWS },
  Action: "kms:Encrypt",
  Resource: "*",
});
const given = [allow("kms:Encrypt")];

const negations: DecisionRow[] = list(notPrincipal, [
  [
    "Deny spares the user who is listed with the account",
    undefined,
    [delegates, but("Deny", AL, rootOf(A))],
    ["Allow", "IdentityPolicy", 0],
    given,
  ],
  [
    "Deny hits everybody who is not listed",
    undefined,
    [delegates, but("Deny", `arn:aws:iam::${A}:user/admin`, rootOf(A))],
    denied("ResourcePolicy", 1),
    given,
  ],
  ["Deny hits other accounts", "bo", [allow("kms:*", everybody), but("Deny", AL, rootOf(A))], denied("ResourcePolicy", 1), given],
  [
    "Deny spares a session that is listed with its role and its account",
    "app",
    [lets({ AWS: APP }), but("Deny", SESSION, APP, rootOf(A))],
    yes,
  ],
  [
    "Deny hits another session of the role",
    "app",
    [lets({ AWS: APP }), but("Deny", `arn:aws:sts::${A}:assumed-role/app/s2`, APP, rootOf(A))],
    denied("ResourcePolicy", 1),
  ],
  ["Deny spares the user of another account who is listed with it", "bo", [allow("kms:*", by(BO)), but("Deny", BO, rootOf(B))], yes, given],
  ["sparing allows nothing", undefined, [but("Deny", AL, rootOf(A))], nobody],
  ["Allow lets in everybody else", undefined, [but("Allow", `arn:aws:iam::${A}:user/admin`)], yes],
  ["Allow leaves out who is listed", undefined, [but("Allow", AL)], nobody],
  ["Allow leaves out all of a listed account", undefined, [but("Allow", rootOf(A))], nobody],
]);

const logic = `${guide}id_roles_compare-resource-policies.html`;
const assumes = (AWS: string | string[], more: Partial<PolicyStatement> = {}): PolicyStatement => ({
  Effect: "Allow",
  Principal: { AWS },
  Action: "sts:AssumeRole",
  ...more,
});
const may = [allow("sts:AssumeRole")];
const sts = "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html";
const external = `${guide}id_roles_common-scenarios_third-party.html`;
const tags = `${guide}id_session-tags.html`;
const source = `${guide}id_credentials_temp_control-access_monitor.html`;

type Trust = [
  title: string,
  page: string,
  who: Who | undefined,
  trust: PolicyStatement[],
  identity: PolicyStatement[] | undefined,
  is: Outcome,
  input?: JsonObject,
  role?: string,
  action?: string,
];
const trusts: DecisionRow[] = (
  [
    ["the trust policy names the account, and IAM allows", sts, undefined, [assumes(A)], may, ["Allow", "IdentityPolicy", 0]],
    ["the trust policy names the account, and IAM says nothing", sts, undefined, [assumes(A)], undefined, refused],
    ["the trust policy names the user: in its own account that is enough", logic, undefined, [assumes(AL)], undefined, yes],
    ["the trust policy names another user", sts, undefined, [assumes(`arn:aws:iam::${A}:user/admin`)], may, nobody],
    ["IAM allows everything, the trust policy says nothing of the caller", logic, undefined, [assumes(B)], [allow("*")], nobody],
    ["another account's role: both sides", sts, undefined, [assumes(A)], may, yes, {}, FAR],
    [
      "another account's role: the trust policy names the user, IAM says nothing",
      sts,
      undefined,
      [assumes(AL)],
      undefined,
      refused,
      {},
      FAR,
    ],
    ["another account's role: IAM alone", sts, undefined, [assumes(B)], may, nobody, {}, FAR],
    ["IAM allows another role", sts, undefined, [assumes(A)], [allow("sts:AssumeRole", { Resource: FAR })], refused],
    ["IAM allows this role", sts, undefined, [assumes(A)], [allow("sts:AssumeRole", { Resource: APP })], ["Allow", "IdentityPolicy", 0]],
    ["the trust policy denies the user", sts, undefined, [assumes(A), assumes(AL, { Effect: "Deny" })], may, denied("ResourcePolicy", 1)],
    [
      "a role whose trust policy names it may assume itself",
      `${guide}id_roles_update-role-trust-policy.html`,
      "app",
      [assumes(APP)],
      may,
      ["Allow", "ResourcePolicy", 0],
      {},
      APP,
    ],
    [
      "a role may not assume itself unless its trust policy says so",
      `${guide}id_roles_update-role-trust-policy.html`,
      "app",
      [assumes(AL)],
      may,
      nobody,
      {},
      APP,
    ],
    [
      "the external id fits",
      external,
      undefined,
      [assumes(A, when({ StringEquals: { "sts:ExternalId": "Unique-7" } }))],
      may,
      yes,
      { ExternalId: "Unique-7" },
      FAR,
    ],
    [
      "the external id is another",
      external,
      undefined,
      [assumes(A, when({ StringEquals: { "sts:ExternalId": "Unique-7" } }))],
      may,
      nobody,
      { ExternalId: "Unique-8" },
      FAR,
    ],
    [
      "the external id is missing",
      external,
      undefined,
      [assumes(A, when({ StringEquals: { "sts:ExternalId": "Unique-7" } }))],
      may,
      nobody,
      {},
      FAR,
    ],
    [
      "the session must have the user's name",
      `${guide}reference_policies_iam-condition-keys.html`,
      undefined,
      [assumes(A, when({ StringLike: { "sts:RoleSessionName": "${aws:username}" } }))],
      may,
      nobody,
      {},
      FAR,
    ],
    [
      "the session has the user's name",
      `${guide}reference_policies_iam-condition-keys.html`,
      undefined,
      [assumes(A, when({ StringLike: { "sts:RoleSessionName": "${aws:username}" } }))],
      may,
      yes,
      { RoleSessionName: "al" },
      FAR,
    ],
    [
      "MFA is asked for, and a user's own keys have none",
      `${guide}id_credentials_mfa_configure-api-require.html`,
      undefined,
      [assumes(A, when({ Bool: { "aws:MultiFactorAuthPresent": "true" } }))],
      may,
      nobody,
      {},
      FAR,
    ],
    [
      "session tags need sts:TagSession in the trust policy",
      tags,
      undefined,
      [assumes(A)],
      [allow(["sts:AssumeRole", "sts:TagSession"])],
      nobody,
      { Tags: [{ Key: "team", Value: "x" }] },
      FAR,
      "sts:TagSession",
    ],
    [
      "session tags with sts:TagSession on both sides",
      tags,
      undefined,
      [{ ...assumes(A), Action: ["sts:AssumeRole", "sts:TagSession"] }],
      [allow(["sts:AssumeRole", "sts:TagSession"])],
      yes,
      { Tags: [{ Key: "team", Value: "x" }] },
      FAR,
      "sts:TagSession",
    ],
    [
      "only certain session tags",
      tags,
      undefined,
      [
        {
          ...assumes(A),
          Action: ["sts:AssumeRole", "sts:TagSession"],
          Condition: { StringEquals: { "aws:RequestTag/team": ["red", "blue"] } },
        },
      ],
      [allow("sts:*")],
      nobody,
      { Tags: [{ Key: "team", Value: "x" }] },
      FAR,
    ],
    [
      "transitive tags by their names",
      tags,
      undefined,
      [
        {
          ...assumes(A),
          Action: ["sts:AssumeRole", "sts:TagSession"],
          Condition: { "ForAllValues:StringEquals": { "sts:TransitiveTagKeys": ["team"] } },
        },
      ],
      [allow("sts:*")],
      yes,
      { Tags: [{ Key: "team", Value: "x" }], TransitiveTagKeys: ["team"] },
      FAR,
    ],
    [
      "a source identity needs sts:SetSourceIdentity",
      source,
      undefined,
      [assumes(A)],
      [allow("sts:*")],
      nobody,
      { SourceIdentity: "al" },
      FAR,
      "sts:SetSourceIdentity",
    ],
    [
      "a source identity that must be the user's name",
      source,
      undefined,
      [
        {
          ...assumes(A),
          Action: ["sts:AssumeRole", "sts:SetSourceIdentity"],
          Condition: { StringLike: { "sts:SourceIdentity": "${aws:username}" } },
        },
      ],
      [allow("sts:*")],
      yes,
      { SourceIdentity: "al" },
      FAR,
    ],
    [
      "a source identity that is another's",
      source,
      undefined,
      [
        {
          ...assumes(A),
          Action: ["sts:AssumeRole", "sts:SetSourceIdentity"],
          Condition: { StringLike: { "sts:SourceIdentity": "${aws:username}" } },
        },
      ],
      [allow("sts:*")],
      nobody,
      { SourceIdentity: "bo" },
      FAR,
    ],
  ] as Trust[]
).map(([title, page, who, trust, identity, is, input, role = APP, action]) => ({
  title,
  page,
  ...(who ? { who } : {}),
  ...(identity ? { identity } : {}),
  trust,
  ask: { ...assume(role, input), ...(action ? { action } : {}) },
  is,
  notSimulated: cannot.trust,
}));

const updating = `${guide}id_roles_update-role-trust-policy.html`;
const boundedTrusts: DecisionRow[] = [
  {
    title: "a boundary that leaves sts:AssumeRole out stops also the user whom the trust policy names",
    page: updating,
    identity: may,
    boundary: [allow("ssm:*")],
    trust: [assumes(AL)],
    ask: assume(APP),
    is: no("PermissionsBoundary"),
    notSimulated: cannot.trust,
  },
  {
    title: "a boundary that allows sts:AssumeRole does not",
    page: updating,
    identity: may,
    boundary: [allow("sts:*")],
    trust: [assumes(AL)],
    ask: assume(APP),
    is: yes,
    notSimulated: cannot.trust,
  },
];

/** With a boundary NotPrincipal spares nobody, whatever it lists. */
const bounded: DecisionRow[] = [
  {
    title: "a boundary: Deny with NotPrincipal hits also who is listed",
    page: `${guide}access_policies_boundaries.html`,
    identity: given,
    boundary: [allow("*")],
    key: [delegates, but("Deny", AL, rootOf(A))],
    ask: encrypt(),
    is: denied("ResourcePolicy", 1),
  },
  {
    title: "a boundary: ArnNotEquals on aws:PrincipalArn spares who is listed",
    page: `${guide}access_policies_boundaries.html`,
    identity: given,
    boundary: [allow("*")],
    key: [delegates, deny("kms:Encrypt", { ...everybody, ...when({ ArnNotEquals: { "aws:PrincipalArn": AL } }) })],
    ask: encrypt(),
    is: ["Allow", "IdentityPolicy", 0],
  },
];

export const rows = { forms, negations: [...negations, ...bounded], trusts: [...trusts, ...boundedTrusts] };
