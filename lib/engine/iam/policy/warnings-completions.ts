import { arn } from "../../arn";
import { defaultRegion, regions } from "../../regions";
import { roles, users } from "../state";
import { rootArn } from "../who";
import { operatorNames } from "./warnings-conditions";
import { listOf, memberOf, readJson, type JsonNode, type NodeOf } from "./warnings-json";
import { namesPrincipals, type Path, type PolicyAbout } from "./warnings-types";
import { actionsOf, conditionKey, conditionKeys } from "./warnings-words";

/** What can be written at a place of a policy, as plain data for an editor. Pure. */

export interface PolicyCompletion {
  label: string;
  kind: "element" | "value" | "action" | "operator" | "key" | "principal" | "resource" | "variable";
  /** Text for the place of the range, quotation marks included where they are missing. */
  insert: string;
  /** Where the cursor goes, counted from the start of `insert`; absent: behind it. */
  caret?: number;
  /** A few words beside the label. */
  detail?: string;
}

export interface PolicyCompletions {
  /** What is replaced: the inside of the text that the cursor is in, or nothing. */
  offset: number;
  length: number;
  items: PolicyCompletion[];
}

/** Where the cursor is: the way down to it, whether it is at a name or at a value, and whether within quotation marks. */
interface Place {
  path: Path;
  at: "name" | "value" | "elsewhere";
  /** The text around the cursor, without its quotation marks. */
  inside?: { offset: number; length: number };
  /** Names are being written in this object. */
  present: string[];
}

/** Completions at `offset` of the text. A text that is broken elsewhere does no harm. */
export function policyCompletions(document: string, offset: number, about: PolicyAbout): PolicyCompletions {
  const at = Math.max(0, Math.min(offset, document.length));
  const place = placeOf(document, at);
  const range = place.inside ?? { offset: at, length: 0 };
  const typed = place.inside ? document.slice(place.inside.offset, at) : "";
  const { root } = readJson(document);
  const items = suggest(place, about, root, typed);
  if (place.inside) return { ...range, items: items.filter(({ insert }) => insert.startsWith('"')).map(bare) };
  return { ...range, items: place.at === "elsewhere" ? [] : items };
}

/** Within quotation marks only the text itself is put, and for a name nothing of its value. */
function bare(item: PolicyCompletion): PolicyCompletion {
  const text = /^"((?:[^"\\]|\\.)*)"/.exec(item.insert)?.[1] ?? item.insert;
  const { caret: _, ...rest } = item;
  return { ...rest, insert: text };
}

// ---------------------------------------------------------------- where the cursor is

interface Level {
  kind: "object" | "array";
  name: string | undefined;
  index: number;
  /** In an object: a colon has been read since the last comma. */
  valued: boolean;
  /** In either: something stands since the last comma (or colon). */
  filled: boolean;
  names: string[];
}

/** Reads up to the cursor and no further, so that what follows may be anything. */
function placeOf(text: string, offset: number): Place {
  const levels: Level[] = [];
  const top = (): Level | undefined => levels[levels.length - 1];
  let at = 0;
  let rootFilled = false;
  while (at < offset) {
    const char = text[at];
    const level = top();
    if (char === '"') {
      const end = endOfString(text, at);
      if (end > offset || (end === offset && text[offset - 1] !== '"'))
        return placeIn(levels, text, { offset: at + 1, length: Math.max(0, closing(text, at, end) - at - 1) });
      const naming = level?.kind === "object" && !level.valued;
      if (naming && !level.filled) {
        level.name = unquote(text.slice(at, end));
        level.names.push(level.name);
      }
      if (level) level.filled = true;
      else rootFilled = true;
      at = end;
      continue;
    }
    if (char === "{" || char === "[") {
      if (level) level.filled = true;
      else rootFilled = true;
      levels.push({ kind: char === "{" ? "object" : "array", name: undefined, index: 0, valued: false, filled: false, names: [] });
    } else if (char === "}" || char === "]") levels.pop();
    else if (char === "," && level) {
      level.index++;
      level.valued = false;
      level.filled = false;
      level.name = undefined;
    } else if (char === ":" && level?.kind === "object") {
      level.valued = true;
      level.filled = false;
    } else if (!/\s/.test(char)) {
      if (level) level.filled = true;
      else rootFilled = true;
    }
    at++;
  }
  const level = top();
  if (!level) return { path: [], at: rootFilled ? "elsewhere" : "value", present: [] };
  if (level.filled) return { path: pathOf(levels), at: "elsewhere", present: level.names };
  return placeIn(levels, text);
}

