import { compileGlob, matchGlob } from "./glob";
import { validatePolicy } from "./validate";
import { checkArn } from "./warnings-arns";
import { memberOf, type JsonNode, type Member } from "./warnings-json";
import { checkVariables, effectOf, hasCondition, textsOf } from "./warnings-parts";
import { onlyLimits, type Path, type PolicyKind, type StatementCheck } from "./warnings-types";
import { actionsOf, actionsThatMatch, isServicePrefix, nearest } from "./warnings-words";

/**
 * Actions and resources of a statement, and how much the two let in together.
 * Sources: IAM User Guide, "IAM JSON policy elements: Action", "… NotAction", "… Resource", "… NotResource",
 * "IAM Access Analyzer policy check reference".
 */

/** AWS's own words on one action or resource, from the service's own check of a statement that has nothing else. */
function refusal(kind: PolicyKind, statement: { Action: string; Resource?: string }): string | undefined {
  if (kind === "KeyPolicy" || kind === "ResourcePolicy") return undefined;
  const trust = kind === "TrustPolicy";
  const one = trust ? { Effect: "Allow", Principal: "*", Action: statement.Action } : { Effect: "Allow", Resource: "*", ...statement };
  return validatePolicy(JSON.stringify({ Version: "2012-10-17", Statement: [one] }), trust ? "trust" : "identity");
}

export function checkActions(check: StatementCheck): void {
  const { about, tell } = check;
  for (const name of ["Action", "NotAction"]) {
    for (const { node, value, path } of textsOf(check, name)) {
      const refused = refusal(about.kind, { Action: value });
      if (refused) tell("error", "action-form", refused.endsWith(".") ? refused : `${refused}.`, path, node);
      else if (about.kind === "KeyPolicy" && !/^(\*|[A-Za-z0-9-]+:[A-Za-z*?]+)$/.test(value))
        tell("error", "action-form", "An action is written with its service before a colon: kms:Decrypt.", path, node);
      else if (about.kind === "RCP" && (value === "*" || name === "NotAction"))
        tell("error", "action-form", "A resource control policy of your own names the service in each Action: kms:*.", path, node);
      else if (value !== "*") checkAction(check, value, path, node);
    }
  }
}

function checkAction({ about, tell }: StatementCheck, value: string, path: Path, node: JsonNode): void {
  const colon = value.indexOf(":");
  if (colon < 1) return;
  const prefix = value.slice(0, colon);
  const name = value.slice(colon + 1);
  const service = prefix.toLowerCase();
  if (about.kind === "KeyPolicy" && service !== "kms")
    return tell(
      "warning",
      "action-of-other-service",
      `A key policy is only ever asked about actions of kms, never of ${prefix}.`,
      path,
      node,
    );
  const known = actionsOf.get(service);
  if (!known) {
    if (isServicePrefix(prefix))
      return tell("hint", "action-not-checked", `Keyhole does not know the actions of ${prefix}: this one is not checked.`, path, node);
    const meant = nearest(service, actionsOf.keys());
    return tell(
      "warning",
      "unknown-service",
      `Keyhole knows no AWS service with the prefix ${prefix}.${meant ? ` Is it ${meant}?` : ""}`,
      path,
      node,
    );
  }
  if (actionsThatMatch(service, name).length > 0) return;
  if (/[*?]/.test(name)) return tell("warning", "wildcard-matches-none", `No action of ${service} fits ${value}.`, path, node);
  if (service === "kms" && name.toLowerCase() === "reencrypt")
    return tell(
      "warning",
      "unknown-action",
      "ReEncrypt asks for two actions: kms:ReEncryptFrom on one key, kms:ReEncryptTo on the other.",
      path,
      node,
    );
  const meant = nearest(name, known);
  tell(
    "warning",
    "unknown-action",
    `${service} has no action ${name}${meant ? `. Is it ${service}:${meant}?` : ": the statement says nothing by it."}`,
    path,
    node,
  );
}

export function checkResources(check: StatementCheck): void {
  const { about, tell } = check;
  if (about.kind === "TrustPolicy") return;
  for (const name of ["Resource", "NotResource"]) {
    for (const { node, value, path } of textsOf(check, name)) {
      if (value === "*") continue;
      if (value.includes("${")) checkVariables(check, value, path, node);
      const refused = refusal(about.kind, { Action: "kms:Decrypt", Resource: value });
      if (refused) tell("error", "resource-form", refused.endsWith(".") ? refused : `${refused}.`, path, node);
      else if (about.kind === "KeyPolicy") checkOwnResource(check, name, value, path, node);
      else checkArn(check, value, path, node);
    }
  }
  checkResourceLevel(check);
}

