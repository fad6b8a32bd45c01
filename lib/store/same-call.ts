import type { LeanModel, ShapeRef } from "../engine/model";
import type { Json, JsonObject } from "../engine/types";

/**
 * The same call in other words: the AWS CLI, the SDK for JavaScript v3, boto3. Each is a program that could be run as it
 * stands against AWS. Values have the door's form: blobs base64, timestamps epoch seconds.
 */
export interface SameCall {
  cli: string;
  javascript: string;
  python: string;
}

export interface CallInWords {
  service: string;
  operation: string;
  input?: JsonObject;
  region: string;
}

/** `KeyId` → `key_id`, as botocore's `xform_name` does (capitals in a row stay together: `DBName` → `db_name`). */
export function snake(name: string): string {
  const plural = /[A-Z]{2,}s$/.exec(name)?.[0];
  const cut = plural ? `${name.slice(0, -plural.length)}_${plural.toLowerCase()}` : name;
  return cut
    .replace(/(.)([A-Z][a-z]+)/g, "$1_$2")
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/_{2,}/g, "_")
    .replace(/^_/, "")
    .toLowerCase();
}

const kebab = (name: string): string => snake(name).replaceAll("_", "-");

export function sameCall(call: CallInWords, model: LeanModel): SameCall {
  return { cli: cli(call, model), javascript: javascript(call, model), python: python(call, model) };
}

const members = (
  { operation, input = {} }: CallInWords,
  model: LeanModel,
): { name: string; value: Json; ref: ShapeRef | undefined }[] => {
  const shape = model.operations[operation]?.input?.shape;
  const known = shape ? (model.shapes[shape]?.members ?? {}) : {};
  return Object.entries(input).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, value, ref: Object.hasOwn(known, name) ? known[name] : undefined }],
  );
};

const typeOf = (ref: ShapeRef | undefined, model: LeanModel) => (ref ? model.shapes[ref.shape]?.type : undefined);

// ---------------------------------------------------------------- AWS CLI

/** In single quotes where a POSIX shell would read more into it. */
export const shellQuote = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

function cli(call: CallInWords, model: LeanModel): string {
  const words = [`aws ${call.service} ${kebab(call.operation)}`];
  // The CLI would read such a value from a file; only JSON can say that it is meant as it stands.
  if (Object.values(call.input ?? {}).some((value) => typeof value === "string" && /^fileb?:\/\//.test(value)))
    return [...words, `--cli-input-json ${shellQuote(JSON.stringify(call.input))}`, `--region ${call.region}`].join(" \\\n  ");
  for (const { name, value, ref } of members(call, model)) {
    const option = `--${kebab(name)}`;
    if (typeof value === "boolean") words.push(value ? option : `--no-${option.slice(2)}`);
    else if (typeOf(ref, model) === "timestamp" && typeof value === "number") words.push(`${option} ${isoTime(value)}`);
    else if (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === "string" || typeof item === "number"))
      words.push([option, ...value.map((item) => shellQuote(String(item)))].join(" "));
    else {
      const text = typeof value === "object" ? JSON.stringify(value) : String(value);
      // A value that begins like an option would be taken for one.
      words.push(`${option}${text.startsWith("-") ? "=" : " "}${shellQuote(text)}`);
    }
  }
  words.push(`--region ${call.region}`);
  return words.join(" \\\n  ");
}

const isoTime = (seconds: number): string => new Date(seconds * 1000).toISOString().replace(".000Z", "Z");

// ---------------------------------------------------------------- JavaScript

/** `KMS` → `KMSClient` of `@aws-sdk/client-kms`; `Secrets Manager` → `SecretsManagerClient` of `@aws-sdk/client-secrets-manager`. */
function javascript(call: CallInWords, model: LeanModel): string {
  const { serviceId } = model.metadata;
  const client = `${serviceId.replaceAll(" ", "")}Client`;
  const command = `${call.operation}Command`;
  const input = jsObject(members(call, model), model, 0);
  return [
    `import { ${client}, ${command} } from "@aws-sdk/client-${serviceId.toLowerCase().replaceAll(" ", "-")}";`,
    "",
    `const client = new ${client}({ region: ${JSON.stringify(call.region)} });`,
    `const reply = await client.send(new ${command}(${input}));`,
  ].join("\n");
}

type Member = { name: string; value: Json; ref: ShapeRef | undefined };

function jsObject(entries: Member[], model: LeanModel, depth: number): string {
  if (!entries.length) return "{}";
  const pad = "  ".repeat(depth + 1);
  const name = (key: string) => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key));
  return `{\n${entries.map((entry) => `${pad}${name(entry.name)}: ${jsValue(entry.value, entry.ref, model, depth + 1)},\n`).join("")}${"  ".repeat(depth)}}`;
}

