/**
 * The key policy as the KMS console writes it, and back: what its default view can show.
 *
 * The console's form has four statements known by their Sid: the account, the administrators, the users, and the
 * users' grants for integrated services. A policy with anything else in it can be shown as JSON only.
 * Source: KMS Developer Guide, Default key policy; Change a key policy.
 */
import type { PolicyStatement } from "@/lib/engine/types";

/** What the default view edits. ARNs, save for `accounts`, which are ids of twelve digits. */
export interface ConsoleChoice {
  administrators: string[];
  /** "Allow key administrators to delete this key." */
  allowDeletion: boolean;
  users: string[];
  accounts: string[];
}

export interface KeyPolicyDocument {
  Id?: string;
  Version?: string;
  Statement: PolicyStatement[];
}

export const SIDS = {
  account: "Enable IAM User Permissions",
  administrators: "Allow access for Key Administrators",
  users: "Allow use of the key",
  grants: "Allow attachment of persistent resources",
} as const;

/** The Sid of the account's statement as the guide prints it; keys made by other tools carry it. */
const ACCOUNT_SIDS: readonly string[] = [SIDS.account, "Enable IAM policies"];

const ADMINISTRATOR_ACTIONS = [
  "kms:Create*",
  "kms:Describe*",
  "kms:Enable*",
  "kms:List*",
  "kms:Put*",
  "kms:Update*",
  "kms:Revoke*",
  "kms:Disable*",
  "kms:Get*",
  "kms:Delete*",
  "kms:TagResource",
  "kms:UntagResource",
];
const DELETION_ACTIONS = ["kms:ScheduleKeyDeletion", "kms:CancelKeyDeletion"];

export const emptyChoice: ConsoleChoice = { administrators: [], allowDeletion: true, users: [], accounts: [] };

/**
 * What "Allow use of the key" allows, which depends on the kind of key.
 * Source: KMS Developer Guide, Default key policy, Allows key users to use a KMS key.
 */
export function userActions(keySpec: string, keyUsage: string): string[] {
  if (keyUsage === "GENERATE_VERIFY_MAC") return ["kms:DescribeKey", "kms:GenerateMac", "kms:VerifyMac"];
  if (keyUsage === "SIGN_VERIFY") return ["kms:DescribeKey", "kms:GetPublicKey", "kms:Sign", "kms:Verify"];
  if (keyUsage === "KEY_AGREEMENT") return ["kms:DescribeKey", "kms:GetPublicKey", "kms:DeriveSharedSecret"];
  if (keySpec === "SYMMETRIC_DEFAULT") return ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"];
  return ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:DescribeKey", "kms:GetPublicKey"];
}

const rootOf = (account: string) => `arn:aws:iam::${account}:root`;
/** The console writes one principal as text and several as a list. */
const oneOrMany = (values: string[]) => (values.length === 1 ? values[0] : values);

/** The document for a choice. Statements that would name nobody are left out, as the console leaves them out. */
export function buildConsolePolicy(
  account: string,
  keySpec: string,
  keyUsage: string,
  choice: ConsoleChoice,
  base?: KeyPolicyDocument,
): KeyPolicyDocument {
  const kept = base?.Statement.find((statement) => ACCOUNT_SIDS.includes(statement.Sid ?? ""));
  const statements: PolicyStatement[] = [
    kept ?? { Sid: SIDS.account, Effect: "Allow", Principal: { AWS: rootOf(account) }, Action: "kms:*", Resource: "*" },
  ];
  if (choice.administrators.length) {
    statements.push({
      Sid: SIDS.administrators,
      Effect: "Allow",
      Principal: { AWS: oneOrMany(choice.administrators) },
      Action: [...ADMINISTRATOR_ACTIONS, ...(choice.allowDeletion ? DELETION_ACTIONS : []), "kms:RotateKeyOnDemand"],
      Resource: "*",
    });
  }
  const users = [...choice.users, ...choice.accounts.map(rootOf)];
  if (users.length) {
    statements.push({
      Sid: SIDS.users,
      Effect: "Allow",
      Principal: { AWS: oneOrMany(users) },
      Action: userActions(keySpec, keyUsage),
      Resource: "*",
    });
    // Integrated services take symmetric encryption keys only, so other keys get no statement for their grants.
    if (keySpec === "SYMMETRIC_DEFAULT") {
      statements.push({
        Sid: SIDS.grants,
        Effect: "Allow",
        Principal: { AWS: oneOrMany(users) },
        Action: ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"],
        Resource: "*",
        Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
      });
    }
  }
  return { Id: base?.Id ?? "key-consolepolicy-3", Version: base?.Version ?? "2012-10-17", Statement: statements };
}

