import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { problem } from "../errors";
import { jsonErrorAt } from "./json-place";
import type { Json, JsonObject } from "../../types";

/**
 * A template's text as plain data, with YAML's short forms (`!Ref`) written out (`{ Ref: … }`). JSON is what begins with a
 * brace. Nothing in it is checked but its form.
 *
 * Source: CloudFormation User Guide, "Template format" (YAML 1.1 without the binary, omap, pairs, set and timestamp tags,
 * aliases and hash merges), and the short forms in the function reference. Error texts as the service answers them.
 */
export function readTemplate(text: string): JsonObject {
  const value = /^\s*\{/.test(text) ? readJson(text) : readYaml(text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return problem("Template format error: unsupported structure.");
  return value;
}

const maxDepth = 100;

function readJson(text: string): Json {
  let parsed: Json;
  try {
    parsed = JSON.parse(text) as Json;
  } catch {
    const lines = text.slice(0, jsonErrorAt(text)).split("\n");
    return problem(`Template format error: JSON not well-formed. (line ${lines.length}, column ${lines[lines.length - 1].length + 1})`);
  }
  return plain(parsed, 0);
}

/** A copy without names that are no names, and not too deep to walk. */
function plain(value: Json, depth: number): Json {
  if (depth > maxDepth) return problem("Template format error: unsupported structure.");
  if (Array.isArray(value)) return value.map((item) => plain(item, depth + 1));
  if (typeof value !== "object" || value === null) return value;
  const out: JsonObject = {};
  for (const [name, item] of Object.entries(value)) put(out, name, plain(item as Json, depth + 1));
  return out;
}

function put(out: JsonObject, name: string, value: Json): void {
  if (name === "__proto__") problem("Template format error: unsupported structure.");
  out[name] = value;
}

/** Tags of the YAML 1.1 schema that templates do not have: a date stays the text that it is. */
const without = new Set(["binary", "omap", "pairs", "set", "timestamp", "merge"].map((name) => `tag:yaml.org,2002:${name}`));

/** Deeper than the parser can go by recursion without the host's stack having a say in the answer. */
function isTooDeep(text: string): boolean {
  if (/(?:[-?][ \t]+){100}/.test(text)) return true;
  let depth = 0;
  for (const char of text) {
    if (char === "[" || char === "{") depth++;
    else if (char === "]" || char === "}") depth = Math.max(0, depth - 1);
    if (depth > 500) return true;
  }
  return false;
}

function readYaml(text: string): Json {
  if (isTooDeep(text)) return problem("Template format error: unsupported structure.");
  const lines = new LineCounter();
  const document = parseDocument(text, {
    schema: "yaml-1.1",
    merge: false,
    uniqueKeys: false,
    logLevel: "silent",
    lineCounter: lines,
    customTags: (tags) => tags.filter((tag) => typeof tag === "string" || (!without.has(tag.tag) && !("format" in tag && tag.format === "TIME"))),
  });
  const [wrong] = document.errors;
  if (wrong) return notWellFormed(lines, wrong.pos[0]);
  return document.contents ? fromYaml(document.contents as Node, lines, 0) : problem("Template format error: unsupported structure.");
}

function notWellFormed(lines: LineCounter, offset: number): never {
  const { line, col } = lines.linePos(offset);
  return problem(`Template format error: YAML not well-formed. (line ${line || 1}, column ${col || 1})`);
}

/** Tags that stand for `{ "Fn::Name": … }`; `Ref` and `Condition` have no prefix. */
const functions = new Set(["Base64", "Cidr", "FindInMap", "GetAtt", "GetAZs", "ImportValue", "Join", "Select", "Split", "Sub", "And", "Equals", "If", "Not", "Or", "Transform", "Length", "ToJsonString", "ForEach"]);

function fromYaml(node: Node, lines: LineCounter, depth: number): Json {
  if (depth > maxDepth) return problem("Template format error: unsupported structure.");
  if (isAlias(node)) return problem("Template error: YAML aliases are not allowed in CloudFormation templates");
  const value = untagged(node, lines, depth);
  const tag = node.tag;
  if (!tag?.startsWith("!") || tag === "!") return value;
  const name = tag.slice(1);
  if (name === "Ref" || name === "Condition") return { [name]: value };
  if (!functions.has(name)) return notWellFormed(lines, node.range?.[0] ?? 0);
  return { [`Fn::${name}`]: name === "GetAtt" && typeof value === "string" ? splitAttribute(value) : value };
}

/** `Key.Arn`, and `Nested.Outputs.Arn`: the first point divides. */
export const splitAttribute = (text: string): string[] => {
  const at = text.indexOf(".");
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
};

function untagged(node: Node, lines: LineCounter, depth: number): Json {
  if (isMap(node)) {
    const out: JsonObject = {};
    for (const { key, value } of node.items) {
      const name = key === null || key === undefined ? "null" : isScalar(key) ? String(key.value) : problem("Template format error: [/] map keys must be strings; received a map instead");
      put(out, name, value ? fromYaml(value as Node, lines, depth + 1) : null);
    }
    return out;
  }
  if (isSeq(node)) return node.items.map((item) => fromYaml(item as Node, lines, depth + 1));
  if (isAlias(node)) return problem("Template error: YAML aliases are not allowed in CloudFormation templates");
  const value: unknown = isScalar(node) ? node.value : null;
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  // Larger whole numbers than a number can hold stay as they were written.
  if (typeof value === "number") return Number.isSafeInteger(value) || !Number.isInteger(value) ? (Number.isFinite(value) ? value : String(node)) : (isScalar(node) && node.source) || String(value);
  return String(value);
}
