import {
  A,
  AL,
  allow,
  conditionRows,
  denied,
  deny,
  encrypt,
  refused,
  allowed,
  when,
  type ConditionCase,
  type DecisionRow,
  type SimulatedRow,
} from "./row";

/** Condition operators, one by one. */

const page = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html";
const of = (anchor: string, cases: ConditionCase[]): DecisionRow[] =>
  conditionRows(`${page}#${anchor}`, encrypt({ App: "Billing", n: "10", d: "2026-03-01T12:00:00Z", b: "true", ip: "203.0.113.7" }), cases);
const app = "kms:EncryptionContext:App";

export const strings: DecisionRow[] = of("Conditions_String", [
  ["StringEquals: the same text", { StringEquals: { [app]: "Billing" } }, true],
  ["StringEquals: another case", { StringEquals: { [app]: "billing" } }, false],
  ["StringEquals: a part of it", { StringEquals: { [app]: "Bill" } }, false],
  ["StringEquals: one of several", { StringEquals: { [app]: ["Stock", "Billing"] } }, true],
  ["StringEquals: none of several", { StringEquals: { [app]: ["Stock", "Orders"] } }, false],
  ["StringEquals: a star is a star", { StringEquals: { [app]: "Bill*" } }, false],
  ["StringEquals: two keys, both hold", { StringEquals: { [app]: "Billing", "aws:username": "al" } }, true],
  ["StringEquals: two keys, one fails", { StringEquals: { [app]: "Billing", "aws:username": "bo" } }, false],
  ["StringEquals: the request has no such key", { StringEquals: { "kms:EncryptionContext:Stage": "test" } }, false],
  ["StringNotEquals: another text", { StringNotEquals: { [app]: "Stock" } }, true],
  ["StringNotEquals: the same text", { StringNotEquals: { [app]: "Billing" } }, false],
  ["StringNotEquals: different from all", { StringNotEquals: { [app]: ["Stock", "Orders"] } }, true],
  ["StringNotEquals: equal to one of them", { StringNotEquals: { [app]: ["Stock", "Billing"] } }, false],
  ["StringNotEquals: the request has no such key", { StringNotEquals: { "kms:EncryptionContext:Stage": "test" } }, true],
  ["StringEqualsIgnoreCase: another case", { StringEqualsIgnoreCase: { [app]: "bILLING" } }, true],
  ["StringEqualsIgnoreCase: another text", { StringEqualsIgnoreCase: { [app]: "bills" } }, false],
  ["StringNotEqualsIgnoreCase: another case", { StringNotEqualsIgnoreCase: { [app]: "BILLING" } }, false],
  ["StringNotEqualsIgnoreCase: another text", { StringNotEqualsIgnoreCase: { [app]: "stock" } }, true],
  ["StringLike: a star at the end", { StringLike: { [app]: "Bill*" } }, true],
  ["StringLike: a star at the beginning", { StringLike: { [app]: "*ing" } }, true],
  ["StringLike: a star stands for nothing too", { StringLike: { [app]: "Billing*" } }, true],
  ["StringLike: several stars", { StringLike: { [app]: "*i*l*g" } }, true],
  ["StringLike: question marks, one letter each", { StringLike: { [app]: "Bill???" } }, true],
  ["StringLike: a question mark too few", { StringLike: { [app]: "Bill??" } }, false],
  ["StringLike: without a wildcard the whole text", { StringLike: { [app]: "Billi" } }, false],
  ["StringLike: letters have their case", { StringLike: { [app]: "bill*" } }, false],
  ["StringLike: one of several patterns", { StringLike: { [app]: ["Stock*", "*ling"] } }, true],
  ["StringNotLike: fits the pattern", { StringNotLike: { [app]: "Bill*" } }, false],
  ["StringNotLike: fits none", { StringNotLike: { [app]: ["Stock*", "Order?"] } }, true],
  ["StringNotLike: the request has no such key", { StringNotLike: { "kms:EncryptionContext:Stage": "prod*" } }, true],
]);

