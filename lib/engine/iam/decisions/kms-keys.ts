import {
  A,
  AL,
  APP,
  B,
  BO,
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
  kms,
  no,
  ok,
  refused,
  ssm,
  when,
  type Ask,
  type ConditionCase,
  type DecisionRow,
  type Outcome,
} from "./row";
import type { JsonObject, PolicyStatement } from "../../types";

/** The condition keys of KMS, aliases and grants. */

const guide = "https://docs.aws.amazon.com/kms/latest/developerguide/";
const page = `${guide}conditions-kms.html`;
const of = (anchor: string, ask: Ask, cases: ConditionCase[]): DecisionRow[] =>
  conditionRows(`${page}#conditions-kms-${anchor}`, ask, cases);
const RSA = { KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" };
const using = (keyInput: JsonObject, rows: DecisionRow[]): DecisionRow[] => rows.map((row) => ({ ...row, keyInput }));
const aliased = (aliases: string[], rows: DecisionRow[]): DecisionRow[] => rows.map((row) => ({ ...row, aliases }));
const grant = (more: JsonObject = {}): Ask => kms("CreateGrant", { GranteePrincipal: APP, Operations: ["Encrypt", "Decrypt"], ...more });
const make = (more: JsonObject = {}): Ask => kms("CreateKey", { KeyId: undefined, ...more });

const conditions: DecisionRow[] = [
  ...of("encryption-context", encrypt({ AppName: "Billing", Stage: "test" }), [
    ["one pair, and others beside it", { StringEquals: { "kms:EncryptionContext:AppName": "Billing" } }, true],
    ["the name of the pair has no case", { StringEquals: { "kms:EncryptionContext:APPNAME": "Billing" } }, true],
    ["its value has", { StringEquals: { "kms:EncryptionContext:AppName": "billing" } }, false],
    [
      "two pairs, both there",
      { StringEquals: { "kms:EncryptionContext:AppName": "Billing", "kms:EncryptionContext:Stage": "test" } },
      true,
    ],
    [
      "two pairs, one of another value",
      { StringEquals: { "kms:EncryptionContext:AppName": "Billing", "kms:EncryptionContext:Stage": "prod" } },
      false,
    ],
    [
      "one pair and no other: another is there",
      {
        StringEquals: { "kms:EncryptionContext:AppName": "Billing" },
        "ForAllValues:StringEquals": { "kms:EncryptionContextKeys": ["AppName"] },
      },
      false,
    ],
    [
      "one pair and no other: it alone",
      {
        StringEquals: { "kms:EncryptionContext:AppName": "Billing" },
        "ForAllValues:StringEquals": { "kms:EncryptionContextKeys": ["AppName"] },
      },
      true,
      encrypt({ AppName: "Billing" }),
    ],
    [
      "one pair and no other: no context at all",
      {
        StringEquals: { "kms:EncryptionContext:AppName": "Billing" },
        "ForAllValues:StringEquals": { "kms:EncryptionContextKeys": ["AppName"] },
      },
      false,
      encrypt(),
    ],
    [
      "GenerateDataKey has it as well",
      { StringEquals: { "kms:EncryptionContext:AppName": "Billing" } },
      true,
      kms("GenerateDataKey", { KeySpec: "AES_256", EncryptionContext: { AppName: "Billing" } }),
    ],
  ]),
  {
    title: "a forbidden pair",
    page: `${page}#conditions-kms-encryption-context`,
    identity: [allow("kms:*")],
    key: [
      delegates,
      deny("kms:GenerateDataKey", {
        ...by(AL),
        ...when({ StringEquals: { "kms:EncryptionContext:Stage": ["Restricted", "Production"] } }),
      }),
    ],
    ask: kms("GenerateDataKey", { KeySpec: "AES_256", EncryptionContext: { Stage: "Production" } }),
    is: denied("ResourcePolicy", 1),
  },
  {
    title: "a forbidden pair: another value is not forbidden",
    page: `${page}#conditions-kms-encryption-context`,
    identity: [allow("kms:*")],
    key: [
      delegates,
      deny("kms:GenerateDataKey", {
        ...by(AL),
        ...when({ StringEquals: { "kms:EncryptionContext:Stage": ["Restricted", "Production"] } }),
      }),
    ],
    ask: kms("GenerateDataKey", { KeySpec: "AES_256", EncryptionContext: { Stage: "Test" } }),
    is: allowed,
  },
  ...of(
    "encryption-context-keys",
    kms("GenerateDataKey", { KeySpec: "AES_256", EncryptionContext: { AppName: "Helper", Project: "Alpha" } }),
    [
      ["at least one name: there", { "ForAnyValue:StringEquals": { "kms:EncryptionContextKeys": "AppName" } }, true],
      ["at least one name: another", { "ForAnyValue:StringEquals": { "kms:EncryptionContextKeys": "Department" } }, false],
      ["any context, whatever it says: there", { Null: { "kms:EncryptionContextKeys": false } }, true],
      [
        "any context, whatever it says: none",
        { Null: { "kms:EncryptionContextKeys": false } },
        false,
        kms("GenerateDataKey", { KeySpec: "AES_256" }),
      ],
    ],
  ),
  ...of("caller-account", encrypt(), [
    ["the caller's account", { StringEquals: { "kms:CallerAccount": A } }, true],
    ["another account", { StringEquals: { "kms:CallerAccount": B } }, false],
  ]),
  {
    title: "everybody of an account, by Principal * and kms:CallerAccount",
    page: `${page}#conditions-kms-caller-account`,
    key: [allow("kms:Encrypt", { ...everybody, ...when({ StringEquals: { "kms:CallerAccount": A } }) })],
    ask: encrypt(),
    is: ok("ResourcePolicy", 0),
  },
  {
    title: "and nobody of another",
    page: `${page}#conditions-kms-caller-account`,
    who: "bo",
    identity: [allow("kms:*")],
    key: [allow("kms:Encrypt", { ...everybody, ...when({ StringEquals: { "kms:CallerAccount": A } }) })],
    ask: encrypt(),
    is: no("ResourcePolicy"),
  },
  ...of("encryption-algorithm", encrypt(), [
    [
      "the default algorithm counts, though the request does not name it",
      { StringEquals: { "kms:EncryptionAlgorithm": "SYMMETRIC_DEFAULT" } },
      true,
    ],
    ["another algorithm", { StringLike: { "kms:EncryptionAlgorithm": "RSAES_*" } }, false],
  ]),
  ...of("key-spec", encrypt(), [
    ["the key's own spec", { StringEquals: { "kms:KeySpec": "SYMMETRIC_DEFAULT" } }, true],
    ["the key's spec is another", { StringLike: { "kms:KeySpec": "RSA_*" } }, false],
    [
      "in CreateKey the spec that is asked for",
      { StringLike: { "kms:KeySpec": "HMAC_*" } },
      true,
      make({ KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" }),
    ],
    ["in CreateKey the default spec counts", { StringEquals: { "kms:KeySpec": "SYMMETRIC_DEFAULT" } }, true, make()],
    ["in CreateKey another spec", { StringLike: { "kms:KeySpec": "RSA_*" } }, false, make()],
  ]),
  ...of("key-usage", encrypt(), [
    ["the key's usage", { StringEquals: { "kms:KeyUsage": "ENCRYPT_DECRYPT" } }, true],
    [
      "another usage in CreateKey",
      { StringEquals: { "kms:KeyUsage": "ENCRYPT_DECRYPT" } },
      false,
      make({ KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" }),
    ],
  ]),
  ...of("key-origin", encrypt(), [
    ["the key's origin", { StringEquals: { "kms:KeyOrigin": "AWS_KMS" } }, true],
    ["another origin", { StringEquals: { "kms:KeyOrigin": "AWS_CLOUDHSM" } }, false],
    ["in CreateKey the origin that is asked for", { StringEquals: { "kms:KeyOrigin": "EXTERNAL" } }, true, make({ Origin: "EXTERNAL" })],
  ]),
  ...of("multiregion", encrypt(), [
    ["a single-Region key", { Bool: { "kms:MultiRegion": "false" } }, true],
    ["a multi-Region key is asked for", { Bool: { "kms:MultiRegion": "true" } }, false],
    ["in CreateKey a multi-Region key", { Bool: { "kms:MultiRegion": true } }, true, make({ MultiRegion: true })],
    ["a single-Region key has no type of multi-Region key", { StringEquals: { "kms:MultiRegionKeyType": "PRIMARY" } }, false],
  ]),
  ...using(
    { MultiRegion: true },
    of("multiregion-key-type", encrypt(), [
      ["a primary key", { StringEquals: { "kms:MultiRegionKeyType": "PRIMARY" } }, true],
      ["no replica key", { StringEquals: { "kms:MultiRegionKeyType": "REPLICA" } }, false],
    ]),
  ),
  ...using(RSA, [
    ...of("signing-algorithm", kms("Sign", { Message: "aGk=", SigningAlgorithm: "ECDSA_SHA_256" }), [
      ["the algorithm of the request", { StringLike: { "kms:SigningAlgorithm": "ECDSA_*" } }, true],
      ["another algorithm of signatures", { StringLike: { "kms:SigningAlgorithm": "RSASSA_PSS*" } }, false],
    ]),
    ...of("message-type", kms("Sign", { Message: "aGk=", MessageType: "RAW", SigningAlgorithm: "ECDSA_SHA_256" }), [
      ["a whole message", { StringEquals: { "kms:MessageType": "RAW" } }, true],
      ["a digest is asked for", { StringEquals: { "kms:MessageType": "DIGEST" } }, false],
    ]),
  ]),
  ...using(
    { KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" },
    of("mac-algorithm", kms("GenerateMac", { Message: "aGk=", MacAlgorithm: "HMAC_SHA_256" }), [
      ["the algorithm", { StringEquals: { "kms:MacAlgorithm": "HMAC_SHA_256" } }, true],
      ["another algorithm of MACs", { StringEquals: { "kms:MacAlgorithm": "HMAC_SHA_512" } }, false],
    ]),
  ),
  ...of(
    "reencrypt-on-same-key",
    kms("ReEncrypt", { KeyId: undefined, CiphertextBlob: "CIPHERTEXT", DestinationKeyId: "KEY" }, { action: "kms:ReEncryptFrom" }),
    [
      ["to the same key", { Bool: { "kms:ReEncryptOnSameKey": true } }, true],
      ["not to the same key is asked for", { Bool: { "kms:ReEncryptOnSameKey": false } }, false],
    ],
  ),
  ...of("schedule-key-deletion-pending-window-in-days", kms("ScheduleKeyDeletion", { PendingWindowInDays: 30 }), [
    ["a long enough window", { NumericGreaterThanEquals: { "kms:ScheduleKeyDeletionPendingWindowInDays": "21" } }, true],
    [
      "a window that is too short",
      { NumericGreaterThanEquals: { "kms:ScheduleKeyDeletionPendingWindowInDays": "21" } },
      false,
      kms("ScheduleKeyDeletion", { PendingWindowInDays: 7 }),
    ],
  ]),
  ...of("rotation-period-in-days", kms("EnableKeyRotation", { RotationPeriodInDays: 180 }), [
    ["a short enough period", { NumericLessThanEquals: { "kms:RotationPeriodInDays": "180" } }, true],
    [
      "a period that is too long",
      { NumericLessThanEquals: { "kms:RotationPeriodInDays": "180" } },
      false,
      kms("EnableKeyRotation", { RotationPeriodInDays: 365 }),
    ],
  ]),
  {
    title: "the lockout check may not be skipped",
    page: `${page}#conditions-kms-bypass-policy-lockout-safety-check`,
    identity: [allow("kms:*"), deny(["kms:CreateKey", "kms:PutKeyPolicy"], when({ Bool: { "kms:BypassPolicyLockoutSafetyCheck": true } }))],
    ask: make({ BypassPolicyLockoutSafetyCheck: true }),
    is: denied("IdentityPolicy", 1),
  },
  {
    title: "a key with the lockout check may be made",
    page: `${page}#conditions-kms-bypass-policy-lockout-safety-check`,
    identity: [allow("kms:*"), deny(["kms:CreateKey", "kms:PutKeyPolicy"], when({ Bool: { "kms:BypassPolicyLockoutSafetyCheck": true } }))],
    ask: make(),
    is: allowed,
  },
  ...of("via-service", ssm("PutParameter", { Name: "/new", Value: "v", Type: "SecureString", KeyId: "KEY" }, { action: "kms:Encrypt" }), [
    ["through Parameter Store", { StringEqualsIfExists: { "kms:ViaService": "ssm.us-east-1.amazonaws.com" } }, true],
    [
      "through another service is asked for",
      { StringEqualsIfExists: { "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com" } },
      false,
    ],
    [
      "through the same service in another Region is asked for",
      { StringLikeIfExists: { "kms:ViaService": "ssm.eu-*.amazonaws.com" } },
      false,
    ],
  ]),
  ...of("via-service", encrypt(), [
    ["a call of one's own comes through no service", { StringEquals: { "kms:ViaService": "ssm.us-east-1.amazonaws.com" } }, false],
    ["a call of one's own is not of other services either", { StringNotEquals: { "kms:ViaService": "ssm.us-east-1.amazonaws.com" } }, true],
  ]),
  ...of("data-key-spec", kms("GenerateDataKeyPair", { KeyPairSpec: "ECC_NIST_P256" }), [
    ["a data key pair of this kind", { StringLike: { "kms:DataKeyPairSpec": "ECC_*" } }, true],
    ["a data key pair of another kind", { StringLike: { "kms:DataKeyPairSpec": "RSA*" } }, false],
  ]),
  ...[true, false].map((there): DecisionRow => ({
    title: `a replica in ${there ? "an allowed" : "another"} Region`,
    page: `${page}#conditions-kms-replica-region`,
    keyInput: { MultiRegion: true },
    identity: [
      allow("kms:ReplicateKey", when({ StringEquals: { "kms:ReplicaRegion": ["eu-west-3", "us-east-2"] } })),
      allow("kms:CreateKey"),
    ],
    ask: kms("ReplicateKey", { ReplicaRegion: there ? "us-east-2" : "eu-west-1" }),
    is: there ? allowed : refused,
  })),
  ...[true, false].map((through): DecisionRow => ({
    title: `a key for everybody of the account who comes through Parameter Store: ${through ? "through it" : "directly"}`,
    page: `${page}#conditions-kms-via-service`,
    identity: [allow("ssm:*")],
    key: [
      allow(["kms:Encrypt", "kms:Decrypt"], {
        Principal: { AWS: "*" },
        ...when({ StringEquals: { "kms:CallerAccount": A, "kms:ViaService": "ssm.us-east-1.amazonaws.com" } }),
      }),
    ],
    ask: through
      ? ssm("PutParameter", { Name: "/new", Value: "v", Type: "SecureString", KeyId: "KEY" }, { action: "kms:Encrypt" })
      : encrypt(),
    is: through ? ok("ResourcePolicy", 0) : no("ResourcePolicy"),
  })),
];

const aliases: DecisionRow[] = [
  ...aliased(
    ["alias/finance-key"],
    of("request-alias", encrypt(undefined, { input: { KeyId: "alias/finance-key", Plaintext: "aGk=" } }), [
      ["the request names the key by its alias", { StringEquals: { "kms:RequestAlias": "alias/finance-key" } }, true],
      ["by a pattern", { StringLike: { "kms:RequestAlias": "alias/fin*" } }, true],
      ["by another alias", { StringEquals: { "kms:RequestAlias": "alias/other" } }, false],
      ["the request names the same key by its ARN", { StringEquals: { "kms:RequestAlias": "alias/finance-key" } }, false, encrypt()],
      [
        "the alias ARN names it as well",
        { StringEquals: { "kms:RequestAlias": "alias/finance-key" } },
        true,
        encrypt(undefined, { input: { KeyId: `arn:aws:kms:us-east-1:${A}:alias/finance-key`, Plaintext: "aGk=" } }),
      ],
    ]),
  ),
  ...aliased(
    ["alias/app-test", "alias/app-prod"],
    of("resource-aliases", encrypt(), [
      ["the key has this alias among others", { "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/app-test" } }, true],
      ["the key has no such alias", { "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/other" } }, false],
      ["all its aliases fit", { "ForAllValues:StringLike": { "kms:ResourceAliases": "alias/app-*" } }, true],
      ["one of its aliases does not", { "ForAllValues:StringLike": { "kms:ResourceAliases": "alias/*test*" } }, false],
    ]),
  ),
  ...of("resource-aliases", encrypt(), [
    ["a key without aliases: some alias", { "ForAnyValue:StringLike": { "kms:ResourceAliases": "alias/*" } }, false],
    ["a key without aliases: all aliases", { "ForAllValues:StringLike": { "kms:ResourceAliases": "alias/*test*" } }, true],
    [
      "all and some together want at least one",
      { "ForAllValues:StringLike": { "kms:ResourceAliases": "alias/*" }, "ForAnyValue:StringLike": { "kms:ResourceAliases": "alias/*" } },
      false,
    ],
  ]),
  {
    title: "CreateAlias asks about the alias",
    page: `${guide}alias-access.html`,
    identity: [allow("kms:CreateAlias", { Resource: "KEY" })],
    ask: kms("CreateAlias", { KeyId: undefined, AliasName: "alias/x", TargetKeyId: "KEY" }),
    is: refused,
    notSimulated: "The question about the alias has no resource policy, the one about the key has",
  },
  {
    title: "CreateAlias asks about the key as well",
    page: `${guide}alias-access.html`,
    identity: [allow("kms:CreateAlias", { Resource: [`arn:aws:kms:*:${A}:alias/*`, "KEY"] })],
    ask: kms("CreateAlias", { KeyId: undefined, AliasName: "alias/x", TargetKeyId: "KEY" }),
    is: allowed,
    notSimulated: "The question about the alias has no resource policy, the one about the key has",
  },
];

const creating: DecisionRow[] = [
  ...of("grant-operations", grant(), [
    [
      "all operations are allowed ones",
      { "ForAllValues:StringEquals": { "kms:GrantOperations": ["Encrypt", "Decrypt", "DescribeKey"] } },
      true,
    ],
    ["one operation is not", { "ForAllValues:StringEquals": { "kms:GrantOperations": ["Encrypt", "ReEncryptTo"] } }, false],
    ["at least one of these", { "ForAnyValue:StringEquals": { "kms:GrantOperations": ["Encrypt", "ReEncryptTo"] } }, true],
  ]),
  ...of("grantee-principal", grant(), [
    ["the grantee", { StringEquals: { "kms:GranteePrincipal": APP } }, true],
    ["another grantee", { StringEquals: { "kms:GranteePrincipal": BO } }, false],
  ]),
  ...of("retiring-principal", grant({ RetiringPrincipal: AL }), [
    ["who may retire it", { StringEquals: { "kms:RetiringPrincipal": [AL, APP] } }, true],
    ["nobody is named to retire it", { StringEquals: { "kms:RetiringPrincipal": AL } }, false, grant()],
  ]),
  ...of("grant-constraint-type", grant({ Constraints: { EncryptionContextEquals: { a: "b" } } }), [
    ["the constraint's type", { StringEquals: { "kms:GrantConstraintType": "EncryptionContextEquals" } }, true],
    ["the other type", { StringEquals: { "kms:GrantConstraintType": "EncryptionContextSubset" } }, false],
    ["no constraint", { StringEquals: { "kms:GrantConstraintType": "EncryptionContextEquals" } }, false, grant()],
  ]),
  ...of("grant-is-for-aws-resource", grant(), [
    ["a user's own request is for no AWS resource", { Bool: { "kms:GrantIsForAWSResource": true } }, false],
    ["and says so", { Bool: { "kms:GrantIsForAWSResource": "false" } }, true],
  ]),
  ...of("encryption-context", grant({ Constraints: { EncryptionContextSubset: { Department: "IT" } } }), [
    ["the pair that the grant's constraint names", { StringEquals: { "kms:EncryptionContext:Department": "IT" } }, true],
    ["the constraint names another value", { StringEquals: { "kms:EncryptionContext:Department": "HR" } }, false],
    ["the name that the constraint names", { "ForAnyValue:StringEquals": { "kms:EncryptionContextKeys": "Department" } }, true],
  ]),
];

type GrantCase = [title: string, grants: JsonObject[], ask: Ask, is: Outcome, more?: Partial<DecisionRow>];
const about = `${guide}grants.html`;
const toAl = { GranteePrincipal: AL, Operations: ["Encrypt"] };
const byGrant: Outcome = ["Allow", "Grant"];
const closed: PolicyStatement[] = [allow("kms:*", by(APP))];
const grants: DecisionRow[] = (
  [
    ["a grant alone is enough in the key's account", [toAl], encrypt(), byGrant],
    ["a grant for another operation", [{ ...toAl, Operations: ["Decrypt"] }], encrypt(), no("ResourcePolicy")],
    ["a grant for another principal", [{ ...toAl, GranteePrincipal: APP }], encrypt(), no("ResourcePolicy")],
    ["a Deny in the key policy beats a grant", [toAl], encrypt(), denied("ResourcePolicy", 0), { key: [deny("kms:Encrypt", everybody)] }],
    ["a Deny in IAM beats a grant", [toAl], encrypt(), denied("IdentityPolicy", 0), { identity: [deny("kms:*")] }],
    [
      "a grant to a role is for its sessions",
      [{ ...toAl, GranteePrincipal: APP }],
      encrypt(),
      byGrant,
      { who: "app", key: [allow("kms:*", by(AL))] },
    ],
    ["a grant across accounts needs IAM of the other account", [{ ...toAl, GranteePrincipal: BO }], encrypt(), refused, { who: "bo" }],
    [
      "a grant across accounts with it",
      [{ ...toAl, GranteePrincipal: BO }],
      encrypt(),
      byGrant,
      { who: "bo", identity: [allow("kms:Encrypt")] },
    ],
    [
      "EncryptionContextEquals: the same pairs",
      [{ ...toAl, Constraints: { EncryptionContextEquals: { a: "b" } } }],
      encrypt({ a: "b" }),
      byGrant,
    ],
    [
      "EncryptionContextEquals: one pair more",
      [{ ...toAl, Constraints: { EncryptionContextEquals: { a: "b" } } }],
      encrypt({ a: "b", c: "d" }),
      no("ResourcePolicy"),
    ],
    [
      "EncryptionContextEquals: no context",
      [{ ...toAl, Constraints: { EncryptionContextEquals: { a: "b" } } }],
      encrypt(),
      no("ResourcePolicy"),
    ],
    [
      "EncryptionContextSubset: one pair more",
      [{ ...toAl, Constraints: { EncryptionContextSubset: { a: "b" } } }],
      encrypt({ a: "b", c: "d" }),
      byGrant,
    ],
    [
      "EncryptionContextSubset: a pair missing",
      [{ ...toAl, Constraints: { EncryptionContextSubset: { a: "b", c: "d" } } }],
      encrypt({ a: "b" }),
      no("ResourcePolicy"),
    ],
    [
      "EncryptionContextSubset: another value",
      [{ ...toAl, Constraints: { EncryptionContextSubset: { a: "b" } } }],
      encrypt({ a: "B" }),
      no("ResourcePolicy"),
    ],
    [
      "a constraint does not touch operations without an encryption context",
      [{ ...toAl, Operations: ["DescribeKey", "Encrypt"], Constraints: { EncryptionContextEquals: { a: "b" } } }],
      kms("DescribeKey"),
      byGrant,
    ],
    ["one of two grants", [{ ...toAl, Operations: ["Decrypt"] }, toAl], encrypt(), byGrant],
    [
      "a grant beside a key policy that allows: the policy is named",
      [toAl],
      encrypt(),
      ok("ResourcePolicy", 0),
      { key: [allow("kms:Encrypt", by(AL))] },
    ],
    [
      "a grant for the retiring principal is none",
      [{ ...toAl, GranteePrincipal: APP, RetiringPrincipal: AL }],
      encrypt(),
      no("ResourcePolicy"),
    ],
  ] as GrantCase[]
).map(([title, list, ask, is, more]) => ({ title, page: about, grants: list, key: closed, ask, is, notSimulated: cannot.grants, ...more }));

export const rows = { conditions, aliases, creating, grants };