function placeIn(levels: Level[], text: string, inside?: Place["inside"]): Place {
  const level = levels[levels.length - 1];
  if (!level) return { path: [], at: "elsewhere", present: [], ...(inside ? { inside } : {}) };
  const naming = level.kind === "object" && !level.valued;
  return {
    path: pathOf(naming ? levels.slice(0, -1) : levels),
    at: naming ? "name" : "value",
    present: level.names,
    ...(inside ? { inside } : {}),
  };
}

const pathOf = (levels: Level[]): Path =>
  levels.flatMap(({ kind, name, index }): Path => (kind === "array" ? [index] : name === undefined ? [] : [name]));

/** Behind the closing quotation mark; a line's end closes a text as well. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === '"') return at + 1;
    else if (text[at] === "\n") return at;
  }
  return text.length;
}
const closing = (text: string, start: number, end: number): number => (end - 1 > start && text[end - 1] === '"' ? end - 1 : end);
const unquote = (written: string): string => {
  try {
    return JSON.parse(written) as string;
  } catch {
    return written.slice(1);
  }
};

// ---------------------------------------------------------------- what fits there

const quoted = (label: string, kind: PolicyCompletion["kind"], detail?: string): PolicyCompletion => ({
  label,
  kind,
  insert: JSON.stringify(label),
  ...(detail === undefined ? {} : { detail }),
});

function suggest({ path, at, present }: Place, about: PolicyAbout, root: JsonNode | undefined, typed: string): PolicyCompletion[] {
  if (at === "elsewhere") return [];
  if (path.length === 0) return at === "name" ? elements(documentElements(), present) : [template(about)];
  const [first, second] = path;
  if (first !== "Statement")
    return at === "value" && first === "Version"
      ? [quoted("2012-10-17", "value", "policy variables"), quoted("2008-10-17", "value", "old")]
      : [];
  const inList = typeof second === "number";
  const rest = inList ? path.slice(2) : path.slice(1);
  const statement = statementAt(root, inList ? second : undefined);
  if (rest.length === 0) {
    if (at === "name") return elements(statementElements(about), [...present, ...namesOf(statement)]);
    return [{ label: "Statement", kind: "element", ...withCaret('{ "Effect": "Allow", "Action": "|" }') }];
  }
  return inStatement(rest, at, { about, statement, present, typed });
}

interface Around {
  about: PolicyAbout;
  statement?: NodeOf<"object">;
  present: string[];
  typed: string;
}

function inStatement(path: Path, at: "name" | "value", around: Around): PolicyCompletion[] {
  const [element, inner, ...deeper] = path;
  const { about, present, typed } = around;
  const plain = at === "value" && (inner === undefined || typeof inner === "number") && deeper.length === 0;
  switch (element) {
    case "Effect":
      return plain ? [quoted("Allow", "value"), quoted("Deny", "value")] : [];
    case "Action":
    case "NotAction":
      return plain ? actions(about) : [];
    case "Resource":
    case "NotResource":
      return plain ? resources(around) : [];
    case "Principal":
    case "NotPrincipal":
      if (at === "name" && inner === undefined) return elements(principalKinds, present);
      if (at !== "value") return [];
      return inner === undefined
        ? [quoted("*", "principal", "everybody"), { label: "AWS", kind: "element", ...withCaret('{ "AWS": "|" }') }]
        : principals(String(inner), about);
    case "Condition":
      if (at === "name") return inner === undefined ? operators(present) : deeper.length === 0 ? keyNames(String(inner), around) : [];
      return deeper.length > 0 ? values(String(deeper[0]), about, typed) : [];
    default:
      return [];
  }
}

/** `|` is where the cursor goes. */
function withCaret(text: string): { insert: string; caret?: number } {
  const caret = text.indexOf("|");
  return caret < 0 ? { insert: text } : { insert: text.replace("|", ""), caret };
}

interface ElementText {
  name: string;
  text: string;
  detail?: string;
  /** Not both. */
  other?: string;
}