const n = "kms:EncryptionContext:n";
export const numbers: DecisionRow[] = of("Conditions_Numeric", [
  ["NumericEquals: the same number", { NumericEquals: { [n]: "10" } }, true],
  ["NumericEquals: written otherwise", { NumericEquals: { [n]: "10.0" } }, true],
  ["NumericEquals: a JSON number", { NumericEquals: { [n]: 10 } }, true],
  ["NumericEquals: another number", { NumericEquals: { [n]: "100" } }, false],
  ["NumericNotEquals: the same number", { NumericNotEquals: { [n]: "10" } }, false],
  ["NumericNotEquals: another number", { NumericNotEquals: { [n]: "11" } }, true],
  ["NumericLessThan: greater", { NumericLessThan: { [n]: "11" } }, true],
  ["NumericLessThan: the same", { NumericLessThan: { [n]: "10" } }, false],
  ["NumericLessThan: as a number, not as text", { NumericLessThan: { [n]: "9" } }, false],
  ["NumericLessThanEquals: the same", { NumericLessThanEquals: { [n]: "10" } }, true],
  ["NumericLessThanEquals: less", { NumericLessThanEquals: { [n]: "9.99" } }, false],
  ["NumericGreaterThan: less", { NumericGreaterThan: { [n]: "9.5" } }, true],
  ["NumericGreaterThan: the same", { NumericGreaterThan: { [n]: "10" } }, false],
  ["NumericGreaterThanEquals: the same", { NumericGreaterThanEquals: { [n]: "10" } }, true],
  ["NumericGreaterThanEquals: greater", { NumericGreaterThanEquals: { [n]: "10.5" } }, false],
  ["a key that is a text is no number", { NumericLessThan: { [app]: "100" } }, false],
  ["a key that the request has not", { NumericGreaterThan: { "aws:MultiFactorAuthAge": "0" } }, false],
  ["a negated one on a key that the request has not", { NumericNotEquals: { "aws:MultiFactorAuthAge": "0" } }, true],
  ["within two bounds", { NumericGreaterThan: { [n]: "5" }, NumericLessThan: { [n]: "15" } }, true],
  ["outside of one of two bounds", { NumericGreaterThan: { [n]: "5" }, NumericLessThan: { [n]: "8" } }, false],
]);

const d = "kms:EncryptionContext:d";
export const dates: DecisionRow[] = of("Conditions_Date", [
  ["DateEquals: the same moment", { DateEquals: { [d]: "2026-03-01T12:00:00Z" } }, true],
  ["DateEquals: the same moment in another zone", { DateEquals: { [d]: "2026-03-01T14:00:00+02:00" } }, true],
  ["DateEquals: the same moment as epoch seconds", { DateEquals: { [d]: "1772366400" } }, true],
  ["DateEquals: another second", { DateEquals: { [d]: "2026-03-01T12:00:01Z" } }, false],
  ["DateNotEquals: the same moment", { DateNotEquals: { [d]: "2026-03-01T12:00:00Z" } }, false],
  ["DateNotEquals: another day", { DateNotEquals: { [d]: "2026-03-02" } }, true],
  ["DateLessThan: before it", { DateLessThan: { [d]: "2026-03-01T12:00:01Z" } }, true],
  ["DateLessThan: at it", { DateLessThan: { [d]: "2026-03-01T12:00:00Z" } }, false],
  ["DateLessThanEquals: at it", { DateLessThanEquals: { [d]: "2026-03-01T12:00:00Z" } }, true],
  ["DateGreaterThan: after it", { DateGreaterThan: { [d]: "2026-03-01" } }, true],
  ["DateGreaterThan: a day alone is its first moment", { DateGreaterThan: { [d]: "2026-03-02" } }, false],
  ["DateGreaterThanEquals: a year alone is its first moment", { DateGreaterThanEquals: { [d]: "2026" } }, true],
  ["aws:CurrentTime before the end of the year", { DateLessThan: { "aws:CurrentTime": "2026-12-31T23:59:59Z" } }, true],
  ["aws:CurrentTime before a day that is over", { DateLessThan: { "aws:CurrentTime": "2025-12-31T23:59:59Z" } }, false],
  ["aws:EpochTime by a date operator", { DateGreaterThan: { "aws:EpochTime": "1767225599" } }, true],
  ["aws:EpochTime by a numeric operator", { NumericGreaterThan: { "aws:EpochTime": "1767225600" } }, false],
  [
    "aws:TokenIssueTime is not in a request with a user's own keys",
    { DateGreaterThan: { "aws:TokenIssueTime": "2020-01-01T00:00:01Z" } },
    false,
  ],
]);

