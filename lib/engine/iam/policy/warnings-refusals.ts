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
  const everybodyOut = candidates(document, about).every((principal) => lockedOut(document, about, principal));
  if (everybodyOut) {
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

/** A lab may have thousands of users; the first few hundred and whoever the policy names tell enough. */
const MOST_ASKED = 200;

/** Who could be the one that may still change the policy: root, the account's users and roles, and whoever the policy names. */
function candidates(document: string, about: PolicyAbout): Principal[] {
  const { account } = about;
  const named = [...document.matchAll(/arn:aws:(?:iam|sts)::(\d{12}):(user|role|assumed-role)\/[\w+=,.@/-]+/g)]
    .filter(([, owner]) => owner === account)
    .map(([arn, , kind]) => (kind === "user" ? userOf(account, arn) : roleOf(account, arn)));
  const db = recordsOf(about, account, "global", "iam");
  const known = about.lab
    ? [
        ...users(db, account)
          .ids({ limit: MOST_ASKED })
          .map((id) => {
            const { Arn, UserId } = users(db, account).get(id)!;
            return { ...userOf(account, Arn), userId: UserId };
          }),
        ...roles(db, account)
          .ids({ limit: MOST_ASKED })
          .map((id) => {
            const { Arn, RoleId } = roles(db, account).get(id)!;
            return { ...roleOf(account, Arn), userId: `${RoleId}:session` };
          }),
      ]
    : [userOf(account, `arn:aws:iam::${account}:user/anybody`)];
  return [rootOf(account), ...named.slice(0, MOST_ASKED), ...known];
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
