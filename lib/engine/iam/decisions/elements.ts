import {
  A,
  AL,
  B,
  allow,
  allowed,
  delegates,
  denied,
  deny,
  encrypt,
  iam,
  kms,
  no,
  ok,
  parameter,
  read,
  refused,
  ssm,
  when,
  by,
  type DecisionRow,
  type Ask,
} from "./row";
import type { PolicyStatement } from "../../types";

/** Action, NotAction, Resource, NotResource, Effect, Condition and Sid: what a statement's own elements mean. */

const guide = "https://docs.aws.amazon.com/IAM/latest/UserGuide/";
const element = (name: string): string => `${guide}reference_policies_elements_${name}.html`;

type Case = [title: string, statements: PolicyStatement[], ask: Ask, is: DecisionRow["is"]];
const list = (page: string, cases: Case[]): DecisionRow[] =>
  cases.map(([title, identity, ask, is]) => ({ title, page, identity, ask, is }));
const get = read("/app/db");
const user = iam("GetUser", { UserName: "al" });

const actions = [
  ...list(element("action"), [
    ["the action by name", [allow("ssm:GetParameter")], get, allowed],
    ["another action", [allow("ssm:GetParameters")], get, refused],
    ["another service", [allow("kms:GetParameter")], get, refused],
    ["one of a list", [allow(["ssm:PutParameter", "ssm:GetParameter"])], get, allowed],
    ["every action", [allow("*")], get, allowed],
    ["every action of the service", [allow("ssm:*")], get, allowed],
    ["a wildcard at the end", [allow("ssm:Get*")], get, allowed],
    ["a wildcard in the middle", [allow("ssm:*Param*er")], get, allowed],
    ["a question mark", [allow("ssm:GetParamete?")], get, allowed],
    ["a question mark stands for one letter, not for none", [allow("ssm:GetParameter?")], get, refused],
    ["without regard to case", [allow("SSM:gEtPaRaMeTeR")], get, allowed],
    ["a wildcard fits longer names as well", [allow("ssm:GetParameter*")], ssm("GetParametersByPath", { Path: "/app" }), allowed],
    [
      "ReEncrypt* means both halves of it",
      [allow("kms:ReEncrypt*")],
      kms("ReEncrypt", { KeyId: undefined, CiphertextBlob: "CIPHERTEXT", DestinationKeyId: "KEY" }, { action: "kms:ReEncryptTo" }),
      allowed,
    ],
  ]),
  ...list(element("notaction"), [
    ["Allow with NotAction: another action", [{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }], get, allowed],
    ["Allow with NotAction: the one that is left out", [{ Effect: "Allow", NotAction: "ssm:GetParameter", Resource: "*" }], get, refused],
    ["Allow with NotAction: left out by a wildcard", [{ Effect: "Allow", NotAction: ["iam:*", "ssm:Get*"], Resource: "*" }], get, refused],
    [
      "Allow with NotAction: nothing is denied by it",
      [{ Effect: "Allow", NotAction: "ssm:*", Resource: "*" }, allow("ssm:GetParameter")],
      get,
      ok("IdentityPolicy", 1),
    ],
    [
      "Deny with NotAction: another action",
      [allow("*"), { Effect: "Deny", NotAction: "iam:*", Resource: "*" }],
      get,
      denied("IdentityPolicy", 1),
    ],
    [
      "Deny with NotAction: the one that is left out",
      [allow("*"), { Effect: "Deny", NotAction: ["ssm:*", "iam:*"], Resource: "*" }],
      get,
      allowed,
    ],
    ["Deny with NotAction allows nothing", [{ Effect: "Deny", NotAction: "ssm:*", Resource: "*" }], get, refused],
    [
      "Deny with NotAction and a condition that fails",
      [allow("*"), { Effect: "Deny", NotAction: "iam:*", Resource: "*", Condition: { Bool: { "aws:SecureTransport": "false" } } }],
      get,
      allowed,
    ],
  ]),
  ...list(element("effect"), [
    ["nothing says yes", [allow("iam:*")], get, refused],
    ["a Deny beats an Allow before it", [allow("ssm:*"), deny("ssm:GetParameter")], get, denied("IdentityPolicy", 1)],
    ["a Deny beats an Allow after it", [deny("ssm:GetParameter"), allow("ssm:*")], get, denied("IdentityPolicy", 0)],
    [
      "a broad Deny beats a narrow Allow",
      [allow("ssm:GetParameter", { Resource: parameter("/app/db") }), deny("*")],
      get,
      denied("IdentityPolicy", 1),
    ],
    ["a Deny of another resource does not", [allow("ssm:*"), deny("ssm:*", { Resource: parameter("/web/*") })], get, allowed],
    ["a Deny of another action does not", [allow("ssm:*"), deny("ssm:PutParameter")], get, allowed],
    [
      "a Deny whose condition fails does not",
      [allow("ssm:*"), deny("ssm:*", when({ StringEquals: { "aws:username": "bo" } }))],
      get,
      allowed,
    ],
  ]),
];