const bools: DecisionRow[] = of("Conditions_Boolean", [
  ["Bool: true is true", { Bool: { "aws:SecureTransport": "true" } }, true],
  ["Bool: a JSON true", { Bool: { "aws:SecureTransport": true } }, true],
  ["Bool: true is not false", { Bool: { "aws:SecureTransport": "false" } }, false],
  ["Bool: either will do", { Bool: { "aws:SecureTransport": ["true", "false"] } }, true],
  ["Bool: an unencrypted request", { Bool: { "aws:SecureTransport": "false" } }, true, encrypt(undefined, { secureTransport: false })],
  ["Bool: a key that the request has not is not false either", { Bool: { "aws:MultiFactorAuthPresent": "false" } }, false],
]);

const binaries: DecisionRow[] = of("Conditions_BinaryEquals", [
  ["BinaryEquals: the same bytes", { BinaryEquals: { "kms:EncryptionContext:bytes": "QUJD" } }, true, encrypt({ bytes: "QUJD" })],
  ["BinaryEquals: other bytes", { BinaryEquals: { "kms:EncryptionContext:bytes": "QUJE" } }, false, encrypt({ bytes: "QUJD" })],
  ["BinaryEquals: base64 has its case", { BinaryEquals: { "kms:EncryptionContext:bytes": "qujd" } }, false, encrypt({ bytes: "QUJD" })],
  [
    "BinaryEquals: a key that the request has not",
    { BinaryEquals: { "kms:EncryptionContext:bytes": "QUJD" } },
    false,
    encrypt({ other: "QUJD" }),
  ],
]);

const from = (sourceIp: string) => encrypt(undefined, { sourceIp });
const ip = "aws:SourceIp";
export const addresses: DecisionRow[] = of("Conditions_IPAddress", [
  ["IpAddress: in the range", { IpAddress: { [ip]: "203.0.113.0/24" } }, true, from("203.0.113.255")],
  ["IpAddress: just outside", { IpAddress: { [ip]: "203.0.113.0/24" } }, false, from("203.0.114.0")],
  ["IpAddress: without a prefix it is one address", { IpAddress: { [ip]: "203.0.113.7" } }, true, from("203.0.113.7")],
  ["IpAddress: and no other", { IpAddress: { [ip]: "203.0.113.7" } }, false, from("203.0.113.8")],
  ["IpAddress: half of a range", { IpAddress: { [ip]: "203.0.113.128/25" } }, false, from("203.0.113.127")],
  ["IpAddress: one of several ranges", { IpAddress: { [ip]: ["198.51.100.0/24", "203.0.113.0/24"] } }, true, from("198.51.100.1")],
  ["IpAddress: every address", { IpAddress: { [ip]: "0.0.0.0/0" } }, true, from("192.0.2.1")],
  ["IpAddress: IPv6 in the range", { IpAddress: { [ip]: "2001:DB8:1234:5678::/64" } }, true, from("2001:db8:1234:5678:1::9")],
  ["IpAddress: IPv6 outside", { IpAddress: { [ip]: "2001:DB8:1234:5678::/64" } }, false, from("2001:db8:1234:5679::1")],
  ["IpAddress: IPv6 against a range of IPv4", { IpAddress: { [ip]: "0.0.0.0/0" } }, false, from("2001:db8::1")],
  ["IpAddress: both kinds side by side", { IpAddress: { [ip]: ["203.0.113.0/24", "2001:DB8::/32"] } }, true, from("2001:db8::1")],
  ["NotIpAddress: outside", { NotIpAddress: { [ip]: "203.0.113.0/24" } }, true, from("198.51.100.1")],
  ["NotIpAddress: inside", { NotIpAddress: { [ip]: "203.0.113.0/24" } }, false, from("203.0.113.1")],
  ["NotIpAddress: inside one of several", { NotIpAddress: { [ip]: ["198.51.100.0/24", "203.0.113.0/24"] } }, false, from("203.0.113.1")],
  ["IpAddress: a key that the request has not", { IpAddress: { "aws:VpcSourceIp": "10.0.0.0/8" } }, false],
  ["NotIpAddress: a key that the request has not", { NotIpAddress: { "aws:VpcSourceIp": "10.0.0.0/8" } }, true],
]);

