import { readPolicy } from "./grammar";
import { listOf, memberOf, readJson, type JsonNode, type Member, type NodeOf } from "./warnings-json";
import { checkConditions } from "./warnings-conditions";
import { checkRefusals } from "./warnings-refusals";
import { checkPrincipals } from "./warnings-principals";
import { checkActions, checkBreadth, checkResources } from "./warnings-statements";
import {
  namesPrincipals,
  refuser,
  whose,
  type PolicyAbout,
  type PolicyKind,
  type PolicyWarning,
  type StatementCheck,
  type Tell,
} from "./warnings-types";
import { nearest } from "./warnings-words";

export type { PolicyAbout, PolicyKind, PolicyWarning, WarningLevel } from "./warnings-types";
export { policyCompletions, type PolicyCompletion, type PolicyCompletions } from "./warnings-completions";

/**
 * What is wrong, dangerous or worth knowing about a policy while it is being written. Pure; for editors, loaded with them.
 * Errors are exactly what the service would refuse; the service's own checks are run for that.
 * Sources: IAM User Guide, "IAM JSON policy element reference", "IAM Access Analyzer policy check reference" (what is
 * worth a warning); KMS Developer Guide, "Key policies in AWS KMS"; KMS API, PutKeyPolicy (lock-out check).
 */
export function policyWarnings(document: string, about: PolicyAbout): PolicyWarning[] {
  const found: PolicyWarning[] = [];
  const { root, problem } = readJson(document);
  const tell: Tell = (level, code, message, path, { offset, length }) => {
    // What is missing from a text that is half written may still come.
    if (!problem || !/^(missing-.*|version)$/.test(code)) found.push({ level, code, message, path, offset, length });
  };
  if (problem) tell("error", "not-json", `This is not JSON: ${problem.message}.`, [], problem);
  checkCharacters(document, about, tell);
  if (root && root.type !== "object") tell("error", "not-an-object", "A policy is a JSON object: it stands in braces.", [], root);
  if (root?.type === "object") checkDocument(root, about, tell);
  const refused = (): boolean => found.some(({ level }) => level === "error");
  const read = readPolicy(document);
  const whole = { offset: 0, length: document.length };
  // What depends on the whole document is asked only of one that can be read.
  if (read.ok) checkRefusals(document, root!, about, tell, refused());
  else if (!refused()) tell("error", "refused", `${refuser(about.kind)} refuses this: ${read.problem}.`, [], whole);
  return found.sort((a, b) => a.offset - b.offset || levels.indexOf(a.level) - levels.indexOf(b.level));
}

/** IAM, STS and KMS take Latin-1 only; with an escape any letter can be written. Source: the services' models, policyDocumentType. */
function checkCharacters(document: string, { kind }: PolicyAbout, tell: Tell): void {
  if (kind === "SCP" || kind === "RCP" || kind === "ResourcePolicy") return;
  for (let offset = 0; offset < document.length; offset++) {
    const code = document.charCodeAt(offset);
    if ((code >= 0x20 && code <= 0xff) || code === 0x09 || code === 0x0a || code === 0x0d) continue;
    const shown = String.fromCodePoint(document.codePointAt(offset)!);
    const escape = `\\u${code.toString(16).padStart(4, "0")}`;
    tell(
      "error",
      "character",
      `${refuser(kind)} takes only the characters of Latin-1 in a policy. Within a text this one can be written ${escape}.`,
      [],
      { offset, length: shown.length },
    );
    return;
  }
}

const levels = ["error", "warning", "hint"];

const documentElements = ["Version", "Id", "Statement"];
const statementElements = ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"];

function checkDocument(root: NodeOf<"object">, about: PolicyAbout, tell: Tell): void {
  checkNames(root, documentElements, [], "a policy", tell);
  const variables = checkVersion(root, about, tell);
  const id = memberOf(root, "Id");
  if (id?.value && id.value.type !== "string") tell("error", "wrong-type", "Id is a text.", ["Id"], id.value);

  const member = memberOf(root, "Statement");
  if (!member)
    return tell("error", "missing-statement", "The policy has no Statement: that is where it says what is allowed.", [], opening(root));
  if (!member.value) return;
  const single = member.value.type !== "array";
  const statements = listOf(member.value);
  if (statements.length === 0) {
    const level = about.kind === "KeyPolicy" || about.kind === "ResourcePolicy" ? "warning" : "error";
    tell(level, "missing-statement", "There is no statement: the policy allows nothing.", ["Statement"], member.value);
  }
  const sids = new Map<string, number>();
  statements.forEach((statement, i) => {
    const path = single ? ["Statement"] : ["Statement", i];
    if (statement.type !== "object") return tell("error", "wrong-type", "A statement is an object: it stands in braces.", path, statement);
    checkStatement({ statement, path, about, variables, tell }, sids);
  });
}

