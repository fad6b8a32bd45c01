import {
  A,
  AL,
  allow,
  allowed,
  by,
  conditionRows,
  delegates,
  denied,
  deny,
  encrypt,
  no,
  ok,
  parameter,
  read,
  refused,
  rootOf,
  when,
  type ConditionCase,
  type DecisionRow,
  kms,
} from "./row";

/** Keys with several values, and policy variables. */

const guide = "https://docs.aws.amazon.com/IAM/latest/UserGuide/";
const multi = `${guide}reference_policies_condition-single-vs-multi-valued-context-keys.html`;
const two = encrypt({ App: "x", Project: "y" });
const keys = "kms:EncryptionContextKeys";

const sets: ConditionCase[] = [
  ["ForAllValues: every value of the request is listed", { "ForAllValues:StringEquals": { [keys]: ["App", "Project", "Stage"] } }, true],
  ["ForAllValues: one value is not listed", { "ForAllValues:StringEquals": { [keys]: ["App", "Stage"] } }, false],
  ["ForAllValues: no value at all", { "ForAllValues:StringEquals": { [keys]: ["App"] } }, true, encrypt()],
  ["ForAllValues with IfExists: no value at all", { "ForAllValues:StringEqualsIfExists": { [keys]: ["App"] } }, true, encrypt()],
  [
    "ForAllValues beside Null false: no value at all",
    { "ForAllValues:StringEquals": { [keys]: ["App"] }, Null: { [keys]: "false" } },
    false,
    encrypt(),
  ],
  ["ForAnyValue: one value is listed", { "ForAnyValue:StringEquals": { [keys]: ["Project"] } }, true],
  ["ForAnyValue: no value is listed", { "ForAnyValue:StringEquals": { [keys]: ["Stage"] } }, false],
  ["ForAnyValue: no value at all", { "ForAnyValue:StringEquals": { [keys]: ["App"] } }, false, encrypt()],
  ["ForAllValues:StringLike: each fits some pattern", { "ForAllValues:StringLike": { [keys]: ["A*", "Pro*"] } }, true],
  ["ForAllValues:StringLike: one fits none", { "ForAllValues:StringLike": { [keys]: "A*" } }, false],
  ["ForAnyValue:StringLike: one fits", { "ForAnyValue:StringLike": { [keys]: "*ject" } }, true],
  ["ForAllValues:StringNotEquals: none of them is listed", { "ForAllValues:StringNotEquals": { [keys]: ["Stage", "Owner"] } }, true],
  ["ForAllValues:StringNotEquals: one of them is", { "ForAllValues:StringNotEquals": { [keys]: ["App"] } }, false],
  ["ForAnyValue:StringNotEquals: one of them is not listed", { "ForAnyValue:StringNotEquals": { [keys]: ["App"] } }, true],
  ["ForAnyValue:StringNotEquals: all of them are", { "ForAnyValue:StringNotEquals": { [keys]: ["App", "Project"] } }, false],
  ["ForAnyValue:StringEqualsIgnoreCase", { "ForAnyValue:StringEqualsIgnoreCase": { [keys]: ["PROJECT"] } }, true],
  ["the names in a list have their case", { "ForAnyValue:StringEquals": { [keys]: ["project"] } }, false],
];

const tag = (Tags: { Key: string; Value: string }[]) => ({
  service: "ssm",
  operation: "AddTagsToResource",
  input: { ResourceType: "Parameter", ResourceId: "/app/db", Tags },
});
const tagged = (...pairs: [string, string][]) => tag(pairs.map(([Key, Value]) => ({ Key, Value })));