const elements = (list: ElementText[], present: string[]): PolicyCompletion[] =>
  list
    .filter(({ name, other }) => !present.includes(name) && !(other && present.includes(other)))
    .map(({ name, text, detail }) => ({ label: name, kind: "element", ...withCaret(`"${name}": ${text}`), ...(detail ? { detail } : {}) }));

const documentElements = (): ElementText[] => [
  { name: "Version", text: '"2012-10-17"' },
  { name: "Statement", text: "[|]" },
  { name: "Id", text: '"|"' },
];

function statementElements({ kind }: PolicyAbout): ElementText[] {
  const resource = kind === "KeyPolicy" ? '"*"' : '"|"';
  const list: ElementText[] = [
    { name: "Sid", text: '"|"', detail: "a name for the statement" },
    { name: "Effect", text: '"Allow"', detail: "Allow or Deny" },
  ];
  if (namesPrincipals(kind))
    list.push(
      { name: "Principal", text: kind === "RCP" ? '"*"' : '{ "AWS": "|" }', detail: "who", other: "NotPrincipal" },
      ...(kind === "RCP" ? [] : [{ name: "NotPrincipal", text: '{ "AWS": "|" }', detail: "everybody but these", other: "Principal" }]),
    );
  list.push({ name: "Action", text: '"|"', detail: "what", other: "NotAction" });
  if (kind !== "RCP") list.push({ name: "NotAction", text: '"|"', detail: "everything but this", other: "Action" });
  if (kind !== "TrustPolicy")
    list.push(
      { name: "Resource", text: resource, detail: "on what", other: "NotResource" },
      { name: "NotResource", text: '"|"', detail: "on everything but this", other: "Resource" },
    );
  return [...list, { name: "Condition", text: '{ "|": {} }', detail: "when" }];
}

const principalKinds: ElementText[] = [
  { name: "AWS", text: '"|"', detail: "accounts, users, roles, sessions" },
  { name: "Service", text: '"|"', detail: "an AWS service" },
  { name: "Federated", text: '"|"', detail: "an identity provider" },
];

function template({ kind, account }: PolicyAbout): PolicyCompletion {
  const who = kind === "RCP" ? '"Principal": "*", ' : namesPrincipals(kind) ? `"Principal": { "AWS": "${rootArn(account)}" }, ` : "";
  const what = kind === "TrustPolicy" ? '"Action": "sts:AssumeRole"' : `"Action": "|", "Resource": "*"`;
  return {
    label: "Policy",
    kind: "element",
    ...withCaret(`{ "Version": "2012-10-17", "Statement": [{ "Effect": "${kind === "RCP" ? "Deny" : "Allow"}", ${who}${what} }] }`),
  };
}

function statementAt(root: JsonNode | undefined, index: number | undefined): NodeOf<"object"> | undefined {
  const value = root?.type === "object" ? memberOf(root, "Statement")?.value : undefined;
  const node = index === undefined ? value : listOf(value)[index];
  return node?.type === "object" ? node : undefined;
}

/** Names that have a value: the one under the cursor has none yet. */
const namesOf = (node: NodeOf<"object"> | undefined): string[] => node?.members.filter(({ value }) => value).map(({ name }) => name) ?? [];

// ---------------------------------------------------------------- actions, resources, principals

const trustActions = [
  "sts:AssumeRole",
  "sts:AssumeRoleWithSAML",
  "sts:AssumeRoleWithWebIdentity",
  "sts:SetSourceIdentity",
  "sts:TagSession",
];

function actions({ kind }: PolicyAbout): PolicyCompletion[] {
  if (kind === "TrustPolicy") return trustActions.map((name) => quoted(name, "action"));
  const services = kind === "KeyPolicy" ? ["kms"] : kind === "RCP" ? ["kms", "sts"] : [...actionsOf.keys()].sort();
  const whole = kind === "RCP" ? [] : [quoted("*", "action", kind === "KeyPolicy" ? "every action" : "every action of every service")];
  return [
    ...whole,
    ...services.flatMap((service) => [
      quoted(`${service}:*`, "action", `every action of ${service}`),
      ...actionsOf.get(service)!.map((name) => quoted(`${service}:${name}`, "action")),
    ]),
  ];
}

