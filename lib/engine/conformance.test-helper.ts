import { sha256, sha384, sha512 } from "@noble/hashes/sha2.js";
import { concat, equalBytes, fromBase64, toBase64, toHex, utf8 } from "./crypto/bytes";
import type { ServiceModel } from "./model";
import type { Json, JsonObject, Result } from "./types";

/**
 * Runs conformance cases (short sequences of calls with the expected outcome, as plain JSON) through any door that can
 * make a call: the lab itself, or the endpoint over HTTP. The cases' own README says what their members mean.
 *
 * Within a case blobs are bytes; the door speaks base64, so inputs and outputs are turned by the API's shapes.
 */
export interface ConformanceDoor {
  call(service: string, operation: string, input: JsonObject, region: string): Promise<Result>;
  /** A plain POST; only doors with HTTP have it. Cases that need it fail by name elsewhere. */
  raw?(post: { service: string; target: string; body: JsonObject }): Promise<{ status: number; body: JsonObject }>;
  model(service: string): ServiceModel;
  account: string;
  region?: string;
  region2?: string;
  /** Lets time pass for steps that say `within`. */
  wait?(seconds: number): Promise<void>;
}

export interface ConformanceCase {
  id: string;
  service: string;
  topic: string;
  title: string;
  evidence: string;
  source: string;
  steps: ConformanceStep[];
}

interface ConformanceStep {
  call?: string;
  raw?: { service: string; target: string; body: Value };
  in?: { [member: string]: Value };
  save?: Record<string, string>;
  region?: number;
  within?: number;
  expect?: Expectation;
}

interface Expectation {
  error?: { code: string; message?: string; member?: string; status?: number };
  status?: number;
  keys?: Record<string, string[]>;
  optional?: Record<string, string[]>;
  values?: Record<string, Value>;
  not?: Record<string, Value>;
  present?: string[];
  absent?: string[];
  len?: Record<string, number>;
  regex?: Record<string, string>;
  set?: Record<string, Value[]>;
  contains?: Record<string, Value[]>;
  excludes?: Record<string, Value[]>;
  json?: Record<string, Value>;
}

/** JSON with bytes in it. */
type Value = null | boolean | number | string | Uint8Array | Value[] | { [member: string]: Value };

/** Throws with the case's id, the step and what did not hold. */
export async function runCase(door: ConformanceDoor, test: ConformanceCase, uid: () => string = randomUid): Promise<void> {
  const variables: Record<string, Value> = {
    uid: uid(),
    uuid: `${uid()}-${uid().slice(0, 4)}-4${uid().slice(0, 3)}-8${uid().slice(0, 3)}-${uid()}${uid().slice(0, 4)}`,
    uuid2: `${uid()}-${uid().slice(0, 4)}-4${uid().slice(0, 3)}-9${uid().slice(0, 3)}-${uid()}${uid().slice(0, 4)}`,
    account: door.account,
    region: door.region ?? "us-east-1",
    region2: door.region2 ?? "us-west-2",
    partition: "aws",
  };
  for (const [index, step] of test.steps.entries()) {
    const name = `${test.id}, step ${index + 1} (${step.call ?? "raw"})`;
    let tries = step.within ?? 0;
    for (;;) {
      try {
        await runStep(door, step, variables);
        break;
      } catch (error) {
        if (tries-- <= 0 || !door.wait) throw new Error(`${name}: ${(error as Error).message}`, { cause: error });
        await door.wait(1);
      }
    }
  }
}

const randomUid = (): string => toHex(crypto.getRandomValues(new Uint8Array(4)));

/** Clients fill in idempotency tokens that nobody gave. */
function withTokens(model: ServiceModel, operation: string, input: JsonObject): JsonObject {
  const members = model.shapes[model.operations[operation]?.input?.shape ?? ""]?.members ?? {};
  const tokens = Object.entries(members).filter(([name, { idempotencyToken }]) => idempotencyToken && input[name] === undefined);
  return { ...input, ...Object.fromEntries(tokens.map(([name]) => [name, crypto.randomUUID()])) };
}

