import {
  A,
  AL,
  APP,
  B,
  allow,
  allowed,
  by,
  cannot,
  conditionRows,
  delegates,
  denied,
  deny,
  encrypt,
  everybody,
  iam,
  kms,
  no,
  ok,
  read,
  refused,
  rootOf,
  ssm,
  when,
  type Ask,
  type ConditionCase,
  type DecisionRow,
  type Who,
} from "./row";

/** Global condition keys, tags, and the root user. */

const guide = "https://docs.aws.amazon.com/IAM/latest/UserGuide/";
const keys = `${guide}reference_policies_condition-keys.html`;
const get = read("/app/db");
const of = (anchor: string, cases: ConditionCase[], ask: Ask = get, who?: Who): DecisionRow[] =>
  conditionRows(`${keys}#condition-keys-${anchor}`, ask, cases, who);

const caller: DecisionRow[] = [
  ...of("principalarn", [
    ["aws:PrincipalArn of a user", { ArnEquals: { "aws:PrincipalArn": AL } }, true],
    ["aws:PrincipalArn of another", { ArnEquals: { "aws:PrincipalArn": APP } }, false],
  ]),
  ...of(
    "principalarn",
    [
      ["aws:PrincipalArn of a session is the role's", { ArnEquals: { "aws:PrincipalArn": APP } }, true],
      ["aws:PrincipalArn of a session is not the session's", { ArnLike: { "aws:PrincipalArn": "arn:aws:sts::*:assumed-role/*" } }, false],
    ],
    get,
    "app",
  ),
  ...of("principalaccount", [
    ["aws:PrincipalAccount", { StringEquals: { "aws:PrincipalAccount": A } }, true],
    ["aws:PrincipalAccount of another", { StringEquals: { "aws:PrincipalAccount": B } }, false],
  ]),
  ...of("principaltype", [["aws:PrincipalType of a user", { StringEquals: { "aws:PrincipalType": "User" } }, true]]),
  ...of(
    "principaltype",
    [
      ["aws:PrincipalType of a session", { StringEquals: { "aws:PrincipalType": "AssumedRole" } }, true],
      ["aws:PrincipalType of a session is not User", { StringEquals: { "aws:PrincipalType": "User" } }, false],
    ],
    get,
    "app",
  ),
  ...of("username", [["aws:username of a user", { StringEquals: { "aws:username": "al" } }, true]]),
  ...of(
    "username",
    [
      ["aws:username: a session has none", { StringLike: { "aws:username": "*" } }, false],
      ["aws:username: Null says so", { Null: { "aws:username": "true" } }, true],
    ],
    get,
    "app",
  ),
  ...of(
    "userid",
    [["aws:userid of a session is the role's id and the session's name", { StringLike: { "aws:userid": "AROA*:s1" } }, true]],
    get,
    "app",
  ),
  ...of("userid", [["aws:userid of a user", { StringLike: { "aws:userid": "AIDA*" } }, true]]),
  ...of("principaltag", [
    ["aws:PrincipalTag of a user", { StringEquals: { "aws:PrincipalTag/team": "blue" } }, true],
    ["aws:PrincipalTag that the user has not", { StringEquals: { "aws:PrincipalTag/nick": "x" } }, false],
    ["aws:PrincipalTag by a numeric operator", { NumericGreaterThanEquals: { "aws:PrincipalTag/level": "5" } }, true],
  ]),
  ...of("principaltag", [["aws:PrincipalTag of a role", { StringEquals: { "aws:PrincipalTag/team": "green" } }, true]], get, "app"),
  ...of(
    "principaltag",
    [
      ["a session tag goes before the role's", { StringEquals: { "aws:PrincipalTag/team": "gold" } }, true],
      ["and hides it", { StringEquals: { "aws:PrincipalTag/team": "green" } }, false],
    ],
    get,
    "app",
  ).map((row) => ({ ...row, sessionInput: { Tags: [{ Key: "team", Value: "gold" }] } })),
  ...of(
    "tokenissuetime",
    [["aws:TokenIssueTime of temporary credentials", { DateGreaterThan: { "aws:TokenIssueTime": "2020-01-01T00:00:01Z" } }, true]],
    get,
    "al's session",
  ),
  ...of(
    "multifactorauthpresent",
    [
      [
        "aws:MultiFactorAuthPresent of temporary credentials without MFA is false",
        { Bool: { "aws:MultiFactorAuthPresent": "false" } },
        true,
      ],
      ["aws:MultiFactorAuthPresent: MFA is asked for", { Bool: { "aws:MultiFactorAuthPresent": "true" } }, false],
    ],
    get,
    "al's session",
  ),
  ...of("multifactorauthpresent", [
    ["aws:MultiFactorAuthPresent: a user's own keys have no such key", { Null: { "aws:MultiFactorAuthPresent": "true" } }, true],
  ]),
  ...of(
    "multifactorauthage",
    [["aws:MultiFactorAuthAge: no MFA, no age", { NumericLessThan: { "aws:MultiFactorAuthAge": "3600" } }, false]],
    get,
    "al's session",
  ),
  ...of(
    "sourceidentity",
    [["aws:SourceIdentity of a session that has none", { StringEquals: { "aws:SourceIdentity": "al" } }, false]],
    get,
    "app",
  ),
  ...of("sourceidentity", [["aws:SourceIdentity of a session", { StringEquals: { "aws:SourceIdentity": "al" } }, true]], get, "app").map(
    (row) => ({ ...row, sessionInput: { SourceIdentity: "al" } }),
  ),
  ...of("principalisawsservice", [
    ["aws:PrincipalIsAWSService of a user", { Bool: { "aws:PrincipalIsAWSService": "false" } }, true],
    ["aws:PrincipalServiceName: a user has none", { StringLike: { "aws:PrincipalServiceName": "*" } }, false],
  ]),
];

