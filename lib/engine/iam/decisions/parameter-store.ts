import { allow, allowed, denied, deny, ok, parameter, read, refused, ssm, when, type Ask, type DecisionRow } from "./row";

/** Parameter Store: paths, what names no parameter, and SecureString, which asks KMS. */

const get = read("/app/db");
const access = "https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-access.html";
const hierarchy = "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParametersByPath.html";
const secure = "https://docs.aws.amazon.com/systems-manager/latest/userguide/secure-string-parameter-kms-encryption.html";
const byPath = (Path: string, more = {}): Ask => ssm("GetParametersByPath", { Path, ...more });

export const parameters: DecisionRow[] = [
  {
    title: "GetParametersByPath asks about the path",
    page: hierarchy,
    identity: [allow("ssm:GetParametersByPath", { Resource: parameter("/app") })],
    ask: byPath("/app"),
    is: allowed,
  },
  {
    title: "a pattern below the path is not the path",
    page: hierarchy,
    identity: [allow("ssm:GetParametersByPath", { Resource: parameter("/app/*") })],
    ask: byPath("/app"),
    is: refused,
  },
  {
    title: "a pattern that the path begins fits",
    page: hierarchy,
    identity: [allow("ssm:GetParametersByPath", { Resource: parameter("/app*") })],
    ask: byPath("/app"),
    is: allowed,
  },
  {
    title: "whoever may read a path recursively reads below it, though a Deny names what is below",
    page: hierarchy,
    identity: [allow("ssm:*"), deny("ssm:GetParametersByPath", { Resource: parameter("/app/api") })],
    ask: byPath("/app", { Recursive: true }),
    is: allowed,
  },
  {
    title: "the path that is denied",
    page: hierarchy,
    identity: [allow("ssm:*"), deny("ssm:GetParametersByPath", { Resource: parameter("/app/api") })],
    ask: byPath("/app/api"),
    is: denied("IdentityPolicy", 1),
  },
  {
    title: "ssm:Recursive may be denied",
    page: hierarchy,
    identity: [allow("ssm:*"), deny("ssm:GetParametersByPath", when({ StringEquals: { "ssm:Recursive": ["true"] } }))],
    ask: byPath("/app", { Recursive: true }),
    is: denied("IdentityPolicy", 1),
  },
  {
    title: "without Recursive it is false",
    page: hierarchy,
    identity: [allow("ssm:*"), deny("ssm:GetParametersByPath", when({ StringEquals: { "ssm:Recursive": ["true"] } }))],
    ask: byPath("/app"),
    is: allowed,
  },
  {
    title: "GetParameter is another action than GetParameters",
    page: access,
    identity: [allow("ssm:GetParameters", { Resource: parameter("/app/*") })],
    ask: get,
    is: refused,
  },
  {
    title: "GetParameters asks about each name: one is not allowed",
    page: access,
    identity: [allow("ssm:GetParameters", { Resource: parameter("/web/*") })],
    ask: ssm("GetParameters", { Names: ["/app/db", "/web/db"] }),
    is: refused,
  },
  {
    title: "DescribeParameters names no parameter",
    page: access,
    identity: [allow("ssm:DescribeParameters", { Resource: parameter("/app/*") })],
    ask: ssm("DescribeParameters", {}),
    is: refused,
  },
  {
    title: "DescribeParameters wants *",
    page: access,
    identity: [allow("ssm:DescribeParameters")],
    ask: ssm("DescribeParameters", {}),
    is: allowed,
  },
  {
    title: "ssm:Overwrite may be denied",
    page: access,
    identity: [allow("ssm:*"), deny("ssm:PutParameter", when({ StringEquals: { "ssm:Overwrite": "true" } }))],
    ask: ssm("PutParameter", { Name: "/app/db", Value: "w", Type: "String", Overwrite: true }),
    is: denied("IdentityPolicy", 1),
  },
  {
    title: "a new parameter overwrites nothing",
    page: access,
    identity: [allow("ssm:*"), deny("ssm:PutParameter", when({ StringEquals: { "ssm:Overwrite": "true" } }))],
    ask: ssm("PutParameter", { Name: "/app/new", Value: "w", Type: "String" }),
    is: allowed,
  },
  {
    title: "names that begin so, without a path",
    page: access,
    identity: [allow("ssm:GetParameter", { Resource: parameter("/pl*") })],
    ask: read("plain"),
    is: allowed,
  },
  {
    title: "SecureString under a key of one's own: kms:Decrypt is asked",
    page: secure,
    identity: [allow("ssm:*")],
    ask: ssm("PutParameter", { Name: "/new", Value: "v", Type: "SecureString", KeyId: "KEY" }, { action: "kms:Encrypt" }),
    is: refused,
  },
  {
    title: "SecureString under a key of one's own: IAM allows it through ssm",
    page: secure,
    identity: [allow("ssm:*"), allow("kms:Encrypt", when({ StringEquals: { "kms:ViaService": "ssm.us-east-1.amazonaws.com" } }))],
    ask: ssm("PutParameter", { Name: "/new", Value: "v", Type: "SecureString", KeyId: "KEY" }, { action: "kms:Encrypt" }),
    is: ok("IdentityPolicy", 1),
  },
  {
    title: "SecureString: the encryption context is the parameter's ARN",
    page: secure,
    identity: [allow("ssm:*"), allow("kms:Encrypt", when({ StringEquals: { "kms:EncryptionContext:PARAMETER_ARN": parameter("/new") } }))],
    ask: ssm("PutParameter", { Name: "/new", Value: "v", Type: "SecureString", KeyId: "KEY" }, { action: "kms:Encrypt" }),
    is: ok("IdentityPolicy", 1),
  },
  {
    title: "SecureString under aws/ssm: its own policy lets everybody in who comes through ssm",
    page: secure,
    identity: [allow("ssm:*")],
    ask: read("/secret", { input: { Name: "/secret", WithDecryption: true }, action: "kms:Decrypt" }),
    is: ok("ResourcePolicy", 0),
    notSimulated: "The key policy of an AWS managed key is AWS's, not the row's",
  },
  {
    title: "SecureString under aws/ssm: a Deny in IAM stops it all the same",
    page: secure,
    identity: [allow("ssm:*"), deny("kms:Decrypt")],
    ask: read("/secret", { input: { Name: "/secret", WithDecryption: true }, action: "kms:Decrypt" }),
    is: denied("IdentityPolicy", 1),
    notSimulated: "The key policy of an AWS managed key is AWS's, not the row's",
  },
  {
    title: "SecureString without decryption asks KMS nothing",
    page: secure,
    identity: [allow("ssm:GetParameter"), deny("kms:*")],
    ask: read("/secret"),
    is: allowed,
  },
];