async function runStep(door: ConformanceDoor, step: ConformanceStep, variables: Record<string, Value>): Promise<void> {
  const expected = (step.expect ? compute(step.expect as unknown as Value, variables) : {}) as unknown as Expectation;
  if (step.raw) {
    if (!door.raw) throw new Error("this door has no plain POST");
    const { status, body } = await door.raw({ ...step.raw, body: toDoor(compute(step.raw.body, variables)) as JsonObject });
    must(status === (expected.status ?? 200), `HTTP status ${status}`);
    compare(body as Value, expected);
    return;
  }
  const [service, operation] = step.call!.split(".");
  const input = withTokens(door.model(service), operation, toDoor(compute(step.in ?? {}, variables)) as JsonObject);
  const region = variables[step.region === 2 ? "region2" : "region"] as string;
  const result = await door.call(service, operation, input, region);
  if (expected.error) {
    must(!result.ok, `expected ${expected.error.code}, but it succeeded with ${JSON.stringify(result.ok && result.output)}`);
    if (!result.ok) compareError(result.error, expected.error);
    return;
  }
  if (!result.ok) throw new Error(`failed with ${result.error.code}: ${result.error.message ?? ""}`);
  const model = door.model(service);
  const output = fromDoor(model, model.operations[operation].output?.shape, result.output as Json);
  compare(output, expected);
  for (const [name, path] of Object.entries(step.save ?? {})) {
    const value = at(output, path);
    must(value !== undefined, `nothing at ${path} to save`);
    variables[name] = value as Value;
  }
}

function compareError(
  got: { code: string; message?: string; status?: number; fields?: JsonObject },
  want: NonNullable<Expectation["error"]>,
): void {
  must(got.code === want.code, `code ${got.code} (${got.message ?? ""}) instead of ${want.code}`);
  must((got.status ?? 400) === (want.status ?? 400), `status ${got.status}`);
  if (want.message !== undefined)
    must(
      wildcard(want.message).test(got.message ?? ""),
      `message ${JSON.stringify(got.message)} instead of ${JSON.stringify(want.message)}`,
    );
  // How `member` is spelled belongs to the wire; a door that knows it lists the document's members in `fields`.
  if (want.member === "message" || want.member === "Message") must(got.message !== undefined, `no ${want.member}`);
}

const wildcard = (text: string): RegExp =>
  new RegExp(
    `^${text
      .split("{*}")
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
      .join("[^]*")}$`,
  );

function compare(output: Value, want: Expectation): void {
  for (const [path, names] of Object.entries(want.keys ?? {})) {
    const optional = want.optional?.[path] ?? [];
    for (const object of all(output, path)) {
      const got = Object.keys(object as object);
      const missing = names.filter((name) => !got.includes(name));
      const extra = got.filter((name) => !names.includes(name) && !optional.includes(name));
      must(missing.length + extra.length === 0, `members of "${path}": missing [${missing}], unexpected [${extra}]`);
    }
  }
  for (const [path, value] of Object.entries(want.values ?? {}))
    must(same(at(output, path), value), `${path} is ${show(at(output, path))} instead of ${show(value)}`);
  for (const [path, value] of Object.entries(want.not ?? {}))
    must(at(output, path) !== undefined && !same(at(output, path), value), `${path} is ${show(at(output, path))}`);
  for (const path of want.present ?? []) must(at(output, path) !== undefined, `${path} is absent`);
  for (const path of want.absent ?? []) must(at(output, path) === undefined, `${path} is present: ${show(at(output, path))}`);
  for (const [path, length] of Object.entries(want.len ?? {}))
    must(
      (at(output, path) as { length?: number } | undefined)?.length === length,
      `length of ${path} is not ${length}: ${show(at(output, path))}`,
    );
  for (const [path, pattern] of Object.entries(want.regex ?? {}))
    must(new RegExp(pattern).test(String(at(output, path))), `${path} does not match ${pattern}: ${show(at(output, path))}`);
  for (const [path, values] of Object.entries(want.set ?? {})) {
    const got = list(output, path);
    must(
      got.length === values.length && values.every((value) => got.some((entry) => same(entry, value))),
      `${path} is ${show(got)} instead of the set ${show(values)}`,
    );
  }
  for (const [path, values] of Object.entries(want.contains ?? {}))
    for (const value of values)
      must(
        list(output, path).some((entry) => same(entry, value)),
        `${path} lacks ${show(value)}`,
      );
  for (const [path, values] of Object.entries(want.excludes ?? {}))
    for (const value of values) must(!list(output, path).some((entry) => same(entry, value)), `${path} has ${show(value)}`);
  for (const [path, value] of Object.entries(want.json ?? {}))
    must(same(JSON.parse(at(output, path) as string), value), `${path} is ${show(at(output, path))}`);
}

function must(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}

const show = (value: unknown): string =>
  JSON.stringify(value, (_, part) => (part instanceof Uint8Array ? `bytes:${toBase64(part)}` : part)) ?? "nothing";

function same(a: Value | undefined, b: Value | undefined): boolean {
  if (a instanceof Uint8Array || b instanceof Uint8Array) return a instanceof Uint8Array && b instanceof Uint8Array && equalBytes(a, b);
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  if (Array.isArray(a) || Array.isArray(b))
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((entry, i) => same(entry, b[i]));
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && same(a[name], b[name]));
}