function resources({ about, statement }: Around): PolicyCompletion[] {
  if (about.kind === "KeyPolicy") return [quoted("*", "resource", "this key")];
  const { account, region = defaultRegion } = about;
  const shapes = [
    { of: "kms", text: arn("kms", region, account, "key/*"), detail: "every key of the account in this Region" },
    { of: "ssm", text: arn("ssm", region, account, "parameter/*"), detail: "every parameter in this Region" },
    { of: "iam", text: `arn:aws:iam::${account}:user/\${aws:username}`, detail: "the user who calls" },
    { of: "iam", text: `arn:aws:iam::${account}:role/*`, detail: "every role of the account" },
    { of: "sts", text: `arn:aws:iam::${account}:role/*`, detail: "every role of the account" },
  ];
  const used = servicesOf(statement);
  const fitting = shapes.filter(({ of }) => used.length === 0 || used.includes(of) || used.includes("*"));
  const given = about.resources ?? [];
  const all = [...given.map((text) => quoted(text, "resource")), ...fitting.map(({ text, detail }) => quoted(text, "resource", detail))];
  return [quoted("*", "resource", "every resource"), ...new Map(all.map((item) => [item.label, item])).values()];
}

/** Service prefixes of the statement's actions. */
const servicesOf = (statement: NodeOf<"object"> | undefined): string[] =>
  statement
    ? [
        ...new Set(
          listOf(memberOf(statement, "Action")?.value).flatMap((node) =>
            node.type === "string" && node.value ? [node.value.split(":")[0].toLowerCase()] : [],
          ),
        ),
      ]
    : [];

/** More than anybody reads through; an editor filters by what is typed. */
const MOST_LISTED = 300;

function principals(kind: string, about: PolicyAbout): PolicyCompletion[] {
  const { account, lab } = about;
  if (kind === "Service")
    return ["cloudtrail", "delivery.logs", "ec2", "events", "lambda", "logs", "s3", "sns", "sqs", "ssm"].map((name) =>
      quoted(`${name}.amazonaws.com`, "principal"),
    );
  if (kind !== "AWS") return [];
  const items = [quoted(rootArn(account), "principal", "this account"), quoted("*", "principal", "everybody")];
  for (const text of about.principals ?? []) items.push(quoted(text, "principal"));
  if (lab) {
    const db = lab.read({ account, region: "global", service: "iam" });
    for (const id of users(db, account).ids({ limit: MOST_LISTED }))
      items.push(quoted(users(db, account).get(id)!.Arn, "principal", "user"));
    for (const id of roles(db, account).ids({ limit: MOST_LISTED }))
      items.push(quoted(roles(db, account).get(id)!.Arn, "principal", "role"));
  }
  return [...new Map(items.map((item) => [item.label, item])).values()];
}

// ---------------------------------------------------------------- conditions

const sets = ["ForAnyValue:", "ForAllValues:"];

function operators(present: string[]): PolicyCompletion[] {
  const plain = operatorNames.flatMap((name) => (name === "Null" ? [name] : [name, `${name}IfExists`]));
  const inSets = operatorNames
    .filter((name) => /^(String|Arn|Numeric|Bool)/.test(name))
    .flatMap((name) => sets.map((set) => `${set}${name}`));
  return [...plain, ...inSets]
    .filter((name) => !present.includes(name))
    .map((name) => ({ label: name, kind: "operator", ...withCaret(`"${name}": { "|": "" }`) }));
}

/** Whether an operator compares values of that kind. */
function compares(operator: string, kind: string): boolean {
  const base = operator.replace(/^\w+:/, "").toLowerCase();
  if (base.startsWith("null") || kind === "any") return true;
  if (base.startsWith("string")) return kind === "string" || kind === "arn";
  const families: [start: string, kinds: string[]][] = [
    ["numeric", ["numeric"]],
    ["date", ["date"]],
    ["bool", ["bool"]],
    ["ip", ["ip"]],
    ["notip", ["ip"]],
    ["arn", ["arn"]],
  ];
  return families.find(([start]) => base.startsWith(start))?.[1].includes(kind) ?? true;
}

/** They choose among keys, and AWS takes them in IAM policies only. */
const choosesKeys = new Set(["aws:ResourceTag/*", "kms:ResourceAliases"]);