/** In a key policy the only resource is the key itself. */
function checkOwnResource({ about, tell, variables }: StatementCheck, name: string, value: string, path: Path, node: JsonNode): void {
  const own = about.resource;
  if (own === undefined) {
    if (!value.startsWith("arn:")) tell("warning", "resource-of-other", 'In a key policy Resource is "*", which is this key.', path, node);
    return;
  }
  if (value.includes("${") || matchGlob(compileGlob(value, "resource", variables), own)) return;
  const effect = name === "Resource" ? "the statement has no effect" : "it leaves nothing out";
  tell(
    "warning",
    "resource-of-other",
    `This does not mean this key, and the policy is about no other: ${effect}. "*" is this key.`,
    path,
    node,
  );
}

/** Actions that are asked about `*` alone, so that a statement with other resources never allows them. */
const withoutResource: Record<string, string[]> = {
  kms: [
    "CreateKey",
    "GenerateRandom",
    "ListKeys",
    "ListAliases",
    "ListRetirableGrants",
    "ConnectCustomKeyStore",
    "CreateCustomKeyStore",
    "DescribeCustomKeyStores",
  ],
  ssm: ["DescribeParameters"],
  sts: ["DecodeAuthorizationMessage", "GetSessionToken"],
  iam: [
    "CreateAccountAlias",
    "DeleteAccountAlias",
    "GetAccountPasswordPolicy",
    "GetAccountSummary",
    "ListAccountAliases",
    "SimulateCustomPolicy",
  ],
};
const resourceless = new Set(
  Object.entries(withoutResource).flatMap(([service, names]) => names.map((name) => `${service}:${name.toLowerCase()}`)),
);

function checkResourceLevel(check: StatementCheck): void {
  const resources = textsOf(check, "Resource", true);
  if (resources.length === 0 || check.about.kind === "KeyPolicy") return;
  if (resources.some(({ value }) => value === "*" || /^arn:(aws|\*):(kms|ssm|sts|iam|\*)?:?\*(:\*)*$/.test(value))) return;
  for (const { node, value, path } of textsOf(check, "Action", true))
    if (resourceless.has(value.toLowerCase()))
      check.tell(
        "warning",
        "resource-level",
        `${value} is asked about no single resource: only "*" in Resource fits it, so here it is never matched.`,
        path,
        node,
      );
}

// ---------------------------------------------------------------- breadth

/** What an Allow on everything hands out, worst first. */
const grave: { action: string; message: string }[] = [
  {
    action: "iam:passrole",
    message: "Whoever may pass every role can have a service do what any role of the account may do: name the roles.",
  },
  { action: "sts:assumerole", message: "This may assume every role that lets it: name the roles." },
  { action: "kms:putkeypolicy", message: "Whoever may write key policies can give themselves every key: name the keys." },
  { action: "iam:*", message: "Whoever may do everything in IAM can give themselves everything else." },
];

export function checkBreadth(check: StatementCheck): void {
  const { statement, path, about, tell } = check;
  if (effectOf(statement) !== "Allow") return;
  const member = (name: string): Member | undefined => memberOf(statement, name);
  const limiting = onlyLimits(about.kind);

  const notAction = member("NotAction");
  if (notAction)
    tell(
      limiting ? "hint" : "warning",
      "not-action-allow",
      "Allow with NotAction allows every other action of every service, also those that AWS is yet to make.",
      [...path, "NotAction"],
      notAction,
    );
  const notResource = member("NotResource");
  if (notResource)
    tell(
      limiting ? "hint" : "warning",
      "not-resource-allow",
      "Allow with NotResource allows every other resource, also those made later.",
      [...path, "NotResource"],
      notResource,
    );

  if (about.kind !== "IdentityPolicy" && about.kind !== "Boundary") return;
  const everywhere = textsOf(check, "Resource", true).some(({ value }) => value === "*") && !hasCondition(statement);
  if (!everywhere) return;
  for (const { node, value, path: at } of textsOf(check, "Action", true)) {
    if (value === "*" || value === "*:*") {
      if (about.kind === "Boundary") tell("hint", "star-on-star", "A boundary that allows everything is no boundary.", at, node);
      else tell("warning", "star-on-star", "Every action on every resource: this makes an administrator.", at, node);
    } else if (about.kind === "IdentityPolicy") {
      const found = grave.find(({ action }) => action === value.toLowerCase());
      if (found) tell("warning", "broad-power", found.message, at, node);
      else if (/^kms:(\*|decrypt)$/i.test(value))
        tell(
          "hint",
          "every-key",
          "This means every key that lets the account's policies decide, also keys of other accounts: name the keys.",
          at,
          node,
        );
    }
  }
}