const request: DecisionRow[] = [
  ...of("requestedregion", [
    ["aws:RequestedRegion", { StringEquals: { "aws:RequestedRegion": "us-east-1" } }, true],
    ["aws:RequestedRegion of another", { StringEquals: { "aws:RequestedRegion": ["eu-west-1", "eu-central-1"] } }, false],
    ["aws:RequestedRegion by a pattern", { StringLike: { "aws:RequestedRegion": "us-*" } }, true],
    [
      "aws:RequestedRegion of a call elsewhere",
      { StringEquals: { "aws:RequestedRegion": "eu-west-1" } },
      true,
      kms("ListKeys", { KeyId: undefined }, { region: "eu-west-1" }),
    ],
    [
      "aws:RequestedRegion of IAM is us-east-1, wherever it is called",
      { StringEquals: { "aws:RequestedRegion": "us-east-1" } },
      true,
      iam("GetUser", { UserName: "al" }),
    ],
  ]),
  ...of("sourceip", [
    [
      "aws:SourceIp of a call of one's own",
      { IpAddress: { "aws:SourceIp": "198.51.100.0/24" } },
      true,
      read("/app/db", { sourceIp: "198.51.100.4" }),
    ],
    [
      "aws:SourceIp when a service calls: not the caller's",
      { IpAddress: { "aws:SourceIp": "198.51.100.0/24" } },
      false,
      ssm(
        "PutParameter",
        { Name: "/new", Value: "v", Type: "SecureString", KeyId: "KEY" },
        { sourceIp: "198.51.100.4", action: "kms:Encrypt" },
      ),
    ],
  ]),
  ...of("securetransport", [
    [
      "aws:SecureTransport of a call without TLS",
      { Bool: { "aws:SecureTransport": "true" } },
      false,
      read("/app/db", { secureTransport: false }),
    ],
  ]),
  ...of("useragent", [
    ["aws:UserAgent", { StringLike: { "aws:UserAgent": "aws-cli/*" } }, true, read("/app/db", { userAgent: "aws-cli/2.15.0" })],
    ["aws:UserAgent of another program", { StringLike: { "aws:UserAgent": "aws-cli/*" } }, false, read("/app/db", { userAgent: "curl/8" })],
  ]),
  ...of("currenttime", [
    [
      "aws:CurrentTime within a window",
      { DateGreaterThan: { "aws:CurrentTime": "2026-01-01T00:00:00Z" }, DateLessThan: { "aws:CurrentTime": "2026-01-02T00:00:00Z" } },
      false,
    ],
  ]),
  ...of("epochtime", [
    [
      "aws:EpochTime within a window",
      { DateGreaterThanEquals: { "aws:EpochTime": "1767225600" }, NumericLessThan: { "aws:EpochTime": "1767312000" } },
      true,
    ],
  ]),
  ...of("viaawsservice", [["aws:ViaAWSService of a call of one's own", { Bool: { "aws:ViaAWSService": "false" } }, true]]),
  ...of("calledvia", [
    ["aws:CalledVia: nobody stands between", { "ForAnyValue:StringEquals": { "aws:CalledVia": ["ssm.amazonaws.com"] } }, false],
  ]),
  ...of("resourceaccount", [
    ["aws:ResourceAccount of one's own account", { StringEquals: { "aws:ResourceAccount": "${aws:PrincipalAccount}" } }, true],
    ["aws:ResourceAccount of another", { StringEquals: { "aws:ResourceAccount": B } }, false],
  ]),
  ...of(
    "principalorgid",
    [
      [
        "aws:PrincipalOrgID: an account without an organization has none",
        { StringEquals: { "aws:PrincipalOrgID": "o-abcdefghij" } },
        false,
      ],
    ],
    get,
  ),
  ...of("sourcevpce", [
    ["aws:SourceVpce: the call comes through no endpoint", { StringEquals: { "aws:SourceVpce": "vpce-1a2b3c4d" } }, false],
  ]),
  {
    title: "aws:ViaAWSService of a service's call for somebody",
    page: `${keys}#condition-keys-viaawsservice`,
    identity: [allow("ssm:*"), allow("kms:Encrypt", when({ Bool: { "aws:ViaAWSService": "true" } }))],
    ask: ssm("PutParameter", { Name: "/new", Value: "v", Type: "SecureString", KeyId: "KEY" }, { action: "kms:Encrypt" }),
    is: ok("IdentityPolicy", 1),
  },
  {
    title: "Deny outside of a Region",
    page: `${guide}reference_policies_examples_aws_deny-requested-region.html`,
    identity: [
      allow("*"),
      {
        Effect: "Deny",
        NotAction: ["iam:*", "sts:*"],
        Resource: "*",
        Condition: { StringNotEquals: { "aws:RequestedRegion": ["eu-west-1"] } },
      },
    ],
    ask: get,
    is: denied("IdentityPolicy", 1),
  },
  {
    title: "Deny outside of a Region spares what NotAction names",
    page: `${guide}reference_policies_examples_aws_deny-requested-region.html`,
    identity: [
      allow("*"),
      {
        Effect: "Deny",
        NotAction: ["iam:*", "sts:*"],
        Resource: "*",
        Condition: { StringNotEquals: { "aws:RequestedRegion": ["eu-west-1"] } },
      },
    ],
    ask: iam("GetUser", { UserName: "al" }),
    is: allowed,
  },
  {
    title: "Deny by address, unless a service calls",
    page: `${guide}reference_policies_examples_aws_deny-ip.html`,
    identity: [
      allow("*"),
      deny("*", when({ NotIpAddress: { "aws:SourceIp": ["203.0.113.0/24"] }, Bool: { "aws:ViaAWSService": "false" } })),
    ],
    ask: read("/app/db", { sourceIp: "192.0.2.1" }),
    is: denied("IdentityPolicy", 1),
  },
  {
    title: "Deny by address: from within",
    page: `${guide}reference_policies_examples_aws_deny-ip.html`,
    identity: [
      allow("*"),
      deny("*", when({ NotIpAddress: { "aws:SourceIp": ["203.0.113.0/24"] }, Bool: { "aws:ViaAWSService": "false" } })),
    ],
    ask: read("/app/db", { sourceIp: "203.0.113.1" }),
    is: allowed,
  },
];

