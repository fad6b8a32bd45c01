import { wholeModels } from "../engine/whole-models";
import { createLab, type Lab } from "../engine/lab";
import type { ServiceModel, ShapeRef } from "../engine/model";
import { seededPorts } from "../engine/ports";
import type { Json, JsonObject, Result } from "../engine/types";
import { type WireOptions, type WireResponse, answer } from "./handle";
import { sign } from "./sigv4";

/** A client of the wire for tests: signs, sends to `answer`, reads the answer back into the engine's form. */
export interface WireClient {
  lab: Lab;
  call(service: string, operation: string, input: JsonObject, region?: string): Promise<Result & { status: number; raw: WireResponse }>;
  post(options: { service: string; target?: string; body: string | Uint8Array; region?: string; headers?: Record<string, string>; method?: string; url?: string }): Promise<WireResponse>;
}

export interface ClientOptions extends Partial<WireOptions> {
  accessKeyId?: string;
  secret?: string;
  sessionToken?: string;
  theLab?: Lab;
  at?: number;
}

export function wireClient({ accessKeyId = "AKIAIOSFODNN7EXAMPLE", secret = "secret", sessionToken, theLab, at = Date.UTC(2026, 0, 1), ...options }: ClientOptions = {}): WireClient {
  const lab = theLab ?? createLab({ ports: seededPorts(1) });
  const post: WireClient["post"] = ({ service, target, body, region = "us-east-1", headers = {}, method = "POST", url = "/" }) => {
    const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
    const parts = { method, url, headers: { host: "localhost:4566", "content-type": target ? "application/x-amz-json-1.1" : "application/x-www-form-urlencoded; charset=utf-8", ...(target ? { "x-amz-target": target } : {}), ...headers }, body: bytes };
    const signed = sign(parts, { accessKeyId, secret, sessionToken, region, service, at });
    return answer({ ...parts, headers: signed }, { lab: () => lab, clock: () => at, ...options });
  };
  return {
    lab,
    post,
    async call(service, operation, input, region) {
      const model = wholeModels[service];
      if (model.metadata.protocol === "json") {
        const raw = await post({ service: model.metadata.signingName, target: `${model.metadata.targetPrefix}.${operation}`, body: JSON.stringify(input), region });
        const body = (raw.body ? JSON.parse(raw.body) : {}) as JsonObject;
        if (raw.status === 200) return { ok: true, output: body, status: 200, raw };
        const { __type, message, Message, ...fields } = body;
        return { ok: false, error: { code: String(__type), message: (message ?? Message) as string | undefined, fields, status: raw.status }, status: raw.status, raw };
      }
      if (model.metadata.protocol === "rest-json") return rest(model, operation, input, (parts) => post({ service: model.metadata.signingName, region, ...parts }));
      const form = new URLSearchParams({ Action: operation, Version: model.metadata.apiVersion });
      const ref = model.operations[operation]?.input;
      if (ref) flatten(model, ref, "", input, form);
      const raw = await post({ service: model.metadata.signingName, body: form.toString(), region });
      const tree = readXml(raw.body);
      if (raw.status === 200) {
        const output = model.operations[operation]?.output;
        const result = (tree.children[0].children.find((child) => child.name.endsWith("Result")) ?? { name: "", text: "", children: [] }) as Xml;
        return { ok: true, output: output ? (shaped(model, output, result) as JsonObject) : {}, status: 200, raw };
      }
      const error = tree.children[0].children.find((child) => child.name === "Error")!;
      const text = (name: string): string | undefined => error.children.find((child) => child.name === name)?.text;
      return { ok: false, error: { code: text("Code")!, message: text("Message"), status: raw.status }, status: raw.status, raw };
    },
  };
}

