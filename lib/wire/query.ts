import type { ServiceModel, Shape, ShapeRef } from "../engine/model";
import type { AwsError, Json, JsonObject } from "../engine/types";

/**
 * The AWS Query protocol (IAM, STS): form fields in, XML out.
 * Source: Smithy, "AWS Query protocol".
 */

type Tree = { value?: string; children: Map<string, Tree> };

/** Fields of the form as an input of the operation's shape. Members that the model does not know are left out. */
export function readQuery(model: ServiceModel, operation: string, fields: URLSearchParams): JsonObject {
  const root: Tree = { children: new Map() };
  for (const [name, value] of fields) {
    let node = root;
    for (const part of name.split(".")) {
      let next = node.children.get(part);
      if (!next) node.children.set(part, (next = { children: new Map() }));
      node = next;
    }
    node.value = value;
  }
  const ref = model.operations[operation]?.input;
  return ref ? (structure(model, model.shapes[ref.shape], root) as JsonObject) : {};
}

function structure(model: ServiceModel, shape: Shape, node: Tree): Json {
  const out: JsonObject = {};
  for (const [name, ref] of Object.entries(shape.members ?? {})) {
    const child = node.children.get(ref.locationName ?? name);
    if (child) out[name] = value(model, ref, child);
  }
  return out;
}

function value(model: ServiceModel, ref: ShapeRef, node: Tree): Json {
  const shape = model.shapes[ref.shape];
  switch (shape.type) {
    case "structure":
      return structure(model, shape, node);
    case "list": {
      const items = shape.flattened ? node : node.children.get(shape.member?.locationName ?? "member");
      return items ? inOrder(items).map((item) => value(model, shape.member!, item)) : [];
    }
    case "map": {
      const out: JsonObject = Object.create(null);
      const entries = shape.flattened ? node : node.children.get("entry");
      for (const entry of entries ? inOrder(entries) : []) {
        const key = entry.children.get(shape.key?.locationName ?? "key")?.value;
        const item = entry.children.get(shape.value?.locationName ?? "value");
        if (key !== undefined && item) out[key] = value(model, shape.value!, item);
      }
      return out;
    }
    case "integer":
    case "long":
    case "float":
    case "double": {
      const number = Number(node.value);
      return node.value?.trim() && Number.isFinite(number) ? number : (node.value ?? "");
    }
    case "boolean":
      return node.value === "true" ? true : node.value === "false" ? false : (node.value ?? "");
    default:
      return node.value ?? "";
  }
}

/** `.1`, `.2`, …, `.10`: by number, not by text. */
const inOrder = (node: Tree): Tree[] => [...node.children].sort(([a], [b]) => Number(a) - Number(b)).map(([, child]) => child);

// ---------------------------------------------------------------- answers

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
/** XML 1.0 has no way to write most control characters; AWS leaves them out too. */
export const escapeXml = (text: string): string => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").replace(/[&<>"]/g, (c) => escapes[c]).replace(/\r/g, "&#xD;");

export function writeQuery(model: ServiceModel, operation: string, output: JsonObject, requestId: string): string {
  const ref = model.operations[operation]?.output;
  const wrapper = ref?.resultWrapper ?? `${operation}Result`;
  const result = ref ? `<${wrapper}>${members(model, model.shapes[ref.shape], output)}</${wrapper}>` : "";
  return `<${operation}Response xmlns="${model.metadata.xmlNamespace}">${result}<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`;
}

function members(model: ServiceModel, shape: Shape, value: JsonObject): string {
  let out = "";
  for (const [name, ref] of Object.entries(shape.members ?? {})) {
    const item = value[name];
    if (item === undefined || item === null) continue;
    out += element(model, ref, ref.locationName ?? name, item);
  }
  return out;
}

function element(model: ServiceModel, ref: ShapeRef, name: string, item: Json): string {
  const shape = model.shapes[ref.shape];
  switch (shape.type) {
    case "structure":
      return `<${name}>${members(model, shape, item as JsonObject)}</${name}>`;
    case "list": {
      const inner = (item as Json[]).map((each) => element(model, shape.member!, shape.flattened ? name : (shape.member!.locationName ?? "member"), each)).join("");
      return shape.flattened ? inner : `<${name}>${inner}</${name}>`;
    }
    case "map": {
      const entries = Object.entries(item as JsonObject)
        .map(([key, each]) => `<entry>${element(model, shape.key!, shape.key!.locationName ?? "key", key)}${element(model, shape.value!, shape.value!.locationName ?? "value", each ?? "")}</entry>`)
        .join("");
      return `<${name}>${entries}</${name}>`;
    }
    case "timestamp":
      return `<${name}>${new Date(Number(item) * 1000).toISOString().replace(/\.\d+Z$/, "Z")}</${name}>`;
    default:
      return `<${name}>${escapeXml(String(item))}</${name}>`;
  }
}

export const writeQueryError = (model: ServiceModel, error: AwsError, status: number, requestId: string): string =>
  `<ErrorResponse xmlns="${model.metadata.xmlNamespace}"><Error><Type>${status < 500 ? "Sender" : "Receiver"}</Type><Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message ?? "")}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