const who = "aws:PrincipalArn";
export const arns: DecisionRow[] = of("Conditions_ARN", [
  ["ArnEquals: the same ARN", { ArnEquals: { [who]: AL } }, true],
  ["ArnEquals takes wildcards", { ArnEquals: { [who]: `arn:aws:iam::${A}:user/*` } }, true],
  ["ArnLike: a wildcard for the account", { ArnLike: { [who]: "arn:aws:iam::*:user/al" } }, true],
  ["ArnLike: a question mark", { ArnLike: { [who]: `arn:aws:iam::${A}:user/a?` } }, true],
  ["ArnLike: letters have their case", { ArnLike: { [who]: `arn:aws:iam::${A}:user/AL` } }, false],
  ["ArnLike: a star does not cross a colon", { ArnLike: { [who]: "arn:aws:*:user/al" } }, false],
  ["StringLike: there it does", { StringLike: { [who]: "arn:aws:*:user/al" } }, true],
  ["ArnLike: another kind of resource", { ArnLike: { [who]: `arn:aws:iam::${A}:role/*` } }, false],
  ["ArnLike: one of several", { ArnLike: { [who]: [`arn:aws:iam::${A}:role/*`, `arn:aws:iam::${A}:user/a*`] } }, true],
  ["ArnNotEquals: another ARN", { ArnNotEquals: { [who]: `arn:aws:iam::${A}:user/bo` } }, true],
  ["ArnNotEquals: the same ARN", { ArnNotEquals: { [who]: AL } }, false],
  ["ArnNotLike: fits", { ArnNotLike: { [who]: `arn:aws:iam::${A}:*` } }, false],
  ["ArnNotLike: a key that the request has not", { ArnNotLike: { "aws:SourceArn": "arn:aws:sns:*:*:*" } }, true],
  ["ArnEquals: a key that the request has not", { ArnEquals: { "aws:SourceArn": `arn:aws:sns:us-east-1:${A}:topic` } }, false],
]);