const multivalued: DecisionRow[] = [
  ...conditionRows(multi, two, sets),
  ...conditionRows(
    `${guide}reference_policies_condition_examples-multi-valued-context-keys.html`,
    tagged(["CostCenter", "1"], ["Team", "b"]),
    [
      [
        "aws:TagKeys: all tags of the request are allowed ones",
        { "ForAllValues:StringEquals": { "aws:TagKeys": ["CostCenter", "Team"] } },
        true,
      ],
      ["aws:TagKeys: one tag of the request is not", { "ForAllValues:StringEquals": { "aws:TagKeys": ["CostCenter"] } }, false],
      ["aws:TagKeys: at least one of these", { "ForAnyValue:StringEquals": { "aws:TagKeys": ["Team", "Stage"] } }, true],
      ["aws:TagKeys: none of these", { "ForAnyValue:StringLike": { "aws:TagKeys": ["Sec*"] } }, false],
    ],
  ),
  {
    title: "Deny with ForAnyValue: one forbidden tag is enough",
    page: `${guide}reference_policies_condition_examples-multi-valued-context-keys.html`,
    identity: [allow("ssm:*"), deny("ssm:AddTagsToResource", when({ "ForAnyValue:StringLike": { "aws:TagKeys": "key*" } }))],
    ask: tagged(["plain", "1"], ["key1", "1"]),
    is: denied("IdentityPolicy", 1),
  },
  {
    title: "Deny with ForAllValues: one tag that is not forbidden spares the request",
    page: `${guide}reference_policies_condition_examples-multi-valued-context-keys.html`,
    identity: [allow("ssm:*"), deny("ssm:AddTagsToResource", when({ "ForAllValues:StringLike": { "aws:TagKeys": "key*" } }))],
    ask: tagged(["plain", "1"], ["key1", "1"]),
    is: allowed,
  },
  {
    title: "Deny with ForAllValues: a request without tags is denied too",
    page: multi,
    identity: [allow("ssm:*"), deny("ssm:GetParameter", when({ "ForAllValues:StringLike": { "aws:TagKeys": "key*" } }))],
    ask: read("/app/db"),
    is: denied("IdentityPolicy", 1),
  },
  ...conditionRows(`${guide}reference_policies_condition_examples-multi-valued-context-keys.html`, tagged(["note", ""]), [
    ["ForAnyValue: an empty value is no value", { "ForAnyValue:StringEquals": { "aws:RequestTag/note": ["x"] } }, false],
    ["ForAllValues: an empty value is no value", { "ForAllValues:StringEquals": { "aws:RequestTag/note": ["x"] } }, true],
  ]),
];

const vars = `${guide}reference_policies_variables.html`;
const own = parameter("/app/${aws:username}/*");

