import { decide } from "../decide";
import { globalKeys } from "../globals";
import { policySize, quotas } from "../quotas";
import { roles, users } from "../state";
import { rootArn, sessionArn } from "../who";
import { parseArn } from "../../arn";
import { utf8 } from "../../crypto/bytes";
import { checkLockout, checkPolicy } from "../../kms/policy-check";
import { keys, type KeyRow } from "../../kms/state";
import type { Found } from "../../kms/find";
import { defaultRegion } from "../../regions";
import { dbOf, Draft, Records } from "../../store";
import { validatePolicy, type PolicyKind as ValidatedKind } from "./validate";
import type { JsonNode } from "./warnings-json";
import { refuser, type PolicyAbout, type PolicyKind, type Tell } from "./warnings-types";
import type { Context, Db, Principal } from "../../types";

/**
 * What the service itself says about the whole document: its size, its own rules, and KMS's lock-out check, all by the
 * code that the service's operations run. Source: IAM User Guide, "IAM and AWS STS quotas"; KMS API, PutKeyPolicy.
 */
export function checkRefusals(document: string, root: JsonNode, about: PolicyAbout, tell: Tell, refused: boolean): void {
  const whole = { offset: 0, length: document.length };
  const size = sizeOf(document, about);
  if (size.is > size.most) {
    tell(
      "error",
      "too-long",
      `The policy has ${size.is} ${size.unit}; at most ${size.most} are allowed here${size.blanks ? "" : ", white space not counted"}.`,
      [],
      whole,
    );
    return;
  }
  if (refused) return;
  const reason = refusal(document, about);
  const brace = { offset: root.offset, length: 1 };
  if (reason !== undefined)
    return tell("error", "refused", `${refuser(about.kind)} refuses this: ${reason.replace(/\.?$/, ".")}`, [], brace);
  if (about.kind === "KeyPolicy") checkLockouts(document, about, tell, brace);
}

// ---------------------------------------------------------------- size

function sizeOf(document: string, about: PolicyAbout): { is: number; most: number; unit: string; blanks: boolean } {
  const characters = (most: number) => ({ is: policySize(document), most, unit: "characters", blanks: false });
  switch (about.kind) {
    case "KeyPolicy":
      return { is: utf8(document).length, most: 32_768, unit: "bytes", blanks: true };
    case "ResourcePolicy":
      return { is: utf8(document).length, most: about.resource?.includes(":ssm:") ? 1_024 : 20_480, unit: "bytes", blanks: true };
    case "TrustPolicy":
      return characters(quotas.AssumeRolePolicySize);
    case "SessionPolicy":
      return { is: document.length, most: 2_048, unit: "characters", blanks: true };
    case "SCP":
    case "RCP":
      return { is: document.length, most: 5_120, unit: "characters", blanks: true };
    default:
      return characters(about.inline ? quotas.InlineSize[about.inline] : quotas.PolicySize);
  }
}

// ---------------------------------------------------------------- the service's own rules

const validated: Record<Exclude<PolicyKind, "KeyPolicy">, ValidatedKind> = {
  ResourcePolicy: "resource",
  TrustPolicy: "trust",
  IdentityPolicy: "identity",
  Boundary: "identity",
  SessionPolicy: "session",
  SCP: "service-control",
  RCP: "resource-control",
};

function refusal(document: string, about: PolicyAbout): string | undefined {
  if (about.kind !== "KeyPolicy") return validatePolicy(document, validated[about.kind]);
  // Whether principals exist is told where they stand, and only if there is a lab to ask.
  const failure = checkPolicy(document, kmsContext(about, rootOf(about.account)));
  return failure && !failure.error.message?.includes("invalid principals") ? failure.error.message : undefined;
}

// ---------------------------------------------------------------- lock-out

const rootOf = (account: string): Principal => ({ type: "Root", account, arn: rootArn(account), userId: account });

const nowhere = new Records();
const recordsOf = ({ lab }: PolicyAbout, account: string, region: string, service: string): Db =>
  lab ? lab.read({ account, region, service }) : dbOf(new Draft(nowhere), account, region, service);

/** What the lab's own checks read of a call: who calls, when, and what the policies say of it. */
function kmsContext(about: PolicyAbout, principal: Principal): Context {
  const { account, region = defaultRegion } = about;
  const identities = recordsOf(about, principal.account, "global", "iam");
  const now = about.lab?.now() ?? 0;
  const seen: Pick<Context, "account" | "region" | "principal" | "now" | "via" | "db" | "may" | "note"> = {
    account,
    region,
    principal,
    now,
    via: [],
    db: recordsOf(about, account, region, "kms"),
    note: () => {},
    may: (request) =>
      decide(identities, principal, request, globalKeys(principal, { now, region, via: [] }, identities), heldBy(about, principal)),
  };
  return seen as Context;
}