const abac = `${guide}access_tags.html`;
const kmsTags = "https://docs.aws.amazon.com/kms/latest/developerguide/tag-authorization.html";
const tagged = (Tags: { TagKey: string; TagValue: string }[]) => ({ keyInput: { Tags } });
const teamBlue = tagged([{ TagKey: "team", TagValue: "blue" }]);
const add = (Key: string, Value: string): Ask =>
  ssm("AddTagsToResource", { ResourceType: "Parameter", ResourceId: "/app/db", Tags: [{ Key, Value }] });

const delegating = `${guide}access_policies_boundaries.html#access_policies_boundaries-delegate`;
const readOnly = "arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess";
const onlyBounded = allow(
  ["iam:CreateUser", "iam:AttachUserPolicy", "iam:PutUserPermissionsBoundary"],
  when({ StringEquals: { "iam:PermissionsBoundary": readOnly } }),
);

const tags: DecisionRow[] = [
  ...conditionRows(abac, get, [
    ["aws:ResourceTag of a parameter", { StringEquals: { "aws:ResourceTag/team": "blue" } }, true],
    ["aws:ResourceTag of another value", { StringEquals: { "aws:ResourceTag/team": "red" } }, false],
    ["aws:ResourceTag that the parameter has not", { StringEquals: { "aws:ResourceTag/owner": "al" } }, false],
    ["the caller's tag and the resource's are the same", { StringEquals: { "aws:ResourceTag/team": "${aws:PrincipalTag/team}" } }, true],
    ["ssm:resourceTag says the same", { StringLike: { "ssm:resourceTag/team": ["blue"] } }, true],
    ["two tags of the parameter", { StringLike: { "ssm:resourceTag/team": "blue", "ssm:resourceTag/stage": "prod" } }, false],
  ]),
  ...conditionRows(
    abac,
    get,
    [["the role's tag and the resource's differ", { StringEquals: { "aws:ResourceTag/team": "${aws:PrincipalTag/team}" } }, false]],
    "app",
  ),
  ...conditionRows(abac, add("CostCenter", "7"), [
    ["aws:RequestTag", { StringEquals: { "aws:RequestTag/CostCenter": ["7", "8"] } }, true],
    ["aws:RequestTag of another value", { StringEquals: { "aws:RequestTag/CostCenter": "9" } }, false],
    ["aws:RequestTag that the request has not", { StringEquals: { "aws:RequestTag/Team": "blue" } }, false],
    ["the name of a tag has no case in the key", { StringEquals: { "aws:RequestTag/costcenter": "7" } }, true],
    ["Null: the request must name a tag", { Null: { "aws:RequestTag/CostCenter": "false" } }, true],
  ]),
  ...conditionRows(kmsTags, encrypt(), [
    ["a key by its tag", { StringEquals: { "aws:ResourceTag/team": "blue" } }, true],
    ["a key by another tag", { StringEquals: { "aws:ResourceTag/team": "red" } }, false],
    ["a key that must not have a tag", { Null: { "aws:ResourceTag/team": "true" } }, false],
  ]).map((row) => ({ ...row, ...teamBlue })),
  {
    title: "a Deny by the key's tag in IAM",
    page: kmsTags,
    ...teamBlue,
    identity: [allow("kms:*"), deny("kms:*", when({ StringEquals: { "aws:ResourceTag/team": "blue" } }))],
    ask: encrypt(),
    is: denied("IdentityPolicy", 1),
  },
  {
    title: "a Deny of keys that have no such tag",
    page: kmsTags,
    ...teamBlue,
    identity: [allow("kms:*"), deny("kms:*", when({ Null: { "aws:ResourceTag/Type": "true" } }))],
    ask: encrypt(),
    is: denied("IdentityPolicy", 1),
  },
  {
    title: "CreateKey with a tag: it must be this one",
    page: kmsTags,
    identity: [allow(["kms:CreateKey", "kms:TagResource"], when({ StringEquals: { "aws:RequestTag/team": "blue" } }))],
    ask: kms("CreateKey", { KeyId: undefined, Tags: [{ TagKey: "team", TagValue: "blue" }] }),
    is: allowed,
  },
  {
    title: "CreateKey without it",
    page: kmsTags,
    identity: [allow(["kms:CreateKey", "kms:TagResource"], when({ StringEquals: { "aws:RequestTag/team": "blue" } }))],
    ask: kms("CreateKey", { KeyId: undefined }),
    is: refused,
  },
  {
    title: "CreateKey with tags asks for kms:TagResource",
    page: kmsTags,
    identity: [allow("kms:CreateKey")],
    ask: kms("CreateKey", { KeyId: undefined, Tags: [{ TagKey: "team", TagValue: "blue" }] }, { action: "kms:TagResource" }),
    is: refused,
  },
  {
    title: "IAM: a user by its tag",
    page: `${guide}access_iam-tags.html`,
    identity: [allow("iam:GetUser", when({ StringEquals: { "iam:ResourceTag/team": "blue" } }))],
    ask: iam("GetUser", { UserName: "al" }),
    is: allowed,
  },
  {
    title: "IAM: aws:ResourceTag says the same",
    page: `${guide}access_iam-tags.html`,
    identity: [allow("iam:GetUser", when({ StringEquals: { "aws:ResourceTag/team": "red" } }))],
    ask: iam("GetUser", { UserName: "al" }),
    is: refused,
  },
  {
    title: "IAM: only these tags may be put on users",
    page: `${guide}access_iam-tags.html`,
    identity: [allow("iam:TagUser", when({ "ForAllValues:StringEquals": { "aws:TagKeys": ["team"] } }))],
    ask: iam("TagUser", { UserName: "al", Tags: [{ Key: "role", Value: "x" }] }),
    is: refused,
  },
  {
    title: "IAM: a user may not be made without this boundary",
    page: `${guide}access_policies_boundaries.html#access_policies_boundaries-delegate`,
    identity: [allow("iam:CreateUser", when({ StringEquals: { "iam:PermissionsBoundary": "arn:aws:iam::aws:policy/ReadOnlyAccess" } }))],
    ask: iam("CreateUser", { UserName: "new" }),
    is: refused,
  },
  {
    title: "IAM: with this boundary a user may be made",
    page: delegating,
    identity: [onlyBounded],
    ask: iam("CreateUser", { UserName: "new", PermissionsBoundary: readOnly }),
    is: allowed,
  },
  {
    title: "IAM: with another boundary a user may not be made",
    page: delegating,
    identity: [onlyBounded],
    ask: iam("CreateUser", { UserName: "new", PermissionsBoundary: "arn:aws:iam::aws:policy/AdministratorAccess" }),
    is: refused,
  },
  {
    title: "IAM: a policy may not be attached to a user without this boundary",
    page: delegating,
    identity: [onlyBounded],
    ask: iam("AttachUserPolicy", { UserName: "al", PolicyArn: readOnly }),
    is: refused,
  },
  {
    title: "IAM: this boundary may be put on a user",
    page: delegating,
    identity: [onlyBounded],
    ask: iam("PutUserPermissionsBoundary", { UserName: "al", PermissionsBoundary: readOnly }),
    is: allowed,
  },
  {
    title: "IAM: only this policy may be attached",
    page: `${guide}reference_policies_iam-condition-keys.html`,
    identity: [allow("iam:AttachUserPolicy", when({ ArnEquals: { "iam:PolicyARN": "arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess" } }))],
    ask: iam("AttachUserPolicy", { UserName: "al", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }),
    is: refused,
  },
  {
    title: "IAM: this policy may be attached",
    page: `${guide}reference_policies_iam-condition-keys.html`,
    identity: [allow("iam:AttachUserPolicy", when({ ArnEquals: { "iam:PolicyARN": "arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess" } }))],
    ask: iam("AttachUserPolicy", { UserName: "al", PolicyArn: "arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess" }),
    is: allowed,
  },
];