const variables: DecisionRow[] = [
  {
    title: "a variable in Resource: the caller's own path",
    page: vars,
    identity: [allow("ssm:GetParameter", { Resource: own })],
    ask: read("/app/al/note"),
    is: allowed,
  },
  {
    title: "a variable in Resource: another path",
    page: vars,
    identity: [allow("ssm:GetParameter", { Resource: own })],
    ask: read("/app/db"),
    is: refused,
  },
  {
    title: "a variable in Resource that a role has not: no user name",
    page: vars,
    who: "app",
    identity: [allow("ssm:GetParameter", { Resource: own })],
    ask: read("/app/al/note"),
    is: refused,
  },
  {
    title: "a Deny with a variable that has no value denies nothing",
    page: vars,
    who: "app",
    identity: [allow("ssm:*"), deny("ssm:GetParameter", { Resource: parameter("/${aws:username}*") })],
    ask: read("/app/db"),
    is: allowed,
  },
  {
    title: "a tag of the caller in Resource",
    page: `${vars}#policy-vars-tags`,
    identity: [allow("ssm:GetParameter", { Resource: parameter("/${aws:PrincipalTag/area}/*") })],
    ask: read("/web/db"),
    is: allowed,
  },
  {
    title: "a tag of the caller in Resource, and another's path",
    page: `${vars}#policy-vars-tags`,
    identity: [allow("ssm:GetParameter", { Resource: parameter("/${aws:PrincipalTag/area}/*") })],
    ask: read("/app/db"),
    is: refused,
  },
  {
    title: "several variables in one text",
    page: vars,
    identity: [allow("ssm:GetParameter", { Resource: parameter("/app/${aws:username}/n${aws:PrincipalTag/none, 'ote'}") })],
    ask: read("/app/al/note"),
    is: allowed,
  },
  {
    title: "in version 2008-10-17 a variable is plain text",
    page: `${guide}reference_policies_elements_version.html`,
    keyVersion: "2008-10-17",
    key: [delegates, allow("kms:Encrypt", { ...by(AL), Condition: { StringEquals: { "kms:EncryptionContext:user": "${aws:username}" } } })],
    ask: encrypt({ user: "al" }),
    is: refused,
  },
  {
    title: "and matches that text",
    page: `${guide}reference_policies_elements_version.html`,
    keyVersion: "2008-10-17",
    key: [delegates, allow("kms:Encrypt", { ...by(AL), Condition: { StringEquals: { "kms:EncryptionContext:user": "${aws:username}" } } })],
    ask: encrypt({ user: "${aws:username}" }),
    is: ok("ResourcePolicy", 1),
  },
  {
    title: "in version 2012-10-17 it is the caller's name",
    page: `${guide}reference_policies_elements_version.html`,
    key: [delegates, allow("kms:Encrypt", { ...by(AL), Condition: { StringEquals: { "kms:EncryptionContext:user": "${aws:username}" } } })],
    ask: encrypt({ user: "al" }),
    is: ok("ResourcePolicy", 1),
  },
  {
    title: "the root user has no name: a variable of it fits nothing",
    page: `${vars}#principaltable`,
    who: "root",
    key: [allow("kms:Encrypt", { ...by(rootOf(A)), Condition: { StringLike: { "kms:EncryptionContext:user": "${aws:username}*" } } })],
    ask: encrypt({ user: "al" }),
    is: no("ResourcePolicy"),
    notSimulated: "CallerArn takes only the ARN of a user",
  },
  ...conditionRows(vars, encrypt({ user: "al", star: "a*", team: "blue", dollar: "${x}" }), [
    ["a variable in StringEquals", { StringEquals: { "kms:EncryptionContext:user": "${aws:username}" } }, true],
    ["a variable and text around it", { StringLike: { "aws:PrincipalArn": "arn:aws:iam::*:user/${aws:username}" } }, true],
    ["a variable in ArnLike", { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:user/${aws:username}" } }, true],
    ["the name of a variable has no case", { StringEquals: { "kms:EncryptionContext:user": "${AWS:UserName}" } }, true],
    ["the value that it stands for has", { StringEquals: { "kms:EncryptionContext:team": "${aws:PrincipalTag/team}x" } }, false],
    ["a tag as a variable", { StringEquals: { "kms:EncryptionContext:team": "${aws:PrincipalTag/team}" } }, true],
    ["a variable that the request has not", { StringEquals: { "kms:EncryptionContext:user": "${aws:SourceIdentity}" } }, false],
    ["its default value", { StringEquals: { "kms:EncryptionContext:user": "${aws:PrincipalTag/nick, 'al'}" } }, true],
    [
      "a default is not used where there is a value",
      { StringEquals: { "kms:EncryptionContext:team": "${aws:PrincipalTag/team, 'red'}" } },
      true,
    ],
    ["a default that does not fit", { StringEquals: { "kms:EncryptionContext:user": "${aws:PrincipalTag/nick, 'nobody'}" } }, false],
    ["${*} is a star, not a wildcard", { StringLike: { "kms:EncryptionContext:star": "a${*}" } }, true],
    ["${*} fits no other text", { StringLike: { "kms:EncryptionContext:user": "a${*}" } }, false],
    ["${?} is a question mark", { StringLike: { "kms:EncryptionContext:user": "a${?}" } }, false],
    ["${$} is a dollar sign", { StringEquals: { "kms:EncryptionContext:dollar": "${$}{x}" } }, true],
    ["a key with several values stands for none", { "ForAnyValue:StringEquals": { [keys]: "${kms:EncryptionContextKeys}" } }, false],
  ]),
  {
    title: "kms: the same statement for all, each with the own name in the encryption context",
    page: "https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-encryption-context",
    identity: [allow(["kms:Encrypt", "kms:Decrypt"], when({ StringEquals: { "kms:EncryptionContext:user": "${aws:username}" } }))],
    ask: kms("Encrypt", { Plaintext: "aGk=", EncryptionContext: { user: "bo" } }),
    is: refused,
  },
];

export const rows = { multivalued, variables };