/** Without a lab nobody's policies are known: then every user is taken for an administrator. */
const heldBy = ({ lab }: PolicyAbout, principal: Principal) =>
  lab || principal.type === "Root" ? undefined : { identity: [{ name: "any", document: everything }], session: [] };
const everything = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}';

/** The key as the lab has it, or as CreateKey would make it. */
function keyOf(about: PolicyAbout): Found {
  const { account, region = defaultRegion, resource } = about;
  const db = recordsOf(about, account, region, "kms");
  const id = resource === undefined ? undefined : parseArn(resource)?.resource.slice("key/".length);
  const key = id === undefined ? undefined : keys(db).get(id);
  return { key: key ?? plainKey(about), db };
}

const plainKey = ({ account, region = defaultRegion, resource }: PolicyAbout): KeyRow => ({
  KeyId: "",
  Arn: resource ?? `arn:aws:kms:${region}:${account}:key/new`,
  AWSAccountId: account,
  CreationDate: 0,
  Description: "",
  KeySpec: "SYMMETRIC_DEFAULT",
  KeyUsage: "ENCRYPT_DECRYPT",
  KeyState: "Enabled",
  KeyManager: "CUSTOMER",
  Origin: "AWS_KMS",
  MultiRegion: false,
  policy: "",
  tags: [],
  materials: [],
  onDemandRotations: 0,
});

const lockedOut = (document: string, about: PolicyAbout, principal: Principal): boolean =>
  checkLockout(document, keyOf(about), kmsContext(about, principal)) !== undefined;

function checkLockouts(document: string, about: PolicyAbout, tell: Tell, spot: { offset: number; length: number }): void {
  const writer = about.caller && about.lab?.recognise(about.caller);
  const writerOut = writer?.ok === true && writer.output.account === about.account && lockedOut(document, about, writer.output);
  if (everybodyOut(document, about)) {
    // Somebody might still meet a condition, with MFA or from another address.
    const certain = writerOut || !/"Condition"/.test(document);
    const message = `Under this policy nobody in account ${about.account} may change it again, not even the root user: kms:PutKeyPolicy is allowed to no one. ${certain ? "KMS refuses it" : "KMS may refuse it"}, and only AWS Support could give the key back.`;
    tell(certain ? "error" : "warning", "lockout", message, [], spot);
  } else if (writerOut && writer?.ok)
    tell(
      "error",
      "lockout-caller",
      `Under this policy ${writer.output.arn} could not change it again (kms:PutKeyPolicy). KMS refuses it, unless BypassPolicyLockoutSafetyCheck is set.`,
      [],
      spot,
    );
}

/** A lab may have thousands of users. Beyond this many nothing is said of everybody. */
const MOST_ASKED = 1000;

/** Whether there is nobody in the account who could change the policy again. */
function everybodyOut(document: string, about: PolicyAbout): boolean {
  let asked = 0;
  for (const principal of candidates(document, about)) if (++asked > MOST_ASKED || !lockedOut(document, about, principal)) return false;
  return true;
}

/** Who could be the one that still may: root, whoever the policy names, and the account's users and roles. */
function* candidates(document: string, about: PolicyAbout): Generator<Principal> {
  const { account, lab } = about;
  yield rootOf(account);
  for (const [arn, owner, kind] of document.matchAll(/arn:aws:(?:iam|sts)::(\d{12}):(user|role|assumed-role)\/[\w+=,.@/-]+/g))
    if (owner === account) yield kind === "user" ? userOf(account, arn) : roleOf(account, arn);
  if (!lab) return yield userOf(account, `arn:aws:iam::${account}:user/anybody`);
  const db = recordsOf(about, account, "global", "iam");
  for (const { Arn, UserId } of users(db, account).all()) yield { ...userOf(account, Arn), userId: UserId };
  for (const { Arn, RoleId } of roles(db, account).all()) yield { ...roleOf(account, Arn), userId: `${RoleId}:session` };
}

const lastPart = (arn: string): string => arn.slice(arn.lastIndexOf("/") + 1);

const userOf = (account: string, arn: string): Principal => ({ type: "User", account, arn, userId: "", name: lastPart(arn) });

/** A session of the role that an ARN names, or the session itself. */
function roleOf(account: string, arn: string): Principal {
  const session = /:assumed-role\/([^/]+)\/([^/]+)$/.exec(arn);
  const name = session?.[1] ?? lastPart(arn);
  return {
    type: "AssumedRole",
    account,
    arn: session ? arn : sessionArn(account, name, "session"),
    userId: "",
    name,
    roleArn: session ? `arn:aws:iam::${account}:role/${name}` : arn,
  };
}
