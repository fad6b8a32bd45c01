import type { JsonObject, LayerKind, PolicyStatement } from "../../types";

/**
 * One policy decision, written from AWS's documentation before it was asked of the lab: who has which policies, what is
 * called, and what the documentation says comes out. Plain data. Each row is run through `lab.call` in a lab built by
 * real calls, and through SimulateCustomPolicy with the same policies and the same context.
 */
export interface DecisionRow {
  title: string;
  /** The page of AWS's documentation that it was written from. */
  page: string;
  /** Default `al`. */
  who?: Who;
  /** Policies are lists of statements. */
  identity?: PolicyStatement[];
  group?: PolicyStatement[];
  boundary?: PolicyStatement[];
  /** What AssumeRole or GetFederationToken puts on the session. */
  session?: PolicyStatement[];
  sessionInput?: JsonObject;
  /** The key policy; default: the account decides by IAM. */
  key?: PolicyStatement[];
  keyVersion?: "2008-10-17";
  keyInput?: JsonObject;
  /** Whose key. Default A. */
  owner?: "A" | "B";
  aliases?: string[];
  grants?: JsonObject[];
  /** On the parameter /shared of account B. */
  parameterPolicy?: PolicyStatement[];
  /** The trust policy of the role that is assumed. */
  trust?: PolicyStatement[];
  /** Control policies of the organization in which A manages and B is a member; at the root, in B's unit, or on B. */
  scp?: ControlPolicy[];
  rcp?: ControlPolicy[];
  /** There is an organization, though no control policy of one's own. */
  organized?: true;
  ask: Ask;
  /** What comes out, which layer decided, and its statement where one statement did. */
  is: Outcome;
  /** Why SimulateCustomPolicy cannot be asked. */
  notSimulated?: string;
  /** Where the lab says something else than the documentation: what is wrong. The test fails once it is right. */
}

/**
 * Users al (account A, in the group staff) and bo (B); sessions s1 of the roles app (A) and far (B); al's federated user
 * guest; al with the credentials of GetSessionToken; the root users of A and B.
 */
export type Who = "al" | "bo" | "app" | "far" | "guest" | "al's session" | "root" | "root of B";

export interface ControlPolicy {
  at: "root" | "unit" | "account";
  statements: PolicyStatement[];
  /** In place of the policy that allows everything. */
  instead?: true;
}

export interface Ask {
  service: string;
  operation: string;
  /** `KEY` stands for the key's ARN, `CIPHERTEXT` for text encrypted under it. */
  input?: JsonObject;
  region?: string;
  sourceIp?: string;
  userAgent?: string;
  secureTransport?: boolean;
  /** The decision that the row is about, if the call asks several questions. */
  action?: string;
}

export type Outcome = [effect: "Allow" | "ExplicitDeny" | "ImplicitDeny", layer: LayerKind, statement?: number];

/** A request that no simulated service makes; asked of SimulateCustomPolicy alone. */
export interface SimulatedRow {
  title: string;
  page: string;
  identity: PolicyStatement[];
  resourcePolicy?: PolicyStatement[];
  ask: { action: string; resource: string; context: Record<string, string | string[]> };
  is: Outcome[0];
  /** Why no call of the lab shows it. */
  notCalled: string;
}

// ---------------------------------------------------------------- words that the rows are written in

export const A = "111122223333";
export const B = "444455556666";
export const rootOf = (account: string): string => `arn:aws:iam::${account}:root`;
export const AL = `arn:aws:iam::${A}:user/al`;
export const BO = `arn:aws:iam::${B}:user/bo`;
export const APP = `arn:aws:iam::${A}:role/app`;
export const SESSION = `arn:aws:sts::${A}:assumed-role/app/s1`;
export const FAR = `arn:aws:iam::${B}:role/far`;
export const GUEST = `arn:aws:sts::${A}:federated-user/guest`;