function jsValue(value: Json, ref: ShapeRef | undefined, model: LeanModel, depth: number): string {
  const type = typeOf(ref, model);
  if (type === "blob" && typeof value === "string") return `Buffer.from(${JSON.stringify(value)}, "base64")`;
  if (type === "timestamp" && typeof value === "number") return `new Date(${JSON.stringify(isoTime(value))})`;
  if (Array.isArray(value)) return `[${value.map((item) => jsValue(item, inside(ref, model), model, depth)).join(", ")}]`;
  if (value !== null && typeof value === "object") return jsObject(children(value, ref, model), model, depth);
  return JSON.stringify(value);
}

// ---------------------------------------------------------------- Python

function python(call: CallInWords, model: LeanModel): string {
  const entries = members(call, model);
  const lines = entries.map((entry) => `    ${entry.name}=${pyValue(entry.value, entry.ref, model, 1)},\n`).join("");
  const body = `client = boto3.client(${JSON.stringify(call.service)}, region_name=${JSON.stringify(call.region)})\nreply = client.${snake(call.operation)}(${lines ? `\n${lines}` : ""})`;
  const imports = [
    ...(body.includes("base64.b64decode(") ? ["import base64"] : []),
    ...(body.includes("datetime.fromtimestamp(") ? ["from datetime import datetime, timezone"] : []),
  ];
  return [...imports, ...(imports.length ? [""] : []), "import boto3", "", body].join("\n");
}

/** JSON's escapes are Python's, but for characters outside the first plane, which JSON keeps as they are. */
const pyString = (text: string): string => JSON.stringify(text);

function pyValue(value: Json, ref: ShapeRef | undefined, model: LeanModel, depth: number): string {
  const type = typeOf(ref, model);
  if (type === "blob" && typeof value === "string") return `base64.b64decode(${pyString(value)})`;
  if (type === "timestamp" && typeof value === "number") return `datetime.fromtimestamp(${value}, timezone.utc)`;
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return pyString(value);
  if (Array.isArray(value)) return `[${value.map((item) => pyValue(item, inside(ref, model), model, depth)).join(", ")}]`;
  if (typeof value === "object") {
    const pad = "    ".repeat(depth + 1);
    const entries = children(value, ref, model);
    return entries.length
      ? `{\n${entries.map((entry) => `${pad}${pyString(entry.name)}: ${pyValue(entry.value, entry.ref, model, depth + 1)},\n`).join("")}${"    ".repeat(depth)}}`
      : "{}";
  }
  return String(value);
}

// ---------------------------------------------------------------- both

/** The reference to a list's members. */
const inside = (ref: ShapeRef | undefined, model: LeanModel): ShapeRef | undefined =>
  ref ? model.shapes[ref.shape]?.member : undefined;

function children(value: JsonObject, ref: ShapeRef | undefined, model: LeanModel): Member[] {
  const shape = ref ? model.shapes[ref.shape] : undefined;
  return Object.entries(value).flatMap(([name, item]) =>
    item === undefined
      ? []
      : [
          {
            name,
            value: item,
            ref:
              shape?.type === "map" ? shape.value : shape?.members && Object.hasOwn(shape.members, name) ? shape.members[name] : undefined,
          },
        ],
  );
}
