import type { NodeOf } from "./warnings-json";
import type { Lab } from "../../lab";
import type { Caller } from "../../types";

/** What the policy in an editor is, and what stands around it. */
export type PolicyKind = "KeyPolicy" | "ResourcePolicy" | "TrustPolicy" | "IdentityPolicy" | "Boundary" | "SessionPolicy" | "SCP" | "RCP";

export interface PolicyAbout {
  kind: PolicyKind;
  /** The account that the policy belongs to. */
  account: string;
  /** Default us-east-1. */
  region?: string;
  /** ARN of what the policy is on: the key, the role, the user. */
  resource?: string;
  /** An inline identity policy, and of what: its size has another limit than a managed policy's. */
  inline?: "user" | "group" | "role";
  /** Who is going to save it: KMS refuses a key policy that would lock its writer out. Needs `lab`. */
  caller?: Caller;
  /** To look up principals and to ask the evaluator; it is only read. */
  lab?: Pick<Lab, "read" | "recognise" | "now">;
  /** ARNs to offer in completions. */
  resources?: readonly string[];
  principals?: readonly string[];
}

/**
 * - `error`: the service refuses the document, or KMS would lock its writer out.
 * - `warning`: it is accepted, and lets in more than is wise, or cannot do what it seems to say.
 * - `hint`: something to know.
 */
export type WarningLevel = "error" | "warning" | "hint";

export interface PolicyWarning {
  level: WarningLevel;
  /** Short name of the rule: `unknown-action`. */
  code: string;
  /** A sentence or two, with no full stop missing, fit to stand alone. */
  message: string;
  /** Where in the document: `["Statement", 0, "Action", 1]`. Empty for the whole. */
  path: (string | number)[];
  /** Where in the text. */
  offset: number;
  length: number;
}

export type Path = (string | number)[];
/** Reports a finding. */
export type Tell = (level: WarningLevel, code: string, message: string, path: Path, spot: { offset: number; length: number }) => void;

/** What every check of a statement gets. */
export interface StatementCheck {
  statement: NodeOf<"object">;
  path: Path;
  about: PolicyAbout;
  /** Policy variables mean something: version 2012-10-17. */
  variables: boolean;
  tell: Tell;
}

/** Kinds that name principals. */
export const namesPrincipals = (kind: PolicyKind): boolean =>
  kind === "KeyPolicy" || kind === "ResourcePolicy" || kind === "TrustPolicy" || kind === "RCP";
/** Kinds that only limit what other policies give. */
export const onlyLimits = (kind: PolicyKind): boolean =>
  kind === "Boundary" || kind === "SCP" || kind === "RCP" || kind === "SessionPolicy";

/** Who says no to it. */
export const refuser = (kind: PolicyKind): string =>
  ({
    KeyPolicy: "KMS",
    ResourcePolicy: "The service",
    TrustPolicy: "IAM",
    IdentityPolicy: "IAM",
    Boundary: "IAM",
    SessionPolicy: "STS",
    SCP: "Organizations",
    RCP: "Organizations",
  })[kind];

export const whose = (kind: PolicyKind): string =>
  ({
    KeyPolicy: "A key policy",
    ResourcePolicy: "A resource policy",
    TrustPolicy: "A trust policy",
    IdentityPolicy: "An identity policy",
    Boundary: "A permissions boundary",
    SessionPolicy: "A session policy",
    SCP: "A service control policy",
    RCP: "A resource control policy",
  })[kind];