const exist: DecisionRow[] = [
  ...of("Conditions_IfExists", [
    ["StringEqualsIfExists: missing", { StringEqualsIfExists: { "kms:EncryptionContext:Stage": "test" } }, true],
    ["StringEqualsIfExists: there, and equal", { StringEqualsIfExists: { [app]: "Billing" } }, true],
    ["StringEqualsIfExists: there, and not equal", { StringEqualsIfExists: { [app]: "Stock" } }, false],
    ["IpAddressIfExists: missing", { IpAddressIfExists: { "aws:VpcSourceIp": "10.0.0.0/8" } }, true],
    ["BoolIfExists: missing", { BoolIfExists: { "aws:MultiFactorAuthPresent": "true" } }, true],
    ["DateLessThanIfExists: there, and after it", { DateLessThanIfExists: { "aws:CurrentTime": "2025-01-01" } }, false],
    ["NumericLessThanIfExists: missing", { NumericLessThanIfExists: { "aws:MultiFactorAuthAge": "3600" } }, true],
    ["ArnLikeIfExists: there, and another", { ArnLikeIfExists: { [who]: "arn:aws:iam::*:role/*" } }, false],
    [
      "IfExists does not save another condition that fails",
      { StringEqualsIfExists: { "kms:EncryptionContext:Stage": "test" }, StringEquals: { [app]: "Stock" } },
      false,
    ],
  ]),
  {
    title: "Deny with StringNotEqualsIfExists denies also where the key is missing",
    page: `${page}#Conditions_IfExists`,
    identity: [allow("kms:*"), deny("kms:Encrypt", when({ StringNotEqualsIfExists: { "kms:EncryptionContext:Stage": "test" } }))],
    ask: encrypt({ App: "Billing" }),
    is: denied("IdentityPolicy", 1),
  },
  {
    title: "Deny with BoolIfExists false denies a user's own keys, which have no MFA key",
    page: `${page}#Conditions_IfExists`,
    identity: [allow("kms:*"), deny("kms:Encrypt", when({ BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } }))],
    ask: encrypt(),
    is: denied("IdentityPolicy", 1),
  },
  {
    title: "Deny with Bool false does not",
    page: `${page}#Conditions_Boolean`,
    identity: [allow("kms:*"), deny("kms:Encrypt", when({ Bool: { "aws:MultiFactorAuthPresent": "false" } }))],
    ask: encrypt(),
    is: allowed,
  },
  ...of("Conditions_Null", [
    ["Null true: the key is missing", { Null: { "aws:TokenIssueTime": "true" } }, true],
    ["Null false: the key is missing", { Null: { "aws:TokenIssueTime": "false" } }, false],
    ["Null true: the key is there", { Null: { [app]: "true" } }, false],
    ["Null false: the key is there", { Null: { [app]: "false" } }, true],
    ["Null with a JSON boolean", { Null: { [app]: false } }, true],
    ["Null false on a key with several values", { Null: { "kms:EncryptionContextKeys": "false" } }, true],
    ["Null true on it, in a request without an encryption context", { Null: { "kms:EncryptionContextKeys": "true" } }, true, encrypt()],
  ]),
  {
    title: "Null: temporary credentials have the time of their issue",
    page: `${page}#Conditions_Null`,
    who: "al's session",
    identity: [allow("*", when({ Null: { "aws:TokenIssueTime": "true" } }))],
    ask: { service: "ssm", operation: "GetParameter", input: { Name: "/app/db" } },
    is: refused,
  },
];

export const others: DecisionRow[] = [...bools, ...binaries, ...exist];

const bucket = "arn:aws:s3:::bucket";
const notCalled = "The lab does not simulate S3, EC2 and SNS";
const s3 = (
  title: string,
  action: string,
  Condition: NonNullable<Parameters<typeof when>[0]>,
  context: Record<string, string | string[]>,
  matches: boolean,
): SimulatedRow => ({
  title,
  page,
  identity: [allow(action, when(Condition))],
  ask: { action, resource: bucket, context },
  is: matches ? "Allow" : "ImplicitDeny",
  notCalled,
});

export const elsewhere: SimulatedRow[] = [
  s3("max-keys within the limit", "s3:ListBucket", { NumericLessThanEquals: { "s3:max-keys": "10" } }, { "s3:max-keys": "10" }, true),
  s3("max-keys above the limit", "s3:ListBucket", { NumericLessThanEquals: { "s3:max-keys": "10" } }, { "s3:max-keys": "11" }, false),
  s3(
    "a prefix that is the user's own",
    "s3:ListBucket",
    { StringLike: { "s3:prefix": ["", "home/", "home/${aws:username}/*"] } },
    { "s3:prefix": "home/al/x", "aws:username": "al" },
    true,
  ),
  s3(
    "the prefix of another",
    "s3:ListBucket",
    { StringLike: { "s3:prefix": ["", "home/", "home/${aws:username}/*"] } },
    { "s3:prefix": "home/bo/x", "aws:username": "al" },
    false,
  ),
  s3("an empty text is a value", "s3:ListBucket", { StringLike: { "s3:prefix": ["", "home/"] } }, { "s3:prefix": "" }, true),
  s3(
    "an instance type by pattern",
    "ec2:RunInstances",
    { StringLikeIfExists: { "ec2:InstanceType": ["t1.*", "t2.*", "m3.*"] } },
    { "ec2:InstanceType": "t2.micro" },
    true,
  ),
  s3(
    "an instance type that is not listed",
    "ec2:RunInstances",
    { StringLikeIfExists: { "ec2:InstanceType": ["t1.*", "t2.*", "m3.*"] } },
    { "ec2:InstanceType": "p4d.24xlarge" },
    false,
  ),
];