const root: DecisionRow[] = [
  {
    title: "root may everything in its account",
    page: `${guide}id_root-user.html`,
    who: "root",
    ask: iam("GetUser", { UserName: "al" }),
    is: ["Allow", "IdentityPolicy"],
    notSimulated: cannot.caller,
  },
  {
    title: "root is refused by a Deny in a key policy",
    page: `${guide}reference_policies_evaluation-logic_policy-eval-denyallow.html`,
    who: "root",
    key: [delegates, deny("kms:Encrypt", everybody)],
    ask: encrypt(),
    is: denied("ResourcePolicy", 1),
    notSimulated: cannot.caller,
  },
  {
    title: "root where the key policy lets the account in",
    page: "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html",
    who: "root",
    key: [delegates],
    ask: encrypt(),
    is: ok("ResourcePolicy", 0),
    notSimulated: cannot.caller,
  },
  {
    title: "root of another account, where everybody is let in",
    page: `${guide}reference_policies_evaluation-logic-cross-account.html`,
    who: "root of B",
    key: [allow("kms:Encrypt", everybody)],
    ask: encrypt(),
    is: ok("ResourcePolicy", 0),
    notSimulated: cannot.caller,
  },
  {
    title: "aws:PrincipalArn of root",
    page: `${keys}#condition-keys-principalarn`,
    who: "root",
    key: [delegates, deny("kms:Encrypt", { ...everybody, ...when({ ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:root" } }) })],
    ask: encrypt(),
    is: denied("ResourcePolicy", 1),
    notSimulated: cannot.caller,
  },
  {
    title: "root has no user name: StringNotEquals on it holds",
    page: `${guide}reference_policies_variables.html#principaltable`,
    who: "root",
    key: [delegates, deny("kms:Encrypt", { ...by(rootOf(A)), ...when({ StringNotEquals: { "aws:username": "al" } }) })],
    ask: encrypt(),
    is: denied("ResourcePolicy", 1),
    notSimulated: cannot.caller,
  },
  {
    title: "root's Principal type is Account",
    page: `${keys}#condition-keys-principaltype`,
    who: "root",
    key: [allow("kms:Encrypt", { ...everybody, ...when({ StringEquals: { "aws:PrincipalType": "Account" } }) })],
    ask: encrypt(),
    is: ok("ResourcePolicy", 0),
    notSimulated: cannot.caller,
  },
  {
    title: "root cannot do what a key policy keeps to one user",
    page: "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html",
    who: "root",
    key: [allow("kms:Encrypt", by(AL))],
    ask: encrypt(),
    is: no("ResourcePolicy"),
    notSimulated: cannot.caller,
  },
];

export const rows = { caller, request, tags, root };
