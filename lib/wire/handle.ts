import type { Lab } from "../engine/lab";
import type { ServiceModel } from "../engine/model";
import { accounts, defaultRegion } from "../engine/regions";
import { wholeModels } from "../engine/whole-models";
import type { AwsError, Caller, Door, JsonObject, Result } from "../engine/types";
import { callerOf, type CredentialOptions } from "./credentials";
import { readJson, writeJson, writeJsonError } from "./json";
import { isForm, notHere } from "./not-here";
import { isQueryCompatible, queryCompatible } from "./query-compatible";
import { readRest, writeRest, writeRestError } from "./rest-json";
import { readQuery, writeQuery, writeQueryError } from "./query";
import { parseAuthorization, type SignedParts } from "./sigv4";

/**
 * AWS over HTTP: a request in, an answer out, with `lab.call` between. Nothing here decides anything that the engine
 * decides; it reads what was asked and by whom, and spells the answer as the service spells it.
 */

/** A request as every host has it. Header names in small letters; `url` is path and query. */
export interface WireRequest extends SignedParts {
  /** The peer's address, for `aws:SourceIp`. */
  address?: string;
}

export interface WireResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export interface WireOptions extends CredentialOptions {
  /** A function, because a reset puts another lab in its place. */
  lab: () => Pick<Lab, "call" | "read" | "ensureAccount">;
  /** Which door the journal names; default `wire`. */
  door?: Door;
  /** Callers that the host knows by their access key, and whose signature is not checked; asked before the lab's IAM. */
  known?: (accessKeyId: string) => Caller | undefined;
  /** For the hash of a body; default is noble's. */
  sha256?: (data: Uint8Array) => Uint8Array;
  /** Wall clock in ms, for the date of a signature. */
  clock?: () => number;
}

/** Larger bodies are refused before they are read as anything. */
export const maxBody = 1024 * 1024;
/** Services that take more: deployment packages, base64; a megabyte of events or messages, as text in text. */
const largeBodies: Record<string, number> = { lambda: 8 * 1024 * 1024, events: 2 * 1024 * 1024, sqs: 2 * 1024 * 1024 };
/** The most that any service takes: what a host must read before it knows which one is asked. */
export const mostBody = Math.max(maxBody, ...Object.values(largeBodies));

const services = Object.entries(wholeModels);

/** The service by its signing name (`credential scope`) or its target prefix. */
const bySigningName = new Map(services.map(([name, model]) => [model.metadata.signingName, name]));
const byTargetPrefix = new Map(services.flatMap(([name, model]) => (model.metadata.targetPrefix ? [[model.metadata.targetPrefix, name] as const] : [])));

export async function answer(request: WireRequest, options: WireOptions): Promise<WireResponse> {
  const lab = options.lab();
  const header = request.headers.authorization;
  const auth = header ? parseAuthorization(header) : undefined;
  const target = request.headers["x-amz-target"];
  const dot = target?.lastIndexOf(".") ?? -1;
  const service = (target && dot > 0 ? byTargetPrefix.get(target.slice(0, dot)) : undefined) ?? (auth ? bySigningName.get(auth.service) : isForm(request) ? byVersion(request) : undefined);
  const model = service ? wholeModels[service] : undefined;
  const refuse = (error: AwsError): WireResponse => spell(model, { ok: false, error }, "", newRequestId(options), request);

  const most = largeBodies[service ?? ""] ?? maxBody;
  if (request.body.length > most) return refuse({ code: "RequestEntityTooLargeException", message: `Request of ${request.body.length} bytes exceeds the ${most} bytes that this endpoint reads.`, status: 413 });
  if (!header && unsigned.has(formOf(request).get("Action") ?? "") && service === "sts") return refuse({ code: "NotSimulated", message: `Keyhole does not simulate ${formOf(request).get("Action")} of ${model!.metadata.serviceFullName}. AWS has this operation; this lab does not.` });
  if (!header) return refuse({ code: model?.metadata.protocol === "query" ? "MissingAuthenticationToken" : "MissingAuthenticationTokenException", message: "Request is missing Authentication Token", status: model?.metadata.protocol === "query" ? 403 : 400 });
  if (!auth) return refuse({ code: model?.metadata.protocol === "query" ? "IncompleteSignature" : "IncompleteSignatureException", message: "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter.", status: model?.metadata.protocol === "query" ? 403 : 400 });
  if (!service || !model) return notHere(auth.service, request, newRequestId(options));
  if (!isRest(model) && request.method !== "POST" && !(request.method === "GET" && model.metadata.protocol === "query")) return refuse({ code: "UnknownOperationException", status: 404 });

  const read = readInput(model, target && dot > 0 ? target.slice(dot + 1) : undefined, request);
  if (!read.ok) return refuse(read.error);
  const { operation, input } = read.output;

  const known = options.known?.(auth.accessKeyId);
  const caller = known ? { ok: true as const, output: known } : callerOf(lab, auth, request, options);
  if (!caller.ok) return refuse(forProtocol(model, caller.error));

  const reply = await lab.call({
    service, operation, input,
    caller: caller.output as Caller,
    region: auth.region || defaultRegion,
    door: options.door ?? "wire",
    sourceIp: request.address ?? "127.0.0.1",
    userAgent: request.headers["user-agent"],
  });
  return spell(model, reply, operation, reply.requestId, request);
}