// ---------------------------------------------------------------- paths

/** All values at a path: `a.b`, `a[0]`, `a[]` (each element), `a[Key=Value]` (the first with that member). */
function all(value: Value | undefined, path: string): (Value | undefined)[] {
  if (path === "") return [value];
  let found: (Value | undefined)[] = [value];
  for (const [, name, selector] of path.matchAll(/([^.[\]]+)|\[([^\]]*)\]/g)) {
    found = found.flatMap((part) => {
      if (name !== undefined)
        return [part && typeof part === "object" && Object.hasOwn(part, name) ? (part as { [member: string]: Value })[name] : undefined];
      const entries = Array.isArray(part) ? part : [];
      if (selector === "") return entries;
      const [member, wanted] = selector.split("=");
      if (wanted === undefined) return [entries[Number(selector)]];
      return [entries.find((entry) => (entry as { [member: string]: Value } | null)?.[member] === wanted)];
    });
  }
  return found;
}

/** What a path names; over all elements of a list (`a[].b`) it is a list itself. */
const at = (value: Value, path: string): Value | undefined => (path.includes("[]") ? (all(value, path) as Value[]) : all(value, path)[0]);

/** The elements that `set`, `contains` and `excludes` speak of. */
function list(value: Value, path: string): Value[] {
  if (path.includes("[]")) return all(value, path).filter((entry): entry is Value => entry !== undefined);
  const found = at(value, path);
  if (!Array.isArray(found)) throw new Error(`${path} is not a list: ${show(found)}`);
  return found;
}

// ---------------------------------------------------------------- variables and helpers

function compute(value: Value, variables: Record<string, Value>): Value {
  if (typeof value === "string") return fill(value, variables);
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map((entry) => compute(entry, variables));
  const names = Object.keys(value);
  if (names.length === 1 && names[0].startsWith("$") && !names[0].startsWith("${"))
    return helper(names[0], compute(value[names[0]], variables));
  return Object.fromEntries(names.map((name) => [String(fill(name, variables)), compute(value[name], variables)]));
}

function fill(text: string, variables: Record<string, Value>): Value {
  const whole = /^\$\{(\w+)\}$/.exec(text);
  if (whole) return known(whole[1], variables);
  return text.replace(/\$\{(\w+)\}/g, (_, name: string) => String(known(name, variables)));
}

function known(name: string, variables: Record<string, Value>): Value {
  if (!Object.hasOwn(variables, name)) throw new Error(`no variable ${name}`);
  return variables[name];
}

const digests = { SHA_256: sha256, SHA_384: sha384, SHA_512: sha512 };
const bytesOf = (value: Value): Uint8Array => (value instanceof Uint8Array ? value : utf8(value as string));

function helper(name: string, argument: Value): Value {
  switch (name) {
    case "$text":
      return utf8(argument as string);
    case "$json":
      return JSON.stringify(argument);
    case "$repeat":
      return ((argument as Value[])[0] as string).repeat((argument as Value[])[1] as number);
    case "$repeatBytes":
      return utf8(((argument as Value[])[0] as string).repeat((argument as Value[])[1] as number));
    case "$concat": {
      const parts = argument as Value[];
      return parts.some((part) => part instanceof Uint8Array) ? concat(...parts.map(bytesOf)) : parts.join("");
    }
    case "$slice": {
      const [whole, from, to] = argument as [string | Uint8Array, number, number | null];
      return whole.slice(from, to ?? undefined);
    }
    case "$digest": {
      const { alg, data } = argument as { alg: keyof typeof digests; data: Value };
      return digests[alg](bytesOf(data));
    }
    default:
      throw new Error(`unknown helper ${name}`);
  }
}

// ---------------------------------------------------------------- bytes at the door

/** Bytes become base64. */
function toDoor(value: Value): Json {
  if (value instanceof Uint8Array) return toBase64(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(toDoor);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, toDoor(part)]));
}

/** Blob members of an answer become bytes. */
function fromDoor(model: ServiceModel, shapeName: string | undefined, value: Json | undefined): Value {
  const shape = shapeName ? model.shapes[shapeName] : undefined;
  if (value === null || value === undefined || !shape) return (value ?? null) as Value;
  if (shape.type === "blob") return fromBase64(value as string);
  if (shape.type === "list") return (value as Json[]).map((entry) => fromDoor(model, shape.member?.shape, entry));
  if (shape.type === "structure" || shape.type === "map")
    return Object.fromEntries(
      Object.entries(value as JsonObject)
        .filter(([, part]) => part !== undefined)
        .map(([name, part]) => [name, fromDoor(model, shape.type === "map" ? shape.value?.shape : shape.members?.[name]?.shape, part)]),
    );
  return value as Value;
}