/** A restJson1 request and its answer. */
async function rest(model: ServiceModel, operation: string, input: JsonObject, send: (parts: { method: string; url: string; body: string | Uint8Array; headers: Record<string, string> }) => Promise<WireResponse>): Promise<Result & { status: number; raw: WireResponse }> {
  const { http, input: ref, output } = model.operations[operation];
  const shape = ref && model.shapes[ref.shape];
  const query = new URLSearchParams();
  const headers: Record<string, string> = { "content-type": "application/json" };
  const content: JsonObject = {};
  let url = http.requestUri;
  for (const [name, member] of Object.entries(shape?.members ?? {})) {
    const value = input[name];
    const key = member.locationName ?? name;
    if (value === undefined) continue;
    if (member.location === "uri") url = url.replace(`{${key}}`, encodeURIComponent(String(value)));
    else if (member.location === "querystring") for (const item of [value].flat()) query.append(key, String(item));
    else if (member.location === "header") headers[key.toLowerCase()] = String(value);
    else content[key] = value;
  }
  const payload = shape?.payload;
  const body = payload ? Buffer.from(String(input[payload] ?? ""), "base64") : Object.keys(content).length ? JSON.stringify(content) : "";
  const raw = await send({ method: http.method, url: query.size ? `${url}?${query}` : url, body, headers });
  const code = raw.headers["x-amzn-errortype"];
  if (code !== undefined) {
    const { message, Message, ...fields } = JSON.parse(raw.body) as JsonObject;
    return { ok: false, error: { code, message: (message ?? Message) as string | undefined, fields, status: raw.status }, status: raw.status, raw };
  }
  const answered = output && model.shapes[output.shape];
  const result: JsonObject = answered?.payload || !raw.body ? {} : (JSON.parse(raw.body) as JsonObject);
  for (const [name, { location, locationName = name }] of Object.entries(answered?.members ?? {})) {
    if (location === "statusCode") result[name] = raw.status;
    else if (location === "header" && raw.headers[locationName.toLowerCase()] !== undefined) result[name] = raw.headers[locationName.toLowerCase()];
    else if (name === answered?.payload) result[name] = Buffer.from(raw.body).toString("base64");
  }
  return { ok: true, output: result, status: raw.status, raw };
}

function flatten(model: ServiceModel, ref: ShapeRef, path: string, value: Json, form: URLSearchParams): void {
  const shape = model.shapes[ref.shape];
  const at = (name: string): string => (path ? `${path}.${name}` : name);
  if (shape.type === "structure") for (const [name, member] of Object.entries(shape.members ?? {})) { const item = (value as JsonObject)[name]; if (item !== undefined) flatten(model, member, at(member.locationName ?? name), item, form); }
  else if (shape.type === "list") (value as Json[]).forEach((item, i) => flatten(model, shape.member!, at(`${shape.member!.locationName ?? "member"}.${i + 1}`), item, form));
  else form.append(path, String(value));
}

interface Xml {
  name: string;
  text: string;
  children: Xml[];
}

/** Enough XML for our own answers. */
function readXml(text: string): Xml {
  const root: Xml = { name: "", text: "", children: [] };
  const stack = [root];
  for (const [, close, name, selfClosing, content] of text.matchAll(/<(\/?)([\w]+)[^>]*?(\/?)>([^<]*)/g)) {
    if (close) stack.pop();
    else {
      const node: Xml = { name, text: content.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&#xD;/g, "\r").replace(/&amp;/g, "&"), children: [] };
      stack.at(-1)!.children.push(node);
      if (!selfClosing) stack.push(node);
    }
  }
  return root;
}

function shaped(model: ServiceModel, ref: ShapeRef, node: Xml): Json {
  const shape = model.shapes[ref.shape];
  if (shape.type === "structure") {
    const out: JsonObject = {};
    for (const [name, member] of Object.entries(shape.members ?? {})) {
      const child = node.children.find((each) => each.name === (member.locationName ?? name));
      if (child) out[name] = shaped(model, member, child);
    }
    return out;
  }
  if (shape.type === "list") return node.children.map((child) => shaped(model, shape.member!, child));
  if (shape.type === "map") return Object.fromEntries(node.children.map((entry) => [entry.children[0].text, shaped(model, shape.value!, entry.children[1])]));
  if (shape.type === "boolean") return node.text === "true";
  if (shape.type === "integer" || shape.type === "long") return Number(node.text);
  if (shape.type === "timestamp") return Date.parse(node.text) / 1000;
  return node.text;
}