/** As the policy view prints it. */
export const printPolicy = (document: unknown): string => JSON.stringify(document, null, 4);

export type PolicyReading =
  | { kind: "console"; document: KeyPolicyDocument; choice: ConsoleChoice }
  /** Readable, but with statements that the default view has no place for. */
  | { kind: "custom"; why: string }
  | { kind: "unreadable"; why: string };

const list = (value: string | string[] | undefined): string[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

function principals(statement: PolicyStatement): string[] | undefined {
  const principal = statement.Principal;
  if (!principal || typeof principal === "string") return undefined;
  if (Object.keys(principal).some((kind) => kind !== "AWS")) return undefined;
  return list(principal.AWS);
}

/** Reads a key policy back into the form, or says why the form cannot hold it. */
export function readConsolePolicy(text: string, account: string): PolicyReading {
  let document: KeyPolicyDocument;
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed))
      return { kind: "unreadable", why: "A policy is a JSON object." };
    const statement = (parsed as { Statement?: unknown }).Statement;
    document = {
      ...(parsed as KeyPolicyDocument),
      Statement: (Array.isArray(statement) ? statement : statement ? [statement] : []) as PolicyStatement[],
    };
  } catch (problem) {
    return { kind: "unreadable", why: problem instanceof Error ? problem.message : String(problem) };
  }

  const choice: ConsoleChoice = { administrators: [], allowDeletion: false, users: [], accounts: [] };
  const seen = new Set<string>();
  for (const statement of document.Statement) {
    if (typeof statement !== "object" || statement === null) return { kind: "unreadable", why: "A statement is a JSON object." };
    const sid = statement.Sid ?? "";
    const named = principals(statement);
    if (seen.has(sid)) return { kind: "custom", why: `Two statements have the Sid "${sid}".` };
    seen.add(sid);
    if (statement.Effect !== "Allow" || !named) return { kind: "custom", why: describe(statement, sid) };
    if (ACCOUNT_SIDS.includes(sid)) {
      if (named.length !== 1 || (named[0] !== rootOf(account) && named[0] !== account) || statement.Condition)
        return { kind: "custom", why: describe(statement, sid) };
    } else if (sid === SIDS.administrators && !statement.Condition) {
      choice.administrators = named;
      choice.allowDeletion = DELETION_ACTIONS.every((action) => list(statement.Action).includes(action));
    } else if (sid === SIDS.users && !statement.Condition) {
      for (const principal of named) {
        const other = /^arn:aws:iam::(\d{12}):root$/.exec(principal);
        if (other) choice.accounts.push(other[1]);
        else choice.users.push(principal);
      }
    } else if (sid === SIDS.grants) {
      if (statement.Condition?.Bool?.["kms:GrantIsForAWSResource"] === undefined) return { kind: "custom", why: describe(statement, sid) };
    } else {
      return { kind: "custom", why: describe(statement, sid) };
    }
  }
  if (!document.Statement.some((statement) => ACCOUNT_SIDS.includes(statement.Sid ?? ""))) {
    return { kind: "custom", why: "The statement that lets IAM policies of this account count is not there." };
  }
  if (!choice.administrators.length) choice.allowDeletion = true;
  return { kind: "console", document, choice };
}

const describe = (statement: PolicyStatement, sid: string) =>
  sid
    ? `The statement "${sid}" is not of the console's form.`
    : `A statement that ${statement.Effect === "Deny" ? "denies" : "allows"} something has no Sid that the console knows.`;

/** A twelve-digit account id, or why not. `own` is the key's account, which needs no entry of its own. */
export function accountProblem(id: string, own: string, others: string[] = []): string | undefined {
  if (!/^\d{12}$/.test(id)) return "An AWS account ID has 12 digits.";
  if (id === own) return "This is the key's own account. Choose its users and roles above.";
  if (others.includes(id)) return "This account is already listed.";
  return undefined;
}