type Texts = string | string[];
export const allow = (Action: Texts, more: Partial<PolicyStatement> = {}): PolicyStatement => ({
  Effect: "Allow",
  Action,
  Resource: "*",
  ...more,
});
export const deny = (Action: Texts, more: Partial<PolicyStatement> = {}): PolicyStatement => ({
  Effect: "Deny",
  Action,
  Resource: "*",
  ...more,
});
/** Of a resource policy. */
export const by = (...AWS: string[]): Partial<PolicyStatement> => ({ Principal: { AWS } });
export const everybody: Partial<PolicyStatement> = { Principal: "*" };
export const when = (Condition: NonNullable<PolicyStatement["Condition"]>): Partial<PolicyStatement> => ({ Condition });
/** The key policy that hands on to IAM. */
export const delegates: PolicyStatement = allow("kms:*", by(rootOf(A)));

export const encrypt = (EncryptionContext?: Record<string, string>, more: Partial<Ask> = {}): Ask => ({
  service: "kms",
  operation: "Encrypt",
  input: { KeyId: "KEY", Plaintext: "aGk=", ...(EncryptionContext ? { EncryptionContext } : {}) },
  ...more,
});
export const kms = (operation: string, input: JsonObject = {}, more: Partial<Ask> = {}): Ask => ({
  service: "kms",
  operation,
  input: { KeyId: "KEY", ...input },
  ...more,
});
export const read = (Name: string, more: Partial<Ask> = {}): Ask => ({
  service: "ssm",
  operation: "GetParameter",
  input: { Name },
  ...more,
});
export const ssm = (operation: string, input: JsonObject, more: Partial<Ask> = {}): Ask => ({ service: "ssm", operation, input, ...more });
export const iam = (operation: string, input: JsonObject = {}, more: Partial<Ask> = {}): Ask => ({
  service: "iam",
  operation,
  input,
  ...more,
});
export const assume = (RoleArn: string, more: JsonObject = {}): Ask => ({
  service: "sts",
  operation: "AssumeRole",
  input: { RoleArn, RoleSessionName: "s2", ...more },
});

export const parameter = (name: string): string => `arn:aws:ssm:us-east-1:${A}:parameter${name}`;

/** Allowed by the first statement of the identity policy, or by nothing. */
export const allowed: Outcome = ["Allow", "IdentityPolicy", 0];
export const refused: Outcome = ["ImplicitDeny", "IdentityPolicy"];
export const denied = (layer: LayerKind, statement: number): Outcome => ["ExplicitDeny", layer, statement];
export const ok = (layer: LayerKind, statement: number): Outcome => ["Allow", layer, statement];
export const no = (layer: LayerKind): Outcome => ["ImplicitDeny", layer];

/** Why SimulateCustomPolicy is not asked. Source: IAM API, SimulateCustomPolicy. */
export const cannot = {
  session: "SimulateCustomPolicy takes no session policies",
  organization: "SimulateCustomPolicy takes no control policies",
  grants: "SimulateCustomPolicy knows no grants",
  caller: "CallerArn takes only the ARN of a user",
  trust: "A simulated resource policy is of a resource that it names, and a trust policy names none",
  ownAccount: "SimulateCustomPolicy does not know which actions of KMS another account may use",
  elsewhere: "The second account's own policies are not the simulated ones",
} as const;

// ---------------------------------------------------------------- whole lists of rows of one kind

/** A condition on one statement of al's identity policy: does it match? */
export type ConditionCase = [title: string, condition: NonNullable<PolicyStatement["Condition"]>, matches: boolean, ask?: Ask];

/** Rows whose only difference is a condition. `ask` if the case has none of its own. */
export const conditionRows = (page: string, ask: Ask, cases: ConditionCase[], who?: Who): DecisionRow[] =>
  cases.map(([title, condition, matches, own = ask]) => ({
    title,
    page,
    ...(who ? { who } : {}),
    identity: [allow("*", when(condition))],
    ask: own,
    is: matches ? allowed : refused,
  }));
