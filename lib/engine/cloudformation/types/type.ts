import type { Json, JsonObject } from "../../types";

/** A resource's properties, all functions and references evaluated. */
export type Properties = Record<string, any>;

/** What `Fn::GetAtt` gives, by name. */
export type Attributes = Record<string, Json>;

export type Kind = "String" | "Number" | "Boolean" | "Object" | "List" | "Json";

/**
 * A type of resource: its properties, and what its handlers do with the service's own API, as the caller of the stack.
 * `!` after a kind: required.
 */
export interface ResourceType {
  type: string;
  properties: Record<string, Kind | `${Kind}!`>;
  /** Properties whose change needs a new resource. */
  createOnly?: readonly string[];
  /** Properties that AWS has and the lab's service does not. */
  notSimulated?: readonly string[];
  /** Names for `Fn::GetAtt`. */
  attributes?: readonly string[];
  /** The property that names it, and how long a made-up name may be. */
  name?: { property: string; max: number; lower?: boolean };
  /** How `Tags` is written; absent where the type has none, and the stack's tags pass it by. */
  tags?: "list" | "map";
  /** Properties in which a secure string may be referred to, `/LoginProfile/Password`. Source: CloudFormation User Guide, "Resources that support dynamic parameter patterns for secure strings". */
  secure?: readonly string[];
  /** Properties that nobody can read: drift passes them by. */
  writeOnly?: readonly string[];
  /** Left alone on deletion unless the template says otherwise: `Snapshot` for databases. */
  deletionPolicy?: "Snapshot";
  create(aws: Aws, properties: Properties): Made;
  /** Absent: nothing of it can change. What is returned replaces its attributes. */
  update?(aws: Aws, id: string, next: Properties, previous: Properties): Attributes | void;
  remove(aws: Aws, id: string, properties: Properties): void;
  /** Whether it is up; attributes that are only known then are returned. Absent: at once. */
  ready?(aws: Aws, id: string, properties: Properties): false | true | Attributes;
  /** Whether a deletion is over. Absent: at once. */
  gone?(aws: Aws, id: string): boolean;
  /** Its properties as they are; undefined if it is gone. Absent: drift is not detected. */
  read?(aws: Aws, id: string, properties: Properties): Properties | undefined;
}

export interface Made {
  id: string;
  attributes?: Attributes;
}

/** What handlers work with. */
export interface Aws {
  account: string;
  region: string;
  stackName: string;
  logicalId: string;
  /** One call of a service, as the stack's caller. A refusal ends the handler (`Refusal`). */
  call(service: string, operation: string, input: JsonObject, region?: string): any;
  /** The same; undefined where there is no such thing. */
  find(service: string, operation: string, input: JsonObject): any;
  /** Deletes, or finds it gone already. */
  remove(service: string, operation: string, input: JsonObject): void;
  /** A name of the stack's and the resource's, with letters that make it unique. */
  name(max?: number): string;
  requestToken(): string;
  /** So many letters and digits. */
  suffix(length: number): string;
  /** Says that the resource is there from now on: what fails after this leaves it to the rollback. */
  created(id: string): void;
  /** `Delete`, or the policy of the template. */
  deletionPolicy: string;
}

/** A handler's failure: thrown by what it calls, caught where it was begun. It goes no further. */
export class Refusal {
  constructor(readonly reason: string) {}
}

/** A refusal of the handler itself, in CloudFormation's form. */
export function refuse(aws: Aws, message: string, code = "InvalidRequest"): never {
  throw new Refusal(`Resource handler returned message: "${message}" (RequestToken: ${aws.requestToken()}, HandlerErrorCode: ${code})`);
}

/** A JSON document as services take it: text stays, an object is written out. */
export const jsonText = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** The given members that are there. */
export function pick(from: Properties, ...names: string[]): Record<string, any> {
  const out: Record<string, any> = {};
  for (const name of names) if (from[name] !== undefined) out[name] = from[name];
  return out;
}

/** Whether a property differs between two versions of a resource. */
export const differs = (a: unknown, b: unknown): boolean => canonical(a) !== canonical(b);

/** JSON text in which the order of members does not count. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value === "object" && value !== null) return `{${Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${canonical((value as Record<string, unknown>)[name])}`).join()}}`;
  return JSON.stringify(value) ?? "undefined";
}

export interface Tag {
  Key: string;
  Value: string;
}

/** What to add and what to take away to get from one list of tags to another. */
export function tagChanges(next: readonly Tag[] = [], previous: readonly Tag[] = []): { add: Tag[]; remove: string[] } {
  const add = next.filter(({ Key, Value }) => !previous.some((tag) => tag.Key === Key && tag.Value === Value));
  return { add, remove: previous.filter(({ Key }) => !next.some((tag) => tag.Key === Key)).map(({ Key }) => Key) };
}