/** Whether variables mean something in this policy. */
function checkVersion(root: NodeOf<"object">, { kind }: PolicyAbout, tell: Tell): boolean {
  const version = memberOf(root, "Version");
  const node = version?.value;
  if (node && node.type !== "string") tell("error", "version", 'Version is a text: "2012-10-17".', ["Version"], node);
  else if (node?.type === "string" && node.value === "2012-10-17") return true;
  else if (node?.type === "string" && node.value !== "2008-10-17")
    tell("error", "version", 'There are two versions of the policy language: "2012-10-17" and, old, "2008-10-17".', ["Version"], node);
  else {
    const needed = kind === "IdentityPolicy" || kind === "Boundary" || kind === "SCP" || kind === "RCP";
    const spot = node ?? version ?? opening(root);
    const missing = version ? "This version" : "Without a Version the policy";
    if (needed)
      tell(
        "error",
        "version",
        `${missing} is 2008-10-17, which ${refuser(kind)} does not take here: write "2012-10-17".`,
        node ? ["Version"] : [],
        spot,
      );
    else
      tell(
        "hint",
        "version",
        `${missing} is 2008-10-17: policy variables like \${aws:username} are plain text in it.`,
        node ? ["Version"] : [],
        spot,
      );
  }
  return false;
}

/** The brace alone, so that not the whole text is underlined. */
const opening = (node: JsonNode) => ({ offset: node.offset, length: 1 });

function checkNames(node: NodeOf<"object">, known: string[], path: (string | number)[], what: string, tell: Tell): void {
  const seen = new Set<string>();
  for (const member of node.members) {
    const at = [...path, member.name];
    if (!known.includes(member.name)) {
      const meant = nearest(member.name, known);
      const advice = meant ? `Is it ${meant}? Names are case-sensitive.` : `It has ${known.join(", ")}.`;
      tell("error", "unknown-element", `"${member.name}" is no element of ${what}. ${advice}`, at, member);
    } else if (seen.has(member.name))
      tell("warning", "duplicate-element", `${member.name} stands here twice, and only the last one counts.`, at, member);
    seen.add(member.name);
  }
}

function checkStatement(check: StatementCheck, sids: Map<string, number>): void {
  const { statement, path, about, tell } = check;
  checkNames(statement, statementElements, path, "a statement", tell);
  checkSid(check, sids);
  checkEffect(check);
  for (const name of ["Principal", "Action", "Resource"]) {
    const both = memberOf(statement, `Not${name}`);
    if (both && memberOf(statement, name))
      tell("error", "both-elements", `A statement has ${name} or Not${name}, not both.`, [...path, `Not${name}`], both);
  }
  for (const name of requiredOf(about.kind)) {
    if (memberOf(statement, name) || memberOf(statement, `Not${name}`)) continue;
    // KMS stores such a statement, and it does nothing; IAM refuses it.
    const idle = (about.kind === "KeyPolicy" || about.kind === "ResourcePolicy") && name !== "Principal";
    const message = idle ? `Without ${name} this statement has no effect.` : `The statement has no ${name}.`;
    tell(
      idle || (about.kind === "ResourcePolicy" && name === "Principal") ? "warning" : "error",
      `missing-${name.toLowerCase()}`,
      message,
      path,
      opening(statement),
    );
  }
  if (!namesPrincipals(about.kind)) {
    for (const name of ["Principal", "NotPrincipal"]) {
      const member = memberOf(statement, name);
      if (member)
        tell(
          "error",
          "principal-not-allowed",
          `${whose(about.kind)} names no principal: it is about whoever it is attached to.`,
          [...path, name],
          member,
        );
    }
  }
  if (about.kind === "TrustPolicy") {
    for (const name of ["Resource", "NotResource"]) {
      const member = memberOf(statement, name);
      if (member)
        tell("error", "resource-not-allowed", "A trust policy names no resource: it is about its own role.", [...path, name], member);
    }
  }
  checkActions(check);
  checkResources(check);
  checkPrincipals(check);
  checkConditions(check);
  checkBreadth(check);
}

const requiredOf = (kind: PolicyKind): string[] =>
  kind === "TrustPolicy" ? ["Principal", "Action"] : namesPrincipals(kind) ? ["Principal", "Action", "Resource"] : ["Action", "Resource"];

function checkSid({ statement, path, about, tell }: StatementCheck, sids: Map<string, number>): void {
  const member = memberOf(statement, "Sid");
  const node = member?.value;
  if (!node) return;
  if (node.type !== "string") return tell("error", "wrong-type", "Sid is a text.", [...path, "Sid"], node);
  const index = path.length > 1 ? Number(path[1]) : 0;
  if (node.value === "") return;
  const first = sids.get(node.value);
  if (first !== undefined)
    tell("error", "duplicate-sid", `Statement ${first + 1} has this Sid already: each may be used once.`, [...path, "Sid"], node);
  else sids.set(node.value, index);
  if (about.kind !== "KeyPolicy" && about.kind !== "ResourcePolicy" && /[^0-9A-Za-z]/.test(node.value))
    tell("error", "sid-form", "A Sid has letters and digits only.", [...path, "Sid"], node);
}

function checkEffect({ statement, path, about, tell }: StatementCheck): void {
  const member: Member | undefined = memberOf(statement, "Effect");
  if (!member) return tell("error", "missing-effect", 'The statement has no Effect: "Allow" or "Deny".', path, opening(statement));
  const node = member.value;
  if (!node) return;
  if (node.type !== "string" || (node.value !== "Allow" && node.value !== "Deny"))
    return tell("error", "effect", 'Effect is "Allow" or "Deny", in this spelling.', [...path, "Effect"], node);
  if (about.kind === "RCP" && node.value === "Allow")
    tell(
      "error",
      "effect",
      "A resource control policy of your own only denies: RCPFullAWSAccess allows the rest.",
      [...path, "Effect"],
      node,
    );
}