const key = (rest: string) => `arn:aws:kms:${rest}`;
const resources = [
  ...list(element("resource"), [
    ["the ARN itself", [allow("ssm:GetParameter", { Resource: parameter("/app/db") })], get, allowed],
    ["another ARN", [allow("ssm:GetParameter", { Resource: parameter("/app/other") })], get, refused],
    ["one of a list", [allow("ssm:GetParameter", { Resource: [parameter("/web/db"), parameter("/app/db")] })], get, allowed],
    ["a path by wildcard", [allow("ssm:GetParameter", { Resource: parameter("/app/*") })], get, allowed],
    ["a wildcard crosses slashes", [allow("ssm:GetParameter", { Resource: parameter("/app/*") })], read("/app/api/token"), allowed],
    ["a wildcard in the middle", [allow("ssm:GetParameter", { Resource: parameter("/*/token") })], read("/app/api/token"), allowed],
    ["another path", [allow("ssm:GetParameter", { Resource: parameter("/app/*") })], read("/web/db"), refused],
    ["question marks", [allow("ssm:GetParameter", { Resource: parameter("/???/db") })], read("/web/db"), allowed],
    ["a question mark too many", [allow("ssm:GetParameter", { Resource: parameter("/????/db") })], read("/web/db"), refused],
    ["ARNs have their case", [allow("ssm:GetParameter", { Resource: parameter("/App/db") })], get, refused],
    ["a parameter without a path", [allow("ssm:GetParameter", { Resource: parameter("/plain") })], read("plain"), allowed],
    ["two slashes are another resource", [allow("ssm:GetParameter", { Resource: parameter("//app/db") })], get, refused],
    ["any Region", [allow("ssm:GetParameter", { Resource: `arn:aws:ssm:*:${A}:parameter/app/db` })], get, allowed],
    ["another Region", [allow("ssm:GetParameter", { Resource: `arn:aws:ssm:eu-west-1:${A}:parameter/app/db` })], get, refused],
    ["any account", [allow("ssm:GetParameter", { Resource: "arn:aws:ssm:us-east-1:*:parameter/app/db" })], get, allowed],
    ["another account", [allow("ssm:GetParameter", { Resource: `arn:aws:ssm:us-east-1:${B}:parameter/app/db` })], get, refused],
    ["an empty Region is not any Region", [allow("ssm:GetParameter", { Resource: `arn:aws:ssm::${A}:parameter/app/db` })], get, refused],
    ["another service's ARN", [allow("ssm:*", { Resource: key("*:*:key/*") })], get, refused],
    ["an IAM user, whose ARN has no Region", [allow("iam:GetUser", { Resource: AL })], user, allowed],
    ["every IAM user", [allow("iam:GetUser", { Resource: `arn:aws:iam::${A}:user/*` })], user, allowed],
    ["IAM roles are no users", [allow("iam:GetUser", { Resource: `arn:aws:iam::${A}:role/*` })], user, refused],
    [
      "an action without a resource wants *",
      [allow("kms:ListKeys", { Resource: key(`us-east-1:${A}:key/*`) })],
      kms("ListKeys", { KeyId: undefined }),
      refused,
    ],
    ["and takes *", [allow("kms:ListKeys")], kms("ListKeys", { KeyId: undefined }), allowed],
    ["the key by its ARN", [allow("kms:Encrypt", { Resource: "KEY" })], encrypt(), allowed],
    ["every key of the account", [allow("kms:Encrypt", { Resource: key(`*:${A}:key/*`) })], encrypt(), allowed],
    ["an alias is not its key", [allow("kms:Encrypt", { Resource: key(`*:${A}:alias/*`) })], encrypt(), refused],
  ]),
  ...list(element("notresource"), [
    ["Allow with NotResource: another resource", [{ Effect: "Allow", Action: "ssm:*", NotResource: parameter("/web/*") }], get, allowed],
    [
      "Allow with NotResource: the one that is left out",
      [{ Effect: "Allow", Action: "ssm:*", NotResource: parameter("/app/*") }],
      get,
      refused,
    ],
    [
      "Allow with NotResource: two of them",
      [{ Effect: "Allow", Action: "ssm:*", NotResource: [parameter("/web/*"), parameter("/app/*")] }],
      get,
      refused,
    ],
    [
      "Deny with NotResource: another resource",
      [allow("*"), { Effect: "Deny", Action: "ssm:*", NotResource: parameter("/web/*") }],
      get,
      denied("IdentityPolicy", 1),
    ],
    [
      "Deny with NotResource: the one that is left out",
      [allow("*"), { Effect: "Deny", Action: "ssm:*", NotResource: parameter("/app/*") }],
      get,
      allowed,
    ],
    [
      "Deny with NotResource: a variable in it",
      [allow("*"), { Effect: "Deny", Action: "ssm:*", NotResource: parameter("/app/${aws:username}/*") }],
      read("/app/al/note"),
      allowed,
    ],
  ]),
];