function keyNames(operator: string, { statement, present, about }: Around): PolicyCompletion[] {
  const used = servicesOf(statement);
  const services =
    about.kind === "KeyPolicy"
      ? ["kms"]
      : about.kind === "TrustPolicy"
        ? ["sts", "iam"]
        : used.length === 0 || used.includes("*")
          ? undefined
          : used;
  const ofSet = /^For(All|Any)/i.test(operator);
  return conditionKeys
    .filter(({ name, kind, many }) => {
      const prefix = name.slice(0, name.indexOf(":"));
      if (prefix !== "aws" && services && !services.includes(prefix)) return false;
      if (about.kind === "KeyPolicy" && choosesKeys.has(name)) return false;
      return compares(operator, kind) && (many === true) === ofSet && !present.includes(name);
    })
    .map(({ name, evaluated }): PolicyCompletion => {
      const label = name.replace(/\*$/, "");
      const open = label !== name;
      return {
        label: name,
        kind: "key",
        ...withCaret(open ? `"${label}|": ""` : `"${label}": "|"`),
        detail: evaluated ? (open ? "and a name of your own" : "") : "not evaluated by Keyhole",
      };
    })
    .map(({ detail, ...item }) => (detail ? { ...item, detail } : item));
}

function values(key: string, about: PolicyAbout, typed: string): PolicyCompletion[] {
  const { account, region = defaultRegion } = about;
  if (typed.endsWith("${"))
    return conditionKeys
      .filter(({ many, name }) => !many && !name.endsWith("*"))
      .map(({ name }) => ({ label: `\${${name}}`, kind: "variable", insert: JSON.stringify(`${typed}${name}}`) }));
  const known = conditionKey(key);
  const name = known?.name ?? key;
  if (known?.kind === "bool") return [quoted("true", "value"), quoted("false", "value")];
  if (/(CallerAccount|PrincipalAccount|ResourceAccount|SourceAccount)$/.test(name)) return [quoted(account, "value", "this account")];
  if (name === "kms:ViaService")
    return ["ssm", "secretsmanager", "s3", "ebs", "lambda", "rds", "dynamodb"].map((service) =>
      quoted(`${service === "ebs" ? "ec2" : service}.${region}.amazonaws.com`, "value"),
    );
  if (name === "aws:RequestedRegion") return Object.entries(regions).map(([id, text]) => quoted(id, "value", text));
  if (known?.kind === "arn")
    return principals("AWS", about)
      .filter(({ label }) => label !== "*")
      .map((item) => ({ ...item, kind: "value" }));
  const listed = enumerations[name];
  return listed ? listed.split(" ").map((text) => quoted(text, "value")) : [];
}

/** Keys whose values AWS lists. Source: KMS Developer Guide, "AWS KMS condition keys"; KMS API. */
const enumerations: Record<string, string> = {
  "kms:KeySpec":
    "SYMMETRIC_DEFAULT RSA_2048 RSA_3072 RSA_4096 ECC_NIST_P256 ECC_NIST_P384 ECC_NIST_P521 ECC_NIST_EDWARDS25519 ECC_SECG_P256K1 HMAC_224 HMAC_256 HMAC_384 HMAC_512 ML_DSA_44 ML_DSA_65 ML_DSA_87 SM2",
  "kms:KeyUsage": "ENCRYPT_DECRYPT SIGN_VERIFY GENERATE_VERIFY_MAC KEY_AGREEMENT",
  "kms:KeyOrigin": "AWS_KMS EXTERNAL AWS_CLOUDHSM EXTERNAL_KEY_STORE",
  "kms:EncryptionAlgorithm": "SYMMETRIC_DEFAULT RSAES_OAEP_SHA_1 RSAES_OAEP_SHA_256 SM2PKE",
  "kms:GrantConstraintType": "EncryptionContextEquals EncryptionContextSubset",
  "kms:MessageType": "RAW DIGEST EXTERNAL_MU",
  "kms:MultiRegionKeyType": "PRIMARY REPLICA",
  "kms:ExpirationModel": "KEY_MATERIAL_EXPIRES KEY_MATERIAL_DOES_NOT_EXPIRE",
  "kms:KeyAgreementAlgorithm": "ECDH",
  "aws:PrincipalType": "Account User AssumedRole FederatedUser Anonymous",
  "organizations:PolicyType": "SERVICE_CONTROL_POLICY RESOURCE_CONTROL_POLICY",
};