/** An unsigned form tells its service by the API version alone. */
const byVersion = (request: WireRequest): string | undefined => {
  const version = formOf(request).get("Version");
  return services.find(([, model]) => model.metadata.protocol === "query" && model.metadata.apiVersion === version)?.[0];
};
/** Operations of STS that nobody signs: the token in them says who calls. */
const unsigned = new Set(["AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"]);

function formOf(request: WireRequest): URLSearchParams {
  if ((!isForm(request) && request.method !== "GET") || request.body.length > maxBody) return new URLSearchParams();
  const at = request.url.indexOf("?");
  return new URLSearchParams(request.method === "GET" ? (at >= 0 ? request.url.slice(at + 1) : "") : decode(request.body));
}

const isRest = (model: ServiceModel | undefined): boolean => model?.metadata.protocol === "rest-json";

function readInput(model: ServiceModel, named: string | undefined, request: WireRequest): Result<{ operation: string; input: JsonObject }> {
  if (isRest(model)) return readRest(model, request);
  if (model.metadata.protocol === "query") {
    const text = decode(request.body);
    const at = request.url.indexOf("?");
    const fields = new URLSearchParams(request.method === "GET" && at >= 0 ? request.url.slice(at + 1) : text);
    const operation = fields.get("Action");
    if (!operation) return { ok: false, error: { code: "MissingAction", message: "The request is missing an action or a required parameter.", status: 400 } };
    return { ok: true, output: { operation, input: readQuery(model, operation, fields) } };
  }
  if (!named) return { ok: false, error: { code: "UnknownOperationException", status: 404 } };
  const input = readJson(request.body);
  if (!input) return { ok: false, error: { code: "SerializationException", message: "The request body is not a JSON object." } };
  return { ok: true, output: { operation: named, input } };
}

const decoder = new TextDecoder("utf-8");
const decode = (body: Uint8Array): string => decoder.decode(body);

/** The same refusal has another code in services that speak JSON. */
const jsonCodes: Record<string, string> = {
  InvalidClientTokenId: "UnrecognizedClientException",
  SignatureDoesNotMatch: "InvalidSignatureException",
  ExpiredToken: "ExpiredTokenException",
};
const forProtocol = (model: ServiceModel, error: AwsError): AwsError =>
  model.metadata.protocol === "query" ? error : { ...error, code: jsonCodes[error.code] ?? error.code, status: isRest(model) ? 403 : 400 };

function spell(model: ServiceModel | undefined, reply: Result, operation: string, requestId: string, request: WireRequest): WireResponse {
  if (model?.metadata.protocol === "query") {
    const headers = { "content-type": "text/xml", "x-amzn-requestid": requestId };
    if (reply.ok) return { status: 200, headers, body: writeQuery(model, operation, reply.output, requestId) };
    const status = reply.error.status ?? statusOf(model, reply.error.code);
    return { status, headers, body: writeQueryError(model, reply.error, status, requestId) };
  }
  if (model && isRest(model)) {
    const answer = reply.ok ? writeRest(model, operation, reply.output) : writeRestError(model, reply.error);
    return { ...answer, headers: { "content-type": "application/json", "x-amzn-requestid": requestId, ...answer.headers } };
  }
  const headers = { "content-type": request.headers["content-type"]?.startsWith("application/x-amz-json-1.0") ? "application/x-amz-json-1.0" : "application/x-amz-json-1.1", "x-amzn-requestid": requestId };
  if (reply.ok) return { status: 200, headers, body: writeJson(model!, operation, reply.output) };
  const old = model && isQueryCompatible(model) ? queryCompatible(reply.error) : undefined;
  return { status: reply.error.status ?? 400, headers: { ...headers, ...old?.headers }, body: writeJsonError(model, old?.error ?? reply.error) };
}

/** Query services answer with the status of the modelled error; refusals by policy with 403. */
function statusOf(model: ServiceModel, code: string): number {
  if (code === "AccessDenied" || code === "InvalidClientTokenId" || code === "SignatureDoesNotMatch" || code === "ExpiredToken") return 403;
  for (const shape of Object.values(model.shapes)) if (shape.exception && shape.error?.code === code && shape.error.httpStatusCode) return shape.error.httpStatusCode;
  return 400;
}

let counter = 0;
/** For answers that never reached the lab, and so have no id from it. */
const newRequestId = ({ clock = Date.now }: WireOptions): string =>
  `00000000-0000-4000-8000-${(clock() * 16 + (counter++ & 15)).toString(16).padStart(12, "0").slice(-12)}`;

/** The same for hosts that speak Web requests: a route, a worker, a test. */
export async function handle(request: Request, options: WireOptions): Promise<Response> {
  const url = new URL(request.url);
  const headers: Record<string, string> = Object.fromEntries(request.headers);
  headers.host ??= url.host;
  const { status, headers: out, body } = await answer({ method: request.method, url: url.pathname + url.search, headers, body: new Uint8Array(await request.arrayBuffer()) }, options);
  return new Response(status === 204 ? null : body, { status, headers: out });
}

export const defaultAccount = accounts[0];