const conditions: DecisionRow[] = [
  ...list(element("condition"), [
    [
      "operators are joined by and: all hold",
      [allow("ssm:*", when({ StringEquals: { "aws:username": "al" }, Bool: { "aws:SecureTransport": "true" } }))],
      get,
      allowed,
    ],
    [
      "operators are joined by and: one fails",
      [allow("ssm:*", when({ StringEquals: { "aws:username": "al" }, Bool: { "aws:SecureTransport": "false" } }))],
      get,
      refused,
    ],
    [
      "keys of an operator are joined by and: one fails",
      [allow("ssm:*", when({ StringEquals: { "aws:username": "al", "aws:PrincipalTag/team": "red" } }))],
      get,
      refused,
    ],
    [
      "values of a key are joined by or",
      [allow("ssm:*", when({ StringEquals: { "aws:PrincipalTag/team": ["red", "blue"] } }))],
      get,
      allowed,
    ],
    [
      "values of a negated operator: none may be equal",
      [allow("ssm:*", when({ StringNotEquals: { "aws:PrincipalTag/team": ["red", "blue"] } }))],
      get,
      refused,
    ],
    ["the name of a key has no case", [allow("ssm:*", when({ StringEquals: { "AWS:USERNAME": "al" } }))], get, allowed],
    [
      "the name of a tag within a key has none either",
      [allow("ssm:*", when({ StringEquals: { "aws:PrincipalTag/TEAM": "blue" } }))],
      get,
      allowed,
    ],
    ["an empty Condition holds", [allow("ssm:*", { Condition: {} })], get, allowed],
    [
      "two statements are joined by or",
      [allow("ssm:*", when({ StringEquals: { "aws:username": "bo" } })), allow("ssm:*", when({ StringEquals: { "aws:username": "al" } }))],
      get,
      ok("IdentityPolicy", 1),
    ],
  ]),
  {
    title: "a statement of a key policy without Resource does nothing",
    page: "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html",
    key: [delegates, { Effect: "Allow", Principal: { AWS: AL }, Action: "kms:Encrypt" }],
    ask: encrypt(),
    is: refused,
  },
  {
    title: "in a key policy * is this key",
    page: "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html",
    key: [allow("kms:Encrypt", by(AL))],
    ask: encrypt(),
    is: ok("ResourcePolicy", 0),
  },
  {
    title: "in a key policy another key's ARN means nothing",
    page: "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html",
    key: [allow("kms:Encrypt", { ...by(AL), Resource: key(`us-east-1:${A}:key/1234abcd-12ab-34cd-56ef-1234567890ab`) })],
    ask: encrypt(),
    is: no("ResourcePolicy"),
  },
];

export const rows = { actions, resources, conditions };
